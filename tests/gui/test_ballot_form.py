"""The sheet under the fingers: how marks move on, which keys do what, what is said at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.store import schema
from tests.gui.ballot_typist import SHIFT, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path) as someone:
        someone.open("Room 1")
        yield someone


def text(typist: Typist, key: str) -> str:
    return typist.page.form.fields[key].text()


def sentence(typist: Typist, key: str) -> str:
    return typist.page.form.quarters[key[:2]].lines[key].sentence.text


def test_two_digits_move_on_in_the_order_of_the_paper(typist: Typist) -> None:
    visited = []
    for _field in range(8):
        visited.append(typist.key_here)
        typist.type("75")
    assert visited == [f"{side}.{at}" for side in ("og", "oo", "cg", "co") for at in (1, 2)]
    assert typist.key_here == "og.paper"


def test_an_impossible_mark_stays_and_is_told_at_its_field(typist: Typist) -> None:
    typist.type("104")
    assert typist.key_here == "og.1"
    typist.press(Qt.Key.Key_Return)
    assert sentence(typist, "og.1") == "104 is above 99, the highest score here. Type 50 to 99."
    assert typist.page.form.fields["og.1"].property("state") == "problem"
    typist.press(Qt.Key.Key_Return, SHIFT)
    typist.type("78")
    assert (typist.key_here, sentence(typist, "og.1")) == ("og.2", "")


def test_half_a_number_is_not_yet_wrong(typist: Typist) -> None:
    typist.type("7")
    assert sentence(typist, "og.1") == ""
    typist.press(Qt.Key.Key_Return)
    assert sentence(typist, "og.1").startswith("7 is below 50")


def test_letters_are_slips(typist: Typist) -> None:
    typist.type("a7b8")
    assert text(typist, "og.1") == "78"


def test_arrows_go_to_the_other_teams_and_plus_and_minus_change_a_mark(typist: Typist) -> None:
    typist.type("78")
    typist.press(Qt.Key.Key_Down)
    assert typist.key_here == "oo.2"
    typist.press(Qt.Key.Key_Up)
    typist.press(Qt.Key.Key_Return, SHIFT)
    assert typist.key_here == "og.1"
    typist.type("++-")
    assert text(typist, "og.1") == "79"


def test_a_point_means_nothing_where_marks_are_whole(typist: Typist) -> None:
    typist.type("78.")
    assert (text(typist, "og.1"), text(typist, "og.2")) == ("78", "")


def test_a_point_after_two_digits_adds_a_half_where_the_step_allows_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path, score_step=0.5) as typist:
        typist.open("Room 1")
        typist.type("78.")
        assert (text(typist, "og.1"), typist.key_here) == ("78.5", "og.2")
        typist.type("77")
        assert (text(typist, "og.2"), typist.key_here) == ("77", "oo.1")
        assert typist.page.form.quarters["og"].total.text() == "155.5"


def test_three_digits_are_awaited_only_where_the_range_has_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path, score_min=0, score_max=100) as typist:
        typist.open("Room 1")
        typist.type("78")
        assert typist.key_here == "og.2"
        typist.type("100")
        assert (text(typist, "og.2"), typist.key_here) == ("100", "oo.1")


def test_totals_and_order_run_along(typist: Typist) -> None:
    typist.type("7877" "7675" "80")
    form = typist.page.form
    assert [form.quarters[side].total.text() for side in ("og", "oo", "cg", "co")] == [
        "155", "151", "80", "–"]
    assert form.quarters["og"]._badge_words == "1st so far"
    assert typist.page.form.to_go_words.text() == "3 scores to go"
    typist.type("79" "7070")
    assert form.quarters["cg"]._badge_words == "1st, 3 points"
    assert form.panel is not None
    assert form.panel.order.accessibleName() == "1st CG 159, 2nd OG 155, 3rd OO 151, 4th CO 140"


def test_a_total_on_the_paper_catches_a_mistyped_mark(typist: Typist) -> None:
    typist.sheet()
    assert typist.key_here == "og.paper"
    typist.type("158")
    typist.save()
    bottom = typist.page.form.bottom
    assert bottom.sentence.startswith("The paper says 158, the scores of OG make 160.")
    assert (typist.room, typist.key_here) == ("Room 1", "og.paper")
    typist.page.form.fields["og.2"].setFocus(Qt.FocusReason.TabFocusReason)
    typist.type("78")
    assert bottom.sentence == ""


def test_saving_shows_everything_that_is_missing_and_goes_to_the_first(typist: Typist) -> None:
    typist.type("78")
    typist.save()
    assert typist.key_here == "og.2"
    wrong = [key for key, one in typist.page.form.fields.items()
             if one.property("state") == "problem"]
    assert wrong == ["og.2", "oo.1", "oo.2", "cg.1", "cg.2", "co.1", "co.2"]
    assert sentence(typist, "og.2").endswith("is missing. Type 50 to 99.")
    assert typist.page.next_problem()
    assert typist.key_here == "oo.1"


def test_a_slash_swaps_the_speakers_of_the_team(typist: Typist) -> None:
    choosers = [one.chooser for one in typist.page.form.quarters["og"].lines.values()]
    before = [one.currentText() for one in choosers]
    typist.type("/")
    assert [one.currentText() for one in choosers] == before[::-1]
    assert typist.key_here == "og.1"


def test_f4_makes_an_iron_person_who_is_saved_as_one(typist: Typist) -> None:
    typist.press(Qt.Key.Key_F4)
    lines = typist.page.form.quarters["og"].lines
    assert lines["og.1"].chooser.currentText() == lines["og.2"].chooser.currentText()
    assert lines["og.2"].chooser.accessibleDescription() == "speaks a second time"
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    form = typist.page.open_form
    assert form is not None
    assert form.waiting is not None
    first, second = form.waiting[1].sheets[0].sides[0].speeches
    assert (first.speaker == second.speaker, first.ghost, second.ghost) == (True, False, True)


def test_a_speaker_is_chosen_from_the_team(typist: Typist) -> None:
    chooser = typist.page.form.quarters["og"].lines["og.1"].chooser
    other = chooser.itemText(1)
    chooser.setFocus()
    typist.press(Qt.Key.Key_Down)
    assert chooser.currentIndex() == 0  # an arrow alone changes nobody
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    line = typist.page.form.quarters["og"].lines["og.2"]
    assert chooser.currentText() == other
    assert "gives speeches 1 and 2" in line.sentence.text


def test_f5_lets_a_team_forfeit(typist: Typist) -> None:
    typist.press(Qt.Key.Key_F5)
    assert typist.page.form.typed.forfeits == ["og"]
    assert not typist.page.form.fields["og.1"].isEnabled()
    assert typist.key_here == "og.forfeit"
    typist.type("7877" "7675" "7473")
    assert typist.page.form.typed.scores["oo.1"] == "78"
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_an_unusual_mark_asks_and_never_blocks(typist: Typist) -> None:
    typist.type("96")
    bottom = typist.page.form.bottom
    assert bottom.sentence.startswith("96 is unusual for Speaker")
    assert typist.key_here == "og.2"
    assert bottom.answer()
    assert (bottom.sentence, typist.key_here) == ("", "og.2")
    typist.type("96" "7675" "7473" "7271")
    assert bottom.sentence != ""
    typist.save()
    assert typist.room == "Room 1"
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_what_was_answered_for_is_not_asked_again_from_the_draft(typist: Typist) -> None:
    typist.type("96")
    assert typist.page.form.bottom.answer()
    typist.open("Room 2")
    typist.open("Room 1")
    assert (text(typist, "og.1"), typist.page.form.bottom.sentence) == ("96", "")


def test_escape_goes_to_the_list_and_enter_comes_back(typist: Typist) -> None:
    typist.type("7877")
    typist.press(Qt.Key.Key_Escape)
    assert typist.here is typist.page.list.view
    typist.press(Qt.Key.Key_Return)
    assert (typist.room, text(typist, "og.2"), typist.key_here) == ("Room 1", "77", "oo.1")


def test_start_over_forgets_the_draft(typist: Typist) -> None:
    typist.type("7877")
    typist.page.run("ballots.start_over")
    typist.desk.settle()
    assert typist.page.form.typed.scores == {}
    typist.open("Room 2")
    typist.open("Room 1")
    assert typist.page.form.typed.scores == {}


def test_every_field_has_a_name(typist: Typist) -> None:
    form = typist.page.form
    silent = [
        one for one in form.findChildren(ScoreField) if not one.accessibleName()]
    assert silent == []
    assert form.fields["og.1"].accessibleName() == "Score: OG, Prime Minister"


def as_elimination(typist: Typist, *, final: bool) -> None:
    """Make the round an elimination, with another one after it unless it is the ``final``."""
    work, owner = typist.desk.workspace, typist.desk.owner
    with work.database.write(actor="Ann", verb="test", tournament=owner.id) as unit:
        values = {
            "stage": "elimination", "draw_type": "elimination", "break_category_id": 1}
        unit.update(schema.round_, {1: values})
        if not final:
            unit.insert(schema.round_, [values | {
                "id": 9, "tournament_id": owner.id, "seq": 2, "slot_id": 9, "name": "Final"}])
    typist.desk.settle()


@pytest.mark.parametrize(("final", "keys"), [(False, "13"), (True, "3")])
def test_an_elimination_is_ticked_by_the_numbers_of_the_quarters(
    final: bool, keys: str, qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        as_elimination(typist, final=final)
        typist.open("Room 1")
        assert not any(key.endswith(".1") for key in typist.page.form.fields)
        typist.save()
        message = typist.page.form.quarters["og"].message.text
        assert message == f"Teams ticked: 0. Tick exactly {len(keys)}."
        typist.type(keys)
        assert typist.page.form.typed.winners == ["og", "cg"][-len(keys):]
        assert typist.page.form.quarters["og"].message.text == ""
        typist.save()
        assert typist.states()["Room 1"] == "check"
        typist.open("Room 1")
        assert typist.page.form.mode is Mode.CHECK
        typist.save()
        assert typist.states()["Room 1"] == "confirmed"


def test_three_of_four_cannot_advance(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        as_elimination(typist, final=False)
        typist.open("Room 1")
        typist.type("123")
        assert typist.page.form.quarters["co"].message.text == "Teams ticked: 3. Tick exactly 2."
        typist.save()
        assert typist.states()["Room 1"] in ("out", "draft")


def test_two_teams_are_asked_for_their_speeches_and_replies(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(
        qtbot, tmp_path, reply_scores_enabled=True, score_min=60, score_max=90
    ) as typist:
        typist.open("Room 1")
        assert list(typist.page.form.quarters["og"].lines) == ["og.1", "og.2", "og.3"]
        limits = typist.page.form.fields["og.3"]
        limits.setFocus()
        typist.type("37")
        assert typist.key_here == "oo.1"
