"""Who gives a speech: the name with an arrow, a list of the team behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QSizePolicy

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr

_ARROW = 14
_GAP = 8
HEIGHT = 24
ELSE = "?"
"""The item that asks for somebody who is not of the team."""
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class SpeakerChooser(QComboBox):
    """Painted flat, as a name on the paper; Space or Alt+Down opens the list.

    Letters choose whoever has a name that begins so, first name or last; ``?`` asks for somebody
    else. Digits and Enter belong to the mark and go back there.
    """

    chosen = Signal(str)
    """The speaker whom a person chose, by archive id; ``ELSE`` for somebody of another team."""
    left = Signal(str)
    """The keys go back to the mark, with the digit that was typed, or none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label = name
        self._fixed = False
        self._ghost = False
        self._letters, self._at_letters = "", -1
        self._returns = False
        self._pause = QTimer(self, singleShot=True, interval=QApplication.keyboardInputInterval())
        self._pause.timeout.connect(self._forget_letters)
        self.setAccessibleName(name)
        self.setFont(fonts.font("control"))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.activated.connect(self._on_activated)
        self.view().installEventFilter(self)

    def show_speakers(
        self, people: Sequence[tuple[str, str]], chosen: str | None, *, fixed: bool,
        ghost: bool = False,
    ) -> None:  # fmt: skip
        """Offer ``people`` (archive id and name); nobody chosen for None."""
        wanted = [(name, ref) for ref, name in people]
        if not fixed:
            wanted.append((tr("Somebody else…"), ELSE))
        if wanted != [(self.itemText(i), self.itemData(i)) for i in range(self.count())]:
            self.clear()
            for words, ref in wanted:
                self.addItem(words, ref)
        self.setCurrentIndex(self.findData(chosen) if chosen else -1)
        self._fixed, self._ghost = fixed, ghost
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(tr("speaks a second time") if ghost else "")
        self.update()

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(str(self.itemData(index)))
        if self._returns and self.itemData(index) != ELSE:
            self.left.emit("")

    def begin(self) -> None:
        """Take the keys from the mark and open the list; what is chosen gives them back."""
        if not self._fixed:
            self._returns = True
            self.setFocus(Qt.FocusReason.TabFocusReason)
            self.showPopup()

    def showPopup(self) -> None:
        """Open the list, wide enough for the names."""
        if self._fixed:
            return
        self._forget_letters()
        widest = max(fonts.width("body", self.itemText(i)) for i in range(self.count()))
        self.view().setMinimumWidth(round(widest) + 40)
        super().showPopup()

    def hidePopup(self) -> None:
        """Close the list."""
        super().hidePopup()
        self._forget_letters()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nobody by scrolling."""
        event.ignore()

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows without Alt to the form: a name is never changed blind."""
        text = event.text()
        opens = event.key() == Qt.Key.Key_Space or (
            event.modifiers() & _ALT and event.key() == Qt.Key.Key_Down)
        if self._fixed or event.modifiers() & _CONTROL:
            event.ignore()
        elif opens:
            self._returns = False
            self.showPopup()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit("")
        elif text.isdecimal() and text.isascii():
            self.left.emit(text)
        elif text == ELSE:
            self.chosen.emit(ELSE)
        elif text.isalpha() or (text in "-'" and self._letters and text):
            at = self._found(text)
            if at is not None:
                self.setCurrentIndex(at)
                self._returns = False
                self._on_activated(at)
        else:
            event.ignore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find people in the open list by first name and last; a digit goes on to the mark."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        text = event.text()
        if event.modifiers() & (_CONTROL | _ALT) or not text:
            return super().eventFilter(watched, event)
        if text.isdecimal() and text.isascii():
            at = self.view().currentIndex().row()
            self.hidePopup()
            if at >= 0 and self.itemData(at) != ELSE:
                self.setCurrentIndex(at)
                self.chosen.emit(str(self.itemData(at)))
            self.left.emit(text)
            return True
        if text == ELSE:
            self.hidePopup()
            self.chosen.emit(ELSE)
            return True
        if text.isalpha():
            found = self._found(text)
            if found is not None:
                self.view().setCurrentIndex(self.model().index(found, 0))
            return True
        return super().eventFilter(watched, event)

    def _found(self, letter: str) -> int | None:
        """Return who has a name that begins with the letters typed at a stretch."""
        again = self._letters == letter
        self._letters = letter if again else self._letters + letter
        self._pause.start()
        wanted = names.fold(self._letters)
        found = [at for at in range(self.count()) if any(
            part.startswith(wanted) for part in _parts(self.itemText(at)))]
        here = self._at_letters if again else -1  # the same letter once more means the next one
        self._at_letters = next((at for at in found if at > here), found[0] if found else -1)
        return self._at_letters if found else None

    def _forget_letters(self) -> None:
        self._letters, self._at_letters = "", -1

    def sizeHint(self) -> QSize:
        """Ask for the room of a name."""
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Be content with a part of it."""
        return QSize(64, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name, the arrow, and the mark of a second speech."""
        words = self.currentText() if self.currentIndex() >= 0 else tr("Choose a speaker")
        with QPainter(self) as painter:
            left = self._paint_name(painter, words)
            if not self._fixed:
                top = (self.height() - _ARROW) / 2
                icons.draw(painter, "chevron-down", _ARROW, "text2", left + _GAP, top)
                left += _GAP + _ARROW
            if self._ghost:
                chips.draw_badge(
                    painter, tr("Ghost"), left + _GAP, (self.height() - 20) / 2, icon=None)

    def _paint_name(self, painter: QPainter, words: str) -> float:
        after = (0 if self._fixed else _ARROW + _GAP) + (
            chips.badge_width(tr("Ghost"), None) + _GAP if self._ghost else 0)
        room = max(24, self.width() - after - 2)
        shown, style, cut = names.fit(words, "control", room, person=True)
        tip = words if cut else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
        known = self.currentIndex() >= 0
        painter.setPen(ink.pen("text" if known else "problem"))
        chips.text_at(painter, style, shown, 0, 0, self.height())
        return fonts.width(style, shown)


def _parts(name: str) -> list[str]:
    """Return a name and each word of it, as letters may begin them."""
    folded = names.fold(name)
    return [folded, *folded.split()]
