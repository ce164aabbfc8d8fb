"""What elimination brackets of two and of four teams a room share: rooms, folds and refusals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tabapp.core.errors import UserError


class PreviousRoom(NamedTuple):
    """A room of the round before: who stood in it and who advances."""

    room_rank: int
    teams: tuple[str, ...]
    advancing: tuple[str, ...]


class Seating(NamedTuple):
    """Who meets in each room of a round, and the rank of its first room."""

    rooms: list[list[str]]
    first_rank: int


def is_power_of_two(number: int) -> bool:
    """Tell whether ``number`` is 1, 2, 4, 8 …"""
    return number > 0 and number & (number - 1) == 0


def fold(parts: Sequence[list[str]]) -> list[list[str]]:
    """Join the first part with the last, the second with the last but one, and so on."""
    half = len(parts) // 2
    return [
        high + low for high, low in zip(parts[:half], reversed(parts[half:]), strict=True)
    ]


def check_results(rooms: Sequence[PreviousRoom], *, sides: int) -> None:
    """Refuse a round before that is not decided, or whose results contradict each other."""
    seen: dict[str, int] = {}
    for room in rooms:
        if len(room.teams) != sides:
            raise UserError(
                "draw_room_teams", room=room.room_rank, teams=_named(room.teams), sides=sides)
        for team in room.teams:
            if team in seen:
                raise UserError(
                    "draw_room_twice", team=team, room=seen[team], other=room.room_rank)
            seen[team] = room.room_rank
    missing = [room for room in rooms if not room.advancing]
    if missing:
        raise UserError("draw_result_missing", rooms=", ".join(
            f"{room.room_rank} ({_named(room.teams)})" for room in missing))
    wanted = sides // 2
    for room in rooms:
        advancing = set(room.advancing)
        if (
            len(room.advancing) != wanted or len(advancing) != wanted
            or not advancing <= set(room.teams)
        ):
            raise UserError(
                "draw_advancing", room=room.room_rank, teams=_named(room.teams), wanted=wanted,
                advancing=_named(room.advancing))


def check_ranks(rooms: Sequence[PreviousRoom], size: int) -> int:
    """Return the lowest rank of the rooms; refuse ranks that are not in a row."""
    ranks = [room.room_rank for room in rooms]
    lowest = ranks[0] if ranks else 1
    if not ranks or ranks != list(range(lowest, lowest + len(ranks))):
        raise no_such_round(rooms, size)
    return lowest


def check_waiting(waiting: Sequence[str], needed: int) -> None:
    """Refuse another number of teams that skipped the round before than it had places for."""
    if len(waiting) != needed:
        raise UserError(
            "draw_waiting", count=len(waiting), teams=_named(waiting), needed=needed)


def no_such_round(rooms: Sequence[PreviousRoom], size: int) -> UserError:
    """Return the error of rooms that are no whole round of a break of ``size``."""
    return UserError(
        "draw_previous_rooms", count=len(rooms), size=size,
        ranks=_named([str(room.room_rank) for room in rooms]))


def _named(parts: Sequence[str]) -> str:
    return ", ".join(parts) or "none"
