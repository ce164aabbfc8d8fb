"""Checks ids and references of people, institutions, rooms, motions and feedback."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.archive import Archive, Feedback, Team
from tabapp.exchange.findings import Findings
from tabapp.exchange.known import Known


def check_people(archive: Archive, known: Known, found: Findings) -> None:
    """Check everything that stands outside the rounds and the breaks."""
    _check_ids(archive, found)
    for team in archive.teams:
        _check_team(team, known, found)
    for speaker in archive.speakers:
        where = f"speaker {speaker.id}"
        found.ref(where, "team", speaker.team, known.teams)
        found.refs(where, "speaker category", speaker.categories, known.speaker_categories)
    _check_adjudicators(archive, known, found)
    _check_venues(archive, known, found)
    for feedback in archive.feedback:
        _check_feedback(feedback, known, found)
    subjects = {*known.teams, *known.speakers, *known.adjudicators, *known.institutions}
    for achievement in archive.achievements:
        where = f"achievement {achievement.key}"
        if achievement.subject:  # "" is the tournament
            found.ref(where, "holder", achievement.subject, subjects | known.debates)
        _check_seq(where, achievement.round, known, found)


def _check_ids(archive: Archive, found: Findings) -> None:
    lists: Sequence[tuple[str, list[str]]] = (
        ("institution", [part.id for part in archive.institutions]),
        ("break category", [part.id for part in archive.break_categories]),
        ("speaker category", [part.id for part in archive.speaker_categories]),
        ("team", [part.id for part in archive.teams]),
        ("speaker", [part.id for part in archive.speakers]),
        ("adjudicator", [part.id for part in archive.adjudicators]),
        ("venue category", [part.id for part in archive.venue_categories]),
        ("venue", [part.id for part in archive.venues]),
        ("motion", [part.id for part in archive.motions]),
        ("question", [part.id for part in archive.questions]),
        ("debate", [debate.id for part in archive.rounds for debate in part.debates]),
        ("feedback", [part.id for part in archive.feedback]),
        ("slug of break category", [part.slug for part in archive.break_categories]),
        ("slug of speaker category", [part.slug for part in archive.speaker_categories]),
    )
    for kind, ids in lists:
        found.ids(kind, ids)


def _check_team(team: Team, known: Known, found: Findings) -> None:
    where = f"team {team.id}"
    found.ref(where, "institution", team.institution, known.institutions)
    found.refs(where, "break category", team.break_categories, known.break_categories)
    found.refs(where, "break category", team.break_preferences, known.break_categories)
    found.refs(where, "institution", team.institution_conflicts, known.institutions)
    found.refs(where, "team", team.team_conflicts, known.teams)
    if team.id in team.team_conflicts:
        found.error(where, "import_conflict_with_itself", kind="team", id=team.id)


def _check_adjudicators(archive: Archive, known: Known, found: Findings) -> None:
    for judge in archive.adjudicators:
        where = f"adjudicator {judge.id}"
        found.ref(where, "institution", judge.institution, known.institutions)
        found.refs(where, "institution", judge.institution_conflicts, known.institutions)
        found.refs(where, "team", judge.team_conflicts, known.teams)
        found.refs(where, "adjudicator", judge.adjudicator_conflicts, known.adjudicators)
        if judge.id in judge.adjudicator_conflicts:
            found.error(where, "import_conflict_with_itself", kind="adjudicator", id=judge.id)
        for base in judge.base_score_history:
            _check_seq(where, base.round, known, found)


def _check_venues(archive: Archive, known: Known, found: Findings) -> None:
    for venue in archive.venues:
        found.refs(
            f"venue {venue.id}", "venue category", venue.categories, known.venue_categories
        )
    seen = set()
    for constraint in archive.venue_constraints:
        where = f"room constraint of {constraint.subject}"
        subjects = {
            "team": known.teams,
            "adjudicator": known.adjudicators,
            "institution": known.institutions,
        }[constraint.kind]
        found.ref(where, constraint.kind, constraint.subject, subjects)
        found.ref(where, "venue category", constraint.category, known.venue_categories)
        key = (constraint.kind, constraint.subject, constraint.category)
        if key in seen:
            found.error(
                where, "import_listed_twice", kind="venue category", id=constraint.category
            )
        seen.add(key)


def _check_feedback(feedback: Feedback, known: Known, found: Findings) -> None:
    where = f"feedback {feedback.id}"
    _check_seq(where, feedback.round, known, found)
    found.ref(where, "debate", feedback.debate, known.debates)
    found.ref(where, "adjudicator", feedback.target, known.adjudicators)
    found.ref(where, "team", feedback.source_team, known.teams)
    found.ref(where, "adjudicator", feedback.source_adjudicator, known.adjudicators)
    found.refs(where, "question", feedback.answers, known.questions)
    if (feedback.source_team is None) == (feedback.source_adjudicator is None):
        found.error(where, "import_feedback_source")


def _check_seq(where: str, seq: int | None, known: Known, found: Findings) -> None:
    if seq is not None and seq not in known.seqs:
        found.error(where, "import_unknown_reference", kind="round", id=str(seq))
