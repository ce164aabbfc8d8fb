"""What pages rely on: reads and writes elsewhere, changes heard, late answers dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.notice import Notice
from tabapp.gui.page import Page
from tabapp.gui.topics import concerns
from tabapp.jobs.outcome import JobResult
from tabapp.store.draw_rows import update_round
from tabapp.store.tournaments import RoundRow, list_rounds
from tabapp.store.unit import ReadUnit
from tests.gui.desk import open_desk


def test_a_job_ends_in_the_window_and_its_change_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        heard: set[str] = set()
        ended: list[str] = []
        desk.session.changed.connect(lambda topics: heard.update(set(topics)))
        desk.session.submit(
            desk.session, "draw.generate", round_id=desk.rounds()[0].id, seed=1,
            done=lambda result: ended.append(result.status))
        desk.settle()
        assert ended == ["success"]
        assert concerns(heard, {"draw"})
        assert not concerns(heard, {"people"})


def test_a_job_that_cannot_be_queued_is_told_and_awaited_by_nobody(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        failed: list[JobResult] = []
        desk.session.told.connect(told.append)
        desk.session.submit(desk.session, "draw.generate", round_id="many", seed=1)
        desk.session.submit(desk.session, "draw.generate", failed=failed.append)
        desk.settle()
        assert [one.tone for one in told] == ["problem"]
        assert [one.status for one in failed] == ["failed"]
        assert desk.session.is_idle


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        gone = QObject()
        shown: list[list[RoundRow]] = []
        desk.session.read(gone, lambda unit: list_rounds(unit, desk.owner.id), shown.append)
        shiboken6.delete(gone)
        stays = QObject()
        desk.session.read(stays, lambda unit: list_rounds(unit, desk.owner.id), shown.append)
        desk.settle()
        assert [len(one) for one in shown] == [3]


def test_nothing_to_undo_is_told_and_not_raised(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        desk.session.told.connect(told.append)
        desk.session.redo()
        desk.settle()
        assert [one.tone for one in told] == ["problem"]


def test_undo_stops_before_it_would_take_the_tournament_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        desk.session.told.connect(told.append)
        desk.session.undo()
        desk.settle()
        assert [one.tone for one in told] == ["problem"]
        assert len(desk.rounds()) == 3


def test_undo_of_an_action_that_others_built_on_names_the_later_one(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path, actor="Ann") as desk:
        session, told = desk.session, list[Notice]()
        session.told.connect(told.append)
        first = desk.rounds()[0].id
        made: list[int | None] = []

        def name(text: str, verb: str) -> None:
            session.write(
                session, verb, lambda unit: update_round(unit, first, name=text),
                subject="Round 1", done=lambda _none: made.append(session.written))
            desk.settle()

        name("One", "name")
        name("Two", "name again")
        assert session.written is None
        session.undo(made[0])
        desk.settle()
        assert "name again Round 1 (Ann" in told[-1].sentence
        session.undo(made[1])
        session.undo(made[0])
        desk.settle()
        assert desk.rounds()[0].name not in ("One", "Two")


def test_a_write_that_changes_nothing_offers_no_undo(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        session, told = desk.session, list[Notice]()
        session.told.connect(told.append)
        for undoable in (True, False):
            session.write(
                session, "look at", lambda _unit: None, undoable=undoable,
                done=lambda _none: session.tell_undoable("Looked."))
            desk.settle()
        assert [(one.sentence, one.action, one.run) for one in told] == [
            ("Looked.", "", None)] * 2


def test_all_who_wait_for_a_run_hear_its_end_although_one_of_them_fails(
    qtbot: QtBot, tmp_path: Path,
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        session, heard = desk.session, list[str]()

        def fail(_result: JobResult) -> None:
            raise RuntimeError("a page's mistake")

        with qtbot.capture_exceptions() as caught:
            session.submit(
                session, "draw.generate", round_id=desk.rounds()[0].id, seed=1, done=fail)
            session.submit(  # joins the run that is there
                session, "draw.generate", round_id=desk.rounds()[0].id, seed=1,
                done=lambda result: heard.append(result.status))
            desk.settle()
        assert heard == ["success"]
        assert [str(one[1]) for one in caught] == ["a page's mistake"]


def test_a_page_that_could_not_be_read_is_read_when_it_is_looked_at_again(
    qtbot: QtBot, tmp_path: Path,
) -> None:
    class Failing(Page[int]):
        fails = True

        def query(self) -> Callable[[ReadUnit], int]:
            def read(_unit: ReadUnit) -> int:
                if self.fails:
                    raise UserError("round_gone", id=1)
                return 7

            return read

        def show_data(self, data: int) -> None:
            self.setToolTip(str(data))

    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        desk.session.told.connect(told.append)
        page = Failing(desk.session)
        qtbot.addWidget(page)
        page.show()
        page.reload()  # overtakes the first, whose failure nobody is told
        desk.settle()
        assert len(told) == 1
        page.hide()
        page.fails = False
        page.show()
        desk.settle()
        assert page.toolTip() == "7"


def test_a_page_that_looks_once_more_while_the_window_goes_is_no_fault(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        seen: list[object] = []
        desk.session.close()
        desk.session.read(desk.session, lambda unit: list_rounds(unit, desk.owner.id), seen.append)
        assert desk.session.is_idle
        assert seen == []
