"""The seven lists of the place people: reading and showing them, typing in their cells."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.people.commands import COMMANDS
from tabapp.gui.pages.people.lists import LISTS, OF_KIND, SPECS, kind_of, record_of
from tabapp.gui.pages.people.pane import ListPane
from tabapp.gui.pages.people.record_dialog import tell_warnings
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Row
from tabapp.gui.tables.overtyping import check_unchanged
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import people
from tabapp.services.people import WITHDRAWN, PeopleLists, Stored
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

_SHORTCUT = Qt.FocusReason.ShortcutFocusReason
Found = tuple[PeopleLists, dict[str, list[Row]], int]
"""The lists, their rows by list, speakers of a full team."""


class Board(Page[Found]):
    """Seven lists behind one row of tabs; ``page`` adds what can be done to their rows."""

    place = "people"
    watches = frozenset({"people", "venues", "settings", "break"})
    commands = COMMANDS
    hints = (
        (("Ins",), "add"), (("F2",), "edit in place"), (("Enter",), "open"), (("F9",), "withdraw"),
        (("Ctrl", "V"), "paste rows"), (("Ctrl", "Tab"), "next list"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.lists: PeopleLists | None = None
        self.speakers = 0
        self._target: tuple[str, int | str] | None = None
        self._tables: dict[str, ListPane] = {}
        self._rows: dict[str, list[Row]] = {}
        self.facts = label("", role="secondary")
        self.tabs = Segments(tr("List"), [(one.key, tr(one.title)) for one in SPECS])
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_list(SPECS[0].key)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("People"), "title"))
        head.addSpacing(Space.UNIT)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.button("people.eligibility"))
        head.addWidget(self.button("people.paste"))
        head.addWidget(self.button("people.add", role=Role.PRIMARY))
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        bar.addWidget(self.tabs)
        bar.addWidget(self.filter)
        bar.addStretch(1)
        for name in ("people.edit", "people.withdraw", "people.delete"):
            bar.addWidget(self.button(name))
        column = QVBoxLayout(self)
        column.setContentsMargins(
            Space.MARGIN, Space.MARGIN_TIGHT, Space.MARGIN, Space.MARGIN_TIGHT)
        column.setSpacing(Space.GAP - 4)
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.stack)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.show_list)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self._to_table)
        for spec in SPECS:
            self.on(f"people.{spec.key}", partial(self._open_list, spec.key))
        self.on("people.next_list", lambda: self._step(1))
        self.on("people.previous_list", lambda: self._step(-1))
        self.on("people.filter", lambda: self.filter.setFocus(_SHORTCUT))

    def _on_filter(self, words: str) -> None:
        self.current.filter_by(words)

    def _to_table(self) -> None:
        self.current.give_keys()

    # Lists

    @property
    def current(self) -> ListPane:
        """Return the list that is on the screen."""
        return self._tables[self.tabs.key]

    def show_list(self, key: str) -> None:
        """Show another list; the keys stay with the tabs."""
        self.tabs.choose(key)
        pane = self._tables.get(key)
        if pane is None:
            pane = self._tables[key] = self._make(key)
        if self.lists is not None:
            self._fill(key)
        self.stack.setCurrentWidget(pane)
        self.stack.setFocusProxy(pane)
        pane.filter_by(self.filter.text())
        self.refresh_commands()

    def _make(self, key: str) -> ListPane:
        pane = ListPane(LISTS[key])
        self.stack.addWidget(pane)
        pane.edited.connect(self._on_edited)
        pane.opened.connect(lambda _key: self.open_current())
        pane.wanted.connect(lambda what: self.run(f"people.{what}"))
        pane.moved.connect(self.refresh_commands)
        return pane

    def _open_list(self, key: str) -> None:
        self.show_list(key)
        self.current.give_keys()

    def _step(self, by: int) -> None:
        keys = [spec.key for spec in SPECS]
        self._open_list(keys[(keys.index(self.tabs.key) + by) % len(keys)])

    def _fill(self, key: str) -> None:
        rows = self._rows.pop(key, None)
        if rows is not None:
            self._tables[key].show_rows(rows)

    # Data

    def query(self) -> Callable[[ReadUnit], Found]:
        """Read all lists, and make their rows."""
        owner = self.session.tournament

        def read(unit: ReadUnit) -> Found:
            lists = people.read_lists(unit, owner)
            rows = {spec.key: spec.rows(lists) for spec in SPECS}
            settings = get_tournament(unit, owner).settings
            return lists, rows, settings.substantive_speakers

        return read

    def show_data(self, data: Found) -> None:
        """Show the list that is on the screen; the others when they come there."""
        self.lists, self._rows, self.speakers = data[0], dict(data[1]), data[2]
        had = self.stack.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._fill(self.tabs.key)
        self.current.filter_by(self.filter.text())
        self.facts.setText(_counts(self.lists))
        self._go_to_target()
        if had and not self.current.isAncestorOf(self.focusWidget() or self):
            self.current.give_keys()

    def open_at(self, target: object) -> None:
        """Select somebody: a kind of record, and its row id or its id in the archive."""
        if (
            isinstance(target, tuple) and len(target) == 2 and target[0] in OF_KIND
            and isinstance(target[1], (int, str))
        ):  # fmt: skip
            self._target = (str(target[0]), target[1])
            if self.lists is not None and not self.is_loading:
                self._go_to_target()
        elif isinstance(target, str) and target in LISTS:
            self._open_list(target)

    def _go_to_target(self) -> None:
        if self._target is None or self.lists is None:
            return
        (kind, wanted), self._target = self._target, None
        if isinstance(wanted, str):
            wanted = _ids(self.lists, kind).get(wanted, 0)
        self.filter.clear()
        self._open_list(OF_KIND[kind])
        key: Hashable = (kind, wanted) if kind.endswith("_category") else wanted
        if self.current.go_to(key):
            self.current.table.setFocus(_SHORTCUT)

    def panes(self) -> Sequence[QWidget]:
        """Return the tabs with the filter, and the list."""
        return (self.tabs, self.current)

    def next_problem(self) -> bool:
        """Go to the next cell that was refused."""
        return self.current.next_problem()

    # Typing in cells

    def _on_edited(self, key: Hashable, column: str, text: str, seen: str) -> None:
        pane = self.current
        kind = kind_of(pane.spec, key)
        if kind is None or not pane.can_edit(key, column):
            pane.refuse(key, column, text, tr("This category has no such field. Put it back."))
            return
        owner, record = self.session.tournament, record_of(key)

        def change(unit: WriteUnit) -> Stored:
            rows = pane.spec.rows(people.read_lists(unit, owner))
            check_unchanged(rows, pane.spec.columns, key, column, seen)
            return people.edit(unit, owner, kind, record, {column: text})

        def stored(done: Stored) -> None:
            tell_warnings(self.session, done.warnings)

        def failed(error: Exception) -> None:
            problems = getattr(error, "problems", ())
            sentence = next((one.message for one in problems if one.level == "error"), "")
            pane.refuse(key, column, text, sentence or sentence_of(error))

        self.session.write(
            self, tr("change"), change, subject=pane.name_of(key), done=stored, failed=failed)

    # Which rows

    def open_current(self) -> None:
        """Open the row with the cursor."""
        raise NotImplementedError

    def chosen(self) -> list[Hashable]:
        """Return the rows that a command is about."""
        return self.current.chosen_keys()

    def chosen_withdrawn(self) -> list[bool]:
        """Tell of each chosen row whether it is withdrawn."""
        kind = self.current.spec.kind
        if kind not in WITHDRAWN:
            return []
        rows = (self.current.row(key) for key in self.chosen())
        return [row.dim for row in rows if row is not None]


def _ids(lists: PeopleLists, kind: str) -> dict[str, int]:
    """Return the row ids of a kind by their ids in the archive."""
    if kind == "team":
        return {one.ref: one.id for one in lists.teams}
    if kind == "speaker":
        return {one.ref: one.id for one in lists.speakers}
    return {one.ref: one.id for one in lists.judges}


def _counts(lists: PeopleLists) -> str:
    away = sum(one.withdrawn for one in lists.teams)
    away += sum(one.withdrawn for one in lists.judges)
    away += sum(one.withdrawn for one in lists.rooms)
    here = ", ".join((
        count(len(lists.teams), "team", "teams"),
        count(len(lists.speakers), "speaker", "speakers"),
        count(len(lists.judges), "judge", "judges"), count(len(lists.rooms), "room", "rooms"),
    ))
    return f"{here}; {tr('{n} withdrawn', n=away)}" if away else here
