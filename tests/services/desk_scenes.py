"""A tournament whose first round waits for its ballots, and what people do with one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tabapp.domain.archive import Archive
from tabapp.services import ballots
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.ballot_problems import problems_of
from tabapp.services.ballot_sheet import Typed, ballot_of, blank
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


def filled(form: DeskForm, best: int = 80) -> Typed:
    """A sheet on which every team has other totals, the first side the best."""
    typed = blank(form.sheet)
    for i, key in enumerate(form.sheet.keys):
        typed.scores[key] = str(best - i // 2)
    return typed


def write(work: Workspace, actor: str, do: Callable[[WriteUnit], object]) -> None:
    owner = work.tournament()
    with work.database.write(actor=actor, verb="test", tournament=owner.id) as unit:
        do(unit)


def save(work: Workspace, form: DeskForm, typed: Typed, actor: str = "Ann") -> None:
    base = form.waiting or form.confirmed
    entry = ballots.Entry(
        form.round.seq, form.room.ref,
        ballot_of(form.sheet, typed, base[1] if base is not None else None))
    write(work, actor, lambda unit: ballots.save_ballot(
        unit, work.tournament(), entry, seen=form.seen))


def confirm(work: Workspace, form: DeskForm, actor: str = "Ben") -> None:
    assert form.waiting is not None
    chosen = form.waiting[0]
    write(work, actor, lambda unit: ballots.confirm_ballot(
        unit, work.tournament(), form.room.ref, chosen, seen=form.seen))


def states(form: DeskForm) -> list[str]:
    return [one.status for one in form.room.versions]


def codes(form: DeskForm, typed: Typed, *, complete: bool = True) -> set[tuple[str, str]]:
    found = problems_of(form.sheet, typed, complete=complete)
    return {(one.where, one.code) for one in found}
