"""Changing a draw by hand: the price while a team is carried, and the swap when it is dropped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.pages.rounds.draw.price import Offer, PricePanel
from tabapp.gui.pages.rounds.draw.swap import SwapDialog
from tabapp.gui.session import Session
from tabapp.services import draw_edits
from tabapp.services.draw_sheet import DrawSheet


class Editing(QObject):
    """Works on the tables of a stage. A swap is worked out in another thread, then stored."""

    began = Signal()
    """A swap is on its way; what was said of the last one is old."""
    stored = Signal(str)
    """This team has changed places; the draw is about to be read anew."""
    failed = Signal(str)
    """The sentence that says why a swap was not stored."""

    def __init__(self, session: Session, stage: QWidget, boards: Boards) -> None:
        super().__init__(stage)
        self._session, self._stage, self._boards = session, stage, boards
        self._sheet: DrawSheet | None = None
        self.price = PricePanel(stage)
        boards.carried.connect(self._on_carried)
        boards.dropped.connect(self.swap)
        boards.left.connect(self.price.hide)
        boards.best_wanted.connect(self._on_best_wanted)

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Work on this draw from now on."""
        self._sheet = sheet

    def lift_here(self) -> None:
        """Lift the team of the cell with the cursor."""
        team = self._boards.current_team()
        if team:
            self._boards.lift(team)

    def open_list(self) -> None:
        """List all swaps of the team of the cell with the cursor."""
        team = self._boards.current_team()
        if team and self._sheet is not None:
            SwapDialog(
                self._stage, self._sheet, team, lambda other: self.swap(team, other)).open()

    def _on_carried(self, team: str, other: str) -> None:
        book = self._sheet.book if self._sheet is not None else None
        if book is None:
            return
        at = self._boards.target_rect(self._stage)
        if not other:
            words = tr("{team} is lifted. Choose its place.", team=book.name(team))
            self.price.show_offer(Offer(words, None), at)
            return
        best = book.best(team, other)
        self.price.show_offer(Offer(
            tr("Swap {team} and {other}", team=book.name(team), other=book.name(other)),
            book.price(team, other), book.name(best.other) if best else "",
            best.change if best else 0.0), at)

    def _on_best_wanted(self, team: str) -> None:
        book = self._sheet.book if self._sheet is not None else None
        best = book.best(team, self._boards.current_team()) if book is not None else None
        if best is not None:
            self._boards.go_to(best.other)

    def swap(self, team: str, other: str) -> None:
        """Let two teams change places, unless anything has moved since they were shown."""
        sheet = self._sheet
        self._boards.put_back()
        if sheet is None:
            return

        def failed(error: Exception) -> None:
            self.failed.emit(sentence_of(error))

        def store(edited: draw_edits.EditedDraw) -> None:
            self._session.write(
                self, "swap", lambda unit: draw_edits.store_swap(unit, edited),
                expected=sheet.revision, failed=failed,
                done=lambda _none: self.stored.emit(team))

        self.began.emit()
        self._session.call(
            self, lambda: draw_edits.swap_teams(sheet, team, other), store, failed)
