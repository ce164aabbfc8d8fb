"""What a ballot decides is what the independent recount finds, however strange the ballot."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.archive import Ballot, Criterion, Debate
from tabapp.domain.audit.verdicts import outcome, written_out
from tabapp.domain.ballots import DebateContext, as_history, check_ballot, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Role, Side, Stage

SPEAKERS = {f"T{n}": frozenset({f"S{n}a", f"S{n}b"}) for n in range(4)}


@cache
def rules_of(teams: int, forfeit: str, winners: str, asked: str) -> Settings:
    if teams == 4:
        return resolve("bp", {"forfeit_winner_speaks": forfeit, "speakers_in_ballots": asked})
    return resolve("australs", {
        "ballots_per_debate_prelim": "per-debate", "ballots_per_debate_elim": "per-debate",
        "substantive_speakers": 2, "reply_scores_enabled": False, "winners_in_ballots": winners,
        "speakers_in_ballots": asked, "forfeit_winner_speaks": forfeit, "score_min": 60,
        "score_max": 90,
    })  # fmt: skip


def context(sides: tuple[Side, ...], stage: Stage) -> DebateContext:
    return DebateContext(
        "D1", 1, stage, tuple((side, f"T{n}") for n, side in enumerate(sides)), SPEAKERS)


def decided(ballot: Ballot, where: DebateContext, rules: Settings) -> Any:
    return {one.team: (one.points, one.score) for one in decide(ballot, where, rules).teams}


def recounted(ballot: Ballot, where: DebateContext, rules: Settings) -> Any:
    debate = Debate.model_validate({
        "id": "D1", "sides": [{"side": side, "team": team} for side, team in where.sides]})
    return outcome(debate, ballot, rules, prelim=where.stage is Stage.PRELIMINARY)


@st.composite
def ballots(draw: st.DrawFn, sides: tuple[Side, ...]) -> Ballot:
    """A ballot that may lack marks, places and whole sides, but names only what is there."""
    some = st.lists(st.sampled_from(sides), unique=True)
    forfeit = draw(st.just([]) | some)
    marks = st.none() | st.integers(70, 72)
    parts = [
        {"side": side, "speeches": [
            {"position": k, "speaker": f"S{n}{'ab'[k - 1]}", "score": score}
            for k, score in enumerate(draw(st.tuples(marks, marks)), start=1)
        ]}
        for n, side in enumerate(sides) if draw(st.integers(0, 5))
    ]  # fmt: skip
    ranks = st.dictionaries(st.sampled_from(sides), st.integers(1, len(sides)))
    sheet = {
        "sides": parts, "ranks": draw(st.none() | ranks), "winners": draw(st.none() | some)}
    return Ballot.model_validate({
        "forfeit": forfeit, "sheets": [sheet] if draw(st.integers(0, 9)) else []})


@pytest.mark.parametrize("sides", [BP_SIDES, TWO_SIDES], ids=["four", "two"])
@given(
    data=st.data(), stage=st.sampled_from(Stage),
    forfeit=st.sampled_from(["none", "average", "as_judged"]),
    winners=st.sampled_from(["none", "high-points", "tied-points", "low-points"]),
    asked=st.sampled_from(["always", "prelim", "never"]),
)
@settings(max_examples=250, deadline=None)
def test_any_ballot_that_history_may_hold_is_counted_alike_twice(
    sides: tuple[Side, ...], data: st.DataObject, stage: Stage, forfeit: str, winners: str,
    asked: str,
) -> None:
    rules = rules_of(len(sides), forfeit, winners, asked)
    ballot, where = data.draw(ballots(sides)), context(sides, stage)
    if any(one.level == "error" for one in as_history(check_ballot(ballot, where, rules))):
        return
    assert recounted(ballot, where, rules) == decided(ballot, where, rules)


JUDGES = ("A1", "A2", "A3", "A4")


@cache
def voting_rules(forfeit: str, winners: str, asked: str, everyone: bool, ghosts: bool) -> Settings:
    return resolve("australs", {
        "substantive_speakers": 2, "reply_scores_enabled": False, "winners_in_ballots": winners,
        "speakers_in_ballots": asked, "forfeit_winner_speaks": forfeit, "score_min": 60,
        "score_max": 90, "margin_includes_dissenters": everyone,
        "teamscore_includes_ghosts": ghosts,
    })  # fmt: skip


@st.composite
def votes(draw: st.DrawFn, sides: tuple[Side, ...] = TWO_SIDES) -> Ballot:
    """Sheets of some judges in any order, with the holes and ties that history may hold.

    They may differ in their ghosts, and here and there have marks by criterion.
    """
    places = [(side.value, position) for side in sides for position in (1, 2)]
    ghosts = st.sets(st.sampled_from(places), max_size=2)
    judges = draw(st.lists(st.sampled_from([*JUDGES, None]), unique=True, min_size=1))
    sheets = []
    for judge in judges:
        one = draw(ballots(sides).filter(lambda made: made.sheets)).sheets[0]
        told = draw(ghosts)
        for part in one.sides:
            for speech in part.speeches:
                speech.ghost = (part.side, speech.position) in told
        sheets.append(one.model_copy(update={"adjudicator": judge}))
        for speech in (speech for part in one.sides[:1] for speech in part.speeches):
            named = draw(st.sets(st.sampled_from(["C1", "C2", "C9"])))
            speech.criteria = {name: draw(st.integers(20, 40)) for name in sorted(named)}
    forfeit = draw(st.just([]) | st.lists(st.sampled_from(sides), unique=True))
    return Ballot(forfeit=list(forfeit), sheets=sheets)


CRITERIA = [Criterion(id="C1", weight=1.5), Criterion(id="C2", weight=0.7)]


@given(
    sides=st.sampled_from([TWO_SIDES, BP_SIDES]), data=st.data(),
    stage=st.sampled_from(Stage), everyone=st.booleans(), ghosts=st.booleans(),
    roles=st.permutations(["chair", "panellist", "panellist", "trainee"]),
    seats=st.integers(0, 4), forfeit=st.sampled_from(["none", "average", "as_judged"]),
    winners=st.sampled_from(["none", "high-points", "tied-points", "low-points"]),
    asked=st.sampled_from(["always", "prelim", "never"]),
)
@settings(max_examples=300, deadline=None)
def test_sheets_of_judges_are_counted_alike_twice(
    sides: tuple[Side, ...], data: st.DataObject, stage: Stage, everyone: bool, ghosts: bool,
    roles: list[str], seats: int, forfeit: str, winners: str, asked: str,
) -> None:
    ballot = data.draw(votes(sides))
    if len(sides) > 2 and asked != "always":
        return  # mere votes in larger rooms are refused
    rules = voting_rules(forfeit, winners, asked, everyone or len(sides) > 2, ghosts)
    panel = list(zip(JUDGES, roles, strict=True))[:seats]
    where = replace(
        context(sides, stage), panel=tuple((judge, Role(role)) for judge, role in panel),
        criteria={one.id: one for one in CRITERIA})
    debate = Debate.model_validate({
        "id": "D1", "sides": [{"side": side, "team": team} for side, team in where.sides],
        "panel": [{"adjudicator": judge, "role": role} for judge, role in panel],
    })  # fmt: skip
    counted = outcome(
        debate, written_out(ballot, CRITERIA), rules, prelim=stage is Stage.PRELIMINARY)
    found = decided(ballot, where, rules)
    assert {team: points for team, (points, _score) in counted.items()} == {
        team: points for team, (points, _score) in found.items()}
    assert [score for _points, score in counted.values()] == pytest.approx(
        [score for _points, score in found.values()])


def bp_ballot(ranks: dict[str, int], forfeit: tuple[str, ...] = ()) -> Ballot:
    """Totals go down from og to co, whatever the announced places say."""
    return Ballot.model_validate({"forfeit": forfeit, "sheets": [{"ranks": ranks, "sides": [
        {"side": side, "speeches": [{"position": 1, "speaker": f"S{n}a", "score": 80 - n}]}
        for n, side in enumerate(BP_SIDES) if side not in forfeit
    ]}]})  # fmt: skip


@pytest.mark.parametrize(
    ("ranks", "forfeit", "points"),
    [
        ({"og": 4, "oo": 3, "cg": 2, "co": 1}, (), [0, 1, 2, 3]),
        ({"og": 4, "oo": 3}, (), [3, 2, 1, 0]),
        ({"co": 1}, (), [3, 2, 1, 0]),
        ({"og": 1, "oo": 1, "cg": 2, "co": 3}, (), [3, 3, 1, 0]),
        ({"og": 2, "oo": 2, "cg": 4, "co": 1}, (), [2, 2, 0, 3]),
        ({"og": 3, "oo": 2, "cg": 1}, ("co",), [1, 2, 3, 0]),
        ({"og": 3, "oo": 2, "co": 1}, ("co",), [3, 2, 1, 0]),
    ],
)
def test_only_a_full_list_of_places_decides_over_totals(
    ranks: dict[str, int], forfeit: tuple[str, ...], points: list[int]
) -> None:
    rules, where = resolve("bp", {}), context(BP_SIDES, Stage.PRELIMINARY)
    ballot = bp_ballot(ranks, forfeit)
    assert [one.points for one in decide(ballot, where, rules).teams] == points
    assert recounted(ballot, where, rules) == decided(ballot, where, rules)
