"""What is unusual is heard when its field is left, said in words, and stops one save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from tabapp.gui.frame import panes
from tabapp.gui.pages.ballots.paper_block import PaperBlock
from tabapp.services import motions
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")
REST = "787776757473"
"""Marks of the last three teams; none of them is unusual."""
CONSENSUS: dict[str, Any] = {"judges": 1, "ballots_per_debate_prelim": "per-debate"}


def sounds_of(typist: Typist) -> list[str]:
    heard: list[str] = []
    typist.desk.session.sounds.played.connect(heard.append)
    return heard


def with_keys_of_the_window(typist: Typist) -> Typist:
    """Let F7 and F8 do what they do in the window."""
    page = typist.page
    keys: dict[str, Callable[[], object]] = {
        "F7": lambda: panes.answer_banner(page),
        "F8": lambda: panes.next_wrong_field(page) or page.next_problem(),
    }
    for name, run in keys.items():
        QShortcut(QKeySequence(name), page).activated.connect(run)
    return typist


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as someone:
        yield with_keys_of_the_window(someone)


def asked(typist: Typist) -> str:
    return typist.page.form.bottom.sentence


def take_the_first_motion_away(typist: Typist) -> None:
    """Do in another window what this form has not heard of."""
    desk = typist.desk
    with desk.workspace.database.write(
        actor="Cleo", verb="take out a motion", tournament=desk.owner.id
    ) as unit:
        motions.unrelease_motions(unit, desk.rounds()[0].id)
        board = motions.read_board(unit, desk.owner.id)
        first = board.motions[0]
        motions.save_motion(
            unit, desk.owner.id, motions.MotionEntry(first.text, first.reference), first.id)
    desk.settle()


def block(typist: Typist) -> PaperBlock:
    panel = typist.page.form.panel
    assert panel is not None
    assert panel.paper_block is not None
    return panel.paper_block


def test_an_unusual_mark_is_heard_once_when_its_field_is_left(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("9")
    assert heard == []
    typist.type("8")
    assert (typist.key_here, heard) == ("og.2", ["question"])
    typist.type("79" + REST)
    assert (typist.key_here, heard) == ("og.paper", ["question"])


def test_a_usual_sheet_is_not_heard_and_saved_at_once(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("8079" + REST)
    typist.save()
    assert (typist.states()["Room 1"], heard) == ("check", [])


def test_two_unusual_marks_stop_one_save_which_lists_both(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("98")
    assert "things" not in asked(typist)
    typist.type("98")
    assert asked(typist).startswith("2 things look unusual, F8 goes to each. 98 is unusual for")
    typist.type(REST)
    assert (typist.key_here, heard) == ("og.paper", ["question"] * 2)
    typist.save()
    head, *told = asked(typist).splitlines()
    assert head == "2 things look unusual. Where the paper says so, save once more."
    assert len(told) == 2
    assert all(one.startswith("98 is unusual for") for one in told)
    assert (typist.states()["Room 1"], typist.key_here) == ("out", "og.1")
    assert heard == ["question"] * 3
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_what_is_typed_otherwise_after_a_save_stopped_is_asked_anew(typist: Typist) -> None:
    typist.type("9879" + REST)
    typist.save()
    typist.type("97")
    typist.save()
    assert typist.states()["Room 1"] != "check"
    assert asked(typist).startswith("97 is unusual")
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_answers_by_key_leave_nothing_to_stop_a_save(typist: Typist) -> None:
    typist.type("9898")
    typist.desk.settle()
    typist.press(Qt.Key.Key_F7)
    assert asked(typist).startswith("98 is unusual for")
    typist.press(Qt.Key.Key_F7)
    assert (asked(typist), typist.key_here) == ("", "oo.1")
    assert len(typist.page.form.typed.kept) == 2
    typist.type(REST)
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_what_was_not_answered_is_asked_again_from_the_draft(typist: Typist) -> None:
    typist.type("9898")
    typist.desk.settle()
    typist.press(Qt.Key.Key_F7)
    typist.open("Room 2")
    heard = sounds_of(typist)
    typist.open("Room 1")
    typist.type(REST)
    assert heard == []
    typist.save()
    assert (typist.room, heard) == ("Room 1", ["question"])
    assert asked(typist).startswith("98 is unusual")


def test_f8_goes_from_one_question_to_the_next_and_shows_its_words(typist: Typist) -> None:
    typist.type("9879" "9777" "76757473")
    typist.press(Qt.Key.Key_F8)
    assert typist.key_here == "og.1"
    assert "98 is unusual for" in asked(typist)
    typist.press(Qt.Key.Key_F8)
    assert typist.key_here == "oo.1"
    assert "97 is unusual for" in asked(typist)
    typist.press(Qt.Key.Key_F7)
    assert asked(typist).startswith("98 is unusual for")


def test_a_total_on_the_paper_is_heard_when_left_and_said_beside_it(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("8079" + REST + "16")
    assert heard == []
    typist.type("9")
    assert (typist.key_here, heard) == ("oo.paper", ["question"])
    words = "The paper says 169, the scores of OG make 159. Does the paper really say 169?"
    assert block(typist).problem.text() == words
    assert block(typist).problem.property("state") == "attention"
    typist.type("155151147")
    typist.save()
    assert (typist.room, typist.key_here) == ("Room 1", "og.paper")
    assert asked(typist).startswith(words)
    typist.save()
    assert typist.room == "Room 2"


def test_a_total_on_the_paper_has_words_while_a_mark_is_in_question(typist: Typist) -> None:
    typist.type("9879" + REST + "155")
    assert "98 is unusual" in asked(typist)
    assert block(typist).problem.text().startswith("The paper says 155, the scores of OG make 177.")


def test_an_impossible_mark_is_heard_when_its_field_is_left(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("40")
    assert heard == []
    typist.press(Qt.Key.Key_Return)
    assert heard == ["problem"]
    typist.type("79" + REST)
    assert heard == ["problem"]


def test_level_totals_are_heard_as_soon_as_the_last_mark_of_them_is_left(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("8080" "808")
    assert heard == []
    typist.type("0")
    assert (typist.key_here, heard) == ("cg.1", ["problem"])


def test_a_half_that_follows_belongs_to_the_mark_that_is_judged(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        heard = sounds_of(typist)
        typist.type("707170" "35" "707170" "35")  # level, but for the half
        typist.type(".")
        typist.press(Qt.Key.Key_Return)
        assert (typist.page.form.fields["neg.4"].text(), heard) == ("35.5", [])


def test_a_mark_that_no_half_follows_is_heard_with_the_next_key(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        heard = sounds_of(typist)
        typist.type("59")
        typist.press(Qt.Key.Key_Return)
        assert heard == []
        typist.type("7")
        assert heard == ["problem"]
        typist.type("0" "7135")
        typist.press(Qt.Key.Key_Return)
        assert heard == ["problem"]


def test_a_save_that_is_refused_is_heard_once(typist: Typist) -> None:
    heard = sounds_of(typist)
    typist.type("8079")
    typist.save()
    assert heard == ["problem"]


def test_a_sheet_without_a_rank_is_asked_about_when_it_is_saved(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1, speaker_ranks="any")) as typist:
        heard = sounds_of(with_keys_of_the_window(typist))
        typist.type("8079" + REST)
        assert (asked(typist), heard) == ("", [])
        typist.save()
        assert (typist.key_here, heard) == ("og.1.rank", ["question"])
        assert asked(typist).startswith("No speech of this sheet has a rank.")
        typist.press(Qt.Key.Key_F7)
        assert asked(typist) == ""
        typist.save()
        assert typist.states()["Room 1"] == "check"


def test_a_reply_by_who_spoke_last_is_asked_about(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**CONSENSUS)) as typist:
        form = typist.page.form
        form.fields["aff.4"].setFocus()
        chooser = form.quarters["aff"].lines["aff.4"].chooser
        typist.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        typist.type(chooser.itemText(2)[0].lower())
        typist.press(Qt.Key.Key_Return)
        assert "gives both the last speech of Kranichfeld A and its reply" in asked(typist)
        form.fields["aff.1"].setFocus()
        typist.type("70.7170" "35" "69.6968" "34")
        typist.save()
        assert (typist.room, typist.key_here) == ("Room 1", "aff.4")
        typist.save()
        assert typist.room == "Room 2"


def test_a_save_lists_the_questions_of_every_judge_by_name(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        heard = sounds_of(with_keys_of_the_window(typist))
        for n, first in enumerate(("79.", "70.", "79.")):
            if n:
                typist.press(Qt.Key.Key_PageDown, CTRL)
            typist.type(first + "7170" "35" "69.6968" "34")
        assert heard == ["question"] * 2
        typist.save()
        _head, one, other = asked(typist).splitlines()
        assert one.startswith("Bo Judge 1: 79.5 is unusual for")
        assert other.startswith("Di Judge 3: 79.5 is unusual for")
        assert (typist.page.form.judge, typist.key_here) == ("A1", "aff.1")
        typist.press(Qt.Key.Key_F7)
        assert asked(typist).startswith("Di Judge 3: 79.5 is unusual for")
        typist.save()
        assert typist.states()["Room 1"] == "check"


def test_a_margin_is_told_by_the_room_and_beside_the_totals(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(maximum_margin=5, **CONSENSUS)) as typist:
        heard = sounds_of(typist)
        typist.type("71.7271" "35" "68.6868" "34")
        typist.press(Qt.Key.Key_Return)
        panel = typist.page.form.panel
        assert panel is not None
        assert panel.tie.text() == (
            "The margin in Room 1 is 11, and the largest that is allowed is 5. Correct the scores.")
        assert (typist.banner(), heard) == ("", ["problem"])


def test_a_motion_that_is_gone_is_told_in_its_words_at_its_field(
    qtbot: QtBot, tmp_path: Path
) -> None:
    document = rooms_of(BP, judges=1, motions=2, enable_motions=True)
    with at_rooms(qtbot, tmp_path, document) as typist:
        typist.type("8079" + REST + "1")
        take_the_first_motion_away(typist)
        typist.save()
        panel = typist.page.form.panel
        assert panel is not None
        assert panel.motion_problem.text().startswith(
            "The motion “That we test motion 1.” is not one of round 1.")
