"""The page of the break while results still come in: chances, the line, what can flip it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.domain.archive import Archive
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.forecast import PointsShare, Threshold
from tabapp.domain.forecast.needs import Need
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.dialogs.base import Question
from tabapp.gui.pages.breaks.outlook_facts import range_words
from tabapp.gui.pages.breaks.outlook_rows import because, need_words, percent
from tabapp.gui.pages.breaks.rows import LINE
from tabapp.gui.tables.cells import Cell, Row
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services import people
from tabapp.services.break_outlook import Outlook, OutlookLine
from tabapp.services.break_views import BreakLine, BreakView
from tabapp.services.elimination import Bracket
from tabapp.store import schema
from tests.gui.test_break_page import Scene, scene
from tests.services.out_rounds import played


def open_rooms(archive: Archive, seq: int, count: int) -> Archive:
    """Take the results of the first ``count`` rooms of a round away; later rounds are not drawn."""
    for one in archive.rounds:
        if one.seq == seq:
            one.completed = False
            for debate in one.debates[:count]:
                debate.ballots, debate.status = [], "none"
        elif one.seq > seq:
            one.debates, one.status, one.completed = [], "none", False
    return archive




@pytest.fixture
def ahead(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    with scene(qtbot, tmp_path, open_rooms(played(16, 40), 3, 4)) as made:
        yield made


def cells(made: Scene, column: str) -> list[str]:
    at = [one.key for one in made.page.listing.model.columns].index(column)
    found = []
    for row in made.page.listing.model.shown:
        value = row.cells[at] if row.cells else None
        found.append(value.text if isinstance(value, Cell) else str(value))
    return found


def lines(made: Scene) -> list[Row]:
    return [row for row in made.page.listing.model.shown if row.line]


def test_without_a_forecast_the_table_shows_who_would_break_now(ahead: Scene) -> None:
    page = ahead.page
    assert [one.key for one in page.listing.model.columns] == [
        "rank", "team", "points", "speaks_sum", "chance", "ends", "because"]
    (line,) = lines(ahead)
    assert line.line == "16 break; the others stand below the line"
    assert [row.key for row in page.listing.model.shown].index(LINE) == 16
    assert page.facts.cards[1].fact.line == "F5 makes a forecast"
    assert page.aside.histogram.under.text() == "No forecast yet. F5 makes one."
    assert page.step.isHidden()
    assert page.make.text() == "Break now…"
    assert page.aside.picture.bracket.bracket.rounds[0].rooms[0].teams[0].seed == 1
    assert page.foot.text.startswith("Round 3 has 4 rooms without a result.")


def test_f5_forecasts_and_the_page_shows_it_by_itself(ahead: Scene) -> None:
    page = ahead.page
    ahead.run("break.forecast")
    outlook = page.ahead.outlook
    assert outlook is not None
    assert outlook.runs == 10_000
    assert outlook.outdated == ""
    assert page.aside.histogram.under.text() == "share of 10,000 simulated tournaments"
    assert page.facts.cards[1].fact.figure.endswith("points")
    chances = cells(ahead, "chance")
    assert any(one.endswith(" %") for one in chances)
    assert all(one for one in cells(ahead, "because") if one != "None")
    assert page.aside.histogram.picture.text().splitlines()[0].split(" points: ")[0].isdigit()
    ahead.run("break.forecast")  # nothing is new
    assert ahead.told[-1].sentence == "The forecast is that of the results as they are."


def test_a_safe_team_and_one_that_is_out_are_words_and_agree_with_the_cards(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, open_rooms(played(4, 40), 3, 1)) as made:
        made.run("break.forecast")
        page = made.page
        live = page.ahead.outlook.live if page.ahead.outlook is not None else None
        assert live is not None
        shown = zip(
            cells(made, "chance"), cells(made, "because"), cells(made, "points"), strict=True)
        rows = [one for one in shown if one[2] != "None"]
        out = [one for one in rows if one[0] == "out"]
        assert out
        assert {one[1] for one in out} == {"cannot reach the line any more"}
        assert len(out) == live.out_teams
        assert page.facts.cards[2].fact.figure == f"{live.out} points"
        assert page.facts.cards[2].fact.line == f"{len(out)} teams cannot break any more"
        assert all(one[0] == "out" for one in rows if float(one[2]) < live.out)
        safe = [one for one in rows if one[0] == "safe"]
        assert {one[1] for one in safe} <= {"cannot be caught by 4 teams"}
        assert all(one[0] == "safe" for one in rows if float(one[2]) >= live.safe)


def test_ballots_that_can_flip_it_lead_to_the_first_of_them(ahead: Scene) -> None:
    card = ahead.page.facts.cards[3]
    assert card.fact.figure.endswith(" of 4 out")
    assert card.fact.line == "check these first"
    assert card.fact.leads
    guard = ahead.page.ahead.guard
    assert guard is not None
    ahead.press(Qt.Key.Key_Return, card)
    assert ahead.went == [("ballots", ("flip", guard.flipping[0].round_id))]
    ahead.run("break.flipping")
    assert len(ahead.went) == 2


def test_a_room_to_watch_is_opened_by_enter(ahead: Scene) -> None:
    page = ahead.page
    assert "No drawn room" in (page.why_not("break.watch") or "")
    ahead.run("break.forecast")
    ahead.run("break.watch")
    table = page.aside.rooms.table
    assert page.focusWidget() is table
    outlook = page.ahead.outlook
    assert outlook is not None
    worths = [one.worth for one in outlook.rooms]
    assert worths == sorted(worths, reverse=True)
    ahead.press(Qt.Key.Key_Return, table)
    assert ahead.went == [("ballots", outlook.rooms[0].debate)]


def test_enter_on_a_team_opens_its_results(ahead: Scene) -> None:
    line = ahead.page.listing.current()
    assert line is not None
    ahead.press(Qt.Key.Key_Return)
    assert ahead.went == [("results", ("team", line.team))]


def test_the_histogram_is_read_by_arrows(ahead: Scene) -> None:
    ahead.run("break.forecast")
    picture = ahead.page.aside.histogram.picture
    picture.setFocus()
    first = picture.accessibleDescription()
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    QTest.keyClick(picture, Qt.Key.Key_Left)
    assert picture.accessibleDescription() == picture.text().splitlines()[0]
    assert first in picture.text().splitlines()
    QTest.keyClick(picture, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == picture.text()


def test_a_forecast_that_the_results_left_behind_says_so(ahead: Scene) -> None:
    ahead.run("break.forecast")
    team = str(ahead.page.listing.model.shown[0].key)
    with ahead.room.work.database.write(tournament=ahead.room.owner.id) as unit:
        row = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == team))
        people.withdraw(unit, ahead.room.owner.id, "team", [row])
    ahead.settle()
    assert ahead.page.aside.histogram.under.text().endswith("; older than the results")
    assert "The forecast is older than the results." in ahead.page.foot.text
    at = ahead.page.listing.model.row_of(team)
    assert at is not None
    assert ahead.page.listing.model.shown[at].dim
    assert cells(ahead, "because")[at] == "does not want its place"


def test_the_early_break_is_asked_for(ahead: Scene) -> None:
    ahead.page.run("break.make")
    (question,) = ahead.page.findChildren(Question)
    QTest.keyClick(question.do, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ahead.settle()
    assert len(ahead.room.stored().breaking) == 16
    assert ahead.page.aside.histogram.isHidden()
    assert "the break is made" in (ahead.page.why_not("break.forecast") or "").lower()


def test_before_the_first_result_the_page_says_so(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, open_rooms(played(16, 40), 1, 99)) as made:
        empty = next(one for one in made.page.findChildren(EmptyState) if one.isVisible())
        assert empty.accessibleName() == "No results yet."
        assert made.page.listing.current() is None
        assert made.page.why_not("break.results") == "Choose a team first."


def test_a_category_without_teams_leads_to_the_people(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = played(16, 40)
    second = archive.break_categories[1]
    for team in archive.teams:
        team.break_categories = [one for one in team.break_categories if one != second.id]
    with scene(qtbot, tmp_path, archive) as made:
        made.run("break.category")
        empty = next(one for one in made.page.findChildren(EmptyState) if one.isVisible())
        assert empty.accessibleName() == f"Nobody can break in {second.name}."
        assert empty.button is not None
        made.press(Qt.Key.Key_Space, empty.button)
        assert made.went == [("people", None)]


def test_a_rule_that_cannot_work_leads_to_the_settings(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = played(16, 40)
    archive.break_categories[0].rule = "aida-2016-australs"
    with scene(qtbot, tmp_path, archive) as made:
        assert "caps by wins" in made.banners()[0]
        button = made.page.banners[0].button
        assert button is not None
        made.press(Qt.Key.Key_Space, button)
        assert made.went == [("settings", "break")]


def test_two_team_rounds_count_wins(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    archive = generate_tournament(
        preset="australs", teams=32, rounds=4, seed=2, break_size=8)
    archive.break_categories[0].rule = "aida-2016-australs"
    with scene(qtbot, tmp_path, open_rooms(archive, 4, 4)) as made:
        made.run("break.forecast")
        page = made.page
        assert page.aside.histogram.title.text() == "Wins of the last breaking team"
        assert page.facts.cards[1].fact.figure.endswith(("win", "wins"))
        assert len(page.ahead.outlook.bracket.rounds) == 3 if page.ahead.outlook else False
        assert "safe" not in cells(made, "chance")  # caps may interfere: nothing is certain


@pytest.mark.parametrize(("need", "two_team", "words"), [
    (Need("enough", 3, 3), False, "a first is enough"),
    (Need("enough", 1, 1), False, "one point more is enough"),
    (Need("enough", 4, None), False, "4 points more are enough"),
    (Need("enough", 1, 1), True, "a win is enough"),
    (Need("decided", 2, 2), False, "needs 2 points, speaks decide"),
    (Need("decided", 0), False, "on the line, speaks decide"),
    (Need("better", 3, 3), False, "needs 3 points, better speaks"),
    (Need("help"), False, "needs help from other rooms"),
    (Need("has"), False, "should have enough already"),
])
def test_what_a_team_needs_is_said_in_few_words(need: Need, two_team: bool, words: str) -> None:
    metrics = ("wins" if two_team else "points", "speaks_sum")
    view = BreakView((), metrics=metrics, two_team=two_team)
    assert need_words(need, view, over=False) == words


def test_a_share_that_is_not_certain_is_never_whole() -> None:
    assert [percent(one) for one in (0.0, 0.004, 0.5, 0.999, 1.0)] == [
        "<1 %", "<1 %", "50 %", "99 %", "99 %"]


@pytest.mark.parametrize("size", [(1310, 690), (1700, 980)])
def test_nothing_is_cut_while_results_come_in(ahead: Scene, size: tuple[int, int]) -> None:
    ahead.run("break.forecast")
    ahead.page.resize(*size)
    ahead.settle()
    assert not ahead.page.listing.table.horizontalScrollBar().isVisible()
    assert ahead.page.minimumSizeHint().width() <= 1310
    assert ahead.page.minimumSizeHint().height() <= 690
    unnamed = [
        type(one).__name__ for one in ahead.page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible()
        and not one.accessibleName() and not one.inherits("QAbstractScrollArea")]
    assert unnamed == []


def test_once_all_results_are_in_the_table_says_who_breaks_as_it_stands(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, played(16)) as made:
        page = made.page
        assert [one.key for one in page.listing.model.columns] == [
            "rank", "team", "points", "speaks_sum", "because"]
        words = [one for one in cells(made, "because") if one != "None"]
        assert words == ["among the first 16"] * 16 + ["below the line"] * (len(words) - 16)
        assert len(words) > 16
        card = page.facts.cards[1].fact
        assert (card.title, card.figure.endswith(" points")) == ("Last place at", True)
        assert page.aside.histogram.isHidden()
        assert page.foresee.isHidden()
        assert page.why_not("break.forecast") == "All results are in; nothing is left to foresee."
        assert page.step.text() == "Make break"
        assert not page.step.isHidden()


@pytest.mark.parametrize(("line", "words"), [
    (OutlookLine(place=2), "level for the last places"),
    (OutlookLine(remark="lost_coin_toss"), "level for the last places"),
])
def test_teams_between_which_a_lot_decides_are_level_as_it_stands(
    line: OutlookLine, words: str
) -> None:
    view = BreakView((), category=BreakCategory("open", "Open", 2), preliminary=1, played=1)
    outlook = Outlook("open", {"a": line}, Bracket((), None), 0, level=frozenset("a"))
    team = BreakLine("a", "A", 2, (), None, None, "", None)
    assert because(team, line, view, outlook) == words


@pytest.mark.parametrize(("shares", "words"), [
    ({9: 1.0}, "at 9 in every run"),
    ({8: 0.04, 9: 0.96}, "at 9 in 96 % of runs"),
    ({8: 0.0001, 9: 0.9999}, "at 9 in 99 % of runs"),
])
def test_one_number_of_points_is_said_with_its_own_share(
    shares: dict[int, float], words: str
) -> None:
    bars = tuple(PointsShare(points, share, None) for points, share in shares.items())
    assert range_words(Threshold(9.0, 9, 9, bars)) == words
    assert range_words(Threshold(9.0, 8, 9, bars)) == "between 8 and 9 in 9 of 10 runs"


@pytest.mark.parametrize("is_made", [False, True])
def test_another_category_begins_on_its_first_team(ahead: Scene, is_made: bool) -> None:
    page = ahead.page
    if is_made:
        ahead.room.make_break()
        ahead.settle()
    scrolled = []
    for _ in range(2):
        table = page.listing.table
        table.go_to([row.key for row in page.listing.model.shown if not row.line][-1])
        scrolled.append(table.verticalScrollBar().value())
        before = page.view.category
        keys = [one.slug for one in page.view.heads]
        page.choose(keys[(keys.index(before.slug if before else "") + 1) % len(keys)])
        ahead.settle()
        assert page.view.category != before
        table = page.listing.table
        assert table.current_key() == page.listing.model.shown[0].key
        assert table.verticalScrollBar().value() == 0
    assert max(scrolled) > 0
