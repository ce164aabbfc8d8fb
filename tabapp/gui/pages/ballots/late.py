"""What can be done about ballots that are late: marks, forfeits by the clock, deadlines."""

from __future__ import annotations

from tabapp.core.actors import AUTOMATIC
from tabapp.gui.dialogs.round_deadlines import ask_deadlines
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.form import Said
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.session import Session
from tabapp.services import deadlines
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.deadlines import Forfeit


class LateBallots:
    """Acts on the room that the list is at, and on the round that it shows."""

    def __init__(self, session: Session, rooms: ChaseList) -> None:
        self._session = session
        self._rooms = rooms

    def can_lift(self) -> str:
        """Return why no mark can be taken off, "" if one can."""
        room = self._rooms.current
        if room is None:
            return tr("Choose a room first.")
        if room.flag is None or room.flag.kind == "forfeited":
            return tr("{room} is not marked as late.", room=room.name)
        return ""

    def lift(self) -> None:
        """Take the marks off the room; they come again only when its limit moves."""
        room = self._rooms.current
        if room is not None:
            self._lift(room)

    def _lift(self, room: DeskRoom) -> None:
        self._session.write(
            self._rooms, "take the mark off", lambda unit: deadlines.lift_flags(unit, room.id),
            subject=room.name,
            done=lambda _count: self._session.tell_undoable(
                tr("{room} is not marked as late any more.", room=room.name)))

    def ask(self) -> None:
        """Ask what the deadlines of the round shall be."""
        found = self._rooms.desk.round
        if found is not None:
            ask_deadlines(self._rooms, self._session, found.id)

    def tell_forfeit(self, pane: EntryPane) -> None:
        """Say at the open ballot that nobody typed it, and offer to take it back."""
        form = pane.desk
        if form is None or form.confirmed is None:
            return

        def show(found: Forfeit | None) -> None:
            if found is None or pane.desk is not form:
                return
            pane.say(Said(
                _sentence(found), "attention", tr("Undo"), lambda: undo(found.setter.action)))

        def undo(action: int) -> None:
            pane.taken_back = form
            self._session.undo(action)

        self._session.read(
            pane, lambda unit: deadlines.read_forfeit(unit, form.room.id), show)

    def can_pause(self) -> str:
        """Return why there are no deadlines to pause, "" if there are."""
        return "" if self._rooms.desk.round is not None else tr("There is no round yet.")

    def pause(self) -> None:
        """Pause the deadlines of the round, or let them go on."""
        found = self._rooms.desk.round
        if found is None:
            return
        name = found.name or tr("Round {n}", n=found.seq)
        if found.paused:
            self._session.write(
                self._rooms, "resume the deadlines of",
                lambda unit: deadlines.resume_round(unit, found.id), subject=name,
                done=lambda _none: self._session.tell_undoable(
                    tr("The deadlines of {round} go on.", round=name)))
        else:
            self._session.write(
                self._rooms, "pause the deadlines of",
                lambda unit: deadlines.pause_round(unit, found.id), subject=name,
                done=lambda _none: self._session.tell_undoable(
                    tr("The deadlines of {round} are paused.", round=name)))


def _sentence(found: Forfeit) -> str:
    at, who = found.setter.at, found.setter.actor
    if at is None:
        return found.words
    who = tr("The clock") if who in AUTOMATIC else who
    return tr(
        "{words} {who} entered it at {time}.", words=found.words, who=who,
        time=f"{at.astimezone():%H:%M}")
