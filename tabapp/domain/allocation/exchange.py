"""Exchanges between panels that part judges who clash, or who have sat together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.allocation.costs import Costs
from tabapp.domain.types import BoolArray, FloatArray

_PASSES = 3
_LEAST_GAIN = 1e-6


def exchange(
    costs: Costs, places: Sequence[tuple[int, int]], seated: Sequence[int]
) -> list[int]:
    """Return ``seated`` (judge of each place, -1 for none) after exchanges that make it cheaper.

    One assignment cannot see who sits beside whom. So each member of an awkward pair tries every
    other judge, seated or not, and takes the best exchange. A pair that still clashes in the end
    loses its weaker judge.
    """
    work = _Exchange(costs, places, seated)
    for _pass in range(_PASSES):
        if not work.improve():
            break
    work.part_clashes()
    return work.seats()


class _Exchange:
    """Seats and the costs of pairs, with a row of no cost for each judge who sits nowhere."""

    def __init__(
        self, costs: Costs, places: Sequence[tuple[int, int]], seated: Sequence[int]
    ) -> None:
        self._costs = costs
        self._debate = [debate for debate, _t in places]
        self._seated = list(seated)
        self._table: FloatArray = costs.table(places)
        self._barred: BoolArray = costs.barred[self._debate]  # of each place
        # A clash is dearer than everything else that an exchange could change.
        bar = (float(self._table.max(initial=0.0)) + costs.options.history_penalty + 1.0) * (
            2.0 * (len(costs.judges) + 1)
        )
        self._pair: FloatArray = (
            costs.pair_history * costs.options.history_penalty + costs.pair_barred * bar
        )
        rooms, count = len(costs.debates), len(costs.judges)
        self._beside: FloatArray = np.zeros((rooms + 1, count))  # the last row: nowhere
        self._place_of = np.full(count, -1)
        for place, judge in enumerate(self._seated):
            if judge >= 0:
                self._beside[self._debate[place]] += self._pair[judge]
                self._place_of[judge] = place

    def seats(self) -> list[int]:
        return list(self._seated)

    def improve(self) -> bool:
        """Try each seated member of an awkward pair once; tell whether anything changed."""
        changed = False
        for place, judge in enumerate(self._seated):
            if judge >= 0 and self._beside[self._debate[place], judge] > 0.0:
                gain = self._gain_of_each(place, judge)
                best = int(np.argmax(gain))
                if gain[best] > _LEAST_GAIN:
                    self._swap(place, judge, best)
                    changed = True
        return changed

    def part_clashes(self) -> None:
        """Take the weaker of two judges who still clash off their panel, the weakest first."""
        seats = [place for place, judge in enumerate(self._seated) if judge >= 0]
        seats.sort(key=lambda place: (self._costs.q[self._seated[place]], self._seated[place]))
        for place in seats:
            judge, room = self._seated[place], self._debate[place]
            if any(
                other >= 0 and self._debate[at] == room and self._costs.pair_barred[judge, other]
                for at, other in enumerate(self._seated)
            ):
                self._unseat(place, judge)

    def _gain_of_each(self, place: int, judge: int) -> FloatArray:
        """Return what an exchange of ``judge`` with every other judge would save."""
        room = self._debate[place]
        nowhere = self._beside.shape[0] - 1
        others = np.arange(self._place_of.size)
        elsewhere = self._place_of
        other_room = np.where(elsewhere >= 0, np.array([*self._debate, nowhere])[elsewhere],
                              nowhere)
        seated = elsewhere >= 0
        other_now = np.where(seated, self._table[elsewhere, others], 0.0)
        other_then = np.where(seated, self._table[elsewhere, judge], 0.0)
        pair = self._pair[judge]
        before = (
            self._table[place, judge] + other_now
            + self._beside[room, judge] + self._beside[other_room, others]
        )
        after = (
            self._table[place] + other_then
            + (self._beside[room] - pair)
            + np.where(seated, self._beside[other_room, judge] - pair, 0.0)
        )
        gain = before - after
        barred = self._barred[place] | (seated & self._barred[elsewhere, judge])
        gain[barred | (other_room == room)] = -1.0
        return np.asarray(gain, dtype=np.float64)

    def _swap(self, place: int, judge: int, other: int) -> None:
        room, elsewhere = self._debate[place], int(self._place_of[other])
        self._beside[room] += self._pair[other] - self._pair[judge]
        if elsewhere >= 0:
            self._beside[self._debate[elsewhere]] += self._pair[judge] - self._pair[other]
            self._seated[elsewhere] = judge
        self._seated[place] = other
        self._place_of[judge], self._place_of[other] = elsewhere, place

    def _unseat(self, place: int, judge: int) -> None:
        self._beside[self._debate[place]] -= self._pair[judge]
        self._seated[place] = -1
        self._place_of[judge] = -1
