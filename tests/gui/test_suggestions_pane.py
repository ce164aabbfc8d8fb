"""The pane of suggestions in the real window, by keys alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.catalog import PLACES, commands
from tabapp.gui.pages.overview.page import OverviewPage
from tabapp.gui.pages.overview.suggestions.pane import SuggestionsPane
from tabapp.gui.pages.overview.suggestions.strips import strips_of
from tests.gui.desk import Desk, open_desk
from tests.services.board_scene import document
from tests.services.suggestion_scene import with_a_slip

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """The window with its first place, and nothing but keys."""

    def __init__(self, desk: Desk, size: tuple[int, int] = (1366, 768)) -> None:
        self.desk = desk
        self.told: list[Notice] = []
        self.went: list[tuple[str, object]] = []
        desk.session.told.connect(self.told.append)
        places = [one for one in PLACES if one.key == "overview"]
        self.window = MainWindow(desk.session, places=places)
        desk.qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        desk.qtbot.waitUntil(self.window.isActiveWindow)
        desk.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.here, key, held)
        QApplication.processEvents()
        self.desk.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.here, text)
        self.desk.settle()

    @property
    def here(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def page(self) -> OverviewPage:
        page = self.window.page
        assert isinstance(page, OverviewPage)
        return page

    @property
    def pane(self) -> SuggestionsPane:
        pane = self.page.pane()
        assert isinstance(pane, SuggestionsPane)
        return pane

    @property
    def sentences(self) -> list[str]:
        return [one.sentence for one in self.pane.list.rows.items]

    def look(self) -> None:
        """Open the suggestions and let the program look."""
        self.press(Qt.Key.Key_2, CTRL_SHIFT)
        self.press(Qt.Key.Key_F5)
        self.desk.qtbot.waitUntil(lambda: not self.pane.again.runs, timeout=15_000)
        self.desk.settle()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    made, _speaker = with_a_slip()
    made.speakers[0].email = ""
    made.teams[5].institution = made.teams[6].institution = made.teams[7].institution = None
    with open_desk(qtbot, tmp_path, archive=made) as opened:
        yield opened


@pytest.fixture
def hands(desk: Desk) -> Hands:
    made = Hands(desk)
    made.look()
    return made


def test_looking_fills_an_empty_pane_and_the_tab_counts(desk: Desk) -> None:
    hands = Hands(desk)
    hands.press(Qt.Key.Key_2, CTRL_SHIFT)
    assert hands.pane.body.currentWidget() is hands.pane.none
    hands.press(Qt.Key.Key_F5)
    desk.qtbot.waitUntil(lambda: bool(hands.sentences), timeout=15_000)
    desk.settle()
    n = len(hands.sentences)
    assert "has 56 in Round 3." in hands.sentences[0]
    assert hands.page.which.choices[1] == ("suggestions", f"Suggestions {n}")
    assert hands.pane.kinds.choices[0] == ("all", f"All {n}")
    assert hands.here is hands.pane.list
    assert hands.told[-1].sentence == f"{n} suggestions wait for an answer."


def test_the_numbers_of_a_speech_stand_beside_it(hands: Hands) -> None:
    chosen = hands.pane.list.chosen()
    assert chosen is not None
    assert hands.pane.detail.reason.text() == chosen.reason
    (strip,) = strips_of(chosen.facts)
    assert strip.here == 56.0
    assert len(strip.others) == 3
    assert hands.pane.detail.strips.isVisible()
    assert not hands.pane.detail.costs.isVisible()
    assert "56" in hands.pane.detail.strips.accessibleName()


def test_accepting_takes_it_from_the_list_and_undo_brings_it_back(hands: Hands) -> None:
    before = hands.sentences
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.sentences == before[1:]
    assert hands.told[-1].action == "Undo"
    assert hands.here is hands.pane.list
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.sentences == before


def test_dismissing_asks_why_in_place(hands: Hands) -> None:
    before = hands.sentences
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Delete)
    assert hands.here is hands.pane.detail.dismissal.reason
    hands.press(Qt.Key.Key_Escape)
    assert hands.here is hands.pane.list
    assert hands.sentences == before
    hands.press(Qt.Key.Key_Delete)
    hands.write("the judge confirmed it")
    hands.press(Qt.Key.Key_Return)
    assert hands.sentences == [before[0], *before[2:]]
    assert hands.pane.list.currentIndex().row() == 1
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.sentences == before


def test_nothing_reloads_while_a_reason_is_typed(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Delete)
    hands.write("half a rea")
    hands.desk.workspace.run(
        "recommendations.refresh", tournament=hands.desk.owner.id,
        tournament_id=hands.desk.owner.id)
    hands.desk.settle()
    assert hands.pane.detail.dismissal.reason.text() == "half a rea"
    assert hands.here is hands.pane.detail.dismissal.reason


def test_filter_and_kinds_narrow_the_list(hands: Hands) -> None:
    everything = hands.sentences
    hands.press(Qt.Key.Key_Slash)
    hands.write("has 56")
    assert len(hands.sentences) == 1
    hands.press(Qt.Key.Key_Down)
    assert hands.here is hands.pane.list
    hands.press(Qt.Key.Key_Slash)
    hands.write("nobody at all")
    assert hands.pane.body.currentWidget() is hands.pane.no_match
    hands.press(Qt.Key.Key_Escape)
    assert hands.sentences == everything
    hands.pane.kinds.setFocus()
    hands.press(Qt.Key.Key_End)
    assert hands.pane.kinds.key == "registration"
    assert {one.kind for one in hands.pane.list.rows.items} == {"registration"}


def test_enter_leads_to_the_ballot_and_to_the_record(hands: Hands) -> None:
    went: list[tuple[str, object]] = []
    hands.desk.session.went.disconnect()
    hands.desk.session.went.connect(lambda place, target: went.append((place, target)))
    hands.press(Qt.Key.Key_Return)
    chosen = hands.pane.list.chosen()
    assert chosen is not None
    assert went == [("ballots", chosen.facts["debate"])]
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Return)
    assert went[1][0] == "people"


def test_the_first_page_tells_of_them_and_leads_there(hands: Hands) -> None:
    n = len(hands.sentences)
    hands.press(Qt.Key.Key_1, CTRL_SHIFT)
    assert hands.page.pane() is None
    line = hands.page.alert_lines[-1]
    assert line.sentence.endswith("for an answer")
    line.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert len(hands.sentences) == n
    assert hands.here is hands.pane.list


def test_the_list_is_a_sound_model(hands: Hands) -> None:
    tester = QAbstractItemModelTester(
        hands.pane.list.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    hands.pane.kinds.choose("registration")
    hands.pane._fill()
    hands.pane._clear()
    assert tester.model() is hands.pane.list.rows
    index = hands.pane.list.rows.index(0)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("Ballots: ")


def test_a_swap_shows_what_each_room_costs(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    archive = Archive.model_validate(document())
    with open_desk(qtbot, tmp_path, archive=archive, name="board") as desk:
        hands = Hands(desk, (1920, 1080))
        hands.look()
        hands.press(Qt.Key.Key_2, CTRL_SHIFT)
        hands.pane.open_at("panel_swap")
        assert hands.sentences == ["Seat Judge A7 for Judge A6 in Round 2."]
        assert hands.pane.detail.costs.isVisible()
        assert not hands.pane.detail.strips.isVisible()
        hands.press(Qt.Key.Key_Return, CTRL)
        assert hands.told[-1].sentence == (
            "Judge A7 takes the place of Judge A6, who goes to the pool.")


def test_keys_of_both_parts_do_not_get_in_each_others_way() -> None:
    for spot in ("overview/now", "overview/suggestions"):
        users: dict[str, list[str]] = defaultdict(list)
        for one in commands():
            if one.works_in(spot):
                for keys in one.all_keys:
                    users[keys.casefold()].append(one.name)
        assert {keys: names for keys, names in users.items() if len(names) > 1} == {}, spot


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_pane_fits_the_screens_that_it_is_made_for(
    desk: Desk, size: tuple[int, int]
) -> None:
    hands = Hands(desk, size)
    hands.look()
    for _each in hands.sentences:
        hands.press(Qt.Key.Key_Delete)
        hands.press(Qt.Key.Key_Escape)
        hands.press(Qt.Key.Key_Down)
        assert (hands.window.width(), hands.window.height()) == size
