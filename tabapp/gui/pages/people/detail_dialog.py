"""One team, one judge: people, conflicts, and every round so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.people.lists import end_words
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.people_details import JudgeDetail, TeamDetail
from tabapp.store.people_conflicts import ConflictRow

_SIZE = QSize(1120, 560)
_SIDE = 272
_MOST = 8
"""Lines of a card; the rest is counted."""


class DetailDialog(Dialog):
    """Cards at the left, rounds at the right. It changes nothing itself: it asks for that."""

    edit_wanted = Signal()
    withdraw_wanted = Signal()
    conflict_wanted = Signal()

    def __init__(self, parent: QWidget, name: str, facts: Sequence[str], withdrawn: bool) -> None:
        super().__init__(parent, name, tr("Edit…"), width=640)
        self.cancel.set_words(tr("Close"))
        self.body.addWidget(label(" · ".join(filter(None, facts)), role="secondary", wrap=True))
        middle = QHBoxLayout()
        middle.setSpacing(Space.GAP)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        left = QWidget()
        left.setFixedWidth(_SIDE)
        left.setLayout(self.cards)
        self.cards.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(left)
        self.right = QVBoxLayout()
        middle.addLayout(self.right, 1)
        self.body.addLayout(middle, 1)
        words = tr("Bring back") if withdrawn else tr("Withdraw")
        self.withdraw = Button(words, keys=("F9",))
        self.withdraw.clicked.connect(self._on_withdraw)
        self.conflict = Button(tr("Add conflict…"))
        self.conflict.clicked.connect(self._on_conflict)
        for at, button in enumerate((self.withdraw, self.conflict)):
            self.buttons.insertWidget(at, button)
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(40, 40)))

    def act(self) -> None:
        """Go on to the fields."""
        self.accept()
        self.edit_wanted.emit()

    def _on_withdraw(self) -> None:
        self.accept()
        self.withdraw_wanted.emit()

    def _on_conflict(self) -> None:
        self.accept()
        self.conflict_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take F4 and F9 as on the page."""
        if event.key() == Qt.Key.Key_F4:
            self.act()
        elif event.key() == Qt.Key.Key_F9:
            self._on_withdraw()
        else:
            super().keyPressEvent(event)

    def add_card(self, title: str, lines: Sequence[tuple[str, str]], nothing: str) -> None:
        """Add a card of lines, each with a small remark."""
        card = Card(title, padding=Space.GAP)
        for words, remark in lines[:_MOST]:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(Name(words))
            if remark:
                pair.addWidget(Name(remark, "small", "text3"))
            card.body.addLayout(pair)
        if len(lines) > _MOST:
            more = tr("and {n} more", n=len(lines) - _MOST)
            card.body.addWidget(label(more, "small", role="hint"))
        if not lines:
            card.body.addWidget(label(nothing, "small", role="hint", wrap=True))
        self.cards.addWidget(card)

    def add_rounds(self, title: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Add the table of rounds, or say that there is none."""
        self.cards.addStretch(1)
        model = TableModel(columns, self)
        model.set_rows(rows)
        table = TableView(model, title)
        card = TableCard(table)
        self.right.addWidget(card, 1)
        if rows:
            table.go_to(rows[0].key)
            table.setFocus()
        else:
            card.show_empty(EmptyState(tr("Not drawn yet.")))
            self.do.setFocus()


def _clashes(conflicts: Sequence[ConflictRow], kind: str, record: int) -> list[tuple[str, str]]:
    """Return the other ends of conflicts, each with what it is."""
    found = []
    for one in conflicts:
        first = one.kind.startswith(kind) and one.one_id == record
        remark = tr("own institution") if one.own and first else end_words(one.kind)
        found.append((one.other if first else one.one, remark))
    return found


def team_dialog(parent: QWidget, found: TeamDetail) -> DetailDialog:
    """Make the dialog of a team."""
    team = found.team
    dialog = DetailDialog(parent, team.name, (
        team.institution, tr(team.type) if team.type != "normal" else "",
        tr("breaks in {names}", names=", ".join(team.categories)) if team.categories else "",
        tr("plays rather in {names}", names=tr(", then ").join(team.wishes))
        if team.wishes else "",
        tr("seed {n}", n=f"{team.seed:g}") if team.seed is not None else "",
        tr("withdrawn") if team.withdrawn else "",
    ), team.withdrawn)
    dialog.add_card(tr("Speakers"), [
        (one.name, " · ".join(filter(None, (one.email, ", ".join(one.categories)))))
        for one in found.speakers
    ], tr("None yet. Add them under Speakers."))
    dialog.add_card(
        tr("Conflicts"), _clashes(found.conflicts, "team", team.id), tr("None."))
    dialog.add_rounds(tr("Rounds"), (
        Column("round", tr("Round"), Kind.IDENTITY), Column("side", tr("Side"), Kind.SIDE),
        Column("room", tr("Room")), Column("others", tr("Against"), stretch=True),
        Column("points", tr("Points"), Kind.NUMBER), Column("score", tr("Score"), Kind.NUMBER),
    ), [
        Row(at, (
            one.round, side_short(Side(one.side), found.side_names), one.room,
            ", ".join(one.others),
            _plain(one.points), _plain(one.score),
        ))
        for at, one in enumerate(found.rounds)
    ])
    return dialog


def judge_dialog(parent: QWidget, found: JudgeDetail) -> DetailDialog:
    """Make the dialog of a judge."""
    judge = found.judge
    flags = (
        (judge.trainee, "always trainee"), (judge.independent, "independent"),
        (judge.adj_core, "adjudication core"), (judge.breaking, "breaking"),
        (judge.withdrawn, "withdrawn"),
    )
    dialog = DetailDialog(parent, judge.name, (
        judge.institution, tr("score {n}", n=f"{judge.score:.2f}"),
        *(tr(words) for flag, words in flags if flag), judge.email,
    ), judge.withdrawn)
    dialog.add_card(tr("Score so far"), [
        (f"{score:.2f}", name or tr("at first")) for name, score in reversed(found.scores)
    ], tr("{score} from the first day.", score=f"{judge.score:.2f}"))
    dialog.add_card(
        tr("Conflicts"), _clashes(found.conflicts, "adjudicator", judge.id), tr("None."))
    dialog.add_rounds(
        tr("{panels}", panels=count(len(found.rounds), "panel", "panels")), (
            Column("round", tr("Round"), Kind.IDENTITY), Column("role", tr("As")),
            Column("room", tr("Room")), Column("teams", tr("Teams"), stretch=True),
        ), [
            Row(at, (one.round, tr(one.role), one.room, ", ".join(one.teams)))
            for at, one in enumerate(found.rounds)
        ])
    return dialog


def _plain(number: float | None) -> float | int | None:
    return int(number) if number is not None and number.is_integer() else number
