"""Printing as somebody likes: own words, who signs, institutions; and stopping a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs import print_run
from tabapp.gui.dialogs.print_run import PrintRun, Stopped
from tabapp.services import printing
from tabapp.services.printing import Paper, PrintRequest
from tests.gui.desk import Desk
from tests.gui.print_desk import CTRL, dialog_of, pages_in, played_desk, settle, type_in


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with played_desk(qtbot, tmp_path) as opened:
        yield opened


def test_what_is_being_set_can_be_stopped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_run, "_FIRST", 10.0)  # seconds that it seems to need
    began, go_on = Event(), Event()
    real = Paper.set_all

    def slow(paper: Paper, *args: Any) -> Any:
        began.set()
        assert go_on.wait(10)
        return real(paper, *args)

    monkeypatch.setattr(Paper, "set_all", slow)
    dialog, qtbot = dialog_of(desk), desk.qtbot
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(began.is_set)
    assert dialog.told.text().startswith("Setting 4 pages…")
    assert not dialog.do.isEnabled()
    before = dialog.bar.accessibleDescription()
    qtbot.waitUntil(lambda: dialog.bar.accessibleDescription() != before)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.do.isEnabled(), "free at once"
    assert not dialog.bar.isVisible()
    assert dialog.told.text().startswith("Stopped. Nothing was written.")
    desk.settle()  # nobody waits for the pages that are still being set
    assert not go_on.is_set()
    assert dialog.told.text() == "Stopped. Nothing was written. 4 pages"
    go_on.set()
    desk.settle()
    assert not dialog.output().exists()
    file = dialog.output()
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    desk.settle()
    assert file.exists()


def test_a_stopped_run_that_ends_late_neither_closes_the_dialog_nor_writes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = Event(), Event()
    real = printing.give_codes

    def slow(*args: Any) -> int:
        began.set()
        assert go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(printing, "give_codes", slow)
    dialog, qtbot = dialog_of(desk), desk.qtbot
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(began.is_set)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.do.isEnabled()
    go_on.set()
    desk.settle()
    settle(desk, dialog)
    assert dialog.isVisible()
    assert not dialog.output().exists()
    assert dialog.told.text() == "Stopped. Nothing was written. 4 pages"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_run_is_stopped_or_writes_but_never_both() -> None:
    now = [0.0]
    run = PrintRun("signs", 100, clock=lambda: now[0])
    shares: list[float] = []
    for now[0] in (0.0, 0.5, 1.0, 30.0):
        run.tick(0, 100)
        shares.append(run.share)
    assert shares == sorted(shares)
    assert 0 == shares[0] < shares[-1] < 1
    run.tick(100, 100)
    assert run.share == 1
    assert not run.stop(), "it is being written"
    run.tick(100, 100)
    other = PrintRun("signs", 100, clock=lambda: now[0])
    assert other.stop()
    with pytest.raises(Stopped):
        other.tick(100, 100)


def test_certificates_are_worded_and_signed_as_somebody_likes(desk: Desk) -> None:
    dialog = dialog_of(desk, PrintRequest("certificates"))
    words = dialog.options.words
    usual = dialog.view.sheet.picture.toImage()
    assert not words.lines["body"].isVisible()
    words.tick.setFocus()
    desk.qtbot.keyClick(words.tick, Qt.Key.Key_Space)
    settle(desk, dialog)
    assert words.lines["body"].text() == "took part in {tournament} as a {role}."
    assert words.signed.text() == "Tab director; Convenor"
    for wanted in (words.lines["body"], words.signed, words.lines["title"]):
        desk.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is wanted
        assert wanted.accessibleName()
    assert dialog.view.sheet.picture.toImage() == usual
    type_in(desk, words.lines["body"], "war dabei, {role}")
    settle(desk, dialog)
    assert dialog.view.sheet.picture.toImage() != usual, "a look while one types"
    type_in(desk, words.signed, "Ann Lee, Jury")
    type_in(desk, dialog.options.date, "1. Mai")
    settle(desk, dialog)
    file = dialog.output()
    desk.qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    desk.settle()
    first = pages_in(file)[0]
    assert all(one in first for one in ("war dabei, speaker", "Ann Lee", "Jury", "1. Mai"))
    assert "Convenor" not in first
    again = dialog_of(desk, PrintRequest("certificates"))
    assert again.options.words.lines["body"].text() == "war dabei, {role}"
    assert again.request().signatures == "Ann Lee, Jury"
    assert again.request().date == "1. Mai"
    chooser = again.options.subject
    chooser.setCurrentIndex(chooser.findData("core"))
    settle(desk, again)
    assert "war dabei" not in again.options.words.lines["body"].text(), "it is about others"
    chooser.setCurrentIndex(chooser.findData("participation"))
    assert again.options.words.lines["body"].text() == "war dabei, {role}"
    desk.qtbot.keyClick(again.options.words.tick, Qt.Key.Key_Space)
    assert again.request().lines == {}
    assert again.request().signatures == "Tab director; Convenor"


def test_a_placeholder_that_is_none_is_told_at_its_line(desk: Desk) -> None:
    dialog = dialog_of(desk, PrintRequest("certificates"))
    words, fields = dialog.options.words, dialog.form.fields
    words.tick.setChecked(True)
    type_in(desk, words.lines["body"], "of {teem}")
    type_in(desk, words.lines["title"], "Cup {")
    type_in(desk, words.signed, "a; b; c; d; e")
    settle(desk, dialog)
    assert "{teem}, which is none" in fields["body"].sentence
    assert "{tournament}" in fields["body"].sentence
    assert "without its other one" in fields["title"].sentence
    assert "4 signatures" in fields["signatures"].sentence
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert dialog.isVisible()
    assert not dialog.output().exists()
    type_in(desk, words.lines["body"], "of {team}")
    type_in(desk, words.lines["title"], "Cup")
    type_in(desk, words.signed, "")
    settle(desk, dialog)
    assert not any(fields[one].state for one in ("body", "title", "signatures"))
    assert not dialog.view.sheet.picture.isNull()


def test_institutions_on_badges_are_shown_or_hidden(desk: Desk) -> None:
    dialog = dialog_of(desk, PrintRequest("badges"))
    homes, seen = dialog.options.homes, []
    for key, institutions in ((Qt.Key.Key_Right, True), (Qt.Key.Key_Right, False)):
        homes.setFocus()
        desk.qtbot.keyClick(homes, key)
        settle(desk, dialog)
        assert dialog.request().institutions is institutions
        assert dialog.prepared is not None
        assert dialog.prepared.paper is not None
        seen.append(any(one.home for one in dialog.prepared.paper.items))
    assert seen == [True, False]
    dialog.reject()
    assert dialog_of(desk, PrintRequest("badges")).request().institutions is False


def test_the_paper_is_that_of_the_settings_until_another_is_chosen(desk: Desk) -> None:
    dialog = dialog_of(desk, PrintRequest("badges"))
    assert dialog.request().paper == "a4"
    dialog.options.paper.setFocus()
    desk.qtbot.keyClick(dialog.options.paper, Qt.Key.Key_Right)
    settle(desk, dialog)
    assert dialog.request().paper == "us-letter"
    assert dialog.prepared is not None
    assert dialog.prepared.paper is not None
    assert dialog.prepared.paper.per_page == 8
    dialog.reject()
    again = dialog_of(desk, PrintRequest("signs"))
    assert again.request().paper == "us-letter"
    assert again.options.paper.isVisible()
