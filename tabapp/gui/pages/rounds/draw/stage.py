"""The stage draw: make a draw, look why it is so, change it by hand, confirm it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.draw.balance import Balance
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.pages.rounds.draw.commands import COMMANDS
from tabapp.gui.pages.rounds.draw.comparing import Comparing
from tabapp.gui.pages.rounds.draw.editing import Editing
from tabapp.gui.pages.rounds.draw.guard import guard_of
from tabapp.gui.pages.rounds.draw.making import Making
from tabapp.gui.pages.rounds.draw.manual_rooms import ManualRooms, is_by_hand
from tabapp.gui.pages.rounds.draw.postpone import Waiting
from tabapp.gui.pages.rounds.draw.ready import Ready
from tabapp.gui.pages.rounds.draw.replaying import Replaying
from tabapp.gui.pages.rounds.draw.rows import DrawView, view_of, what_goes
from tabapp.gui.pages.rounds.draw.saying import Saying
from tabapp.gui.pages.rounds.draw.sides import Sides
from tabapp.gui.pages.rounds.draw.tools import Tools
from tabapp.gui.pages.rounds.draw.why import WhyPanel
from tabapp.gui.pages.rounds.sides_dialog import open_sides
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.hints import Hint
from tabapp.services import rounds
from tabapp.services.draw_sheet import DrawSheet, read_sheet
from tabapp.store.unit import ReadUnit, WriteUnit

NARROW = 1400
"""In a window narrower than this the why panel lies over the table."""


class DrawStage(Page[DrawView]):
    """Shows the draw of the round that is looked at."""

    place = "rounds/draw"
    of_round = acts_on_round = True
    watches = frozenset({
        "rounds", "draws", "panels", "results", "people", "venues", "settings", "availability"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Space",), "lift a team"), (("F2",), "swap with …"), (("Ctrl", "E"), "why this room"),
        (("/",), "filter"), (("F4",), "order"), (("Ctrl", "Enter"), "next step"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.sheet: DrawSheet | None = None
        self._wanted: object = None
        self._why_wanted: bool | None = None
        self.head = QWidget()
        self.tools = Tools()
        self.boards = Boards()
        self.why = WhyPanel()
        self.making = Making(session, self)
        self.ready = Ready(self.boards, self.making)
        self.comparing = Comparing(session, self, self.making)
        self.replaying = Replaying(session, self, self.why)
        self.editing = Editing(session, self, self.boards)
        self.waiting = Waiting(session, self, self.boards)
        self._filling = False
        self._build()
        self.saying = Saying(cast("Page[object]", self), self._whole)
        self._connect()
        self._register()

    # Building

    def _build(self) -> None:
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.UNIT)
        self.again = self.button("draw.again", keys=False)
        self.compare = self.button("draw.compare", keys=False)
        self.making.offer(self.button("draw.compare"))
        self.allocate = self.button("draw.plan_sides", keys=False)
        self.making.put_below(self.allocate)
        self.draft = self.button("draw.unconfirm")
        self.confirm = Button(tr("Confirm draw"), role=Role.PRIMARY, keys=("Ctrl", "⏎"))
        self.confirm.clicked.connect(lambda: self.run("draw.confirm"))
        self.onward = Button(
            tr("Go on to the judges"), role=Role.PRIMARY, keys=("Ctrl", "⏎"))
        self.onward.clicked.connect(self._step)
        self.toss = self.button("draw.sides", keys=False)
        self.sides = Sides(self, self.boards, self.toss, self._write)
        self.by_hand = ManualRooms(cast("Page[object]", self), self.boards, self._write)
        head.addWidget(self.by_hand.button)
        for one in (self.toss, self.again, self.compare, self.draft, self.confirm, self.onward):
            head.addWidget(one)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(Space.UNIT)
        for name, keys in (("draw.balance", False), ("draw.explain", True)):
            self.tools.row.addWidget(self.button(name, role=Role.QUIET, keys=keys))
        self._whole.addWidget(self.tools)
        self.which = QStackedWidget()
        drawn = QWidget()
        self._row = QHBoxLayout(drawn)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.GAP)
        self._row.addWidget(self.boards, 1)
        self.which.addWidget(drawn)
        self.which.addWidget(self.making)
        self._whole.addWidget(self.which, 1)
        self.why.setParent(self)
        self.why.hide()
        self.setFocusProxy(self.making)

    def _connect(self) -> None:
        self.tools.filter.textChanged.connect(self.boards.filter_by)
        self.tools.filter.left_downwards.connect(self.boards.setFocus)
        self.tools.filter.returnPressed.connect(self.boards.setFocus)
        self.tools.orders.chosen.connect(lambda _key: self._show_board())
        self.tools.flags.toggled.connect(lambda _on: self._show_board())
        self.why.closed.connect(lambda: self._show_why(False))
        self.why.replay_wanted.connect(lambda: self.run("draw.replay"))
        self.making.by_hand.connect(lambda: self.run("draw.add_room"))
        self.making.made.connect(self._on_made)
        self.comparing.refused.connect(self._refuse)
        self.making.refused.connect(
            lambda round_id, code, words: self._refuse(round_id, words, code))
        boards = self.boards
        boards.row_chosen.connect(self._on_row)
        boards.opened.connect(lambda: self._show_why(True))
        boards.wanted.connect(self._on_wanted)
        boards.left.connect(self.catch_up)
        self.editing.began.connect(lambda: self.saying.say(None))
        self.editing.stored.connect(self._follow)
        self.editing.failed.connect(self._refuse)

    def _register(self) -> None:
        self.on("draw.step", self._step)
        self.on("draw.make", self.making.draw, self.ready.make)
        self.on("draw.without", lambda: self.making.draw(ignore_missing=True), self.ready.make)
        self.on("draw.confirm", self._confirm, self.ready.confirm)
        self.on("draw.unconfirm", self._unconfirm, self.ready.unconfirm)
        self.on("draw.again", self._again, self.ready.again)
        self.on("draw.compare", self.comparing.open, self.ready.compare)
        self.on("draw.replay", self._replay, self.ready.shown)
        self.on("draw.delete", self._delete, self.ready.drawn)
        self.on("draw.swap", self.editing.open_list, self.ready.swap)
        self.on("draw.lift", self.editing.lift_here, self.ready.swap)
        self.on("draw.sides", self.sides.confirm, self.sides.why_not_confirm)
        self.on("draw.swap_sides", self.sides.swap, self.sides.why_not_swap)
        self.on("draw.plan_sides", lambda: open_sides(self, self, self.session), self.ready.sides)
        Balance(cast("Page[object]", self), lambda: self.sheet, self.open_at)
        self.on("draw.postpone", self.waiting.turn, self.waiting.why_not_turn)
        self.on("draw.start", self.waiting.ask_start, self.waiting.why_not_start)
        self.on("draw.explain", lambda: self._show_why(self.why.isHidden()), self.ready.shown)
        self.on("draw.copy_reasons", self.why.copy_reasons, self.ready.shown)
        self.on("draw.filter", self.tools.to_filter, self.ready.shown)
        self.on("draw.flags", self.tools.flags.toggle, self.ready.shown)
        self.on("draw.order", self._next_order, self.ready.shown)

    # Data

    def query(self) -> Callable[[ReadUnit], DrawView]:
        """Return what reads the draw of the round that is looked at, and makes its rows."""
        wanted = self.session.round_id
        if wanted is None:
            raise RuntimeError("a stage is shown without a round")
        order, flags_only = self.tools.order, self.tools.flags.isChecked()
        known = self.boards.known_rows(order)

        def read(unit: ReadUnit) -> DrawView:
            sheet = read_sheet(unit, wanted)
            return view_of(
                sheet, order, known, flags_only=flags_only, guard=guard_of(unit, sheet))

        return read

    def may_reload(self) -> bool:
        """Tell whether there is a round, and no team is in the air."""
        return self.session.round_id is not None and not self.boards.lifted

    def let_go(self) -> None:
        """Put the lifted team back."""
        self.boards.put_back()

    def show_data(self, view: DrawView) -> None:
        """Show the draw, or how one is made."""
        data = view.sheet
        other = self.sheet is None or self.sheet.round.id != data.round.id
        self.sheet = data
        self.ready.show_sheet(data)
        self.comparing.show_sheet(data)
        self.replaying.show_sheet(data)
        drawn = bool(data.rooms)
        if other:
            self.saying.say(None)
        had_keys = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.which.setCurrentIndex(0 if drawn else 1)
        self.tools.setVisible(drawn)
        self.making.show_sheet(data, view.guard)
        self.waiting.show_sheet(data)
        self.editing.show_sheet(data)
        self.boards.show_sheet(data)
        self._show_board(view)
        self._show_heading(data)
        self.saying.show_sheet(data)
        self._place_why()
        self.setFocusProxy(self.boards if drawn else self.making)
        if had_keys:
            self.setFocus()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.open_at(wanted)

    def _show_heading(self, data: DrawSheet) -> None:
        drawn, status = bool(data.rooms), data.round.status
        completed = data.round.completed
        for one in (self.again, self.compare):
            one.setVisible(
                drawn and status != "released" and not completed and not is_by_hand(data))
        self.draft.setVisible(status == "confirmed" and not completed)
        if status != "draft" and self.confirm.window().focusWidget() is self.confirm:
            self.boards.setFocus()
        self.confirm.setVisible(status == "draft" and drawn)
        self.onward.setVisible(status != "draft" and drawn and not completed)
        self.tools.show_sheet(data)
        self.sides.show_sheet(data)
        self.by_hand.show_sheet(data)
        self.allocate.setVisible(not self.ready.sides())

    def _show_board(self, view: DrawView | None = None) -> None:
        """Show the table of the order that is chosen; of ``view`` where that is its order still."""
        order, flags_only = self.tools.order, self.tools.flags.isChecked()
        made = view.rows_in(order, flags_only) if view is not None else None
        self._filling = True  # or the panel would be filled for each row the cursor passes
        self.boards.show_order(order, flags_only=flags_only, made=made)
        self.boards.filter_by(self.tools.filter.text())
        self._filling = False
        # in a turn of its own: table and panel together would hold the window up for too long
        QTimer.singleShot(0, self, lambda: self._on_row(self.boards.current_room_id()))

    def open_at(self, target: object) -> None:
        """Show a debate by its row id, or a team by its archive id."""
        if self.sheet is None:
            self._wanted = target
        elif isinstance(target, int | str):
            self.boards.go_to(target)

    def panes(self) -> Sequence[QWidget]:
        """Return the tools, the table and the why panel as far as they are shown."""
        parts = (self.tools, self.boards, self.making, self.why)
        return [one for one in parts if one.isVisible()]

    def next_problem(self) -> bool:
        """Go to the next room with a flag."""
        return self.boards.next_flag()

    # Why

    def _on_row(self, debate_id: Hashable) -> None:
        if self._filling:
            return
        room = None
        if self.sheet is not None and isinstance(debate_id, int):
            room = self.sheet.room(debate_id)
        if not self.why.isHidden() or self.why.room is None:
            self.why.show_room(self.sheet, room)

    def _show_why(self, wanted: bool) -> None:
        self._why_wanted = wanted
        self._place_why()
        if not wanted and self.why.isAncestorOf(self.window().focusWidget() or self):
            self.boards.setFocus()

    def _place_why(self) -> None:
        """Put the panel beside the table, or over it where the window is narrow."""
        width = self.window().width()
        narrow = width < NARROW
        drawn = self.sheet is not None and bool(self.sheet.rooms)
        wanted = self._why_wanted if self._why_wanted is not None else not narrow
        panel = self.why.fit(width)
        if not (drawn and wanted):
            self.why.hide()
            self._row.setContentsMargins(0, 0, 0, 0)
            self.tools.row.setContentsMargins(0, 0, 0, 0)
            return
        self._row.setContentsMargins(0, 0, 0 if narrow else panel + Space.GAP, 0)
        top = self.which.y() if narrow else self.tools.y()
        self.tools.row.setContentsMargins(0, 0, 0 if narrow else panel + Space.GAP, 0)
        self.why.setGeometry(self.width() - panel, top, panel, self.height() - top)
        shown = self.why.isHidden()
        self.why.show()
        self.why.raise_()
        if shown:
            self._on_row(self.boards.current_room_id())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the panel anew."""
        super().resizeEvent(event)
        self._place_why()

    # Making and confirming

    def _step(self) -> None:
        status = self.sheet.round.status if self.sheet is not None else "none"
        if self.sheet is not None and not self.sheet.rooms:
            self.run("draw.make")
        elif status == "draft":
            self.run("draw.confirm")
        else:
            self.session.go("rounds/judges")

    def _write(
        self, verb: str, change: Callable[[WriteUnit], object], snapshot: str = ""
    ) -> None:
        sheet = self._drawn()
        self.saying.say(None)
        self.session.write(
            self, verb, change, subject=sheet.title, snapshot=snapshot,
            failed=lambda error: self._refuse(sheet.round.id, sentence_of(error)))

    def _confirm(self) -> None:
        round_id = self._round()
        self._write("confirm the draw of", lambda unit: rounds.confirm_draw(unit, round_id))

    def _unconfirm(self) -> None:
        round_id = self._round()
        self._write("take back to draft the draw of",
                    lambda unit: rounds.unconfirm_draw(unit, round_id))

    def _again(self) -> None:
        sheet = self._drawn()
        ask(self, tr("Draw {round} again?", round=sheet.title),
            tr("{things} go with this draw. You can undo this.", things=what_goes(sheet)),
            tr("Draw again"), lambda: self.making.draw(replace=sheet))

    def _is_shown(self, round_id: int) -> bool:
        read = self.sheet is not None and self.sheet.round.id == round_id
        return read and self.session.round_id == round_id

    def _on_made(self, round_id: int) -> None:
        if self._is_shown(round_id):
            self.saying.forget_refusal()

    def _refuse(self, round_id: int, words: str, code: str = "") -> None:
        """Say above the draw why something was not done; of another round in a toast."""
        if self._is_shown(round_id):
            self.saying.refuse(self._drawn(), code, words)
        else:
            self.session.tell(words, "problem")

    def _replay(self) -> None:
        self._show_why(True)
        self.replaying.replay()

    def _delete(self) -> None:
        sheet = self._drawn()

        def delete(unit: WriteUnit) -> int:
            return rounds.delete_draw(unit, sheet.round.id, seen=sheet.standing)

        ask(self, tr("Delete the draw of {round}?", round=sheet.title),
            tr("{things} go with it. You can undo this.", things=what_goes(sheet)),
            tr("Delete draw"), lambda: self._write(
                "delete the draw of", delete, f"before deleting the draw of {sheet.title}"),
            type_this=sheet.title, danger=True)

    def _round(self) -> int:
        return self._drawn().round.id

    def _drawn(self) -> DrawSheet:
        if self.sheet is None:
            raise RuntimeError("asked before anything was read")
        return self.sheet

    def _on_wanted(self, team: str) -> None:
        reason = self.ready.swap()
        if reason:
            self.session.tell(reason, "attention")
        else:
            self.boards.lift(team)

    def _follow(self, team: str) -> None:
        """Keep the cursor on a team that has moved, once its new place is read."""
        self._wanted = team
        self.mark_stale()

    # Around

    def _next_order(self) -> None:
        self.tools.next_order()
        self._show_board()
