"""Where there is no room for the list and a ballot beside each other one of them is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.widgets.buttons import Button
from tests.gui.ballot_typist import STAFF, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")
NARROW, WIDE = (904, 460), (1310, 690)


def shown(typist: Typist) -> tuple[bool, bool]:
    """Tell whether the list is shown, and whether the ballot is."""
    return typist.page.list.isVisible(), typist.page.right.isVisible()


def resize(typist: Typist, size: tuple[int, int]) -> None:
    typist.page.resize(*size)
    typist.desk.settle()
    assert (typist.page.width(), typist.page.height()) == size


def is_whole(typist: Typist, widget: QWidget) -> bool:
    """Tell whether nothing of a widget is cut off by the page."""
    page = typist.page
    return page.rect().contains(QRect(widget.mapTo(page, QPoint(0, 0)), widget.size()))


@pytest.fixture
def narrow(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path, staff=STAFF, who="Ann") as typist:
        resize(typist, NARROW)
        yield typist


def test_a_narrow_page_shows_the_list_until_a_room_is_opened(narrow: Typist) -> None:
    page = narrow.page
    assert shown(narrow) == (True, False)
    assert page.list.width() == page.width()
    narrow.open("Room 1")
    assert shown(narrow) == (False, True)
    assert page.right.width() == page.width()
    assert narrow.key_here == "og.1"
    for one in (*page.form.findChildren(Button), page.form.heading):
        if one.isVisible():
            assert is_whole(narrow, one)


def test_escape_goes_back_to_the_list_and_enter_to_the_same_room(narrow: Typist) -> None:
    narrow.open("Room 2")
    narrow.type("7877")
    narrow.press(Qt.Key.Key_Escape)
    assert shown(narrow) == (True, False)
    assert narrow.here is narrow.page.list.view
    assert narrow.states()["Room 2"] == "draft"
    narrow.press(Qt.Key.Key_Return)
    assert (narrow.room, shown(narrow)) == ("Room 2", (False, True))
    assert narrow.page.form.typed.scores == {"og.1": "78", "og.2": "77"}
    assert narrow.key_here == "oo.1"


def test_f3_finds_another_room_from_within_a_ballot(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.press(Qt.Key.Key_F3)
    assert shown(narrow) == (True, False)
    assert narrow.here is narrow.page.list.finder
    narrow.type("Room 2")
    narrow.press(Qt.Key.Key_Return)
    assert (narrow.room, shown(narrow)) == ("Room 2", (False, True))


def test_saving_leads_from_ballot_to_ballot_and_at_last_to_the_list(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.sheet()
    narrow.save()
    assert (narrow.room, shown(narrow)) == ("Room 2", (False, True))
    narrow.sheet()
    narrow.save()
    assert (narrow.room, shown(narrow)) == ("", (True, False))
    assert narrow.here is narrow.page.list.view


def test_nothing_is_saved_from_the_list_of_a_ballot_that_nobody_sees(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.sheet()
    narrow.press(Qt.Key.Key_Escape)
    narrow.save()
    assert narrow.states() == {"Room 1": "draft", "Room 2": "out"}
    assert narrow.room == "Room 1"  # what comes next is opened, and seen


def test_the_arrow_before_the_room_goes_back_too(narrow: Typist) -> None:
    narrow.open("Room 1")
    back = narrow.page.form.heading.back
    assert back.isVisible()
    assert back.accessibleName() == "Back to the list (Esc)"
    back.click()
    narrow.desk.settle()
    assert shown(narrow) == (True, False)
    assert narrow.here is narrow.page.list.view


def test_a_ballot_stays_open_while_the_window_becomes_narrow_and_wide(narrow: Typist) -> None:
    resize(narrow, WIDE)
    assert shown(narrow) == (True, True)
    narrow.open("Room 1")
    narrow.type("78")
    resize(narrow, NARROW)
    assert (narrow.room, shown(narrow)) == ("Room 1", (False, True))
    assert narrow.key_here == "og.2"
    resize(narrow, WIDE)
    assert shown(narrow) == (True, True)
    assert not narrow.page.form.heading.back.isVisible()
    assert narrow.page.list.width() == 320
    narrow.press(Qt.Key.Key_Escape)
    assert narrow.here is narrow.page.list.view
    assert narrow.room == "Room 1"


def test_who_comes_to_the_page_goes_on_in_the_ballot_that_is_shown(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.type("7877")
    narrow.page.clearFocus()
    narrow.page.setFocus()
    narrow.desk.settle()
    assert narrow.key_here == "oo.1"
    narrow.sit("Ben")  # nothing of it is his
    assert shown(narrow) == (True, False)
    assert narrow.here is narrow.page.list.view


def test_the_progress_is_shown_with_the_list(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert shown(narrow) == (True, False)
    assert narrow.page.progress.fold.is_open
    narrow.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert not narrow.page.progress.fold.is_open


def test_a_received_paper_is_told_aside_where_the_list_is_hidden(narrow: Typist) -> None:
    narrow.open("Room 1")
    narrow.press(Qt.Key.Key_Insert)
    assert any("Room 1" in one.sentence for one in narrow.told)


def test_one_person_is_told_above_the_list_too(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        resize(typist, NARROW)
        assert typist.page.list.isVisible()
        assert typist.page.loose.isVisible()
        typist.open("Room 1")
        assert typist.page.loose.isVisible()
