"""Rounds of two teams from the file to the certificate: drawn, stored, edited, checked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.domain import snapshots
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawSnapshot, Side
from tabapp.services import draws, exchange, sides
from tabapp.services.checks import check_tournament, read_input
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.draw_rows import draw_record
from tabapp.store.tournaments import list_rounds
from tabapp.tasks.play import play_round
from tests.services.round_world import World


@contextmanager
def open_pairs(
    folder: Path, rounds: list[dict[str, Any]], *, teams: int = 14, **settings: Any
) -> Iterator[World]:
    """Open a two-team tournament whose last round is drawn, unless by hand; others are played."""
    file = folder / f"{len([*folder.iterdir()])}.tabapp"
    with open_workspace(file, create=True) as work:
        made = generate_tournament(
            preset="australs", teams=teams, rounds=len(rounds), seed=3, play=False)
        document = made.model_dump(mode="json")
        for one, wanted in zip(document["rounds"], rounds, strict=True):
            one.update(wanted)
        document["tournament"]["settings"].update(settings)
        for number, team in enumerate(document["teams"]):
            team["seed"] = float(number % 4)
        exchange.add(
            work.database, Archive.model_validate(document), now=SystemClock().now(), actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            found = list_rounds(unit, owner.id)
        for one in found[:-1]:
            for _result in play_round(work, owner, one, 1):
                pass
        if found[-1].draw_type != "manual":
            work.run("draw.generate", tournament=owner.id, round_id=found[-1].id, seed=7)
        yield World(work, owner, found[-1].id)


def failed(world: World) -> list[str]:
    with world.work.database.read() as unit:
        found = check_tournament(read_input(unit, world.owner))
    return [f"{one.scope} {one.name}: {one.detail}" for one in found if one.status == "failed"]


def both_snapshots(world: World) -> tuple[DrawSnapshot, DrawSnapshot]:
    """Return the snapshot of the drawn round as the file and as its archive give it."""
    with world.work.database.read() as unit:
        stored = draws.read_input(unit, world.third).snapshot
        archive = read_archive(unit, world.owner.id)
    seq = world.row().seq
    return stored, snapshots.draw_snapshot(archive, seq, world.owner.settings)


POWER = {"draw_type": "power"}
RANDOM = {"draw_type": "random"}


@pytest.mark.parametrize(("last", "settings"), [
    (POWER, {"draw_odd_bracket": "intermediate_bubble_up_down"}),
    (POWER, {"draw_odd_bracket": "pullup_top", "draw_pullup_restriction": "lowest_ds_wins"}),
    (POWER, {"draw_odd_bracket": "pullup_top", "draw_avoid_conflicts": "graph"}),
    (POWER, {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round"}),
    (POWER, {"draw_side_allocations": "manual-ballot"}),
    (RANDOM, {}),
    ({"draw_type": "seeded"}, {"draw_pairing_method": "fold"}),
])
def test_a_round_is_drawn_checked_and_read_again(
    tmp_path: Path, last: dict[str, Any], settings: dict[str, Any]
) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER, last], **settings) as world:
        sheet = world.sheet()
        assert len(sheet.rooms) == 7
        assert not sheet.input_changed
        assert sheet.certificate.failed == ()
        assert all(room.why for room in sheet.rooms)
        record: Any = world.record()
        assert record["quality"]["pairing_cost"] == sheet.quality.pairing_cost
        assert record["certificate"]["cost"] == sheet.quality.pairing_cost
        assert sheet.quality.pairing_cost == sheet.quality.pairing_cost_optimum
        assert failed(world) == []
        with world.work.database.read() as unit:
            found = draws.read_input(unit, world.third)
            assert draws.same_draw(found, draw_record(unit, world.third), 7)
            again = draws.draw_round(found, seed=7)
            stored = draws.stored_draw(unit, world.third)
        assert [one.drawn for one in again.debates] == [
            replace(one.drawn, allowed_points=()) for one in stored.debates]


def test_the_file_and_its_archive_give_one_snapshot(tmp_path: Path) -> None:
    kinds = [{"kind": "prepared"}, {"kind": "impromptu"}, {"kind": "prepared"}]
    rounds = [{"draw_type": kind, **more} for kind, more in zip(
        ("random", "power", "power"), kinds, strict=True)]
    with open_pairs(tmp_path, rounds, draw_odd_bracket="pullup_top") as world:
        stored, archived = both_snapshots(world)
    assert stored == archived
    assert {sum(team.kind_sides) for team in stored.teams} == {1}
    assert {team.seed for team in stored.teams} == {0.0, 1.0, 2.0, 3.0}
    assert any(team.pullup_debates for team in stored.teams)
    by_id = {team.id: team for team in stored.teams}
    for team in stored.teams:
        met = [by_id[other] for other, times in team.seen.items() for _ in range(times)]
        assert team.draw_strength == sum(one.points for one in met)
        assert team.draw_strength_rank == sum(one.rank for one in met)
        assert team.draw_strength_speaks > 0


def test_a_round_robin_goes_on_where_it_stood(tmp_path: Path) -> None:
    robin = {"draw_type": "round-robin"}
    with open_pairs(tmp_path, [robin, robin, robin], teams=6) as world:
        stored, archived = both_snapshots(world)
        assert stored == archived
        assert stored.cycle is not None
        assert stored.cycle.index == 2
        assert len(stored.cycle.teams) == 6
        sheet = world.sheet()
        assert sheet.quality.rematches == 0
        assert not sheet.input_changed
        assert "Round 3 of a round-robin of 6 teams" in sheet.rooms[0].why[0]
        one, other = (room.teams[0].id for room in sheet.rooms[:2])
        assert sheet.book is not None
        price = sheet.book.price(one, other)
        assert not price.legal
        assert "Against the cycle" in price.lines[0].sentence
        assert failed(world) == []


def test_the_team_that_rests_has_its_reason(tmp_path: Path) -> None:
    with open_pairs(
        tmp_path, [RANDOM, POWER], teams=12, bye_team_selection="lowest"
    ) as world:
        with world.work.database.read() as unit:
            gone = unit.rows(schema.team.select())[3].id
        world.write(lambda unit: unit.update(schema.team, {gone: {"withdrawn": True}}))
        world.work.run(
            "draw.generate", tournament=world.owner.id, round_id=world.third, seed=7,
            replace=True)
        sheet = world.sheet()
        (bye,) = [room for room in sheet.rooms if room.is_bye]
        assert bye.bracket == -1
        assert "11 teams do not fill rooms of two" in bye.why[0]
        assert failed(world) == []


def test_allocated_sides_are_kept_by_the_draw_and_by_swaps(tmp_path: Path) -> None:
    with open_pairs(
        tmp_path, [RANDOM, RANDOM], draw_odd_bracket="pullup_top"
    ) as world:
        teams = sorted(team.id for room in world.sheet().rooms for team in room.teams)
        rows = dict(zip(teams, [Side.AFF, Side.NEG] * 7, strict=True))
        allocate(world, rows)
        world.work.run(
            "draw.generate", tournament=world.owner.id, round_id=world.third, seed=7,
            replace=True)
        sheet = world.sheet()
        assert {t.id: t.side for room in sheet.rooms for t in room.teams} == rows
        assert not sheet.input_changed
        first, second = sheet.rooms[:2]
        book = sheet.book
        assert book is not None
        assert not book.price(first.teams[0].id, first.teams[1].id).legal
        assert not book.price(first.teams[0].id, second.teams[1].id).legal
        assert book.price(first.teams[0].id, second.teams[0].id).legal
        assert failed(world) == []


def allocate(world: World, sides: dict[str, Side]) -> None:
    """Set the rule to allocated sides, and allocate them for the drawn round."""
    with world.work.database.read() as unit:
        ids = {row.ref: row.id for row in unit.rows(schema.team.select())}
        (owner,) = unit.rows(schema.tournament.select())
    settings = {**owner.settings, "draw_side_allocations": "preallocated"}
    world.write(lambda unit: unit.update(schema.tournament, {owner.id: {"settings": settings}}))
    world.write(lambda unit: unit.insert(schema.side_allocation, [
        {"round_id": world.third, "team_id": ids[team], "side": side.value}
        for team, side in sides.items()]))


def test_a_swap_of_sides_is_declared_and_only_turns_the_room(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER]) as world:
        before = world.sheet()
        aff, neg = before.rooms[0].teams
        assert before.book is not None
        price = before.book.price(aff.id, neg.id)
        assert price.legal
        assert [line.kind for line in price.lines] == ["legality", "cost", "sides", "sides"]
        world.swap(aff.id, neg.id)
        after = world.sheet()
        assert [(team.id, team.side) for team in after.rooms[0].teams] == [
            (neg.id, Side.AFF), (aff.id, Side.NEG)]
        assert [room.teams for room in after.rooms[1:]] == [
            room.teams for room in before.rooms[1:]]
        (edit,) = after.certificate.edits
        assert edit["teams"] == [aff.id, neg.id]
        assert after.certificate.failed == ()
        assert failed(world) == []
        world.undo()
        assert world.sheet().rooms == before.rooms


def test_a_swap_between_brackets_pulls_up_anew_and_differs_from_the_rule(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER], draw_odd_bracket="pullup_top") as world:
        sheet = world.sheet()
        top, bottom = sheet.rooms[0].teams[0], sheet.rooms[-1].teams[0]
        assert top.points > bottom.points
        book = sheet.book
        assert book is not None
        assert not book.price(top.id, bottom.id).legal
        world.swap(top.id, bottom.id)
        after = world.sheet()
        pulled = {team.id for room in after.rooms for team in room.teams if team.pulled_up}
        assert bottom.id in pulled
        assert any("does not belong" in flag for flag in after.rooms[-1].flags)
        assert after.certificate.unclear
        assert failed(world) == []


def test_a_swap_in_a_matched_draw_keeps_the_optimum_and_tells_the_cost(tmp_path: Path) -> None:
    with open_pairs(
        tmp_path, [RANDOM, POWER], draw_avoid_conflicts="graph", draw_odd_bracket="pullup_top"
    ) as world:
        sheet = world.sheet()
        same = [room for room in sheet.rooms if room.bracket == sheet.rooms[0].bracket]
        one, other = same[0].teams[0].id, same[1].teams[0].id
        assert sheet.book is not None
        change = sheet.book.price(one, other).change
        world.swap(one, other)
        after = world.sheet().quality
        assert after.pairing_cost == sheet.quality.pairing_cost + change
        assert after.pairing_cost_optimum == sheet.quality.pairing_cost_optimum


def test_a_corrected_result_is_told_of_a_two_team_draw(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER]) as world:
        with world.work.database.read() as unit:
            first = unit.rows(schema.ballot.select())[0]
        world.write(
            lambda unit: unit.update(schema.ballot, {first.id: {"status": "discarded"}}))
        assert world.sheet().input_changed


def test_sides_that_are_turned_before_anybody_confirms_them_are_no_fault(tmp_path: Path) -> None:
    with open_pairs(
        tmp_path, [RANDOM, POWER], draw_side_allocations="manual-ballot"
    ) as world:
        for room in world.sheet().rooms:
            world.write(partial(sides.swap_sides, round_id=world.third, debate=room.ref))
        with world.work.database.read() as unit:
            found = check_tournament(read_input(unit, world.owner))
        (told,) = [one for one in found if (one.name, one.scope) == ("sides", "round 2")]
        assert told.status == "unclear"
        assert "the rooms decide their sides" in told.detail
        assert failed(world) == []
