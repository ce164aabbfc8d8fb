"""In which of its break categories a team would rather break: chosen and put in order by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from tabapp.gui.messages import tr

_NAME = Qt.ItemDataRole.UserRole
_ROW = 24
_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class WishList(QListWidget):
    """The wishes first, numbered, then the other categories; Space lists one, Alt+↑↓ moves it."""

    def __init__(self, categories: Sequence[str], wishes: Sequence[str]) -> None:
        """``categories`` in their own order; a wish among none of them is shown as well."""
        super().__init__()
        self._categories = tuple(dict.fromkeys((*categories, *wishes)))
        self.wishes = tuple(wishes)
        self.setProperty("role", "list")
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_ROW * len(self._categories) + 6)
        self._fill("")

    def _fill(self, current: str) -> None:
        """Show the list anew, with the cursor at a category, else on top."""
        self.clear()
        rest = [one for one in self._categories if one not in self.wishes]
        for place, name in enumerate((*self.wishes, *rest), start=1):
            listed = name in self.wishes
            item = QListWidgetItem(f"{place}  {name}" if listed else f"–  {name}")
            item.setData(_NAME, name)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                tr("{category}, wish {n}", category=name, n=place) if listed
                else tr("{category}, by priority", category=name))
            item.setSizeHint(QSize(0, _ROW))
            self.addItem(item)
        shown = [*self.wishes, *rest]
        self.setCurrentRow(shown.index(current) if current in shown else 0)

    @property
    def _current(self) -> str:
        item = self.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def turn(self) -> None:
        """Put the category with the cursor at the end of the wishes, or take it off them."""
        name = self._current
        if name in self.wishes:
            self.wishes = tuple(one for one in self.wishes if one != name)
        elif name:
            self.wishes = (*self.wishes, name)
        self._fill(name)

    def move_wish(self, by: int) -> None:
        """Move the wish with the cursor up (-1) or down (1)."""
        name, order = self._current, list(self.wishes)
        if name in order and 0 <= order.index(name) + by < len(order):
            at = order.index(name)
            order.insert(at + by, order.pop(at))
            self.wishes = tuple(order)
            self._fill(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """List by Space, move by Alt and the arrows."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in _MOVES:
            self.move_wish(_MOVES[event.key()])
        elif event.key() == Qt.Key.Key_Space:
            self.turn()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """List what is below the pointer, or take it off."""
        if self.itemAt(event.position().toPoint()) is not None:
            self.turn()
