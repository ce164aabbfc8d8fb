"""What is known of each person, as the rules of complete records read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from tabapp.domain.registration import PersonKind, Profile
from tabapp.store import schema
from tabapp.store.unit import ReadUnit, chunks

ATTACHED = "normal"
"""The type of teams that have an institution."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person. ``aside`` is the team, of a judge the institution; "" where there is none.

    ``team_id`` and ``categories``, how many there are, are a speaker's.
    """

    id: int
    ref: str
    tournament_id: int
    name: str
    aside: str
    withdrawn: bool
    profile: Profile
    team_id: int | None = None
    categories: int = 0


def read_people(unit: ReadUnit, kind: PersonKind, tournament_id: int) -> list[PersonRow]:
    """Return everybody of a kind, in order of their rows."""
    table = schema.metadata.tables[kind]
    return _people(unit, kind, _query(kind).where(table.c.tournament_id == tournament_id))


def read_some(unit: ReadUnit, kind: PersonKind, ids: Iterable[int]) -> list[PersonRow]:
    """Return these people; those that are not there are left out."""
    table = schema.metadata.tables[kind]
    return [
        one for part in chunks(sorted(ids))
        for one in _people(unit, kind, _query(kind).where(table.c.id.in_(part)))
    ]


def speakers_of(unit: ReadUnit, teams: Iterable[int]) -> list[int]:
    """Return the row ids of the speakers of some teams."""
    speaker = schema.speaker
    return [
        row for part in chunks(sorted(teams))
        for (row,) in unit.fetch(select(speaker.c.id).where(speaker.c.team_id.in_(part)))
    ]


def _people(unit: ReadUnit, kind: PersonKind, query: Select[Any]) -> list[PersonRow]:
    make = _speaker if kind == "speaker" else _judge
    return [make(row) for row in unit.fetch(query)]


def _query(kind: PersonKind) -> Select[Any]:
    if kind == "speaker":
        speaker, team, link = schema.speaker, schema.team, schema.speaker_speaker_category
        count = (
            select(func.count()).where(link.c.speaker_id == speaker.c.id)
            .correlate(speaker).scalar_subquery())
        return (
            select(
                speaker.c.id, speaker.c.ref, speaker.c.tournament_id, speaker.c.name,
                speaker.c.email, speaker.c.gender, speaker.c.pronoun, speaker.c.consent,
                speaker.c.categories_answered, speaker.c.team_id, team.c.name,
                team.c.institution_id, team.c.type, team.c.withdrawn, count)
            .outerjoin(team, team.c.id == speaker.c.team_id).order_by(speaker.c.id))
    judge, home = schema.adjudicator, schema.institution
    return (
        select(
            judge.c.id, judge.c.ref, judge.c.tournament_id, judge.c.name, judge.c.email,
            judge.c.gender, judge.c.pronoun, judge.c.consent, judge.c.conflicts_declared,
            judge.c.institution_id, home.c.name, judge.c.independent, judge.c.base_score,
            judge.c.withdrawn)
        .outerjoin(home, home.c.id == judge.c.institution_id).order_by(judge.c.id))


def _speaker(row: tuple[Any, ...]) -> PersonRow:
    (row_id, ref, owner, name, email, gender, pronoun, consent, answered, team_id, team,
     institution, type_, withdrawn, categories) = row
    return PersonRow(row_id, ref, owner, name, team or "", bool(withdrawn), Profile(
        name=name, email=email, gender=gender, pronoun=pronoun, consent=bool(consent),
        answered=bool(answered), has_team=team_id is not None,
        has_institution=institution is not None,
        unattached=team_id is not None and type_ != ATTACHED, listed=categories > 0,
    ), team_id, categories)


def _judge(row: tuple[Any, ...]) -> PersonRow:
    (row_id, ref, owner, name, email, gender, pronoun, consent, declared, institution_id,
     institution, independent, score, withdrawn) = row
    return PersonRow(row_id, ref, owner, name, institution or "", bool(withdrawn), Profile(
        name=name, email=email, gender=gender, pronoun=pronoun, consent=bool(consent),
        answered=bool(declared), has_institution=institution_id is not None,
        unattached=bool(independent), base_score=score or 0.0,
    ))
