"""The fields of a sheet: how they are laid out from the format, and how keys go about in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QWidget

from tabapp.gui.pages.ballots.order_panel import OrderPanel
from tabapp.gui.pages.ballots.quarter import Quarter
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.tokens import Space
from tabapp.services.ballot_sheet import SheetForm

_GAP = 12


class Sheet(QWidget):
    """A quarter for each side and the panel beside them; it knows nothing of what is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.quarters: dict[str, Quarter] = {}
        self.fields: dict[str, ScoreField] = {}
        self.panel: OrderPanel | None = None
        self.box = QWidget()
        self.middle = QHBoxLayout(self.box)
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.middle.setSpacing(Space.GAP)
        self._shape: object = None
        self._moved_from = ""

    def shape_like(self, sheet: SheetForm) -> bool:
        """Make the quarters anew where the format is another, and tell so; else they stay."""
        self._moved_from = ""
        limits = [sheet.limits(position) for position in sheet.positions]
        shape = (
            sheet.asks, sheet.asks_winners, sheet.context.advancing, limits,
            [seat.side for seat in sheet.seats])
        if shape == self._shape:
            return False
        self._shape = shape
        while (item := self.middle.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        self.quarters, self.fields = {}, {}
        for i, seat in enumerate(sheet.seats):
            made = Quarter(sheet, seat, i + 1)
            self.quarters[seat.side.value] = made
            grid.addWidget(made, i // 2, i % 2)
            grid.setColumnStretch(i % 2, 1)
            for line in made.lines.values():
                self._connect(line.field)
            if made.place is not None:
                self._connect(made.place)
            if made.tick is not None:
                made.tick.went.connect(lambda to, tick=made.tick: self._go(tick, to))
        self.panel = OrderPanel(sheet)
        for paper in self.panel.paper.values():
            self._connect(paper)
        self.middle.addWidget(holder, 5)
        self.middle.addWidget(self.panel, 1)
        rows = (len(sheet.seats) + 1) // 2
        tallest = max(one.tallest for one in self.quarters.values())
        self.box.setMaximumHeight(rows * tallest + (rows - 1) * _GAP)
        return True

    def _connect(self, field: ScoreField) -> None:
        self.fields[field.key] = field
        field.went.connect(lambda to, field=field: self._go(field, to))
        field.crossed.connect(lambda to, field=field: self._cross(field, to))
        field.half_wanted.connect(lambda field=field: self._half(field))

    @property
    def current(self) -> ScoreField | None:
        """Return the field that has the keys."""
        here = QApplication.focusWidget()
        return here if isinstance(here, ScoreField) and here.key in self.fields else None

    def stops(self) -> list[QWidget]:
        """Return what Enter visits: fields in the order of the sheet, ticks, then the panel."""
        quarters = self.quarters.values()
        stops: list[QWidget] = [
            one for quarter in quarters
            for one in (*(line.field for line in quarter.lines.values()), quarter.place)
            if one is not None]
        # who won comes after all marks, which are typed without a look at the screen
        stops += [quarter.tick for quarter in quarters if quarter.tick is not None]
        if self.panel is not None:
            stops += [*self.panel.paper.values(), self.panel.motion, self.panel.reason,
                      self.panel.comment]
        return [one for one in stops if one.isVisibleTo(self) and one.isEnabled()]

    def focus_first(self) -> None:
        """Give the keys to the first mark that is missing, else to the first field."""
        stops = self.stops()
        empty = [
            one for one in stops if isinstance(one, ScoreField) and not one.text()
            and not one.key.endswith(".paper")]
        for one in (*empty[:1], *stops[:1]):
            one.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def _go(self, widget: QWidget, to: int) -> None:
        stops = self.stops()
        at = stops.index(widget) + to if widget in stops else 0
        self._moved_from = widget.key if isinstance(widget, ScoreField) else ""
        if 0 <= at < len(stops):
            reason = (
                Qt.FocusReason.TabFocusReason if to > 0 else Qt.FocusReason.BacktabFocusReason)
            stops[at].setFocus(reason)

    def _cross(self, field: ScoreField, to: int) -> None:
        """Go to the same speech of another team."""
        _side, _, rest = field.key.partition(".")
        same = [
            one for key, one in self.fields.items()
            if key.partition(".")[2] == rest and one.isEnabled()]
        at = same.index(field) + to if field in same else -1
        if 0 <= at < len(same):
            same[at].setFocus(Qt.FocusReason.TabFocusReason)

    def forget_move(self) -> None:
        """Let a point belong to no mark that was left before."""
        self._moved_from = ""

    def _half(self, field: ScoreField) -> None:
        """Put a half to the mark that was just typed, or to the one that stands here."""
        before = self.fields.get(self._moved_from)
        self._moved_from = ""
        (before or field).put_half()

    def side_here(self) -> str:
        here: QWidget | None = QApplication.focusWidget()
        while here is not None and not isinstance(here, Quarter):
            here = here.parentWidget()
        return here.side.value if isinstance(here, Quarter) else ""

    def key_here(self) -> str:
        """Return the speech that has the keys, "" where none has."""
        here = self.current
        return here.key if here is not None and here.key.rpartition(".")[2].isdigit() else ""
