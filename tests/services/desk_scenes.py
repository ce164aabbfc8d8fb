"""A tournament whose first round waits for its ballots, and what people do with one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabapp.domain.archive import Archive
from tabapp.domain.operators import OperatorRole
from tabapp.services import ballots, double_entry
from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    blank_bundle,
    bundle_problems,
)
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.workspace import Workspace
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive


def document(**settings: Any) -> Archive:
    made = small_archive(8, 2, results=False)
    made["tournament"]["settings"] = settings
    return Archive.model_validate(made)


def form_of(work: Workspace, debate: str = "D1", actor: str = "Ann") -> DeskForm:
    with work.database.read() as unit:
        return read_form(unit, work.tournament().id, debate, actor)


def filled(form: DeskForm, best: int = 80) -> Bundle:
    """A sheet on which every team has other totals, the first side the best."""
    bundle = blank_bundle(form.sheet)
    for i, key in enumerate(form.sheet.keys):
        bundle.sheet().scores[key] = str(best - i // 2)
    return bundle


def write(work: Workspace, actor: str, do: Callable[[WriteUnit], object]) -> None:
    owner = work.tournament()
    with work.database.write(actor=actor, verb="test", tournament=owner.id) as unit:
        do(unit)


def save(work: Workspace, form: DeskForm, bundle: Bundle, actor: str = "Ann") -> None:
    base = form.waiting or form.confirmed
    entry = ballots.Entry(
        form.round.seq, form.room.ref,
        ballot_of_bundle(form.sheet, bundle, base[1] if base is not None else None))
    write(work, actor, lambda unit: ballots.save_ballot(
        unit, work.tournament(), entry, seen=form.seen))


def confirm(work: Workspace, form: DeskForm, actor: str = "Ben") -> None:
    assert form.waiting is not None
    chosen = form.waiting[0]
    write(work, actor, lambda unit: double_entry.confirm(
        unit, work.tournament(), form.room.ref, chosen, seen=form.seen,
        role=OperatorRole.TAB_DIRECTOR))


def states(form: DeskForm) -> list[str]:
    return [one.status for one in form.room.versions]


def codes(form: DeskForm, bundle: Bundle, *, complete: bool = True) -> set[tuple[str, str]]:
    found = bundle_problems(form.sheet, bundle, complete=complete)
    return {(one.where, one.code) for one in found}
