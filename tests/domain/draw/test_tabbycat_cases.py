"""Two-team, BP and elimination draws against the worked cases of Tabbycat's own tests."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tabapp.domain.draw import solve_case
from tabapp.domain.draw.brackets import define_rooms
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import bracket_prices
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import DrawTeam
from tests.domain.draw import tabbycat_cases as known
from tests.domain.draw.two_team_cases import code, flags, solved

WHY = {"h": "1u1d_history", "i": "1u1d_institution", "a": "1u1d_accommodate"}
IN_ORDER = {"draw_pairing_method": "adjacent", "draw_avoid_conflicts": "off"}
ON_SIDES = {"draw_pairing_method": "slide", "draw_avoid_conflicts": "off",
            "draw_side_allocations": "preallocated"}


# --- how the cases are written -----------------------------------------------------------------


def names(text: str) -> list[str]:
    """Read ``1-3 5`` as 1 2 3 5."""
    found = []
    for part in text.split():
        first, _dash, last = part.partition("-")
        found += [str(one) for one in range(int(first), int(last or first) + 1)]
    return found


def brackets(text: str) -> dict[float, tuple[set[str], set[str]]]:
    """Read brackets; the teams of one without a bar are all on the left."""
    made = {}
    for level in text.split(";"):
        points, teams = level.split(":")
        left, _bar, right = teams.partition("|")
        made[float(points)] = set(names(left)), set(names(right))
    return made


def field(text: str, **more: Any) -> dict[str, Any]:
    """Make the case of a field, in which the first of two teams would always affirm."""
    rows: list[dict[str, Any]] = []
    for level in text.split(";"):
        points, teams = level.split(":")
        for at, part in enumerate(teams.split("|")):
            for name in part.split():
                ids, *met = name.split("~")
                ids, _slash, institution = ids.partition("/")
                rows += [row(ident, points, institution, met, "neg" if at else "aff")
                         for ident in names(ids)]
    for rank, one in enumerate(rows, start=1):
        one |= {"rank": rank, "sides": [rank, 100]}
    return {"format": "two-team", "options": more, "teams": rows}


def row(
    ident: str, points: str, institution: str, met: list[str], side: str
) -> dict[str, Any]:
    return {"id": ident, "points": float(points), "institution": institution or None,
            "allocated_side": side, "seen": {one: met.count(one) for one in met}}


def standings(**more: Any) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for line in re.split("[;\n]", known.STANDINGS.strip()):
        name, points, side, sides, *met = line.split()
        rows.append({
            **row(name[:-1], points, name[-1], met, "aff" if side == "a" else "neg"),
            "rank": len(rows) + 1, "sides": [int(count) for count in sides]})
    return {"format": "two-team", "options": more, "teams": rows}


def drawn_brackets(answer: dict[str, Any]) -> dict[float, list[list[str]]]:
    made: dict[float, list[list[str]]] = {}
    for debate in answer["debates"]:
        made.setdefault(round(debate["bracket"], 3), []).append(debate["sides"])
    return made


def teams_in(made: dict[float, list[list[str]]]) -> dict[float, set[str]]:
    return {points: {team for room in rooms for team in room} for points, rooms in made.items()}


# --- brackets ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", known.ODD_BRACKETS)
def test_odd_brackets_are_filled_alike(rule: str) -> None:
    made = drawn_brackets(solved(field(known.FREE, draw_odd_bracket=rule, **IN_ORDER)))
    expected = brackets(known.ODD_BRACKETS[rule])
    assert list(made) == list(expected)
    assert teams_in(made) == {
        points: teams for points, (teams, _none) in expected.items()}


@pytest.mark.parametrize(("teams", "expected", "noted"), known.BUBBLES)
def test_conflicts_bubble_alike(teams: str, expected: str, noted: dict[str, str]) -> None:
    answer = solved(field(teams, **IN_ORDER))
    assert teams_in(drawn_brackets(answer)) == {
        points: ids for points, (ids, _none) in brackets(expected).items()}
    assert flags(answer) == {team: [flag] for team, flag in noted.items()}


@pytest.mark.parametrize(
    ("rule", "number"),
    [(rule, number) for rule, made in known.ALLOCATED_BRACKETS.items() for number in made])
def test_allocated_sides_are_filled_alike(rule: str, number: int) -> None:
    answer = solved(field(known.ALLOCATED[number], draw_odd_bracket=rule, **ON_SIDES))
    made = {
        points: tuple(set(side) for side in zip(*rooms, strict=True))
        for points, rooms in drawn_brackets(answer).items()}
    expected = brackets(known.ALLOCATED_BRACKETS[rule][number])
    assert made == expected
    assert list(made) == list(expected)


@pytest.mark.parametrize("rule", ["pullup_random", *known.ALLOCATED_BRACKETS])
def test_unequal_sides_are_refused_alike(rule: str) -> None:
    one = field(known.UNEQUAL, draw_odd_bracket=rule, **ON_SIDES)
    assert code(one) == "draw_sides_unequal"


@pytest.mark.parametrize("seed", range(8))
def test_allocated_pull_ups_by_lot_come_from_where_they_must(seed: int) -> None:
    one = field(known.ALLOCATED[3], draw_odd_bracket="pullup_random", **ON_SIDES)
    made = drawn_brackets(solved({**one, "seed": seed}))
    assert list(made) == [5, 4, 3, 1]
    aff, neg = ({points: {room[at] for room in rooms} for points, rooms in made.items()}
                for at in (0, 1))
    assert aff == {5: {"1", "2"}, 4: {"3", "4"}, 3: set(names("5-9")), 1: set(names("10-12"))}
    assert neg[5] | neg[4] == set(names("13-16"))
    assert "13" in neg[5]
    assert set(names("17-19")) < neg[3]
    assert neg[3] | neg[1] == set(names("17-24"))


# --- pairs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", known.PAIRS)
def test_brackets_are_paired_alike(method: str) -> None:
    answer = solved(field(
        known.FREE, draw_odd_bracket="pullup_top", draw_pairing_method=method,
        draw_avoid_conflicts="off"))
    assert ["-".join(debate["sides"]) for debate in answer["debates"]] == (
        known.PAIRS[method].split())


@pytest.mark.parametrize(("teams", "expected", "options"), known.SWAPS)
def test_one_up_one_down_swaps_alike(
    teams: str, expected: str, options: dict[str, Any]
) -> None:
    answer = solved(field(f"0: {teams}", **options))
    assert [written(debate) for debate in answer["debates"]] == expected.split()


def written(debate: dict[str, Any]) -> str:
    why = "".join(short for short, flag in WHY.items() if flag in debate["flags"])
    return "-".join(debate["sides"]) + why


@pytest.mark.parametrize(("options", "expected", "noted"), known.DRAWS)
def test_a_whole_draw_is_the_same(
    options: dict[str, Any], expected: str, noted: dict[str, str]
) -> None:
    answer = solved(standings(**options))
    assert len(answer["debates"]) == len(expected.split())
    for debate, text in zip(answer["debates"], expected.split(), strict=True):
        teams, why = text.rstrip("hia"), text.lstrip("0123456789-=")
        assert debate["flags"] == ([WHY[why]] if why else [])
        if "-" in teams:
            assert debate["sides"] == teams.split("-")
        else:
            assert set(debate["sides"]) == set(teams.split("="))
    assert flags(answer) == {team: [flag] for team, flag in noted.items()}


@pytest.mark.parametrize("seed", range(20))
def test_a_random_draw_notes_every_conflict_that_it_leaves(seed: int) -> None:
    teams = "0: 1/A 2/B 3/A 4/B 5/C 6/D 7/E 8/A 9/D 10/E 11/D 12/A"
    one = field(teams)
    institution = {team["id"]: team["institution"] for team in one["teams"]}
    for debate in solved({**one, "draw_type": "random", "seed": seed})["debates"]:
        first, second = debate["sides"]
        clash = institution[first] == institution[second]
        assert debate["flags"] == (["too_many_swaps"] if clash else [])


# --- prices of a matching ----------------------------------------------------------------------


def priced(
    subranks: list[int | None], *, top: bool = True, pullups: list[int] | None = None,
    **options: Any,
) -> list[list[int]]:
    """Return the prices of a bracket in which a team without a rank was pulled up."""
    teams = [
        DrawTeam(str(at), 1.0, at, subrank=subrank, sides=(0, 0), pullup_debates=debates)
        for at, (subrank, debates) in enumerate(
            zip(subranks, pullups or [0] * len(subranks), strict=True), start=1)]
    up: dict[str, tuple[str, ...]] = {
        team.id: ("pullup",) for team in teams if team.subrank is None}
    found = bracket_prices(
        Bracket(1.0, teams, team_flags=up), DrawOptions.from_mapping(options), top=top)
    return [[int(price) for price in line] for line in found]


@pytest.mark.parametrize(("method", "top", "first", "fourth"), [
    ("slide", True, [4, 3, 2, 1, 0, 1, 2, 3], [1, 2, 3, 4, 3, 2, 1, 0]),
    ("fold", True, [7, 6, 5, 4, 3, 2, 1, 0], [4, 3, 2, 1, 0, 1, 2, 3]),
    ("adjacent", True, [-1, 0, 1, 2, 3, 4, 5, 6], [2, 1, 0, -1, 0, 1, 2, 3]),
    ("random", True, [0] * 8, [0] * 8),
    ("fold_top_adjacent_rest", True, [7, 6, 5, 4, 3, 2, 1, 0], [4, 3, 2, 1, 0, 1, 2, 3]),
    ("fold_top_adjacent_rest", False, [-1, 0, 1, 2, 3, 4, 5, 6], [2, 1, 0, -1, 0, 1, 2, 3]),
])
def test_pairs_deviate_from_the_method_alike(
    method: str, top: bool, first: list[int], fourth: list[int]
) -> None:
    prices = priced(list(range(1, 9)), top=top, draw_pairing_method=method)
    others = [at for at in range(8) if at not in (0, 3)]
    for line, expected in ((prices[0], first), (prices[3], fourth)):
        assert [line[at] for at in others] == [expected[at] for at in others]


def test_a_pull_up_costs_what_the_team_with_more_pull_up_debates_had() -> None:
    random: dict[str, Any] = {"draw_pairing_method": "random", "pullup_debates_penalty": 1}
    assert priced([None, 2], pullups=[1, 2], **random)[0][1] == 2
    assert priced([1, 2], pullups=[1, 2], **random)[0][1] == 0


def test_a_pulled_up_team_is_the_last_of_its_bracket() -> None:
    assert priced([1, None], draw_pairing_method="fold")[0][1] == 0


# --- BP rooms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("levels", "anywhere", "one_room"), known.BP_ROOMS)
def test_bp_rooms_allow_the_same_points(
    levels: dict[int, int], anywhere: str, one_room: str
) -> None:
    points = [value for value, count in levels.items() for _ in range(count)]
    for distribution, expected in (("anywhere", anywhere), ("one_room", one_room)):
        allowed = [[int(value) for value in text.split()] for text in expected.split(";")]
        rooms = define_rooms(points, distribution)
        assert [(room.level, sorted(room.allowed)) for room in rooms] == [
            (max(values), sorted(values)) for values in allowed]


# --- elimination -------------------------------------------------------------------------------


def elimination(
    seeds: list[int], previous: list[dict[str, Any]] | None = None, sides: int = 2
) -> dict[str, Any]:
    return {"format": "elimination", "sides": sides, "break_size": len(seeds),
            "previous": previous,
            "teams": [{"id": str(team), "break_rank": rank}
                      for rank, team in enumerate(seeds, start=1)]}


def results(first_rank: int, text: str) -> list[dict[str, Any]]:
    """Read rooms in which the teams written first advance: one of two, two of four."""
    rooms = [room.split("-") for room in text.split()]
    return [
        {"room_rank": rank, "teams": room, "advancing": room[: len(room) // 2]}
        for rank, room in enumerate(rooms, start=first_rank)]


def meetings(case: dict[str, Any]) -> list[tuple[int, list[int]]]:
    answer = solve_case(case)
    assert answer["audit"]["ok"], answer["audit"]
    return [(debate["room_rank"], sorted(map(int, debate["sides"])))
            for debate in answer["debates"]]


@pytest.mark.parametrize(("size", "rooms"), known.SPLITS.items())
def test_a_break_of_any_size_is_split_alike(size: int, rooms: tuple[int, int]) -> None:
    count, away = rooms
    assert meetings(elimination(list(range(1, size + 1)))) == [
        (away + at, [away + at, size + 1 - at]) for at in range(1, count + 1)]


def test_winners_meet_by_the_rank_of_their_rooms() -> None:
    before = results(1, "1-5 7-6 3-2 8-4")
    assert meetings(elimination([1, 3, 4, 2, 5, 8, 6, 7], before)) == [(1, [1, 8]), (2, [3, 7])]


def test_winners_meet_the_seeds_that_skipped_a_round() -> None:
    before = results(5, "1-5 7-6 3-2 8-4")
    assert meetings(elimination([9, 11, 10, 12, *range(1, 9)], before)) == [
        (1, [8, 9]), (2, [3, 11]), (3, [7, 10]), (4, [1, 12])]


def test_a_field_that_is_no_power_of_two_is_refused() -> None:
    before = results(3, "1-5 7-6 3-2 8-4")
    assert code(elimination([9, 11, *range(1, 9)], before)) == "draw_field"


def test_pairs_that_advance_from_a_partial_round_meet_the_folded_seeds() -> None:
    seeds = list(range(1, 13))
    assert meetings(elimination(seeds, sides=4)) == [(5, [5, 8, 9, 12]), (6, [6, 7, 10, 11])]
    after = elimination(seeds, results(5, "12-8-5-9 6-10-7-11"), sides=4)
    assert meetings(after) == [(1, [1, 4, 8, 12]), (2, [2, 3, 6, 10])]
