"""Draws by hand: rooms added, taken out, undone, refused, confirmed, played and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Side
from tabapp.services import exchange, rounds
from tabapp.services.checks import check_tournament, read_input
from tabapp.services.manual_draw import ManualPlaces, add_room, read_places, remove_room
from tabapp.services.workspace import JobFailed
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.tournaments import list_rounds
from tabapp.tasks.play import play_round
from tests.services.round_world import World, refused


@contextmanager
def by_hand(
    folder: Path, preset: str = "australs", teams: int = 8, **settings: object
) -> Iterator[World]:
    """Open a tournament whose first round is played and whose second is drawn by hand."""
    with open_workspace(folder / "t.tabapp", create=True) as work:
        made = generate_tournament(preset=preset, teams=teams, rounds=2, seed=3, play=False)
        document = made.model_dump(mode="json")
        document["rounds"][1]["draw_type"] = "manual"
        document["tournament"]["settings"].update(settings)
        exchange.add(
            work.database, Archive.model_validate(document), now=SystemClock().now(),
            actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            found = list_rounds(unit, owner.id)
        for _result in play_round(work, owner, found[0], 1):
            pass
        yield World(work, owner, found[1].id)


def places(world: World) -> ManualPlaces:
    with world.work.database.read() as unit:
        return read_places(unit, world.third)


def add(world: World, *teams: str, bye: bool = False) -> str:
    sides = (Side.BYE,) if bye else world.owner.settings.sides
    given = dict(zip(sides, teams, strict=True))
    found: list[str] = []
    world.write(lambda unit: found.append(add_room(unit, world.third, given)))
    return found[0]


def problems(world: World, given: Mapping[Side, str]) -> dict[str, str]:
    with pytest.raises(ProblemsFound) as error:
        world.write(lambda unit: add_room(unit, world.third, given))
    return {one.where: one.code for one in error.value.problems}


def test_rooms_are_put_together_one_by_one(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        before = places(world)
        assert len(before.free) == 8
        assert all(" " in one.institution for one in before.free)  # its name, not its id
        points = [one.points for one in before.free]
        assert points == sorted(points, reverse=True)
        first, second, third, fourth = [one.id for one in before.free[:4]]
        add(world, first, second)
        assert world.row().status == "draft"
        assert add(world, third, fourth) != add(world, *[one.id for one in before.free[4:6]])
        sheet = world.sheet()
        assert [[team.id for team in room.teams] for room in sheet.rooms] == [
            [first, second], [third, fourth], [one.id for one in before.free[4:6]]]
        assert [room.rank for room in sheet.rooms] == [1, 2, 3]
        assert all(room.why[0] == "Paired by hand." for room in sheet.rooms)
        assert sheet.certificate.failed == ()
        assert not sheet.input_changed
        after = places(world)
        assert [one.id for one in after.free] == [one.id for one in before.free[6:]]
        assert world.last()[1].endswith("in Round 2")


def test_a_room_is_taken_out_and_the_others_are_numbered_anew(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        free = [one.id for one in places(world).free]
        refs = [add(world, *free[at:at + 2]) for at in range(0, 6, 2)]
        world.write(lambda unit: remove_room(unit, world.third, refs[0]))
        assert [(room.ref, room.rank) for room in world.sheet().rooms] == [
            (refs[1], 1), (refs[2], 2)]
        assert {one.id for one in places(world).free} == {*free[:2], *free[6:]}
        assert refused(world, lambda unit: remove_room(unit, world.third, refs[0])) == "room_gone"
        for ref in refs[1:]:
            world.write(partial(remove_room, round_id=world.third, debate=ref))
        assert world.row().status == "none"
        assert world.record() == {}
        world.undo()
        assert [room.ref for room in world.sheet().rooms] == [refs[2]]
        assert world.row().status == "draft"


def test_everything_that_is_wrong_with_a_room_is_said_at_its_side(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        one, other, third = [team.id for team in places(world).free[:3]]
        assert problems(world, {Side.AFF: "", Side.NEG: "T99"}) == {
            "aff": "room_without_team", "neg": "room_team_unknown"}
        assert problems(world, {Side.AFF: one, Side.NEG: one}) == {"neg": "room_team_twice"}
        assert problems(world, {Side.AFF: one}) == {"": "room_sides_wrong"}
        assert problems(world, {Side.BYE: one}) == {"bye": "byes_are_off"}
        add(world, one, other)
        assert problems(world, {Side.AFF: third, Side.NEG: one}) == {"neg": "room_team_placed"}
        assert len(world.sheet().rooms) == 1


def send_away(world: World, team: str) -> None:
    with world.work.database.read() as unit:
        row = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == team))
    world.write(lambda unit: unit.insert(
        schema.absent_team, [{"round_id": world.third, "team_id": row}]))


def test_an_absent_team_is_not_offered(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        gone = places(world).free[0].id
        send_away(world, gone)
        free = [one.id for one in places(world).free]
        assert gone not in free
        assert problems(world, {Side.AFF: gone, Side.NEG: free[0]}) == {
            "aff": "room_team_unknown"}


def test_a_bye_comes_after_the_rooms(tmp_path: Path) -> None:
    with by_hand(tmp_path, bye_team_selection="random") as world:
        send_away(world, places(world).free[0].id)
        free = [one.id for one in places(world).free]
        add(world, free[6], bye=True)
        for at in range(0, 6, 2):
            add(world, *free[at:at + 2])
        sheet = world.sheet()
        assert [room.is_bye for room in sheet.rooms] == [False, False, False, True]
        assert sheet.certificate.failed == ()
        assert sheet.certificate.unclear == ()


@pytest.mark.parametrize("preset", ["australs", "bp"])
def test_a_round_by_hand_is_confirmed_played_and_checked(tmp_path: Path, preset: str) -> None:
    with by_hand(tmp_path, preset) as world:
        size = len(world.owner.settings.sides)
        free = [one.id for one in places(world).free]
        for at in range(0, 8, size):
            add(world, *free[at:at + size])
        world.write(lambda unit: rounds.confirm_draw(unit, world.third))
        for _result in play_round(world.work, world.owner, world.row(), 1):
            pass
        with world.work.database.read() as unit:
            found = check_tournament(read_input(unit, world.owner))
        assert not [one for one in found if one.status == "failed"]
        assert [[team.id for team in room.teams] for room in world.sheet().rooms] == [
            free[at:at + size] for at in range(0, 8, size)]


def test_what_cannot_be_changed_by_hand(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        free = [one.id for one in places(world).free]
        given = {Side.AFF: free[2], Side.NEG: free[3]}
        ref = add(world, *free[:2])
        with world.work.database.read() as unit:
            first = list_rounds(unit, world.owner.id)[0].id
            row = world.sheet().rooms[0].id
        assert refused(world, lambda unit: add_room(unit, first, given)) == "not_by_hand"
        world.write(lambda unit: rounds.confirm_draw(unit, world.third))
        add(world, *given.values())
        assert world.row().status == "confirmed"
        world.write(lambda unit: unit.insert(
            schema.ballot, [{"debate_id": row, "version": 1, "status": "draft"}]))
        assert refused(world, lambda unit: remove_room(unit, world.third, ref)) == (
            "room_has_ballot")
        world.write(lambda unit: rounds.release_draw(unit, world.third))
        late = {Side.AFF: free[4], Side.NEG: free[5]}
        assert refused(world, lambda unit: add_room(unit, world.third, late)) == (
            "draw_is_released")
        world.write(lambda unit: rounds.complete_round(unit, world.third, reason="x"))
        assert refused(world, lambda unit: add_room(unit, world.third, late)) == (
            "round_is_completed")


@pytest.mark.parametrize("replace", [False, True])
def test_the_job_that_draws_leaves_a_round_by_hand_alone(tmp_path: Path, replace: bool) -> None:
    with by_hand(tmp_path) as world:
        with pytest.raises(JobFailed, match="Round 2 are put together by hand"):
            draw(world, replace=replace)
        assert world.row().status == "none"
        free = [one.id for one in places(world).free]
        ref = add(world, *free[:2])
        with pytest.raises(JobFailed, match="put together by hand"):
            draw(world, replace=replace)
        assert [room.ref for room in world.sheet().rooms] == [ref]


def draw(world: World, *, replace: bool) -> None:
    world.work.run(
        "draw.generate", tournament=world.owner.id, round_id=world.third, seed=1,
        replace=replace, confirm=True)


def test_a_room_with_judges_comes_back_whole(tmp_path: Path) -> None:
    with by_hand(tmp_path) as world:
        free = [one.id for one in places(world).free]
        ref = add(world, *free[:2])
        add(world, *free[2:4])
        with world.work.database.read() as unit:
            judge = unit.scalar(select(schema.adjudicator.c.id).limit(1))
        slot, room = world.row().slot_id, world.sheet().rooms[0].id
        world.write(lambda unit: unit.insert(schema.panel_member, [{
            "debate_id": room, "round_id": world.third, "slot_id": slot,
            "adjudicator_id": judge, "role": "chair"}]))
        before = archive(world)
        world.write(lambda unit: remove_room(unit, world.third, ref))
        without = archive(world)
        assert without != before
        world.undo()
        assert archive(world) == before
        world.work.database.redo(world.owner.id, actor="Ingrid")
        assert archive(world) == without


def archive(world: World) -> Archive:
    with world.work.database.read() as unit:
        return read_archive(unit, world.owner.id).model_copy(update={"activity": []})
