"""Domain events: each fires once for each crossing, after the commit, also by undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.services import exchange, rounds
from tabapp.services.events import (
    BallotConfirmed,
    BallotWithdrawn,
    RoundCompleted,
    TeamCompleted,
    TeamJoined,
    TournamentCompleted,
)
from tabapp.store import schema
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.late_world import Late, open_late


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Late]:
    with open_late(tmp_path) as world:
        world.names()
        yield world


def enter(late: Late, debate: str = "D1", best: int = 80) -> None:
    form = form_of(late.work, debate)
    typed = filled(form, best)
    typed.reason = "misread" if form.confirmed else ""
    save(late.work, form, typed)
    confirm(late.work, form_of(late.work, debate))


def undo(late: Late) -> None:
    late.work.database.undo(late.owner, actor="Ann")


def redo(late: Late) -> None:
    late.work.database.redo(late.owner, actor="Ann")


def counting(late: Late, debate: str = "D1") -> int:
    with late.work.database.read() as unit:
        found = unit.scalar(select(schema.ballot.c.id).where(
            schema.ballot.c.debate_id == late.debate(debate),
            schema.ballot.c.status == "confirmed"))
    assert isinstance(found, int)
    return found


def test_a_ballot_is_confirmed_once_and_a_draft_tells_nothing(late: Late) -> None:
    form = form_of(late.work)
    save(late.work, form, filled(form))
    assert late.events == []
    confirm(late.work, form_of(late.work))
    assert late.events == [BallotConfirmed(
        late.owner, late.round(), late.debate("D1"), counting(late))]


def test_a_correction_confirms_the_new_ballot_and_withdraws_nothing(late: Late) -> None:
    enter(late)
    late.events.clear()
    enter(late, best=78)
    assert late.events == [BallotConfirmed(
        late.owner, late.round(), late.debate("D1"), counting(late))]


def test_undo_withdraws_a_ballot_and_redo_confirms_it_again(late: Late) -> None:
    enter(late)
    late.events.clear()
    undo(late)
    assert late.events == [BallotWithdrawn(late.owner, late.round(), late.debate("D1"))]
    late.events.clear()
    redo(late)
    assert late.names() == ["ballot.confirmed"]


def test_undo_of_a_correction_confirms_the_ballot_that_counted_before(late: Late) -> None:
    enter(late)
    first = counting(late)
    enter(late, best=78)
    late.events.clear()
    undo(late)
    assert [one.ballot for one in late.events if isinstance(one, BallotConfirmed)] == [first]
    assert len(late.events) == 1


def test_nothing_is_told_of_what_did_not_commit(late: Late) -> None:
    def fail(unit: WriteUnit) -> None:
        rounds.complete_round(unit, late.round(), reason="fire")
        raise UserError("round_gone", id=0)

    with pytest.raises(UserError):
        late.write(fail)
    assert late.events == []


def test_a_team_joins_and_is_completed_by_its_last_speaker(late: Late) -> None:
    def team(unit: WriteUnit) -> None:
        unit.insert(schema.team, [{"tournament_id": late.owner, "ref": "T9", "name": "New"}])

    late.write(team)
    with late.work.database.read() as unit:
        row = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == "T9"))
    assert late.events == [TeamJoined(late.owner, row)]
    late.events.clear()

    def speaker(unit: WriteUnit, ref: str) -> None:
        unit.insert(schema.speaker, [
            {"tournament_id": late.owner, "team_id": row, "ref": ref, "name": ref}])

    for ref in ("S91", "S92", "S93"):
        late.write(partial(speaker, ref=ref))
    assert [one for one in late.events if isinstance(one, TeamCompleted)] == [
        TeamCompleted(late.owner, row)]
    late.events.clear()
    for _ in range(2):
        undo(late)
    redo(late)
    assert [one for one in late.events if isinstance(one, TeamCompleted)] == [
        TeamCompleted(late.owner, row)]


def test_a_speaker_who_moves_completes_the_other_team_and_not_the_own(late: Late) -> None:
    def team(unit: WriteUnit) -> None:
        (row,) = unit.insert(schema.team, [
            {"tournament_id": late.owner, "ref": "T9", "name": "New"}])
        speakers = unit.rows(select(schema.speaker.c.id).order_by(schema.speaker.c.id).limit(3))
        unit.update(schema.speaker, {one.id: {"team_id": row} for one in speakers})

    late.write(team)
    assert late.names().count("team.completed") == 1


def test_a_round_is_completed_and_the_last_one_completes_the_tournament(late: Late) -> None:
    late.write(lambda unit: rounds.complete_round(unit, late.round(), reason="fire"))
    assert late.events == [RoundCompleted(late.owner, late.round())]
    late.events.clear()
    late.write(lambda unit: unit.update(schema.round_, {late.round(2): {"completed": True}}))
    assert late.events == [
        RoundCompleted(late.owner, late.round(2)), TournamentCompleted(late.owner)]
    late.events.clear()
    undo(late)
    assert late.events == []
    redo(late)
    assert late.names() == ["round.completed", "tournament.completed"]


def test_a_name_that_changes_tells_nothing(late: Late) -> None:
    late.write(lambda unit: unit.update(schema.round_, {late.round(): {"name": "One"}}))
    late.write(lambda unit: unit.update(schema.debate, {late.debate("D1"): {"importance": 1}}))
    assert late.events == []


def test_an_import_tells_of_its_last_completed_round_alone(late: Late) -> None:
    other = small_archive(8, 3)
    other["tournament"] |= {"slug": "other"}
    exchange.add(
        late.work.database, Archive.model_validate(other), now=late.clock.now(), actor="Ann")
    owner = late.work.tournament("other").id
    last = late.work.round("other", 3)[1].id
    assert late.events == [RoundCompleted(owner, last), TournamentCompleted(owner)]


def statements(change: Callable[[], None]) -> list[str]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        change()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return seen


def test_a_ballot_costs_no_statement_more_and_a_correction_one(late: Late) -> None:
    hook = late.work.database.hooks.pop()
    costs = []
    for hooked, debate in ((False, "D1"), (True, "D2")):
        if hooked:
            late.work.database.hooks.append(hook)
        for best in (80, 78):
            form = form_of(late.work, debate)
            typed = filled(form, best)
            typed.reason = "misread" if form.confirmed else ""
            save(late.work, form, typed)
            found = form_of(late.work, debate)
            costs.append(len(statements(partial(confirm, late.work, found))))
    assert costs[2] == costs[0]
    assert costs[3] <= costs[1] + 1
