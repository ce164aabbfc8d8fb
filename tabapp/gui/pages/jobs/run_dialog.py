"""Run a job by hand: any that the program has, found by typing, with a form of its signature."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.parameter_form import ParameterForm, Things, read_things
from tabapp.gui.pages.jobs.parameters import sentence_of_job, title_of_job
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name, label
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec
from tabapp.store.unit import ReadUnit

WIDTH, HEIGHT = 980, 580
_LIST = 420
_COLUMNS = (
    Column("group", "Kind", Kind.VERDICT, width=84, once_per_group=True),
    Column("job", "Job", Kind.IDENTITY, stretch=True),
    Column("name", "Name", Kind.VERDICT, stretch=True),
)
_LABELS = {
    "draw": "Draws", "results": "Results", "people": "People", "timeline": "Ballots",
    "maintenance": "Upkeep", "recovery": "Recovery", "exchange": "Files", "sync": "Servers",
}


@dataclass(frozen=True, slots=True)
class RunView:
    """What the dialog is made of: the jobs as rows, grouped, and what parameters may name."""

    registry: Registry
    rows: tuple[Row, ...]
    things: Things


def read_run_view(
    unit: ReadUnit, registry: Registry, tournament: int, round_id: int | None
) -> RunView:
    """Read what there is to run and what with; builds the forms' schemas, so not for the window."""
    for spec in registry:
        spec.parameters.schema()
    return RunView(registry, job_rows(registry), read_things(unit, tournament, round_id))


def job_rows(specs: Iterable[AnySpec]) -> tuple[Row, ...]:
    """Return the jobs by title beside the words of their first labels; the rest comes last."""
    groups: dict[str, list[AnySpec]] = {}
    for spec in specs:
        known = next((one for one in spec.labels if one in _LABELS), "")
        groups.setdefault(known, []).append(spec)
    rows: list[Row] = []
    for heading in [*(one for one in _LABELS if one in groups), *([""] if "" in groups else [])]:
        words = tr(_LABELS[heading]) if heading else tr("Other")
        rows += [
            Row(spec.name, (
                words, Cell(title_of_job(spec), tip=sentence_of_job(spec)), spec.name),
                group=heading)
            for spec in sorted(groups[heading], key=title_of_job)]
    return tuple(rows)


class RunJobDialog(Dialog):
    """The jobs at the left, the chosen one with its form at the right; Ctrl+Enter runs it."""

    started = Signal(object)
    """The handle of the run."""

    def __init__(self, parent: QWidget | None, session: Session, view: RunView) -> None:
        super().__init__(parent, tr("Run a job"), tr("Run"), width=WIDTH)
        self.resize(self.room(WIDTH, HEIGHT))
        self._session, self._view = session, view
        self.spec: AnySpec | None = None
        self.filter = SearchField(tr("Find a job"))
        self.model = TableModel(_COLUMNS)
        self.table = TableView(self.model, tr("Jobs"))
        self.table.horizontalHeader().hide()
        self.card = TableCard(self.table)
        self.title = Name("", "card")
        self.sentence = label("", wrap=True)
        self.facts = label("", "small", role="secondary", wrap=True)
        self.form = ParameterForm(view.things)
        both = QHBoxLayout()
        both.setSpacing(Space.MARGIN)
        left = QVBoxLayout()
        left.setSpacing(Space.UNIT)
        left.addWidget(self.filter)
        left.addWidget(self.card, 1)
        both.addLayout(left)
        self.filter.setFixedWidth(_LIST)
        self.card.setFixedWidth(_LIST)
        both.addLayout(self._right(), 1)
        self.body.addLayout(both, 1)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _key: self._enter_form())
        self.filter.textChanged.connect(self._on_filter)
        self.filter.returnPressed.connect(self._enter_form)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.model.set_rows(view.rows)
        self._choose_first()
        self.filter.setFocus()

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(Space.UNIT)
        for part in (self.title, self.sentence, self.facts):
            right.addWidget(part)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 12, 4)  # room for the mark of the focus
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        right.addWidget(scroll, 1)
        return right

    # The list

    def _on_filter(self, words: str) -> None:
        self.model.filter_by(words)
        if self.model.shown:
            self.card.show_empty(None)
            self._choose_first()
        else:
            self.card.show_empty(EmptyState(
                tr('No job matches "{words}".', words=words), tr("Esc clears the filter.")))

    def _choose_first(self) -> None:
        if self.model.shown:
            self.table.go_to(self.model.shown[0].key)

    def _on_chosen(self, key: object) -> None:
        if not isinstance(key, str) or (self.spec is not None and self.spec.name == key):
            return
        spec = self.spec = self._view.registry.get(key)
        self.title.set_text(title_of_job(spec))
        self.sentence.setText(sentence_of_job(spec))
        self.facts.setText(facts_of(spec))
        self.form.show_job(spec)
        self.do.setEnabled(True)

    def _enter_form(self) -> None:
        first = next(iter(self.form.fields.values()), None)
        (first.field if first is not None else self.do).setFocus(Qt.FocusReason.TabFocusReason)

    # Running

    def act(self) -> None:
        """Queue it, or show all that is wrong at its fields."""
        if self.spec is None:
            return
        if problems := self.form.problems():
            self.form.show_problems(problems)
            return
        self.do.setEnabled(False)
        self.form.clear_problems()
        title, session = title_of_job(self.spec), self._session

        def done(_result: object) -> None:
            session.tell(tr("{title} is done.", title=title), "done")

        session.submit_text(
            self, self.spec.name, self.form.values(), started=self._on_started,
            refused=self._on_refused, done=done)

    def _on_started(self, handle: JobHandle) -> None:
        self.started.emit(handle)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.do.setEnabled(True)
        if isinstance(error, (JobValidationError, ProblemsFound)) and error.problems:
            self.form.show_found(error.problems)
        else:
            self.form.show_error(error)


def facts_of(spec: AnySpec) -> str:
    """Return what a person may want to know before a job runs: its name, its lock, its limit."""
    locks = {
        "tournament": tr("alone in its tournament"), "database": tr("alone in the file"),
        "none": "",
    }
    limit = tr("stops after {n} s", n=f"{spec.timeout:g}") if spec.timeout else ""
    rate = tr("at most {rate}", rate=spec.rate) if spec.rate else ""
    return " · ".join(filter(None, (spec.name, locks[spec.lock], rate, limit)))
