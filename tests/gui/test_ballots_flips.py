"""The order "can flip the break first" of the ballot desk, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots import flips
from tabapp.services import bubble_guard
from tabapp.services.bubble_guard import BubbleGuard, GuardRead
from tests.builders import small_archive
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, sit_down
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")
MARK = "can change who breaks"


def document(*, categories: bool = True) -> Archive:
    """Two rounds of sixteen teams, the second without ballots; one breaks.

    Only teams of the last room of round 2 were first so far, so that no other can flip the break.
    """
    made = small_archive(16, 2)
    for debate in made["rounds"][1]["debates"]:
        debate |= {"ballots": [], "status": "none"}
    made["rounds"][1]["completed"] = False
    last = [side["team"] for side in made["rounds"][1]["debates"][-1]["sides"]]
    if categories:
        made["break_categories"][0]["size"] = 4
        for team in made["teams"]:
            mine = team["id"] in last or team["id"] == "T1"
            team["break_categories"] = [made["break_categories"][0]["id"]] if mine else []
    else:
        made["break_categories"] = []
        for team in made["teams"]:
            team["break_categories"] = []
    return Archive.model_validate(made)


@contextmanager
def second_round(qtbot: QtBot, folder: Path, archive: Archive) -> Iterator[Typist]:
    with open_desk(qtbot, folder, archive=archive) as desk:
        typist = sit_down(desk)
        desk.session.set_round(desk.rounds()[1].id)
        desk.settle()
        typist.page.list.give_keys()
        yield typist
        typist.page.close()
        desk.settle()


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with second_round(qtbot, tmp_path, document()) as found:
        yield found


def guard(typist: Typist) -> BubbleGuard:
    with typist.desk.workspace.database.read() as unit:
        read = bubble_guard.read_guard(unit, typist.desk.owner.id)
    return bubble_guard.compute(read)


def listed(typist: Typist) -> list[str]:
    return [room.name for room in typist.page.list.rooms.rooms]


def marked(typist: Typist, role: int = Qt.ItemDataRole.AccessibleTextRole) -> dict[str, str]:
    """Return what is said of the rooms that are marked."""
    model = typist.page.list.rooms
    texts = {model.index(at).data(): str(model.index(at).data(role))
             for at in range(model.rowCount())}
    return {name: text for name, text in texts.items() if MARK in text}


def test_ctrl_r_goes_from_need_to_room_to_what_can_flip_the_break(typist: Typist) -> None:
    tester = QAbstractItemModelTester(
        typist.page.list.rooms, QAbstractItemModelTester.FailureReportingMode.Fatal)
    by_need = listed(typist)
    assert not typist.page.list.flips.isVisible()
    typist.press(Qt.Key.Key_R, CTRL)
    assert (typist.page.list.order, marked(typist)) == ("room", {})
    typist.press(Qt.Key.Key_R, CTRL)
    flipping = [one.room for one in guard(typist).flipping]
    assert 0 < len(flipping) < len(by_need)
    assert listed(typist)[:len(flipping)] == flipping
    assert flipping != by_need[:len(flipping)]
    assert set(marked(typist)) == set(flipping)
    current = typist.page.list.current
    assert current is not None
    assert current.name == flipping[0]
    n = len(flipping)
    assert typist.page.list.flips.text == (
        f"{n} {'room' if n == 1 else 'rooms'} can change who breaks")
    typist.press(Qt.Key.Key_R, CTRL)
    assert (listed(typist), marked(typist)) == (by_need, {})
    assert not typist.page.list.flips.isVisible()
    assert tester is not None


def test_a_mark_says_that_a_room_can_change_who_breaks_and_only_its_tip_how(
    typist: Typist,
) -> None:
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    words = {one.room: one.words for one in guard(typist).flipping}
    for name, text in marked(typist).items():
        assert text.endswith(f", {MARK}")
        assert words[name] not in text
    tips = marked(typist, Qt.ItemDataRole.ToolTipRole)
    assert {name: tip.rpartition("\n")[2] for name, tip in tips.items()} == words


def test_the_next_ballot_is_one_that_can_flip_the_break_and_the_order_follows(
    typist: Typist,
) -> None:
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    flipping = [one.room for one in guard(typist).flipping]
    typist.press(Qt.Key.Key_Return)
    assert typist.room == flipping[0]
    typist.sheet()
    typist.save()
    typist.desk.settle()
    after = [one.room for one in guard(typist).flipping]
    assert set(marked(typist)) == set(after)
    assert listed(typist)[:len(after)] == after


def test_another_window_brings_a_ballot_in_and_the_order_follows(typist: Typist) -> None:
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    before = typist.page.flips.found
    typist.desk.play(2)
    typist.desk.settle()
    assert typist.page.flips.found is not before
    assert marked(typist) == {}
    assert typist.page.list.flips.text == (
        "No ballot that is out or unchecked can change who breaks")


def test_nothing_is_computed_again_where_nothing_moved(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[GuardRead] = []
    compute = bubble_guard.compute

    def counted(read: GuardRead) -> BubbleGuard:
        computed.append(read)
        return compute(read)

    monkeypatch.setattr(bubble_guard, "compute", counted)
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert len(computed) == 1
    typist.press(Qt.Key.Key_R, CTRL)
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert len(computed) == 1
    assert marked(typist)


def test_whoever_may_not_see_results_has_no_such_order(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert marked(typist)
    monkeypatch.setattr(flips, "may_see_results", lambda _session: False)
    typist.page.flips.look()
    assert (typist.page.list.order, marked(typist)) == ("need", {})
    typist.press(Qt.Key.Key_R, CTRL | SHIFT)
    assert typist.page.list.order == "need"
    typist.press(Qt.Key.Key_R, CTRL)
    typist.press(Qt.Key.Key_R, CTRL)
    assert typist.page.list.order == "need"


def test_the_break_page_sends_here_to_what_can_flip_the_break(typist: Typist) -> None:
    page, rounds = typist.page, typist.desk.rounds()
    typist.desk.session.set_round(rounds[0].id)
    typist.desk.settle()
    page.open_at(("flip", None))
    typist.desk.settle()
    n = len(guard(typist).flipping)
    assert page.list.flips.text == f"None here, but {n} {'room' if n == 1 else 'rooms'} of Round 2"
    page.open_at(("flip", rounds[1].id))
    typist.desk.settle()
    assert typist.desk.session.round_id == rounds[1].id
    assert page.list.order == "flip"
    assert len(marked(typist)) == n
    assert typist.here is page.list.view


def test_without_a_break_category_it_is_said_why_nothing_is_marked(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with second_round(qtbot, tmp_path, document(categories=False)) as typist:
        typist.press(Qt.Key.Key_R, CTRL | SHIFT)
        assert marked(typist) == {}
        assert "break categor" in typist.page.list.flips.text


def test_a_ballot_that_comes_in_while_it_is_computed_is_looked_at_afterwards(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed: list[GuardRead] = []
    go_on, compute = Event(), bubble_guard.compute

    def slow(read: GuardRead) -> BubbleGuard:
        computed.append(read)
        go_on.wait(10)
        return compute(read)

    monkeypatch.setattr(bubble_guard, "compute", slow)
    QTest.keyClick(typist.here, Qt.Key.Key_R, CTRL | SHIFT)
    typist.desk.qtbot.waitUntil(lambda: len(computed) == 1)
    assert typist.page.list.flips.text == "Working out what can change who breaks…"
    rooms = typist.page.desk.in_now
    typist.desk.play(2)
    typist.desk.qtbot.waitUntil(lambda: typist.page.desk.in_now > rooms)
    assert len(computed) == 1
    go_on.set()
    typist.desk.settle()
    assert len(computed) == 2
    assert marked(typist) == {}


def test_who_left_the_top_of_the_list_meanwhile_stays_there(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, compute = Event(), bubble_guard.compute

    def slow(read: GuardRead) -> BubbleGuard:
        go_on.wait(10)
        return compute(read)

    monkeypatch.setattr(bubble_guard, "compute", slow)
    QTest.keyClick(typist.here, Qt.Key.Key_R, CTRL | SHIFT)
    QTest.keyClick(typist.here, Qt.Key.Key_F3)
    go_on.set()
    typist.desk.settle()
    assert marked(typist)
    assert typist.here is typist.page.list.finder
