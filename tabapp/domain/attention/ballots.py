"""Ballots worth a second look: marks far from the record, exchanged marks, unlikely margins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log, sqrt
from typing import Any

import numpy as np

from tabapp.domain.attention.record import Record, expect, threshold
from tabapp.domain.attention.values import Mark, Scale, Suggestion, TeamResult
from tabapp.domain.types import FloatArray, Tick, no_tick

PARTNERS_LIKELIER, TEAMS_LIKELIER = 100.0, 1000.0
"""How many times likelier exchanged marks must be: a room has more pairs of teams than partners."""
_STEPS = 3


def suggest_ballots(
    marks: Sequence[Mark], results: Sequence[TeamResult], scale: Scale, reply: Scale | None = None,
    *, tick: Tick = no_tick,
) -> list[Suggestion]:  # fmt: skip
    """List what is unlikely on the confirmed ballots, the unlikeliest first.

    A second speech by the same person says nothing of the person and is left out. ``reply``: the
    scale of reply speeches, which have a record of their own; None where there are none.
    """
    found: list[Suggestion] = []
    kinds = ((scale, False), (reply, True))
    for done, (kind, is_reply) in enumerate(kinds, start=1):
        kept = [one for one in marks if one.reply is is_reply and not one.ghost]
        if kind is not None and kept and kind.high > kind.low:
            found += _of_marks(kept, kind, is_reply=is_reply)
        tick(done, _STEPS)
    found += _against_marks(results, marks, scale)
    tick(_STEPS, _STEPS)
    return sorted(found, key=lambda one: (-one.weight, one.subject))


@dataclass(slots=True)
class _Case:
    """The marks of one scale with their record, by debate and side."""

    marks: Sequence[Mark]
    record: Record
    scale: Scale
    debates: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Debate -> side -> its speeches in order, as places in ``marks``."""
    speeches: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Speaker -> all of the speeches, by round."""

    @classmethod
    def of(cls, marks: Sequence[Mark], scale: Scale) -> _Case:
        made = cls(marks, expect(marks, scale), scale)
        order = sorted(range(len(marks)), key=lambda i: (marks[i].seq, marks[i].position))
        for i in order:
            sides = made.debates.setdefault(marks[i].debate, {})
            sides.setdefault(marks[i].side, []).append(i)
            made.speeches[marks[i].speaker].append(i)
        return made

    def row(self, i: int, would: float | None = None) -> dict[str, Any]:
        """Return one speech as the strip shows it."""
        one = self.marks[i]
        others = [self.marks[k].score for k in self.speeches[one.speaker] if k != i]
        return {
            "name": one.name, "score": one.score, "others": others, "would": would,
            "expected": _rounded(self.record.expected[i]), "sd": _rounded(self.record.sd[i]),
        }

    def facts(self, code: str, among: Sequence[int], **more: Any) -> dict[str, Any]:
        """Return what all suggestions about some speeches of a debate say."""
        first = self.marks[among[0]]
        people = [self.marks[i].speaker for i in among]
        teams = [self.marks[i].team for i in among]
        return {
            "code": code, "about": list(dict.fromkeys([*people, *teams, first.debate])),
            "debate": first.debate, "version": first.version, "round": first.round,
            "room": first.room, "low": self.scale.low, "high": self.scale.high,
        } | more


def _of_marks(marks: Sequence[Mark], scale: Scale, *, is_reply: bool) -> list[Suggestion]:
    case = _Case.of(marks, scale)
    found: list[Suggestion] = []
    explained: set[int] = set()
    touched: set[str] = set()
    for swap in _exchanges(case):
        found.append(swap.suggestion)
        explained |= swap.explains
        touched.add(swap.debate)
    far = np.flatnonzero(np.abs(case.record.z) > case.record.far).tolist()
    for group in _by_team(case, [i for i in far if i not in explained]):
        found.append(_far_off(case, group[0]) if len(group) == 1 else _all_far_off(case, group))
        touched.add(marks[group[0]].debate)
    if not is_reply:
        found += _margins(case, touched)
    return found


def _by_team(case: _Case, far: Sequence[int]) -> list[list[int]]:
    """Put speeches of one team that are far off in one direction together: one bad debate."""
    groups: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for i in far:
        one = case.marks[i]
        groups[one.debate, one.side, bool(case.record.z[i] > 0)].append(i)
    return list(groups.values())


def _all_far_off(case: _Case, among: Sequence[int]) -> Suggestion:
    """Return what to say of several speeches of a team in one debate."""
    one, record = case.marks[among[0]], case.record
    together = 1.0 + (len(among) - 1) * record.partners
    sd = sqrt(sum(float(record.sd[i]) ** 2 for i in among) * together)
    total, expected = _total(case, among), sum(float(record.expected[i]) for i in among)
    z = (total - expected) / sd
    facts = case.facts(
        "team", among, side=one.side, name=one.team_name, score=total, count=len(among),
        expected=_rounded(expected), sd=_rounded(sd), z=_rounded(z),
        rows=[case.row(i) for i in among])
    subject = f"team:{one.debate}.{one.version}/{one.side}"
    return Suggestion("ballot", subject, round(abs(z), 2), facts)


def _far_off(case: _Case, i: int) -> Suggestion:
    one, z = case.marks[i], float(case.record.z[i])
    facts = case.facts(
        "speech", [i], side=one.side, name=one.name, team=one.team_name, score=one.score,
        z=_rounded(z), far=_rounded(case.record.far), rows=[case.row(i)],
        reply=one.reply)
    subject = f"speech:{one.debate}.{one.version}/{one.side}/{one.position}"
    return Suggestion("ballot", subject, round(abs(z), 2), facts)


# --- exchanged marks ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Two speeches or two teams whose marks fit each other better; ``gain`` as a logarithm."""

    debate: str
    gain: float
    suggestion: Suggestion
    explains: frozenset[int]


