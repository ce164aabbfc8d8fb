"""A reliability table of forecasts: of teams that were given 70 %, how many broke in the end?

Random tournaments are cut before their last rounds, forecast, and held against their real end:

    python tests/reliability_of_forecasts.py --preset bp --teams 64 --rounds 7 --count 40
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp, lgamma, log

from tabapp.domain.breaks import BreakCategory, qualify
from tabapp.domain.forecast import ForecastCase, make_forecast
from tabapp.domain.formats import resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data

BINS = 10


@dataclass(frozen=True)
class Said:
    """What a forecast gave a team, and whether it broke."""

    p: float
    broke: bool


@dataclass
class Table:
    """Forecasts by what they gave, in bins of equal width."""

    said: list[Said] = field(default_factory=list)

    def bins(self) -> Iterator[tuple[float, float, int, int]]:
        """Yield (mean forecast, share that broke, how many broke, of how many)."""
        for number in range(BINS):
            here = [one for one in self.said if min(int(one.p * BINS), BINS - 1) == number]
            if here:
                broke = sum(one.broke for one in here)
                yield sum(one.p for one in here) / len(here), broke / len(here), broke, len(here)

    @property
    def brier(self) -> float:
        """The mean square of what was given wrongly; 0 is a prophet."""
        return sum((one.p - one.broke) ** 2 for one in self.said) / len(self.said)

    @property
    def brier_if_right(self) -> float:
        """What the Brier score of these forecasts would be if they were exactly right."""
        return sum(one.p * (1 - one.p) for one in self.said) / len(self.said)


def is_unlikely(p: float, broke: int, count: int, *, level: float) -> bool:
    """Tell whether so few or so many of ``count`` are too unlikely at this probability."""
    if not 0 < p < 1:
        return broke != round(p * count)

    def chance(number: int) -> float:
        ways = lgamma(count + 1) - lgamma(number + 1) - lgamma(count - number + 1)
        return exp(ways + number * log(p) + (count - number) * log(1 - p))

    below = sum(chance(number) for number in range(broke + 1))
    above = sum(chance(number) for number in range(broke, count + 1))
    return min(below, above) < level / 2


def forecasts(
    preset: str, *, teams: int, rounds: int, left: int, seed: int, runs: int
) -> list[Said]:
    """Cut a random tournament before its last rounds; say what was given and what came."""
    archive = generate_tournament(preset=preset, teams=teams, rounds=rounds, seed=seed)
    settings = resolve(preset, archive.tournament.settings)
    categories = tuple(
        BreakCategory(
            slug=one.slug, name=one.name, size=one.size, rule=one.rule, priority=one.priority,
            general=one.general, seq=one.seq)
        for one in archive.break_categories)
    end = qualify(
        result_data(archive, settings), categories, ties="lot", seed=seed,
        metrics=settings.team_standings_precedence)
    for round_ in archive.rounds[rounds - left:]:
        round_.debates, round_.status = [], "none"
    forecast = make_forecast(
        ForecastCase(result_data(archive, settings), settings, categories), runs=runs, seed=seed)
    broke = {one.category: one.breaking for one in end}
    return [
        Said(team.p, team.team in broke[category.slug])
        for category in forecast.categories for team in category.teams]


def table_of(
    preset: str, *, teams: int, rounds: int, left: int, count: int, runs: int
) -> Table:
    """Return the table over ``count`` random tournaments."""
    table = Table()
    for seed in range(1, count + 1):
        table.said += forecasts(
            preset, teams=teams, rounds=rounds, left=left, seed=seed, runs=runs)
    return table


def main() -> None:
    """Print the table that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", default="bp")
    parser.add_argument("--teams", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--left", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--runs", type=int, default=2000)
    asked = parser.parse_args()
    table = table_of(
        asked.preset, teams=asked.teams, rounds=asked.rounds, left=asked.left,
        count=asked.count, runs=asked.runs)
    for given, came, broke, count in table.bins():
        mark = " *" if is_unlikely(given, broke, count, level=0.01) else ""
        sys.stdout.write(
            f"given {given:6.1%}   broke {came:6.1%}   {broke:5} of {count:5}{mark}\n")
    sys.stdout.write(
        f"Brier {table.brier:.4f}, {table.brier_if_right:.4f} if exactly right\n")


if __name__ == "__main__":
    main()
