"""The rooms of a round as a list: which state each is in, and which of them a text may mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

from tabapp.domain.deadlines import FlagKind
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Space
from tabapp.services.ballot_desk import DeskRoom, State
from tabapp.services.deadlines import flag_words

WIDTH = 320
_MARGIN = Space.MARGIN_TIGHT
_ICON = 16
_SMALL_ICON = 14
_LEFT = 44
_LOOKS: dict[State, tuple[str, str, str]] = {
    "out": ("timer", "text2", "Out"),
    "draft": ("pencil", "attention", "Draft"),
    "check": ("list-checks", "accent", "To check"),
    "confirmed": ("check", "done", "Confirmed"),
    "postponed": ("pause", "text3", "Postponed"),
    "bye": ("minus", "text3", "Bye"),
}
_FLAGS: dict[FlagKind, tuple[str, str, str]] = {
    "warning": ("timer", "attention", "Due soon"),
    "overdue": ("triangle-alert", "problem", "Overdue"),
    "unconfirmed": ("hourglass", "problem", "Waits too long"),
    "forfeited": ("ban", "attention", "Forfeited"),
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def status_words(room: DeskRoom) -> tuple[str, str]:
    """Return the word of a room's state, and since when or by whom."""
    word = tr(_LOOKS[room.state][2])
    if room.flag is not None and room.state != "draft":
        limit = "" if room.state == "confirmed" else f"{room.flag.since.astimezone():%H:%M}"
        time = f"{room.at.astimezone():%H:%M}" if room.at else ""
        return tr(_FLAGS[room.flag.kind][2]), limit or time
    if room.state == "draft":
        return word, ", ".join(room.by)
    return word, f"{room.at.astimezone():%H:%M}" if room.at else ""


def matches(rooms: Sequence[DeskRoom], text: str) -> list[DeskRoom]:
    """Return the rooms that ``text`` may mean, the best first: room, number, team, judge."""
    wanted = names.fold(text.strip())
    if not wanted:
        return list(rooms)
    found = []
    for i, room in enumerate(rooms):
        own = names.fold(room.name)
        others = [
            *(names.fold(name) for _side, name in room.row.teams),
            *(names.fold(name) for name, _role in room.row.panel)]
        if wanted in (own, names.fold(room.row.ref), names.fold(room.row.barcode)):
            found.append((0, i, room))
        elif own.startswith(wanted):
            found.append((1, i, room))
        elif wanted in own:
            found.append((2, i, room))
        elif any(one.startswith(wanted) for one in others):
            found.append((3, i, room))
        elif any(wanted in one for one in others):
            found.append((4, i, room))
    return [room for _rank, _i, room in sorted(found, key=lambda one: one[:2])]


class RoomsModel(QAbstractListModel):
    """The rooms as a list; a room keeps its place in the selection when the order changes."""

    def __init__(self) -> None:
        super().__init__()
        self.rooms: list[DeskRoom] = []
        self.open_id = 0
        self.flips: Mapping[int, str] = {}

    def set_flips(self, flips: Mapping[int, str]) -> None:
        """Mark the rooms that can change who breaks, by row id; the words say how."""
        if flips != self.flips:
            self.flips = dict(flips)
            if self.rooms:
                self.dataChanged.emit(self.index(0), self.index(len(self.rooms) - 1))

    def set_rooms(self, rooms: Sequence[DeskRoom], open_id: int) -> None:
        """Show ``rooms``; ``open_id`` is the one whose ballot is open."""
        old = [room.id for room in self.rooms]
        new = [room.id for room in rooms]
        if old == new:
            changed = [
                i for i, (one, other) in enumerate(zip(self.rooms, rooms, strict=True))
                if one != other or one.id in (open_id, self.open_id)]
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
            teams = ", ".join(name for _side, name in room.row.teams)
            said = flag_words(room.flag) if room.flag is not None else ""
            flips = self.flips.get(room.id)
            mark = tr("can change who breaks") if flips is not None else ""
            whole = ", ".join(filter(None, (
                room.name, tr("chair {name}", name=room.chair) if room.chair else "",
                *status_words(room), teams, said, mark)))
            if role == Qt.ItemDataRole.ToolTipRole and flips:
                return f"{whole}\n{flips}"
            return whole
        return None


class RowPainter(QStyledItemDelegate):
    """Paints a room: icon, name over chair, word over time."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(WIDTH - 2, Height.ROW_TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, RoomsModel):
            return
        place, room = QRect(option.rect), model.rooms[index.row()]
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
        self._words(painter, place, room, is_open=is_open, flips=room.id in model.flips)
        if state & QStyle.StateFlag.State_HasFocus:
            ink.box(
                painter, place.x() + 3, place.y(), place.width() - 4, place.height() - 1,
                radius=4, edge="accent", edge_width=2)

    @staticmethod
    def _words(
        painter: QPainter, place: QRect, room: DeskRoom, *, is_open: bool, flips: bool
    ) -> None:
        icon, token, _word = _LOOKS[room.state] if room.flag is None else _FLAGS[room.flag.kind]
        word, time = status_words(room)
        top, right = place.y(), place.right() - _MARGIN + 1
        mark = "pencil" if is_open and room.state in ("out", "draft") else icon
        icons.draw(
            painter, mark, _ICON, "accent" if is_open else token, place.x() + _MARGIN,
            top + (place.height() - _ICON) / 2)
        if is_open and room.state in ("out", "draft"):
            word, time = tr("Typing now"), ""
            token = "accent"
        lone = not time and not flips
        width = max(fonts.width("note", word), fonts.width("small", time))
        if flips:
            aside = fonts.width("small", time) + Space.UNIT if time else 0.0
            width = max(width, aside + _draw_flip(painter, right - aside, top + 22))
        painter.setPen(ink.pen(token))
        chips.text_at(
            painter, "note", word, right - fonts.width("note", word), top,
            place.height() if lone else 24)
        painter.setPen(ink.pen("text3"))
        chips.text_at(
            painter, "small", time, right - fonts.width("small", time), top + 22, 18)
        space = round(right - width - Space.UNIT - place.x() - _LEFT)
        shown, style, _cut = names.fit(room.name, "identity", space, keep_end=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, place.x() + _LEFT, top + 2, 22)
        below = tr("Chair {name}", name=room.chair) if room.chair else tr("No judges")
        shown, style, _cut = names.fit(below, "small", space)
        painter.setPen(ink.pen("text3" if not is_open else "text2"))
        chips.text_at(painter, style, shown, place.x() + _LEFT, top + 22, 18)


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
    """The list itself: Enter opens, typing finds."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
