"""Check power-paired BP rounds against the definition of the rules: brackets and positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from tabapp.domain.audit.bp_secondary import no_better_swap
from tabapp.domain.audit.draw_costs import cost_of_position
from tabapp.domain.audit.draw_ground import Drawn, Finding, Look, Unclear, first, points
from tabapp.domain.audit.draw_optimum import Seat, least_total
from tabapp.domain.types import BP_SIDES, DrawnDebate, DrawSnapshot, DrawTeam


def optimal_position_cost(snapshot: DrawSnapshot, byes: Collection[str] = ()) -> float:
    """Return the least total position cost of any legal power-paired draw of these teams.

    ``byes`` names teams that are not drawn; the others must fill rooms of four.
    """
    teams = [team for team in snapshot.teams if team.id not in byes]
    return _optimum(teams, snapshot, _slices(teams, snapshot))


def bp_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of a power-paired BP round."""
    rules: list[Look] = [
        ("legal brackets", lambda: _legal_brackets(drawn)),
        ("bracket labels", lambda: _labels(drawn)),
        ("pull-up flags", lambda: _pullup_flags(drawn)),
        ("position cost at the optimum", lambda: _cost_at_optimum(drawn)),
    ]
    if drawn.option("bp_secondary_preferences") is True:
        rules.append(("no better swap", lambda: _no_better_swap(drawn)))
    return rules


def _here(drawn: Drawn, room: DrawnDebate) -> list[float]:
    return sorted((points(drawn.teams[team]) for team in room.teams), reverse=True)


def _legal_brackets(drawn: Drawn) -> Finding:
    slices = _slices_of(drawn)
    due = [tuple(part) for part in slices]
    held: dict[int, list[float]] = {}
    for room in drawn.rooms:
        here = _here(drawn, room)
        held.setdefault(_seat(here, 0, slices)[0], []).extend(here)
    stand = [tuple(sorted(here, reverse=True)) for here in held.values()]
    odd = Counter(stand) - Counter(due)
    if odd:
        levels = ", ".join(f"{n} on {p:g}" for p, n in Counter(next(iter(odd))).items())
        return f"a bracket holds {levels}, which the rule does not allow"
    return _allowed_as_stated(drawn, slices)


def _allowed_as_stated(drawn: Drawn, slices: Sequence[Sequence[float]]) -> Finding:
    legal = {frozenset(part) for part in slices}
    return first([
        f"room {room.room_rank} says that {[*room.allowed_points]} are allowed"
        for room in drawn.rooms
        if room.allowed_points and (
            frozenset(room.allowed_points) not in legal
            or not set(_here(drawn, room)) <= set(room.allowed_points)
        )
    ])


def _labels(drawn: Drawn) -> Finding:
    return first([
        f"room {room.room_rank} is labelled {room.bracket:g}, its best team has "
        f"{_here(drawn, room)[0]:g}"
        for room in drawn.rooms if abs(room.bracket - _here(drawn, room)[0]) > 1e-9
    ])


def _pullup_flags(drawn: Drawn) -> Finding:
    wrong = []
    for room in drawn.rooms:
        top = _here(drawn, room)[0]
        for team in room.teams:
            flagged = "pullup" in room.team_flags.get(team, ())
            if flagged != (points(drawn.teams[team]) < top):
                wrong.append(f"{team} is {'' if flagged else 'not '}flagged as pulled up")
    return first(wrong)


def _cost_at_optimum(drawn: Drawn) -> Finding:
    seated = [
        (drawn.teams[team], BP_SIDES.index(side), _here(drawn, room))
        for room in drawn.rooms for side, team in room.sides
    ]
    cost = sum(
        cost_of_position(team.sides, position, drawn.options) for team, position, _ in seated)
    slices = _slices_of(drawn)
    start = [_seat(here, position, slices) for _team, position, here in seated]
    legal = _legal_brackets(drawn) is None
    optimum = _optimum(
        [team for team, _position, _points in seated], drawn.snapshot, slices,
        start if legal else None,
    )
    if abs(cost - optimum) <= max(1e-6, 1e-9 * abs(optimum)):
        return None
    way = "above" if cost > optimum else "below"
    return f"position cost {cost:.6f} is {way} the optimum of {optimum:.6f}"


def _no_better_swap(drawn: Drawn) -> Finding:
    if _legal_brackets(drawn) is not None:
        return Unclear("the brackets are wrong already")
    slices = _slices_of(drawn)
    return no_better_swap(
        drawn, [frozenset(slices[_seat(_here(drawn, room), 0, slices)[0]]) for room in drawn.rooms])


def _optimum(
    teams: Sequence[DrawTeam],
    snapshot: DrawSnapshot,
    slices: Sequence[Sequence[float]],
    start: Sequence[Seat] | None = None,
) -> float:
    return least_total(
        [(points(team), team.sides) for team in teams],
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


def _slices_of(drawn: Drawn) -> list[list[float]]:
    return _slices(
        [drawn.teams[team] for room in drawn.rooms for team in room.teams], drawn.snapshot)


def _slices(teams: Sequence[DrawTeam], snapshot: DrawSnapshot) -> list[list[float]]:
    """Cut the points, highest first, into brackets: the definition read by counting.

    A bracket begins at a multiple of four and ends at the first multiple of four at or after the
    end of the level on which it begins: whole levels below join only while they leave room, and
    the last one gives what is missing. With ``one_room`` every four is its own, unless the level
    fills several rooms by itself.
    """
    down = sorted(map(points, teams), reverse=True)
    one_room = snapshot.options.get("bp_pullup_distribution", "anywhere") == "one_room"
    through = {value: number for number, value in enumerate(down, 1)}
    parts: list[list[float]] = []
    start = 0
    while start < len(down):
        last = through[down[start]]
        end = max(last // 4 * 4, start + 4) if one_room else -(-last // 4) * 4
        parts.append(down[start:end])
        start = end
    return parts
