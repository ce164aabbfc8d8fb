"""The writes of the stage judges, one action each."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tabapp.domain.allocation.board import LEAST_IMPORTANCE, MOST_IMPORTANCE, Board
from tabapp.domain.types import Role
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.allocating import SEEDS
from tabapp.gui.pages.rounds.judges.data import JudgesData
from tabapp.gui.pages.rounds.judges.pool import role_in
from tabapp.gui.pages.rounds.judges.slots import Slot
from tabapp.services import panels
from tabapp.store.unit import WriteUnit


class Edits(QObject):
    """Moves judges through the services."""

    follow = Signal(str)
    """The cursor goes where this judge is now."""

    def __init__(self, page: Page[JudgesData | None]) -> None:
        super().__init__(page)
        self._page = page
        self.board: Board | None = None

    def _write(
        self, verb: str, subject: str, change: Callable[[WriteUnit, int], None],
        snapshot: str = "",
    ) -> None:
        if self.board is None:
            return
        round_id = self.board.round_id
        self._page.session.write(
            self._page, verb, lambda unit: change(unit, round_id), subject=subject,
            snapshot=snapshot)

    def _name(self, judge: str) -> str:
        return self.board.judges[judge].name if self.board is not None else judge

    def seat(self, judge: str, slot: Slot, reason: str) -> None:
        """Seat a judge in a place of the board."""
        if self.board is None:
            return
        role = role_in(slot.role, self.board.judges[judge]) if slot.added else slot.role
        label = self.board.debate[slot.debate].label
        self.follow.emit(judge)
        self._write(
            "seat", f"{self._name(judge)} as {role.value} of {label}",
            lambda unit, round_id: panels.seat_judge(
                unit, round_id, judge, slot.debate, role, instead_of=slot.judge, reason=reason))

    def take_out(self, judge: str) -> None:
        """Put a judge into the pool; one who is there stays."""
        if self.board is not None and judge in self.board.seats:
            label = self.board.debate[self.board.seats[judge].debate].label
            self._write(
                "take out", f"{self._name(judge)} of {label}",
                lambda unit, round_id: panels.take_out(unit, round_id, judge))

    def set_role(self, judge: str, role: Role) -> None:
        """Give a judge another role in its room."""
        if self.board is None or judge not in self.board.seats:
            return
        label = self.board.debate[self.board.seats[judge].debate].label
        self.follow.emit(judge)
        self._write(
            "make", f"{self._name(judge)} {role.value} of {label}",
            lambda unit, round_id: panels.set_role(unit, round_id, judge, role))

    def change_importance(self, debate: str, by: int) -> None:
        """Make a debate more or less important, to the ends of the scale."""
        if self.board is None or debate not in self.board.debate:
            return
        here = self.board.debate[debate]
        value = max(LEAST_IMPORTANCE, min(MOST_IMPORTANCE, here.importance + by))
        if value != here.importance:
            self._write(
                "set the importance of", here.label,
                lambda unit, round_id: panels.set_importance(unit, round_id, debate, value))

    def clear(self) -> None:
        """Put all judges into the pool."""
        if self.board is not None:
            self._write(
                "clear the panels of", self.board.name, _clear,
                f"before clearing the panels of {self.board.name}")

    def fill(self) -> None:
        """Seat judges of the pool in empty places; says how many, and that nobody else moved."""
        if self.board is None:
            return
        board, session = self.board, self._page.session
        seed = secrets.randbelow(SEEDS)

        def found(filling: panels.Filling) -> None:
            if not filling.places:
                session.tell(tr("No gap can be filled: nobody without a clash is free."))
                return
            session.write(
                self._page, "fill the gaps of", lambda unit: panels.seat_all(
                    unit, board.round_id, filling.places),
                subject=board.name, expected=filling.revision,
                done=lambda _none: session.tell(tr(
                    "{judges} seated. Everybody else stays.",
                    judges=count(len(filling.places), "judge", "judges")), "done"))

        session.read(
            self._page, lambda unit: panels.find_filling(unit, board.round_id, seed), found)


def _clear(unit: WriteUnit, round_id: int) -> None:
    panels.clear_panels(unit, round_id)
