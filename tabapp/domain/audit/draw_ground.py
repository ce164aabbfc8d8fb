"""The ground of every audit of a draw: who stands where, and what holds for any draw type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tabapp.domain.types import (
    Check,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
    id_key,
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A rule that cannot be judged, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that this draw does not promise, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Good:
    """A rule that is kept, with a word on how it was judged."""

    how: str


Finding = str | Unclear | Skipped | Good | None
"""What is wrong, or None; or why it cannot be said."""
Look = tuple[str, Callable[[], Finding]]
"""The name of a check and the check."""

LEVEL = "teams are level in rank, and the seed that put them in order is not known"
GROUND_BROKEN = "teams or rooms are wrong already"


class Drawn:
    """A snapshot and a draw of it, with every team's place in the order of the draw.

    ``place`` counts from 0; without the seed, teams whose order is by lot share a place.
    ``exact`` says that no two teams do.
    """

    def __init__(
        self, snapshot: DrawSnapshot, debates: Sequence[DrawnDebate], seed: int | None = None
    ) -> None:
        self.snapshot = snapshot
        self.options = snapshot.options
        self.debates = debates
        self.teams = {team.id: team for team in snapshot.teams}
        self.byes = [d for d in debates if any(side is Side.BYE for side, _team in d.sides)]
        self.rooms = sorted(
            (d for d in debates if all(side is not Side.BYE for side, _team in d.sides)),
            key=lambda room: room.room_rank)
        bits = None if seed is None else np.random.PCG64(seed)
        order = sorted(snapshot.teams, key=lambda team: id_key(team.id))
        self.place = _places(
            order, bits,
            (lambda team: (-(team.seed or 0.0), 0.0)) if self.is_seeded
            else (lambda team: (team.rank, -points(team))))
        self.exact = len(set(self.place.values())) == len(self.place)

    @property
    def is_seeded(self) -> bool:
        """Whether seeds line the teams up, and not their ranks."""
        return self.snapshot.draw_type is DrawType.SEEDED

    def option(self, name: str) -> object:
        """Return an option in force, its default by rules.md, section 2, where it is left out."""
        return self.options.get(name, _DEFAULTS.get(name))

    def number(self, name: str) -> int:
        """Return a whole-number option."""
        value = self.option(name)
        return int(value) if isinstance(value, int | float) else 0

    @property
    def preallocated(self) -> bool:
        """Whether each team's side was given beforehand."""
        return self.option("draw_side_allocations") == "preallocated"


_DEFAULTS: Mapping[str, object] = {
    "draw_odd_bracket": "intermediate_bubble_up_down", "draw_pairing_method": "slide",
    "draw_side_allocations": "balance", "draw_avoid_conflicts": "one_up_one_down",
    "draw_pullup_restriction": "none", "draw_matching_scope": "bracket",
    "avoid_team_history": True, "avoid_same_institution": True, "team_history_penalty": 1000,
    "team_institution_penalty": 1, "side_penalty": 0, "pullup_debates_penalty": 0,
    "pairing_penalty": 1, "pullup_penalty": 10_000, "bye_team_selection": "off",
}


def points(team: DrawTeam) -> float:
    """Return the points as they are compared."""
    return round(team.points * 1.0, 6)


def _places(
    teams: Sequence[DrawTeam], bits: np.random.PCG64 | None,
    key: Callable[[DrawTeam], tuple[float, float]],
) -> dict[str, int]:
    """Return the place of each team by ``key``, equal ones in an order drawn by lot if known."""
    if bits is None:
        ordered = sorted(teams, key=key)
        classes = {value: number for number, value in enumerate(dict.fromkeys(map(key, ordered)))}
        return {team.id: classes[key(team)] for team in ordered}
    lots = np.argsort(bits.random_raw(len(teams)), kind="stable").tolist()
    ordered = sorted((teams[index] for index in lots), key=key)
    return {team.id: number for number, team in enumerate(ordered)}


def structure(drawn: Drawn) -> list[Look]:
    """Return the checks that hold for every draw: who stands where, byes and room ranks."""
    size = {2: "two", 4: "four"}.get(len(drawn.snapshot.sides), "the format")
    return [
        ("every team once", lambda: _every_team_once(drawn)),
        ("nobody else", lambda: _nobody_else(drawn)),
        (f"rooms of {size}", lambda: _full_rooms(drawn)),
        ("byes", lambda: _byes(drawn)),
        ("room ranks", lambda: _room_ranks(drawn)),
    ]


GROUND = ("every team once", "nobody else", "rooms of two", "rooms of four", "byes")
"""Checks without which no other can be made."""


