"""What the boards of judges and rooms show of people, ties, meetings and rooms, in few reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, FromClause, Table, select

from tabapp.domain.history import DRAWN
from tabapp.store import schema
from tabapp.store.read_unit import ReadUnit

Met = Mapping[str, Mapping[str, str]]
"""Judge -> whom it met -> the round in which it did so last."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team by its archive id, with what ties it to judges."""

    id: str
    name: str
    institution: str | None
    institution_conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeRow:
    """A judge by its archive id, with what ties it to teams and judges.

    ``absent``: from the round, or withdrawn from the tournament.
    """

    id: str
    name: str
    trainee: bool
    absent: bool
    institution: str | None
    institution_conflicts: tuple[str, ...] = ()
    team_conflicts: tuple[str, ...] = ()
    adjudicator_conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A room by its archive id; ``categories`` by archive id. ``absent``: or withdrawn."""

    id: str
    name: str
    priority: float
    capacity: int | None
    absent: bool
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody wants a category of rooms. ``name`` is that of the subject."""

    kind: str
    subject: str
    name: str
    category: str
    priority: float


@dataclass(frozen=True, slots=True)
class Override:
    """A clash that somebody allowed: whom it is about (team or judge), and why."""

    debate: str
    judge: str
    about: str | None
    reason: str


@dataclass(slots=True)
class _Meetings:
    teams: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    judges: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def institution_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return what institutions are called in a row: the code, or the name without one."""
    table = schema.institution
    return {
        ref: code or name for ref, code, name in unit.fetch(
            select(table.c.ref, table.c.code, table.c.name)
            .where(table.c.tournament_id == tournament_id))
    }


def read_teams(unit: ReadUnit, tournament_id: int) -> list[TeamRow]:
    """Return all teams with their conflicts."""
    team, home = schema.team, schema.institution
    places = _lists(
        unit, tournament_id, schema.team_institution_conflict, team, home,
        schema.team_institution_conflict.c.institution_id)
    return [
        TeamRow(ref, short or name, at, tuple(places.get(row_id, ())))
        for row_id, ref, short, name, at in unit.fetch(
            select(team.c.id, team.c.ref, team.c.short_name, team.c.name, home.c.ref)
            .outerjoin(home, home.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id).order_by(team.c.id))
    ]


def read_judges(unit: ReadUnit, tournament_id: int, round_id: int) -> list[JudgeRow]:
    """Return all judges with their conflicts, and whether they are absent from a round."""
    judge, home = schema.adjudicator, schema.institution
    to_place = schema.adjudicator_institution_conflict
    to_team = schema.adjudicator_team_conflict
    to_judge = schema.adjudicator_adjudicator_conflict
    places = _lists(unit, tournament_id, to_place, judge, home, to_place.c.institution_id)
    teams = _lists(unit, tournament_id, to_team, judge, schema.team, to_team.c.team_id)
    others = _lists(
        unit, tournament_id, to_judge, judge, judge.alias("other"), to_judge.c.other_id)
    away = {row_id for (row_id,) in unit.fetch(
        select(schema.absent_adjudicator.c.adjudicator_id)
        .where(schema.absent_adjudicator.c.round_id == round_id))}
    return [
        JudgeRow(
            ref, name, bool(trainee), bool(gone) or row_id in away, at,
            tuple(places.get(row_id, ())), tuple(teams.get(row_id, ())),
            tuple(others.get(row_id, ())),
        )
        for row_id, ref, name, trainee, gone, at in unit.fetch(
            select(
                judge.c.id, judge.c.ref, judge.c.name, judge.c.trainee, judge.c.withdrawn,
                home.c.ref)
            .outerjoin(home, home.c.id == judge.c.institution_id)
            .where(judge.c.tournament_id == tournament_id).order_by(judge.c.id))
    ]


def _lists(
    unit: ReadUnit, tournament_id: int, table: Table, owner: Table, other: FromClause,
    column: Column[int],
) -> dict[int, list[str]]:
    """Return owner's row id -> archive ids of the others, of a many-to-many table."""
    found: dict[int, list[str]] = defaultdict(list)
    for own, ref in unit.fetch(
        select(table.c[f"{owner.name}_id"], other.c.ref)
        .join(owner, owner.c.id == table.c[f"{owner.name}_id"])
        .join(other, other.c.id == column)
        .where(owner.c.tournament_id == tournament_id)
    ):
        found[own].append(ref)
    return found


