"""The PIN pad: dots for the digits that are typed, keys for whoever has only a mouse."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.operators import PIN_LONGEST, PIN_SHORTEST
from tabapp.gui import chips, fonts, icons, ink
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role

KEY = 56
_ICON = 20
_DOT = 12
_DOT_GAP = 10
_DOTS_HEIGHT = 28
_ROWS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"))


class PinPad(QWidget):
    """Takes 4 to 8 digits. Enter hands them over, Backspace takes the last back, Esc goes back.

    The pad has the keys, its buttons never do; what is typed stands nowhere but in it.
    """

    entered = Signal(str)
    """The digits, which are forgotten here at once."""
    left = Signal()
    """Somebody wants to go back to the names."""
    lettered = Signal(str)
    """A letter was typed: somebody looks for a name."""

    def __init__(self) -> None:
        super().__init__()
        self._digits = ""
        self._held = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dots = _Dots(self)
        self.keys: dict[str, _Key] = {}
        grid = QGridLayout()
        grid.setSpacing(Space.UNIT)
        for row, names in enumerate(_ROWS):
            for column, digit in enumerate(names):
                grid.addWidget(self._digit(digit), row, column)
        grid.addWidget(self._add("back", _Key("", tr("Take back a digit"), "arrow-left")), 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        grid.addWidget(self._add(
            "enter", _Key("", tr("Sign in"), "corner-down-left", Role.PRIMARY)), 3, 2)
        self.keys["back"].clicked.connect(self._take_back)
        self.keys["enter"].clicked.connect(self._enter)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(Space.UNIT)
        column_.addWidget(self.dots)
        column_.addLayout(grid)
        self.setFixedWidth(3 * KEY + 2 * Space.UNIT)
        self.show_owner("")

    def _digit(self, digit: str) -> _Key:
        made = self._add(digit, _Key(digit, digit))
        made.clicked.connect(lambda: self._type(digit))
        return made

    def _add(self, name: str, key: _Key) -> _Key:
        self.keys[name] = key
        return key

    # What is typed

    @property
    def typed(self) -> int:
        """Return how many digits are typed."""
        return len(self._digits)

    @property
    def is_held(self) -> bool:
        """Tell whether nothing can be typed for now."""
        return bool(self._held)

    def show_owner(self, name: str) -> None:
        """Say whose PIN is typed, and forget what was typed."""
        self._owner = name
        self.clear()

    def clear(self) -> None:
        """Forget what was typed."""
        self._digits = ""
        self._show()

    def hold(self, reason: str) -> None:
        """Take no digits for as long as there is a reason; "" lets them in again."""
        self._held = reason
        for key in self.keys.values():
            key.setEnabled(not reason)
        if reason:
            self._digits = ""
        self._show()

    def type(self, letter: str) -> bool:
        """Type a digit of any script; tell whether it was one."""
        digit = unicodedata.decimal(letter, None) if len(letter) == 1 else None
        if digit is not None:
            self._type(str(digit))
        return digit is not None

    def _type(self, digit: str) -> None:
        if not self._held and len(self._digits) < PIN_LONGEST:
            self._digits += digit
            self._show()

    def _take_back(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _enter(self) -> None:
        if not self._held:
            digits = self._digits
            self.clear()
            self.entered.emit(digits)

    def _show(self) -> None:
        words = count(len(self._digits), "digit typed", "digits typed")
        self.setAccessibleName(
            tr("PIN of {name}", name=self._owner) if self._owner else tr("PIN"))
        self.setAccessibleDescription(self._held or words)
        self.dots.update()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace, Enter and Esc; a letter goes to the names."""
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._enter()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._take_back()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif self.type(text):
            pass
        elif text.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.clear()
            self.lettered.emit(text)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the digits come here."""
        super().focusInEvent(event)
        self.dots.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they do not any more."""
        super().focusOutEvent(event)
        self.dots.update()


class _Dots(QWidget):
    """A dot for each digit; empty ones up to the least that a PIN has. A line says: type here."""

    def __init__(self, pad: PinPad) -> None:
        super().__init__()
        self._pad = pad
        self.setFixedHeight(_DOTS_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots in the middle."""
        typed, held = self._pad.typed, self._pad.is_held
        shown = max(PIN_SHORTEST, typed)
        width = shown * _DOT + (shown - 1) * _DOT_GAP
        left, top = (self.width() - width) / 2, (_DOTS_HEIGHT - _DOT) / 2 - 2
        edge = "line2" if held else "control"
        with QPainter(self) as painter:
            for at in range(shown):
                x = left + at * (_DOT + _DOT_GAP)
                ink.box(painter, x, top, _DOT, _DOT, radius=_DOT / 2,
                        fill="text" if at < typed else None,
                        edge=None if at < typed else edge, edge_width=1.5)
            if self._pad.hasFocus():
                ink.box(painter, 0, _DOTS_HEIGHT - 2, self.width(), 2, fill="accent")
            else:
                ink.box(painter, 0, _DOTS_HEIGHT - 1, self.width(), 1, fill="line2")


class _Key(Button):
    """A key of the pad: a digit or an icon, 56 square, for the mouse and for assistive tools."""

    def __init__(
        self, text: str, name: str, icon: str | None = None, role: Role = Role.NORMAL
    ) -> None:
        super().__init__(text, role=role, icon=icon, height=KEY)
        self.setAccessibleName(name)
        self.setToolTip("" if text else name)
        self.setFixedSize(KEY, KEY)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Be square."""
        return QSize(KEY, KEY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge by the style sheet, the digit or icon here."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        primary = self.role is Role.PRIMARY
        token = ("on_accent" if primary else "text") if self.isEnabled() else "disabled"
        with QPainter(self) as painter:
            self.style().drawControl(
                QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
            if self.icon_name:
                at = (KEY - _ICON) / 2
                icons.draw(painter, self.icon_name, _ICON, token, at, at)
            else:
                painter.setPen(ink.pen(token))
                left = (KEY - fonts.width("title", self.text())) / 2
                chips.text_at(painter, "title", self.text(), left, 0, KEY)
