"""Elimination rounds: the first break round and every one after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabapp.domain.draw.elimination_four import seat_four
from tabapp.domain.draw.elimination_rooms import PreviousRoom, Seating
from tabapp.domain.draw.elimination_two import SIDES, seat_two
from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import BP_SIDES, TWO_SIDES, DrawnDebate, id_key

__all__ = ["PreviousRoom", "draw_elimination"]


def draw_elimination(
    break_ranks: Mapping[str, int],
    *,
    break_size: int,
    previous: Sequence[PreviousRoom] | None,
    seed: int,
    sides: int = len(BP_SIDES),
) -> tuple[DrawnDebate, ...]:
    """Draw an elimination round (rules.md, section 8); ``previous`` is None for the first.

    ``break_ranks`` holds the breaking teams; teams that share a rank are ordered by lot.
    ``sides`` is 2 or 4, the teams of a room. Sides are drawn by lot and only hold the places
    until the tab room confirms them. The bracket of every room is 0. Teams that skip a round
    stand in no debate. Raises ``UserError`` for a break or a previous round without a bracket.
    """
    lots = Lots(seed)
    seeds = _seeds(break_ranks, lots)
    seat = seat_two if sides == SIDES else seat_four
    return _debates(seat(seeds, break_size, previous), lots)


def _seeds(break_ranks: Mapping[str, int], lots: Lots) -> list[str]:
    canonical = sorted(break_ranks, key=id_key)
    drawn = [canonical[index] for index in lots.permutation(len(canonical))]
    return sorted(drawn, key=lambda team: break_ranks[team])


def _debates(seating: Seating, lots: Lots) -> tuple[DrawnDebate, ...]:
    return tuple(
        DrawnDebate(0.0, rank, tuple(
            (side, teams[index])
            for side, index in zip(
                TWO_SIDES if len(teams) == SIDES else BP_SIDES, lots.permutation(len(teams)),
                strict=True)
        ), sides_confirmed=False)
        for rank, teams in enumerate(seating.rooms, start=seating.first_rank)
    )
