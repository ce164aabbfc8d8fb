"""What stands above the table of a draw: filter, order, flags, and how good the draw is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.rows import ORDERS, Order
from tabapp.gui.pages.rounds.draw.why import quality_words
from tabapp.gui.pages.rounds.parts import Statement
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.segments import Segments
from tabapp.services.draw_sheet import DrawSheet

_ROOMY = 1060


class Tools(QWidget):
    """One row; the stage adds its last button to ``row``."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = SearchField(tr("Filter rooms, teams, judges"), keys=("/",))
        self.orders = Segments(tr("Order"), [
            ("bracket", tr("By bracket")), ("room", tr("By room")), ("team", tr("By team"))])
        self.flags = QCheckBox(tr("Flags only"))
        self.quality = Statement()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(Space.UNIT + Space.HALF)
        for one in (self.filter, self.orders, self.flags):
            self.row.addWidget(one)
        self.row.addStretch(1)
        self.row.addWidget(self.quality)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out how good the draw is where there is no room for it; the panel says it too."""
        super().resizeEvent(event)
        self.quality.setVisible(self.width() >= _ROOMY)

    @property
    def order(self) -> Order:
        """Return the order that is chosen."""
        return next(one for one in ORDERS if one == self.orders.key)

    def next_order(self) -> None:
        """Choose the next order, after the last the first."""
        at = ORDERS.index(self.order)
        self.orders.choose(ORDERS[(at + 1) % len(ORDERS)])

    def to_filter(self) -> None:
        """Give the keys to the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Say how many rooms have flags, and how good the draw is."""
        flagged = sum(bool(room.flags) for room in sheet.rooms)
        self.flags.setText(tr("Flags only ({n})", n=flagged))
        self.flags.setEnabled(bool(flagged) or self.flags.isChecked())
        self.quality.show_words(*quality_words(sheet))
