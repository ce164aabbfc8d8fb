"""The mark that a speech was to be expected to get, by the speaker's own other speeches.

Empirical Bayes: a mark is the round's mean, what the speaker adds, what the room (its judges)
adds, and luck. Speakers and rooms are shrunk towards nothing by how little is known of them; each
speech is judged by what all *others* say. Spreads are measured here where there is enough, and
begin with those of 56 tabs of British Parliamentary debates (within a speaker 2.30, between
speakers 2.43 of a range of 49).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from tabapp.domain.attention.values import Mark, Scale
from tabapp.domain.types import FloatArray, IntArray

RANGE = 49.0
WITHIN, BETWEEN, ROOM = 2.30, 2.43, 0.56
"""Standard deviations in marks of that range: one speaker's marks, speakers, rooms."""
HONEST = 0.01
"""The share of honest speeches that may be worth a second look."""
_FEW = 20.0
"""Speeches, speakers or rooms as which the spread of other tournaments counts."""
_STEADY = 10.0
"""Speeches as which the mean of the tournament counts in the mean of a round."""
_SWEEPS = 12
_FAR = 2.0
"""Standard deviations beyond which a mark says less about its speaker and its room."""
_CUT = 2.5
_CUT_LOSES = 0.9776
"""What is left of a normal variance when all beyond ``_CUT`` deviations is put there."""
_CLEAR = 3.5
"""Deviations that no honest tournament has in one speech of a hundred, heavy tails or not."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """What was to be expected, speech by speech in the order given.

    ``expected`` and ``sd`` with the level of the room; ``own`` and ``own_sd`` without it, for
    differences inside a room. ``partners`` is the correlation of two speeches of one team in one
    debate. ``z`` are deviations, ``far`` is from where one is worth a look.
    """

    expected: FloatArray
    sd: FloatArray
    own: FloatArray
    own_sd: FloatArray
    z: FloatArray
    far: float
    partners: float


@dataclass(slots=True)
class _Spread:
    within: float
    between: float
    room: float


def expect(marks: Sequence[Mark], scale: Scale) -> Record:
    """Return what was to be expected of each of these marks, which are all of one scale."""
    score: FloatArray = np.array([one.score for one in marks], dtype=np.float64)
    who = _numbered([one.speaker for one in marks])
    where = _numbered([one.debate for one in marks])
    when = _numbered([str(one.seq) for one in marks])
    unit = (scale.high - scale.low) / RANGE
    first = _Spread((WITHIN * unit) ** 2, (BETWEEN * unit) ** 2, (ROOM * unit) ** 2)
    spread, weight, base, level, own = _fit(score, who, where, when, first, scale.step)

    rest = score - base
    others, known = _others(who, rest - level[where], weight)
    mean = others / (known + spread.within / spread.between)
    mean_var = spread.within / (known + spread.within / spread.between)
    there, seen = _others(where, rest - own[who], weight)
    room = there / (seen + spread.within / spread.room)
    room_var = spread.within / (seen + spread.within / spread.room)

    sd = np.sqrt(spread.within + mean_var + room_var)
    expected = _inside(base + mean + room, sd, scale)
    z = (score - expected) / sd
    return Record(
        expected, sd, base + mean, np.sqrt(spread.within + mean_var), z, threshold(z),
        _partners(marks, z))


def threshold(z: FloatArray, comparisons: int = 1) -> float:
    """Return from how many deviations one in a hundred honest cases is as far off.

    That of the normal curve, or what is measured where the tails are heavier; where much is wrong
    that must not hide it, so there is an end to that. ``comparisons``: of how many each is the
    furthest.
    """
    least = _NORMAL.inv_cdf(1.0 - HONEST / (2.0 * comparisons))
    if not z.size:
        return least
    measured = float(np.quantile(np.abs(z), 1.0 - HONEST))
    return min(max(least, measured), max(_CLEAR, least))


def _numbered(keys: Sequence[str]) -> IntArray:
    known: dict[str, int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def _fit(
    score: FloatArray, who: IntArray, where: IntArray, when: IntArray, first: _Spread, step: float
) -> tuple[_Spread, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return spreads, weights and the mean of the round by speech; the room's and speaker's share.

    A mark that is far off counts less, so that it hides neither itself nor others.
    """
    spread = _Spread(first.within, first.between, first.room)
    weight: FloatArray = np.ones_like(score)
    mean = float(np.median(score)) if score.size else 0.0
    own: FloatArray = np.zeros(int(who.max(initial=-1)) + 1)
    level: FloatArray = np.zeros(int(where.max(initial=-1)) + 1)
    base: FloatArray = np.full_like(score, mean)
    for _sweep in range(_SWEEPS):
        own = _shrunk(who, score - base - level[where], weight, spread.within / spread.between)
        level = _shrunk(where, score - base - own[who], weight, spread.within / spread.room)
        left = score - own[who] - level[where]
        if left.size:
            mean = float(np.average(left, weights=weight))
        base = mean + _shrunk(when, left - mean, weight, _STEADY)[when]
        residual = score - base - own[who] - level[where]
        _measure(spread, first, score - base, residual, who, where, own, level, weight, step)
        off = np.abs(residual) / np.sqrt(spread.within)
        weight = np.minimum(1.0, _FAR / np.maximum(off, _FAR))
    return spread, weight, base, level, own


