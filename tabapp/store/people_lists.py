"""Everybody and everything that is registered, as rows of the lists that show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from tabapp.store import schema
from tabapp.store.people_conflicts import ConflictRow, list_conflicts
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team. ``speakers`` are names, ``categories`` names of break categories.

    ``wishes`` are those in which it would rather break than in the others, in that order.
    """

    id: int
    ref: str
    name: str
    short_name: str
    code_name: str
    emoji: str
    institution: str
    type: str
    seed: float | None
    withdrawn: bool
    speakers: tuple[str, ...]
    categories: tuple[str, ...]
    wishes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """A speaker. ``withdrawn`` is the team's."""

    id: int
    ref: str
    name: str
    team_id: int | None
    team: str
    institution: str
    email: str
    gender: str
    pronoun: str
    categories: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """An adjudicator. ``conflicts`` counts all of them, the own institution too."""

    id: int
    ref: str
    name: str
    institution: str
    score: float
    trainee: bool
    independent: bool
    adj_core: bool
    breaking: bool
    email: str
    conflicts: int
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room."""

    id: int
    name: str
    priority: float
    capacity: int | None
    categories: tuple[str, ...]
    runner: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """An institution with the number of its teams and judges."""

    id: int
    name: str
    code: str
    region: str
    teams: int
    judges: int


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category of speakers or of rooms. ``limit`` counts places shown, 0 for all."""

    kind: str
    id: int
    name: str
    slug: str
    description: str
    limit: int
    members: int


@dataclass(frozen=True, slots=True)
class ConstraintRow:
    """Somebody's wish for a category of rooms; ``kind`` is team, adjudicator or institution."""

    id: int
    kind: str
    subject: str
    category: str
    priority: float


@dataclass(frozen=True, slots=True)
class PeopleLists:
    """All lists of a tournament, each by name."""

    teams: tuple[TeamRow, ...]
    speakers: tuple[SpeakerRow, ...]
    judges: tuple[JudgeRow, ...]
    rooms: tuple[RoomRow, ...]
    institutions: tuple[InstitutionRow, ...]
    categories: tuple[CategoryRow, ...]
    conflicts: tuple[ConflictRow, ...]
    constraints: tuple[ConstraintRow, ...]


def read_lists(unit: ReadUnit, tournament_id: int) -> PeopleLists:
    """Read all lists."""
    return PeopleLists(
        teams=_teams(unit, tournament_id), speakers=_speakers(unit, tournament_id),
        judges=_judges(unit, tournament_id), rooms=_rooms(unit, tournament_id),
        institutions=_institutions(unit, tournament_id),
        categories=_categories(unit, tournament_id),
        conflicts=tuple(list_conflicts(unit, tournament_id)),
        constraints=_constraints(unit, tournament_id),
    )


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for owner, name in pairs:
        found[owner].append(name)
    return {owner: tuple(names) for owner, names in found.items()}


def category_names(
    unit: ReadUnit, link: Table, owner: Table, category: Table, tournament_id: int,
    *order: ColumnElement[Any],
) -> Mapping[int, tuple[str, ...]]:
    """Return the names of the categories of each owner."""
    return _grouped(unit.fetch(
        select(link.c[f"{owner.name}_id"], category.c.name)
        .join(category, category.c.id == link.c[f"{category.name}_id"])
        .where(category.c.tournament_id == tournament_id)
        .order_by(*order, category.c.id)
    ))


def _teams(unit: ReadUnit, tournament_id: int) -> tuple[TeamRow, ...]:
    team, speaker, home = schema.team, schema.speaker, schema.institution
    people = _grouped(unit.fetch(
        select(speaker.c.team_id, speaker.c.name)
        .where(speaker.c.tournament_id == tournament_id, speaker.c.team_id.is_not(None))
        .order_by(speaker.c.id)
    ))
    categories = category_names(
        unit, schema.team_break_category, team, schema.break_category, tournament_id,
        schema.break_category.c.seq)
    wishes = category_names(
        unit, schema.team_break_preference, team, schema.break_category, tournament_id,
        schema.team_break_preference.c.seq)
    return tuple(
        TeamRow(*(
            *row[:9], bool(row[9]), people.get(row[0], ()), categories.get(row[0], ()),
            wishes.get(row[0], ()),
        ))
        for row in unit.fetch(
            select(team.c.id, team.c.ref, team.c.name, team.c.short_name, team.c.code_name,
                   team.c.emoji, func.coalesce(home.c.name, ""), team.c.type, team.c.seed,
                   team.c.withdrawn)
            .outerjoin(home, home.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id).order_by(team.c.name, team.c.id)
        )
    )


def _speakers(unit: ReadUnit, tournament_id: int) -> tuple[SpeakerRow, ...]:
    speaker, team, home = schema.speaker, schema.team, schema.institution
    categories = category_names(
        unit, schema.speaker_speaker_category, speaker, schema.speaker_category, tournament_id,
        schema.speaker_category.c.seq)
    return tuple(
        SpeakerRow(*(*row[:9], categories.get(row[0], ()), bool(row[9])))
        for row in unit.fetch(
            select(speaker.c.id, speaker.c.ref, speaker.c.name, speaker.c.team_id,
                   func.coalesce(team.c.name, ""), func.coalesce(home.c.name, ""),
                   speaker.c.email, speaker.c.gender, speaker.c.pronoun,
                   func.coalesce(team.c.withdrawn, False))
            .outerjoin(team, team.c.id == speaker.c.team_id)
            .outerjoin(home, home.c.id == team.c.institution_id)
            .where(speaker.c.tournament_id == tournament_id)
            .order_by(speaker.c.name, speaker.c.id)
        )
    )


