"""Compares two files of one tournament: what is missing here, different, or only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabapp.domain.recovery_pieces import (
    PEOPLE,
    PROGRESS,
    ROUND_PARTS,
    Key,
    Table,
    digest,
    is_addition,
    seats,
)

REGISTRATION = (
    "tournament", "criteria", *PEOPLE, "venue_constraints", "breaks", "achievements",
)
"""The tables that belong to no round, in the order in which they are shown and taken."""


@dataclass(slots=True)
class Difference:
    """How one table of one round differs, by the keys of its pieces."""

    round: int | None
    table: str
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    only_here: list[str] = field(default_factory=list)

    def demote(self, key: str) -> None:
        """Call missing what was called different."""
        self.different.remove(key)
        self.missing.append(key)

    def promote(self, key: str) -> None:
        """Call different what was called missing."""
        self.missing.remove(key)
        self.different.append(key)

    def wanted(self, take_different: bool) -> list[str]:
        """Return the keys of what is to be taken."""
        return [*self.missing, *(self.different if take_different else ())]


def compare(
    mine: Mapping[Key, Table], theirs: Mapping[Key, Table]
) -> dict[Key, Difference]:
    """Compare two tournaments that were taken apart; equal tables are left out by their digest."""
    found: dict[Key, Difference] = {}
    for where in sorted(mine.keys() | theirs.keys(), key=order):
        here, there = mine.get(where, {}), theirs.get(where, {})
        if digest(here) == digest(there):
            continue
        one = Difference(
            *where,
            [key for key in there if key not in here],
            [key for key in there if key in here and here[key].value != there[key].value],
            [key for key in here if key not in there],
        )
        if one.missing or one.different or one.only_here:
            found[where] = one
    for seq in sorted({seq for seq, _table in found if seq is not None}):
        _settle(seq, mine, theirs, found)
    return found


def order(where: Key) -> tuple[int, int]:
    """Sort registration before rounds, and tables as they are shown."""
    seq, table = where
    names = REGISTRATION if table in REGISTRATION else ROUND_PARTS
    return (-1 if seq is None else seq), names.index(table)


def _settle(
    seq: int, mine: Mapping[Key, Table], theirs: Mapping[Key, Table],
    found: Mapping[Key, Difference],
) -> None:
    """Tell a loss from a change where the pieces of a round hang together."""

    def of(table: str) -> Difference:
        return found.get((seq, table)) or Difference(seq, table)

    here, there = (
        {table: side.get((seq, table), {}) for table in ROUND_PARTS} for side in (mine, theirs))
    for table in ("panels", "ballots"):
        for key in list(of(table).missing):
            if _moved(key, here, there):  # they are about other teams
                of(table).promote(key)
    for key in list(of("ballots").different):
        own = here["ballots"].get(key)
        if own is None or _moved(key, here, there):
            continue
        if is_addition(own.value, there["ballots"][key].value):
            of("ballots").demote(key)
    for key in list(of("states").different):
        if key in of("ballots").missing:
            of("states").demote(key)
    if not here["debates"] and there["debates"] and of("draw").different:
        of("draw").demote("")
    loses = any(one.missing for (at, _table), one in found.items() if at == seq)
    if loses and of("progress").different:
        done, was = here["progress"][""].value, there["progress"][""].value
        if all(was[name] or not done[name] for name in PROGRESS):
            of("progress").demote("")


def _moved(debate: str, here: Mapping[str, Table], there: Mapping[str, Table]) -> bool:
    """Tell whether a debate is in both files with other teams or sides."""
    own = here["debates"].get(debate)
    return own is not None and seats(own.value) != seats(there["debates"][debate].value)
