"""Draw the line in every run: who breaks in which category (rules.md, section 9).

All five rules; remarks of people, swings and teams that are not eligible were left out before.
Who breaks in a category of higher priority leaves its place in the lower ones to others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tabapp.domain.breaks.preferences import may_break
from tabapp.domain.breaks.values import BreakCategory, by_priority
from tabapp.domain.forecast.chance import Ints
from tabapp.domain.forecast.field import Field
from tabapp.domain.forecast.ranking import BITS, LOT
from tabapp.domain.forecast.values import ForecastCase
from tabapp.domain.types import BoolArray, IntArray

_IN_INSTITUTION = 3
"""Teams of an institution that the AIDA rules let through."""


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """One category: the columns that can break, and the institutions' columns ranked in it."""

    category: BreakCategory
    columns: IntArray
    homes: tuple[IntArray, ...]

    @property
    def cap(self) -> int:
        """How many teams of an institution are let through above the cut-off."""
        size = self.category.size
        wider = max(0, size - 16) // 8 if self.category.rule == "aida-2019-australs-open" else 0
        return _IN_INSTITUTION + wider


def contests(case: ForecastCase) -> list[Contest]:
    """Return the categories, highest priority first, with who can break in each."""
    found = []
    for category in by_priority(case.categories):
        out = case.out.get(category.slug, frozenset())
        eligible = [
            column for column, team in enumerate(case.data.teams)
            if may_break(team, category)]
        homes: dict[str, list[int]] = {}
        ranked = range(len(case.data.teams)) if category.general else eligible
        for column in ranked:
            home = case.data.teams[column].institution
            if home is not None and category.rule != "standard":
                homes.setdefault(home, []).append(column)
        found.append(Contest(
            category,
            np.array([one for one in eligible if case.data.teams[one].id not in out],
                     dtype=np.int64),
            tuple(np.array(one, dtype=np.int64) for one in homes.values() if len(one) > 1)))
    return found


def breaking(
    every: Sequence[Contest], keys: Ints, wins: Ints, known: Field
) -> list[BoolArray]:
    """Return for each category which of its columns break in each run."""
    found: list[BoolArray] = []
    taken: dict[int, BoolArray] = {}
    for one in every:
        allowed = np.ones((len(keys), len(one.columns)), dtype=np.bool_)
        for priority, broke in taken.items():
            if priority > one.category.priority:
                allowed &= ~broke[:, one.columns]
        broke = _line(one, allowed, keys, wins, known)
        found.append(broke)
        if len(every) > 1:
            full = taken.setdefault(
                one.category.priority, np.zeros(keys.shape, dtype=np.bool_))
            full[:, one.columns] |= broke
    return found


def _line(
    one: Contest, allowed: BoolArray, keys: Ints, wins: Ints, known: Field
) -> BoolArray:
    own = np.where(allowed, keys[:, one.columns], -1)
    size, rule = one.category.size, one.category.rule
    if rule == "standard":
        return _first(own, size)
    places = _places_at_home(one, keys)[:, one.columns]
    if rule == "aida-1996":
        return _first(np.where(places <= _IN_INSTITUTION, own, -1), size)
    return _capped(one, own, wins[:, one.columns], places, known)


def _first(own: Ints, size: int) -> BoolArray:
    """Mark the ``size`` highest keys of each row; -1 is nobody."""
    count = own.shape[1]
    if size <= 0 or not count:
        return np.zeros(own.shape, dtype=np.bool_)
    found: BoolArray = own >= np.maximum(_least(own, size), 0)
    return found


def _least(own: Ints, size: int) -> Ints:
    """Return the key of the last of the first ``size`` in each row, of the last where fewer."""
    count = own.shape[1]
    if count <= size:
        least: Ints = own.min(axis=1, keepdims=True)
        return least
    found: Ints = np.partition(own, count - size, axis=1)[:, count - size, None]
    return found


def _places_at_home(one: Contest, keys: Ints) -> Ints:
    """Return each team's place within its institution, 1 for those without one."""
    places = np.ones(keys.shape, dtype=np.int16)
    for home in one.homes:
        mine = keys[:, home]
        places[:, home] = 1 + (mine[:, None, :] > mine[:, :, None]).sum(axis=2)
    return places


def _capped(one: Contest, own: Ints, wins: Ints, places: Ints, known: Field) -> BoolArray:
    """Apply AIDA 2016 and 2019: cap by wins and at the cut-off, then fill up again."""
    size = one.category.size
    enough = ((own >= 0).sum(axis=1) >= size)[:, None]
    if size <= 0 or not enough.any():
        return _first(own, size)
    last = _least(own, size)
    needed = np.where(own == last, wins, np.iinfo(wins.dtype).max).min(axis=1, keepdims=True)
    left = np.where(wins >= needed, own, -1)
    low = LOT + known.columns.bit_length()  # chance cuts nobody off
    above = (left >> low) >= (_least(left, size) >> low)
    kept = np.where(above, places <= one.cap, places == 1)
    tier = np.where(kept, 3, 1)  # who is set aside comes back behind the others
    claims = left >= 0
    if one.category.rule == "aida-2016-easters":
        top = places <= _IN_INSTITUTION
        tier[~kept & top] = 2
        if known.settings.break_easters_strict:
            claims &= kept | top
    tiered = np.where(claims, left + (tier.astype(np.int64) << BITS), -1)
    if not known.settings.break_easters_strict or one.category.rule != "aida-2016-easters":
        tiered = np.where((left < 0) & (own >= 0), own, tiered)  # too few wins: last of all
    return np.where(enough, _first(tiered, size), _first(own, size))
