"""Sides allocated before the draw: a grid of teams and rounds, planned at once or one by one."""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tabapp.core.errors import TabappError
from tabapp.domain.types import TWO_SIDES, Side
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.names import MINUS
from tabapp.gui.pages.rounds.sides_paste import PasteDialog
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.services import side_plan
from tabapp.services.side_plan import PlannedRound, PlannedTeam, SidePlan, Sides, read_plan

_SIZE = (1080, 640)
_SEEDS = 10**6
_TEAM_COLUMNS = 1
_NARROW, _WIDE = 64, 80
"""Widths of the column of a round, wider below the name of its kind."""
_CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


def open_sides(owner: QObject, parent: QWidget, session: Session) -> None:
    """Read the sides of the tournament and open the grid; say why not where there are none."""
    tournament = session.tournament
    session.read(
        owner, lambda unit: read_plan(unit, tournament),
        lambda plan: SidesDialog(parent, session, plan).open())


class SideTable(TableView):
    """A table in which Space turns the side of every selected row, and letters set it."""

    turned = Signal(int)
    """Of this column, the sides of the selected rows are to be turned."""
    given = Signal(int, object)
    """In this column, the selected rows get this side, or None."""

    def __init__(self, model: TableModel, name: str, letters: tuple[str, str]) -> None:
        super().__init__(model, name)
        self._letters = dict(zip(letters, TWO_SIDES, strict=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set sides in the columns of the rounds; the rest is as in every table."""
        column = self.currentIndex().column()
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        side = self._letters.get(event.text().lower())
        if column < _TEAM_COLUMNS or held:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turned.emit(column)
        elif side is not None or event.key() in _CLEAR:
            self.given.emit(column, side)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Turn the side below the pointer."""
        self.turned.emit(self.indexAt(event.position().toPoint()).column())


class SidesDialog(Dialog):
    """Shows what the sides would be; all that was changed is stored as one action."""

    def __init__(self, parent: QWidget, session: Session, plan: SidePlan) -> None:
        super().__init__(parent, tr("Sides"), tr("Save the sides"), width=_SIZE[0])
        self.session, self.plan = session, plan
        self.wanted: Sides = {round_id: dict(sides) for round_id, sides in plan.sides.items()}
        self._teams = {team.id: team for team in plan.teams}
        self._banner: Banner | None = None
        self.filter = SearchField(tr("Filter teams"))
        self.rounds = QComboBox()
        self.make = Button(tr("Plan the sides"), icon="dices")
        self.clear = Button(tr("Clear"))
        self.paste = Button(tr("Paste…"))
        self.model = TableModel(_columns(plan), self)
        letters = plan.side_names[0][0].lower(), plan.side_names[1][0].lower()
        self.table = SideTable(self.model, tr("Sides of the teams"), letters)
        self.totals = label("", role="secondary", wrap=True)
        self.balance = label("", role="secondary")
        self._lay_out(letters)
        self._connect()
        self.resize(self.room(*_SIZE))
        self._show()
        self._go_to_first()

    def _lay_out(self, letters: tuple[str, str]) -> None:
        self.rounds.setAccessibleName(tr("Rounds to plan or to clear"))
        self.rounds.setFixedHeight(Height.CONTROL)
        left = [one for one in self.plan.rounds if not one.drawn]
        self.rounds.addItem(
            tr("All that are not drawn ({n})", n=len(left)) if left else tr("No round is left"))
        for one in left:
            self.rounds.addItem(tr("Only {round}", round=one.title), one.id)
        tools = QHBoxLayout()
        tools.setSpacing(Space.UNIT)
        tools.addWidget(self.filter)
        tools.addStretch(1)
        for part in (self.rounds, self.make, self.clear, self.paste):
            tools.addWidget(part)
        self.body.setSpacing(Space.UNIT)
        self.body.addLayout(tools)
        self.body.addWidget(TableCard(self.table), 1)
        below = QHBoxLayout()
        below.setSpacing(Space.GAP)
        below.addWidget(self.totals, 1)
        below.addWidget(self.balance)
        self.body.addLayout(below)
        first, second = (one.upper() for one in letters)
        self.body.addWidget(KeyHints([
            (("←", "→"), tr("round")), (("Space",), tr("the other side")),
            ((first,), self.plan.side_names[0]), ((second,), self.plan.side_names[1]),
            (("Del",), tr("no side")), (("Ctrl", "A"), tr("select all"))]))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.model.filter_by)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.table.turned.connect(self._turn)
        self.table.given.connect(self._give)
        self.make.clicked.connect(self._plan)
        self.clear.clicked.connect(self._clear)
        self.paste.clicked.connect(self._paste)
        for one in (self.make, self.clear, self.paste):
            one.setEnabled(bool(self.plan.left and self.plan.teams))

    def _go_to_first(self) -> None:
        """Put the cursor into the first round that can be changed."""
        at = next((at for at, one in enumerate(self.plan.rounds) if not one.drawn), 0)
        if self.plan.teams and self.plan.rounds:
            self.table.setCurrentIndex(self.model.index(0, _TEAM_COLUMNS + at))
        self.table.setFocus()

    # What is shown

    def _show(self) -> None:
        self.model.set_rows([self._row(team) for team in self.plan.teams])
        self._show_sums()

    def _row(self, team: PlannedTeam) -> Row:
        names = dict(zip(TWO_SIDES, self.plan.side_names, strict=True))
        cells: list[Value] = [team.name]
        for one in self.plan.rounds:
            side = self.wanted.get(one.id, {}).get(team.id)
            cells.append(names[side] if side is not None else "")
        lean = self.plan.lean(self.wanted, team.id)
        cells += [_lean(one) for one in (lean.whole, *lean.kinds.values())]
        return Row(team.id, tuple(cells))

    def _show_sums(self) -> None:
        said = []
        for one in self.plan.rounds:
            affs, negs, without = self.plan.totals(self.wanted, one.id)
            words = tr("R{seq} {affs}:{negs}", seq=one.seq, affs=affs, negs=negs)
            if without:
                words = tr("{words}, {n} without", words=words, n=without)
            said.append(words if affs + negs else tr("R{seq} none", seq=one.seq))
        self.totals.setText("   ".join(said))
        leans = [self.plan.lean(self.wanted, team.id) for team in self.plan.teams]
        uneven = sum(not one.is_even for one in leans)
        self.balance.setText(
            tr("{teams} not balanced", teams=count(uneven, "team", "teams")) if uneven
            else tr("Every team is balanced"))
        self.do.setEnabled(bool(self._changed()))

    def _changed(self) -> Sides:
        return {
            round_id: self.wanted.get(round_id, {}) for round_id in self.plan.left
            if self.wanted.get(round_id, {}) != self.plan.sides.get(round_id, {})}

    # Changes

    def _round(self, column: int) -> PlannedRound | None:
        """Return the round of a column if its sides can be changed; say why not."""
        at = column - _TEAM_COLUMNS
        found = self.plan.rounds[at] if 0 <= at < len(self.plan.rounds) else None
        if found is not None and found.drawn:
            self._say(tr("{round} is drawn, so its sides stay as they are.", round=found.title),
                      "attention")
            return None
        return found

    def _turn(self, column: int) -> None:
        found = self._round(column)
        if found is not None:
            now = self.wanted.setdefault(found.id, {})
            for team in self._selected():
                now[team] = Side.NEG if now.get(team) is Side.AFF else Side.AFF
            self._refresh(self._selected())

    def _give(self, column: int, side: Side | None) -> None:
        found = self._round(column)
        if found is None:
            return
        now = self.wanted.setdefault(found.id, {})
        for team in self._selected():
            if side is None:
                now.pop(team, None)
            else:
                now[team] = side
        self._refresh(self._selected())

    def _selected(self) -> list[str]:
        keys: list[Hashable] = [self.model.shown[at].key for at in self.table.selected_rows()]
        return [one for one in keys or [self.table.current_key()] if isinstance(one, str)]

    def _refresh(self, teams: Iterable[str]) -> None:
        self._say("")
        self.model.change_rows([self._row(self._teams[one]) for one in teams])
        self._show_sums()

    def _chosen(self) -> tuple[int, ...]:
        found = self.rounds.currentData()
        return (found,) if isinstance(found, int) else self.plan.left

    def _plan(self) -> None:
        """Show new sides for the rounds that are chosen, by fresh lots; nothing is stored yet."""
        try:
            found = side_plan.proposed(
                self.plan, self.wanted, self._chosen(), secrets.randbelow(_SEEDS))
        except TabappError as error:
            self._say(sentence_of(error), "problem")
            return
        self.wanted |= found
        self._refresh(self._teams)

    def _clear(self) -> None:
        for round_id in self._chosen():
            self.wanted[round_id] = {}
        self._refresh(self._teams)

    def _paste(self) -> None:
        """Open the field for lines of the round with the cursor, or the first that is left."""
        at = self.table.currentIndex().column() - _TEAM_COLUMNS
        here = self.plan.rounds[at] if 0 <= at < len(self.plan.rounds) else None
        if here is None or here.drawn:
            here = next(one for one in self.plan.rounds if not one.drawn)
        round_id = here.id

        def take(sides: dict[str, Side]) -> None:
            self.wanted[round_id] = {**self.wanted.get(round_id, {}), **sides}
            self._refresh(self._teams)

        PasteDialog(self, self.plan, here, take).open()

    def act(self) -> None:
        """Store the rounds that changed."""
        changed = self._changed()
        if not changed:
            return
        owner = self.session.tournament
        titles = ", ".join(one.title for one in self.plan.rounds if one.id in changed)
        self.do.setEnabled(False)
        self.session.write(
            self, "set the sides of", lambda unit: side_plan.store_sides(unit, owner, changed),
            subject=titles, done=self._on_stored, failed=self._on_refused)

    def _on_stored(self, changes: int) -> None:
        self.session.tell_undoable(tr("{sides} stored.", sides=count(changes, "side", "sides")))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.do.setEnabled(True)
        self._say(sentence_of(error), "problem")

    def _say(self, sentence: str, tone: str = "") -> None:
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if sentence:
            self._banner = Banner(sentence, tone=tone)
            self.body.insertWidget(0, self._banner)


def _columns(plan: SidePlan) -> list[Column]:
    columns = [Column("team", tr("Team"), Kind.IDENTITY, stretch=True)]
    for one in plan.rounds:
        told = [one.title, *([one.kind] if one.kind else []), *([tr("drawn")] if one.drawn else [])]
        columns.append(Column(
            str(one.id), f"R{one.seq}", Kind.SIDE, _WIDE if one.kind else _NARROW, band=one.kind,
            tip=", ".join(told)))
    balance, tip = tr("Balance"), " ".join((plan.side_names[0], MINUS, plan.side_names[1]))
    kinds = dict.fromkeys(one.kind for one in plan.rounds if one.kind)
    columns.append(Column("all", tr("all"), Kind.NUMBER, 56, band=balance, strong=True, tip=tip))
    columns += [Column(f"in {one}", one, Kind.NUMBER, None, band=balance, tip=tip) for one in kinds]
    return columns


def _lean(lean: int) -> Cell:
    words = f"+{lean}" if lean > 0 else f"{MINUS}{-lean}" if lean else "0"
    return Cell(words, sort=lean, tone="attention" if abs(lean) > 1 else "")
