"""Drafts of forms: kept at every field, brought back after a crash, gone when the form is saved.

A draft belongs to the person at the keyboard, also where he or she was renamed meanwhile. It is no
action: nothing to undo, nothing in the trail, no revision moved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabapp.services.entry_rules import who_is
from tabapp.store.draft_rows import (
    DraftRow,
    forms_with_drafts,
    get_draft,
    put_draft,
    remove_draft,
)
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "DraftRow", "ballot_form", "decision_form", "drop_draft", "drop_drafts_of", "find_draft",
    "keep_draft", "who_is_typing",
]

_BALLOT = "ballot:{tournament}:"
_DECISION = "decision:{tournament}:"


def ballot_form(tournament: int, debate: int) -> str:
    """Return the name of the ballot form of a debate, by row ids."""
    return _BALLOT.format(tournament=tournament) + str(debate)


def decision_form(tournament: int, debate: int) -> str:
    """Return the name under which a decision between entries is kept: nobody types its ballot."""
    return _DECISION.format(tournament=tournament) + str(debate)


def keep_draft(
    unit: WriteUnit, form: str, content: Mapping[str, Any], operator: str = ""
) -> None:
    """Keep what is typed in ``form``, as values that JSON knows.

    ``operator``: who typed it, without one whoever writes. At a keyboard that changes hands a
    draft may be written when the next person has sat down.
    """
    put_draft(
        unit, form, _called_now(unit, operator or unit.header.actor), content, unit.header.at)


def drop_draft(unit: WriteUnit, form: str, operator: str = "") -> None:
    """Forget what was typed in ``form``; in the unit that saves it, so that neither is lost."""
    remove_draft(unit, form, _called_now(unit, operator or unit.header.actor))


def drop_drafts_of(unit: WriteUnit, tournament: int, debate: int, operator: str = "") -> None:
    """Forget what one person typed and decided of the ballot of a debate."""
    for form in (ballot_form(tournament, debate), decision_form(tournament, debate)):
        drop_draft(unit, form, operator)


def find_draft(unit: ReadUnit, form: str, operator: str) -> DraftRow | None:
    """Return what ``operator`` typed in ``form`` and did not save."""
    return get_draft(unit, form, _called_now(unit, operator))


def _called_now(unit: ReadUnit, name: str) -> str:
    """Return how somebody is called by now, under which drafts are kept."""
    row, _names = who_is(unit, name)
    return row.name if row is not None else name


def who_is_typing(unit: ReadUnit, tournament: int) -> dict[int, list[str]]:
    """Return debate -> who has a draft of its ballot, by row id of the debate."""
    prefix = _BALLOT.format(tournament=tournament)
    return {
        int(form.removeprefix(prefix)): operators
        for form, operators in forms_with_drafts(unit, prefix).items()
    }
