"""Jobs: what runs, the history, one run's log, starting again and cancelling by keyboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.pages.jobs.page import JobsPage
from tabapp.gui.pages.jobs.queue.page import QueuePane, QueueView
from tabapp.gui.pages.jobs.queue.rows import run_row
from tabapp.gui.widgets.segments import Segments
from tabapp.jobs.context import JobContext
from tabapp.jobs.policies import Backoff
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.spec import simple_job
from tests.gui.desk import Desk, open_desk

GATE = threading.Event()
SOON = Backoff(3, 600.0)


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


@simple_job("test.breaks_off", title="Breaks off", retry=SOON)
def breaks_off(ctx: JobContext[Any, Any]) -> None:
    """Fail until the gate is open."""
    if not GATE.is_set():
        raise TimeoutError("no answer")


@simple_job("test.breaks_off_always", title="Breaks off always", retry=SOON)
def breaks_off_always(ctx: JobContext[Any, Any]) -> None:
    """Fail each time."""
    raise TimeoutError("no answer")


@simple_job("test.two_steps", title="Two steps", retry="no_retry")
def two_steps(ctx: JobContext[Any, Any]) -> None:
    """Do two steps, the first when the gate is open."""
    with ctx.step("One"):
        while not GATE.wait(0.04):
            ctx.progress(0.5, "")
    with ctx.step("Two"):
        ctx.progress(1.0, "")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    GATE.clear()
    with open_desk(qtbot, tmp_path, teams=8) as made:
        yield made
        GATE.set()
        made.settle()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> QueuePane:
    made = QueuePane(desk.session)
    qtbot.addWidget(made)
    made.resize(1310, 690)
    made.show()
    made.activateWindow()
    desk.settle()
    return made


def settle(desk: Desk, page: QueuePane) -> None:
    """Wait until the history was read after the last event."""
    desk.qtbot.waitUntil(
        lambda: not page._merge.isActive() and desk.session.is_idle and not page.is_loading,
        timeout=15_000)


def settle_waiting(desk: Desk, page: QueuePane) -> None:
    """Wait until the history was read, while a run waits for its retry."""
    desk.qtbot.waitUntil(
        lambda: not page._merge.isActive() and not desk.session._outstanding
        and not page.is_loading and any(one.next_at for one in page.runs.values()),
        timeout=15_000)
    page.now._refresh()


def states(page: QueuePane) -> list[str]:
    return [page.runs[int(str(row.key))].state for row in page.model.shown]


def run_row_texts(page: QueuePane) -> list[str]:
    return [page.model.index(0, i).data() for i in range(page.model.columnCount())]


def test_an_empty_history_says_what_will_stand_there(page: QueuePane) -> None:
    assert page.model.shown == []
    assert page.head.text() == ""


def test_a_job_shows_its_steps_while_it_runs_and_its_result_after(
    desk: Desk, page: QueuePane, qtbot: QtBot
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
    assert page.head.text() == "1 done today"


def test_del_cancels_the_job_that_has_the_keys(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    handle = desk.workspace.queue.submit(waits)
    qtbot.waitUntil(lambda: handle.state == "running" and handle.id in page.now.rows)
    row = page.now.rows[handle.id]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    settle(desk, page)
    assert states(page) == ["cancelled"]


def test_a_failure_is_told_with_its_log_and_can_be_copied(
    desk: Desk, page: QueuePane, qtbot: QtBot
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
    desk: Desk, page: QueuePane, qtbot: QtBot
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
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits).wait(10)
    settle(desk, page)
    assert "went wrong" in (page.why_not("jobs.again") or "")


def test_the_history_is_filtered_by_words_and_by_kind(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits).wait(10)
    desk.workspace.queue.submit(fails).wait(10)
    settle(desk, page)
    page.run("jobs.filter")
    qtbot.keyClicks(page.filter, "pull")
    assert states(page) == ["failed"]
    page.filter.clear()
    kinds = page.heading.kinds
    assert dict(kinds.choices)["failed"] == "Failed 1"
    qtbot.keyClick(kinds, Qt.Key.Key_End)
    assert states(page) == ["failed"]
    qtbot.keyClick(kinds, Qt.Key.Key_Left)
    assert kinds.key == "upkeep"
    assert states(page) == []
    qtbot.keyClick(kinds, Qt.Key.Key_Home)
    assert states(page) == ["failed", "success"]


def test_the_history_is_filtered_by_who_started_it(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits, submitted_by="clock").wait(10)
    desk.workspace.queue.submit(waits, submitted_by="ballot").wait(10)
    desk.workspace.queue.submit(waits, submitted_by="Ingrid").wait(10)
    settle(desk, page)
    who = page.heading.who
    shown = []
    for _ in range(who.count() - 1):
        qtbot.keyClick(who, Qt.Key.Key_Down)
        shown.append([run_row_texts(page)[2]] if page.model.shown else [])
    assert shown == [["Ingrid"], ["clock"], ["ballot"], []]


def test_a_run_that_waits_for_its_retry_starts_now_or_is_given_up(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    handle = desk.workspace.queue.submit(breaks_off)
    qtbot.waitUntil(lambda: handle.state == "waiting" and handle.id in page.now.rows)
    settle_waiting(desk, page)
    row = page.now.rows[handle.id]
    assert row.retry.isVisibleTo(row)
    assert row.button.text() == "Give up"
    assert "tries again at" in row.accessibleDescription()
    page.table.go_to(handle.id)
    page.table.setFocus()
    assert page.panel.badge.text.startswith("Tries again at")
    GATE.set()
    assert page.why_not("jobs.again") == ""
    page.run("jobs.again")
    qtbot.waitUntil(lambda: handle.state == "success")
    again = desk.workspace.queue.submit(breaks_off_always)
    qtbot.waitUntil(lambda: again.state == "waiting" and again.id in page.now.rows)
    settle_waiting(desk, page)
    row = page.now.rows[again.id]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    settle(desk, page)
    assert states(page)[0] == "cancelled"


def test_the_next_steps_are_known_once_a_job_was_seen(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    queue = desk.workspace.queue
    first = queue.submit(two_steps)
    qtbot.waitUntil(lambda: first.id in page.now.rows
                    and "One" in page.now.rows[first.id].accessibleDescription())
    GATE.set()
    settle(desk, page)
    GATE.clear()
    second = queue.submit(two_steps)
    qtbot.waitUntil(lambda: second.id in page.now.rows
                    and "One" in page.now.rows[second.id].accessibleDescription())
    steps = [step.words for step in page.now.rows[second.id]._steps]
    assert steps[-1] == "Two"
    GATE.set()
    settle(desk, page)


def test_the_page_goes_through_its_parts_by_keyboard(desk: Desk, qtbot: QtBot) -> None:
    page = JobsPage(desk.session)
    qtbot.addWidget(page)
    page.resize(1310, 690)
    page.show()
    desk.settle()
    seen = [page.current_place()]
    for _ in range(3):
        page.run("jobs.next")
        desk.settle()
        seen.append(page.current_place())
    assert seen == ["jobs/queue", "jobs/schedules", "jobs/figures", "jobs/health"]
    page.run("jobs.next")
    assert page.current_place() == "jobs/queue"
    page.run("jobs.previous")
    assert page.current_place() == "jobs/health"
    assert page.why_not("jobs.clock") == "No clock runs in this window."
    assert (page.minimumSizeHint().width(), page.minimumSizeHint().height()) <= (1310, 690)
    page.open_at(("queue", None))
    assert page.current_place() == "jobs/queue"


def test_nothing_that_can_be_done_is_cut_in_the_smallest_window(desk: Desk, qtbot: QtBot) -> None:
    page = JobsPage(desk.session)
    qtbot.addWidget(page)
    page.setMinimumSize(1, 1)  # as in the window, which may be smaller than its pages want
    page.resize(904, 460)
    page.show()
    desk.settle()
    queue = page.pane()
    assert isinstance(queue, QueuePane)
    assert queue.strip.isHidden()
    assert queue.strip not in queue.panes()
    for _ in range(4):
        desk.settle()
        shown = [one for one in page.findChildren(QAbstractButton) if one.isVisibleTo(page)]
        assert shown
        for one in [*shown, *page.findChildren(Segments)]:
            if one.isVisibleTo(page):
                right = one.mapTo(page, one.rect().topRight()).x()
                assert (one.width() >= one.sizeHint().width(), right < 904) == (True, True), one
        page.run("jobs.next")
    page.resize(1310, 690)
    desk.settle()
    assert not queue.strip.isHidden()


def test_five_hundred_runs_are_shown_without_a_stall(desk: Desk, page: QueuePane) -> None:
    now = desk.workspace.clock.now()
    runs = [
        RunRecord(id=n, name="test.waits", title=f"Run {n}", submitted_at=now, state="success")
        for n in range(1, 501)]
    rows = {run.id: run_row(run) for run in runs}
    view = QueueView({run.id: run for run in runs}, rows, "", 0, False, now)
    page.show_data(view)
    again = replace(view, rows=dict(rows))
    began = perf_counter()
    page.show_data(again)
    assert perf_counter() - began < 0.02


def test_another_place_can_point_at_a_run(desk: Desk, page: QueuePane) -> None:
    GATE.set()
    first = desk.workspace.queue.submit(waits)
    first.wait(10)
    desk.workspace.queue.submit(fails).wait(10)
    settle(desk, page)
    page.open_at(first.id)
    settle(desk, page)
    assert page.table.current_key() == first.id
    assert page.panel.title.text == "Waits for the test"


def test_runs_of_another_tournament_are_not_shown(desk: Desk, page: QueuePane) -> None:
    GATE.set()
    desk.workspace.queue.submit(waits, tournament=desk.owner.id + 1).wait(10)
    settle(desk, page)
    assert page.model.shown == []


def test_older_runs_are_shown_on_demand(
    desk: Desk, page: QueuePane, qtbot: QtBot
) -> None:
    GATE.set()
    for _ in range(3):
        desk.workspace.queue.submit(waits).wait(10)
    settle(desk, page)
    assert page.why_not("jobs.older") == "These are all the jobs that are kept."
    page._most = 2
    page.mark_stale()
    settle(desk, page)
    assert len(page.model.shown) == 2
    assert page.heading.title.text() == "History, latest 2"
    page.run("jobs.older")
    settle(desk, page)
    assert len(page.model.shown) == 3
