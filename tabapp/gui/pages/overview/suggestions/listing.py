"""The list of suggestions: each its sentence over its reason."""

from __future__ import annotations

from collections.abc import Sequence
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
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.services.suggestions import Shown

HEIGHT = 56
_LEFT = 44
_RIGHT = 16
_ICON = 18
_ICONS = {
    "ballot": "clipboard-pen", "panel_swap": "refresh-cw", "judge_score": "gavel",
    "registration": "circle-user",
}
_NAMES = {
    "ballot": "Ballots", "panel_swap": "Panels", "judge_score": "Judges",
    "registration": "Registration",
}
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def name_of(kind: str) -> str:
    """Return what suggestions of a kind are called."""
    return tr(_NAMES[kind])


def matching(items: Sequence[Shown], kind: str, words: str) -> list[Shown]:
    """Return those of a kind ("" for all) that hold every word."""
    wanted = names.fold(words).split()
    return [
        one for one in items
        if kind in ("", one.kind)
        and all(word in names.fold(f"{one.sentence} {one.reason}") for word in wanted)]


class SuggestionsModel(QAbstractListModel):
    """The suggestions that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Shown] = []

    def set_items(self, items: Sequence[Shown]) -> None:
        """Show these."""
        if [one.key for one in items] == [one.key for one in self.items]:
            self.items = list(items)
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the sentence, and in words all that the row shows."""
        if not index.isValid() or index.row() >= len(self.items):
            return None
        one = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.sentence
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{name_of(one.kind)}: {one.sentence} {one.reason}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.reason
        return None


class _Painter(QStyledItemDelegate):
    """Paints a suggestion: the icon of its kind, sentence over reason."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(320, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, SuggestionsModel):
            return
        place, one, state = QRect(option.rect), model.items[index.row()], option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(place, ink.color("soft"))
            painter.fillRect(place.x(), place.y(), 3, place.height(), ink.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, ink.color("hover"))
        painter.fillRect(
            place.x() + _LEFT, place.bottom(), place.width() - _LEFT - _RIGHT, 1,
            ink.color("line"))
        top, room = place.y(), place.width() - _LEFT - _RIGHT
        icons.draw(
            painter, _ICONS[one.kind], _ICON, "accent" if chosen else "text2", place.x() + 14,
            top + (HEIGHT - _ICON) / 2)
        for words, style, token, at, height in (
            (one.sentence, "identity", "text", 7, 22),
            (one.reason, "small", "text2" if chosen else "text3", 29, 18),
        ):
            shown, shape, _cut = names.fit(words, style, room)
            painter.setPen(ink.pen(token))
            chips.text_at(painter, shape, shown, place.x() + _LEFT, top + at, height)
        if state & QStyle.StateFlag.State_HasFocus:
            ink.box(
                painter, place.x() + 3, place.y() + 1, place.width() - 4, place.height() - 2,
                radius=4, edge="accent", edge_width=2)


class SuggestionList(QListView):
    """The list itself: arrows choose, Enter opens, typing finds."""

    opened = Signal()
    moved = Signal()
    """Another suggestion is chosen, or none."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = SuggestionsModel()
        self.setModel(self.rows)
        self.setItemDelegate(_Painter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(round(fonts.width("identity", "n" * 24)) + _LEFT + _RIGHT)
        self.setAccessibleName(tr("Suggestions"))
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.rows.modelReset.connect(self.moved)

    def show_items(self, items: Sequence[Shown]) -> None:
        """Show these; what was chosen stays so, or the one that took its place does."""
        chosen, at = self.chosen(), self.currentIndex().row()
        self.rows.set_items(items)
        keys = [one.key for one in items]
        if chosen is not None and chosen.key in keys:
            at = keys.index(chosen.key)
        if items and self.currentIndex().row() != (at := min(max(at, 0), len(items) - 1)):
            self.setCurrentIndex(self.rows.index(at))
        self.moved.emit()

    def chosen(self) -> Shown | None:
        """Return the suggestion with the cursor."""
        at = self.currentIndex().row()
        return self.rows.items[at] if 0 <= at < len(self.rows.items) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter; leave the keys of the page to the page."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain and self.chosen() is not None:
                self.opened.emit()
            else:
                event.ignore()
        elif event.key() in (Qt.Key.Key_Slash, Qt.Key.Key_Escape, Qt.Key.Key_Delete):
            event.ignore()
        else:
            super().keyPressEvent(event)
