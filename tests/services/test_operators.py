"""People at the keyboard on a real file: who may be there, as what, and what the trail keeps."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.core.events import Changed
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.domain.simulation import generate_tournament
from tabapp.services import drafts, exchange
from tabapp.services.operators import (
    OperatorEntry,
    Person,
    SealedPin,
    add_operator,
    bring_back_operator,
    change_role,
    check_entry,
    check_pins,
    list_operators,
    operator_called,
    read_people,
    remove_operator,
    rename_operator,
    seal_pin,
    set_pin,
    why_not_let_go,
)
from tabapp.store.archive_out import read_archive
from tabapp.store.setup_rows import update_tournament
from tabapp.store.snapshots import copy_database
from tabapp.store.unit import WriteUnit
from tests.services.setup_room import SetupRoom, setup_room

DIRECTOR, CORE, VOLUNTEER = (
    OperatorRole.TAB_DIRECTOR, OperatorRole.ADJUDICATION_CORE, OperatorRole.VOLUNTEER)
PIN = SealedPin("not-a-hash")
"""Nobody signs in here, so that nothing slow is needed."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SetupRoom]:
    with setup_room(tmp_path) as opened:
        yield opened


def add(room: SetupRoom, name: str, role: OperatorRole = VOLUNTEER) -> Operator:
    return room.write(lambda unit: add_operator(unit, name, role, PIN))


def people(room: SetupRoom) -> dict[str, Person]:
    return {one.operator.name: one for one in room.read(read_people)}


def trail(room: SetupRoom) -> list[str]:
    found = room.work.database.history(room.id)
    return [f"{one.actor}: {one.verb} {one.subject}" for one in reversed(found)]


@contextmanager
def refusal(code: str) -> Iterator[None]:
    with pytest.raises(UserError) as caught:
        yield
    assert caught.value.code == code


def test_a_new_file_has_nobody_at_the_keyboard(room: SetupRoom) -> None:
    assert room.read(list_operators) == ()
    with refusal("operators_none"):
        room.read(lambda unit: operator_called(unit, "Ann"))


def test_the_first_one_is_a_tab_director(room: SetupRoom) -> None:
    with refusal("operator_first_director"):
        add(room, "Bea")
    ann = add(room, " Ann ", DIRECTOR)
    assert (ann.name, ann.role, ann.active) == ("Ann", DIRECTOR, True)
    bea, cy = add(room, "bea"), add(room, "Cy", CORE)
    assert room.read(list_operators) == (ann, bea, cy)
    assert room.read(lambda unit: operator_called(unit, "BEA")) == bea
    with refusal("operator_unknown"):
        room.read(lambda unit: operator_called(unit, "Dan"))


def test_the_last_tab_director_can_neither_go_nor_be_anything_else(room: SetupRoom) -> None:
    ann, bea = add(room, "Ann", DIRECTOR), add(room, "Bea", DIRECTOR)
    add(room, "Cy")
    room.write(lambda unit: remove_operator(unit, bea.id))
    with refusal("operator_last_director"):
        room.write(lambda unit: remove_operator(unit, ann.id))
    with refusal("operator_last_director"):
        room.write(lambda unit: change_role(unit, ann.id, VOLUNTEER))
    assert "only tab director" in why_not_let_go(people(room).values(), ann.id)
    room.write(lambda unit: bring_back_operator(unit, bea.id, PIN))
    assert why_not_let_go(people(room).values(), ann.id) == ""
    room.write(lambda unit: remove_operator(unit, ann.id))
    assert [one.name for one in room.read(list_operators)] == ["Bea", "Cy"]


