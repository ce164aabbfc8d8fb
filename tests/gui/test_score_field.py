"""A mark goes on as soon as no further digit is possible, whatever marks there are."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.score_field import ScoreField

pytestmark = pytest.mark.usefixtures("light")


@pytest.mark.parametrize(("limits", "keys", "text", "went"), [
    ((50, 99, 1), "7", "7", False),
    ((50, 99, 1), "78", "78", True),
    ((0, 100, 1), "10", "10", False),
    ((0, 100, 1), "100", "100", True),
    ((0, 100, 1), "78", "78", True),
    ((1, 10, 1), "7", "7", True),
    ((1, 10, 1), "1", "1", False),
    ((1, 10, 1), "10", "10", True),
    ((1, 15.5, 0.5), "15", "15", True),
    ((1, 15.5, 0.5), "7", "7", True),
    ((1, 15.5, 0.5), "1", "1", False),
    ((60, 80, 0.25), "70", "70", False),
    ((60, 80, 0.25), "70,2", "70.2", False),
    ((60, 80, 0.25), "70.25", "70.25", True),
    ((0, 30, 0.1), "12.4", "12.4", True),
    ((float("-inf"), float("inf"), 1), "123456", "123456", False),
    ((68, 82, 1), "9", "9", False),
    ((0, 30, 0), "12.75", "12.75", False),
])
def test_a_mark_goes_on_when_it_is_whole(
    limits: tuple[float, float, float], keys: str, text: str, went: bool, qtbot: QtBot
) -> None:
    field = ScoreField("og.1", "Score")
    qtbot.addWidget(field)
    field.set_limits(*limits)
    told: list[int] = []
    field.went.connect(told.append)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, keys)
    assert (field.text(), bool(told)) == (text, went)


def test_a_point_after_a_whole_mark_of_halves_adds_one(qtbot: QtBot) -> None:
    field = ScoreField("og.1", "Score")
    qtbot.addWidget(field)
    field.set_limits(1, 15.5, 0.5)
    qtbot.keyClicks(field, "1,")
    assert field.text() == "1.5"
