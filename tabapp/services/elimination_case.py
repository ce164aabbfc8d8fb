"""What the draw of an elimination round depends on, its seal, and whether a draw fits it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.audit.draw_elimination import audit_elimination
from tabapp.domain.draw import PreviousRoom
from tabapp.domain.setup import fits_four
from tabapp.domain.types import BP_SIDES, Check, DrawnDebate, id_key

ROOM = len(BP_SIDES)
SEATS = "seeds in their rooms"
"""The check that holds a draw against its break and the round before."""
HARD = frozenset({"rooms of four", "no team twice"})
"""What no edit and no later change of the break excuses."""


@dataclass(frozen=True, slots=True)
class EliminationCase:
    """A break and the round before; ``previous`` is None for the first round of a category."""

    category: str
    size: int
    break_ranks: Mapping[str, int]
    previous: tuple[PreviousRoom, ...] | None

    def seal(self) -> str:
        """Return the SHA-256 of the case in canonical form; equal cases have equal ones."""
        rooms = None if self.previous is None else [
            {"room_rank": room.room_rank, "teams": sorted(room.teams, key=id_key),
             "advancing": sorted(room.advancing, key=id_key)}
            for room in sorted(self.previous)
        ]
        document = {
            "category": self.category, "break_size": self.size,
            "break_ranks": dict(self.break_ranks), "previous": rooms,
        }
        text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


def is_power_of_two(number: int) -> bool:
    """Tell whether ``number`` is 1, 2, 4, 8 …"""
    return number > 0 and number & (number - 1) == 0


def waiting(size: int) -> int:
    """Return how many seeds skip the first round of a break that has a bracket."""
    return 0 if is_power_of_two(size) else size // 3


def why_unknown(case: EliminationCase) -> str:
    """Return why nobody can say who should meet whom, "" where the case is whole."""
    rooms = case.previous or ()
    partial = min((room.room_rank for room in rooms), default=1) > 1
    if (case.previous is None or partial) and not (
        fits_four(case.size) and len(case.break_ranks) == case.size
    ):
        return f"the break has {len(case.break_ranks)} teams for {case.size} places"
    return "" if case.previous is None else _why_no_round(case.size, rooms, partial=partial)


def _why_no_round(size: int, rooms: Sequence[PreviousRoom], *, partial: bool) -> str:
    count, away = len(rooms), waiting(size)
    start = away + 1 if partial else 1
    if sorted(room.room_rank for room in rooms) != list(range(start, start + count)):
        return "the rooms of the round before have no ranks in a row"
    if not is_power_of_two(count) or (partial and count != away // 2):
        return "the round before has another number of rooms"
    if any(len(set(room.advancing)) != 2 for room in rooms):
        return "the round before has rooms without two advancing teams"
    return "the round before was the final" if count == 1 and not partial else ""


def audit(case: EliminationCase, debates: Sequence[DrawnDebate]) -> tuple[Check, ...]:
    """Hold a drawn round against its case, or against what holds of every round."""
    reason = why_unknown(case)
    if not reason:
        return audit_elimination(case.break_ranks, case.size, case.previous, debates)
    teams = [team for debate in debates for team in debate.teams]
    wrong = [d.room_rank for d in debates if tuple(side for side, _ in d.sides) != BP_SIDES]
    twice = sorted({team for team in teams if teams.count(team) > 1}, key=id_key)
    return (
        _check("rooms of four", f"room {wrong[0]} has not the four sides" if wrong else ""),
        _check("no team twice", f"{twice[0]} stands twice" if twice else ""),
        Check(SEATS, "elimination", "unclear", reason),
    )


def _check(name: str, detail: str) -> Check:
    return Check(name, "elimination", "failed" if detail else "passed", detail)


def fits(case: EliminationCase, debates: Iterable[DrawnDebate]) -> bool:
    """Tell whether the teams of a drawn round stand where its case puts them."""
    found = audit(case, tuple(debates))
    return all(one.status != "failed" for one in found if one.name == SEATS)
