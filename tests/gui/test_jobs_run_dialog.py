"""A job run by hand: found by typing, filled in, refused at its fields, queued by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any, cast

import pytest
from pydantic import Field as Bounds
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.jobs.figures.page import FiguresPane
from tabapp.gui.pages.jobs.page import JobsPage
from tabapp.gui.pages.jobs.parameter_form import ParameterForm, Things
from tabapp.gui.pages.jobs.parameters import parameters_of
from tabapp.gui.pages.jobs.run_dialog import RunJobDialog
from tabapp.jobs.context import JobContext
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.spec import simple_job
from tests.gui.jobs_desk import JobsDesk, look, open_jobs

CTRL = Qt.KeyboardModifier.ControlModifier


class Mode(StrEnum):
    FAST = "fast"
    SLOW = "slow"


@simple_job("test.everything", title="Everything: {mode}")
def everything(
    ctx: JobContext[Any, Any],
    round_id: int,
    tournament_id: int,
    seed: int,
    share: Annotated[float, Bounds(ge=0, le=1)],
    mode: Mode = Mode.FAST,
    dry: bool = True,
    rooms: list[int] | None = None,
    note: str = "",
    limit: int | None = 3,
) -> None:
    """Take every kind of parameter."""


@pytest.fixture
def jobs(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[JobsDesk]:
    with open_jobs(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def dialog(jobs: JobsDesk) -> RunJobDialog:
    page = jobs.show(JobsPage(jobs.session))
    page.run("jobs.run")
    return jobs.dialog(RunJobDialog)


def test_a_signature_is_read_as_fields() -> None:
    found = {one.name: one for one in parameters_of(everything)}
    assert {name: one.kind for name, one in found.items()} == {
        "round_id": "round", "tournament_id": "tournament", "seed": "seed", "share": "number",
        "mode": "choice", "dry": "flag", "rooms": "list", "note": "text", "limit": "whole"}
    assert found["share"].hint == "0 to 1"
    assert found["mode"].choices == ("fast", "slow")
    assert found["rooms"].hint == "With commas between, may be empty"
    assert found["share"].required
    assert not found["note"].required


def test_the_form_gives_what_the_framework_reads(qtbot: QtBot, light: None) -> None:
    form = ParameterForm(Things(
        rounds=((7, "Round 1"), (9, "Round 2")), round_id=9, tournaments=((4, "Open"),),
        tournament=4))
    qtbot.addWidget(form)
    form.show_job(everything)
    for name, text in (("share", "0.5"), ("rooms", "3, 4"), ("limit", "")):
        field = form.fields[name].field
        assert isinstance(field, QLineEdit)
        field.setText(text)
    values = form.values()
    assert int(values["seed"]) >= 0
    read = everything.parameters.validate_text(values)
    assert (read["round_id"], read["tournament_id"], read["share"]) == (9, 4, 0.5)
    assert (read["rooms"], read["limit"], read["dry"], read["note"]) == ([3, 4], None, True, "")


def test_problems_of_the_framework_stand_at_their_fields(qtbot: QtBot, light: None) -> None:
    form = ParameterForm(Things(rounds=((7, "Round 1"),), tournaments=((4, "Open"),)))
    qtbot.addWidget(form)
    form.show_job(everything)
    field = form.fields["share"].field
    assert isinstance(field, QLineEdit)
    field.setText("2")
    with pytest.raises(Exception) as caught:  # noqa: PT011 - its problems are what counts
        everything.parameters.validate_text(form.values())
    form.show_found(caught.value.problems)  # type: ignore[attr-defined]
    assert "at most 1" in form.fields["share"].sentence


def test_a_job_is_found_by_typing_and_run_by_keyboard(
    jobs: JobsDesk, dialog: RunJobDialog, qtbot: QtBot
) -> None:
    assert dialog.filter.hasFocus()
    qtbot.keyClicks(dialog.filter, "late")
    assert dialog.title.text == "Late ballots"
    assert dialog.sentence.text() == "Look for ballots that are late."
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    minutes = dialog.form.fields["minutes"].field
    assert minutes.hasFocus()
    assert isinstance(minutes, QLineEdit)
    assert minutes.text() == "10"
    minutes.selectAll()
    qtbot.keyClicks(minutes, "x")
    qtbot.keyClick(minutes, Qt.Key.Key_Return, CTRL)
    assert '"x" is no whole number' in dialog.form.fields["minutes"].sentence
    minutes.selectAll()
    qtbot.keyClicks(minutes, "15")
    qtbot.keyClick(minutes, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    latest = jobs.work.runs.history(limit=1)[0]
    assert (latest.name, latest.params, latest.submitted_by) == (
        look.name, {"minutes": 15, "action": "flag"}, "Ingrid")
    assert [one.sentence for one in jobs.told] == ["Late ballots is done."]


def test_a_job_that_lasts_is_told_of_before_its_end(jobs: JobsDesk, qtbot: QtBot) -> None:
    page = jobs.show(JobsPage(jobs.session))
    for number, state in enumerate(("success", "running")):
        handle = SimpleNamespace(id=number, title=f"A job that is {state}", state=state)
        page._on_started(cast("JobHandle", handle))
    qtbot.waitUntil(lambda: bool(jobs.told))
    assert [one.sentence for one in jobs.told] == ["A job that is running is queued."]


def test_the_dialog_fits_into_the_smallest_window(jobs: JobsDesk) -> None:
    page = jobs.show(JobsPage(jobs.session))
    page.window().setMinimumSize(1, 1)
    page.window().resize(960, 540)
    page.run("jobs.run")
    dialog = jobs.dialog(RunJobDialog)
    assert (dialog.width(), dialog.height()) == (920, 500)
    assert dialog.minimumSizeHint().height() <= 500
    dialog.close()


def test_rounds_and_a_seed_are_filled_in(
    jobs: JobsDesk, dialog: RunJobDialog, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.filter, "draw.generate")
    box = dialog.form.fields["round_id"].field
    assert isinstance(box, QComboBox)
    assert [box.itemText(i) for i in range(box.count())] == ["Round 1", "Round 2", "Round 3"]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    jobs.desk.settle()
    latest = jobs.work.runs.history(limit=1)[0]
    assert (latest.name, latest.state) == ("draw.generate", "success")


def test_nothing_found_says_so(dialog: RunJobDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.filter, "zzz")
    assert dialog.model.shown == []
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Escape)
    assert len(dialog.model.shown) == 4
    dialog.reject()


def test_figures_say_how_each_job_does(jobs: JobsDesk, qtbot: QtBot) -> None:
    for minutes in (1, 2, 3):
        jobs.work.queue.submit(look, minutes=minutes).wait(10)
    pane = jobs.show(FiguresPane(jobs.session))
    assert [row.key for row in pane.model.shown] == ["test.look"]
    texts = [pane.model.index(0, i).data() for i in range(4)]
    assert texts == ["Late ballots", "test.look", "3", "100%"]
    qtbot.keyClick(pane.table, Qt.Key.Key_Return)
    assert jobs.went == [("jobs/queue", "Late ballots")]


def test_the_clock_is_paused_and_goes_on_by_a_command(jobs: JobsDesk) -> None:
    page = jobs.show(JobsPage(jobs.session))
    assert page.clock_button.text() == "Pause the clock"
    page.run("jobs.clock")
    jobs.desk.settle()
    assert jobs.clockwork.state.paused
    assert page.clock_button.text() == "Let the clock go on"
    page.run("jobs.clock")
    jobs.desk.settle()
    assert not jobs.clockwork.state.paused
