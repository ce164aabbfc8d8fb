"""Which brackets of the next draw can no longer change while ballots still come in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.draw.brackets import points_of


@dataclass(frozen=True, slots=True)
class OpenDebate:
    """A debate without a confirmed result, and the round weight that multiplies its points."""

    teams: tuple[str, ...]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class BracketState:
    """Points from ``top`` to ``bottom`` that are paired among themselves, and who may change them.

    ``teams`` counts those on these points now. ``open_teams`` may still come to stand on them or
    leave them; where there are none, the bracket is settled.
    """

    top: float
    bottom: float
    teams: int
    open_teams: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Tell whether no missing result can change it."""
        return not self.open_teams


def bracket_states(
    points: Mapping[str, float], open_debates: Iterable[OpenDebate], *, room: int
) -> tuple[BracketState, ...]:
    """Return the brackets of a power-paired draw in rooms of ``room``, top first.

    A bracket ends where the teams so far fill rooms; it reaches down into the level that it takes
    pull-ups from. What lies above or below it is all one to it, as long as it stays there: how
    many teams are above decides how many of its top level the bracket above takes. So a bracket is
    settled once every team with a missing result stays above it, or below it, whatever comes out.
    """
    reach = _reach(points, open_debates, range(room))
    levels = sorted(Counter(map(points_of, points.values())).items(), reverse=True)
    return tuple(
        BracketState(
            top, bottom,
            sum(count for level, count in levels if bottom <= level <= top),
            tuple(sorted(
                team for team, (least, most) in reach.items() if least <= top and most >= bottom)),
        )
        for top, bottom in _spans(levels, room)
    )


def _reach(
    points: Mapping[str, float], debates: Iterable[OpenDebate], gains: Sequence[int]
) -> dict[str, tuple[float, float]]:
    """Return the least and the most points of each team with a missing result."""
    more: Counter[str] = Counter()
    for debate in debates:
        for team in debate.teams:
            if team in points:
                more[team] += debate.weight * gains[-1]
    return {
        team: (points_of(points[team]), points_of(points[team] + gain))
        for team, gain in more.items()
    }


def _spans(levels: Sequence[tuple[float, int]], room: int) -> list[tuple[float, float]]:
    """Cut levels (points and number of teams, top first) into brackets; they may share a level."""
    spans: list[tuple[float, float]] = []
    top, last, size = 0.0, 0.0, 0
    for level, count in levels:
        need = -size % room
        if size and need >= count:
            size += count
        elif size:
            spans.append((top, level if need else last))
            top, size = level, count - need
        else:
            top, size = level, count
        last = level
    return [*spans, (top, last)] if size else spans