def test_with_the_very_last_person_nobody_signs_in_any_more(room: SetupRoom) -> None:
    ann, bea = add(room, "Ann", DIRECTOR), add(room, "Bea")
    assert "only tab director" in why_not_let_go(people(room).values(), ann.id, removed=True)
    room.write(lambda unit: remove_operator(unit, bea.id))
    assert "only tab director" in why_not_let_go(people(room).values(), ann.id)
    with refusal("operator_last_director"):
        room.write(lambda unit: change_role(unit, ann.id, VOLUNTEER))
    assert why_not_let_go(people(room).values(), ann.id, removed=True) == ""
    room.write(lambda unit: remove_operator(unit, ann.id))
    assert room.read(list_operators) == ()
    with refusal("operator_back_first_director"):
        room.write(lambda unit: bring_back_operator(unit, bea.id, PIN))
    with refusal("operator_first_director"):
        add(room, "Cy")
    room.write(lambda unit: bring_back_operator(unit, ann.id, PIN))
    room.write(lambda unit: bring_back_operator(unit, bea.id, PIN))
    assert room.read(list_operators) == (ann, bea)


def test_two_people_have_two_names_whatever_their_case(room: SetupRoom) -> None:
    ann, bea = add(room, "Ann", DIRECTOR), add(room, "Bea")
    with refusal("operator_name_taken"):
        add(room, "ANN")
    with refusal("operator_name_taken"):
        room.write(lambda unit: rename_operator(unit, bea.id, "ann"))
    assert room.write(lambda unit: rename_operator(unit, ann.id, "ANN")).name == "ANN"


@pytest.mark.parametrize(("name", "code"), [
    ("\u0391nn", "operator_name_alike"), ("Ann\u200b", "operator_name_unseen"),
    ("C\u0443", "operator_name_alike"), ("\u0415va", "operator_name_alike"),
    ("Bea (command line)", "operator_name_command_line")])
def test_nobody_is_named_or_renamed_so_that_two_look_alike(
    name: str, code: str, room: SetupRoom
) -> None:
    add(room, "Ann", DIRECTOR)
    bea, cy, eva = (add(room, one) for one in ("Bea", "Cy", "Eva"))
    room.write(lambda unit: remove_operator(unit, cy.id))
    room.write(lambda unit: rename_operator(unit, eva.id, "Iva"))
    with refusal(code):
        add(room, name)
    with refusal(code):
        room.write(lambda unit: rename_operator(unit, bea.id, name))
    found = check_entry(people(room).values(), OperatorEntry(name, VOLUNTEER), besides=bea.id)
    assert [(one.where, one.code) for one in found] == [("name", code)]
    assert room.write(lambda unit: rename_operator(unit, eva.id, "\u0415va")).name == "\u0415va"


def test_who_was_removed_stays_as_a_name_and_comes_back_with_another_pin(
    room: SetupRoom
) -> None:
    add(room, "Ann", DIRECTOR)
    bea = add(room, "Bea", CORE)
    room.write(lambda unit: remove_operator(unit, bea.id))
    assert [one.name for one in room.read(list_operators)] == ["Ann"]
    kept = room.read(lambda unit: list_operators(unit, gone=True))
    assert [(one.name, one.active) for one in kept] == [("Ann", True), ("Bea", False)]
    with refusal("operator_name_gone"):
        add(room, "bea")
    with refusal("operator_removed"):
        room.write(lambda unit: set_pin(unit, bea.id, PIN))
    with refusal("operator_removed"):
        room.write(lambda unit: remove_operator(unit, bea.id))
    assert room.write(lambda unit: bring_back_operator(unit, bea.id, PIN)) == bea
    with refusal("operator_there"):
        room.write(lambda unit: bring_back_operator(unit, bea.id, PIN))
    with refusal("operator_removed"):
        room.write(lambda unit: change_role(unit, 99, CORE))


def test_a_former_name_is_kept_for_whom_it_was(room: SetupRoom) -> None:
    add(room, "Ann", DIRECTOR)
    bea = add(room, "Bea")
    room.write(lambda unit: drafts.keep_draft(unit, "ballot:1:7", {"og.1": 75}))
    room.write(lambda unit: rename_operator(unit, bea.id, "Bea K."))
    room.write(lambda unit: rename_operator(unit, bea.id, "Bea Kim"))
    assert people(room)["Bea Kim"].former == ("Bea", "Bea K.")
    with refusal("operator_name_former"):
        add(room, "bea")
    room.write(lambda unit: rename_operator(unit, bea.id, "Bea"))
    assert people(room)["Bea"].former == ("Bea K.", "Bea Kim")


