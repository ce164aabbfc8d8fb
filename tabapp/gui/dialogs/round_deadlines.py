"""The deadlines of one round: when it ends, when its ballots are late, and what follows then."""

from __future__ import annotations

from datetime import datetime
from typing import get_args

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from tabapp.core.errors import Problem
from tabapp.domain.formats.values import OverdueAction
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.setting_words import choice_words
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import deadlines
from tabapp.services.deadlines import DeadlineEntry, RoundDeadlines
from tabapp.store.unit import WriteUnit

_SETTING = "ballot_overdue_action"


class DeadlinesDialog(EntryDialog):
    """Shows what would follow from what is typed while it is typed."""

    def __init__(self, parent: QWidget | None, session: Session, found: RoundDeadlines) -> None:
        super().__init__(
            parent, tr("Deadlines of {round}", round=found.title), tr("Save deadlines"), width=600)
        self.session, self.found = session, found
        entry, usual = DeadlineEntry.of(found), found.usual
        self.expected_end = QLineEdit(entry.expected_end)
        self.warning_minutes = QLineEdit(entry.warning_minutes)
        self.timeout_minutes = QLineEdit(entry.timeout_minutes)
        end = found.worked_out
        self.expected_end.setPlaceholderText(
            tr("worked out: {time}", time=_time(end, found)) if end is not None
            else tr("not known yet"))
        for field, minutes in (
            (self.warning_minutes, usual.warning_minutes),
            (self.timeout_minutes, usual.timeout_minutes),
        ):
            field.setPlaceholderText(tr("as the settings say ({n})", n=minutes))
        self.action = QComboBox()
        self.action.setFixedHeight(Height.CONTROL)
        self.action.addItem(
            tr("As the settings say ({what})", what=_lower(choice_words(_SETTING, usual.action))),
            "")
        for action in get_args(OverdueAction):
            self.action.addItem(choice_words(_SETTING, action), action)
        self.action.setCurrentIndex(max(0, self.action.findData(entry.action)))
        self.paused = QCheckBox(tr("Pause the deadlines of this round"))
        self.paused.setChecked(found.limits.paused)
        self.preview = label("", "identity", wrap=True)
        self._lay_out()
        self._connect()
        self._show_preview()
        self.expected_end.setFocus()
        self.expected_end.selectAll()

    def _lay_out(self) -> None:
        zone = self.found.round.timezone
        self.form.add("expected_end", Field(
            tr("Expected end"), self.expected_end, hint=tr(
                "14:30 or 2026-01-31 14:30, {zone}. Empty: by the start and the times of the"
                " format.", zone=zone)))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.form.adopt("timeout_minutes", Field(
            tr("Time-out"), self.timeout_minutes, hint=tr("Minutes after the expected end."))))
        row.addWidget(self.form.adopt("warning_minutes", Field(
            tr("Warning"), self.warning_minutes, hint=tr("Minutes before the time-out."))))
        self.form.add_row(both)
        self.form.add("action", Field(tr("At the time-out"), self.action))
        self.form.add_row(self.paused)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(self.form)
        self.body.addWidget(self.preview)
        self.body.addStretch(1)

    def _connect(self) -> None:
        for key in ("expected_end", "warning_minutes", "timeout_minutes"):
            field: QLineEdit = getattr(self, key)
            field.textEdited.connect(self._show_preview)
            self.watch(key, field.textEdited)
        self.action.currentIndexChanged.connect(self._show_preview)
        self.paused.toggled.connect(self._show_preview)

    def _show_preview(self) -> None:
        self.preview.setText(forecast(deadlines.foresee(self.found, self.entry())))

    def entry(self) -> DeadlineEntry:
        """Return what stands in the fields."""
        return DeadlineEntry(
            warning_minutes=self.warning_minutes.text(),
            timeout_minutes=self.timeout_minutes.text(), action=self.action.currentData(),
            expected_end=self.expected_end.text(), paused=self.paused.isChecked())

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        return deadlines.check_deadlines(self.found, self.entry())

    def save(self) -> None:
        """Store it; the dialog stays with what was typed where that is refused."""
        found, entry, session = self.found, self.entry(), self.session

        def change(unit: WriteUnit) -> None:
            deadlines.set_deadlines(unit, found.round_id, entry)

        def done(_none: None) -> None:
            self.accept()
            session.tell_undoable(tr("The deadlines of {round} are set.", round=found.title))

        session.write(
            self, "set the deadlines of", change, subject=found.title, done=done,
            failed=self.refuse)


def ask_deadlines(owner: QWidget, session: Session, round_id: int) -> None:
    """Read what holds for a round and open the dialog over ``owner``."""
    clock = session.workspace.clock

    session.read(
        owner, lambda unit: deadlines.read_deadlines(unit, round_id, clock.now()),
        lambda found: DeadlinesDialog(owner, session, found).open())


def forecast(found: RoundDeadlines) -> str:
    """Return in one line what will be done about ballots that do not come."""
    limits, due, warns = found.limits, found.due, found.warns
    if found.round.completed:
        return tr("{round} is completed: nothing is done any more.", round=found.title)
    if limits.paused:
        return tr("Paused: nothing is done about late ballots for now.")
    if limits.action == "none":
        return tr("Nothing is done about late ballots.")
    if due is None or warns is None:
        return tr("Nothing tells yet when {round} ends. Set a start or an end.", round=found.title)
    facts = {"warns": _time(warns, found), "acts": _time(due, found)}
    if found.round.status != "released":
        return tr("Once the draw is released: warns at {warns}, acts at {acts}.", **facts)
    return tr("Warns at {warns}, acts at {acts}.", **facts)


def _time(at: datetime, found: RoundDeadlines) -> str:
    """Return a time on the clock of the tournament, with its day where that is another."""
    local, today = at.astimezone(found.zone), found.now.astimezone(found.zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%a %d %b %H:%M}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
