"""Right of the quarters: the order on this sheet, the totals on the paper, motion and comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.gui import chips, fonts, ink, names, theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.quarter import ordinal, side_word
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_sheet import Asks, Running, SheetForm, Typed
from tabapp.store.desk_reads import VersionRow

WIDTH = 228
WIDE = 280
_ROW = 30


class _Order(QWidget):
    """The places with the teams that have them; equal ones share a place."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str, str, str, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_order(self, form: SheetForm, stands: Running) -> None:
        """Show the complete sides by their totals, and how many places are open."""
        placed = sorted(
            ((stands.places[seat.side], i, seat) for i, seat in enumerate(form.seats)
             if seat.side in stands.places), key=lambda one: one[:2])
        taken = [place for place, _i, _seat in placed]
        self._rows = [
            (ordinal(place), side_word(form, seat.side), seat.name, f"{stands.totals[seat.side]:g}",
             taken.count(place) > 1)
            for place, _i, seat in placed]
        for open_place in range(len(placed) + 1, len(form.seats) + 1):
            self._rows.append((ordinal(open_place), "", "", "–", False))
        self.setFixedHeight(_ROW * len(form.seats))
        self.setToolTip("\n".join(
            f"{place} {name} {total}" for place, _side, name, total, _tied in self._rows if name))
        self.setAccessibleName(", ".join(
            f"{place} {side} {total}" for place, side, _name, total, _tied in self._rows if side))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each place."""
        with QPainter(self) as painter:
            for i, (place, side, name, total, tied) in enumerate(self._rows):
                top, known = i * _ROW, bool(side)
                painter.setPen(ink.pen("problem" if tied else "text2"))
                chips.text_at(painter, "note", place + ("=" if tied else ""), 0, top, _ROW)
                if known:
                    chips.draw_side(painter, side, 34, top + (_ROW - Height.CHIP) / 2)
                else:
                    ink.box(
                        painter, 34, top + (_ROW - Height.CHIP) // 2, 28, Height.CHIP,
                        radius=4, edge="line2")
                width = fonts.width("identity", total)
                painter.setPen(ink.pen("problem" if tied else "text" if known else "text3"))
                chips.text_at(painter, "identity", total, self.width() - width, top, _ROW)
                room = round(self.width() - width - 34 - 40 - 8)
                shown, style, _cut = names.fit(name, "control", max(0, room), keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, style, shown, 34 + 40, top, _ROW)
                painter.fillRect(0, top + _ROW - 1, self.width(), 1, ink.color("line"))


def _entry(one: VersionRow) -> str:
    at = f", {one.entered_at.astimezone():%H:%M}" if one.entered_at else ""
    words = f"{one.version}  {one.entered_by or tr('Unknown')}{at}"
    if one.status == "discarded":
        words += f", {tr('discarded')}"
    elif one.confirmed_by:
        words += "\n    " + tr("confirmed by {name}", name=one.confirmed_by)
    return words


class _Quick(QWidget):
    """What the number pad does, where there is room to say so."""

    _ROWS = (
        (("8", "0"), "two digits move on"), (("+", "−"), "one mark up, down"),
        ((".",), "a half, where allowed"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(
            ", ".join(f"{' '.join(keys)} {tr(words)}" for keys, words in self._ROWS))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many lines as fit."""
        with QPainter(self) as painter:
            top = Space.UNIT
            for keys, words in self._ROWS:
                if top + 18 > self.height():
                    return
                chips.draw_keys(painter, keys, 0, top)
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "small", tr(words), 52, top, 18)
                top += 24


