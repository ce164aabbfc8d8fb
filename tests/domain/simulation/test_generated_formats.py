"""Generated tournaments of every preset: played to the end, with what is their own."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive, Debate
from tabapp.domain.formats import presets, resolve
from tabapp.domain.simulation import available_presets, break_sizes, generate_tournament
from tabapp.domain.simulation.chaos import plan_chaos
from tabapp.domain.snapshots import result_data
from tabapp.exchange import read_archive, write_archive

TWO_TEAM = [name for name in available_presets() if resolve(name, {}).teams_in_debate == 2]
WILD = {
    name: generate_tournament(preset=name, teams=20, rounds=4, seed=8, chaos=1.0)
    for name in available_presets()
}


def debates(archive: Archive) -> list[Debate]:
    return [debate for round_ in archive.rounds for debate in round_.debates]


def make(**changes: Any) -> Archive:
    usual: dict[str, Any] = {"preset": "australs", "teams": 12, "rounds": 3, "seed": 4}
    return generate_tournament(**{**usual, **changes})


def test_every_preset_but_public_speaking_can_be_made() -> None:
    assert set(available_presets()) == {one.name for one in presets()} - {"public-speaking"}
    assert set(available_presets()) >= {
        "ap", "apda", "australs", "bp", "cp", "easters", "joynt", "karl-popper", "nz-easters",
        "uadc", "wsdc",
    }


@pytest.mark.parametrize("preset", available_presets())
def test_a_wild_tournament_can_be_imported_and_comes_again_from_its_seed(preset: str) -> None:
    archive = WILD[preset]
    document = write_archive(archive)
    read = read_archive(document, "generated")
    assert [one for one in read.problems if one.level == "error"] == []
    assert {one.code for one in read.problems} <= {"reply_by_last_speaker"}
    again = generate_tournament(preset=preset, teams=20, rounds=4, seed=8, chaos=1.0)
    assert write_archive(again) == document


@pytest.mark.parametrize("preset", TWO_TEAM)
def test_present_teams_and_no_others_stand_in_two_sided_rooms_or_have_a_bye(preset: str) -> None:
    for round_ in WILD[preset].rounds:
        standing = Counter(side.team for debate in round_.debates for side in debate.sides)
        present = {team.id for team in WILD[preset].teams} - set(round_.absent_teams)
        assert set(standing) == present
        assert set(standing.values()) == {1}
        sides = Counter(
            tuple(side.side for side in debate.sides) for debate in round_.debates)
        assert set(sides) <= {("aff", "neg"), ("bye",)}
        assert sides["bye",] == (len(present) % 2 if preset == "apda" else 0)


def test_one_swing_team_of_two_sided_formats_fills_the_last_room() -> None:
    archive = WILD["australs"]
    swings = [team.id for team in archive.teams if team.type == "swing"]
    assert len(swings) == 1
    used = [swings[0] not in round_.absent_teams for round_ in archive.rounds]
    normal_away = [len(set(round_.absent_teams) - set(swings)) for round_ in archive.rounds]
    assert used == [away % 2 == 1 for away in normal_away]
    assert not [team for team in WILD["apda"].teams if team.type == "swing"]


def test_byes_have_no_judges_no_room_and_no_ballot_and_let_a_round_be_complete() -> None:
    archive = generate_tournament(preset="apda", teams=13, rounds=3, seed=2)
    byes = [debate for debate in debates(archive) if len(debate.sides) == 1]
    assert len(byes) == 3
    assert len({bye.sides[0].team for bye in byes}) == 3
    assert all(not bye.panel and bye.venue is None and not bye.ballots for bye in byes)
    assert all(round_.completed for round_ in archive.rounds)
    data = result_data(archive, resolve("apda", {}))
    assert data.team_points[data.team_side < 0].tolist() == [1.0, 1.0, 1.0]


def test_allocated_sides_are_given_kept_and_balanced() -> None:
    archive = generate_tournament(preset="joynt", teams=12, rounds=4, seed=3)
    lead = Counter[str]()
    for round_ in archive.rounds:
        assert sorted(Counter(round_.side_allocations.values()).items()) == [
            ("aff", 6), ("neg", 6)]
        for debate in round_.debates:
            for side in debate.sides:
                assert round_.side_allocations[side.team] == side.side
                lead[side.team] += 1 if side.side == "aff" else -1
    assert set(lead.values()) == {0}


def test_rounds_of_wsdc_are_prepared_and_impromptu_in_turn() -> None:
    assert [round_.kind for round_ in WILD["wsdc"].rounds] == [
        "prepared", "impromptu", "prepared", "impromptu"]
    assert {round_.kind for round_ in WILD["australs"].rounds} == {""}


def test_sides_that_the_room_decides_are_decided_when_it_has_a_result() -> None:
    archive = generate_tournament(preset="nz-easters", teams=24, rounds=3, seed=3)
    assert all(debate.sides_confirmed for debate in debates(archive))
    tossed = 0
    for debate in debates(archive):
        assert [side.side for side in debate.sides] == ["aff", "neg"]
        tossed += debate.sides[0].team > debate.sides[1].team
    assert 0 < tossed < len(debates(archive))


def test_settings_override_the_preset_and_stand_in_the_archive_where_they_differ() -> None:
    archive = make(settings={"draw_odd_bracket": "pullup_top", "draw_pairing_method": "slide"})
    assert archive.tournament.settings == {"draw_odd_bracket": "pullup_top"}
    with pytest.raises(ProblemsFound):
        make(settings={"draw_odd_bracket": "intermediate1"})


def test_byes_by_a_setting_allow_odd_counts_in_any_format() -> None:
    archive = make(teams=11, settings={"bye_team_selection": "lowest"})
    assert [len(round_.debates) for round_ in archive.rounds] == [6, 6, 6]
    four = make(preset="bp", teams=14, settings={"bye_team_selection": "random"})
    assert [len(round_.debates) for round_ in four.rounds] == [5, 5, 5]


def test_draw_types_are_those_asked_for_and_seeded_ones_have_seeds() -> None:
    archive = make(draw_types=("seeded", "round-robin", "power"))
    assert [round_.draw_type for round_ in archive.rounds] == ["seeded", "round-robin", "power"]
    assert all(team.seed is not None for team in archive.teams)
    assert all(len(round_.debates) == 6 for round_ in archive.rounds)
    assert all(team.seed is None for team in make().teams)


def test_debates_are_postponed_where_they_can_be_and_hold_no_round_up() -> None:
    archive = make(
        teams=60, rounds=4, chaos=1.0, settings={"enable_postponements": True})
    postponed = [debate for debate in debates(archive) if debate.status == "postponed"]
    assert postponed
    assert all(not debate.ballots for debate in postponed)
    assert all(round_.completed for round_ in archive.rounds[:-1])
    assert all(debate.status != "postponed" for debate in debates(WILD["australs"]))


def test_a_team_that_leaves_never_comes_back() -> None:
    archive = make(preset="bp", teams=400, rounds=3, chaos=1.0)
    plan = plan_chaos(archive, resolve("bp", {}), level=1.0, seed=4)
    assert plan.leaving
    assert set(plan.leaving) == {team.id for team in archive.teams if team.withdrawn}
    for team, first in plan.leaving.items():
        assert first > 1
        assert all(
            team in round_.absent_teams for round_ in archive.rounds if round_.seq >= first)


def test_corrected_ballots_of_panels_tell_what_was_wrong() -> None:
    corrected = [
        debate for debate in debates(make(teams=60, chaos=1.0)) if len(debate.ballots) == 2]
    assert corrected
    for debate in corrected:
        wrong, right = debate.ballots
        assert (wrong.status, right.status) == ("discarded", "confirmed")
        assert wrong.sheets != right.sheets
        assert ", not " in right.reason


@pytest.mark.parametrize(("teams", "sizes"), [(2, [2]), (5, [2, 3, 4, 5])])
def test_two_teams_break_in_any_number_from_two(teams: int, sizes: list[int]) -> None:
    assert break_sizes(teams, 2) == sizes


def test_the_usual_break_of_two_teams_has_no_partial_round() -> None:
    for teams in range(2, 60, 2):
        archive = make(teams=teams, rounds=1, play=False)
        for category in archive.break_categories:
            assert category.size.bit_count() == 1
            assert 2 <= category.size <= max(teams, 2)
    assert make(teams=30, break_size=7, play=False).break_categories[0].size == 7


def test_the_smallest_tournaments_survive_all_the_chaos_there_is() -> None:
    for seed in range(30):
        make(teams=2, rounds=2, seed=seed, chaos=1.0)
        make(preset="apda", teams=3, rounds=2, seed=seed, chaos=1.0)
        make(preset="bp", teams=4, rounds=2, seed=seed, chaos=1.0)
