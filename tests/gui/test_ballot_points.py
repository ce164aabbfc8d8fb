"""Points, commas and halves: whose they are when two digits have moved on already."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.number_chooser import NumberChooser
from tabapp.gui.pages.ballots.tick import Tick
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")
ONE: dict[str, Any] = {"judges": 1, "ballots_per_debate_prelim": "per-debate"}
SHEET = "70.71.69.35.68.69.69.34."
HALVES = ["70.5", "71.5", "69.5", "35.5", "68.5", "69.5", "69.5", "34.5"]


def scores(typist: Typist) -> dict[str, str]:
    return {key: text for key, text in typist.page.form.typed.scores.items() if text}


@pytest.mark.parametrize(("settings", "stops_at"), [
    ({}, "aff.paper"),
    ({"winners_in_ballots": "tied-points"}, Tick),
    ({"speaker_ranks": "any"}, "aff.1.rank"),
    ({"motions": 2, "enable_motions": True}, NumberChooser),
    ({"motions": 3, "enable_motions": True, "motion_vetoes_enabled": True}, NumberChooser),
])
def test_the_last_mark_keeps_its_half_whatever_comes_after_it(
    qtbot: QtBot, tmp_path: Path, settings: dict[str, Any], stops_at: str | type
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**ONE, **settings)) as typist:
        typist.type(SHEET)
        assert list(scores(typist).values()) == HALVES
        if isinstance(stops_at, str):
            assert typist.key_here == stops_at
        else:
            assert isinstance(typist.here, stops_at)


def test_a_half_before_a_reply_of_whole_marks_belongs_to_the_speech(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**ONE, reply_score_step=1)) as typist:
        typist.type("70.71.69.35")
        assert list(scores(typist).values()) == ["70.5", "71.5", "69.5", "35"]
        typist.type("68")
        assert typist.key_here == "neg.2"


def test_marks_typed_in_full_have_their_decimals(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**ONE)) as typist:
        typist.type("75,574.573")
        assert scores(typist) == {"aff.1": "75.5", "aff.2": "74.5", "aff.3": "73"}
        typist.type("35.0")
        assert (scores(typist)["aff.4"], typist.key_here) == ("35", "neg.1")
        typist.type("70.0" "71,0" "69,5" "34,5")
        assert list(scores(typist).values())[4:] == ["70", "71", "69.5", "34.5"]


def test_a_five_that_follows_no_point_begins_the_next_mark(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(qtbot, tmp_path, score_step=0.5) as typist:
        typist.open("Room 1")
        typist.type("7855" "76.")
        typist.press(Qt.Key.Key_Down)
        typist.type("57")
        assert scores(typist) == {"og.1": "78", "og.2": "55", "oo.1": "76.5", "cg.2": "57"}


def test_a_point_at_a_field_that_was_gone_to_is_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**ONE)) as typist:
        typist.type("7071")
        typist.press(Qt.Key.Key_Return, SHIFT)
        assert typist.key_here == "aff.2"
        typist.type(".")
        assert scores(typist) == {"aff.1": "70", "aff.2": "71.5"}
        typist.type("5")
        assert (scores(typist)["aff.2"], typist.key_here) == ("71.5", "aff.3")


def test_a_point_says_that_marks_are_whole_and_opens_no_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        typist.open("Room 1")
        typist.type("78.")
        line = typist.page.form.quarters["og"].lines["og.1"]
        assert line.sentence.text.startswith("Whole marks only")
        assert heard == ["problem"]
        typist.type("5")
        assert (scores(typist), typist.key_here) == ({"og.1": "78"}, "og.2")
        typist.type("7")
        assert line.sentence.text == ""
        typist.type("7")
        assert scores(typist) == {"og.1": "78", "og.2": "77"}


@pytest.mark.parametrize("pasted", ["²", "7²", "①5"])
def test_digits_set_high_are_no_mark_and_harm_nothing(
    qtbot: QtBot, tmp_path: Path, pasted: str
) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        typist.open("Room 1")
        QGuiApplication.clipboard().setText(pasted)
        typist.press(Qt.Key.Key_V, CTRL)
        typist.press(Qt.Key.Key_Return)
        sentence = typist.page.form.quarters["og"].lines["og.1"].sentence.text
        assert pasted in sentence
        typist.type("77")
        assert scores(typist)["og.2"] == "77"
