"""Results and draw snapshots read from an archive."""

from __future__ import annotations

import numpy as np
import pytest

from tabapp.domain.archive import (
    Archive,
    Ballot,
    Debate,
    DebateSide,
    Round,
    Sheet,
    SideSheet,
    Speech,
    Team,
    Tournament,
)
from tabapp.domain.formats import resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import draw_snapshot, result_data
from tabapp.domain.types import DrawType, Side

SIDES = ("og", "oo", "cg", "co")


def make_ballot(*totals: int) -> Ballot:
    return Ballot(sheets=[Sheet(sides=[
        SideSheet(side=side, speeches=[Speech(position=1, speaker=f"S{side}", score=total)])
        for side, total in zip(SIDES, totals, strict=True)
    ])])


def make_debate(ref: str, *teams: str, ballot: Ballot | None = None, status: str = "") -> Debate:
    return Debate.model_validate({
        "id": ref, "status": status or ("confirmed" if ballot else "none"),
        "sides": [DebateSide(side=s, team=t) for s, t in zip(SIDES, teams, strict=True)],
        "ballots": [ballot] if ballot else [],
    })


@pytest.fixture
def archive() -> Archive:
    return Archive(
        tournament=Tournament(name="Open", slug="open"),
        teams=[Team(id=f"T{n}", name=f"Team {n}") for n in range(1, 10)],
        rounds=[
            Round(seq=1, status="released", draw_type="random", debates=[
                make_debate("D1", "T1", "T2", "T3", "T4", ballot=make_ballot(150, 160, 140, 130)),
                make_debate("D2", "T5", "T6", "T7", "T8"),
                Debate(id="D3", sides=[DebateSide(side="bye", team="T9")]),
            ]),
            Round(seq=2, status="draft", absent_teams=["T9"], debates=[
                make_debate("D4", "T1", "T5", "T6", "T7"),
            ]),
        ],
    )


def test_a_bye_counts_as_the_setting_says(archive: Archive) -> None:
    none = result_data(archive, resolve("bp", {}))
    row = int(np.flatnonzero(none.team_side == -1)[0])
    assert not none.team_confirmed[row]
    points = result_data(archive, resolve("bp", {"bye_team_results": "points"}))
    assert points.team_confirmed[row]
    assert (points.team_points[row], points.team_win[row]) == (1.0, 1.0)
    assert np.isnan(points.team_score[row])


def test_unconfirmed_debates_of_a_released_draw_are_listed_without_a_result(
    archive: Archive,
) -> None:
    data = result_data(archive, resolve("bp", {}))
    assert data.team_debate.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2]
    assert data.team_confirmed.tolist() == [True] * 4 + [False] * 5
    assert data.team_points[:4].tolist() == [2, 3, 1, 0]
    assert data.team_score[:4].tolist() == [150, 160, 140, 130]
    assert np.isnan(data.team_points[4:]).all()


def test_a_draft_draw_and_a_postponed_debate_count_for_nothing(archive: Archive) -> None:
    archive.rounds[0].debates[0].status = "postponed"
    data = result_data(archive, resolve("bp", {}))
    assert data.team_debate.tolist() == [0, 0, 0, 0, 1]
    assert not data.team_confirmed.any()


def test_a_discarded_ballot_and_a_draft_do_not_count(archive: Archive) -> None:
    archive.rounds[0].debates[0].ballots[0].status = "draft"
    assert not result_data(archive, resolve("bp", {})).team_confirmed.any()


def test_the_draw_takes_the_record_before_the_round(archive: Archive) -> None:
    snapshot = draw_snapshot(archive, 2, resolve("bp", {}))
    teams = {team.id: team for team in snapshot.teams}
    assert (snapshot.draw_type, snapshot.round_seq) == (DrawType.POWER, 2)
    assert "T9" not in teams
    assert [teams[f"T{n}"].points for n in range(1, 6)] == [2, 3, 1, 0, 0]
    assert teams["T2"].rank == 1
    assert teams["T2"].sides == (0, 1, 0, 0)
    assert dict(teams["T5"].seen) == {"T6": 1, "T7": 1, "T8": 1}


def test_a_withdrawn_team_is_left_out_where_it_is_not_drawn_already(archive: Archive) -> None:
    stood = archive.rounds[1].debates[0].sides[0].team
    archive.rounds.append(Round(seq=3))
    next(one for one in archive.teams if one.id == stood).withdrawn = True
    settings = resolve("bp", {})
    assert stood in {team.id for team in draw_snapshot(archive, 2, settings).teams}
    assert stood not in {team.id for team in draw_snapshot(archive, 3, settings).teams}


def test_before_the_first_round_everybody_is_level(archive: Archive) -> None:
    snapshot = draw_snapshot(archive, 1, resolve("bp", {}))
    assert {(team.points, team.rank, team.sides) for team in snapshot.teams} == {
        (0.0, 1, (0, 0, 0, 0)),
    }


def test_sides_allocated_beforehand_are_handed_on(archive: Archive) -> None:
    archive.rounds[1].side_allocations = {"T1": "aff"}
    teams = {team.id: team for team in draw_snapshot(archive, 2, resolve("bp", {})).teams}
    assert teams["T1"].allocated_side is Side.AFF
    assert teams["T2"].allocated_side is None


def test_the_order_of_the_archives_lists_does_not_change_a_draw() -> None:
    archive = generate_tournament(preset="bp", teams=16, rounds=3, seed=2)
    settings = resolve("bp", {})
    before = draw_snapshot(archive, 3, settings)
    archive.teams.reverse()
    archive.rounds.reverse()
    for round_ in archive.rounds:
        round_.debates.reverse()
    after = draw_snapshot(archive, 3, settings)
    assert {team.id: team for team in before.teams} == {team.id: team for team in after.teams}
