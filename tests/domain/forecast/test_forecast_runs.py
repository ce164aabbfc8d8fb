"""Forecasts: chances that add up, agree with what is certain, and are the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from tabapp.domain.breaks import qualify
from tabapp.domain.forecast import Forecast, Simulation, make_forecast
from tabapp.domain.forecast.chance import Chance, normal
from tabapp.domain.forecast.document import from_document, to_document
from tabapp.domain.forecast.field import prepare
from tabapp.domain.forecast.ranking import over_opponents, ranking_of
from tabapp.domain.forecast.rounds import Luck, Runs, play
from tabapp.domain.simulation import available_presets
from tests.domain.forecast.forecast_world import case_of, made, open_last, settings_of

RULES = (
    "aida-1996", "aida-2016-easters", "aida-2016-australs", "aida-2019-australs-open")


def chances(forecast: Forecast, slug: str = "open") -> Mapping[str, float]:
    return {
        team.team: team.p
        for one in forecast.categories if one.slug == slug for team in one.teams}


# --- the same everywhere -----------------------------------------------------------------------


def test_the_same_seed_gives_the_same_forecast_and_another_one_another() -> None:
    case = case_of(made(left=1))
    assert make_forecast(case, runs=600, seed=3) == make_forecast(case, runs=600, seed=3)
    assert make_forecast(case, runs=600, seed=3) != make_forecast(case, runs=600, seed=4)


def test_a_first_picture_is_the_beginning_of_the_whole() -> None:
    case = case_of(made(teams=128, rounds=3, left=1, break_size=16))
    step = Simulation(case, seed=5)
    step.go_on(step.whole_chunks(500))
    first = step.forecast()
    assert 500 <= first.runs < 500 + step.rows
    step.go_on(1500)
    assert step.forecast() == make_forecast(case, runs=1500, seed=5)


def test_known_numbers_of_a_seed() -> None:
    assert Chance(1, 2).words(5).tolist() == [48066, 42156, 21943, 29387, 39083]
    assert normal()[[0, 1, 2048, 4095]].tolist() == [-3.668917, -3.377687, 0.000306, 3.668917]


def test_a_cancel_stops_between_two_chunks() -> None:
    class Stopped(Exception):
        pass

    def tick(done: int, _total: int) -> None:
        if done:
            raise Stopped

    simulation = Simulation(case_of(made(teams=64, rounds=3, left=1)), seed=1)
    with pytest.raises(Stopped):
        simulation.go_on(100_000, tick=tick)
    assert simulation.runs == simulation.rows


# --- what chances add up to --------------------------------------------------------------------


@pytest.mark.parametrize("preset", available_presets())
def test_places_are_given_out_in_every_format(preset: str) -> None:
    forecast = make_forecast(case_of(made(preset, left=2)), runs=300, seed=1)
    assert forecast.rounds_left == 2
    for one in forecast.categories:
        places = sum(team.p for team in one.teams)
        # who breaks in a higher category can leave too few for a lower one
        assert places <= one.size + 1e-4
        assert one.slug != "open" or places == pytest.approx(one.size, abs=1e-4)
        assert one.threshold is not None
        assert sum(share.share for share in one.threshold.by_points) == pytest.approx(
            1, abs=1e-4)
        assert one.threshold.low <= one.threshold.high
        mean = sum(share.points * share.share for share in one.threshold.by_points)
        assert one.threshold.expected == pytest.approx(mean, abs=1e-3)


def test_nobody_breaks_in_two_categories_of_different_priority() -> None:
    archive = made(teams=48, left=1)
    forecast = make_forecast(
        case_of(archive, lambda one: replace(one, priority=int(one.general))), runs=500, seed=1)
    first, second = chances(forecast), chances(forecast, "esl")
    both = [first[team] + second[team] for team in second]
    assert max(both) <= 1 + 1e-9
    equal = make_forecast(
        case_of(archive, lambda one: replace(one, priority=0)), runs=500, seed=1)
    assert max(
        chances(equal)[team] + chances(equal, "esl")[team] for team in second) > 1


def test_swings_and_teams_that_are_out_never_break() -> None:
    archive = made(left=1)
    archive.teams[0].type = "swing"
    archive.teams[1].break_categories = []
    out = archive.teams[2].id
    forecast = make_forecast(
        case_of(archive, out={"open": frozenset({out})}, gone=frozenset({out})),
        runs=300, seed=1)
    assert {team.id for team in archive.teams[:3]}.isdisjoint(chances(forecast))
    outlook = {one.team: one for one in forecast.outlook}
    assert outlook[out].expected == outlook[out].points  # is drawn no more


def test_a_category_without_teams_has_no_line() -> None:
    archive = made(left=1)
    for team in archive.teams:
        team.break_categories = []
    forecast = make_forecast(case_of(archive), runs=50, seed=1)
    assert [(one.threshold, one.teams) for one in forecast.categories] == [
        (None, ())] * len(forecast.categories)


# --- what is certain ---------------------------------------------------------------------------


@pytest.mark.parametrize("preset", ["bp", "australs"])
@pytest.mark.parametrize("left", [1, 2])
def test_what_is_certain_has_chance_one_or_none(preset: str, left: int) -> None:
    told = set()
    for seed in range(4):
        forecast = make_forecast(
            case_of(made(preset, 32, 6, seed, left=left)), runs=400, seed=seed)
        for team in (one for made_ in forecast.categories for one in made_.teams):
            if team.certain is not None:
                told.add(team.certain)
                assert (team.p, team.se) == (1.0 if team.certain == "in" else 0.0, 0.0)
            else:
                assert team.se > 0
    assert told == ({"in", "out"} if left == 1 else {"out"})


def test_with_no_rounds_left_the_forecast_is_the_break() -> None:
    archive = made(teams=32)
    case = case_of(archive)
    forecast = make_forecast(case, runs=200, seed=1)
    lists = qualify(
        case.data, case.categories, metrics=settings_of(archive).team_standings_precedence,
        ties="ask")
    assert forecast.rounds_left == 0
    assert forecast.notes == ()
    for one in lists:
        assert {team for team, p in chances(forecast, one.category).items() if p == 1} == (
            one.breaking)
        assert set(chances(forecast, one.category).values()) == {0.0, 1.0}


def test_level_teams_share_the_places_at_the_line() -> None:
    archive = made(teams=32, settings={"team_standings_precedence": ["points"]})
    archive.tournament.settings = {"team_standings_precedence": ["points"]}
    case = case_of(archive)
    (made_, *_rest) = qualify(case.data, case.categories, metrics=["points"], ties="ask")
    level = {row.team for row in made_.rows if row.remark == "tied"}
    places = made_.size - len(made_.breaking)
    assert 0 < places < len(level)
    given = chances(make_forecast(case, runs=200, seed=1))
    assert {given[team] for team in level} == {round(places / len(level), 6)}


@pytest.mark.parametrize("rule", RULES)
def test_caps_are_those_of_the_break(rule: str) -> None:
    differs = False
    for seed in range(6):
        archive = made("australs", 32, 5, seed)
        for number, team in enumerate(archive.teams):  # a large one, and many of one team
            team.institution = None if number % 2 else archive.institutions[0].id
        metrics = ["wins", "speaks_sum", "margin_sum"]
        archive.tournament.settings["team_standings_precedence"] = metrics
        case = case_of(archive, lambda one: replace(one, rule=rule, size=12))
        given = chances(make_forecast(case, runs=20, seed=1))
        (capped, *_rest) = qualify(
            case.data, case.categories, metrics=metrics, ties="lot", seed=1, two_team=True)
        assert {team for team, p in given.items() if p == 1} == capped.breaking
        standard = chances(make_forecast(
            case_of(archive, lambda one: replace(one, size=12)), runs=20, seed=1))
        differs |= standard != given
    assert differs


# --- rooms, results, weights -------------------------------------------------------------------


def test_drawn_rooms_are_played_as_drawn_and_confirmed_ones_count() -> None:
    archive = made(teams=16, rounds=4)
    open_last(archive, but=2)
    forecast = make_forecast(case_of(archive), runs=400, seed=1)
    last = archive.rounds[-1].debates
    assert {one.debate for one in forecast.rooms} == {"14", "15"}
    assert [one.worth for one in forecast.rooms] == sorted(
        (one.worth for one in forecast.rooms), reverse=True)
    outlook = {one.team: one for one in forecast.outlook}
    for debate in last[:2]:
        for side in debate.sides:
            assert outlook[side.team].low == outlook[side.team].high == (
                outlook[side.team].points)
    for debate in last[2:]:  # three, two, one and no points are given out
        mine = [outlook[side.team] for side in debate.sides]
        assert sum(one.expected - one.points for one in mine) == pytest.approx(6, abs=1e-3)


def test_a_stake_says_what_each_result_of_a_room_would_mean() -> None:
    archive = made(teams=16, rounds=4)
    open_last(archive)
    forecast = make_forecast(case_of(archive), runs=2000, seed=1)
    given = chances(forecast)
    stakes = [
        stake for room in forecast.rooms for stake in room.stakes if stake.category == "open"]
    assert {stake.team for stake in stakes} == set(given)
    for stake in stakes:
        assert stake.p == pytest.approx(given[stake.team], abs=1e-6)
        assert min(stake.by_points.values()) - 1e-6 <= stake.p <= (
            max(stake.by_points.values()) + 1e-6)
        assert (stake.move > 0) == (len(set(stake.by_points.values())) > 1)
    assert max(stake.by_points.get(3, 0) - stake.by_points.get(0, 0) for stake in stakes) > 0.5


def test_a_round_that_counts_twice_gives_twice_the_points() -> None:
    archive = made(teams=16, rounds=4, left=1)
    archive.rounds[-1].weight = 2
    forecast = make_forecast(case_of(archive), runs=800, seed=1)
    gains = {one.high - one.points for one in forecast.outlook}
    assert max(gains) == 6
    assert sum(one.expected - one.points for one in forecast.outlook) == pytest.approx(
        4 * 6 * 2, abs=0.01)


def test_a_stronger_team_is_expected_to_win_more() -> None:
    archive = made(teams=32, rounds=6, left=1)
    forecast = make_forecast(case_of(archive), runs=2000, seed=1)
    known = prepare(case_of(archive))
    order = np.argsort(known.mean[:32])
    gain = {one.team: one.expected - one.points for one in forecast.outlook}
    teams = [archive.teams[index].id for index in order.tolist()]
    assert sum(gain[team] for team in teams[-8:]) > 1.2 * sum(gain[team] for team in teams[:8])


def test_before_the_first_round_everybody_has_the_same_chance() -> None:
    forecast = make_forecast(case_of(made(teams=16, rounds=3, left=3)), runs=4000, seed=1)
    one = forecast.categories[0]
    assert all(
        abs(team.p - one.size / 16) < 5 * team.se for team in one.teams)
    assert {team.certain for team in one.teams} == {None}


# --- the quick draw ----------------------------------------------------------------------------


def draw_of(preset: str, teams: int, **settings: object) -> tuple[np.ndarray, np.ndarray]:
    """Return the rooms of one simulated round in 64 runs, and the points before it."""
    archive = made(preset, teams, 4, left=1, settings=settings)
    case = case_of(archive)
    known = prepare(case)
    chance = Chance(1)
    runs = Runs.start(known, 64, frozenset(ranking_of(case.data, known).metrics), chance)
    before = runs.points.copy()
    play(runs, known.rounds[0], known, Luck(known), chance, keep_orders=True)
    return runs.orders[0].reshape(64, -1, known.size), before


@pytest.mark.parametrize("preset", ["bp", "australs"])
@pytest.mark.parametrize("is_drawn", [True, False])
def test_draw_strength_sums_the_points_of_everybody_met(preset: str, is_drawn: bool) -> None:
    archive = made(
        preset, 16, 4, left=0 if is_drawn else 1,
        settings={"team_standings_precedence": ["points", "draw_strength"]})
    archive.tournament.settings["team_standings_precedence"] = ["points", "draw_strength"]
    if is_drawn:
        open_last(archive, but=1)
    case = case_of(archive)
    known, chance = prepare(case), Chance(1)
    ranking = ranking_of(case.data, known)
    runs = Runs.start(known, 8, frozenset(ranking.metrics), chance)
    play(runs, known.rounds[0], known, Luck(known), chance, keep_orders=ranking.keeps_orders)
    rooms: dict[int, list[int]] = {}
    for team, debate in zip(case.data.team_team, case.data.team_debate, strict=True):
        rooms.setdefault(int(debate), []).append(int(team))
    found = over_opponents(runs, known, runs.points)
    for run in range(8):
        new = [] if is_drawn else runs.orders[0][run].reshape(-1, known.size).tolist()
        for team in range(known.teams):
            met = [
                other for room in (*rooms.values(), *new) if team in room
                for other in room if other != team]
            assert found[run, team] == sum(int(runs.points[run, other]) for other in met)


@pytest.mark.parametrize(("preset", "teams"), [("bp", 32), ("australs", 30)])
def test_every_team_is_in_one_room_with_its_like(preset: str, teams: int) -> None:
    rooms, before = draw_of(preset, teams)
    for run, points in zip(rooms, before, strict=True):
        assert sorted(run.ravel().tolist()) == list(range(teams))
        have = points[run]
        mixed = (have.max(axis=1) != have.min(axis=1)).sum()
        assert mixed <= len(np.unique(points[:teams])) * run.shape[1]
        # brackets go from the top: the best of a room never is worse than that of a later one
        assert (np.diff(have.max(axis=1)) <= 0).all()
    assert len({tuple(run.ravel().tolist()) for run in rooms}) == 64


def test_where_teams_are_odd_somebody_rests_or_an_average_team_fills_the_room() -> None:
    resting = made("australs", 15, 4, left=1, settings={"bye_team_selection": "lowest"})
    resting.tournament.settings["bye_team_selection"] = "lowest"
    forecast = make_forecast(case_of(resting), runs=200, seed=1)
    assert sum(one.expected - one.points for one in forecast.outlook) == pytest.approx(
        7, abs=0.01)
    filled = made("bp", 16, 4, left=1)
    gone = frozenset({"T1"})
    forecast = make_forecast(case_of(filled, gone=gone), runs=500, seed=1)
    gain = sum(one.expected - one.points for one in forecast.outlook)
    assert 24 - 3 < gain < 24


# --- as a document -----------------------------------------------------------------------------


def test_a_document_keeps_the_whole_forecast() -> None:
    archive = made(teams=16, rounds=4)
    open_last(archive)
    forecast = make_forecast(case_of(archive), runs=200, seed=1)
    assert forecast.rooms
    assert from_document(to_document(forecast)) == forecast
