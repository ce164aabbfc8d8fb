"""Sheets of single judges, typed by keyboard: votes, differences, votes without marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Ballot
from tabapp.gui.pages.ballots.votes_table import VotesTable
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
AHEAD = "70.7170" "35" "69.6968" "34"
"""Marks of a sheet whose first side is ahead by 6."""
BEHIND = "696868" "34" "707170" "35"


def next_sheet(typist: Typist) -> None:
    typist.press(Qt.Key.Key_PageDown, CTRL)


def stored(typist: Typist, room: str = "Room 1") -> Ballot:
    """Open a room again and return the entry that waits."""
    typist.open(room)
    form = typist.page.open_form
    assert form is not None
    assert form.waiting is not None
    return form.waiting[1]


def votes(typist: Typist) -> VotesTable:
    panel = typist.page.form.panel
    assert panel is not None
    return panel.votes


def test_three_judges_with_replies_vote_on_their_sheets(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        form = typist.page.form
        assert form.judge == "A1"
        typist.type(AHEAD)
        assert form.bar.accessibleName().startswith("Bo Judge 1, Chair, done, votes Aff, shown")
        next_sheet(typist)
        assert (form.judge, typist.key_here) == ("A2", "aff.1")
        assert votes(typist).decision.text() == "2 sheets to come"
        typist.type(BEHIND)
        next_sheet(typist)
        typist.type(AHEAD)
        assert votes(typist).decision.text() == "Affirmative wins 2 to 1, margin 6"
        typist.save()
        assert typist.room == "Room 2"
        ballot = stored(typist)
        assert [one.adjudicator for one in ballot.sheets] == ["A1", "A2", "A3"]
        first = ballot.sheets[0].sides[0].speeches
        assert [one.score for one in first] == [70.5, 71, 70, 35]
        assert first[3].speaker == first[0].speaker


def test_enter_past_the_last_field_goes_to_the_next_judge(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        form = typist.page.form
        typist.type(AHEAD)
        while form.judge == "A1":
            typist.press(Qt.Key.Key_Return)
        assert (form.judge, typist.key_here) == ("A2", "aff.1")
        typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert form.judge == "A1"


def test_the_next_sheet_begins_with_the_order_of_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        typist.type("/")
        swapped = dict(typist.page.form.typed.speakers)
        typist.type(AHEAD)
        next_sheet(typist)
        assert typist.page.form.typed.speakers == swapped


def test_sheets_that_differ_in_the_order_are_put_in_agreement_by_a_key(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        form = typist.page.form
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        typist.type(AHEAD)
        next_sheet(typist)
        typist.type(AHEAD)
        form.fields["aff.1"].setFocus()
        typist.type("/")
        line = form.quarters["aff"].lines["aff.1"]
        assert "Bo Judge 1" in line.sentence.text
        next_sheet(typist)
        assert heard == ["problem"]
        typist.press(Qt.Key.Key_PageUp, CTRL)
        assert form.bottom.answer()
        assert line.sentence.text == ""
        orders = [one.speakers["aff.1"] for one in form.bundle.sheets.values()]
        assert len({*orders[:2]}) == 1


def test_a_sheet_with_a_wrong_mark_is_not_left_unnoticed(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        form = typist.page.form
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        typist.type("59")
        typist.press(Qt.Key.Key_Return)
        typist.type("7170" "35" "69.6968" "34")
        while typist.key_here != "aff.1":
            typist.press(Qt.Key.Key_Return)
        assert (form.judge, heard) == ("A1", ["problem"] * 2)  # at its field, and at the end
        assert "to correct" in form.bar.accessibleName()
        next_sheet(typist)
        typist.type(AHEAD)
        next_sheet(typist)
        typist.type(AHEAD)
        typist.save()
        assert (form.judge, typist.key_here) == ("A1", "aff.1")
        typist.type("70")
        typist.save()
        assert typist.states()["Room 1"] == "check"


def test_judges_without_marks_tick_the_winner(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(speakers_in_ballots="never")
    with at_rooms(qtbot, tmp_path, document) as typist:
        for key in "121":
            typist.type(key)
            typist.press(Qt.Key.Key_Return)
        assert votes(typist).decision.text() == "Affirmative wins 2 to 1"
        typist.save()
        assert [one.winners for one in stored(typist).sheets] == [["aff"], ["neg"], ["aff"]]


def test_motion_and_vetoes_are_chosen_by_number(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(
        judges=1, motions=3, enable_motions=True, motion_vetoes_enabled=True)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type(AHEAD)
        assert typist.key_here == "motion"
        typist.type("213")
        assert typist.key_here == "aff.paper"
        typist.save()
        ballot = stored(typist)
        assert (ballot.motion, ballot.vetoes) == ("M2", {"aff": "M1", "neg": "M3"})


def test_a_motion_that_was_vetoed_cannot_have_been_debated(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = rooms_of(
        judges=1, motions=3, enable_motions=True, motion_vetoes_enabled=True)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type(AHEAD + "223")
        typist.save()
        assert typist.room == "Room 1"
        assert typist.key_here == "aff.veto"


def test_public_speaking_has_sheets_and_no_winner(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(
        ("og", "oo", "cg", "co"), judges=2, ballots_per_debate_prelim="per-adj",
        margin_includes_dissenters=True)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("7878" "7777" "7878" "7575")
        assert typist.page.form.quarters["og"]._badge_words == ""
        next_sheet(typist)
        typist.type("7878" "7777" "7878" "7575")
        assert votes(typist).decision.text() == "All sheets are in."
        typist.save()
        assert [len(one.sides) for one in stored(typist).sheets] == [4, 4]


def test_typing_is_taken_back_on_the_sheet_where_it_was_typed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        typist.type("70")
        next_sheet(typist)
        assert typist.page.form.back()
        assert (typist.page.form.judge, typist.key_here) == ("A1", "aff.1")
        assert typist.page.form.typed.scores == {}
