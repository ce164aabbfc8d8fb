"""An ordered list of metrics: add, remove and move by keys, never one too many, never one twice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.formats.values import REPEATABLE_METRICS
from tabapp.gui.messages import tr
from tabapp.gui.setting_words import metric_words
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, IconButton
from tabapp.gui.widgets.painted import label

_KEY = Qt.ItemDataRole.UserRole
_ROW = 24
_LEAST_ROWS = 3


class MetricList(QWidget):
    """Shows metrics in order. Alt+↑↓ moves the chosen one, Del removes it, Enter goes to Add."""

    changed = Signal()
    """Somebody added, removed or moved a metric."""
    left = Signal()
    """The keys have gone from all of it."""

    def __init__(self, choices: Sequence[str], limit: int) -> None:
        """``setAccessibleName`` gives the list and the choice below it their names."""
        super().__init__()
        self._choices, self._limit = tuple(choices), limit
        self.list = _List(self)
        self.more = QComboBox()
        self.more.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.more.setMaxVisibleItems(12)
        self.add = Button(tr("Add"), icon="plus")
        self.up = IconButton("arrow-up", tr("Move up"), size=28)
        self.down = IconButton("arrow-down", tr("Move down"), size=28)
        self.out = IconButton("x", tr("Remove"), size=28)
        self.count = label("", "small", role="hint")
        self._lay_out()
        self.add.clicked.connect(self.append)
        self.up.clicked.connect(lambda: self.move_chosen(-1))
        self.down.clicked.connect(lambda: self.move_chosen(1))
        self.out.clicked.connect(self.remove)
        self.list.currentRowChanged.connect(self._refresh_buttons)
        self.setFocusProxy(self.list)
        for part in (self.list, self.more, self.add, self.up, self.down, self.out):
            part.installEventFilter(self)
        self._refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HALF)
        column.addWidget(self.list)
        moves = QHBoxLayout()
        moves.setSpacing(2)
        moves.addWidget(self.count)
        moves.addStretch(1)
        for part in (self.up, self.down, self.out):
            moves.addWidget(part)
        column.addLayout(moves)
        adding = QHBoxLayout()
        adding.setSpacing(Space.UNIT)
        adding.addWidget(self.more, 1)
        adding.addWidget(self.add)
        column.addLayout(adding)

    def setAccessibleName(self, name: str) -> None:
        """Call the list what the setting is called, and say of the choice that it adds to it."""
        super().setAccessibleName(name)
        self.more.setAccessibleName(tr("{list}: what to add", list=name))
        self.list.setAccessibleName(name)

    def keys(self) -> list[str]:
        """Return the metrics in order."""
        return [str(self.list.item(at).data(_KEY)) for at in range(self.list.count())]

    def set_keys(self, keys: Sequence[str]) -> None:
        """Show these metrics; the chosen place stays."""
        if self.keys() == list(keys):
            return
        self._fill(list(keys), self.list.currentRow())

    def _fill(self, keys: list[str], at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for place, key in enumerate(keys, start=1):
            item = QListWidgetItem(f"{place}  {metric_words(key)}")
            item.setData(_KEY, key)
            item.setToolTip(key)
            item.setSizeHint(QSize(0, _ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(at, 0), len(keys) - 1))
        self.list.blockSignals(False)
        self._refresh()

    def _refresh(self) -> None:
        keys, chosen = self.keys(), self.more.currentData()
        self.more.clear()
        for one in self._choices:
            if one not in keys or one in REPEATABLE_METRICS:
                self.more.addItem(metric_words(one), one)
        self.more.setCurrentIndex(max(0, self.more.findData(chosen)))
        full = len(keys) >= self._limit
        self.more.setEnabled(not full)
        self.add.setEnabled(not full)
        words = tr("{n} of {most}", n=len(keys), most=self._limit)
        self.count.setText(tr("{n}: take one out to add another", n=words) if full else words)
        self.list.setFixedHeight(_ROW * max(_LEAST_ROWS, len(keys)) + 6)
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        at, last = self.list.currentRow(), self.list.count() - 1
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < last)
        self.out.setEnabled(at >= 0)

    # What a person does

    def append(self) -> None:
        """Put the metric that is chosen below at the end."""
        key = self.more.currentData()
        if key is not None and len(self.keys()) < self._limit:
            self._become([*self.keys(), str(key)], self.list.count())

    def remove(self) -> None:
        """Take the chosen metric out."""
        at, keys = self.list.currentRow(), self.keys()
        if 0 <= at < len(keys):
            del keys[at]
            self._become(keys, at)

    def move_chosen(self, by: int) -> None:
        """Move the chosen metric up (-1) or down (1)."""
        at, keys = self.list.currentRow(), self.keys()
        if 0 <= at < len(keys) and 0 <= at + by < len(keys):
            keys.insert(at + by, keys.pop(at))
            self._become(keys, at + by)

    def _become(self, keys: list[str], at: int) -> None:
        self._fill(keys, at)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the keys go elsewhere; from one of its parts to another is not away."""
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._on_focus_gone)
        return super().eventFilter(watched, event)

    def _on_focus_gone(self) -> None:
        now = QApplication.focusWidget()
        inside = now is not None and (now is self or self.isAncestorOf(now))
        if not inside and QApplication.activePopupWidget() is None:
            self.left.emit()


class _List(QListWidget):
    """The list itself, with its keys."""

    def __init__(self, owner: MetricList) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setProperty("role", "list")
        self.setUniformItemSizes(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, or go on to adding."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _MOVES:
            self._owner.move_chosen(_MOVES[key])
        elif key == Qt.Key.Key_Delete:
            self._owner.remove()
        elif key in (Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.more.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == Qt.Key.Key_Slash:
            event.ignore()
        else:
            super().keyPressEvent(event)


_MOVES: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
