"""Who is at the keyboard: the person who signed in, or nobody while the window is locked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.store.database import Database
from tabapp.store.operator_rows import get_operator_row, list_operator_rows
from tabapp.store.unit import ReadUnit

GONE = frozenset({"operator_gone", "operator_role_changed", "operator_must_sign_in"})
"""Errors after which nobody is at the keyboard any more."""


def has_operators(database: Database) -> bool:
    """Tell whether people sign in to this file; a short read, made before anything is shown."""
    with database.read() as unit:
        return _any_operator(unit)


def _any_operator(unit: ReadUnit) -> bool:
    return any(one.active for one in list_operator_rows(unit))


def refuse_the_gone(unit: ReadUnit, operator: Operator | None) -> None:
    """Refuse who was removed or was given another role since signing in.

    ``UserError`` ``operator_gone`` or ``operator_role_changed``; ``operator_must_sign_in`` where
    nobody signed in, and people have to by now. Where the last of all was removed nobody has to
    be anybody.
    """
    if operator is None:
        if _any_operator(unit):
            raise UserError("operator_must_sign_in")
        return
    found = get_operator_row(unit, operator.id)
    if found is None or not found.active:
        if not _any_operator(unit):
            return
        raise UserError("operator_gone", name=operator.name)
    if found.role != operator.role:
        raise UserError("operator_role_changed", name=operator.name)


class Identity(QObject):
    """The person at this window. Belongs to the thread of the window.

    Where a file has no operators everybody is its tab director, under the name that the program
    was started with, and nothing is ever locked. Where it has some, the window is locked until
    one signs in: then nobody is here, and nobody may do anything.
    """

    leaving = Signal()
    """The person goes, and is still here: what he typed is kept now, under his name."""
    locked = Signal()
    unlocked = Signal()
    changed = Signal()
    """Somebody else is here, has other rights, or nobody is any more."""

    def __init__(self, actor: str, parent: QObject | None = None, *, locked: bool = False) -> None:
        """``actor``: who works where the file has no operators; ``locked``: it has some."""
        super().__init__(parent)
        self._actor = actor
        self._operator: Operator | None = None
        self._locked = locked
        self.visit = 0
        """Moves on when another person comes, or the same one with other rights."""
        self.reason = ""
        """Why the window was locked, where that needs a sentence."""

    @property
    def operator(self) -> Operator | None:
        """Return who signed in last, also while it is locked; None where nobody has to."""
        return self._operator

    @property
    def name(self) -> str:
        """Return the name under which this person writes."""
        return self._operator.name if self._operator is not None else self._actor

    @property
    def role(self) -> OperatorRole:
        """Return what this person may be trusted with: the least of all while it is locked."""
        if self._locked:
            return OperatorRole.VOLUNTEER
        return self._operator.role if self._operator is not None else OperatorRole.TAB_DIRECTOR

    @property
    def is_volunteer(self) -> bool:
        """Tell whether this person may see the ballot desk and nothing else."""
        return self.role is OperatorRole.VOLUNTEER

    @property
    def is_locked(self) -> bool:
        """Tell whether nobody is at the keyboard."""
        return self._locked

    def sign_in(self, operator: Operator) -> None:
        """Let a person work here; who was here before is gone."""
        if not self._locked:
            if operator == self._operator:
                return
            self.leaving.emit()
        if self._operator is None or replace(operator, name="") != replace(self._operator, name=""):
            self.visit += 1
        self._operator, self._locked, self.reason = operator, False, ""
        self.changed.emit()
        self.unlocked.emit()

    def rename(self, operator: Operator) -> None:
        """Go on under another name, if it is this person's new one."""
        now = self._operator
        if now is not None and operator != now and replace(operator, name=now.name) == now:
            self._operator = operator
            self.changed.emit()

    def let_everybody_in(self) -> None:
        """Let nobody have to sign in any more, since nobody is left who could."""
        if self._operator is None and not self._locked:
            return
        if not self._locked:
            self.leaving.emit()
        self._operator, self._locked, self.reason = None, False, ""
        self.visit += 1
        self.changed.emit()
        self.unlocked.emit()

    def lock(self, reason: str = "") -> None:
        """Let nobody work here until somebody signs in; ``reason`` is told on the lock screen.

        A second call only changes the reason.
        """
        if self._locked:
            self.reason = reason or self.reason
            return
        self.leaving.emit()
        self._locked, self.reason = True, reason
        self.changed.emit()
        self.locked.emit()
