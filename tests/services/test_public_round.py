"""What the hall may see of a round at each point of its life."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.public import PublicRound
from tabapp.services import motions, rounds, tournament_settings
from tabapp.services.motions import MotionEntry
from tabapp.services.public import read_public
from tabapp.store import schema
from tests.services.round_world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as made:
        yield made


def public(world: World) -> PublicRound:
    with world.work.database.read() as unit:
        return read_public(unit, world.third)


def release(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(lambda unit: rounds.release_draw(unit, world.third))


def add_motion(world: World) -> None:
    entry = MotionEntry("This House would wait", "Waiting", "What it is", (world.third,))
    world.write(lambda unit: motions.save_motion(unit, world.owner.id, entry))


def test_a_draw_is_public_only_while_it_is_released(world: World) -> None:
    assert not public(world).draw_released
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    assert public(world).rooms == ()
    world.write(lambda unit: rounds.release_draw(unit, world.third))
    found = public(world)
    assert found.draw_released
    assert len(found.rooms) == 6
    assert len({one.team for one in found.by_team()}) == 24
    world.write(lambda unit: rounds.unrelease_draw(unit, world.third))
    assert public(world).rooms == ()


def test_undoing_the_release_takes_the_draw_back_from_the_public(world: World) -> None:
    release(world)
    world.undo()
    assert public(world).rooms == ()


def test_a_motion_is_public_by_itself(world: World) -> None:
    add_motion(world)
    release(world)
    assert public(world).motions == ()
    world.write(lambda unit: motions.release_motions(unit, world.third))
    assert public(world).motions[-1].text == "This House would wait"
    assert public(world).motions[-1].info_slide == "What it is"
    world.write(lambda unit: motions.unrelease_motions(unit, world.third))
    assert public(world).motions == ()
    assert public(world).draw_released


def test_rooms_and_the_start_are_told_as_people_read_them(world: World) -> None:
    release(world)
    assert public(world).starts == ""
    world.write(lambda unit: rounds.set_start(unit, world.third, "1430"))
    assert public(world).starts == "14:30"
    assert all(one.room == "" for one in public(world).rooms)


@pytest.mark.parametrize(
    ("setting", "coded"), [("off", False), ("all-tooltips", False), ("admin-tooltips-real", True),
                           ("admin-tooltips-code", True), ("everywhere", True)])
def test_the_public_reads_code_names_where_the_settings_say_so(
    world: World, setting: str, coded: bool
) -> None:
    release(world)
    some = public(world).by_team()[0].team
    with world.work.database.read() as unit:
        ((row_id, *_),) = unit.fetch(schema.team.select().where(schema.team.c.name == some))
    world.write(lambda unit: unit.update(schema.team, {row_id: {"code_name": "Otter"}}))
    world.write(lambda unit: tournament_settings.change_settings(
        unit, world.owner.id, {"team_code_names": setting}))
    names = {one.team for one in public(world).by_team()}
    assert ("Otter" in names) is coded
    assert (some in names) is not coded
    assert len(names) == 24


def test_a_round_that_is_gone_has_nothing_public(world: World) -> None:
    with pytest.raises(UserError), world.work.database.read() as unit:
        read_public(unit, 9999)
