"""The cards below the pictures: what the back row can read, and the pace of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QGridLayout, QLabel, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.preferences import HallArrangement
from tabapp.gui.present.sheet import Hall, Sheet, Text
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments


def _number(name: str, least: float, most: float, step: float, unit: str) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setRange(least, most)
    made.setSingleStep(step)
    made.setDecimals(1)
    made.setSuffix(f" {unit}")
    made.setAccessibleName(name)
    made.setFixedWidth(104)
    made.setKeyboardTracking(False)
    return made


def _lines(card: Card, rows: Sequence[tuple[str, QWidget]]) -> None:
    grid = QGridLayout()
    grid.setVerticalSpacing(6)
    for at, (words, widget) in enumerate(rows):
        grid.addWidget(label(words, role="secondary"), at, 0)
        grid.addWidget(widget, at, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    card.body.addLayout(grid)
    card.body.addStretch(1)


class ReadableCard(Card):
    """How far the back row is, and what follows for the type."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Readable from the back row"), padding=16)
        self.back_row = _number(tr("Back row"), 2, 200, 1, "m")
        self.tall = _number(tr("Height of the picture"), 0.3, 30, 0.1, "m")
        self.type: QLabel = label("", "identity")
        self.pages: QLabel = label("", "identity")
        _lines(self, (
            (tr("Back row"), self.back_row), (tr("Height of the picture"), self.tall),
            (tr("Smallest name"), self.type), (tr("In preview"), self.pages),
        ))  # fmt: skip
        self.back_row.valueChanged.connect(self.changed)
        self.tall.valueChanged.connect(self.changed)

    def show_kept(self, kept: HallArrangement) -> None:
        """Show what this computer knows of the hall."""
        for field, value in ((self.back_row, kept.back_row), (self.tall, kept.tall)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)

    def show_sheets(self, sheets: Sequence[Sheet], hall: Hall) -> None:
        """Say how large the type is beside what the hall needs."""
        sizes = [
            one.px for sheet in sheets for one in sheet.items
            if isinstance(one, Text) and one.token in ("text", "lead") and one.px >= hall.least]
        needs = tr("{d:g} m needs {px} px", d=hall.back_row, px=hall.least)
        self.type.setText(
            tr("{px} px, {needs}", px=min(sizes), needs=needs) if sizes else needs)
        rows = max((one.rows for one in sheets), default=0)
        self.pages.setText(tr(
            "{pages}, {rows} at most on one", pages=count(len(sheets), "page", "pages"),
            rows=count(rows, "row", "rows")) if sheets else "–")


class PaceCard(Card):
    """How long a page is shown, and whether pages turn by themselves."""

    changed = Signal()

    def __init__(self) -> None:
        self.way = Segments(
            tr("How pages turn"), [("alone", tr("By time")), ("hand", tr("By hand"))])
        super().__init__(tr("Pace"), padding=16, aside=self.way)
        self.seconds = _number(tr("Seconds a row"), 0.3, 10, 0.1, "s")
        self.page: QLabel = label("", "identity")
        self.whole: QLabel = label("", "identity")
        self.since: QLabel = label("", "identity")
        _lines(self, (
            (tr("Seconds a row"), self.seconds), (tr("A page"), self.page),
            (tr("Whole slide"), self.whole), (tr("Live since"), self.since),
        ))  # fmt: skip
        self.way.chosen.connect(lambda _key: self.changed.emit())
        self.seconds.valueChanged.connect(self.changed)

    def show_kept(self, kept: HallArrangement) -> None:
        """Show the pace that this computer keeps."""
        self.seconds.blockSignals(True)
        self.seconds.setValue(kept.seconds_a_row)
        self.seconds.blockSignals(False)
        self.way.choose("hand" if kept.by_hand else "alone")

    def show_sheets(self, sheets: Sequence[Sheet], a_row: float) -> None:
        """Say how long it takes to go through."""
        seconds = [one.seconds(a_row) for one in sheets]
        turns = len(sheets) > 1
        self.page.setText(tr("{s} s", s=round(max(seconds))) if turns else "–")
        self.whole.setText(_minutes(sum(seconds)) if turns else "–")


def _minutes(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return tr("{s} s", s=whole)
    return tr("{m} min {s} s", m=whole // 60, s=whole % 60)
