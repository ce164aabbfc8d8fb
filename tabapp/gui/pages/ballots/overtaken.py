"""Whether the open form still asks what the room and the rules ask: they change while one types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tabapp.gui.latest import Latest
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.services.ballot_changes import Change, what_changed
from tabapp.services.ballot_form import DeskForm, read_form

_WATCHED = frozenset({"panels", "motions", "settings"})


def change_words(before: DeskForm, now: DeskForm) -> str:
    """Say what a form asks otherwise by now, or why it asks nothing any more; "" as before."""
    if now.refused and now.refused != before.refused:
        return now.refused
    words: dict[Change, str] = {
        "": "",
        "panel": tr("The panel of this room changed."),
        "motions": tr("The motions of this round changed."),
        "rules": tr("The rules for ballots changed."),
    }
    return words[what_changed(before, now)]


class FormWatch(QObject):
    """Reads the open form again when what it asks may have changed, or when a save was refused."""

    def __init__(
        self, session: Session, parent: QObject, opened: Callable[[], DeskForm | None],
        show: Callable[[str], None],
    ) -> None:
        """``show`` gets what changed since ``opened`` was read, in words; "" for nothing."""
        super().__init__(parent)
        self._session, self._opened, self._show = session, opened, show
        self._readings = Latest()
        session.changed.connect(self._on_changed)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, _WATCHED):
            self.look(self._show)

    def look(self, then: Callable[[str], None]) -> None:
        """Tell what changed of the form that is open, if it still is then."""
        form = self._opened()
        if form is None:
            return
        asked, actor = self._readings.ask(), self._session.actor

        def told(words: str) -> None:
            if self._opened() is form:
                then(words)

        self._session.read(
            self,
            lambda unit: read_form(unit, form.owner.id, form.room.ref, actor),
            asked.only(lambda now: told(change_words(form, now))),
            asked.only(lambda _error: told("")))  # the room is gone, which the list tells
