"""The console by keyboard: Take, pages, blank, updates, releases taken back, screens that go."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.projector.screens_dialog import ScreensDialog
from tabapp.gui.present.state import Kind
from tabapp.services import motions, rounds, tournament_settings
from tabapp.services.motions import MotionEntry
from tabapp.store.unit import WriteUnit
from tests.gui.desk import open_desk
from tests.gui.fake_screens import LAPTOP, OTHER, PROJECTOR
from tests.gui.projector_desk import Operator, open_projector

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def at(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Operator]:
    with open_desk(qtbot, tmp_path, teams=48) as desk:
        desk.workspace.run(
            "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=3)
        with open_projector(desk, monkeypatch) as made:
            yield made


def test_an_unreleased_draw_is_locked_and_leads_to_the_release(at: Operator) -> None:
    went: list[str] = []
    at.desk.session.went.connect(lambda place, _target: went.append(place))
    at.press(Qt.Key.Key_F12)
    assert "not released" in at.told[-1].sentence
    assert not at.page.hall.window.isVisible()
    assert at.page.preview_sheets() == ()
    at.press(Qt.Key.Key_Return)
    assert went == ["rounds/release"]


def test_f12_puts_the_preview_on_the_other_screen(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    window = at.page.hall.window
    assert window.isVisible()
    assert (window.x(), window.y()) == (PROJECTOR.x, PROJECTOR.y)
    assert "Draw by room" in at.seen()
    assert at.chip() == "Live: Draw by room"
    at.desk.qtbot.waitUntil(at.window.isActiveWindow)  # this platform made the other active


def test_choosing_another_slide_leaves_live_as_it_is(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    before = at.seen()
    at.press(Qt.Key.Key_Down)
    assert at.page.playlist.kind is Kind.TEAMS
    assert at.seen() == before
    at.press(Qt.Key.Key_F12)
    assert "Draw by team" in at.seen()


def test_pages_turn_by_keys_and_by_time(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    assert "Page 1 of 2" in at.seen()
    at.press(Qt.Key.Key_Space)
    assert "Page 2 of 2" in at.seen()
    at.press(Qt.Key.Key_PageUp)
    assert "Page 1 of 2" in at.seen()
    at.press(Qt.Key.Key_PageDown)
    assert "Page 2 of 2" in at.seen()
    at.page.hall.advance(at.page.hall.seconds + 0.1)
    assert "Page 1 of 2" in at.seen()
    at.press(Qt.Key.Key_Z)
    at.page.hall.advance(600)
    assert "Page 1 of 2" in at.seen()
    assert at.page.console.freeze.isChecked()


def test_pages_wait_for_a_hand_where_the_pace_says_so(at: Operator) -> None:
    at.release()
    at.page.console.pace.way.setFocus()
    at.press(Qt.Key.Key_Right)
    assert at.desk.session.preferences.kept.hall.by_hand
    at.press(Qt.Key.Key_F12)
    at.page.hall.advance(600)
    assert "Page 1 of 2" in at.seen()


def test_b_blanks_and_shows_again_but_types_a_letter_in_a_field(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.press(Qt.Key.Key_B)
    assert at.seen() == ""
    assert at.chip() == "Live: blank"
    at.press(Qt.Key.Key_B)
    assert "Draw by room" in at.seen()
    at.page.console.message.setFocus()
    at.press(Qt.Key.Key_B)
    assert at.page.console.message.toPlainText() == "b"
    assert "Draw by room" in at.seen()


def test_a_message_is_typed_and_taken(at: Operator) -> None:
    at.press(Qt.Key.Key_End)
    assert at.page.playlist.kind is Kind.MESSAGE
    at.press(Qt.Key.Key_Return)
    QTest.keyClicks(at.page.console.message, "Lunch until 13:15")
    at.press(Qt.Key.Key_F12)
    assert at.seen() == "Lunch until 13:15"
    QTest.keyClicks(at.page.console.message, "!")
    assert at.seen() == "Lunch until 13:15"


def test_taking_back_the_release_blanks_the_hall_from_wherever_it_is_done(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.desk.session.go("people")
    at.desk.settle()
    at.write(lambda unit: rounds.unrelease_draw(unit, at.round_id))
    assert at.seen() == ""
    assert at.page.hall.window.isVisible()
    assert at.told[-1].sentence == (
        "Draw by room is no longer released. The hall sees nothing now.")
    assert at.chip() == "Live: blank"


def test_another_round_in_the_window_leaves_live_and_still_guards_it(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.desk.session.set_round(at.desk.rounds()[1].id)
    at.desk.settle()
    assert "Round 1" in at.seen()
    assert at.page.preview_sheets() == ()
    at.write(lambda unit: rounds.unrelease_draw(unit, at.round_id))
    assert at.seen() == ""


def test_a_change_after_take_waits_for_f7(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.write(lambda unit: rounds.set_start(unit, at.round_id, "15:45"))
    assert "15:45" not in at.seen()
    assert at.page.console.banner is not None
    at.press(Qt.Key.Key_F7)
    assert "15:45" in at.seen()
    assert at.page.console.banner is None


def _delete_motion(owner: int, motion: int, unit: WriteUnit) -> None:
    motions.delete_motion(unit, owner, motion)


def test_a_motion_is_revealed_step_by_step(at: Operator) -> None:
    entry = MotionEntry("This House would wait", "Waiting", "What it is", (at.round_id,))
    with at.desk.workspace.database.read() as unit:
        old = [one.id for one in motions.motions_of_round(unit, at.round_id)]
    for one in old:
        at.write(partial(_delete_motion, at.desk.owner.id, one))
    at.write(lambda unit: motions.save_motion(unit, at.desk.owner.id, entry))
    at.page.playlist.choose(Kind.MOTION)
    at.press(Qt.Key.Key_F12)
    assert at.seen() == ""
    at.write(lambda unit: motions.release_motions(unit, at.round_id))
    at.press(Qt.Key.Key_F12)
    assert "What it is" in at.seen()
    assert "This House" not in at.seen()
    at.press(Qt.Key.Key_Space)
    assert "This House would wait" in at.seen()


def test_awards_are_locked_until_public_then_prepared_revealed_and_guarded(at: Operator) -> None:
    owner = at.desk.owner.id
    at.desk.workspace.run(
        "achievements.check", tournament=owner, tournament_id=owner, event="team.completed")
    at.desk.qtbot.wait(60)
    at.desk.session.go("projector", ("awards", "team_complete"))
    at.desk.settle()
    assert at.page.playlist.kind is Kind.AWARDS
    waits = "1 award waits until the list of participants can be read by everybody."
    assert at.page.console.note.text() == waits
    at.press(Qt.Key.Key_F12)
    assert at.told[-1].sentence == f"No award is public yet. {waits}"
    assert at.seen() == ""
    at.write(lambda unit: tournament_settings.change_settings(
        unit, owner, {"public_participants": True}))
    assert not at.page.console.note.isVisible()
    at.press(Qt.Key.Key_F12)
    assert "Team complete" in at.seen()
    assert "48 winners" not in at.seen()
    at.press(Qt.Key.Key_Space)
    assert "48 winners" in at.seen()
    at.page.hall.advance(600)
    assert "48 winners" in at.seen()
    at.desk.session.go("people")
    at.desk.settle()
    at.write(lambda unit: tournament_settings.change_settings(
        unit, owner, {"public_participants": False}))
    assert at.seen() == ""
    assert at.told[-1].sentence == (
        "Some of the awards are no longer public. The hall sees nothing now.")


def test_enter_on_locked_awards_leads_to_them(at: Operator) -> None:
    went: list[str] = []
    at.desk.session.went.connect(lambda place, _target: went.append(place))
    at.page.playlist.choose(Kind.AWARDS)
    at.press(Qt.Key.Key_Return)
    assert went == ["awards"]


def test_an_unplugged_projector_hides_the_show_and_f12_resumes_it(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.press(Qt.Key.Key_Space)
    at.screens.plug(LAPTOP, OTHER)
    assert not at.page.hall.window.isVisible()
    assert at.told[-1].sentence == (
        "The projector is unplugged. Nothing moved to this screen. F12 resumes when it is back.")
    assert at.chip() == "Projector unplugged"
    at.press(Qt.Key.Key_F12)
    assert not at.page.hall.window.isVisible()
    assert "not back yet" in at.told[-1].sentence
    at.screens.plug(LAPTOP, OTHER, PROJECTOR)
    assert not at.page.hall.window.isVisible()
    at.desk.session.go("people")
    at.desk.settle()
    at.press(Qt.Key.Key_F12)
    assert at.window.stack.key == "people"
    assert (at.page.hall.window.x(), "Page 2 of 2" in at.seen()) == (PROJECTOR.x, True)


def test_without_a_second_screen_nothing_covers_the_window(at: Operator) -> None:
    at.release()
    at.screens.plug(LAPTOP)
    at.press(Qt.Key.Key_F12)
    assert not at.page.hall.window.isVisible()
    assert "no second screen" in at.told[-1].sentence


def choose(at: Operator, words: str) -> None:
    at.press(Qt.Key.Key_S, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScreensDialog)
    button = next(one for _, one in dialog.choices if words in one.text())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    at.desk.settle()


def test_slides_can_stand_in_a_window_where_there_is_one_screen(at: Operator) -> None:
    at.release()
    at.screens.plug(LAPTOP)
    choose(at, "A window")
    at.press(Qt.Key.Key_F12)
    window = at.page.hall.window
    assert window.isVisible()
    assert window.screen_shown is None
    QTest.keyClick(window, Qt.Key.Key_PageDown)
    assert "Page 2 of 2" in at.seen()
    window.close()
    assert at.page.hall.show.live is None


def test_the_chosen_screen_is_remembered_and_the_windows_own_cannot_be_chosen(
    at: Operator
) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.screens.plug(LAPTOP, PROJECTOR, OTHER)
    at.press(Qt.Key.Key_S, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScreensDialog)
    own = next(one for identity, one in dialog.choices if identity == LAPTOP.identity)
    assert not own.isEnabled()
    dialog.reject()
    at.desk.settle()
    choose(at, "U2415")
    assert at.page.hall.window.x() == OTHER.x
    assert at.desk.session.preferences.kept.hall.screen == ("DP-2", "DELL", "U2415", "K3")
    assert "Draw by room" in at.seen()


def test_f12_from_elsewhere_comes_to_the_page_before_it_takes(at: Operator) -> None:
    at.release()
    at.desk.session.go("people")
    at.desk.settle()
    at.press(Qt.Key.Key_F12)
    assert at.window.stack.key == "projector"
    assert at.seen() == ""
    at.press(Qt.Key.Key_F12)
    assert "Draw by room" in at.seen()


def test_the_show_ends_with_the_window(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    hall = at.page.hall
    at.press(Qt.Key.Key_F12, SHIFT)
    assert not hall.window.isVisible()
    assert at.chip() == ""
    at.press(Qt.Key.Key_F12)
    assert hall.window.isVisible()
    at.window.close()
    assert not hall.window.isVisible()


def test_the_page_fits_a_small_laptop_with_its_banner(at: Operator) -> None:
    at.release()
    at.press(Qt.Key.Key_F12)
    at.write(lambda unit: rounds.set_start(unit, at.round_id, "15:45"))
    console = at.page.console
    QApplication.processEvents()
    assert at.window.width() == 1366
    for one in (console.pace, console.readable, console.live, console.freeze, console.message):
        place = one.rect().translated(one.mapTo(at.page, one.rect().topLeft()))
        assert at.page.rect().contains(place), one.accessibleName()
    assert console.banner is not None
    assert console.banner.geometry().top() > console.live.geometry().bottom()
    assert abs(console.live.width() - console.preview.width()) <= 2
