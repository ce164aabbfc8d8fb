"""All versions of one ballot, who entered and confirmed each and why; when it was where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tabapp.domain.archive import Ballot
from tabapp.domain.types import Side
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.ballot_bundle import bundle_of
from tabapp.services.ballot_fields import Asks, SheetForm
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_typed import Typed, running
from tabapp.services.timelines import Moment
from tabapp.store.desk_reads import VersionRow

_LEAST = 180
_COLUMNS = (
    Column("version", "Version", Kind.NUMBER, 64),
    Column("status", "State", Kind.BADGE, 110),
    Column("said", "It says", width=230),
    Column("entered", "Entered by", width=170),
    Column("confirmed", "Confirmed by", width=150),
    Column("reason", "Reason or comment", stretch=True),
)
_PEOPLE = tuple(one for one in _COLUMNS if one.key not in ("said", "reason"))
_STATES = {
    "confirmed": ("Confirmed", "done", "check"), "draft": ("To check", "accent", "list-checks"),
    "discarded": ("Discarded", "neutral", "x"),
}


_MOMENTS = (
    Column("mark", "", Kind.MARK, 36), Column("at", "When", width=80),
    Column("what", "What happened", Kind.IDENTITY, 300),
    Column("by", "Who", Kind.PERSON, stretch=True),
)
_ICONS = {
    "released": "projector", "out": "timer", "received": "inbox", "entered": "pencil",
    "checked": "list-checks", "confirmed": "check",
}


class VersionsDialog(Dialog):
    """Two tables to be read; nothing can be changed here."""

    def __init__(
        self, parent: QWidget | None, desk: DeskForm, moments: Sequence[Moment], *,
        values: bool = True,
    ) -> None:
        """``values``: False where nothing of what was entered may be shown, nor why."""
        super().__init__(
            parent, tr("History of {room}", room=desk.name), tr("Close"), width=900)
        self.cancel.hide()
        self.rows = TableModel(_COLUMNS if values else _PEOPLE)
        ballots = dict(desk.ballots)
        self.rows.set_rows([
            _row(desk, one, ballots[one.id]) if values else _people(one)
            for one in reversed(desk.room.versions)])
        self.table = TableView(self.rows, tr("Versions"))
        self.table.setMinimumHeight(_LEAST)
        card = TableCard(self.table)
        if not desk.room.versions:
            card.show_empty(EmptyState(tr("Nothing was entered for this room yet.")))
        self.body.addWidget(card, 1)
        self.moments = TableModel(_MOMENTS)
        self.moments.set_rows([_moment(i, one) for i, one in enumerate(moments)])
        times = TableView(self.moments, tr("What happened"))
        times.setMinimumHeight(_LEAST)
        card = TableCard(times)
        if not moments:
            card.show_empty(EmptyState(tr("Nothing is known of this room yet.")))
        self.body.addWidget(card, 1)
        for one in (self.table, times):
            one.opened.connect(self.accept)
        (self.table if desk.room.versions else times).setFocus()


def _moment(key: int, one: Moment) -> Row:
    at = one.at.astimezone()
    return Row(key, (
        Cell(one.kind, icon=_ICONS[one.kind]),
        Cell(f"{at:%H:%M}", sort=key, tip=f"{at:%a %d %b %Y, %H:%M:%S}"), one.words, one.by))


def _row(desk: DeskForm, one: VersionRow, ballot: Ballot) -> Row:
    number, status, entered, confirmed = _people(one).cells
    words = "  ".join(filter(None, (one.reason, ballot.comment)))
    return Row(one.id, (
        number, status, _said(desk, ballot), entered, confirmed, Cell(words, tip=words)))


def _people(one: VersionRow) -> Row:
    word, tone, icon = _STATES[one.status]
    at = f"{one.entered_at.astimezone():%H:%M}" if one.entered_at else ""
    entered = " ".join(filter(None, (one.entered_by, at)))
    return Row(one.id, (
        one.version, Cell(tr(word), tone=tone, icon=icon), entered, one.confirmed_by))


def _said(desk: DeskForm, ballot: Ballot) -> str:
    """Return a version in a few words: its totals, who goes on, or what each judge said."""
    sheet, sheets = desk.sheet, bundle_of(desk.sheet, ballot).sheets
    if not sheet.judges:
        return "  ".join(_words(sheet, typed) for typed in sheets.values())
    return ", ".join(
        f"{sheet.name(ref)}: {_words(sheet, typed)}" for ref, typed in sheets.items())


def _words(sheet: SheetForm, typed: Typed) -> str:
    if sheet.asks is not Asks.SCORES:
        return ", ".join(side_word(sheet, Side(side)) for side in typed.winners or typed.places)
    totals = running(sheet, typed).totals
    return "  ".join(f"{side_word(sheet, side)} {total:g}" for side, total in totals.items())
