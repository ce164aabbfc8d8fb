"""One side of the sheet: the team, its speeches with their marks, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.gui import chips, ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.gone_badge import GoneBadge
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.pages.ballots.speech_line import (
    BESIDE,
    CAPTION,
    STACKED,
    SmallField,
    SpeechLine,
)
from tabapp.gui.pages.ballots.tick import Tick
from tabapp.gui.tokens import SIDES, Height, Radius, Space
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_fields import Asks, Seat, SheetForm, key_of
from tabapp.services.ballot_typed import Running, Typed, mark_of, ranks_of
from tabapp.services.ballot_votes import JudgeStands

_BAND = 4
_HEAD = 42
_PAD = 14
_MINIMUM = 212
_AIR = 56
_SPEECH = 60
_LINE_PLAIN, _LINE_MARKED = 58, 66
_BELOW_HEAD, _AIR_BELOW_HEAD = 2, 8
_FOOT = 32
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


def _small(form: SheetForm, key: str, ref: str) -> SmallField:
    one, limits = form.criterion(ref), form.criterion_limits(ref)
    return SmallField(f"{key}.{ref}", one.name or ref, limits.low, limits.high, limits.step)


def _least(form: SheetForm, *, stacked: bool) -> int:
    """Return how high a quarter has to be so that no line of it lies over another."""
    high = _BAND + _HEAD + _BELOW_HEAD + _FOOT
    if form.asks is not Asks.SCORES:
        return max(_MINIMUM, high)
    captions = CAPTION
    for position in form.positions:
        criteria = len(form.criterion_keys(position))
        tall = criteria > 0 or (form.asks_ranks and (
            position <= form.settings.substantive_speakers))
        if criteria and (stacked or criteria > BESIDE):
            high += STACKED + captions
            captions = 0
        else:
            high += _LINE_MARKED if tall else _LINE_PLAIN
    return high + (Height.ROW_TALL + _LINE if form.asks_winners else 0)


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
        self._leasts = {stacked: _least(form, stacked=stacked) for stacked in (False, True)}
        self._roomy = _MINIMUM + (
            _AIR + _SPEECH * max(0, len(form.positions) - 2) if form.asks is Asks.SCORES else 0)
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.team = Name("", "card")
        self.home = Name("", "small", "text2")
        self.lines: dict[str, SpeechLine] = {}
        self.tick: Tick | None = None
        self.place: ScoreField | None = None
        self.people = label("", role="secondary", wrap=True)
        self.message = Name("", "small", "problem")
        self.total = label("", "total")
        self.gone = GoneBadge(f"{seat.side.value}.forfeit", self._word)
        self._said = self._hint = ""
        self._badge_words, self._badge_tone = "", "neutral"
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PAD, _BAND, _PAD, 0)
        self._column.setSpacing(0)
        self._add_head()
        self._add_body(form, number)
        self._column.addStretch(1)
        self._add_foot(form, number)
        self.setAccessibleName(self._word)
        self.stack(on=False)

    # How it is made

    def stack(self, *, on: bool) -> None:
        """Let the marks of criteria stand below the names, or beside them where there is room."""
        self._stacked = on
        captioned = False
        for line in self.lines.values():
            line.stack(on=on, captioned=not captioned)
            captioned = captioned or line.is_stacked
        self.setMinimumHeight(self._leasts[on])

    @property
    def tallest(self) -> int:
        """Return how high it may become before there is too much air in it."""
        return max(self._leasts[self._stacked], self._roomy)

    def width_wanted(self, *, stacked: bool) -> int:
        """Return how wide it has to be so that names of people can be read; 0 for any width."""
        widths = [line.width_wanted(stacked=stacked) for line in self.lines.values()]
        widest = max(widths, default=0)
        return widest + 2 * _PAD if widest else 0

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
        self._column.addSpacerItem(QSpacerItem(
            0, _AIR_BELOW_HEAD, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum))

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
        ranked = key in form.ranked_keys
        line = SpeechLine(
            key, speech_title(form, self.side, position), self._word, form.limits(position),
            [_small(form, key, ref) for ref in form.criterion_keys(position)],
            len(form.ranked_keys) if ranked else 0)
        line.chooser.chosen.connect(lambda ref: self.speaker_chosen.emit(key, ref))
        self.lines[key] = line
        self._column.addLayout(line.grid)

    def _add_foot(self, form: SheetForm, number: int) -> None:
        if form.asks is Asks.SCORES and form.asks_winners:
            self._add_tick(tr("Won"), str(number))
            self.message.setFixedHeight(_LINE)
            self._column.addWidget(self.message)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        if form.asks is Asks.SCORES:
            foot.addWidget(label(tr("Team"), role="secondary"))
            foot.addSpacing(Space.UNIT)
        foot.addWidget(self.gone)
        foot.addStretch(1)
        foot.addWidget(self.total)
        holder = QWidget()
        holder.setFixedHeight(_FOOT)
        holder.setLayout(foot)
        self._foot, self._has_total = holder, form.asks is Asks.SCORES
        self.total.setVisible(self._has_total)
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
        ranks = ranks_of(form, typed)
        for key, line in self.lines.items():
            self._show_speaker(form, seat, typed, line, fixed=fixed)
            mark = None if gone else mark_of(form, typed, key)
            text = typed.scores.get(key, "") if not line.criteria and not gone else ""
            line.show_texts(
                {key: text, **typed.criteria, f"{key}.rank": typed.ranks.get(key, "")},
                f"{mark:g}" if mark is not None else text, fixed=fixed, gone=gone)
            if line.rank is not None:
                line.rank.setPlaceholderText(ranks.get(key, ""))
        if self.tick is not None:
            self.tick.blockSignals(True)
            self.tick.setChecked(seat.side.value in typed.winners)
            self.tick.blockSignals(False)
            self.tick.setEnabled(not fixed and not gone)
        if self.place is not None:
            self.place.setText(typed.places.get(seat.side.value, ""))
            self.place.setReadOnly(fixed)
            self.place.setEnabled(not gone)
        self.gone.setVisible(gone and not fixed)
        self._foot.setVisible(self._has_total or gone)

    def _show_speaker(
        self, form: SheetForm, seat: Seat, typed: Typed, line: SpeechLine, *, fixed: bool
    ) -> None:
        chosen = typed.speakers.get(line.key)
        people = list(seat.speakers)
        if chosen is not None and chosen not in dict(people):
            replaced = typed.substitutes.get(line.key)
            people.append((chosen, tr(
                "{name} for {other}", name=form.name(chosen), other=form.name(replaced))
                if replaced else form.name(chosen)))
        line.chooser.show_speakers(
            people, chosen, fixed=fixed or seat.side.value in typed.forfeits,
            ghost=line.key in typed.ghosts)

    def show_running(
        self, form: SheetForm, typed: Typed, stands: Running, judge: JudgeStands | None = None
    ) -> None:  # fmt: skip
        """Show the total and the place so far, or the vote of the ``judge`` whose sheet it is."""
        total = stands.totals.get(self.side)
        words, self._badge_tone = self._badge(form, typed, stands, judge)
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

    def _badge(
        self, form: SheetForm, typed: Typed, stands: Running, judge: JudgeStands | None
    ) -> tuple[str, str]:
        """Return the words of the badge and their tone."""
        here, contest = self.side.value, form.is_contest
        if here in typed.forfeits:
            return tr("Forfeit"), "attention"
        if form.asks is not Asks.SCORES or not contest:
            return "", "neutral"
        if judge is not None:
            return (tr("Vote"), "done") if judge.vote is self.side else ("", "neutral")
        if form.asks_winners:
            return (tr("Won"), "done") if here in typed.winners else ("", "neutral")
        return self._place_words(form, typed, stands)

    def _place_words(
        self, form: SheetForm, typed: Typed, stands: Running
    ) -> tuple[str, str]:
        place = stands.places.get(self.side)
        if place is None:
            return "", "neutral"
        if len(stands.complete) + len(typed.forfeits) < len(form.seats):
            return tr("{place} so far", place=ordinal(place)), "neutral"
        first = "done" if place == 1 else "neutral"
        if form.settings.is_bp:
            points = len(form.seats) - place
            return (tr("{place}, 1 point", place=ordinal(place)) if points == 1 else tr(
                "{place}, {n} points", place=ordinal(place), n=points)), first
        margin = max(stands.totals.values()) - min(stands.totals.values())
        if place == 1 and margin:
            return tr("Wins by {margin}", margin=f"{margin:g}"), first
        return ordinal(place), "neutral"

    def show_problems(self, problems: Mapping[str, list[Problem]]) -> None:
        """Edge the fields in question, and say what is wrong below each."""
        for line in self.lines.values():
            line.show_problems(problems)
        here = problems.get("winners", []) if self.tick else problems.get("places", [])
        state = "problem" if here else ""
        if self.tick is not None:
            self.tick.show_state(state)
        if self.place is not None:
            self.place.show_state(state)
        self._said = here[0].message if here else ""
        self.message.set_text(self._hint or self._said)

    def show_hint(self, key: str, words: str) -> None:
        """Say at a field what a key did not do, until "" is said; elsewhere at the first speech."""
        lines = list(self.lines.values())
        meant = [one for one in lines if key == one.key or key.startswith(f"{one.key}.")]
        for one in lines:
            one.show_hint(words if one in (meant or lines)[:1] else "")
        self._hint = words if not lines else ""
        self.message.set_text(self._hint or self._said)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let a click anywhere on a team that forfeits lead to what takes the forfeit back."""
        if self.gone.isVisible():
            self.gone.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

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
            if self._badge_words and self.gone.isHidden():
                left = _PAD + 52
                chips.draw_badge(
                    painter, self._badge_words, left, foot + (_FOOT - Height.BADGE) / 2,
                    tone=self._badge_tone, icon=None)