def test_what_is_being_typed_goes_along_with_another_name(room: SetupRoom) -> None:
    ann = add(room, "Ann", DIRECTOR)
    room.write(lambda unit: drafts.keep_draft(unit, "ballot:1:7", {"og.1": 75}))
    room.write(lambda unit: rename_operator(unit, ann.id, "Anna"))
    found = room.read(lambda unit: drafts.find_draft(unit, "ballot:1:7", "Anna"))
    assert found is not None
    assert found.content == {"og.1": 75}
    # a window that has not heard of it reads and keeps the same one
    assert room.read(lambda unit: drafts.find_draft(unit, "ballot:1:7", "Ann")) == found
    room.write(lambda unit: drafts.keep_draft(unit, "ballot:1:7", {"og.1": 76}, "Ann"))
    assert room.read(lambda unit: drafts.who_is_typing(unit, 1)) == {7: ["Anna"]}


def test_entries_are_counted_under_every_name(room: SetupRoom) -> None:
    ann = add(room, "Ann", DIRECTOR)
    room.play(1)
    with sqlite3.connect(room.work.database.path or "") as driver:
        driver.execute("UPDATE ballot SET entered_by = 'Ann', confirmed_by = ''")
        driver.execute(
            "UPDATE ballot SET entered_by = '', confirmed_by = 'Ann' WHERE id IN"
            " (SELECT max(id) FROM ballot)")
    driver.close()
    count = people(room)["Ann"].entered
    assert (count > 0, people(room)["Ann"].confirmed) == (True, 1)
    room.write(lambda unit: rename_operator(unit, ann.id, "Anna"))
    assert people(room)["Anna"].entered == count


def test_each_change_is_a_line_of_the_trail_that_no_undo_takes_back(room: SetupRoom) -> None:
    ann, bea = add(room, "Ann", DIRECTOR), add(room, "Bea")
    room.write(lambda unit: change_role(unit, bea.id, CORE))
    room.write(lambda unit: change_role(unit, bea.id, CORE))
    room.write(lambda unit: rename_operator(unit, bea.id, "Bea Kim"))
    room.write(lambda unit: set_pin(unit, bea.id, PIN))
    room.write(lambda unit: set_pin(unit, ann.id, PIN))
    room.write(lambda unit: remove_operator(unit, bea.id))
    room.write(lambda unit: bring_back_operator(unit, bea.id, PIN))
    assert trail(room)[-8:] == [
        "Ann: add the operator Ann, tab director", "Ann: add the operator Bea, volunteer",
        "Ann: change the role of Bea to adjudication core",
        "Ann: rename the operator Bea to Bea Kim", "Ann: set a new PIN for Bea Kim",
        "Ann: change the PIN of Ann", "Ann: remove the operator Bea Kim",
        "Ann: bring back the operator Bea Kim, adjudication core"]
    assert not any(one.undoable for one in room.work.database.history(room.id)[:8])
    room.write(lambda unit: _rename_tournament(unit, room.id))
    room.undo()
    assert [one.name for one in room.read(list_operators)] == ["Ann", "Bea Kim"]


def _rename_tournament(unit: WriteUnit, owner: int) -> None:
    update_tournament(unit, owner, name="Another")


def test_nothing_secret_is_anywhere_but_in_the_table(room: SetupRoom) -> None:
    sealed = seal_pin("271828")
    ann = room.write(lambda unit: add_operator(unit, "Ann", DIRECTOR, sealed))
    room.write(lambda unit: set_pin(unit, ann.id, sealed))
    assert "271828" not in f"{sealed}{OperatorEntry('Ann', DIRECTOR, '271828', '271828')}"
    assert sealed.hash not in repr(sealed)
    with sqlite3.connect(room.work.database.path or "") as driver:
        dump = list(driver.iterdump())
    driver.close()
    assert not any("271828" in line for line in dump)
    told = [line for line in dump if "$argon2" in line]
    assert len(told) == 1
    assert told[0].startswith('INSERT INTO "operator"')


