"""The stage rooms of a round: where each debate is held, changed by typing a room's name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.types import BP_SIDES, Side
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.allocating import Allocating
from tabapp.gui.pages.rounds.rooms.commands import COMMANDS
from tabapp.gui.pages.rounds.rooms.editing import RoomEditor
from tabapp.gui.pages.rounds.rooms.rows import FREE_COLUMNS, columns, free_rows, rows
from tabapp.gui.pages.rounds.stage_body import StageBody, draw_banner
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.overtyping import check_unchanged
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name
from tabapp.services import venues
from tabapp.services.panels import why_not_allocate
from tabapp.services.venues import RoomsBoard, read_rooms, room_findings
from tabapp.store.unit import ReadUnit, WriteUnit

_FREE, _FREE_WIDE = 208, 280
_WIDE_FROM = 1460


class RoomsStage(Page[RoomsBoard | None]):
    """A table of debates with their rooms, and the free rooms beside it."""

    place = "rounds/rooms"
    watches = frozenset({
        "draws", "venues", "availability", "panels", "people", "rounds", "results", "settings",
    })
    of_round = acts_on_round = True
    commands = COMMANDS
    hints = (
        (("F2",), "change the room"), (("Del",), "take it away"), (("F6",), "free rooms"),
        (("Enter",), "gives a free room"), (("F8",), "next problem"), (("/",), "filter"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.data: RoomsBoard | None = None
        self.findings: tuple[Problem, ...] = ()
        self.banners: list[Banner] = []
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.notice = Name("", "body", "text2")
        self.problems = Button("", icon="triangle-alert", keys=("F8",))
        self.allocating = Allocating(session, self, "draw.allocate_venues", tr("Placing debates"))
        self.sides: tuple[tuple[Side, ...], str] = (BP_SIDES, "")
        self.table = self._make_table()
        self.free_rows = TableModel(FREE_COLUMNS)
        self.free = TableView(self.free_rows, tr("Free rooms"))
        self.head = self._make_head()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    # Building

    def _make_table(self) -> TableView:
        self.rows = TableModel(columns(*self.sides))
        table = TableView(self.rows, tr("Debates and their rooms"))
        self.editor = RoomEditor(table)
        table.setItemDelegate(self.editor)
        self.rows.edited.connect(self._on_edited)
        table.opened.connect(self._on_opened)
        table.chosen.connect(self._on_chosen)
        return table

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        self.again = self.button("rooms.again", keys=False)
        self.proceed = self.button("rooms.proceed", role=Role.PRIMARY)
        row.addWidget(self.again)
        row.addWidget(self.proceed)
        return head

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        self.filter.setFixedWidth(190)
        bar.addWidget(self.filter)
        bar.addSpacing(Space.UNIT)
        bar.addWidget(self.notice, 1)
        bar.addWidget(self.allocating)
        bar.addWidget(self.problems)
        self._card = TableCard(self.table)
        self._left = QVBoxLayout()
        self._left.setSpacing(Space.UNIT)
        self._left.addLayout(bar)
        self._left.addWidget(self._card, 1)
        self._free_card = TableCard(self.free)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addLayout(self._left, 1)
        row.addWidget(self._free_card)
        self.body = StageBody(self, self.session, whole, self.table)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self._on_filter_left)
        self.problems.clicked.connect(self._on_problem)
        self.free.opened.connect(self._on_free_opened)
        self.allocating.ended.connect(self._on_allocated)
        self.allocating.changed.connect(self.refresh_commands)
        self.on("rooms.proceed", self._on_proceed, self._why_not_proceed)
        self.on("rooms.again", self._on_again, self._why_not_again)
        self.on("rooms.change", self._on_change, self._why_no_debate)
        self.on("rooms.take", self._on_take, self._why_no_room)
        self.on("rooms.clear", self._on_clear, self._why_not_clear)
        self.on("rooms.problem", self._on_problem, self._why_no_problem)
        self.on("rooms.filter", self.filter.setFocus)

    # Data

    def query(self) -> Callable[[ReadUnit], RoomsBoard | None]:
        """Read the rooms of the round that is looked at."""
        round_id = self.session.round_id
        return lambda unit: None if round_id is None else read_rooms(unit, round_id)

    def show_data(self, data: RoomsBoard | None) -> None:
        """Show the debates, or what has to be done before there can be some."""
        self.data = data
        if data is None or not data.debates or not data.rooms:
            self._show_empty(data)
            return
        self.body.show_body()
        self._fit_sides((
            tuple(side for side, _name in data.debates[0].teams), data.side_names))
        self.findings = room_findings(data)
        self.rows.set_rows(rows(data, self.findings))
        self.free_rows.set_rows(free_rows(data))
        self.editor.names = self._names(data)
        if self.table.current_key() is None:
            self.table.go_to(data.debates[0].id)
        self._show_banners(data)
        self.proceed.set_words(
            tr("Allocate rooms") if not data.placed else tr("Keep these rooms"))
        stops = len(self._stops())
        self.problems.set_words(count(stops, "problem", "problems"))
        self.problems.setVisible(bool(stops))
        self._on_chosen(self.table.current_key())

    def _fit_sides(self, sides: tuple[tuple[Side, ...], str]) -> None:
        """Make another table where debates have other sides, or these other names."""
        if sides == self.sides:
            return
        self.sides = sides
        old = self._card
        self.table = self._make_table()
        self._card = TableCard(self.table)
        self._left.replaceWidget(old, self._card)
        old.deleteLater()
        self.body.show_first(self.table)
        self.body.show_body()

    @staticmethod
    def _names(data: RoomsBoard) -> list[str]:
        """Return the rooms to complete from: free ones, then those that would be swapped."""
        free = [one.name for one in data.free]
        return free + [data.rooms[room].name for room in data.taken]

    def _show_empty(self, data: RoomsBoard | None) -> None:
        self.proceed.set_words(tr("Allocate rooms"))
        if data is not None and data.debates:
            self.body.show_empty(
                tr("No rooms."), tr("Import a list or paste one from a spreadsheet."),
                tr("Open people"), "people", "rooms")
        else:
            self.body.show_not_drawn(data.name if data is not None else tr("This round"))

    def _show_banners(self, data: RoomsBoard) -> None:
        for banner in self.banners:
            self._left.removeWidget(banner)
            banner.deleteLater()
        self.banners = []
        if not data.has_results and data.status != "confirmed":
            self.banners.append(draw_banner(self.session, data.status, self._why_not()))
        for one in self.findings:
            if not one.where:
                banner = Banner(one.message, action=tr("Open availability"))
                banner.answered.connect(lambda: self.session.go("rounds/availability"))
                self.banners.append(banner)
        for at, banner in enumerate(self.banners):
            self._left.insertWidget(at, banner)

    # What is looked at

    # the table is another one where debates have other sides, so nothing holds on to its parts

    def _on_filter(self, words: str) -> None:
        self.rows.filter_by(words)

    def _on_filter_left(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self, key: Hashable) -> None:
        """Say what is wrong with the room at the cursor, else how many have one."""
        if self.data is None:
            return
        said = [one.message for one in self.findings if one.where and one.where == key]
        debate = self.data.debate.get(str(key))
        said += debate.unmet if debate is not None else ()
        facts = [
            tr("{n} of {m} debates have a room", n=self.data.placed, m=len(self.data.debates)),
            count(len(self.data.free), "room is free", "rooms are free"),
        ]
        self.notice.set_text(said[0] if said else " · ".join(facts))

    def _stops(self) -> list[str]:
        """Return the debates that F8 goes to: with a wrong room, or a wish that is not met."""
        wrong = {one.where for one in self.findings}
        debates = self.data.debates if self.data is not None else ()
        return [one.id for one in debates if one.id in wrong or one.unmet]

    def next_problem(self) -> bool:
        """Go to the next debate with a problem, from the cursor on and around the end."""
        stops = set(self._stops())
        shown = [row.key for row in self.rows.shown]
        at = self.table.currentIndex().row() + 1
        found = next((key for key in shown[at:] + shown[:at] if key in stops), None)
        if found is None:
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.go_to(found)
        return True

    def _on_problem(self) -> None:
        self.next_problem()

    def panes(self) -> Sequence[QWidget]:
        """Return toolbar, debates and free rooms."""
        return (self.filter, self.table, self.free)

    def open_at(self, target: object) -> None:
        """Show a debate by its archive id."""
        self.table.go_to(target if isinstance(target, str) else None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the free rooms what the width allows."""
        super().resizeEvent(event)
        self._free_card.setFixedWidth(_FREE_WIDE if self.width() >= _WIDE_FROM else _FREE)

    # What is done

    def _on_opened(self, _key: Hashable) -> None:
        self._on_change()

    def _on_change(self) -> None:
        row = self.table.currentIndex().row()
        column = next(i for i, one in enumerate(self.rows.columns) if one.editable)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentIndex(self.rows.index(row, column))
        self.table.edit(self.rows.index(row, column))

    def _on_edited(self, key: Hashable, column: str, text: str) -> None:
        seen, shown, model = self.rows.typed_over, self.data, self.rows

        def unchanged(unit: WriteUnit) -> None:
            if shown is not None:
                now = venues.read_rooms(unit, shown.round_id)
                check_unchanged(rows(now, ()), model.columns, key, column, seen)

        self._place(str(key), text, unchanged)

    def _on_free_opened(self, key: Hashable) -> None:
        """Give the room to the debate at the cursor of the other table."""
        debate = self.table.current_key()
        if self.data is not None and debate is not None:
            self._place(str(debate), self.data.rooms[str(key)].name)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take(self) -> None:
        debate = self.table.current_key()
        if debate is not None:
            self._place(str(debate), "")

    def _place(
        self, debate: str, room: str, check: Callable[[WriteUnit], None] = lambda _unit: None
    ) -> None:
        if self.data is None:
            return
        round_id, here = self.data.round_id, self.data.debate[debate]
        label = tr("debate {rank} of {round}", rank=here.room_rank, round=self.data.name)
        swapped = next((
            self.data.debate[other] for taken, other in self.data.taken.items()
            if self.data.rooms[taken].name.casefold() == room.strip().casefold()
            and other != debate
        ), None)

        def done(_none: None) -> None:
            if swapped is not None:
                self.session.tell_undoable(tr(
                    "Debates {one} and {other} have changed rooms.", one=here.room_rank,
                    other=swapped.room_rank), "")

        def change(unit: WriteUnit) -> None:
            check(unit)
            venues.place_debate(unit, round_id, debate, room)

        self.session.write(
            self, "place" if room.strip() else "take away the room of", change,
            subject=f"{label} in {room.strip()}" if room.strip() else label, done=done)

    def _on_proceed(self) -> None:
        if self.data is not None and self.data.placed:
            self.session.go("rounds/release")
        else:
            self._allocate()

    def _allocate(self) -> None:
        if self.data is not None:
            self.allocating.start(self.data.round_id, self.data.name)

    def _on_allocated(self, _result: object) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_again(self) -> None:
        if self.data is not None:
            ask(
                self, tr("Allocate the rooms of {round} again?", round=self.data.name),
                tr("All {n} debates may go elsewhere. You can undo this.", n=self.data.placed),
                tr("Allocate again"), self._allocate)

    def _on_clear(self) -> None:
        if self.data is None:
            return
        data = self.data

        def clear() -> None:
            self.session.write(
                self, "clear the rooms of",
                lambda unit: venues.clear_rooms(unit, data.round_id), subject=data.name,
                snapshot=f"before clearing the rooms of {data.name}")

        ask(
            self, tr("Clear the rooms of {round}?", round=data.name),
            tr("{n} debates have no room then. You can undo this.", n=data.placed),
            tr("Clear rooms"), clear, danger=True)

    # When it can be done

    def _why_not(self) -> str:
        data = self.data
        if data is None:
            return tr("The round is being read.")
        return why_not_allocate(
            data.name, data.status, debates=len(data.debates), has_results=data.has_results)

    def _why_not_proceed(self) -> str:
        if self.data is not None and self.data.placed:
            return self.allocating.why_not()
        return self.allocating.why_not() or self._why_not()

    def _why_not_again(self) -> str:
        if self.data is not None and not self.data.placed:
            return tr("No debate has a room yet.")
        return self.allocating.why_not() or self._why_not()

    def _why_not_clear(self) -> str:
        placed = self.data is not None and self.data.placed
        return self.allocating.why_not() if placed else tr("No debate has a room yet.")

    def _why_no_debate(self) -> str:
        return "" if self.table.current_key() is not None else tr("Choose a debate first.")

    def _why_no_room(self) -> str:
        debate = self.data.debate.get(str(self.table.current_key())) if self.data else None
        if debate is None or debate.room is None:
            return tr("This debate has no room.")
        return ""

    def _why_no_problem(self) -> str:
        return "" if self._stops() else tr("There is no problem.")
