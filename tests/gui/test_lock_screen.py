"""The lock screen by keyboard: names, PINs, waits, and nothing of what is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tabapp.core.clock import ManualClock
from tabapp.domain.operators import Operator
from tabapp.gui.locking.screen import LockScreen
from tabapp.gui.locking.words import ROLES, reset_words, role_words
from tabapp.services.operators import (
    Reset,
    remove_operator,
    rename_operator,
    set_pin,
)
from tests.gui.desk import Desk, open_desk
from tests.gui.operators_room import CORE, DIRECTOR, VOLUNTEER, quick, quick_pins, staff

KEY = Qt.Key
PEOPLE = (
    ("Ann Ashworth", DIRECTOR, "1234"), ("Bea Kim", VOLUNTEER, "5678"),
    ("Cy Ångström", CORE, "00000000"), ("Desk 2", VOLUNTEER, "2222"),
    ("Desk 12", VOLUNTEER, "1212"))


class Front:
    """A window with a secret, and a lock screen over it."""

    def __init__(self, desk: Desk, clock: ManualClock, people: tuple[Operator, ...]) -> None:
        self.desk, self.bot, self.clock, self.all = desk, desk.qtbot, clock, people
        self.window = QWidget()
        self.window.resize(1310, 690)
        column = QVBoxLayout(self.window)
        self.behind = QLineEdit("Kranichfeld B wins")
        column.addWidget(QLabel("Standings after Round 5"))
        column.addWidget(self.behind)
        self.screen = LockScreen(desk.session, self.window)
        self.came: list[Operator] = []
        self.screen.signed_in.connect(self.came.append)
        self.bot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        self.bot.waitExposed(self.window)

    def start(self, reason: str = "", last: int | None = None) -> None:
        self.screen.start(self.all, reason, last=last)
        self.desk.settle()

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        modifier = (
            Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)
        for key in keys:
            self.bot.keyClick(self.focus, key, modifier)
        self.desk.settle()

    def type(self, text: str) -> None:
        for letter in text:
            self.bot.keyClicks(self.focus, letter)
        self.desk.settle()

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def who(self) -> str:
        found = self.screen.people.current
        return found.name if found is not None else ""

    @property
    def says(self) -> str:
        return self.screen.sentence.text()

    def shown(self) -> list[str]:
        rows = self.screen.people.list
        return [rows.item(n).text() for n in range(rows.count())]

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.screen._on_tick()


@pytest.fixture
def front(qtbot: QtBot, light: None, tmp_path: Path) -> Iterator[Front]:
    clock = ManualClock()
    with quick_pins(), open_desk(qtbot, tmp_path, teams=8, clock=clock) as desk:
        people = staff(desk, PEOPLE)
        QApplication.processEvents()
        desk.settle()
        yield Front(desk, clock, people)


def test_letters_find_a_name_and_digits_are_the_pin(front: Front) -> None:
    front.start()
    front.type("kim")
    assert (front.shown(), front.who) == (["Bea Kim"], "Bea Kim")
    front.type("5678")
    assert front.focus is front.screen.pad
    assert front.screen.people.field.text() == "kim"
    front.press(KEY.Key_Return)
    assert [one.name for one in front.came] == ["Bea Kim"]
    assert front.came[0].role is VOLUNTEER


def test_who_was_here_before_only_types_the_pin(front: Front) -> None:
    front.start(last=front.all[2].id)
    assert front.who == "Cy Ångström"
    front.type("00000000")
    front.press(KEY.Key_Enter)
    assert [one.name for one in front.came] == ["Cy Ångström"]


def test_arrows_choose_and_enter_goes_on(front: Front) -> None:
    front.start()
    assert front.shown() == ["Ann Ashworth", "Bea Kim", "Cy Ångström", "Desk 2", "Desk 12"]
    front.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Up)
    assert front.who == "Bea Kim"
    front.press(KEY.Key_Return)
    assert front.screen.pad.hasFocus()
    front.press(KEY.Key_Escape)
    assert front.screen.people.field.hasFocus()


def test_marks_and_case_do_not_matter_for_finding(front: Front) -> None:
    front.start()
    front.type("ANG")
    assert front.shown() == ["Cy Ångström"]
    front.press(KEY.Key_Escape)
    assert len(front.shown()) == 5
    front.type("zz")
    assert (front.shown(), front.screen.pad.isEnabled()) == ([], False)
    front.press(KEY.Key_Return)
    front.type("1234")
    assert (front.screen.pad.typed, front.screen.people.field.text()) == (0, "zz")


def test_a_letter_on_the_pad_looks_for_another_name(front: Front) -> None:
    front.start(last=front.all[0].id)
    front.type("12")
    front.type("be")
    assert (front.who, front.screen.pad.typed) == ("Bea Kim", 0)
    front.type("5678")
    front.press(KEY.Key_Return)
    assert [one.name for one in front.came] == ["Bea Kim"]


def test_a_digit_is_never_shown_wherever_it_is_typed(front: Front) -> None:
    front.start()
    front.type("1234")
    told = [
        words for one in (front.screen, *front.screen.findChildren(QWidget))
        for words in (one.accessibleName(), one.accessibleDescription(), one.toolTip())
        if "1234" in words]
    told += [one.text() for one in front.screen.findChildren(QLabel) if "1234" in one.text()]
    told += [one.text() for one in front.screen.findChildren(QLineEdit) if one.text()]
    assert told == []
    assert front.screen.pad.accessibleDescription() == "4 digits typed"
    front.press(KEY.Key_Backspace)
    assert front.screen.pad.accessibleDescription() == "3 digits typed"
    front.type("99999999")
    assert front.screen.pad.typed == 8


def test_a_wrong_pin_says_so_and_can_be_typed_again_at_once(front: Front) -> None:
    front.start()
    front.type("9999")
    front.press(KEY.Key_Return)
    assert front.says == "This is not the PIN of Ann Ashworth. Type it again."
    assert front.focus is front.screen.pad
    assert front.screen.pad.typed == 0
    front.type("1234")
    front.press(KEY.Key_Return)
    assert len(front.came) == 1


def test_a_pin_that_is_too_short_is_no_try(front: Front) -> None:
    front.start()
    for typed in ("", "12", "123"):
        front.type(typed)
        front.screen.pad._enter()
        front.desk.settle()
        assert "Type 4 to 8 digits" in front.says


def test_the_pad_counts_down_while_nobody_may_type(front: Front) -> None:
    front.start()
    for _ in range(3):
        front.type("9999")
        front.press(KEY.Key_Return)
    assert front.says == "That PIN was wrong. Wait 2 s, then type it again."
    assert front.screen.pad.is_held
    front.type("1234")
    front.press(KEY.Key_Return)
    assert (front.screen.pad.typed, front.came) == (0, [])
    front.pass_time(1.2)
    assert "Wait 1 s" in front.says
    front.pass_time(1)
    assert (front.says, front.screen.pad.is_held) == ("Type the PIN again.", False)
    front.type("1234")
    front.press(KEY.Key_Return)
    assert len(front.came) == 1


def test_a_wait_is_shown_of_whom_it_is_and_after_a_restart(front: Front) -> None:
    front.start()
    for _ in range(3):
        front.type("9999")
        front.press(KEY.Key_Return)
    front.press(KEY.Key_Escape)
    front.press(KEY.Key_Down)
    assert (front.who, front.screen.pad.is_held, front.says) == ("Bea Kim", False, "")
    front.press(KEY.Key_Up)
    assert front.screen.pad.is_held
    another = LockScreen(front.desk.session, front.window)
    another.start(front.all)
    front.desk.settle()
    assert another.pad.is_held
    assert "Wait 2 s" in another.sentence.text()


def test_the_pad_is_held_while_a_pin_is_looked_at(front: Front) -> None:
    front.start()
    front.bot.keyClicks(front.focus, "1")
    for digit in "234":
        front.bot.keyClicks(front.focus, digit)
    front.bot.keyClick(front.focus, KEY.Key_Return)
    assert front.screen.pad.is_held
    front.bot.keyClicks(front.focus, "1234")
    front.bot.keyClick(front.focus, KEY.Key_Return)
    front.desk.settle()
    assert len(front.came) == 1


def test_the_keys_never_come_behind_the_screen(front: Front) -> None:
    front.behind.setFocus()
    front.start("Nobody typed for 10 minutes.")
    assert front.screen.reason.text() == "Nobody typed for 10 minutes."
    for shift in (False, True):
        seen = set()
        for _ in range(4):
            front.press(KEY.Key_Tab, shift=shift)
            seen.add(front.focus)
        assert seen == {
            front.screen.people.field, front.screen.pad, front.screen.forgot}
    front.screen.setFocus()
    assert front.screen.isAncestorOf(front.focus)


def test_nothing_of_the_window_is_seen(front: Front) -> None:
    front.start()
    front.window.resize(900, 500)
    QApplication.processEvents()
    assert front.screen.geometry() == front.window.rect()
    before = front.window.grab().toImage()
    front.behind.setText("Gleisdreieck A wins")
    front.behind.setStyleSheet("background: red")
    QApplication.processEvents()
    picture = front.window.grab().toImage()
    assert picture == before
    at = front.behind.mapTo(front.window, QPoint(5, 5))
    assert front.window.childAt(at) is not front.behind


def test_the_way_back_from_a_forgotten_pin_stands_there(front: Front) -> None:
    front.start()
    assert not front.screen.way_back.isVisible()
    front.press(KEY.Key_Tab, KEY.Key_Tab)
    assert front.focus is front.screen.forgot
    front.press(KEY.Key_Return)
    assert front.screen.way_back.isVisible()
    assert "tabapp operator reset-pin FILE NAME" in front.screen.way_back.text()


def test_the_name_of_the_tournament_and_the_time_stand_above(front: Front) -> None:
    front.start()
    assert front.screen.title.text == front.desk.owner.name
    front.pass_time(3600)
    assert front.screen.time.text() == f"{front.clock.now().astimezone():%H:%M}"


def test_who_is_removed_or_renamed_meanwhile_is_so_here_too(front: Front) -> None:
    front.start()
    with front.desk.workspace.database.write(actor="Ann Ashworth") as unit:
        remove_operator(unit, front.all[1].id)
        rename_operator(unit, front.all[2].id, "Cyra")
    QApplication.processEvents()
    front.desk.settle()
    assert front.shown() == ["Ann Ashworth", "Cyra", "Desk 2", "Desk 12"]


def test_who_was_removed_cannot_come_in_from_an_old_list(front: Front) -> None:
    front.start(last=front.all[1].id)
    front.screen.blockSignals(False)
    front.desk.session.changed.disconnect(front.screen._on_changed)
    with front.desk.workspace.database.write(actor="Ann Ashworth") as unit:
        remove_operator(unit, front.all[1].id)
    front.type("5678")
    front.press(KEY.Key_Return)
    assert (front.came, "not at this keyboard any more" in front.says) == ([], True)


def test_a_new_pin_ends_the_wait_on_the_screen(front: Front) -> None:
    front.start()
    for _ in range(3):
        front.type("9999")
        front.press(KEY.Key_Return)
    assert front.says.startswith("That PIN was wrong")
    with front.desk.workspace.database.write(actor="Bea Kim") as unit:
        set_pin(unit, front.all[0].id, quick("4321"))
    QApplication.processEvents()
    front.desk.settle()
    front.screen._on_tick()
    assert not front.screen.pad.is_held
    front.type("4321")
    front.press(KEY.Key_Return)
    assert len(front.came) == 1


def test_a_mouse_alone_is_enough(front: Front) -> None:
    front.start()
    rows = front.screen.people.list
    place = rows.visualItemRect(rows.item(1)).center()
    front.bot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for name in ("5", "6", "7", "7", "back", "8", "enter"):
        front.bot.mouseClick(front.screen.pad.keys[name], Qt.MouseButton.LeftButton)
    front.desk.settle()
    assert [one.name for one in front.came] == ["Bea Kim"]


def test_every_control_has_a_name(front: Front) -> None:
    front.start()
    parts = [
        front.screen, front.screen.pad, front.screen.people.field, front.screen.people.list,
        front.screen.forgot, *front.screen.pad.keys.values()]
    assert all(one.accessibleName() for one in parts)
    assert front.screen.pad.accessibleName() == "PIN of Ann Ashworth"
    assert front.screen.people.field.accessibleDescription() == "Ann Ashworth, Tab director"


def test_digits_from_an_input_method_are_dropped(front: Front) -> None:
    front.start()
    event = QInputMethodEvent()
    event.setCommitString("12ab34")
    QApplication.sendEvent(front.screen.people.field, event)
    assert front.screen.people.field.text() == "ab"


@pytest.mark.parametrize(("width", "height"), [(640, 480), (960, 540), (1310, 690)])
def test_eighty_people_fit_on_every_screen(front: Front, width: int, height: int) -> None:
    front.all += tuple(
        Operator(1000 + n, f"Volunteer {n} of the University", VOLUNTEER, active=True)
        for n in range(75))
    front.window.resize(width, height)
    front.start("Nobody typed for 10 minutes.", last=1074)
    front.screen.forgot.click()
    QApplication.processEvents()
    inside = front.screen.rect()
    parts = (
        front.screen.people.field, front.screen.people.list, front.screen.way_back,
        front.screen.who, front.screen.sentence, *front.screen.pad.keys.values())
    for one in parts:
        place = one.rect().translated(one.mapTo(front.screen, QPoint(0, 0)))
        assert inside.contains(place), one.accessibleName()
    assert front.who == "Volunteer 74 of the University"
    rows = front.screen.people.list
    assert rows.viewport().rect().contains(rows.visualItemRect(rows.currentItem()).center())
    assert rows.height() >= 2 * 44


def test_roles_and_resets_have_words() -> None:
    assert [role_words(one) for one in ROLES] == [
        "Volunteer", "Adjudication core", "Tab director"]
    assert reset_words(()) == ""
    one = Reset(None, "Ann", "set a new PIN for", "Bea")
    assert reset_words([one] * 5).startswith("While you were away: Ann : set a new PIN for Bea;")
    assert reset_words([one] * 5).endswith("and 2 more in the activity trail.")
