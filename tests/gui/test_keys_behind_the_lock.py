"""While it is locked nothing behind the lock screen has the keys, whatever was still on its way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QFocusFrame, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.gui.pages.ballots import page as ballots_page
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.widgets.floating import Floating
from tabapp.store.schema import ballot, form_draft
from tests.gui import desk_papers as papers
from tests.gui.desk_shift import Shift, begin_shift
from tests.gui.late_answers import Late

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def shift(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shift]:
    with begin_shift(qtbot, qapp, tmp_path, papers.BP) as at:
        yield at


def _rows(at: Shift) -> tuple[list[str], int]:
    """Return who entered each ballot, and how many drafts there are."""
    assert at.keys.app.file is not None
    with at.keys.app.file.workspace.database.read() as unit:
        return (
            [one.entered_by for one in unit.rows(select(ballot))],
            len(unit.rows(select(form_draft))))


def _save_and_lock(at: Shift, patch: pytest.MonkeyPatch) -> None:
    """Let Ann save, and lock while the next room is being read; its answer comes after that."""
    at.sit_down("Ann")
    at.open(1, Mode.ENTER)
    at.type(papers.BP.right)
    late = Late(patch, ballots_page, "read_opened")
    at.keys._stroke("Ctrl+Return")
    at.keys.wait(late.is_held, "the next room is read")
    at.keys._stroke("Ctrl+L")
    late.let_go()
    at.keys.settle()


def _is_at_the_door(at: Shift) -> bool:
    return at.keys.window.door.isAncestorOf(at.keys.focus) and at.keys.focus.isVisible()


def test_a_form_that_opens_late_hears_nothing_of_what_is_typed_while_it_is_locked(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save_and_lock(shift, monkeypatch)
    assert _is_at_the_door(shift)
    shift.keys.press("Return")
    shift.keys.write("8180797877767574")
    shift.keys.press("Ctrl+Return")
    assert _is_at_the_door(shift)
    assert _rows(shift) == (["Ann"], 0)


def test_the_same_person_comes_back_to_the_room_that_the_save_led_to(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save_and_lock(shift, monkeypatch)
    shift.sit_down("Ann")
    assert (shift.room, shift.page.form.mode, shift.key_here) == ("Hall 2", Mode.ENTER, "og.1")
    shift.type("81")
    assert shift.page.form.typed.scores["og.1"] == "81"


def test_somebody_else_comes_back_to_no_room(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save_and_lock(shift, monkeypatch)
    shift.sit_down("Ben")
    assert shift.room == ""
    assert shift.keys.focus.isVisible()


def test_nothing_behind_the_lock_screen_can_be_given_the_keys(shift: Shift) -> None:
    shift.sit_down("Ann")
    shift.open(1, Mode.ENTER)
    field, page = shift.keys.focus, shift.page
    shift.keys.press("Ctrl+L")
    shift.keys.press("Return")
    pad = shift.keys.focus
    field.setFocus()
    assert shift.keys.focus is pad  # a PIN that is half typed goes on
    rings = [one for one in shift.keys.window.findChildren(QFocusFrame) if one.isVisible()]
    assert rings == []
    page.setFocus()
    shift.keys.write("81")
    assert _is_at_the_door(shift)
    shift.keys.press("Esc")
    shift.sit_down("Ann")
    assert shift.keys.focus is field
    assert shift.page.form.typed.scores.get("og.1", "") == ""


def test_what_floats_or_opens_late_over_the_window_stays_away(shift: Shift) -> None:
    shift.sit_down("Ann")
    shift.keys.press("Ctrl+L")
    shown: list[QWidget] = [Floating(shift.keys.window, "Late"), QDialog(shift.keys.window)]
    fields = [QLineEdit(one) for one in shown]
    for one, field in zip(shown, fields, strict=True):
        one.show()
        field.setFocus()
    shift.keys.settle()
    assert not any(one.isVisible() for one in shown)
    assert _is_at_the_door(shift)
    shift.keys.write("An")
    assert [one.text() for one in fields] == ["", ""]
    shift.keys.press("Esc")
    for one in shown:
        one.deleteLater()


def test_a_round_does_not_go_while_nobody_may_look_at_it(shift: Shift) -> None:
    shift.sit_down("Ann")
    shift.open(1, Mode.ENTER)
    shift.type("81")
    shift.keys.press("Ctrl+L")
    session = shift.keys.app.session
    assert session is not None
    seen = session.round_id
    assert shift.keys.app.file is not None
    with shift.keys.app.file.workspace.database.write(actor="Other", verb="touch") as unit:
        for row in unit.rows(select(ballot).where(ballot.c.id < 0)):
            unit.delete(ballot, [row.id])
        unit.touch("rounds")
    shift.keys.settle()
    assert session.round_id == seen
    shift.sit_down("Ann")
    assert (shift.room, shift.key_here) == ("Hall 1", "og.2")
