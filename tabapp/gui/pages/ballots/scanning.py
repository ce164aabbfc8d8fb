"""Papers that come to the desk: read by a scanner or marked by a key, with sounds for both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tabapp.core.errors import UserError
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.pages.ballots.scan_keys import ScanKeys
from tabapp.gui.session import Session
from tabapp.gui.sounds import Sound
from tabapp.services import check_ins
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.check_ins import Receipt

_WHY_NOT = {
    "check": "The ballot of {room} is entered already.",
    "differs": "The ballot of {room} is entered already.",
    "confirmed": "The ballot of {room} is confirmed already.",
    "postponed": "{room} is postponed. Resume the room first.",
    "bye": "{room} has a bye, and nobody debates there.",
}


class Scanning(QObject):
    """Marks papers as received, one after the other in the order in which they were scanned."""

    def __init__(
        self, session: Session, rooms: ChaseList, form: EntryPane,
        open_ref: Callable[[str], None],
    ) -> None:
        super().__init__(rooms)
        self._session, self._rooms = session, rooms
        self._form, self._open_ref = form, open_ref
        rooms.scanned.connect(self.scan)
        ScanKeys(form).scanned.connect(self.scan)
        rooms.all_in.connect(self._on_all_in)

    # By its code

    def scan(self, text: str, instead: str = "") -> None:
        """Take a code: its sheet is marked as received, and its form opened where that is chosen.

        ``instead`` is what to say where the text is no code at all.
        """
        tournament, opens = self._session.tournament, self._rooms.scan.opens

        def failed(error: Exception) -> None:
            if instead and isinstance(error, UserError) and error.code == "code_unknown":
                self._rooms.not_found.emit(instead)
                return
            self._rooms.say(sentence_of(error), "problem")
            self._session.sounds.play(Sound.PROBLEM)

        def done(receipt: Receipt) -> None:
            self._rooms.say(
                self._words(receipt), "done" if receipt.outcome == "received" else "attention")
            if opens:
                self._open_ref(receipt.ref)

        self._session.write(
            self._rooms, "receive the ballot of",
            lambda unit: check_ins.receive_code(unit, tournament, text), done=done, failed=failed)

    def _words(self, receipt: Receipt) -> str:
        head = self._rooms.desk.round
        elsewhere = head is None or head.id != receipt.round_id
        room = (
            tr("{room} of {round}", room=receipt.room, round=receipt.round) if elsewhere
            else receipt.room)
        if receipt.outcome == "entered":
            return tr("{room} is entered already.", room=room)
        if receipt.outcome == "again" and receipt.at is not None:
            return tr(
                "{room} was received at {time} already, by {who}.", room=room, who=receipt.by,
                time=f"{receipt.at.astimezone():%H:%M}")
        if not receipt.left:
            return tr("{room} received. It was the last.", room=room)
        return tr("{room} received. {n} to come.", room=room, n=receipt.left)

    def _on_all_in(self, sentence: str) -> None:
        self._rooms.say(sentence)
        self._session.sounds.play(Sound.COMPLETE)

    # By a key

    def room(self) -> DeskRoom | None:
        """Return the room that is meant: where the list has the keys its own, else the open one."""
        rooms = self._rooms
        if not rooms.has_keys and self._form.desk is not None:
            open_id = self._form.desk.room.id
            return next((one for one in rooms.desk.rooms if one.id == open_id), None)
        return rooms.current

    def why_not(self) -> str:
        """Return why no sheet can be marked now, "" if one can."""
        room = self.room()
        if room is None:
            return tr("Choose a room first.")
        return tr(_WHY_NOT.get(room.state, ""), room=room.name) if (
            room.state in _WHY_NOT) else ""

    def turn(self) -> None:
        """Mark the sheet of a room as received, or let it be out again."""
        room = self.room()
        if room is None or self.why_not():
            return
        session, tournament = self._session, self._session.tournament
        if self._rooms.has_keys:
            self._rooms.step_on()
        if room.receipt is not None:
            session.write(
                self._rooms, "take back the receipt of",
                lambda unit: check_ins.take_back(unit, tournament, room.id),
                done=lambda name: session.tell_undoable(
                    tr("{room} is out again.", room=name), ""))
            return
        session.write(
            self._rooms, "receive the ballot of",
            lambda unit: check_ins.receive(unit, tournament, room.id),
            done=lambda receipt: session.tell_undoable(
                tr("{room} is received. {rooms} out.", room=receipt.room,
                   rooms=count(receipt.left, "room is", "rooms are"))
                if receipt.left else tr("{room} is received. It was the last.",
                                        room=receipt.room)))
