"""Check who stands in which bracket of a two-team power draw, and what is noted of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tabapp.domain.audit.draw_ground import (
    Drawn,
    Finding,
    Look,
    Unclear,
    compatriots,
    first,
    meetings,
    points,
)
from tabapp.domain.audit.two_team_levels import (
    drawn_teams,
    due_places,
    found_brackets,
    held_places,
    levels_of,
)
from tabapp.domain.types import DrawTeam, Side

WRONG_BRACKETS = Unclear("the brackets are wrong already")

_LEAST: Mapping[object, Callable[[DrawTeam], float]] = {
    "least_to_date": lambda team: team.pullups,
    "lowest_ds_wins": lambda team: round(team.draw_strength * 1.0, 6),
    "lowest_ds_speaks": lambda team: round(team.draw_strength_speaks * 1.0, 6),
}
_FLAGS = frozenset({
    "pullup", "bubble_up_history", "bubble_up_institution", "bubble_down_history",
    "bubble_down_institution", "bubble_accommodate", "cannot_bubble",
})


def bracket_rules(drawn: Drawn, pairs: Sequence[Look]) -> list[Look]:
    """Return the checks of the brackets of a power-paired round, and those of its ``pairs``.

    The pairs are judged only within brackets that are right.
    """
    brackets = cache(lambda: _brackets(drawn))
    between = cache(lambda: _between(drawn))
    return [
        ("brackets", brackets),
        ("teams between brackets", lambda: WRONG_BRACKETS if brackets() else between()),
        ("bracket flags", lambda: WRONG_BRACKETS if brackets() or between() else _flags(drawn)),
        *((name, _on_right(brackets, look)) for name, look in pairs),
    ]


def _on_right(brackets: Callable[[], Finding], look: Callable[[], Finding]) -> Callable[
    [], Finding
]:
    return lambda: WRONG_BRACKETS if brackets() else look()


def _brackets(drawn: Drawn) -> Finding:
    held, due = held_places(drawn), due_places(drawn)
    wrong = []
    for label in sorted({*held, *due}, reverse=True):
        if held.get(label) != due.get(label):
            wrong.append(
                f"bracket {label:g} holds {_said(held.get(label))}, due are "
                f"{_said(due.get(label))}")
    return first(wrong)


def _said(places: Mapping[tuple[str, float], int] | None) -> str:
    if not places:
        return "no teams"
    return ", ".join(
        f"{count} {side + ' ' if side else ''}on {level:g}"
        for (side, level), count in sorted(places.items(), key=lambda one: (-one[0][1], one[0][0])))


def _between(drawn: Drawn) -> Finding:
    pulled_up = str(drawn.option("draw_odd_bracket")).startswith("pullup_")
    if drawn.preallocated:
        return first(list(_order_of_sides(drawn)))
    if pulled_up:
        return first(list(_wrong_pullups(drawn)))
    return first([wrong for one in _intermediates(drawn) for wrong in one.wrong()])


def _flags(drawn: Drawn) -> Finding:
    due: defaultdict[str, set[str]] = defaultdict(set)
    rule = str(drawn.option("draw_odd_bracket"))
    if rule.startswith("pullup_"):
        for raised in _raised(drawn):
            due[raised.id].add("pullup")
    elif rule == "intermediate_bubble_up_down":
        for one in _intermediates(drawn):
            for team, flag in one.flags():
                due[team].add(flag)
    wrong = []
    for room in drawn.rooms:
        for team in room.teams:
            stand = set(room.team_flags.get(team, ())) & _FLAGS
            if stand != due[team]:
                wrong.append(
                    f"{team} is noted as {', '.join(sorted(stand)) or 'nothing'}, due is "
                    f"{', '.join(sorted(due[team])) or 'nothing'}")
    return first(wrong)


def _raised(drawn: Drawn) -> list[DrawTeam]:
    return [
        drawn.teams[team] for label, rooms in found_brackets(drawn).items()
        for room in rooms for team in room.teams if points(drawn.teams[team]) < label
    ]


def _wrong_pullups(drawn: Drawn) -> Iterator[str]:
    levels = levels_of(drawn_teams(drawn))
    restriction = _LEAST.get(drawn.option("draw_pullup_restriction"))
    rule = drawn.option("draw_odd_bracket")
    for team in _raised(drawn):
        candidates = levels[points(team)]
        if restriction is not None:
            least = min(map(restriction, candidates))
            if restriction(team) > least:
                yield (f"{team.id} is pulled up with {restriction(team):g}, others have "
                       f"{least:g} ({drawn.option('draw_pullup_restriction')})")
                continue
            candidates = [one for one in candidates if restriction(one) == least]
        yield from _wrong_choice(drawn, team, candidates, rule)


def _wrong_choice(
    drawn: Drawn, team: DrawTeam, candidates: Sequence[DrawTeam], rule: object
) -> Iterator[str]:
    count = len(candidates)
    if rule == "pullup_lowest_ds_rank":
        least = min(round(one.draw_strength_rank * 1.0, 6) for one in candidates)
        if round(team.draw_strength_rank * 1.0, 6) > least:
            yield f"{team.id} is pulled up with draw strength {team.draw_strength_rank:g}, " \
                  f"the least is {least:g}"
        return
    places = sorted(drawn.place[one.id] for one in candidates)
    due = {
        "pullup_top": (0,), "pullup_bottom": (count - 1,),
        "pullup_middle": (count // 2, (count - 1) // 2),
    }.get(str(rule))
    if due is not None and drawn.place[team.id] not in {places[at] for at in due}:
        before = sum(place < drawn.place[team.id] for place in places)
        yield f"{team.id}, number {before + 1} of {count}, is pulled up by {rule}"


def _order_of_sides(drawn: Drawn) -> Iterator[str]:
    """Who leaves a level on one side: those that the rule puts first, for the highest brackets."""
    rule = str(drawn.option("draw_odd_bracket"))
    for side in (Side.AFF, Side.NEG):
        stretches: defaultdict[float, list[list[DrawTeam]]] = defaultdict(list)
        for rooms in found_brackets(drawn).values():
            here = [drawn.teams[team] for room in rooms for team in room.teams]
            own = [team for team in here if team.allocated_side is side]
            for level, teams in levels_of(own).items():
                stretches[level].append(teams)
        for level, parts in stretches.items():
            for upper, lower in pairwise(parts):
                last = max(_turn(drawn, team, rule) for team in upper)
                if last > min(_turn(drawn, team, rule) for team in lower):
                    yield f"the wrong {side} teams of {level:g} go up by {rule}"


def _turn(drawn: Drawn, team: DrawTeam, rule: str) -> tuple[float, float]:
    """Return what is the less, the sooner a team of an allocated side leaves its level."""
    restriction = _LEAST.get(drawn.option("draw_pullup_restriction"))
    value = restriction(team) if restriction and rule.startswith("pullup_") else 0.0
    place = drawn.place[team.id]
    if rule == "pullup_lowest_ds_rank":
        return value, round(team.draw_strength_rank * 1.0, 6)
    return value, {"pullup_bottom": -place, "pullup_random": 0}.get(rule, place)


@dataclass(frozen=True, slots=True)
class _Intermediate:
    """An intermediate bracket, and who would stand in it if nobody had bubbled.

    ``last`` is the bottom team of the level above, ``above`` those who may come before it, if
    their bracket is exactly half a point up; ``top`` and ``below`` likewise.
    """

    drawn: Drawn
    here: tuple[DrawTeam, DrawTeam]
    last: DrawTeam
    top: DrawTeam
    above: Sequence[DrawTeam]
    below: Sequence[DrawTeam]
    upper: Sequence[DrawTeam]
    lower: Sequence[DrawTeam]

    def wrong(self) -> Iterator[str]:
        place, (high, low) = self.drawn.place, self.here
        if any(place[team.id] > place[self.last.id] for team in self.upper):
            yield f"{self.last.id} is not the bottom team of {points(self.last):g}"
            return
        if any(place[team.id] < place[self.top.id] for team in self.lower):
            yield f"{self.top.id} is not the top team of {points(self.top):g}"
            return
        clash = _clash(self.drawn, self.last, self.top)
        if self.drawn.option("draw_odd_bracket") == "intermediate":
            clash = ""
        up, down = high is not self.last, low is not self.top
        must_up = bool(self.above) and not any(
            _clash(self.drawn, one, self.top) for one in self.above)
        must_down = bool(self.below) and not any(
            _clash(self.drawn, one, self.last) for one in self.below)
        if not clash and (up or down):
            yield f"{self.last.id} and {self.top.id} need not bubble"
        elif up and down:
            yield f"{self.last.id} and {self.top.id} both bubble"
        elif up and (high not in self.above or _clash(self.drawn, high, self.top)):
            yield f"{self.last.id} may not bubble up in exchange for {high.id}"
        elif down and (low not in self.below or _clash(self.drawn, low, self.last) or must_up):
            yield f"{self.top.id} may not bubble down in exchange for {low.id}"
        elif clash and not up and not down and (must_up or must_down):
            yield f"{self.last.id} and {self.top.id} clash and could bubble"

    def flags(self) -> Iterator[tuple[str, str]]:
        if self.drawn.option("draw_odd_bracket") == "intermediate":
            return
        clash, (high, low) = _clash(self.drawn, self.last, self.top), self.here
        if high is not self.last:
            yield from ((self.last.id, f"bubble_up_{clash}"), (high.id, "bubble_accommodate"))
        elif low is not self.top:
            yield from ((self.top.id, f"bubble_down_{clash}"), (low.id, "bubble_accommodate"))
        elif clash:
            yield from ((self.last.id, "cannot_bubble"), (self.top.id, "cannot_bubble"))


def _clash(drawn: Drawn, one: DrawTeam, other: DrawTeam) -> str:
    if drawn.option("avoid_same_institution") and compatriots(one, other):
        return "institution"
    return "history" if drawn.option("avoid_team_history") and meetings(one, other) else ""


def _intermediates(drawn: Drawn) -> Iterator[_Intermediate]:
    brackets = found_brackets(drawn)
    levels = levels_of(drawn_teams(drawn))
    noted = {
        team: flags for room in drawn.rooms for team, flags in room.team_flags.items()
    }
    for upper_value, lower_value in pairwise(levels):
        rooms = brackets.get(round(lower_value + 0.5, 6))
        if rooms is None:
            continue
        high, low = sorted(
            (drawn.teams[team] for team in rooms[0].teams), key=points, reverse=True)
        upper, lower = levels[upper_value], levels[lower_value]
        last = _original(drawn, upper, high, "bubble_up", upper[-1], noted)
        top = _original(drawn, lower, low, "bubble_down", lower[0], noted)
        near = upper_value - lower_value == 1 and upper_value in brackets
        above = _next(drawn, upper, last, max) if near else []
        below = _next(drawn, lower, top, min) if lower_value in brackets else []
        yield _Intermediate(drawn, (high, low), last, top, above, below, upper, lower)


def _original(
    drawn: Drawn, level: Sequence[DrawTeam], here: DrawTeam, flag: str, by_order: DrawTeam,
    noted: Mapping[str, Sequence[str]],
) -> DrawTeam:
    """Return who stood there first: by the order of the draw, or by what is noted of level ones."""
    if drawn.exact:
        return by_order
    bubbled = [
        team for team in level if any(one.startswith(flag) for one in noted.get(team.id, ()))]
    return bubbled[0] if bubbled else here


def _next(
    drawn: Drawn, level: Sequence[DrawTeam], gone: DrawTeam,
    choose: Callable[[list[int]], int],
) -> list[DrawTeam]:
    """Return the teams that may be the next to ``gone`` in the order of their level."""
    rest = [team for team in level if team is not gone]
    if not rest:
        return []
    place = choose([drawn.place[team.id] for team in rest])
    return [team for team in rest if drawn.place[team.id] == place]
