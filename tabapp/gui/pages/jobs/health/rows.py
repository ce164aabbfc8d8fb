"""The findings as a list: how each stands, what mends it, and a button that does so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.health import Finding
from tabapp.gui import icons, ink
from tabapp.gui.messages import tr
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label

_ICON = 18
_PICTURES = {
    "problem": ("octagon-x", "problem_mark"), "attention": ("triangle-alert", "attention_mark"),
    "passed": ("check", "done_mark"),
}
_WORDS = {"problem": "Problem", "attention": "Attention", "passed": "Passed"}
_VERBS = {
    "maintenance.snapshot": "Take a snapshot", "maintenance.optimize": "Tidy the database",
    "retry_runs": "Start again", "second_folder": "Choose a folder…",
    "resume_clock": "Let the clock go on",
}


def verb_of(action: str) -> str:
    """Return what the button of an action says."""
    return tr(_VERBS.get(action, "Mend it"))


class FindingRow(QWidget):
    """One finding: an icon, its sentence, what to do, and a button where the program can do it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding
        self.setAccessibleName(f"{tr(_WORDS[finding.status])}: {finding.sentence} {finding.fix}")
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + 14, 8, 4, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(1)
        wrong = finding.status != "passed"
        words.addWidget(label(
            finding.sentence, "identity" if wrong else "body", wrap=True))
        if finding.fix:
            words.addWidget(label(finding.fix, role="secondary", wrap=True))
        row.addLayout(words, 1)
        self.button: Button | None = None
        if finding.action:
            self.button = Button(verb_of(finding.action))
            self.button.setAccessibleDescription(finding.sentence)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon beside the first line, and the rule below."""
        icon, token = _PICTURES[self.finding.status]
        with QPainter(self) as painter:
            icons.draw(painter, icon, _ICON, token, 2, 10)
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("line"))


class FindingsCard(Card):
    """All findings, the worst first; ``asked`` reports the finding whose button was pressed."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Findings"), padding=16)
        self.rows: list[FindingRow] = []
        self._shown: tuple[Finding, ...] = ()
        self.nothing = label(tr("Nobody has looked yet."), role="secondary")
        self.body.addWidget(self.nothing)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self._inner = inner = QWidget()  # as high as its words need at its width
        inner.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the findings; those that are as before stay, with the keys where they were."""
        order = {"problem": 0, "attention": 1, "passed": 2}
        wanted = tuple(sorted(findings, key=lambda one: order[one.status]))
        self.nothing.setVisible(not wanted)
        if wanted == self._shown:
            return
        self._shown = wanted
        known = {row.finding: row for row in self.rows}
        had_keys = next((row.finding.name for row in self.rows if row.button is not None
                         and row.button.hasFocus()), "")
        self.rows = [known.pop(one) if one in known else self._made(one) for one in wanted]
        for at, row in enumerate(self.rows):
            self._column.insertWidget(at, row)
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        self._order_tabs()
        self._fit()
        for row in self.rows:
            if row.finding.name == had_keys and row.button is not None:
                row.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        wanted = self._column.heightForWidth(self._scroll.viewport().width())
        self._inner.setMinimumHeight(max(0, wanted))  # -1 while there are no rows

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the height that their words need now."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure once the fonts are in force."""
        super().showEvent(event)
        self._fit()

    def _made(self, finding: Finding) -> FindingRow:
        row = FindingRow(finding)
        if row.button is not None:
            row.button.clicked.connect(lambda: self.asked.emit(finding))
        return row

    def _order_tabs(self) -> None:
        for one, other in pairwise(self.buttons()):
            QWidget.setTabOrder(one, other)

    def buttons(self) -> list[Button]:
        """Return the buttons of the findings from top to bottom."""
        return [row.button for row in self.rows if row.button is not None]

    def worst(self) -> Finding | None:
        """Return the worst finding that the program can mend."""
        return next((
            row.finding for row in self.rows
            if row.finding.status != "passed" and row.finding.action), None)

    def go_to(self, row: FindingRow) -> None:
        """Give the keys to the button of a row, and show the row."""
        self._scroll.ensureWidgetVisible(row)
        if row.button is not None:
            row.button.setFocus(Qt.FocusReason.TabFocusReason)
