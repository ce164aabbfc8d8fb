"""Printing by keyboard: what, which, a look at the pages, the file, and what is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs import print as print_dialog
from tabapp.gui.dialogs.base import Question
from tabapp.gui.pages.awards.page import AwardsPage
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.pages.people.page import PeoplePage
from tabapp.gui.pages.rounds.page import RoundPage
from tabapp.services import people
from tabapp.services.activity import trail
from tabapp.services.paper import find_rooms
from tabapp.services.paper.signs import find_sign_rooms
from tabapp.services.printing import PrintRequest
from tests.gui.desk import Desk
from tests.gui.print_desk import (
    CTRL,
    dialog_of,
    found_on,
    page_of,
    pages_in,
    played_desk,
    settle,
    told_by,
    words,
)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with played_desk(qtbot, tmp_path) as opened:
        yield opened


@pytest.fixture
def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the files that would be opened in another program."""
    found: list[Path] = []
    monkeypatch.setattr(print_dialog, "open_file", found.append)
    return found


def verbs(desk: Desk) -> list[tuple[str, str, bool]]:
    with desk.workspace.database.read() as unit:
        return [(one.verb, one.subject, one.can_undo) for one in trail(unit, desk.owner.id)]


def test_the_sheets_of_a_round_are_saved_and_opened_by_keyboard(
    desk: Desk, tmp_path: Path, opened_files: list[Path]
) -> None:
    told, dialog = told_by(desk), dialog_of(desk)
    assert dialog.focusWidget() is dialog.options.what
    assert dialog.told.text() == "4 pages. Saving makes 4 barcodes for them."
    assert not dialog.view.sheet.picture.isNull()
    file = dialog.output()
    assert file == tmp_path / "random-1-r2-score-sheets.pdf"
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert len(pages_in(file)) == 4
    assert opened_files == [file]
    (notice,) = told
    assert (notice.sentence, notice.tone) == (f"4 pages in {file.name}.", "done")
    assert ("give codes to the sheets of", "Round 2", False) in verbs(desk)
    assert desk.session.preferences.kept.print_folder == str(tmp_path)


def test_pages_are_looked_at_one_by_one(desk: Desk) -> None:
    dialog, qtbot = dialog_of(desk), desk.qtbot
    first = dialog.view.sheet.picture.toImage()
    assert dialog.view.where.text() == "Page 1 of 4"
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, CTRL)
    settle(desk, dialog)
    assert dialog.view.where.text() == "Page 2 of 4"
    assert dialog.view.sheet.picture.toImage() != first
    dialog.view.sheet.setFocus()
    for key, at in ((Qt.Key.Key_End, 4), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Home, 1)):
        qtbot.keyClick(dialog.view.sheet, key)
        assert dialog.view.where.text() == f"Page {at} of 4"
    settle(desk, dialog)
    assert dialog.view.sheet.picture.toImage() == first
    dialog.options.two_up.setFocus()
    qtbot.keyClick(dialog.options.two_up, Qt.Key.Key_Right)
    settle(desk, dialog)
    assert dialog.told.text() == "4 on 2 pages. Saving makes 4 barcodes for them."


def test_one_room_is_printed_again_from_the_ballots(
    desk: Desk, opened_files: list[Path]
) -> None:
    page = page_of(desk, BallotsPage)
    with desk.workspace.database.read() as unit:
        debate, room = list(find_rooms(unit, desk.rounds()[1].id).items())[2]
    assert page.why_not("ballots.print")
    page.open_at(debate)
    desk.settle()
    page.run("ballots.print")
    dialog = found_on(desk, page)
    assert dialog.told.text().startswith("1 page.")
    assert dialog.options.only.currentText() == room
    file = dialog.output()
    desk.qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    desk.settle()
    (text,) = pages_in(file)
    assert room in text
    assert opened_files == []


def test_a_draw_that_is_not_confirmed_is_not_printed(desk: Desk) -> None:
    work, last = desk.workspace, desk.rounds()[2]
    work.run("draw.generate", tournament=desk.owner.id, round_id=last.id, seed=1, confirm=False)
    dialog = dialog_of(desk, PrintRequest(round_id=last.id))
    assert "The draw of Round 3 is not confirmed" in words(dialog)
    assert dialog.form.fields["round"].state == "problem"
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert dialog.isVisible()
    assert not dialog.output().exists()
    assert all("give codes" not in verb for verb, _subject, _undo in verbs(desk))
    dialog.options.what.setFocus()
    for _ in range(2):  # the sample, spare sheets
        desk.qtbot.keyClick(dialog.options.what, Qt.Key.Key_Down)
    settle(desk, dialog)
    assert dialog.told.text() == "10 pages"


def test_a_room_without_judges_is_told_and_printed(desk: Desk) -> None:
    work, last = desk.workspace, desk.rounds()[2]
    work.run("draw.generate", tournament=desk.owner.id, round_id=last.id, seed=1, confirm=True)
    dialog = dialog_of(desk, PrintRequest(round_id=last.id))
    assert "Nobody judges yet in" in words(dialog)
    assert "No room is given yet to" in words(dialog)
    file = dialog.output()
    dialog.act_by(opens=False)
    desk.settle()
    assert len(pages_in(file)) == 4


