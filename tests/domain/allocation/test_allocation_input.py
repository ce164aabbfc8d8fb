"""What the allocators read from an archive: conflicts, scores, history and wishes."""

from __future__ import annotations

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.allocation import panel_snapshot, room_snapshot
from tabapp.domain.allocation.conflicts import judge_clashes, team_clashes
from tabapp.domain.archive import (
    Adjudicator,
    Archive,
    Debate,
    DebateSide,
    Feedback,
    PanelMember,
    Round,
    Team,
    Tournament,
    Venue,
    VenueConstraint,
)
from tabapp.domain.formats import resolve


def make_debate(ref: str, *teams: str, judges: str = "", **fields: object) -> Debate:
    names = judges.split()
    roles = ["chair", "trainee"]
    return Debate.model_validate({
        "id": ref,
        "sides": [
            DebateSide(side=side, team=team)
            for side, team in zip(("og", "oo", "cg", "co"), teams, strict=False)
        ],
        "panel": [
            PanelMember(adjudicator=name, role="chair" if role == "chair" else "trainee")
            for name, role in zip(names, roles, strict=False)
        ],
        **fields,
    })


@pytest.fixture
def archive() -> Archive:
    return Archive(
        tournament=Tournament(name="Open", slug="open"),
        teams=[
            Team(id=f"T{n}", institution="I1" if n == 1 else None,
                 institution_conflicts=["I1"] if n == 1 else [])
            for n in range(1, 9)
        ],
        adjudicators=[
            Adjudicator(id="A1", base_score=6.0, institution="I1", institution_conflicts=["I1"]),
            Adjudicator(id="A2", base_score=4.0, team_conflicts=["T5"]),
            Adjudicator(id="A3", base_score=2.0, trainee=True, adjudicator_conflicts=["A1"]),
        ],
        venues=[Venue(id="V1", priority=3, categories=["VC1"]), Venue(id="V2")],
        venue_constraints=[
            VenueConstraint(kind="institution", subject="I1", category="VC1", priority=5),
            VenueConstraint(kind="adjudicator", subject="A2", category="VC1", priority=9),
            VenueConstraint(kind="team", subject="A2", category="VC2", priority=9),
        ],
        rounds=[
            Round(seq=1, status="released", debates=[
                make_debate("D1", "T1", "T2", "T3", "T4", judges="A2 A3", status="confirmed"),
                make_debate("D2", "T5", "T6", "T7", "T8", judges="A1", status="postponed"),
            ]),
            Round(seq=2, status="draft", debates=[
                make_debate("D3", "T5", "T6", "T7", "T8", judges="A1"),
            ]),
            Round(seq=3, status="confirmed", feedback_weight=0.5, absent_adjudicators=["A1"],
                  absent_venues=["V2"], debates=[
                make_debate("D4", "T1", "T6", "T3", "T8", judges="A2", importance=2, room_rank=1),
                Debate(id="D5", sides=[DebateSide(side="bye", team="T2")]),
                make_debate("D6", "T4", "T5", "T7", "T2", status="postponed"),
            ]),
        ],
    )


def test_a_judge_clashes_by_person_and_by_shared_institution(archive: Archive) -> None:
    clashes = team_clashes(archive.adjudicators, archive.teams)
    assert clashes == {"A1": {"T1"}, "A2": {"T5"}, "A3": set()}


def test_a_conflict_with_the_own_institution_can_be_taken_out(archive: Archive) -> None:
    archive.adjudicators[0].institution_conflicts = []
    assert team_clashes(archive.adjudicators, archive.teams)["A1"] == set()


def test_teams_and_judges_without_an_institution_never_clash_by_it(archive: Archive) -> None:
    lone = [judge for judge in archive.adjudicators if judge.institution is None]
    assert "T2" not in set().union(*team_clashes(lone, archive.teams).values())


