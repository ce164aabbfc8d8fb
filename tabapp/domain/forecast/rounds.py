"""Play one round in many runs at once: a quick draw, totals, places.

The draw is an approximation of the tournament's own: teams of equal points meet at random, an
open bracket takes random teams of the next one, and sides are at random. Rooms that are drawn
already are taken as they are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tabapp.domain.forecast.chance import UNIT, Chance, Ints, spread
from tabapp.domain.forecast.field import Field, RoundToCome
from tabapp.domain.forecast.strength import ROOM_SHARE

_LOT = 16  # bits of chance in a key
_SPLIT = 0.45
"""Panels split in the closest rooms: those with a margin under so many SDs, about a quarter."""

KEPT = frozenset({"firsts", "seconds", "thirds"})
_PLACES = {"firsts": 3, "seconds": 2, "thirds": 1}


@dataclass(slots=True)
class Runs:
    """The state of some runs: one row a run, one column a team (see ``Field``)."""

    strength: Ints
    points: Ints
    wins: Ints
    speaks: Ints
    scored: Ints
    extra: dict[str, Ints] = field(default_factory=dict)
    orders: list[Ints] = field(default_factory=list)
    outcomes: dict[int, Ints] = field(default_factory=dict)

    @classmethod
    def start(cls, known: Field, rows: int, wanted: Collection[str], chance: Chance) -> Runs:
        """Return runs before the first open round; strengths are drawn from what is known."""

        def each(values: Ints) -> Ints:
            return np.repeat(values.astype(np.int32)[None, :], rows, axis=0)

        luck = chance.from_table(spread(1.0), rows, known.columns)
        strength = np.rint(
            known.mean[None, :] + luck * (known.sd[None, :] / UNIT)).astype(np.int32)
        extra = {key: each(known.places[_PLACES[key]]) for key in KEPT & set(wanted)}
        if {"margin_sum", "margin_avg"} & set(wanted):
            extra["margins"] = each(known.margins)
        if "num_adjs" in wanted:
            extra["votes"] = np.zeros((rows, known.columns), dtype=np.int32)
        return cls(
            strength, each(known.points), each(known.wins), each(known.speaks),
            each(known.debates_scored), extra)


class Luck:
    """The tables of one forecast."""

    def __init__(self, known: Field) -> None:
        self.own = spread(known.strength.luck * (1 - ROOM_SHARE) ** 0.5)
        self.room = spread(known.strength.luck * ROOM_SHARE**0.5)
        self.split = int(_SPLIT * known.strength.luck * UNIT)


def play(
    runs: Runs, coming: RoundToCome, known: Field, luck: Luck, chance: Chance,
    *, keep_orders: bool,
) -> None:
    """Play a round in all runs."""
    rows, columns = runs.points.shape
    if coming.rooms is None:
        order, resting = _draw(runs, coming, known, chance)
        _rest(runs, resting, coming, known)
        if keep_orders:
            runs.orders.append(order)
    else:  # who meets here is among the field's opponents already
        order = np.repeat(coming.rooms.reshape(1, -1), rows, axis=0)
    where = order + (np.arange(rows, dtype=np.int64) * columns)[:, None]
    rooms = order.shape[1] // known.size
    totals = runs.strength.ravel().take(where)
    totals += chance.from_table(luck.own, rows, order.shape[1])
    shape = (rows, rooms, known.size)
    totals = totals.reshape(shape)
    totals += known.position.astype(np.int32)
    won = _places(totals)
    if known.scored:
        totals += chance.from_table(luck.room, rows, rooms)[:, :, None]
        _add(runs.speaks, where, totals)
        _add(runs.scored, where, 1)
    if not known.ranked:
        return
    _add(runs.points, where, won * np.int32(coming.weight))
    if known.size == 2:
        _add(runs.wins, where, won)
    _add_extra(runs, where, totals, won, luck)
    if coming.rooms is not None:
        for place, debate in enumerate(coming.debates):
            runs.outcomes[debate] = won[:, place, :]


def _add(state: Ints, where: Ints, amount: Any) -> None:
    """Add to the state of the teams in ``where``, who stand there once each."""
    flat = state.reshape(-1)
    flat[where] += amount if isinstance(amount, int) else amount.reshape(where.shape)


def _add_extra(runs: Runs, where: Ints, totals: Ints, won: Ints, luck: Luck) -> None:
    for key in KEPT & runs.extra.keys():
        _add(runs.extra[key], where, (won == _PLACES[key]).astype(np.int32))
    if "margins" in runs.extra or "votes" in runs.extra:
        lead = totals[:, :, 0] - totals[:, :, -1]
    if "margins" in runs.extra:
        _add(runs.extra["margins"], where, np.stack((lead, -lead), axis=2))
    if "votes" in runs.extra:  # 3 for a clear win, 2 and 1 in a split
        split = (np.abs(lead) < luck.split)[:, :, None]
        _add(runs.extra["votes"], where, np.where(split, 1 + won, 3 * won))


def _places(totals: Ints) -> Ints:
    """Return how many teams of its room each team beats."""
    size = totals.shape[2]
    sides = [np.ascontiguousarray(totals[:, :, side]) for side in range(size)]
    won = [np.zeros(sides[0].shape, dtype=np.int32) for _side in sides]
    for one in range(size):
        for other in range(one + 1, size):
            beats = sides[one] >= sides[other]
            won[one] += beats
            won[other] += ~beats
    return np.stack(won, axis=2)


def _rest(runs: Runs, resting: Ints, coming: RoundToCome, known: Field) -> None:
    if not resting.shape[1]:
        return
    rows, columns = runs.points.shape
    where = resting + (np.arange(rows, dtype=np.int64) * columns)[:, None]
    if known.settings.bye_team_results == "points":
        _add(runs.points, where, coming.weight)
        _add(runs.wins, where, 1)
    if known.scored and known.settings.bye_speaks == "average":
        _add(runs.speaks, where, runs.strength.ravel().take(where))
        _add(runs.scored, where, 1)


def _draw(
    runs: Runs, coming: RoundToCome, known: Field, chance: Chance
) -> tuple[Ints, Ints]:
    """Draw a round in all runs: columns by room, and those that rest."""
    active: Any = coming.active
    bits = known.columns.bit_length()
    shift = _LOT + bits
    level = _levels(runs, coming, known, active, chance)
    kind: Any = np.uint32 if int(level.max(initial=0)).bit_length() + shift <= 32 else np.uint64
    keys = level.astype(kind)
    column = active.astype(kind)[None, :]
    keys = _mixed(keys, column, bits, chance)
    keys.sort(axis=1)
    mask = kind((1 << bits) - 1)
    playing = keys[:, : len(active) - coming.resting]
    resting = (keys[:, len(active) - coming.resting :] & mask).astype(np.int64)
    if _spreads(known) and coming.by_points:
        # the rooms of one bracket are those whose best team stands on the same level
        lead = np.repeat(playing[:, :: known.size] >> kind(shift), known.size, axis=1)
        playing = _mixed(lead, playing & mask, bits, chance)
        playing.sort(axis=1)
    return (playing & mask).astype(np.int64), resting


def _mixed(level: Ints, column: Ints, bits: int, chance: Chance) -> Ints:
    """Return keys that stand by level and, within one, at random."""
    kind = level.dtype.type
    lots = chance.words(level.size).reshape(level.shape)
    keys: Ints = (((level << kind(_LOT)) | lots) << kind(bits)) | column
    return keys


def _levels(
    runs: Runs, coming: RoundToCome, known: Field, active: Ints, chance: Chance
) -> Ints:
    """Return the level on which each team is drawn, 0 for the best; who rests stands last."""
    rows = len(runs.points)
    if coming.by_points and known.first:
        have = (runs.wins if known.first == "wins" else runs.points)[:, active]
        level: Ints = have.max(initial=0) - have
    else:
        level = np.zeros((rows, len(active)), dtype=np.int32)
    level[:, active >= known.teams] = level.max(initial=0) + 1
    if coming.resting and known.settings.bye_team_selection == "random":
        start = chance.below(len(active), rows)[:, None]
        chosen = (start + np.arange(coming.resting)) % len(active)
        np.put_along_axis(level, chosen, level.max(initial=0) + 2, axis=1)
    return level


def _spreads(known: Field) -> bool:
    """Tell whether pulled-up teams can stand in any room of their bracket."""
    if known.size == 2:
        return known.settings.draw_odd_bracket.startswith("pullup")
    return known.settings.bp_pullup_distribution == "anywhere"
