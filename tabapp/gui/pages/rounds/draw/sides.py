"""Sides drawn by lot that only hold the places: swapping them after a toss, confirming them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.widgets.buttons import Button
from tabapp.services import sides
from tabapp.services.draw_sheet import DrawSheet, SheetRoom
from tabapp.store.unit import WriteUnit

Write = Callable[[str, Callable[[WriteUnit], object]], None]
"""Does a change to the round; the verb is for the activity trail."""


class Sides(QObject):
    """Works on the room with the cursor, and on all rooms at once."""

    def __init__(self, stage: QWidget, boards: Boards, button: Button, write: Write) -> None:
        super().__init__(stage)
        self._boards, self._button, self._write = boards, button, write
        self._sheet: DrawSheet | None = None

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Work on this draw from now on; say of how many rooms the sides are open."""
        self._sheet = sheet
        left = len(self._open())
        if not left and self._button.hasFocus():
            self._boards.setFocus()
        self._button.set_words(
            tr("Confirm sides of {rooms}", rooms=count(left, "room", "rooms")))
        self._button.setVisible(bool(left) and not sheet.round.completed)

    def confirm(self) -> None:
        """Confirm the sides of all rooms."""
        if self._sheet is not None:
            round_id = self._sheet.round.id
            self._write(
                "confirm the sides of", lambda unit: sides.confirm_sides(unit, round_id))

    def swap(self) -> None:
        """Let the two teams of the room with the cursor change sides."""
        room = self._room()
        if self._sheet is not None and room is not None:
            round_id, ref = self._sheet.round.id, room.ref
            self._write("swap the sides of", lambda unit: sides.swap_sides(unit, round_id, ref))

    def why_not_confirm(self) -> str:
        """Return why nothing can be confirmed, "" where it can."""
        if self._sheet is None or not self._sheet.rooms:
            return tr("Nothing is drawn yet.")
        if self._sheet.round.completed:
            return tr("{round} is completed. Reopen it first.", round=self._sheet.title)
        return "" if self._open() else tr("All sides are confirmed.")

    def why_not_swap(self) -> str:
        """Return why the room with the cursor keeps its sides, "" where they can be swapped."""
        reason, room = self.why_not_confirm(), self._room()
        if reason:
            return reason
        if room is None:
            return tr("Choose a room first.")
        if room not in self._open():
            return tr("The sides of this room are confirmed. Undo that first.")
        if len(room.teams) > 2:
            return tr("In a room of four, choose a team and swap it with another (F2).")
        return tr("The room has a ballot already.") if room.ballots else ""

    def _room(self) -> SheetRoom | None:
        debate = self._boards.current_room_id()
        return self._sheet.room(debate) if self._sheet and debate is not None else None

    def _open(self) -> list[SheetRoom]:
        sheet = self._sheet
        if sheet is None or sheet.book is None:
            return []
        debates = sheet.book.debates
        return [one for one in sheet.rooms if not debates[one.number].sides_confirmed]
