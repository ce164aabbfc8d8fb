"""The window around the pages: rail, top bar, bottom bar, and the way between them by keys."""

from __future__ import annotations

import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner
from tabapp.services import stages
from tabapp.services.stages import RoundState
from tests.gui.desk import open_desk
from tests.gui.frame_desk import ALT, CTRL, FAKES, SHIFT, FakePage, WindowDesk, open_window
from tests.gui.slow_job import SlowJob


def focus() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_page_is_made_when_its_place_is_opened_first_and_takes_the_keys(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        assert at.window.stack.count() == 1
        assert focus() is at.page().first
        at.press(Qt.Key.Key_2, CTRL)
        assert at.window.stack.count() == 2
        assert focus() is at.page("people").first
        before = at.page("people")
        at.press(Qt.Key.Key_1, CTRL)
        at.press(Qt.Key.Key_2, CTRL)
        assert at.page() is before


def test_a_page_goes_elsewhere_and_says_what_to_show_there(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.desk.session.go("people", ("team", 3))
        assert at.page("people").targets == [("team", 3)]
        at.desk.session.go("rounds/judges", "R1")
        assert at.page("rounds").targets == [("judges", "R1")]
        at.desk.session.go("people")
        assert at.page("people").targets == [("team", 3)]


def test_the_rail_is_one_stop_for_tab_with_arrows_inside(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        rail = at.window.rail
        rail.items[0].setFocus()
        at.press(Qt.Key.Key_Down, times=2)
        assert focus() is rail.items[2]
        assert at.window.stack.key == "overview"
        at.press(Qt.Key.Key_Tab)
        assert focus() is at.window.top.menu
        at.press(Qt.Key.Key_Tab, SHIFT)
        assert focus() is rail.items[2]
        at.press(Qt.Key.Key_Up)
        at.press(Qt.Key.Key_Return)
        assert at.window.stack.key == "people"
        assert rail.items[1].isChecked()
        assert not rail.items[0].isChecked()


def test_tab_goes_from_the_rail_over_the_top_bar_to_the_page(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        top = at.window.top
        at.window.rail.items[0].setFocus()
        seen = []
        for _ in range(6):
            at.press(Qt.Key.Key_Tab)
            seen.append(focus())
        assert seen == [
            top.menu, top.rounds, top.stages, top.search, top.help, at.page().first]


def test_the_rail_folds_by_width_until_the_person_chose(qtbot: QtBot, tmp_path: Path) -> None:
    kept = WindowPreferences(tmp_path / "window.json")
    with open_window(qtbot, tmp_path, preferences=kept) as at:
        window = at.window
        assert (window.rail.width(), window.rail.folded) == (56, True)
        window.resize(1440, 900)
        assert (window.rail.width(), window.rail.folded) == (176, False)
        at.press(Qt.Key.Key_B, CTRL)
        assert window.rail.folded
        window.resize(1920, 1080)
        assert window.rail.folded
    again = WindowPreferences(tmp_path / "window.json").kept
    assert again.rail_folded is True
    assert again.last_place == "overview"


def test_the_window_opens_at_the_last_place_with_its_last_size(
    qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "window.json"
    with open_window(qtbot, tmp_path, preferences=WindowPreferences(path)) as at:
        at.press(Qt.Key.Key_4, CTRL)
        at.window.resize(780, 620)  # the test's screen is 800 wide
    (tmp_path / "other").mkdir()
    with open_desk(qtbot, tmp_path / "other") as desk:
        window = MainWindow(desk.session, places=FAKES, preferences=WindowPreferences(path))
        qtbot.addWidget(window)
        assert window.stack.key == "ballots"
        assert (window.width(), window.height()) == (780, 620)
        desk.settle()


def test_the_round_that_waits_is_looked_at_and_stands_in_the_title(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        rounds = at.desk.rounds()
        assert at.desk.session.round_id == rounds[0].id
        assert at.window.windowTitle() == f"Round 1 – {at.desk.owner.name} – tabapp"
        assert at.window.top.rounds.text() == "Round 1 of 3"
        at.desk.session.set_round(rounds[2].id)
        assert at.window.windowTitle().startswith("Round 3 – ")
        assert at.window.top.rounds.text() == "Round 3 of 3"


def test_the_round_is_chosen_from_a_menu_that_says_where_each_stands(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.desk.play(1)
        qtbot.waitUntil(lambda: at.window.facts.rounds[0].completed)
        menu = at.window.top.rounds.menu()
        at.press(Qt.Key.Key_0, ALT)
        assert menu.isVisible()
        assert [one.text() for one in menu.actions()] == [
            "Round 1   complete", "Round 2   not drawn", "Round 3   not drawn"]
        menu.setActiveAction(menu.actions()[1])
        QTest.keyClick(menu, Qt.Key.Key_Return)
        assert at.desk.session.round_id == at.desk.rounds()[1].id
        assert not menu.isVisible()


def test_the_small_line_of_stages_leads_to_a_stage_and_gives_way_to_the_rounds_own(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        line = at.window.top.stages
        assert line.isVisible()
        assert line.height() == 22
        line.setFocus()
        at.press(Qt.Key.Key_Home)
        at.press(Qt.Key.Key_Right)
        at.press(Qt.Key.Key_Return)
        assert at.page("rounds").targets == [("draw", None)]
        assert not line.isVisible()
        at.press(Qt.Key.Key_1, CTRL)
        assert line.isVisible()


def released(at: WindowDesk, out: int) -> RoundState:
    """Make the round look released, with ballots out."""
    facts = at.window.facts
    first = facts.rounds[0]
    state = RoundState(
        first.id, first.seq, first.name, first.stage, "released", False, None, first.stages, out)
    facts.rounds = (state, *facts.rounds[1:])
    facts.changed.emit()
    return state


def test_the_rail_counts_the_ballots_that_are_out_once_the_round_is_released(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        item = at.window.rail.item("ballots")
        assert item is not None
        assert item.waiting == 0
        released(at, 7)
        assert item.waiting == 7
        assert item.accessibleName() == "Ballots, 7 wait"
        released(at, 0)
        assert item.accessibleName() == "Ballots"


def test_a_running_job_is_shown_below_and_can_be_cancelled(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        bar = at.window.jobs
        assert bar.title.text == "No jobs running"
        at.desk.workspace.queue.submit(SlowJob().spec, about="Round 1")
        qtbot.waitUntil(bar.cancel.isVisible)
        qtbot.waitUntil(lambda: bar.step.text.startswith("Thinking"))
        assert bar.title.text == "Slow work: Round 1"
        item = at.window.rail.item("jobs")
        assert item is not None
        assert item.runs
        for _ in range(6):
            at.press(Qt.Key.Key_F6)
            if focus() is bar.cancel:
                break
        at.press(Qt.Key.Key_Space)
        at.desk.settle()
        qtbot.waitUntil(lambda: bar.title.text == "No jobs running")
        assert not bar.cancel.isVisible()
        assert not item.runs


def test_what_the_hall_sees_stands_at_the_top_right_and_leads_to_the_projector(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        chip = at.window.top.projector
        assert not chip.isVisible()
        at.window.set_projector_state("Live: blank", False)
        assert chip.isVisible()
        assert chip.accessibleName() == "Projector: Live: blank"
        chip.setFocus()
        at.press(Qt.Key.Key_Space)
        assert at.window.stack.key == "projector"
        at.window.set_projector_state("", False)
        assert not chip.isVisible()


def test_the_keys_stay_on_the_page_when_what_had_them_is_dimmed_or_goes(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        page: FakePage = at.page()
        button = page.card.findChildren(Button)[0]
        button.setFocus()
        button.setEnabled(False)
        qtbot.waitUntil(lambda: focus() is page.first)
        page.second.setFocus()
        page.second.hide()
        qtbot.waitUntil(lambda: focus() is page.first)
        page.first.deleteLater()
        qtbot.waitUntil(lambda: focus() is at.window.stack)
        at.press(Qt.Key.Key_2, CTRL)
        assert at.window.stack.key == "people"


def test_f6_goes_round_the_panes_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        window = at.window
        assert focus() is at.page().first
        at.press(Qt.Key.Key_F6)  # the bottom bar has nothing to press, so the rail is next
        assert focus() is window.rail.items[0]
        at.press(Qt.Key.Key_F6)
        assert focus() is window.top.menu
        at.press(Qt.Key.Key_F6)
        assert focus() is at.page().first
        at.press(Qt.Key.Key_F6, SHIFT)
        assert focus() is window.top.menu


def test_f8_goes_from_one_wrong_field_to_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        page: FakePage = at.page()
        at.press(Qt.Key.Key_F8)
        assert [one.notice.sentence for one in at.window.toasts.shown] == ["No problems here."]
        for field in (page.first, page.second):
            theme.mark(field, state="problem")
        at.press(Qt.Key.Key_F8)
        assert focus() is page.second
        at.press(Qt.Key.Key_F8)
        assert focus() is page.first


def test_f7_answers_the_banner(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        answers: list[bool] = []
        banner = Banner("80 is unusual.", action="Yes, keep 80", keys=("F7",))
        banner.answered.connect(lambda: answers.append(True))
        at.page().layout().addWidget(banner)
        banner.show()
        at.press(Qt.Key.Key_F7)
        assert answers == [True]


def test_space_presses_the_button_that_has_the_keys_although_a_page_wants_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_2, ALT)
        at.desk.settle()
        inner = at.page("rounds").inner
        assert at.window.table.claimed()["Space"] == "draw.never"
        inner.card.findChildren(Button)[0].setFocus()
        at.press(Qt.Key.Key_Space)
        assert inner.done == ["draw.first"]
        at.window.rail.items[4].setFocus()
        at.press(Qt.Key.Key_Space)
        assert at.window.stack.key == "results"


def test_ctrl_z_takes_back_typing_first_and_then_what_was_written(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(qtbot, tmp_path) as at:
        undone: list[str] = []
        monkeypatch.setattr(at.desk.session, "undo", lambda: undone.append("undo"))
        monkeypatch.setattr(at.desk.session, "redo", lambda: undone.append("redo"))
        field: QLineEdit = at.page().first
        at.type("Aula")
        at.press(Qt.Key.Key_Z, CTRL)
        assert (field.text(), undone) == ("", [])
        at.press(Qt.Key.Key_Y, CTRL)
        assert (field.text(), undone) == ("Aula", [])
        at.press(Qt.Key.Key_Z, CTRL)
        at.press(Qt.Key.Key_Z, CTRL)
        assert (field.text(), undone) == ("", ["undo"])
        at.press(Qt.Key.Key_Z, CTRL, SHIFT)
        assert (field.text(), undone) == ("Aula", ["undo"])
        at.press(Qt.Key.Key_Z, CTRL, SHIFT)
        assert undone == ["undo", "redo"]


def test_every_control_of_the_frame_has_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        window = at.window
        window.set_projector_state("Live: blank", True)
        at.desk.session.tell("Round 4 was drawn.", "done", "Undo", lambda: None)
        window.search()
        nameless = [
            f"{type(one).__name__} in {type(one.parent()).__name__}"
            for one in window.findChildren(QWidget)
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.accessibleName()
        ]
        assert nameless == []
        assert QAccessible.queryAccessibleInterface(window.top.search) is not None


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (960, 540)])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_nothing_of_the_frame_is_cut_or_lies_over_another(
    qtbot: QtBot, tmp_path: Path, light: None, size: tuple[int, int], scheme: Scheme
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, THEMES[scheme])
    with open_window(qtbot, tmp_path, size=size) as at:
        at.window.set_projector_state("Live: Draw by room", True)
        qtbot.waitUntil(lambda: at.window.size().toTuple() == size)
        for bar in (at.window.top, at.window.jobs):
            parts = [
                one for one in bar.children()
                if isinstance(one, QWidget) and one.isVisible()
            ]
            parts.sort(key=lambda one: one.x())
            assert all(bar.rect().contains(one.geometry()) for one in parts)
            assert all(
                a.geometry().right() < b.geometry().left()
                for a, b in pairwise(parts))
        assert at.window.top.height() == 48
        assert at.window.jobs.height() == 32


def test_the_session_is_read_off_the_windows_thread(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = stages.round_states

    def spy(*args: Any) -> list[RoundState]:
        seen.append(threading.current_thread().name)
        return real(*args)

    monkeypatch.setattr(stages, "round_states", spy)
    with open_window(qtbot, tmp_path):
        assert seen
        assert threading.main_thread().name not in seen
