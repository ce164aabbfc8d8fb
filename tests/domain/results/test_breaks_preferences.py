"""Which of several categories a team breaks in, and who has debated often enough to break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tabapp.domain.breaks import BreakCategory, BreakList, qualify, rounds_debated
from tabapp.domain.breaks.preferences import settle
from tabapp.domain.types import TeamInfo

OPEN = BreakCategory("open", "Open", 3, general=True, priority=10, seq=1)
ESL = BreakCategory("esl", "ESL", 2, priority=5, seq=2)
EFL = BreakCategory("efl", "EFL", 1, priority=5, seq=3)


def field(
    columns: Any, count: int = 8, wishes: Mapping[int, Sequence[str]] | None = None,
    esl: Sequence[int] = range(8), efl: Sequence[int] = (), level: Sequence[int] = (),
) -> Any:
    """Make teams T0, T1, … in order of their points; those in ``level`` have the same."""
    infos = tuple(
        TeamInfo(
            f"T{n}", f"Team {n}",
            break_categories=frozenset({
                "open", *(["esl"] if n in esl else []), *(["efl"] if n in efl else [])}),
            break_preferences=tuple((wishes or {}).get(n, ())))
        for n in range(count))
    rows = [
        {"team": one.id, "debate": n, "points": float(50 - (min(level) if n in level else n))}
        for n, one in enumerate(infos)]
    return columns({one.id: None for one in infos}, rows, infos=infos)


def made(data: Any, *categories: BreakCategory, **options: Any) -> dict[str, BreakList]:
    lists = qualify(data, categories, metrics=["points"], **{"ties": "ask", **options})
    return {one.category: one for one in lists}


def inside(lists: Mapping[str, BreakList]) -> dict[str, str]:
    """Return each category's breaking teams, as ``012``."""
    return {slug: "".join(sorted(team[1:] for team in one.breaking)) for slug, one in lists.items()}


def test_without_preferences_priority_decides(columns: Any) -> None:
    assert inside(made(field(columns), OPEN, ESL)) == {"open": "012", "esl": "34"}


def test_a_team_breaks_where_it_prefers_and_its_place_goes_to_the_next(columns: Any) -> None:
    lists = made(field(columns, wishes={1: ["esl", "open"]}), OPEN, ESL)
    assert inside(lists) == {"open": "023", "esl": "14"}
    assert lists["open"].reasons["T1"] == "Rank 2: breaks in ESL, which it prefers to Open."
    assert "ESL is a break that it asked for" in lists["esl"].reasons["T1"]
    assert {row.team: row.remark for row in lists["open"].rows}["T1"] == "different_break"


def test_a_team_that_misses_its_preferred_break_takes_the_other(columns: Any) -> None:
    lists = made(field(columns, wishes={2: ["esl", "open"]}, esl=[0, 1, 2]),
                 BreakCategory("open", "Open", 3, general=True, priority=1),
                 BreakCategory("esl", "ESL", 2, priority=9))
    assert inside(lists) == {"open": "234", "esl": "01"}


def test_a_place_left_goes_on_through_all_categories(columns: Any) -> None:
    # T0 leaves Open, so that T3 comes in there and leaves ESL to T4
    lists = made(field(columns, wishes={0: ["efl"]}, efl=[0]), OPEN, ESL, EFL)
    assert inside(lists) == {"open": "123", "esl": "45", "efl": "0"}


def test_two_teams_that_want_each_others_break_both_have_their_way(columns: Any) -> None:
    one = BreakCategory("open", "Open", 1, general=True, priority=5)
    other = BreakCategory("esl", "ESL", 1, priority=5)
    data = field(columns, 2, {0: ["esl", "open"], 1: ["open", "esl"]}, level=(0, 1))
    # they are level on everything, and yet nobody has to decide
    assert inside(made(data, one, other)) == {"open": "1", "esl": "0"}


def test_equal_priorities_exclude_only_whom_a_preference_says_so(columns: Any) -> None:
    equal = BreakCategory("esl", "ESL", 3, priority=10)
    assert inside(made(field(columns), OPEN, equal)) == {"open": "012", "esl": "012"}
    lists = made(field(columns, wishes={1: ["esl"]}), OPEN, equal)
    assert inside(lists) == {"open": "023", "esl": "012"}


def test_a_preference_for_a_category_that_is_not_its_own_changes_nothing(columns: Any) -> None:
    data = field(columns, wishes={0: ["esl", "nowhere"]}, esl=[3, 4])
    assert inside(made(data, OPEN, ESL)) == {"open": "012", "esl": "34"}


