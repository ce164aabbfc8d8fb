"""The fields of a sheet: how they are laid out from the format, and how keys go about in them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.gone_badge import GoneBadge
from tabapp.gui.pages.ballots.order_panel import WIDE, OrderPanel
from tabapp.gui.pages.ballots.point_keys import PointKeys
from tabapp.gui.pages.ballots.quarter import Quarter
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.pages.ballots.speech_line import SpeechLine
from tabapp.gui.sounds import Sound
from tabapp.services.ballot_fields import SheetForm

_GAP = 12
_NARROWEST = 236
"""A quarter that is no wider stands alone in its row."""
_AROUND = 24


class Sheet(QWidget):
    """A quarter for each side and the panel beside them; it knows nothing of what is typed.

    Where there is no room marks of criteria stand below the names; where that is not enough the
    panel goes below the quarters, and they stand below one another; what does not fit then scrolls
    with the keys.
    """

    heard = Signal(object)
    """A ``Sound`` that goes with words on the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.quarters: dict[str, Quarter] = {}
        self.fields: dict[str, ScoreField] = {}
        self.panel: OrderPanel | None = None
        self.inside = QWidget()
        self.box = QScrollArea()
        self.box.setWidget(self.inside)
        self.box.setWidgetResizable(True)
        self.box.setFrameShape(QFrame.Shape.NoFrame)
        self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box.viewport().installEventFilter(self)
        self._grid = QGridLayout(self.inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        self._columns = (0, False, False)
        self._shape: object = None
        self._one_wins = False
        self.points, self._by_itself = PointKeys(self._half, self._tell_whole), False
        self._hinted: Quarter | None = None
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(lambda: self._bring_into_sight(QApplication.focusWidget()))
        self.is_last = True
        """The last sheet of its room, where what the room says once is asked."""

    # Laying out

    def shape_like(self, sheet: SheetForm) -> bool:
        """Make the quarters anew where the format is another, and tell so; else they stay."""
        self.forget_move()
        limits = [sheet.limits(position) for position in sheet.positions]
        shape = (
            sheet.asks, sheet.asks_winners, sheet.context.advancing, limits, sheet.criteria,
            sheet.ranked_keys, sheet.asks_vetoes, bool(sheet.judges), sheet.is_contest,
            sheet.settings.side_names, [seat.side for seat in sheet.seats])
        if shape == self._shape:
            return False
        self._shape, self._one_wins = shape, sheet.context.advancing == 1
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.quarters, self.fields = {}, {}
        for i, seat in enumerate(sheet.seats):
            made = Quarter(sheet, seat, i + 1)
            made.setParent(self.inside)
            self.quarters[seat.side.value] = made
            for line in made.lines.values():
                for field in line.fields:
                    self._connect(field)
            if made.place is not None:
                self._connect(made.place)
            made.gone.went.connect(lambda to, gone=made.gone: self._go(gone, to))
            made.gone.digit.connect(self._pass_on)
            made.gone.passes_digits = bool(made.lines)
            if made.tick is not None:
                made.tick.went.connect(lambda to, tick=made.tick: self._go(tick, to))
        self._make_panel(sheet)
        self._columns = (0, False, False)
        self._arrange()
        for one in self.inside.findChildren(QWidget):
            if one.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                one.installEventFilter(self)
        return True

    def _make_panel(self, sheet: SheetForm) -> None:
        self.panel = panel = OrderPanel(sheet)
        for paper in panel.paper_block.fields if panel.paper_block else ():
            self._connect(paper)
        winner = panel.paper_block.winner if panel.paper_block is not None else None
        for chooser in (*panel.choosers, *filter(None, [winner])):
            chooser.went.connect(lambda to, chooser=chooser: self._go(chooser, to))
        for line_edit in (panel.comment, panel.reason):
            line_edit.returnPressed.connect(lambda edit=line_edit: self._go(edit, 1))

    def _arrange(self) -> None:
        """Put quarters and panel where there is room for them."""
        if self.panel is None or not self.quarters:
            return
        quarters = list(self.quarters.values())
        columns, beside, stacked = wanted = self._fitting(quarters, self.panel)
        if wanted == self._columns:
            return
        self._columns = wanted
        for one in quarters:
            one.stack(on=stacked)
        while self._grid.takeAt(0) is not None:
            pass
        for i, one in enumerate(quarters):
            self._grid.addWidget(one, i // columns, i % columns)
            one.show()
        rows = -(-len(quarters) // columns)
        if beside:
            self._grid.addWidget(self.panel, 0, columns, rows, 1)
        else:
            self._grid.addWidget(self.panel, rows, 0, 1, columns)
        self.panel.setMaximumWidth(WIDE if beside else 16_777_215)
        self.panel.show()
        for column in range(3):
            share = 3 if column < columns else 1 if beside and column == columns else 0
            self._grid.setColumnStretch(column, share)
        tallest = max(one.tallest for one in quarters)
        self.inside.setMaximumHeight(
            rows * tallest + (rows - 1) * _GAP if beside else 16_777_215)

    def _fitting(self, quarters: list[Quarter], panel: OrderPanel) -> tuple[int, bool, bool]:
        """Return how many quarters stand in a row, whether the panel is beside, marks below."""
        room = self.box.viewport().width()
        both = panel.minimumSizeHint().width() + 2 * _GAP
        for stacked in (False, True):
            least = max(_NARROWEST, *(one.width_wanted(stacked=stacked) for one in quarters))
            if room >= 2 * least + both:
                return 2, True, stacked
        for stacked in (False, True):
            least = max(_NARROWEST, *(one.width_wanted(stacked=stacked) for one in quarters))
            if room >= 2 * least + _GAP:
                return 2, False, stacked
        return 1, False, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay out anew when there is more room or less; scroll with the keys."""
        if isinstance(event, QResizeEvent):
            if event.size().width() != event.oldSize().width():
                self._arrange()
            self._settled.start()  # fields get their places in a turn of their own
        elif event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.points.arrive(watched)
            self._bring_into_sight(watched)
        elif event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and (
            isinstance(watched, QWidget)
        ):  # fmt: skip
            self.take_back_hint()
            if self.points.take(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _bring_into_sight(self, now: QWidget | None) -> None:
        """Scroll to what takes the keys, with its quarter where that fits."""
        if now is None or not self.inside.isAncestorOf(now):
            return
        around = self._quarter_of(now)
        if around is not None and around.height() <= self.box.viewport().height():
            self.box.ensureWidgetVisible(around, 0, 0)
        self.box.ensureWidgetVisible(now, 0, _AROUND)

    # Going about

    def _connect(self, field: ScoreField) -> None:
        self.fields[field.key] = field
        field.went.connect(lambda to, field=field: self._go(field, to))
        field.crossed.connect(lambda to, field=field: self._cross(field, to))
        field.filled.connect(self._on_filled)

    @property
    def current(self) -> ScoreField | None:
        """Return the field that has the keys."""
        here = QApplication.focusWidget()
        return here if isinstance(here, ScoreField) and here.key in self.fields else None

    def stops(self) -> list[QWidget]:
        """Return what Enter visits: marks in the order of the sheet, ranks, ticks, the panel."""
        quarters = self.quarters.values()
        lines = [line for quarter in quarters for line in quarter.lines.values()]
        stops: list[QWidget] = [
            one for quarter in quarters
            for one in (
                *(mark for line in quarter.lines.values() for mark in line.marks), quarter.place,
                quarter.gone)
            if one is not None]
        # a rank that follows from the marks is not asked for
        stops += [
            line.rank for line in lines
            if line.rank is not None and (line.rank.text() or not line.rank.placeholderText())]
        # who won comes after all marks, which are typed without a look at the screen
        ticks = [quarter.tick for quarter in quarters if quarter.tick is not None]
        ticked = [one for one in ticks if one.isChecked()]
        stops += ticked if self._one_wins and ticked else ticks
        if self.panel is not None:
            stops += [one for one in self.panel.choosers if one.count() > 1]
            stops += self.panel.paper_block.stops if self.panel.paper_block is not None else []
            stops += [self.panel.reason, self.panel.comment] if self.is_last else []
        return [one for one in stops if one.isVisibleTo(self) and one.isEnabled()]

    def focus_first(self) -> None:
        """Give the keys to the first mark that is missing, else to the first field."""
        stops = self.stops()
        empty = [
            one for one in stops if isinstance(one, ScoreField) and not one.text()
            and ".paper" not in one.key]
        marks = [one for one in stops if not isinstance(one, GoneBadge)]
        for one in (*empty[:1], *marks[:1], *stops[:1]):
            one.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def focus_last(self) -> None:
        """Give the keys to the last field of the sheet."""
        for one in self.stops()[-1:]:
            one.setFocus(Qt.FocusReason.BacktabFocusReason)

    def _go(self, widget: QWidget, to: int) -> None:
        stops = self.stops()
        at = stops.index(widget) + to if widget in stops else 0
        there = stops[at] if 0 <= at < len(stops) else None
        by_itself, self._by_itself = self._by_itself, False
        self.points.go(widget, there if to > 0 else None, by_itself=by_itself)
        if there is not None:
            there.setFocus(
                Qt.FocusReason.TabFocusReason if to > 0 else Qt.FocusReason.BacktabFocusReason)
        else:
            self.go_past(to)

    def _on_filled(self) -> None:
        self._by_itself = True

    def _pass_on(self, digit: str) -> None:
        """Let a digit that was typed at a forfeit begin the next mark, a missing one first."""
        stops = self.stops()
        here = QApplication.focusWidget()
        at = stops.index(here) if here in stops else -1
        marks = [one for one in stops[at + 1:] if (
            isinstance(one, ScoreField) and ".paper" not in one.key)]
        for one in [*(one for one in marks if not one.text()), *marks][:1]:
            one.setFocus(Qt.FocusReason.TabFocusReason)
            one.type_over(digit)

    def go_past(self, to: int) -> None:
        """Go on where Enter leaves the last field, or Shift+Enter the first one."""

    def _cross(self, field: ScoreField, to: int) -> None:
        """Go to the same speech of another team, or to the forfeit that stands in its place."""
        rest = field.key.partition(".")[2]
        same: list[QWidget] = []
        for side, quarter in self.quarters.items():
            one = self.fields.get(f"{side}.{rest}")
            if quarter.gone.isVisibleTo(self) and not rest.startswith("paper"):
                same.append(quarter.gone)
            elif one is not None and one.isEnabled():
                same.append(one)
        at = same.index(field) + to if field in same else -1
        if 0 <= at < len(same):
            same[at].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _moved_from(self) -> str:
        """Return the mark that the keys just left and that a point would belong to, "" for none."""
        return self.points.left_key

    def forget_move(self) -> None:
        """Let a point belong to no mark that was left before."""
        self.points.forget()

    def _half(self, field: ScoreField) -> None:
        """Put a half to the mark that was just left, or take it away again."""
        field.put_half()

    # Saying at a field what a key did not do

    def _tell_whole(self, field: ScoreField) -> None:
        self.hint(field.key, tr("Whole marks only. The point is left out."))

    def hint(self, key: str, words: str, sound: Sound = Sound.PROBLEM) -> None:
        """Say something at a field until the next key, and let it be heard."""
        self.take_back_hint()
        quarter = self.quarters.get(key.partition(".")[0])
        if quarter is not None:
            self._hinted = quarter
            quarter.show_hint(key, words)
        self.heard.emit(sound)

    def take_back_hint(self) -> None:
        """Say nothing any more that was said until the next key."""
        if self._hinted is not None:
            self._hinted.show_hint("", "")
            self._hinted = None

    def place_of(self, key: str) -> QWidget | None:
        """Return the widget at which something is told of a field."""
        speech = key.removesuffix(".speaker")
        found: QWidget | None = self.fields.get(speech)
        quarter = self.quarters.get(key.partition(".")[0])
        if quarter is not None and quarter.gone.isVisibleTo(self):
            return quarter.gone
        if found is not None and found.isVisibleTo(self):
            return found
        line = self.line_of(speech)
        if line is not None:
            return line.marks[0]
        if key in ("winners", "places", "order"):
            ticks = [one.tick for one in self.quarters.values() if one.tick is not None]
            return next(iter((*(ticks if key == "winners" else ()), *self.stops())), None)
        ticked = self.quarters.get(key.removesuffix(".tick"))
        return ticked.tick if ticked is not None else self._place_in_panel(key)

    def line_of(self, speech: str) -> SpeechLine | None:
        """Return the widgets of a speech by its key, None for the key of anything else."""
        return next((quarter.lines[speech] for quarter in self.quarters.values()
                     if speech in quarter.lines), None)

    def _place_in_panel(self, key: str) -> QWidget | None:
        if self.panel is None:
            return None
        places: dict[str, QWidget] = {one.key: one for one in self.panel.choosers}
        places |= {"reason": self.panel.reason, "comment": self.panel.comment}
        if key.endswith(".paper_place") and self.panel.paper_block is not None and (
            self.panel.paper_block.winner is not None
        ):  # fmt: skip
            return self.panel.paper_block.winner
        return places.get(key)

    @staticmethod
    def _quarter_of(widget: QWidget | None) -> Quarter | None:
        here = widget
        while here is not None and not isinstance(here, Quarter):
            here = here.parentWidget()
        return here

    def side_here(self) -> str:
        """Return the side whose quarter has the keys, "" where none has."""
        here = self._quarter_of(QApplication.focusWidget())
        return here.side.value if here is not None else ""

    def key_here(self) -> str:
        """Return the speech that has the keys, "" where none has."""
        here = QApplication.focusWidget()
        quarter = self._quarter_of(here)
        lines = quarter.lines.values() if quarter is not None else ()
        return next((one.key for one in lines if here in (*one.fields, one.chooser)), "")

    def side_gone(self) -> str:
        """Return the side whose forfeit has the keys, "" where none has."""
        here = QApplication.focusWidget()
        return self.side_here() if isinstance(here, GoneBadge) else ""
