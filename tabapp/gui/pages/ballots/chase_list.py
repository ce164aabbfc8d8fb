"""Left of the form: how many ballots are in, the finder, and the rooms of the round."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.rooms_list import (
    WIDTH,
    RoomsModel,
    RoomsView,
    RowPainter,
    matches,
)
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_desk import Desk, DeskRoom, Order, in_order

_MARGIN = Space.MARGIN_TIGHT
_ICON = 16


class _Bar(QWidget):
    """Confirmed, to check and out as one bar with its words."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str, int]] = []
        self.setFixedHeight(34)

    def show_desk(self, desk: Desk) -> None:
        """Show the counts."""
        counts = desk.counts
        self._parts = [
            ("done_mark", tr("Confirmed"), counts["confirmed"]),
            ("accent", tr("To check"), counts["check"]),
            ("attention_mark", tr("Draft"), counts["draft"]),
            ("line2", tr("Out"), counts["out"]),
        ]
        self.setAccessibleName(", ".join(f"{word} {n}" for _token, word, n in self._parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the words."""
        with QPainter(self) as painter:
            total = sum(n for _token, _word, n in self._parts)
            ink.box(painter, 0, 0, self.width(), 8, radius=4, fill="sunken")
            left = 0.0
            for token, _word, n in self._parts[:-1]:
                if n and total:
                    width = self.width() * n / total
                    ink.box(painter, left, 0, max(3.0, width - 1), 8, radius=3, fill=token)
                    left += width
            x = 0.0
            for token, word, n in self._parts:
                words = f"{word} {n}"
                ink.box(painter, x, 19, 8, 8, radius=2, fill=token)
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "small_condensed", words, x + 12, 14, 18)
                x += 12 + fonts.width("small_condensed", words) + 12


class _Paused(QWidget):
    """Says that nothing is done about late ballots; no banner, since F7 is for the open one."""

    def __init__(self) -> None:
        super().__init__()
        words = tr("Deadlines paused")
        self.setAccessibleName(words)
        self.button = Button(tr("Resume"))
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + Space.UNIT, 0, 0, 0)
        row.addWidget(label(words, "identity"))
        row.addStretch(1)
        row.addWidget(self.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        with QPainter(self) as painter:
            icons.draw(
                painter, "pause", _ICON, "attention_mark", 0, (self.height() - _ICON) / 2)


class ChaseList(QFrame):
    """Reports which room a person wants to open; knows no form."""

    opened = Signal(object)
    """A ``DeskRoom``."""
    resumed = Signal()
    """The deadlines of the round shall go on."""
    not_found = Signal(str)
    """Nothing is called so: a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.desk = Desk(None, ())
        self.order: Order = "need"
        self._flips: Mapping[int, int] = {}
        self._open_id = 0
        self.title = Name("", "title")
        self.counted = label("", "identity")
        self.counted.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bar = _Bar()
        self.paused = _Paused()
        self.paused.button.clicked.connect(self.resumed)
        self.paused.hide()
        self.flips = Name("", "small", "text2")
        self.flips.hide()
        self.finder = SearchField(tr("Room, team or judge"), keys=("F3",))
        self.rooms = RoomsModel()
        self.view = RoomsView()
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        self.view.setModel(self.rooms)
        self.view.setItemDelegate(RowPainter(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(tr("Rooms of the round"))
        self.view.opened.connect(self._on_opened)
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
        head.addWidget(self.flips)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.view, 1)

    def show_desk(self, desk: Desk, open_id: int) -> None:
        """Show the rooms of a round, and which of them is open."""
        self.desk, self._open_id = desk, open_id
        name = desk.round.name or tr("Round {n}", n=desk.round.seq) if desk.round else ""
        self.title.set_text(tr("{round} ballots", round=name) if name else tr("Ballots"))
        self.counted.setText(tr("{n} of {m} in", n=desk.in_now, m=desk.expected))
        self.paused.setVisible(desk.round is not None and desk.round.paused)
        self.bar.show_desk(desk)
        self._fill()

    @property
    def current(self) -> DeskRoom | None:
        """Return the room that the list is at, None for none."""
        index = self.view.currentIndex()
        return self.rooms.rooms[index.row()] if index.isValid() else None

    def ordered(self) -> list[DeskRoom]:
        """Return all rooms in the order that was chosen."""
        return in_order(self.desk.rooms, self.order, self._flips)

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

    def show_open(self, open_id: int) -> None:
        """Mark another room as the open one."""
        self._open_id = open_id
        self._fill()
        self._go_to(open_id)

    @property
    def has_keys(self) -> bool:
        """Tell whether the list or its finder has the keys."""
        here = QApplication.focusWidget()
        return here is not None and self.isAncestorOf(here)

    def give_keys(self, *, at_top: bool = False) -> None:
        """Give the list the keys: at the open room, where it was, or at its top."""
        if at_top and self.rooms.rooms:
            self.view.setCurrentIndex(self.rooms.index(0))
        self._go_to(self._open_id)
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to(self, room_id: int) -> None:
        ids = [room.id for room in self.rooms.rooms]
        if room_id in ids:
            self.view.setCurrentIndex(self.rooms.index(ids.index(room_id)))
        elif ids and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.rooms.index(0))

    def _fill(self) -> None:
        self.rooms.set_rooms(matches(self.ordered(), self.finder.text()), self._open_id)
        if not self.view.currentIndex().isValid() and self.rooms.rooms:
            self._go_to(self._open_id)

    def _on_text(self, text: str) -> None:
        self._fill()
        if text and self.rooms.rooms:
            self.view.setCurrentIndex(self.rooms.index(0))

    def _on_enter(self) -> None:
        text = self.finder.text().strip()
        if not text:
            return
        if self.rooms.rooms:
            room = self.rooms.rooms[0]
            self.finder.setText("")
            self.opened.emit(room)
            return
        known = {names.fold(room.name): room.name for room in self.desk.rooms}
        near = get_close_matches(names.fold(text), list(known), 1)
        self.not_found.emit(
            tr('No room is called "{text}". {near}?', text=text, near=known[near[0]]) if near
            else tr('No room, team or judge is called "{text}". Type a part of the name.',
                    text=text))

    def _on_opened(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            room = self.rooms.rooms[index.row()]
            self.finder.setText("")  # which undo does not bring back
            self.opened.emit(room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the rule at the right."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("surface"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("line"))
