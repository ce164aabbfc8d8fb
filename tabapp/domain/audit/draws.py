"""Check BP draws against the definition of the rules, by other means than the engine's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from tabapp.domain.audit.draw_costs import cost_of_position
from tabapp.domain.audit.draw_optimum import Seat, least_total
from tabapp.domain.types import (
    BP_SIDES,
    Check,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

Finding = str | None
"""What is wrong, or None."""


def audit_draw(snapshot: DrawSnapshot, debates: Sequence[DrawnDebate]) -> tuple[Check, ...]:
    """Check a drawn preliminary BP round; every check is listed, passed or not.

    What a draw type does not promise is ``skipped``; what cannot be judged, because teams or
    rooms are wrong already, is ``unclear``.
    """
    scope = f"round {snapshot.round_seq}"
    if snapshot.sides != BP_SIDES or snapshot.draw_type not in _AUDITED:
        detail = f"{snapshot.draw_type.value} draws of this format are not checked here"
        return (Check("draw", scope, "skipped", detail),)
    if snapshot.draw_type is DrawType.MANUAL and not debates:
        return (Check("draw", scope, "skipped", "nothing has been drawn by hand yet"),)
    audit = _Audit(snapshot, debates)
    found: list[Check] = []
    for name, look in audit.structure():
        found.append(_judged(name, scope, look()))
    broken = any(check.status == "failed" and check.name in _GROUND for check in found)
    for name, look in audit.rules():
        if snapshot.draw_type is not DrawType.POWER:
            found.append(Check(name, scope, "skipped", "only power-paired draws promise this"))
        elif broken:
            found.append(Check(name, scope, "unclear", "teams or rooms are wrong already"))
        else:
            found.append(_judged(name, scope, look()))
    return tuple(found)


def optimal_position_cost(snapshot: DrawSnapshot, byes: Collection[str] = ()) -> float:
    """Return the least total position cost of any legal power-paired draw of these teams.

    ``byes`` names teams that are not drawn; the others must fill rooms of four.
    """
    teams = [team for team in snapshot.teams if team.id not in byes]
    return _optimum(teams, snapshot, _slices(teams, snapshot))


_AUDITED = (DrawType.POWER, DrawType.RANDOM, DrawType.MANUAL)
_GROUND = ("every team once", "nobody else", "rooms of four", "byes")


class _Audit:
    def __init__(self, snapshot: DrawSnapshot, debates: Sequence[DrawnDebate]) -> None:
        self._snapshot = snapshot
        self._teams = {team.id: team for team in snapshot.teams}
        self._debates = debates
        self._byes = [d for d in debates if any(side is Side.BYE for side, _team in d.sides)]
        self._rooms = [d for d in debates if all(side is not Side.BYE for side, _team in d.sides)]

    def structure(self) -> list[tuple[str, Callable[[], Finding]]]:
        return [
            ("every team once", self._every_team_once),
            ("nobody else", self._nobody_else),
            ("rooms of four", self._rooms_of_four),
            ("byes", self._byes_are_right),
            ("room ranks", self._room_ranks),
        ]

    def rules(self) -> list[tuple[str, Callable[[], Finding]]]:
        return [
            ("legal brackets", self._legal_brackets),
            ("bracket labels", self._labels),
            ("pull-up flags", self._pullup_flags),
            ("position cost at the optimum", self._cost_at_optimum),
        ]

    def _every_team_once(self) -> Finding:
        times = Counter(team for debate in self._debates for team in debate.teams)
        wrong = [f"{team} stands {times[team]} times" for team in self._teams if times[team] != 1]
        return _first(wrong)

    def _nobody_else(self) -> Finding:
        return _first([
            f"{team} in room {debate.room_rank} is not to be drawn"
            for debate in self._debates for team in debate.teams if team not in self._teams
        ])

    def _rooms_of_four(self) -> Finding:
        return _first([
            f"room {room.room_rank} has {', '.join(side for side, _team in room.sides) or 'nobody'}"
            for room in self._rooms if tuple(side for side, _team in room.sides) != BP_SIDES
        ])

    def _byes_are_right(self) -> Finding:
        rule = self._snapshot.options.get("bye_team_selection", "off")
        due = 0 if rule == "off" else len(self._teams) % 4
        resting = [team for debate in self._byes for team in debate.teams]
        crowded = [d for d in self._byes if len(d.sides) != 1 or d.bracket != -1]
        if crowded:
            return f"the bye of room rank {crowded[0].room_rank} is not a bye of one team"
        if len(resting) != due:
            return f"{len(resting)} teams have a bye, {due} are due"
        if self._snapshot.draw_type is DrawType.MANUAL:
            return None
        for team in (self._teams[ref] for ref in resting if ref in self._teams):
            for other in self._teams.values():
                if other.id in resting or other.byes > team.byes:
                    continue
                if other.byes < team.byes:
                    return f"{team.id} has bye number {team.byes + 1}, {other.id} had {other.byes}"
                if rule == "lowest" and other.rank > team.rank:
                    return f"{other.id} (rank {other.rank}) is drawn, rank {team.rank} has a bye"
        return None

    def _room_ranks(self) -> Finding:
        ranks = [debate.room_rank for debate in self._debates]
        if sorted(ranks) != list(range(1, len(ranks) + 1)):
            return f"room ranks are {sorted(ranks)}, not 1 to {len(ranks)}"
        last_room = max((room.room_rank for room in self._rooms), default=0)
        if any(bye.room_rank < last_room for bye in self._byes):
            return "a bye is ranked above a room"
        if self._snapshot.draw_type is DrawType.POWER:
            down = sorted(self._rooms, key=lambda room: room.room_rank)
            for upper, lower in pairwise(down):
                if upper.bracket < lower.bracket:
                    return f"room {upper.room_rank} stands above a higher bracket"
        return None

    def _here(self, room: DrawnDebate) -> list[float]:
        return sorted((_points(self._teams[team]) for team in room.teams), reverse=True)

    def _slices(self) -> list[list[float]]:
        return _slices(
            [self._teams[team] for room in self._rooms for team in room.teams], self._snapshot
        )

    def _legal_brackets(self) -> Finding:
        slices = self._slices()
        due = [tuple(part) for part in slices]
        held: dict[int, list[float]] = {}
        for room in self._rooms:
            here = self._here(room)
            held.setdefault(_seat(here, 0, slices)[0], []).extend(here)
        stand = [tuple(sorted(points, reverse=True)) for points in held.values()]
        odd = Counter(stand) - Counter(due)
        if odd:
            levels = ", ".join(f"{n} on {p:g}" for p, n in Counter(next(iter(odd))).items())
            return f"a bracket holds {levels}, which the rule does not allow"
        return self._allowed_as_stated(slices)

    def _allowed_as_stated(self, slices: Sequence[Sequence[float]]) -> Finding:
        legal = {frozenset(part) for part in slices}
        return _first([
            f"room {room.room_rank} says that {[*room.allowed_points]} are allowed"
            for room in self._rooms
            if room.allowed_points and (
                frozenset(room.allowed_points) not in legal
                or not set(self._here(room)) <= set(room.allowed_points)
            )
        ])

    def _labels(self) -> Finding:
        return _first([
            f"room {room.room_rank} is labelled {room.bracket:g}, its best team has "
            f"{self._here(room)[0]:g}"
            for room in self._rooms if abs(room.bracket - self._here(room)[0]) > 1e-9
        ])

    def _pullup_flags(self) -> Finding:
        wrong = []
        for room in self._rooms:
            top = self._here(room)[0]
            for team in room.teams:
                flagged = "pullup" in room.team_flags.get(team, ())
                if flagged != (_points(self._teams[team]) < top):
                    wrong.append(f"{team} is {'' if flagged else 'not '}flagged as pulled up")
        return _first(wrong)

    def _cost_at_optimum(self) -> Finding:
        seated = [
            (self._teams[team], BP_SIDES.index(side), self._here(room))
            for room in self._rooms for side, team in room.sides
        ]
        options = self._snapshot.options
        cost = sum(cost_of_position(team.sides, position, options) for team, position, _ in seated)
        slices = self._slices()
        start = [_seat(points, position, slices) for _team, position, points in seated]
        legal = self._legal_brackets() is None
        optimum = _optimum(
            [team for team, _position, _points in seated], self._snapshot, slices,
            start if legal else None,
        )
        if abs(cost - optimum) <= max(1e-6, 1e-9 * abs(optimum)):
            return None
        way = "above" if cost > optimum else "below"
        return f"position cost {cost:.6f} is {way} the optimum of {optimum:.6f}"


def _optimum(
    teams: Sequence[DrawTeam],
    snapshot: DrawSnapshot,
    slices: Sequence[Sequence[float]],
    start: Sequence[Seat] | None = None,
) -> float:
    return least_total(
        [(_points(team), team.sides) for team in teams],
        [Counter(part) for part in slices],
        lambda history, position: cost_of_position(history, position, snapshot.options),
        start,
    )


def _seat(room: Sequence[float], position: int, slices: Sequence[Sequence[float]]) -> Seat:
    """Return the bracket and position of a seat; bracket -1 in a room that fits no bracket."""
    fits = (
        number for number, part in enumerate(slices)
        if part[0] == room[0] and set(room) <= set(part)
    )
    return next(fits, -1), position


def _judged(name: str, scope: str, finding: Finding) -> Check:
    return Check(name, scope, "failed" if finding else "passed", finding or "")


def _points(team: DrawTeam) -> float:
    return round(team.points * 1.0, 6)


def _slices(teams: Sequence[DrawTeam], snapshot: DrawSnapshot) -> list[list[float]]:
    """Cut the points, highest first, into brackets: the definition read by counting.

    A bracket begins at a multiple of four and ends at the first multiple of four at or after the
    end of the level on which it begins: whole levels below join only while they leave room, and
    the last one gives what is missing. With ``one_room`` every four is its own, unless the level
    fills several rooms by itself.
    """
    points = sorted(map(_points, teams), reverse=True)
    one_room = snapshot.options.get("bp_pullup_distribution", "anywhere") == "one_room"
    through = {value: number for number, value in enumerate(points, 1)}
    parts: list[list[float]] = []
    start = 0
    while start < len(points):
        last = through[points[start]]
        end = max(last // 4 * 4, start + 4) if one_room else -(-last // 4) * 4
        parts.append(points[start:end])
        start = end
    return parts


def _first(findings: Sequence[str]) -> Finding:
    if not findings:
        return None
    more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
    return findings[0] + more
