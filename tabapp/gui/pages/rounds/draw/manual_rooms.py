"""A round that is drawn by hand: rooms are added and taken out where others are drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tabapp.domain.types import DrawType
from tabapp.gui.dialogs.base import ask
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.pages.rounds.draw.manual import ManualDialog
from tabapp.gui.widgets.buttons import Button
from tabapp.services import manual_draw
from tabapp.services.draw_sheet import DrawSheet, SheetRoom
from tabapp.services.manual_draw import ManualPlaces, read_places
from tabapp.store.unit import WriteUnit

Write = Callable[[str, Callable[[WriteUnit], object]], None]
"""Does a change to the round; the verb is for the activity trail."""


def is_by_hand(sheet: DrawSheet | None) -> bool:
    """Tell whether the rooms of a round are put together by a person."""
    return sheet is not None and sheet.round.draw_type == DrawType.MANUAL


class ManualRooms(QObject):
    """Works on the stage's draw; says on ``button`` how many teams are left."""

    def __init__(self, stage: Page[object], boards: Boards, write: Write) -> None:
        super().__init__(stage)
        self._stage, self._boards, self._write = stage, boards, write
        self._sheet: DrawSheet | None = None
        self._left = 0
        self._readings = Latest()
        self.button: Button = stage.button("draw.add_room", keys=False)
        self.button.hide()
        stage.on("draw.add_room", self.open, self.why_not_add)
        stage.on("draw.remove_room", self.remove, self.why_not_remove)

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Work on this draw from now on."""
        self._sheet = sheet
        by_hand = is_by_hand(sheet)
        self.button.setVisible(by_hand and bool(sheet.rooms) and not self._closed())
        if by_hand:
            round_id = sheet.round.id
            self._stage.session.read(
                self, lambda unit: read_places(unit, round_id),
                self._readings.ask().only(self._show_left))

    def _show_left(self, places: ManualPlaces) -> None:
        if self._sheet is None or places.round.id != self._sheet.round.id:
            return
        self._left = len(places.free)
        self.button.set_words(
            tr("Add a room… {teams} left", teams=count(self._left, "team", "teams"))
            if self._left else tr("All teams are placed"))
        self._stage.refresh_commands()

    def open(self) -> None:
        """Open the dialog that adds rooms."""
        if self._sheet is None:
            return
        round_id, stage = self._sheet.round.id, self._stage
        stage.session.read(
            self, lambda unit: read_places(unit, round_id),
            lambda places: ManualDialog(stage, stage.session, places).open())

    def remove(self) -> None:
        """Take the room with the cursor out; ask where judges go with it."""
        room, sheet = self._room(), self._sheet
        if room is None or sheet is None:
            return
        round_id, ref = sheet.round.id, room.ref

        def take() -> None:
            self._write(
                "take a room out of",
                lambda unit: manual_draw.remove_room(unit, round_id, ref))

        if not room.judges:
            take()
            return
        ask(self._stage, tr("Take {room} out?", room=room.name),
            tr("{judges} go with it. You can undo this.",
               judges=count(room.judges, "judge", "judges")),
            tr("Take out"), take)

    def why_not_add(self) -> str:
        """Return why no room can be added, "" where one can."""
        reason = self._why_not()
        if not reason and self._sheet is not None and self._sheet.rooms and not self._left:
            return tr("All teams are placed.")
        return reason

    def why_not_remove(self) -> str:
        """Return why the room with the cursor stays, "" where it can go."""
        reason, room = self._why_not(), self._room()
        if reason:
            return reason
        if room is None:
            return tr("Choose a room first.")
        return tr("The room has a ballot already.") if room.ballots else ""

    def _why_not(self) -> str:
        sheet = self._sheet
        if sheet is None:
            return tr("The round is being read.")
        if not is_by_hand(sheet):
            return tr("{round} is not drawn by hand.", round=sheet.title)
        return self._closed()

    def _closed(self) -> str:
        sheet = self._sheet
        if sheet is not None and sheet.round.status == "released":
            return tr("The draw is released. Take it back first.")
        if sheet is not None and sheet.round.completed:
            return tr("{round} is completed. Reopen it first.", round=sheet.title)
        return ""

    def _room(self) -> SheetRoom | None:
        debate = self._boards.current_room_id()
        return self._sheet.room(debate) if self._sheet and debate is not None else None
