"""Schedules as rows: what is due when, and what came of it."""

from __future__ import annotations

from datetime import datetime

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.jobs.words import (
    WENT_WRONG,
    day_in_words,
    moment_in_words,
    state_words,
    took_in_words,
)
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.services.schedules import Fire, ScheduleRow, trigger_in_words

COLUMNS = (
    Column("state", "", Kind.MARK, width=36),
    Column("schedule", "Schedule", Kind.IDENTITY, stretch=True),
    Column("when", "When", stretch=True),
    Column("next", "Next run", Kind.NUMBER, width=112),
    Column("last", "Last run", Kind.NUMBER, width=98),
    Column("result", "Result", Kind.VERDICT, width=78),
    Column("success", "Success", Kind.NUMBER, width=80),
    Column("mean", "Takes", Kind.NUMBER, width=70, tip="Mean time at work"),
    Column("p95", "95 %", Kind.NUMBER, width=66, tip="19 of 20 took no longer"),
)
AHEAD = (
    Column("day", "Day", Kind.VERDICT, width=92, once_per_group=True),
    Column("at", "At", width=56),
    Column("schedule", "Schedule", Kind.IDENTITY, stretch=True),
)
_BUILTIN, _OWN = "builtin", "own"


def schedule_row(row: ScheduleRow, now: datetime) -> Row:
    """Return the row of a schedule."""
    bad = row.last_status in WENT_WRONG
    ended = state_words(row.last_status) if row.last_status else None
    return Row(row.name, (
        _mark(row),
        Cell(row.title, tip=row.job, aside=tr("changed") if row.changed else ""),
        Cell(trigger_in_words(row.trigger), tip=row.problem),
        Cell(
            tr("paused") if row.paused else moment_in_words(row.next_run_at, now),
            sort=row.next_run_at.timestamp() if row.next_run_at and not row.paused else None),
        Cell(
            _past(row.last_run_at, now),
            sort=row.last_run_at.timestamp() if row.last_run_at else None),
        Cell(
            ended.word if ended else tr("never ran"), tone=ended.tone if ended and bad else "",
            tip=row.last_error),
        Cell(
            f"{row.successes / row.runs:.0%}", sort=row.successes / row.runs,
            tip=count(row.runs, "run", "runs")) if row.runs else "",
        _time(row.mean), _time(row.p95),
    ), group=_BUILTIN if row.builtin else _OWN, dim=row.paused)  # fmt: skip


def _past(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    local = at.astimezone()
    same = local.date() == now.astimezone().date()
    return f"{local:%H:%M:%S}" if same else f"{local:%d %b %H:%M}"


def _mark(row: ScheduleRow) -> Cell:
    if row.problem:
        return Cell(tr("cannot run"), tone="attention", icon="triangle-alert", tip=row.problem)
    if row.paused:
        return Cell(tr("paused"), tone="neutral", icon="pause", tip=tr("paused"))
    return Cell(tr("in force"))


def _time(seconds: float | None) -> Cell | str:
    return Cell(took_in_words(seconds), sort=seconds) if seconds is not None else ""


def ahead_rows(fires: list[Fire], now: datetime) -> list[Row]:
    """Return what is due as rows by day, in order of time."""
    rows = []
    for i, fire in enumerate(fires):
        day = day_in_words(fire.at, now)
        at = f"{fire.at.astimezone():%H:%M}"
        rows.append(Row((fire.name, fire.at, i), (day, at, fire.title), group=day))
    return rows
