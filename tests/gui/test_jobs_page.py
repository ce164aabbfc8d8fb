"""Jobs: what runs, the history, one run's log, starting again and cancelling by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.pages.jobs.page import JobsPage
from tabapp.jobs.context import JobContext
from tabapp.jobs.spec import simple_job
from tests.gui.desk import Desk, open_desk

GATE = threading.Event()


@simple_job("test.waits", title="Waits for the test", retry="no_retry")
def waits(ctx: JobContext[Any, Any]) -> int:
    """Wait until the test opens the gate."""
    with ctx.step("Waiting", total=10):
        ctx.advance(4)
        while not GATE.wait(0.04):  # as slow as progress is shown
            ctx.advance(0)
    return 1


@simple_job("test.fails", title="Pull from the server", retry="no_retry")
def fails(ctx: JobContext[Any, Any], host: str = "tabserver.local") -> None:
    """Fail as a person can understand."""
    ctx.log.warning("no answer", host=host)
    raise UserError("file_unreadable", file=host, reason="no answer")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    GATE.clear()
    with open_desk(qtbot, tmp_path, teams=8) as made:
        yield made
        GATE.set()
        made.settle()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> JobsPage:
    made = JobsPage(desk.session)
    qtbot.addWidget(made)
    made.resize(1310, 690)
    made.show()
    made.activateWindow()
    desk.settle()
    return made


def settle(desk: Desk, page: JobsPage) -> None:
    """Wait until the history was read after the last event."""
    desk.qtbot.waitUntil(
        lambda: not page._merge.isActive() and desk.session.is_idle and not page.is_loading,
        timeout=15_000)


def states(page: JobsPage) -> list[str]:
    return [page.runs[int(str(row.key))].state for row in page.model.shown]


def run_row_texts(page: JobsPage) -> list[str]:
    return [page.model.index(0, i).data() for i in range(page.model.columnCount())]


def test_an_empty_history_says_what_will_stand_there(page: JobsPage) -> None:
    assert page.model.shown == []
    assert page.facts.text() == ""


def test_a_job_shows_its_steps_while_it_runs_and_its_result_after(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    handle = desk.workspace.queue.submit(waits, submitted_by="Ingrid")
    qtbot.waitUntil(lambda: handle.id in page.now.rows)
    row = page.now.rows[handle.id]
    qtbot.waitUntil(lambda: "Waiting 4 of 10" in row.accessibleDescription())
    GATE.set()
    settle(desk, page)
    assert page.now.rows == {}
    assert states(page) == ["success"]
    assert run_row_texts(page)[:3] == ["done", "Waits for the test", "Ingrid"]
    assert page.facts.text() == "1 done"


def test_del_cancels_the_job_that_has_the_keys(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    handle = desk.workspace.queue.submit(waits)
    qtbot.waitUntil(lambda: handle.state == "running" and handle.id in page.now.rows)
    row = page.now.rows[handle.id]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    settle(desk, page)
    assert states(page) == ["cancelled"]


def test_a_failure_is_told_with_its_log_and_can_be_copied(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    desk.workspace.queue.submit(fails, host="tabserver.local").wait(10)
    settle(desk, page)
    qtbot.waitUntil(lambda: "no answer (host tabserver.local)" in page.panel.log.toPlainText())
    assert page.panel.sentence.text().startswith("tabserver.local cannot be read")
    assert "host = tabserver.local" in page.panel.log.toPlainText()
    assert page.why_not("jobs.cancel") != ""
    page.run("jobs.copy")
    assert "file_unreadable" in QApplication.clipboard().text()


def test_what_failed_is_started_again_by_one_key(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    round_id = desk.rounds()[0].id
    queue = desk.workspace.queue
    queue.submit("draw.generate", tournament=desk.owner.id, round_id=round_id, seed=1).wait(20)
    failed = queue.submit(
        "draw.generate", tournament=desk.owner.id, round_id=round_id, seed=2)
    assert failed.wait(20).status == "failed"
    settle(desk, page)
    desk.workspace.database.undo(desk.owner.id, actor="x")  # the draw that stood in its way
    page.open_at(failed.id)
    page.run("jobs.again")
    qtbot.waitUntil(lambda: _state(desk, failed.id) == "success", timeout=20_000)
    settle(desk, page)


def _state(desk: Desk, run_id: int) -> str:
    run = desk.workspace.runs.get(run_id)
    assert run is not None
    return run.state


def test_a_run_that_ended_well_cannot_be_started_again(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits).wait(10)
    settle(desk, page)
    assert "went wrong" in (page.why_not("jobs.again") or "")


def test_the_history_is_filtered_by_words_and_by_kind(
    desk: Desk, page: JobsPage, qtbot: QtBot
) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits).wait(10)
    desk.workspace.queue.submit(fails).wait(10)
    settle(desk, page)
    page.run("jobs.filter")
    qtbot.keyClicks(page.filter, "pull")
    assert states(page) == ["failed"]
    page.filter.clear()
    page.kinds.choose("failed")
    page.kinds.chosen.emit("failed")
    assert states(page) == ["failed"]
    page.kinds.choose("open")
    page.kinds.chosen.emit("open")
    assert states(page) == []


def test_another_place_can_point_at_a_run(desk: Desk, page: JobsPage) -> None:
    GATE.set()
    first = desk.workspace.queue.submit(waits)
    first.wait(10)
    desk.workspace.queue.submit(fails).wait(10)
    settle(desk, page)
    page.open_at(first.id)
    settle(desk, page)
    assert page.table.current_key() == first.id
    assert page.panel.title.text == "Waits for the test"


def test_runs_of_another_tournament_are_not_shown(desk: Desk, page: JobsPage) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits, tournament=desk.owner.id + 1).wait(10)
    settle(desk, page)
    assert page.model.shown == []
