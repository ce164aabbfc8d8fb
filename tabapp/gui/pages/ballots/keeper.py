"""Keeps what is typed in a form: at most 0.3 s after each change, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from tabapp.gui.session import Session
from tabapp.services.ballot_sheet import Typed
from tabapp.services.drafts import ballot_form, drop_draft, keep_draft
from tabapp.store.unit import WriteUnit

PAUSE = 250
"""Milliseconds in which keystrokes are gathered into one write."""


class DraftKeeper(QObject):
    """Writes the draft of one room at a time.

    All writes of the window go through one thread in order, so what is forgotten stays forgotten.
    What was kept is remembered here too: a room that is left and opened at once shows it.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: tuple[int, Typed] | None = None
        self._kept: dict[int, Typed] = {}
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.flush)

    def keep(self, debate: int, typed: Typed) -> None:
        """Write what is typed for a debate, soon."""
        if self._waiting is not None and self._waiting[0] != debate:
            self.flush()
        self._waiting = (debate, typed)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Write now what waits."""
        self._timer.stop()
        if self._waiting is None:
            return
        (debate, typed), self._waiting = self._waiting, None
        content, name = typed.as_json(), self._name(debate)
        self._kept[debate] = typed.copy()
        self._write(lambda unit: keep_draft(unit, name, content))

    def take(self, debate: int) -> Typed | None:
        """Return what was kept here of a debate since the window opened."""
        found = self._kept.get(debate)
        return found.copy() if found is not None else None

    def hold(self, debate: int, typed: Typed) -> None:
        """Remember what is being saved and write nothing of it; who is refused keeps it again."""
        self._stop(debate)
        self._kept[debate] = typed.copy()

    def forget(self, debate: int) -> None:
        """Write nothing more of a debate; whoever saves it drops the draft in the same unit."""
        self._stop(debate)
        self._kept.pop(debate, None)

    def _stop(self, debate: int) -> None:
        """Let wait what belongs to another room."""
        if self._waiting is not None and self._waiting[0] == debate:
            self._timer.stop()
            self._waiting = None

    def drop(self, debate: int) -> None:
        """Forget a draft for good."""
        self.forget(debate)
        name = self._name(debate)
        self._write(lambda unit: drop_draft(unit, name))

    def _name(self, debate: int) -> str:
        return ballot_form(self._session.tournament, debate)

    def _write(self, change: Callable[[WriteUnit], None]) -> None:
        self._session.write(self, "keep a draft", change, undoable=False)
