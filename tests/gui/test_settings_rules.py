"""Settings by keyboard: each is stored when it is left, told before it is stored, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.formats import setting_infos
from tabapp.gui.pages.settings.commands import COMMANDS
from tabapp.gui.pages.settings.metric_list import MetricList
from tabapp.gui.setting_words import GROUPS, choice_words, metric_words
from tabapp.services import tournament_settings
from tabapp.services.tournament_settings import groups
from tests.gui.settings_desk import ALT, CTRL, SHIFT, SettingsDesk, settings_desk

K = Qt.Key


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[SettingsDesk]:
    with settings_desk(qtbot, tmp_path) as made:
        yield made


def test_a_setting_is_found_changed_and_left_by_keys_alone(at: SettingsDesk) -> None:
    at.press(K.Key_Slash)
    at.bot.keyClicks(at.focus, "highest mark substantive")
    at.press(K.Key_Down)
    assert at.focus is at.page.rules.row("score_max").control.inner
    at.type("95")
    assert at.stored("score_max") == 99
    at.press(K.Key_Tab)
    assert at.stored("score_max") == 95
    assert at.trail()[0] == "set score_max to 95"
    row = at.page.rules.row("score_max")
    assert row.differs
    at.desk.session.undo()
    at.desk.settle()
    assert at.stored("score_max") == 99
    assert isinstance(row.control.inner, QLineEdit)
    assert row.control.inner.text() == "99"
    assert not row.differs


def test_enter_and_then_leaving_is_one_change(at: SettingsDesk) -> None:
    at.go("score_min")
    before = len(at.trail())
    at.type("60")
    at.press(K.Key_Return, K.Key_Tab)
    assert at.stored("score_min") == 60
    assert len(at.trail()) == before + 1


def test_a_wrong_value_is_told_while_it_is_typed_and_never_stored(at: SettingsDesk) -> None:
    at.go("score_step")
    at.type("0")
    row = at.page.rules.row("score_step")
    assert row.sentence == "score_step cannot be 0. Give 0.001 or more."
    at.press(K.Key_Tab)
    assert row.control.is_dirty
    assert at.stored("score_step") == 1
    row.control.inner.setFocus()
    at.type("half")
    assert "must be a number" in row.sentence
    at.press(K.Key_Escape)
    assert (row.sentence, row.control.is_dirty) == ("", False)


def test_two_settings_that_go_together_are_stored_together(at: SettingsDesk) -> None:
    at.go("score_min")
    at.type("99")
    at.press(K.Key_Tab)
    assert at.stored("score_min") == 50
    assert "leaves no room below score_max" in at.page.rules.row("score_min").sentence
    at.page.rules.go_to("score_max")
    at.type("120")
    at.press(K.Key_Return)
    assert (at.stored("score_min"), at.stored("score_max")) == (99, 120)
    assert at.trail()[0] == "set 2 settings"
    assert at.page.rules.row("score_min").sentence == ""


def test_what_is_wrong_elsewhere_does_not_keep_a_setting_back(at: SettingsDesk) -> None:
    at.go("score_step")
    at.type("none")
    at.press(K.Key_Tab)
    at.page.rules.go_to("score_max")
    at.type("98")
    at.press(K.Key_Return)
    assert at.stored("score_max") == 98
    assert at.page.rules.row("score_step").control.is_dirty


def test_a_choice_is_stored_when_its_list_is_left_and_refused_before_use(at: SettingsDesk) -> None:
    at.go("break_ties")
    at.press(K.Key_Down, K.Key_Down)
    assert at.stored("break_ties") == "ask"
    assert "cannot take in every tied team" in at.page.rules.row("break_ties").sentence
    at.press(K.Key_Tab)
    assert at.stored("break_ties") == "ask"
    at.page.rules.go_to("break_ties")
    at.press(K.Key_Up)
    assert at.page.rules.row("break_ties").sentence == ""
    at.press(K.Key_Tab)
    assert at.stored("break_ties") == "lot"


def test_a_switch_is_stored_at_once(at: SettingsDesk) -> None:
    at.go("enable_motions")
    at.press(K.Key_Space)
    assert at.stored("enable_motions") is True
    assert at.trail()[0] == "set enable_motions to On"


def test_metrics_are_added_moved_and_removed_by_keys(at: SettingsDesk) -> None:
    name = "team_standings_precedence"
    at.go(name)
    assert at.stored(name) == ["points", "speaks_sum", "firsts", "seconds", "draw_strength"]
    at.press(K.Key_Down, K.Key_Down)
    at.press(K.Key_Up, modifier=ALT)
    at.press(K.Key_End, K.Key_Delete)
    assert at.stored(name)[1] == "speaks_sum"
    at.press(K.Key_Return)
    at.bot.keyClicks(at.focus, "Thirds")
    at.press(K.Key_Tab, K.Key_Space)
    assert at.stored(name) == ["points", "speaks_sum", "firsts", "seconds", "draw_strength"]
    at.page.list.setFocus()
    at.bot.waitUntil(lambda: at.stored(name)[-1] == "thirds")
    assert at.stored(name) == ["points", "firsts", "speaks_sum", "seconds", "thirds"]
    at.desk.session.undo()
    at.desk.settle()
    row = at.page.rules.row(name)
    assert row.control.value() == ["points", "speaks_sum", "firsts", "seconds", "draw_strength"]


def test_a_list_is_called_what_its_setting_is_called(at: SettingsDesk) -> None:
    at.go("speaker_profile_fields")
    listed = at.page.rules.row("speaker_profile_fields").control.inner
    assert isinstance(listed, MetricList)
    name = "What the record of a speaker holds when it is complete"
    assert listed.list.accessibleName() == name
    assert listed.more.accessibleName() == f"{name}: what to add"


def test_a_search_finds_settings_that_were_not_shown_yet(at: SettingsDesk) -> None:
    at.page.filter.setText("profile")
    at.desk.settle()
    assert at.page.rules._shown == ["speaker_profile_fields", "adjudicator_profile_fields"]
    at.bot.waitUntil(lambda: len(at.page.rules._rows) == len(setting_infos()), timeout=20_000)


def test_no_metric_can_be_chosen_twice_or_one_too_many(at: SettingsDesk) -> None:
    at.go("speaker_standings_precedence")
    listed = at.page.rules.row("speaker_standings_precedence").control.inner
    assert isinstance(listed, MetricList)
    offered = [listed.more.itemData(i) for i in range(listed.more.count())]
    assert "total" not in offered
    for _ in range(9):
        listed.append()
    assert len(listed.keys()) == 4 == len(set(listed.keys()))
    assert not listed.add.isEnabled()
    assert listed.count.text().startswith("4 of 4")


def test_a_setting_and_all_that_is_shown_can_be_reset(at: SettingsDesk) -> None:
    for name, text in (("score_min", "55"), ("score_max", "95"), ("score_step", "2")):
        at.go(name)
        at.type(text)
        at.press(K.Key_Return)
    at.go("score_max")
    at.press(K.Key_R, modifier=CTRL)
    assert at.stored("score_max") == 99
    assert at.trail()[0] == "reset score_max"
    at.press(K.Key_R, modifier=CTRL | SHIFT)
    assert at.board().changed == frozenset()
    assert at.trail()[0] == "reset 2 settings"


def test_only_what_differs_is_shown_over_all_groups(at: SettingsDesk) -> None:
    at.press(K.Key_F, modifier=CTRL | SHIFT)
    rules = at.page.rules
    assert rules.title.text() == "Differs from British Parliamentary (WUDC)"
    assert rules._shown == []
    at.press(K.Key_F, modifier=CTRL | SHIFT)
    for name in ("break_ties", "score_max"):
        at.go(name)
        at.press(*(K.Key_Down,) if name == "break_ties" else ())
        if name == "score_max":
            at.type("90")
        at.press(K.Key_Return)
    at.press(K.Key_F, modifier=CTRL | SHIFT)
    assert rules._shown == ["score_max", "break_ties"]


def test_the_list_counts_what_differs_and_enter_and_esc_go_in_and_out(at: SettingsDesk) -> None:
    at.go("score_max")
    at.type("90")
    at.press(K.Key_Return)
    assert at.page.list._items["rules/Score"].toolTip() == "1 setting differs"
    at.press(K.Key_Escape)
    assert at.page.list.hasFocus()
    at.press(K.Key_Down, K.Key_Return)
    assert at.page.current_place() == "settings/rules"
    assert at.page.rules.group == "Debate"
    assert at.page.rules.isAncestorOf(at.focus)


def test_what_is_drawn_is_said_above_the_rules_of_the_draw(at: SettingsDesk) -> None:
    at.desk.play(1)
    at.desk.settle()
    at.go("Draw")
    banner = at.page.rules._banner
    assert banner is not None
    assert banner.accessibleName().startswith("Round 1 is drawn; it keeps the rules")
    at.go("teams_in_debate")
    at.type("2")
    at.press(K.Key_Return)
    assert at.stored("teams_in_debate") == 4
    assert "so that number stays" in at.page.rules.row("teams_in_debate").sentence


def test_typing_survives_a_change_that_comes_from_elsewhere(at: SettingsDesk) -> None:
    at.go("score_min")
    at.type("5")
    with at.desk.workspace.database.write(
        actor="Bea", verb="set", tournament=at.desk.owner.id
    ) as unit:
        tournament_settings.change_settings(unit, at.desk.owner.id, {"score_max": 97})
    at.desk.settle()
    assert isinstance(at.focus, QLineEdit)
    assert at.focus.text() == "5"
    assert at.page.rules.row("score_max").value() == 97


def test_the_source_of_a_setting_is_told(at: SettingsDesk) -> None:
    at.go("score_max")
    assert "Tabbycat preset British Parliamentary" in at.page.rules.source.text
    at.go("break_ties")
    assert "unless it is told otherwise" in at.page.rules.source.text


def test_every_setting_has_its_place_its_words_and_a_name_for_screen_readers(
    at: SettingsDesk,
) -> None:
    assert set(groups()) == set(GROUPS)
    for one in setting_infos():
        if one.kind == "choice":
            words = [choice_words(one.name, key) for key in one.choices or ()]
            assert len(set(words)) == len(words), one.name
        if one.kind == "list":
            assert all(metric_words(key) != key for key in one.choices or ())
    shown = set()
    for group in groups():
        at.page.list.choose(f"rules/{group}")
        at.desk.settle()
        shown.update(at.page.rules._shown)
        for name in at.page.rules._shown:
            inner: QWidget = at.page.rules.row(name).control.inner
            assert inner.accessibleName()
    assert shown == {one.name for one in setting_infos()}
    at.desk.settle()
    assert at.board().changed == frozenset()  # looking at everything changes nothing


def test_no_two_commands_of_one_part_share_a_key(at: SettingsDesk) -> None:
    for place in {one.place for one in COMMANDS}:
        keys = [key for one in COMMANDS if one.works_in(place) for key in one.all_keys]
        assert sorted(keys) == sorted(set(keys)), place
    assert QApplication.focusWidget() is not None
