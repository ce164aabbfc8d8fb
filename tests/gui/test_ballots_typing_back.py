"""Ctrl+Z at the ballot desk: it takes back typing, and a stored ballot only where none is meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.main_window import MainWindow
from tabapp.gui.pages.ballots.page import BallotsPage
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, document
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")
NOTHING = "Nothing typed here to take back. Ctrl+H shows what was stored."


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    """Somebody in the window, where Room 1 is open."""
    with open_desk(qtbot, tmp_path, archive=document()) as desk:
        window = MainWindow(desk.session)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desk.session.set_round(desk.rounds()[0].id)
        desk.session.go("ballots")
        desk.settle()
        page = window.page
        assert isinstance(page, BallotsPage)
        someone = Typist(desk, page)
        someone.open("Room 1")
        yield someone
        window.hide()
        desk.settle()


def undo(typist: Typist) -> None:
    typist.press(Qt.Key.Key_Z, CTRL)


def redo(typist: Typist) -> None:
    typist.press(Qt.Key.Key_Z, CTRL | SHIFT)


def scores(typist: Typist) -> dict[str, str]:
    """Return the marks that are typed."""
    return {key: text for key, text in typist.page.form.typed.scores.items() if text}


def test_ctrl_z_takes_back_the_mark_that_was_just_typed_and_no_stored_ballot(
    typist: Typist,
) -> None:
    typist.sheet()
    typist.save()
    assert typist.room == "Room 2"
    typist.type("78")
    assert typist.key_here == "og.2"
    undo(typist)
    assert (scores(typist), typist.key_here) == ({}, "og.1")
    assert typist.page.form.fields["og.1"].text() == ""
    assert typist.told == []
    undo(typist)
    assert typist.told[-1].sentence == NOTHING
    undo(typist)
    assert typist.states()["Room 1"] == "check"


def test_marks_go_back_and_forth_one_field_at_a_time(typist: Typist) -> None:
    typist.type("787776")
    undo(typist)
    undo(typist)
    assert (scores(typist), typist.key_here) == ({"og.1": "78"}, "og.2")
    redo(typist)
    assert scores(typist) == {"og.1": "78", "og.2": "77"}
    undo(typist)
    typist.type("70")
    redo(typist)
    assert scores(typist) == {"og.1": "78", "og.2": "70"}
    assert typist.told[-1].sentence.startswith("Nothing was taken back here.")


def test_a_mark_that_is_typed_over_comes_back(typist: Typist) -> None:
    typist.type("78")
    typist.press(Qt.Key.Key_Return, SHIFT)
    typist.type("87")
    undo(typist)
    assert scores(typist) == {"og.1": "78"}
    undo(typist)
    assert scores(typist) == {}


def test_forfeits_swaps_and_comments_are_taken_back_too(typist: Typist) -> None:
    before = typist.page.form.typed.copy()
    typist.type("/")
    typist.press(Qt.Key.Key_F5)
    panel = typist.page.form.panel
    assert panel is not None
    panel.comment.setFocus()
    typist.type("see me")
    undo(typist)
    assert (panel.comment.text(), typist.here) == ("see ", panel.comment)
    undo(typist)
    undo(typist)
    assert (panel.comment.text(), typist.page.form.typed.forfeits) == ("", [])
    assert typist.page.form.typed.speakers != before.speakers
    undo(typist)
    assert typist.page.form.typed == before


def test_start_over_is_taken_back(typist: Typist) -> None:
    typist.type("7877")
    typist.page.run("ballots.start_over")
    typist.desk.settle()
    assert scores(typist) == {}
    undo(typist)
    assert scores(typist) == {"og.1": "78", "og.2": "77"}
    typist.open("Room 2")
    typist.open("Room 1")
    assert scores(typist) == {"og.1": "78", "og.2": "77"}


def test_a_draft_that_came_back_is_typing_as_well(typist: Typist) -> None:
    typist.type("7877")
    typist.open("Room 2")
    typist.sheet()
    typist.save()
    assert typist.room == "Room 1"
    undo(typist)
    assert (typist.told[-1].sentence, typist.states()["Room 2"]) == (NOTHING, "check")


def test_where_nothing_was_typed_ctrl_z_takes_back_what_was_stored_and_says_so(
    typist: Typist,
) -> None:
    typist.sheet()
    typist.save()
    assert (typist.room, scores(typist)) == ("Room 2", {})
    undo(typist)
    assert typist.states()["Room 1"] == "out"
    told = typist.told[-1]
    assert "nter the ballot of Room 1" in told.sentence
    assert (told.action, told.run is not None) == ("Redo", True)
    assert told.run is not None
    told.run()
    typist.desk.settle()
    assert typist.states()["Room 1"] == "check"


def test_the_finder_takes_back_its_own_text_first(typist: Typist) -> None:
    typist.type("78")
    typist.page.run("ballots.find")
    typist.type("hall")
    undo(typist)
    assert typist.page.list.finder.text() == ""
    assert scores(typist) == {"og.1": "78"}
    undo(typist)
    assert scores(typist) == {}