def _exchanges(case: _Case) -> Iterator[_Exchange]:
    """Yield the best exchange of each debate in which one is much likelier than the ballot."""
    for sides in case.debates.values():
        found = [*_of_partners(case, sides), *_of_teams(case, sides)]
        if found:
            yield max(found, key=lambda one: one.gain)


def _gain(case: _Case, pairs: Sequence[tuple[int, int]]) -> float:
    """Return the logarithm of how many times likelier these marks are exchanged, two by two."""
    marks, expected, sd = case.marks, case.record.expected, case.record.sd
    gain = 0.0
    for one, other in pairs:
        for i, k in ((one, other), (other, one)):
            now, then = marks[i].score - expected[i], marks[k].score - expected[i]
            gain += float((now**2 - then**2) / sd[i] ** 2) / 2.0
    return gain


def _of_partners(case: _Case, sides: dict[str, list[int]]) -> Iterator[_Exchange]:
    for side, own in sides.items():
        for one, other in combinations(own, 2):
            gain = _gain(case, [(one, other)])
            if gain > log(PARTNERS_LIKELIER) and _is_better(case, [(one, other)]):
                first, second = case.marks[one], case.marks[other]
                subject = f"exchange:{first.debate}.{first.version}/{side}/" \
                    f"{first.position}+{second.position}"
                facts = {
                    "side": side, "name": first.name, "other": second.name,
                    "team": first.team_name}
                yield _exchange(case, "exchange_speakers", [(one, other)], gain, subject, facts)


def _of_teams(case: _Case, sides: dict[str, list[int]]) -> Iterator[_Exchange]:
    for one, other in combinations(sides, 2):
        first, second = sides[one], sides[other]
        at = [[case.marks[i].position for i in own] for own in (first, second)]
        if at[0] != at[1]:
            continue
        pairs = list(zip(first, second, strict=True))
        together = 1.0 + (len(pairs) - 1) * case.record.partners
        gain = _gain(case, pairs) / together
        if gain > log(TEAMS_LIKELIER) and _is_better(case, pairs):
            mark, its = case.marks[first[0]], case.marks[second[0]]
            facts = {
                "side": one, "name": mark.team_name, "other": its.team_name,
                "other_side": its.side}
            yield _exchange(
                case, "exchange_teams", pairs, gain,
                f"exchange:{mark.debate}.{mark.version}/{one}+{other}", facts)


