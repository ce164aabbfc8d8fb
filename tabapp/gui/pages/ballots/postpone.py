"""Postponing the room that a person looks at, and resuming it."""

from __future__ import annotations

from collections.abc import Callable

from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.session import Session
from tabapp.services import postponing
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.postponing import MovedRoom


class PostponedRooms:
    """Acts on the room whose ballot is open, or on that of the list while that has the keys."""

    def __init__(
        self, session: Session, rooms: ChaseList, pane: EntryPane, reopen: Callable[[str], None]
    ) -> None:
        """``reopen`` reads the ballot of a debate anew, by its archive id."""
        self._session, self._rooms, self._pane, self._reopen = session, rooms, pane, reopen

    def turn(self) -> None:
        """Postpone the room, or resume it where it is postponed; an open ballot is read anew."""
        room = self._room()
        if room is None:
            return
        debate, ref = room.id, room.row.ref
        resumes = room.state == "postponed"
        change = postponing.resume if resumes else postponing.postpone

        def done(moved: MovedRoom) -> None:
            self._session.tell_undoable(moved.sentence)
            form = self._pane.desk
            if form is not None and form.room.id == debate:
                self._reopen(ref)

        self._pane.keeper.flush()
        self._session.write(
            self._rooms, "resume" if resumes else "postpone", lambda unit: change(unit, debate),
            subject=room.name, done=done)

    def why_not(self) -> str:
        """Return why the room is neither postponed nor resumed now, "" where it can be."""
        room = self._room()
        if room is None:
            return tr("Choose a room first.")
        if room.state == "postponed":
            return ""
        if room.state == "bye":
            return tr("Nobody has to debate a bye.")
        if self._rooms.desk.cannot_postpone:
            return self._rooms.desk.cannot_postpone
        if any(one.status == "confirmed" for one in room.row.versions):
            return tr("{room} has a confirmed ballot. Take its confirmation back in the history "
                      "first.", room=room.name)
        return ""

    def _room(self) -> DeskRoom | None:
        form = self._pane.desk
        if form is None or self._rooms.has_keys:
            return self._rooms.current
        return next((one for one in self._rooms.desk.rooms if one.id == form.room.id), None)