def _every_team_once(drawn: Drawn) -> Finding:
    times = Counter(team for debate in drawn.debates for team in debate.teams)
    return first([
        f"{team} stands {times[team]} times" for team in drawn.teams if times[team] != 1
    ])


def _nobody_else(drawn: Drawn) -> Finding:
    return first([
        f"{team} in room {debate.room_rank} is not to be drawn"
        for debate in drawn.debates for team in debate.teams if team not in drawn.teams
    ])


def _full_rooms(drawn: Drawn) -> Finding:
    return first([
        f"room {room.room_rank} has {', '.join(side for side, _team in room.sides) or 'nobody'}"
        for room in drawn.rooms
        if tuple(side for side, _team in room.sides) != drawn.snapshot.sides
    ])


def _byes(drawn: Drawn) -> Finding:
    resting = [team for debate in drawn.byes for team in debate.teams]
    for debate in drawn.byes:
        if len(debate.sides) != 1 or debate.bracket != -1:
            return f"the bye of room rank {debate.room_rank} is not a bye of one team"
    if drawn.snapshot.draw_type is DrawType.ROUND_ROBIN:
        return None  # who rests follows from the cycle
    rule = drawn.option("bye_team_selection")
    due = 0 if rule == "off" else len(drawn.teams) % len(drawn.snapshot.sides)
    if len(resting) != due:
        return f"{len(resting)} teams have a bye, {due} are due"
    if drawn.snapshot.draw_type is DrawType.MANUAL:
        return None
    return first([
        wrong for ref in resting if ref in drawn.teams
        for wrong in [_wrong_bye(drawn, drawn.teams[ref], resting, rule)] if wrong
    ])


def _wrong_bye(drawn: Drawn, team: DrawTeam, resting: Sequence[str], rule: object) -> str:
    """Say what is wrong with a bye: with allocated sides only the longer one gives them."""
    able = [one for one in drawn.teams.values() if one.id not in resting]
    if drawn.preallocated and len(drawn.snapshot.sides) == 2:
        number = Counter(one.allocated_side for one in drawn.teams.values())
        if 2 * number[team.allocated_side] <= len(drawn.teams):
            return f"{team.id} has a bye and is on the shorter side"
        able = [one for one in able if one.allocated_side == team.allocated_side]
    for other in able:
        if other.byes < team.byes:
            return f"{team.id} has bye number {team.byes + 1}, {other.id} had {other.byes}"
        lower = drawn.place[other.id] > drawn.place[team.id]
        if rule == "lowest" and lower and other.byes == team.byes:
            if drawn.is_seeded:
                return f"{other.id} (seed {other.seed}) is drawn, seed {team.seed} has a bye"
            return f"{other.id} (rank {other.rank}) is drawn, rank {team.rank} has a bye"
    return ""


def _room_ranks(drawn: Drawn) -> Finding:
    ranks = [debate.room_rank for debate in drawn.debates]
    if sorted(ranks) != list(range(1, len(ranks) + 1)):
        return f"room ranks are {sorted(ranks)}, not 1 to {len(ranks)}"
    last_room = drawn.rooms[-1].room_rank if drawn.rooms else 0
    if any(bye.room_rank < last_room for bye in drawn.byes):
        return "a bye is ranked above a room"
    if drawn.snapshot.draw_type is DrawType.POWER:
        for upper, lower in pairwise(drawn.rooms):
            if upper.bracket < lower.bracket:
                return f"room {upper.room_rank} stands above a higher bracket"
    return None


def first(findings: Sequence[str]) -> str | None:
    """Return the first finding and the number of the others."""
    if not findings:
        return None
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return findings[0] + more


def judged(name: str, scope: str, finding: Finding) -> Check:
    """Put a finding into a line of the report."""
    if isinstance(finding, Unclear):
        return Check(name, scope, "unclear", finding.why)
    if isinstance(finding, Skipped):
        return Check(name, scope, "skipped", finding.why)
    if isinstance(finding, Good):
        return Check(name, scope, "passed", finding.how)
    return Check(name, scope, "failed" if finding else "passed", finding or "")


def meetings(one: DrawTeam, other: DrawTeam) -> int:
    """Return how often two teams have met, whichever of the two remembers."""
    return max(one.seen.get(other.id, 0), other.seen.get(one.id, 0))


def compatriots(one: DrawTeam, other: DrawTeam) -> bool:
    """Tell whether two teams share an institution; having none is not sharing."""
    return one.institution is not None and one.institution == other.institution