def _judges(unit: ReadUnit, tournament_id: int) -> tuple[JudgeRow, ...]:
    judge, home = schema.adjudicator, schema.institution
    conflicts: Counter[int] = Counter()
    for link, columns in (
        (schema.adjudicator_team_conflict, ("adjudicator_id",)),
        (schema.adjudicator_institution_conflict, ("adjudicator_id",)),
        (schema.adjudicator_adjudicator_conflict, ("adjudicator_id", "other_id")),
    ):
        for column in columns:
            who = link.c[column]
            conflicts.update(dict(unit.fetch(
                select(who, func.count()).join(judge, judge.c.id == who)
                .where(judge.c.tournament_id == tournament_id).group_by(who))))
    return tuple(
        JudgeRow(*(
            *row[:5], *map(bool, row[5:9]), row[9], conflicts[row[0]], bool(row[10]),
        ))
        for row in unit.fetch(
            select(judge.c.id, judge.c.ref, judge.c.name, func.coalesce(home.c.name, ""),
                   judge.c.base_score, judge.c.trainee, judge.c.independent, judge.c.adj_core,
                   judge.c.breaking, judge.c.email, judge.c.withdrawn)
            .outerjoin(home, home.c.id == judge.c.institution_id)
            .where(judge.c.tournament_id == tournament_id).order_by(judge.c.name, judge.c.id)
        )
    )


def _rooms(unit: ReadUnit, tournament_id: int) -> tuple[RoomRow, ...]:
    venue = schema.venue
    categories = category_names(
        unit, schema.venue_venue_category, venue, schema.venue_category, tournament_id)
    return tuple(
        RoomRow(*(*row[:4], categories.get(row[0], ()), row[4] or "", bool(row[5])))
        for row in unit.fetch(
            select(venue.c.id, venue.c.name, venue.c.priority, venue.c.capacity,
                   venue.c.runner, venue.c.withdrawn)
            .where(venue.c.tournament_id == tournament_id).order_by(venue.c.name, venue.c.id)
        )
    )


def _institutions(unit: ReadUnit, tournament_id: int) -> tuple[InstitutionRow, ...]:
    home = schema.institution
    counts: dict[str, dict[int, int]] = {
        table.name: dict(unit.fetch(
            select(table.c.institution_id, func.count())
            .where(table.c.tournament_id == tournament_id).group_by(table.c.institution_id)))
        for table in (schema.team, schema.adjudicator)
    }
    return tuple(
        InstitutionRow(*(
            *row, counts["team"].get(row[0], 0), counts["adjudicator"].get(row[0], 0),
        ))
        for row in unit.fetch(
            select(home.c.id, home.c.name, home.c.code, home.c.region)
            .where(home.c.tournament_id == tournament_id).order_by(home.c.name, home.c.id)
        )
    )


def _categories(unit: ReadUnit, tournament_id: int) -> tuple[CategoryRow, ...]:
    speakers, rooms = schema.speaker_category, schema.venue_category
    counts = {
        link.name: dict(unit.fetch(select(column, func.count()).group_by(column)))
        for link, column in (
            (schema.speaker_speaker_category,
             schema.speaker_speaker_category.c.speaker_category_id),
            (schema.venue_venue_category, schema.venue_venue_category.c.venue_category_id),
        )
    }
    found = [
        CategoryRow("speaker_category", row.id, row.name, row.slug, "", row.limit,
                    counts["speaker_speaker_category"].get(row.id, 0))
        for row in unit.rows(
            select(speakers).where(speakers.c.tournament_id == tournament_id)
            .order_by(speakers.c.seq, speakers.c.id))
    ]
    found += [
        CategoryRow("venue_category", row.id, row.name, "", row.description, 0,
                    counts["venue_venue_category"].get(row.id, 0))
        for row in unit.rows(
            select(rooms).where(rooms.c.tournament_id == tournament_id)
            .order_by(rooms.c.name, rooms.c.id))
    ]
    return tuple(found)


def _constraints(unit: ReadUnit, tournament_id: int) -> tuple[ConstraintRow, ...]:
    wish, category = schema.venue_constraint, schema.venue_category
    subject = func.coalesce(
        schema.team.c.name, schema.adjudicator.c.name, schema.institution.c.name)
    return tuple(
        ConstraintRow(*row) for row in unit.fetch(
            select(wish.c.id, wish.c.kind, subject, category.c.name, wish.c.priority)
            .join(category, category.c.id == wish.c.venue_category_id)
            .outerjoin(schema.team, schema.team.c.id == wish.c.team_id)
            .outerjoin(schema.adjudicator, schema.adjudicator.c.id == wish.c.adjudicator_id)
            .outerjoin(schema.institution, schema.institution.c.id == wish.c.institution_id)
            .where(wish.c.tournament_id == tournament_id)
            .order_by(wish.c.kind, subject, wish.c.id)
        )
    )
