"""What can be chosen before printing: fields that come and go with what is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox

from tabapp.domain.formats import PaperSize
from tabapp.gui.dialogs.form import Form, in_a_row
from tabapp.gui.dialogs.print_words import CertificateWords, Kept
from tabapp.gui.messages import tr
from tabapp.gui.setting_words import choice_words
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.segments import Segments
from tabapp.services.printing import (
    MOST_BLANKS,
    OF_ROUND,
    SHEETS,
    TITLES,
    WHATS,
    Order,
    Part,
    PrintChoices,
    PrintRequest,
    Subject,
)

_ONE, _TWO = "one", "two"
_MOTIONS = {"released": None, "shown": True, "lines": False}
_ARROWS: Mapping[str, Literal["", "left", "up", "down", "right"]] = {
    "none": "", "left": "left", "up": "up", "down": "down", "right": "right"}
_ORDERS: Mapping[str, Order] = {"institution": "institution", "name": "name"}
_HOMES = {"set": None, "shown": True, "hidden": False}
_MOST_PLACES = 200
_SIZES: Mapping[str, PaperSize] = {"a4": "a4", "us-letter": "us-letter"}
Only = tuple[str, ...]


class PrintOptions(QObject):
    """The fields of the dialog, in ``form``; ``changed`` whenever somebody chose otherwise."""

    changed = Signal()

    def __init__(
        self, form: Form, choices: PrintChoices, request: PrintRequest, kept: Kept
    ) -> None:
        super().__init__(form)
        self._form, self._choices, self._given, self.kept = form, choices, request, kept
        self._parts: tuple[Part, ...] = ()
        self._offers: list[Only | None] = []
        self._make_choosers(request)
        self._make_segments(request)
        self.codes = _tick(tr("A barcode on the sheet of every judge"), on=request.codes_on_all)
        self.teams = _tick(tr("With teams and judges"), on=request.teams)
        self.each = _tick(tr("One for each speaker"), on=request.each_speaker)
        self.own = _tick(tr("Own names, also of code names"), on=request.own_names)
        self.blanks = _number(request.blanks, MOST_BLANKS)
        self.top = _number(request.top, _MOST_PLACES)
        self.date = QLineEdit(request.date or kept.date)
        self.date.setPlaceholderText(tr("a line to write it on"))
        self._lay_out(form)
        self.words = CertificateWords(form, kept, request)
        self._connect()
        self._show_fields()

    def _make_choosers(self, request: PrintRequest) -> None:
        self.what, self.round, self.of_signs, self.only, self.subject = (
            _chooser() for _ in range(5))
        for one in WHATS:
            self.what.addItem(tr(TITLES[one]), one)
        self.what.setCurrentIndex(WHATS.index(request.what))
        self.of_signs.addItem(tr("All rounds"), None)
        for row in self._choices.rounds:
            self.round.addItem(row.title, row.id)
            self.of_signs.addItem(tr("Rooms of {round}", round=row.title), row.id)
        signs = request.what == "signs"
        wanted = None if signs else request.round_id
        self.round.setCurrentIndex(max(0, self.round.findData(
            self._choices.current if wanted is None else wanted)))
        if signs and request.round_id is not None:
            self.of_signs.setCurrentIndex(max(0, self.of_signs.findData(request.round_id)))
        self._offer([(tr("All"), None), (tr("Selected"), request.only)], request.only)
        self.subject.addItem(tr("Everybody who took part"), request.subject)

    def _make_segments(self, request: PrintRequest) -> None:
        self.two_up = Segments(tr("On a page"), [
            (_ONE, tr("One sheet")), (_TWO, tr("Two, to be cut"))])
        self.two_up.choose(_TWO if request.two_up else _ONE)
        self.motions = Segments(tr("Motions"), [
            ("released", tr("When released")), ("shown", tr("Always")), ("lines", tr("Lines"))])
        self.motions.choose(next(
            key for key, value in _MOTIONS.items() if value is request.motions))
        self.arrow = Segments(tr("Arrow"), [
            ("none", tr("None")), ("left", "←"), ("up", "↑"), ("down", "↓"), ("right", "→")])
        self.arrow.choose(request.arrow or "none")
        self.order = Segments(tr("Order"), [
            ("institution", tr("By institution")), ("name", tr("By name"))])
        self.order.choose(request.order)
        self.homes = Segments(tr("Institutions"), [
            ("set", tr("As in settings")), ("shown", tr("Shown")), ("hidden", tr("Hidden"))])
        self.homes.choose(next(
            key for key, value in _HOMES.items() if value is self.kept.institutions))

        self.paper = Segments(tr("Paper"), [
            (one, choice_words("paper_size", one)) for one in _SIZES])
        self.paper.choose(request.paper or self.kept.paper or self._choices.paper)

    def _lay_out(self, form: Form) -> None:
        head, _layout = in_a_row(
            form.adopt("what", Field(tr("What"), self.what)),
            form.adopt("subject", Field(tr("For"), self.subject)))
        form.add_row(head)
        self._rows = [made for made, _layout in (
            in_a_row(
                form.adopt("round", Field(tr("Round"), self.round)),
                form.adopt("of_signs", Field(tr("Round"), self.of_signs)),
                form.adopt("blanks", Field(tr("How many"), self.blanks)),
                form.adopt("only", Field(tr("Which"), self.only)),
                form.adopt("top", Field(tr("How many places"), self.top)),
                form.adopt("date", Field(tr("Date"), self.date))),
            in_a_row(
                form.adopt("two_up", Field(tr("On a page"), self.two_up)),
                form.adopt("arrow", Field(tr("Arrow"), self.arrow)),
                form.adopt("order", Field(tr("Order"), self.order)),
                form.adopt("paper", Field(tr("Paper"), self.paper))),
            in_a_row(
                form.adopt("motions", Field(tr("Motions"), self.motions)),
                form.adopt("institutions", Field(tr("Institutions"), self.homes))),
        )]
        for row in self._rows:
            form.add_row(row)
        for one in (self.codes, self.teams, self.each, self.own):
            form.add_row(one)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._on_choice)
        for chooser in (self.round, self.of_signs, self.only, self.subject):
            chooser.currentIndexChanged.connect(self._on_choice)
        for number in (self.blanks, self.top):
            number.valueChanged.connect(self._on_choice)
        for segments in (
            self.two_up, self.motions, self.arrow, self.order, self.homes, self.paper
        ):
            segments.chosen.connect(self._on_choice)
        for tick in (self.codes, self.teams, self.each, self.own):
            tick.toggled.connect(self._on_choice)
        self.date.textEdited.connect(self._on_choice)
        self.words.changed.connect(self._on_choice)

    def _on_choice(self) -> None:
        self._show_fields()
        self.kept.date, self.kept.institutions = self.date.text().strip(), _HOMES[self.homes.key]
        size = _SIZES[self.paper.key]
        self.kept.paper = size if size != self._choices.paper else None
        self.changed.emit()

    def _show_fields(self) -> None:
        what, fields = self.what.currentData(), self._form.fields
        subject = str(self.subject.currentData()).partition(":")[0]
        sheets, awards = what in SHEETS, what == "certificates"
        for key, wanted in (
            ("subject", awards), ("round", what in OF_ROUND), ("of_signs", what == "signs"),
            ("blanks", what == "blanks"), ("only", what not in ("sample", "blanks")),
            ("top", awards and subject == "speakers"), ("two_up", sheets), ("motions", sheets),
            ("arrow", what == "signs"), ("order", what == "badges"),
            ("institutions", what == "badges"), ("date", awards),
        ):
            fields[key].setVisible(wanted)
        self._rows[2].setVisible(sheets or what == "badges")
        self.codes.setVisible(what == "score-sheets")
        self.teams.setVisible(what == "signs" and self.of_signs.currentData() is not None)
        self.each.setVisible(awards and subject == "breaking_teams")
        self.own.setVisible(awards)
        self.words.show_for(self.request(), wanted=awards)

    # What is chosen

    @property
    def chosen(self) -> Only | None:
        """Return which parts are chosen, None for all."""
        return self._offers[self.only.currentIndex()]

    def request(self) -> PrintRequest:
        """Return what is asked for."""
        what = self.what.currentData()
        signs = what == "signs"
        lines, signatures = self.words.chosen()
        return PrintRequest(
            what=what,
            round_id=self.of_signs.currentData() if signs else self.round.currentData(),
            only=self.chosen if what not in ("sample", "blanks") else None,
            two_up=self.two_up.key == _TWO, motions=_MOTIONS[self.motions.key],
            codes_on_all=self.codes.isChecked(), blanks=self.blanks.value(),
            teams=self.teams.isChecked() and self.of_signs.currentData() is not None,
            arrow=_ARROWS[self.arrow.key], order=_ORDERS[self.order.key],
            institutions=_HOMES[self.homes.key], subject=self.subject.currentData(),
            top=self.top.value(), each_speaker=self.each.isChecked(),
            own_names=self.own.isChecked(), date=self.date.text().strip(),
            lines=lines, signatures=signatures, paper=_SIZES[self.paper.key])

    def part_words(self) -> str:
        """Return what the one part that is chosen is called; "" for all or several."""
        chosen = self.request().only
        if chosen is None:
            return ""
        if len(chosen) > 1:
            return tr("selected")
        return next((one.name for one in self._parts if one.key in chosen), "")

    # What can be chosen

    def show_parts(self, parts: Sequence[Part]) -> bool:
        """Offer what can be printed alone; tell whether what was chosen is not offered any more.

        What the page that opened the dialog had chosen stays among the choices.
        """
        chosen = self.chosen
        self._parts = tuple(parts)
        known = {one.key for one in parts}
        given = tuple(one for one in self._given.only or () if one in known)
        offers: list[tuple[str, Only | None]] = [
            (tr("All ({n})", n=len(parts)) if parts else tr("All"), None)]
        if len(given) > 1 and self.what.currentData() == self._given.what:
            offers.append((tr("The {n} that are selected", n=len(given)), given))
        for group in dict.fromkeys(one.group for one in parts if one.group):
            keys = tuple(one.key for one in parts if one.group == group)
            offers.append((tr("{group} ({n})", group=tr(group), n=len(keys)), keys))
        self._offer([*offers, *((one.words, (one.key,)) for one in parts)], chosen)
        return self.chosen != chosen

    def show_subjects(self, subjects: Sequence[Subject]) -> None:
        """Offer what certificates can be for; what was chosen stays."""
        chosen = self.subject.currentData()
        if not subjects or self.subject.count() == len(subjects):
            return
        self.subject.blockSignals(True)
        self.subject.clear()
        for one in subjects:
            self.subject.addItem(tr(one.words), one.key)
        self.subject.setCurrentIndex(max(0, self.subject.findData(chosen)))
        self.subject.blockSignals(False)

    def _offer(self, offers: Sequence[tuple[str, Only | None]], chosen: Only | None) -> None:
        self._offers = [only for _words, only in offers]
        self.only.blockSignals(True)
        self.only.clear()
        self.only.addItems([words for words, _only in offers])
        self.only.setCurrentIndex(self._offers.index(chosen) if chosen in self._offers else 0)
        self.only.blockSignals(False)


def _chooser() -> QComboBox:
    made = QComboBox()
    made.setFixedHeight(Height.CONTROL)
    made.setMaxVisibleItems(16)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


def _tick(words: str, *, on: bool) -> QCheckBox:
    made = QCheckBox(words)
    made.setAccessibleName(words)
    made.setChecked(on)
    return made


def _number(value: int, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setValue(value)
    made.setFixedHeight(Height.CONTROL)
    return made
