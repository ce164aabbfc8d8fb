"""Right of the quarters: how the sheets stand, what the paper says, motion, vetoes and comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from tabapp.core.errors import Problem
from tabapp.gui import chips, fonts, ink, theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.number_chooser import NumberChooser
from tabapp.gui.pages.ballots.order_list import OrderList
from tabapp.gui.pages.ballots.paper_block import PaperBlock
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.pages.ballots.votes_table import VotesTable
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_bundle import Bundle
from tabapp.services.ballot_fields import Asks, SheetForm
from tabapp.services.ballot_typed import Running, Typed
from tabapp.services.ballot_votes import PanelStands
from tabapp.store.desk_reads import VersionRow

WIDTH = 264
WIDE = 320


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
    paper_place_typed = Signal(str, str)
    """A side, and its place as the paper has it."""
    motion_chosen = Signal(object)
    vetoed = Signal(str, object)
    """A side, and the motion that it vetoed, None for none."""
    comment_typed = Signal(str)
    reason_typed = Signal(str)

    def __init__(self, form: SheetForm) -> None:
        super().__init__(padding=14)
        self.setMinimumWidth(WIDTH)
        self.setMaximumWidth(WIDE)
        self.setAccessibleName(tr("The whole sheet"))
        self.body.setSpacing(Space.HALF)
        self.order = OrderList()
        self.votes = VotesTable()
        self.tie, self.motion_problem, self.reason_problem = _trouble(), _trouble(), _trouble()
        self.paper_block: PaperBlock | None = None
        self.motion = NumberChooser("motion", tr("Motion"))
        self.vetoes: dict[str, NumberChooser] = {}
        self.comment, self.reason = QLineEdit(), QLineEdit()
        scored = form.asks is Asks.SCORES
        if form.judges:
            self.body.addWidget(self.votes)
        elif scored:
            self.body.addWidget(label(tr("Order on this sheet"), "header", role="secondary"))
            self.body.addWidget(self.order)
        self.body.addWidget(self.tie)
        self._add_motion(form)
        if scored:
            self.paper_block = PaperBlock(form)
            self.paper_block.total_typed.connect(self.paper_typed)
            self.paper_block.place_typed.connect(self.paper_place_typed)
            self.body.addWidget(self.paper_block)
        self._add_texts()
        self.entries_title = label(tr("Entries so far"), "header", role="secondary")
        self.entries = label("", "small", role="secondary", wrap=True)
        self.body.addSpacing(Space.HALF)
        self.body.addWidget(self.entries_title)
        self.body.addWidget(self.entries)
        self.body.addStretch(1)
        self.quick = _Quick() if scored and not form.judges else None
        if self.quick is not None:
            self.body.addWidget(self.quick, 1000)

    @property
    def paper(self) -> dict[str, ScoreField]:
        """Return the fields of the totals on the paper, by side."""
        return self.paper_block.totals if self.paper_block is not None else {}

    @property
    def paper_problem(self) -> QLabel:
        """Return what is said of the totals on the paper."""
        return self.paper_block.problem if self.paper_block is not None else self.tie

    @property
    def choosers(self) -> list[NumberChooser]:
        """Return what is chosen by number: the motion, then the vetoes."""
        return [self.motion, *self.vetoes.values()]

    def _add_motion(self, form: SheetForm) -> None:
        self.motion_row = QWidget()
        first = QHBoxLayout(self.motion_row)
        first.setContentsMargins(0, Space.HALF, 0, 0)
        first.setSpacing(Space.UNIT)
        first.addWidget(label(tr("Motion"), "header", role="secondary"))
        first.addWidget(self.motion, 1)
        self.motion.picked.connect(self.motion_chosen)
        self.body.addWidget(self.motion_row)
        self.body.addWidget(self.motion_problem)
        self.veto_row = QWidget()
        row = QHBoxLayout(self.veto_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HALF)
        row.addWidget(label(tr("Vetoes"), "header", role="secondary"))
        for seat in form.seats if form.asks_vetoes else ():
            side, word = seat.side.value, side_word(form, seat.side)
            made = NumberChooser(f"{side}.veto", tr("Motion that {side} vetoed", side=word))
            made.picked.connect(lambda ref, side=side: self.vetoed.emit(side, ref))
            self.vetoes[side] = made
            row.addWidget(label(word, "chip", role="secondary"))
            row.addWidget(made, 1)
        self.body.addWidget(self.veto_row)
        self.veto_row.setVisible(bool(self.vetoes))

    def _add_texts(self) -> None:
        self.body.addSpacing(Space.HALF)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.reason_problem)
        for field, name in (
            (self.comment, tr("Comment")), (self.reason, tr("Reason for the correction"))
        ):
            field.setFixedHeight(Height.CONTROL)
            field.setAccessibleName(name)
            field.setFont(fonts.font("body"))
        self.comment.setPlaceholderText(tr("Comment, optional"))
        self.reason.setPlaceholderText(tr("Reason for the correction"))
        self.body.addSpacing(Space.HALF)
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
        if self.paper_block is not None:
            self.paper_block.setVisible(not fixed)
        if self.quick is not None:
            self.quick.setVisible(not fixed)
        self.entries.setVisible(fixed)
        self.entries_title.setVisible(fixed)
        for one in self.choosers:
            one.offer(form.motions)
        asked = form.settings.enable_motions and bool(form.motions) and (
            not fixed or len(form.motions) > 1)
        self.motion_row.setVisible(asked)
        self.reason.setVisible(corrects)

    def show_entries(self, versions: Sequence[VersionRow]) -> None:
        """Tell who entered and who confirmed, the newest first; all of it is among the versions."""
        told = "\n".join(_entry(one) for one in reversed(versions[-3:]))
        self.entries.setText(told or tr("None."))

    def show_typed(
        self, bundle: Bundle, typed: Typed, motion: str | None, vetoes: Mapping[str, str],
        *, fixed: bool,
    ) -> None:  # fmt: skip
        """Show what is typed, only to be looked at where it is ``fixed``.

        ``motion`` and ``vetoes`` are those of the room where this sheet says none of its own.
        """
        if self.paper_block is not None:
            self.paper_block.show_typed(typed, fixed=fixed)
        self.motion.show_choice(typed.motion or motion)
        self.motion.setEnabled(not fixed)
        for side, one in self.vetoes.items():
            one.show_choice(typed.vetoes.get(side) or vetoes.get(side))
            one.setEnabled(not fixed and side not in typed.forfeits)
        for line, text in ((self.comment, bundle.comment), (self.reason, bundle.reason)):
            if line.text() != text:
                line.setText(text)
            line.setReadOnly(fixed)
        self.comment.setVisible(not fixed or bool(bundle.comment))

    def show_running(self, form: SheetForm, stands: Running, panel: PanelStands, here: str) -> None:
        """Show the order so far, or how the sheets of the judges stand."""
        if form.judges:
            self.votes.show_panel(form, panel, here)
        elif form.asks is Asks.SCORES:
            self.order.show_order(form, stands)

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        """Say what is wrong with the order, the totals, the motion and the reason."""
        self._say(self.tie, problems.get("order", ()))
        if self.paper_block is not None:
            self.paper_block.show_problems(problems)
        said = list(problems.get("motion", ()))
        self.motion.show_state("problem" if said else "")
        for one in self.vetoes.values():
            here = problems.get(one.key, ())
            one.show_state("problem" if here else "")
            one.setAccessibleDescription(" ".join(each.message for each in here))
            said += here
        self._say(self.motion_problem, said)
        self._say(self.reason_problem, problems.get("reason", ()))
        state = "problem" if problems.get("reason") else ""
        if (self.reason.property("state") or "") != state:
            theme.mark(self.reason, state=state)

    @staticmethod
    def _say(place: QLabel, problems: Sequence[Problem]) -> None:
        words = "\n".join(one.message for one in problems[:2])
        place.setText(words)
        place.setVisible(bool(words))


def _trouble() -> QLabel:
    made = label("", "small", wrap=True)
    theme.mark(made, state="problem")
    return made
