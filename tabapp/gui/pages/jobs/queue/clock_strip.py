"""The clock of the next two hours: which schedules are due when, and when rounds start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.core.errors import UserError
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.lanes import clock_words, lanes
from tabapp.gui.pages.jobs.timeline import Event, Span, Timeline
from tabapp.gui.session import Session
from tabapp.gui.widgets.cards import Card
from tabapp.jobs.registry import Registry
from tabapp.jobs.triggers import AroundRound
from tabapp.services.clockwork import ClockState, Clockwork
from tabapp.services.rounds import title_of
from tabapp.services.schedules import Fire, ScheduleRow, fires, preview, read_schedules
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import ReadUnit

AHEAD = timedelta(hours=2)
LANES = 3
_AGAIN = 30_000
"""Milliseconds after which the line moves on."""
_MOST = 150
_HALF = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class StripView:
    """What the clock will do, as of ``now``. Without ``clock`` nothing runs by itself here."""

    now: datetime
    rows: list[ScheduleRow]
    fires: list[Fire]
    starts: list[Event]
    clock: ClockState | None


def read_strip(
    unit: ReadUnit, registry: Registry, clockwork: Clockwork | None, now: datetime,
    tournament: int,
) -> StripView:
    """Read the schedules that are due within two hours, and the rounds that start then."""
    rows = read_schedules(unit, registry, now)
    due = fires(unit, rows, now, now + AHEAD, most=_MOST)
    starts = []
    for one in list_rounds(unit, tournament):
        at = _start_of(unit, one.seq, tournament, now)
        if at is not None and at <= now + AHEAD:
            words = tr(
                "{round} starts {time}", round=title_of(one), time=f"{at.astimezone():%H:%M}")
            starts.append(Event(at, words))
    state = clockwork.state if clockwork is not None else None
    return StripView(now, rows, due, starts, state)


def _start_of(unit: ReadUnit, seq: int, tournament: int, now: datetime) -> datetime | None:
    try:
        found = preview(unit, AroundRound("start", seq=seq), tournament, now, 1)
    except UserError:  # a start that is no time
        return None
    return found[0] if found else None


def half_hours(start: datetime, end: datetime) -> tuple[tuple[datetime, str], ...]:
    """Return the first moment and all half hours after it, in words of the clock on the wall."""
    local = start.astimezone()
    at = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0) + _HALF
    found = [(start, f"{local:%H:%M}")]
    while at <= end:
        found.append((at, f"{at:%H:%M}"))
        at += _HALF
    return tuple(found)


class ClockStrip(Page[StripView]):
    """The card with the line; it moves on every half minute while somebody sees it."""

    watches = frozenset({"schedule", "rounds", "settings"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: StripView | None = None
        self.line = Timeline(
            tr("The clock, next two hours"), tr("Nothing is due in the next two hours."))
        self.line.opened.connect(lambda name: session.go("jobs/schedules", name))
        self.setFocusProxy(self.line)
        card = Card(padding=0)
        card.body.setContentsMargins(12, 8, 12, 4)
        card.body.addWidget(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._again = QTimer(self, interval=_AGAIN)
        self._again.timeout.connect(self.mark_stale)
        self._again.start()

    def query(self) -> Callable[[ReadUnit], StripView]:
        """Return what reads the next two hours."""
        work, tournament = self.session.workspace, self.session.tournament
        now, registry, clockwork = work.clock.now(), work.queue.registry, work.clockwork
        return lambda unit: read_strip(unit, registry, clockwork, now, tournament)

    def show_data(self, data: StripView) -> None:
        """Show the next two hours from now."""
        self.view = data
        end = data.now + AHEAD
        span = Span(data.now, end, half_hours(data.now, end))
        self.line.show_view(
            span, lanes(data.rows, data.fires, most=LANES), data.starts, data.now)
        self.line.say_aside(*clock_words(data.rows, data.clock))
