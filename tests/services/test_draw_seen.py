"""A draw is deleted or made again only as the person who agreed to it saw it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.services import panels, rounds
from tabapp.services.workspace import JobFailed
from tests.services.desk_scenes import filled, form_of, save
from tests.services.round_world import World, open_world, refused


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as found:
        found.write(lambda unit: rounds.confirm_draw(unit, found.third))
        yield found


def _enter(world: World) -> None:
    form = form_of(world.work, world.sheet().rooms[0].ref)
    save(world.work, form, filled(form))


def _draw_again(world: World, **params: Any) -> None:
    world.work.run(
        "draw.generate", tournament=world.owner.id, round_id=world.third, seed=9, replace=True,
        **params)


def test_a_ballot_that_came_after_the_question_keeps_the_draw(world: World) -> None:
    seen = world.sheet().standing
    _enter(world)
    before = world.row().draw_seed
    assert refused(
        world, lambda unit: rounds.delete_draw(unit, world.third, seen=seen)
    ) == "draw_seen_otherwise"
    with pytest.raises((UserError, JobFailed)) as error:
        _draw_again(world, seen=seen)
    assert "since the question" in str(error.value)
    assert world.row().draw_seed == before
    assert world.sheet().ballots == 1


def test_judges_that_came_after_the_question_keep_the_draw(world: World) -> None:
    seen = world.sheet().standing
    with world.work.database.read() as unit:
        found = panels.find_filling(unit, world.third, 1)
    world.write(lambda unit: panels.seat_all(unit, world.third, found.places))
    assert refused(
        world, lambda unit: rounds.delete_draw(unit, world.third, seen=seen)
    ) == "draw_seen_otherwise"


def test_what_was_seen_as_it_is_goes(world: World) -> None:
    _enter(world)
    _draw_again(world, seen=world.sheet().standing)
    assert world.row().draw_seed == 9
    assert world.sheet().ballots == 0
    world.write(
        lambda unit: rounds.delete_draw(unit, world.third, seen=world.sheet().standing))
    assert world.sheet().rooms == ()


def test_a_released_draw_is_replaced_only_where_that_is_asked_for(world: World) -> None:
    world.write(lambda unit: rounds.release_draw(unit, world.third))
    with pytest.raises((UserError, JobFailed)) as error:
        _draw_again(world)
    assert "is released" in str(error.value)
    assert world.row().status == "released"
    _draw_again(world, released=True)
    assert (world.row().status, world.row().draw_seed) == ("draft", 9)
