"""Labels in a style of type, and what painted widgets share."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tabapp.gui import fonts, ink, names
from tabapp.gui.chips import text_at
from tabapp.gui.tokens import TYPES


def label(
    text: str, style: str = "body", *, role: str | None = None, wrap: bool = False
) -> QLabel:
    """Return a label in a style of type, in the colour of a role (secondary, hint, accent)."""
    made = QLabel(text)
    made.setFont(fonts.font(style))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class Name(QWidget):
    """One line of a name: shortened until it fits, all of it in the tooltip then."""

    def __init__(
        self, text: str, style: str = "body", token: str = "text", *, person: bool = False
    ) -> None:
        super().__init__()
        self._style, self._token, self._person = style, token, person
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    @property
    def text(self) -> str:
        """Return the whole name."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another name."""
        if text == self._text:
            return
        self._text = text
        self.setAccessibleName(text)
        self._tell_what_is_cut()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole name."""
        width = round(fonts.width(self._style, self._text) + 0.5)
        return QSize(width + 1, TYPES[self._style].line)

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters."""
        return QSize(min(48, self.sizeHint().width()), TYPES[self._style].line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find out again whether the name is cut."""
        self._tell_what_is_cut()

    def _tell_what_is_cut(self) -> None:
        _, _, cut = names.fit(self._text, self._style, self.width(), person=self._person)
        self.setToolTip(self._text if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        shown, style, _ = names.fit(self._text, self._style, self.width(), person=self._person)
        with QPainter(self) as painter:
            painter.setPen(ink.pen(self._token if self.isEnabled() else "disabled"))
            text_at(painter, style, shown, 0, 0, self.height())
