"""Suggestions: what may be worth a look, with its reason in numbers, to accept or to dismiss."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.domain.attention import KINDS
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.overview.suggestions.commands import COMMANDS
from tabapp.gui.pages.overview.suggestions.detail import Detail
from tabapp.gui.pages.overview.suggestions.listing import SuggestionList, matching, name_of
from tabapp.gui.pages.overview.suggestions.looking import Looking
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.segments import Segments
from tabapp.services import suggestion_answers, suggestions
from tabapp.services.suggestions import Shown, SuggestionsView
from tabapp.store.unit import ReadUnit, WriteUnit

_ALL = "all"


class SuggestionsPane(Page[SuggestionsView]):
    """A list at the left, the numbers of one suggestion at the right."""

    place = "overview/suggestions"
    watches = frozenset({"suggestions"})
    commands = COMMANDS
    hints = (
        (("↑", "↓"), "choose"), (("Enter",), "open it"), (("Ctrl", "Enter"), "accept"),
        (("Del",), "dismiss"), (("/",), "filter"), (("F5",), "look again"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view = SuggestionsView()
        self._writes = False
        self.kinds = Segments(tr("Kind"), [
            (_ALL, tr("All")), *((kind, name_of(kind)) for kind in KINDS)])
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.again = Looking(session, self)
        self.list = SuggestionList()
        self.detail = Detail(
            self.button("suggestions.accept", role=Role.PRIMARY),
            self.button("suggestions.dismiss"), self.button("suggestions.open"))
        self._build()
        self._connect()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(self.kinds)
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self.again)
        self.look = self.button("suggestions.again")
        head.addWidget(self.look)
        card = Card(padding=1)
        card.setAccessibleName(tr("Suggestions"))
        card.body.setContentsMargins(1, 6, 1, 6)  # the rounded corners stay the card's
        card.body.addWidget(self.list)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(card, 4)
        row.addWidget(self.detail, 5)
        self.none = EmptyState(
            tr("No suggestions."),
            tr("Ballots, panels, judges' scores and registration are looked at after each round, "
               "and when you ask."),
            action=tr("Look again"), keys=("F5",), primary=False)
        self.no_match = EmptyState(
            tr("Nothing matches."), tr("Clear the filter to see all suggestions."),
            action=tr("Clear the filter"), primary=False)
        self.body = QStackedWidget()
        for part in (both, self.none, self.no_match):
            self.body.addWidget(part)
        self._both = both
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.body, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _key: self._fill())
        self.filter.textChanged.connect(lambda _text: self._fill())
        self.filter.left_downwards.connect(self.list.setFocus)
        self.filter.returnPressed.connect(self.list.setFocus)
        self.list.moved.connect(self._on_moved)
        self.list.opened.connect(lambda: self.run("suggestions.open"))
        self.none.acted.connect(lambda: self.run("suggestions.again"))
        self.no_match.acted.connect(self._clear)
        self.again.changed.connect(self.refresh_commands)
        self.again.found.connect(self._on_looked)
        self.detail.dismissal.dismissed.connect(self._dismiss)
        self.detail.dismissal.left.connect(self._stop_asking)
        self.on("suggestions.accept", self._accept, self._has_one)
        self.on("suggestions.dismiss", self._ask_why, self._has_one)
        self.on("suggestions.open", self._open, self._has_one)
        self.on("suggestions.again", self.again.start, self._may_look)
        self.on("suggestions.filter", self._go_to_filter)

    # Data

    def query(self) -> Callable[[ReadUnit], SuggestionsView]:
        """Return what reads the suggestions that wait."""
        tournament = self.session.tournament
        return lambda unit: suggestions.read_suggestions(unit, tournament)

    def may_reload(self) -> bool:
        """Tell whether nobody types why a suggestion is dismissed."""
        return not self.detail.asks

    def show_data(self, data: SuggestionsView) -> None:
        """Show them; the one that is looked at stays."""
        self.view = data
        counts = data.counts
        for kind in KINDS:
            self.kinds.set_words(kind, _counted(name_of(kind), counts[kind]))
        self.kinds.set_words(_ALL, _counted(tr("All"), len(data.items)))
        self._fill()

    def _fill(self) -> None:
        kind = "" if self.kinds.key == _ALL else self.kinds.key
        found = matching(self.view.items, kind, self.filter.text())
        had = self.list.hasFocus() or self.none.hasFocus()
        self.list.show_items(found)
        if found:
            self.body.setCurrentWidget(self._both)
            self.setFocusProxy(self.list)
        else:
            empty = self.no_match if self.view.items else self.none
            self.body.setCurrentWidget(empty)
            self.setFocusProxy(empty)
        if had:
            self.setFocus()
        self.refresh_commands()

    def _on_moved(self) -> None:
        chosen = self.list.chosen()
        if self.detail.asks:
            self._stop_asking()
        if chosen is not None:
            self.detail.show_suggestion(chosen)
        self.refresh_commands()

    def panes(self) -> Sequence[QWidget]:
        """Return the kinds with the filter, the list, and the suggestion."""
        if self.body.currentWidget() is self._both:
            return (self.kinds, self.list, self.detail)
        return (self.kinds, self.body)

    def open_at(self, target: object) -> None:
        """Show the suggestions of a kind, or the one with this kind and subject."""
        kind, subject = target if isinstance(target, tuple) else (target, None)
        if kind in KINDS:
            self.kinds.choose(str(kind))
            self.filter.clear()
            self._fill()
        keys = [one.key for one in self.list.rows.items]
        if (kind, subject) in keys:
            self.list.setCurrentIndex(self.list.rows.index(keys.index((kind, subject))))

    # When

    def _has_one(self) -> str:
        if self._writes:
            return tr("The answer is being kept. Wait a moment.")
        return "" if self.list.chosen() is not None else tr("Choose a suggestion first.")

    def _may_look(self) -> str:
        return tr("The program is looking already.") if self.again.runs else ""

    # What is done

    def _go_to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def _clear(self) -> None:
        self.kinds.choose(_ALL)
        self.filter.clear()
        self._fill()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        chosen = self.list.chosen()
        if chosen is not None:
            if chosen.round_id is not None:
                self.session.set_round(chosen.round_id)
            self.session.go(chosen.place, chosen.target)

    def _accept(self) -> None:
        chosen = self.list.chosen()
        if chosen is None:
            return
        tournament, now = self.session.tournament, self.session.workspace.clock.now()

        def change(unit: WriteUnit) -> str:
            return suggestion_answers.accept(unit, tournament, chosen.kind, chosen.subject, now)

        said = chosen.would or tr("Looked at: {suggestion}", suggestion=chosen.sentence)
        self._write("accept", change, chosen, said)

    def _ask_why(self) -> None:
        self.detail.ask_why()

    def _stop_asking(self) -> None:
        self.detail.stop_asking()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.catch_up()

    def _dismiss(self, reason: str) -> None:
        chosen = self.list.chosen()
        if chosen is None:
            return
        tournament, now = self.session.tournament, self.session.workspace.clock.now()

        def change(unit: WriteUnit) -> str:
            return suggestion_answers.dismiss(
                unit, tournament, chosen.kind, chosen.subject, reason, now)

        said = tr("Dismissed: {suggestion}", suggestion=chosen.sentence)
        self._write("dismiss", change, chosen, said)

    def _write(
        self, verb: str, change: Callable[[WriteUnit], str], chosen: Shown, said: str
    ) -> None:
        self._writes = True
        if self.detail.asks:
            self._stop_asking()
        self.refresh_commands()

        def done(_sentence: str) -> None:
            self._writes = False
            self.session.tell_undoable(said)
            self.mark_stale()

        def failed(error: Exception) -> None:
            self._writes = False
            self.session.tell(sentence_of(error), "problem")
            self.mark_stale()

        self.session.write(self, verb, change, subject=chosen.sentence, done=done, failed=failed)

    def _on_looked(self, waiting: int) -> None:
        if waiting:
            words = tr("{n} suggestion waits for an answer." if waiting == 1 else
                       "{n} suggestions wait for an answer.", n=waiting)
            self.session.tell(words)
        else:
            self.session.tell(tr("Nothing stands out."), "done")


def _counted(words: str, n: int) -> str:
    return f"{words} {n}" if n else words
