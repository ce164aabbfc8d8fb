"""Changing a draw by hand: the price while a team is carried, and the swap when it is dropped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tabapp.domain.draw.swaps import SwapBook
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.pages.rounds.draw.price import Offer, PricePanel
from tabapp.gui.pages.rounds.draw.swap import SwapDialog, swap_rows
from tabapp.gui.session import Session
from tabapp.services import draw_edits
from tabapp.services.draw_sheet import DrawSheet


class Editing(QObject):
    """Works on the tables of a stage. A swap is worked out in another thread, then stored."""

    began = Signal()
    """A swap is on its way; what was said of the last one is old."""
    stored = Signal(str)
    """This team has changed places; the draw is about to be read anew."""
    failed = Signal(int, str)
    """The round, and the sentence that says why a swap in it was not stored."""

    def __init__(self, session: Session, stage: QWidget, boards: Boards) -> None:
        super().__init__(stage)
        self._session, self._stage, self._boards = session, stage, boards
        self._sheet: DrawSheet | None = None
        self._over = ("", "")  # the team that is carried, and the one it is over
        self._ranking: set[str] = set()  # teams whose swaps are being priced
        self._best_waits = False  # Tab was pressed before they were
        self.price = PricePanel(stage)
        boards.carried.connect(self._on_carried)
        boards.dropped.connect(self.swap)
        boards.left.connect(self.price.hide)
        boards.best_wanted.connect(self._on_best_wanted)

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Work on this draw from now on."""
        self._sheet = sheet
        self._ranking.clear()

    def lift_here(self) -> None:
        """Lift the team of the cell with the cursor."""
        team = self._boards.current_team()
        if team:
            self._boards.lift(team)

    def open_list(self) -> None:
        """List all swaps of the team of the cell with the cursor."""
        team = self._boards.current_team()
        sheet = self._sheet
        if team and sheet is not None:
            dialog = SwapDialog(
                self._stage, sheet, team, lambda other: self.swap(team, other))
            dialog.open()
            self._session.call(dialog, lambda: swap_rows(sheet, team), dialog.show_rows)

    def _on_carried(self, team: str, other: str) -> None:
        book = self._sheet.book if self._sheet is not None else None
        if book is None:
            return
        at = self._boards.target_rect(self._stage)
        self._over, self._best_waits = (team, other), False
        self._rank(book, team)
        if not other:
            words = tr("{team} is lifted. Choose its place.", team=book.name(team))
            self.price.show_offer(Offer(words, None), at)
            return
        best = book.best(team, other) if book.is_ranked(team) else None
        self.price.show_offer(Offer(
            tr("Swap {team} and {other}", team=book.name(team), other=book.name(other)),
            book.price(team, other), book.name(best.other) if best else "",
            best.change if best else 0.0), at)

    def _rank(self, book: SwapBook, team: str) -> None:
        """Have all swaps of a team priced in another thread, unless they are."""
        if book.is_ranked(team) or team in self._ranking:
            return
        self._ranking.add(team)
        self._session.call(
            self, lambda: book.rank(team), lambda _none: self._on_ranked(book, team))

    def _on_ranked(self, book: SwapBook, team: str) -> None:
        """Say what is best for a team that is still carried, or take it there."""
        self._ranking.discard(team)
        mine = self._sheet is not None and self._sheet.book is book
        if not mine or self._boards.lifted != team:
            return
        if self._best_waits:
            self._on_best_wanted(team)
        elif self._over[1]:
            self._on_carried(*self._over)

    def _on_best_wanted(self, team: str) -> None:
        book = self._sheet.book if self._sheet is not None else None
        if book is None:
            return
        self._best_waits = not book.is_ranked(team)
        if self._best_waits:
            self._rank(book, team)
            return
        best = book.best(team, self._boards.current_team())
        if best is not None:
            self._boards.go_to(best.other)

    def swap(self, team: str, other: str) -> None:
        """Let two teams change places, unless anything has moved since they were shown."""
        sheet = self._sheet
        self._boards.put_back()
        if sheet is None:
            return

        def failed(error: Exception) -> None:
            self.failed.emit(sheet.round.id, sentence_of(error))

        def store(edited: draw_edits.EditedDraw) -> None:
            self._session.write(
                self, "swap", lambda unit: draw_edits.store_swap(unit, edited),
                expected=sheet.revision, failed=failed,
                done=lambda _none: self.stored.emit(team))

        self.began.emit()
        self._session.call(
            self, lambda: draw_edits.swap_teams(sheet, team, other), store, failed)
