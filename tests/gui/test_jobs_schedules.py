"""Schedules by keyboard: paused, run, re-timed, added, refused, deleted and undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.jobs.queue.clock_strip import ClockStrip
from tabapp.gui.pages.jobs.schedules.dialog import ScheduleDialog
from tabapp.gui.pages.jobs.schedules.page import SchedulesPane
from tabapp.jobs.triggers import AroundRound, Cron, Every
from tabapp.services import rounds, schedules
from tabapp.services.schedules import ScheduleRow
from tests.gui.jobs_desk import JobsDesk, open_jobs

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def jobs(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[JobsDesk]:
    with open_jobs(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def pane(jobs: JobsDesk) -> SchedulesPane:
    made = jobs.show(SchedulesPane(jobs.session))
    made.table.setFocus()
    return made


def row(jobs: JobsDesk, name: str) -> ScheduleRow:
    with jobs.work.database.read() as unit:
        found = schedules.read_schedules(unit, jobs.work.queue.registry, jobs.clock.now())
    return next(one for one in found if one.name == name)


def names(pane: SchedulesPane) -> list[str]:
    return [str(one.key) for one in pane.model.shown]


def test_what_the_program_schedules_stands_with_its_time(pane: SchedulesPane) -> None:
    assert names(pane) == ["test.look", "test.tidy"]
    texts = [pane.model.index(1, i).data() for i in range(4)]
    assert texts[1:3] == ["Tidying", "daily at 03:30"]
    assert pane.chosen.title.text == "Late ballots"
    assert pane.chosen.sentence.text() == "Look for ballots that are late."


def test_the_week_lists_what_is_rare_and_bands_what_is_frequent(pane: SchedulesPane) -> None:
    assert [(lane.key, lane.shape) for lane in pane.week.lanes] == [
        ("test.tidy", "mark"), ("test.look", "band")]
    assert {str(one.cells[2]) for one in pane.ahead.shown} == {"Tidying"}
    assert 6 <= len(pane.ahead.shown) <= 7  # as the hour is at the place of the test


def test_the_tables_keep_the_rules_of_models(
    pane: SchedulesPane, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(pane.model)
    qtmodeltester.check(pane.ahead)


def test_space_pauses_and_lets_go_on_and_undo_takes_it_back(
    jobs: JobsDesk, pane: SchedulesPane, qtbot: QtBot
) -> None:
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    jobs.desk.settle()
    assert row(jobs, "test.look").paused
    assert pane.facts.text() == "2 schedules, 1 paused"
    assert jobs.told[-1].sentence == "Late ballots is paused."
    undo = jobs.told[-1].run
    assert undo is not None
    undo()
    jobs.desk.settle()
    assert not row(jobs, "test.look").paused
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    jobs.desk.settle()
    qtbot.keyClick(pane.table, Qt.Key.Key_Space)
    jobs.desk.settle()
    assert not row(jobs, "test.look").paused


def test_a_schedule_runs_now(jobs: JobsDesk, pane: SchedulesPane) -> None:
    pane.run("schedules.run")
    jobs.desk.settle()
    latest = jobs.work.runs.history(limit=1)[0]
    assert (latest.name, latest.submitted_by, latest.state) == ("test.look", "Ingrid", "success")
    assert jobs.told[-1].sentence == "Late ballots is queued."


def test_a_schedule_of_the_program_is_re_timed_and_reset(
    jobs: JobsDesk, pane: SchedulesPane, qtbot: QtBot
) -> None:
    pane.table.go_to("test.tidy")
    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    dialog = jobs.dialog(ScheduleDialog)
    assert dialog.when.kinds.key == "cron"
    assert dialog.when.time.text() == "03:30"
    dialog.when.preset.setFocus()
    qtbot.keyClick(dialog.when.preset, Qt.Key.Key_Down)
    dialog.when.time.selectAll()
    qtbot.keyClicks(dialog.when.time, "04:15")
    qtbot.waitUntil(lambda: "Sun" in dialog.coming.text() and "04:15" in dialog.coming.text())
    assert dialog.coming.text().count(";") == 4
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert row(jobs, "test.tidy").trigger == Cron("15 4 * * sun")
    assert row(jobs, "test.tidy").changed
    pane.table.go_to("test.tidy")
    pane.run("schedules.reset")
    jobs.desk.settle()
    assert row(jobs, "test.tidy").trigger == Cron("30 3 * * *")
    assert pane.why_not("schedules.reset") != ""


def test_a_schedule_is_added_with_its_parameters_changed_and_deleted(
    jobs: JobsDesk, pane: SchedulesPane, qtbot: QtBot
) -> None:
    pane.run("schedules.add")
    dialog = jobs.dialog(ScheduleDialog)
    dialog.job.setCurrentIndex(dialog.job.findData("test.look"))
    qtbot.keyClicks(dialog.title_field, "At dusk")
    qtbot.keyClick(dialog.when.kinds, Qt.Key.Key_End)
    assert dialog.when.entry().kind == "round"
    minutes = dialog.parameters.fields["minutes"].field
    minutes.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(minutes, "25")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    added = row(jobs, "at-dusk")
    assert added.trigger == AroundRound("start", -5)
    assert (added.params, added.builtin) == ({"minutes": 25, "action": "flag"}, False)
    assert pane.table.current_key() == "at-dusk"
    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    dialog = jobs.dialog(ScheduleDialog)
    assert dialog.when.minutes.text() == "5"
    qtbot.keyClick(dialog.when.kinds, Qt.Key.Key_Home)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert row(jobs, "at-dusk").trigger == Every(600)
    pane.run("schedules.delete")
    jobs.desk.settle()
    assert names(pane) == ["test.look", "test.tidy"]
    undo = jobs.told[-1].run
    assert undo is not None
    undo()
    jobs.desk.settle()
    assert "at-dusk" in names(pane)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "said"),
    [
        (Qt.Key.Key_Home, "every", "0", "no number above 0"),
        (Qt.Key.Key_Home, "every", "x", "no number above 0"),
    ],
)
def test_a_time_that_is_none_is_told_at_its_field(
    jobs: JobsDesk, pane: SchedulesPane, qtbot: QtBot, kind: Qt.Key, field: str, typed: str,
    said: str,
) -> None:  # fmt: skip
    pane.run("schedules.add")
    dialog = jobs.dialog(ScheduleDialog)
    qtbot.keyClick(dialog.when.kinds, kind)
    dialog.when.every.selectAll()
    qtbot.keyClicks(dialog.when.every, typed)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert dialog.isVisible()
    assert said in dialog.form.fields[field].sentence
    dialog.reject()


def test_bad_lines_and_bad_parameters_are_told_and_nothing_is_lost(
    jobs: JobsDesk, pane: SchedulesPane, qtbot: QtBot
) -> None:
    pane.run("schedules.add")
    dialog = jobs.dialog(ScheduleDialog)
    dialog.job.setCurrentIndex(dialog.job.findData("test.look"))
    qtbot.keyClick(dialog.when.kinds, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.when.preset, Qt.Key.Key_End)
    dialog.when.expression.selectAll()
    qtbot.keyClicks(dialog.when.expression, "99 3 * * *")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert dialog.form.fields["expression"].state == "problem"
    dialog.when.expression.selectAll()
    qtbot.keyClicks(dialog.when.expression, "*/5 9-18 * * sat")
    minutes = dialog.parameters.fields["minutes"]
    minutes.field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(minutes.field, "soon")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert dialog.isVisible()
    assert '"soon" is no whole number' in minutes.sentence
    minutes.field.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(minutes.field, "12")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    assert row(jobs, "late-ballots").trigger == Cron("*/5 9-18 * * sat")


def test_what_belongs_to_the_program_cannot_be_deleted(pane: SchedulesPane) -> None:
    assert "Pause it instead" in (pane.why_not("schedules.delete") or "")


def test_a_schedule_whose_job_is_gone_is_told_with_what_to_do(
    jobs: JobsDesk, pane: SchedulesPane
) -> None:
    registry = jobs.work.queue.registry
    with jobs.work.database.write(
        actor="x", verb="x", subject="", tournament=jobs.session.tournament
    ) as unit:
        schedules.add_schedule(
            unit, registry, title="Old", job="test.tidy", trigger=Every(60), params={},
            tournament=None)
    jobs.work.queue.registry = type(registry)(one for one in registry if one.name != "test.tidy")
    pane.mark_stale()
    jobs.desk.settle()
    assert pane.next_problem()
    assert pane.table.current_key() == "old"
    assert pane.facts.text().endswith("1 cannot run")
    assert pane.chosen._banner is not None
    assert "Delete" in (pane.why_not("schedules.edit") or "")
    assert "not in this version" in (pane.why_not("schedules.run") or "")


def test_the_next_two_hours_show_schedules_and_the_start_of_a_round(
    jobs: JobsDesk, qtbot: QtBot
) -> None:
    with jobs.work.database.write(
        actor="x", verb="x", subject="", tournament=jobs.session.tournament
    ) as unit:
        at = jobs.clock.now().replace(hour=10)
        rounds.set_start(unit, jobs.desk.rounds()[0].id, f"{at:%Y-%m-%d %H:%M}")
    strip = jobs.show(ClockStrip(jobs.session))
    assert [lane.key for lane in strip.line.lanes] == ["test.look"]
    assert strip.line.lanes[0].shape == "dot"
    said = strip.line.accessibleDescription()
    assert "Late ballots, 5 min, next" in said
    assert "Round 1 starts" in said
    assert "2 schedules" in said
    strip.line.setFocus()
    qtbot.keyClick(strip.line, Qt.Key.Key_Right)
    first = strip.line.chosen_words()
    qtbot.keyClick(strip.line, Qt.Key.Key_Right)
    assert "Late ballots, in" in first
    assert strip.line.chosen_words() != first
    qtbot.keyClick(strip.line, Qt.Key.Key_Return)
    assert jobs.went == [("jobs/schedules", "test.look")]
