"""The job that compares the ways to draw a round, and drawing it as was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tabapp.core.messages import word
from tabapp.domain.draw.alternatives import FIRST
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.rounds.draw.compare import CompareDialog
from tabapp.gui.pages.rounds.draw.compare_rows import settings_words
from tabapp.gui.pages.rounds.draw.making import Making, fresh_seed
from tabapp.gui.pages.rounds.draw.rows import what_goes
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.jobs.events import JobProgressed
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.services.draw_compare import ComparedDraw, ComparedDraws, why_not_compared
from tabapp.services.draw_sheet import DrawSheet
from tabapp.services.tournament_settings import change_settings

_READ = frozenset({"results", "people", "settings", "rounds", "draws", "availability"})
"""What alternatives are drawn from, and held against."""


def why_not_compare(sheet: DrawSheet | None) -> str:
    """Return why there is nothing to compare in a round, "" where there is."""
    if sheet is None:
        return tr("The round is being read.")
    code = why_not_compared(sheet.round)
    return word(code, {"round": sheet.title}) if code else ""


class Comparing(QObject):
    """Runs the job that compares for the dialog, and draws the round as was chosen there."""

    refused = Signal(int, str)
    """The round, and the sentence that says why it was not drawn as was chosen."""

    def __init__(self, session: Session, owner: QWidget, making: Making) -> None:
        super().__init__(owner)
        self._session, self._owner, self._making = session, owner, making
        self._dialog: CompareDialog | None = None
        self._handle: JobHandle | None = None
        self._sheet: DrawSheet | None = None
        self._seeds = (0, 0)
        self._without = False
        session.job_event.connect(self._on_event)
        session.changed.connect(self._on_changed)

    @property
    def runs(self) -> bool:
        """Tell whether draws are being made."""
        return self._handle is not None

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Compare the draws of this round from now on."""
        self._sheet = sheet
        self._heed(sheet)

    def _heed(self, sheet: DrawSheet) -> None:
        """Let what is compared next be held against the draw as it is by now."""
        if self._dialog is not None and self._dialog.sheet.round.id == sheet.round.id:
            self._dialog.sheet = sheet
            if sheet.certificate.seed is not None:
                self._seeds = (sheet.certificate.seed, self._seeds[1])

    def open(self) -> None:
        """Compare the ways to draw the round; seeds are that of its draw and a fresh one."""
        sheet = self._sheet
        if sheet is None:
            return
        self._seeds = (fresh_seed(), fresh_seed())
        self._without = False
        dialog = CompareDialog(self._owner, sheet, self._ask)
        self._dialog = dialog
        dialog.more_wanted.connect(self._more)
        dialog.again_wanted.connect(self._start)
        dialog.without_wanted.connect(self._start_without)
        dialog.finished.connect(lambda _how: self._close(dialog))
        self._heed(sheet)
        dialog.open()
        self._start()

    # The job

    def _start_without(self) -> None:
        self._without = True
        self._start()

    def _more(self) -> None:
        dialog = self._dialog
        if dialog is not None and dialog.found is not None:
            shown = len(dialog.found.draws)
            self._start(shown, dialog.found.total - shown)

    def _start(self, first: int = 0, number: int = FIRST) -> None:
        dialog = self._dialog
        if dialog is None or self._handle is not None:
            return
        dialog.show_work()

        def started(handle: JobHandle) -> None:
            if self._dialog is not dialog:  # closed in the meantime
                self._session.cancel(self._owner, handle)
            else:
                self._handle = handle

        def done(result: JobResult) -> None:
            if self._dialog is dialog and isinstance(result.value, dict):
                self._handle = None
                dialog.show_draws(ComparedDraws.from_json(result.value))

        def failed(result: JobResult) -> None:
            if self._dialog is dialog:
                self._handle = None
                error = result.error
                dialog.show_problem(
                    error.code if error is not None else "",
                    error.message if error is not None else tr("The comparison was cancelled."))

        self._session.submit(
            self._owner, "draw.compare", about=dialog.sheet.title, started=started, done=done,
            failed=failed, round_id=dialog.sheet.round.id, seed=self._seeds[0],
            other_seed=self._seeds[1], first=first, count=number, ignore_missing=self._without)

    def _close(self, dialog: CompareDialog) -> None:
        if self._dialog is dialog:
            handle, self._dialog, self._handle = self._handle, None, None
            if handle is not None:
                self._session.cancel(self._owner, handle)

    def _on_event(self, event: object) -> None:
        running, dialog = self._handle, self._dialog
        if running is None or dialog is None or not isinstance(event, JobProgressed):
            return
        if event.run_id == running.id:
            dialog.show_progress(event.progress.fraction)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if self._dialog is not None and concerns(topics, _READ):
            self._dialog.show_stale()

    # Taking one

    def _ask(self, one: ComparedDraw) -> None:
        dialog = self._dialog
        if dialog is None:
            return
        sheet = dialog.sheet
        if not sheet.rooms:
            self._take(one)
            return
        goes = tr("{things} go with the present draw.", things=what_goes(sheet))
        sets = tr("{settings}.", settings=count(
            len(one.changes), "setting of the tournament changes",
            "settings of the tournament change")) if one.changes else ""
        ask(dialog, tr("Draw {round} again?", round=sheet.title),
            " ".join(filter(None, (goes, sets, tr("You can undo this.")))), tr("Draw again"),
            lambda: self._take(one))

    def _take(self, one: ComparedDraw) -> None:
        """Set what the draw needs, then draw; each is an action of its own."""
        dialog = self._dialog
        if dialog is None:
            return
        sheet, tournament = dialog.sheet, self._session.tournament
        dialog.accept()
        replace = sheet if sheet.rooms else None

        def draw(_none: object = None) -> None:
            self._making.draw(replace=replace, ignore_missing=self._without, seed=one.seed)

        if not one.changes:
            draw()
            return
        changes: Mapping[str, Any] = one.changes
        self._session.write(
            self._owner, "set", lambda unit: change_settings(unit, tournament, changes),
            subject=", ".join(settings_words(one)), done=draw,
            failed=lambda error: self.refused.emit(sheet.round.id, sentence_of(error)))
