"""The jobs that run or wait, each with its steps, its time and the way to stop it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.words import origin_in_words, took_in_words, waiting_in_words
from tabapp.gui.tokens import Height, Space
from tabapp.gui.waiting_words import waits_for
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressRow, Step
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.progress import Progress

SHOWN = 3
"""Rows that are seen without scrolling on a high screen."""
_LOW = 780
"""Height of a window below which one row less is shown, so that the history has room."""
_TICK = 500
_NEW_AT_ONCE = 4
"""Rows that are made in one turn of the window: a row takes it 1 ms, and 5 beside busy jobs."""
_LEAST_LEFT = 0.05
"""Seconds below which nobody cares what is left."""
_LEAST_DONE, _LEAST_SECONDS = 0.05, 0.3
"""How far a step must have come, and for how long, before anybody can tell what is left."""

Plans = dict[str, tuple[str, ...]]
"""The steps of each job, as the last run that was seen to its end had them."""


class RunRow(ProgressRow):
    """One run; remembers the steps that it has been through, and knows those to come."""

    retried = Signal()

    def __init__(
        self, handle: JobHandle, record: RunRecord | None, plans: Plans, now: datetime
    ) -> None:
        origin = origin_in_words(record) if record is not None else ""
        super().__init__(handle.title, origin, cancel=tr("Cancel"))
        self.handle, self.record, self._plans = handle, record, plans
        self.steps_seen: list[str] = []
        began = record.started_at if record is not None else None
        ago = max(0.0, (now - began).total_seconds()) if began is not None else 0.0
        self._since = self._step_since = monotonic() - ago
        self._step_done = 0.0
        self.button.setToolTip(tr("Del"))
        self.retry = Button(tr("Retry now"))
        self.retry.setAccessibleName(tr("Retry now: {title}", title=handle.title))
        self.retry.clicked.connect(self.retried)
        self.retry.hide()
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setSpacing(Space.UNIT)
            row.insertWidget(row.indexOf(self.button), self.retry)

    def buttons_left(self) -> int:
        """Return where the first button stands."""
        return self.retry.x() if self.retry.isVisibleTo(self) else self.button.x()

    def refresh(self) -> None:
        """Show where the run stands now."""
        if self.record is not None:
            self.show_origin(origin_in_words(self.record))
        self.button.setEnabled(self.handle.cancellable)
        waits = self.record is not None and self.record.next_at is not None
        waits = waits and self.handle.state != "running"
        self._offer_retry(waits)
        if self.handle.state == "running":
            self.show_progress(self.handle.progress)
        elif waits and self.record is not None:
            self.show_waiting(waiting_in_words(self.record))
        else:
            self.show_waiting(waits_for(self.handle.waiting_for))

    def _offer_retry(self, waits: bool) -> None:
        if waits == self.retry.isVisibleTo(self):
            return
        words = tr("Give up") if waits else tr("Cancel")
        self.retry.setVisible(waits)
        self.button.set_words(words)
        self.button.setAccessibleName(f"{words}: {self.handle.title}")

    def show_progress(self, progress: Progress) -> None:
        """Show the steps so far, the one that is done now, and those that usually follow."""
        if progress.step and progress.step not in self.steps_seen:
            self.steps_seen.append(progress.step)
            self._step_since, self._step_done = monotonic(), progress.fraction
        steps = [Step(tr(one), 1.0) for one in self.steps_seen if one != progress.step]
        words = tr(progress.step) if progress.step else tr("Working")
        if progress.total:
            words = tr(
                "{step} {done} of {total}", step=words, done=f"{progress.done:,}",
                total=f"{progress.total:,}")
        steps.append(Step(words, min(progress.fraction, 0.999)))
        coming = self._plans.get(self.handle.name, ())
        steps += [Step(tr(one)) for one in coming if one not in self.steps_seen]
        took = took_in_words(monotonic() - self._since)
        self.show_steps(steps, ", ".join(filter(None, (took, self._left(progress)))))

    def _left(self, progress: Progress) -> str:
        """Return how long this step will take at its pace so far; "" while nobody can tell."""
        gained, spent = progress.fraction - self._step_done, monotonic() - self._step_since
        if gained < _LEAST_DONE or spent < _LEAST_SECONDS:
            return ""
        left = spent * (1 - progress.fraction) / gained
        if left < _LEAST_LEFT:
            return ""
        if left < 60:
            return tr("about {n} s left", n=f"{left:.1f}" if left < 10 else round(left))
        return tr("about {time} left", time=took_in_words(left))


class NowCard(Card):
    """What runs and waits. Up and Down go from row to row, Del cancels."""

    cancelled = Signal(int)
    retried = Signal(int)

    def __init__(self) -> None:
        super().__init__(padding=0)
        self.setAccessibleName(tr("Now"))
        self.body.setContentsMargins(20, 8, 16, 6)
        self.body.setSpacing(Space.HALF)
        self.body.addWidget(label(tr("Now"), "identity"))
        self.rows: dict[int, RunRow] = {}
        self._plans: Plans = {}
        self._most = SHOWN
        self._nothing = label(tr("Nothing is running."), role="secondary")
        self.body.addWidget(self._nothing)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(0)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll)
        self._asked: tuple[list[JobHandle], Mapping[int, RunRecord], datetime] | None = None
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._show_more)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._refresh)
        self._fit()

    def show_handles(
        self, handles: list[JobHandle], records: Mapping[int, RunRecord], now: datetime
    ) -> None:
        """Show these runs; rows that are there already stay, with the keys.

        Of many new ones a few come at once and the others in the turns that follow.
        """
        self._more.stop()
        wanted = {handle.id: handle for handle in handles}
        for run_id in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(run_id)
            result = row.handle.result
            if result is not None and result.status == "success" and row.steps_seen:
                self._plans[row.handle.name] = tuple(row.steps_seen)
            self._column.removeWidget(row)
            row.deleteLater()
        new = 0
        for at, (run_id, handle) in enumerate(wanted.items()):
            found = self.rows.get(run_id)
            if found is not None:
                found.record = records.get(run_id, found.record)
            elif new == _NEW_AT_ONCE:
                self._asked = (handles, records, now)
                self._more.start()
                break
            else:
                found = RunRow(handle, records.get(run_id), self._plans, now)
                self.rows[run_id] = found
                found.cancelled.connect(lambda run_id=run_id: self.cancelled.emit(run_id))
                found.retried.connect(lambda run_id=run_id: self.retried.emit(run_id))
                self._column.insertWidget(at, found)
                new += 1
            found.refresh()
        self._fit()

    def show_progress(self, run_id: int, progress: Progress) -> None:
        """Show that a run came further."""
        row = self.rows.get(run_id)
        if row is not None:
            row.show_progress(progress)

    def chosen(self) -> int | None:
        """Return the run whose row has the keys, or one of its buttons."""
        return next((
            run_id for run_id, row in self.rows.items()
            if row.hasFocus() or row.retry.hasFocus() or row.button.hasFocus()), None)

    def fit_into(self, height: int) -> None:
        """Show as many rows as a page of this height has room for."""
        self._most = SHOWN if height >= _LOW else SHOWN - 1
        self._fit()

    def _show_more(self) -> None:
        if self._asked is not None:
            self.show_handles(*self._asked)

    def _refresh(self) -> None:
        for row in self.rows.values():
            row.refresh()

    def _fit(self) -> None:
        any_rows = bool(self.rows)
        self._nothing.setVisible(not any_rows)
        self._scroll.setVisible(any_rows)
        self._scroll.setFixedHeight(
            Height.PROGRESS_ROW * min(self._most, max(1, len(self.rows))))
        if any_rows and not self._tick.isActive():
            self._tick.start()
        elif not any_rows:
            self._tick.stop()
