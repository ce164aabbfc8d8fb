"""The welcome page by keyboard: choosing, forgetting, what is said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.crash import UncleanEnd
from tabapp.domain.formats import presets
from tabapp.domain.setup import new_tournament
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.welcome.lists import FIRST, state_in_words, when_in_words
from tabapp.gui.welcome.page import WelcomePage
from tabapp.gui.welcome.recents import Recent, read_recents
from tabapp.gui.welcome.trouble import end_in_words
from tabapp.services.tournaments import add_tournament

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, light: None) -> WelcomePage:
    made = WelcomePage("0.1.0")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def recents(count: int) -> list[Recent]:
    return [Recent(f"/t/{i}.tabapp", f"Open {i}", "Australs", 32) for i in range(count)]


def focused() -> str:
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget is not None else ""


def key(qtbot: QtBot, what: Qt.Key) -> None:
    """Press a key where the keys are."""
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, what)


def test_arrows_go_through_both_lists_and_enter_opens(page: WelcomePage, qtbot: QtBot) -> None:
    page.show_recents(recents(2))
    page.take_keys()
    assert focused() == "Open 0"
    key(qtbot, Qt.Key.Key_Down)
    assert focused() == "Open 1"
    with qtbot.waitSignal(page.target_wanted) as opened:
        key(qtbot, Qt.Key.Key_Return)
    assert opened.args == ["/t/1.tabapp"]
    key(qtbot, Qt.Key.Key_Down)
    assert focused() == "British Parliamentary"
    key(qtbot, Qt.Key.Key_Right)
    key(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.new_wanted) as chosen:
        key(qtbot, Qt.Key.Key_Return)
    assert chosen.args == [FIRST[4]]
    key(qtbot, Qt.Key.Key_Up)
    key(qtbot, Qt.Key.Key_Up)
    assert focused() == "Open 1"


@pytest.mark.parametrize(("pressed", "signal"), [
    (Qt.Key.Key_N, "new_wanted"), (Qt.Key.Key_O, "open_wanted"),
    (Qt.Key.Key_I, "import_wanted"), (Qt.Key.Key_D, "demo_wanted"),
    (Qt.Key.Key_Q, "quit_wanted"),
])
def test_everything_has_its_key(
    page: WelcomePage, qtbot: QtBot, pressed: Qt.Key, signal: str
) -> None:
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.keyClick(page, pressed, CTRL)


def test_a_first_start_says_what_to_do(page: WelcomePage) -> None:
    page.take_keys()
    assert page.nothing.isVisible()
    assert focused() == "New tournament…"


def test_more_formats_come_on_demand_and_every_one_can_be_chosen(
    page: WelcomePage, qtbot: QtBot
) -> None:
    qtbot.mouseClick(page.more, Qt.MouseButton.LeftButton)
    assert page.formats.hidden_names() == []
    assert len(page.formats.tiles) == len(presets())
    told = {(one.accessibleName(), one.accessibleDescription()) for one in page.formats.tiles}
    assert len(told) == len(presets())
    assert focused() == page.formats.tiles[len(FIRST)].accessibleName()


def test_a_problem_stands_above_everything_and_f7_takes_it_away(
    page: WelcomePage, qtbot: QtBot
) -> None:
    page.show_problem("a.tabapp is damaged. Restore the newest snapshot.")
    assert page.banner is not None
    qtbot.keyClick(page, Qt.Key.Key_F7)
    assert page.banner is None


def test_nothing_can_be_begun_while_the_demo_plays_but_its_end(
    page: WelcomePage, qtbot: QtBot
) -> None:
    page.show_busy("Draw: Round 3", 0.4, can_stop=True)
    assert not page.demo.isEnabled()
    assert focused() == "Cancel"
    with qtbot.waitSignal(page.demo_stopped):
        key(qtbot, Qt.Key.Key_Space)
    page.show_busy("")
    assert page.demo.isEnabled()
    assert not page.playing.isVisible()


def test_recent_files_say_how_far_they_are_and_are_known_when_they_are_gone(
    tmp_path: Path,
) -> None:
    played, fresh = tmp_path / "played.tabapp", tmp_path / "fresh.tabapp"
    add_tournament(open_workspace, played, generate_tournament(
        preset="bp", teams=8, rounds=2, seed=1))
    add_tournament(open_workspace, fresh, new_tournament("Harbour Cup", preset="wsdc"))
    (tmp_path / "other.tabapp").write_bytes(b"something else")
    targets = [str(tmp_path / f"{name}.tabapp") for name in ("played", "fresh", "other")]
    first, second, third = read_recents(targets, tmp_path / "cache")
    assert (first.teams, state_in_words(first)[2]) == (8, "all rounds completed")
    assert (second.name, state_in_words(second)[2]) == ("Harbour Cup", "being set up")
    assert (third.name, state_in_words(third)[2]) == ("other", "cannot be looked into")
    played.unlink()
    gone = read_recents(targets, tmp_path / "cache")[0]
    assert (gone.missing, gone.name, gone.teams) == (True, first.name, 8)
    assert "not found" in state_in_words(gone)[2]


def test_times_are_said_as_people_say_them() -> None:
    today = date(2026, 3, 7)
    said = [
        when_in_words(at and datetime.fromisoformat(at), today)
        for at in ("2026-03-07T15:46", "2026-03-06T09:12", "2026-02-02T08:00", "2024-05-01T08:00")
    ]
    assert said == ["today 15:46", "yesterday 09:12", "2 February", "1 May 2024"]
    assert when_in_words(None, today) == ""


def test_a_fault_and_a_power_cut_are_told_apart(tmp_path: Path) -> None:
    cut = UncleanEnd("", "0.1.0", "", tmp_path / "x", "", "2026-03-07T15:46:00+00:00")
    fault = UncleanEnd("", "0.1.0", "Fatal Python error", tmp_path / "x")
    assert "switched off" in end_in_words(cut)
    assert end_in_words(fault) == "tabapp stopped by a fault."


def test_every_part_can_be_named_by_a_screen_reader(page: WelcomePage) -> None:
    page.show_recents(recents(3))
    silent = [
        one for one in (*page.tiles, *page.recents.tiles, *page.formats.tiles)
        if not one.accessibleName() or not one.accessibleDescription()
    ]
    assert silent == []
