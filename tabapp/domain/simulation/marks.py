"""Exact marks made into marks that a ballot takes: whole steps within the range."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.talent import MEAN_MARK, SCALE

_DECIMALS = 6

_STRETCH = 2.0
"""Where the range is narrow, its users go through more of it; chosen, not measured."""


def apart_in_steps(
    marks: Sequence[Sequence[float]], settings: Settings, rng: random.Random
) -> list[list[float]]:
    """Round the marks of a room of several teams, so that no two totals are equal.

    The order of the exact totals is kept. Totals that would tie are moved apart from a team
    chosen by lot, so that the mean mark neither rises nor falls. Raises ``UserError``
    (``simulate_range_too_small``).
    """
    top = int((settings.score_max - settings.score_min) / settings.score_step + 1e-9)
    width = SCALE[1] - SCALE[0]
    rows = [
        [min(max(round((mark - SCALE[0]) / width * top), 0), top) for mark in row]
        for row in marks
    ]
    order = sorted(range(len(rows)), key=lambda number: -sum(marks[number]))
    most = top * max((len(row) for row in rows), default=0)
    if most < len(rows) - 1:
        raise _too_small(settings, len(rows))
    wanted = _apart([sum(rows[number]) for number in order], most, rng)
    for number, total in zip(order, wanted, strict=True):
        _move_to(rows[number], total, top, rng)
    return [[settings.score_min + step * settings.score_step for step in row] for row in rows]


def _apart(totals: Sequence[int], most: int, rng: random.Random) -> list[int]:
    """Return strictly falling totals within 0..most, near the given ones."""
    found = list(totals)
    last = len(found) - 1
    anchor = rng.randint(0, max(last, 0))
    for place in range(anchor - 1, -1, -1):
        found[place] = max(found[place], found[place + 1] + 1)
    for place in range(anchor + 1, len(found)):
        found[place] = min(found[place], found[place - 1] - 1)
    return [
        max(min(total, most - place), last - place) for place, total in enumerate(found)
    ]


def _move_to(row: list[int], total: int, top: int, rng: random.Random) -> None:
    """Change marks of ``row`` by single steps until they add up to ``total``."""
    while (missing := total - sum(row)) != 0:
        by = 1 if missing > 0 else -1
        free = [place for place, mark in enumerate(row) if 0 <= mark + by <= top]
        row[rng.choice(free)] += by


# --- two teams, whose replies have a range of their own ------------------------------------------


@dataclass(frozen=True, slots=True)
class _Range:
    """The marks that one speech can have: ``low`` and ``top`` steps above it."""

    low: float
    step: float
    top: int

    @classmethod
    def of(cls, low: float, high: float, step: float) -> _Range:
        return cls(low, step, int((high - low) / step + 1e-9))

    def nearest(self, mark: float) -> int:
        """Return the step for a mark of the scale from 50 to 99; the mean stays where it is."""
        scale = SCALE[1] - SCALE[0]
        width = self.top * self.step
        stretch = min(_STRETCH, max(1.0, scale / width)) if width else 1.0
        share = (MEAN_MARK - SCALE[0]) / scale + (mark - MEAN_MARK) / scale * stretch
        return min(max(round(share * self.top), 0), self.top)


class Row:
    """One team's marks on one sheet, moved by single steps."""

    def __init__(self, marks: Sequence[float], settings: Settings) -> None:
        said = _Range.of(settings.score_min, settings.score_max, settings.score_step)
        reply = _Range.of(
            settings.reply_score_min, settings.reply_score_max, settings.reply_score_step)
        count = settings.substantive_speakers
        self._ranges = [said if place < count else reply for place in range(len(marks))]
        self._steps = [
            one.nearest(mark) for one, mark in zip(self._ranges, marks, strict=True)
        ]

    @property
    def scores(self) -> list[float]:
        """The marks as a ballot takes them."""
        return [
            round(one.low + step * one.step, _DECIMALS)
            for one, step in zip(self._ranges, self._steps, strict=True)
        ]

    def move(self, by: int, rng: random.Random) -> bool:
        """Move one mark chosen by lot a step; false where none can move."""
        free = [
            place for place, one in enumerate(self._ranges)
            if 0 <= self._steps[place] + by <= one.top
        ]
        if not free:
            return False
        self._steps[rng.choice(free)] += by
        return True


def lead(winner: Row, loser: Row) -> float:
    """Return by how much the total of one team is above the other's."""
    return round(sum(winner.scores) - sum(loser.scores), _DECIMALS)


def set_apart(winner: Row, loser: Row, settings: Settings, rng: random.Random) -> None:
    """Move marks until the winner leads, and by no more than the largest margin.

    Raises ``UserError`` (``simulate_range_too_small``).
    """
    while lead(winner, loser) <= 0.0:
        moves = [(winner, 1), (loser, -1)]
        rng.shuffle(moves)
        if not any(row.move(by, rng) for row, by in moves):
            raise _too_small(settings, 2)
    keep_margin(winner, loser, settings, rng)


def keep_margin(winner: Row, loser: Row, settings: Settings, rng: random.Random) -> None:
    """Move marks together while the lead is above the largest margin and would not be lost."""
    largest = settings.maximum_margin
    step = max(settings.score_step, settings.reply_score_step)
    while 0.0 < largest < lead(winner, loser) and step < lead(winner, loser):
        moves = [(winner, -1), (loser, 1)]
        rng.shuffle(moves)
        if not any(row.move(by, rng) for row, by in moves):
            return


def _too_small(settings: Settings, teams: int) -> UserError:
    return UserError(
        "simulate_range_too_small", teams=teams,
        low=f"{settings.score_min:g}", high=f"{settings.score_max:g}",
    )
