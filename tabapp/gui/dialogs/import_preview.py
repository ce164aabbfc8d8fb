"""What an import would make, to be looked at before it is stored: problems, people, rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.archive import Adjudicator, Archive
from tabapp.gui import theme
from tabapp.gui.messages import count, tr
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services.imports import Reading

MOST = 500
"""Rows of a kind that are shown: a preview, not the list."""
PROBLEMS = "problems"

_COLUMNS: dict[str, tuple[Column, ...]] = {
    PROBLEMS: (
        Column("level", "Level", Kind.BADGE), Column("where", "Where", Kind.IDENTITY),
        Column("what", "What", stretch=True),
    ),
    "teams": (
        Column("name", "Team", Kind.IDENTITY), Column("institution", "Institution", stretch=True),
        Column("speakers", "Speakers", stretch=True), Column("break", "Break"),
    ),
    "speakers": (
        Column("name", "Speaker", Kind.IDENTITY), Column("team", "Team", stretch=True),
        Column("email", "Email", stretch=True), Column("categories", "Categories"),
    ),
    "judges": (
        Column("name", "Judge", Kind.IDENTITY), Column("institution", "Institution", stretch=True),
        Column("score", "Score", Kind.NUMBER), Column("marks", "Marks"),
    ),
    "rooms": (
        Column("name", "Room", Kind.IDENTITY, stretch=True),
        Column("priority", "Priority", Kind.NUMBER), Column("categories", "Categories"),
    ),
    "rounds": (
        Column("seq", "Number", Kind.NUMBER), Column("name", "Round", Kind.IDENTITY, stretch=True),
        Column("draw", "Draw"), Column("debates", "Debates", Kind.NUMBER),
        Column("ballots", "Confirmed", Kind.NUMBER),
    ),
}
_WHAT = 2
"""Where the sentence stands among the columns of the problems."""
_TITLES = {
    PROBLEMS: "Problems", "teams": "Teams", "speakers": "Speakers", "judges": "Judges",
    "rooms": "Rooms", "rounds": "Rounds",
}
_DRAWS = {
    "random": "random", "power": "power-paired", "round-robin": "round-robin",
    "seeded": "seeded", "manual": "by hand", "elimination": "elimination",
}
_COUNTED = (
    ("institutions", "institution", "institutions"), ("teams", "team", "teams"),
    ("speakers", "speaker", "speakers"), ("adjudicators", "judge", "judges"),
    ("venues", "room", "rooms"), ("break_categories", "break category", "break categories"),
    ("speaker_categories", "speaker category", "speaker categories"),
    ("motions", "motion", "motions"), ("rounds", "round", "rounds"),
    ("debates", "debate", "debates"), ("ballots", "ballot", "ballots"),
    ("feedback", "feedback form", "feedback forms"),
)


def count_words(counts: dict[str, int]) -> str:
    """Return how many of each kind there are: "8 teams, 16 speakers"."""
    found = [count(counts[key], one, many) for key, one, many in _COUNTED if counts[key]]
    return ", ".join(one.replace(" ", "\u00a0") for one in found)  # no line ends after a number


def preview_rows(archive: Archive) -> dict[str, list[Row]]:
    """Return the first rows of each kind; their keys are where they stand in the document."""
    homes = {one.id: one.name or one.code for one in archive.institutions}
    breaks = {one.id: one.name for one in archive.break_categories}
    groups = {one.id: one.name for one in archive.speaker_categories}
    places = {one.id: one.name for one in archive.venue_categories}
    teams = {one.id: one.name for one in archive.teams}
    members: dict[str | None, list[str]] = defaultdict(list)
    for speaker in archive.speakers:
        members[speaker.team].append(speaker.name)
    return {
        "teams": _numbered(
            (one.name, homes.get(one.institution or "", ""), ", ".join(members[one.id]),
             _listed(one.break_categories, breaks))
            for one in archive.teams),
        "speakers": _numbered(
            (one.name, teams.get(one.team or "", ""), one.email, _listed(one.categories, groups))
            for one in archive.speakers),
        "judges": _numbered(
            (one.name, homes.get(one.institution or "", ""), one.base_score, _marks(one))
            for one in archive.adjudicators),
        "rooms": _numbered(
            (one.name, one.priority, _listed(one.categories, places)) for one in archive.venues),
        "rounds": _numbered(
            (one.seq, one.name, tr(_DRAWS[one.draw_type]), len(one.debates),
             sum(debate.status == "confirmed" for debate in one.debates))
            for one in archive.rounds),
    }


def _numbered(cells: Iterable[tuple[str | int | float, ...]]) -> list[Row]:
    return [Row(at, one) for at, one in enumerate(islice(cells, MOST))]


def _listed(ids: Sequence[str], names: dict[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in ids)


def _marks(judge: Adjudicator) -> str:
    marks = (
        (judge.adj_core, tr("core")), (judge.independent, tr("independent")),
        (judge.trainee, tr("trainee")), (judge.breaking, tr("breaking")),
    )
    return ", ".join(words for is_so, words in marks if is_so)


def problem_rows(problems: Sequence[Problem]) -> list[Row]:
    """Return a row for each problem, in the order given."""
    return [
        Row(at, (_level(one), one.where, one.message), group=one.level)
        for at, one in enumerate(problems)
    ]


def _level(problem: Problem) -> Cell:
    if problem.level == "error":
        return Cell(tr("Error"), icon="octagon-x", tone="problem")
    return Cell(tr("Warning"), icon="triangle-alert", tone="attention")


class Preview(QWidget):
    """Small tables, one at a time, with a filter over them."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: tuple[Problem, ...] = ()
        self._totals: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.UNIT)
        self.segments = self._make_segments()
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.filter.textChanged.connect(self._filter)
        self.filter.left_downwards.connect(self._enter_table)
        self.copy = Button(tr("Copy"), role=Role.NORMAL, icon="copy")
        self.copy.setToolTip(tr("Copy the rows of this table"))
        self.copy.clicked.connect(self._copy)
        self._head.addWidget(self.segments)
        self._head.addStretch(1)
        for part in (self.filter, self.copy):
            self._head.addWidget(part)
        column.addLayout(self._head)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self.tables: dict[str, TableView] = {}
        self._cards: dict[str, TableCard] = {}
        for key in _COLUMNS:
            self._add_table(key)
        self.detail = label("", wrap=True)
        self._below = QStackedLayout()
        self._below.addWidget(KeyHints([
            (("F8",), tr("next problem")), (("/",), tr("filter")),
            (("Ctrl", "C"), tr("copy the rows")), (("F5",), tr("read again")),
            (("Esc",), tr("close")),
        ]))
        self._below.addWidget(self.detail)
        column.addLayout(self._below)
        problems = self.tables[PROBLEMS]
        problems.chosen.connect(lambda _key: self._say())
        problems.horizontalHeader().sectionResized.connect(lambda *_sizes: self._say())

    def _add_table(self, key: str) -> None:
        columns = tuple(
            Column(one.key, tr(one.title), one.kind, stretch=one.stretch)
            for one in _COLUMNS[key])
        model = TableModel(columns)
        table = TableView(model, tr(_TITLES[key]))
        model.setParent(table)
        self.tables[key] = table
        self._cards[key] = TableCard(table)
        self._stack.addWidget(self._cards[key])

    def _make_segments(self, problems: int = 0) -> Segments:
        titles = {key: tr(title) for key, title in _TITLES.items()}
        if problems:
            titles[PROBLEMS] = tr("Problems: {n}", n=problems)
        made = Segments(tr("What is shown"), list(titles.items()))
        made.chosen.connect(self.show_table)
        return made

    @property
    def table(self) -> TableView:
        """Return the table that is shown."""
        return self.tables[self.segments.key]

    def _enter_table(self) -> None:
        self.table.setFocus()

    # What it shows

    def show_reading(self, reading: Reading) -> None:
        """Show what was read: the problems first if there are any."""
        self.problems = reading.problems
        rows = preview_rows(reading.archive) if reading.archive is not None else {}
        rows[PROBLEMS] = problem_rows(reading.problems)
        archive = reading.archive
        if archive is not None:
            self._totals = {
                "teams": len(archive.teams), "speakers": len(archive.speakers),
                "judges": len(archive.adjudicators), "rooms": len(archive.venues),
                "rounds": len(archive.rounds),
            }
        old, self.segments = self.segments, self._make_segments(len(reading.problems))
        self._head.replaceWidget(old, self.segments)
        old.hide()
        old.deleteLater()
        QWidget.setTabOrder(self.segments, self.filter)
        self.filter.clear()
        for key, table in self.tables.items():
            table.rows.set_rows(rows.get(key, []))
            if table.rows.shown:
                table.go_to(0)
        self.show_table(PROBLEMS if reading.problems else "teams")

    def show_table(self, key: str) -> None:
        """Show one of the tables."""
        self.segments.choose(key)
        self._stack.setCurrentWidget(self._cards[key])
        self._filter(self.filter.text())
        self._say()

    def _filter(self, words: str) -> None:
        model = self.table.rows
        model.filter_by(words)
        card, total = self._cards[self.segments.key], len(model.all_rows)
        if model.shown:
            card.show_empty(None)
        elif total:
            card.show_empty(EmptyState(
                tr('Nothing matches "{words}".', words=words),
                tr("Clear the filter to see {n} rows.", n=total)))
        elif self.segments.key == PROBLEMS:
            card.show_empty(EmptyState(tr("No problems"), tr("All of it can be stored.")))
        else:
            card.show_empty(EmptyState(tr("None in what was read")))

    def _say(self) -> None:
        """Say below the table what a row has no room for."""
        key, total = self.segments.key, self._totals.get(self.segments.key, 0)
        words, state = "", ""
        at = self.table.current_key()
        if key == PROBLEMS and isinstance(at, int) and at < len(self.problems):
            words = self.table.tip_at(self.table.currentIndex().siblingAtColumn(_WHAT))
            state = "problem" if self.problems[at].level == "error" else "attention"
        elif key != PROBLEMS and total > MOST:
            words = tr("The first {n} of {total}.", n=MOST, total=total)
        self._below.setCurrentIndex(1 if words else 0)
        self.detail.setText(words)
        theme.mark(self.detail, state=state)

    # Keys

    def next_problem(self) -> bool:
        """Go to the next problem, after the last to the first; False where there is none."""
        table = self.tables[PROBLEMS]
        if not self.problems:
            return False
        if self.segments.key != PROBLEMS:
            self.show_table(PROBLEMS)
        if not table.rows.shown:
            self.filter.clear()
        shown = table.rows.shown
        at = table.currentIndex().row()
        if at < 0 or table.hasFocus():
            at = (at + 1) % len(shown)
        table.go_to(shown[at].key)
        table.setFocus()
        return True

    def _copy(self) -> None:
        """Copy all that the table shows, whatever is selected."""
        self.table.clearSelection()
        QGuiApplication.clipboard().setText(self.table.copy_text())


