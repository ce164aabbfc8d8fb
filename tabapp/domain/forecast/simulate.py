"""Simulate the rest of a tournament many times, in chunks that fit a processor's cache."""

from __future__ import annotations

from collections.abc import Iterator

from tabapp.core.errors import UserError
from tabapp.domain.forecast.bounds import certainties
from tabapp.domain.forecast.chance import Chance
from tabapp.domain.forecast.field import prepare
from tabapp.domain.forecast.lines import breaking, contests
from tabapp.domain.forecast.ranking import ranking_of, wanted_extras
from tabapp.domain.forecast.rounds import Luck, Runs, play
from tabapp.domain.forecast.tally import Tally, categories_of, outlook_of, rooms_of
from tabapp.domain.forecast.values import Forecast, ForecastCase
from tabapp.domain.types import Tick, no_tick

RUNS = 10_000
FIRST = 1_000
"""Runs of a first picture."""
MOST = 1_000_000
_CELLS = 1 << 16
"""Runs times teams of a chunk: what stays in the cache from one step to the next."""
_TEAMS_AT_MOST = 8192


class Simulation:
    """The endings of one tournament, simulated as far as somebody asked.

    The same seed gives the same numbers on every machine; more runs go on where fewer ended, if
    those were whole chunks.
    """

    def __init__(self, case: ForecastCase, *, seed: int) -> None:
        """Prepare; ``UserError("forecast_too_large")`` for more teams than fit."""
        if len(case.data.teams) > _TEAMS_AT_MOST:
            raise UserError(
                "forecast_too_large", teams=len(case.data.teams), most=_TEAMS_AT_MOST)
        self.case, self.seed = case, seed
        self._field = prepare(case)
        self._ranking = ranking_of(case.data, self._field)
        self._contests = contests(case)
        self._luck = Luck(self._field)
        self._extras = wanted_extras(self._ranking.metrics, self._ranking.held)
        self._tally = Tally.empty(self._field, self._contests)
        self.rows = max(16, _CELLS // self._field.columns)
        self._chunk = 0

    @property
    def runs(self) -> int:
        """How many runs were simulated."""
        return self._tally.runs

    @property
    def rounds_left(self) -> int:
        """How many preliminary rounds are not over."""
        return len(self._field.rounds)

    def go_on(self, until: int, *, tick: Tick = no_tick) -> None:
        """Simulate until there are ``until`` runs; ``tick`` is called between chunks."""
        while self._tally.runs < until:
            tick(self._tally.runs, until)
            self._simulate(min(self.rows, until - self._tally.runs))
        tick(self._tally.runs, until)

    def whole_chunks(self, runs: int) -> int:
        """Return the least number of runs that is no fewer and ends with a whole chunk."""
        return -(-runs // self.rows) * self.rows

    def _simulate(self, rows: int) -> None:
        known, ranking = self._field, self._ranking
        chance = Chance(self.seed, self._chunk)
        self._chunk += 1
        runs = Runs.start(known, rows, self._extras, chance)
        for coming in known.rounds:
            play(runs, coming, known, self._luck, chance, keep_orders=ranking.keeps_orders)
        keys = ranking.keys(runs, known, chance)
        self._tally.add(
            runs, known, self._contests, breaking(self._contests, keys, runs.wins, known))

    def forecast(self) -> Forecast:
        """Return what the runs so far say."""
        known, every, data = self._field, self._contests, self.case.data
        final = not known.rounds
        return Forecast(
            runs=self.runs, seed=self.seed, rounds_left=len(known.rounds),
            categories=categories_of(
                self._tally, every, certainties(every, known), data, final=final),
            outlook=outlook_of(self._tally, known, data),
            rooms=rooms_of(self._tally, known, every, data, self.case.debates),
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        known = self._field
        if not known.rounds:
            return
        if any(coming.rooms is None for coming in known.rounds):
            yield "forecast_note_draws"
        if known.strength.by_results:
            yield "forecast_note_no_marks"
        if not known.first:
            yield "forecast_note_not_by_points"
        if "wbw" in self._ranking.loose:
            yield "forecast_note_who_beat_whom"
        if set(self._ranking.loose) - {"wbw"}:
            yield "forecast_note_metrics_held"
        if self._ranking.near:
            yield "forecast_note_metrics_near"
        if any(team.break_preferences for team in self.case.data.teams):
            yield "forecast_note_preferences"


def make_forecast(
    case: ForecastCase, *, runs: int = RUNS, seed: int, tick: Tick = no_tick
) -> Forecast:
    """Simulate so many endings and return what they say."""
    simulation = Simulation(case, seed=seed)
    simulation.go_on(runs, tick=tick)
    return simulation.forecast()
