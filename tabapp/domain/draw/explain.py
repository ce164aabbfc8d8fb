"""Why each room of a draw looks as it does, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import ROOM, RoomRule, define_rooms, points_of
from tabapp.domain.draw.explain_two_team import TwoTeamWords
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable, balance_change
from tabapp.domain.draw.words import cycle_words, listed, meetings, name_of, number
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    Draw,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

_NAMES = tuple(side.value.upper() for side in BP_SIDES)


@dataclass(frozen=True, slots=True)
class _Record:
    """What there is to say about a team: its points and what each position costs it."""

    team: DrawTeam
    points: float
    costs: Sequence[float]

    @property
    def name(self) -> str:
        return name_of(self.team)


@dataclass(frozen=True, slots=True)
class _Brackets:
    """The legal brackets: places filled by each level, in order; and the teams on each level."""

    places: dict[RoomRule, Counter[float]]
    levels: Counter[float]

    @classmethod
    def of(cls, points: Sequence[float], distribution: str) -> _Brackets:
        places: dict[RoomRule, Counter[float]] = {}
        if len(points) % ROOM == 0:
            left = iter(sorted(points, reverse=True))
            for rule, rooms in groupby(define_rooms(points, distribution)):
                places[rule] = Counter(islice(left, ROOM * len(list(rooms))))
        return cls(places, Counter(points))

    def find(self, points: set[float]) -> RoomRule | None:
        """Return the rule under which a room of these points is legal."""
        top = max(points)
        return next(
            (rule for rule in self.places if rule.level == top and points <= set(rule.allowed)),
            None,
        )


def explain(
    draw: Draw, snapshot: DrawSnapshot, *,
    side_names: tuple[str, str] = ("Affirmative", "Negative"),
) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of each debate, in the order of ``draw.debates``.

    Said are: the bracket, each pull-up and its reason, each team's position with its history and
    cost or, where two teams meet, their places, what conflict avoidance did and the sides (called
    ``side_names``); earlier meetings and shared institutions. Teams unknown to the snapshot are
    passed over.
    """
    if not draw.debates:
        return ()
    options = DrawOptions.from_mapping(snapshot.options)
    if snapshot.sides == TWO_SIDES:
        two = TwoTeamWords(draw, snapshot, options, side_names)
        return tuple(two.of(debate) for debate in draw.debates)
    costs = CostTable([team.sides for team in snapshot.teams], options).of_teams().tolist()
    records = {
        team.id: _Record(team, points_of(team.points), row)
        for team, row in zip(snapshot.teams, costs, strict=True)
    }
    brackets = None
    if snapshot.draw_type is DrawType.POWER:
        byes = {t for debate in draw.debates for side, t in debate.sides if side is Side.BYE}
        points = [record.points for team, record in records.items() if team not in byes]
        brackets = _Brackets.of(points, options.bp_pullup_distribution)
    words = _Words(records, brackets, snapshot)
    return tuple(words.of(debate) for debate in draw.debates)


class _Words:
    """Words each debate of one draw. Without brackets it was drawn by lot, cycle or hand."""

    def __init__(
        self, records: Mapping[str, _Record], brackets: _Brackets | None, snapshot: DrawSnapshot
    ) -> None:
        self._records = records
        self._brackets = brackets
        self._whole = word("why_lot", {})
        if snapshot.draw_type is DrawType.MANUAL:
            self._whole = word("why_two_manual", {})
        elif snapshot.draw_type is DrawType.ROUND_ROBIN:
            cycle = snapshot.cycle
            self._whole = cycle_words(
                cycle.index if cycle else 0, len(cycle.teams) if cycle else len(records))

    def of(self, debate: DrawnDebate) -> tuple[str, ...]:
        seated = [
            (side, self._records[team]) for side, team in debate.sides if team in self._records
        ]
        if not seated:
            return ()
        if seated[0][0] is Side.BYE:
            name, count = seated[0][1].name, len(self._records)
            return (word("why_bye", {"team": name, "count": count}),)
        here = [record for _side, record in seated]
        return (
            *self._room(here), *(self._position(*seat) for seat in seated),
            *meetings([record.team for record in here]),
        )

    def _room(self, here: Sequence[_Record]) -> Iterator[str]:
        if self._brackets is None:
            yield self._whole
            return
        points = {record.points for record in here}
        rule = self._brackets.find(points)
        if rule is None:
            yield word("why_outside", {"points": listed(sorted(points, reverse=True))})
            return
        bracket = number(rule.level)
        yield word("why_bracket", {"bracket": bracket, "allowed": listed(rule.allowed)})
        for record in here:
            if record.points < rule.level:
                places = self._brackets.places[rule][record.points]
                level = self._brackets.levels[record.points]
                code = "why_pullup_whole" if places == level else "why_pullup"
                yield word(code, {
                    "team": record.name, "points": number(record.points), "bracket": bracket,
                    "places": places, "level": level,
                })

    def _position(self, side: Side, record: _Record) -> str:
        position = BP_SIDES.index(side)
        change = balance_change(record.team.sides, position)
        facts = {
            "team": record.name,
            "side": _NAMES[position],
            "history": _history(record.team.sides),
            "change": "" if change == "none" else word(f"why_{change}", {}),
        }
        if self._brackets is None:
            return word("why_position_lot", facts)
        best = min(record.costs)
        cost = record.costs[position]
        facts["cost"] = number(cost)
        if cost <= best + 1e-9:
            return word("why_position_best", facts)
        facts |= {"best": _NAMES[record.costs.index(best)], "best_cost": number(best)}
        return word("why_position", facts)


def _history(counts: Sequence[int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in zip(_NAMES, counts, strict=True))
