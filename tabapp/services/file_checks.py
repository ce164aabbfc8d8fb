"""What ``doctor`` looks at in a database: first the file by itself, then what is stored in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tabapp.domain.health import Finding
from tabapp.jobs.leases import is_alive
from tabapp.services import checks, health_checks, standings
from tabapp.services.health_checks import (
    Surroundings,
    age_in_words,
    disk,
    finding,
    integrity,
    log_size,
    place,
    references,
)
from tabapp.services.snapshots import listed_in
from tabapp.services.workspace import Workspace
from tabapp.store import soundness
from tabapp.store.health_reads import broken_links, stale_tables
from tabapp.store.leases import gone_programs
from tabapp.store.migrations import HEAD, REVISIONS
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit
from tabapp.store.upkeep import tournament_ids

SHOWN = 3


def check_file(path: Path, now: datetime, around: Surroundings | None = None) -> list[Finding]:
    """Check a file without opening it as a database of ours: nothing is brought up to date.

    ``TabappError`` where it cannot be read at all.
    """
    disks = around or Surroundings()
    found = soundness.schema_revision(path)
    faults = soundness.faults(path)
    return [
        integrity(faults, str(path), whole=now),
        references([] if faults else soundness.orphans(path), str(path)),
        schema(found),
        disk(path.parent, path.stat().st_size, disks),
        log_size(soundness.log_bytes(path)),
        health_checks.folder(path, disks),
        place(path, disks),
    ]


def schema(found: str) -> Finding:
    """Tell whether the tables are those of this version."""
    facts = {"found": found or "none", "wanted": HEAD}
    if found == HEAD:
        return finding("schema", "passed", "doctor_schema", facts)
    if found in REVISIONS:
        return finding("schema", "attention", "doctor_schema_old", facts, fix="schema_old")
    return finding("schema", "problem", "doctor_schema_new", facts, fix="schema_new")


def check_content(
    work: Workspace, folder: Path, second: Path | None = None
) -> Iterator[Finding]:
    """Check what is stored: the journal, what dead programs left, the copies, all results.

    ``folder`` and ``second`` are where copies go.
    """
    now = work.clock.now()
    with work.database.read() as unit:
        yield _journal(unit)
        yield _programs(unit, now)
        owners = tournament_ids(unit)
    if work.database.path is not None:
        yield _copies(work.database.path, folder, second, now)
    yield from _results(work, owners)


def _journal(unit: ReadUnit) -> Finding:
    broken = broken_links(unit)
    if broken:
        return finding(
            "journal", "problem", "doctor_journal_broken", {"fault": broken[0]},
            fix="journal")
    return finding("journal", "passed", "doctor_journal")


def _programs(unit: ReadUnit, now: datetime) -> Finding:
    dead = len(gone_programs(unit, now, is_alive))
    if dead > SHOWN:
        return finding("programs", "passed", "doctor_programs", {"count": dead}, fix="programs")
    return finding("programs", "passed", "doctor_programs_none")


def _copies(file: Path, folder: Path, second: Path | None, now: datetime) -> Finding:
    copies = listed_in(file, folder, second)
    if not copies:
        return finding(
            "copies", "attention", "doctor_copies_none", {"folder": folder}, fix="copies")
    facts = {"age": age_in_words(now - copies[0].at), "file": copies[0].path}
    return finding("copies", "passed", "doctor_copies", facts)


def _results(work: Workspace, owners: list[int]) -> Iterator[Finding]:
    """Compare every stored figure with one worked out anew, by other code where there is some."""
    failed: list[str] = []
    stale: list[str] = []
    for row_id in owners:
        with work.database.read() as unit:
            owner = get_tournament(unit, row_id)
            everything = checks.read_input(unit, owner)
            tables = [standings.compute(everything.tables, kind) for kind in standings.KINDS]
            stale += stale_tables(unit, row_id, tables)
        failed += [
            f"{one.name}, {one.scope}: {one.detail}"
            for one in checks.check_tournament(everything) if one.status == "failed"]
    if failed:
        facts = {"count": len(failed), "first": failed[0]}
        yield finding("results", "problem", "doctor_results_differ", facts, fix="results")
    else:
        yield finding("results", "passed", "doctor_results")
    if stale:
        facts = {"kinds": ", ".join(dict.fromkeys(stale))}
        yield finding("tables", "attention", "doctor_tables_stale", facts, fix="tables")
    else:
        yield finding("tables", "passed", "doctor_tables")
