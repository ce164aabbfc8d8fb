"""How many keys a practised typist presses for a round, beside the marks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import CTRL, Typist

pytestmark = pytest.mark.usefixtures("light")
MOST = 12
"""Keys beside the marks; fewer are promised of a consensus ballot of four teams."""
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt)


class KeyCount(QObject):
    """Counts the keys that arrive at what has the keys, a held Ctrl or Shift as one more.

    Qt asks first whether a key is a shortcut, of every key once; shortcuts go no further.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pressed = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        asks = event.type() is QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and watched is QApplication.focusWidget() and (
            event.key() not in _MODIFIERS
        ):  # fmt: skip
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self.pressed += 1 + (held != Qt.KeyboardModifier.NoModifier)
        return False


@contextmanager
def counted() -> Iterator[KeyCount]:
    """Count the keys of everything that is typed meanwhile."""
    count = KeyCount()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(count)
    try:
        yield count
    finally:
        app.removeEventFilter(count)


def keys_of_a_round(
    typist: Typist, rooms: int, marks: list[str], *, turn: bool = False, after: str = "",
    find: bool = False,
) -> list[int]:
    """Type a round room by room; return the keys of each ballot beside its marks.

    ``turn``: to the next judge's sheet between the ``marks``; ``after``: what follows them;
    ``find``: the room is found by its number, as a paper comes in no order.
    """
    found = []
    for room in range(1, rooms + 1):
        with counted() as count:
            if find:
                typist.press(Qt.Key.Key_F3)
                typist.type(str(room))
                typist.press(Qt.Key.Key_Return)
            assert typist.room == f"Room {room}"
            for at, sheet in enumerate(marks):
                if at:
                    typist.press(Qt.Key.Key_PageDown, CTRL)
                typist.type(sheet)
            typist.type(after)
            typist.save()
        assert typist.states()[f"Room {room}"] == "check"
        found.append(count.pressed - sum(map(len, marks)))
    return found


BP = ("og", "oo", "cg", "co")
SHEET = "8079" "7877" "7675" "7473"
TWO: dict[str, Any] = {"ballots_per_debate_prelim": "per-debate"}


def test_the_counter_counts_each_key_once(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist, counted() as count:
        typist.type("78")
        assert count.pressed == 2
        typist.press(Qt.Key.Key_Return)
        assert count.pressed == 3
        typist.press(Qt.Key.Key_Return, CTRL)
        assert count.pressed == 5


def test_a_consensus_ballot_of_four_teams_from_room_to_room(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        assert max(keys_of_a_round(typist, 2, [SHEET])) <= 2 < MOST


def test_a_consensus_ballot_of_four_teams_found_by_its_room(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1), room="") as typist:
        assert max(keys_of_a_round(typist, 2, [SHEET], find=True)) < MOST


def test_totals_of_the_paper_typed_too(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        keys = keys_of_a_round(typist, 2, [SHEET + "159155151147"])
        assert max(keys) < MOST


def test_the_sheets_of_three_judges(qtbot: QtBot, tmp_path: Path) -> None:
    sheets = ["707170" "35" "696968" "34", "697170" "35" "696968" "34", "717170" "35" "706968" "34"]
    with at_rooms(qtbot, tmp_path, rooms_of()) as typist:
        assert max(keys_of_a_round(typist, 2, sheets)) < MOST


def test_two_teams_on_one_sheet_with_replies_and_a_motion(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(motions=3, enable_motions=True, motion_vetoes_enabled=True, **TWO)
    with at_rooms(qtbot, tmp_path, document) as typist:
        sheet = "70.7170." "35." "696968" "34"
        assert max(keys_of_a_round(typist, 2, [sheet], after="213")) < MOST
