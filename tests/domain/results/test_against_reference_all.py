"""Every table, rank and break of random tournaments of every preset, against a second reading."""

from __future__ import annotations

import random

import pytest

from tabapp.domain.breaks import BREAK_RULES
from tabapp.domain.breaks.caps import Contender, queues
from tabapp.domain.breaks.liveness import thresholds
from tabapp.domain.simulation import available_presets
from tests.random_archives import PRESETS
from tests.random_standings import cases, try_one
from tests.reference import aida, liveness

EACH = 4
"""Tournaments of each preset; ``tests/random_standings.py`` tries others, and more."""


@pytest.mark.parametrize(("seed", "preset"), cases(EACH * len(PRESETS), 1, PRESETS))
def test_a_random_tournament_is_counted_as_the_rules_are_written(seed: int, preset: str) -> None:
    assert try_one(seed, preset) == []


def test_every_preset_has_its_turn() -> None:
    assert set(available_presets()) <= set(PRESETS)


def test_thresholds_of_safety_equal_the_second_implementation() -> None:
    rng = random.Random(9)
    for _ in range(400):
        weights = [rng.choice([1, 1, 1, 2, 3]) for _ in range(rng.randint(1, 9))]
        best, number = rng.choice([1, 3]), rng.randint(1, len(weights))
        size, teams = rng.choice([2, 4, 8, 12, 16, 48]), rng.randint(2, 200)
        points = [rng.randint(0, best * sum(weights[: number - 1])) for _ in range(teams)]
        general = rng.random() < 0.5
        if not general:
            points = points[: rng.randint(1, teams)]
        found = thresholds(
            teams=teams, size=size, best=best, weights=weights, remaining=weights[number - 1 :],
            general=general, points=points)
        wanted = liveness.thresholds(
            teams=teams, weights=weights, round_number=number, size=size, scores=points,
            general=general, most=best)
        assert (found.safe, found.dead) == wanted


@pytest.mark.parametrize("rule", BREAK_RULES)
def test_large_fields_are_capped_as_the_rules_are_written(rule: str) -> None:
    rng = random.Random(rule)
    for _ in range(300):
        count, homes = rng.randint(1, 60), rng.randint(1, 25)
        rank = [1]
        for place in range(2, count + 1):
            rank.append(rank[-1] if rng.random() < 0.3 else place)
        home = [rng.randrange(homes) for _ in range(count)]
        at_home = [
            1 + sum(home[o] == home[t] and rank[o] < rank[t] for o in range(count))
            for t in range(count)]
        wins = [rng.randint(0, 6) for _ in range(count)]
        if rng.random() < 0.8:
            wins.sort(reverse=True)
        size, strict = rng.randint(0, count + 2), rng.random() < 0.5
        teams = [f"T{t}" for t in range(count)]
        found = queues(
            rule, [Contender(teams[t], rank[t], at_home[t], wins[t]) for t in range(count)], size,
            strict=strict)
        wanted = aida.claims(
            rule,
            aida.Field(
                teams, dict(zip(teams, rank, strict=True)), dict(zip(teams, at_home, strict=True)),
                dict(zip(teams, wins, strict=True)), size),
            strict=strict)
        assert [one.team for one in found.left] == wanted.first
        assert [[one.team for one in wave] for wave in found.waves if wave] == [
            wave for wave in wanted.back if wave]
