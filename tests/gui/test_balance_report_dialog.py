"""The balance report in the window: opened by its key, filtered, and left for a team's room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Stage
from tabapp.gui.pages.rounds.draw.balance import BalanceDialog
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    document = generate_tournament(preset="australs", teams=16, rounds=5, seed=4, play=False)
    for one in document.rounds:
        one.kind = "impromptu" if one.seq % 2 else "prepared"
    with open_rounds(qtbot, tmp_path, archive=document) as at:
        at.desk.play(4)
        at.desk.session.set_round(at.desk.rounds()[4].id)
        at.desk.settle()
        yield at


def opened(at: Rounds) -> BalanceDialog:
    at.press(Qt.Key.Key_B, CTRL | SHIFT)
    found = at.dialog()
    assert isinstance(found, BalanceDialog)
    return found


def titles(dialog: BalanceDialog) -> list[str]:
    return [one.title for one in dialog.model.columns]


def test_the_record_so_far_is_shown_before_the_draw(two: Rounds) -> None:
    dialog = opened(two)
    assert dialog.windowTitle() == "Balance before Round 5"
    assert titles(dialog) == [
        "Team", "Aff", "Neg", "±", "so far", "Balance", "Lead after each round"]
    assert not dialog.do.isEnabled()
    assert dialog.do.toolTip() == "Round 5 is not drawn yet."
    two.press(Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_enter_goes_to_the_room_of_a_team(two: Rounds) -> None:
    two.press(Qt.Key.Key_Return, CTRL)
    dialog = opened(two)
    assert dialog.windowTitle() == "Balance after Round 5"
    assert len(dialog.model.shown) == 16
    shown = [row.key for row in dialog.model.shown]
    assert shown == [team.id for team in dialog.found.report.teams]
    two.press(Qt.Key.Key_Down, times=2)
    wanted = dialog.table.current_key()
    assert wanted == shown[2]
    two.press(Qt.Key.Key_Return)
    assert two.boards.current_team() == wanted


def test_only_what_is_not_balanced_is_left_by_its_tick(two: Rounds) -> None:
    two.press(Qt.Key.Key_Return, CTRL)
    dialog = opened(two)
    uneven = {
        team.id for team in dialog.found.report.teams
        if not team.is_balanced or abs(team.kind_after[0] - team.kind_after[1]) > 1}
    assert 0 < len(uneven) < 16
    dialog.uneven.setFocus()
    two.press(Qt.Key.Key_Space)
    assert {row.key for row in dialog.model.shown} == uneven
    dialog.filter.setFocus()
    two.type("no such team")
    assert not dialog.model.shown
    assert not dialog.do.isEnabled()


def test_an_elimination_round_says_why_there_is_none(two: Rounds) -> None:
    sheet = two.stage.sheet
    object.__setattr__(sheet.round, "stage", Stage.ELIMINATION)
    assert two.stage.why_not("draw.balance") == (
        "Elimination rounds do not count for the balance.")
