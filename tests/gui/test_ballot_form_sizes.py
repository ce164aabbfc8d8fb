"""The form in windows of every size: no scrolling where there is room, elsewhere nothing cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.widgets.buttons import Button
from tests.gui.ballot_rooms import CRITERIA, at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")
MOTIONS: dict[str, Any] = {"motions": 3, "enable_motions": True, "motion_vetoes_enabled": True}
WORKING = (1310, 690)
SMALL = ((944, 600), (904, 460))


def scrolls(typist: Typist) -> bool:
    return typist.page.form.box.verticalScrollBar().maximum() > 0


def is_in_sight(typist: Typist, widget: QWidget) -> bool:
    """Tell whether all of a widget stands in the part of the sheet that is shown."""
    view = typist.page.form.box.viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size()))


@pytest.mark.parametrize(("sides", "settings"), [
    (BP, {}), (("aff", "neg"), MOTIONS), (("aff", "neg"), {"criteria": CRITERIA}),
    (("aff", "neg"), {"winners_in_ballots": "low-points"}),
])
def test_a_ballot_needs_no_scrolling_on_a_small_laptop(
    sides: tuple[str, ...], settings: dict[str, Any], qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(sides, **settings)) as typist:
        typist.page.resize(*WORKING)
        typist.desk.settle()
        assert (typist.page.width(), typist.page.height()) == WORKING
        assert not scrolls(typist)


def test_a_question_about_the_votes_of_three_judges_needs_no_scrolling_either(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(**MOTIONS)) as typist:
        for sheet in range(3):
            if sheet:
                typist.press(Qt.Key.Key_PageDown, CTRL)
            typist.type("79.7170" "35" "69.6968" "34")
        typist.desk.settle()
        assert typist.page.form.bottom.sentence.startswith("79.5 is unusual")
        assert not scrolls(typist)


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("sides", [BP, ("aff", "neg")])
def test_a_small_window_scrolls_with_the_keys_and_cuts_nothing(
    sides: tuple[str, ...], size: tuple[int, int], qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(sides)) as typist:
        page = typist.page
        page.resize(*size)
        typist.desk.settle()
        assert (page.width(), page.height()) == size
        for stop in page.form.stops():
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            assert is_in_sight(typist, stop)
        for button in page.form.findChildren(Button):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width()
        assert page.form.heading.isVisible()


def test_buttons_say_their_keys_where_there_is_room(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP)) as typist:
        save = typist.page.form.save_button
        typist.page.resize(780, 600)
        typist.desk.settle()
        shortened = save.keys
        typist.page.resize(*WORKING)
        typist.desk.settle()
        assert (shortened, bool(save.keys)) == ((), True)
