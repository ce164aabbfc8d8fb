"""The order "can flip the break first": which rooms those are, read while the list is so ordered.

For the tab room alone; the list itself says of a room that it can change who breaks, not how.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from tabapp.core.revisions import Revision
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.roles import may_see_results
from tabapp.gui.session import Session
from tabapp.services import bubble_guard
from tabapp.services.ballot_desk import Order
from tabapp.services.bubble_guard import BubbleGuard, GuardedRoom, GuardRead
from tabapp.store.unit import ReadUnit

_Read = tuple[Revision, GuardRead | None]
"""What was read, without the rest where nothing has moved since."""


class FlipOrder(QObject):
    """Turns the orders of the list. One computation runs at a time, off the window's thread."""

    def __init__(self, session: Session, rooms: ChaseList) -> None:
        super().__init__(rooms)
        self._session, self._rooms = session, rooms
        self.found: BubbleGuard | None = None
        self._seen: Revision | None = None
        self._is_running = self._again = False
        self._to_top = False
        self._nothing_yet = tr("Working out what can change who breaks…")

    def why_not(self) -> str:
        """Return why the rooms cannot be ordered so, "" if they can."""
        if not may_see_results(self._session):
            return tr("Who can still break is shown to the tab director alone.")
        return ""

    def turn(self) -> None:
        """Order by need, by room, by runner, and by what can flip the break where that may be seen.
        """
        orders: list[Order] = ["need", "room"]
        if self._rooms.has_runners:
            orders.append("runner")
        if not self.why_not():
            orders.append("flip")
        at = orders.index(self._rooms.order) if self._rooms.order in orders else -1
        chosen = orders[(at + 1) % len(orders)]
        if chosen == "flip":
            self.begin()
        else:
            self._rooms.set_order(chosen)

    def begin(self) -> None:
        """Order by what can flip the break, and give the list the keys at its top."""
        if self.why_not():
            return
        self._to_top = True
        self._rooms.set_order("flip")
        self._rooms.give_keys(at_top=True)
        self.look()

    def look(self) -> None:
        """Look again, since ballots may have come in; nothing is done in another order."""
        if self._rooms.order != "flip":
            return
        if self.why_not():
            self._rooms.set_order("need")
            return
        self._tell()
        if self._is_running:
            self._again = True
            return
        self._is_running, self._again = True, False
        tournament, seen = self._session.tournament, self._seen

        def read(unit: ReadUnit) -> _Read:
            now = unit.revision(tournament, *bubble_guard.TOPICS)
            if now == seen:
                return now, None
            return now, bubble_guard.read_guard(unit, tournament)

        self._session.read(self, read, self._compute, self._failed)

    def _compute(self, found: _Read) -> None:
        revision, read = found
        if read is None:
            self._end()
            return

        def show(guard: BubbleGuard) -> None:
            self.found, self._seen = guard, revision
            self._end()
            self._tell()
            if self._to_top and self._rooms.view.hasFocus():
                self._rooms.give_keys(at_top=True)
            self._to_top = False

        self._session.call(self, lambda: bubble_guard.compute(read), show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.found = self._seen = None
        self._nothing_yet = sentence_of(error)
        self._end()
        self._tell()

    def _end(self) -> None:
        self._is_running = False
        if self._again:
            self.look()

    def _tell(self) -> None:
        """Show which rooms are meant, and how many of the round on the screen."""
        if self.found is None:
            self._rooms.show_flips(self._nothing_yet, {}, {})
            return
        flipping = self.found.flipping
        self._rooms.show_flips(
            self._words(flipping),
            {one.debate_id: place for place, one in enumerate(flipping)},
            {one.debate_id: one.words for one in flipping})

    def _words(self, flipping: tuple[GuardedRoom, ...]) -> str:
        head = self._rooms.desk.round
        here = sum(one.round_id == head.id for one in flipping) if head is not None else 0
        if here:
            return tr("{rooms} can change who breaks", rooms=count(here, "room", "rooms"))
        if not flipping:
            return tr("No ballot that is out or unchecked can change who breaks")
        return tr(
            "None here, but {rooms} of {round}", round=flipping[0].round_name,
            rooms=count(sum(one.round_id == flipping[0].round_id for one in flipping),
                        "room", "rooms"))
