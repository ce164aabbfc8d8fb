"""Check who meets whom in a bracket by a pairing method, and one-up-one-down."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabapp.domain.audit.draw_ground import (
    LEVEL,
    Drawn,
    Finding,
    Look,
    Skipped,
    Unclear,
    compatriots,
    first,
    meetings,
)
from tabapp.domain.audit.two_team_levels import down_the_draw, found_brackets
from tabapp.domain.types import DrawnDebate, DrawTeam, Side

_SWAPPED = frozenset({"1u1d_history", "1u1d_institution", "1u1d_accommodate"})
_MILLIONTHS = 1_000_000

Couple = tuple[DrawTeam, DrawTeam]
"""Two teams that meet; the second is the one that one-up-one-down exchanges."""


def pairing_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of pairs that were not made by minimum-cost matching."""
    return [
        ("pairing", lambda: _pairing(drawn)),
        ("one up, one down", lambda: _swaps(drawn)),
    ]


@dataclass(frozen=True, slots=True)
class _Paired:
    """A bracket: its rooms from the top, and who would meet in them without any swap."""

    rooms: Sequence[DrawnDebate]
    due: Sequence[Couple]

    def swapped(self, one: int) -> tuple[Couple, Couple]:
        """Return the couples of two neighbouring rooms after the swap of their second teams."""
        (a, b), (c, d) = self.due[one], self.due[one + 1]
        return (a, d), (c, b)


def _paired(drawn: Drawn) -> Iterator[_Paired]:
    for number, rooms in enumerate(found_brackets(drawn).values()):
        here = [drawn.teams[team] for room in rooms for team in room.teams]
        ordered = (
            sorted(here, key=lambda team: drawn.place[team.id]) if drawn.is_seeded
            else down_the_draw(drawn, here))
        yield _Paired(rooms, _due(drawn, ordered, top=number == 0))


def _due(drawn: Drawn, ordered: Sequence[DrawTeam], *, top: bool) -> list[Couple]:
    method = drawn.option("draw_pairing_method")
    if method == "fold_top_adjacent_rest":
        method = "fold" if top else "adjacent"
    half = len(ordered) // 2
    if drawn.preallocated:
        upper = [team for team in ordered if team.allocated_side is Side.AFF]
        lower = [team for team in ordered if team.allocated_side is not Side.AFF]
    elif method == "adjacent":
        upper, lower = list(ordered[::2]), list(ordered[1::2])
    else:
        upper, lower = list(ordered[:half]), list(ordered[half:])
    if method == "fold":
        lower.reverse()
    return list(zip(upper, lower, strict=True))


def _pairing(drawn: Drawn) -> Finding:
    if drawn.option("draw_pairing_method") == "random":
        return Skipped("the pairs are by lot: any are allowed within a bracket")
    wrong = []
    for bracket in _paired(drawn):
        swapped: set[int] = set()
        if _avoids(drawn):
            swapped = set(_made_swaps(bracket)) if drawn.exact else _noted_swaps(bracket.rooms)
        for at, room in enumerate(bracket.rooms):
            couple = bracket.due[at]
            if at in swapped:
                couple = bracket.swapped(at)[0]
            elif at - 1 in swapped:
                couple = bracket.swapped(at - 1)[1]
            if _kinds(drawn, couple) != _kinds(drawn, [drawn.teams[t] for t in room.teams]):
                due = " and ".join(team.id for team in couple)
                wrong.append(f"room {room.room_rank} is {' and '.join(room.teams)}, due is {due}")
    return first(wrong)


def _avoids(drawn: Drawn) -> bool:
    return drawn.option("draw_avoid_conflicts") == "one_up_one_down"


def _kinds(drawn: Drawn, teams: Sequence[DrawTeam]) -> list[int]:
    """Return places in the order of the draw: teams level there are interchangeable."""
    return sorted(drawn.place[team.id] for team in teams)


def _noted_swaps(rooms: Sequence[DrawnDebate]) -> set[int]:
    """Return the upper rooms of swaps as the flags have them: two by two in every run."""
    noted: set[int] = set()
    for at, room in enumerate(rooms[:-1]):
        both = _SWAPPED & set(room.flags) and _SWAPPED & set(rooms[at + 1].flags)
        if both and at - 1 not in noted:
            noted.add(at)
    return noted


def _made_swaps(bracket: _Paired) -> list[int]:
    """Return the upper rooms of the swaps that were made, found by who stands where."""
    stand = [frozenset(room.teams) for room in bracket.rooms]
    due = [frozenset(team.id for team in couple) for couple in bracket.due]
    made: list[int] = []
    for at in range(len(stand) - 1):
        if stand[at] != due[at] and not (made and made[-1] == at - 1):
            both = [frozenset(team.id for team in couple) for couple in bracket.swapped(at)]
            if stand[at : at + 2] == both:
                made.append(at)
    return made