def _is_better(case: _Case, pairs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether exchanged none of these marks would be far off."""
    record = case.record
    return all(
        abs(case.marks[k].score - record.expected[i]) <= record.far * record.sd[i]
        for one, other in pairs for i, k in ((one, other), (other, one)))


def _exchange(
    case: _Case, code: str, pairs: Sequence[tuple[int, int]], gain: float, subject: str,
    more: dict[str, Any],
) -> _Exchange:
    among = [i for one, _other in pairs for i in (one,)] + [other for _one, other in pairs]
    would = {one: case.marks[other].score for one, other in pairs}
    would |= {other: case.marks[one].score for one, other in pairs}
    sd = sqrt(2.0 * gain)  # as a deviation, beside those of single marks
    times = float(np.exp(min(gain, log(1e6))))
    facts = case.facts(
        code, among, times=float(f"{times:.2g}"), z=_rounded(sd),
        rows=[case.row(i, would[i]) for i in among], **more)
    return _Exchange(
        case.marks[among[0]].debate, gain,
        Suggestion("ballot", subject, round(sd, 2), facts), frozenset(among))


# --- margins -----------------------------------------------------------------------------------


def _margins(case: _Case, touched: set[str]) -> Iterator[Suggestion]:
    """Yield debates whose margin is far from what the speakers' records let expect.

    What the room's judges add to all marks alike falls out of a difference.
    """
    debates = [ref for ref, sides in case.debates.items() if len(sides) > 1]
    pairs = [_widest(case, case.debates[ref]) for ref in debates]
    most = max((len(case.debates[ref]) for ref in debates), default=2)
    z: FloatArray = np.array([one[2] for one in pairs], dtype=np.float64)
    far = threshold(z, comparisons=most * (most - 1) // 2)
    margins = sorted(
        abs(_total(case, case.debates[ref][a]) - _total(case, case.debates[ref][b]))
        for ref, (a, b, _z) in zip(debates, pairs, strict=True))
    for ref, (one, other, how_far) in zip(debates, pairs, strict=True):
        if how_far > far and ref not in touched:
            sides = case.debates[ref]
            ahead, behind = sorted(
                (sides[one], sides[other]), key=lambda own: -_total(case, own))
            yield _unlikely(case, ahead, behind, how_far, margins)


def _total(case: _Case, own: Sequence[int]) -> float:
    return sum(case.marks[i].score for i in own)


def _surplus(case: _Case, own: Sequence[int]) -> tuple[float, float]:
    """Return how far a team's total lies over its record, and the variance of that."""
    over = sum(case.marks[i].score - float(case.record.own[i]) for i in own)
    together = 1.0 + (len(own) - 1) * case.record.partners
    return over, sum(float(case.record.own_sd[i]) ** 2 for i in own) * together


def _widest(case: _Case, sides: dict[str, list[int]]) -> tuple[str, str, float]:
    """Return the two sides whose difference is the furthest from their records, and how far."""
    surplus = {side: _surplus(case, own) for side, own in sides.items()}
    first, second, *_others = sides
    widest = (first, second, 0.0)
    for one, other in combinations(sides, 2):
        difference = surplus[one][0] - surplus[other][0]
        z = abs(difference) / sqrt(surplus[one][1] + surplus[other][1])
        if z > widest[2] and len(sides[one]) == len(sides[other]):  # all of both spoke
            widest = (one, other, z)
    return widest


def _unlikely(
    case: _Case, ahead: Sequence[int], behind: Sequence[int], z: float, margins: Sequence[float]
) -> Suggestion:
    one, other = case.marks[ahead[0]], case.marks[behind[0]]
    margin = _total(case, ahead) - _total(case, behind)
    expected = sum(float(case.record.own[i]) for i in ahead) \
        - sum(float(case.record.own[i]) for i in behind)
    others = [one for one in margins if one <= margin][:-1]
    facts = case.facts(
        "margin", [*ahead, *behind], side=one.side, other_side=other.side, name=one.team_name,
        other=other.team_name, margin=margin, expected=_rounded(expected), z=_rounded(z),
        sd=_rounded(abs(margin - expected) / z), widest=max(others, default=0.0),
        rank=sum(1 for each in margins if each > margin) + 1, debates=len(margins),
        rows=[case.row(i) for i in (*ahead, *behind)])
    subject = f"margin:{one.debate}.{one.version}/{one.side}+{other.side}"
    return Suggestion("ballot", subject, round(z, 2), facts)


def _against_marks(
    results: Sequence[TeamResult], marks: Sequence[Mark], scale: Scale
) -> Iterator[Suggestion]:
    """Yield debates in which the team with the lower score got more points.

    Not where judges voted differently: then the mean score may well be against the majority. Nor
    is a team compared with one of which more marks are known, as where one person spoke twice.
    """
    known = Counter((one.debate, one.side) for one in marks if not one.ghost)
    debates: dict[str, list[TeamResult]] = defaultdict(list)
    for one in results:
        if not one.is_split:
            debates[one.debate].append(one)
    for here in debates.values():
        against = [
            (other.score - one.score, one, other) for one in here for other in here
            if one.points > other.points and one.score < other.score
            and known[one.debate, one.side] == known[other.debate, other.side]]
        if not against:
            continue
        by, one, other = max(against, key=lambda each: each[0])
        facts = {
            "code": "against", "about": [one.team, other.team, one.debate], "debate": one.debate,
            "version": one.version, "round": one.round, "room": one.room, "side": one.side,
            "other_side": other.side, "name": one.name, "other": other.name, "by": _rounded(by),
            "score": one.score, "other_score": other.score, "low": scale.low, "high": scale.high,
            "rows": [],
        }
        weight = 3.0 + by / max(scale.high - scale.low, 1e-9)
        yield Suggestion(
            "ballot", f"against:{one.debate}.{one.version}", round(weight, 2), facts)


def _rounded(value: float) -> float:
    return round(float(value), 1)
