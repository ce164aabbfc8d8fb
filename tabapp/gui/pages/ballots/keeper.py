"""Keeps what is typed in a form: each change at once, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tabapp.gui.messages import sentence_of
from tabapp.gui.session import Session
from tabapp.services.ballot_bundle import Bundle
from tabapp.services.ballot_decision import Decision
from tabapp.services.drafts import ballot_form, decision_form, drop_drafts_of, keep_draft
from tabapp.store.unit import WriteUnit

Kept = Bundle | Decision
"""What is kept of a debate: the sheets as they are typed, or what was decided of its entries."""
_Key = tuple[str, int]
"""Who types, and the debate by its row id."""


class DraftKeeper(QObject):
    """Writes drafts as they are typed; a draft belongs to whoever was at the keyboard.

    One write is under way at a time. What is typed meanwhile waits, of each form only the newest,
    so that a slow disk makes writes rarer and typing no slower. All writes of the window go
    through one thread in order, so what is forgotten stays forgotten. What was kept is remembered
    here too: a room that is left and opened at once shows it.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._next: dict[_Key, Kept] = {}
        self._kept: dict[_Key, Kept] = {}
        self._under_way = 0

    def keep(self, debate: int, typed: Kept, actor: str = "") -> None:
        """Write what is typed for a debate: at once, or as soon as the write before it is done.

        ``actor``: who typed it, where that need not be who is at the keyboard now.
        """
        key = self._key(debate, actor)
        self._kept[key] = self._next[key] = typed.copy()
        if not self._under_way:
            self._write_next()

    def flush(self) -> None:
        """Let nothing wait: the window may be gone before the write under way is done."""
        while self._next:
            self._write_next()

    @property
    def is_idle(self) -> bool:
        """Tell whether everything that was typed is on the disk."""
        return not (self._under_way or self._next)

    def take(self, debate: int) -> Kept | None:
        """Return what this person typed or decided of a debate since the window opened."""
        found = self._kept.get(self._key(debate))
        return found.copy() if found is not None else None

    def hold(self, debate: int, typed: Kept) -> None:
        """Remember what is being saved and write nothing of it; who is refused keeps it again."""
        key = self._key(debate)
        self._next.pop(key, None)
        self._kept[key] = typed.copy()

    def forget(self, debate: int, actor: str = "") -> None:
        """Write nothing more of a debate; whoever saves it drops the draft in the same unit."""
        key = self._key(debate, actor)
        self._next.pop(key, None)
        self._kept.pop(key, None)

    def drop(self, debate: int) -> None:
        """Forget a draft for good."""
        self.forget(debate)
        tournament, actor = self._session.tournament, self._session.actor
        self._write(lambda unit: drop_drafts_of(unit, tournament, debate, actor))

    def _key(self, debate: int, actor: str = "") -> _Key:
        return actor or self._session.actor, debate

    def _name(self, debate: int, kept: Kept) -> str:
        form = decision_form if isinstance(kept, Decision) else ballot_form
        return form(self._session.tournament, debate)

    def _write_next(self) -> None:
        key = next(iter(self._next))
        kept, actor = self._next.pop(key), key[0]
        content, name = kept.as_json(), self._name(key[1], kept)
        self._write(lambda unit: keep_draft(unit, name, content, actor))

    def _write(self, change: Callable[[WriteUnit], None]) -> None:
        self._under_way += 1
        self._session.write(
            self, "keep a draft", change, undoable=False, done=lambda _none: self._end(),
            failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._session.tell(sentence_of(error), "problem")
        self._end()

    def _end(self) -> None:
        self._under_way -= 1
        if self._next and not self._under_way:
            self._write_next()
