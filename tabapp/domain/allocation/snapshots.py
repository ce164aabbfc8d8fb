"""What the allocators need to know, read from an archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any, TypeVar

from tabapp.domain.allocation.conflicts import judge_clashes, team_clashes
from tabapp.domain.allocation.types import (
    PanelDebate,
    PanelJudge,
    PanelSnapshot,
    Room,
    RoomConstraint,
    RoomDebate,
    RoomSnapshot,
)
from tabapp.domain.archive import Adjudicator, Archive, Debate, Round, VenueConstraint
from tabapp.domain.formats import Settings
from tabapp.domain.history import find_round, judge_meetings

W = TypeVar("W")

_OPTIONS = (
    "adj_min_score", "adj_max_score", "adj_min_voting_score", "adj_conflict_penalty",
    "adj_history_penalty", "no_panellist_position", "no_trainee_position", "panel_size_policy",
)


def judge_score(
    base: float, feedback: float | None, feedback_weight: float
) -> float:
    """Combine base score and mean feedback by the round's weight; no feedback weighs nothing."""
    if feedback is None:
        return base
    return (1.0 - feedback_weight) * base + feedback_weight * feedback


def feedback_means(archive: Archive) -> Mapping[str, float]:
    """Return each judge's mean feedback: confirmed, not ignored, not given by trainees."""
    learners = {
        (debate.id, member.adjudicator)
        for round_ in archive.rounds
        for debate in round_.debates
        for member in debate.panel
        if member.role == "trainee"
    }
    scores: dict[str, list[float]] = defaultdict(list)
    for piece in archive.feedback:
        by_trainee = (piece.debate, piece.source_adjudicator) in learners
        if piece.confirmed and not piece.ignored and piece.score is not None and not by_trainee:
            scores[piece.target].append(piece.score)
    return {judge: fmean(marks) for judge, marks in scores.items()}


def panel_options(settings: Settings, stage: str) -> dict[str, Any]:
    """Return the adjudicator settings as they hold for a round of ``stage``."""
    options = {name: getattr(settings, name) for name in _OPTIONS}
    options["ballots_per_debate"] = (
        settings.ballots_per_debate_elim
        if stage == "elimination"
        else settings.ballots_per_debate_prelim
    )
    return options


def panel_snapshot(archive: Archive, seq: int, settings: Settings) -> PanelSnapshot:
    """Read what the judges' allocation of round ``seq`` depends on: judges who are there.

    Who is absent from the round, or withdrawn from the tournament, is not seated anew. Byes and
    postponed debates want no judges.
    """
    round_ = find_round(archive, seq)
    away = set(round_.absent_adjudicators)
    present = [
        judge for judge in archive.adjudicators
        if judge.id not in away and not judge.withdrawn
    ]
    clashes = team_clashes(present, archive.teams)
    others = judge_clashes(archive.adjudicators)
    teams_seen, judges_seen = judge_meetings(archive, seq)
    feedback = feedback_means(archive)

    def seat(judge: Adjudicator) -> PanelJudge:
        return PanelJudge(
            id=judge.id,
            name=judge.name,
            score=judge_score(
                judge.base_score, feedback.get(judge.id), round_.feedback_weight
            ),
            trainee=judge.trainee,
            institution=judge.institution,
            team_conflicts=clashes[judge.id],
            judge_conflicts=others[judge.id],
            teams_seen=frozenset(teams_seen[judge.id]),
            judges_seen=frozenset(judges_seen[judge.id]),
        )

    debates = tuple(
        PanelDebate(
            id=debate.id,
            teams=tuple(side.team for side in debate.sides),
            importance=debate.importance,
            room_rank=debate.room_rank,
            bracket=debate.bracket or 0.0,
        )
        for debate in _debated(round_)
    )
    options = panel_options(settings, round_.stage)
    return PanelSnapshot(debates, tuple(seat(judge) for judge in present), options)


def wishes_of(
    wishes: Mapping[tuple[str, str], Sequence[W]], institution: Mapping[str, str | None],
    teams: Iterable[str], judges: Iterable[str],
) -> Iterator[W]:
    """Yield the wishes that concern a debate: of its teams, their institutions and its judges.

    ``wishes`` are by kind and id of who has them, ``institution`` is that of each team.
    """
    here = set(teams)
    subjects = {("team", team) for team in here}
    subjects |= {("adjudicator", judge) for judge in judges}
    subjects |= {
        ("institution", place) for place in map(institution.get, here) if place is not None}
    for subject in sorted(subjects):
        yield from wishes.get(subject, ())


def room_snapshot(archive: Archive, seq: int) -> RoomSnapshot:
    """Read what the rooms' allocation of round ``seq`` depends on."""
    round_ = find_round(archive, seq)
    away = set(round_.absent_venues)
    # Ids are unique within their list only, so a subject is a kind and an id.
    wishes: dict[tuple[str, str], list[VenueConstraint]] = defaultdict(list)
    for wish in archive.venue_constraints:
        wishes[wish.kind, wish.subject].append(wish)
    institution = {team.id: team.institution for team in archive.teams}

    def constraints(debate: Debate) -> Iterable[RoomConstraint]:
        found = wishes_of(
            wishes, institution, [side.team for side in debate.sides],
            [member.adjudicator for member in debate.panel])
        for wish in found:
            yield RoomConstraint(wish.subject, wish.category, wish.priority)

    debates = tuple(
        RoomDebate(debate.id, debate.importance, debate.room_rank, tuple(constraints(debate)))
        for debate in _debated(round_)
    )
    rooms = tuple(
        Room(venue.id, venue.priority, venue.capacity, frozenset(venue.categories))
        for venue in archive.venues
        if venue.id not in away and not venue.withdrawn
    )
    return RoomSnapshot(debates, rooms)


def _debated(round_: Round) -> list[Debate]:
    return [
        debate for debate in round_.debates
        if debate.status != "postponed" and len(debate.sides) > 1
    ]
