"""All that is done to a draw is taken back by Ctrl+Z, and from the history, to the last row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.simulation import generate_tournament
from tabapp.gui.pages.overview.history import HistoryDialog
from tabapp.services.draw_sheet import read_sheet
from tabapp.store.draw_rows import draw_record, read_debates
from tabapp.store.sheet_rows import round_facts
from tests.gui.round_desk import ALT, CTRL, SHIFT, Rounds, open_rounds

Act = Callable[[Rounds], None]


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    archive = generate_tournament(
        preset="bp", teams=16, rounds=3, seed=1, play=False,
        settings={"enable_postponements": True})
    with open_rounds(qtbot, tmp_path, archive=archive) as found:
        found.press(Qt.Key.Key_Return, CTRL)
        assert found.round().status == "draft"
        yield found


def state(at: Rounds) -> tuple[Any, ...]:
    """All that is stored of the round."""
    row = at.round()
    with at.desk.workspace.database.read() as unit:
        return (
            row, draw_record(unit, row.id), read_debates(unit, row.id),
            round_facts(unit, row.id).starts_at, read_sheet(unit, row.id).rooms)


def nothing(_at: Rounds) -> None:
    pass


def confirm(at: Rounds) -> None:
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "confirmed"


def unconfirm(at: Rounds) -> None:
    at.give("draw.unconfirm")
    assert at.round().status == "draft"


def ready(at: Rounds) -> None:
    confirm(at)
    at.press(Qt.Key.Key_5, ALT)


def release(at: Rounds) -> None:
    at.press(Qt.Key.Key_Return, CTRL)
    at.type("rooms follow")
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "released"


def released(at: Rounds) -> None:
    ready(at)
    release(at)


def unrelease(at: Rounds) -> None:
    at.press(Qt.Key.Key_Tab, SHIFT)
    at.press(Qt.Key.Key_Space)
    assert at.round().status == "confirmed"


def delete(at: Rounds) -> None:
    at.give("draw.delete")
    at.type("round 1")
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.stage.sheet.rooms == ()


def again(at: Rounds) -> None:
    before = at.round().draw_seed
    at.press(Qt.Key.Key_D, CTRL | SHIFT)
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().draw_seed != before


def swap(at: Rounds) -> None:
    at.boards.go_to(at.stage.sheet.rooms[0].teams[0].id)
    at.press(Qt.Key.Key_Space)
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.stage.sheet.certificate.edits


def postpone(at: Rounds) -> None:
    at.boards.go_to(at.stage.sheet.rooms[1].id)
    at.press(Qt.Key.Key_F9)
    assert at.stage.sheet.rooms[1].status == "postponed"


def resume(at: Rounds) -> None:
    at.press(Qt.Key.Key_F9)
    assert at.stage.sheet.rooms[1].status == "none"


def start(at: Rounds) -> None:
    at.press(Qt.Key.Key_T, CTRL | SHIFT)
    at.type("14.30")
    at.press(Qt.Key.Key_Return, CTRL)
    assert "starts 14:30" in at.page.about.text


ACTS: dict[str, tuple[Act, Act]] = {
    "confirm": (nothing, confirm), "unconfirm": (confirm, unconfirm),
    "release": (ready, release), "unrelease": (released, unrelease),
    "delete": (nothing, delete), "delete a confirmed one": (confirm, delete),
    "draw again": (nothing, again), "draw again after a swap": (swap, again),
    "swap": (nothing, swap), "postpone": (nothing, postpone), "resume": (postpone, resume),
    "start": (nothing, start),
}


def from_history(at: Rounds) -> None:
    """Take back the newest action by the keys of the list of all that was done."""
    dialog = HistoryDialog(at.window, at.desk.session)
    dialog.open()
    at.desk.settle()
    assert at.dialog() is dialog
    at.press(Qt.Key.Key_Return, CTRL)
    assert dialog.banner is not None
    assert dialog.banner.accessibleName().startswith("1 action undone")
    at.press(Qt.Key.Key_Escape)


@pytest.mark.parametrize("way", ["keys", "history"])
@pytest.mark.parametrize("name", list(ACTS))
def test_what_is_done_to_a_draw_is_taken_back_whole(at: Rounds, name: str, way: str) -> None:
    prepare, act = ACTS[name]
    prepare(at)
    before = state(at)
    act(at)
    assert state(at) != before
    if way == "keys":
        at.press(Qt.Key.Key_Z, CTRL)
    else:
        from_history(at)
    assert state(at) == before


def test_a_deleted_draw_comes_back_with_its_judges_and_goes_again_by_redo(at: Rounds) -> None:
    confirm(at)
    before = state(at)
    delete(at)
    gone = state(at)
    at.press(Qt.Key.Key_Z, CTRL)
    assert state(at) == before
    at.press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert state(at) == gone
