"""What can be done with the draw that is shown, and why not."""

from __future__ import annotations

from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.pages.rounds.draw.comparing import why_not_compare
from tabapp.gui.pages.rounds.draw.making import Making
from tabapp.gui.pages.rounds.draw.manual_rooms import is_by_hand
from tabapp.services.draw_sheet import DrawSheet
from tabapp.services.side_plan import are_allocated


class Ready:
    """Returns for each thing why it cannot be done now, "" where it can."""

    def __init__(self, boards: Boards, making: Making) -> None:
        self._boards, self._making = boards, making
        self._sheet: DrawSheet | None = None

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Speak of this draw from now on."""
        self._sheet = sheet

    def make(self) -> str:
        """Say why no draw can be made."""
        if self._sheet is not None and self._sheet.rooms:
            return tr("{round} is drawn already.", round=self._sheet.title)
        return self._idle()

    def shown(self) -> str:
        """Say why there is no draw to look at."""
        return "" if self._sheet is not None and self._sheet.rooms else tr("Nothing is drawn yet.")

    def drawn(self) -> str:
        """Say why the draw cannot be changed."""
        return self.shown() or self._open()

    def again(self) -> str:
        """Say why no other draw can take its place."""
        reason = self.drawn()
        if not reason and is_by_hand(self._sheet):
            return tr("Rooms put together by hand cannot be drawn again. Take them out one by one.")
        return reason

    def compare(self) -> str:
        """Say why the ways to draw the round cannot be compared."""
        return self._open() or why_not_compare(self._sheet)

    def confirm(self) -> str:
        """Say why the draw cannot be confirmed."""
        return self.drawn() or (
            "" if self._status() == "draft" else tr("The draw is confirmed already."))

    def unconfirm(self) -> str:
        """Say why the draw cannot go back to draft."""
        return self.drawn() or (
            tr("The draw is a draft already.") if self._status() == "draft" else "")

    def swap(self) -> str:
        """Say why no team can change its place."""
        return self.drawn() or (
            "" if self._boards.current_team() else tr("Choose the cell of a team first."))

    def sides(self) -> str:
        """Say why no sides are allocated here."""
        if self._sheet is None:
            return tr("The round is being read.")
        if not are_allocated(self._sheet.owner):
            return tr("Sides are not allocated beforehand in this tournament.")
        if self._sheet.is_elimination:
            return tr("Elimination rounds have no sides beforehand.")
        return ""

    def _open(self) -> str:
        """Say why no other draw can stand here."""
        if self._status() == "released":
            return tr("The draw is released. Take it back first.")
        if self._sheet is not None and self._sheet.round.completed:
            return tr("{round} is completed. Reopen it first.", round=self._sheet.title)
        return self._idle()

    def _idle(self) -> str:
        return tr("The draw is being made.") if self._making.runs else ""

    def _status(self) -> str:
        return self._sheet.round.status if self._sheet is not None else ""
