"""How a round is drawn, as it is planned: what the format has, what the rules refuse, its kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawType, Stage
from tabapp.services import draws, people, round_setup
from tabapp.services.round_setup import RoundEntry, check_round
from tabapp.store.people_lists import read_lists
from tests.services.setup_room import SetupRoom, codes, setup_room


@contextmanager
def room_of(folder: Path, preset: str) -> Iterator[SetupRoom]:
    document = generate_tournament(preset=preset, teams=8, rounds=3, seed=1, play=False)
    with setup_room(folder, archive=document) as room:
        yield room


def entry(room: SetupRoom, at: int, **fields: str) -> RoundEntry:
    given = RoundEntry.of(room.rounds()[at])
    return replace(given, **fields)  # type: ignore[arg-type]


def found(room: SetupRoom, draw_type: DrawType) -> dict[str, tuple[str, str]]:
    row = room.rounds()[1]
    problems = check_round(
        room.round_board(), replace(RoundEntry.of(row), draw_type=draw_type.value), row.id)
    return {one.where: (one.level, one.code) for one in problems}


PRELIMINARY = [one for one in DrawType if one is not DrawType.ELIMINATION]


@pytest.mark.parametrize("preset", ["bp", "australs"])
@pytest.mark.parametrize("draw_type", PRELIMINARY)
def test_each_draw_of_the_format_can_be_chosen(
    tmp_path: Path, preset: str, draw_type: DrawType
) -> None:
    with room_of(tmp_path, preset) as room:
        problems = found(room, draw_type)
        if preset == "bp" and draw_type is DrawType.SEEDED:
            assert problems == {"draw_type": ("error", "draw_type_not_for_format")}
        else:
            assert not [one for one, _code in problems.values() if one == "error"]
            row = room.rounds()[1]
            room.write(lambda unit: round_setup.change_fields(
                unit, room.id, row.id, draw_type=draw_type.value))
            assert room.rounds()[1].draw_type == draw_type.value


def test_a_seeded_draw_says_how_many_teams_have_no_seed(tmp_path: Path) -> None:
    with room_of(tmp_path, "australs") as room:
        problems = check_round(
            room.round_board(), entry(room, 1, draw_type="seeded"), room.rounds()[1].id)
        assert codes(problems) == {"draw_type": "round_seeds_missing"}
        assert problems[0].message.startswith("8 teams have no seed.")
        assert problems[0].level == "warning"


def test_the_kind_of_a_round_is_set_and_then_balances_its_sides(tmp_path: Path) -> None:
    with room_of(tmp_path, "australs") as room:
        for at, kind in enumerate(("prepared", " im promptu ", "prepared")):
            row = room.rounds()[at]
            room.write(partial(
                round_setup.change_fields, tournament_id=room.id, round_id=row.id, kind=kind))
        assert [one.kind for one in room.rounds()] == ["prepared", "im promptu", "prepared"]
        room.play(2)
        third = room.rounds()[2]
        snapshot = room.read(lambda unit: draws.read_input(unit, third.id)).snapshot
        assert {sum(team.kind_sides) for team in snapshot.teams} == {1}
        assert {sum(team.sides) for team in snapshot.teams} == {2}
        drawn = room.rounds()[0]
        assert room.refused(lambda unit: round_setup.change_fields(
            unit, room.id, drawn.id, kind="impromptu")) == {"kind": "round_drawn_keeps"}
        room.undo()
        assert room.refused(lambda unit: round_setup.change_fields(
            unit, room.id, third.id, kind="x" * 31)) == {"kind": "entry_too_long"}


def test_an_elimination_round_asks_for_no_pairs(tmp_path: Path) -> None:
    with room_of(tmp_path, "australs") as room:
        row = room.rounds()[2]
        problems = check_round(
            room.round_board(),
            entry(room, 2, stage=Stage.ELIMINATION.value, draw_type="elimination"), row.id)
        assert "draw_type" not in codes(problems)


def test_seeds_are_set_under_people_and_then_drawn_by(tmp_path: Path) -> None:
    with room_of(tmp_path, "australs") as room:
        first = room.rounds()[0]
        teams = room.read(lambda unit: read_lists(unit, room.id)).teams
        for number, team in enumerate(teams, start=1):
            room.write(partial(
                people.edit, tournament_id=room.id, kind="team", record=team.id,
                values={"seed": str(number)}))
        room.write(lambda unit: round_setup.change_fields(
            unit, room.id, first.id, draw_type="seeded"))
        assert room.round_board().unseeded == 0
        found = room.read(lambda unit: draws.read_input(unit, first.id))
        assert sorted(team.seed or 0 for team in found.snapshot.teams) == list(range(1, 9))
        assert len(draws.draw_round(found, seed=1).debates) == 4
