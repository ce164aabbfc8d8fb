"""The names that stand beside results: institutions, teams, categories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from tabapp.store import schema
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Namings:
    """Names by archive id; categories as (slug, name) in order."""

    institution_of_team: Mapping[str, str]
    institution_of_judge: Mapping[str, str]
    team_of_speaker: Mapping[str, str]
    break_categories: tuple[tuple[str, str], ...]
    speaker_categories: tuple[tuple[str, str], ...]


def read_namings(unit: ReadUnit, tournament_id: int) -> Namings:
    """Read the names of a tournament."""
    team, judge, speaker = schema.team, schema.adjudicator, schema.speaker
    house = schema.institution
    broken, spoken = schema.break_category, schema.speaker_category
    return Namings(
        institution_of_team=dict(unit.fetch(
            select(team.c.ref, house.c.name)
            .join(house, house.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id))),
        institution_of_judge=dict(unit.fetch(
            select(judge.c.ref, house.c.name)
            .join(house, house.c.id == judge.c.institution_id)
            .where(judge.c.tournament_id == tournament_id))),
        team_of_speaker=dict(unit.fetch(
            select(speaker.c.ref, team.c.name)
            .join(team, team.c.id == speaker.c.team_id)
            .where(speaker.c.tournament_id == tournament_id))),
        break_categories=tuple(tuple(row) for row in unit.fetch(
            select(broken.c.slug, broken.c.name)
            .where(broken.c.tournament_id == tournament_id).order_by(broken.c.seq))),
        speaker_categories=tuple(tuple(row) for row in unit.fetch(
            select(spoken.c.slug, spoken.c.name)
            .where(spoken.c.tournament_id == tournament_id).order_by(spoken.c.seq))),
    )
