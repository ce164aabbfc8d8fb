"""The brackets that a two-team power draw must have, found by counting down the levels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tabapp.domain.audit.draw_ground import Drawn, points
from tabapp.domain.types import DrawnDebate, DrawTeam, Side

Places = Mapping[float, Counter[tuple[str, float]]]
"""For each bracket, by its label: how many of its teams come from a side (or any) and a level."""


def found_brackets(drawn: Drawn) -> dict[float, list[DrawnDebate]]:
    """Return the rooms by the label of their bracket, highest label and top room first."""
    found: defaultdict[float, list[DrawnDebate]] = defaultdict(list)
    for room in drawn.rooms:
        found[round(room.bracket, 6)].append(room)
    return dict(sorted(found.items(), reverse=True))


def down_the_draw(drawn: Drawn, teams: Sequence[DrawTeam]) -> list[DrawTeam]:
    """Return teams by points, then by their place in the order of the draw."""
    return sorted(teams, key=lambda team: (-points(team), drawn.place[team.id], team.rank))


def drawn_teams(drawn: Drawn) -> list[DrawTeam]:
    """Return the teams that have a room, down the draw."""
    return down_the_draw(drawn, [drawn.teams[t] for room in drawn.rooms for t in room.teams])


def levels_of(teams: Sequence[DrawTeam]) -> dict[float, list[DrawTeam]]:
    """Return teams, given down the draw, by their points."""
    levels: defaultdict[float, list[DrawTeam]] = defaultdict(list)
    for team in teams:
        levels[points(team)].append(team)
    return dict(levels)


def held_places(drawn: Drawn) -> Places:
    """Count what each bracket of the draw holds."""
    return {
        label: Counter(
            (_side(drawn, drawn.teams[team]), points(drawn.teams[team]))
            for room in rooms for team in room.teams)
        for label, rooms in found_brackets(drawn).items()
    }


def due_places(drawn: Drawn) -> Places:
    """Count what each bracket must hold by the odd-bracket rule (rules.md, section 6)."""
    rule = str(drawn.option("draw_odd_bracket"))
    teams = drawn_teams(drawn)
    parts: Iterator[tuple[float, list[tuple[str, float]]]]
    if drawn.preallocated:
        sides = [
            [points(team) for team in teams if team.allocated_side is side]
            for side in (Side.AFF, Side.NEG)]
        parts = _with_sides(sides[0], sides[1], rule)
    elif rule.startswith("pullup_"):
        parts = _pulled_up([points(team) for team in teams])
    else:
        parts = _intermediate([points(team) for team in teams])
    due: defaultdict[float, Counter[tuple[str, float]]] = defaultdict(Counter)
    for label, places in parts:
        if places:
            due[round(label, 6)].update(places)
    return dict(due)


def _side(drawn: Drawn, team: DrawTeam) -> str:
    return str(team.allocated_side) if drawn.preallocated else ""


def _pulled_up(down: Sequence[float]) -> Iterator[tuple[float, list[tuple[str, float]]]]:
    """A level ends on an even place: where it does not by itself, it takes one team more."""
    start = 0
    for value, through in {value: end for end, value in enumerate(down, 1)}.items():
        end = through + through % 2
        yield value, [("", level) for level in down[start:end]]
        start = end


def _intermediate(down: Sequence[float]) -> Iterator[tuple[float, list[tuple[str, float]]]]:
    """A level that ends on an odd place leaves its last team to the first one of the next."""
    start = 0
    for value, through in {value: end for end, value in enumerate(down, 1)}.items():
        end = through - through % 2
        yield value, [("", level) for level in down[start:end]]
        start = end
        if through % 2 and through < len(down):
            yield down[through] + 0.5, [("", value), ("", down[through])]
            start += 2


def _with_sides(
    affs: list[float], negs: list[float], rule: str
) -> Iterator[tuple[float, list[tuple[str, float]]]]:
    """Both sides are used from the top down; a bracket is a stretch of each, equally long."""
    def stretch(start: int, end: int) -> list[tuple[str, float]]:
        return [*((Side.AFF.value, level) for level in affs[start:end]),
                *((Side.NEG.value, level) for level in negs[start:end])]

    start = 0
    while start < min(len(affs), len(negs)):
        level = max(affs[start], negs[start])
        shorter, longer = sorted(
            start + sum(value == level for value in side[start:]) for side in (affs, negs))
        if rule.startswith("pullup_"):
            yield level, stretch(start, longer)
        else:
            yield level, stretch(start, shorter)
            lower = affs if affs[shorter:longer] < negs[shorter:longer] else negs
            if rule == "intermediate1":
                yield level - 0.5, stretch(shorter, longer)
            else:
                givers = {value: at for at, value in enumerate(lower[shorter:longer], shorter + 1)}
                begin = shorter
                for number, end in enumerate(givers.values(), 1):
                    yield level - number / (len(givers) + 1), stretch(begin, end)
                    begin = end
        start = longer
