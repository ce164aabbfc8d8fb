"""The chase list: scans, papers that are received, minutes that count up, runners, states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.core.clock import ManualClock
from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots.room_words import look_of, minutes_words, runner_words, status_words
from tabapp.gui.pages.ballots.runners_dialog import RunnersDialog
from tabapp.services import barcodes, chase
from tabapp.services.ballot_desk import State
from tabapp.services.chase import Runner
from tabapp.store import schema
from tabapp.store.flag_rows import insert_flags
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, sit_down
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")

@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 1, 1, 9, 50, tzinfo=UTC))


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path, clock: ManualClock) -> Iterator[Typist]:
    made = small_archive(12, 1, results=False, judges_per_room=2)
    made["rounds"][0]["expected_end"] = "2026-01-01T10:00"
    for one, name in zip(made["venues"], ("Room 10", "Room 2", "Annex"), strict=True):
        one["name"] = name
    with open_desk(
        qtbot, tmp_path, archive=Archive.model_validate(made), clock=clock
    ) as desk:  # fmt: skip
        someone = sit_down(desk)
        yield someone
        someone.page.hide()
        desk.settle()


def write(
    typist: Typist, change: Callable[[WriteUnit], object], actor: str = "Ann"
) -> None:
    desk = typist.desk
    with desk.workspace.database.write(
        actor=actor, verb="change", tournament=desk.owner.id
    ) as unit:
        change(unit)
    typist.desk.qtbot.wait(60)  # changes are gathered for 30 ms
    desk.settle()


def give_codes(typist: Typist) -> dict[str, str]:
    """Return the ten digits of each room's sheet, by the room's name."""
    desk = typist.desk
    found: dict[int, str] = {}
    write(typist, lambda unit: found.update(
        barcodes.give_codes(unit, desk.owner.id, "debate")))
    with desk.workspace.database.read() as unit:
        tag = barcodes.tag_of(unit, desk.owner.id)
    return {one.name: tag + found[one.id] for one in typist.page.desk.rooms}


def scan(typist: Typist, code: str) -> None:
    """Do as a scanner does: ten digits at once and Enter, wherever the keys are."""
    typist.type(code)
    QTest.keyClick(typist.here, Qt.Key.Key_Return)
    typist.desk.settle()
    typist.desk.qtbot.wait(60)
    typist.desk.settle()


def sounds(typist: Typist) -> list[str]:
    heard: list[str] = []
    typist.desk.session.sounds.played.connect(heard.append)
    return heard


def plain(text: str) -> str:
    """Return words without the marks that keep a name's direction to itself."""
    return text.replace("\u2068", "").replace("\u2069", "")


def to_list(typist: Typist) -> None:
    typist.page.list.give_keys(at_top=True)


# --- scanning ----------------------------------------------------------------------------------


def test_a_scan_in_the_list_marks_the_sheet_and_opens_its_form(typist: Typist) -> None:
    codes = give_codes(typist)
    assert typist.page.list.scan.isVisible()
    to_list(typist)
    scan(typist, codes["Room 2"])
    assert typist.room == "Room 2"
    assert typist.states()["Room 2"] == "received"
    assert typist.page.list.said.sentence == "Room 2 received. 2 to come."
    typist.sheet()
    typist.save()
    assert typist.states()["Room 2"] == "check"


def test_a_scan_from_the_form_goes_by_f3(typist: Typist) -> None:
    codes = give_codes(typist)
    typist.open("Annex")
    typist.press(Qt.Key.Key_F3)
    scan(typist, codes["Room 10"])
    assert typist.room == "Room 10"


def test_one_person_scans_a_whole_pile_and_hears_the_last(typist: Typist) -> None:
    codes = give_codes(typist)
    heard = sounds(typist)
    to_list(typist)
    way = typist.page.list.scan.way
    way.setFocus()
    QTest.keyClick(way, Qt.Key.Key_Right)
    typist.press(Qt.Key.Key_F3)
    scan(typist, codes["Room 2"])
    scan(typist, codes["Annex"])
    assert typist.room == ""
    assert typist.page.list.finder.hasFocus()
    assert heard == []
    scan(typist, codes["Annex"])
    assert "was received at" in typist.page.list.said.sentence
    assert typist.page.list.said.tone == "attention"
    scan(typist, codes["Room 10"])
    assert set(typist.states().values()) == {"received"}
    assert typist.page.list.said.sentence == "All ballots of Round 1 are here."
    assert heard == ["complete"]
    typist.desk.session.undo()
    typist.desk.qtbot.wait(60)
    typist.desk.settle()
    assert typist.states()["Room 10"] == "out"


def test_a_pile_scanned_without_a_pause_is_received_whole(typist: Typist) -> None:
    codes = give_codes(typist)
    typist.page.list.scan.way.choose("receive")
    typist.press(Qt.Key.Key_F3)
    for code in codes.values():
        QTest.keyClicks(typist.here, code)
        QTest.keyClick(typist.here, Qt.Key.Key_Return)
    typist.desk.settle()
    typist.desk.qtbot.wait(60)
    typist.desk.settle()
    assert set(typist.states().values()) == {"received"}


