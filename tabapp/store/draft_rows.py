"""What somebody is typing in a form, kept outside the journal so that a crash loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from tabapp.store.schema import form_draft
from tabapp.store.times import maybe_time
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class DraftRow:
    """The draft of one form by one person."""

    form: str
    operator: str
    content: Mapping[str, Any]
    saved_at: datetime | None


def put_draft(
    unit: WriteUnit, form: str, operator: str, content: Mapping[str, Any], at: str
) -> None:
    """Keep what is typed instead of what was kept before."""
    values = {"content": dict(content), "saved_at": at}
    same = (form_draft.c.form == form, form_draft.c.operator == operator)
    if not unit.execute(update(form_draft).where(*same).values(values)):
        unit.execute(insert(form_draft).values(form=form, operator=operator, **values))


def remove_draft(unit: WriteUnit, form: str, operator: str) -> None:
    """Forget what one person typed in a form."""
    unit.execute(delete(form_draft).where(
        form_draft.c.form == form, form_draft.c.operator == operator))


def get_draft(unit: ReadUnit, form: str, operator: str) -> DraftRow | None:
    """Return what one person typed in a form, None where nothing is kept."""
    row = unit.one(select(form_draft).where(
        form_draft.c.form == form, form_draft.c.operator == operator))
    return None if row is None else DraftRow(
        row.form, row.operator, row.content, maybe_time(row.saved_at))


def forms_with_drafts(unit: ReadUnit, prefix: str) -> dict[str, list[str]]:
    """Return form -> who has a draft of it, for the forms whose name begins with ``prefix``."""
    found: dict[str, list[str]] = {}
    for form, operator in unit.fetch(
        select(form_draft.c.form, form_draft.c.operator)
        .where(form_draft.c.form.startswith(prefix, autoescape=True))
        .order_by(form_draft.c.form, form_draft.c.operator)
    ):
        found.setdefault(form, []).append(operator)
    return found
