"""The ballot desk: the rooms that owe a ballot at the left, the ballot of one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tabapp.domain.operators import OperatorRole
from tabapp.gui import roles
from tabapp.gui.actions import key_caps
from tabapp.gui.dialogs.print import print_room
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.ballots.board import Board, read_board
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.commands import COMMANDS
from tabapp.gui.pages.ballots.flips import FlipOrder
from tabapp.gui.pages.ballots.foot import FORM, Foot
from tabapp.gui.pages.ballots.halves import Halves
from tabapp.gui.pages.ballots.impact import ImpactLine
from tabapp.gui.pages.ballots.late import LateBallots
from tabapp.gui.pages.ballots.loose import LooseChecking
from tabapp.gui.pages.ballots.next_rooms import NextRooms
from tabapp.gui.pages.ballots.nothing_open import nothing_open
from tabapp.gui.pages.ballots.opening import Opened, Person, read_opened
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.pages.ballots.postpone import PostponedRooms
from tabapp.gui.pages.ballots.progress_panel import EmptyDesk, ProgressWatch
from tabapp.gui.pages.ballots.runners_dialog import ask_runners
from tabapp.gui.pages.ballots.scanning import Scanning
from tabapp.gui.pages.ballots.ways import Ways
from tabapp.gui.session import Session
from tabapp.gui.widgets.buttons import Role
from tabapp.services import ballot_desk
from tabapp.services.ballot_desk import Desk, DeskRoom, State
from tabapp.services.ballot_form import DeskForm
from tabapp.services.entry_rules import Rules
from tabapp.store.unit import ReadUnit


class BallotsPage(Page[Board]):
    """Chooses rooms, stores what the form holds, and never touches a form that somebody types in.

    The list reloads at every change; the open form says that its ballot changed elsewhere.
    """

    place = "ballots"
    watches = frozenset({
        "results", "draw", "draws", "panels", "venues", "rounds", "people", "settings", "motions",
        "overdue", "break", "check_ins", "operators"})
    of_round = True
    commands = COMMANDS
    hints = FORM

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.desk = Desk(None, ())
        self.rules = Rules(False, True, False, OperatorRole.VOLUNTEER)
        self.loose = LooseChecking(session)
        self.list = ChaseList(session.workspace.clock.now)
        self.form = EntryPane(session)
        self.scanning = Scanning(session, self.list, self.form, self.open_ref)
        self.progress = ProgressWatch(session, self.list, key_caps("Ctrl+G"))
        self.flips = FlipOrder(session, self.list)
        self.late = LateBallots(session, self.list)
        self.waiting = PostponedRooms(session, self.list, self.form, self.open_ref)
        self.right, self.foot = QStackedWidget(), Foot(session)
        self.nothing = EmptyDesk()
        self.ways = Ways(session, self.form, lambda: self.open_form, self._has_next)
        self._opening = self._opened = 0
        self._from_list = False
        self._visit = session.who.visit
        self._due: Callable[[], None] | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.halves = Halves(self, self.list, self.form, self.right, (self.loose, self.foot))
        self.right.addWidget(self.form)
        self.right.addWidget(self.nothing)
        self.form.lay_buttons(
            [self.button("ballots.forfeit"), self.button("ballots.iron")],
            self.button("ballots.versions"), self.button("ballots.correct"),
            self.button("ballots.save", role=Role.PRIMARY))
        self.impact = ImpactLine(self.session, self.form, self.button("ballots.impact"))
        self.form.lay_above_buttons(self.impact)
        self._show_empty()

    def _connect(self) -> None:
        self.list.opened.connect(self._on_chosen)
        self.impact.told.connect(self.refresh_commands)
        self.list.resumed.connect(self.late.pause)
        self.list.wanted.connect(self._on_list_wanted)
        self.list.told_aside.connect(self.session.tell)
        self.form.heading.back.clicked.connect(self.list.give_keys)
        self.list.not_found.connect(lambda words: self.session.tell(words, "attention"))
        self.form.finished.connect(self._go_on)
        self.form.reload_wanted.connect(self.open_ref)
        self.form.moved_on.connect(self._on_moved_on)
        self.session.round_changed.connect(self.close_form)
        self.session.who.leaving.connect(self.form.keeper.flush)
        self.session.who.changed.connect(self._on_person)
        self.session.who.unlocked.connect(self._on_unlocked)
        self.on("ballots.rules", self.loose.open_settings, self.loose.why_not)
        self.on("ballots.save", self._on_save, self.ways.can_save)
        self.on("ballots.find", self.list.begin_finding)
        self.on("ballots.correct", self.form.correct, self.ways.can_correct)
        self.on("ballots.iron", self.form.turn_iron, self.ways.is_typed)
        self.on("ballots.forfeit", self.form.turn_forfeit, self.ways.is_typed)
        self.on("ballots.next_sheet", lambda: self.form.turn_sheet(1), self.form.why_one_sheet)
        self.on("ballots.last_sheet", lambda: self.form.turn_sheet(-1), self.form.why_one_sheet)
        self.on("ballots.versions", self.form.show_versions, self.ways.is_open)
        self.on("ballots.impact", self.impact.open_details, self.impact.why_not)
        self.on("ballots.discard", self.form.discard, self.ways.waits)
        self.on("ballots.start_over", self.form.start_over, self.ways.can_start_over)
        self.on("ballots.order", self.flips.turn)
        self.on("ballots.flips", self.flips.begin, self.flips.why_not)
        self.on("ballots.postpone", self.waiting.turn, self.waiting.why_not)
        self.on("ballots.lift", self.late.lift, self.late.can_lift)
        self.on("ballots.deadlines", self.late.ask, self.late.can_pause)
        self.on("ballots.pause", self.late.pause, self.late.can_pause)
        self.on("ballots.receive", self.scanning.turn, self.scanning.why_not)
        self.on("ballots.runners", lambda: ask_runners(self, self.session))
        self.on("ballots.progress", self.progress.turn, self.progress.why_not)
        self.on("ballots.print", lambda: print_room(self, self._open_id), self.ways.is_open)

    # The list

    def query(self) -> Callable[[ReadUnit], Board]:
        """Read the rooms of the round that is looked at."""
        tournament, round_id = self.session.tournament, self.session.round_id
        now = self.session.workspace.clock.now()
        return lambda unit: read_board(unit, tournament, round_id, now)

    def show_data(self, data: Board) -> None:
        """Show the rooms, and say at the open form that its ballot changed elsewhere."""
        self.desk, self.rules = data.desk, data.rules
        self.loose.show_rules(data.rules, by_setting=data.one_person)
        self.form.waited_for = self.desk.expected - self.desk.counts["confirmed"]
        self.list.show_desk(self.desk, self._open_id)
        self.halves.show_half()
        self.flips.look()
        self.progress.look()
        self.impact.mark_stale()
        if self.open_form is None:
            self._show_empty()
        elif not self._is_opening:
            self.form.compare(self.desk)

    @property
    def person(self) -> Person:
        """Return who is at the keyboard."""
        return Person(self.session.who.name, self.session.who.role)

    @property
    def rooms(self) -> NextRooms:
        """Return the rooms as they come for this person."""
        return NextRooms(self.list.ordered(), self.rules, self.person)

    def _on_person(self) -> None:
        """Let nothing stand there of what somebody else typed; who only left comes back to it."""
        who = self.session.who
        if who.is_locked or who.visit == self._visit:
            return
        self._visit, self._due = who.visit, None
        self.close_form()
        self.list.finder.setText("")
        self.mark_stale()
        self._hear_of_drafts()

    def _on_unlocked(self) -> None:
        """Do what was to come when it was locked, for the same person."""
        due, self._due = self._due, None
        if due is not None:
            due()

    def _wait(self, due: Callable[[], None]) -> None:
        """Show nothing and give nobody the keys while it is locked; this form takes no more."""
        self._due = due
        self.form.lead_on()
        self.form.ahead.drop()

    @property
    def open_form(self) -> DeskForm | None:
        """Return the ballot that is open."""
        return self.form.desk if self.right.currentWidget() is self.form else None

    @property
    def _open_id(self) -> int:
        return self.open_form.room.id if self.open_form is not None else 0

    @property
    def _is_opening(self) -> bool:
        """Tell whether somebody chose another room, which is being read."""
        return self._opened != self._opening

    def _show_empty(self) -> None:
        says = nothing_open(
            self.desk, self.rooms, may_complete=roles.may_open(self.session, "rounds"))
        says.acted.connect(self._on_save)
        self.nothing.say(says)
        self.progress.stand_beside(self.nothing)
        self.right.setCurrentWidget(self.nothing)
        self.foot.show_mode(None)
        self.refresh_commands()

    def _on_moved_on(self) -> None:
        """Offer what may be done with the ballot now that it is typed, decided or looked at."""
        if self.open_form is not None:
            self.foot.show_mode(self.form.mode, fixed=self.form.is_fixed)
        self.refresh_commands()

    def _has_next(self) -> bool:
        return bool(self.desk.counts["confirmed"]) or self.rooms.first() is not None

    def _on_chosen(self, room: DeskRoom) -> None:
        self.open_ref(room.row.ref)

    def _on_list_wanted(self) -> None:
        """Leave the ballot where there is no room for it beside the list; its draft is kept."""
        if self.halves.is_narrow and self.open_form is not None:
            self.close_form()
            self._hear_of_drafts()

    def _hear_of_drafts(self) -> None:
        """Read the list anew once the drafts on their way are written: nothing else tells it."""
        self.session.call(self, lambda: None, lambda _none: self.mark_stale(), writes=True)

    def _on_save(self) -> None:
        """Do what comes next: in the open ballot, else in the first room that waits."""
        if self.open_form is not None:
            if not (self.form.busy or self.form.is_unread):  # a key that bounced decides nothing
                self._from_list = self.list.has_keys
                self.form.store()
            return
        room = self.rooms.first()
        if room is not None:
            self.open_ref(room.row.ref)
        elif roles.may_open(self.session, "rounds"):
            self.session.go("rounds/complete")
        else:
            self.session.tell(tr("No room waits for you now."), "attention")

    # Opening a room

    def open_at(self, target: object) -> None:
        """Open the ballot of a debate, by its archive id or its row id.

        ``("flip", round)`` begins with the rooms that can flip the break; the row id of the round
        to look at may be None.
        """
        if isinstance(target, str) and target:
            self.open_ref(target)
        elif isinstance(target, int):
            self.session.read(
                self, lambda unit: ballot_desk.ref_of(unit, target), self.open_ref)
        elif isinstance(target, tuple) and target[:1] == ("flip",):
            if isinstance(target[-1], int):
                self.session.set_round(target[-1])
            self.flips.begin()

    def open_ref(self, ref: str, *, is_led: bool = False) -> None:
        """Open the ballot of a debate; what was typed in another one is kept.

        ``is_led``: a save leads there, and what is typed meanwhile is meant for it.
        """
        self.form.keeper.flush()
        self._opening += 1
        wanted, tournament, person = self._opening, self.session.tournament, self.person
        visit = self.session.who.visit
        if is_led:
            self.form.lead_on()

        def show(opened: Opened) -> None:
            if wanted != self._opening:
                return
            if self.session.who.is_locked:
                self._wait(lambda: self.open_ref(ref))
                return
            self._arrive(wanted)
            if visit != self.session.who.visit or person != self.person:
                self.form.ahead.drop()
                return
            if opened.why_hidden:
                self._refuse(opened)
                return
            self.form.show_opened(opened)
            self.right.setCurrentWidget(self.form)
            self.foot.show_mode(self.form.mode, fixed=self.form.is_fixed)
            self.progress.stand_beside(None)
            self.list.show_open(opened.desk.room.id, is_typed=not self.form.is_fixed)
            self.refresh_commands()  # a dimmed button takes no keys
            self.form.take_keys()
            self.form.ahead.play(fits=is_led and self.form.is_blank)
            if not person.is_volunteer:
                self.late.tell_forfeit(self.form)

        def failed(error: Exception) -> None:
            if wanted == self._opening:
                self._arrive(wanted)
                self.form.ahead.drop()
            self.session.tell(sentence_of(error), "problem")

        self.session.read(
            self, lambda unit: read_opened(unit, tournament, ref, person), show, failed)

    def _arrive(self, wanted: int) -> None:
        """Let the form be that of what was opened last."""
        self._opened = wanted
        self.form.arrive()

    def _refuse(self, opened: Opened) -> None:
        """Say that a ballot is not for this person; what is open stays, unless it is this one."""
        self.form.ahead.drop()
        self.session.tell(opened.why_hidden, "attention")
        if self.open_form is not None and self.open_form.room.id == opened.desk.room.id:
            self.close_form()
            self.list.give_keys()

    def close_form(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.form.keeper.flush()
        self._opening += 1
        self._arrive(self._opening)
        self.form.ahead.drop()
        self.form.desk = None
        self._show_empty()
        self.list.show_open(0)

    # Going on

    def _go_on(self, debate: int, state: State | Literal[""], was_check: bool) -> None:
        """Open the next room that this person may go on with, else give the keys to the list.

        The list need not have heard yet that this room is in another ``state`` ("" for none). Who
        chose another room meanwhile stays there, and who went to the list keeps the list.
        """
        if self.session.who.is_locked:
            self._wait(lambda: self._go_on(debate, state, was_check))
            return
        rooms = self.rooms
        if state:
            self.desk = ballot_desk.with_state(self.desk, debate, state)
            self.list.show_desk(self.desk, self._open_id)
        if debate != self._open_id or self._is_opening:
            self.refresh_commands()
            return
        if self.list.has_keys and not self._from_list:
            self.close_form()
            return
        room = rooms.after(debate, was_check=was_check)
        if room is not None:
            self.open_ref(room.row.ref, is_led=True)
            return
        self.close_form()
        self.list.give_keys(at_top=True)

    # Keys

    def panes(self) -> Sequence[QWidget]:
        """Go between the list and the ballot by F6."""
        return (self.list, self.right)

    def undo_typing(self) -> bool:
        """Take back typing in the open ballot, wherever the keys are but in the finder."""
        if self.list.finder.hasFocus() and self.list.finder.isUndoAvailable():
            return False
        return self.open_form is not None and self.form.take_back()

    def redo_typing(self) -> bool:
        """Type again in the open ballot what was taken back."""
        if self.list.finder.hasFocus() and self.list.finder.isRedoAvailable():
            return False
        return self.open_form is not None and self.form.take_forth()

    def next_problem(self) -> bool:
        """Go to the next field in question, also where only the whole sheet is."""
        return self.open_form is not None and self.form.next_problem()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list by Esc; nothing that was typed is lost."""
        if event.key() == Qt.Key.Key_Escape and not self.list.view.hasFocus():
            self.form.keeper.flush()
            self.list.give_keys()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one half at a time where there is no room for both."""
        super().resizeEvent(event)
        self.halves.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed when another place comes."""
        self.form.keeper.flush()
        super().hideEvent(event)
