"""The balance report of a round in a file: as drawn, as it stands so far, refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.services.balance_report import RoundBalance, read_balance
from tabapp.services.rounds import delete_draw
from tabapp.store import schema
from tabapp.store.draw_rows import update_round
from tests.services.round_world import World, open_world


def report(world: World) -> RoundBalance:
    with world.work.database.read() as unit:
        return read_balance(unit, world.third)


def test_a_draft_shows_what_it_would_do_to_each_team(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        found = report(world)
        sheet = world.sheet()
        assert sheet.round.status == "draft"
        assert sheet.book is not None
        assert found.report.is_placed
        assert len(found.report.teams) == 24
        for team in found.report.teams:
            assert team.after == sheet.book.history(team.id)
            assert sum(team.before) == 2
        assert [one.seq for one in found.report.points] == [1, 2, 3]
        world.write(lambda unit: update_round(unit, world.third, status="confirmed"))
        assert report(world).report == found.report


def test_without_a_draw_the_record_so_far_of_those_who_are_here(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        world.write(lambda unit: delete_draw(unit, world.third))
        with world.work.database.read() as unit:
            away = unit.scalar(schema.team.select().with_only_columns(schema.team.c.id).limit(1))
        world.write(lambda unit: unit.insert(
            schema.absent_team, [{"round_id": world.third, "team_id": away}]))
        found = report(world)
        assert not found.report.is_placed
        assert len(found.report.teams) == 23
        assert {sum(team.after) for team in found.report.teams} == {2}
        assert [one.seq for one in found.report.points] == [1, 2]


def test_a_postponed_room_counts_for_nobody(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        room = world.sheet().rooms[0]
        world.write(lambda unit: unit.update(schema.debate, {room.id: {"status": "postponed"}}))
        assert not {team.id for team in room.teams} & {
            team.id for team in report(world).report.teams}


def test_an_elimination_round_has_no_report(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        category = None
        with world.work.database.read() as unit:
            category = unit.scalar(
                schema.break_category.select().with_only_columns(schema.break_category.c.id)
                .limit(1))
        world.write(lambda unit: delete_draw(unit, world.third))
        world.write(lambda unit: update_round(
            unit, world.third, stage="elimination", draw_type="elimination",
            break_category_id=category))
        with pytest.raises(UserError, match="elimination round") as error:
            report(world)
        assert error.value.code == "balance_of_elimination"
