"""A win without an opponent: the team is credited with the average of its other rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np
import pytest

from tabapp.domain.archive import Archive
from tabapp.domain.audit.recount import recount
from tabapp.domain.audit.results import audit_standings
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.formats.values import SHOWN_TEAM_METRICS
from tabapp.domain.snapshots import draw_snapshot, result_data
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import ResultData

MARKS = {"T1": 30, "T2": 28, "T3": 27, "T4": 26, "T5": 25}
APDA = resolve("apda", {})


def side_of(team: str, seq: int) -> list[dict[str, Any]]:
    """Two speeches of a team; it speaks one mark better with every round."""
    return [
        {"position": n, "speaker": f"{team}S{n}", "score": MARKS[team] + seq, "rank": n}
        for n in (1, 2)
    ]


def debate(seq: int, one: str, other: str, *, forfeit: str = "", marked: bool = False) -> Any:
    """A debate that the first team wins; ``forfeit`` names the side that did not come."""
    winner = {"side": "aff", "speeches": side_of(one, seq)}
    sheet: dict[str, Any] = {"winners": ["aff"], "sides": []}
    if not forfeit:
        sheet["sides"] = [winner, {"side": "neg", "speeches": side_of(other, seq)}]
    elif marked:
        sheet["sides"] = [winner]
    return {
        "id": f"D{seq}{one}", "status": "confirmed",
        "sides": [{"side": "aff", "team": one}, {"side": "neg", "team": other}],
        "ballots": [{
            "status": "confirmed", "forfeit": forfeit.split(),
            "sheets": [sheet] if sheet["sides"] else []}],
    }


def bye(seq: int, team: str) -> Any:
    return {"id": f"D{seq}bye", "sides": [{"side": "bye", "team": team}]}


def tournament(*rounds: list[Any]) -> Archive:
    return Archive.model_validate({
        "tournament": {"name": "Walk-overs", "slug": "w", "preset": "apda"},
        "teams": [{"id": team, "name": team} for team in MARKS],
        "speakers": [
            {"id": f"{team}S{n}", "name": f"{team} {n}", "team": team}
            for team in MARKS for n in (1, 2)],
        "rounds": [
            {"seq": seq, "status": "released", "debates": debates}
            for seq, debates in enumerate(rounds, start=1)],
    })


@pytest.fixture
def archive() -> Archive:
    """T1 has 62, then a walk-over, then 66; T5 rests in the first round and T2 in the second."""
    return tournament(
        [debate(1, "T1", "T2"), debate(1, "T3", "T4"), bye(1, "T5")],
        [debate(2, "T1", "T3", forfeit="neg"), debate(2, "T4", "T5"), bye(2, "T2")],
        [debate(3, "T1", "T4"), debate(3, "T2", "T3"), bye(3, "T5")],
    )


def table(data: ResultData, key: str, until: int | None = None) -> dict[str, Any]:
    found = team_standings(data, metrics=["wins"], extra=[key], until=until)
    return {row.id: row.values[key] for row in found.rows}


def test_the_average_changes_as_rounds_come_in(archive: Archive) -> None:
    data = result_data(archive, APDA)
    assert [table(data, "speaks_sum", until)["T1"] for until in (1, 2, 3)] == [62, 124, 192]
    assert table(data, "speaks_avg")["T1"] == 64
    # a bye as well: T2 had 58 and 62, T5 only 54 beside its two byes, and none before
    assert table(data, "speaks_sum")["T2"] == 58 + 62 + 60
    assert [table(data, "speaks_sum", until)["T5"] for until in (1, 2, 3)] == [0, 108, 162]
    assert [table(data, "speaks_avg", until)["T5"] for until in (1, 2, 3)] == [None, 54, 54]


def test_who_forfeits_has_no_average(archive: Archive) -> None:
    data = result_data(archive, APDA)
    assert table(data, "speaks_sum")["T3"] == 56 + 60
    archive.rounds[1].debates[0].ballots[0].forfeit = ["aff", "neg"]
    assert not result_data(archive, APDA).team_averaged[data.team_team == 0].any()


def test_no_speaker_is_given_a_speech_and_no_team_a_margin(archive: Archive) -> None:
    data = result_data(archive, APDA)
    speakers = speaker_standings(data, metrics=["average"], extra=["count"])
    assert {row.id: row.values["count"] for row in speakers.rows}["T1S1"] == 2
    margins = team_standings(data, metrics=["wins"], extra=["margin_sum"]).rows
    assert {row.id: row.values["margin_sum"] for row in margins}["T1"] == 4 + 8


@pytest.mark.parametrize(("rule", "score", "speeches"), [
    ("none", 62 + 66, 2), ("average", 62 + 66 + 64, 2), ("as_judged", 62 + 66 + 64, 3),
])
def test_marks_of_a_walk_over_count_only_as_judged(rule: str, score: int, speeches: int) -> None:
    archive = tournament(
        [debate(1, "T1", "T2")], [debate(2, "T1", "T3", forfeit="neg", marked=True)],
        [debate(3, "T1", "T4")])
    data = result_data(archive, resolve("apda", {"forfeit_winner_speaks": rule}))
    assert table(data, "speaks_sum")["T1"] == score
    speakers = speaker_standings(data, metrics=["average"], extra=["count"])
    assert {row.id: row.values["count"] for row in speakers.rows}["T1S1"] == speeches


@pytest.mark.parametrize(("rule", "speaks", "bye_score"), [
    ("none", "average", 0), ("points", "none", 0), ("points", "average", 60)])
def test_a_bye_counts_as_the_settings_say(
    archive: Archive, rule: str, speaks: str, bye_score: int
) -> None:
    data = result_data(archive, resolve("apda", {"bye_team_results": rule, "bye_speaks": speaks}))
    assert table(data, "speaks_sum")["T2"] == 58 + 62 + bye_score
    assert table(data, "wins")["T2"] == 1 + (rule != "none")
    assert resolve("australs", {}).bye_team_results == "none"
    assert resolve("apda", {}).bye_speaks == "average"


def test_a_room_of_four_is_judged_without_the_team_that_stays_away(archive: Archive) -> None:
    four = resolve("bp", {"forfeit_winner_speaks": "average"})
    for debate_ in archive.rounds[0].debates[:2]:
        for side, name in zip(debate_.sides, ("og", "oo"), strict=True):
            side.side = name
    assert not result_data(archive, four).team_averaged.any()


def test_the_draw_reads_the_average_that_is_due_before_it(archive: Archive) -> None:
    rules = APDA.model_copy(update={"team_standings_precedence": ("speaks_sum",)})
    points = {team.id: team.points for team in draw_snapshot(archive, 3, rules).teams}
    assert points == {"T1": 124, "T2": 116, "T3": 56, "T4": 54 + 56, "T5": 108}


def test_the_auditor_counts_the_average_too(archive: Archive) -> None:
    assert recount(archive, APDA, None).teams["T1"].speaks == [62, 66, 64]
    assert recount(archive, APDA, 1).teams["T5"].speaks == []
    data = result_data(archive, APDA)

    def check(rules: Settings, given: ResultData) -> set[str]:
        found = team_standings(given, metrics=["wins", "speaks_avg"], extra=SHOWN_TEAM_METRICS)
        return {one.status for one in audit_standings(archive, found, rules)}

    assert check(APDA, data) == {"passed"}
    nothing = np.zeros(len(data.team_team), dtype=np.bool_)
    assert "failed" in check(APDA, replace(data, team_averaged=nothing))


def test_a_bye_begins_no_round() -> None:
    """A speaker has missed nothing while only a bye is known of a round."""
    archive = tournament([debate(1, "T1", "T2")], [bye(2, "T3")])
    data = result_data(archive, APDA)
    ranked = speaker_standings(data, metrics=["average"], missable=0).rows
    assert {row.id for row in ranked if row.rank is not None} == {"T1S1", "T1S2", "T2S1", "T2S2"}


@pytest.mark.parametrize(("status", "wins"), [("draft", 0), ("confirmed", 1), ("released", 1)])
def test_a_bye_counts_once_its_draw_is_confirmed(
    status: Literal["draft", "confirmed", "released"], wins: int
) -> None:
    archive = tournament([bye(1, "T1")])
    archive.rounds[0].status = status
    data = result_data(archive, APDA)
    table = team_standings(data, metrics=["wins"])
    assert {row.id: row.values["wins"] for row in table.rows}["T1"] == wins
    assert recount(archive, APDA, None).teams["T1"].wins == wins
