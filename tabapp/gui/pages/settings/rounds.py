"""The plan of the rounds: which there are, in which order, how each is drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from tabapp.core.errors import Problem
from tabapp.domain.types import DrawType
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.settings.commands import ROUNDS, ROUNDS_COMMANDS
from tabapp.gui.pages.settings.listing import ListPane
from tabapp.gui.pages.settings.round_dialog import DRAW_WORDS, RoundDialog
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.overtyping import check_unchanged
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services import round_setup
from tabapp.services.round_setup import RoundBoard, RoundEntry
from tabapp.store.setup_rows import SetupRound
from tabapp.store.unit import ReadUnit, WriteUnit

_COLUMNS = (
    Column("seq", "#", Kind.NUMBER, 44),
    Column("name", "Round", Kind.IDENTITY, stretch=True, editable=True),
    Column("abbreviation", "Short", editable=True),
    Column("draw_type", "Draw"),
    Column("category", "Break"),
    Column("weight", "Weight", Kind.NUMBER, editable=True, tip="How often its points count"),
    Column("feedback_weight", "Feedback", Kind.NUMBER, editable=True,
           tip="Share of feedback in the scores of judges by then"),
    Column("silent", "Silent"),
    Column("starts_at", "Starts", editable=True),
    Column("state", "State", Kind.BADGE),
)


class RoundsPane(ListPane[RoundBoard]):
    """Enter edits a round, F2 a cell, Ctrl+↑↓ moves a round that is not drawn."""

    place = ROUNDS
    watches = frozenset({"rounds", "draws", "results", "break", "settings"})
    commands = ROUNDS_COMMANDS
    title: ClassVar[str] = "Rounds"
    hints = (
        (("Ins",), tr("add")), (("Enter",), tr("edit")), (("F2",), tr("edit a cell")),
        (("Ctrl", "↑"), tr("up")), (("Ctrl", "↓"), tr("down")), (("Del",), tr("delete")),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _COLUMNS, tr(
            "What is drawn keeps its place and its kind of draw. Elimination rounds are made on "
            "the page Break."), parent)
        self.add_buttons(
            "settings.round_add", "settings.round_up", "settings.round_down",
            "settings.round_delete", primary="settings.round_add")
        self.on("settings.round_add", self._add)
        self.on("settings.round_insert", lambda: self._add(before=True), self._why_no_row)
        self.on("settings.round_edit", self._edit, self._why_no_row)
        self.on("settings.round_up", partial(self._move, -1), partial(self._why_no_move, -1))
        self.on("settings.round_down", partial(self._move, 1), partial(self._why_no_move, 1))
        self.on("settings.round_delete", self._delete, self._why_no_delete)
        self.table.opened.connect(lambda _key: self._edit())
        self.rows.edited.connect(self._on_edited)

    # Data

    def query(self) -> Callable[[ReadUnit], RoundBoard]:
        tournament = self.session.tournament
        return lambda unit: round_setup.read_board(unit, tournament)

    def show_data(self, data: RoundBoard) -> None:
        self.data = data
        self.rows.set_rows(_row(one) for one in data.rounds)
        empty = None
        if not data.rounds:
            empty = EmptyState(
                tr("No rounds yet."), tr("A tournament begins with a random one."),
                action=tr("Add round…"), primary=False)
            empty.acted.connect(lambda: self.run("settings.round_add"))
        self.card.show_empty(empty)
        self.go_to_wanted()

    def _here(self) -> SetupRound | None:
        key = self.table.current_key()
        rounds = self.data.rounds if self.data is not None else ()
        return next((one for one in rounds if one.id == key), None)

    # Adding and changing

    def _add(self, *, before: bool = False) -> None:
        board = self.data
        if board is None:
            return
        here, place = self._here(), board.end_of_preliminaries
        if before and here is not None:
            place = board.rounds.index(here)
        RoundDialog(self, board, self._save_new, place=place).open()

    def _save_new(self, dialog: RoundDialog, entry: RoundEntry) -> None:
        tournament, place = self.session.tournament, dialog.place_wanted
        self.session.write(
            dialog, "add", lambda unit: round_setup.add_round(unit, tournament, entry, place),
            subject=entry.name, done=partial(self._done, dialog), failed=dialog.refuse)

    def _edit(self) -> None:
        board, here = self.data, self._here()
        if board is not None and here is not None:
            RoundDialog(
                self, board, partial(self._save_changed, here), round_id=here.id).open()

    def _save_changed(self, here: SetupRound, dialog: RoundDialog, entry: RoundEntry) -> None:
        tournament = self.session.tournament
        self.session.write(
            dialog, "change", lambda unit: round_setup.change_round(
                unit, tournament, here.id, entry),
            subject=here.title, done=lambda _none: self._done(dialog, here.id),
            failed=dialog.refuse)

    def _done(self, dialog: RoundDialog, round_id: int) -> None:
        self.show_words("")
        dialog.accept()
        self.want(round_id)

    def _on_edited(self, round_id: int, column: str, text: str) -> None:
        board = self.data
        row = next((one for one in board.rounds if one.id == round_id), None) if board else None
        if row is None:
            return
        tournament, seen = self.session.tournament, self.rows.typed_over

        def change(unit: WriteUnit) -> None:
            now = round_setup.read_board(unit, tournament).rounds
            check_unchanged(map(_row, now), _COLUMNS, round_id, column, seen)
            round_setup.change_fields(unit, tournament, round_id, **{column: text})

        self.session.write(
            self, "change", change, subject=row.title,
            done=lambda _none: self.show_words(""), failed=self.show_error)

    # Order

    def _move(self, by: int) -> None:
        here = self._here()
        if here is None:
            return
        tournament = self.session.tournament
        self.session.write(
            self, "move", lambda unit: round_setup.move_round(unit, tournament, here.id, by),
            subject=here.title, done=lambda _none: self.show_words(""), failed=self.show_error)

    def _delete(self) -> None:
        here = self._here()
        if here is None:
            return
        tournament = self.session.tournament

        def delete() -> None:
            self.session.write(
                self, "delete", lambda unit: round_setup.delete_round(unit, tournament, here.id),
                subject=here.title, done=lambda _none: self.show_words(""),
                failed=self.show_error, snapshot=f"before deleting {here.title}")

        ask(
            self, tr("Delete {round}", round=here.title), tr(
                "Its motions are taken out of it, and who was marked absent in it is forgotten. "
                "The rounds after it count one less. Ctrl+Z brings it back."),
            tr("Delete round"), delete, danger=True)

    # Why not

    def _why_no_row(self) -> str:
        return "" if self._here() is not None else tr("Choose a round first.")

    def _why_no_move(self, by: int) -> str:
        here, board = self._here(), self.data
        if here is None or board is None:
            return self._why_no_row()
        return _words(round_setup.why_not_moved(board, here, by))

    def _why_no_delete(self) -> str:
        here, board = self._here(), self.data
        if here is None or board is None:
            return self._why_no_row()
        return _words(round_setup.why_not_deleted(board, here))


def _words(problem: Problem | None) -> str:
    return problem.message if problem is not None else ""


def _row(one: SetupRound) -> Row:
    state = Cell("", sort=one.debates)
    if one.is_drawn:
        rooms = count(one.debates, "room", "rooms")
        state = Cell(tr("drawn, {rooms}", rooms=rooms), sort=one.debates, tone="neutral")
    return Row(one.id, (
        one.seq, one.name or one.title, one.abbreviation,
        Cell(tr(DRAW_WORDS[DrawType(one.draw_type)]), aside=one.kind), one.category, one.weight,
        Cell(f"{one.feedback_weight:g}", sort=one.feedback_weight),
        tr("silent") if one.silent else "",
        Cell((one.starts_at or "").replace("T", " "), sort=one.starts_at), state,
    ), group=one.stage)
