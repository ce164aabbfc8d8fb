"""The ballot desk: the rooms that owe a ballot at the left, the ballot of one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui import ink
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.commands import COMMANDS
from tabapp.gui.pages.ballots.flips import FlipOrder
from tabapp.gui.pages.ballots.impact import ImpactLine
from tabapp.gui.pages.ballots.late import LateBallots
from tabapp.gui.pages.ballots.pane import CHECK, OUT, EntryPane
from tabapp.gui.pages.ballots.postpone import PostponedRooms
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.hints import Hint, KeyHints
from tabapp.services import ballot_desk
from tabapp.services.ballot_desk import Desk, DeskRoom, State
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.store.unit import ReadUnit


class _Foot(QWidget):
    """The line of keys below the ballot, under a rule."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, 1, Space.GAP, 0)
        row.addWidget(KeyHints(hints))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, ink.color("line"))


class BallotsPage(Page[Desk]):
    """Chooses rooms, stores what the form holds, and never touches a form that somebody types in.

    The list reloads at every change; the open form says that its ballot changed elsewhere.
    """

    place = "ballots"
    watches = frozenset({
        "results", "draw", "draws", "panels", "venues", "rounds", "people", "settings", "motions",
        "overdue", "break"})
    of_round = True
    commands = COMMANDS
    hints = (
        (("Enter",), "next field"), (("Shift", "Enter"), "back"),
        (("Up", "Down"), "same speaker, other team"), (("/",), "swap speakers"),
        (("F3",), "find a room"), (("Esc",), "list"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.desk = Desk(None, ())
        self.list = ChaseList()
        self.flips = FlipOrder(session, self.list)
        self.late = LateBallots(session, self.list)
        self.form = EntryPane(session)
        self.waiting = PostponedRooms(session, self.list, self.form, self.open_ref)
        self.right = QStackedWidget()
        self._empty: EmptyState | None = None
        self._opening = self._opened = 0
        self._from_list = False
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list.view)

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.right, 1)
        column.addWidget(_Foot([(keys, tr(words)) for keys, words in self.hints]))
        whole.addLayout(column, 1)
        self.right.addWidget(self.form)
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
        self.list.not_found.connect(lambda words: self.session.tell(words, "attention"))
        self.form.finished.connect(self._go_on)
        self.form.reload_wanted.connect(self.open_ref)
        self.form.moved_on.connect(self.refresh_commands)
        self.session.round_changed.connect(self.close_form)
        self.on("ballots.save", self._on_save, self._can_save)
        self.on("ballots.find", self._on_find)
        self.on("ballots.correct", self.form.correct, self._can_correct)
        self.on("ballots.iron", self.form.turn_iron, self._is_typed)
        self.on("ballots.forfeit", self.form.turn_forfeit, self._is_typed)
        self.on("ballots.versions", self.form.show_versions, self._is_open)
        self.on("ballots.impact", self.impact.open_details, self.impact.why_not)
        self.on("ballots.discard", self.form.discard, self._waits)
        self.on("ballots.start_over", self.form.start_over, self._is_typed)
        self.on("ballots.order", self.flips.turn)
        self.on("ballots.flips", self.flips.begin, self.flips.why_not)
        self.on("ballots.postpone", self.waiting.turn, self.waiting.why_not)
        self.on("ballots.lift", self.late.lift, self.late.can_lift)
        self.on("ballots.deadlines", self.late.ask, self.late.can_pause)
        self.on("ballots.pause", self.late.pause, self.late.can_pause)

    # The list

    def query(self) -> Callable[[ReadUnit], Desk]:
        """Read the rooms of the round that is looked at."""
        tournament, round_id = self.session.tournament, self.session.round_id
        return lambda unit: ballot_desk.read_desk(unit, tournament, round_id)

    def show_data(self, data: Desk) -> None:
        """Show the rooms, and say at the open form that its ballot changed elsewhere."""
        self.desk = data
        self.form.waited_for = data.expected - data.counts["confirmed"]
        self.list.show_desk(data, self._open_id)
        self.flips.look()
        self.impact.mark_stale()
        if self.open_form is None:
            self._show_empty()
        elif not self._is_opening:
            self.form.compare(data)

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
        made = self._what_is_missing()
        if self._empty is not None:
            self.right.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = made
        self.right.addWidget(made)
        self.right.setCurrentWidget(made)
        self.refresh_commands()

    def _what_is_missing(self) -> EmptyState:
        head, counts = self.desk.round, self.desk.counts
        if head is None:
            return EmptyState(tr("No round yet."), tr("Rounds are made in the settings."))
        name = head.name or tr("Round {n}", n=head.seq)
        if not self.desk.rooms:
            return EmptyState(
                tr("No ballots yet."), tr("They appear when {round} is released.", round=name))
        if counts["out"] or counts["draft"]:
            sentence = tr("Choose a room.")
            line = tr("Enter opens it. F3 finds a room, a team or a judge.")
        elif counts["check"]:
            sentence = tr("All ballots of {round} are in.", round=name)
            line = tr("{n} wait for a second look.", n=counts["check"])
        else:
            sentence = tr("All ballots of {round} are confirmed.", round=name)
            line = tr("Enter in the list opens one to look at it or to correct it.")
        waits = self._first_that_waits() is not None
        made = EmptyState(
            sentence, line, keys=("Ctrl", "⏎"),
            action=tr("Open the next room") if waits else tr("Go on to completion"))
        made.acted.connect(self._on_save)
        return made

    def _to_completion(self) -> None:
        self.session.go("rounds/complete")

    def _on_chosen(self, room: DeskRoom) -> None:
        self.open_ref(room.row.ref)

    def _on_find(self) -> None:
        self.list.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.finder.selectAll()

    def _on_save(self) -> None:
        """Do what comes next: in the open ballot, else in the first room that waits."""
        if self.open_form is not None:
            self._from_list = self.list.has_keys
            self.form.store()
            return
        room = self._first_that_waits()
        if room is not None:
            self.open_ref(room.row.ref)
        else:
            self._to_completion()

    def _first_that_waits(self) -> DeskRoom | None:
        order = self.list.ordered()
        found = (ballot_desk.next_room(order, 0, states) for states in (OUT, CHECK))
        return next((one for one in found if one is not None), None)

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

    def open_ref(self, ref: str) -> None:
        """Open the ballot of a debate; what was typed in another one is kept."""
        self.form.keeper.flush()
        self._opening += 1
        wanted, tournament, actor = self._opening, self.session.tournament, self.session.actor

        def show(form: DeskForm) -> None:
            if wanted == self._opening:
                self._opened = wanted
                self.form.show_desk(form)
                self.right.setCurrentWidget(self.form)
                self.list.show_open(form.room.id)
                self.refresh_commands()  # a dimmed button takes no keys
                self.form.take_keys()
                self.late.tell_forfeit(self.form)

        def failed(error: Exception) -> None:
            if wanted == self._opening:
                self._opened = wanted
            self.session.tell(sentence_of(error), "problem")

        self.session.read(
            self, lambda unit: read_form(unit, tournament, ref, actor), show, failed)

    def close_form(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.form.keeper.flush()
        self._opening += 1
        self._opened = self._opening
        self.form.desk = None
        self._show_empty()
        self.list.show_open(0)

    # What can be done now

    def _can_save(self) -> str:
        if self.open_form is None:
            none = not self.desk.counts["confirmed"] and self._first_that_waits() is None
            return tr("No room waits for a ballot.") if none else ""
        if self.open_form.refused:
            return self.open_form.refused
        return tr("The ballot is being saved.") if self.form.busy else ""

    def _is_typed(self) -> str:
        if self.open_form is None or self.form.is_fixed:
            return tr("No ballot is being typed.")
        return tr("The ballot is being saved.") if self.form.busy else ""

    def _can_correct(self) -> str:
        if self.open_form is None or self.open_form.refused:
            return self._is_open() or tr("Nothing can be entered in this room; its page says why.")
        return "" if self.form.is_fixed else tr("This ballot is being typed already.")

    def _is_open(self) -> str:
        return "" if self.open_form is not None else tr("No ballot is open. Choose a room.")

    def _waits(self) -> str:
        if self.open_form is None or self.open_form.waiting is None:
            return tr("No entry of this room waits for a second look.")
        return ""

    def _go_on(
        self, debate: int, state: State, groups: tuple[tuple[State, ...], ...]
    ) -> None:
        """Open the next room in a state of the first group that any room is in, else the list.

        The list need not have heard yet that this room is in another ``state``. Who chose another
        room meanwhile stays there, and who went to the list keeps the list.
        """
        order = self.list.ordered()
        self.desk = ballot_desk.with_state(self.desk, debate, state)
        self.list.show_desk(self.desk, self._open_id)
        if debate != self._open_id or self._is_opening:
            self.refresh_commands()
            return
        if self.list.has_keys and not self._from_list:
            self.close_form()
            return
        for states in groups:
            room = ballot_desk.next_room(order, debate, states)
            if room is not None:
                self.open_ref(room.row.ref)
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

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is typed when another place comes."""
        self.form.keeper.flush()
        super().hideEvent(event)
