"""The jobs that run or wait, each with its steps, its time and the way to stop it."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.words import origin_in_words, took_in_words, waiting_in_words
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressRow, Step
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.progress import Progress

SHOWN = 3
"""Rows that are seen without scrolling."""
_TICK = 500


class _RunRow(ProgressRow):
    """One run; remembers the steps that it has been through."""

    def __init__(self, handle: JobHandle, record: RunRecord | None) -> None:
        origin = origin_in_words(record) if record is not None else ""
        super().__init__(handle.title, origin, cancel=tr("Cancel"))
        self.handle = handle
        self.record = record
        self._steps_seen: list[str] = []
        self._since = monotonic()
        self.button.setToolTip(tr("Del"))

    def refresh(self) -> None:
        """Show where the run stands now."""
        self.button.setEnabled(self.handle.cancellable)
        if self.handle.state == "running":
            self.show_progress(self.handle.progress)
        elif self.record is not None and self.record.next_at is not None:
            self.show_waiting(waiting_in_words(self.record))
        else:
            what = self.handle.waiting_for
            self.show_waiting(
                tr("waits for {what}", what=what) if what else tr("waits for its turn"))

    def show_progress(self, progress: Progress) -> None:
        """Show the steps so far and the one that is done now."""
        if progress.step and progress.step not in self._steps_seen:
            self._steps_seen.append(progress.step)
        steps = [Step(tr(one), 1.0) for one in self._steps_seen if one != progress.step]
        words = tr(progress.step) if progress.step else tr("Working")
        if progress.total:
            words = tr(
                "{step} {done} of {total}", step=words, done=f"{progress.done:,}",
                total=f"{progress.total:,}")
        steps.append(Step(words, min(progress.fraction, 0.999)))
        self.show_steps(steps, took_in_words(monotonic() - self._since))


class NowCard(Card):
    """What runs and waits. Up and Down go from row to row, Del cancels."""

    cancelled = Signal(int)

    def __init__(self) -> None:
        super().__init__(tr("Now"), padding=16)
        self.rows: dict[int, _RunRow] = {}
        self._nothing = label(tr("Nothing is running."), role="secondary")
        self.body.addWidget(self._nothing)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(4, 0, 4, 0)
        self._column.setSpacing(0)
        self._scroll.setWidget(inner)
        self.body.addWidget(self._scroll)
        self._tick = QTimer(self, interval=_TICK)
        self._tick.timeout.connect(self._refresh)
        self._fit()

    def show_handles(
        self, handles: list[JobHandle], records: Mapping[int, RunRecord]
    ) -> None:
        """Show these runs; rows that are there already stay, with the keys."""
        wanted = {handle.id: handle for handle in handles}
        for run_id in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(run_id)
            self._column.removeWidget(row)
            row.deleteLater()
        for at, (run_id, handle) in enumerate(wanted.items()):
            found = self.rows.get(run_id)
            if found is None:
                found = self.rows[run_id] = _RunRow(handle, records.get(run_id))
                found.cancelled.connect(lambda run_id=run_id: self.cancelled.emit(run_id))
                self._column.insertWidget(at, found)
            else:
                found.record = records.get(run_id, found.record)
            found.refresh()
        self._fit()

    def show_progress(self, run_id: int, progress: Progress) -> None:
        """Show that a run came further."""
        row = self.rows.get(run_id)
        if row is not None:
            row.show_progress(progress)

    def chosen(self) -> int | None:
        """Return the run whose row has the keys."""
        return next((run_id for run_id, row in self.rows.items() if row.hasFocus()), None)

    def _refresh(self) -> None:
        for row in self.rows.values():
            row.refresh()

    def _fit(self) -> None:
        any_rows = bool(self.rows)
        self._nothing.setVisible(not any_rows)
        self._scroll.setVisible(any_rows)
        self._scroll.setFixedHeight(Height.PROGRESS_ROW * min(SHOWN, max(1, len(self.rows))))
        if any_rows and not self._tick.isActive():
            self._tick.start()
        elif not any_rows:
            self._tick.stop()
