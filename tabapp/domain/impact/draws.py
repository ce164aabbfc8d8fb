"""How a round would have been drawn from other results: brackets, and rooms by the same lots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.draw import fingerprint, generate
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.types import DrawnDebate, DrawSnapshot, DrawType, Tick, no_tick


@dataclass(frozen=True, slots=True)
class BracketMove:
    """A team that would have come into a draw with other points."""

    team: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class DrawImpact:
    """What differs in a draw. ``rooms`` are the numbers of the rooms, from the top, in which other
    teams or sides would stand; None where that cannot be told, since no lots are known, or no draw
    comes of it.
    """

    brackets: tuple[BracketMove, ...]
    rooms: tuple[int, ...] | None
    same_input: bool


def compare_draws(
    before: DrawSnapshot, after: DrawSnapshot, *, seed: int | None, tick: Tick = no_tick
) -> DrawImpact:
    """Compare two inputs of one draw, and what the engine makes of each with the same seed.

    Both are drawn, so that a room that was edited by hand later is not taken for a difference.
    """
    if fingerprint(before) == fingerprint(after):
        return DrawImpact((), (), same_input=True)
    old = {one.id: points_of(one.points) for one in before.teams}
    brackets = tuple(
        BracketMove(one.id, old[one.id], points_of(one.points)) for one in after.teams
        if one.id in old and old[one.id] != points_of(one.points))
    if before.draw_type is not DrawType.POWER:
        brackets = ()
    rooms = None
    if seed is not None and before.draw_type is not DrawType.MANUAL:
        try:
            first = _rooms(generate(before, seed=seed, tick=tick).debates)
            second = _rooms(generate(after, seed=seed, tick=tick).debates)
        except UserError:  # a draw that has no solution
            return DrawImpact(brackets, None, same_input=False)
        rooms = tuple(
            rank for rank in sorted({*first, *second}) if first.get(rank) != second.get(rank))
    return DrawImpact(brackets, rooms, same_input=False)


def _rooms(debates: Iterable[DrawnDebate]) -> dict[int, tuple[object, ...]]:
    return {
        one.room_rank: one.sides if one.sides_confirmed else tuple(sorted(one.teams))
        for one in debates}
