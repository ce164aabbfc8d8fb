"""One side of the sheet: the team, its speeches with their marks, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.gui import chips, ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chooser import SpeakerChooser
from tabapp.gui.pages.ballots.score_field import WIDTH, ScoreField
from tabapp.gui.pages.ballots.tick import Tick
from tabapp.gui.tokens import SIDES, Height, Radius, Space
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_sheet import Asks, Running, Seat, SheetForm, Typed, key_of

_BAND = 4
_HEAD = 42
_PAD = 14
_MINIMUM = 212
_AIR = 56
_SPEECH = 60
_FOOT = 36
_LINE = 16
_TITLES: Mapping[Side, tuple[str, ...]] = {
    Side.OG: ("Prime Minister", "Deputy Prime Minister"),
    Side.OO: ("Leader of Opposition", "Deputy Leader of Opposition"),
    Side.CG: ("Member of Government", "Government Whip"),
    Side.CO: ("Member of Opposition", "Opposition Whip"),
}
_ORDINALS = ("", "1st", "2nd", "3rd", "4th")


def side_word(form: SheetForm, side: Side) -> str:
    """Return a side as its chip shows it."""
    return side_short(side, form.settings.side_names)


def ordinal(place: int) -> str:
    """Return a place in words."""
    return tr(_ORDINALS[place]) if place < len(_ORDINALS) else f"{place}."


def speech_title(form: SheetForm, side: Side, position: int) -> str:
    """Return what a speech is called."""
    if position > form.settings.substantive_speakers:
        return tr("Reply")
    titles = _TITLES.get(side, ())
    if len(titles) == form.settings.substantive_speakers:
        return tr(titles[position - 1])
    return tr("Speech {n}", n=position)


class _Line:
    """The widgets of one speech."""

    def __init__(self, key: str, title: str, side: str) -> None:
        name = f"{side}, {title}"
        self.title = label(title, "small", role="secondary")
        self.chooser = SpeakerChooser(tr("Speaker: {name}", name=name))
        self.field = ScoreField(key, tr("Score: {name}", name=name))
        self.value = label("", "figure")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setFixedSize(WIDTH, Height.ROW_TALL)
        self.sentence = Name("", "small", "problem")
        self.sentence.setFixedHeight(_LINE)


class Quarter(QWidget):
    """A quarter of the sheet. It shows what is typed and reports what a person does."""

    speaker_chosen = Signal(str, str)
    """The key of a speech, and the archive id of its speaker."""
    ticked = Signal(str, bool)
    """A side, and whether it advances."""

    def __init__(self, form: SheetForm, seat: Seat, number: int) -> None:
        super().__init__()
        self.side, self._word = seat.side, side_word(form, seat.side)
        self._token = SIDES[self._word]
        self.tallest = _MINIMUM + _AIR + _SPEECH * max(0, len(form.positions) - 2)
        self.setMinimumHeight(_MINIMUM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.team = Name("", "card")
        self.home = Name("", "small", "text2")
        self.lines: dict[str, _Line] = {}
        self.tick: Tick | None = None
        self.place: ScoreField | None = None
        self.people = label("", role="secondary", wrap=True)
        self.message = Name("", "small", "problem")
        self.total = label("", "total")
        self._badge = QLabel()
        self._badge_words, self._badge_tone = "", "neutral"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PAD, _BAND, _PAD, 0)
        self._column.setSpacing(0)
        self._add_head()
        self._add_body(form, number)
        self._column.addStretch(1)
        self._add_foot(form, number)
        self.setAccessibleName(self._word)

    # How it is made

    def _add_head(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(chips.side_width(self._word) + 14, 2, 0, 4)
        head.setSpacing(0)
        self.team.setFixedHeight(20)
        head.addWidget(self.team)
        head.addWidget(self.home)
        holder = QWidget()
        holder.setFixedHeight(_HEAD)
        holder.setLayout(head)
        self._column.addWidget(holder)
        self._column.addSpacing(6)

    def _add_body(self, form: SheetForm, number: int) -> None:
        if form.asks is Asks.SCORES:
            for position in form.positions:
                self._add_line(form, position)
            return
        self._column.addWidget(self.people)
        self._column.addSpacing(Space.UNIT)
        if form.asks is Asks.ADVANCING:
            word = tr("Advances") if form.context.advancing > 1 or len(form.seats) > 2 else (
                tr("Won"))
            self._add_tick(word, str(number))
        else:
            row = QHBoxLayout()
            self.place = ScoreField(f"{self.side.value}.place", tr("Place: {s}", s=self._word))
            self.place.set_limits(1, len(form.seats), 1)
            row.addWidget(label(tr("Place"), "card"))
            row.addStretch(1)
            row.addWidget(self.place)
            self._column.addLayout(row)
        self.message.setFixedHeight(_LINE)
        self._column.addWidget(self.message)

    def _add_tick(self, word: str, key: str) -> None:
        self.tick = Tick(word, f"{self._word}: {word}", key)
        self.tick.toggled.connect(lambda on: self.ticked.emit(self.side.value, on))
        self._column.addWidget(self.tick)

    def _add_line(self, form: SheetForm, position: int) -> None:
        key = key_of(self.side, position)
        line = _Line(key, speech_title(form, self.side, position), self._word)
        limits = form.limits(position)
        line.field.set_limits(limits.low, limits.high, limits.step)
        line.chooser.chosen.connect(lambda ref: self.speaker_chosen.emit(key, ref))
        line.field.chooser_wanted.connect(line.chooser.showPopup)
        self.lines[key] = line
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.UNIT)
        grid.setVerticalSpacing(0)
        line.title.setFixedHeight(18)
        grid.addWidget(line.title, 0, 0, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(line.chooser, 1, 0)
        grid.addWidget(line.field, 0, 1, 2, 1)
        grid.addWidget(line.value, 0, 1, 2, 1)
        grid.addWidget(line.sentence, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self._column.addLayout(grid)

    def _add_foot(self, form: SheetForm, number: int) -> None:
        if form.asks is Asks.SCORES and form.asks_winners:
            self._add_tick(tr("Won"), str(number))
            self.message.setFixedHeight(_LINE)
            self._column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        if form.asks is Asks.SCORES:
            foot.addWidget(label(tr("Team"), role="secondary"))
        foot.addStretch(1)
        foot.addWidget(self.total)
        holder = QWidget()
        holder.setFixedHeight(_FOOT)
        holder.setLayout(foot)
        if form.asks is not Asks.SCORES:
            holder.hide()
        self._foot = holder
        self._column.addWidget(holder)

    # What it shows

    def show_seat(self, seat: Seat) -> None:
        """Show another team on this side."""
        self.team.set_text(seat.name)
        self.home.set_text(seat.institution)
        self.people.setText(", ".join(name for _ref, name in seat.speakers))
        self.setAccessibleDescription(seat.name)

    def show_typed(self, form: SheetForm, seat: Seat, typed: Typed, *, fixed: bool) -> None:
        """Show what is typed; ``fixed``: only to be looked at, with large figures."""
        gone = seat.side.value in typed.forfeits
        for key, line in self.lines.items():
            chosen = typed.speakers.get(key)
            people = list(seat.speakers)
            if chosen is not None and chosen not in dict(people):
                replaced = typed.substitutes.get(key)
                people.append((chosen, tr(
                    "{name} for {other}", name=form.name(chosen), other=form.name(replaced))
                    if replaced else form.name(chosen)))
            line.chooser.show_speakers(
                people, chosen, fixed=fixed or gone, ghost=key in typed.ghosts)
            text = "" if gone else typed.scores.get(key, "")
            if line.field.text() != text:
                line.field.setText(text)
            line.value.setText(text or "–")
            line.field.setVisible(not fixed)
            line.value.setVisible(fixed)
            line.field.setEnabled(not gone)
        if self.tick is not None:
            self.tick.blockSignals(True)
            self.tick.setChecked(seat.side.value in typed.winners)
            self.tick.blockSignals(False)
            self.tick.setEnabled(not fixed and not gone)
        if self.place is not None:
            self.place.setText(typed.places.get(seat.side.value, ""))
            self.place.setReadOnly(fixed)

    def show_running(self, form: SheetForm, typed: Typed, stands: Running) -> None:
        """Show the total and the place so far."""
        total = stands.totals.get(self.side)
        place = stands.places.get(self.side)
        whole = len(stands.complete) + len(typed.forfeits) == len(form.seats)
        self._badge_tone = "neutral"
        if self.side.value in typed.forfeits:
            words = tr("Forfeit")
            self._badge_tone = "attention"
        elif form.asks is not Asks.SCORES or place is None:
            words = ""
        elif not whole:
            words = tr("{place} so far", place=ordinal(place))
        elif form.settings.is_bp:
            points = len(form.seats) - place
            words = tr("{place}, 1 point", place=ordinal(place)) if points == 1 else tr(
                "{place}, {n} points", place=ordinal(place), n=points)
            self._badge_tone = "done" if place == 1 else "neutral"
        else:
            words = ordinal(place)
        self._badge_words = words
        if form.asks is Asks.SCORES:
            shown = f"{total:g}" if total is not None else "–"
            self.total.setText(shown)
            ready = self.side in stands.complete
            if bool(self.total.property("role")) is ready:
                self.total.setProperty("role", None if ready else "hint")
                self.total.style().unpolish(self.total)
                self.total.style().polish(self.total)
        self.update()

    def show_problems(self, problems: Mapping[str, list[Problem]]) -> None:
        """Edge the fields in question, and say what is wrong below each."""
        for key, line in self.lines.items():
            here = problems.get(key, []) + problems.get(f"{key}.speaker", [])
            own = problems.get(key, [])
            errors = any(one.level == "error" for one in own)
            line.field.show_state("problem" if errors else "attention" if own else "")
            said = [one for one in here if one.code != "score_unusual"]
            words = " ".join(one.message for one in said)
            if words != line.sentence.text:
                line.sentence.set_text(words)
            line.field.setAccessibleDescription(" ".join(one.message for one in here))
        here = problems.get("winners", []) if self.tick else problems.get("places", [])
        state = "problem" if here else ""
        if self.tick is not None:
            self.tick.show_state(state)
        if self.place is not None:
            self.place.show_state(state)
        self.message.set_text(here[0].message if here else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the band and head in the side's colour, the chip and the badge."""
        with QPainter(self) as painter:
            width, height = self.width(), self.height()
            ink.box(painter, 0, 0, width, height, radius=Radius.CARD, fill="surface", edge="line")
            ink.box(
                painter, 0, 0, width, _BAND + _HEAD, radius=Radius.CHIP, fill=f"{self._token}_bg")
            ink.box(painter, 0, 0, width, _BAND, radius=2, fill=self._token)
            chips.draw_side(painter, self._word, _PAD, _BAND + (_HEAD - Height.CHIP) / 2)
            foot = self._foot.y()
            if self._foot.isVisible():
                painter.fillRect(_PAD, foot, width - 2 * _PAD, 1, ink.color("line"))
            if self._badge_words:
                left = _PAD + 52
                chips.draw_badge(
                    painter, self._badge_words, left, foot + (_FOOT - Height.BADGE) / 2,
                    tone=self._badge_tone, icon=None)