def _shrunk(group: IntArray, value: FloatArray, weight: FloatArray, prior: float) -> FloatArray:
    """Return the mean of each group, ``prior`` speeches of nothing among them."""
    total = np.bincount(group, weights=value * weight)
    return np.asarray(total / (np.bincount(group, weights=weight) + prior), dtype=np.float64)


def _others(
    group: IntArray, value: FloatArray, weight: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return for each speech the sum of the others of its group, and how much they count."""
    total = np.bincount(group, weights=value * weight)
    count = np.bincount(group, weights=weight)
    rest = np.maximum(count[group] - weight, 0.0)
    return np.asarray(total[group] - value * weight), np.asarray(rest)


def _measure(
    spread: _Spread, first: _Spread, rest: FloatArray, residual: FloatArray, who: IntArray,
    where: IntArray, own: FloatArray, level: FloatArray, weight: FloatArray, step: float,
) -> None:  # fmt: skip
    """Measure the spreads anew; what is measured of few counts little against what is known."""
    if not rest.size:
        return
    by_speaker = np.bincount(who, weights=weight)
    by_room = np.bincount(where, weights=weight)
    taken = (
        1.0 / (by_speaker + spread.within / spread.between)[who]
        + 1.0 / (by_room + spread.within / spread.room)[where])
    square = residual**2 / np.maximum(1.0 - taken, 0.1)
    within = float(np.mean(np.minimum(square, _CUT**2 * spread.within))) / _CUT_LOSES
    spread.within = max(
        _blend(within, rest.size - own.size, first.within), step**2 / 6.0, 1e-9)

    raw = np.bincount(who, weights=(rest - level[where]) * weight) / by_speaker
    between = _cut_variance(raw) - float(np.mean(spread.within / by_speaker))
    spread.between = max(_blend(between, own.size - 1, first.between), first.between / 10)

    unknown = spread.within / (by_speaker + spread.within / spread.between)
    raw = np.bincount(where, weights=(rest - own[who]) * weight) / by_room
    mean_unknown = np.bincount(where, weights=unknown[who]) / np.bincount(where)
    room = _cut_variance(raw) - float(np.mean((spread.within + mean_unknown) / by_room))
    spread.room = max(_blend(room, level.size - 1, first.room), first.room / 10)


def _cut_variance(value: FloatArray) -> float:
    """Return the variance round the median, with what is far off drawn in."""
    off = np.abs(value - np.median(value))
    sd = max(1.4826 * float(np.median(off)), 1e-9)
    return float(np.mean(np.minimum(off, _CUT * sd) ** 2)) / _CUT_LOSES


def _blend(measured: float, count: int, known: float) -> float:
    return (max(measured, 0.0) * max(count, 0) + known * _FEW) / (max(count, 0) + _FEW)


def _inside(mean: FloatArray, sd: FloatArray, scale: Scale) -> FloatArray:
    """Return the mean of what is left of the normal curve between the ends of the range."""
    middle = np.clip(mean, scale.low, scale.high)
    low, high = (scale.low - middle) / sd, (scale.high - middle) / sd
    density = (np.exp(-(low**2) / 2) - np.exp(-(high**2) / 2)) / np.sqrt(2 * np.pi)
    return np.asarray(middle + sd * density / (_below(high) - _below(low)), dtype=np.float64)


def _below(z: FloatArray) -> FloatArray:
    """Return the share of the normal curve below each of these."""
    return np.array([_NORMAL.cdf(one) for one in z.tolist()], dtype=np.float64)


def _partners(marks: Sequence[Mark], z: FloatArray) -> float:
    """Return how far two speeches of a team in one debate go together, 0 to 0.8."""
    drawn_in = np.clip(z, -3.0, 3.0)
    first: dict[tuple[str, str], int] = {}
    products = []
    for i, one in enumerate(marks):
        other = first.setdefault((one.debate, one.team), i)
        if other != i:
            products.append(float(drawn_in[i] * drawn_in[other]))
    if not products:
        return 0.0
    mean = sum(products) / (len(products) + _FEW)
    return min(max(mean, 0.0), 0.8)
