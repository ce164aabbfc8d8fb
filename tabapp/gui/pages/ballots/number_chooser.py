"""A list of which the number of a line chooses: which motion was debated, which one was vetoed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from tabapp.gui import fonts, theme
from tabapp.gui.tokens import Height

_MOST = 9


class NumberChooser(QComboBox):
    """1 to 9 choose and go on, 0 and Del choose nothing, Space opens the list, Enter goes on."""

    went = Signal(int)
    """The person goes on (1) or back (-1)."""
    picked = Signal(object)
    """What a person chose, None for nothing."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self.key = key
        self.setAccessibleName(name)
        self.setFixedHeight(Height.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)
        self.activated.connect(lambda at: self.picked.emit(self.itemData(at)))

    def offer(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer archive ids with their words, numbered from 1."""
        self.clear()
        for n, (ref, words) in enumerate(items, start=1):
            self.addItem(f"{n}  {words or ref}", ref)
            self.setItemData(n - 1, words or ref, Qt.ItemDataRole.ToolTipRole)

    def show_choice(self, ref: str | None) -> None:
        """Show what is chosen."""
        self.setCurrentIndex(self.findData(ref) if ref else -1)
        self.setToolTip(self.currentText())

    def show_state(self, state: str) -> None:
        """Edge it: problem, attention or nothing."""
        if (self.property("state") or "") != state:
            theme.mark(self, state=state)

    def showPopup(self) -> None:
        """Open the list, wide enough for its words up to a point."""
        widest = max((fonts.width("body", self.itemText(i)) for i in range(self.count())),
                     default=0)
        self.view().setMinimumWidth(min(560, round(widest) + 40))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing by scrolling."""
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Be content with a number."""
        return QSize(64, Height.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number; leave what belongs to the page to it."""
        key, text = Qt.Key(event.key()), event.text()
        held = event.modifiers()
        back = bool(held & Qt.KeyboardModifier.ShiftModifier)
        if held & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went.emit(-1 if back else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or text == "0":
            self.picked.emit(None)
        elif text.isdecimal() and text.isascii():
            at = int(text) - 1
            if at < min(self.count(), _MOST):
                self.picked.emit(self.itemData(at))
                self.went.emit(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not (
            held & Qt.KeyboardModifier.AltModifier
        ):  # fmt: skip
            self.went.emit(1 if key == Qt.Key.Key_Down else -1)
        elif text and text.isprintable() and text != " ":
            event.accept()  # letters would choose by the words, which begin with numbers
        else:
            super().keyPressEvent(event)
