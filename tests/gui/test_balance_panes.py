"""The parts motions and positions of the place results, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive, Motion
from tabapp.domain.fairness import PositionTable, side_test, veto_test
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.pages.results.balance import sentences
from tabapp.gui.pages.results.balance.cards import FourCards, TwoCards
from tabapp.gui.pages.results.balance.page import BalancePane, MotionsPane, PositionsPane
from tabapp.services import tournament_settings
from tests.builders import small_archive
from tests.gui.desk import Desk, open_desk
from tests.services.out_rounds import OutRounds, best, played

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
P = TypeVar("P", bound=BalancePane)
SHORTS = ("OG", "OO", "CG", "CO")


@pytest.fixture
def bp(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    document = generate_tournament(preset="bp", teams=48, rounds=4, seed=3)
    with open_desk(qtbot, tmp_path, archive=document) as desk:
        yield desk


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    document = generate_tournament(preset="australs", teams=24, rounds=3, seed=3)
    for debate in document.rounds[0].debates:
        debate.ballots[0].vetoes = {"aff": document.motions[1].id}
    document.rounds[2].silent = True
    with open_desk(qtbot, tmp_path, archive=document) as desk:
        yield desk


def shown(desk: Desk, kind: type[P]) -> P:
    page = kind(desk.session)
    desk.qtbot.addWidget(page)
    page.resize(1262, 590)
    page.show()
    page.setFocus()
    desk.settle()
    return page


def texts(page: BalancePane, key: str) -> list[str]:
    at = [one.key for one in page.model.columns].index(key)
    return [str(page.model.data(page.model.index(i, at))) for i in range(page.model.rowCount())]


def press(key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, held)


def empty_name(page: BalancePane) -> str:
    current = page._content.currentWidget()
    return current.accessibleName() if current is not None else ""


def test_the_arrows_go_from_motion_to_motion(bp: Desk) -> None:
    page = shown(bp, MotionsPane)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert page.data is not None
    assert page.details is not None
    assert texts(page, "debates") == ["12"] * 4
    assert [one.key for one in page.model.columns][3:7] == list(SHORTS)
    assert page.details.title.text == page.data.motions[0].text
    press(Qt.Key.Key_Down)
    second = page.data.motions[1]
    assert page.details.title.text == second.text
    assert [row.figures for row in page.details.counts.rows] == [
        tuple(map(str, row)) for row in second.balance.table.counts]
    assert [one.usual for one in page.details.plot.rows] == [1.511, 1.711, 1.342, 1.436]
    (here,) = [row for row in page.details.levels.rows if row.here]
    assert here.figures == (texts(page, "verdict")[1],)
    assert page.details.words.text().endswith(f"{here.figures[0]}.")
    assert "3 d.f." in page.details.facts.text()


def test_a_motion_stays_chosen_when_results_come_in(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as desk:
        desk.play(2)
        page = shown(desk, MotionsPane)
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Down)
        assert page.details is not None
        title = page.details.title.text
        assert page.details.words.text() == "No debate was decided yet."
        assert page.details.facts.text() == ""
        assert texts(page, "debates") == ["4", "4", "0"]
        desk.play(3)
        desk.settle()
        assert texts(page, "debates") == ["4", "4", "4"]
        assert page.details.title.text == title
        assert page.table is not None
        assert page.table.hasFocus()


def test_copying_takes_the_chosen_row_or_all_of_it(bp: Desk) -> None:
    page = shown(bp, MotionsPane)
    press(Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert len(clipboard.text().splitlines()) == 2
    page.run("motions.copy")
    lines = clipboard.text().splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("Motion\tText\tRounds\tDebates\tOG points")
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}
    positions = shown(bp, PositionsPane)
    positions.run("positions.copy")
    assert clipboard.text().splitlines()[-1].startswith("All preliminary rounds\t48\t")


def test_two_sides_show_shares_and_vetoes(two: Desk) -> None:
    page = shown(two, MotionsPane)
    assert page.details is not None
    assert page.data is not None
    assert "silent: Round 3" in page.head.text()
    press(Qt.Key.Key_Down)
    vetoed = page.data.motions[1]
    assert vetoed.vetoes == (12, 0)
    assert texts(page, "vetoes") == ["", "12 Aff", ""]
    assert [row.figures[1] for row in page.details.counts.rows] == ["12", "0"]
    assert [one.name for one in page.details.plot.rows] == ["Aff wins", "Neg vetoes"]
    assert "Vetoed by Aff 12 times and by Neg 0 times" in page.details.words.text()
    won = vetoed.balance.wins
    assert f"Aff won {won.aff} of 12 debates" in page.details.words.text()
    assert f"T = {won.statistic:.2f}" in page.details.facts.text()


def test_positions_stand_beside_other_tournaments(bp: Desk) -> None:
    page = shown(bp, PositionsPane)
    assert isinstance(page.cards, FourCards)
    assert page.data is not None
    cards, table = page.cards, page.data.whole.table
    assert [one.usual for one in cards.points.rows] == [1.511, 1.711, 1.342, 1.436]
    assert [one.interval for one in cards.points.rows] == [table.mean(n) for n in range(4)]
    assert cards.stack.counts == list(table.counts)
    assert cards.stack.marks == [0.223, 0.299, 0.224, 0.254]
    assert [one.name for one in cards.pairs.rows] == [
        "Opening half", "Closing half", "Government", "Opposition"]
    assert all(card.words.text() for card in cards.cards)
    assert texts(page, "round") == ["Round 1", "Round 2", "Round 3", "Round 4",
                                    "All preliminary rounds"]
    assert [row.name for row in cards.marks.grid.rows] == list(SHORTS)
    assert "first" not in cards.points.accessibleDescription()
    assert cards.points.accessibleDescription().count("at other tournaments") == 4
    assert cards.stack.accessibleDescription().startswith(f"OG: {table.counts[0][0]} 1st")
    assert cards.stack.tips[1].endswith("at other tournaments in 30 %")


def test_the_tip_of_a_line_says_its_figures(bp: Desk) -> None:
    page = shown(bp, PositionsPane)
    assert isinstance(page.cards, FourCards)
    plot = page.cards.points
    at = QPoint(20, plot.row_height + 5)
    QApplication.sendEvent(
        plot, QHelpEvent(QHelpEvent.Type.ToolTip, at, plot.mapToGlobal(at)))
    assert QToolTip.text() == plot.tips[1]
    QToolTip.hideText()
    assert plot.tips[1].startswith("OO: ")


def test_only_the_rounds_up_to_one_are_counted(two: Desk) -> None:
    page = shown(two, PositionsPane)
    assert isinstance(page.cards, TwoCards)
    assert [one.name for one in page.cards.shares.rows] == ["R1", "R2", "R3", "Preliminary"]
    assert [one.usual for one in page.cards.shares.rows] == [None, None, None, 0.5]
    page.show_until(1)
    two.settle()
    assert [one.name for one in page.cards.shares.rows] == ["R1", "Preliminary"]
    assert page.head.text() == "after Round 1 · 12 debates"
    assert page.cards.card.words.text().startswith("Aff won ")


def test_the_table_is_sorted_by_keys(bp: Desk) -> None:
    page = shown(bp, PositionsPane)
    for _ in range(2):
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down, ALT)
    found = [float(one) for one in texts(page, "OG")]
    assert found == sorted(found, reverse=True)


@contextmanager
def opened(qtbot: QtBot, folder: Path, document: Any) -> Iterator[Desk]:
    with open_desk(qtbot, folder, archive=Archive.model_validate(document)) as desk:
        yield desk


def test_without_motions_the_page_leads_to_them(qtbot: QtBot, tmp_path: Path) -> None:
    document = small_archive(8, 1)
    document["motions"] = []
    document["rounds"][0]["motions"] = []
    for debate in document["rounds"][0]["debates"]:
        debate["ballots"][0]["motion"] = None
    with opened(qtbot, tmp_path, document) as desk:
        went: list[object] = []
        desk.session.went.connect(lambda *where: went.append(where))
        page = shown(desk, MotionsPane)
        assert empty_name(page) == "No motions yet."
        assert page.why_not("motions.copy")
        press(Qt.Key.Key_Return)
        assert went == [("settings", "motions")]
        positions = shown(desk, PositionsPane)
        assert isinstance(positions.cards, FourCards)
        assert "2 debates without a known motion" in positions.head.text()


def test_ballots_that_name_no_motion_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    document = small_archive(8, 2)
    document["tournament"]["settings"] = {"enable_motion_reuse": True, "enable_motions": True}
    for round_ in document["rounds"]:
        round_["motions"] = ["M1", "M2"]
        for debate in round_["debates"]:
            debate["ballots"][0]["motion"] = None
    with opened(qtbot, tmp_path, document) as desk:
        page = shown(desk, MotionsPane)
        assert empty_name(page) == "No ballot says which motion was debated."
        words = said(page)
        assert "Set one motion a round, or choose the motion on each ballot." in words
        with desk.workspace.database.write(
            actor="Ann", verb="change", tournament=desk.owner.id
        ) as unit:
            tournament_settings.change_settings(unit, desk.owner.id, {"enable_motions": False})
        page.mark_stale()
        desk.settle()
        words = said(page)
        assert any(one.startswith("Ballots record no motion here.") for one in words)


def test_elimination_rounds_tell_who_went_on(qtbot: QtBot, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "outs.tabapp", create=True) as work:
        room = OutRounds(work, played(8))
        room.make_break()
        room.play(best(room))
        document = room.document()
    document.motions = [*document.motions, Motion(id="M90", text="That this is the final.")]
    document.rounds[-1].motions = ["M90"]
    with open_desk(qtbot, tmp_path, archive=document) as desk:
        page = shown(desk, PositionsPane)
        assert isinstance(page.cards, FourCards)
        assert page.cards.marks.grid.titles[-1] == "Went on"
        gone = [row.figures[-1] for row in page.cards.marks.grid.rows]
        assert sum(int(one.split(" of ")[0]) for one in gone) == 5
        assert {one.split(" of ")[1] for one in gone} == {"3"}
        assert "From elimination rooms" in page.cards.marks.words.text()
        assert texts(page, "verdict")[-1] == "no points given"
        assert texts(page, "OG")[-1] == ""
        motions = shown(desk, MotionsPane)
        press(Qt.Key.Key_End, CTRL)
        assert motions.details is not None
        assert motions.details.title.text == "That this is the final."
        assert motions.details.counts.titles == ("Position", "Went on", "Out")
        assert sorted(row.figures for row in motions.details.counts.rows) == [
            ("0", "1"), ("0", "1"), ("0", "1"), ("1", "0")]
        assert motions.details.words.text().startswith("Elimination rounds give no points")


def said(page: BalancePane) -> list[str]:
    current = page._content.currentWidget()
    return [one.text() for one in current.findChildren(QLabel)] if current is not None else []


def test_before_any_result_both_parts_say_so(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot, tmp_path, small_archive(8, 1, results=False)) as desk:
        for kind in (MotionsPane, PositionsPane):
            page = shown(desk, kind)
            assert empty_name(page) == "No results yet."
            assert page.head.text() == ""


def test_a_difference_is_told_in_plain_words() -> None:
    even = [(3, 2, 1, 0), (2, 1, 0, 3), (1, 0, 3, 2), (0, 3, 2, 1)]
    # CG: 20 times each place and 54 times last. m = 120/134 = 0.896; with one of each place more
    # the variance is 1.2968, so z = (0.896 - 1.342) ÷ √(1.2968/134) = -4.54
    lasts = PositionTable.of([*even * 20, *[(3, 2, 0, 1), (2, 3, 0, 1), (1, 2, 0, 3)] * 18])
    assert sentences.usual_points(lasts, SHORTS) == (
        "CG did worse here than at other tournaments: 0.90 against 1.34; such a difference comes "
        "by chance less than once in 1,000 tournaments. Together the four differ so much from "
        "other tournaments by chance less than once in 1,000 tournaments.")
    better = PositionTable.of([*even * 20, *[(3, 2, 1, 0)] * 25])
    assert sentences.usual_points(better, SHORTS).startswith(
        "OG did better here than at other tournaments: 1.86 against 1.51; such a difference "
        "comes by chance once in ")
    calm = sentences.usual_points(PositionTable.of(even * 5), SHORTS)
    assert calm.startswith(
        "No position differs from other tournaments by more than chance makes; most does OO: "
        "1.50 against 1.71. Together")
    few = PositionTable.of(even)
    for sentence in (sentences.usual_points(few, SHORTS), sentences.places(few),
                     sentences.pairs(few)):
        assert sentence == "4 debates: too few to say anything. 10 are needed."
    halves = PositionTable.of([(3, 2, 1, 0)] * 20)
    assert sentences.pairs(halves) == (
        "Halves differ more than chance makes: 2.50 to 0.50. Benches differ more than chance "
        "makes: 2.00 to 1.00.")
    assert sentences.pairs(PositionTable.of(even * 5)) == (
        "Halves differ no more than chance makes: 1.50 to 1.50. Benches differ no more than "
        "chance makes: 1.50 to 1.50.")


@pytest.mark.parametrize(("chance", "words"), [
    (0.0004, "less than once in 1,000 tournaments"), (0.0031, "once in 320 tournaments"),
    (0.025, "once in 40 tournaments"), (0.2, "once in 5 tournaments"),
    (0.21, "in 2 of 10 tournaments"), (1.0, "in 10 of 10 tournaments"),
])
def test_chances_are_told_as_how_often(chance: float, words: str) -> None:
    assert sentences.how_often(chance) == words


def test_vetoes_and_wins_are_told_in_plain_words() -> None:
    assert sentences.vetoes(veto_test(0, 0), ("Gov", "Opp")) == "Nobody vetoed it."
    assert sentences.vetoes(veto_test(12, 3), ("Gov", "Opp")) == (
        "Vetoed by Gov 12 times and by Opp 3 times; a veto speaks for the other side: "
        "probably not balanced.")
    assert sentences.wins(side_test(0, 0), "Gov") == "No debate was decided yet."
    assert sentences.wins(side_test(3, 1), "Gov") == (
        "Gov won 3 of 4 debates (75 %). Fewer than 10 say nothing.")
