"""BP elimination rounds: the four-way fold, the partial round, and pairs that meet pairs."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.core.errors import UserError
from tabapp.domain.draw.brackets import ROOM
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


def seat_four(
    seeds: Sequence[str], break_size: int, previous: Sequence[PreviousRoom] | None
) -> Seating:
    """Seat a round of four teams a room; ``seeds`` are the breaking teams, the best first."""
    if not _is_times(break_size, 4) and not _is_times(break_size, 6):
        raise UserError("draw_break_size", size=break_size)
    if previous is None:
        _check_count(seeds, break_size)
        away = 0 if _is_times(break_size, 4) else break_size // 3
        return Seating(_four_way_fold(seeds[away:]), away + 1)
    rooms = sorted(previous)
    check_results(rooms, sides=ROOM)
    lowest = check_ranks(rooms, break_size)
    _check_round(rooms, lowest, break_size)
    pairs = [list(room.advancing) for room in rooms]
    if lowest == 1:
        return Seating(fold(pairs), 1)
    _check_count(seeds, break_size)
    played = {team for room in rooms for team in room.teams}
    waiting = [team for team in seeds if team not in played]
    check_waiting(waiting, lowest - 1)
    halves = fold([[team] for team in waiting])
    return Seating(
        [first + second for first, second in zip(halves, pairs, strict=True)], 1)


def _is_times(size: int, times: int) -> bool:
    count, rest = divmod(size, times)
    return rest == 0 and is_power_of_two(count)


def _four_way_fold(teams: Sequence[str]) -> list[list[str]]:
    quarter = len(teams) // ROOM
    first, second, third, fourth = (
        teams[start * quarter : (start + 1) * quarter] for start in range(ROOM)
    )
    return [list(room) for room in zip(first, second[::-1], third, fourth[::-1], strict=True)]


def _check_count(seeds: Sequence[str], break_size: int) -> None:
    if len(seeds) != break_size:
        raise UserError("draw_break_teams", count=len(seeds), size=break_size)


def _check_round(rooms: Sequence[PreviousRoom], lowest: int, break_size: int) -> None:
    """Refuse rooms that are no whole round: a partial one, a first full one or a later one."""
    partial = lowest > 1 and break_size == 6 * len(rooms) and lowest == 2 * len(rooms) + 1
    full = lowest == 1 and break_size // 4 >= len(rooms) and is_power_of_two(len(rooms))
    if not (partial or full):
        raise no_such_round(rooms, break_size)
    if full and len(rooms) == 1:
        raise UserError("draw_final_done")
