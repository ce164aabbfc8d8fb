"""The break announced from the console by keyboard: asked for, revealed, guarded, locked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.projector.announcing import BreakDialog
from tabapp.gui.present.announce import announce_break
from tabapp.gui.present.state import Kind
from tabapp.services import break_edits, judge_breaks
from tabapp.store.schema import break_team, team
from tests.gui.desk import Desk, open_desk
from tests.gui.projector_desk import Operator, open_projector
from tests.services.out_rounds import OutRounds, played

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Room(OutRounds):
    """The tab room behind an open desk."""

    def __init__(self, desk: Desk) -> None:
        self.work, self.owner, self.category = desk.workspace, desk.owner, "open"


class Hall(Operator):
    """The console over a tournament whose rounds are over, with a break of eight."""

    @property
    def room(self) -> Room:
        return Room(self.desk)

    def best(self) -> str:
        """The team that breaks first."""
        seeds = self.room.seeds()
        return min(seeds, key=seeds.__getitem__)

    def make(self) -> None:
        self.room.make_break()
        self.desk.qtbot.wait(60)  # changes are gathered for 30 ms
        self.desk.settle()

    def announce(self, slug: str = "open") -> None:
        announce_break(self.desk.session, slug)
        self.desk.settle()

    def teams(self) -> list[str]:
        """Names of those who break, the last place first."""
        called = {one.id: one.name for one in self.room.document().teams}
        seeds = self.room.seeds()
        return [called[team] for team in sorted(seeds, key=lambda one: -seeds[one])]

    def edit(self, change: Callable[..., Any], *facts: Any) -> None:
        self.write(lambda unit: change(unit, self.desk.owner.id, *facts))


@pytest.fixture
def at(
    qtbot: QtBot, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hall]:
    with (
        open_desk(qtbot, tmp_path, archive=played(8)) as desk,
        open_projector(desk, monkeypatch) as made,
    ):
        yield Hall(made.desk, made.window, made.screens)


def test_a_break_that_is_made_stays_locked_until_somebody_asks_for_it(at: Hall) -> None:
    at.make()
    at.page.playlist.choose(Kind.BREAK)
    at.press(Qt.Key.Key_F12)
    assert at.told[-1].sentence.startswith("No break is announced.")
    assert at.seen() == ""
    assert at.page.preview_sheets() == ()


def test_enter_asks_for_the_category_and_f12_shows_its_title_alone(at: Hall) -> None:
    at.make()
    at.page.playlist.choose(Kind.BREAK)
    at.press(Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BreakDialog)
    assert dialog.choices[0][1].isChecked()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    at.desk.settle()
    at.press(Qt.Key.Key_F12)
    assert "Open break" in at.seen()
    assert not any(one in at.seen() for one in at.teams())
    assert at.chip() == "Live: Break"


def test_teams_are_revealed_by_space_from_the_last_place_up(at: Hall) -> None:
    at.make()
    at.announce()
    at.press(Qt.Key.Key_F12)
    order = at.teams()
    for number, one in enumerate(order):
        at.press(Qt.Key.Key_Space)
        assert one in at.seen()
        assert not any(later in at.seen() for later in order[number + 1:] if later not in one)
        at.page.hall.advance(600)
        assert f"{len(order) - number - 1} to come" in at.seen() or number == len(order) - 1
    at.press(Qt.Key.Key_Space)
    assert all(one in at.seen() for one in order)
    at.press(Qt.Key.Key_PageUp)
    assert "first" in at.seen()


def test_announcing_again_begins_at_the_title(at: Hall) -> None:
    at.make()
    at.announce()
    at.press(Qt.Key.Key_PageDown, CTRL)
    assert at.page.preview_page == 1
    at.announce()
    assert at.page.preview_page == 0


def locked(at: Hall) -> tuple[str, object]:
    """What is told of the open break in preview, and where its way leads."""
    went: list[object] = []
    at.desk.session.went.connect(lambda place, target: went.append((place, target)))
    at.announce()
    at.press(Qt.Key.Key_F12)
    assert at.seen() == ""
    at.press(Qt.Key.Key_R, CTRL | SHIFT)
    return at.told[-1].sentence, went[-1]


def test_a_break_that_is_not_made_leads_to_the_break_page(at: Hall) -> None:
    said, way = locked(at)
    assert "is not made. Make it on the break page." in said
    assert way == ("breaks", "open")


def test_a_break_out_of_date_leads_to_the_break_page(at: Hall) -> None:
    at.make()
    best = at.best()
    at.write(lambda unit: unit.update(team, {
        row.id: {"withdrawn": True} for row in unit.rows(team.select()) if row.ref == best}))
    said, way = locked(at)
    assert "no longer fits the results. Make it again" in said
    assert way == ("breaks", "open")


def test_a_tie_that_waits_leads_to_the_break_page(at: Hall) -> None:
    at.make()
    at.write(lambda unit: unit.update(break_team, {
        row.id: {"remark": "tied", "break_rank": None}
        for row in unit.rows(break_team.select()) if row.break_rank == 8}))
    said, way = locked(at)
    assert "Decide the tie on the break page." in said
    assert way == ("breaks", "open")


def test_who_is_kept_out_under_the_show_takes_it_off_the_screen(at: Hall) -> None:
    at.make()
    at.announce()
    at.press(Qt.Key.Key_F12)
    at.press(Qt.Key.Key_Space)
    at.desk.session.go("people")
    at.desk.settle()
    at.edit(break_edits.set_remark, "open", at.best(), "disqualified", "planted words")
    assert at.seen() == ""
    assert at.told[-1].sentence == (
        "The break is no longer what was announced. The hall sees nothing now.")
    at.announce()
    at.press(Qt.Key.Key_F12)
    assert "Open break" in at.seen()


def test_judges_are_added_by_the_dialog(at: Hall) -> None:
    at.make()
    judge = at.room.document().adjudicators[0]
    at.edit(judge_breaks.set_breaking, [judge.id])
    at.announce()
    before = len(at.page.preview_sheets())
    at.press(Qt.Key.Key_A, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BreakDialog)
    assert not dialog.judges.isChecked()
    dialog.judges.setFocus()
    QTest.keyClick(dialog.judges, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    at.desk.settle()
    pages = at.page.preview_sheets()
    assert len(pages) == before + 1
    assert judge.name in " ".join(pages[-1].texts())


def test_another_break_in_preview_leaves_the_live_one(at: Hall) -> None:
    at.make()
    at.announce()
    at.press(Qt.Key.Key_F12)
    live = at.seen()
    at.announce("no such category")
    assert at.page.preview_sheets() == ()
    assert at.seen() == live
    at.edit(break_edits.set_remark, "open", at.best(), "withdrawn")
    assert at.seen() == ""
