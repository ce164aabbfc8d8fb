"""Left of the form: how many ballots are in, the finder, and the rooms of the round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from difflib import get_close_matches

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
)

from tabapp.domain.barcodes import is_scan, read_scan
from tabapp.exchange.texts import shown
from tabapp.gui import ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.list_parts import Paused, Said, ScanChoice, StateBar
from tabapp.gui.pages.ballots.room_words import matches, runner_words
from tabapp.gui.pages.ballots.rooms_list import RoomsModel, RoomsView, RowPainter
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_desk import Desk, DeskRoom, Order, in_order
from tabapp.services.chase import desk_runners

_MARGIN = Space.MARGIN_TIGHT
_LONGEST = 40
"""Letters of what was typed that a sentence repeats at most."""
TICK = 5_000
"""Milliseconds between two looks at the clock; minutes count up without reading anything."""


def _system_now() -> datetime:
    return datetime.now(UTC)


class ChaseList(QFrame):
    """Reports which room a person wants to open; knows no form."""

    opened = Signal(object)
    """A ``DeskRoom``."""
    resumed = Signal()
    """The deadlines of the round shall go on."""
    not_found = Signal(str)
    """Nothing is called so: a sentence."""
    scanned = Signal(str, str)
    """A code was scanned or typed; and what to say where it is none, "" for what is said of codes.
    """
    wanted = Signal()
    """The list shall have the keys; it may be hidden behind a ballot."""
    told_aside = Signal(str, str)
    """What would have been said here, a sentence and its tone, while nobody sees the list."""
    all_in = Signal(str)
    """The last paper of this round has come; a sentence."""

    def __init__(self, now: Callable[[], datetime] = _system_now) -> None:
        super().__init__()
        self._now = now
        self.desk = Desk(None, ())
        self.order: Order = "need"
        self._flips: Mapping[int, int] = {}
        self._open_id = 0
        self.title = Name("", "title")
        self.counted = label("", "identity")
        self.counted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = StateBar()
        self.paused = Paused()
        self.paused.button.clicked.connect(self.resumed)
        self.paused.hide()
        self.flips = Name("", "small", "text2")
        self.flips.hide()
        self.finder = SearchField(tr("Room, team, judge or code"), keys=("F3",))
        self.scan = ScanChoice()
        self.scan.hide()
        self.said = Said()
        self.rooms = RoomsModel()
        self.view = RoomsView()
        self._is_typed = True
        self._out: tuple[int, int] | None = None
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        self.view.setModel(self.rooms)
        self.view.setItemDelegate(RowPainter(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Rooms of the round"))
        self.view.opened.connect(self._on_opened)
        self.view.typed.connect(self._on_typed_in_list)
        self.view.clicked.connect(lambda _index: self._on_opened())
        self.finder.textChanged.connect(self._on_text)
        self.finder.returnPressed.connect(self._on_enter)
        self.finder.left_downwards.connect(lambda: self.give_keys(at_top=True))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 12, _MARGIN, 10)
        head.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(Space.UNIT)
        line.addWidget(self.title, 1)
        line.addWidget(self.counted)
        head.addLayout(line)
        head.addWidget(self.bar)
        head.addWidget(self.paused)
        head.addWidget(self.finder)
        head.addWidget(self.scan)
        head.addWidget(self.said)
        head.addWidget(self.flips)
        self.foot = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)
        whole.addLayout(self.foot)

    def show_desk(self, desk: Desk, open_id: int) -> None:
        """Show the rooms of a round, and which of them is open."""
        self.desk, self._open_id = desk, open_id
        name = desk.round.name or tr("Round {n}", n=desk.round.seq) if desk.round else ""
        self.title.set_text(tr("{round} ballots", round=name) if name else tr("Ballots"))
        self.counted.setText(tr("{n} of {m} in", n=desk.in_now, m=desk.expected))
        self.paused.setVisible(desk.round is not None and desk.round.paused)
        self.bar.show_desk(desk)
        self.scan.setVisible(any(room.row.barcode for room in desk.rooms))
        self._fill()
        self._hear_the_last()

    def tick(self) -> None:
        """Let the minutes count up."""
        self.rooms.set_time(self.desk.end, self._now())

    def say(self, sentence: str, tone: str = "done") -> None:
        """Say what became of a scan."""
        if self.isHidden():
            self.told_aside.emit(sentence, tone)
        else:
            self.said.say(sentence, tone)

    def _hear_the_last(self) -> None:
        """Tell once that the last paper of the round has come."""
        head = self.desk.round
        out = sum(room.is_out for room in self.desk.rooms)
        before, self._out = self._out, (head.id, out) if head is not None else None
        if head is not None and before is not None and before[0] == head.id and (
            before[1] and not out
        ):  # fmt: skip
            name = head.name or tr("Round {n}", n=head.seq)
            self.all_in.emit(tr("All ballots of {round} are here.", round=name))

    @property
    def current(self) -> DeskRoom | None:
        """Return the room that the list is at, None for none."""
        index = self.view.currentIndex()
        return self.rooms.rooms[index.row()] if index.isValid() else None

    def ordered(self) -> list[DeskRoom]:
        """Return all rooms in the order that was chosen."""
        return in_order(self.desk.rooms, self.order, self._flips)

    @property
    def has_runners(self) -> bool:
        """Tell whether anybody runs for a room of this round."""
        return bool(desk_runners(self.desk))

    def set_order(self, order: Order) -> None:
        """Order the rooms in another way."""
        self.order = order
        self.flips.setVisible(order == "flip")
        if order != "flip":
            self.show_flips("", {}, {})
        self._fill()

    def show_flips(
        self, sentence: str, places: Mapping[int, int], words: Mapping[int, str]
    ) -> None:
        """Say what can change who breaks, and mark those rooms (row id -> place, and how)."""
        self._flips = places
        self.flips.set_text(sentence)
        self.rooms.set_flips(words)
        self._fill()

    def show_open(self, open_id: int, *, is_typed: bool = True) -> None:
        """Mark another room as the open one; ``is_typed``: something can be typed there.

        What was said of a scan that opened nothing is no word about this room.
        """
        if open_id not in (0, self._open_id) and self.said.tone == "problem":
            self.said.say("")
        self._open_id, self._is_typed = open_id, is_typed
        self._fill()
        self._go_to(open_id)

    @property
    def has_keys(self) -> bool:
        """Tell whether the list or its finder has the keys."""
        here = QApplication.focusWidget()
        return here is not None and self.isAncestorOf(here)

    def give_keys(self, *, at_top: bool = False) -> None:
        """Give the list the keys: at the open room, where it was, or at its top."""
        self.wanted.emit()
        if at_top and self.rooms.rooms:
            self.view.setCurrentIndex(self.rooms.index(0))
        self._go_to(self._open_id)
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def begin_finding(self) -> None:
        """Take the keys to find a room by what is typed."""
        self.wanted.emit()
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.selectAll()

    def _go_to(self, room_id: int) -> None:
        ids = [room.id for room in self.rooms.rooms]
        if room_id in ids:
            self.view.setCurrentIndex(self.rooms.index(ids.index(room_id)))
        elif ids and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.rooms.index(0))

    def step_on(self) -> None:
        """Go to the next room, so that one key marks one room after the other."""
        at = self.view.currentIndex().row() + 1
        if 0 < at < len(self.rooms.rooms):
            self.view.setCurrentIndex(self.rooms.index(at))

    def _fill(self) -> None:
        shown = matches(self.ordered(), self.finder.text())
        self.rooms.set_rooms(shown, self._open_id, is_typed=self._is_typed)
        self.rooms.set_heads(self._heads(shown))
        self.tick()
        if not self.view.currentIndex().isValid() and self.rooms.rooms:
            self._go_to(self._open_id)

    def _heads(self, shown: Sequence[DeskRoom]) -> dict[int, str]:
        """Return what stands above the first room of each runner, where they are grouped so."""
        if self.order != "runner":
            return {}
        words = {one.name: runner_words(one) for one in desk_runners(self.desk)}
        first: dict[str, int] = {}
        for room in shown:
            first.setdefault(room.row.runner, room.id)
        return {room: words[name] for name, room in first.items() if name in words}

    def _on_typed_in_list(self, letter: str) -> None:
        """Find, from anywhere in the list, what is typed or scanned."""
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finder.setText("" if letter == "/" else letter)

    def _on_text(self, text: str) -> None:
        if text:
            self.said.say("")
        self._fill()
        if text and self.rooms.rooms:
            self.view.setCurrentIndex(self.rooms.index(0))

    def _on_enter(self) -> None:
        text = self.finder.text().strip()
        if not text:
            return
        called = {names.fold(room.name) for room in self.desk.rooms}
        if read_scan(text).code and names.fold(text) not in called:
            self.finder.setText("")
            self.scanned.emit(text, "")
            return
        if self.rooms.rooms:
            room = self.rooms.rooms[0]
            self.finder.setText("")
            self.opened.emit(room)
            return
        known = {names.fold(room.name): room.name for room in self.desk.rooms}
        near = get_close_matches(names.fold(text), list(known), 1)
        if is_scan(text):
            self.finder.setText("")  # the next scan would stand behind it
            self.scanned.emit(text, "")
            return
        called_so = shown(text, _LONGEST)
        words = (
            tr('No room is called "{text}". {near}?', text=called_so, near=known[near[0]]) if near
            else tr('No room, team or judge is called "{text}". Type a part of the name.',
                    text=called_so))
        if any(letter.isdigit() for letter in text) and " " not in text:
            self.scanned.emit(text, words)  # a code that came from another program
        else:
            self.not_found.emit(words)

    def _on_opened(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            room = self.rooms.rooms[index.row()]
            self.said.say("")
            self.finder.setText("")  # which undo does not bring back
            self.opened.emit(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the rule at the right."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("surface"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("line"))