def test_a_clash_between_judges_holds_both_ways(archive: Archive) -> None:
    assert judge_clashes(archive.adjudicators) == {"A1": {"A3"}, "A2": set(), "A3": {"A1"}}


def test_a_clash_holds_also_with_a_judge_who_declared_it_and_is_away(archive: Archive) -> None:
    judges = {judge.id: judge for judge in panel_snapshot(archive, 3, resolve("bp", {})).judges}
    assert sorted(judges) == ["A2", "A3"]
    assert judges["A3"].judge_conflicts == {"A1"}


def test_people_have_met_in_confirmed_rounds_and_debates_that_took_place(
    archive: Archive,
) -> None:
    archive.rounds[2].absent_adjudicators = []
    judges = {judge.id: judge for judge in panel_snapshot(archive, 3, resolve("bp", {})).judges}
    assert judges["A1"].teams_seen == set()
    assert judges["A2"].teams_seen == {"T1", "T2", "T3", "T4"}
    assert judges["A2"].judges_seen == {"A3"}
    assert judges["A3"].judges_seen == {"A2"}


def test_byes_and_postponed_debates_want_no_judges_and_no_room(archive: Archive) -> None:
    panels = panel_snapshot(archive, 3, resolve("bp", {}))
    assert [(debate.id, debate.importance) for debate in panels.debates] == [("D4", 2)]
    assert [debate.id for debate in room_snapshot(archive, 3).debates] == ["D4"]


def test_the_judges_score_mixes_in_the_feedback_that_counts(archive: Archive) -> None:
    archive.feedback = [
        Feedback(id="F1", round=1, debate="D1", target="A2", source_team="T1", score=8.0),
        Feedback(id="F2", round=1, debate="D1", target="A2", source_team="T2", score=9.0,
                 ignored=True),
        Feedback(id="F3", round=1, debate="D1", target="A2", source_team="T3", score=9.0,
                 confirmed=False),
        Feedback(id="F4", round=1, debate="D1", target="A2", source_adjudicator="A3", score=1.0),
        Feedback(id="F5", round=1, debate="D1", target="A2", source_team="T4", score=6.0),
    ]
    judges = {judge.id: judge for judge in panel_snapshot(archive, 3, resolve("bp", {})).judges}
    assert judges["A2"].score == pytest.approx(0.5 * 4.0 + 0.5 * 7.0)
    assert judges["A3"].score == 2.0


def test_the_ballot_rule_of_the_stage_decides_the_allocator(archive: Archive) -> None:
    settings = resolve("easters", {})
    assert panel_snapshot(archive, 3, settings).options["ballots_per_debate"] == "per-debate"
    archive.rounds[2].stage = "elimination"
    assert panel_snapshot(archive, 3, settings).options["ballots_per_debate"] == "per-adj"


def test_a_debate_has_the_wishes_of_its_teams_judges_and_institutions(archive: Archive) -> None:
    snapshot = room_snapshot(archive, 3)
    wishes = {(wish.subject, wish.category) for wish in snapshot.debates[0].constraints}
    assert wishes == {("I1", "VC1"), ("A2", "VC1")}
    assert [room.id for room in snapshot.rooms] == ["V1"]


def test_a_round_that_does_not_exist_is_refused(archive: Archive) -> None:
    with pytest.raises(UserError) as caught:
        room_snapshot(archive, 9)
    assert caught.value.code == "no_round_in_archive"


def test_who_is_withdrawn_is_neither_seated_nor_used(archive: Archive) -> None:
    settings = resolve("bp", {})
    judge = panel_snapshot(archive, 3, settings).judges[0].id
    room = room_snapshot(archive, 3).rooms[0].id
    next(one for one in archive.adjudicators if one.id == judge).withdrawn = True
    next(one for one in archive.venues if one.id == room).withdrawn = True
    assert judge not in {one.id for one in panel_snapshot(archive, 3, settings).judges}
    assert room not in {one.id for one in room_snapshot(archive, 3).rooms}
