"""A stored draw drawn again: the same to the byte, or the reason why not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.draw import ENGINE
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawnDebate
from tabapp.exchange import write_archive
from tabapp.services import draw_replay, sides
from tabapp.services.draw_replay import ReplayCase, Replayed, read_replay, replay, room_text
from tabapp.services.tournament_settings import change_settings
from tabapp.store import schema
from tabapp.store.draw_rows import draw_record, update_round
from tabapp.store.tournaments import list_rounds
from tests.e2e.program import done, export, written
from tests.services.round_world import World, open_world
from tests.services.test_two_team_rounds import POWER, RANDOM, open_pairs


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as found:
        yield found


@pytest.fixture
def two(tmp_path: Path) -> Iterator[World]:
    with open_pairs(tmp_path, [RANDOM, RANDOM, POWER], draw_odd_bracket="pullup_top") as found:
        yield found


def case_of(world: World, round_id: int | None = None) -> ReplayCase:
    with world.work.database.read() as unit:
        return read_replay(unit, round_id or world.third)


def again(world: World) -> Replayed:
    return replay(case_of(world))


def change_record(world: World, part: str, **values: Any) -> None:
    def change(unit: Any) -> None:
        record = dict(draw_record(unit, world.third) or {})
        record[part] = {**record[part], **values}
        update_round(unit, world.third, draw_record=record)

    world.write(change)


@pytest.mark.parametrize("kind", ["world", "two"])
def test_every_round_comes_out_as_it_was_stored(
    kind: str, request: pytest.FixtureRequest
) -> None:
    at: World = request.getfixturevalue(kind)
    with at.work.database.read() as unit:
        every = list_rounds(unit, at.owner.id)
    assert len(every) == 3
    for one in every:
        assert replay(case_of(at, one.id)) == Replayed("same")


def test_a_round_is_replayed_by_the_rule_of_then(two: World) -> None:
    two.write(lambda unit: change_settings(
        unit, two.owner.id, {"draw_pairing_method": "fold", "side_penalty": 5}))
    found = again(two)
    assert found.verdict == "same"
    assert set(found.changed_rule) == {"draw_pairing_method", "side_penalty"}


def test_edits_by_hand_are_the_only_difference(world: World) -> None:
    rooms = world.sheet().rooms
    world.swap(rooms[0].teams[0].id, rooms[2].teams[1].id)
    assert again(world) == Replayed("edited", rooms=(1, 3))


def test_a_difference_that_nobody_declared_is_a_fault(world: World) -> None:
    rooms = world.sheet().rooms
    world.swap(rooms[0].teams[0].id, rooms[2].teams[1].id)

    def hide(unit: Any) -> None:
        record = dict(draw_record(unit, world.third) or {})
        update_round(unit, world.third, draw_record={**record, "edits": []})

    world.write(hide)
    assert again(world) == Replayed("differs", rooms=(1, 3))


def test_a_missing_room_is_a_fault(world: World) -> None:
    case = case_of(world)
    less = replace(case, debates=case.debates[:-1])
    assert replay(less) == Replayed("differs", rooms=(len(case.debates),))


def test_another_version_of_the_engine_may_draw_otherwise(world: World) -> None:
    case = case_of(world)
    assert case.certificate["engine"] == ENGINE
    other = replace(case, certificate={**case.certificate, "engine": "tabapp-draw 0"})
    assert replay(other) == Replayed("same")
    assert replay(replace(other, debates=other.debates[:-1])).verdict == "engine"


def move_teams(world: World) -> None:
    def move(unit: Any) -> None:
        unit.update(schema.team, {
            one.id: {"institution_id": None} for one in unit.rows(schema.team.select())[1:4]})

    world.write(move)


def test_changed_people_are_named_where_nothing_can_be_told(world: World) -> None:
    move_teams(world)
    assert again(world) == Replayed("input", moved=("people",))


def test_changed_results_are_named(world: World) -> None:
    rerun = world.third - 1
    world.work.run(
        "draw.generate", tournament=world.owner.id, round_id=rerun, seed=3, replace=True,
        released=True)
    found = again(world)
    assert found.verdict == "input"
    assert "results" in found.moved
    assert "people" not in found.moved


def test_standings_by_another_order_are_a_change_of_settings(world: World) -> None:
    world.write(lambda unit: change_settings(unit, world.owner.id, {
        "team_standings_precedence": ["speaks_sum", "points"]}))
    found = again(world)
    assert found.verdict == "input"
    assert found.moved == ("settings",)
    assert found.changed_rule == ()


def test_what_changed_before_the_draw_is_not_named(world: World) -> None:
    move_teams(world)
    assert case_of(world).moved == ("people",)
    world.work.run(
        "draw.generate", tournament=world.owner.id, round_id=world.third, seed=8, replace=True)
    assert case_of(world).moved == ()
    assert again(world) == Replayed("same")


@pytest.mark.parametrize(("part", "values"), [
    ("certificate", {"seed": None}), ("certificate", {"input_sha256": None}),
    ("rule", {"draw_type": "manual"}), ("rule", {"draw_type": "by an oracle"}),
])
def test_without_a_certificate_there_is_nothing_to_replay(
    world: World, part: str, values: dict[str, Any]
) -> None:
    change_record(world, part, **values)
    assert again(world) == Replayed("unknown")


def test_an_imported_round_has_nothing_to_replay(world: World) -> None:
    world.write(lambda unit: update_round(unit, world.third, draw_record=None))
    assert again(world) == Replayed("unknown")
    world.write(lambda unit: update_round(
        unit, world.third, draw_record={"rule": 3, "certificate": [], "edits": "many"}))
    assert again(world) == Replayed("unknown")


def test_sides_that_the_room_decided_are_no_fault(tmp_path: Path) -> None:
    with open_pairs(
        tmp_path, [RANDOM, POWER], draw_side_allocations="manual-ballot"
    ) as two:
        ref = two.sheet().rooms[1].ref
        two.write(lambda unit: sides.swap_sides(unit, two.third, ref))
        assert again(two) == Replayed("sides", rooms=(2,))
        two.write(lambda unit: sides.confirm_sides(unit, two.third))
        assert again(two) == Replayed("sides", rooms=(2,))


def test_turned_sides_that_were_settled_are_a_fault(two: World) -> None:
    case = case_of(two)
    first = case.debates[0]
    turned = replace(first, sides=tuple(
        (side, team) for (side, _), team in zip(first.sides, first.teams[::-1], strict=True)))
    found = replay(replace(case, debates=(turned, *case.debates[1:])))
    assert found == Replayed("differs", rooms=(1,))


def test_a_room_is_compared_in_all_that_is_stored_of_it(two: World) -> None:
    room: DrawnDebate = case_of(two).debates[0]
    others = [
        replace(room, bracket=room.bracket + 1), replace(room, room_rank=9),
        replace(room, flags=("too_many_swaps",)),
        replace(room, team_flags={room.teams[0]: ("bubble_up_history",)}),
        replace(room, sides=room.sides[::-1]),
    ]
    assert len({room_text(one) for one in (room, *others)}) == len(others) + 1
    assert room_text(replace(room, allowed_points=(1.0,), sides_confirmed=False)) == \
        room_text(room)
    assert draw_replay.INPUT[0] == "results"


@pytest.mark.parametrize("preset", ["bp", "australs", "apda"])
def test_a_dry_run_after_storing_gives_the_stored_debates_to_the_byte(
    tmp_path: Path, preset: str
) -> None:
    file, db = tmp_path / "played.json", tmp_path / "x.tabapp"
    done("generate", file, "--preset", preset, "--teams", 24, "--rounds", 3, "--seed", 4)
    done("import", db, file)
    for seq in (2, 3):
        stored = done("draw", db, seq, "--seed", 48213, "--replace", "--ignore-missing")
        dry = done("draw", db, seq, "--seed", 48213, "--dry-run", "--ignore-missing")
        for part in ("debates", "certificate", "rule", "quality", "audit"):
            assert json.dumps(dry[part]).encode() == json.dumps(stored[part]).encode()
        other = done("draw", db, seq, "--seed", 48214, "--dry-run", "--ignore-missing")
        assert other["debates"] != stored["debates"]


@pytest.mark.parametrize(("preset", "teams", "settings"), [
    ("bp", 16, {}), ("apda", 13, {"bye_team_selection": "lowest"}), ("joynt", 12, {}),
])
def test_every_round_is_replayed_to_the_byte_on_another_machine(
    tmp_path: Path, preset: str, teams: int, settings: dict[str, Any]
) -> None:
    """Also a round that others came after, with the ids of its debates."""
    made = generate_tournament(
        preset=preset, teams=teams, rounds=3, seed=4, play=False, settings=settings)
    first, other, file = (tmp_path / one for one in ("first.tabapp", "other.tabapp", "x.json"))
    file.write_bytes(write_archive(made))
    done("import", first, file, "--accept-warnings")
    done("simulate", first, "--rounds", "1-3", "--seed", 9)
    stored = export(first)
    done("import", other, written(tmp_path / "moved.json", stored), "--accept-warnings")
    for one in stored["rounds"]:
        dry, twice = (
            done("draw", db, one["seq"], "--seed", one["draw_seed"], "--dry-run",
                 "--ignore-missing")
            for db in (first, other))
        assert json.dumps(dry["debates"]) == json.dumps(twice["debates"])
        assert sorted(map(_place, dry["debates"])) == sorted(map(_place, one["debates"]))
        for part in ("certificate", "rule", "quality"):
            assert dry[part] == one["draw_record"][part]


def _place(debate: dict[str, Any]) -> tuple[Any, ...]:
    return (
        debate["room_rank"], debate["id"], debate["bracket"],
        [(side["side"], side["team"], side.get("flags", [])) for side in debate["sides"]],
        debate.get("flags", []), debate.get("why", []))