def read_meetings(unit: ReadUnit, tournament_id: int, before: int) -> tuple[Met, Met]:
    """Return which teams each judge has judged in earlier rounds, and with whom it has sat.

    The debates that count are those of ``domain.history``.
    """
    round_, debate = schema.round_, schema.debate
    member, side = schema.panel_member, schema.debate_side
    counts = (
        (debate.c.tournament_id == tournament_id) & (round_.c.seq < before)
        & round_.c.status.in_(DRAWN) & (debate.c.status != "postponed"))
    names: dict[int, str] = {}
    teams: dict[int, list[str]] = defaultdict(list)
    for debate_id, seq, name, team in unit.fetch(
        select(side.c.debate_id, round_.c.seq, round_.c.name, schema.team.c.ref)
        .join(debate, debate.c.id == side.c.debate_id)
        .join(round_, round_.c.id == side.c.round_id)
        .join(schema.team, schema.team.c.id == side.c.team_id).where(counts)
        .order_by(round_.c.seq, side.c.id)
    ):
        names[debate_id] = name or f"Round {seq}"
        teams[debate_id].append(team)
    panels: dict[int, list[str]] = defaultdict(list)
    for debate_id, judge in unit.fetch(
        select(member.c.debate_id, schema.adjudicator.c.ref)
        .join(debate, debate.c.id == member.c.debate_id)
        .join(round_, round_.c.id == member.c.round_id)
        .join(schema.adjudicator, schema.adjudicator.c.id == member.c.adjudicator_id)
        .where(counts)
    ):
        panels[debate_id].append(judge)
    met = _Meetings()
    for debate_id, name in names.items():  # rising rounds: the last one stays
        panel = panels.get(debate_id, ())
        for judge in panel:
            met.teams[judge].update(dict.fromkeys(teams[debate_id], name))
            met.judges[judge].update({one: name for one in panel if one != judge})
    return met.teams, met.judges


def read_overrides(unit: ReadUnit, round_id: int) -> list[Override]:
    """Return the clashes that were allowed in a round."""
    table, debate = schema.debate_override, schema.debate
    judge, team, other = schema.adjudicator, schema.team, schema.adjudicator.alias("other")
    return [
        Override(debate_ref, judge_ref, team_ref or other_ref, reason)
        for debate_ref, judge_ref, team_ref, other_ref, reason in unit.fetch(
            select(debate.c.ref, judge.c.ref, team.c.ref, other.c.ref, table.c.reason)
            .select_from(table)
            .join(debate, debate.c.id == table.c.debate_id)
            .join(judge, judge.c.id == table.c.adjudicator_id)
            .outerjoin(team, team.c.id == table.c.team_id)
            .outerjoin(other, other.c.id == table.c.other_id)
            .where(debate.c.round_id == round_id).order_by(table.c.id))
    ]


def seated_beside(unit: ReadUnit, round_id: int, slot_id: int) -> dict[str, str]:
    """Return the judges of other rounds that run at the same time -> the name of that round."""
    member, round_ = schema.panel_member, schema.round_
    return {
        ref: name or f"Round {seq}" for ref, name, seq in unit.fetch(
            select(schema.adjudicator.c.ref, round_.c.name, round_.c.seq)
            .join(member, member.c.adjudicator_id == schema.adjudicator.c.id)
            .join(round_, round_.c.id == member.c.round_id)
            .where(member.c.slot_id == slot_id, member.c.round_id != round_id))
    }


def read_venues(unit: ReadUnit, tournament_id: int, round_id: int) -> list[VenueRow]:
    """Return all rooms, and whether they are away in a round."""
    venue, link = schema.venue, schema.venue_venue_category
    away = {row_id for (row_id,) in unit.fetch(
        select(schema.absent_venue.c.venue_id)
        .where(schema.absent_venue.c.round_id == round_id))}
    kinds = _lists(
        unit, tournament_id, link, venue, schema.venue_category, link.c.venue_category_id)
    return [
        VenueRow(
            ref, name, priority, capacity, bool(gone) or row_id in away,
            frozenset(kinds.get(row_id, ())))
        for row_id, ref, name, priority, capacity, gone in unit.fetch(
            select(
                venue.c.id, venue.c.ref, venue.c.name, venue.c.priority, venue.c.capacity,
                venue.c.withdrawn)
            .where(venue.c.tournament_id == tournament_id).order_by(venue.c.id))
    ]


def venue_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return the names of all rooms."""
    table = schema.venue
    return dict(unit.fetch(
        select(table.c.ref, table.c.name).where(table.c.tournament_id == tournament_id)))


def venue_categories(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return the names of the categories of rooms."""
    table = schema.venue_category
    return dict(unit.fetch(
        select(table.c.ref, table.c.name).where(table.c.tournament_id == tournament_id)))


def read_wishes(unit: ReadUnit, tournament_id: int) -> list[Wish]:
    """Return who wants which category of rooms."""
    table, kind = schema.venue_constraint, schema.venue_category
    team, judge, home = schema.team, schema.adjudicator, schema.institution
    found = []
    for row in unit.rows(
        select(
            table.c.kind, table.c.priority, kind.c.ref.label("category"),
            team.c.ref.label("team"), team.c.name.label("team_name"),
            judge.c.ref.label("adjudicator"), judge.c.name.label("adjudicator_name"),
            home.c.ref.label("institution"), home.c.name.label("institution_name"),
        )
        .join(kind, kind.c.id == table.c.venue_category_id)
        .outerjoin(team, team.c.id == table.c.team_id)
        .outerjoin(judge, judge.c.id == table.c.adjudicator_id)
        .outerjoin(home, home.c.id == table.c.institution_id)
        .where(table.c.tournament_id == tournament_id).order_by(table.c.id)
    ):
        values = row._mapping
        found.append(Wish(
            row.kind, values[row.kind], values[f"{row.kind}_name"], row.category, row.priority))
    return found


def judge_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return the names of all judges."""
    table = schema.adjudicator
    return dict(unit.fetch(
        select(table.c.ref, table.c.name).where(table.c.tournament_id == tournament_id)))
