"""Ballots of two and of four teams against the worked cases of Tabbycat's own tests.

Where a ballot is invalid for Tabbycat it has no result there. Here ``check_ballot`` refuses it and
``decide`` still says what it means, for an archive may hand it down (rules.md, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, DebateResult, check_ballot, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Role, Side, Stage

Marks = list[float | None]
Pair = tuple[Marks, Marks]
JUDGES = ("A1", "A2", "A3")
RULES = ("none", "low-points", "tied-points")


def rules(speakers: int = 3, **more: Any) -> Settings:
    return resolve("australs", {
        "substantive_speakers": speakers, "reply_scores_enabled": True, "score_min": 60,
        "score_max": 90, "score_step": 0.5, "reply_score_min": 30, "reply_score_max": 45,
        "reply_score_step": 0.25, **more})


def people(sides: Sequence[Side]) -> dict[str, frozenset[str]]:
    return {f"T{n}": frozenset(f"S{n}{who}" for who in "abc") for n in range(len(sides))}


def room(sides: Sequence[Side] = TWO_SIDES, judges: int = 3, **more: Any) -> DebateContext:
    panel = tuple(
        (judge, Role.PANELLIST if n else Role.CHAIR) for n, judge in enumerate(JUDGES[:judges]))
    return DebateContext(
        "D1", 1, more.pop("stage", Stage.PRELIMINARY),
        tuple((side, f"T{n}") for n, side in enumerate(sides)), people(sides), panel=panel, **more)


def sheet(
    marks: Sequence[Marks], declared: str | None = None, judge: str | None = None, *,
    reply: bool = True, sides: Sequence[Side] = TWO_SIDES,
) -> dict[str, Any]:
    """A sheet on which the first speaker of each team replies."""
    return {
        "adjudicator": judge, "winners": [declared] if declared else None, "sides": [
            {"side": side.value, "speeches": [
                {"position": at, "score": score,
                 "speaker": f"S{n}{'a' if reply and at == len(own) else 'abc'[at - 1]}"}
                for at, score in enumerate(own, start=1)]}
            for n, (side, own) in enumerate(zip(sides, marks, strict=True))],
    }


def ballot(*sheets: dict[str, Any]) -> Ballot:
    return Ballot.model_validate({"sheets": list(sheets)})


def errors(given: Ballot, where: DebateContext, settings: Settings) -> list[str]:
    return [one.code for one in check_ballot(given, where, settings) if one.level == "error"]


def winner(found: DebateResult) -> str | None:
    return next((one.side.value for one in found.teams if one.win), None)


# --- one sheet of two teams --------------------------------------------------------------------

SHEETS: dict[str, tuple[Pair, str | None, tuple[float, float]]] = {
    "normal": (([75, 76, 74, 38], [76, 73, 75, 37.5]), "aff", (263, 261.5)),
    "low point": (([73, 70, 40], [80, 78, 38.5]), "aff", (183, 196.5)),
    "tied points": (([75, 76, 77, 38.5], [76, 78, 75, 37.5]), "neg", (266.5, 266.5)),
    "a mark missing": (([75, 76, 77, 38.5], [76, 78, None, 37.5]), "neg", (266.5, 191.5)),
    "nobody declared": (([73, 70, 40], [80, 78, 38.5]), None, (183, 196.5)),
    # of results: two speakers of each team
    "two speakers": (([74, 76, 37.5], [74, 77, 37]), "neg", (187.5, 188)),
    "low, three speakers": (([73, 76, 79, 37.5], [77, 77, 78, 39]), "aff", (265.5, 271)),
    "tie, three speakers": (([73, 72, 78, 40], [73, 75, 75, 40]), "neg", (263, 263)),
}
MISSING = ["score_missing"]
# (what Tabbycat would call an invalid sheet for, and whom we put first all the same)
ONE_SHEET: dict[str, dict[str, tuple[str | None, list[str]]]] = {
    "none": {
        "normal": ("aff", []), "low point": ("neg", []), "tied points": (None, ["tied_totals"]),
        "a mark missing": ("aff", MISSING), "nobody declared": ("neg", []),
        "two speakers": ("neg", []), "low, three speakers": ("neg", []),
        "tie, three speakers": (None, ["tied_totals"]),
    },
    "low-points": {
        "normal": ("aff", []), "low point": ("aff", []), "tied points": ("neg", []),
        "a mark missing": ("neg", MISSING), "nobody declared": ("neg", ["winner_missing"]),
        "two speakers": ("neg", []), "low, three speakers": ("aff", []),
        "tie, three speakers": ("neg", []),
    },
    "tied-points": {
        "normal": ("aff", []), "low point": ("aff", ["winner_not_highest"]),
        "tied points": ("neg", []), "a mark missing": ("neg", MISSING),
        "nobody declared": ("neg", ["winner_missing"]), "two speakers": ("neg", []),
        "low, three speakers": ("aff", ["winner_not_highest"]),
        "tie, three speakers": ("neg", []),
    },
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("case", SHEETS)
def test_one_sheet_is_valid_and_won_as_in_tabbycat(case: str, rule: str) -> None:
    marks, declared, totals = SHEETS[case]
    settings = rules(
        len(marks[0]) - 1, ballots_per_debate_prelim="per-debate", winners_in_ballots=rule)
    given = ballot(sheet(marks, None if rule == "none" else declared))
    expected, codes = ONE_SHEET[rule][case]
    assert errors(given, room(), settings) == codes
    found = decide(given, room(), settings)
    assert winner(found) == expected
    assert tuple(one.score for one in found.teams) == totals
    assert [one.margin for one in found.teams] == [
        totals[0] - totals[1], totals[1] - totals[0]]
    assert [one.points for one in found.teams] == [
        None if expected is None else float(one.side.value == expected) for one in found.teams]
    assert {(one.votes_given, one.votes_possible) for one in found.teams} == {(None, None)}


@pytest.mark.parametrize(("declared", "codes"), [
    ("aff", []), ("neg", []), (None, ["winner_missing"]),
    ("hello", ["unknown_side", "winner_missing"]),
])
def test_a_sheet_without_marks_is_its_declared_winner(
    declared: str | None, codes: list[str]
) -> None:
    settings = rules(ballots_per_debate_prelim="per-debate", speakers_in_ballots="never")
    given = ballot({"winners": [declared] if declared else None, "sides": []})
    assert errors(given, room(), settings) == codes
    found = decide(given, room(), settings)
    assert winner(found) == (None if codes else declared)
    assert {one.score for one in found.teams} == {None}


def test_what_is_wrong_with_who_spoke_is_told() -> None:
    settings = rules(ballots_per_debate_prelim="per-debate")
    marks: Pair = ([75, 76, 74, 38], [76, 73, 75, 37.5])
    for place, speaker, code in (
        (0, "S1a", "speaker_not_in_team"), (1, None, "speaker_missing"),
    ):
        wrong = sheet(marks)
        wrong["sides"][place]["speeches"][1]["speaker"] = speaker
        assert code in errors(ballot(wrong), room(), settings)
    extra = sheet(marks)
    extra["sides"][0]["speeches"].append({"position": 5, "speaker": "S0a", "score": 75})
    assert "speech_position_wrong" in errors(ballot(extra), room(), settings)


# --- a panel -----------------------------------------------------------------------------------

VOTES: dict[str, tuple[list[Pair], list[str]]] = {
    "high": ([([75, 76, 74, 38], [76, 73, 75, 37.5]), ([74, 75, 76, 37], [77, 74, 74, 38]),
              ([75, 75, 75, 37.5], [76, 78, 77, 37])], ["aff", "neg", "neg"]),
    "low": ([([73, 76, 79, 37.5], [77, 77, 78, 39]), ([79, 80, 70, 36], [78, 79, 73, 37]),
             ([73, 70, 77, 35], [76, 76, 77, 37])], ["aff", "aff", "neg"]),
    "tie": ([([73, 72, 78, 40], [73, 75, 75, 40]), ([79, 73, 77, 39.5], [79, 75, 75, 39.5]),
             ([75, 78, 77, 38], [72, 78, 80, 38])], ["neg", "aff", "neg"]),
    "solo": ([([74, 76, 37.5], [74, 77, 37])], ["neg"]),
    "even": ([([80, 74, 35.5], [79, 76, 39]), ([80, 79, 37.5], [73, 71, 39.5])], ["neg", "aff"]),
    "aff": ([([73, 70, 78, 40], [80, 78, 75, 38.5]), ([79, 75, 75, 39.5], [73, 73, 73, 40]),
             ([72, 78, 80, 38], [70, 70, 77, 37])], ["neg", "aff", "aff"]),
}
THIRD, SIXTH = 1 / 3, 1 / 6
# winner, votes, means of the majority: totals, and the marks of each side
Decided = tuple[str, tuple[int, int], tuple[float, float], tuple[list[float], list[float]]]
HIGH: Decided = ("neg", (1, 2), (262.25, 265.5), (
    [74.5, 75, 75.5, 37.25], [76.5, 76, 75.5, 37.5]))
TIE: Decided = ("neg", (1, 2), (265.5, 265.5), ([74, 75, 77.5, 39], [72.5, 76.5, 77.5, 39]))
SOLO: Decided = ("neg", (0, 1), (187.5, 188), ([74, 76, 37.5], [74, 77, 37]))
EVEN: Decided = ("neg", (1, 1), (189.5, 194), ([80, 74, 35.5], [79, 76, 39]))
AFF: Decided = ("aff", (2, 1), (268.25, 256.5), ([75.5, 76.5, 77.5, 38.75], [71.5, 71.5, 75, 38.5]))
OF_PANEL: dict[str, dict[str, Decided | list[str]]] = {
    "none": {
        "high": HIGH, "solo": SOLO, "even": EVEN, "aff": AFF, "tie": ["tied_totals"] * 3,
        "low": ("neg", (0, 3), (261 + 5 * SIXTH, 268), (
            [75, 75 + THIRD, 75 + THIRD, 36 + SIXTH], [77, 77 + THIRD, 76, 37 + 4 * SIXTH])),
    },
    "low-points": {
        "high": HIGH, "solo": SOLO, "even": EVEN, "aff": AFF, "tie": TIE,
        "low": ("aff", (2, 1), (265.25, 269), ([76, 78, 74.5, 36.75], [77.5, 78, 75.5, 38])),
    },
    "tied-points": {
        "high": HIGH, "solo": SOLO, "even": EVEN, "aff": AFF, "tie": TIE,
        "low": ["winner_not_highest"] * 2,
    },
}
EVERYONE: dict[str, tuple[tuple[float, float], tuple[list[float], list[float]]]] = {
    "high": ((262.5, 264 + SIXTH), (
        [74 + 2 * THIRD, 75 + THIRD, 75, 37.5], [76 + THIRD, 75, 75 + THIRD, 37.5])),
    "low": ((261 + 5 * SIXTH, 268), (
        [75, 75 + THIRD, 75 + THIRD, 36 + SIXTH], [77, 77 + THIRD, 76, 37 + 2 * THIRD])),
    "tie": ((266.5, 266.5), (
        [75 + 2 * THIRD, 74 + THIRD, 77 + THIRD, 39 + SIXTH],
        [74 + 2 * THIRD, 76, 76 + 2 * THIRD, 39 + SIXTH])),
    "solo": ((187.5, 188), ([74, 76, 37.5], [74, 77, 37])),
    "even": ((193, 188.75), ([80, 76.5, 36.5], [76, 73.5, 39.25])),
}


def voted(case: str, rule: str) -> Ballot:
    marks, declared = VOTES[case]
    return ballot(*(
        sheet(own, None if rule == "none" else says, judge)
        for judge, own, says in zip(JUDGES, marks, declared, strict=False)))


def of_case(case: str, rule: str, **more: Any) -> tuple[Ballot, DebateContext, Settings]:
    marks = VOTES[case][0]
    return voted(case, rule), room(judges=len(marks)), rules(
        len(marks[0][0]) - 1, winners_in_ballots=rule, **more)


def scores(found: DebateResult, side: Side) -> list[Any]:
    return [one.score for one in found.speeches if one.side is side]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("case", VOTES)
def test_a_panel_decides_as_in_tabbycat(case: str, rule: str) -> None:
    given, where, settings = of_case(case, rule)
    expected = OF_PANEL[rule][case]
    if isinstance(expected, list):
        assert errors(given, where, settings) == expected
        return
    first, votes, totals, marks = expected
    assert errors(given, where, settings) == []
    found = decide(given, where, settings)
    assert winner(found) == first
    assert [one.points for one in found.teams] == [float(first == "aff"), float(first == "neg")]
    assert tuple(one.votes_given for one in found.teams) == votes
    assert {one.votes_possible for one in found.teams} == {sum(votes)}
    assert [one.score for one in found.teams] == pytest.approx(list(totals))
    assert found.teams[0].margin == pytest.approx(totals[0] - totals[1])
    assert found.teams[1].margin == pytest.approx(totals[1] - totals[0])
    for side, own in zip(TWO_SIDES, marks, strict=True):
        assert scores(found, side) == pytest.approx(own)


@pytest.mark.parametrize("case", EVERYONE)
def test_dissenters_count_in_scores_where_the_rules_say_so(case: str) -> None:
    given, where, settings = of_case(case, "low-points", margin_includes_dissenters=True)
    totals, marks = EVERYONE[case]
    found = decide(given, where, settings)
    assert [one.score for one in found.teams] == pytest.approx(list(totals))
    assert found.teams[0].margin == pytest.approx(totals[0] - totals[1])
    for side, own in zip(TWO_SIDES, marks, strict=True):
        assert scores(found, side) == pytest.approx(own)


def test_a_sheet_of_a_stranger_and_a_missing_sheet_are_told() -> None:
    given, where, settings = of_case("high", "none")
    given.sheets[0].adjudicator = "A9"
    assert errors(given, where, settings) == ["judge_not_on_panel", "judge_sheet_missing"]
    gap, where, settings = of_case("high", "none")
    gap.sheets[0].sides[0].speeches[0].score = None
    assert errors(gap, where, settings) == ["score_missing"]


# --- speeches given twice ----------------------------------------------------------------------


@pytest.mark.parametrize(("position", "without"), [(2, 188.0), (4, 226.0)])
@pytest.mark.parametrize("singly", [True, False])
def test_any_ghost_makes_an_iron_and_leaves_the_team_score_if_asked(
    position: int, without: float, singly: bool
) -> None:
    per: dict[str, Any] = {"ballots_per_debate_prelim": "per-adj" if singly else "per-debate"}
    made = sheet([[75, 76, 75, 38], [76, 73, 75, 37.5]], judge="A1" if singly else None)
    made["sides"][0]["speeches"][position - 1] |= {"speaker": "S0a", "ghost": True}
    given, where = ballot(made), room(judges=1)
    kept, left = (
        decide(given, where, rules(teamscore_includes_ghosts=on, **per)) for on in (True, False))
    assert [one.has_ghost for one in kept.teams] == [True, False]
    assert [one.score for one in kept.teams] == [264, 261.5]
    assert [one.score for one in left.teams] == [without, 261.5]
    assert left.teams[0].margin == without - 261.5
    assert winner(kept) == winner(left) == "aff", "totals decide, with ghosts"
    assert [one.ghost for one in kept.speeches if one.team == "T0"].index(True) == position - 1


# --- four teams --------------------------------------------------------------------------------

BP_SHEETS: dict[str, tuple[list[Marks], list[str], list[str]]] = {
    "normal": ([[76, 69], [76, 70], [72, 85], [69, 85]], ["cg", "co", "oo", "og"], []),
    "close": ([[75, 75], [75, 74], [75, 76], [76, 76]], ["co", "cg", "og", "oo"], []),
    "tie": ([[84, 81], [80, 69], [81, 68], [85, 68]], [], ["tied_totals"]),
    "incomplete": (
        [[84, None], [80, 69], [None, 68], [85, 68]], [], ["score_missing", "score_missing"]),
}


@pytest.mark.parametrize("case", BP_SHEETS)
def test_four_teams_are_placed_by_their_totals(case: str) -> None:
    marks, order, codes = BP_SHEETS[case]
    settings = resolve("bp", {})
    given, where = ballot(sheet(marks, reply=False, sides=BP_SIDES)), room(BP_SIDES)
    assert errors(given, where, settings) == codes
    found = decide(given, where, settings)
    if order:
        placed = sorted(found.teams, key=lambda one: one.rank or 0)
        assert [one.side.value for one in placed] == order
        assert [one.points for one in placed] == [3, 2, 1, 0]
        assert {one.win for one in placed} == {None}
        assert {one.margin for one in placed} == {None}
    if case == "tie":  # no result in Tabbycat; here level sides share a place (1, 2, 3, 3)
        assert [one.rank for one in found.teams] == [1, 3, 3, 2]


def out_round(last: bool = False) -> DebateContext:
    return room(BP_SIDES, stage=Stage.ELIMINATION, last_elimination=last)


@pytest.mark.parametrize(("ticked", "last", "codes"), [
    (["og", "co"], False, []), (["cg"], True, []),
    (["og"], False, ["wrong_number_advancing"]), (["og", "co"], True, ["wrong_number_advancing"]),
    ([], False, ["winner_missing"]),
])
def test_two_of_four_advance_and_one_wins_the_final(
    ticked: list[str], last: bool, codes: list[str]
) -> None:
    given = ballot({"winners": ticked, "sides": []})
    assert errors(given, out_round(last), resolve("bp", {})) == codes
    found = decide(given, out_round(last), resolve("bp", {}))
    assert [one.side.value for one in found.teams if one.win] == ticked
    assert {one.points for one in found.teams} == {None}


def test_marks_send_nobody_on_where_four_teams_meet_in_an_out_round() -> None:
    # a later Tabbycat than that of rules.md lets the two highest totals advance; here out-rounds
    # of four are always scoreless (section 3): the marks are refused, the teams are ticked
    made = sheet([[73, 73], [72, 72], [76, 76], [75, 75]], reply=False, sides=BP_SIDES)
    always = resolve("bp", {"speakers_in_ballots": "always"})
    assert set(errors(ballot(made), out_round(), always)) == {"scores_not_asked", "winner_missing"}
    assert {one.win for one in decide(ballot(made), out_round(), always).teams} <= {None, False}
    ticks = ballot(made | {"winners": ["cg", "co"]})
    assert [one.win for one in decide(ticks, out_round(), always).teams] == [
        False, False, True, True]
