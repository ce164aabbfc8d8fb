"""The rooms of a round as a list: the state of each, how late it is, and who runs for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.room_words import Look, below_words, look_of
from tabapp.gui.tokens import Height, Space
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.deadlines import flag_words

WIDTH = 320
_MARGIN = Space.MARGIN_TIGHT
_ICON = 16
_SMALL_ICON = 14
_LEFT = 44
_HEAD = Height.ROW
"""Above the first room of a group."""
_TYPED = ("out", "draft", "received")
"""States of a room in which somebody types its first entry."""
_BADGE_ICONS = {"attention": "triangle-alert", "problem": "octagon-alert"}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RoomsModel(QAbstractListModel):
    """The rooms as a list; a room keeps its place in the selection when the order changes."""

    def __init__(self) -> None:
        super().__init__()
        self.rooms: list[DeskRoom] = []
        self.open_id = 0
        self.flips: Mapping[int, str] = {}
        self.heads: Mapping[int, str] = {}
        """What stands above the first room of each group, by the row id of that room."""
        self.is_typed = True
        """Whether the open ballot can be typed in at all."""
        self._end: datetime | None = None
        self._now: datetime | None = None

    def look(self, room: DeskRoom) -> Look:
        """Return how a room looks now; the open one says that it is typed."""
        if room.id == self.open_id and self.is_typed and room.state in _TYPED:
            return Look("pencil", "accent", tr("Typing now"))
        return look_of(room, self._end, self._now)

    def set_time(self, end: datetime | None, now: datetime) -> None:
        """Let time pass: only rows whose words change are painted anew."""
        before = [self.look(room) for room in self.rooms]
        self._end, self._now = end, now
        for i, room in enumerate(self.rooms):
            if self.look(room) != before[i]:
                self.dataChanged.emit(self.index(i), self.index(i))

    def set_heads(self, heads: Mapping[int, str]) -> None:
        """Part the rooms into groups; none for one list without groups."""
        if heads != self.heads:
            self.layoutAboutToBeChanged.emit()
            self.heads = dict(heads)
            self.layoutChanged.emit()

    def set_flips(self, flips: Mapping[int, str]) -> None:
        """Mark the rooms that can change who breaks, by row id; the words say how."""
        if flips != self.flips:
            self.flips = dict(flips)
            if self.rooms:
                self.dataChanged.emit(self.index(0), self.index(len(self.rooms) - 1))

    def set_rooms(
        self, rooms: Sequence[DeskRoom], open_id: int, *, is_typed: bool = True
    ) -> None:
        """Show ``rooms``; ``open_id`` is the one whose ballot is open, and maybe typed."""
        turned, self.is_typed = is_typed is not self.is_typed, is_typed
        old = [room.id for room in self.rooms]
        new = [room.id for room in rooms]
        if old == new:
            changed = [
                i for i, (one, other) in enumerate(zip(self.rooms, rooms, strict=True))
                if one != other or turned or one.id in (open_id, self.open_id)]
            self.rooms, self.open_id = list(rooms), open_id
            for i in changed:
                self.dataChanged.emit(self.index(i), self.index(i))
            return
        if set(old) == set(new):
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            ids = [old[one.row()] for one in before]
            self.rooms, self.open_id = list(rooms), open_id
            self.changePersistentIndexList(
                before, [self.index(new.index(one)) for one in ids])
            self.layoutChanged.emit()
            return
        self.beginResetModel()
        self.rooms, self.open_id = list(rooms), open_id
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rooms there are."""
        return 0 if parent.isValid() else len(self.rooms)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a room, and in words all that its row shows."""
        if not index.isValid() or index.row() >= len(self.rooms):
            return None
        room = self.rooms[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return room.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            look = self.look(room)
            teams = ", ".join(name for _side, name in room.row.teams)
            said = flag_words(room.flag) if room.flag is not None else ""
            flips = self.flips.get(room.id)
            mark = tr("can change who breaks") if flips is not None else ""
            runner = tr("runner {name}", name=room.row.runner) if room.row.runner else ""
            whole = ", ".join(filter(None, (
                self.heads.get(room.id, ""), room.name,
                tr("chair {name}", name=room.chair) if room.chair else "",
                look.word, look.aside, runner, teams, said, mark)))
            if role == Qt.ItemDataRole.ToolTipRole and flips:
                return f"{whole}\n{flips}"
            return whole
        return None


class RowPainter(QStyledItemDelegate):
    """Paints a room: icon, name over chair, word over time."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for a row, and for the line above it where a group begins."""
        model = index.model()
        begins = isinstance(model, RoomsModel) and model.rooms[index.row()].id in model.heads
        return QSize(WIDTH - 2, Height.ROW_TALL + (_HEAD if begins else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one room, below the name of its group where that begins."""
        model = index.model()
        if not isinstance(model, RoomsModel):
            return
        place, room = QRect(option.rect), model.rooms[index.row()]
        head = model.heads.get(room.id)
        if head is not None:
            self._head(painter, QRect(place.x(), place.y(), place.width(), _HEAD), head)
            place.setTop(place.top() + _HEAD)
        is_open = room.id == model.open_id
        state = option.state
        if is_open:
            painter.fillRect(place, ink.color("soft"))
            painter.fillRect(place.x(), place.y(), 3, place.height(), ink.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, ink.color("hover"))
        painter.fillRect(
            place.x() + _LEFT, place.bottom(), place.width() - _LEFT - _MARGIN, 1,
            ink.color("line"))
        self._words(
            painter, place, room, model.look(room), is_open=is_open, flips=room.id in model.flips,
            below=below_words(room, grouped=bool(model.heads)))
        if state & QStyle.StateFlag.State_HasFocus:
            ink.box(
                painter, place.x() + 3, place.y(), place.width() - 4, place.height() - 1,
                radius=4, edge="accent", edge_width=2)

    @staticmethod
    def _head(painter: QPainter, place: QRect, words: str) -> None:
        painter.fillRect(place, ink.color("zebra"))
        painter.fillRect(place.x(), place.bottom(), place.width(), 1, ink.color("line2"))
        shown, style, _cut = names.fit(words, "header", place.width() - 2 * _MARGIN)
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, style, shown, place.x() + _MARGIN, place.y(), _HEAD)

    @staticmethod
    def _words(
        painter: QPainter, place: QRect, room: DeskRoom, look: Look, *, is_open: bool, flips: bool,
        below: str,
    ) -> None:  # fmt: skip
        top, right = place.y(), place.right() - _MARGIN + 1
        icons.draw(
            painter, look.icon, _ICON, "accent" if is_open else look.token, place.x() + _MARGIN,
            top + (place.height() - _ICON) / 2)
        lone = not look.aside and not flips
        width = _draw_state(painter, look, right, top, place.height() if lone else 24)
        if flips:
            aside = fonts.width("small", look.aside) + Space.UNIT if look.aside else 0.0
            width = max(width, aside + _draw_flip(painter, right - aside, top + 22))
        space = round(right - width - Space.UNIT - place.x() - _LEFT)
        shown, style, _cut = names.fit(room.name, "identity", space, keep_end=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, place.x() + _LEFT, top + 2, 22)
        shown, style, _cut = names.fit(below, "small", space)
        painter.setPen(ink.pen("text3" if not is_open else "text2"))
        chips.text_at(painter, style, shown, place.x() + _LEFT, top + 22, 18)


def _draw_state(painter: QPainter, look: Look, right: float, top: int, height: int) -> float:
    """Paint the word of a state over its time, up to ``right``; return how wide they are."""
    if look.badge:
        icon = _BADGE_ICONS[look.token]
        wide = chips.badge_width(look.word, icon)
        chips.draw_badge(
            painter, look.word, right - wide, top + max(1, (height - Height.BADGE) // 2),
            tone=look.token, icon=icon)
        return wide
    wide = round(fonts.width("note", look.word))
    painter.setPen(ink.pen(look.token))
    chips.text_at(painter, "note", look.word, right - wide, top, height)
    small = fonts.width("small", look.aside)
    painter.setPen(ink.pen("text3"))
    chips.text_at(painter, "small", look.aside, right - small, top + 22, 18)
    return max(wide, small)


def _draw_flip(painter: QPainter, right: float, top: int) -> float:
    """Paint the mark of a room that can change who breaks; return how wide it is."""
    word = tr("Can flip")
    wide = fonts.width("small", word)
    icons.draw(painter, "git-fork", _SMALL_ICON, "attention", right - wide - Space.HALF
               - _SMALL_ICON, top + (18 - _SMALL_ICON) / 2)
    painter.setPen(ink.pen("attention"))
    chips.text_at(painter, "small", word, right - wide, top, 18)
    return wide + Space.HALF + _SMALL_ICON


class RoomsView(QListView):
    """The list itself: Enter opens; what is typed, or scanned, goes to the finder."""

    opened = Signal()
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, hand on what is typed."""
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        elif not held and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave finding to the finder."""
