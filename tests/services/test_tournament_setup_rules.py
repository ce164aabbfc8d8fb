"""Rules, names, preset and break categories of a tournament: what is refused, kept and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.formats import resolve, setting_infos
from tabapp.services import categories, round_setup, tournament_settings
from tabapp.services.categories import CategoryEntry
from tabapp.services.tournament_settings import HeadEntry, limit_of, parse_value
from tabapp.store.tournaments import get_tournament
from tests.services.setup_room import SetupRoom, codes, setup_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SetupRoom]:
    with setup_room(tmp_path) as made:
        yield made


def put(room: SetupRoom, **changes: object) -> None:
    room.write(lambda unit: tournament_settings.change_settings(unit, room.id, changes))


def refused(room: SetupRoom, **changes: object) -> dict[str, str]:
    return room.refused(
        lambda unit: tournament_settings.change_settings(unit, room.id, changes))


def overrides(room: SetupRoom) -> dict[str, object]:
    return dict(room.settings_board().head.overrides)


def test_only_what_differs_from_the_preset_is_stored_and_it_is_one_action(room: SetupRoom) -> None:
    put(room, score_min=55, score_max=99, break_ties="lot")
    assert overrides(room) == {"break_ties": "lot", "score_min": 55}
    assert room.settings_board().changed == {"break_ties", "score_min"}
    put(room, score_min=None)
    assert overrides(room) == {"break_ties": "lot"}
    room.undo()
    assert overrides(room) == {"break_ties": "lot", "score_min": 55}


def test_a_value_or_a_combination_that_cannot_be_is_told_at_its_setting(room: SetupRoom) -> None:
    assert refused(room, score_step=0) == {"score_step": "setting_too_small"}
    assert refused(room, score_min="abc") == {"score_min": "setting_not_a_number"}
    assert refused(room, score_min=99) == {"score_min": "empty_score_range"}
    assert refused(room, break_ties="all") == {"break_ties": "bp_break_cannot_grow"}
    assert refused(room, ballots_per_debate_elim="per-adj", score_max=40) == {
        "ballots_per_debate_elim": "ballots_per_judge_need_two_teams",
        "score_min": "empty_score_range",
    }


def test_metrics_are_known_few_enough_and_each_there_once(room: SetupRoom) -> None:
    name = "team_standings_precedence"
    assert refused(room, **{name: ["points", "fame"]}) == {name: "unknown_metric"}
    assert refused(room, **{name: ["points", "points"]}) == {name: "repeated_metric"}
    assert refused(room, **{name: ["wbw"] * 9}) == {name: "too_many_metrics"}
    lists = [one.name for one in setting_infos() if one.kind == "list"]
    assert [limit_of(one) for one in lists] == [8, 5, 4, 5, 8, 6]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("score_step", "0,5", 0.5), ("score_min", "70.0", 70), ("preparation_time", "−1", -1),
        ("substantive_speakers", "2.5", 2.5), ("score_min", "seventy", "seventy"),
        ("ballot_introduction", " Write clearly. ", " Write clearly. "),
    ],
)
def test_what_is_typed_becomes_the_value_of_its_kind(name: str, text: str, value: object) -> None:
    info = next(one for one in setting_infos() if one.name == name)
    assert parse_value(info, text) == value


def test_no_setting_can_bring_a_tournament_with_ballots_down(room: SetupRoom) -> None:
    room.play(1)
    board = room.settings_board()
    tried = {"flag": (True, False), "number": (0, 75.5), "whole": (0, 2, 6), "list": ()}
    deciding = {"Score", "Debate", "Draw", "Standings", "Break"}
    for info in (one for one in setting_infos() if one.group in deciding):
        for value in tried.get(info.kind, info.choices or ("text",)):
            found = tournament_settings.check_changes(board, {info.name: value})
            if all(one.level != "error" for one in found):
                put(room, **{info.name: value})
                put(room, **{info.name: None})
    assert overrides(room) == dict(board.head.overrides)


def test_the_number_of_teams_stays_once_a_round_is_drawn(room: SetupRoom) -> None:
    assert [one.title for one in room.rounds() if one.is_drawn] == []
    room.play(1)
    together = {
        "teams_in_debate": 2, "ballots_per_debate_prelim": "per-debate", "break_ties": "ask"}
    assert refused(room, **together) == {"teams_in_debate": "teams_in_debate_fixed"}
    plan = tournament_settings.plan_preset(room.settings_board(), "wsdc")
    assert [one.code for one in plan.problems] == ["teams_in_debate_fixed"]
    assert room.refused(
        lambda unit: tournament_settings.change_preset(unit, room.id, "wsdc")
    ) == {"teams_in_debate": "teams_in_debate_fixed"}


def test_what_depends_on_a_setting_is_told(room: SetupRoom) -> None:
    board = room.settings_board()
    assert [board.effects(one) for one in tournament_settings.groups()] == [()] * 15
    room.play(1)
    board = room.settings_board()
    assert board.effects("Draw") == (
        "Round 1 is drawn; it keeps the rules it was drawn with. Later draws follow what is set "
        "here.",)
    assert "2 ballots are confirmed" in board.effects("Standings")[0]
    room.play(4)
    room.play_break()
    board = room.settings_board()
    assert board.effects("Draw")[0].startswith("Round 1 to Round 4 are drawn")
    assert board.effects("Break") == (
        "The break of Open, ESL is made; it stays until it is made again.",)


def test_another_preset_keeps_what_still_means_something_and_says_which_goes(
    room: SetupRoom,
) -> None:
    put(room, score_min=60, score_max=95, speaker_standings_precedence=["average"],
        public_draw="current", break_ties="lot")
    plan = tournament_settings.plan_preset(room.settings_board(), "australs")
    assert plan.problems == ()
    assert dict(plan.kept) == {
        "break_ties": "lot", "public_draw": "current", "score_max": 95, "score_min": 60}
    assert plan.same == ("speaker_standings_precedence",)
    room.write(lambda unit: tournament_settings.change_preset(unit, room.id, "australs"))
    owner = room.read(lambda unit: get_tournament(unit, room.id))
    assert owner.settings == resolve("australs", plan.kept)
    room.undo()
    assert overrides(room)["speaker_standings_precedence"] == ["average"]


def test_what_a_new_preset_cannot_have_goes_and_is_named(tmp_path: Path) -> None:
    with setup_room(tmp_path) as made:
        document = made.archive()
    document.tournament.preset = "australs"
    document.tournament.slug = "two"
    document.tournament.settings = {"break_ties": "all", "score_min": 60}
    document.rounds = []
    (tmp_path / "second").mkdir()
    with setup_room(tmp_path / "second", archive=document) as room:
        plan = tournament_settings.plan_preset(room.settings_board(), "bp")
        assert (dict(plan.kept), plan.refused) == ({"score_min": 60}, ("break_ties",))


def test_names_are_checked_and_renaming_is_one_action(room: SetupRoom) -> None:
    board = room.settings_board()
    entry = HeadEntry.of(board.head)
    wrong = HeadEntry(name=" ", short_name="x" * 30, slug="no/slash", timezone="Mars/Base")
    assert codes(tournament_settings.check_head(board, wrong)) == {
        "name": "name_missing", "short_name": "entry_too_long", "slug": "slug_unreadable",
        "timezone": "import_unknown_timezone",
    }
    assert room.refused(
        lambda unit: tournament_settings.change_head(unit, room.id, wrong)) != {}
    new = replace(entry, name="  Late   Open ", slug="late.open-2", timezone="Europe/Berlin")
    room.write(lambda unit: tournament_settings.change_head(unit, room.id, new))
    head = room.settings_board().head
    assert (head.name, head.slug, head.timezone) == ("Late Open", "late.open-2", "Europe/Berlin")
    room.undo()
    assert HeadEntry.of(room.settings_board().head) == entry


def save(room: SetupRoom, entry: CategoryEntry, row: int | None = None) -> int:
    return room.write(lambda unit: categories.save_category(unit, room.id, entry, row))


def test_a_general_category_takes_in_every_team_but_swing_teams(tmp_path: Path) -> None:
    with setup_room(tmp_path) as made:
        document = made.archive()
    document.teams[0].type = "swing"
    document.tournament.slug = "two"
    (tmp_path / "second").mkdir()
    with setup_room(tmp_path / "second", archive=document) as room:
        row = save(room, CategoryEntry("Rookies", size="4", general=True))
        found = room.category_board().category(row)
        assert (found.slug, found.eligible, found.seq) == ("rookies", 7, 3)
        own = save(room, CategoryEntry("Masters", size="4"))
        assert room.category_board().category(own).eligible == 0
        entry = CategoryEntry.of(room.category_board().category(own))
        save(room, replace(entry, general=True), own)
        assert room.category_board().category(own).eligible == 7
        room.undo()
        assert room.category_board().category(own).eligible == 0


def test_a_category_is_checked_as_a_whole(room: SetupRoom) -> None:
    wrong = CategoryEntry(
        " ", slug="open", size="10", reserve_size="-1", rule="alphabet", priority="high",
        limit="")
    assert room.refused(lambda unit: categories.save_category(unit, room.id, wrong)) == {
        "name": "category_name_missing", "slug": "slug_twice",
        "size": "break_size_without_bracket", "reserve_size": "entry_out_of_range",
        "rule": "break_rule_unknown", "priority": "entry_not_whole", "limit": "entry_blank",
    }
    nameless = CategoryEntry("新手", size="4")
    assert room.refused(lambda unit: categories.save_category(unit, room.id, nameless)) == {
        "slug": "category_slug_missing"}


def test_a_break_above_the_field_or_made_before_is_told_and_stored(room: SetupRoom) -> None:
    room.play(4)
    room.play_break()
    board = room.category_board()
    first = board.categories[0]
    entry = replace(CategoryEntry.of(first), size="16")
    found = categories.check_category(board, entry, first.id)
    assert {one.code: one.level for one in found} == {
        "category_size_above_field": "warning", "break_made_before": "warning"}
    save(room, entry, first.id)
    assert room.category_board().category(first.id).size == 16


def test_a_category_goes_with_its_break_and_comes_back_whole(room: SetupRoom) -> None:
    room.play(4)
    room.play_break()
    before = room.archive()
    esl = room.category_board().categories[1]
    room.write(lambda unit: categories.delete_category(unit, room.id, esl.id))
    assert [one.title for one in room.category_board().categories] == ["Open"]
    room.undo()
    assert room.archive() == before


def test_a_category_with_elimination_rounds_stays(room: SetupRoom) -> None:
    first = room.category_board().categories[0]
    last = room.rounds()[-1]
    room.write(lambda unit: round_setup.change_fields(
        unit, room.id, last.id, stage="elimination", draw_type="elimination", category=first.id))
    row = room.category_board().category(first.id)
    assert categories.why_not_deleted(row).startswith("Open has elimination rounds: Round 4.")
    with pytest.raises(UserError) as caught:
        room.write(lambda unit: categories.delete_category(unit, room.id, first.id))
    assert caught.value.code == "category_has_rounds"
