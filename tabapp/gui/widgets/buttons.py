"""Push buttons with an icon and the keys that do the same."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from tabapp.gui import chips, fonts, icons, ink
from tabapp.gui.tokens import Height

_PAD = 13
_ICON = 16
_GAP = 7
_KEY_GAP = 10


class Role(StrEnum):
    """What a button is on its page; at most one is primary."""

    NORMAL = ""
    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"
    LINK = "link"


_INKS = {
    Role.NORMAL: ("text", "text2", "text3"),
    Role.PRIMARY: ("on_accent", "on_accent", "on_accent"),
    Role.DANGER: ("problem", "problem", "problem"),
    Role.QUIET: ("text2", "text2", "text3"),
    Role.LINK: ("accent", "accent", "text3"),
}
"""Tokens of the words, the icon and the keys."""


class Button(QPushButton):
    """A button of words, with an icon before and keys after them."""

    def __init__(
        self,
        text: str,
        *,
        role: Role = Role.NORMAL,
        icon: str | None = None,
        keys: tuple[str, ...] = (),
        height: int = Height.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.role, self.icon_name, self.keys = role, icon, keys
        self._height = height
        self.setProperty("role", str(role))
        self.setProperty("small", height < Height.CONTROL)
        self.setFont(fonts.font("control"))
        self.setAccessibleName(text)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it by Enter as well as by Space, on every system; a key held down presses once."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def set_words(self, text: str) -> None:
        """Say something else on the button."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _content_width(self) -> int:
        words = fonts.width("control", self.text())
        before = _ICON + (_GAP if self.text() else 0) if self.icon_name else 0
        after = _KEY_GAP + chips.plain_key_width(self.keys) if self.keys else 0
        return round(before + words + after + 0.5)

    def sizeHint(self) -> QSize:
        """Ask for the words, the icon and the keys; buttons grow, type does not shrink."""
        pad = 4 if self.role is Role.LINK else _PAD
        return QSize(self._content_width() + 2 * pad, self._height)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge by the style sheet, the rest here."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        with QPainter(self) as painter:
            bevel = QStyle.ControlElement.CE_PushButtonBevel
            self.style().drawControl(bevel, option, painter, self)
            words, mark, keys = _INKS[self.role] if self.isEnabled() else ("disabled",) * 3
            left = (self.width() - self._content_width()) / 2
            if self.icon_name:
                icons.draw(painter, self.icon_name, _ICON, mark, left, (self.height() - _ICON) / 2)
                left += _ICON + _GAP
            painter.setPen(ink.pen(words))
            chips.text_at(painter, "control", self.text(), left, 0, self.height())
            if self.keys:
                left += fonts.width("control", self.text()) + _KEY_GAP
                chips.draw_plain_keys(painter, self.keys, left, 0, self.height(), keys)


class IconButton(Button):
    """A square button of one icon; its name is its tooltip."""

    def __init__(
        self, icon: str, name: str, *, role: Role = Role.QUIET, size: int = Height.CONTROL
    ) -> None:
        super().__init__(text="", role=role, icon=icon, height=size)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedWidth(size)
