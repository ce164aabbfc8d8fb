"""The place awards by keyboard: what is earned, what nobody has, and the ways from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.domain.achievements import AWARDS
from tabapp.store.award_rows import delete_awards, insert_awards, list_awards
from tests.gui.awards_desk import Hands, open_awards

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Hands]:
    with open_awards(qtbot, tmp_path) as made:
        yield made


# --- what is shown -----------------------------------------------------------------------------


def test_every_award_stands_in_its_family_and_what_nobody_has_comes_last(at: Hands) -> None:
    QAbstractItemModelTester(
        at.page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert sorted(at.keys) == sorted(AWARDS)
    heads = [row.line for row in at.page.model.shown if row.line]
    assert [one.partition(":")[0] for one in heads] == [
        "Teams", "Speakers", "Judges", "Tournament"]
    for family in ("teams", "speakers", "adjudicators", "tournament"):
        states = [line.is_earned for line in at.lines.values() if line.family == family]
        assert states == sorted(states, reverse=True)
    earned = sum(line.is_earned for line in at.lines.values())
    assert at.page.facts.text().startswith(f"{earned} of {len(AWARDS)} earned")


def test_an_award_nobody_has_says_how_it_is_earned(at: Hands) -> None:
    at.go_to("champion")
    row = at.page.model.shown[at.page.table.currentIndex().row()]
    spoken = [at.page.model.index(at.page.table.currentIndex().row(), i).data(
        Qt.ItemDataRole.AccessibleTextRole) for i in range(len(row.cells))]
    assert row.dim
    assert "Champions Win the final of a break category." in spoken
    assert "Nobody yet" in spoken
    assert "Legendary" in spoken
    assert at.page.panel.none.isVisible()
    assert not at.page.panel.table.isVisible()


def test_the_panel_has_all_winners_with_home_round_time_and_deed(at: Hands) -> None:
    line = at.go_to("first_win")
    model = at.page.panel.model
    assert len(model.shown) == len(line.winners) > 4
    winner = line.winners[0]
    spoken = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert winner.awarded_at is not None
    for words in (
        winner.name, winner.detail, winner.round, winner.sentence,
        f"{winner.awarded_at.astimezone():%H:%M}",
    ):
        assert words in spoken


def test_before_anybody_has_one_enter_shows_what_can_be_earned(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_awards(qtbot, tmp_path, played=0, check=False) as at:
        assert at.instead == "Nobody has an award yet."
        assert not at.page.panel.isVisible()
        at.page.setFocus()
        at.press(KEY.Key_Return)
        assert at.instead == ""
        assert len(at.keys) == len(AWARDS)
        assert at.page.table.hasFocus()


# --- filters -----------------------------------------------------------------------------------


def test_slash_finds_the_awards_of_somebody_and_that_winner_in_them(at: Hands) -> None:
    winner = at.go_to("first_win").winners[-1]
    at.press(KEY.Key_Slash)
    at.write(winner.name)
    assert "first_win" in at.keys
    assert len(at.keys) < len(AWARDS) / 2
    for key in at.keys:
        assert any(
            all(word in f"{one.name} {one.detail} {at.lines[key].title}"
                for word in winner.name.split()[:-1])
            for one in at.lines[key].winners)
    at.press(KEY.Key_Down)
    assert at.page.table.hasFocus()
    line = at.go_to("first_win")
    model = at.page.panel.model
    shown = [str(model.index(i, 0).data()) for i in range(model.rowCount())]
    assert winner.name in shown
    assert len(shown) < len(line.winners)


def test_a_filter_that_finds_nothing_says_so_and_esc_brings_all_back(at: Hands) -> None:
    at.press(KEY.Key_Slash)
    at.write("zzzz")
    assert at.instead == 'Nothing matches "zzzz".'
    assert at.page.bar.filter.hasFocus()
    at.press(KEY.Key_Escape)
    assert len(at.keys) == len(AWARDS)


def test_families_and_what_is_earned_are_chosen_by_keys(at: Hands) -> None:
    at.page.table.setFocus()
    at.press(KEY.Key_3, CTRL | SHIFT)
    assert {AWARDS[key].family for key in at.keys} == {"speakers"}
    assert not [row for row in at.page.model.shown if row.line]
    at.press(KEY.Key_F4)
    assert all(at.lines[key].is_earned for key in at.keys)
    at.page.bar.states.setFocus()
    at.press(KEY.Key_Right)
    assert not any(at.lines[key].is_earned for key in at.keys)
    at.press(KEY.Key_1, CTRL | SHIFT)
    assert {AWARDS[key].family for key in at.keys} > {"speakers", "teams"}


# --- ways --------------------------------------------------------------------------------------


def test_enter_goes_to_the_winners_and_on_to_the_team_and_esc_comes_back(at: Hands) -> None:
    line = at.go_to("first_win")
    at.press(KEY.Key_Return)
    assert at.page.panel.table.hasFocus()
    at.press(KEY.Key_Down)
    at.press(KEY.Key_Return)
    assert at.went == [("people", ("team", line.winners[1].subject))]
    at.come_back()
    at.page.panel.table.setFocus()
    at.press(KEY.Key_Escape)
    assert at.page.table.hasFocus()


@pytest.mark.parametrize(
    ("key", "kind"), [("best_of_the_room", "speaker"), ("first_chair", "adjudicator")])
def test_speakers_and_judges_are_opened_as_such(at: Hands, key: str, kind: str) -> None:
    line = at.go_to(key)
    at.page.run("awards.winner")
    assert at.went == [("people", (kind, line.winners[0].subject))]


def test_an_award_of_the_tournament_leads_to_nobody(at: Hands) -> None:
    at.store(lambda unit, owner: insert_awards(unit, [{
        "tournament_id": owner, "key": "round_on_time", "subject": "", "round_seq": 1,
        "awarded_at": None, "extra": {"rounds": [1], "facts": {"round": 1, "minutes": 3}}}]))
    at.go_to("round_on_time")
    at.press(KEY.Key_Return)
    at.press(KEY.Key_Return)
    assert at.went == []
    assert at.told[-1].sentence == "The tournament itself has this award."


def test_f5_prepares_the_award_for_the_hall(at: Hands) -> None:
    at.go_to("first_win")
    at.press(KEY.Key_F5)
    assert at.went == [("projector", ("awards", "first_win"))]
    at.come_back()
    at.go_to("champion")
    at.press(KEY.Key_F5)
    assert at.went == []
    assert at.told[-1].sentence == "Nobody has this award yet."


def test_what_keeps_an_award_from_the_hall_is_said_and_f9_leads_there(at: Hands) -> None:
    line = at.go_to("first_win")
    assert at.page.ledger is not None
    silent = sum(one.round_seq == 3 for one in line.winners)
    assert 0 < silent < len(line.winners)
    assert len(line.winners) == at.page.ledger.waits.waiting["first_win"]
    assert at.page.panel.note.text() == (
        "Not public until results are published and the results of Round 3 are released.")
    at.go_to("top_of_the_tab")
    note = at.page.panel.note.text()
    assert note.startswith("Not public until ")
    assert "the team tab is public" in note
    at.set(public_results=True)
    at.go_to("first_win")
    assert at.page.panel.note.text() == (
        f"{silent} of {len(line.winners)} are not public until the results of Round 3 are "
        "released.")
    at.go_to("team_complete")
    assert at.page.panel.note.text() == "Not public until the list of participants is public."
    at.press(KEY.Key_F9)
    assert at.went == [("settings", "public_participants")]


def test_awards_that_rest_on_silent_rounds_are_told_until_their_results_are_released(
    at: Hands,
) -> None:
    banner = at.page.banner.banner
    assert banner is not None
    assert "not public until the results of Round " in banner.accessibleName()
    at.page.table.setFocus()
    at.press(KEY.Key_F7)
    assert at.went == [("settings", "all_results_released")]
    at.come_back()
    at.set(all_results_released=True)
    assert not at.page.banner.isVisible()
    assert at.lines["first_win"].is_public
    at.go_to("first_win")
    assert not at.page.panel.note.isVisible()


# --- all of them -------------------------------------------------------------------------------


def test_ctrl_enter_checks_all_and_shows_what_came_of_it(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_awards(qtbot, tmp_path, check=False) as at:
        at.store(lambda unit, owner: delete_awards(
            unit, [one.id for one in list_awards(unit, owner)]))
        before = at.page.facts.text()
        assert before.startswith("0 of ")
        at.press(KEY.Key_Return, CTRL)
        assert at.lines["first_win"].is_earned
        assert at.page.facts.text() != before
        assert not at.page.check.runs
        sentences = [one.sentence for one in at.told]
        assert any(
            one.startswith("Awards checked: ") and "new awards" in one for one in sentences)
        at.press(KEY.Key_Return, CTRL)
        assert at.told[-1].sentence == "Awards checked: nothing new."


def test_new_awards_come_by_themselves_and_the_cursor_stays(at: Hands) -> None:
    line = at.go_to("photo_finish") if at.lines["photo_finish"].is_earned else at.go_to(
        "best_of_the_room")
    at.store(lambda unit, owner: delete_awards(
        unit, [one.id for one in list_awards(unit, owner) if one.key == "first_win"]))
    assert not at.lines["first_win"].is_earned
    assert at.page.table.current_key() == line.key


def test_ctrl_c_copies_what_is_shown_with_all_winners(at: Hands) -> None:
    line = at.go_to("first_win")
    at.press(KEY.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert "First win (common): Win a debate." in text
    assert "Champions (legendary): Win the final of a break category.\n  Nobody yet" in text
    for one in line.winners:
        assert f"  {one.name}, {one.detail}: {one.sentence}" in text
    assert at.told[-1].sentence == f"{len(AWARDS)} awards are on the clipboard."
    at.press(KEY.Key_Return)
    at.press(KEY.Key_C, CTRL)
    assert "Champions" not in QGuiApplication.clipboard().text()
    assert at.told[-1].sentence == "1 award is on the clipboard."


def test_an_award_is_opened_from_elsewhere_whatever_is_filtered(at: Hands) -> None:
    at.press(KEY.Key_Slash)
    at.write("zzzz")
    at.page.open_at("champion")
    at.desk.settle()
    assert at.page.table.current_key() == "champion"
    assert at.page.panel.title.text == "Champions"


def test_f6_goes_through_families_ledger_and_winners(at: Hands) -> None:
    at.go_to("first_win")
    at.press(KEY.Key_F6)
    assert at.page.panel.table.hasFocus()
    at.press(KEY.Key_F6)
    assert QApplication.focusWidget() is not at.page.panel.table


def test_the_page_fits_a_small_laptop(at: Hands) -> None:
    at.go_to("top_of_the_tab")
    for one in (at.page.panel, at.page.card, at.page.bar, at.page.panel.title):
        place = one.rect().translated(one.mapTo(at.page, one.rect().topLeft()))
        assert at.page.rect().contains(place), one
    panel = at.page.panel
    for name in ("awards.show", "awards.release"):
        button = next(made for known, made in at.page._buttons if known == name)
        assert button.isVisible()
        assert button.width() >= button.sizeHint().width()
        right = button.mapTo(panel, button.rect().topRight()).x()
        assert right <= panel.width() - 8
