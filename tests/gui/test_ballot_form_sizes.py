"""The form in windows of every size: no scrolling where there is room, elsewhere nothing cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.widgets.buttons import Button, IconButton
from tabapp.gui.widgets.painted import Name
from tests.gui.ballot_rooms import CRITERIA, at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")
MOTIONS: dict[str, Any] = {"motions": 3, "enable_motions": True, "motion_vetoes_enabled": True}
FOUR = [
    *CRITERIA,
    {"id": "K4", "name": "Role fulfilment", "weight": 1.0, "min": 12, "max": 16, "step": 0.5}]
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


@pytest.mark.parametrize("criteria", [CRITERIA, FOUR], ids=["three", "four"])
@pytest.mark.parametrize("sides", [BP, ("aff", "neg")])
def test_criteria_with_speech_ranks_need_no_scrolling_and_every_mark_can_be_read(
    sides: tuple[str, ...], criteria: list[dict[str, Any]], qtbot: QtBot, tmp_path: Path
) -> None:
    rooms = rooms_of(sides, criteria=criteria, speaker_ranks="any")
    with at_rooms(qtbot, tmp_path, rooms) as typist:
        page = typist.page
        page.resize(*WORKING)
        typist.desk.settle()
        assert not scrolls(typist)
        lines = [one for quarter in page.form.quarters.values() for one in quarter.lines.values()]
        fields = [field for line in lines for field in line.fields if field.isVisible()]
        assert all(is_in_sight(typist, one) and one.height() >= 28 for one in fields)
        assert all(one.chooser.width() >= 120 for one in lines)
        places = [QRect(one.mapTo(page, QPoint(0, 0)), one.size()) for one in fields]
        assert not any(
            one.intersects(other) for n, one in enumerate(places) for other in places[:n])
        assert page.form.save_button.isVisible()


def test_what_criteria_are_called_stands_once_where_they_are_below_the_names(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(
        qtbot, tmp_path, rooms_of(BP, criteria=CRITERIA, speaker_ranks="any")
    ) as typist:
        quarter = typist.page.form.quarters["og"]
        shown = []
        for size in (WORKING, (1700, 980), WORKING):
            typist.page.resize(*size)
            typist.desk.settle()
            shown.append(sum(
                one.isVisible() for one in quarter.findChildren(Name) if one.text == "Matter"))
        assert shown == [1, 2, 1]


@pytest.mark.parametrize(("sides", "marks", "slip"), [
    (BP, ["8180797877767574"], "97"), (("aff", "neg"), ["70.70.70.3570.69.69.34"] * 3, "80"),
])
def test_a_question_about_a_correction_cuts_nothing_off(
    sides: tuple[str, ...], marks: list[str], slip: str, qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(sides)) as typist:
        form = typist.page.form
        for n, sheet in enumerate(marks):
            if n:
                typist.press(Qt.Key.Key_PageDown, CTRL)
            typist.type(sheet)
        typist.save()
        typist.open("Room 1")
        typist.save()
        typist.open("Room 1")
        typist.press(Qt.Key.Key_F2)
        typist.type(slip)
        typist.desk.settle()
        assert form.bottom.sentence.startswith(f"{slip} is unusual")
        assert typist.page.impact.isVisible()
        assert not scrolls(typist)
        bottom = form.save_button.mapTo(typist.page, QPoint(0, form.save_button.height())).y()
        assert bottom <= typist.page.foot.y()


@pytest.mark.parametrize("sides", [BP, ("aff", "neg")])
def test_criteria_in_a_small_window_scroll_with_the_keys_and_leave_the_save_row(
    sides: tuple[str, ...], qtbot: QtBot, tmp_path: Path
) -> None:
    rooms = rooms_of(sides, criteria=FOUR, speaker_ranks="any")
    with at_rooms(qtbot, tmp_path, rooms) as typist:
        page = typist.page
        page.resize(*SMALL[1])
        typist.desk.settle()
        assert scrolls(typist)
        for stop in page.form.stops():
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            assert is_in_sight(typist, stop)
        save = page.form.save_button
        assert page.rect().contains(QRect(save.mapTo(page, QPoint(0, 0)), save.size()))


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
            if button.isVisible() and not isinstance(button, IconButton):
                assert button.width() >= button.sizeHint().width()
        assert page.form.heading.isVisible()


def test_buttons_say_their_keys_where_there_is_room(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP)) as typist:
        save = typist.page.form.save_button
        for width in (904, 560):  # while both halves are shown it cannot be so narrow
            typist.page.resize(width, 600)
            typist.desk.settle()
        shortened = save.keys
        typist.page.resize(*WORKING)
        typist.desk.settle()
        assert (shortened, bool(save.keys)) == ((), True)
