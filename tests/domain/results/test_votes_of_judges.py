"""What the sheets of single judges decide, by numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, DebateResult, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import Role, Side, Stage
from tests.voting import flat, sheet, two_to_one

SIDES = ((Side.AFF, "T1"), (Side.NEG, "T2"))
PANEL = (
    ("A1", Role.CHAIR), ("A2", Role.PANELLIST), ("A3", Role.PANELLIST), ("A9", Role.TRAINEE))
WIN, LOSS = (flat(75), flat(74)), (flat(73), flat(76))


def room(
    stage: Stage = Stage.PRELIMINARY, panel: tuple[tuple[str, Role], ...] = PANEL
) -> DebateContext:
    return DebateContext("D1", 1, stage, SIDES, {}, panel=panel)


def rules(**more: Any) -> Settings:
    return resolve("australs", more)


def result(
    sheets: list[Any], where: DebateContext | None = None, forfeit: Any = (), **more: Any
) -> DebateResult:
    ballot = Ballot.model_validate({"sheets": sheets, "forfeit": forfeit})
    return decide(ballot, where or room(), rules(**more))


def figures(found: DebateResult, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(team, name) for name in names) for team in found.teams]


def test_the_majority_wins_and_only_its_marks_count() -> None:
    found = result(two_to_one())
    assert figures(found, "win", "points", "rank", "score", "margin") == [
        (True, 1, 1, 264.25, 3.75), (False, 0, 2, 260.5, -3.75)]
    assert figures(found, "votes_given", "votes_possible") == [(2, 3), (1, 3)]
    assert [(s.speaker, s.position, s.score, s.reply) for s in found.speeches] == [
        ("S1a", 1, 76, False), ("S1b", 2, 75.5, False), ("S1c", 3, 75, False),
        ("S1a", 4, 37.75, True),
        ("S2a", 1, 74.5, False), ("S2b", 2, 74.5, False), ("S2c", 3, 74.5, False),
        ("S2a", 4, 37, True),
    ]  # fmt: skip


def test_marks_of_dissenters_count_where_the_rules_say_so() -> None:
    found = result(two_to_one(), margin_includes_dissenters=True)
    assert [team.score for team in found.teams] == pytest.approx([791.5 / 3, 786.5 / 3])
    assert found.teams[0].margin == pytest.approx(5 / 3)
    assert figures(found, "win", "votes_given") == [(True, 2), (False, 1)]
    assert found.speeches[0].score == 76


def test_five_judges_split_three_to_two() -> None:
    panel = tuple(
        (f"A{n}", Role.PANELLIST if n > 1 else Role.CHAIR) for n in range(1, 6))
    sheets = [sheet(f"A{n}", *(WIN if n > 2 else LOSS)) for n in range(1, 6)]
    found = result(sheets, room(panel=panel))
    assert figures(found, "win", "votes_given", "votes_possible", "score") == [
        (True, 3, 5, 262.5), (False, 2, 5, 259)]


def test_a_lone_judge_gives_all_votes() -> None:
    found = result([sheet("A1", *LOSS)], room(panel=PANEL[:1]))
    assert figures(found, "win", "votes_given", "votes_possible", "margin") == [
        (False, 0, 1, -10.5), (True, 1, 1, 10.5)]


@pytest.mark.parametrize(("chair", "wins"), [("A1", [False, True]), ("A2", [True, False])])
def test_an_even_split_goes_to_the_side_of_the_chair(chair: str, wins: list[bool]) -> None:
    panel = tuple((j, Role.CHAIR if j == chair else Role.PANELLIST) for j in ("A1", "A2"))
    found = result([sheet("A2", *WIN), sheet("A1", *LOSS)], room(panel=panel))
    assert [team.win for team in found.teams] == wins
    assert figures(found, "votes_given", "votes_possible") == [(1, 2), (1, 2)]
    # only the chair's marks count
    assert found.teams[0].score == (262.5 if wins[0] else 255.5)


def test_an_even_split_without_a_chair_is_undecided_and_all_marks_count() -> None:
    panel = (("A1", Role.PANELLIST), ("A2", Role.PANELLIST))
    found = result([sheet("A1", *WIN), sheet("A2", *LOSS)], room(panel=panel))
    assert figures(found, "win", "points", "rank", "votes_given") == [(None, None, None, 1)] * 2
    assert [team.score for team in found.teams] == [259, 262.5]


def test_a_trainee_never_votes() -> None:
    found = result([*two_to_one(), sheet("A9", *LOSS)])
    assert found == result(two_to_one())
    alone = result([sheet("A9", *WIN)])
    assert figures(alone, "win", "score", "votes_possible") == [(None, None, None)] * 2
    assert alone.speeches == ()


def test_a_judge_who_left_the_panel_has_voted() -> None:
    assert result(two_to_one(), room(panel=PANEL[:1])) == result(two_to_one())


def test_of_two_sheets_of_one_judge_the_first_counts() -> None:
    assert result([*two_to_one(), sheet("A1", *LOSS)]) == result(two_to_one())


def test_a_sheet_of_nobody_is_read_only_where_it_is_alone() -> None:
    alone = result([sheet(None, *WIN)])
    assert figures(alone, "win", "score", "votes_given") == [
        (True, 262.5, None), (False, 259, None)]
    assert result([sheet(None, *LOSS), *two_to_one()]) == result(two_to_one())


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_the_order_of_sheets_does_not_matter(order: tuple[int, ...]) -> None:
    assert result([two_to_one()[n] for n in order]) == result(two_to_one())


@pytest.mark.parametrize(
    ("rule", "ticked", "vote"),
    [
        ("none", None, True), ("high-points", "neg", True), ("tied-points", "neg", False),
        ("low-points", "neg", False), ("low-points", None, True),
    ],
)
def test_each_vote_follows_the_rule_for_winners(rule: str, ticked: Any, vote: bool) -> None:
    one = sheet("A1", *WIN) | {"winners": [ticked] if ticked else None}
    found = result([one], winners_in_ballots=rule)
    assert [team.win for team in found.teams] == [vote, not vote]


def test_equal_totals_go_to_the_declared_winner_of_each_sheet() -> None:
    tied = [
        sheet(judge, flat(75), flat(75)) | {"winners": [winner]}
        for judge, winner in (("A1", "aff"), ("A2", "neg"), ("A3", "neg"))
    ]
    found = result(tied, winners_in_ballots="tied-points")
    assert figures(found, "win", "margin", "votes_given") == [(False, 0, 1), (True, 0, 2)]


def test_a_sheet_without_a_winner_is_a_vote_for_nobody() -> None:
    found = result([sheet("A1", *WIN), sheet("A2", flat(75), flat(75))])
    assert figures(found, "win", "votes_given", "votes_possible", "score") == [
        (True, 1, 2, 262.5), (False, 0, 2, 259)]


@pytest.mark.parametrize(("counts", "score"), [(True, 264.25), (False, 188.75)])
def test_ghosts_are_left_out_of_the_team_score_alone(counts: bool, score: float) -> None:
    sheets = two_to_one()
    for one in sheets:
        one["sides"][0]["speeches"][1] |= {"speaker": "S1a", "ghost": True}
    found = result(sheets, teamscore_includes_ghosts=counts)
    assert figures(found, "win", "score", "has_ghost") == [
        (True, score, True), (False, 260.5, False)]
    assert found.teams[0].margin == score - 260.5
    assert [s.ghost for s in found.speeches[:3]] == [False, True, False]


def test_ranks_of_speeches_are_means_too() -> None:
    sheets = two_to_one()
    for one, rank in zip(sheets, (1, 5, 2), strict=True):
        one["sides"][0]["speeches"][0]["rank"] = rank
    assert [s.rank for s in result(sheets).speeches][:2] == [1.5, None]


@pytest.mark.parametrize(
    ("speaks", "score", "speeches"),
    [("none", None, 0), ("average", None, 0), ("as_judged", 791.5 / 3, 4)],
)
def test_a_forfeit_is_not_voted_on(speaks: str, score: float | None, speeches: int) -> None:
    sheets = [one | {"sides": one["sides"][:1]} for one in two_to_one()]
    found = result(sheets, forfeit=["neg"], forfeit_winner_speaks=speaks)
    assert figures(found, "win", "points", "forfeit", "votes_given", "votes_possible") == [
        (True, 1, False, None, None), (False, 0, True, None, None)]
    assert found.teams[0].score == (None if score is None else pytest.approx(score))
    assert (found.teams[1].score, len(found.speeches)) == (None, speeches)


def test_both_sides_can_forfeit() -> None:
    assert figures(result([], forfeit=["aff", "neg"]), "win", "points", "score") == [
        (False, 0, None)] * 2


def ticks(*winners: str) -> list[Any]:
    return [{"adjudicator": f"A{n}", "winners": [w]} for n, w in enumerate(winners, start=1)]


def test_votes_without_marks_decide_elimination_rounds() -> None:
    found = result(
        ticks("neg", "aff", "neg"), room(Stage.ELIMINATION), speakers_in_ballots="prelim")
    assert figures(found, "win", "score", "margin", "votes_given", "votes_possible") == [
        (False, None, None, 1, 3), (True, None, None, 2, 3)]
    assert found.speeches == ()


def test_marks_decide_elimination_rounds_where_they_are_given() -> None:
    found = result(two_to_one(), room(Stage.ELIMINATION))
    assert figures(found, "win", "score") == [(True, 264.25), (False, 260.5)]


def test_a_setting_that_changes_later_changes_no_votes() -> None:
    assert result(two_to_one(), ballots_per_debate_prelim="per-debate") == result(two_to_one())
