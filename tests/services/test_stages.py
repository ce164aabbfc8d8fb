"""How far each round is, in seven stages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.domain.simulation import generate_tournament
from tabapp.services import exchange
from tabapp.services.stages import STAGES, RoundState, StageState, current_round, round_states
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.draw_rows import update_round
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.tasks.play import play_round


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as workspace:
        document = generate_tournament(preset="bp", teams=16, rounds=3, seed=1, play=False)
        exchange.add(workspace.database, document, now=SystemClock().now(), actor="test")
        yield workspace


@pytest.fixture
def owner(work: Workspace) -> TournamentRow:
    return work.tournament()


def rounds(work: Workspace, owner: TournamentRow) -> list[RoundRow]:
    with work.database.read() as unit:
        return list_rounds(unit, owner.id)


def state(work: Workspace, owner: TournamentRow, seq: int = 1) -> RoundState:
    with work.database.read() as unit:
        return round_states(unit, owner.id)[seq - 1]


def stage(found: RoundState, key: str) -> StageState:
    return next(one for one in found.stages if one.key == key)


def draw(work: Workspace, owner: TournamentRow, seq: int = 1) -> int:
    round_id = rounds(work, owner)[seq - 1].id
    work.run("draw.generate", tournament=owner.id, round_id=round_id, seed=1)
    return round_id


def away(work: Workspace, owner: TournamentRow, round_id: int, teams: int) -> None:
    with work.database.write(tournament=owner.id) as unit:
        ids = [row for (row,) in unit.fetch(schema.team.select().with_only_columns(
            schema.team.c.id))]
        unit.insert(schema.absent_team, [
            {"round_id": round_id, "team_id": one} for one in ids[:teams]])


def test_a_round_that_nobody_touched_waits_for_its_draw(
    work: Workspace, owner: TournamentRow
) -> None:
    found = state(work, owner)
    assert tuple(one.key for one in found.stages) == STAGES
    assert [one.status for one in found.stages] == ["done", "now", *["later"] * 5]
    assert stage(found, "draw").fact == "not drawn"
    assert stage(found, "availability").fact.startswith("16 teams")


def test_teams_that_do_not_fill_rooms_need_a_look(work: Workspace, owner: TournamentRow) -> None:
    away(work, owner, rounds(work, owner)[0].id, 2)
    found = stage(state(work, owner), "availability")
    assert found == StageState(
        "availability", "attention", "14 teams are here; rooms hold four")


def test_a_team_that_is_withdrawn_is_not_counted_as_here(
    work: Workspace, owner: TournamentRow
) -> None:
    with work.database.write(actor="t", verb="withdraw", tournament=owner.id) as unit:
        teams = [row.id for row in unit.rows(schema.team.select())]
        unit.insert(schema.absent_team, [
            {"round_id": rounds(work, owner)[0].id, "team_id": one} for one in teams[:2]])
        unit.update(schema.team, {one: {"withdrawn": True} for one in teams[:4]})
    assert stage(state(work, owner), "availability").fact.startswith("12 teams")


def test_fewer_teams_than_a_room_takes_are_a_problem(
    work: Workspace, owner: TournamentRow
) -> None:
    away(work, owner, rounds(work, owner)[0].id, 13)
    assert stage(state(work, owner), "availability").status == "problem"


def test_a_team_that_leaves_after_the_draw_needs_a_look(
    work: Workspace, owner: TournamentRow
) -> None:
    round_id = draw(work, owner)
    away(work, owner, round_id, 1)
    found = stage(state(work, owner), "availability")
    assert (found.status, found.fact) == ("attention", "15 teams here, 16 drawn")


def test_a_draft_is_now_and_a_confirmed_draw_is_done(
    work: Workspace, owner: TournamentRow
) -> None:
    round_id = draw(work, owner)
    assert stage(state(work, owner), "draw") == StageState("draw", "now", "draft, audit passed")
    with work.database.write(tournament=owner.id) as unit:
        update_round(unit, round_id, status="confirmed")
    found = state(work, owner)
    assert stage(found, "draw").status == "done"
    assert stage(found, "judges").status == "now"
    assert stage(found, "release").fact == "after judges, rooms"


def test_a_failed_audit_is_a_problem(work: Workspace, owner: TournamentRow) -> None:
    round_id = draw(work, owner)
    with work.database.write(tournament=owner.id) as unit:
        update_round(unit, round_id, draw_record={
            "audit": [{"name": "every team once", "status": "failed", "detail": "T1"}]})
    assert stage(state(work, owner), "draw").status == "problem"


def test_a_panel_without_a_chair_needs_a_look(work: Workspace, owner: TournamentRow) -> None:
    round_id = draw(work, owner)
    work.run("draw.allocate_adjudicators", tournament=owner.id, round_id=round_id, seed=1)
    assert stage(state(work, owner), "judges").status == "done"
    member = schema.panel_member
    with work.database.write(tournament=owner.id) as unit:
        chair = unit.scalar(member.select().with_only_columns(member.c.id).where(
            member.c.round_id == round_id, member.c.role == "chair"))
        unit.delete(member, [chair])
    found = stage(state(work, owner), "judges")
    assert (found.status, found.fact) == ("attention", "1 panel needs a look")


def test_a_clash_in_a_panel_needs_a_look_until_somebody_allows_it(
    work: Workspace, owner: TournamentRow
) -> None:
    round_id = draw(work, owner)
    work.run("draw.allocate_adjudicators", tournament=owner.id, round_id=round_id, seed=1)
    member, side = schema.panel_member, schema.debate_side
    with work.database.write(tournament=owner.id) as unit:
        seat = unit.rows(member.select().where(member.c.round_id == round_id))[0]
        team = unit.rows(side.select().where(side.c.debate_id == seat.debate_id))[0]
        unit.insert(schema.adjudicator_team_conflict, [
            {"adjudicator_id": seat.adjudicator_id, "team_id": team.team_id}])
    assert stage(state(work, owner), "judges").fact == "1 panel needs a look"
    with work.database.write(tournament=owner.id) as unit:
        unit.insert(schema.debate_override, [{
            "debate_id": seat.debate_id, "adjudicator_id": seat.adjudicator_id,
            "team_id": team.team_id, "reason": "agreed"}])
    assert stage(state(work, owner), "judges").status == "done"


def test_rooms_are_counted_and_a_room_used_twice_is_told(
    work: Workspace, owner: TournamentRow
) -> None:
    round_id = draw(work, owner)
    assert stage(state(work, owner), "rooms").fact == "0 of 4 placed"
    work.run("draw.allocate_venues", tournament=owner.id, round_id=round_id, seed=1)
    assert stage(state(work, owner), "rooms") == StageState("rooms", "done", "4 of 4 placed")
    debate = schema.debate
    with work.database.write(tournament=owner.id) as unit:
        first, second = unit.rows(debate.select().where(debate.c.round_id == round_id))[:2]
        unit.update(debate, {second.id: {"venue_id": first.venue_id}})
    assert stage(state(work, owner), "rooms").fact == "1 used twice"


def test_a_played_round_is_done_in_all_stages(work: Workspace, owner: TournamentRow) -> None:
    for _result in play_round(work, owner, rounds(work, owner)[0], 1):
        pass
    found = state(work, owner)
    assert {one.status for one in found.stages} == {"done"}
    assert found.completed
    assert found.ballots_out == 0
    assert state(work, owner, 2).stages[1].status == "now"


def test_ballots_are_counted_with_those_that_wait_to_be_confirmed(
    work: Workspace, owner: TournamentRow
) -> None:
    round_ = rounds(work, owner)[0]
    for _result in play_round(work, owner, round_, 1):
        pass
    ballot = schema.ballot
    with work.database.write(tournament=owner.id) as unit:
        ids = [row.id for row in unit.rows(ballot.select())][:2]
        unit.update(ballot, {ids[0]: {"status": "draft"}, ids[1]: {"status": "discarded"}})
        update_round(unit, round_.id, completed=False)
    found = state(work, owner)
    assert stage(found, "ballots") == StageState("ballots", "now", "2 of 4, 1 to check")
    assert stage(found, "complete").fact == "after 2 ballots"
    assert found.ballots_out == 2


def test_the_current_round_is_the_first_that_is_not_completed(
    work: Workspace, owner: TournamentRow
) -> None:
    found = rounds(work, owner)
    with work.database.read() as unit:
        assert current_round(unit, owner.id) == found[0].id
    with work.database.write(tournament=owner.id) as unit:
        update_round(unit, found[0].id, completed=True)
    with work.database.read() as unit:
        assert current_round(unit, owner.id) == found[1].id
    with work.database.write(tournament=owner.id) as unit:
        for one in found:
            update_round(unit, one.id, completed=True)
    with work.database.read() as unit:
        assert current_round(unit, owner.id) == found[-1].id


def test_without_rounds_there_is_no_current_one(work: Workspace) -> None:
    with work.database.read() as unit:
        assert current_round(unit, 10_000) is None
