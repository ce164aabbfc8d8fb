"""A tab room in the middle of a tournament: its writes are done, taken back and done again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tabapp.app import open_workspace
from tabapp.domain.operators import OperatorRole
from tabapp.services import ballots, categories, double_entry, draw_edits, people
from tabapp.services.ballot_bundle import ballot_of_bundle, blank_bundle
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.draw_sheet import read_sheet
from tabapp.services.workspace import Workspace
from tabapp.store.break_rows import read_breaks
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.play import play_round
from tests.reliability.scenes import add, assert_results_are_derived, export, made_up

Change = Callable[[WriteUnit], object]


class Room:
    """A tab room: two rounds are played, the third is drawn and confirmed, the fourth is not."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        self.owner: TournamentRow = work.tournament()

    @property
    def id(self) -> int:
        return self.owner.id

    def read(self, query: Callable[[ReadUnit], Any]) -> Any:
        with self.work.database.read() as unit:
            return query(unit)

    def rounds(self) -> list[Any]:
        return list(self.read(lambda unit: list_rounds(unit, self.id)))

    @property
    def ids(self) -> list[int]:
        return [one.id for one in self.rounds()]

    def job(self, name: str, round_id: int, **params: Any) -> None:
        self.work.run(name, tournament=self.id, round_id=round_id, **params)

    def do(self, change: Change) -> None:
        """Write as the window does; what only prepares a case is not checked."""
        with self.work.database.write(
            actor="Ann", verb="change", subject="it", tournament=self.id
        ) as unit:
            change(unit)

    def document(self) -> bytes:
        return bytes(self.read(lambda unit: export(unit, self.id)))

    def last(self) -> int:
        return self.work.database.history(None, limit=1)[0].id

    def check(self, change: Change) -> None:
        """Do it, take it back, do it again and take it back: nothing is left over or missing."""
        before, count = self.document(), self.last()
        self.do(change)
        after = self.document()
        assert after != before, "this case changes nothing, so it proves nothing"
        assert self.last() == count + 1
        for _ in range(2):
            self.work.database.undo(self.id, actor="Ben")
            assert self.document() == before
            assert_results_are_derived(self.work.database)
            self.work.database.redo(self.id, actor="Ben")
            assert self.document() == after
            assert_results_are_derived(self.work.database)

    def leaves_no_action(self, change: Change) -> None:
        before, count = self.document(), self.last()
        with self.work.database.write(
            actor="Ann", verb="keep a draft", tournament=self.id, undoable=False
        ) as unit:
            change(unit)
        assert (self.document(), self.last()) == (before, count)


def make_file(path: Path) -> Path:
    """Make a file whose first two rounds are played and whose third is drawn and confirmed."""
    with open_workspace(path, create=True) as work:
        add(work, made_up(1, teams=16, rounds=4))
        room = Room(work)
        for one in room.rounds()[:2]:
            for _result in play_round(work, room.owner, one, 1):
                pass
        room.job("draw.generate", room.ids[2], seed=1, confirm=True)
    return path


def row_ids(room: Room, what: str) -> list[int]:
    lists = room.read(lambda unit: people.read_lists(unit, room.id))
    return [one.id for one in getattr(lists, what)]


def seated(room: Room) -> int:
    """Seat judges and give rooms in the third round; return it."""
    third = room.ids[2]
    room.job("draw.allocate_adjudicators", third, seed=1)
    room.job("draw.allocate_venues", third, seed=1)
    return third


def swap(room: Room, third: int) -> Change:
    sheet = room.read(lambda unit: read_sheet(unit, third))
    one, other = sheet.rooms[0].teams[0].id, sheet.rooms[-1].teams[1].id
    edited = draw_edits.swap_teams(sheet, one, other)
    return lambda unit: draw_edits.store_swap(unit, edited)


def form_of(room: Room, at: int, actor: str = "Ann") -> DeskForm:
    third = room.ids[2]
    ref = room.read(lambda unit: read_sheet(unit, third)).rooms[at].ref
    found = room.read(lambda unit: read_form(unit, room.id, ref, actor))
    assert isinstance(found, DeskForm)
    return found


def saved(room: Room, at: int, *, best: int = 80, reason: str = "") -> Change:
    form = form_of(room, at)
    bundle = blank_bundle(form.sheet)
    for i, key in enumerate(form.sheet.keys):
        bundle.sheet().scores[key] = str(best - i // 2)
    bundle.reason = reason
    old = form.waiting or form.confirmed
    ballot = ballot_of_bundle(form.sheet, bundle, old[1] if old else None)
    entry = ballots.Entry(form.round.seq, form.room.ref, ballot)
    return lambda unit: ballots.save_ballot(unit, room.owner, entry, seen=form.seen)


def confirmed(room: Room, at: int) -> Change:
    form = form_of(room, at, "Ben")
    assert form.waiting is not None
    chosen = form.waiting[0]
    return lambda unit: double_entry.confirm(
        unit, room.owner, form.room.ref, chosen, seen=form.seen,
        role=OperatorRole.TAB_DIRECTOR)


def discarded(room: Room, at: int) -> Change:
    form = form_of(room, at)
    assert form.waiting is not None
    chosen = form.waiting[0]
    return lambda unit: ballots.discard_ballot(
        unit, room.owner, form.room.ref, chosen, seen=form.seen)


def put_in(room: Room, at: int, *, best: int = 80, confirm: bool) -> None:
    room.do(saved(room, at, best=best))
    if confirm:
        room.do(confirmed(room, at))


def best_category(room: Room) -> Any:
    found = room.read(lambda unit: categories.read_board(unit, room.id)).categories
    return max(found, key=lambda one: one.size)


def ranks_of(room: Room, slug: str) -> dict[str, int]:
    board = room.read(lambda unit: read_breaks(unit, room.id))
    return dict(board[slug].ranks)
