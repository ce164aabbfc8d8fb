"""The stage availability: who and what is there, ticked in a table of a thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.availability.commands import COMMANDS
from tabapp.gui.pages.rounds.availability.needs import NeedsCard
from tabapp.gui.pages.rounds.sides_dialog import open_sides
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.segments import Segments
from tabapp.services import availability as service
from tabapp.services.availability import Availability
from tabapp.store.presence_rows import Kind as Who
from tabapp.store.presence_rows import PresenceRow
from tabapp.store.unit import ReadUnit, WriteUnit

_COLUMNS = (
    Column("here", "Here", Kind.BADGE, 96),
    Column("name", "Name", Kind.IDENTITY, stretch=True),
    Column("detail", "Institution", stretch=True),
    Column("before", "Last round", Kind.BADGE, 110),
    Column("note", "Note", width=180),
)
_KINDS: tuple[tuple[Who, str], ...] = (
    ("team", "Teams"), ("adjudicator", "Judges"), ("venue", "Rooms"))


class AvailabilityStage(Page[Availability]):
    """A grid of one kind at a time; Enter changes a row, Insert and Delete all selected ones."""

    place = "rounds/availability"
    watches = frozenset({"availability", "people", "venues", "rounds"})
    of_round = acts_on_round = True
    commands = COMMANDS
    hints = (
        (("Enter",), "here or away"), (("Space",), "selects"), (("Ins",), "mark here"),
        (("Del",), "mark away"), (("/",), "filter"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found: Availability | None = None
        self.kinds = Segments(tr("Who"), [(key, tr(word)) for key, word in _KINDS])
        self.kinds.chosen.connect(self._on_kind)
        self.filter = SearchField(tr("Filter by name or institution"), keys=("/",))
        self.rows = TableModel(_COLUMNS)
        self.table = TableView(self.rows, tr("Who is here"))
        self.card = TableCard(self.table)
        self.needs = NeedsCard()
        self.filter.textChanged.connect(self.rows.filter_by)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        for part in (self.kinds, self.filter):
            bar.addWidget(part)
        bar.addStretch(1)
        self.sides = self.button("availability.sides", keys=False)
        self.sides.hide()
        bar.addWidget(self.sides)
        for name in ("availability.as_last", "availability.all"):
            bar.addWidget(self.button(name, keys=False))
        bar.addWidget(self.button("availability.next", role=Role.PRIMARY))
        middle = QHBoxLayout()
        middle.setSpacing(Space.GAP)
        middle.addWidget(self.card, 1)
        middle.addWidget(self.needs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        column.addLayout(bar)
        column.addLayout(middle, 1)

    def _connect(self) -> None:
        self.on("availability.here", lambda: self._mark(here=True), self._some)
        self.on("availability.away", lambda: self._mark(here=False), self._some)
        self.on("availability.all", self._on_all, self._loaded)
        self.on("availability.nobody", self._on_nobody, self._loaded)
        self.on("availability.as_last", self._on_as_last, self._has_earlier)
        self.on("availability.breaking", self._on_breaking, self._has_breaking)
        self.on("availability.sides", lambda: open_sides(self, self, self.session),
                self._has_sides)
        self.on("availability.next", lambda: self.session.go("rounds/draw"), self._loaded)
        self.on("availability.filter", self.filter.setFocus)
        self.on("availability.teams", lambda: self.show_kind("team"))
        self.on("availability.judges", lambda: self.show_kind("adjudicator"))
        self.on("availability.rooms", lambda: self.show_kind("venue"))

    # Data

    @property
    def kind(self) -> Who:
        """Return who is shown: teams, judges or rooms."""
        return next(key for key, _ in _KINDS if key == self.kinds.key)

    def query(self) -> Callable[[ReadUnit], Availability]:
        """Read the grid of the round that is looked at."""
        round_id = self.session.round_id or 0
        return lambda unit: service.read_availability(unit, round_id)

    def show_data(self, data: Availability) -> None:
        """Show the rows of the kind that is chosen, and all counts."""
        self._found = data
        self.needs.show_needs(data)
        self.sides.setVisible(data.sides_allocated)
        found = data.rows[self.kind]
        self.rows.set_rows(_row(one) for one in found)
        self.card.show_empty(None if found else self._empty())
        if found and self.table.current_key() is None:
            self.table.go_to(found[0].id)

    def _empty(self) -> EmptyState:
        word = dict(_KINDS)[self.kind].lower()
        made = EmptyState(
            tr("No {what} yet.", what=tr(word)), tr("Add, paste or import them under People."),
            action=tr("Go to People"))
        made.acted.connect(lambda: self.session.go("people"))
        return made

    def show_kind(self, kind: Who) -> None:
        """Show teams, judges or rooms."""
        self.kinds.choose(kind)
        self._on_kind(kind)
        self.table.setFocus()

    def _on_kind(self, _key: str) -> None:
        if self._found is not None:
            self.show_data(self._found)
            self.refresh_commands()

    # What can be done now

    def _loaded(self) -> str:
        return "" if self._found is not None else tr("Nothing is loaded yet.")

    def _some(self) -> str:
        return "" if self._chosen() else tr("No row is selected. Choose one with the arrows.")

    def _has_earlier(self) -> str:
        if self._found is not None and self._found.earlier is None:
            return tr("This is the first round.")
        return self._loaded()

    def _has_breaking(self) -> str:
        found = self._found
        if found is not None and not any(one.breaking for one in found.rows["adjudicator"]):
            return tr("No judge is marked as breaking. Mark them under People.")
        return self._loaded()

    def _has_sides(self) -> str:
        if self._found is not None and not self._found.sides_allocated:
            return tr("Sides are not allocated beforehand in this tournament.")
        return self._loaded()

    # Changes

    def _chosen(self) -> list[Hashable]:
        rows = self.table.selected_rows()
        shown = self.rows.shown
        if rows:
            return [shown[i].key for i in rows]
        key = self.table.current_key()
        return [key] if key is not None else []

    def _on_opened(self, key: Hashable) -> None:
        if self._found is None:
            return
        row = next(one for one in self._found.rows[self.kind] if one.id == key)
        self._set([row.id], here=not row.here)

    def _mark(self, *, here: bool) -> None:
        self._set([one for one in self._chosen() if isinstance(one, int)], here=here)

    def _set(self, ids: Iterable[int], *, here: bool) -> None:
        wanted, kind = list(ids), self.kind
        self._write("mark as here" if here else "mark as away", lambda unit, round_id: (
            service.set_here(unit, round_id, kind, wanted, here=here)))

    def _on_all(self) -> None:
        kind = self.kind
        self._write("mark everybody as here in", lambda unit, round_id: (
            service.all_here(unit, round_id, kind)))

    def _on_nobody(self) -> None:
        kind = self.kind
        self._write("mark everybody as away in", lambda unit, round_id: (
            service.only_here(unit, round_id, kind, ())))

    def _on_as_last(self) -> None:
        self._write("take who is here from the round before", service.as_last_round)

    def _on_breaking(self) -> None:
        assert self._found is not None
        ids = [one.id for one in self._found.rows["adjudicator"] if one.breaking]
        self._write("mark the breaking judges as here in", lambda unit, round_id: (
            service.only_here(unit, round_id, "adjudicator", ids)))

    def _write(self, verb: str, change: Callable[[WriteUnit, int], None]) -> None:
        found = self._found
        if found is None:
            return
        round_id = found.round.id
        self.session.write(
            self, verb, lambda unit: change(unit, round_id),
            subject=found.round.name or f"Round {found.round.seq}")


def _row(one: PresenceRow) -> Row:
    here = Cell(tr("here"), sort=0) if one.here else Cell(
        tr("away"), sort=1, icon="ban", tone="neutral")
    before = "" if one.before is None else tr("here") if one.before else tr("away")
    changed = one.before is not None and one.before != one.here
    note = tr("withdrawn") if one.withdrawn else tr("breaking") if one.breaking else ""
    if changed and not note:
        note = tr("came") if one.here else tr("went")
    return Row(one.id, (here, one.name, one.detail, before, note))
