"""Paint all controls and a draw, light and dark: ``python -m tests.gui.make_pictures FOLDER``.

From the root of the tree; works without a screen. More arguments are font files, such as one
with Chinese, Japanese and Korean.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tabapp.gui import fonts, icons, theme
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.frozen import FrozenTableView
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import THEMES, Scheme, Space
from tabapp.gui.widgets.buttons import Button, IconButton, Role
from tabapp.gui.widgets.cards import Banner, Card, EmptyState
from tabapp.gui.widgets.fields import Field, SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar, ProgressRow, Step
from tabapp.gui.widgets.segments import Segments
from tests.gui.sample_draw import COLUMNS, RESULT_COLUMNS, result_rows, rows

SIZES = ((1366, 768), (1920, 1080))


class Icons(QWidget):
    """Every icon that is shipped, in two sizes."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        across = max(1, self.width() // 24)
        for i, name in enumerate(icons.names()):
            x, y = (i % across) * 24, (i // across) * 24
            icons.draw(painter, name, 18 if i % 2 else 16, "text2", x, y)
        painter.end()


def _row(*widgets: QWidget, gap: int = Space.UNIT) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _buttons() -> list[QHBoxLayout]:
    off = Button("Release")
    off.setEnabled(False)
    ticked = QCheckBox("Hide judges on slides")
    ticked.setChecked(True)
    radio, other = QRadioButton("Two entries"), QRadioButton("One entry")
    radio.setChecked(True)
    combo = QComboBox()
    combo.addItems(["By bracket", "By room"])
    combo.setFixedHeight(32)
    combo.setAccessibleName("Order")
    again = Button("Draw again…", icon="dices")
    again.setObjectName("focused")
    return [
        _row(
            Button("Confirm draw", role=Role.PRIMARY, keys=("Ctrl", "Enter")), again,
            Button("Delete round…", role=Role.DANGER), off, Button("Forfeit…", keys=("F5",)),
            Button("Cancel", role=Role.QUIET, icon="x"), Button("Check first", role=Role.LINK),
            IconButton("undo-2", "Undo"), IconButton("redo-2", "Redo"),
        ),
        _row(
            SearchField("Filter rooms, teams, judges", keys=("/",)),
            Segments("View", [("b", "By bracket"), ("r", "By room"), ("t", "By team")]),
            combo, ticked, QCheckBox("Flags only"), radio, other, gap=Space.UNIT + 4,
        ),
    ]  # fmt: skip


def _fields() -> QHBoxLayout:
    team = Field("Team", QLineEdit("Kranichfeld B"), hint="Shown on slides")
    score = Field("Score", QLineEdit("104"))
    score.show_problem("104 is above 99, the highest score here. Type 50 to 99.")
    starts = Field("Starts", QLineEdit("14:05"))
    starts.show_attention("Nine minutes for preparation; the format says fifteen.")
    off = Field("Room", QLineEdit("Aula Magna"), hint="Locked by Ingrid Solheim")
    off.field.setEnabled(False)
    seats = QSpinBox()
    seats.setValue(22)
    note = QPlainTextEdit("She coached them in 2025.")
    note.setFixedHeight(56)
    row = QHBoxLayout()
    row.setSpacing(Space.GAP)
    for field in (team, score, starts, off, Field("Rooms", seats), Field("Reason", note)):
        row.addWidget(field, 1)
    return row


def _jobs() -> Card:
    card = Card("Now", padding=12, aside=label("2 running, 1 waiting", role="secondary"))
    forecast = ProgressRow("Break forecast, Open", "low · standings, 15:46:02", cancel="Cancel")
    steps = [Step("Read", 1), Step("Simulate 8,300 of 10,000", 0.83), Step("Store")]
    forecast.show_steps(steps, "0.7 s, about 0.1 s left")
    waits = ProgressRow("Standings after Cloister East", "high · three ballots", cancel="Cancel")
    waits.show_waiting("waits for Achievements")
    for row in (forecast, waits):
        card.body.addWidget(row)
    return card


def gallery() -> QWidget:
    """Build a page of all controls."""
    page = QWidget()
    column = QVBoxLayout(page)
    margin = Space.MARGIN
    column.setContentsMargins(margin, 12, margin, 8)
    column.setSpacing(10)
    column.addWidget(label("Controls", "title"))
    for row in _buttons():
        column.addLayout(row)
    column.addLayout(_fields())
    column.addWidget(ProgressBar("Judges", 0.62))
    column.addWidget(
        Banner(
            "80 is unusual for Νίκος Παππά. Is that what the paper says?",
            action="Yes, keep 80", keys=("F7",),
        )
    )  # fmt: skip
    banners = QHBoxLayout()
    banners.setSpacing(Space.GAP)
    banners.addWidget(Banner("One score differs from the first entry.", tone="problem"), 1)
    banners.addWidget(Banner("Maritime 2.14 confirmed. 6 to come.", tone="done"), 1)
    banners.addWidget(Banner("The form changed elsewhere.", tone="neutral", action="Show"), 1)
    column.addLayout(banners)
    model = TableModel(RESULT_COLUMNS)
    model.set_rows(result_rows())
    table = FrozenTableView(model, "Results", count=2)
    table.selectRow(2)
    lower = QHBoxLayout()
    lower.setSpacing(Space.GAP)
    lower.addWidget(TableCard(table), 3)
    side = QVBoxLayout()
    side.setSpacing(Space.GAP)
    side.addWidget(_jobs())
    empty = Card(padding=8)
    empty.body.addWidget(
        EmptyState("No judges", "Import a list or paste one.", action="Import…")
    )
    pair = QHBoxLayout()
    pair.setSpacing(Space.GAP)
    pair.addWidget(empty, 1)
    pair.addWidget(Icons(), 1)
    side.addLayout(pair, 1)
    lower.addLayout(side, 3)
    column.addLayout(lower, 1)
    column.addWidget(
        KeyHints([
            (("Up", "Down"), "same speaker, other team"), (("Enter",), "next field"),
            (("Shift", "Enter"), "back"), (("F9",), "postpone"), (("Esc",), "list"),
            (("F1",), "all keys"),
        ])
    )  # fmt: skip
    return page


def draw() -> QWidget:
    """Build a draw of 22 rooms as the round page has it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 10, 16, 12)
    column.setSpacing(10)
    head = _row(label("Round 5", "title"), label("Power-paired · starts 14:30", role="secondary"))
    head.addWidget(Button("Draw again…", icon="dices"))
    head.addWidget(Button("Confirm draw", role=Role.PRIMARY, keys=("Ctrl", "Enter")))
    column.addLayout(head)
    column.addLayout(
        _row(
            SearchField("Filter rooms, teams, judges", keys=("/",)),
            Segments("View", [("b", "By bracket"), ("r", "By room"), ("t", "By team")]),
            Button("Flags only", icon="flag"),
        )
    )
    model = TableModel(COLUMNS)
    model.set_rows(rows())
    table = TableView(model, "Draw of Round 5")
    table.setObjectName("focused")
    table.go_to("Maritime 1.05")
    column.addWidget(TableCard(table), 1)
    return page


def main() -> int:
    """Write the pictures into the folder that the first argument names."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    fonts.load(Path(name) for name in sys.argv[2:])
    for scheme in Scheme:
        theme.apply(app, THEMES[scheme])
        for build in (gallery, draw):
            page = build()
            for width, height in SIZES:
                page.resize(width, height)
                page.show()
                focused = page.findChild(QWidget, "focused")
                page.activateWindow()
                if focused is not None:
                    focused.setFocus(Qt.FocusReason.TabFocusReason)
                app.processEvents()
                app.processEvents()
                page.grab().save(str(out / f"{build.__name__}-{scheme}-{width}.png"))
            page.close()
            page.deleteLater()
            app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
