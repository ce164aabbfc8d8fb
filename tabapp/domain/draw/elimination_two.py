"""Elimination rounds of two teams a room: byes of the top seeds, then the fold to the final."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.core.errors import UserError
from tabapp.domain.draw.elimination_rooms import (
    PreviousRoom,
    Seating,
    check_ranks,
    check_results,
    check_waiting,
    fold,
    is_power_of_two,
    no_such_round,
)

SIDES = 2


def bypassing(teams: int) -> int:
    """Return how many top seeds skip the first round of a bracket of ``teams``.

    With P the smallest power of two that holds them all: P/2 - (teams - P/2).

    >>> [bypassing(teams) for teams in (2, 3, 12, 16, 17)]
    [0, 1, 4, 0, 15]
    """
    return (1 << (teams - 1).bit_length()) - teams


def seat_two(
    seeds: Sequence[str], break_size: int, previous: Sequence[PreviousRoom] | None
) -> Seating:
    """Seat a round of two teams a room; ``seeds`` are the breaking teams, the best first.

    The bracket is that of the teams that break, which may be more than ``break_size`` where
    teams level at the line were all let in.
    """
    if break_size < SIDES:
        raise UserError("draw_break_size_two", size=break_size)
    if len(seeds) < SIDES:
        raise UserError("draw_break_too_few", count=len(seeds))
    if previous is None:
        away = bypassing(len(seeds))
        return Seating(fold([[team] for team in seeds[away:]]), away + 1)
    rooms = sorted(previous)
    check_results(rooms, sides=SIDES)
    away = check_ranks(rooms, len(seeds)) - 1
    if len(rooms) == 1 and not away:
        raise UserError("draw_final_done")
    waiting: list[str] = []
    if away:
        played = {team for room in rooms for team in room.teams}
        waiting = [team for team in seeds if team not in played]
        check_waiting(waiting, away)
    field = [[team] for team in waiting] + [list(room.advancing) for room in rooms]
    if not is_power_of_two(len(field)):
        raise UserError(
            "draw_field", count=len(field), rooms=len(rooms), waiting=len(waiting))
    most = max(len(seeds), break_size)  # a team may have left the break since
    if away + SIDES * len(rooms) > most:
        raise no_such_round(rooms, most)
    return Seating(fold(field), 1)
