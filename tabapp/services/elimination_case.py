"""What the draw of an elimination round depends on, its seal, and whether a draw fits it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.domain.audit.draw_elimination import audit_elimination
from tabapp.domain.draw import PreviousRoom
from tabapp.domain.draw.elimination_rooms import is_power_of_two
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Check, DrawnDebate, id_key
from tabapp.services.elimination_shape import PAIR, ROOM, has_bracket, waiting

SEATS = "seeds in their rooms"
"""The check that holds a draw against its break and the round before."""
HARD = frozenset({"rooms of four", "rooms of two", "no team twice"})
"""What no edit and no later change of the break excuses."""


@dataclass(frozen=True, slots=True)
class EliminationCase:
    """A break and the round before; ``previous`` is None for the first round of a category.

    ``sides`` says how many teams stand in a room: 2 or 4.
    """

    category: str
    size: int
    break_ranks: Mapping[str, int]
    previous: tuple[PreviousRoom, ...] | None
    sides: int = ROOM

    @property
    def teams(self) -> int:
        """How many teams the bracket begins with: rooms of two take all that break."""
        return len(self.break_ranks) if self.sides == PAIR else self.size

    @property
    def away(self) -> int:
        """How many seeds skip the first round."""
        return waiting(self.teams, self.sides)

    @property
    def follows_byes(self) -> bool:
        """Tell whether seeds skipped the round before."""
        return min((room.room_rank for room in self.previous or ()), default=1) > 1

    def seal(self) -> str:
        """Return the SHA-256 of the case in canonical form; equal cases have equal ones."""
        rooms = None if self.previous is None else [
            {"room_rank": room.room_rank, "teams": sorted(room.teams, key=id_key),
             "advancing": sorted(room.advancing, key=id_key)}
            for room in sorted(self.previous)
        ]
        document: dict[str, Any] = {
            "category": self.category, "break_size": self.size,
            "break_ranks": dict(self.break_ranks), "previous": rooms,
        }
        if self.sides != ROOM:
            document["sides"] = self.sides
        text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


def why_unknown(case: EliminationCase) -> str:
    """Return why nobody can say who should meet whom, "" where the case is whole."""
    if (case.previous is None or case.follows_byes) and not (
        has_bracket(case.size, case.sides) and has_bracket(case.teams, case.sides)
        and len(case.break_ranks) == case.teams
    ):
        return f"the break has {len(case.break_ranks)} teams for {case.size} places"
    return "" if case.previous is None else _why_no_round(case, case.previous)


def _why_no_round(case: EliminationCase, rooms: Sequence[PreviousRoom]) -> str:
    count, away = len(rooms), case.away if case.follows_byes else 0
    if sorted(room.room_rank for room in rooms) != list(range(away + 1, away + 1 + count)):
        return "the rooms of the round before have no ranks in a row"
    field = count + away if case.sides == PAIR else count
    if not is_power_of_two(field) or (case.sides == ROOM and away and count != away // 2):
        return "the round before has another number of rooms"
    if any(len(set(room.advancing)) != case.sides // 2 for room in rooms):
        words = "one advancing team" if case.sides == PAIR else "two advancing teams"
        return f"the round before has rooms without {words}"
    return "the round before was the final" if count == 1 and not away else ""


def audit(case: EliminationCase, debates: Sequence[DrawnDebate]) -> tuple[Check, ...]:
    """Hold a drawn round against its case, or against what holds of every round."""
    reason = why_unknown(case)
    if not reason:
        return audit_elimination(
            case.break_ranks, case.size, case.previous, debates, case.sides)
    two = case.sides == PAIR
    words, names = ("two", TWO_SIDES) if two else ("four", BP_SIDES)
    teams = [team for debate in debates for team in debate.teams]
    wrong = [d.room_rank for d in debates if tuple(side for side, _ in d.sides) != names]
    twice = sorted({team for team in teams if teams.count(team) > 1}, key=id_key)
    return (
        _check(f"rooms of {words}", f"room {wrong[0]} has not the {words} sides" if wrong else ""),
        _check("no team twice", f"{twice[0]} stands twice" if twice else ""),
        Check(SEATS, "elimination", "unclear", reason),
    )


def _check(name: str, detail: str) -> Check:
    return Check(name, "elimination", "failed" if detail else "passed", detail)


def fits(case: EliminationCase, debates: Iterable[DrawnDebate]) -> bool:
    """Tell whether the teams of a drawn round stand where its case puts them."""
    found = audit(case, tuple(debates))
    return all(one.status != "failed" for one in found if one.name == SEATS)