def test_a_file_that_is_there_is_replaced_only_when_asked(
    desk: Desk, opened_files: list[Path]
) -> None:
    dialog, qtbot = dialog_of(desk, PrintRequest("signs")), desk.qtbot
    file = dialog.output()
    file.write_text("mine")
    qtbot.keyClick(dialog, Qt.Key.Key_S, CTRL)
    desk.settle()
    question = dialog.findChild(Question)
    assert isinstance(question, Question)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    desk.settle()
    assert file.read_text() == "mine"
    assert dialog.isVisible()
    assert dialog.do.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    desk.settle()
    question = [one for one in dialog.findChildren(Question) if one.isVisible()][-1]
    qtbot.keyClick(question, Qt.Key.Key_Return, CTRL)
    desk.settle()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_name_that_is_no_pdf_is_refused_at_the_field(desk: Desk, tmp_path: Path) -> None:
    dialog = dialog_of(desk)
    for name, said in (
        (str(tmp_path / "sheets.txt"), "does not end in .pdf"), ("", "No file is named"),
        (str(tmp_path / "none" / "a.pdf"), "is not there"),
    ):
        dialog.path.setFocus()
        dialog.path.selectAll()
        desk.qtbot.keyClick(dialog.path, Qt.Key.Key_Delete)
        desk.qtbot.keyClicks(dialog.path, name)
        desk.qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        assert said in dialog.form.fields["path"].sentence
    assert dialog.isVisible()


def test_letters_that_no_font_has_are_told(desk: Desk, opened_files: list[Path]) -> None:
    told, work = told_by(desk), desk.workspace
    with work.database.read() as unit:
        room = next(iter(find_sign_rooms(unit, desk.owner.id)))
    with work.database.write(actor="Ann", verb="rename", tournament=desk.owner.id) as write:
        people.edit(write, desk.owner.id, "venue", room, {"name": "A \U0001d6a8\U00012345 1"})
    dialog = dialog_of(desk, PrintRequest("signs", only=(str(room),)))
    assert "No font here has letters such as" in words(dialog)
    dialog.act_by(opens=False)
    desk.settle()
    assert told[-1].tone == "attention"
    assert "shows boxes for letters that no font here has" in told[-1].sentence


def test_badges_are_those_of_the_selected_teams(desk: Desk) -> None:
    page = page_of(desk, PeoplePage)
    assert isinstance(page, PeoplePage)
    page.current.table.selectAll()
    desk.settle()
    page.run("people.print_badges")
    dialog = found_on(desk, page)
    assert dialog.told.text() == "32 on 4 pages. Saving makes 32 barcodes for them."
    assert dialog.options.only.currentText() == "The 32 that are selected"
    assert dialog.output().name == "random-1-badges-selected.pdf"
    dialog.reject()
    page.run("people.print_signs")
    signs = found_on(desk, page)
    assert signs.request().what == "signs"
    assert signs.request().only is None


def test_certificates_of_an_award_come_from_its_line(desk: Desk) -> None:
    owner = desk.owner.id
    desk.workspace.run("achievements.check_all", tournament=owner, tournament_id=owner)
    page = page_of(desk, AwardsPage)
    assert isinstance(page, AwardsPage)
    page.run("awards.print")
    dialog = found_on(desk, page)
    line = page.chosen()
    assert line is not None
    wanted = f"award:{line.key}" if line.is_earned else "participation"
    assert dialog.request().subject == wanted
    assert dialog.prepared is not None
    assert dialog.prepared.paper is not None
    dialog.options.subject.setCurrentIndex(dialog.options.subject.findData("breaking_teams:open"))
    settle(desk, dialog)
    assert "break is not made yet" in words(dialog)


def test_the_round_opens_all_three_packs(desk: Desk) -> None:
    page = page_of(desk, RoundPage)
    for name, what in (
        ("round.print_sheets", "score-sheets"), ("round.print_feedback", "feedback-forms"),
        ("round.print_signs", "signs"),
    ):
        page.run(name)
        dialog = found_on(desk, page)
        assert dialog.request().what == what
        assert dialog.request().round_id == desk.rounds()[1].id
        assert dialog.prepared is not None
        assert dialog.prepared.paper is not None
        dialog.reject()
        desk.settle()


def test_every_field_has_a_name_and_tab_reaches_it(desk: Desk) -> None:
    dialog = dialog_of(desk)
    dialog.options.what.setFocus()
    seen = []
    for _ in range(16):
        widget = QApplication.focusWidget()
        assert widget is not None
        assert widget.accessibleName(), widget
        seen.append(widget)
        desk.qtbot.keyClick(widget, Qt.Key.Key_Tab)
    assert {dialog.options.only, dialog.options.motions, dialog.path, dialog.view.sheet,
            dialog.keep, dialog.do} <= set(seen)
