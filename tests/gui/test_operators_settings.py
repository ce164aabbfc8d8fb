"""The section "People at the keyboard" of the settings, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator
from tabapp.gui.pages.settings.operator_rules import BLIND, NAMES
from tabapp.services.operators import (
    add_operator,
    check_pin,
    list_operators,
    remove_operator,
    rename_operator,
)
from tests.gui.operators_room import CORE, DIRECTOR, VOLUNTEER, quick, quick_pins, staff
from tests.gui.settings_desk import CTRL, SHIFT, SettingsDesk, settings_desk

K = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[SettingsDesk]:
    with quick_pins(), settings_desk(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def staffed(at: SettingsDesk) -> SettingsDesk:
    """Ann sits here; Bea is a volunteer, Cy of the adjudication core."""
    people = staff(at.desk, [
        ("Ann", DIRECTOR, "1234"), ("Bea", VOLUNTEER, "5678"), ("Cy", CORE, "2222")])
    at.desk.session.who.sign_in(people[0])
    at.go("operators")
    return at


def everybody(at: SettingsDesk) -> dict[str, Operator]:
    with at.desk.workspace.database.read() as unit:
        return {one.name: one for one in list_operators(unit, gone=True)}


def pin_is(at: SettingsDesk, who: str, pin: str) -> bool:
    try:
        check_pin(at.desk.workspace.database, everybody(at)[who].id, pin, SystemClock().now())
    except UserError:
        return False
    return True


def type_person(at: SettingsDesk, name: str, pin: str, again: str = "", downs: int = 0) -> None:
    """Fill the dialog that is open: name, role by so many arrows, the PIN twice; then store."""
    at.dialog()
    at.type(name)
    at.press(K.Key_Tab)
    at.press(*([K.Key_Down] * downs))
    at.press(K.Key_Tab)
    at.type(pin)
    at.press(K.Key_Tab)
    at.type(again or pin)
    at.press(K.Key_Return, modifier=CTRL)


def test_the_first_one_is_a_director_and_sits_here_from_then_on(at: SettingsDesk) -> None:
    added: list[Operator] = []
    at.page.operators.first_added.connect(added.append)
    at.go("operators")
    at.press(K.Key_Return)
    dialog = at.dialog()
    assert dialog.entry().role is DIRECTOR
    type_person(at, "Ann", "1234")
    assert at.no_dialog()
    ann = everybody(at)["Ann"]
    assert added == [ann]
    assert at.desk.session.who.operator == ann
    assert not at.desk.session.who.is_locked
    assert at.desk.session.actor == "Ann"
    assert at.trail()[0] == "add the operator Ann, tab director"
    assert pin_is(at, "Ann", "1234")
    at.press(K.Key_Insert)
    type_person(at, "Bea", "5678")
    assert at.no_dialog()
    assert everybody(at)["Bea"].role is VOLUNTEER
    assert len(added) == 1


def test_what_is_wrong_is_told_at_each_field_and_nothing_is_stored(at: SettingsDesk) -> None:
    at.go("operators")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    at.press(K.Key_Return, modifier=CTRL)
    assert dialog.isVisible()
    assert "no name" in dialog.form.fields["name"].sentence
    assert "no PIN" in dialog.form.fields["pin"].sentence
    assert at.focus is dialog.name
    type_person(at, "clock", "12", "13")
    assert "calls itself" in dialog.form.fields["name"].sentence
    assert "2 digits" in dialog.form.fields["pin"].sentence
    dialog.name.setFocus()
    type_person(at, "Ann", "1234", "4321")
    assert "two ways" in dialog.form.fields["again"].sentence
    dialog.name.setFocus()
    at.press(K.Key_Tab, K.Key_Up, K.Key_Up)
    assert "first person" in dialog.form.fields["role"].sentence
    at.press(K.Key_Return, modifier=CTRL)
    assert everybody(at) == {}
    at.press(K.Key_Escape)
    assert at.no_dialog()


def test_a_pin_is_shown_nowhere(at: SettingsDesk) -> None:
    at.go("operators")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    assert all(
        one.echoMode() is QLineEdit.EchoMode.Password for one in (dialog.pin, dialog.again))
    type_person(at, "Ann", "271828")
    assert at.no_dialog()
    assert not any("271828" in line for line in at.trail())
    assert not any("271828" in one.sentence for one in at.told)


def test_the_first_volunteer_brings_the_suggestion_of_a_blind_second_entry(
    at: SettingsDesk
) -> None:
    pane = at.page.operators
    people = staff(at.desk, [("Ann", DIRECTOR, "1234")])
    at.desk.session.who.sign_in(people[0])
    at.go("operators")
    at.press(K.Key_Insert)
    type_person(at, "Cy", "1111", downs=1)
    assert at.no_dialog()
    assert everybody(at)["Cy"].role is CORE
    assert pane._suggestion is None
    at.press(K.Key_Insert)
    type_person(at, "Bea", "1111")
    assert at.no_dialog()
    assert pane._suggestion is not None
    assert pane._suggestion.button is not None
    pane._suggestion.button.setFocus()
    at.press(K.Key_Return)
    assert at.stored(BLIND) is True
    assert pane._suggestion is None
    at.desk.session.undo()
    at.desk.settle()
    assert at.stored(BLIND) is False


def test_a_person_gets_another_name_and_role(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Down, K.Key_F2)
    dialog = at.dialog()
    assert dialog.name.text() == "Bea"
    at.type("Bea Kim")
    at.press(K.Key_Tab, K.Key_Down)
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert everybody(at)["Bea Kim"].role is CORE
    assert at.trail()[:2] == [
        "change the role of Bea Kim to adjudication core", "rename the operator Bea to Bea Kim"]
    assert not at.desk.session.who.is_locked


def test_a_name_that_looks_like_another_is_told_at_its_field(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Down, K.Key_F2)
    dialog = at.dialog()
    for name, said in (
        ("\u0391nn", "looks like Ann"), ("Ann (command line)", "without the window"),
    ):  # fmt: skip
        dialog.name.setText(name)
        at.press(K.Key_Return, modifier=CTRL)
        assert said in dialog.form.fields["name"].sentence
    at.press(K.Key_Escape)
    assert set(everybody(at)) == {"Ann", "Bea", "Cy"}


def test_who_sits_here_goes_on_under_another_name(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Return)
    at.dialog()
    at.type("Anna")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert at.desk.session.actor == "Anna"
    assert not at.desk.session.who.is_locked


def test_the_last_tab_director_stays_one(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Delete)
    assert at.no_dialog()
    assert "only tab director" in at.told[-1].sentence
    at.press(K.Key_F2)
    dialog = at.dialog()
    at.press(K.Key_Tab, K.Key_Up)
    at.press(K.Key_Return, modifier=CTRL)
    assert "only tab director" in dialog.form.fields["role"].sentence
    at.press(K.Key_Escape)
    assert everybody(at)["Ann"].role is DIRECTOR


def test_a_new_pin_is_set_and_the_trail_says_by_whom(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Down)
    at.press(K.Key_P, modifier=CTRL | SHIFT)
    at.dialog()
    at.type("9999")
    at.press(K.Key_Tab)
    at.type("9999")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert (pin_is(at, "Bea", "9999"), pin_is(at, "Bea", "5678")) == (True, False)
    assert at.trail()[0] == "set a new PIN for Bea"


def test_a_person_is_removed_and_brought_back(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Down, K.Key_Delete)
    at.dialog()
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert not everybody(at)["Bea"].active
    table = at.page.operators.table
    assert table.go_to(everybody(at)["Bea"].id)
    assert at.page.operators.why_not("settings.operator_edit") == "Bring this person back first."
    assert at.page.operators.why_not("settings.operator_remove")
    table.setFocus()
    at.press(K.Key_Return)
    at.dialog()
    at.type("4444")
    at.press(K.Key_Tab)
    at.type("4444")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert everybody(at)["Bea"].active
    assert pin_is(at, "Bea", "4444")
    assert at.page.operators.why_not("settings.operator_back")


def test_what_another_did_meanwhile_is_told_in_the_dialog_and_locks_nobody(
    staffed: SettingsDesk
) -> None:
    at = staffed
    at.press(K.Key_Down)
    at.press(K.Key_P, modifier=CTRL | SHIFT)
    dialog = at.dialog()
    with at.desk.workspace.database.write(actor="Ann") as unit:
        remove_operator(unit, everybody(at)["Bea"].id)
    at.type("9999")
    at.press(K.Key_Tab)
    at.type("9999")
    at.press(K.Key_Return, modifier=CTRL)
    assert dialog.isVisible()
    assert dialog.do.isEnabled()
    assert not at.desk.session.who.is_locked
    at.press(K.Key_Escape)
    assert at.no_dialog()


def test_a_name_that_was_taken_meanwhile_is_refused(staffed: SettingsDesk) -> None:
    at = staffed
    at.press(K.Key_Insert)
    dialog = at.dialog()
    with at.desk.workspace.database.write(actor="Ann") as unit:
        add_operator(unit, "Dan", VOLUNTEER, quick("1234"))
    type_person(at, "dan", "1234")
    assert dialog.isVisible()
    assert everybody(at)["Dan"].role is VOLUNTEER
    at.press(K.Key_Escape)
    assert at.no_dialog()
    assert len(everybody(at)) == 4


def test_the_list_follows_what_another_window_does(staffed: SettingsDesk) -> None:
    at = staffed
    with at.desk.workspace.database.write(actor="Ann") as unit:
        rename_operator(unit, everybody(at)["Cy"].id, "Cyra")
    QApplication.processEvents()
    at.desk.settle()
    shown = [row.cells[0].text for row in at.page.operators.rows.shown]
    assert shown == ["Ann", "Bea", "Cyra"]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_about_checking_stands_here_and_is_stored(
    staffed: SettingsDesk, name: str
) -> None:
    at = staffed
    inner = at.page.operators.rules.rows[name].control.inner
    inner.setFocus()
    before = at.stored(name)
    if name == "lock_minutes":
        at.type("5")
        at.press(K.Key_Tab)
    elif name == "ballot_confirmed_by":
        at.press(K.Key_Down, K.Key_Tab)
    else:
        at.press(K.Key_Space)
    assert at.stored(name) != before
    assert at.page.operators.rules.rows[name].differs
    assert at.trail()[0].startswith(f"set {name} to ")
    at.page.operators.rules.rows[name].back.click()
    at.desk.settle()
    assert at.stored(name) == before


def test_a_setting_that_cannot_be_is_told_and_not_stored(staffed: SettingsDesk) -> None:
    at = staffed
    row = at.page.operators.rules.rows["lock_minutes"]
    row.control.inner.setFocus()
    at.type("-3")
    at.press(K.Key_Tab)
    assert row.sentence
    assert at.stored("lock_minutes") == 10


@pytest.mark.parametrize(("width", "height"), [(1254, 610), (1700, 980), (944, 460)])
def test_all_of_it_can_be_reached_in_every_window(
    staffed: SettingsDesk, width: int, height: int
) -> None:
    at = staffed
    at.page.resize(width, height)
    QApplication.processEvents()
    pane = at.page.operators
    assert pane.area.horizontalScrollBar().maximum() == 0
    for name in NAMES:
        row = pane.rules.rows[name]
        row.control.inner.setFocus()
        QApplication.processEvents()
        place = row.rect().translated(row.mapTo(pane.area.viewport(), QPoint(0, 0)))
        assert pane.area.viewport().rect().contains(place)
