"""The judges who break: score and work of each, where a cut would be, and the flag itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, tr
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.services import judge_breaks
from tabapp.services.judge_breaks import JudgeBreak, JudgeLine
from tabapp.store.unit import ReadUnit

CUT = "the cut"
"""Key of the row that is the suggested cut."""
_PER_ROOM = 3
_MOST_NAMED = 8
"""Names in the sentence above the table; each row says it too."""


def _columns() -> tuple[Column, ...]:
    return (
        Column("rank", tr("#"), Kind.NUMBER, tip=tr("Rank by score")),
        Column("judge", tr("Judge"), Kind.IDENTITY, stretch=True, least=140),
        Column("score", tr("Score"), Kind.NUMBER, strong=True, decimals=2),
        Column("judged", tr("Rounds"), Kind.NUMBER, tip=tr("Rounds judged with a vote")),
        Column("chaired", tr("Chaired"), Kind.NUMBER),
        Column("trained", tr("Trainee"), Kind.NUMBER, tip=tr("Rounds without a vote")),
        Column("feedback", tr("Feedback"), Kind.NUMBER, tip=tr("Feedback sheets counted")),
        Column("breaking", tr("Break"), Kind.BADGE),
        Column("because", tr("Because"), Kind.VERDICT, stretch=True, least=120),
    )


class _JudgeTable(TableView):
    """A table in which Space turns the flag of the judge with the cursor."""

    toggled = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the flag by Space, unless a name is being typed."""
        if event.key() == Qt.Key.Key_Space and not self._is_typing():
            if self.current_key() is not None:
                self.toggled.emit(self.current_key())
        else:
            super().keyPressEvent(event)


class JudgesPane(QWidget):
    """All judges by score. Space lets one break or not; the best of some number break at once."""

    changed = Signal()
    """Other judges are shown, or the cursor is on another one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.data = JudgeBreak(())
        self._readings = Latest()
        self._is_chosen = False
        self.count = QSpinBox()
        self.count.setRange(0, 999)
        self.count.setFixedHeight(Height.CONTROL)
        self.count.setAccessibleName(tr("How many judges break"))
        self.count.valueChanged.connect(self._on_count)
        self.told = label("", role="secondary", wrap=True)
        self.model = TableModel(_columns(), self)
        self.table = _JudgeTable(self.model, tr("Judges who break"))
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(self._toggle)
        self.table.chosen.connect(lambda _key: self.changed.emit())
        self.card = TableCard(self.table)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.UNIT)
        self._row.addWidget(label(tr("Cut after the best"), "control"))
        self._row.addWidget(self.count)
        self._row.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addLayout(self._row)
        column.addWidget(self.card, 1)
        self.setFocusProxy(self.table)

    def lay_button(self, button: Button) -> None:
        """Put the button that takes the suggestion into the line above the table."""
        self._row.addWidget(button)

    # Data

    def suggest(self, teams: int, sides: int) -> None:
        """Begin with the cut that fills the first rooms of a break of so many teams."""
        if not self._is_chosen and not self.count.value():
            self.count.blockSignals(True)
            self.count.setValue(_PER_ROOM * -(-teams // max(2, sides)))
            self.count.blockSignals(False)

    def _on_count(self) -> None:
        self._is_chosen = True
        self.look()

    def look(self) -> None:
        """Read the judges anew."""
        tournament, wanted = self._session.tournament, self.count.value()

        def query(unit: ReadUnit) -> JudgeBreak:
            return judge_breaks.read_judges(unit, tournament, wanted)

        self._session.read(self, query, self._readings.ask().only(self._show))

    def _show(self, data: JudgeBreak) -> None:
        self.data = data
        self.model.set_rows(_rows(data))
        self.card.show_empty(None if data.lines else EmptyState(
            tr("No judges."), tr("Import a list or paste one from a spreadsheet in People.")))
        if self.table.current_key() is None and self.model.shown:
            self.table.go_to(self.model.shown[0].key)
        self.told.setText(self._words())
        self.changed.emit()

    def _words(self) -> str:
        data = self.data
        words = tr("{judges} break.", judges=count(len(data.breaking), "judge", "judges"))
        if data.level:
            names = [one.name for one in data.lines if one.judge in data.level]
            more = len(names) - _MOST_NAMED
            return tr(
                "{words} {n} have equal scores and share {places}: {names}. Space chooses.",
                words=words, n=len(data.level), places=count(data.places, "place", "places"),
                names=", ".join(names[:_MOST_NAMED]) + (
                    tr(" and {n} more", n=more) if more > 0 else ""))
        return words

    # What is done

    def why_not_toggle(self) -> str:
        """Return why the flag of no judge can be turned."""
        return "" if self._line(self.table.current_key()) else tr("Choose a judge first.")

    def toggle(self) -> None:
        """Turn the flag of the judge with the cursor."""
        self._toggle(self.table.current_key())

    def _line(self, key: object) -> JudgeLine | None:
        return next((one for one in self.data.lines if one.judge == key), None)

    def _toggle(self, key: object) -> None:
        line, tournament = self._line(key), self._session.tournament
        if line is None:
            return
        breaking = not line.breaking
        self._session.write(
            self, "let break" if breaking else "take out of the break of judges",
            lambda unit: judge_breaks.set_breaking(
                unit, tournament, [line.judge], breaking=breaking),
            subject=line.name)

    def why_not_best(self) -> str:
        """Return why the suggestion cannot be taken."""
        if not self.data.lines:
            return tr("There are no judges.")
        if self.data.level:
            return tr("Equal scores at the cut: choose among them by Space, or another number.")
        if {one.judge for one in self.data.breaking} == {*self.data.suggested}:
            return tr("These judges break already.")
        return ""

    def take_best(self, done: Callable[[str], None]) -> None:
        """Let the best judges break and nobody else."""
        tournament, wanted = self._session.tournament, self.count.value()
        self._session.write(
            self, "choose the judges who break",
            lambda unit: judge_breaks.break_best(unit, tournament, wanted),
            done=lambda _changed: done(tr(
                "The best {judges} break.", judges=count(wanted, "judge", "judges"))))


def _rows(data: JudgeBreak) -> list[Row]:
    found = [_row(one, data) for one in data.lines]
    inside = [
        place for place, one in enumerate(data.lines)
        if one.judge in data.suggested or one.judge in data.level]
    if inside:
        clear = len(data.suggested)
        words = tr("suggested cut: {n} judges", n=clear)
        if data.level:
            words = tr("suggested cut: {n} judges, and {places} of {level} with equal scores",
                       n=clear, places=data.places, level=len(data.level))
        found.insert(inside[-1] + 1, Row(CUT, line=words))
    return found


def _row(one: JudgeLine, data: JudgeBreak) -> Row:
    badge = Cell(tr("Breaks"), tone="accent", icon="check") if one.breaking else None
    return Row(one.judge, (
        one.rank, one.name, one.score, one.judged, one.chaired, one.trained, one.feedback_count,
        badge, Cell(_because(one, data)),
    ), dim=not one.can_break)


def _because(one: JudgeLine, data: JudgeBreak) -> str:
    if not one.can_break:
        return tr("withdrawn, or always a trainee")
    if one.judge in data.level:
        return tr("equal scores at the cut")
    suggested = one.judge in data.suggested
    if one.breaking and not suggested:
        return tr("by hand, below the cut")
    if suggested and not one.breaking:
        return tr("above the cut")
    return ""
