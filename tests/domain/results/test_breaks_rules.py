"""The rules of rules.md, section 9: caps by institution, places given back, and the numbers why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory, BreakList, Lots, qualify
from tabapp.domain.types import TeamInfo

NAMES = {"A": "Aldermere", "B": "Brunnau"}


def league(columns: Any, homes: str, wins: Sequence[int], points: Sequence[float] = ()) -> Any:
    """Make teams T1, T2, … by their institutions' letters, "-" for none, and their wins.

    Without ``points`` every team is apart, in the order given.
    """
    infos = tuple(
        TeamInfo(f"T{n}", f"Team {n:02}", None if home == "-" else home,
                 break_categories=frozenset({"open"}))
        for n, home in enumerate(homes, 1))
    rows = []
    for n, (one, info) in enumerate(zip(wins, infos, strict=True)):
        score = points[n] if points else 100 - n
        rows += [
            {"team": info.id, "debate": n * 10 + k, "win": float(k < one), "points": 0.0,
             "score": score}
            for k in range(max(one, 1))]
    return columns({one.id: one.institution for one in infos}, rows, infos=infos)


def broken(data: Any, rule: str, size: int, **options: Any) -> BreakList:
    category = BreakCategory("open", "Open", size, options.pop("reserves", 0), rule, general=True)
    (made,) = qualify(data, [category], two_team=True, institutions=NAMES, **{
        "metrics": ["wins", "speaks_avg"], "ties": "ask", **options})
    return made


def places(made: BreakList) -> list[str]:
    """Return the breaking teams with their places, as ``1 T3``."""
    found = sorted((row.break_rank, row.team) for row in made.rows if row.break_rank is not None)
    return [f"{place} {team}" for place, team in found]


def remarks(made: BreakList) -> dict[str, str]:
    return {row.team: row.remark for row in made.rows if row.remark is not None}


AUSTRALS, EASTERS = "aida-2016-australs", "aida-2016-easters"


def test_1996_lets_three_of_an_institution_in_and_no_more(columns: Any) -> None:
    made = broken(league(columns, "AAAAABB", [5] * 7), "aida-1996", 5, reserves=1)
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T6", "5 T7"]
    assert remarks(made) == {"T4": "capped", "T5": "capped"}
    assert made.reasons["T4"] == "Fourth of Aldermere at 4th: the cap is 3 for each institution."


def test_1996_stays_short_where_only_capped_teams_are_left_and_says_so(columns: Any) -> None:
    made = broken(league(columns, "AAAAAB", [5] * 6), "aida-1996", 5)
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T6"]
    assert "all others that can break are capped" in str(made.note)


def test_1996_needs_no_wins(columns: Any) -> None:
    made = broken(league(columns, "AAAAB", [5] * 5), "aida-1996", 4, metrics=["speaks_avg"])
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T5"]


def test_fewer_teams_than_places_are_not_capped(columns: Any) -> None:
    for rule in (AUSTRALS, EASTERS, "aida-2019-australs-open"):
        made = broken(league(columns, "AAAAA", [5] * 5), rule, 6)
        assert places(made) == [f"{n} T{n}" for n in range(1, 6)]
        assert made.cut_off is None


def test_below_the_cut_off_only_the_best_of_an_institution_comes_in(columns: Any) -> None:
    # the natural line of four is at the fourth; T4 is the fourth of A, so one place is free
    made = broken(league(columns, "AAAABBB-", [5] * 8), AUSTRALS, 4)
    assert made.cut_off == 4
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T5"]
    assert remarks(made) == {"T4": "capped"}
    assert made.reasons["T4"] == (
        "Fourth of Aldermere at 4th: the cap is 3 for each institution; natural cut-off 4th.")
    six = broken(league(columns, "AAAAABB-", [5] * 8), AUSTRALS, 5)
    assert places(six) == ["1 T1", "2 T2", "3 T3", "4 T6", "5 T8"]
    assert six.reasons["T7"] == (
        "Second of Brunnau at 7th: below the natural cut-off, 5th, only the best team of an"
        " institution comes in.")


def test_teams_with_fewer_wins_than_the_last_place_do_not_come_in_before_capped_ones(
    columns: Any,
) -> None:
    made = broken(league(columns, "AAAAB-", [5, 5, 5, 5, 4, 4]), AUSTRALS, 4)
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T4"]
    assert made.reasons["T4"] == (
        "Breaks in place 4 of 4: Fourth of Aldermere at 4th, set aside by the cap and let in again,"
        " since it left only 3 teams for 4 places.")


@pytest.mark.parametrize(("size", "cap"), [(16, 3), (23, 3), (24, 4), (32, 5)])
def test_the_cap_of_2019_grows_with_the_break(size: int, cap: int, columns: Any) -> None:
    data = league(columns, "A" * 6 + "-" * size, [5] * (size + 6))
    made = broken(data, "aida-2019-australs-open", size)
    inside = {f"T{n}" for n in range(1, 7)} & made.breaking
    assert inside == {f"T{n}" for n in range(1, cap + 1)}
    assert len(made.breaking) == size


def test_easters_gives_places_back_to_the_top_three_of_an_institution_first(columns: Any) -> None:
    # five places, all on five wins; T4, T5 are below third of A; T7 and T8 second and third of B
    data = league(columns, "AAAAABBB", [5] * 8)
    assert places(broken(data, AUSTRALS, 5)) == ["1 T1", "2 T2", "3 T3", "4 T4", "5 T6"]
    assert places(broken(data, EASTERS, 5)) == ["1 T1", "2 T2", "3 T3", "4 T6", "5 T7"]


def test_easters_goes_on_to_any_capped_team_rather_than_stay_short(columns: Any) -> None:
    data = league(columns, "AAAAAAB", [5] * 7)
    assert places(broken(data, EASTERS, 6)) == [
        "1 T1", "2 T2", "3 T3", "4 T4", "5 T5", "6 T7"]
    strict = broken(data, EASTERS, 6, strict=True)
    assert places(strict) == ["1 T1", "2 T2", "3 T3", "4 T7"]
    assert "capped" in str(strict.note)


# level teams that come back together: T4, T5 are level and below third of A
def come_back(columns: Any) -> Any:
    # A has the first five, of which the last two are level; B's one is below
    return league(columns, "AAAAABC", [5] * 7, [100, 99, 98, 97, 97, 90, 89])


def test_level_teams_that_come_back_for_too_few_places_wait_for_a_decision(columns: Any) -> None:
    made = broken(come_back(columns), AUSTRALS, 6)
    assert places(made) == ["1 T1", "2 T2", "3 T3", "5 T6", "6 T7"]
    assert remarks(made) == {"T4": "tied", "T5": "tied"}
    assert "one of 2 teams level on every metric for 1 of the 6 places" in made.reasons["T4"]


def test_a_toss_among_teams_that_come_back_leaves_the_cut_off_where_it_was(columns: Any) -> None:
    made = broken(come_back(columns), AUSTRALS, 6, remarks={"open": {"T4": "lost_coin_toss"}})
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T5", "5 T6", "6 T7"]
    assert remarks(made) == {"T4": "lost_coin_toss"}


def test_a_lot_among_teams_that_come_back_is_recorded(columns: Any) -> None:
    made = broken(come_back(columns), AUSTRALS, 6, ties="lot", seed=3)
    assert isinstance(made.lots, Lots)
    first, second = made.lots.order
    assert {first, second} == {"T4", "T5"}
    assert first in made.breaking
    assert remarks(made) == {second: "lost_coin_toss"}
    assert "drawn 2nd of 2" in made.reasons[second]
    assert "drawn 1st of 2" in made.reasons[first]


def test_break_ranks_after_a_group_that_came_back_are_lowered_by_the_excess(columns: Any) -> None:
    made = broken(come_back(columns), AUSTRALS, 6, ties="all")
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T4", "4 T5", "5 T6", "6 T7"]
    assert "7 break for 6 places" in made.reasons["T4"]


def test_a_dropped_team_comes_in_rather_than_that_a_place_stays_empty(columns: Any) -> None:
    # ranked by speaks first, so that the team with fewest wins stands first of all
    data = league(columns, "ABC-", [1, 3, 3, 2], [100, 99, 98, 97])
    made = broken(data, AUSTRALS, 3, metrics=["speaks_avg", "wins"])
    assert places(made) == ["1 T1", "2 T2", "3 T3"]
    assert "too few wins and let in again" in made.reasons["T1"]
    other = broken(league(columns, "ABC-", [1, 3, 3, 3], [100, 99, 98, 97]), AUSTRALS, 3,
                   metrics=["speaks_avg", "wins"])
    assert places(other) == ["1 T2", "2 T3", "3 T4"]
    assert other.reasons["T1"] == "Rank 1: fewer wins than the 3 of the last place."


def test_a_swing_team_counts_in_no_cap_and_never_breaks(columns: Any) -> None:
    infos = tuple(
        TeamInfo(f"T{n}", f"Team {n}", "A", type="swing" if n == 1 else "normal",
                 break_categories=frozenset({"open"})) for n in range(1, 6))
    rows = [{"team": one.id, "debate": n, "win": 1.0, "score": 100 - n}
            for n, one in enumerate(infos)]
    made = broken(columns({one.id: "A" for one in infos}, rows, infos=infos), "aida-1996", 4)
    assert places(made) == ["1 T2", "2 T3", "3 T4"]
    assert remarks(made) == {"T1": "ineligible"}
    assert made.reasons["T1"] == "Rank 1: a swing team never breaks."


def test_a_rule_without_its_metric_is_told_for_its_category_alone(columns: Any) -> None:
    data = league(columns, "AAAA", [5] * 4)
    capped = BreakCategory("open", "Open", 2, rule=EASTERS, general=True, priority=5)
    plain = BreakCategory("other", "Other", 2, general=True)
    first, second = qualify(
        data, [capped, plain], metrics=["speaks_avg"], ties="ask", two_team=True)
    assert (first.rows, first.lots) == ((), None)
    assert first.problem is not None
    assert first.problem.code == "break_rule_needs_metric"
    assert "speaks_avg" in str(first.note)
    assert "Standard (WUDC), AIDA 1996" in str(first.note)
    assert second.problem is None
    assert second.rule == "standard"


def test_a_stored_break_whose_rule_cannot_work_still_bars_below(columns: Any) -> None:
    infos = tuple(TeamInfo(f"T{n}", f"Team {n}", break_categories=frozenset({"open", "esl"}))
                  for n in range(4))
    data = columns({one.id: None for one in infos},
                   [{"team": one.id, "debate": n, "score": 9 - n} for n, one in enumerate(infos)],
                   infos=infos)
    capped = BreakCategory("open", "Open", 2, rule=EASTERS, general=True, priority=5)
    lists = qualify(
        data, [capped, BreakCategory("esl", "ESL", 2)], metrics=["speaks_avg"], ties="ask",
        two_team=True, settled={"open": frozenset({"T0"})})
    assert lists[1].breaking == {"T1", "T2"}


@pytest.mark.parametrize(("two_team", "code"), [
    (True, "break_rule_needs_metric"), (False, "break_rule_needs_two_teams")])
def test_the_only_category_asked_for_is_refused(two_team: bool, code: str, columns: Any) -> None:
    data = league(columns, "AAAA", [5] * 4)
    category = BreakCategory("open", "Open", 2, rule=EASTERS, general=True)
    with pytest.raises(UserError) as refused:
        qualify(data, [category], metrics=["speaks_avg"], ties="ask", two_team=two_team)
    assert refused.value.code == code


def test_wins_mean_nothing_where_four_teams_debate(columns: Any) -> None:
    category = BreakCategory("open", "Open", 2, rule=AUSTRALS, general=True)
    with pytest.raises(UserError, match="only debates of two teams"):
        qualify(league(columns, "AA", [1, 1]), [category], metrics=["wins"], ties="ask")


# Faults of section 13


def test_trap_1_a_tied_last_place_is_never_picked_in_silence(columns: Any) -> None:
    data = league(columns, "----", [3, 2, 1, 1], [9, 9, 9, 9])
    assert remarks(broken(data, "standard", 3)) == {"T3": "tied", "T4": "tied"}
    assert places(broken(data, "standard", 3, ties="all")) == ["1 T1", "2 T2", "3 T3", "3 T4"]


@pytest.mark.parametrize("rule", [AUSTRALS, EASTERS, "aida-2019-australs-open"])
def test_trap_2_capping_a_team_does_not_crash(rule: str, columns: Any) -> None:
    made = broken(league(columns, "AAAAB", [5] * 5), rule, 4)
    assert remarks(made) == {"T4": "capped"}


def test_trap_3_the_rank_at_home_is_by_wins_first(columns: Any) -> None:
    # T1 has the most wins and the worst speaks: by speaks alone it would be fourth of A
    made = broken(league(columns, "AAAAB", [5, 4, 4, 4, 4], [70, 99, 98, 97, 60]), "aida-1996", 4)
    assert places(made) == ["1 T1", "2 T2", "3 T3", "4 T5"]


def test_trap_3_teams_without_an_institution_are_no_institution(columns: Any) -> None:
    made = broken(league(columns, "-----", [5] * 5), "aida-1996", 5)
    assert len(made.breaking) == 5


@pytest.mark.parametrize("rule", ["standard", "aida-1996", AUSTRALS, EASTERS])
def test_trap_4_an_empty_category_is_an_empty_break(rule: str, columns: Any) -> None:
    data = league(columns, "AA", [1, 1])
    made = qualify(data, [BreakCategory("esl", "ESL", 2, rule=rule)],
                   metrics=["wins"], ties="ask", two_team=True)[0]
    assert made.rows == ()
    assert "Nobody can break in ESL" in str(made.note)


def two(columns: Any, *both: int, others: int = 6) -> Any:
    infos = tuple(
        TeamInfo(f"T{n}", f"Team {n}", break_categories=frozenset(
            {"open", "esl"} if n in both else {"open"})) for n in range(others))
    rows = [{"team": one.id, "debate": n, "score": 99 - n} for n, one in enumerate(infos)]
    return columns({one.id: None for one in infos}, rows, infos=infos)


def test_trap_18_a_team_that_withdrew_above_may_break_below(columns: Any) -> None:
    lists = qualify(
        two(columns, 0, 1, 4), [
            BreakCategory("open", "Open", 2, general=True, priority=9),
            BreakCategory("esl", "ESL", 2)],
        metrics=["speaks_avg"], ties="ask", remarks={"open": {"T0": "withdrawn"}})
    assert lists[0].breaking == {"T1", "T2"}
    assert lists[1].breaking == {"T0", "T4"}
    assert lists[1].reasons["T1"] == "Rank 2: breaks in Open, which goes before ESL."


def test_trap_19_a_reserve_elsewhere_does_not_hide_a_break(columns: Any) -> None:
    open_break = BreakCategory("open", "Open", 2, general=True, priority=9)
    esl = BreakCategory("esl", "ESL", 1, 2, priority=5)
    third = BreakCategory("efl", "EFL", 2, priority=1)
    data = two(columns, 0, 2, 3)
    lists = qualify(data, [open_break, esl, third], metrics=["speaks_avg"], ties="ask")
    assert lists[1].breaking == {"T2"}
    assert remarks(lists[1]) == {"T0": "different_break", "T3": "reserve"}
    again = qualify(data, [open_break, esl], metrics=["speaks_avg"], ties="ask")
    assert again[0].breaking.isdisjoint(again[1].breaking)


# What is unusual


@pytest.mark.parametrize(("options", "words"), [
    ({"metrics": []}, "Nothing ranks the teams"),
    ({"size": 9}, "3 teams break for the 9 places"),
])
def test_what_is_unusual_is_told_and_nothing_crashes(
    options: dict[str, Any], words: str, columns: Any
) -> None:
    size = options.pop("size", 2)
    made = broken(league(columns, "AB-", [3, 2, 1]), "standard", size, **options)
    assert words in str(made.note)


def test_without_results_all_are_level_and_it_is_said(columns: Any) -> None:
    infos = tuple(TeamInfo(f"T{n}", f"Team {n}", break_categories=frozenset({"open"}))
                  for n in range(4))
    made = broken(columns({one.id: None for one in infos}, [], infos=infos), "standard", 2)
    assert set(remarks(made).values()) == {"tied"}
    assert "No result is confirmed yet" in str(made.note)
