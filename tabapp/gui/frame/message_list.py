"""The messages that were told, the latest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tabapp.gui import chips, icons
from tabapp.gui.frame.sheet import Sheet
from tabapp.gui.frame.toasts import Told
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.keycaps import Rule
from tabapp.gui.widgets.painted import label

WIDTH = 560
_TIME = 44
_ICON = 16


class MessageList(Sheet):
    """What toasts said, to be read again."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr("Messages"), WIDTH)

    def start(self, told: Sequence[Told]) -> None:
        """Open with what was told, the oldest first as it was kept."""
        content = QVBoxLayout()
        content.setSpacing(Space.UNIT)
        for one in reversed(told):
            content.addLayout(_line(one))
            content.addWidget(Rule())
        if not told:
            content.addWidget(label(tr("No messages so far."), role="secondary"))
        content.addStretch(1)
        self.show_content(content)
        self.present()


def _line(told: Told) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.UNIT + 4)
    time = label(told.at.astimezone().strftime("%H:%M"), role="secondary")
    time.setFixedWidth(_TIME)
    mark = QLabel()
    meant = told.notice.tone in chips.TONE_ICONS
    mark.setPixmap(icons.pixmap(
        chips.TONE_ICONS[told.notice.tone] if meant else "info", _ICON,
        f"{told.notice.tone}_mark" if meant else "text2"))  # fmt: skip
    words = label(told.notice.sentence, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    for part in (time, mark):
        row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row
