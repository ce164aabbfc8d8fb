"""Break rules against Tabbycat's manual and its generators, worked by hand.

Tabbycat has no tests of its break rules ("we don't test the code for such cases", its manual says),
so each case here is the text of its manual or a path through its generators. A field is written
best team first: institution ("-" for none), wins, "=" for level with the one before, "x" for not
eligible. ``A5 A5 B5= -4x`` are T1 to T4. Tabbycat's own crashes on caps (rules.md, 13.2, 13.3) are
left aside: what is meant are the generators as they are written.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tabapp.domain.breaks import BreakCategory, BreakList, qualify
from tabapp.domain.types import TeamInfo

STANDARD, OLD = "standard", "aida-1996"
AUSTRALS, EASTERS, DYNAMIC = "aida-2016-australs", "aida-2016-easters", "aida-2019-australs-open"


def field(columns: Any, text: str) -> Any:
    infos: list[TeamInfo] = []
    rows: list[dict[str, Any]] = []
    speaks = 300.0
    for number, word in enumerate(text.split(), 1):
        home, wins = word[0], int(word[1])
        speaks -= "=" not in word
        infos.append(TeamInfo(
            f"T{number}", f"Team {number:02}", None if home == "-" else home,
            break_categories=frozenset(() if "x" in word else ("open",))))
        rows += [{"team": f"T{number}", "debate": 10 * number + n, "win": float(n < wins),
                  "points": float(n < wins), "score": speaks} for n in range(8)]
    return columns({one.id: one.institution for one in infos}, rows, infos=tuple(infos))


def made(columns: Any, text: str, rule: str, size: int, **options: Any) -> BreakList:
    general = options.pop("general", True)
    category = BreakCategory(
        "open", "Open", size, options.pop("reserve", 0), rule, general=general)
    (found,) = qualify(field(columns, text), [category], two_team=True, **{
        "metrics": ["wins", "speaks_avg"], "ties": "all", **options})
    return found


def breaking(found: BreakList) -> str:
    """Return the break as numbers of teams in order, level ones joined by =."""
    rows = sorted((row.break_rank, int(row.team[1:])) for row in found.rows if row.break_rank)
    told = ""
    for at, (place, number) in enumerate(rows):
        level = at and rows[at - 1][0] == place
        told += f"{'=' if level else ' '}{number}"
    return told.strip()


def places(found: BreakList) -> list[int]:
    return sorted(row.break_rank for row in found.rows if row.break_rank)


def remarked(found: BreakList) -> dict[str, str]:
    return {row.team: row.remark for row in found.rows if row.remark}


class Case(NamedTuple):
    rule: str
    size: int
    field: str
    breaks: str
    capped: str = ""
    reserve: int = 0


CASES = {
    "the top n": Case(STANDARD, 4, "A5 A5 A5 A5 A4", "1 2 3 4"),
    "fewer than n": Case(STANDARD, 4, "A5 A4", "1 2"),
    "all who are level with the last": Case(STANDARD, 3, "A5 B5 C4 D4= E3", "1 2 3=4"),
    "level above the line": Case(STANDARD, 4, "A5 B4 C4= D3 E3", "1 2=3 4"),
    "three of an institution": Case(OLD, 4, "A5 A5 A5 A5 A5 B4 C3", "1 2 3 6", "4 5"),
    "1996: level at the fourth place of an institution": Case(
        OLD, 4, "A5 A5 A5 A5= B3 C2", "1 2 3=4"),
    "1996: level at the third place, all three are third": Case(
        OLD, 5, "A5 A5 A5 A5= A5= B3", "1 2 3=4=5"),
    "1996: level below the third": Case(OLD, 4, "A5 A5 A5 A4 A4= B3", "1 2 3 6", "4 5"),
    "1996: nobody comes back": Case(OLD, 4, "A5 A5 A5 A5 A5", "1 2 3"),
    "1996: others are no institution": Case(OLD, 4, "-5 -5 -5 -5 A5", "1 2 3 4"),
    "in the top n and in the top three at home": Case(
        AUSTRALS, 4, "A5 A5 A5 A5 B5", "1 2 3 5", "4"),
    "as many wins and the best at home": Case(
        AUSTRALS, 4, "A5 A5 A5 A5 A5 B5 B5 C5", "1 2 3 6", "4 5"),
    "the second of another institution is below the cut-off": Case(
        AUSTRALS, 5, "A5 A5 A5 A5 B5 B5 C5 D4", "1 2 3 5 7", "4 6"),
    "fewer wins than the nth do not break before capped teams": Case(
        AUSTRALS, 4, "A5 A5 A5 A5 B4 C4", "1 2 3 4"),
    "the nth has fewer wins: those with as many are in": Case(
        AUSTRALS, 5, "A5 A5 A5 A5 A4 B4 C4 D3", "1 2 3 6 7", "4 5"),
    "fewer teams than places: no cap": Case(AUSTRALS, 6, "A5 A5 A5 A5 A5", "1 2 3 4 5"),
    "as many teams as places: all come back": Case(
        AUSTRALS, 5, "A5 A5 A5 A5 A5", "1 2 3 4 5"),
    "level at the cut-off is above it": Case(
        AUSTRALS, 4, "A5 A5 A5 B5 B5=", "1 2 3 4=5"),
    "best at home below, level": Case(
        AUSTRALS, 4, "A5 A5 A5 A5 B5 C5=", "1 2 3 5=6", "4"),
    "capped teams come back best first": Case(
        AUSTRALS, 6, "A5 A5 A5 A5 A5 A5 B5 B5", "1 2 3 4 5 7", "6"),
    "ineligible teams count for the cut-off and at home": Case(
        AUSTRALS, 4, "A5x A5 A5 A5 B5 B5 C5", "2 3 5 7", "1 4 6"),
    "Easters: the top three at home come back first": Case(
        EASTERS, 5, "A5 A5 A5 A5 A5 B5 B5 B5", "1 2 3 6 7", "4 5"),
    "Easters: then any": Case(EASTERS, 6, "A5 A5 A5 A5 A5 B5 B5 C4", "1 2 3 4 6 7", "5"),
    "Easters: with enough left nobody comes back": Case(
        EASTERS, 4, "A5 A5 A5 A5 B5 B5 C5", "1 2 3 5", "4"),
    "2019: three up to 23": Case(
        DYNAMIC, 4, "A5 A5 A5 A5 B5", "1 2 3 5", "4"),
    "reserves are the next that are not capped": Case(
        AUSTRALS, 4, "A5 A5 A5 A5 B5 C5 D4 E4", "1 2 3 5", "4", 2),
    "reserves of the standard rule": Case(STANDARD, 2, "A5 A5 A5 A4 B3", "1 2", "", 2),
}
RESERVES = {
    "reserves are the next that are not capped": {"T6"},
    "reserves of the standard rule": {"T3", "T4"},
}


@pytest.mark.parametrize("name", CASES)
def test_a_rule_chooses_as_tabbycat_does(name: str, columns: Any) -> None:
    case = CASES[name]
    found = made(columns, case.field, case.rule, case.size, reserve=case.reserve)
    assert breaking(found) == case.breaks
    kept = {team: remark for team, remark in remarked(found).items() if remark != "reserve"}
    closed = {f"T{n}" for n, word in enumerate(case.field.split(), 1) if "x" in word}
    assert kept == {
        f"T{n}": "ineligible" if f"T{n}" in closed else "capped" for n in case.capped.split()}
    assert {row.team for row in found.rows if row.remark == "reserve"} == RESERVES.get(name, set())


@pytest.mark.parametrize(("size", "cap"), [
    (8, 3), (16, 3), (23, 3), (24, 4), (31, 4), (32, 5), (48, 7)])
def test_the_cap_of_2019_is_three_and_one_for_every_eight_above_sixteen(
    size: int, cap: int, columns: Any
) -> None:
    found = made(columns, "A5 " * 9 + "-5 " * size, DYNAMIC, size)
    assert {f"T{n}" for n in range(1, 10)} & found.breaking == {
        f"T{n}" for n in range(1, cap + 1)}
    assert len(found.breaking) == size


def test_a_category_of_its_own_ranks_its_own(columns: Any) -> None:
    text = "A5x A5 A5 A5 B5 B5 C5"
    found = made(columns, text, AUSTRALS, 4, general=False)
    assert breaking(found) == "2 3 4 5", "T1 is nobody's better at home here"
    assert [row.rank for row in found.rows] == [1, 2, 3, 4]


def test_a_team_with_a_remark_of_a_person_lets_the_next_one_in(columns: Any) -> None:
    text = "A5 A5 A5 A5 B5 C5"
    assert breaking(made(columns, text, AUSTRALS, 4)) == "1 2 3 5"
    found = made(columns, text, AUSTRALS, 4, remarks={"open": {"T2": "withdrawn"}})
    # T4 stays fourth at home: a team that withdrew still stands in the standings
    assert breaking(found) == "1 3 5 6"
    assert remarked(found) == {"T2": "withdrawn", "T4": "capped"}


def test_a_toss_lost_by_a_team_that_is_not_eligible_moves_no_line(columns: Any) -> None:
    text, lost = "A5x B5 C5 C5 D5", {"open": {"T1": "lost_coin_toss"}}
    assert breaking(made(columns, text, AUSTRALS, 3)) == "2 3 4"
    found = made(columns, text, AUSTRALS, 3, remarks=lost)
    assert breaking(found) == "2 3 4"
    assert found.cut_off == 4
    assert remarked(found) == {"T1": "lost_coin_toss"}


def test_a_team_that_breaks_above_is_no_candidate_and_counts_at_home(columns: Any) -> None:
    text = "A5 A5 A5 A5 B5 C5 D5"
    data = field(columns, text)
    infos = tuple(
        TeamInfo(one.id, one.name, one.institution, break_categories=frozenset(
            {"open", "top"} if one.id == "T1" else {"open"})) for one in data.teams)
    both = [BreakCategory("top", "Top", 2, priority=9),
            BreakCategory("open", "Open", 4, rule=AUSTRALS, general=True)]
    rows = [{"team": one.id, "debate": n, "win": 1.0, "points": 1.0, "score": 99 - n}
            for n, one in enumerate(infos)]
    _top, found = qualify(
        columns({one.id: one.institution for one in infos}, rows, infos=infos), both,
        metrics=["wins", "speaks_avg"], ties="all", two_team=True)
    assert remarked(found) == {"T1": "different_break", "T4": "capped"}
    assert breaking(found) == "2 3 5 6"


# --- where we decide differently ----------------------------------------------------------------

BACK = "A5 A5 A5 A5 A5= B5 C5 D4"
"""T4 and T5 are below third at home and level; one of six places is left over by the cap."""


def test_a_level_group_that_comes_back_pushes_nobody_out(columns: Any) -> None:
    # Tabbycat lets T4 and T5 in for one place, lowers the break ranks after them by one, and then
    # cuts the list at six teams, so that T7, whom no cap touched, loses its place to them. Ties
    # are never picked in silence (rules.md, section 0): by default both wait for a decision
    asked = made(columns, BACK, AUSTRALS, 6, ties="ask")
    assert remarked(asked) == {"T4": "tied", "T5": "tied"}
    assert [(row.team, row.break_rank) for row in asked.rows if row.break_rank] == [
        ("T1", 1), ("T2", 2), ("T3", 3), ("T6", 5), ("T7", 6)]
    # with all of them in, the seventh is there too, and its break rank is that of the last place
    everybody = made(columns, BACK, AUSTRALS, 6)
    assert breaking(everybody) == "1 2 3 4=5 6 7"
    assert places(everybody) == [1, 2, 3, 4, 4, 5, 6]


def test_level_teams_at_the_line_wait_or_are_drawn(columns: Any) -> None:
    # Tabbycat's manual has them all in, its code takes n of them by chance (rules.md, 13.1)
    text = "A5 B5 C4 D4= E4= F3"
    asked = made(columns, text, STANDARD, 4, ties="ask")
    assert remarked(asked) == dict.fromkeys(("T3", "T4", "T5"), "tied")
    assert breaking(asked) == "1 2"
    drawn = made(columns, text, STANDARD, 4, ties="lot", seed=5)
    assert drawn.lots is not None
    assert places(drawn) == [1, 2, 3, 3]
    assert sorted(drawn.lots.order) == ["T3", "T4", "T5"]


def test_easters_as_the_manual_reads_it_is_an_option(columns: Any) -> None:
    text = CASES["Easters: then any"].field
    strict = made(columns, text, EASTERS, 6, strict=True)
    assert breaking(strict) == "1 2 3 6 7"
    assert {team for team, remark in remarked(strict).items() if remark == "capped"} == {
        "T4", "T5"}


def test_whoever_is_level_with_the_last_place_and_not_let_in_is_shown(columns: Any) -> None:
    # Tabbycat hides who is not better than the last breaking team, and with it why
    found = made(columns, "A5 B5x C4 D4=x E3", STANDARD, 2)
    assert breaking(found) == "1 3"
    assert remarked(found) == {"T2": "ineligible", "T4": "ineligible"}


def test_a_rank_at_home_is_by_the_whole_precedence(columns: Any) -> None:
    # Tabbycat leaves its first metric out and counts teams without one as an institution (13.3)
    assert breaking(made(columns, "-5 -5 -5 -5 A4", OLD, 4)) == "1 2 3 4"
    data = field(columns, "A5 A4 A4 A4 B4")
    by_speaks = data.team_score.copy()
    by_speaks[data.team_team == 0] = 70
    data.team_score[:] = by_speaks
    category = BreakCategory("open", "Open", 4, 0, OLD, general=True)
    (found,) = qualify(
        data, [category], metrics=["wins", "speaks_avg"], ties="all", two_team=True)
    assert breaking(found) == "1 2 3 5"