def test_an_archive_holds_nobody_and_an_import_brings_nobody(
    room: SetupRoom, tmp_path: Path
) -> None:
    sealed = seal_pin("271828")
    room.write(lambda unit: add_operator(unit, "Ann", DIRECTOR, sealed))
    archive = room.read(lambda unit: read_archive(unit, room.id))
    text = json.dumps(archive.model_dump(mode="json", by_alias=True))
    assert sealed.hash not in text
    assert "pin_hash" not in text
    assert "operators" not in archive.model_dump(mode="json")
    with open_workspace(tmp_path / "other.tabapp", create=True) as other:
        exchange.add(other.database, archive, now=other.clock.now(), actor="test")
        with other.database.read() as unit:
            assert list_operators(unit, gone=True) == ()


def test_a_copy_of_the_file_keeps_who_may_sign_in(room: SetupRoom, tmp_path: Path) -> None:
    add(room, "Ann", DIRECTOR)
    assert room.work.database.path is not None
    copy = copy_database(room.work.database.path, tmp_path / "copy.tabapp")
    with open_workspace(copy.path) as work, work.database.read() as unit:
        assert [one.name for one in list_operators(unit)] == ["Ann"]


def test_two_tournaments_of_a_file_share_them_and_both_trails_tell(room: SetupRoom) -> None:
    second = generate_tournament(preset="bp", teams=8, rounds=1, seed=2, play=False)
    slug = exchange.add(
        room.work.database, second.model_copy(
            update={"tournament": second.tournament.model_copy(update={"slug": "second"})}),
        now=room.work.clock.now(), actor="test")
    add(room, "Ann", DIRECTOR)
    for owner in (room.id, room.work.tournament(slug).id):
        last = room.work.database.history(owner)[0]
        assert (last.verb, last.subject) == ("add the operator", "Ann, tab director")


def test_a_change_is_heard_in_every_tournament(room: SetupRoom) -> None:
    heard: list[Changed] = []
    stop = room.work.bus.subscribe(Changed, heard.append)
    add(room, "Ann", DIRECTOR)
    stop()
    assert [(one.tournament, one.topics) for one in heard] == [(None, frozenset({"operators"}))]


def test_everything_wrong_with_a_new_person_is_said_at_once(room: SetupRoom) -> None:
    nobody = room.read(read_people)
    found = check_entry(nobody, OperatorEntry(" ", VOLUNTEER, "12", ""))
    assert [(one.where, one.code) for one in found] == [
        ("name", "operator_name_missing"), ("role", "operator_first_director"),
        ("pin", "pin_length")]
    found = check_entry(nobody, OperatorEntry("clock", DIRECTOR, "1234", "1243"))
    assert [(one.where, one.code) for one in found] == [
        ("name", "operator_name_reserved"), ("again", "pin_differs")]
    assert check_entry(nobody, OperatorEntry("Ann", DIRECTOR, "1234", " 1234")) == []
    assert [one.code for one in check_pins("", "")] == ["pin_missing"]
    assert [one.code for one in check_pins("1234", "x")] == ["pin_differs"]
    ann = add(room, "Ann", DIRECTOR)
    known = people(room).values()
    assert check_entry(known, OperatorEntry("Anna", DIRECTOR), besides=ann.id) == []
    assert [one.code for one in check_entry(known, OperatorEntry("ann", VOLUNTEER, "1", "1"))] == [
        "operator_name_taken", "pin_length"]


def test_ids_are_never_given_twice(room: SetupRoom) -> None:
    ann = add(room, "Ann", DIRECTOR)
    with open_workspace(room.work.database.path or "") as again, again.database.write(
        actor="x"
    ) as unit:
        bea = add_operator(unit, "Bea", VOLUNTEER, PIN)
    assert bea.id > ann.id