def _swaps(drawn: Drawn) -> Finding:
    """Check the swaps for the largest total gain, and the notes on them."""
    if not _avoids(drawn):
        return Skipped("conflicts are not avoided by this rule")
    if drawn.option("draw_pairing_method") == "random":
        return Skipped("the pairs before the swaps were by lot")
    if _pairing(drawn) is not None:
        return Unclear("the pairs are wrong already")
    wrong = []
    unknown = False
    for bracket in _paired(drawn):
        stand = [place for room in bracket.rooms for place in room.teams]
        if len({drawn.place[team] for team in stand}) < len(stand):
            unknown |= _is_in_doubt(drawn, bracket)
            continue
        made = _made_swaps(bracket)
        gains = [_gain(drawn, bracket, at) for at in range(len(bracket.due) - 1)]
        found, most = sum(gains[at] or 0 for at in made), largest_gain(gains)
        if any(gains[at] is None for at in made):
            wrong.append(f"bracket {bracket.rooms[0].bracket:g} has a swap that is forbidden")
        elif found != most:
            wrong.append(
                f"swaps in bracket {bracket.rooms[0].bracket:g} gain {found / _MILLIONTHS:g}, "
                f"{most / _MILLIONTHS:g} is possible")
        wrong.extend(_wrong_notes(drawn, bracket, made))
    return first(wrong) or (Unclear(LEVEL) if unknown else None)


def _is_in_doubt(drawn: Drawn, bracket: _Paired) -> bool:
    """Tell whether a bracket that may have been in another order has clashes or swaps at all."""
    teams = [drawn.teams[team] for room in bracket.rooms for team in room.teams]
    here = {team.id for team in teams}
    institutions = [team.institution for team in teams if team.institution is not None]
    return len(bracket.rooms) > 1 and (
        any(_SWAPPED & set(room.flags) for room in bracket.rooms)
        or any(other in here for team in teams for other in team.seen)
        or len(set(institutions)) < len(institutions))


def _clashes(drawn: Drawn, couples: Sequence[Couple]) -> tuple[int, int]:
    """Return in how many of the couples an institution is shared, and how often they have met."""
    inst = hist = 0
    for one, other in couples:
        inst += bool(drawn.option("avoid_same_institution")) and compatriots(one, other)
        hist += meetings(one, other) if drawn.option("avoid_team_history") else 0
    return inst, hist


def _gain(drawn: Drawn, bracket: _Paired, at: int) -> int | None:
    """Return the gain of a swap in millionths, None where it is forbidden."""
    inst, hist = _clashes(drawn, bracket.due[at : at + 2])
    inst_after, hist_after = _clashes(drawn, bracket.swapped(at))
    if not inst + hist or hist_after > hist:
        return None
    gain = _MILLIONTHS * (
        (inst - inst_after) * drawn.number("team_institution_penalty")
        + (hist - hist_after) * drawn.number("team_history_penalty")) - _MILLIONTHS // 1000
    return gain + len(bracket.due) - 1 - at if gain > 0 else gain


def _wrong_notes(drawn: Drawn, bracket: _Paired, made: Sequence[int]) -> Iterator[str]:
    swapped = {at for one in made for at in (one, one + 1)}
    for at, room in enumerate(bracket.rooms):
        due: set[str] = set()
        if at in swapped:
            inst, hist = _clashes(drawn, bracket.due[at : at + 1])
            due = {flag for flag, count in (
                ("1u1d_history", hist), ("1u1d_institution", inst)) if count}
            due = due or {"1u1d_accommodate"}
        noted = _SWAPPED & set(room.flags)
        if noted != due:
            yield (f"room {room.room_rank} is noted as {', '.join(sorted(noted)) or 'not swapped'}"
                   f", due is {', '.join(sorted(due)) or 'nothing'}")


def largest_gain(gains: Sequence[int | None]) -> int:
    """Return the largest total of gains no two of which are neighbours.

    The best is taken and may be regretted: it is replaced by its two neighbours less itself, so
    that taking that later means the exchange.
    """
    value = {at: gain for at, gain in enumerate(gains) if gain is not None and gain > 0}
    left = {at: at - 1 for at in value}
    right = {at: at + 1 for at in value}
    heap = [(-gain, at) for at, gain in value.items()]
    heapq.heapify(heap)
    total = 0
    while heap:
        negative, at = heapq.heappop(heap)
        if value.get(at) != -negative:
            continue
        if negative >= 0:
            break
        total -= negative
        before, after = left[at], right[at]
        has_both = before in value and after in value
        joined = value.get(before, 0) + value.get(after, 0) + negative
        for gone in (before, after):
            value.pop(gone, None)
        left[at], right[at] = left.get(before, before), right.get(after, after)
        if left[at] in value:
            right[left[at]] = at
        if right[at] in value:
            left[right[at]] = at
        if has_both:
            value[at] = joined
            heapq.heappush(heap, (-joined, at))
        else:
            _close(at, value, left, right)
    return total


def _close(at: int, value: dict[int, int], left: dict[int, int], right: dict[int, int]) -> None:
    """Take a place out whose exchange is not possible: nobody lies beyond the end of a run."""
    value.pop(at, None)
    if left[at] in value:
        right[left[at]] = -2
    if right[at] in value:
        left[right[at]] = -2