def test_a_refused_scan_says_why_and_sounds_otherwise(typist: Typist) -> None:
    codes = give_codes(typist)
    heard = sounds(typist)
    judge: dict[int, str] = {}
    write(typist, lambda unit: judge.update(
        barcodes.give_codes(unit, typist.desk.owner.id, "adjudicator")))
    to_list(typist)
    tag = codes["Annex"][:4]
    scan(typist, tag + next(iter(judge.values())))
    assert "is the badge of Judge 1, not the sheet of a room" in typist.page.list.said.sentence
    scan(typist, tag + "999999")
    assert "Nothing here has the code" in typist.page.list.said.sentence
    scan(typist, ("1111" if tag != "1111" else "2222") + "123456")
    assert "another tournament" in typist.page.list.said.sentence
    assert heard == ["problem"] * 3
    assert typist.page.list.said.tone == "problem"
    assert typist.page.list.finder.text() == ""
    assert set(typist.states().values()) == {"out"}


def test_six_digits_by_hand_do_too_and_a_name_stays_a_name(typist: Typist) -> None:
    codes = give_codes(typist)
    typist.press(Qt.Key.Key_F3)
    scan(typist, codes["Annex"][4:])
    assert typist.room == "Annex"
    to_list(typist)
    typist.type("room 2")
    assert typist.page.list.finder.text() == "room 2"
    typist.press(Qt.Key.Key_Return)
    assert typist.room == "Room 2"
    typist.press(Qt.Key.Key_F3)
    scan(typist, "x99")
    assert typist.told[-1].sentence.startswith('No room, team or judge is called "x99"')


def test_without_codes_nothing_asks_what_a_scan_does(typist: Typist) -> None:
    assert not typist.page.list.scan.isVisible()


# --- by a key ----------------------------------------------------------------------------------


def test_insert_marks_a_sheet_and_takes_the_mark_back(typist: Typist) -> None:
    typist.page.list.set_order("room")
    to_list(typist)
    typist.press(Qt.Key.Key_Insert)
    typist.desk.qtbot.wait(60)
    typist.desk.settle()
    assert typist.states() == {"Annex": "received", "Room 2": "out", "Room 10": "out"}
    assert typist.told[-1].sentence == "Annex is received. 2 rooms are out."
    current = typist.page.list.current
    assert current is not None
    assert current.name == "Room 2"
    typist.press(Qt.Key.Key_Up)
    typist.press(Qt.Key.Key_Insert)
    typist.desk.qtbot.wait(60)
    typist.desk.settle()
    assert typist.states()["Annex"] == "out"
    undo = typist.told[-1].run
    assert undo is not None
    undo()
    typist.desk.qtbot.wait(60)
    typist.desk.settle()
    assert typist.states()["Annex"] == "received"


def test_what_is_entered_cannot_be_marked(typist: Typist) -> None:
    typist.open("Annex")
    typist.sheet()
    typist.save()
    typist.page.close_form()
    typist.page.list.set_order("room")
    to_list(typist)
    assert typist.page.scanning.why_not() == "The ballot of Annex is entered already."
    typist.press(Qt.Key.Key_Insert)
    assert typist.told[-1].sentence == "The ballot of Annex is entered already."


# --- minutes -----------------------------------------------------------------------------------


def test_minutes_count_up_on_the_screen_without_reading_again(
    typist: Typist, clock: ManualClock
) -> None:
    page, model = typist.page, typist.page.list.rooms
    assert [model.look(one).aside for one in model.rooms] == ["", "", ""]
    reads: list[None] = []
    page.loaded.connect(lambda: reads.append(None))
    changed: list[int] = []
    model.dataChanged.connect(lambda index, *_rest: changed.append(index.row()))
    clock.advance(16 * 60 + 30)
    page.list.tick()
    assert [(model.look(one).word, model.look(one).aside) for one in model.rooms] == [
        ("Out", "6 min")] * 3
    assert changed == [0, 1, 2]
    page.list.tick()
    assert changed == [0, 1, 2]
    assert reads == []


def test_a_flagged_room_says_how_late_it_is_by_icon_word_and_badge(
    typist: Typist, clock: ManualClock
) -> None:
    room = next(one for one in typist.page.desk.rooms if one.name == "Room 2")
    clock.advance(28 * 60)
    write(typist, lambda unit: insert_flags(
        unit, [(room.id, "warning", clock.now(), {"why": "x"})]), "clock")
    first = typist.page.list.ordered()[0]
    look = typist.page.list.rooms.look(first)
    assert (first.name, look.word, look.icon) == ("Room 2", "18 min late", "timer")
    assert look.badge
    model = typist.page.list.rooms
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "18 min late" in said
    assert status_words(first)[0] == "Due soon"  # nobody knows the time


