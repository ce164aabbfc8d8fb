"""The page of the break by keyboard: from nothing to a champion's bracket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.gui.dialogs.base import Question
from tabapp.gui.notice import Notice
from tabapp.gui.pages.breaks.bracket import BracketView
from tabapp.gui.pages.breaks.commands import COMMANDS
from tabapp.gui.pages.breaks.page import JUDGES, BreakPage
from tabapp.gui.pages.breaks.remark import RemarkDialog
from tabapp.gui.pages.breaks.rows import LINE
from tabapp.gui.pages.breaks.tie import TieDialog
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.elimination import Bracket, BracketRoom, BracketRound, BracketTeam
from tests.builders import small_archive
from tests.gui.desk import Desk, open_desk
from tests.services.out_rounds import OutRounds, best, played


class Room(OutRounds):
    """The tab room behind an open desk."""

    def __init__(self, desk: Desk) -> None:
        self.work, self.owner, self.category = desk.workspace, desk.owner, "open"


class Scene:
    """A page on the screen with what was told and where it led."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.room = Room(desk)
        self.told: list[Notice] = []
        self.went: list[tuple[str, object]] = []
        desk.session.told.connect(self.told.append)
        desk.session.went.connect(lambda place, target: self.went.append((place, target)))
        self.page = BreakPage(desk.session)
        desk.qtbot.addWidget(self.page)
        self.page.resize(1310, 690)
        self.page.show()
        self.page.setFocus()
        desk.settle()

    def settle(self) -> None:
        """Wait until what was written, here or by a job, is on the screen."""
        QApplication.processEvents()  # what a job has posted by now
        self.desk.settle()

    def run(self, name: str) -> None:
        self.page.run(name)
        self.settle()

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        QTest.keyClick(widget or self.page.listing.table, key)
        self.settle()

    def teams(self) -> list[str]:
        """Return the teams above the line by name."""
        shown = list(self.page.listing.model.shown)
        line = next((i for i, row in enumerate(shown) if row.key == LINE), 0)
        return [str(row.cells[1]) for row in shown[:line]]

    def remark_of(self, team: str) -> str:
        at = self.page.listing.model.row_of(team)
        assert at is not None
        column = [one.key for one in self.page.listing.model.columns].index("remark")
        return str(self.page.listing.model.data(self.page.listing.model.index(at, column)))

    def banners(self) -> list[str]:
        return [one.accessibleName() for one in self.page.banners]


@contextmanager
def scene(qtbot: QtBot, folder: Path, archive: Archive) -> Iterator[Scene]:
    with open_desk(qtbot, folder, archive=archive) as desk:
        yield Scene(desk)


