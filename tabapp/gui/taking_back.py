"""Undo and redo of the open tournament, as far as the person at the keyboard may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator
from tabapp.gui import roles
from tabapp.gui.identity import refuse_the_gone
from tabapp.gui.messages import tr
from tabapp.services.workspace import Workspace
from tabapp.store.journal import Action


class Desk(roles.Here, Protocol):
    """What this works on: a ``Session``."""

    workspace: Workspace

    def call(
        self, owner: QObject, work: Callable[[], Action], show: Callable[[Action], None], *,
        writes: bool = False,
    ) -> None:  # fmt: skip
        """Work in another thread, here after what was written before."""

    def tell(
        self, sentence: str, tone: str = "", action: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """Show a toast."""


class TakingBack(QObject):
    """Takes actions back and does them again; says what it was, or why not.

    A person without rights over the work of others takes back what he wrote himself at this
    window, in the role that he has: his actions are noted here as they are written.
    """

    def __init__(self, session: Desk, owner: QObject) -> None:
        """``owner``: whose answers are told to nobody else than who asked, the session itself."""
        super().__init__(owner)
        self._owner = owner
        self._session = session
        self._written: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        self._undone: defaultdict[tuple[int, str], list[int]] = defaultdict(list)

    def note(self, operator: Operator | None, action_id: int) -> None:
        """Remember what somebody wrote here; called in the thread that writes."""
        if operator is not None:
            key = _key(operator)
            self._written[key].append(action_id)
            self._undone[key].clear()

    def undo(self, action_id: int | None = None) -> None:
        """Take back an action, the last one by default."""
        session, operator = self._session, self._session.who.operator
        database, owner = session.workspace.database, session.tournament or None
        actor, check = session.actor, roles.check_undo(session)
        all_of_it = roles.may_undo_all(session)

        def work() -> Action:
            with database.read() as unit:
                refuse_the_gone(unit, operator)
            if operator is None or all_of_it:
                return database.undo(  # never the tournament
                    owner, actor=actor, action_id=action_id, trail_only=True, check=check)
            return self._undo_own(operator, action_id)

        self._send(work, lambda words: session.tell(words, "", tr("Redo"), self.redo))

    def _undo_own(self, operator: Operator, action_id: int | None) -> Action:
        """Take back what somebody wrote here, the last that nobody took back before."""
        session = self._session
        own = self._written[_key(operator)]
        for wanted in own[::-1] if action_id is None else [action_id]:
            if wanted not in own:
                break
            try:
                done = session.workspace.database.undo(
                    session.tournament or None, actor=operator.name, action_id=wanted)
            except UserError as error:
                if error.code != "already_undone" or action_id is not None:
                    raise
                own.remove(wanted)
                continue
            own.remove(wanted)
            self._undone[_key(operator)].append(done.id)
            return done
        raise UserError("nothing_of_yours_to_undo")

    def redo(self) -> None:
        """Do again what was taken back last."""
        session, operator = self._session, self._session.who.operator
        database, owner, actor = (
            session.workspace.database, session.tournament or None, session.actor)
        all_of_it = roles.may_undo_all(session)

        def work() -> Action:
            with database.read() as unit:
                refuse_the_gone(unit, operator)
            if operator is None or all_of_it:
                return database.redo(owner, actor=actor)
            undone = self._undone[_key(operator)]
            if not undone:
                raise UserError("nothing_to_redo")
            done = database.undo(owner, actor=actor, action_id=undone[-1])
            undone.pop()
            self._written[_key(operator)].append(done.id)  # stands for what it brought back
            return done

        self._send(work, session.tell)

    def _send(self, work: Callable[[], Action], tell: Callable[[str], None]) -> None:
        def show(action: Action) -> None:
            words = f"{action.verb} {action.subject}".strip()
            tell(words[:1].upper() + words[1:] + ".")

        self._session.call(self._owner, work, show, writes=True)


def _key(operator: Operator) -> tuple[int, str]:
    return operator.id, operator.role
