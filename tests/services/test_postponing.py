"""Postponing a room and resuming it: what is allowed, and that everybody who reads agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Break, BreakTeam, Round
from tabapp.domain.deadlines import Asked
from tabapp.domain.history import debates_that_count
from tabapp.domain.records import draw_snapshot
from tabapp.domain.types import DrawType
from tabapp.services import (
    exchange,
    postponing,
    round_checks,
    rounds,
    tournament_settings,
)
from tabapp.services.ballot_desk import read_desk
from tabapp.services.overdue import look_pending
from tabapp.services.overview import read_overview
from tabapp.services.public import read_public
from tabapp.services.stages import round_states
from tabapp.store import schema
from tabapp.store.draw_rows import read_debates, round_progress
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import get_tournament, list_rounds
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.out_rounds import pairs
from tests.services.round_world import World, open_world, refused

LATER = datetime(2031, 1, 1, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as found:
        found.write(lambda unit: rounds.confirm_draw(unit, found.third))
        allow(found, on=True)
        yield found


def allow(world: World, *, on: bool) -> None:
    world.write(lambda unit: tournament_settings.change_settings(
        unit, world.owner.id, {"enable_postponements": on}))


def postpone(world: World, number: int = 0) -> int:
    debate = world.sheet().rooms[number].id
    world.write(lambda unit: postponing.postpone(unit, debate), "postpone")
    return debate


def status(world: World, number: int = 0) -> str:
    return world.sheet().rooms[number].status


def test_a_room_is_postponed_and_resumed_with_its_judges_and_undone(world: World) -> None:
    before = world.sheet().rooms[0]
    debate = postpone(world)
    assert world.last() == ("postpone", f"{before.name} in Round 3", None, None)
    after = world.sheet().rooms[0]
    assert after.status == "postponed"
    assert (after.chair, after.judges, after.name) == (before.chair, before.judges, before.name)
    world.write(lambda unit: postponing.resume(unit, debate), "resume")
    assert world.sheet().rooms[0] == before
    world.undo()
    assert status(world) == "postponed"
    world.undo()
    assert world.sheet().rooms[0] == before


def test_no_room_is_postponed_while_the_setting_is_off_but_one_can_be_resumed(
    world: World,
) -> None:
    debate = postpone(world)
    allow(world, on=False)
    other = world.sheet().rooms[1].id
    with pytest.raises(UserError, match="enable_postponements"):
        world.write(lambda unit: postponing.postpone(unit, other))
    assert status(world, 1) == "none"
    world.write(lambda unit: postponing.resume(unit, debate))
    assert status(world) == "none"


def test_a_room_is_postponed_once_and_only_a_postponed_one_is_resumed(world: World) -> None:
    debate = world.sheet().rooms[0].id
    assert refused(world, lambda unit: postponing.resume(unit, debate)) == "not_postponed"
    postpone(world)
    assert refused(world, lambda unit: postponing.postpone(unit, debate)) == "postponed_already"
    assert refused(world, lambda unit: postponing.postpone(unit, 999_999)) == "debate_unknown"


def test_a_bye_is_not_postponed(world: World) -> None:
    with world.work.database.read() as unit:
        room = read_debates(unit, world.third)[0]
        rows = unit.fetch(schema.debate_side.select().where(
            schema.debate_side.c.debate_id == room.id))
    world.write(lambda unit: unit.delete(schema.debate_side, [row[0] for row in rows[1:]]))
    world.write(lambda unit: unit.update(schema.debate_side, {rows[0][0]: {"side": "bye"}}))
    assert refused(world, lambda unit: postponing.postpone(unit, room.id)) == "postpone_bye"


def test_a_room_that_has_its_result_is_not_postponed(world: World) -> None:
    ref, debate = world.sheet().rooms[0].ref, world.sheet().rooms[0].id
    save(world.work, form_of(world.work, ref), filled(form_of(world.work, ref)))
    confirm(world.work, form_of(world.work, ref))
    assert refused(world, lambda unit: postponing.postpone(unit, debate)) == "postpone_has_result"


def test_an_entry_that_nobody_confirmed_is_kept_and_waits_again_after_resuming(
    world: World,
) -> None:
    ref, debate = world.sheet().rooms[0].ref, world.sheet().rooms[0].id
    save(world.work, form_of(world.work, ref), filled(form_of(world.work, ref)))
    assert status(world) == "draft"
    postpone(world)
    form = form_of(world.work, ref)
    assert "postponed" in form.refused
    with pytest.raises(UserError, match="postponed"):
        save(world.work, form, filled(form))
    world.write(lambda unit: postponing.resume(unit, debate))
    assert status(world) == "draft"
    confirm(world.work, form_of(world.work, ref))
    assert status(world) == "confirmed"


def test_a_completed_round_is_reopened_before_a_room_of_it_is_postponed_or_resumed(
    world: World,
) -> None:
    debate, other = postpone(world), world.sheet().rooms[1].id
    world.write(lambda unit: rounds.complete_round(unit, world.third, reason="it is late"))
    for change in (postponing.postpone, postponing.resume):
        for one in (debate, other):
            assert refused(
                world, lambda unit, do=change, at=one: do(unit, at)  # type: ignore[misc]
            ) == "round_is_completed"
    world.write(lambda unit: rounds.reopen_round(unit, world.third))
    world.write(lambda unit: postponing.resume(unit, debate))
    assert status(world) == "none"


def test_all_who_read_leave_a_postponed_room_out(world: World) -> None:
    world.write(lambda unit: rounds.release_draw(unit, world.third))
    sheet = world.sheet()
    debate = postpone(world)
    teams = {team.id for team in sheet.rooms[0].teams}
    with world.work.database.read() as unit:
        owner = get_tournament(unit, world.owner.id)
        data = read_results(unit, owner)
        snapshot = draw_snapshot(
            data, owner.settings, round_seq=4, draw_type=DrawType.POWER,
            present={team.id for team in data.teams})
        archive = exchange.read(unit, owner)
        progress = round_progress(unit, owner.id)[-1]
        desk = read_desk(unit, owner.id, world.third)
        page = read_overview(unit, owner.id, SystemClock().now())
        state = round_states(unit, owner.id)[-1]
        checks = round_checks.completion_checks(unit, world.third)
        late = look_pending(unit, owner.id, LATER, Asked(timeout_minutes=1, action="flag"))
        public = read_public(unit, world.third)
    sides = {team.id: sum(team.sides) for team in snapshot.teams}
    assert {one for one, count in sides.items() if count == 2} == teams
    assert {one for one, count in sides.items() if count == 3} == set(sides) - teams
    assert len([
        one for one in debates_that_count(archive, 4) if one.id == sheet.rooms[0].ref]) == 0
    assert sheet.rooms[0].ref not in progress.missing
    assert len(progress.missing) == 5
    assert (desk.expected, desk.counts["postponed"]) == (5, 1)
    assert {one.waits_for for one in page.rooms if one.debate_id == debate} == {"later"}
    assert state.ballots_out == 5
    assert (checks.ballots_due, checks.missing) == (5, 5)
    assert debate not in {due.room.id for due in late}
    assert len(late) == 5
    assert [one.room for one in public.rooms if one.postponed] == [""]
    assert len(public.by_team()) == 24


def test_nobody_looks_for_judges_or_a_place_of_a_postponed_room(world: World) -> None:
    with world.work.database.read() as unit:
        before = round_checks.release_checks(unit, world.third)
    named = world.sheet().rooms[0].name
    assert any(named in one.sentence for one in before.items)
    for number in range(6):
        postpone(world, number)
    with world.work.database.read() as unit:
        after = round_checks.release_checks(unit, world.third)
        stages = {one.key: one for one in round_states(unit, world.owner.id)[-1].stages}
    assert [one.status for one in after.items if one.key in ("chairs", "places")] == [
        "done", "done"]
    assert stages["rooms"].status == "done"


def test_a_postponed_room_does_not_hold_up_the_next_draw(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        document = pairs(4, 8)
        document.tournament.settings = {"enable_postponements": True}
        document.rounds[0].completed = False
        document.rounds[0].debates[0].ballots = []
        document.rounds[0].debates[0].status = "none"
        second = document.rounds[0].model_copy(update={
            "seq": 2, "name": "Round 2", "draw_type": "power", "status": "none", "debates": []})
        document.rounds.append(second)
        exchange.add(work.database, document, now=SystemClock().now(), actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            first, second_row = list_rounds(unit, owner.id)
            debate = read_debates(unit, first.id)[0]

        def draw() -> None:
            work.run(
                "draw.generate", tournament=owner.id, round_id=second_row.id, seed=1)

        with pytest.raises(Exception, match="missing"):
            draw()
        with work.database.write(actor="I", verb="postpone", tournament=owner.id) as unit:
            postponing.postpone(unit, debate.id)
        draw()
        with work.database.read() as unit:
            assert len(read_debates(unit, second_row.id)) == 4


def test_a_postponed_room_of_an_elimination_round_holds_up_the_next_one_and_says_so(
    tmp_path: Path,
) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        document = pairs(4, 8)
        document.tournament.settings = {"enable_postponements": True}
        document.breaks = [Break(category="open", teams=[
            BreakTeam(team=team.id, rank=n, break_rank=n)
            for n, team in enumerate(document.teams[:4], start=1)])]
        document.rounds += [
            Round(
                seq=seq, name=name, stage="elimination", draw_type="elimination",
                break_category="open")
            for seq, name in ((2, "Semifinals"), (3, "Final"))]
        exchange.add(work.database, document, now=SystemClock().now(), actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            _first, semi, final = list_rounds(unit, owner.id)
        work.run(
            "draw.generate", tournament=owner.id, round_id=semi.id, seed=1, confirm=True)
        with work.database.read() as unit:
            rooms = read_debates(unit, semi.id)
        with work.database.write(actor="I", verb="postpone", tournament=owner.id) as unit:
            told = [postponing.postpone(unit, room.id) for room in rooms]
        assert "after Semifinals cannot be drawn before it is resumed" in told[0].sentence
        with pytest.raises(Exception, match="Final"):
            work.run("draw.generate", tournament=owner.id, round_id=final.id, seed=1)


def test_settings_say_why_no_room_can_be_postponed(world: World) -> None:
    with world.work.database.read() as unit:
        assert postponing.cannot_postpone(get_tournament(unit, world.owner.id).settings) == ""
    allow(world, on=False)
    with world.work.database.read() as unit:
        assert "enable_postponements" in read_desk(
            unit, world.owner.id, world.third).cannot_postpone
        said = postponing.cannot_postpone(get_tournament(unit, world.owner.id).settings)
    assert "enable_postponements" in said
