"""BP elimination rounds: the first break round and every one after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tabapp.core.errors import UserError
from tabapp.domain.draw.brackets import ROOM
from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import BP_SIDES, DrawnDebate, id_key


class PreviousRoom(NamedTuple):
    """A room of the round before: who stood in it and who advances."""

    room_rank: int
    teams: tuple[str, ...]
    advancing: tuple[str, ...]


def draw_elimination(
    break_ranks: Mapping[str, int],
    *,
    break_size: int,
    previous: Sequence[PreviousRoom] | None,
    seed: int,
) -> tuple[DrawnDebate, ...]:
    """Draw a BP elimination round (rules.md, section 8); ``previous`` is None for the first.

    ``break_ranks`` holds the breaking teams; teams that share a rank are ordered by lot. Sides
    are drawn by lot and only hold the places until the tab room confirms them. The bracket of
    every room is 0. Raises ``UserError`` for a break or a previous round without a bracket.
    """
    if not _is_power_of_two(break_size, times=4) and not _is_power_of_two(break_size, times=6):
        raise UserError("draw_break_size", size=break_size)
    lots = Lots(seed)
    seeds = _seeds(break_ranks, lots)
    if previous is None:
        _check_count(seeds, break_size)
        bypassing = 0 if _is_power_of_two(break_size, times=4) else break_size // 3
        return _debates(_four_way_fold(seeds[bypassing:]), bypassing + 1, lots)
    rooms = sorted(previous)
    for room in rooms:
        _check_advancing(room)
    lowest = rooms[0].room_rank if rooms else 1
    _check_rooms(rooms, lowest, break_size)
    pairs = [list(room.advancing) for room in rooms]
    if lowest == 1:
        return _debates(_fold(pairs), 1, lots)
    _check_count(seeds, break_size)
    played = {team for room in rooms for team in room.teams}
    waiting = _fold([[team] for team in seeds if team not in played])
    if len(waiting) != len(pairs):
        raise _no_such_round(rooms, lowest, break_size)
    joined = [first + second for first, second in zip(waiting, pairs, strict=True)]
    return _debates(joined, 1, lots)


def _is_power_of_two(size: int, *, times: int) -> bool:
    count, rest = divmod(size, times)
    return rest == 0 and count > 0 and count & (count - 1) == 0


def _seeds(break_ranks: Mapping[str, int], lots: Lots) -> list[str]:
    canonical = sorted(break_ranks, key=id_key)
    drawn = [canonical[index] for index in lots.permutation(len(canonical))]
    return sorted(drawn, key=lambda team: break_ranks[team])


def _four_way_fold(teams: Sequence[str]) -> list[list[str]]:
    quarter = len(teams) // ROOM
    first, second, third, fourth = (
        teams[start * quarter : (start + 1) * quarter] for start in range(ROOM)
    )
    return [list(room) for room in zip(first, second[::-1], third, fourth[::-1], strict=True)]


def _fold(parts: Sequence[list[str]]) -> list[list[str]]:
    half = len(parts) // 2
    return [
        high + low for high, low in zip(parts[:half], reversed(parts[half:]), strict=True)
    ]


def _debates(rooms: Sequence[list[str]], first_rank: int, lots: Lots) -> tuple[DrawnDebate, ...]:
    return tuple(
        DrawnDebate(0.0, rank, tuple(
            (side, teams[index])
            for side, index in zip(BP_SIDES, lots.permutation(ROOM), strict=True)
        ))
        for rank, teams in enumerate(rooms, start=first_rank)
    )


def _check_count(seeds: Sequence[str], break_size: int) -> None:
    if len(seeds) != break_size:
        raise UserError("draw_break_teams", count=len(seeds), size=break_size)


def _check_advancing(room: PreviousRoom) -> None:
    advancing = set(room.advancing)
    if len(room.advancing) != 2 or len(advancing) != 2 or not advancing <= set(room.teams):
        named = ", ".join(room.advancing) or "none"
        raise UserError("draw_advancing", room=room.room_rank, advancing=named)


def _check_rooms(rooms: Sequence[PreviousRoom], lowest: int, break_size: int) -> None:
    """Refuse rooms that are no whole round: a partial one, a first full one or a later one."""
    ranks = [room.room_rank for room in rooms]
    if not ranks or ranks != list(range(lowest, lowest + len(ranks))):
        raise _no_such_round(rooms, lowest, break_size)
    teams = [team for room in rooms for team in room.teams]
    whole = len(set(teams)) == len(teams) == ROOM * len(rooms)
    partial = lowest > 1 and break_size == 6 * len(rooms) and lowest == 2 * len(rooms) + 1
    full = lowest == 1 and break_size // 4 >= len(rooms) and _is_power_of_two(len(rooms), times=1)
    if not whole or not (partial or full):
        raise _no_such_round(rooms, lowest, break_size)
    if full and len(rooms) == 1:
        raise UserError("draw_final_done")


def _no_such_round(rooms: Sequence[PreviousRoom], lowest: int, size: int) -> UserError:
    return UserError("draw_previous_rooms", count=len(rooms), lowest=lowest, size=size)
