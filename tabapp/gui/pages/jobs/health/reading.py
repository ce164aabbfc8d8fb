"""What the pane of health shows, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tabapp.core.disks import is_on_a_stick
from tabapp.domain.health import HealthReport
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.jobs.words import clock
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.services.health_checks import size_in_words
from tabapp.services.snapshots import SnapshotInfo
from tabapp.services.workspace import Workspace

COLUMNS = (
    Column("at", "Taken", Kind.NUMBER, width=116),
    Column("reason", "Why", Kind.IDENTITY, stretch=True),
    Column("where", "Where", width=100),
    Column("size", "Size", Kind.NUMBER, width=76),
)


@dataclass(frozen=True, slots=True)
class HealthView:
    """The last report, and the copies by their path; ``folder`` is None where none are made."""

    report: HealthReport | None
    copies: dict[str, SnapshotInfo]
    folder: Path | None
    second: Path | None
    now: datetime


def read_view(work: Workspace) -> HealthView:
    """Read report and folders; a drive that is slow to answer keeps this waiting."""
    report = work.health.last if work.health is not None else None
    snapshots = work.snapshots
    if snapshots is None or not snapshots.available:
        return HealthView(report, {}, None, None, work.clock.now())
    return HealthView(
        report, {str(one.path): one for one in snapshots.listed()}, snapshots.folder,
        snapshots.second_folder, work.clock.now())


def copy_row(one: SnapshotInfo) -> Row:
    """Return the row of a copy."""
    return Row(str(one.path), (
        Cell(clock(one.at), sort=one.at.timestamp()),
        Cell(one.reason or tr("snapshot"), tip=str(one.path)),
        place_of(one), Cell(size_in_words(one.bytes), sort=one.bytes),
    ))


def place_of(one: SnapshotInfo) -> str:
    """Return in which folder a copy is, in a word."""
    if not one.second:
        return tr("computer")
    return tr("stick") if is_on_a_stick(one.path) else tr("second")


def summary(view: HealthView) -> str:
    """Return how the program does, in a few words."""
    if view.report is None:
        return tr("Nobody has looked yet.")
    found = [one for one in view.report.findings if one.status != "passed"]
    how = count(len(found), "finding", "findings") if found else tr("Healthy")
    return tr("{how} · looked at {time}", how=how, time=clock(view.report.at))
