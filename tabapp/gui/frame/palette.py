"""The palette (Ctrl+K): one field that finds a command, a room, a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from tabapp.gui import fonts, icons
from tabapp.gui.frame.finding import Entry, find
from tabapp.gui.frame.palette_list import FoundList
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.floating import Overlay
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.keycaps import KeyCaps, Rule
from tabapp.gui.widgets.painted import label

WIDTH = 656
TOP = 112
HEAD = 56
FOOT = 38
_LEAST_TOP = 24
_MOST = 520
_ICON = 20


class _Field(QLineEdit):
    """The field: what is not typing moves the list."""

    def __init__(self, keys: Callable[[QKeyEvent], bool]) -> None:
        super().__init__()
        self._keys = keys
        self.setProperty("role", "bare")
        self.setProperty("ring_inside", True)
        self.setFont(fonts.font("lead"))
        self.setPlaceholderText(tr("Search or run a command"))
        self.setAccessibleName(tr("Search or run a command"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or choose in the list, else type."""
        if not self._keys(event):
            super().keyPressEvent(event)


class Palette(Overlay):
    """Finds by a few letters. Enter runs, ↑ and ↓ choose, Esc closes."""

    def __init__(self, window: QWidget, entries: Callable[[], Sequence[Entry]]) -> None:
        """``entries`` is asked whenever the palette opens and whenever ``refresh`` is called."""
        super().__init__(window, tr("Search"))
        self._ask = entries
        self._entries: Sequence[Entry] = ()
        self._tallest = 0
        self.field = _Field(self._on_key)
        self.field.textChanged.connect(self.look_for)
        self._lens = QLabel()
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, Space.MARGIN, 0)
        head.setSpacing(12)
        for part in (self._lens, self.field, KeyCaps(("Esc",))):
            head.addWidget(part)
        self.body.addLayout(head)
        head.setStretch(1, 1)
        self._lens.setFixedHeight(HEAD)
        self.body.addWidget(Rule())
        self.list = FoundList(tr("Found"))
        self.list.picked.connect(self._choose)
        self.nothing = label("", role="secondary")
        self.nothing.setContentsMargins(Space.MARGIN, Space.GAP, Space.MARGIN, Space.GAP)
        self.nothing.hide()
        self.body.addSpacing(6)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list, 1)
        self.body.addSpacing(6)
        self.body.addWidget(Rule())
        hints = KeyHints([
            (("Up", "Down"), tr("choose")), (("Enter",), tr("open")),
            ((">",), tr("commands only")), (("#",), tr("a room")), (("@",), tr("a person")),
        ])  # fmt: skip
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 0)
        foot.addWidget(hints)
        self.body.addLayout(foot)

    def place_in(self, window: QRect) -> QRect:
        """Stand in the middle, 112 from the top, less where the window is low.

        It grows and never shrinks while it is open: nothing moves while somebody types.
        """
        width = min(WIDTH, window.width() - 2 * Space.MARGIN)
        top = TOP if window.height() >= TOP + _MOST + Space.MARGIN else _LEAST_TOP
        found = self.nothing.sizeHint().height() if not self.list.found.rows else (
            self.list.content_height())  # fmt: skip
        self._tallest = max(self._tallest, HEAD + FOOT + 14 + found)
        height = min(self._tallest, _MOST, window.height() - top - Space.MARGIN)
        return QRect((window.width() - width) // 2, top, width, height)

    def first(self) -> QWidget:
        """Let the person type."""
        return self.field

    def start(self, typed: str = "") -> None:
        """Open with ``typed`` in the field."""
        self._lens.setPixmap(icons.pixmap("search", _ICON, "accent"))
        self._entries = self._ask()
        self._tallest = 0
        self.field.setText(typed)
        self.look_for(typed)
        self.present()

    def refresh(self) -> None:
        """Search anew, as when people were read in the meantime."""
        if self.isVisible():
            chosen = self.list.current
            self._entries = self._ask()
            self.look_for(self.field.text())
            if chosen is not None:
                self.list.choose(chosen)
                self._tell()

    def look_for(self, typed: str) -> None:
        """Show what matches what was typed."""
        found = find(self._entries, typed)
        self.list.set_found(found, typed)
        self.nothing.setText("" if found else tr('Nothing matches "{typed}".', typed=typed))
        self.nothing.setVisible(not found)
        n = sum(len(one.entries) for one in found)
        self.list.setAccessibleDescription(count(n, "match", "matches"))
        self._tell()
        if self.isVisible():
            self._arrange()

    def _tell(self) -> None:
        entry = self.list.current
        words = ", ".join(filter(None, (entry.title, entry.detail))) if entry else ""
        self.field.setAccessibleDescription(words)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()))
        if step is not None:
            self.list.move_by(step)
            self._tell()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            entry = self.list.current
            if entry is not None:
                self._choose(entry)
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        return False

    def _choose(self, entry: Entry) -> None:
        self.dismiss()
        entry.run()
