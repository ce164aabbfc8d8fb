"""The line above the history: which jobs it shows, whose, and the words that it is filtered by."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui import fonts
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments

_WHO = (
    ("", "By anybody"), ("people", "By people"), ("clock", "By the clock"),
    ("ballots", "By ballots, rounds"), ("program", "By the program"),
)
_ANYWHERE = Qt.AlignmentFlag(0)


class HistoryHeading(QWidget):
    """The title of the history with its three filters."""

    changed = Signal()
    """Other kinds or other people are wanted."""

    def __init__(self) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 7, Space.UNIT, 7)
        whole.setSpacing(Space.UNIT)
        row = self._first = QHBoxLayout()
        row.setSpacing(Space.UNIT)
        self._second = QHBoxLayout()
        whole.addLayout(row)
        whole.addLayout(self._second)
        self.title = label(tr("History"), "identity")
        row.addWidget(self.title)
        row.addStretch(1)
        self.filter = SearchField(tr("Filter jobs"), keys=("/",))
        self.filter.setMaximumWidth(240)
        self.who = QComboBox()
        self.who.setAccessibleName(tr("Started by"))
        self.who.setFont(fonts.font("body"))
        self.who.setFixedHeight(Height.CONTROL)
        for key, words in _WHO:
            self.who.addItem(tr(words), key)
        self.who.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.kinds = Segments(tr("Which jobs"), [
            ("all", tr("All")), ("draws", tr("Draws")), ("results", tr("Results")),
            ("upkeep", tr("Upkeep")), ("failed", tr("Failed"))])
        self.kinds.chosen.connect(lambda _key: self.changed.emit())
        row.addWidget(self.filter, 1)
        row.addWidget(self.who)
        row.addWidget(self.kinds)

    def fit(self, *, narrow: bool) -> None:
        """Stand in two lines where one has too little room."""
        here, there = (self._second, self._first) if narrow else (self._first, self._second)
        if here.indexOf(self.kinds) < 0:
            there.removeWidget(self.kinds)
            here.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft if narrow else _ANYWHERE)

    def say_extent(self, latest: int) -> None:
        """Say that these are the latest of more, which F9 shows; 0: these are all."""
        self.title.setText(tr("History, latest {n}", n=latest) if latest else tr("History"))
        self.title.setToolTip(tr("F9 shows older ones.") if latest else "")

    def say_failed(self, n: int) -> None:
        """Say how many went wrong."""
        self.kinds.set_words("failed", tr("Failed {n}", n=n) if n else tr("Failed"))

    def show_all(self) -> None:
        """Take every filter off."""
        self.kinds.choose("all")
        self.who.setCurrentIndex(0)
        self.filter.clear()
