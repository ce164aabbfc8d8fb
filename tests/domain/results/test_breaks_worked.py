"""Who breaks, who does not, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory, BreakList, Lots, qualify
from tabapp.domain.types import TeamInfo

OPEN = BreakCategory("open", "Open", 4, general=True, priority=10)
ESL = BreakCategory("esl", "ESL", 2, priority=5)


@pytest.fixture
def field(columns: Any) -> Any:
    """Make teams T0, T1, … with the points that are given; ESL teams are named by number."""

    def make(*points: float, esl: str = "", swing: str = "", closed: str = "") -> Any:
        infos = tuple(
            TeamInfo(
                f"T{n}", f"Team {n}", type="swing" if str(n) in swing else "normal",
                break_categories=frozenset(
                    slug for slug, is_in in (("open", str(n) not in closed), ("esl", str(n) in esl))
                    if is_in
                ),
            )
            for n in range(len(points))
        )  # fmt: skip
        rows = [{"team": f"T{n}", "debate": n, "points": p} for n, p in enumerate(points)]
        return columns({info.id: None for info in infos}, rows, infos=infos)

    return make


def rows(made: BreakList) -> list[tuple[str, int | None, int | None, str | None]]:
    return [(r.team, r.rank, r.break_rank, r.remark) for r in made.rows]


def breaks(data: Any, *categories: BreakCategory, **options: Any) -> tuple[BreakList, ...]:
    return qualify(data, categories, metrics=["points"], **{"ties": "ask", **options})


def test_the_first_teams_break_and_the_next_are_in_reserve(field: Any) -> None:
    category = BreakCategory("open", "Open", 2, 1, general=True)
    (made,) = breaks(field(9, 8, 7, 6), category)
    assert rows(made) == [("T0", 1, 1, None), ("T1", 2, 2, None), ("T2", 3, None, "reserve")]
    assert "place 1" in made.reasons["T0"]
    assert made.lots is None


def test_tied_teams_share_a_break_rank(field: Any) -> None:
    (made,) = breaks(field(9, 8, 8, 7, 6), OPEN)
    assert [r.break_rank for r in made.rows] == [1, 2, 2, 4]


def test_a_tie_at_the_line_is_left_to_the_tab_director(field: Any) -> None:
    (made,) = breaks(field(9, 8, 7, 6, 6, 6, 5), BreakCategory("open", "Open", 4, 1, general=True))
    assert rows(made) == [
        ("T0", 1, 1, None), ("T1", 2, 2, None), ("T2", 3, 3, None), ("T3", 4, None, "tied"),
        ("T4", 4, None, "tied"), ("T5", 4, None, "tied"), ("T6", 7, None, "reserve"),
    ]  # fmt: skip
    assert "Decide" in made.reasons["T3"]


def test_a_decision_of_the_tab_director_settles_the_tie(field: Any) -> None:
    lost = {"open": {"T3": "lost_coin_toss", "T5": "lost_coin_toss", "T4": "tied"}}
    (made,) = breaks(field(9, 8, 7, 6, 6, 6, 5), OPEN, remarks=lost)
    assert rows(made)[3:] == [
        ("T3", 4, None, "lost_coin_toss"), ("T4", 4, 4, None), ("T5", 4, None, "lost_coin_toss"),
    ]  # fmt: skip


def test_a_lot_is_recorded_and_repeats(field: Any) -> None:
    data = field(9, 8, 7, 6, 6, 6, 5)
    (made,) = breaks(data, OPEN, ties="lot", seed=7)
    assert (made,) == breaks(data, OPEN, ties="lot", seed=7)
    assert isinstance(made.lots, Lots)
    assert made.lots.seed == 7
    assert sorted(made.lots.order) == ["T3", "T4", "T5"]
    drawn = [r.team for r in made.rows if r.rank == 4 and r.break_rank == 4]
    assert drawn == [made.lots.order[0]]
    assert sorted(r.team for r in made.rows if r.remark == "lost_coin_toss") == sorted(
        made.lots.order[1:]
    )
    casts = [breaks(data, OPEN, ties="lot", seed=seed)[0].lots for seed in range(20)]
    assert len({cast.order for cast in casts if cast is not None}) > 1


def test_a_lot_is_drawn_only_for_a_tie_at_the_line(field: Any) -> None:
    (made,) = breaks(field(9, 8, 7, 7, 6), OPEN, ties="lot")
    assert made.lots is None


def test_a_lot_needs_a_seed(field: Any) -> None:
    with pytest.raises(UserError, match="seed"):
        breaks(field(9, 8, 7, 6, 6), OPEN, ties="lot")


def test_all_who_are_level_come_in_where_two_teams_debate(field: Any) -> None:
    data = field(9, 8, 7, 6, 6, 5)
    (made,) = breaks(data, OPEN, ties="all", two_team=True)
    assert [r.break_rank for r in made.rows] == [1, 2, 3, 4, 4]
    with pytest.raises(UserError, match="four teams"):
        breaks(data, OPEN, ties="all")


def test_who_is_passed_over_is_shown_down_to_the_line(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, 3, closed="1", swing="2")
    (made,) = breaks(data, OPEN, remarks={"open": {"T3": "withdrawn", "T6": "absent"}})
    assert rows(made) == [
        ("T0", 1, 1, None), ("T1", 2, None, "ineligible"), ("T2", 3, None, "ineligible"),
        ("T3", 4, None, "withdrawn"), ("T4", 5, 2, None), ("T5", 6, 3, None),
    ]  # fmt: skip


def test_a_team_breaks_in_the_higher_category_alone(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, esl="1345")
    open_break, esl = breaks(data, ESL, OPEN)
    assert (open_break.category, esl.category) == ("open", "esl")
    assert rows(esl) == [
        ("T1", 1, None, "different_break"), ("T3", 2, None, "different_break"),
        ("T4", 3, 1, None), ("T5", 4, 2, None),
    ]  # fmt: skip
    assert "Open" in esl.reasons["T1"]


def test_only_a_team_that_really_breaks_is_barred_below(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, esl="0135")
    small = BreakCategory("open", "Open", 1, 1, general=True, priority=10)
    _open, esl = breaks(data, small, ESL, remarks={"open": {"T0": "withdrawn"}})
    assert rows(esl) == [
        ("T0", 1, 1, None), ("T1", 2, None, "different_break"), ("T3", 3, 2, None)
    ]  # fmt: skip


def test_categories_of_equal_priority_do_not_bar_each_other(field: Any) -> None:
    equal = BreakCategory("esl", "ESL", 2, priority=10)
    _esl, other = breaks(field(9, 8, 7, 6, esl="01"), equal, OPEN)
    assert [r.break_rank for r in other.rows] == [1, 2, 3, 4]


def test_one_category_alone_still_knows_the_higher_ones(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, esl="1345")
    (alone,) = breaks(data, OPEN, ESL, only="esl")
    both = breaks(data, OPEN, ESL)
    assert alone.rows == both[1].rows
    assert "Open" in str(alone.note)
    settled = {"open": both[0].breaking}
    assert breaks(data, OPEN, ESL, only="esl", settled=settled) == (both[1],)


def test_one_category_alone_takes_the_higher_ones_as_they_are_stored(field: Any) -> None:
    data = field(5, 5, 5, 5, 5, 5, 5, 5, esl="01234567")
    settled = {"open": frozenset({"T0", "T2", "T4", "T6"})}
    options = {"ties": "lot", "settled": settled}
    for seed in range(5):
        (alone,) = breaks(data, OPEN, ESL, only="esl", seed=seed, **options)
        barred = {row.team for row in alone.rows if row.remark == "different_break"}
        assert barred == settled["open"]
        assert alone.breaking < {"T1", "T3", "T5", "T7"}
        assert alone.note is None


def test_a_stored_higher_break_needs_no_rule_of_ours(field: Any) -> None:
    capped = BreakCategory("open", "Open", 4, rule="aida-1996", general=True, priority=10)
    (alone,) = breaks(
        field(9, 8, 7, esl="012"), capped, ESL, only="esl", settled={"open": frozenset({"T1"})})
    assert alone.breaking == {"T0", "T2"}


def test_all_categories_at_once_are_made_anew(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, esl="1345")
    assert breaks(data, OPEN, ESL, settled={"open": frozenset({"T5"})}) == breaks(data, OPEN, ESL)


def test_a_lower_break_that_is_older_is_told(field: Any) -> None:
    data = field(9, 8, 7, 6, 5, 4, esl="1345")
    known = {"esl": frozenset({"T1", "T3"})}
    (fresh,) = breaks(data, OPEN, ESL, only="open", settled=known)
    assert "ESL" in str(fresh.note)
    same = known | {"open": fresh.breaking}
    assert breaks(data, OPEN, ESL, only="open", settled=same)[0].note is None


def test_a_remark_below_the_line_is_kept_out_of_the_list(field: Any) -> None:
    remarks = {"esl": {"T5": "absent", "T0": "withdrawn", "T4": "disqualified"}}
    (made,) = breaks(field(9, 8, 7, 6, 5, 4, esl="12345"), ESL, remarks=remarks)
    assert made.breaking == {"T1", "T2"}
    assert [(row.team, row.rank, row.break_rank, row.remark) for row in made.unlisted] == [
        ("T4", 4, None, "disqualified"), ("T5", 5, None, "absent"), ("T0", None, None, "withdrawn"),
    ]  # fmt: skip
    assert {row.team for row in made.rows}.isdisjoint({"T0", "T4", "T5"})


def test_what_follows_from_the_records_is_no_remark_of_a_person(field: Any) -> None:
    found = {"T0": "capped", "T1": "ineligible", "T2": "different_break", "T3": "reserve"}
    (made,) = breaks(field(9, 8, 7, 6, 5), OPEN, remarks={"open": found})
    assert made.breaking == {"T0", "T1", "T2", "T3"}


@pytest.mark.parametrize("general", [True, False])
def test_who_may_break_is_said_by_the_teams_in_every_category(general: bool, field: Any) -> None:
    category = BreakCategory("open", "Open", 4, general=general)
    (made,) = breaks(field(9, 8, 7, closed="02"), category)
    assert made.breaking == {"T1"}
    (nobody,) = breaks(field(9, 8, closed="01"), category)
    assert nobody.rows == ()
    assert "Nobody can break in Open" in str(nobody.note)


def test_a_category_without_teams_has_an_empty_break_and_says_so(field: Any) -> None:
    (made,) = breaks(field(9, 8), ESL)
    assert (made.rows, made.lots) == ((), None)
    assert made.note is not None
    assert "ESL" in made.note
    assert breaks(field(9, 8), BreakCategory("open", "O", 0, general=True))[0].rows == ()


def test_a_break_is_short_where_teams_are_few(field: Any) -> None:
    (made,) = breaks(field(9, 8), OPEN)
    assert [r.break_rank for r in made.rows] == [1, 2]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"only": "efl"}, "unknown_break_category"),
        ({"remarks": {"open": {"T0": "tired"}}}, "unknown_break_remark"),
    ],
)
def test_what_does_not_exist_is_refused(options: Any, code: str, field: Any) -> None:
    with pytest.raises(UserError) as refused:
        breaks(field(9, 8), OPEN, **options)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("rule", "code"),
    [("aida-2016-easters", "break_rule_needs_two_teams"), ("best", "unknown_break_rule")],
)
def test_a_rule_that_cannot_be_used_is_refused(rule: str, code: str, field: Any) -> None:
    with pytest.raises(UserError) as refused:
        breaks(field(9, 8), BreakCategory("open", "Open", 4, rule=rule, general=True))
    assert refused.value.code == code
    assert "Open" in refused.value.message