def test_a_category_alone_is_made_with_those_that_its_teams_prefer(columns: Any) -> None:
    data = field(columns, wishes={1: ["esl"]})
    (alone,) = made(data, OPEN, ESL, only="open").values()
    assert alone.breaking == {"T0", "T2", "T3"}
    assert "ESL" in str(alone.note)
    (fixed,) = made(data, OPEN, ESL, only="open", settled={"esl": frozenset({"T4"})}).values()
    assert fixed.breaking == {"T0", "T1", "T2"}


def test_who_breaks_there_is_no_matter_of_the_order_of_input(columns: Any) -> None:
    data = field(columns, wishes={1: ["esl"], 2: ["efl", "esl"], 4: ["open"]}, efl=[2, 3])
    forth, back = made(data, OPEN, ESL, EFL), made(data, EFL, ESL, OPEN)
    assert forth == back
    assert inside(forth) == {"open": "034", "esl": "15", "efl": "2"}


def test_wishes_that_caps_keep_going_round_are_left_aside_at_last() -> None:
    teams = {ref: TeamInfo(ref, ref, break_categories=frozenset({"open", "esl"}),
                           break_preferences=("esl",) if ref == "T1" else ()) for ref in
             ("T1", "T2")}

    def choose(slug: str, gone: Mapping[str, BreakCategory]) -> frozenset[str]:
        # a rule by which T1 breaks in ESL only while T2 does not break in Open
        if slug == "open":
            return frozenset({"T2"}) if "T1" in gone else frozenset({"T1"})
        return frozenset() if "T2" in gone else frozenset({"T1"})

    aside = settle([OPEN, ESL], teams, choose, {}, lambda team: (team,))
    assert aside == {"T1"}


# Rounds debated


def rounds(columns: Any) -> Any:
    """T0 debated three rounds, T1 one and had a bye, T2 one, T3 none."""
    infos = tuple(TeamInfo(f"T{n}", f"Team {n}", break_categories=frozenset({"open", "esl"}))
                  for n in range(5))
    nobody = float("nan")
    rows = [
        *({"team": "T0", "debate": k, "seq": k + 1, "points": 9.0} for k in range(3)),
        *({"team": "T4", "debate": k, "seq": k + 1, "points": 1.0} for k in range(3)),
        {"team": "T1", "debate": 3, "points": 8.0}, {"team": "T2", "debate": 3, "points": 7.0},
        {"team": "T1", "debate": 4, "seq": 2, "side": -1, "confirmed": False, "points": nobody},
        {"team": "T2", "debate": 5, "seq": 3, "confirmed": False, "points": nobody},
        {"team": "T3", "debate": 5, "seq": 3, "confirmed": False, "points": nobody},
    ]
    return columns({one.id: None for one in infos}, rows, weights=(1, 1, 1, 1), infos=infos)


def test_a_bye_counts_as_debated_and_a_room_without_a_ballot_does_not(columns: Any) -> None:
    counted = rounds_debated(rounds(columns))
    assert counted == {"T0": 3, "T1": 2, "T2": 1, "T3": 0, "T4": 3}
    assert rounds_debated(rounds(columns), {"T0": 2})["T0"] == 1


def test_who_debated_too_few_rounds_stands_ineligible_and_is_told_by_how_much(
    columns: Any,
) -> None:
    category = BreakCategory("open", "Open", 2, general=True)
    found = made(rounds(columns), category, min_rounds=3)["open"]
    assert found.breaking == {"T0", "T4"}
    assert {row.team: row.remark for row in found.rows} == {
        "T0": None, "T1": "ineligible", "T2": "ineligible", "T4": None}
    assert found.reasons["T1"] == (
        "Rank 2: debated 2 of the 3 rounds that it takes to break; 1 missing.")
    assert made(rounds(columns), category)["open"].breaking == {"T0", "T1"}


def test_a_person_can_free_a_team_from_the_minimum(columns: Any) -> None:
    category = BreakCategory("open", "Open", 2, general=True)
    found = made(rounds(columns), category, min_rounds=3,
                 remarks={"open": {"T1": "eligible", "T3": "eligible"}})["open"]
    assert found.breaking == {"T0", "T1"}
    # below the line it is not forgotten
    assert [row.team for row in found.unlisted] == ["T3"]


@pytest.mark.parametrize("said", ["withdrawn", "disqualified"])
def test_another_word_of_a_person_stands_before_the_minimum(said: str, columns: Any) -> None:
    category = BreakCategory("open", "Open", 2, general=True)
    found = made(rounds(columns), category, min_rounds=3, remarks={"open": {"T1": said}})["open"]
    assert {row.team: row.remark for row in found.rows}["T1"] == said


def test_where_nobody_debated_enough_that_is_said(columns: Any) -> None:
    category = BreakCategory("open", "Open", 2, general=True)
    found = made(rounds(columns), category, min_rounds=5)["open"]
    assert found.breaking == frozenset()
    assert "Nobody has debated the 5 rounds" in str(found.note)
