"""Who gives a speech: the name with an arrow, a list of the team behind it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr

_ARROW = 14
_GAP = 8
HEIGHT = 24
ELSE = "?"
"""The item that asks for somebody who is not of the team."""


class SpeakerChooser(QComboBox):
    """Painted flat, as a name on the paper; Space or Alt+Down opens the list."""

    chosen = Signal(str)
    """The speaker whom a person chose, by archive id; ``ELSE`` for somebody of another team."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label = name
        self._fixed = False
        self._ghost = False
        self.setAccessibleName(name)
        self.setFont(fonts.font("control"))
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.activated.connect(self._on_activated)

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

    def showPopup(self) -> None:
        """Open the list, wide enough for the names."""
        if self._fixed:
            return
        widest = max(fonts.width("body", self.itemText(i)) for i in range(self.count()))
        self.view().setMinimumWidth(round(widest) + 40)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nobody by scrolling."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave arrows without Alt, digits and Enter to the form: a name is never changed blind."""
        opens = event.key() == Qt.Key.Key_Space or (
            event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() == Qt.Key.Key_Down)
        if opens:
            self.showPopup()
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Ask for the room of a name."""
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Be content with a part of it."""
        return QSize(80, HEIGHT)

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


