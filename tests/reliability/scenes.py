"""Small tournaments on real files, and what of a database must never be lost."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, select

from tabapp.core.errors import TabappError
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.services import ballots, exchange, simulation
from tabapp.services.ballots import Entry
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.database import Database
from tabapp.store.derived import refresh_results
from tabapp.store.images import RowChange
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds, tournament_slugs
from tabapp.store.unit import ReadUnit

THOROUGH = os.environ.get("TABAPP_THOROUGH") == "1"

Rows = list[tuple[Any, ...]]


class TakenBack(TabappError):
    """Raised to leave a write unit without a trace."""


def made_up(
    seed: int, *, teams: int = 8, rounds: int = 2, play: bool = False, chaos: float = 0.0,
    **settings: Any,
) -> Archive:
    """Make a tournament up; ``settings`` override those of the preset."""
    archive = generate_tournament(
        preset="bp", teams=teams, rounds=rounds, seed=seed, play=play, chaos=chaos)
    archive.tournament.settings.update(settings)
    return archive


def add(work: Workspace, archive: Archive) -> TournamentRow:
    """Store a tournament."""
    return work.tournament(
        exchange.add(work.database, archive, now=work.clock.now(), actor="Ann"))


def rounds_of(work: Workspace, owner: TournamentRow) -> list[RoundRow]:
    """Return the rounds of a tournament by number."""
    with work.database.read() as unit:
        return list_rounds(unit, owner.id)


def export(unit: ReadUnit, tournament: int) -> bytes:
    """Return the canonical document of a tournament, without its trail."""
    archive = read_archive(unit, tournament)
    return write_archive(archive.model_copy(update={"activity": []}))


def exports(database: Database) -> dict[int, bytes]:
    """Return all tournaments as documents, by row id."""
    with database.read() as unit:
        return {one: export(unit, one) for one in tournament_slugs(unit).values()}


def rows_of(unit: ReadUnit, table: Table) -> Rows:
    """Return a whole table, sorted."""
    return sorted((tuple(row) for row in unit.rows(select(table))), key=repr)


def cached(database: Database) -> dict[str, Rows]:
    """Return the tables that are derived from ballots."""
    with database.read() as unit:
        return {
            table.name: rows_of(unit, table)
            for table in (schema.result_team, schema.result_speech, schema.standing)
        }


def assert_results_are_derived(database: Database) -> None:
    """Fail unless the derived rows are those that the ballots give when all are derived anew."""
    tables = (schema.result_team, schema.result_speech)
    try:
        with database.write() as unit:
            stored = [rows_of(unit, table) for table in tables]
            for table in tables:
                unit.execute(table.delete())
            ids = [row for (row,) in unit.fetch(select(schema.debate.c.id))]
            unit.changes += [
                RowChange("ballot", 0, {"debate_id": one, "status": "confirmed"}, None)
                for one in ids
            ]
            refresh_results(unit)
            derived = [rows_of(unit, table) for table in tables]
            raise TakenBack
    except TakenBack:
        assert stored == derived


def entries_for(work: Workspace, round_: RoundRow, seed: int) -> list[Entry]:
    """Return a confirmed ballot for every debate of a drawn round, by debate."""
    with work.database.read() as unit:
        found = simulation.read_input(unit, round_.id)
    found = replace(found, decided=frozenset())  # whoever asks may correct what is decided
    return sorted(simulation.play(found, seed=seed), key=lambda entry: entry.debate)


def enter(work: Workspace, owner: TournamentRow, entries: list[Entry]) -> int:
    """Enter ballots as a person does; return how many were new."""
    with work.database.write(
        actor="Ann", verb="enter", subject="ballots", tournament=owner.id
    ) as unit:
        return ballots.enter_ballots(unit, owner, entries)[0]
