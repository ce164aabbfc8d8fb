"""Sides allocated before the draw, in the window: planned, typed, pasted, stored, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Side
from tabapp.gui.pages.rounds.sides_dialog import SidesDialog
from tabapp.gui.pages.rounds.sides_paste import PasteDialog
from tabapp.services.side_plan import Sides, read_plan
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds

AFF, NEG = Side.AFF, Side.NEG


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    document = generate_tournament(preset="joynt", teams=8, rounds=4, seed=4, play=False)
    for one in document.rounds:
        one.side_allocations = {}
        one.kind = "impromptu" if one.seq % 2 else "prepared"
    with open_rounds(qtbot, tmp_path, archive=document) as at:
        yield at


def opened(at: Rounds) -> SidesDialog:
    at.press(Qt.Key.Key_A, CTRL | SHIFT)
    found = at.dialog()
    assert isinstance(found, SidesDialog)
    return found


def stored(at: Rounds) -> Sides:
    with at.desk.workspace.database.read() as unit:
        return read_plan(unit, at.desk.owner.id).sides


def test_all_rounds_are_planned_looked_at_stored_and_drawn(two: Rounds) -> None:
    dialog = opened(two)
    assert not dialog.do.isEnabled()
    assert dialog.totals.text() == "R1 none   R2 none   R3 none   R4 none"
    dialog.make.setFocus()
    two.press(Qt.Key.Key_Space)
    assert dialog.totals.text() == "R1 4:4   R2 4:4   R3 4:4   R4 4:4"
    assert dialog.balance.text() == "Every team is balanced"
    assert not any(stored(two).values())
    two.press(Qt.Key.Key_Return, CTRL)
    assert all(Counter(sides.values()) == {AFF: 4, NEG: 4} for sides in stored(two).values())
    two.press(Qt.Key.Key_Return, CTRL)
    sheet = two.stage.sheet
    first = stored(two)[sheet.round.id]
    assert {team.id: team.side for room in sheet.rooms for team in room.teams} == first
    dialog = opened(two)
    assert [one.drawn for one in dialog.plan.rounds] == [True, False, False, False]
    two.press(Qt.Key.Key_Escape)


def test_a_stored_plan_is_one_action(two: Rounds) -> None:
    dialog = opened(two)
    dialog.make.click()
    two.press(Qt.Key.Key_Return, CTRL)
    assert all(stored(two).values())
    two.press(Qt.Key.Key_Z, CTRL)
    assert not any(stored(two).values())


def test_sides_are_set_by_letters_and_turned_by_space(two: Rounds) -> None:
    dialog = opened(two)
    round_id, first = dialog.plan.rounds[0].id, dialog.plan.teams[0].id
    assert dialog.table.currentIndex().column() == 1
    two.press(Qt.Key.Key_A)
    assert dialog.wanted[round_id] == {first: AFF}
    assert dialog.totals.text().startswith("R1 1:0, 7 without   R2 none")
    two.press(Qt.Key.Key_N)
    assert dialog.wanted[round_id] == {first: NEG}
    two.press(Qt.Key.Key_Space)
    assert dialog.wanted[round_id] == {first: AFF}
    two.press(Qt.Key.Key_Right)
    two.press(Qt.Key.Key_A)
    assert dialog.balance.text() == "1 team not balanced"
    two.press(Qt.Key.Key_Delete)
    assert dialog.wanted[dialog.plan.rounds[1].id] == {}
    two.press(Qt.Key.Key_A, CTRL)
    two.press(Qt.Key.Key_N)
    assert set(dialog.wanted[dialog.plan.rounds[1].id].values()) == {NEG}
    assert "R2 0:8" in dialog.totals.text()
    two.press(Qt.Key.Key_Escape)
    assert not any(stored(two).values())


def test_letters_find_teams_in_the_column_of_the_teams(two: Rounds) -> None:
    dialog = opened(two)
    two.press(Qt.Key.Key_Left)
    assert dialog.table.currentIndex().column() == 0
    last = dialog.plan.teams[-1]
    two.type(last.name)
    assert dialog.table.current_key() == last.id
    assert not any(dialog.wanted.values())


def test_one_round_is_planned_and_cleared_alone(two: Rounds) -> None:
    dialog = opened(two)
    second = dialog.plan.rounds[1].id
    dialog.rounds.setCurrentIndex(2)
    dialog.make.click()
    assert [one for one, sides in dialog.wanted.items() if sides] == [second]
    dialog.clear.click()
    assert not any(dialog.wanted.values())
    assert not dialog.do.isEnabled()


def test_a_drawn_round_stays_and_says_so(two: Rounds) -> None:
    dialog = opened(two)
    dialog.make.click()
    two.press(Qt.Key.Key_Return, CTRL)
    two.press(Qt.Key.Key_Return, CTRL)
    dialog = opened(two)
    before = dict(dialog.wanted[dialog.plan.rounds[0].id])
    assert dialog.table.currentIndex().column() == 2
    two.press(Qt.Key.Key_Left)
    two.press(Qt.Key.Key_Space)
    assert dialog.wanted[dialog.plan.rounds[0].id] == before
    assert dialog._banner is not None
    assert dialog._banner.accessibleName() == (
        "Round 1 is drawn, so its sides stay as they are.")
    dialog.make.click()
    assert dialog.wanted[dialog.plan.rounds[0].id] == before


def test_lines_are_pasted_for_the_round_with_the_cursor(two: Rounds) -> None:
    dialog = opened(two)
    two.press(Qt.Key.Key_Right)
    dialog.paste.setFocus()
    two.press(Qt.Key.Key_Space)
    field = two.dialog()
    assert isinstance(field, PasteDialog)
    one, other = dialog.plan.teams[:2]
    field.text.setPlainText(f"{one.name}\taff\nNobody\tneg")
    two.press(Qt.Key.Key_Return, CTRL)
    assert field.field.sentence == (
        'line 2: "Nobody" is not a team of this tournament. Correct the name.')
    field.text.setPlainText(f"{one.name}\taff\n{other.name}\tneg")
    two.press(Qt.Key.Key_Return, CTRL)
    assert dialog.wanted[dialog.plan.rounds[1].id] == {one.id: AFF, other.id: NEG}


def test_nothing_pasted_says_so(two: Rounds) -> None:
    dialog = opened(two)
    dialog.paste.click()
    field = two.dialog()
    assert isinstance(field, PasteDialog)
    two.press(Qt.Key.Key_Return, CTRL)
    assert field.field.sentence.startswith("Nothing stands here.")


def test_the_stage_availability_opens_the_same(two: Rounds) -> None:
    two.desk.session.go("rounds/availability")
    two.desk.settle()
    assert two.stage.sides.isVisible()
    two.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert isinstance(two.dialog(), SidesDialog)


def test_other_tournaments_have_no_sides_to_plan(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        words = "Sides are not allocated beforehand in this tournament."
        assert at.stage.why_not("draw.plan_sides") == words
        assert not at.stage.allocate.isVisible()
        at.desk.session.go("rounds/availability")
        at.desk.settle()
        assert at.stage.why_not("availability.sides") == words
        assert not at.stage.sides.isVisible()
