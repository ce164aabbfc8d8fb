"""The judges who break, on the page of the break, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.breaks.judges import CUT
from tabapp.gui.pages.breaks.page import JUDGES
from tests.gui.test_break_page import Scene, scene
from tests.services.out_rounds import played


@pytest.fixture
def judging(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    archive = played(16, 40)
    for place, one in enumerate(archive.adjudicators):
        one.base_score = 9.0 - place / 10
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.judges")
        yield made


def breaking(made: Scene) -> list[str]:
    return [one.name for one in made.page.judges.data.breaking]


def test_the_judges_stand_beside_the_categories_with_a_suggested_cut(judging: Scene) -> None:
    page = judging.page
    assert page.segments.key == JUDGES
    assert page.facts.isHidden()
    assert page.step.isHidden()
    shown = page.judges.model.shown
    assert [row.key for row in shown].index(CUT) == 12  # three a room of four
    assert shown[12].line == "suggested cut: 12 judges"
    assert page.judges.told.text() == "0 judges break."
    assert page.focusWidget() is page.judges.table


def test_space_turns_the_flag_and_undo_takes_it_back(judging: Scene) -> None:
    table = judging.page.judges.table
    judging.press(Qt.Key.Key_Down, table)
    name = judging.page.judges.data.lines[1].name
    judging.press(Qt.Key.Key_Space, table)
    assert breaking(judging) == [name]
    judging.desk.session.undo()
    judging.settle()
    assert breaking(judging) == []
    judging.run("break.judge")
    assert breaking(judging) == [name]
    judging.press(Qt.Key.Key_Space, table)
    assert breaking(judging) == []


def test_the_best_of_a_number_break_at_once(judging: Scene) -> None:
    page = judging.page
    page.judges.count.setFocus()
    page.judges.count.selectAll()
    QTest.keyClicks(page.judges.count, "5")
    judging.settle()
    judging.run("break.judges_best")
    assert breaking(judging) == [one.name for one in page.judges.data.lines[:5]]
    assert judging.told[-1].sentence == "The best 5 judges break."
    assert judging.told[-1].action == "Undo"
    assert page.why_not("break.judges_best") == "These judges break already."


def test_equal_scores_at_the_cut_are_told_and_chosen_by_hand(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = played(16, 40)
    for place, one in enumerate(archive.adjudicators):
        one.base_score = 9.0 if place < 2 else 5.0 if place < 5 else 1.0
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.judges")
        made.page.judges.count.setValue(3)
        made.settle()
        assert "3 have equal scores and share 1 place" in made.page.judges.told.text()
        assert "Equal scores at the cut" in (made.page.why_not("break.judges_best") or "")
        lines = made.page.judges.model.shown
        assert lines[5].line == "suggested cut: 2 judges, and 1 of 3 with equal scores"


def test_judge_commands_wait_for_the_judges(judging: Scene) -> None:
    judging.run("break.judges")
    assert not judging.page.shows_judges
    assert judging.page.why_not("break.judge") == "Show the judges first."
    assert judging.page.why_not("break.judges_best") == "Show the judges first."
    assert judging.page.segments.key == "open"


def test_the_filter_finds_judges_while_they_are_shown(judging: Scene) -> None:
    name = judging.page.judges.data.lines[3].name
    judging.run("break.filter")
    QTest.keyClicks(judging.page.filter, name)
    assert [row.cells[1] for row in judging.page.judges.model.shown] == [name]
    assert len(judging.page.listing.model.shown) > 1


def test_the_filter_is_called_after_what_it_finds(judging: Scene) -> None:
    field = judging.page.filter
    assert (field.placeholderText(), field.accessibleName()) == ("Filter judges",) * 2
    judging.run("break.judges")
    assert (field.placeholderText(), field.accessibleName()) == ("Filter teams",) * 2


def test_many_equal_scores_are_named_in_full_lines(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = played(16, 40)
    for one in archive.adjudicators:
        one.base_score = 5.0
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.judges")
        told = made.page.judges.told
        level = len(made.page.judges.data.level)
        assert level > 8
        assert f" and {level - 8} more. Space chooses." in told.text()
        assert told.height() >= told.heightForWidth(told.width())
        assert made.page.minimumSizeHint().height() <= 690
