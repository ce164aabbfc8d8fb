"""One person for two speeches: which is the ghost, and where there is no such thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")
ONE: dict[str, Any] = {"judges": 1, "ballots_per_debate_prelim": "per-debate"}


def ghosts(typist: Typist) -> list[str]:
    return typist.page.form.typed.ghosts


def test_the_ghost_is_the_lower_mark_until_somebody_chooses(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.press(Qt.Key.Key_F4)
        assert ghosts(typist) == ["og.2"]
        typist.type("7080")
        assert ghosts(typist) == ["og.1"]
        typist.page.form.fields["og.1"].setFocus()
        typist.press(Qt.Key.Key_F4)
        assert ghosts(typist) == ["og.2"]
        typist.page.form.fields["og.2"].setFocus()
        typist.type("85")
        assert ghosts(typist) == ["og.2"]  # chosen


def test_marks_that_are_there_decide_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.type("7080")
        typist.page.form.fields["og.1"].setFocus()
        typist.press(Qt.Key.Key_F4)
        assert ghosts(typist) == ["og.1"]
        typist.press(Qt.Key.Key_F4)
        assert ghosts(typist) == ["og.2"]
        typist.press(Qt.Key.Key_F4)
        assert ghosts(typist) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_F4, Qt.Key.Key_Slash])
def test_a_reply_is_no_second_speech_and_says_so(
    qtbot: QtBot, tmp_path: Path, key: Qt.Key
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**ONE)) as typist:
        before = dict(typist.page.form.typed.speakers)
        typist.page.form.fields["aff.4"].setFocus()
        typist.press(key)
        line = typist.page.form.quarters["aff"].lines["aff.4"]
        assert line.sentence.text.startswith("A reply")
        assert (typist.page.form.typed.speakers, ghosts(typist)) == (before, [])
        typist.type("3")
        assert line.sentence.text == ""


def test_one_speech_a_side_offers_no_iron_person(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(**ONE, substantive_speakers=1, reply_scores_enabled=False)
    with at_rooms(qtbot, tmp_path, document) as typist:
        forfeit, iron = typist.page.form.turns
        assert (forfeit.isVisible(), iron.isVisible()) == (True, False)
        typist.press(Qt.Key.Key_F4)
        line = typist.page.form.quarters["aff"].lines["aff.1"]
        assert line.sentence.text == "Each side has one speech here."


def test_before_the_sides_are_known_nothing_else_is_offered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = rooms_of(**ONE)
    for debate in document["rounds"][0]["debates"]:
        debate["sides_confirmed"] = False
    with at_rooms(qtbot, tmp_path, document) as typist:
        form = typist.page.form
        assert form.asks_sides
        assert not any(one.isVisible() for one in form.turns)
        assert form.to_go_words.text() == ""
        for key, held in (
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Return, CTRL),
            (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
        ):  # fmt: skip
            form.sides.wanted.hide()
            typist.press(key, held)
            assert form.sides.wanted.isVisible()
        typist.type("1")
        typist.desk.settle()
        assert [one.isVisible() for one in form.turns] == [True, True]
        assert form.to_go_words.text() == "8 scores to go"
