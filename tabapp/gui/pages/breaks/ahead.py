"""What is read behind the page: the outlook of a category, its note, the ballots that can flip."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tabapp.gui.latest import Latest, Question
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.services import break_outlook, bubble_guard
from tabapp.services.break_outlook import Outlook
from tabapp.services.break_views import BreakView
from tabapp.services.bubble_guard import BubbleGuard, GuardRead


class Ahead(QObject):
    """Reads after the table is on the screen; what was known before stays until then."""

    changed = Signal()
    """Something of it came in."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.outlook: Outlook | None = None
        self.guard: BubbleGuard | None = None
        self.note = ""
        self._views = Latest()
        self._slug = ""
        self._is_guard_old = True
        self._guards = Latest()
        session.changed.connect(self._on_changed)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, bubble_guard.TOPICS):
            self._is_guard_old = True

    def look(self, view: BreakView) -> None:
        """Read what belongs to a view; an answer for another one is dropped."""
        if view.category is None:
            return
        slug, tournament = view.category.slug, self._session.tournament
        asked = self._views.ask()
        if slug != self._slug:
            self._slug, self.note, self.outlook = slug, "", None
        if view.made:
            self.outlook = None
            self._session.read(
                self, lambda unit: break_outlook.read_note(unit, tournament, slug),
                asked.only(self._show_note))
            return
        self.note = ""
        self._session.read(
            self, lambda unit: break_outlook.read_outlook(unit, tournament, slug),
            asked.only(self._show_outlook), _silent)
        if self._is_guard_old and view.played:
            self._is_guard_old = False
            guard = self._guards.ask()
            self._session.read(
                self, lambda unit: bubble_guard.read_guard(unit, tournament),
                guard.only(lambda read: self._compute(guard, read)),
                guard.only(lambda _error: self._show_guard(None)))

    def _compute(self, asked: Question, read: GuardRead) -> None:
        self._session.call(
            self, lambda: bubble_guard.compute(read), asked.only(self._show_guard),
            asked.only(lambda _error: self._show_guard(None)))

    def _show_note(self, note: str) -> None:
        if note != self.note:
            self.note = note
            self.changed.emit()

    def _show_outlook(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.changed.emit()

    def _show_guard(self, guard: BubbleGuard | None) -> None:
        self.guard = guard
        self.changed.emit()


def _silent(_error: Exception) -> None:
    """Leave the place empty: the category went away, which the page is told itself."""
