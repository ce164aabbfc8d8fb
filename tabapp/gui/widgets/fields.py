"""Fields: a label above, a hint or what is wrong below; and the field that searches."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tabapp.gui import chips, fonts, icons, theme
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.painted import label

_ICON = 16


class Field(QWidget):
    """A field with its label and the sentence below it."""

    def __init__(self, title: str, field: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = hint
        self._title = label(title)
        self._below = label(hint, "small", role="hint", wrap=True)
        field.setFont(fonts.font("body"))
        field.setAccessibleName(title)
        self._title.setBuddy(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HALF)
        for part in (self._title, field, self._below):
            column.addWidget(part)
        column.addStretch(1)
        self._show("", hint)

    @property
    def state(self) -> str:
        """Return "problem", "attention" or "" for a field that is right."""
        return str(self.field.property("state") or "")

    @property
    def sentence(self) -> str:
        """Return what stands below the field."""
        return self._below.text()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong and what to do."""
        self._show("problem", sentence)

    def show_attention(self, sentence: str) -> None:
        """Say what is unusual."""
        self._show("attention", sentence)

    def show_nothing(self) -> None:
        """Say that all is right again."""
        self._show("", self._hint)

    def show_hint(self, sentence: str) -> None:
        """Say something else while the field is right."""
        self._hint = sentence
        if not self.state:
            self._show("", sentence)

    def _show(self, state: str, sentence: str) -> None:
        self._below.setText(sentence)
        self._below.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        theme.mark(self.field, state=state)
        theme.mark(self._below, state=state)


class SearchField(QLineEdit):
    """A field with a lens before and a key after it; Down goes on to what was found."""

    left_downwards = Signal()
    """The person pressed Down: give the keys to the first thing found."""

    def __init__(
        self,
        placeholder: str,
        *,
        keys: tuple[str, ...] = (),
        icon: str = "search",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keys = icon, keys
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(fonts.font("body"))
        self.setFixedHeight(Height.CONTROL)
        after = chips.key_width(keys) + Space.UNIT if keys else 0
        self.setTextMargins(_ICON + 8, 0, after, 0)
        words = fonts.width("body", placeholder)
        self.setMinimumWidth(round(words) + _ICON + after + 40)

    def key_rect(self) -> QRect:
        """Return where the caps of the keys stand."""
        width = chips.key_width(self._keys)
        return QRect(self.width() - width - 7, (self.height() - 18) // 2, width, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the lens and the keys over its margins."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            token = "text2" if self.isEnabled() else "disabled"
            icons.draw(painter, self._icon, _ICON, token, 10, (self.height() - _ICON) / 2)
            if self._keys and not self.text():
                place = self.key_rect()
                chips.draw_keys(painter, self._keys, place.x(), place.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Down and Esc for the search, the rest for typing."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


