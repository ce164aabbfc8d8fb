"""One setting on the page: its meaning, its control, what the preset says, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.formats import SettingInfo
from tabapp.gui import ink, names, theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.settings.controls import control_for
from tabapp.gui.setting_words import choice_words, group_title, value_words
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import IconButton
from tabapp.gui.widgets.painted import label
from tabapp.services.tournament_settings import SettingsBoard

CONTROL_WIDTH = 300
_BAR = 3
_PAD = 14


@cache
def search_words(info: SettingInfo) -> str:
    """Return everything by which a setting can be found, folded."""
    parts = [info.name, info.name.replace("_", " "), info.meaning, group_title(info.group)]
    if info.kind == "choice":
        parts += [choice_words(info.name, one) for one in info.choices or ()]
    return names.fold(" ".join(parts))


class SettingRow(QWidget):
    """A row of the page. What differs from the preset has a bar at its left, and says so."""

    typed = Signal(str)
    """Something else stands in the control; it may be wrong."""
    finished = Signal(str)
    """The control was left: its value is to be stored."""
    reset = Signal(str)
    entered = Signal(str)
    """The keys came to this row."""

    def __init__(self, info: SettingInfo) -> None:
        super().__init__()
        self.info = info
        self.differs = False
        self.control = control_for(info)
        self.control.setFixedWidth(CONTROL_WIDTH)
        self._meaning = label(info.meaning, wrap=True)
        self._meaning.setBuddy(self.control.inner)
        self._usual = label("", "small", role="hint", wrap=True)
        self._wrong = label("", "small", wrap=True)
        self._wrong.hide()
        self.back = IconButton("rotate-ccw", tr("Reset to the preset"))
        self.back.setVisible(False)
        self._lay_out()
        self.control.changed.connect(lambda _value: self.typed.emit(info.name))
        self.control.finished.connect(lambda _value: self.finished.emit(info.name))
        self.back.clicked.connect(lambda: self.reset.emit(info.name))
        for part in (self.control.inner, *self.control.inner.findChildren(QWidget), self.back):
            part.installEventFilter(self)
        self.setFocusProxy(self.control)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(_PAD, 9, 8, 9)
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(2)
        tall = self.info.kind == "list"
        across = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._meaning, 0, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._usual, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.control, 0, 1, 2, 1, across)
        grid.addWidget(self.back, 0, 2, 2, 1, across)
        if tall:
            grid.setRowStretch(1, 1)
        grid.addWidget(self._wrong, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, Height.CONTROL)

    # What it shows

    def show_board(self, board: SettingsBoard) -> None:
        """Show the value in force and the preset's; what is being typed stays."""
        name = self.info.name
        self.control.show_stored(board.values[name])
        self.differs = name in board.changed
        usual = value_words(self.info, board.usual[name])
        says = tr("differs; the preset says {value}", value=usual) if self.differs else tr(
            "preset: {value}", value=usual)
        self._usual.setText(f"{name} · {says}")
        self.back.setVisible(self.differs)
        self.back.setAccessibleName(tr("Reset {name} to {value}", name=name, value=usual))
        self.control.inner.setAccessibleDescription(says)
        if not self.control.is_dirty:
            self.show_problems(())
        self.update()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is wrong with the setting, or nothing."""
        worst = min(problems, key=lambda one: one.level != "error", default=None)
        state = "" if worst is None else "problem" if worst.level == "error" else "attention"
        self._wrong.setText(worst.message if worst else "")
        self._wrong.setVisible(worst is not None)
        theme.mark(self._wrong, state=state)
        theme.mark(self.control.inner, state=state)
        if worst is not None:
            self.control.inner.setAccessibleDescription(worst.message)

    @property
    def sentence(self) -> str:
        """Return what is said to be wrong with it."""
        return self._wrong.text()

    def value(self) -> Any:
        """Return what stands in the control."""
        return self.control.value()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the keys came here."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.info.name)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule below, and the bar of what differs."""
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("line"))
            if self.differs:
                ink.box(painter, 0, 8, _BAR, self.height() - 17, radius=1, fill="accent")
