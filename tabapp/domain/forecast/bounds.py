"""What the points alone decide already, whatever happens in the rounds to come.

A bound in the strict sense: every other team is given the best, or the worst, that it can still
get, whoever it meets. The thresholds of liveness expect an even field instead, so they speak
earlier and can err where pull-ups make it uneven.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.forecast.field import Field
from tabapp.domain.forecast.lines import Contest
from tabapp.domain.forecast.values import Certain
from tabapp.domain.types import BoolArray, IntArray


def certainties(every: Sequence[Contest], known: Field) -> list[list[Certain | None]]:
    """Return for each category what is certain of each of its columns.

    Only where the standard rule chooses by points or wins first, and rounds are left.
    """
    low = (known.wins if known.first == "wins" else known.points)[: known.teams]
    high = low + _still_to_win(known)
    found: list[list[Certain | None]] = []
    may_leave = np.zeros(known.teams, dtype=np.bool_)
    must_leave = np.zeros(known.teams, dtype=np.bool_)
    above: list[tuple[int, IntArray, BoolArray, BoolArray]] = []
    for one in every:
        may_leave[:] = must_leave[:] = False
        for priority, columns, can, must in above:
            if priority > one.category.priority:
                may_leave[columns] |= can
                must_leave[columns] |= must
        told: list[Certain | None] = [None] * len(one.columns)
        if known.first and known.rounds and one.category.rule == "standard":
            told = _told(one, low, high, may_leave, must_leave)
        found.append(told)
        above.append((
            one.category.priority, one.columns,
            np.array([word != "out" for word in told], dtype=np.bool_),
            np.array([word == "in" for word in told], dtype=np.bool_)))
    return found


def _still_to_win(known: Field) -> IntArray:
    """Return what each team can get at most from the rounds to come."""
    most = np.zeros(known.columns, dtype=np.int64)
    for coming in known.rounds:
        playing = coming.active if coming.rooms is None else coming.rooms.ravel()
        gain = 1 if known.first == "wins" else known.best * coming.weight
        most[playing] += gain
    return most[: known.teams]


def _told(
    one: Contest, low: IntArray, high: IntArray, may_leave: BoolArray, must_leave: BoolArray
) -> list[Certain | None]:
    columns, size = one.columns, one.category.size
    rivals = columns[~must_leave[columns]]
    steady = columns[~may_leave[columns]]
    told: list[Certain | None] = []
    for column in columns.tolist():
        reach = int((high[rivals] >= low[column]).sum()) - int(column in rivals)
        ahead = int((low[steady] > high[column]).sum())
        if must_leave[column] or ahead >= size:
            told.append("out")
        elif reach < size and not may_leave[column]:
            told.append("in")
        else:
            told.append(None)
    return told
