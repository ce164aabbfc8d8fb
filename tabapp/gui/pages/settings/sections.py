"""The sections of the settings, at the left: arrows choose, Enter goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.messages import count
from tabapp.gui.tokens import Radius, Ring

_ROW = 28
_RULE = 9
_BAR = 3
_PAD = 12
_KEY = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the settings. ``group`` is the group of settings that it shows, if it does."""

    key: str
    title: str
    group: str = ""
    begins_block: bool = False
    """A rule stands above it."""


class SectionList(QListWidget):
    """Reports which section is looked at, and that somebody wants to go into it."""

    looked_at = Signal(str)
    entered = Signal()

    def __init__(self, name: str, sections: Sequence[Section]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ring_inside", True)
        self.viewport().setAutoFillBackground(False)
        self._items: dict[str, QListWidgetItem] = {}
        for one in sections:
            item = QListWidgetItem(one.title)
            item.setData(_KEY, one.key)
            item.setSizeHint(QSize(0, _ROW + (_RULE if one.begins_block else 0)))
            self.addItem(item)
            self._items[one.key] = item
        self.currentItemChanged.connect(self._on_current)

    @property
    def key(self) -> str:
        """Return the key of the section that is looked at; "" at first."""
        item = self.currentItem()
        return "" if item is None else str(item.data(_KEY))

    def choose(self, key: str) -> None:
        """Look at a section (KeyError if there is none)."""
        self.setCurrentItem(self._items[key])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many settings of each section differ from the preset."""
        for key, item in self._items.items():
            n = counts.get(key, 0)
            item.setData(_COUNT, n)
            differs = count(n, "setting differs", "settings differ")
            item.setToolTip(differs if n else "")
            words = f"{item.text()}, {differs}" if n else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.viewport().update()

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.looked_at.emit(str(item.data(_KEY)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the section by Enter or Right."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Slash:
            event.ignore()  # the page goes to its filter
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Paints a section: its title, how many of its settings differ, where the keys are."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """Paint one row."""
        r = option.rect
        top = r.bottom() + 1 - _ROW
        if r.height() > _ROW:
            painter.fillRect(r.x() + _PAD, r.y() + _RULE // 2, r.width() - 2 * _PAD, 1,
                             ink.color("line2"))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or hovered:
            ink.box(painter, r.x(), top, r.width(), _ROW, radius=Radius.CHIP,
                    fill="soft" if chosen else "hover")
        if chosen:
            ink.box(painter, r.x(), top + 5, _BAR, _ROW - 10, radius=1, fill="accent")
        n = index.data(_COUNT) or 0
        right = r.right() - _PAD + 1
        if n:
            width = fonts.width("note", str(n))
            painter.setPen(ink.pen("accent" if chosen else "text3"))
            chips.text_at(painter, "note", str(n), right - width, top, _ROW)
            right -= round(width) + _PAD // 2
        style = "identity" if chosen else "body"
        room = right - r.x() - _PAD
        shown, shape, _cut = names.fit(str(index.data()), style, room)
        painter.setPen(ink.pen("accent" if chosen else "text"))
        chips.text_at(painter, shape, shown, r.x() + _PAD, top, _ROW)
        view = self.parent()
        if chosen and isinstance(view, QListWidget) and view.hasFocus():
            ink.box(painter, r.x(), top, r.width(), _ROW, radius=Radius.CHIP, edge="accent",
                    edge_width=Ring.WIDTH)
