"""One form for every format, typed by keyboard: criteria, ranks, declared winners, exceptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Speech
from tabapp.gui.pages.ballots.substitute import SubstituteDialog
from tests.gui.ballot_rooms import CRITERIA, at_rooms, name_of, rooms_of
from tests.gui.ballot_typist import ALT, Typist
from tests.gui.test_ballot_form_panels import stored

pytestmark = pytest.mark.usefixtures("light")
CONSENSUS: dict[str, Any] = {"judges": 1, "ballots_per_debate_prelim": "per-debate"}
BOTH = "707170" "35" "696968" "34"
"""Marks of two sides with replies, none of them with a half."""


def speeches(typist: Typist, side: int = 0) -> list[Speech]:
    return list(stored(typist).sheets[0].sides[side].speeches)


def test_two_teams_on_one_sheet_with_replies(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        typist.type("70.7170" "35." "696968" "34")
        form = typist.page.form
        assert form.quarters["aff"]._badge_words == "Wins by 7"
        typist.save()
        assert [one.score for one in speeches(typist)] == [70.5, 71, 70, 35.5]


def test_criteria_are_typed_and_the_mark_is_their_sum(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(criteria=CRITERIA, reply_scores_enabled=False, **CONSENSUS)
    with at_rooms(qtbot, tmp_path, document) as typist:
        form = typist.page.form
        assert typist.key_here == "aff.1.K1"
        typist.type("2828.14")
        assert typist.key_here == "aff.2.K1"
        line = form.quarters["aff"].lines["aff.1"]
        assert (line.value.text(), line.field.isVisible()) == ("70.5", False)
        for _speech in range(2):
            typist.type("282814")
        for _speech in range(3):
            typist.type("272714")
        typist.save()
        first = speeches(typist)[0]
        assert (first.score, first.criteria) == (70.5, {"K1": 28, "K2": 28.5, "K3": 14})


def test_a_criterion_out_of_its_range_is_told_at_its_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = rooms_of(criteria=CRITERIA, **CONSENSUS)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("40")
        typist.press(Qt.Key.Key_Return)
        form = typist.page.form
        assert form.fields["aff.1.K1"].property("state") == "problem"
        assert "24 to 32" in form.quarters["aff"].lines["aff.1"].sentence.text


def test_speeches_are_ranked_after_all_marks(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(
        reply_scores_enabled=False, speaker_ranks="any", score_step=1, **CONSENSUS)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("707170" "696968")
        assert typist.key_here == "aff.1.rank"
        typist.type("213" "456")
        typist.save()
        assert [one.rank for one in speeches(typist)] == [2, 1, 3]


def test_ranks_that_follow_from_the_marks_are_not_asked(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(
        reply_scores_enabled=False, speaker_ranks="high-points", score_step=1, **CONSENSUS)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("727170" "696867")
        assert typist.key_here == "aff.paper"
        line = typist.page.form.quarters["neg"].lines["neg.3"]
        assert line.rank is not None
        assert line.rank.placeholderText() == "6"
        typist.save()
        assert [one.rank for one in speeches(typist, 1)] == [4, 5, 6]


def test_a_winner_may_have_fewer_points(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(winners_in_ballots="low-points", **CONSENSUS)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type(BOTH + "2")
        assert typist.page.form.quarters["neg"]._badge_words == "Won"
        typist.save()
        assert stored(typist).sheets[0].winners == ["neg"]


def test_a_total_on_the_paper_asks_once_and_aloud(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        typist.type(BOTH)
        assert typist.key_here == "aff.paper"
        typist.type("247")
        typist.save()
        assert (typist.room, heard) == ("Room 1", ["question"])
        assert "The paper says 247" in typist.page.form.bottom.sentence
        typist.save()
        assert typist.room == "Room 2"


def test_sounds_can_be_switched_off(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        heard: list[str] = []
        typist.desk.session.preferences.keep(sounds=False)
        typist.desk.session.sounds.played.connect(heard.append)
        typist.save()
        assert (typist.room, heard) == ("Room 1", [])
        typist.desk.session.preferences.keep(sounds=True)
        typist.save()
        assert heard == ["problem"]


def test_letters_in_the_list_choose_a_speaker_and_digits_are_marks(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        chooser = typist.page.form.quarters["aff"].lines["aff.1"].chooser
        assert chooser.currentText() == name_of(1)
        typist.press(Qt.Key.Key_Down, ALT)
        assert isinstance(QApplication.activePopupWidget().parentWidget(), QComboBox)
        typist.type(name_of(3)[0].lower() + "70")
        assert chooser.currentText() == name_of(3)
        assert typist.key_here == "aff.2"
        assert typist.page.form.typed.scores == {"aff.1": "70"}


def test_a_last_name_finds_a_speaker_too(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        chooser = typist.page.form.quarters["aff"].lines["aff.1"].chooser
        chooser.setFocus(Qt.FocusReason.TabFocusReason)
        typist.type(name_of(2).split()[1][:3].lower())
        assert chooser.currentText() == name_of(2)
        typist.type("71")
        assert (typist.key_here, typist.page.form.typed.scores) == ("aff.2", {"aff.1": "71"})


def test_an_iron_person_is_marked_by_a_key(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        typist.press(Qt.Key.Key_F4)
        typist.type(BOTH)
        typist.save()
        first, second, *_rest = speeches(typist)
        assert (first.score or 0) < (second.score or 0)
        assert (first.speaker, first.ghost) == ("S1", True)
        assert (second.speaker, second.ghost) == ("S1", False)


def test_anybody_can_stand_in_and_is_found_by_letters(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        line = typist.page.form.quarters["aff"].lines["aff.2"]
        line.chooser.setFocus(Qt.FocusReason.TabFocusReason)
        typist.type("?")
        typist.desk.settle()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SubstituteDialog)
        typist.type(name_of(8).split()[0][:4].lower())
        typist.press(Qt.Key.Key_Return)
        typist.page.activateWindow()
        qtbot.waitUntil(typist.page.isActiveWindow)
        assert typist.key_here == "aff.2"
        typist.type("71")
        typist.page.form.fields["aff.1"].setFocus(Qt.FocusReason.TabFocusReason)
        typist.type("70")
        typist.page.form.fields["aff.3"].setFocus(Qt.FocusReason.TabFocusReason)
        typist.type("7035" "696968" "34")
        typist.save()
        second = speeches(typist)[1]
        assert (second.speaker, second.substitute_for) == ("S8", "S2")


def test_a_forfeit_needs_no_marks(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        typist.press(Qt.Key.Key_F5)
        assert typist.page.form.bundle.forfeits == ["aff"]
        typist.save()
        ballot = stored(typist)
        assert (ballot.forfeit, ballot.sheets) == (["aff"], [])


def test_a_comment_is_the_last_field(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        typist.type(BOTH)
        for _stop in range(3):
            typist.press(Qt.Key.Key_Return)
        typist.type("late start")
        typist.save()
        assert stored(typist).comment == "late start"


def test_sides_that_the_room_decided_are_said_first(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(**CONSENSUS)
    for debate in document["rounds"][0]["debates"]:
        debate["sides_confirmed"] = False
    with at_rooms(qtbot, tmp_path, document) as typist:
        form = typist.page.form
        assert form.sides.isVisible()
        assert typist.here is form.sides
        typist.type("2")
        typist.desk.settle()
        assert not form.sides.isVisible()
        assert form.quarters["aff"].team.text == "Kranichfeld B"
        typist.type(BOTH)
        typist.save()
        assert speeches(typist)[0].speaker == "S4"


def test_two_of_four_advance_and_are_ticked_by_number(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(("og", "oo", "cg", "co"), judges=1)
    round_ = document["rounds"][0]
    round_ |= {"stage": "elimination", "draw_type": "elimination", "break_category": "open"}
    document["rounds"].append({
        **round_, "seq": 2, "name": "Final", "abbreviation": "F", "status": "none",
        "debates": []})
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("14")
        typist.save()
        assert stored(typist).sheets[0].winners == ["og", "co"]
