"""Papers that come to the desk: by code and by hand, once each, taken back, refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.services import barcodes, check_ins, postponing, rounds
from tabapp.services.ballot_desk import Desk, in_order, read_desk
from tabapp.services.check_ins import Receipt
from tabapp.services.timelines import read_timeline
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.unit import WriteUnit
from tests.reliability.scenes import add
from tests.services.desk_scenes import confirm, document, filled, form_of, save, write


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    clock = ManualClock()
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=clock) as opened:
        add(opened, document(enable_postponements=True))
        yield opened


def debate(work: Workspace, ref: str = "D1") -> int:
    with work.database.read() as unit:
        found = unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == ref))
    assert isinstance(found, int)
    return found


def receive(work: Workspace, ref: str = "D1", actor: str = "Ann") -> Receipt:
    found: list[Receipt] = []
    write(work, actor, lambda unit: found.append(
        check_ins.receive(unit, work.tournament().id, debate(work, ref))))
    return found[0]


def scan(work: Workspace, text: str, actor: str = "Ann") -> Receipt:
    found: list[Receipt] = []
    write(work, actor, lambda unit: found.append(
        check_ins.receive_code(unit, work.tournament().id, text)))
    return found[0]


def codes(work: Workspace, kind: barcodes.Kind = "debate") -> dict[int, str]:
    found: dict[int, str] = {}
    write(work, "Ann", lambda unit: found.update(
        barcodes.give_codes(unit, work.tournament().id, kind)))
    return found


def whole(work: Workspace, code: str) -> str:
    """The ten digits of a sheet."""
    with work.database.read() as unit:
        return barcodes.tag_of(unit, work.tournament().id) + code


def desk(work: Workspace) -> Desk:
    with work.database.read() as unit:
        return read_desk(unit, work.tournament().id, None, work.clock.now())


def states(work: Workspace) -> dict[str, str]:
    return {one.row.ref: one.state for one in desk(work).rooms}


def kept(work: Workspace) -> list[tuple[str, str, str, bool]]:
    table = schema.check_in
    with work.database.read() as unit:
        return [
            (row.kind, row.subject, row.by, row.undone)
            for row in unit.rows(select(table).order_by(table.c.id))]


def test_a_paper_is_received_once_whoever_brings_it_again(work: Workspace) -> None:
    first = receive(work)
    assert (first.outcome, first.by, first.left, first.room) == ("received", "Ann", 1, "Room 1")
    assert states(work) == {"D1": "received", "D2": "out"}
    again = receive(work, actor="Ben")
    assert (again.outcome, again.by, again.at) == ("again", "Ann", first.at)
    assert kept(work) == [("debate", "D1", "Ann", False)]
    assert receive(work, "D2").left == 0


def test_a_receipt_is_undone_and_done_again_by_the_journal(work: Workspace) -> None:
    receive(work)
    owner = work.tournament().id
    action = work.database.undo(owner, actor="Ann")
    assert action.subject.endswith("Room 1, Round 1")
    assert (states(work)["D1"], kept(work)) == ("out", [])
    work.database.redo(owner, actor="Ann")
    assert states(work)["D1"] == "received"


def test_a_paper_that_is_taken_back_is_out_and_leaves_its_trace(work: Workspace) -> None:
    receive(work)
    write(work, "Ben", lambda unit: check_ins.take_back(
        unit, work.tournament().id, debate(work)))
    assert (states(work)["D1"], kept(work)) == ("out", [("debate", "D1", "Ann", True)])
    with pytest.raises(UserError, match="not marked as received"):
        write(work, "Ben", lambda unit: check_ins.take_back(
            unit, work.tournament().id, debate(work)))
    assert receive(work).outcome == "received"
    assert states(work)["D1"] == "received"


def test_a_scan_finds_its_room_by_ten_digits_and_by_the_six_below_them(work: Workspace) -> None:
    given = codes(work)
    first, second = given[debate(work)], given[debate(work, "D2")]
    assert scan(work, whole(work, first) + "\n").ref == "D1"
    assert scan(work, f"{second[:3]} {second[3:]}").ref == "D2"
    assert [one[1] for one in kept(work)] == [first, second]
    with work.database.read() as unit:
        moments = [one.kind for one in read_timeline(unit, debate(work))]
    assert "received" in moments


def test_what_was_entered_needs_no_receipt(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    made = receive(work)
    assert (made.outcome, made.at, made.by) == ("entered", None, "")
    confirm(work, form_of(work))
    assert receive(work).outcome == "entered"
    assert kept(work) == []
    assert states(work) == {"D1": "confirmed", "D2": "out"}


def test_a_received_paper_that_is_typed_goes_on_to_be_checked(work: Workspace) -> None:
    receive(work)
    save(work, form_of(work), filled(form_of(work)))
    (room,) = [one for one in desk(work).rooms if one.row.ref == "D1"]
    assert (room.state, room.receipt is not None) == ("check", True)
    with pytest.raises(UserError, match="entered already"):
        write(work, "Ben", lambda unit: check_ins.take_back(
            unit, work.tournament().id, debate(work)))
    assert desk(work).in_now == 1


def test_papers_that_cannot_be_here_are_refused_in_words(work: Workspace) -> None:
    write(work, "Ann", lambda unit: postponing.postpone(unit, debate(work)))
    with pytest.raises(UserError, match="Room 1 is postponed in Round 1"):
        receive(work)
    head = desk(work).round
    assert head is not None
    write(work, "Ann", lambda unit: rounds.unrelease_draw(unit, head.id))
    with pytest.raises(UserError, match="draw of Round 1 is not released"):
        receive(work, "D2")
    with pytest.raises(UserError, match="no debate 999"):
        write(work, "Ann", lambda unit: check_ins.receive(unit, work.tournament().id, 999))
    assert kept(work) == []


def test_a_bye_owes_no_paper_and_is_named_by_its_team(work: Workspace) -> None:
    def only_one(unit: WriteUnit) -> None:
        sides = unit.rows(select(schema.debate_side).where(
            schema.debate_side.c.debate_id == debate(work, "D2")))
        unit.delete(schema.debate_side, [row.id for row in sides[1:]])
        unit.update(schema.debate_side, {sides[0].id: {"side": "bye"}})

    write(work, "Ann", only_one)
    bye = next(one for one in desk(work).rooms if one.row.ref == "D2")
    assert bye.state == "bye"
    assert bye.name == bye.row.teams[0][1] != "D2"
    with pytest.raises(UserError, match="has a bye in Round 1"):
        receive(work, "D2")
    assert receive(work).left == 0


@pytest.mark.parametrize("kind", ["adjudicator", "speaker", "venue"])
def test_a_badge_or_a_sign_is_no_ballot_and_says_whose_it_is(
    work: Workspace, kind: barcodes.Kind
) -> None:
    row, code = next(iter(codes(work, kind).items()))
    table = getattr(schema, kind)
    with work.database.read() as unit:
        name = unit.scalar(select(table.c.name).where(table.c.id == row))
    with pytest.raises(UserError, match=f"of {name}, not the sheet of a room"):
        scan(work, whole(work, code))


def test_codes_of_nobody_and_of_elsewhere_are_refused_in_words(work: Workspace) -> None:
    codes(work)
    with pytest.raises(UserError, match="Nothing here has the code"):
        scan(work, "999999")
    tag = whole(work, "")
    other = "1111" if tag != "1111" else "2222"
    with pytest.raises(UserError, match="another tournament"):
        scan(work, other + "123456")
    assert kept(work) == []


def test_the_paper_of_a_room_that_was_drawn_anew_does_not_count_for_the_new_room(
    work: Workspace,
) -> None:
    receive(work)
    assert states(work)["D1"] == "received"
    owner = work.tournament().id

    def draw_anew(unit: WriteUnit) -> None:
        old = unit.one(select(schema.debate).where(schema.debate.c.ref == "D1"))
        assert old is not None
        image = dict(old._mapping)
        for table in (schema.debate_side, schema.panel_member):
            unit.delete(table, [row.id for row in unit.rows(
                select(table).where(table.c.debate_id == old.id))])
        unit.delete(schema.debate, [old.id])
        unit.insert(schema.debate, [{k: v for k, v in image.items() if k != "id"}])

    write(work, "Ann", draw_anew)
    assert states(work)["D1"] == "out"
    work.database.undo(owner, actor="Ann")
    assert states(work)["D1"] == "received"


def test_rooms_stand_in_natural_order_and_received_ones_after_those_out(work: Workspace) -> None:
    names = ["Room 10", "Room 2"]

    def rename(unit: WriteUnit) -> None:
        rows = unit.rows(select(schema.venue).order_by(schema.venue.c.id))
        unit.update(schema.venue, {
            row.id: {"name": name} for row, name in zip(rows, names, strict=True)})

    write(work, "Ann", rename)
    assert [one.name for one in in_order(desk(work).rooms, "room")] == ["Room 2", "Room 10"]
    receive(work, "D2")
    assert [one.state for one in in_order(desk(work).rooms, "need")] == ["out", "received"]
