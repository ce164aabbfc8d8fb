"""The pane of health: findings with their fixes, copies, and the facts in the bar at the bottom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tabapp.core.clock import ManualClock
from tabapp.domain.health import Finding
from tabapp.gui.dialogs.base import Question
from tabapp.gui.frame.health_facts import HealthFacts, age_in_words
from tabapp.gui.pages.jobs.health.page import HealthPane
from tests.gui.health_desk import HealthRoom, open_health

SOUND = Finding("integrity", "passed", "The file reads without a fault.")
BEHIND = Finding(
    "copies", "attention", "Results confirmed 12 min ago are in no copy yet.",
    "Take a snapshot now.", "maintenance.snapshot")
FULL = Finding("disk", "problem", "The disk is full.", "Delete what is not needed there.")
STUCK = Finding("runs", "attention", "A job failed and waits for you.", "Start it.", "retry_runs")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[HealthRoom]:
    with open_health(qtbot, tmp_path, monkeypatch) as made:
        yield made


def pane_of(room: HealthRoom) -> HealthPane:
    pane = HealthPane(room.session)
    room.desk.qtbot.addWidget(pane)
    pane.resize(1262, 600)
    pane.show()
    pane.activateWindow()
    room.desk.settle()
    return pane


def sentences(pane: HealthPane) -> list[str]:
    return [row.finding.sentence for row in pane.findings.rows]


def run(pane: HealthPane, room: HealthRoom, name: str) -> None:
    pane.run(name)
    room.desk.settle()


# --- findings ----------------------------------------------------------------------------------


def test_the_worst_stands_first_and_each_fix_has_its_button(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, SOUND, BEHIND, FULL)
    pane = pane_of(room)
    assert sentences(pane) == [FULL.sentence, BEHIND.sentence, SOUND.sentence]
    assert [one.text() for one in pane.findings.buttons()] == ["Take a snapshot"]
    assert pane.facts.text().startswith("2 findings")
    assert pane.findings.rows[0].accessibleName().startswith("Problem: The disk is full.")


def test_a_real_look_is_shown_with_its_progress(room: HealthRoom) -> None:
    pane = pane_of(room)
    assert pane.facts.text() == "Nobody has looked yet."
    pane.run("health.look")
    assert pane.facts.text() == "Looking …"
    assert pane.why_not("health.look") == "A look is under way."
    room.desk.settle()
    assert "The file reads without a fault" in " ".join(sentences(pane))
    assert pane.why_not("health.look") == ""


def test_a_button_takes_the_snapshot_that_is_missing(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, BEHIND)
    pane = pane_of(room)
    (button,) = pane.findings.buttons()
    button.setFocus()
    room.desk.qtbot.keyClick(button, Qt.Key.Key_Return)
    room.desk.settle()
    assert len(room.snapshots.listed()) == 1
    assert len(pane.copies.copies) == 1


def test_f9_mends_the_worst_and_says_so_where_nothing_is_wrong(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, SOUND)
    pane = pane_of(room)
    run(pane, room, "health.fix")
    assert room.told[-1].sentence == "There is nothing to mend here."
    room.find(monkeypatch, BEHIND, SOUND)
    room.desk.settle()
    run(pane, room, "health.fix")
    assert len(room.snapshots.listed()) == 1


def test_jobs_that_wait_are_started_again(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def retry(desk: object) -> int:
        asked.append(desk)
        return 2

    monkeypatch.setattr("tabapp.gui.pages.jobs.health.page.retry_stuck", retry)
    room.find(monkeypatch, STUCK)
    pane = pane_of(room)
    run(pane, room, "health.fix")
    assert asked == [room.health]
    assert room.told[-1].sentence == "2 jobs started again."


def test_f8_goes_from_finding_to_finding(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, BEHIND, STUCK, SOUND)
    pane = pane_of(room)
    seen = []
    for _ in range(3):
        assert pane.next_problem()
        seen.append(QApplication.focusWidget())
    assert seen[:2] == pane.findings.buttons()
    assert seen[2] is seen[0]


def test_a_look_that_finds_the_same_leaves_the_keys_where_they_are(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, BEHIND, STUCK)
    pane = pane_of(room)
    button = pane.findings.buttons()[1]
    button.setFocus()
    room.find(monkeypatch, FULL, BEHIND, STUCK)
    room.desk.settle()
    assert QApplication.focusWidget() is button
    assert pane.findings.buttons()[1] is button


def test_nothing_is_cut_at_the_smallest_window(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.find(monkeypatch, BEHIND, STUCK, FULL, SOUND)
    pane = pane_of(room)
    for row in pane.findings.rows:
        assert row.height() >= row.heightForWidth(row.width())
        if row.button is not None:
            assert row.button.width() >= row.button.sizeHint().width()
    assert pane.minimumSizeHint().width() <= 1262


# --- copies ------------------------------------------------------------------------------------


def test_ctrl_enter_takes_a_snapshot_that_stands_in_the_list(room: HealthRoom) -> None:
    pane = pane_of(room)
    QAbstractItemModelTester(pane.copies.model)
    run(pane, room, "health.snapshot")
    (copy,) = room.snapshots.listed()
    assert copy.reason == "by hand"
    assert list(pane.copies.copies) == [str(copy.path)]
    assert room.told[-1].sentence == "The snapshot is taken."


def test_a_second_folder_is_chosen_in_a_dialog_and_can_be_given_up(
    room: HealthRoom, tmp_path: Path
) -> None:
    pane = pane_of(room)
    assert pane.why_not("health.no_second") == "There is no second folder."
    stick = tmp_path / "stick"
    stick.mkdir()
    dialog = pane.choose_folder(second=True)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(stick))
    dialog.close()
    assert room.went == [("snapshot_folders", (room.snapshots.folder, stick))]
    room.snapshots.use(room.snapshots.folder, stick)
    room.desk.settle()
    run(pane, room, "health.snapshot")
    assert {one.second for one in room.snapshots.listed()} == {False, True}
    assert pane.copies.second.path.text == str(stick)
    run(pane, room, "health.no_second")
    assert room.went[-1] == ("snapshot_folders", (room.snapshots.folder, None))


def test_one_folder_cannot_be_both(room: HealthRoom) -> None:
    pane = pane_of(room)
    dialog = pane.choose_folder(second=True)
    dialog.fileSelected.emit(str(room.snapshots.folder))
    dialog.close()
    assert room.went == []
    assert room.told[-1].tone == "attention"


def test_a_copy_is_restored_after_a_question(room: HealthRoom) -> None:
    pane = pane_of(room)
    assert pane.why_not("health.restore") == "There is no copy of this file yet."
    run(pane, room, "health.snapshot")
    pane.run("health.restore")
    (question,) = pane.window().findChildren(Question)
    assert room.went == []
    room.desk.qtbot.keyClick(question, Qt.Key.Key_Return, CTRL)
    (copy,) = room.snapshots.listed()
    assert room.went == [("restore", copy.path)]


def test_a_program_without_copies_says_so(
    room: HealthRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(room.snapshots), "available", False)
    pane = pane_of(room)
    assert pane.why_not("health.snapshot") == "No copies are made of this database."
    assert "server" in pane.copies.first.path.text


# --- the bar at the bottom ---------------------------------------------------------------------


def facts_of(room: HealthRoom) -> HealthFacts:
    facts = HealthFacts(room.session)
    room.desk.qtbot.addWidget(facts)
    facts.show()
    room.desk.settle()
    return facts


def test_the_bar_tells_how_old_the_copy_is_and_how_the_program_does(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock()
    with open_health(qtbot, tmp_path, monkeypatch, clock) as room:
        facts = facts_of(room)
        assert (facts.copies.text(), facts.health.text()) == ("No backup yet", "Looking …")
        assert facts.copies.tone == "neutral"
        room.snapshots.use(room.snapshots.folder, tmp_path)
        room.snapshots.take("by hand")
        room.find(monkeypatch, SOUND)
        room.desk.settle()
        clock.advance(43)
        facts.refresh()
        assert facts.copies.text() == "Backup 40 s ago, second folder too"
        assert (facts.health.text(), facts.health.tone) == ("Healthy", "done")
        assert facts.copies.accessibleName() == "Backup: Backup 40 s ago, second folder too"
        room.find(monkeypatch, BEHIND, FULL)
        room.desk.settle()
        assert (facts.health.text(), facts.health.tone) == ("2 findings", "problem")
        assert facts.copies.tone == "attention"
        assert FULL.sentence in facts.health.toolTip()


def test_the_facts_lead_to_the_health_by_key(room: HealthRoom) -> None:
    facts = facts_of(room)
    for button in (facts.copies, facts.health):
        button.setFocus()
        room.desk.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert room.went == [("jobs/health", None)] * 2


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(2, "just now"), (43, "40 s ago"), (125, "2 min ago"), (7300, "2 h ago"),
     (3 * 86_400, "3 days ago"), (-5, "just now")],
)
def test_ages_are_told_as_people_say_them(seconds: float, words: str) -> None:
    assert age_in_words(timedelta(seconds=seconds)) == words
