"""The field of one mark: two digits move on, and every key that a number pad has does something."""

from __future__ import annotations

from math import isfinite

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from tabapp.gui import fonts, theme
from tabapp.gui.tokens import Height
from tabapp.services.ballot_fields import number

WIDTH = 76
_LONGEST = 6
_HALF = 0.5


class ScoreField(QLineEdit):
    """A mark, 76 by 44, at the right. It knows its range; what is wrong is said by the form.

    It goes on as soon as no further digit is possible: 7 up to 10, 78 up to 99, 100 up to 100.
    """

    filled = Signal()
    """The mark goes on by itself: no further digit is possible. ``went`` follows."""
    went = Signal(int)
    """The person goes on (1) or back (-1)."""
    crossed = Signal(int)
    """To the same speech of the next (1) or the last (-1) team."""
    swapped = Signal()
    """``/``: the two speakers change places."""
    chooser_wanted = Signal()
    """Alt+Down: the list of speakers."""

    def __init__(self, key: str, name: str, *, width: int = WIDTH, height: int = Height.ROW_TALL):
        super().__init__()
        self.key = key
        self._low, self._high, self._step = 0.0, 99.0, 1.0
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(fonts.font("score" if height == Height.ROW_TALL else "identity"))
        self._size = QSize(width, height)
        self.setFixedWidth(width)
        self.setMaximumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def show_fixed(self, fixed: bool) -> None:
        """Take keys, or be only looked at."""
        self.setReadOnly(fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Ask for the size of the design; where four speeches stand on one another it shrinks."""
        return self._size

    def set_limits(self, low: float, high: float, step: float) -> None:
        """Tell which marks are possible."""
        self._low, self._high, self._step = low, high, step

    @property
    def is_partial(self) -> bool:
        """Tell whether digits may follow: what stands there is not yet to be judged."""
        text = self.text()
        if not text or not self.hasFocus():
            return False
        return not self._is_full(text) or (
            text.isdecimal() and not self._is_possible(text) and len(text) < self._longest)

    @property
    def _longest(self) -> int:
        return len(f"{self._high:.0f}") if isfinite(self._high) else _LONGEST

    def _is_full(self, text: str) -> bool:
        """Tell whether a further digit could only be a slip."""
        whole, point, rest = text.replace(",", ".").partition(".")
        if point:
            return whole.isdecimal() and len(rest) >= self._decimals > 0
        if not text.isdecimal() or (self._decimals and not self.allows_half):
            return False
        return int(text) * 10 > self._high

    @property
    def _decimals(self) -> int:
        """How many digits a mark may have behind the point."""
        return len(f"{self._step:g}".partition(".")[2]) if self._step > 0 else _LONGEST

    def _is_possible(self, text: str) -> bool:
        value = number(text)
        return value is not None and self._low <= value <= self._high

    @property
    def takes_decimals(self) -> bool:
        """Tell whether a mark may be anything but a whole number."""
        return self._decimals > 0

    @property
    def allows_half(self) -> bool:
        """Tell whether a point means a half; with finer steps it is a point and digits follow."""
        return self._step == _HALF

    @property
    def has_half(self) -> bool:
        """Tell whether the mark that stands here ends on a half."""
        value = number(self.text())
        return value is not None and value % 1 == _HALF

    def put_half(self) -> None:
        """Add a half to a whole mark, or take it away again."""
        value = number(self.text())
        if value is None:
            return
        whole = int(value)
        self._replace(f"{whole:g}" if value != whole else f"{whole + _HALF:g}")

    def _replace(self, text: str) -> None:
        if text != self.text():
            self.setText(text)
            self.textEdited.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the number pad; letters do nothing."""
        key, text = Qt.Key(event.key()), event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier and key == Qt.Key.Key_Down:
            self.chooser_wanted.emit()
        elif held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.went.emit(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.crossed.emit(1 if key == Qt.Key.Key_Down else -1)
        elif text == "/":
            self.swapped.emit()
        elif not self.isReadOnly() and text:
            self._type(event, text)
        else:
            super().keyPressEvent(event)

    def _type(self, event: QKeyEvent, text: str) -> None:
        if text.isdecimal() and text.isascii():
            if len(self.text()) < _LONGEST or self.hasSelectedText():
                super().keyPressEvent(event)
                self._go_on_when_full()
        elif text in "+-":
            self._step_by(1 if text == "+" else -1)
        elif text in ".,":
            self._point()
        elif text.isprintable():
            event.accept()  # a letter is a slip
        else:
            super().keyPressEvent(event)

    def type_over(self, digit: str) -> None:
        """Let a digit that was typed elsewhere replace what stands here."""
        self._replace(digit)
        self._go_on_when_full()

    def _go_on_when_full(self) -> None:
        text = self.text()
        if text and self._is_full(text) and self._is_possible(text):
            self.filled.emit()
            self.went.emit(1)

    def _step_by(self, direction: int) -> None:
        value = number(self.text())
        if value is None:
            return
        value = min(self._high, max(self._low, value + direction * (self._step or 1.0)))
        self._replace(f"{value:g}")

    def _point(self) -> None:
        if self.allows_half:
            self.put_half()
        elif self._decimals and (self.hasSelectedText() or "." not in self.text()):
            self.insert(".")
            self.textEdited.emit(self.text())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the next digit replace what stands here, however the keys came."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def show_state(self, state: str) -> None:
        """Edge the field: problem, attention or nothing."""
        if (self.property("state") or "") != state:
            theme.mark(self, state=state)
