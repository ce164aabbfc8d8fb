"""A key that is held or bounces decides nothing, and none that a typist meant is lost unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.core.clock import ManualClock
from tabapp.gui.frame.commands import COMMANDS as OF_WINDOW
from tabapp.gui.pages.ballots import page as ballots_page
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.saving import SOON
from tabapp.gui.pages.ballots.typed_ahead import LONGEST
from tabapp.gui.pages.catalog import PLACES, commands
from tabapp.store.schema import ballot, form_draft
from tests.gui import desk_papers as papers
from tests.gui.ballot_typist import CTRL, STAFF, Typist, at_the_desk, document, register, sit_down
from tests.gui.desk import open_desk
from tests.gui.desk_shift import Shift, begin_shift
from tests.gui.late_answers import Late

pytestmark = pytest.mark.usefixtures("light")
FULL = "8180797877767574"
NEXT_PAPER = "8079787776757473"


@pytest.fixture
def shift(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shift]:
    with begin_shift(qtbot, qapp, tmp_path, papers.BP) as at:
        yield at


def _hold(at: Shift, times: int = 6) -> None:
    """Hold Ctrl+Enter, as the system tells of it: one stroke, then repeats."""
    for n in range(times):
        for down in (True, False):
            QTest.simulateEvent(
                at.keys.focus, down, Qt.Key.Key_Return, CTRL, "\r", n > 0, -1)
        at.keys.settle()


def _drafts(at: Shift) -> int:
    assert at.keys.app.file is not None
    with at.keys.app.file.workspace.database.read() as unit:
        return len(unit.rows(select(form_draft)))


# --- held ----------------------------------------------------------------------------------------


def test_only_going_on_and_taking_back_are_done_again_while_a_key_is_held() -> None:
    found = {one.name for one in (*OF_WINDOW, *commands(PLACES)) if one.repeats}
    assert {"edit.undo", "pane.next", "ballots.next_sheet"} <= found
    assert not {name for name in found if not (
        name.endswith((".next", ".previous", "undo", "redo", "category"))
        or "_sheet" in name or "_list" in name or "preview_" in name)}


def _type_the_first(at: Shift) -> None:
    at.sit_down("Ann")
    at.open(1, Mode.ENTER)
    at.type(papers.BP.right)


def test_ctrl_enter_that_is_held_saves_one_ballot_and_insists_on_nothing(shift: Shift) -> None:
    _type_the_first(shift)
    _hold(shift)
    assert shift.states["Hall 1"] == "check"
    assert shift.room == "Hall 2"
    shift.change("Ben")
    shift.open(1, Mode.SECOND)
    shift.type(papers.BP.slip)
    _hold(shift)
    assert shift.states["Hall 1"] == "check"
    assert "differs from the first entry" in shift.page.form.top.sentence


# --- bouncing ------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path, clock: ManualClock) -> Iterator[Typist]:
    archive = document(enable_blind_checks=True)
    with open_desk(qtbot, tmp_path, archive=archive, clock=clock) as desk:
        at = sit_down(desk, register(desk, STAFF), "Ann")
        yield at
        at.page.close()
        desk.settle()


def _bounce(at: Typist) -> None:
    at.press(Qt.Key.Key_Return, CTRL)


def test_nobody_insists_on_a_difference_before_it_could_be_read(
    typist: Typist, clock: ManualClock
) -> None:
    typist.open("Room 1")
    typist.type(FULL)
    typist.save()
    typist.sit("Ben")
    typist.open("Room 1")
    typist.type("8180797877767573")
    typist.save()
    assert "differs from the first entry" in typist.banner()
    clock.advance(SOON - 0.1)
    _bounce(typist)
    assert typist.states()["Room 1"] == "check"
    clock.advance(0.2)
    _bounce(typist)
    assert typist.states()["Room 1"] == "differs"


def test_nobody_answers_a_question_before_it_could_be_read(
    typist: Typist, clock: ManualClock
) -> None:
    typist.open("Room 1")
    typist.type("80797877767574" + "51")
    _bounce(typist)
    assert typist.page.form.bottom.sentence
    clock.advance(SOON - 0.1)
    _bounce(typist)
    assert (typist.room, typist.states()["Room 1"]) == ("Room 1", "out")
    clock.advance(0.2)
    _bounce(typist)
    assert typist.states()["Room 1"] == "check"


def test_a_second_ctrl_enter_leaves_no_draft_of_what_was_saved(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type_the_first(shift)
    late = Late(monkeypatch, ballots_page, "read_opened")
    shift.keys._stroke("Ctrl+Return")
    shift.keys.wait(late.is_held, "the next room is read")
    told = len(shift.keys.told)
    for _bounce in range(3):
        shift.keys._stroke("Ctrl+Return")
    late.let_go()
    shift.keys.settle()
    assert (shift.room, shift.page.form.top.sentence) == ("Hall 2", "")
    assert [one.sentence for one in shift.keys.told[told:]] == []
    assert _drafts(shift) == 0
    assert shift.states["Hall 1"] == "check"


# --- typed ahead ---------------------------------------------------------------------------------


def _save_then_type(at: Shift, patch: pytest.MonkeyPatch, text: str, *, clock: float = 0) -> None:
    """Save, and type on before the next form is there."""
    late = Late(patch, ballots_page, "read_opened")
    at.keys._stroke("Ctrl+Return")
    for one in text:
        at.keys._stroke(one if one != "\n" else "Return")
    at.keys.wait(late.is_held, "the next room is read")
    if clock:
        now = at.keys.window.session.workspace.clock.monotonic()
        patch.setattr(at.keys.window.session.workspace.clock, "monotonic", lambda: now + clock)
    late.let_go()
    at.keys.settle()


def _typed(at: Shift) -> str:
    form = at.page.form
    assert form.desk is not None
    return "".join(form.typed.scores.get(key, "") for key in form.desk.sheet.keys)


def test_what_is_typed_before_the_next_form_is_there_is_typed_in_it(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type_the_first(shift)
    _save_then_type(shift, monkeypatch, "\n" + NEXT_PAPER[:5])
    assert shift.room == "Hall 2"
    shift.keys.write(NEXT_PAPER[5:])
    assert _typed(shift) == NEXT_PAPER
    assert shift.states["Hall 1"] == "check"


def test_what_was_typed_too_long_before_is_dropped_aloud(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type_the_first(shift)
    _save_then_type(shift, monkeypatch, "80", clock=LONGEST + 0.1)
    assert (shift.room, _typed(shift)) == ("Hall 2", "")
    assert "was not taken. Type it again." in shift.keys.last_words()


def test_nothing_is_typed_into_a_ballot_that_was_begun(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift.sit_down("Ann")
    shift.open(2, Mode.ENTER)
    shift.type("75")
    shift.open(1, Mode.ENTER)
    shift.type(papers.BP.right)
    _save_then_type(shift, monkeypatch, "80")
    assert (shift.room, _typed(shift)) == ("Hall 2", "75")
    assert "was not taken. Type it again." in shift.keys.last_words()


def test_who_asks_for_another_room_meanwhile_finds_that_one(
    shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type_the_first(shift)
    late = Late(monkeypatch, ballots_page, "read_opened")
    shift.keys._stroke("Ctrl+Return")
    shift.keys._stroke("F3")
    for one in "3":
        shift.keys._stroke(one)
    late.let_go()
    shift.keys.settle()
    shift.keys.press("Return")
    assert (shift.room, _typed(shift)) == ("Hall 3", "")
    assert shift.states["Hall 1"] == "check"


def test_a_save_that_is_refused_says_that_what_was_typed_after_it_was_not_taken(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path, teams=8) as at:
        at.open("Room 1")
        at.type(FULL)
        with at.desk.workspace.database.write(
            actor="Other", verb="enter", tournament=at.desk.owner.id
        ) as unit:
            room = at.page.form.desk
            assert room is not None
            unit.insert(ballot, [{
                "debate_id": room.room.id, "version": 1, "status": "draft",
                "entered_by": "Other"}])
            QTest.keyClick(at.here, Qt.Key.Key_Return, CTRL)
            QTest.keyClicks(at.here, "80")
        at.desk.settle()
        assert _room_marks(at) == FULL
        assert "was not taken. Type it again." in at.told[-1].sentence


def _room_marks(at: Typist) -> str:
    form = at.page.form
    assert form.desk is not None
    return "".join(form.typed.scores.get(key, "") for key in form.desk.sheet.keys)
