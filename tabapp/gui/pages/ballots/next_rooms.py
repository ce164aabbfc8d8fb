"""Which room comes next for the person at the keyboard: papers to be typed, then entries to check.

Nothing is opened that only somebody else may go on with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.gui.pages.ballots.opening import Person, step_of
from tabapp.services.ballot_desk import DeskRoom, State, next_room
from tabapp.services.entry_rules import Rules

_HERE: tuple[State, ...] = ("draft", "received")
"""The paper lies at the desk."""
_OUT: tuple[State, ...] = (*_HERE, "out")
_CHECK: tuple[State, ...] = ("check", "differs")


@dataclass(frozen=True, slots=True)
class NextRooms:
    """The rooms in the order of the list, as far as ``person`` may go on with them."""

    rooms: Sequence[DeskRoom]
    rules: Rules
    person: Person

    def to_enter(self, after: int = 0) -> DeskRoom | None:
        """Return the next ballot to be typed: its paper is here and nobody else has begun.

        Without such a one it is a room that is out, then what somebody else began.
        """
        rooms = [one for one in self.rooms if one.id == after or self._is_free(one)]
        return (
            next_room(rooms, after, _HERE) or next_room(rooms, after, _OUT)
            or next_room(self.rooms, after, _OUT))

    def to_check(self, after: int = 0, *, others: bool = False) -> DeskRoom | None:
        """Return the next entry that this person may check or decide.

        ``others``: what other people entered alone, not what somebody who works alone typed.
        """
        rooms = [
            one for one in self.rooms
            if one.id == after or (self._may(one) and not (others and self._is_own(one)))]
        return next_room(rooms, after, _CHECK)

    def first(self) -> DeskRoom | None:
        """Return what to begin with."""
        return self.to_enter() or self.to_check()

    def after(self, debate: int, *, was_check: bool) -> DeskRoom | None:
        """Return what comes after a room: more of the same, then what is left."""
        if was_check:
            return self.to_check(debate) or self.to_enter(debate)
        return self.to_enter(debate) or self.to_check(debate, others=True)

    def _is_free(self, room: DeskRoom) -> bool:
        return room.state != "draft" or self.person.name in room.by

    def _may(self, room: DeskRoom) -> bool:
        return step_of(self.rules, self.person, room)[0] in ("second", "look", "decide")

    def _is_own(self, room: DeskRoom) -> bool:
        return any(
            one.status == "draft" and self.rules.is_author(self.person.name, one.entered_by)
            for one in room.row.versions)