class OrderPanel(Card):
    """What the whole sheet says. Everything here is optional, but for a motion to choose."""

    paper_typed = Signal(str, str)
    """A side, and its total as the paper has it."""
    motion_chosen = Signal(object)
    comment_typed = Signal(str)
    reason_typed = Signal(str)

    def __init__(self, form: SheetForm) -> None:
        super().__init__(padding=14)
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(WIDE)
        self.setAccessibleName(tr("The whole sheet"))
        self.body.setSpacing(Space.HALF)
        self.order = _Order()
        self.tie = label("", "small", wrap=True)
        theme.mark(self.tie, state="problem")
        self.paper: dict[str, ScoreField] = {}
        self.paper_problem = label("", "small", wrap=True)
        theme.mark(self.paper_problem, state="problem")
        self.motion = QComboBox()
        self.motion_problem = label("", "small", wrap=True)
        theme.mark(self.motion_problem, state="problem")
        self.comment, self.reason = QLineEdit(), QLineEdit()
        self.reason_problem = label("", "small", wrap=True)
        theme.mark(self.reason_problem, state="problem")
        if form.asks is Asks.SCORES:
            self.body.addWidget(label(tr("Order on this sheet"), "header", role="secondary"))
            self.body.addWidget(self.order)
            self.body.addWidget(self.tie)
            self._add_paper(form)
        self._add_texts()
        self.entries_title = label(tr("Entries so far"), "header", role="secondary")
        self.entries = label("", "small", role="secondary", wrap=True)
        self.body.addSpacing(Space.HALF)
        self.body.addWidget(self.entries_title)
        self.body.addWidget(self.entries)
        self.body.addStretch(1)
        self.quick = _Quick() if form.asks is Asks.SCORES else None
        if self.quick is not None:
            self.body.addWidget(self.quick, 1000)

    def _add_paper(self, form: SheetForm) -> None:
        self.paper_block = QWidget()
        whole = QVBoxLayout(self.paper_block)
        whole.setContentsMargins(0, Space.HALF, 0, 0)
        whole.setSpacing(Space.HALF)
        whole.addWidget(label(tr("Totals on the paper, optional"), "header", role="secondary"))
        grid = QGridLayout()
        whole.addLayout(grid)
        grid.setHorizontalSpacing(Space.HALF)
        grid.setVerticalSpacing(6)
        count = len(form.positions)
        limits = form.limits(1)
        for i, seat in enumerate(form.seats):
            side, word = seat.side.value, side_word(form, seat.side)
            field = ScoreField(
                f"{side}.paper", tr("Total of {side} on the paper", side=word), width=64,
                height=Height.CONTROL)
            field.set_limits(limits.low * count, limits.high * count, limits.step)
            field.textEdited.connect(lambda text, side=side: self.paper_typed.emit(side, text))
            self.paper[side] = field
            row, column = divmod(i, 2)
            grid.addWidget(label(word, "chip", role="secondary"), row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
        grid.setColumnStretch(4, 1)
        self.body.addWidget(self.paper_block)
        self.body.addWidget(self.paper_problem)

    def _add_texts(self) -> None:
        self.motion.setAccessibleName(tr("Motion"))
        self.motion.setFixedHeight(Height.CONTROL)
        self.motion.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.motion.setMinimumContentsLength(6)
        self.motion.activated.connect(
            lambda index: self.motion_chosen.emit(self.motion.itemData(index)))
        self.motion_title = label(tr("Motion"), "header", role="secondary")
        self.reason_title = label(tr("Reason for the correction"), "header", role="secondary")
        for title, field, problem in (
            (self.motion_title, self.motion, self.motion_problem),
            (self.reason_title, self.reason, self.reason_problem),
        ):
            self.body.addSpacing(Space.HALF)
            self.body.addWidget(title)
            self.body.addWidget(field)
            self.body.addWidget(problem)
        for field, name in (
            (self.comment, tr("Comment")), (self.reason, tr("Reason for the correction"))
        ):
            field.setFixedHeight(Height.CONTROL)
            field.setAccessibleName(name)
            field.setFont(fonts.font("body"))
        self.comment.setPlaceholderText(tr("Comment, optional"))
        self.body.addWidget(self.comment)
        self.comment.textEdited.connect(self.comment_typed)
        self.reason.textEdited.connect(self.reason_typed)

    def sizeHint(self) -> QSize:
        """Ask for no more height than the quarters have."""
        return QSize(WIDE, 2 * 212)

    def show_form(self, form: SheetForm, *, fixed: bool, corrects: bool) -> None:
        """Offer the motions of this round; ask for a reason where a ballot is corrected.

        A ``fixed`` form asks nothing, and tells who entered it instead.
        """
        if self.paper:
            self.paper_block.setVisible(not fixed)
        if self.quick is not None:
            self.quick.setVisible(not fixed)
        self.entries.setVisible(fixed)
        self.entries_title.setVisible(fixed)
        self.motion.clear()
        for ref, text in form.motions:
            self.motion.addItem(text or ref, ref)
            self.motion.setItemData(self.motion.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
        asked = form.settings.enable_motions and bool(form.motions) and (
            not fixed or len(form.motions) > 1)
        self.motion.setVisible(asked)
        self.motion_title.setVisible(asked)
        self.reason.setVisible(corrects)
        self.reason_title.setVisible(corrects)

    def show_entries(self, versions: Sequence[VersionRow]) -> None:
        """Tell who entered and who confirmed, the newest first; all of it is among the versions."""
        self.entries.setText("\n".join(_entry(one) for one in reversed(versions[-3:])))

    def show_typed(self, typed: Typed, *, fixed: bool) -> None:
        """Show what is typed, only to be looked at where it is ``fixed``."""
        for side, field in self.paper.items():
            text = typed.paper.get(side, "")
            if field.text() != text:
                field.setText(text)
            field.setEnabled(not fixed and side not in typed.forfeits)
        self.motion.setCurrentIndex(self.motion.findData(typed.motion) if typed.motion else -1)
        self.motion.setToolTip(self.motion.currentText())
        for line, text in ((self.comment, typed.comment), (self.reason, typed.reason)):
            if line.text() != text:
                line.setText(text)
            line.setReadOnly(fixed)
        self.comment.setVisible(not fixed or bool(typed.comment))
        self.motion.setEnabled(not fixed)

    def show_running(self, form: SheetForm, stands: Running) -> None:
        """Show the order so far."""
        if form.asks is Asks.SCORES:
            self.order.show_order(form, stands)

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        """Say what is wrong with the order, the totals, the motion and the reason."""
        self._say(self.tie, problems.get("order", ()))
        totals: list[Problem] = []
        for side, field in self.paper.items():
            here = problems.get(f"{side}.paper", ())
            field.show_state("problem" if here else "")
            field.setAccessibleDescription(" ".join(one.message for one in here))
            totals += here
        self._say(self.paper_problem, totals)
        self._say(self.motion_problem, problems.get("motion", ()))
        self._say(self.reason_problem, problems.get("reason", ()))
        state = "problem" if problems.get("reason") else ""
        if (self.reason.property("state") or "") != state:
            theme.mark(self.reason, state=state)

    @staticmethod
    def _say(place: QLabel, problems: Sequence[Problem]) -> None:
        words = "\n".join(one.message for one in problems[:2])
        place.setText(words)
        place.setVisible(bool(words))
