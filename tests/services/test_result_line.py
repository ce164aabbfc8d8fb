"""Where the line of the break stands in a table: size, who can break, ties on the last place."""

from __future__ import annotations

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.types import StandingRow, Standings, TeamInfo
from tabapp.services.result_line import BreakLine, break_line

OPEN = BreakCategory("open", "Open", size=2, general=True)
ESL = BreakCategory("esl", "ESL", size=1)


def _table(*ranks: int | None) -> Standings:
    return Standings("teams", ("points",), (), tuple(
        StandingRow(f"T{i}", f"Team {i}", rank, ranks.count(rank) > 1, {})
        for i, rank in enumerate(ranks)))


def _teams(count: int, *, swing: int = -1, foreign: int = -1) -> list[TeamInfo]:
    return [
        TeamInfo(
            f"T{i}", f"Team {i}", type="swing" if i == swing else "normal",
            break_categories=frozenset() if i == foreign else frozenset({"open", "esl"}))
        for i in range(count)]


def _line(
    table: Standings, teams: list[TeamInfo], category: str | None = None
) -> BreakLine | None:
    return break_line(table, [ESL, OPEN], teams, category, "")


def test_the_line_stands_after_as_many_rows_as_break() -> None:
    assert _line(_table(1, 2, 3, 4), _teams(4)) == BreakLine(2, 2)


def test_a_category_has_its_own_line() -> None:
    assert _line(_table(1, 2, 3, 4), _teams(4), "esl") == BreakLine(1, 1)


def test_swing_teams_and_teams_that_are_not_eligible_take_no_place() -> None:
    assert _line(_table(1, 2, 3, 4), _teams(4, swing=0)) == BreakLine(3, 2)
    assert _line(_table(1, 2, 3, 4), _teams(4, foreign=1)) == BreakLine(3, 2)


def test_a_tie_on_the_last_place_is_told_below_all_who_share_it() -> None:
    assert _line(_table(1, 2, 2, 2, 5), _teams(5)) == BreakLine(4, 2, level=3, open=1)
    assert _line(_table(1, 1, 1, 4), _teams(4)) == BreakLine(3, 2, level=3, open=2)


def test_without_a_category_a_standard_rule_or_anybody_below_there_is_no_line() -> None:
    table, teams = _table(1, 2, 3), _teams(3)
    assert break_line(table, [ESL], teams, None, "") is None
    aida = BreakCategory("open", "Open", size=2, general=True, rule="aida-2016")
    assert break_line(table, [aida], teams, None, "") is None
    assert _line(_table(1, 2), _teams(2)) is None
    assert _line(_table(None, None, None), teams) is None
