"""What a draw made now would leave out: rooms without a result, and the brackets they move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.domain.draw.settled import BracketState
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.rows import points_text
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.painted import label
from tabapp.services.draw_guard import DrawGuard, MissingResult, State, read_guard
from tabapp.services.draw_sheet import DrawSheet
from tabapp.store.unit import ReadUnit

COLUMNS = (
    Column("round", "Round", width=120), Column("room", "Room", Kind.IDENTITY),
    Column("teams", "Teams", stretch=True), Column("state", "Ballot", Kind.BADGE),
)
_STATES: dict[State, Cell] = {
    "entered": Cell("Entered, not confirmed", sort=0, tone="accent"),
    "out": Cell("Out", sort=1, tone="attention"),
    "postponed": Cell("Postponed", sort=2),
}


def guard_of(unit: ReadUnit, sheet: DrawSheet) -> DrawGuard | None:
    """Read what stands between a round and its draw; None where that is drawn, or a break is."""
    if sheet.rooms or sheet.is_elimination:
        return None
    return read_guard(unit, sheet.round.id)


def missing_words(guard: DrawGuard) -> str:
    """Say how many rooms a draw would leave out now, and how their ballots stand."""
    entered, all_ = guard.entered, len(guard.missing)
    waiting = sum(one.state == "postponed" for one in guard.missing)
    parts = [
        words for n, words in (
            (entered, tr("{n} entered and not confirmed", n=entered)),
            (all_ - entered - waiting, tr("{n} out", n=all_ - entered - waiting)),
            (waiting, tr("{n} postponed", n=waiting))) if n]
    return tr(
        "A draw made now leaves out {rooms}: {parts}.", rooms=count(all_, "room", "rooms"),
        parts=", ".join(parts))


def bracket_words(guard: DrawGuard) -> str:
    """Say which brackets can no longer change, and which wait for how many ballots."""
    if not guard.missing or not guard.brackets:
        return ""
    if not guard.settled:
        return tr("Every bracket can still change.")
    if guard.settled == len(guard.brackets):
        return tr("No bracket can change any more.")
    runs = _runs(guard.brackets)
    settled = [_name(run) for run in runs if run[0].settled]
    waiting = [run for run in runs if not run[0].settled]
    if guard.settled == 1:
        words = tr("The bracket of {points} can no longer change", points=settled[0])
    else:
        words = tr("Brackets of {points} can no longer change", points=_listed(settled))
    facts = {"words": words, "ballots": count(len(guard.missing), "ballot", "ballots")}
    if len(guard.brackets) - guard.settled == 1:
        return tr("{words}; {points} waits for {ballots}.", points=_name(waiting[0]), **facts)
    if len(waiting) == 1 and not guard.brackets[-1].settled:
        top = points_text(waiting[0][0].top)
        return tr("{words}; {points} and below wait for {ballots}.", points=top, **facts)
    points = _listed([_name(run) for run in waiting])
    return tr("{words}; {points} wait for {ballots}.", points=points, **facts)


def _runs(brackets: Sequence[BracketState]) -> list[list[BracketState]]:
    """Put neighbours together that are all settled, or all open."""
    return [list(run) for _settled, run in groupby(brackets, lambda one: one.settled)]


def _name(run: Sequence[BracketState]) -> str:
    if len(run) == 1:
        return points_text(run[0].top)
    return tr(
        "{top} to {bottom}", top=points_text(run[0].top), bottom=points_text(run[-1].top))


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return tr("{first} and {last}", first=", ".join(words[:-1]), last=words[-1])


def guard_row(one: MissingResult) -> Row:
    """Return the row of a room without a result."""
    state = _STATES[one.state]
    return Row(one.debate_id, (
        one.round_title, one.room, ", ".join(one.teams),
        Cell(tr(state.text), sort=state.sort, tone=state.tone)))


class Guard(QWidget):
    """The list of what a draw would leave out; Enter goes to the ballot of a room."""

    opened = Signal(object)
    """A ``MissingResult``."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: dict[int, MissingResult] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.GAP, 0, 0)
        column.setSpacing(Space.UNIT)
        self.sentence = label("", "identity", wrap=True)
        self.brackets = label("", role="secondary", wrap=True)
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("Rooms without a result"))
        self.table.opened.connect(self._on_opened)
        column.addWidget(self.sentence)
        column.addWidget(self.brackets)
        column.addWidget(TableCard(self.table), 1)
        self.hide()

    def show_guard(self, guard: DrawGuard | None) -> None:
        """Show what is missing now; nothing is shown where nothing is."""
        missing = guard.missing if guard is not None else ()
        self.missing = {one.debate_id: one for one in missing}
        self.model.set_rows([guard_row(one) for one in missing])
        if guard is not None and missing:
            self.sentence.setText(missing_words(guard))
            said = bracket_words(guard)
            self.brackets.setText(said)
            self.brackets.setVisible(bool(said))
        self.setVisible(bool(missing))

    def _on_opened(self, key: object) -> None:
        if isinstance(key, int) and key in self.missing:
            self.opened.emit(self.missing[key])
