"""Ways to draw a round compared by a job that stores nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw.alternatives import FIRST, draw_variant
from tabapp.services import draw_compare, rounds
from tabapp.services.draw_compare import ComparedDraws
from tabapp.services.tournament_settings import change_settings, check_changes
from tabapp.store.archive_out import read_archive
from tests.services.round_world import World, open_world
from tests.services.test_two_team_rounds import POWER, RANDOM, open_pairs

SEED = 7
"""With which both worlds have drawn their last round."""


def compared(world: World, **params: Any) -> ComparedDraws:
    wanted = {"seed": SEED, **params}
    result = world.work.run(
        "draw.compare", tournament=world.owner.id, round_id=world.third, **wanted)
    assert json.loads(json.dumps(result.value)) == result.value
    value: Any = result.value
    return ComparedDraws.from_json(value)


def stored(world: World) -> object:
    with world.work.database.read() as unit:
        return read_archive(unit, world.owner.id).model_dump(mode="json")


def test_the_present_draw_is_found_again_and_nothing_is_stored(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        before, sheet = stored(world), world.sheet()
        found = compared(world)
        assert stored(world) == before
        assert found.against
        assert found.total == 4
        first, second = found.draws[:2]
        assert first.figures is not None
        assert first.figures.other_rooms == 0
        assert first.figures.cost == sheet.quality.position_cost
        assert first.figures.rematches == sheet.quality.rematches
        assert second.seed != first.seed == SEED
        assert compared(world).draws == found.draws
        assert compared(world, other_seed=99).draws[1].seed == 99


def test_before_a_draw_all_is_held_against_the_first(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        with_draw = compared(world)
        world.write(lambda unit: rounds.delete_draw(unit, world.third))
        without = compared(world)
        assert not without.against
        assert without.draws == with_draw.draws


def test_more_are_drawn_from_where_the_first_end(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, RANDOM, POWER], draw_odd_bracket="pullup_top") as world:
        first = compared(world)
        assert len(first.draws) == FIRST
        rest = compared(world, first=FIRST, count=first.total - FIRST)
        assert rest.first == FIRST
        every = compared(world, count=first.total)
        assert (*first.draws, *rest.draws) == every.draws
        assert all(one.figures is not None for one in every.draws)


def test_a_change_says_what_the_setting_is_now(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER], draw_pairing_method="fold") as world:
        found = compared(world, count=99)
        one = next(d for d in found.draws if d.changes == {"draw_pairing_method": "slide"})
        assert one.instead == {"draw_pairing_method": "fold"}


def test_what_is_taken_is_drawn_as_it_was_compared(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, RANDOM, POWER]) as world:
        for one in compared(world, count=99).draws[2:]:
            assert one.figures is not None
            wanted = one.changes
            world.write(partial(
                change_settings, tournament_id=world.owner.id, changes=wanted))
            world.work.run(
                "draw.generate", tournament=world.owner.id, round_id=world.third, seed=one.seed,
                replace=True)
            quality = world.sheet().quality
            assert quality.rematches == one.figures.rematches
            assert quality.side_imbalance == one.figures.side_imbalance
            assert quality.pullups == one.figures.pullups
            world.undo()
            world.undo()


def test_rules_that_the_settings_refuse_together_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER]) as world:

        def refuse(board: Any, changes: Any) -> Any:
            wrong = {"draw_pairing_method": "no such way"} if "draw_pairing_method" in changes \
                else changes
            return check_changes(board, wrong)

        monkeypatch.setattr(draw_compare, "check_changes", refuse)
        found = compared(world, count=99)
        assert not any("draw_pairing_method" in one.changes for one in found.draws)
        assert any("draw_odd_bracket" in one.changes for one in found.draws)


def test_a_way_without_a_solution_says_so_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER]) as world:

        def fail(snapshot: Any, variant: Any, *more: Any) -> Any:
            if variant.changes == {"draw_pairing_method": "fold"}:
                raise UserError("draw_price_too_large", price=1)
            return draw_variant(snapshot, variant, *more)

        monkeypatch.setattr(draw_compare, "draw_variant", fail)
        found = compared(world).draws
        broken = [one for one in found if one.figures is None]
        assert [one.changes for one in broken] == [{"draw_pairing_method": "fold"}]
        assert "too much" in broken[0].problem
        assert len(found) == FIRST


def test_progress_is_told_part_by_part_and_ends(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, POWER]) as world:
        with world.work.database.read() as unit:
            case = draw_compare.read_comparison(unit, world.third, seed=1, other_seed=2)
        told: list[tuple[int, int]] = []
        draw_compare.compare_draws(case, count=4, tick=lambda *at: told.append(at))
        assert [done for done, _total in told] == sorted(done for done, _total in told)
        assert {total for _done, total in told} == {400}
        assert {0, 100, 200, 300} <= {done for done, _total in told}


def refused(world: World, **params: Any) -> str:
    with pytest.raises(UserError) as error, world.work.database.read() as unit:
        draw_compare.read_comparison(unit, world.third, seed=1, other_seed=2, **params)
    assert "{" not in error.value.message
    return error.value.code


def test_a_round_made_by_hand_has_nothing_to_compare(tmp_path: Path) -> None:
    with open_pairs(tmp_path, [RANDOM, {"draw_type": "manual"}]) as world:
        assert refused(world) == "compare_manual"


def test_missing_results_are_said_and_can_be_left_out(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        world.write(lambda unit: rounds.delete_draw(unit, world.third))
        second = world.third - 1
        world.work.run(
            "draw.generate", tournament=world.owner.id, round_id=second, seed=3, replace=True,
            released=True)
        assert refused(world) == "results_missing"
        assert compared(world, ignore_missing=True).draws


def test_an_elimination_round_has_nothing_to_compare(tmp_path: Path) -> None:
    with open_world(tmp_path) as world:
        row = world.row()
        assert draw_compare.why_not_compared(row) == ""
        assert draw_compare.why_not_compared(
            replace(row, stage="elimination")) == "compare_elimination"
