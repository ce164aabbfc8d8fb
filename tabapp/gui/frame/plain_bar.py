"""The bottom bar without jobs: the file, and who is at the keyboard, which locks the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.frame.health_facts import FactButton
from tabapp.gui.locking.words import role_words
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.keycaps import Rule

HEIGHT = 32


class Fact(QWidget):
    """An icon with a few words at the right."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon, self._name, self._words = icon, name, ""
        self.setFixedHeight(HEIGHT - 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, whole: str = "") -> None:
        """Show ``words``, with ``whole`` in the tooltip."""
        self._words = words
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(f"{self._name}: {whole or words}")

    def sizeHint(self) -> QSize:
        """Ask for the icon and the words."""
        return QSize(24 + round(fonts.width("small", self._words)), HEIGHT - 1)

    def minimumSizeHint(self) -> QSize:
        """Be content with the icon and a few letters."""
        return QSize(min(70, self.sizeHint().width()), HEIGHT - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon and what fits of the words."""
        with QPainter(self) as painter:
            icons.draw(painter, self._icon, 14, "text2", 0, (self.height() - 14) / 2)
            shown, shape, _ = names.fit(self._words, "small", self.width() - 22)
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, shape, shown, 22, 0, self.height())


def file_fact(session: Session) -> Fact:
    """Return which file is open, with its folder in the tooltip."""
    file, made = session.workspace.database, Fact("folder-open", tr("File"))
    made.set_words(file.path.name if file.path is not None else file.name, file.name)
    return made


class WhoButton(FactButton):
    """Who is at the keyboard; pressed it locks the window, where people sign in."""

    def __init__(self, session: Session) -> None:
        super().__init__("circle-user", tr("At the keyboard"))
        who = session.who
        signed = who.operator is not None
        words = f"{who.name}, {role_words(who.role)}" if signed else who.name
        lock = tr("{who}. Press to lock, or to let somebody else sign in.  Ctrl L", who=words)
        self.show_fact(words, "neutral", lock if signed else words)
        if not signed:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def paint_bar(bar: QWidget) -> None:
    """Paint the ground of the bottom bar and the line above it."""
    with QPainter(bar) as painter:
        painter.fillRect(bar.rect(), ink.color("surface"))
        painter.fillRect(0, 0, bar.width(), 1, ink.color("line"))


class PlainBar(QWidget):
    """For whoever may not see what runs."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("At the keyboard"))
        self.file, self.who = file_fact(session), WhoButton(session)
        rule = Rule(upright=True)
        rule.setFixedHeight(14)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(Space.UNIT + 2)
        row.addStretch(1)
        for part in (self.file, rule, self.who):
            row.addWidget(part)

    def ring(self) -> tuple[QWidget, ...]:
        """Return what Tab goes through, in order."""
        return (self.who,)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line above."""
        paint_bar(self)
