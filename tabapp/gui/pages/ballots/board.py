"""What the desk reads at once: the rooms of a round, and how ballots come to count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tabapp.services.ballot_desk import Desk, read_desk
from tabapp.services.entry_rules import Rules, rules_of
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Board:
    """``one_person`` where a setting says so, and not only that nobody else is registered."""

    desk: Desk
    rules: Rules
    one_person: bool


def read_board(
    unit: ReadUnit, tournament: int, round_id: int | None, now: datetime
) -> Board:
    """Read the rooms of a round; without one, of the round that is being played."""
    owner = get_tournament(unit, tournament)
    return Board(
        read_desk(unit, tournament, round_id, now), rules_of(unit, owner),
        owner.settings.ballot_one_person)