def test_long_times_are_said_in_hours_and_days() -> None:
    assert [minutes_words(n) for n in (0, 99, 100, 47 * 60, 48 * 60, 5 * 24 * 60)] == [
        "0 min", "99 min", "1 h", "47 h", "2 days", "5 days"]


def test_every_state_has_an_icon_and_a_word_of_its_own(typist: Typist) -> None:
    room = typist.page.desk.rooms[0]
    states: tuple[State, ...] = (
        "out", "draft", "received", "check", "differs", "confirmed", "postponed", "bye")
    looks = [look_of(replace(room, state=state)) for state in states]
    assert len({one.icon for one in looks}) == len({one.word for one in looks}) == len(states)


# --- who and which -----------------------------------------------------------------------------


def test_rooms_are_grouped_by_runner_with_counts_and_found_by_runner(typist: Typist) -> None:
    rooms = {one.name: one.id for one in _venues(typist)}
    write(typist, lambda unit: chase.give_runners(
        unit, typist.desk.owner.id, {rooms["Room 2"]: "Mia", rooms["Room 10"]: "Mia"}))
    page, model = typist.page, typist.page.list.rooms
    page.list.give_keys()
    for _turn in range(2):
        typist.press(Qt.Key.Key_R, CTRL)
    assert page.list.order == "runner"
    assert [one.name for one in model.rooms] == ["Room 2", "Room 10", "Annex"]
    assert [plain(one) for one in model.heads.values()] == ["Mia: 2 out", "Nobody: 1 out"]
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert plain(said).startswith("Mia: 2 out, Room 2")
    typist.type("mia")
    assert [one.name for one in model.rooms] == ["Room 2", "Room 10"]
    assert [plain(one) for one in model.heads.values()] == ["Mia: 2 out"]


def test_a_runner_is_told_with_what_is_late() -> None:
    assert plain(runner_words(Runner("Mia", 5, 3, 1))) == "Mia: 3 out, 1 late"
    assert plain(runner_words(Runner("Mia", 5, 0, 0))) == "Mia: nothing out"


def _venues(typist: Typist) -> list[chase.RunnerRow]:
    with typist.desk.workspace.database.read() as unit:
        return chase.read_runners(unit, typist.desk.owner.id)


def test_runners_are_given_to_several_rooms_by_keys_as_one_action(typist: Typist) -> None:
    typist.press(Qt.Key.Key_U, CTRL | SHIFT)
    (dialog,) = typist.page.findChildren(RunnersDialog)
    typist.desk.qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.runner.hasFocus()
    QTest.keyClicks(dialog.runner, "Mia")
    QTest.keyClick(dialog.runner, Qt.Key.Key_Return)
    assert dialog.table.hasFocus()
    assert plain(dialog.said.text()) == "Mia: 3"
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    dialog.table.clearSelection()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert plain(dialog.said.text()) == "Mia: 2, Nobody: 1"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return, CTRL)
    typist.desk.settle()
    assert [(one.name, one.runner) for one in _venues(typist)] == [
        ("Annex", ""), ("Room 2", "Mia"), ("Room 10", "Mia")]
    assert typist.told[-1].sentence == "2 rooms got a runner."
    typist.desk.session.undo()
    typist.desk.settle()
    assert {one.runner for one in _venues(typist)} == {""}


def test_a_bye_is_called_by_its_team(typist: Typist) -> None:
    room = next(one for one in typist.page.desk.rooms if one.name == "Annex")

    def change(unit: WriteUnit) -> None:
        sides = unit.rows(select(schema.debate_side).where(
            schema.debate_side.c.debate_id == room.id))
        unit.delete(schema.debate_side, [row.id for row in sides[1:]])
        unit.update(schema.debate_side, {sides[0].id: {"side": "bye"}})
        unit.update(schema.debate, {room.id: {"venue_id": None}})

    write(typist, change)
    bye = typist.page.list.ordered()[-1]
    assert (bye.state, bye.name) == ("bye", room.row.teams[0][1])
    typist.open(bye.name)
    assert typist.room == ""
    assert typist.told[-1].sentence == (
        f"{bye.name} has a bye: nobody debates there, and no ballot comes. Choose another room.")


def test_the_next_room_is_one_whose_paper_lies_here(typist: Typist) -> None:
    to_list(typist)
    rooms = [one.name for one in typist.page.list.ordered()]
    typist.press(Qt.Key.Key_End)
    typist.press(Qt.Key.Key_Insert)
    assert typist.states()[rooms[-1]] == "received"
    typist.open(rooms[0])
    typist.sheet()
    typist.save()
    assert typist.room == rooms[-1]
    typist.sheet()
    typist.save()
    assert typist.room == rooms[1]


def test_only_a_ballot_that_can_be_typed_says_so(typist: Typist) -> None:
    page = typist.page
    typist.open("Annex")
    room = next(one for one in page.desk.rooms if one.name == "Annex")
    assert page.list.rooms.look(room).word == "Typing now"
    page.list.show_open(room.id, is_typed=False)
    assert page.list.rooms.look(room).word == "Out"
