"""A schedule added or changed: its job, its time with the next five of it, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.gui import fonts
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.latest import Latest
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.jobs.parameter_form import ParameterForm, Things
from tabapp.gui.pages.jobs.parameters import sentence_of_job, title_of_job
from tabapp.gui.pages.jobs.schedules.reading import zone_of
from tabapp.gui.pages.jobs.schedules.trigger_form import TriggerForm
from tabapp.gui.pages.jobs.words import moments_in_words
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.ports import Json
from tabapp.jobs.registry import Registry
from tabapp.jobs.triggers import Trigger
from tabapp.services.schedule_entry import entry_of, read_trigger
from tabapp.services.schedules import ScheduleRow, preview
from tabapp.store.unit import ReadUnit

WIDTH, HEIGHT = 720, 560
_PAUSE = 150
"""Milliseconds of rest after typing before the next times are worked out."""
_COUNT = 5


@dataclass(frozen=True, slots=True)
class ScheduleValues:
    """What the dialog wants stored. ``title`` and ``tournament`` of one of the code stay."""

    title: str
    job: str
    trigger: Trigger
    params: Mapping[str, str]
    tournament: int | None


Save = Callable[["ScheduleDialog", ScheduleValues], None]


class ScheduleDialog(EntryDialog):
    """Adds a schedule, or changes ``row``; ``save`` stores what is right."""

    def __init__(
        self, parent: QWidget | None, session: Session, registry: Registry, things: Things,
        save: Save, *, row: ScheduleRow | None = None,
    ) -> None:  # fmt: skip
        verb = tr("Save schedule") if row else tr("Add schedule")
        title = tr("Change {schedule}", schedule=row.title) if row else verb
        super().__init__(parent, title, verb, width=WIDTH)
        self._session, self._registry, self._things = session, registry, things
        self._save, self.row = save, row
        self._zone = zone_of(things.zone)
        self._looks = Latest()
        self.title_field = QLineEdit(row.title if row else "")
        self.job, self.tournament = QComboBox(), QComboBox()
        self.when = TriggerForm(
            self.form, entry_of(row.trigger if row else None, self._zone), things)
        self.coming = label("", role="secondary", wrap=True)
        self.parameters = ParameterForm(things)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE)
        self._typing.timeout.connect(self._look_ahead)
        self._fill()
        self._lay_out()
        self.job.currentIndexChanged.connect(lambda _at: self._on_job())
        self.tournament.currentIndexChanged.connect(lambda _at: self._typing.start())
        self.when.changed.connect(self._on_time)
        self._on_job(row.params if row else None)
        self._look_ahead()
        first = self.when.first() if row is not None else self.job
        first.setFocus()
        self.resize(self.room(WIDTH, HEIGHT))

    @property
    def is_builtin(self) -> bool:
        """Tell whether the schedule is one of the code: its job and its title stay."""
        return self.row is not None and self.row.builtin

    def _fill(self) -> None:
        for box in (self.job, self.tournament):
            box.setFont(fonts.font("body"))
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for spec in sorted(self._registry, key=title_of_job):
            self.job.addItem(f"{title_of_job(spec)}   {spec.name}", spec.name)
        row = self.row
        if row is not None and self.job.findData(row.job) < 0:
            self.job.addItem(row.job, row.job)
        self.job.setCurrentIndex(max(0, self.job.findData(row.job)) if row is not None else 0)
        self.tournament.addItem(tr("Each active tournament, or the whole file"), None)
        for row_id, name in self._things.tournaments:
            self.tournament.addItem(tr("{tournament} alone", tournament=name), row_id)
        wanted = row.tournament if row is not None else self._things.tournament
        at = next((i for i in range(self.tournament.count())
                   if self.tournament.itemData(i) == wanted), 0)  # fmt: skip
        self.tournament.setCurrentIndex(at)
        self.title_field.setPlaceholderText(self.job.currentText().partition("   ")[0])

    def _lay_out(self) -> None:
        form = self.form
        if not self.is_builtin:
            self._row(("job", tr("Job"), self.job), ("title", tr("Title"), self.title_field))
            self._row(("tournament", tr("For"), self.tournament))
        self.what = label("", role="secondary", wrap=True)
        form.add_row(self.what)
        form.add_row(self.when)
        form.add_row(self.coming)
        form.add_row(self.parameters)
        inner = QWidget()
        margins = QHBoxLayout(inner)
        margins.setContentsMargins(4, 4, 12, 4)  # room for the mark of the focus
        margins.addWidget(form, 0, Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)

    def _row(self, *parts: tuple[str, str, QWidget]) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for key, title, widget in parts:
            row.addWidget(self.form.adopt(key, Field(title, widget)), 1)
        self.form.add_row(both)

    def _on_job(self, given: Mapping[str, Json] | None = None) -> None:
        name = str(self.job.currentData())
        if name not in self._registry:
            self.what.setText("")
            self.parameters.hide()
            return
        spec = self._registry.get(name)
        self.what.setText(sentence_of_job(spec))
        self.title_field.setPlaceholderText(title_of_job(spec))
        self.parameters.show_job(spec, given, by_clock=True)
        self._leave_out()
        left = {one.name for one in self.parameters.parameters} - {"tournament_id"}
        self.parameters.setVisible(bool(left))

    def _leave_out(self) -> None:
        """Ask for no tournament, and for no round where the time is around one."""
        around = self.when.entry().kind == "round"
        self.parameters.leave_out(frozenset({"tournament_id", *(["round_id"] if around else [])}))

    # The next times

    def _on_time(self) -> None:
        self._leave_out()
        self._typing.start()
        if self.touched & self.when_keys():
            self.judge(*self.when_keys())

    @staticmethod
    def when_keys() -> set[str]:
        """Return the keys of the fields of the time."""
        return {"every", "time", "expression", "at", "minutes"}

    def _look_ahead(self) -> None:
        asked = self._looks.ask()
        try:
            trigger = read_trigger(self.when.entry(), self._zone)
        except ProblemsFound:  # said at its field
            self.coming.setText(tr("The next times stand here once the time can be read."))
            return
        tournament, now = self._chosen_tournament(), self._session.workspace.clock.now()

        def read(unit: ReadUnit) -> Sequence[datetime]:
            return preview(unit, trigger, tournament, now, _COUNT)

        self._session.read(
            self, read, asked.only(self._show_ahead),
            asked.only(lambda error: self.coming.setText(sentence_of(error))))

    def _show_ahead(self, times: Sequence[datetime]) -> None:
        if not times:
            self.coming.setText(tr("As far as is known now, it will not be due again."))
            return
        self.coming.setText(tr("Next: {times}.", times=moments_in_words(times, self._zone)))

    # What is stored

    def _chosen_tournament(self) -> int | None:
        found = self.tournament.currentData()
        return found if isinstance(found, int) else None

    def problems(self) -> list[Problem]:
        """Return what is wrong with the time; the rest is judged when it is stored."""
        try:
            read_trigger(self.when.entry(), self._zone)
        except ProblemsFound as error:
            return list(error.problems)
        return []

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self.parameters.clear_problems()
        if problems := self.parameters.problems():
            self.do.setEnabled(True)
            self.parameters.show_problems(problems)
            return
        title = self.title_field.text().strip() or self.title_field.placeholderText()
        self._save(self, ScheduleValues(
            title, str(self.job.currentData()), read_trigger(self.when.entry(), self._zone),
            self.parameters.values(), self._chosen_tournament()))

    def refuse(self, error: Exception) -> None:
        """Show why it was not stored, at the fields of the schedule and of its job."""
        if not isinstance(error, (ProblemsFound, JobValidationError)) or not error.problems:
            super().refuse(error)
            return
        given = {one.name for one in self.parameters.parameters}
        theirs = [one for one in error.problems if one.where.rpartition(".")[2] in given]
        ours = [self._at_time(one) for one in error.problems if one not in theirs]
        super().refuse(ProblemsFound(ours))
        self.parameters.show_found(theirs, focus=not ours)

    def _at_time(self, problem: Problem) -> Problem:
        """Put what is wrong with the time at the field of it that is on the screen."""
        if problem.where != "trigger":
            return problem
        entry = self.when.entry()
        field = {
            "interval": "every", "date": "at", "round": "minutes",
            "cron": "time" if entry.preset else "expression",
        }[entry.kind]
        return Problem(problem.level, field, problem.code, problem.message)
