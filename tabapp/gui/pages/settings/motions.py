"""The motions by round: writing them, their order, their release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import tr
from tabapp.gui.pages.settings.commands import MOTIONS, MOTIONS_COMMANDS
from tabapp.gui.pages.settings.listing import ListPane
from tabapp.gui.pages.settings.motion_dialog import MotionDialog
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.services import motions
from tabapp.services.motions import MotionBoard, MotionEntry
from tabapp.store.motion_rows import MotionRow
from tabapp.store.setup_rows import SetupRound
from tabapp.store.unit import ReadUnit

Key = tuple[int | None, int | None]
"""Row ids of the round and of the motion; None for what stands in no round, or has no motion."""

_COLUMNS = (
    Column("round", "Round", Kind.IDENTITY, once_per_group=True),
    Column("state", "Release", Kind.BADGE, once_per_group=True),
    Column("at", "#", Kind.NUMBER, 40),
    Column("reference", "Reference"),
    Column("text", "Motion", stretch=True),
    Column("slide", "Info slide"),
)


class MotionsPane(ListPane[MotionBoard]):
    """Ins writes a motion for the round with the cursor, Ctrl+↑↓ moves it within its round."""

    place = MOTIONS
    watches = frozenset({"motions", "rounds", "results", "settings"})
    commands = MOTIONS_COMMANDS
    title: ClassVar[str] = "Motions"
    hints = (
        (("Ins",), tr("add")), (("Enter",), tr("edit")), (("Ctrl", "↑"), tr("up")),
        (("Ctrl", "↓"), tr("down")), (("Ctrl", "⇧", "M"), tr("release")),
        (("Del",), tr("delete")),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _COLUMNS, tr(
            "Nothing of a motion is shown outside the tab room until its round's motions are "
            "released."), parent)
        self._round_wanted: int | None = None
        self.add_buttons(
            "settings.motion_add", "settings.motions_release", "settings.motions_back",
            "settings.motion_delete", primary="settings.motion_add")
        self.on("settings.motion_add", self._add)
        self.on("settings.motion_edit", self._edit, self._why_no_motion)
        self.on("settings.motion_up", partial(self._move, -1), partial(self._why_no_move, -1))
        self.on("settings.motion_down", partial(self._move, 1), partial(self._why_no_move, 1))
        self.on("settings.motion_delete", self._delete, self._why_no_delete)
        self.on("settings.motions_release", self._release, self._why_no_release)
        self.on("settings.motions_back", self._take_back, self._why_not_back)
        self.table.opened.connect(lambda _key: self._edit() if self._motion() else self._add())

    # Data

    def query(self) -> Callable[[ReadUnit], MotionBoard]:
        tournament = self.session.tournament
        return lambda unit: motions.read_board(unit, tournament)

    def show_data(self, data: MotionBoard) -> None:
        self.data = data
        self.rows.set_rows(_rows(data))
        if self._round_wanted is not None:
            self.want_round(self._round_wanted)
        self.go_to_wanted()

    def want_round(self, round_id: int) -> None:
        """Go to the first row of a round as soon as it is there."""
        self._round_wanted = None if self.data is not None else round_id
        if self.data is not None:
            here = self.data.orders.get(round_id, ())
            self.want((round_id, here[0] if here else None))

    def _key(self) -> Key:
        key = self.table.current_key()
        return key if isinstance(key, tuple) else (None, None)

    def _motion(self) -> MotionRow | None:
        wanted = self._key()[1]
        rows = self.data.motions if self.data is not None else ()
        return next((one for one in rows if one.id == wanted), None)

    def _round(self) -> SetupRound | None:
        wanted = self._key()[0]
        rounds = self.data.rounds if self.data is not None else ()
        return next((one for one in rounds if one.id == wanted), None)

    # Writing

    def _add(self) -> None:
        if self.data is not None:
            MotionDialog(
                self, self.data, partial(self._save, None), round_id=self._key()[0]).open()

    def _edit(self) -> None:
        board, here = self.data, self._motion()
        if board is not None and here is not None:
            MotionDialog(self, board, partial(self._save, here), motion_id=here.id).open()

    def _save(self, here: MotionRow | None, dialog: MotionDialog, entry: MotionEntry) -> None:
        tournament = self.session.tournament
        named = entry.tidy()
        self.session.write(
            dialog, "change the motion" if here else "add the motion",
            lambda unit: motions.save_motion(
                unit, tournament, entry, here.id if here else None),
            subject=here.title if here else named.reference or named.text[:60],
            done=lambda motion_id: self._done(dialog, entry, motion_id), failed=dialog.refuse)

    def _done(self, dialog: MotionDialog, entry: MotionEntry, motion_id: int) -> None:
        self.show_words("")
        dialog.accept()
        here = self._key()[0]
        there = here if here in entry.rounds else entry.rounds[0] if entry.rounds else None
        self.want((there, motion_id))

    def _delete(self) -> None:
        here = self._motion()
        if here is None:
            return
        tournament = self.session.tournament

        def delete() -> None:
            self.session.write(
                self, "delete the motion",
                lambda unit: motions.delete_motion(unit, tournament, here.id),
                subject=here.title, done=lambda _none: self.show_words(""),
                failed=self.show_error, snapshot=f"before deleting the motion {here.title}")

        ask(
            self, tr("Delete the motion"),
            tr("{motion}\nIts info slide goes too. Ctrl+Z brings it back.", motion=here.text),
            tr("Delete motion"), delete, danger=True)

    def _move(self, by: int) -> None:
        here, round_ = self._motion(), self._round()
        if here is not None and round_ is not None:
            self.session.write(
                self, "move the motion",
                lambda unit: motions.move_motion(unit, round_.id, here.id, by),
                subject=here.title, failed=self.show_error)

    # Release

    def _release(self) -> None:
        round_ = self._round()
        if round_ is not None:
            self.session.write(
                self, "release the motions of",
                lambda unit: motions.release_motions(unit, round_.id),
                subject=round_.title, done=lambda _none: self.show_words(""),
                failed=self.show_error)

    def _take_back(self) -> None:
        round_ = self._round()
        if round_ is not None:
            self.session.write(
                self, "take back the motions of",
                lambda unit: motions.unrelease_motions(unit, round_.id),
                subject=round_.title, done=lambda _none: self.show_words(""),
                failed=self.show_error)

    # Why not

    def _why_no_motion(self) -> str:
        return "" if self._motion() is not None else tr("Choose a motion first.")

    def _why_no_round(self) -> str:
        return "" if self._round() is not None else tr("Choose a motion of a round first.")

    def _why_no_move(self, by: int) -> str:
        here, round_ = self._motion(), self._round()
        if here is None or round_ is None or self.data is None:
            return self._why_no_motion() or self._why_no_round()
        order = self.data.in_round(round_.id)
        at = [one.id for one in order].index(here.id) + by
        return "" if 0 <= at < len(order) else tr("It is at the end already.")

    def _why_no_delete(self) -> str:
        here = self._motion()
        if here is None or self.data is None:
            return self._why_no_motion()
        return motions.why_not_deleted(self.data, here)

    def _why_no_release(self) -> str:
        round_ = self._round()
        if round_ is None:
            return self._why_no_round()
        if round_.motions_released:
            return tr("The motions of {round} are released.", round=round_.title)
        return "" if self._motion() is not None else tr(
            "{round} has no motion yet.", round=round_.title)

    def _why_not_back(self) -> str:
        round_ = self._round()
        if round_ is None:
            return self._why_no_round()
        return "" if round_.motions_released else tr(
            "The motions of {round} are not released.", round=round_.title)


def _rows(board: MotionBoard) -> Iterator[Row]:
    for round_ in board.rounds:
        here = board.in_round(round_.id)
        state = Cell(tr("released"), tone="done") if round_.motions_released else Cell("")
        for at, one in enumerate(here, start=1):
            yield _row((round_.id, one.id), round_.title, state, at, one)
        if not here:
            yield Row(
                (round_.id, None), (round_.title, state, None, "", tr("no motion yet"), ""),
                group=round_.id)
    for one in board.motions:
        if not one.rounds:
            yield _row((None, one.id), tr("In no round"), Cell(""), None, one)


def _row(key: Key, title: str, state: Cell, at: int | None, one: MotionRow) -> Row:
    slide = " ".join(one.info_slide.split())
    return Row(key, (
        title, state, at, one.reference, Cell(one.text, tip=one.text),
        Cell(tr("yes"), tip=one.info_slide) if slide else "",
    ), group=key[0])
