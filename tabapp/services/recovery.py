"""Recovering from another file of the same tournament: what it has that is missing here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tabapp.core.clock import Clock
from tabapp.core.errors import UserError
from tabapp.core.files import at_home
from tabapp.core.revisions import Revision
from tabapp.domain.archive import Archive
from tabapp.domain.recovery import Plan, plan
from tabapp.domain.recovery_compare import Difference
from tabapp.domain.recovery_pieces import PEOPLE
from tabapp.exchange import canonical
from tabapp.services.restoring import bring_plainly
from tabapp.store.archive_change import change_archive
from tabapp.store.archive_out import read_archive
from tabapp.store.database import Database
from tabapp.store.topics import OF_TABLE
from tabapp.store.tournaments import (
    TournamentRow,
    find_tournament,
    get_tournament,
    tournament_slugs,
)
from tabapp.store.unit import ReadUnit, WriteUnit

EXAMPLES = 5
"""Pieces of each kind that are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class RecoveryInput:
    """The tournament as it is here, and how often each of its topics had changed."""

    owner: TournamentRow
    here: Archive
    revision: Revision


def read_here(unit: ReadUnit, tournament_id: int) -> RecoveryInput:
    """Read the whole tournament."""
    return RecoveryInput(
        get_tournament(unit, tournament_id), _read(unit, tournament_id),
        unit.revision(tournament_id, *sorted(set(OF_TABLE.values()))))


def read_other(source: Path, slug: str, clock: Clock) -> Archive:
    """Read a tournament from another file or a snapshot, by its short name.

    A copy is read, brought up to date where it is of an older schema, so that the file itself
    stays as it is. ``UserError`` where it cannot be read or has no such tournament.
    """
    with tempfile.TemporaryDirectory(prefix="tabapp-") as folder:
        copy = Path(folder) / "other.tabapp"
        bring_plainly(at_home(source), copy)
        database = Database.open(copy, clock=clock)
        try:
            with database.read() as unit:
                known = tournament_slugs(unit)
                if slug not in known:
                    raise UserError(
                        "recover_other_tournament", file=str(source), slug=slug,
                        known=", ".join(sorted(known)) or "none")
                return _read(unit, find_tournament(unit, slug).id)
        finally:
            database.close()


def _read(unit: ReadUnit, tournament_id: int) -> Archive:
    read = read_archive(unit, tournament_id)
    tidy = canonical(read)
    let_go(read)
    return tidy


def let_go(*done_with: Archive) -> None:
    """Free documents that nobody needs any more, room by room.

    A whole one takes a tenth of a second, in which no other thread runs, the window's neither.
    """
    for archive in done_with:
        for round_ in archive.rounds:
            round_.debates.clear()


def decide(found: RecoveryInput, there: Archive, *, take_different: bool) -> Plan:
    """Compare the two and decide what is taken over; see ``domain.recovery``."""
    return plan(found.here, there, take_different=take_different)


def store(unit: WriteUnit, found: RecoveryInput, decided: Plan) -> int:
    """Take over what was decided; return how many rows that changed."""
    change_archive(unit, found.owner.id, found.here, decided.merged)
    return len(unit.changes)


def as_json(
    source: str, found: RecoveryInput, there: Archive, decided: Plan, *, dry_run: bool
) -> dict[str, Any]:
    """Return what differs, by round and table, what was or would be taken, and what was not."""
    words = _Words(found.here, there)
    rounds: dict[int | None, list[Difference]] = {}
    for one in decided.differences:
        rounds.setdefault(one.round, []).append(one)
    return {
        "source": source, "tournament": found.owner.slug, "dry_run": dry_run,
        "equal": not decided.differences, "taken": decided.taken,
        "rounds": [
            {"round": seq, "name": words.round(seq), "left": seq in decided.left, "tables": [
                {"table": one.table, "missing": len(one.missing),
                 "different": len(one.different), "only_here": len(one.only_here),
                 "examples": words.examples(one)}
                for one in tables
            ]}
            for seq, tables in rounds.items()
        ],
        "conflicts": [one.as_json() for one in decided.conflicts],
    }


class _Words:
    """What pieces are called in sentences."""

    def __init__(self, here: Archive, there: Archive) -> None:
        both = (there, here)
        self._rounds = {one.seq: one.name for archive in both for one in archive.rounds}
        self._names: dict[tuple[str, str], str] = {
            (name, one.id): str(getattr(one, "name", "") or getattr(one, "reference", ""))
            for archive in both for name in PEOPLE for one in getattr(archive, name)}
        self._debates: Mapping[str, list[str]] = {
            one.id: [side.team for side in one.sides]
            for archive in both for round_ in archive.rounds for one in round_.debates}

    def round(self, seq: int | None) -> str:
        """Return the name of a round; "" for what belongs to none."""
        return "" if seq is None else self._rounds.get(seq) or f"Round {seq}"

    def examples(self, one: Difference) -> list[str]:
        """Return some of the pieces, those that are missing first."""
        listed = (
            ("missing here", one.missing), ("different", one.different),
            ("only here", one.only_here))
        return [
            f"{self._piece(one.table, key)}: {state}".removeprefix(": ")
            for state, keys in listed for key in _some(keys)]

    def _piece(self, table: str, key: str) -> str:
        name = self._names.get((table, key))
        if name is None and key in self._debates:
            name = ", ".join(
                self._names.get(("teams", team), team) for team in self._debates[key])
        return f"{key} ({name})" if name else key


def _some(keys: Iterable[str]) -> list[str]:
    return list(keys)[:EXAMPLES]
