"""The window is locked, by a key, by time, by a change of the people: nothing gets past it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.core.clock import ManualClock
from tabapp.gui.dialogs.base import ask
from tabapp.services.operators import change_role, remove_operator
from tabapp.store.schema import team, tournament
from tabapp.store.unit import WriteUnit
from tests.gui.frame_desk import CTRL, FAKES, FakePage, open_window
from tests.gui.operator_desk import DIRECTOR, VOLUNTEER, open_with_people, register

pytestmark = pytest.mark.usefixtures("light")


def test_a_file_with_people_opens_locked_and_shows_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        assert at.desk.session.who.is_locked
        assert at.window.windowTitle() == "tabapp"
        with pytest.raises(LookupError):
            at.window.workplace  # noqa: B018 - nothing was made for anybody
        at.sign_in("Ana")
        assert at.desk.session.actor == "Ana"
        assert at.window.page is not None


def test_ctrl_l_lets_somebody_else_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        old = at.window.workplace
        gone: list[bool] = []
        old.destroyed.connect(lambda: gone.append(True))
        at.press(Qt.Key.Key_L, CTRL)
        assert at.desk.session.who.is_locked
        assert not old.isVisible()
        at.sign_in("Vera")
        assert at.desk.session.who.is_volunteer
        assert gone == [True]
        assert [one.key for one in at.window.places] == ["ballots"]
        assert at.window.jobs.who.text() == "Vera, Volunteer"


def test_the_same_person_finds_all_as_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        page = at.window.page
        assert isinstance(page, FakePage)
        page.first.setText("half")
        question = ask(page, "Delete it?", "It is gone then.", "Delete", lambda: None)
        assert question.isVisible()
        at.desk.session.who.lock()
        assert not question.isVisible()
        assert not page.isVisible()
        at.sign_in("Ana")
        assert question.isVisible()
        assert page.first.text() == "half"
        question.reject()


def test_nothing_works_while_it_is_locked(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        session, page = at.desk.session, at.window.page
        assert isinstance(page, FakePage)
        ended: list[bool] = []
        at.window.quit_wanted.connect(lambda: ended.append(True))
        session.who.lock()
        at.press(Qt.Key.Key_Q, CTRL)
        assert ended == [True]
        for one in at.window.table.commands:
            if one.name != "file.quit":
                for keys in one.all_keys:
                    combination = QKeySequence(keys)[0]
                    QTest.keyClick(
                        QApplication.focusWidget() or at.window, combination.key(),
                        combination.keyboardModifiers())
        session.go("people")
        session.tell("Told while it was locked.", "attention")
        late = QDialog(at.window)
        late.open()
        other = QWidget()  # of the program, as what it shows when it closes
        at.desk.qtbot.addWidget(other)
        other.show()
        at.settle()
        assert page.done == []
        assert at.window.stack.key == "overview"
        assert not late.isVisible()
        assert other.isVisible()
        assert not at.window.palette_panel.isVisible()
        assert QApplication.activePopupWidget() is None
        assert session.who.is_locked
        at.become("Ana")
        QTest.qWait(0)
        told = [one.notice.sentence for one in at.window.toasts.kept]
        assert told == ["Told while it was locked."]


def test_it_locks_when_nobody_pressed_a_key_for_so_long(qtbot: QtBot, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 9, tzinfo=UTC))
    with open_with_people(qtbot, tmp_path, places=FAKES, clock=clock) as at:
        at.sign_in("Ana")
        who, watch = at.desk.session.who, at.window.door.watch
        assert watch.minutes == 10
        clock.advance(9 * 60)
        at.press(Qt.Key.Key_Tab)
        clock.advance(9 * 60)
        assert not watch.look()
        assert not who.is_locked
        clock.advance(61)
        page = at.window.page
        assert isinstance(page, FakePage)
        at.press(Qt.Key.Key_Return, CTRL)  # the key that comes too late does nothing
        assert who.is_locked
        assert page.done == []
        assert "10 minutes" in who.reason


def test_nothing_locks_by_itself_at_zero_minutes(qtbot: QtBot, tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 3, 1, 9, tzinfo=UTC))
    with open_with_people(qtbot, tmp_path, places=FAKES, clock=clock) as at:
        at.sign_in("Ana")
        at.window.door.watch.minutes = 0
        clock.advance(48 * 3600)
        assert not at.window.door.watch.look()


def test_who_is_removed_while_he_works_is_locked_out(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Vera")
        with at.desk.workspace.database.write(actor="Ana", verb="remove") as unit:
            remove_operator(unit, at.people["Vera"].id)
        at.settle()
        assert at.desk.session.who.is_locked
        assert "Vera" in at.desk.session.who.reason


def test_with_the_very_last_person_the_window_is_everybody_s_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        others = [one.id for name, one in at.people.items() if name != "Ana"]
        with at.desk.workspace.database.write(actor="Ana", verb="remove") as unit:
            for operator_id in (*others, at.people["Ana"].id):
                remove_operator(unit, operator_id)
        at.settle()
        who = at.desk.session.who
        assert (who.is_locked, who.operator, who.role) == (False, None, DIRECTOR)
        assert at.window.page is not None
        at.press(Qt.Key.Key_L, CTRL)
        assert not who.is_locked


def test_a_locked_window_opens_when_the_very_last_person_goes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        locked = [at.desk.session.who.is_locked]
        people = sorted(at.people.values(), key=lambda one: one.role is DIRECTOR)
        with at.desk.workspace.database.write(actor="Ana", verb="remove") as unit:
            for one in people:
                remove_operator(unit, one.id)
        at.settle()
        locked.append(at.desk.session.who.is_locked)
        assert locked == [True, False]
        assert at.window.page is not None


def test_a_write_of_who_was_removed_is_refused_but_not_the_draft(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Vera")
        session = at.desk.session
        session.changed.disconnect(at.window.door._on_changed)  # another program's: not told yet
        with at.desk.workspace.database.write(actor="Ana", verb="remove") as unit:
            remove_operator(unit, at.people["Vera"].id)
        kept: list[str] = []
        session.write(at.window, "keep a draft", lambda _unit: "draft", undoable=False,
                      done=kept.append)
        session.write(at.window, "enter", lambda _unit: "ballot", done=kept.append)
        at.settle()
        assert kept == ["draft"]
        assert session.who.is_locked


def test_another_role_means_another_workplace(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Cem")
        assert len(at.window.places) > 1
        with at.desk.workspace.database.write(actor="Ana", verb="change") as unit:
            change_role(unit, at.people["Cem"].id, VOLUNTEER)
        at.settle()
        assert at.desk.session.who.is_locked
        at.sign_in("Cem")
        assert [one.key for one in at.window.places] == ["ballots"]


def test_what_is_written_carries_the_name_of_who_wrote_it(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        session = at.desk.session
        session.write(at.window, "rename", _rename)
        session.who.lock()  # what was on its way is still hers
        at.become("Vera")
        newest = at.desk.workspace.database.history(at.desk.owner.id, limit=1)[0]
        assert (newest.actor, newest.verb) == ("Ana", "rename")


def test_the_core_does_not_take_back_the_settings_of_others(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Ana")
        at.desk.session.write(at.window, "rename", _settings)
        at.settle()
        at.become("Cem")
        at.desk.session.undo()
        at.settle()
        told = [one.notice.sentence for one in at.window.toasts.kept]
        assert len(told) == 1
        assert told[0].startswith("Ana changed this in the settings")


def test_an_older_entry_taken_back_leaves_the_newer_one_to_be_taken_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_with_people(qtbot, tmp_path, places=FAKES) as at:
        at.sign_in("Vera")
        session, written = at.desk.session, []
        for ref in ("T1", "T2"):
            session.write(
                at.window, f"rename {ref}", partial(_call_short, ref),
                done=lambda _none: written.append(session.written))
            at.settle()
        told = at.window.toasts.kept
        session.undo(written[0])  # by its toast
        at.settle()
        session.undo()
        at.settle()
        assert [one.notice.sentence for one in told] == ["Undo rename T1.", "Undo rename T2."]
        session.undo()
        at.settle()
        assert told[-1].notice.sentence.startswith("You entered nothing at this window")


def test_a_file_without_people_is_never_locked(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        who = at.desk.session.who
        assert who.name == at.desk.workspace.actor
        assert not who.is_locked
        at.press(Qt.Key.Key_L, CTRL)
        assert not who.is_locked
        assert "Nobody signs in" in at.window.toasts.kept[-1].notice.sentence
        register(at.desk.workspace, Ana=DIRECTOR)
        at.desk.settle()
        assert who.is_locked


def _rename(unit: WriteUnit) -> None:
    _call_short("T1", unit)


def _call_short(ref: str, unit: WriteUnit) -> None:
    for row in unit.rows(select(team.c.id).where(team.c.ref == ref)):
        unit.update(team, {row.id: {"short_name": "Renamed"}})


def _settings(unit: WriteUnit) -> None:
    for row in unit.rows(select(tournament.c.id)):
        unit.update(tournament, {row.id: {"settings": {"lock_minutes": 20}}})
