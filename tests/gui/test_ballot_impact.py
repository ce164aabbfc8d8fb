"""What a correction changes, told at the ballot desk before it is saved, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots import impact as line_module
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.impact_dialog import ImpactDialog
from tabapp.gui.tables.view import TableView
from tabapp.services import impact
from tabapp.services.impact import BreakImpact, Impact, ImpactInput, TableImpact
from tabapp.store import schema
from tests.gui.ballot_typist import CTRL, Typist, sit_down
from tests.gui.blind_scenes import save
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    """Sit down at a tournament of which two of three rounds are played."""
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as desk:
        desk.play(2)
        someone = sit_down(desk)
        yield someone
        someone.page.close()
        desk.settle()


def open_first(typist: Typist) -> None:
    typist.page.open_ref(typist.page.desk.rooms[0].row.ref)
    typist.desk.settle()


def line(typist: Typist) -> str:
    """Return what stands below the sheet, once it was worked out."""
    typist.desk.qtbot.waitUntil(lambda: not typist.page.impact._timer.isActive())
    typist.desk.settle()
    return typist.page.impact.words.text


def dialog(typist: Typist) -> ImpactDialog:
    found = typist.page.findChild(ImpactDialog)
    assert isinstance(found, ImpactDialog)
    return found


def retype_first_team(typist: Typist, marks: str) -> None:
    assert typist.key_here == "og.1"
    for _field in range(2):
        QTest.keyClick(typist.here, Qt.Key.Key_A, CTRL)
        typist.type(marks)


def test_a_correction_tells_what_it_changes_before_it_is_saved(typist: Typist) -> None:
    open_first(typist)
    assert typist.mode is Mode.LOOK
    assert not typist.page.impact.isVisible()
    typist.press(Qt.Key.Key_F2)
    assert typist.page.impact.isVisible()
    assert line(typist) == "This correction leaves points, scores and places as they are."
    retype_first_team(typist, "99")
    assert typist.page.impact.words.text == "Working out what this correction changes…"
    words = line(typist)
    assert "move" in words
    assert "the break" in words
    assert "Round 2" in words or "no later round" in words
    states = typist.states()
    typist.press(Qt.Key.Key_E, CTRL)
    shown = dialog(typist)
    assert shown.sentence.text() == words
    assert shown.parts.hasFocus()
    first = shown.tables.currentWidget()
    typist.press(Qt.Key.Key_Right)
    assert shown.tables.currentWidget() is not first
    typist.press(Qt.Key.Key_Escape)
    assert typist.states() == states  # only told, nothing stored
    assert not typist.page.form.is_fixed


def test_an_incomplete_sheet_says_when_it_is_told(typist: Typist) -> None:
    open_first(typist)
    typist.press(Qt.Key.Key_F2)
    line(typist)
    QTest.keyClick(typist.here, Qt.Key.Key_A, CTRL)
    QTest.keyClick(typist.here, Qt.Key.Key_Delete)
    assert line(typist) == (
        "What this correction changes is told when nothing is missing or wrong on the sheet.")
    typist.press(Qt.Key.Key_E, CTRL)
    assert typist.page.findChild(ImpactDialog) is None
    assert "nothing is missing or wrong" in typist.told[-1].sentence


def test_words_stand_there_while_it_is_worked_out(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    real = impact.compute

    def slow(found: ImpactInput) -> Impact:
        said.append(typist.page.impact.words.text)
        return real(found)

    monkeypatch.setattr(impact, "compute", slow)
    open_first(typist)
    typist.press(Qt.Key.Key_F2)
    line(typist)
    assert said == ["Working out what this correction changes…"]


def test_the_second_look_at_a_correction_tells_it_too(typist: Typist) -> None:
    open_first(typist)
    typist.press(Qt.Key.Key_F2)
    retype_first_team(typist, "99")
    words = line(typist)
    form = typist.page.form
    assert form.panel is not None
    form.panel.reason.setFocus()
    typist.type("misread")
    ref = form.desk.room.ref if form.desk else ""
    save(typist)
    typist.page.open_ref(ref)
    typist.desk.settle()
    assert typist.mode is Mode.CHECK
    assert line(typist) == words
    typist.save()
    assert not typist.page.impact.isVisible()


def test_nothing_of_it_is_there_for_who_may_not_see_results(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_module, "may_see_results", lambda _session: False)
    read: list[object] = []
    monkeypatch.setattr(impact, "read_impact", lambda *given: read.append(given))
    open_first(typist)
    typist.press(Qt.Key.Key_F2)
    retype_first_team(typist, "99")
    line(typist)
    assert typist.page.impact.isHidden()
    typist.press(Qt.Key.Key_E, CTRL)
    assert typist.page.findChild(ImpactDialog) is None
    assert read == []


def test_a_first_entry_has_no_such_line(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2) as desk:
        desk.play(1)
        typist = sit_down(desk)
        desk.workspace.run(
            "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[1].id, seed=2,
            confirm=True)
        desk.session.set_round(desk.rounds()[1].id)
        desk.settle()
        open_first(typist)
        assert typist.mode is Mode.ENTER
        assert typist.page.impact.isHidden()
        assert typist.page.why_not("ballots.impact") == (
            "No ballot that counts is being corrected.")
        typist.page.close()
        desk.settle()


def test_a_room_that_takes_no_entry_does_not_say_that_nothing_is_open(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2) as desk:
        desk.play(1)
        with desk.workspace.database.write(
            actor="Ben", verb="test", tournament=desk.owner.id
        ) as unit:
            unit.update(schema.round_, {desk.rounds()[0].id: {"status": "draft"}})
        someone = sit_down(desk)
        open_first(someone)
        someone.press(Qt.Key.Key_F2)
        assert someone.told[-1].sentence == (
            "Nothing can be entered in this room; its page says why.")
        someone.page.close()
        desk.settle()


def test_a_team_that_is_level_at_the_line_and_breaks_stands_there_twice(typist: Typist) -> None:
    nothing = TableImpact((), ())
    moved = BreakImpact(
        "Open", made=False, drawn=False, enters=("Team A",), leaves=(), tied=("Team A",),
        reseeded=())
    shown = ImpactDialog(
        typist.page, "Room 1", Impact("1 enters.", nothing, nothing, (moved,), (), nothing=False))
    shown.show_part("break")
    (table,) = [one for one in shown.findChildren(TableView) if one.isVisibleTo(shown)]
    assert table.model().rowCount() == 2
