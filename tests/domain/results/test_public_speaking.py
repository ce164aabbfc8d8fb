"""Rooms of more than two teams in which each judge marks alone: means, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.archive import Ballot, Debate
from tabapp.domain.audit.verdicts import outcome
from tabapp.domain.ballots import DebateContext, DebateResult, check_ballot, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import BP_SIDES, Role, Stage
from tests.domain.results.papers import EVERYONE, SPEAKERS, sheet_of

PANEL = (("A1", Role.CHAIR), ("A2", Role.PANELLIST), ("A9", Role.TRAINEE))
RULES = {"ballots_per_debate_prelim": "per-adj", "margin_includes_dissenters": True}


def rules(**more: Any) -> Settings:
    return resolve("bp", RULES | more)


def room(panel: tuple[tuple[str, Role], ...] = PANEL) -> DebateContext:
    return DebateContext(
        "D31", 1, Stage.PRELIMINARY, tuple((side, f"T{n}") for n, side in enumerate(BP_SIDES)),
        SPEAKERS, panel=panel, all_speakers=EVERYONE, names={"A1": "Ann", "A2": "Ben"})


def sheets() -> list[dict[str, Any]]:
    """Two judges who do not agree on anything, and two totals that tie on the second sheet."""
    return [
        {"adjudicator": "A1", **sheet_of(155, 150, 145, 160)},
        {"adjudicator": "A2", **sheet_of(150, 152, 152, 141)},
    ]


def given(one: list[dict[str, Any]], **more: Any) -> Ballot:
    return Ballot.model_validate({"sheets": one, **more})


def found(one: list[dict[str, Any]], where: DebateContext | None = None, **more: Any) -> Any:
    told = check_ballot(given(one, **more), where or room(), rules())
    return [(problem.where, problem.code) for problem in told]


def scores(result: DebateResult) -> list[float | None]:
    return [one.score for one in result.teams]


def test_scores_are_means_over_all_judges_and_nobody_wins() -> None:
    result = decide(given(sheets()), room(), rules())
    assert scores(result) == [152.5, 151, 148.5, 150.5]
    nothing = {(t.rank, t.points, t.win, t.margin, t.votes_given, t.votes_possible)
               for t in result.teams}  # fmt: skip
    assert nothing == {(None,) * 6}
    assert [(s.speaker, s.score) for s in result.speeches][:4] == [
        ("S0a", 75), ("S0b", 77.5), ("S1a", 75), ("S1b", 76)]


def test_a_good_ballot_may_have_equal_totals_and_needs_no_chair() -> None:
    assert found(sheets()) == []
    assert found(sheets(), room((("A1", Role.PANELLIST), ("A2", Role.PANELLIST)))) == []


@pytest.mark.parametrize(
    ("spoil", "problems"),
    [
        (lambda s: s.pop(), [("D31", "judge_sheet_missing")]),
        (lambda s: s.append({"adjudicator": "A9", **sheet_of(150, 150, 150, 150)}),
         [("D31", "sheet_of_trainee")]),
        (lambda s: s.append({"adjudicator": "A7", **sheet_of(150, 150, 150, 150)}),
         [("D31", "judge_not_on_panel")]),
        (lambda s: s[0].update(adjudicator=None),
         [("D31", "sheet_without_judge"), ("D31", "judge_sheet_missing")]),
        (lambda s: s[0].update(winners=["og"]),
         [("D31 (sheet of Ann)", "winner_without_contest")]),
        (lambda s: s[1].update(ranks={"og": 1, "oo": 2, "cg": 3, "co": 4}),
         [("D31 (sheet of Ben)", "winner_without_contest")]),
        (lambda s: s[1]["sides"].pop(), [("D31 (sheet of Ben) co", "side_missing")]),
        (lambda s: s[1]["sides"][0]["speeches"][0].update(speaker="S0b"),
         [("D31", "sheets_differ_in_speakers")]),
        (lambda s: s.clear(), [("D31", "sheet_missing")]),
    ],
)
def test_what_contradicts_itself_is_told(spoil: Any, problems: Any) -> None:
    one = sheets()
    spoil(one)
    assert found(one) == problems


def test_a_trainee_does_not_count() -> None:
    trainee = {"adjudicator": "A9", **sheet_of(190, 190, 190, 190)}
    assert scores(decide(given([trainee, *sheets()]), room(), rules())) == [
        152.5, 151, 148.5, 150.5]


@pytest.mark.parametrize(
    ("speaks", "left"),
    [("none", [None] * 4), ("average", [152.5, 151, 148.5, None]),
     ("as_judged", [152.5, 151, 148.5, None])],
)  # fmt: skip
def test_who_forfeits_has_no_speaks_and_nobody_has_points(speaks: str, left: Any) -> None:
    one = sheets()
    for sheet in one:
        sheet["sides"].pop()
    assert found(one, forfeit=["co"]) == []
    result = decide(given(one, forfeit=["co"]), room(), rules(forfeit_winner_speaks=speaks))
    assert scores(result) == left
    assert [(t.points, t.win, t.forfeit) for t in result.teams] == [
        (None, None, side == "co") for side in BP_SIDES]


def test_where_all_but_one_forfeit_nobody_has_points_either() -> None:
    alone = given([], forfeit=["oo", "cg", "co"])
    assert check_ballot(alone, room(), rules()) == []
    assert {t.points for t in decide(alone, room(), rules()).teams} == {None}


def test_ghosts_are_left_out_of_the_team_score_where_the_rules_say_so() -> None:
    one = sheets()
    for sheet in one:
        sheet["sides"][0]["speeches"][1].update(speaker="S0a", ghost=True)
    assert found(one) == []
    assert scores(decide(given(one), room(), rules()))[0] == 152.5
    result = decide(given(one), room(), rules(teamscore_includes_ghosts=False))
    assert (result.teams[0].score, result.teams[0].has_ghost) == (75, True)
    assert [s.ghost for s in result.speeches][:3] == [False, True, False]


def test_a_setting_that_changes_later_changes_no_result() -> None:
    now, later = rules(), resolve("bp", {})
    assert decide(given(sheets()), room(), later) == decide(given(sheets()), room(), now)


def test_the_recount_knows_it_too() -> None:
    for ballot in (given(sheets()), given([], forfeit=["oo", "cg", "co"]),
                   given(sheets(), forfeit=["og"])):
        debate = Debate.model_validate({
            "id": "D31", "sides": [{"side": s, "team": t} for s, t in room().sides],
            "panel": [{"adjudicator": judge, "role": role} for judge, role in PANEL],
        })  # fmt: skip
        result = decide(ballot, room(), rules())
        assert outcome(debate, ballot, rules(), prelim=True) == {
            t.team: (t.points, t.score) for t in result.teams}


def test_a_room_without_a_panel_of_its_own_still_counts_who_marked() -> None:
    where = replace(room(), panel=())
    assert scores(decide(given(sheets()), where, rules())) == [152.5, 151, 148.5, 150.5]
