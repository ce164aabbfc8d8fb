"""What a correction would change, in tables: teams, speakers, the break, later rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from tabapp.domain.impact import Move
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services.impact import BreakImpact, Impact, RoundImpact, TableImpact, value_words

_LEAST = 260
_BREAK = (
    Column("category", "Break", width=130), Column("team", "Team", Kind.IDENTITY, 260),
    Column("what", "What changes", stretch=True),
)
_ROUNDS = (
    Column("round", "Round", Kind.IDENTITY, 100),
    Column("what", "What differs", stretch=True),
    Column("repair", "What can be repaired", width=370),
)


class ImpactDialog(Dialog):
    """The sentence, and four tables to be read; nothing can be changed here."""

    def __init__(self, parent: QWidget | None, room: str, found: Impact) -> None:
        super().__init__(
            parent, tr("What the correction of {room} changes", room=room), tr("Close"), width=960)
        self.cancel.hide()
        self.sentence = label(found.summary, wrap=True)
        self.body.addWidget(self.sentence)
        breaks = list(_breaks(found.breaks))
        parts = [
            ("teams", tr("Teams {n}", n=len(found.teams.rows)), _table(
                tr("Teams"), _columns(found.teams), _moves(found.teams),
                tr("No team has other figures."))),
            ("speakers", tr("Speakers {n}", n=len(found.speakers.rows)), _table(
                tr("Speakers"), _columns(found.speakers), _moves(found.speakers),
                tr("No speaker has other figures."))),
            ("break", tr("Break {n}", n=len(breaks)), _table(
                tr("Break"), _BREAK, breaks,
                tr("The break stays as it is."))),
            ("rounds", tr("Later rounds {n}", n=sum(not one.same for one in found.rounds)), _table(
                tr("Later rounds"), _ROUNDS, list(_rounds(found.rounds)),
                tr("No round follows this one."))),
        ]
        self.parts = Segments(tr("What changes"), [(key, words) for key, words, _card in parts])
        self.body.addWidget(self.parts)
        self.tables = QStackedWidget()
        self._keys = [key for key, _words, _card in parts]
        for _key, _words, card in parts:
            self.tables.addWidget(card)
        self.body.addWidget(self.tables, 1)
        self.parts.chosen.connect(self.show_part)
        self.parts.setFocus()

    def show_part(self, key: str) -> None:
        """Show one of the tables."""
        self.tables.setCurrentIndex(self._keys.index(key))


def _table(
    name: str, columns: Sequence[Column], rows: Sequence[Row], nothing: str
) -> TableCard:
    model = TableModel(columns)
    model.set_rows(rows)
    view = TableView(model, name)
    view.setMinimumHeight(_LEAST)
    card = TableCard(view)
    if not rows:
        card.show_empty(EmptyState(nothing))
    return card


def _columns(found: TableImpact) -> tuple[Column, ...]:
    return (
        Column("rank", tr("Rank"), width=90),
        Column("name", tr("Name"), Kind.IDENTITY, stretch=True),
        *(Column(one.key, tr(one.title), tip=one.meaning) for one in found.columns))


def _moves(found: TableImpact) -> list[Row]:
    """Return those with another rank first, then those with other figures alone."""
    return [
        Row(one.id, (
            Cell(value_words(one.rank_before, one.rank_after), sort=one.rank_after or 0,
                 icon=_arrow(one)),
            one.name,
            *(value_words(one.before.get(column.key), one.after.get(column.key))
              for column in found.columns)))
        for one in sorted(found.rows, key=lambda one: not one.is_ranked_otherwise)]


def _arrow(one: Move) -> str | None:
    if one.rank_before is None or one.rank_after is None or not one.is_ranked_otherwise:
        return None
    return "chevron-up" if one.rank_after < one.rank_before else "chevron-down"


def _breaks(found: Sequence[BreakImpact]) -> Iterator[Row]:
    for at, one in enumerate(found):
        said = (
            *((name, tr("Breaks, and did not")) for name in one.enters),
            *((name, tr("Does not break any more")) for name in one.leaves),
            *((name, tr("Level at the line, on one side only")) for name in one.tied),
            *((name, tr("Break rank {a}, not {b}", a=after, b=before))
              for name, before, after in one.reseeded))
        for i, (name, words) in enumerate(said):  # a team that is level can break too
            state = tr("{words}; elimination rounds are drawn", words=words) if one.drawn else (
                tr("{words}; the break is made", words=words) if one.made else words)
            yield Row((at, i), (one.category, name, state))


def _rounds(found: Sequence[RoundImpact]) -> Iterator[Row]:
    for one in found:
        words = tr("Nothing") if one.same and one.repair != "not_drawn" else one.words
        if one.repair == "not_drawn":
            words = tr("Not drawn yet")
        yield Row((one.round_id, 0), (one.name, words, one.repair_words))
        for i, sentence in enumerate(one.brackets, 1):
            yield Row((one.round_id, i), ("", sentence, ""))
