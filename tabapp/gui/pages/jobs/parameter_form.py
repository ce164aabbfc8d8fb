"""A form made from a job's signature: for a job run by hand and for a schedule of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.gui import fonts
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.parameters import (
    NOTHING,
    Parameter,
    as_text,
    list_from_text,
    parameters_of,
)
from tabapp.gui.setting_words import choice_words
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.jobs.ports import Json
from tabapp.jobs.spec import AnySpec
from tabapp.services.rounds import title_of
from tabapp.store import setup_rows
from tabapp.store.tournaments import get_tournament, list_rounds, tournament_slugs
from tabapp.store.unit import ReadUnit

_SEEDS = 2**48
_YES, _NO = "true", "false"


@dataclass(frozen=True, slots=True)
class Things:
    """What a parameter may name: rounds and tournaments with their row ids, and those at hand."""

    rounds: tuple[tuple[int, str], ...] = ()
    round_id: int | None = None
    tournaments: tuple[tuple[int, str], ...] = ()
    tournament: int | None = None
    seqs: tuple[tuple[int, str], ...] = ()
    """The rounds by number."""
    zone: str = ""
    """The tournament's time zone."""


def read_things(unit: ReadUnit, tournament: int, round_id: int | None) -> Things:
    """Read the tournaments of the file and the rounds of one."""
    owners = tuple(
        (row_id, get_tournament(unit, row_id).name) for row_id in tournament_slugs(unit).values())
    rounds = list_rounds(unit, tournament)
    return Things(
        tuple((one.id, title_of(one)) for one in rounds), round_id, owners, tournament,
        tuple((one.seq, title_of(one)) for one in rounds),
        setup_rows.read_head(unit, tournament).timezone)


class ParameterForm(Form):
    """The fields of one job, two in a row. ``show_job`` makes them anew."""

    changed = Signal()

    def __init__(self, things: Things) -> None:
        super().__init__()
        self._things = things
        self.parameters: tuple[Parameter, ...] = ()
        self._read: dict[str, Callable[[], str]] = {}
        self._left_out: frozenset[str] = frozenset()
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.UNIT + Space.HALF)
        self.add_row(self._body)

    def show_job(
        self, spec: AnySpec, given: Mapping[str, Json] | None = None, *, by_clock: bool = False
    ) -> None:
        """Show the fields of a job, with what was given before or what its author chose.

        ``by_clock``: it is for a schedule, which finds a seed by chance at each run.
        """
        self.clear_problems()
        self.fields.clear()
        self._read.clear()
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.parameters = parameters_of(spec)
        if by_clock:
            self.parameters = tuple(
                replace(one, words=tr("by chance each time where empty"))
                if one.kind == "seed" else one for one in self.parameters)
            given = given or {}
        if not self.parameters:
            self._rows.addWidget(label(tr("It asks for nothing."), role="secondary"))
        for at in range(0, len(self.parameters), 2):
            row = QWidget()
            both = QHBoxLayout(row)
            both.setContentsMargins(0, 0, 0, 0)
            both.setSpacing(Space.GAP)
            for one in self.parameters[at : at + 2]:
                both.addWidget(self.adopt(one.name, self._field(one, given)), 1)
            if at + 1 == len(self.parameters):
                both.addStretch(1)
            self._rows.addWidget(row)

    def leave_out(self, names: frozenset[str]) -> None:
        """Hide parameters that somebody else gives, and give none for them."""
        self._left_out = names
        for name, field in self.fields.items():
            field.setVisible(name not in names)

    def values(self) -> dict[str, str]:
        """Return what stands in the fields, as text; what is left to its default is left out."""
        found = {}
        for one in self.parameters:
            if one.name in self._left_out:
                continue
            text = self._read[one.name]()
            if text or one.kind == "flag":
                found[one.name] = list_from_text(text) if one.kind == "list" else text
            elif not one.required and one.empty and one.default is not None:
                found[one.name] = NOTHING
        return found

    def problems(self) -> list[Problem]:
        """Return which fields hold no number where one is wanted; the rest the framework finds."""
        kinds = {"whole": int, "seed": int, "number": float}
        found = []
        for name, text in self.values().items():
            kind = next(one.kind for one in self.parameters if one.name == name)
            try:
                kinds.get(kind, str)(text if text != NOTHING else "0")
            except ValueError:
                code = "job_field_number" if kind == "number" else "job_field_whole"
                found.append(Problem.of("error", name, code, value=text))
        return found

    def show_found(self, problems: Iterable[Problem], *, focus: bool = True) -> None:
        """Show problems of a job's parameters, which name the job and places inside a value."""
        self.show_problems([self._at_field(one) for one in problems], focus=focus)

    def _at_field(self, problem: Problem) -> Problem:
        parts = problem.where.split(".")
        name = next((part for part in reversed(parts) if part in self.fields), "")
        sentence = problem.message[:1].upper() + problem.message[1:]
        return replace(problem, where=name, message=sentence)

    # Fields

    def _field(self, one: Parameter, given: Mapping[str, Json] | None) -> Field:
        value = (given or {}).get(one.name, one.default)
        if one.kind == "flag":
            return self._flag(one, value)
        if one.kind in ("round", "tournament", "choice"):
            return self._choice(one, value)
        text = as_text(value, one.kind)
        if one.kind == "seed" and given is None and one.required:
            text = str(secrets.randbelow(_SEEDS))
        line = QLineEdit(text)
        line.textEdited.connect(lambda _text: self.changed.emit())
        self._read[one.name] = lambda: line.text().strip()
        return Field(one.title, line, hint=one.hint)

    def _flag(self, one: Parameter, value: Json) -> Field:
        check = QCheckBox(tr("Yes"))
        check.setChecked(bool(value))
        check.toggled.connect(lambda _on: self.changed.emit())
        self._read[one.name] = lambda: _YES if check.isChecked() else _NO
        return Field(one.title, check, hint=one.hint)

    def _choice(self, one: Parameter, value: Json) -> Field:
        box = QComboBox()
        box.setFont(fonts.font("body"))
        if one.empty or one.default == "":
            box.addItem(tr("None"), "")
        things = {"round": self._things.rounds, "tournament": self._things.tournaments}
        for data, words in things.get(one.kind, ()):
            box.addItem(words, str(data))
        for word in one.choices:
            box.addItem(choice_words(one.name, word), word)
        at_hand = {"round": self._things.round_id, "tournament": self._things.tournament}
        wanted = value if value is not None or one.empty else at_hand.get(one.kind)
        found = box.findData("" if wanted is None else str(wanted))
        if found < 0 and wanted is not None:
            box.addItem(tr("number {n}, which is gone", n=wanted), str(wanted))
            found = box.count() - 1
        box.setCurrentIndex(max(0, found))
        box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self._read[one.name] = partial(_chosen, box)
        return Field(one.title, box, hint=one.hint)


def _chosen(box: QComboBox) -> str:
    return str(box.currentData() or "")
