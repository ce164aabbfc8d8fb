"""Overview: the next step in the title, ways to everything, all activity and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs.base import Question
from tabapp.gui.pages.overview.curve import BallotCurve
from tabapp.gui.pages.overview.history import HistoryDialog
from tabapp.gui.pages.overview.lines import AlertLine
from tabapp.gui.pages.overview.page import OverviewPage
from tabapp.gui.pages.overview.words import alert_in_words, past
from tabapp.services.overview import Alert, Curve, Overview, Room
from tabapp.store import schema
from tests.gui.desk import Desk, open_desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2) as made:
        yield made


def open_page(desk: Desk) -> OverviewPage:
    page = OverviewPage(desk.session)
    desk.qtbot.addWidget(page)
    page.resize(1310, 690)
    page.show()
    page.activateWindow()
    desk.settle()
    return page


def settle(desk: Desk, page: OverviewPage) -> None:
    desk.qtbot.waitUntil(
        lambda: desk.session.is_idle and not page.is_loading and not page._soon.isActive(),
        timeout=15_000)


def overview(page: OverviewPage) -> Overview:
    assert page.shown is not None
    return page.shown.overview


def draw(desk: Desk, *, confirm: bool = True) -> None:
    desk.workspace.run(
        "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=1,
        confirm=confirm, about="Round 1")


def rename(desk: Desk, name: str) -> None:
    with desk.workspace.database.write(
        actor="Ingrid", verb="rename to", subject=name, tournament=desk.owner.id
    ) as unit:
        unit.update(schema.tournament, {desk.owner.id: {"name": name}})


def test_the_title_says_what_is_next_and_follows_what_happens(desk: Desk) -> None:
    page = open_page(desk)
    assert page.title.text() == "Round 1 can be drawn"
    assert page.next.button.text() == "Open the draw"
    draw(desk, confirm=False)
    desk.qtbot.waitUntil(lambda: page.title.text() == "The draw of Round 1 is a draft")
    desk.workspace.database.undo(desk.owner.id, actor="x")
    draw(desk)
    desk.qtbot.waitUntil(lambda: page.title.text() == "Round 1 waits for its judges")


def test_ballots_that_are_out_are_counted_in_words(desk: Desk) -> None:
    draw(desk)
    for job in ("draw.allocate_adjudicators", "draw.allocate_venues"):
        desk.workspace.run(
            job, tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=1)
    with desk.workspace.database.write(actor="x", tournament=desk.owner.id) as unit:
        unit.update(schema.round_, {desk.rounds()[0].id: {"status": "released"}})
    page = open_page(desk)
    assert page.title.text() == "Round 1 waits for two ballots"


def test_the_next_step_leads_to_its_place_and_its_round(desk: Desk) -> None:
    page = open_page(desk)
    went: list[str] = []
    desk.session.went.connect(lambda place, _target: went.append(place))
    desk.qtbot.keyClick(page.next.button, Qt.Key.Key_Space)
    page.run("overview.next")
    assert went == ["rounds/draw", "rounds/draw"]
    assert desk.session.round_id == desk.rounds()[0].id


def test_a_room_leads_to_its_ballot_by_keyboard(desk: Desk) -> None:
    draw(desk)
    page = open_page(desk)
    went: list[tuple[str, object]] = []
    desk.session.went.connect(lambda place, target: went.append((place, target)))
    page.rooms.setFocus()
    desk.qtbot.keyClick(page.rooms, Qt.Key.Key_Right)
    desk.qtbot.keyClick(page.rooms, Qt.Key.Key_Return)
    assert went == [("ballots", overview(page).rooms[1].debate_id)]
    assert "waits for judges" in page.rooms.accessibleDescription()


def test_an_alert_leads_to_where_it_is_mended(desk: Desk) -> None:
    page = open_page(desk)
    with desk.workspace.database.read() as unit:
        rows = [row_id for (row_id,) in unit.fetch(
            schema.round_motion.select().with_only_columns(schema.round_motion.c.id))]
    with desk.workspace.database.write(actor="x", tournament=desk.owner.id) as writing:
        writing.delete(schema.round_motion, rows)
    desk.qtbot.waitUntil(lambda: [one.sentence for one in page.alert_lines] == [
        "Round 1 has no motion yet", "Round 2 has no motion yet"])
    went: list[tuple[str, object]] = []
    desk.session.went.connect(lambda place, target: went.append((place, target)))
    page.alert_lines[1].setFocus()
    desk.qtbot.keyClick(page.alert_lines[1], Qt.Key.Key_Return)
    assert went == [("settings", ("motions", desk.rounds()[1].id))]


def test_a_played_round_shows_how_its_ballots_came_in(desk: Desk) -> None:
    desk.play(1)
    page = open_page(desk)
    assert page.curve.isVisible()
    assert page.curve_facts.text() == "Round 1: 2 of 2 in, 2 confirmed"
    assert "2 confirmed" in page.curve.accessibleName()
    assert not page.curve.grab().isNull()


def test_many_rooms_leave_out_those_that_wait_for_nothing_first(desk: Desk) -> None:
    page = open_page(desk)
    rooms = [
        Room(i, f"D{i}", f"Room {i}", "ballot" if i > 90 else "nothing") for i in range(100)]
    page.rooms.resize(240, 130)
    page.rooms.show_rooms(rooms)
    shown = page.rooms.shown()
    assert len(shown) < 20
    assert {one.debate_id for one in shown} >= set(range(91, 99))


def history(desk: Desk, page: OverviewPage) -> HistoryDialog:
    page.run("overview.activity")
    assert page.history is not None
    settle(desk, page)
    return page.history


def texts(dialog: HistoryDialog) -> list[str]:
    return [dialog.model.index(i, 2).data() for i in range(dialog.model.rowCount())]


def test_all_activity_is_listed_and_filtered(desk: Desk) -> None:
    for name in ("One", "Two"):
        rename(desk, name)
    page = open_page(desk)
    dialog = history(desk, page)
    assert texts(dialog) == ["renamed to Two", "renamed to One"]
    desk.qtbot.keyClicks(dialog.filter, "one")
    assert texts(dialog) == ["renamed to One"]
    dialog.reject()


def test_an_action_is_taken_back_from_the_list(desk: Desk) -> None:
    rename(desk, "One")
    page = open_page(desk)
    dialog = history(desk, page)
    desk.qtbot.keyClick(dialog.table, Qt.Key.Key_Return, CTRL)
    desk.qtbot.waitUntil(lambda: texts(dialog) == ['undid "rename to One"', "renamed to One"])
    assert str(dialog.model.index(1, 3).data()).startswith("undone")
    dialog.table.go_to(next(one.id for one in dialog.entries.values() if one.is_undone))
    assert not dialog.do.isEnabled()
    dialog.reject()


def test_what_stands_in_the_way_is_named_and_chosen(desk: Desk) -> None:
    for name in ("One", "Two"):
        rename(desk, name)
    page = open_page(desk)
    dialog = history(desk, page)
    desk.qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    dialog.do.click()
    desk.qtbot.waitUntil(lambda: dialog.banner is not None)
    desk.settle()
    assert dialog.banner is not None
    assert "rename to Two" in dialog.banner.accessibleName()
    entry = dialog.chosen()
    assert entry is not None
    assert entry.subject == "Two"
    dialog.reject()


def test_everything_since_an_action_is_taken_back_after_a_question(desk: Desk) -> None:
    for name in ("One", "Two", "Three"):
        rename(desk, name)
    page = open_page(desk)
    dialog = history(desk, page)
    desk.qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    dialog.ask_up_to()
    question = dialog.findChild(Question)
    assert question is not None
    assert question.windowTitle() == "Undo 2 actions?"
    desk.qtbot.keyClick(question, Qt.Key.Key_Return, CTRL)
    desk.qtbot.waitUntil(lambda: page.crowd.name.text == "One")
    desk.settle()
    dialog.reject()


def test_a_failed_job_is_an_alert(desk: Desk) -> None:
    page = open_page(desk)
    alert = Alert("run", "problem", "Draw: Round 1", detail="failed", place="jobs", target=3)
    assert alert_in_words(alert) == ("Draw: Round 1 failed", "Look")
    went: list[tuple[str, object]] = []
    desk.session.went.connect(lambda place, target: went.append((place, target)))
    line = AlertLine(alert, desk.workspace.clock.now())
    page._follow(line)
    line.deleteLater()
    assert went == [("jobs", 3)]


@pytest.mark.parametrize(("verb", "done"), [
    ("enter the ballot of", "entered the ballot of"), ("withdraw", "withdrew"),
    ("take back the motions of", "took back the motions of"), ("place", "placed"),
    ("copy", "copied"), ("play", "played"), ("swap", "swapped"), ("renamed", "renamed"), ("", ""),
])
def test_what_was_done_is_told_as_done(verb: str, done: str) -> None:
    assert past(verb) == done


def test_the_words_of_the_curve_never_lie_on_each_other(desk: Desk) -> None:
    start = datetime(2026, 5, 16, 14, 0, tzinfo=UTC)
    plot = BallotCurve()
    desk.qtbot.addWidget(plot)
    plot.resize(740, 160)
    for rooms, entered, confirmed in ((22, 22, 22), (22, 1, 0), (22, 21, 20), (1, 1, 1)):
        plot.show_curves(
            Curve("Round 1", rooms, (start,) * entered, (start,) * confirmed), None, start)
        rects = [one.place for one in plot.words()]
        assert not any(
            one.intersects(other) for i, one in enumerate(rects) for other in rects[i + 1:])
        assert all(plot.rect().contains(rect) for rect in rects)