@pytest.fixture
def sixteen(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    archive = played(16)
    archive.break_categories[0].reserve_size = 2
    with scene(qtbot, tmp_path, archive) as made:
        yield made


def level() -> Archive:
    """Make twelve teams level on everything, of which eight may break."""
    doc = small_archive(12, 1, results=False)
    doc["rounds"] = []
    doc["break_categories"][0]["size"] = 8
    doc["motions"] = []
    return Archive.model_validate(doc)


def only(page: QWidget, kind: type[QWidget]) -> QWidget:
    found = page.findChildren(kind)
    assert len(found) == 1
    return found[0]


def test_the_break_is_made_by_enter_and_the_line_stands_below_the_last(sixteen: Scene) -> None:
    assert sixteen.page.foot.text.startswith("All results are in: 16 of 24 teams can break.")
    assert sixteen.page.step.text() == "Make break"
    sixteen.press(Qt.Key.Key_Space, sixteen.page.step)
    assert len(sixteen.teams()) == 16
    shown = sixteen.page.listing.model.shown
    assert shown[16].line == "16 break; below the line stand the reserves"
    assert [sixteen.remark_of(str(row.key)) for row in shown[17:20]] == ["Reserve", "Reserve", ""]
    facts = [card.fact for card in sixteen.page.facts.cards]
    assert facts[0].figure == "16 teams"
    assert facts[0].line == "of 16 places, 2 in reserve"
    assert facts[3].figure == "None"
    assert sixteen.page.make.text() == "Remake break"
    assert [one.key for one in sixteen.page.listing.model.columns] == [
        "rank", "team", "points", "speaks_sum", "firsts", "seconds", "draw_strength",
        "break_rank", "remark", "because"]


def test_a_remark_by_keys_lets_a_reserve_in_and_delete_takes_it_back(sixteen: Scene) -> None:
    sixteen.run("break.make")
    before = sixteen.teams()
    table = sixteen.page.listing.table
    table.setFocus()
    sixteen.press(Qt.Key.Key_Down)
    sixteen.run("break.remark")
    dialog = only(sixteen.page, RemarkDialog)
    assert isinstance(dialog, RemarkDialog)
    assert "moves up" in dialog.effect.text()
    QTest.keyClicks(dialog.words, "Their flight leaves.")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sixteen.settle()
    gone = sixteen.room.stored().rows[1].team
    assert table.current_key() == gone
    assert sixteen.remark_of(gone) == "Withdrawn"
    after = sixteen.teams()
    assert len(after) == 17  # the one that withdrew stands where it stood
    assert [name for name in after if name not in before] == [sixteen.teams()[-1]]
    assert sixteen.told[-1].action == "Undo"
    assert sixteen.told[-1].sentence.startswith(f"Out: {before[1]}.")
    sixteen.run("break.clear_remark")
    assert sixteen.teams() == before
    sixteen.desk.session.undo()
    sixteen.settle()
    assert sixteen.remark_of(gone) == "Withdrawn"


def test_commands_say_why_they_cannot_be_given(sixteen: Scene) -> None:
    page = sixteen.page
    assert page.why_not("break.remark") == "Make the break first."
    assert page.why_not("break.tie") == (
        "Nobody is level at the line, so there is nothing to decide.")
    sixteen.run("break.make")
    assert page.why_not("break.remark") == ""
    assert str(page.why_not("break.clear_remark")).startswith("Nobody made a remark about")
    sixteen.run("break.rounds")
    assert page.why_not("break.rounds") == "The elimination rounds are there already."
    assert {one.name for one in COMMANDS} == {
        name for name in (one.name for one in COMMANDS) if page.why_not(name) is not None}


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_tie_is_decided_by_keys(
    qtbot: QtBot, tmp_path: Path, light: None, by_hand: bool
) -> None:
    with scene(qtbot, tmp_path, level()) as made:
        made.run("break.make")
        assert made.page.facts.cards[3].fact.figure == "12 for 8"
        assert "12 teams are level on every metric for 8 places" in made.banners()[0]
        made.run("break.tie")
        dialog = only(made.page, TieDialog)
        assert isinstance(dialog, TieDialog)
        assert not dialog.everyone.isEnabled()
        if by_hand:
            dialog.hand.setFocus()
            QTest.keyClick(dialog.hand, Qt.Key.Key_Space)
            assert not dialog.do.isEnabled()
            for box in list(dialog.boxes.values())[:8]:
                QTest.keyClick(box, Qt.Key.Key_Space)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made.settle()
        stored = made.room.stored()
        assert len(stored.breaking) == 8
        assert (stored.lots is None) is by_hand
        if by_hand:
            assert stored.breaking == set(list(dialog.boxes)[:8])
        assert made.banners() == []


def test_a_choice_that_no_longer_fits_is_told_in_the_dialog(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, level()) as made:
        made.run("break.make")
        made.run("break.tie")
        dialog = only(made.page, TieDialog)
        assert isinstance(dialog, TieDialog)
        made.room.remark("T1", "withdrawn")
        made.room.remark("T2", "withdrawn")
        dialog.hand.setChecked(True)
        for box in list(dialog.boxes.values())[:8]:
            box.setChecked(True)
        dialog.act()
        made.settle()
        assert dialog.isVisible()
        assert "is not among the teams level at the line" in dialog.form.fields["chosen"].sentence


def test_missing_results_are_named_before_the_break_is_made(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = played(16)
    archive.rounds[2].debates[0].ballots = []
    archive.rounds[2].debates[0].status = "none"
    with scene(qtbot, tmp_path, archive) as made:
        assert made.page.foot.text.startswith("Round 3 has 1 room without a result.")
        assert made.page.step.isHidden()
        assert made.page.make.text() == "Break now…"
        made.page.run("break.make")
        question = only(made.page, Question)
        assert isinstance(question, Question)
        QTest.keyClick(question.do, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made.settle()
        assert len(made.room.stored().breaking) == 16
        assert "A result that comes in can change who breaks." in made.banners()[0]


def test_without_a_category_the_page_leads_to_the_settings(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = level()
    archive.break_categories = []
    for team in archive.teams:
        team.break_categories = []
    with scene(qtbot, tmp_path, archive) as made:
        empty = next(one for one in made.page.findChildren(EmptyState) if one.isVisible())
        assert empty.button is not None
        made.press(Qt.Key.Key_Space, empty.button)
        assert made.went == [("settings", "break")]


def test_categories_are_chosen_by_keys_and_by_a_target(sixteen: Scene) -> None:
    sixteen.run("break.make")
    assert sixteen.page.segments.choices[0] == ("open", "Open 16")
    QTest.keyClick(sixteen.page.segments, Qt.Key.Key_Right)
    sixteen.settle()
    second = sixteen.page.view.category
    assert second is not None
    assert second.slug != "open"
    sixteen.run("break.category")
    assert sixteen.page.segments.key == JUDGES
    sixteen.run("break.category")
    assert sixteen.page.segments.key == "open"
    sixteen.page.open_at(second.slug)
    sixteen.settle()
    assert sixteen.page.segments.key == second.slug


def test_the_filter_and_the_copy_show_teams_without_the_line(sixteen: Scene) -> None:
    sixteen.run("break.make")
    name = sixteen.teams()[0]
    sixteen.run("break.filter")
    assert sixteen.page.focusWidget() is sixteen.page.filter
    QTest.keyClicks(sixteen.page.filter, name)
    found = [str(row.cells[1]) for row in sixteen.page.listing.model.shown]
    assert name in found
    assert len(found) < 16
    sixteen.page.filter.clear()
    sixteen.run("break.copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + 24
    assert lines[0].split("\t")[:4] == ["#", "Team", "Points", "Speaks"]


def test_the_bracket_is_walked_by_arrows_and_enter_opens_the_round(sixteen: Scene) -> None:
    sixteen.run("break.make")
    picture = sixteen.page.picture.bracket
    sixteen.press(Qt.Key.Key_Return, picture)
    assert "Create the elimination rounds first" in sixteen.told[-1].sentence
    sixteen.run("break.rounds")
    ids = [one.id for one in sixteen.room.rounds()]
    assert len(ids) == 3
    debates = sixteen.room.draw(ids[0])
    sixteen.settle()
    picture.setFocus()
    picture.go_to(0)
    walked = [picture.current]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right,
                Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up,
                Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_End):
        QTest.keyClick(picture, key)
        walked.append(picture.current)
    assert walked == [
        (0, 1), (0, 4), (1, 1), (2, 1), (2, 1), (1, 1), (1, 2), (0, 2), (0, 4), (0, 1), (0, 1),
        (2, 1)]
    QTest.keyClick(picture, Qt.Key.Key_Home)
    assert "Open Quarterfinals, " in picture.accessibleDescription()
    sixteen.press(Qt.Key.Key_Return, picture)
    first = next(one for one in debates if one.drawn.room_rank == 1)
    assert sixteen.went == [("rounds/draw", first.ref)]
    assert sixteen.desk.session.round_id == ids[0]


def test_the_bracket_ends_with_the_champion_in_words_too(sixteen: Scene) -> None:
    sixteen.run("break.make")
    sixteen.room.play(best(sixteen.room))
    sixteen.settle()
    picture = sixteen.page.picture.bracket
    champion = sixteen.room.champion()
    assert picture.bracket.champion is not None
    assert picture.bracket.champion.team == champion
    lines = picture.text().splitlines()
    assert len(lines) == 4 + 2 + 1
    assert lines[-1].startswith("Open Grand Final, room 1: ")
    assert f"{picture.bracket.champion.name} advances" in lines[-1]
    sixteen.run("break.whole")
    assert sixteen.page.listing.isHidden()
    assert sixteen.page.focusWidget() is picture
    QTest.keyClick(picture, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == picture.text()
    sixteen.run("break.whole")
    assert not sixteen.page.listing.isHidden()


def test_a_round_that_the_break_has_left_behind_is_told_with_the_way_to_it(
    sixteen: Scene,
) -> None:
    sixteen.run("break.make")
    sixteen.run("break.rounds")
    first = sixteen.room.rounds()[0].id
    sixteen.room.draw(first)
    sixteen.room.remark(sixteen.room.stored().rows[0].team, "absent")
    sixteen.settle()
    (banner,) = sixteen.page.banners
    assert "Draw it again" in banner.accessibleName()
    assert banner.button is not None
    sixteen.press(Qt.Key.Key_Space, banner.button)
    assert sixteen.desk.session.round_id == first
    assert sixteen.went == [("rounds/draw", None)]


def test_everything_on_the_page_has_a_name(sixteen: Scene) -> None:
    sixteen.run("break.make")
    unnamed = [
        type(one).__name__ for one in sixteen.page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
        and not one.accessibleName() and not one.inherits("QAbstractScrollArea")]
    assert unnamed == []


@pytest.mark.parametrize("size", [(1310, 690), (1700, 980), (960, 480)])
def test_nothing_is_cut_at_any_size(sixteen: Scene, size: tuple[int, int]) -> None:
    sixteen.run("break.make")
    sixteen.page.resize(*size)
    sixteen.settle()
    table = sixteen.page.listing.table
    if size[0] >= 1310:
        assert not table.horizontalScrollBar().isVisible()
    assert sixteen.page.minimumSizeHint().width() <= 1310
    assert sixteen.page.minimumSizeHint().height() <= 690


def rooms(count: int) -> tuple[BracketRoom, ...]:
    return tuple(
        BracketRoom(rank, f"D{rank}", None, (
            BracketTeam(f"T{rank}", "A college with quite a long name of its own A", rank),),
            (), decided=False)
        for rank in range(1, count + 1))


def test_long_names_have_the_room_that_there_is(qtbot: QtBot, light: None) -> None:
    view = BracketView()
    qtbot.addWidget(view)
    view.show_bracket(Bracket((BracketRound(1, "Final", "Final", rooms(2), drawn=True),), None))
    view.show()
    least = view.sizeHint()
    view.resize(900, 400)
    assert view.sizeHint() == least
    # rooms that feed nothing stand one below the other, and keys stay among them
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(view, key)
        assert view.current == (0, 2)
    view.show_bracket(Bracket((), None, "nothing"))
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.text() == ""
