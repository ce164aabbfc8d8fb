"""Rounds, break categories, motions, names and looks, set up by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.gui import appearance
from tabapp.services import categories, motions, round_setup
from tabapp.store.setup_rows import SetupRound
from tests.gui.settings_desk import CTRL, SHIFT, SettingsDesk, settings_desk

K = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[SettingsDesk]:
    with settings_desk(qtbot, tmp_path) as made:
        yield made


def rounds(at: SettingsDesk) -> list[SetupRound]:
    with at.desk.workspace.database.read() as unit:
        return list(round_setup.read_board(unit, at.desk.owner.id).rounds)


def board(at: SettingsDesk) -> motions.MotionBoard:
    with at.desk.workspace.database.read() as unit:
        return motions.read_board(unit, at.desk.owner.id)


def kinds(at: SettingsDesk) -> categories.CategoryBoard:
    with at.desk.workspace.database.read() as unit:
        return categories.read_board(unit, at.desk.owner.id)


# Rounds


def test_a_round_is_added_edited_moved_and_deleted_by_keys(at: SettingsDesk) -> None:
    at.go("rounds")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    assert dialog.name.text() == "Round 5"
    at.type("Impromptu")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert [one.name for one in rounds(at)][-1] == "Impromptu"
    assert at.trail()[0] == "add Impromptu"
    table = at.page.rounds.table
    assert table.current_key() == rounds(at)[-1].id
    at.press(K.Key_Up, modifier=CTRL)
    assert [one.name for one in rounds(at)][2:] == ["Round 3", "Impromptu", "Round 5"]
    at.press(K.Key_Return)
    at.dialog()
    at.press(K.Key_Tab)
    at.type("IMP")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert rounds(at)[3].abbreviation == "IMP"
    at.press(K.Key_Delete)
    at.dialog()
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert [one.name for one in rounds(at)] == ["Round 1", "Round 2", "Round 3", "Round 4"]


def test_a_round_is_inserted_before_the_one_with_the_cursor(at: SettingsDesk) -> None:
    at.go("rounds")
    at.press(K.Key_Home, modifier=CTRL)
    at.press(K.Key_Down)
    at.press(K.Key_Insert, modifier=SHIFT)
    at.dialog()
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert [one.seq for one in rounds(at)] == [1, 2, 3, 4, 5]
    assert at.page.rounds.table.current_key() == rounds(at)[1].id


def test_a_cell_is_edited_in_place_and_what_is_wrong_is_said_above(at: SettingsDesk) -> None:
    at.go("rounds")
    table = at.page.rounds.table
    second = rounds(at)[1].id
    table.go_to(second)
    column = next(i for i, one in enumerate(table.rows.columns) if one.key == "starts_at")
    table.setCurrentIndex(table.rows.index(1, column))
    at.press(K.Key_F2)
    at.type("noon")
    at.press(K.Key_Return)
    assert at.page.rounds.words == (
        "noon is no start time. Type 14:30, or 2026-01-31 14:30 with the day.")
    assert rounds(at)[1].starts_at is None
    table.setFocus()
    at.press(K.Key_F2)
    at.type("9:30")
    at.press(K.Key_Return)
    assert rounds(at)[1].starts_at == "09:30"
    assert at.page.rounds.words == ""


def test_a_cell_is_not_typed_over_what_somebody_else_set_meanwhile(at: SettingsDesk) -> None:
    at.go("rounds")
    table = at.page.rounds.table
    second = rounds(at)[1].id
    column = next(i for i, one in enumerate(table.rows.columns) if one.key == "starts_at")
    table.setCurrentIndex(table.rows.index(1, column))
    at.press(K.Key_F2)
    at.type("9:30")
    owner = at.desk.owner.id
    with at.desk.workspace.database.write(
        actor="Ben", verb="change", tournament=owner
    ) as unit:
        round_setup.change_fields(unit, owner, second, starts_at="11:00")
    at.desk.settle()
    at.press(K.Key_Return)
    assert rounds(at)[1].starts_at == "11:00"
    assert 'became "11:00" elsewhere' in at.page.rounds.words


def test_everything_that_is_wrong_stands_at_its_field_until_it_is_right(at: SettingsDesk) -> None:
    at.go("rounds")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    at.type(" ")
    dialog.weight.setFocus()
    at.type("many")
    assert dialog.form.fields["weight"].state == "problem"
    at.press(K.Key_Return, modifier=CTRL)
    assert {key for key, one in dialog.form.fields.items() if one.state == "problem"} == {
        "name", "weight"}
    assert at.focus is dialog.name
    at.type("Late")
    dialog.weight.setFocus()
    at.type("2")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert rounds(at)[-1].weight == 2


def test_a_round_that_is_drawn_says_why_it_stays(at: SettingsDesk) -> None:
    at.desk.play(1)
    at.desk.settle()
    at.go("rounds")
    at.page.rounds.table.go_to(rounds(at)[0].id)
    at.press(K.Key_Delete)
    assert at.told[-1].sentence == "Round 1 is drawn. Delete its draw first, then the round."
    at.press(K.Key_Down, modifier=CTRL)
    assert at.told[-1].sentence.startswith("Round 1 is drawn, so this stays.")
    at.press(K.Key_Return)
    dialog = at.dialog()
    dialog.draw_type.setFocus()
    at.press(K.Key_Down)
    assert dialog.form.fields["draw_type"].sentence.startswith("Round 1 is drawn")
    at.press(K.Key_Escape)
    assert at.no_dialog()


# Break categories


def test_a_break_category_is_added_and_checked_while_it_is_typed(at: SettingsDesk) -> None:
    at.go("categories")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    at.type("Novice Break")
    assert dialog.slug.placeholderText() == "novice-break"
    dialog.size_.setFocus()
    at.type("10")
    assert dialog.form.fields["size"].sentence == (
        "A break of 10 teams has no bracket in rooms of four. Choose 8 or 12.")
    at.press(K.Key_Return, modifier=CTRL)
    assert dialog.isVisible()
    at.type("8")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    made = kinds(at).categories[-1]
    assert (made.name, made.slug, made.size) == ("Novice Break", "novice-break", 8)
    at.press(K.Key_Delete)
    at.dialog()
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    assert [one.title for one in kinds(at).categories] == ["Open", "ESL"]


def test_a_short_name_that_is_taken_is_told_by_the_dialog(at: SettingsDesk) -> None:
    at.go("categories")
    at.press(K.Key_Insert)
    dialog = at.dialog()
    at.type("Open")
    at.press(K.Key_Return, modifier=CTRL)
    assert dialog.form.fields["slug"].sentence == "open is taken. Choose another short name."
    assert at.focus is dialog.slug
    at.press(K.Key_Escape)
    assert at.no_dialog()
    assert len(kinds(at).categories) == 2


# Motions


def test_a_motion_is_written_ordered_and_released_by_keys(at: SettingsDesk) -> None:
    second = rounds(at)[1].id
    at.go(("motions", second))
    at.press(K.Key_Insert)
    dialog = at.dialog()
    at.bot.keyClicks(at.focus, "This House would wait")
    at.press(K.Key_Tab)
    at.type("Waiting")
    at.press(K.Key_Tab)
    at.bot.keyClicks(at.focus, "One.")
    at.press(K.Key_Return)
    at.bot.keyClicks(at.focus, "Two.")
    assert dialog.rounds.rounds() == (second,)
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()
    made = board(at).in_round(second)[-1]
    assert (made.title, made.info_slide) == ("Waiting", "One.\nTwo.")
    assert at.page.motions.table.current_key() == (second, made.id)
    at.press(K.Key_Up, modifier=CTRL)
    assert board(at).in_round(second)[0].id == made.id
    at.press(K.Key_M, modifier=CTRL | SHIFT)
    assert board(at).round(second).motions_released
    assert at.trail()[0] == "release the motions of Round 2"
    at.press(K.Key_Delete)
    assert "Take the release back first" in at.told[-1].sentence
    at.page.run("settings.motions_back")
    at.desk.settle()
    assert not board(at).round(second).motions_released


def test_a_second_round_needs_the_rule_that_allows_it(at: SettingsDesk) -> None:
    at.go(("motions", rounds(at)[0].id))
    at.press(K.Key_Return)
    dialog = at.dialog()
    dialog.rounds.setFocus()
    at.press(K.Key_Down, K.Key_Space)
    assert dialog.form.fields["rounds"].state == "problem"
    at.press(K.Key_Return, modifier=CTRL)
    assert dialog.isVisible()
    at.press(K.Key_Space)
    assert dialog.form.fields["rounds"].state == ""
    at.press(K.Key_Return, modifier=CTRL)
    assert at.no_dialog()


# Tournament


def test_names_are_stored_when_their_field_is_left(at: SettingsDesk) -> None:
    at.go("tournament")
    at.type("Evening Open")
    at.press(K.Key_Tab, K.Key_Tab)
    assert at.board().head.name == "Evening Open"
    at.type("no/slash")
    pane = at.page.pane()
    assert pane is not None
    field = at.focus
    assert field.property("state") == "problem"
    at.press(K.Key_Tab)
    at.type("Europe/Berlin")
    at.press(K.Key_Tab)
    assert (at.board().head.slug, at.board().head.timezone) == ("random-1", "Europe/Berlin")
    assert isinstance(field, QLineEdit)
    assert field.text() == "no/slash"


def test_another_preset_is_taken_after_it_is_told_what_goes(at: SettingsDesk) -> None:
    at.go("score_min")
    at.type("70")
    at.press(K.Key_Return)
    at.go("tournament")
    head = at.page.head
    head.preset.setFocus()
    at.bot.keyClicks(at.focus, "Australs")
    assert head.plan.text() == "The new preset says the same: score_min."
    at.press(K.Key_Return, modifier=CTRL)
    assert at.board().head.preset == "australs"
    assert at.trail()[0] == "change the preset to Australs"


def test_a_preset_of_other_rooms_is_refused_once_a_round_is_drawn(at: SettingsDesk) -> None:
    at.desk.play(1)
    at.go("tournament")
    at.page.head.preset.setFocus()
    at.bot.keyClicks(at.focus, "World")
    at.press(K.Key_Return, modifier=CTRL)
    assert at.board().head.preset == "bp"
    assert "so that number stays" in at.told[-1].sentence


# Appearance


def test_colours_are_asked_of_the_window(at: SettingsDesk) -> None:
    appearance.note("dark")
    try:
        at.go("appearance")
        assert at.page.appearance.colours.key == "dark"
        at.press(K.Key_Left)
        assert at.went == [("theme", "light")]
    finally:
        appearance.note("system")


# Between the parts


def test_other_pages_open_a_part_a_setting_or_a_round(at: SettingsDesk) -> None:
    third = rounds(at)[2].id
    at.go(("rounds", third))
    assert at.page.current_place() == "settings/rounds"
    assert at.page.rounds.table.current_key() == third
    at.go("break_ties")
    assert at.page.current_place() == "settings/rules"
    assert at.focus is at.page.rules.row("break_ties").control.inner
    at.go("categories")
    assert at.page.current_place() == "settings/categories"
    assert [one.isVisible() for one in at.page.panes()] == [True, True]
