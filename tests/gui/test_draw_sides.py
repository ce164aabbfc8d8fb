"""Sides of an elimination round in the window: swapped after a toss, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive, Break, BreakTeam, Round
from tabapp.store.draw_rows import read_debates
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds
from tests.services.out_rounds import pairs, played


def breaking(archive: Archive, size: int) -> Archive:
    """Add a break of the first teams and its first elimination round."""
    archive.breaks = [Break(category="open", teams=[
        BreakTeam(team=team.id, rank=n, break_rank=n)
        for n, team in enumerate(archive.teams[:size], start=1)])]
    archive.rounds.append(Round(
        seq=len(archive.rounds) + 1, name="Semifinals", abbreviation="SF", stage="elimination",
        draw_type="elimination", break_category="open"))
    return archive


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path, archive=breaking(pairs(4, 8), 4)) as at:
        at.desk.session.set_round(at.desk.rounds()[-1].id)
        at.desk.settle()
        yield at


def confirmed(at: Rounds) -> list[bool]:
    with at.desk.workspace.database.read() as unit:
        return [
            one.drawn.sides_confirmed
            for one in read_debates(unit, at.desk.rounds()[-1].id)]


def why_not(at: Rounds, name: str) -> str:
    return at.stage.why_not(name) or ""


def test_sides_are_swapped_and_confirmed_by_keys_and_taken_back(two: Rounds) -> None:
    at = two
    assert why_not(at, "draw.sides") == "Nothing is drawn yet."
    at.press(Qt.Key.Key_Return, CTRL)
    button = at.stage.toss
    assert button.isVisible()
    assert button.text() == "Confirm sides of 2 rooms"
    before = at.stage.sheet.rooms
    at.boards.go_to(before[0].id)
    at.press(Qt.Key.Key_X, CTRL | SHIFT)
    assert [one.id for one in at.stage.sheet.rooms[0].teams] == [
        one.id for one in before[0].teams][::-1]
    assert at.stage.sheet.rooms[1] == before[1]
    at.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert confirmed(at) == [True, True]
    assert not button.isVisible()
    assert why_not(at, "draw.sides") == "All sides are confirmed."
    assert why_not(at, "draw.swap_sides") == "All sides are confirmed."
    at.press(Qt.Key.Key_Z, CTRL)
    assert confirmed(at) == [False, False]
    assert button.isVisible()
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.stage.sheet.rooms == before


def test_a_preliminary_draw_has_no_sides_to_confirm(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_Return, CTRL)
        assert at.stage.sheet.rooms
        assert not at.stage.toss.isVisible()
        assert why_not(at, "draw.sides") == "All sides are confirmed."


def test_in_a_room_of_four_teams_are_swapped_one_by_one(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path, archive=breaking(played(8), 8)) as at:
        at.desk.session.set_round(at.desk.rounds()[-1].id)
        at.desk.settle()
        at.press(Qt.Key.Key_Return, CTRL)
        assert confirmed(at) == [False, False]
        assert "swap it with another (F2)" in why_not(at, "draw.swap_sides")
        at.press(Qt.Key.Key_S, CTRL | SHIFT)
        assert confirmed(at) == [True, True]
