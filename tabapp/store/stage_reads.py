"""How far rounds are, in counts: a few statements for all rounds of a tournament."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, distinct, func, select

from tabapp.domain.types import Side
from tabapp.store import schema
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """What there is of a round. ``rooms`` are its debates without byes.

    Panels are looked at in rounds that are not completed only: ``no_chair``, ``even`` (an even
    number of voting judges, at least two) and ``clashes`` (pairs of a judge and a team of the same
    room, without those that somebody allowed) are 0 in the others.
    """

    id: int
    seq: int
    name: str
    stage: str
    status: str
    completed: bool
    category: str | None
    draw_type: str
    starts_at: str | None
    record: Mapping[str, Any]
    absent_teams: int = 0
    absent_judges: int = 0
    teams: int = 0
    """Teams that stand in its draw, byes included."""
    rooms: int = 0
    placed: int = 0
    """Debates with a room, postponed ones left out, as in all that is said of judges."""
    places: int = 0
    """Different rooms that are used."""
    postponed: int = 0
    seated: int = 0
    """Rooms with any judge."""
    no_chair: int = 0
    even: int = 0
    clashes: int = 0
    confirmed: int = 0
    """Rooms with a confirmed ballot, postponed ones left out."""
    drafts: int = 0
    """Rooms with a draft and no confirmed ballot."""


@dataclass(frozen=True, slots=True)
class Here:
    """Everybody who is registered and not withdrawn."""

    teams: int
    judges: int
    venues: int


def count_rounds(unit: ReadUnit, tournament_id: int) -> tuple[Here, list[RoundCounts]]:
    """Return the counts of every round by sequence, and of who is registered."""
    round_, category = schema.round_, schema.break_category
    rows = unit.rows(
        select(
            round_.c.id, round_.c.seq, round_.c.name, round_.c.stage, round_.c.status,
            round_.c.completed, category.c.slug, round_.c.draw_type, round_.c.starts_at,
            round_.c.draw_record)
        .outerjoin(category, category.c.id == round_.c.break_category_id)
        .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq))
    open_rounds = [row.id for row in rows if not row.completed]
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for statement in (
        _absent(schema.absent_team, schema.team, tournament_id, "absent_teams"),
        _absent(
            schema.absent_adjudicator, schema.adjudicator, tournament_id, "absent_judges"),
        _teams(tournament_id), _rooms(tournament_id), _ballots(tournament_id),
        _seated(tournament_id), _panels(open_rounds),
    ):
        names = statement.selected_columns.keys()[1:]
        for round_id, *counts in unit.fetch(statement):
            found[round_id] |= dict(zip(names, (int(n or 0) for n in counts), strict=True))
    for round_id, clashes in _clashes(unit, open_rounds).items():
        found[round_id]["clashes"] = clashes
    return _here(unit, tournament_id), [
        RoundCounts(
            id=row.id, seq=row.seq, name=row.name or f"Round {row.seq}", stage=row.stage,
            status=row.status, completed=row.completed, category=row.slug,
            draw_type=row.draw_type, starts_at=row.starts_at, record=row.draw_record or {},
            **found[row.id])
        for row in rows
    ]


def _here(unit: ReadUnit, tournament_id: int) -> Here:
    teams, judges, venues = (
        int(unit.scalar(
            select(func.count()).select_from(table)
            .where(table.c.tournament_id == tournament_id, table.c.withdrawn.is_(False))) or 0)
        for table in (schema.team, schema.adjudicator, schema.venue))
    return Here(teams, judges, venues)


def _absent(absence: Any, subject: Any, tournament_id: int, name: str) -> Select[Any]:
    return (
        select(absence.c.round_id, func.count().label(name))
        .join(subject, subject.c.id == absence.c[f"{subject.name}_id"])
        .where(subject.c.tournament_id == tournament_id, subject.c.withdrawn.is_(False))
        .group_by(absence.c.round_id))


def _teams(tournament_id: int) -> Select[Any]:
    side, round_ = schema.debate_side, schema.round_
    return (
        select(side.c.round_id, func.count().label("teams"))
        .join(round_, round_.c.id == side.c.round_id)
        .where(round_.c.tournament_id == tournament_id).group_by(side.c.round_id))


def _byes() -> Select[Any]:
    side = schema.debate_side
    return select(side.c.debate_id).where(side.c.side == Side.BYE.value)


def _rooms(tournament_id: int) -> Select[Any]:
    debate = schema.debate
    venue = case((debate.c.status != "postponed", debate.c.venue_id))
    return (
        select(
            debate.c.round_id, func.count().label("rooms"),
            func.count(venue).label("placed"), func.count(distinct(venue)).label("places"),
            func.sum(case((debate.c.status == "postponed", 1), else_=0)).label("postponed"))
        .where(debate.c.tournament_id == tournament_id, debate.c.id.not_in(_byes()))
        .group_by(debate.c.round_id))


def _ballots(tournament_id: int) -> Select[Any]:
    debate, ballot = schema.debate, schema.ballot
    of_debate = (
        select(
            debate.c.round_id,
            func.max(case((ballot.c.status == "confirmed", 1), else_=0)).label("confirmed"),
            func.max(case((ballot.c.status == "draft", 1), else_=0)).label("draft"))
        .join(ballot, ballot.c.debate_id == debate.c.id)
        .where(debate.c.tournament_id == tournament_id, debate.c.status != "postponed")
        .group_by(debate.c.id, debate.c.round_id).subquery())
    return (
        select(
            of_debate.c.round_id, func.sum(of_debate.c.confirmed).label("confirmed"),
            func.sum(case((of_debate.c.confirmed == 0, of_debate.c.draft), else_=0))
            .label("drafts"))
        .group_by(of_debate.c.round_id))


def _seated(tournament_id: int) -> Select[Any]:
    member, round_ = schema.panel_member, schema.round_
    return (
        select(member.c.round_id, func.count(distinct(member.c.debate_id)).label("seated"))
        .join(round_, round_.c.id == member.c.round_id)
        .where(round_.c.tournament_id == tournament_id).group_by(member.c.round_id))


def _panels(round_ids: list[int]) -> Select[Any]:
    debate, member = schema.debate, schema.panel_member
    of_debate = (
        select(
            debate.c.round_id,
            func.sum(case((member.c.role == "chair", 1), else_=0)).label("chairs"),
            func.sum(case((member.c.role.in_(("chair", "panellist")), 1), else_=0))
            .label("voting"))
        .outerjoin(member, member.c.debate_id == debate.c.id)
        .where(
            debate.c.round_id.in_(round_ids), debate.c.id.not_in(_byes()),
            debate.c.status != "postponed")
        .group_by(debate.c.id, debate.c.round_id).subquery())
    even = (of_debate.c.voting > 0) & (of_debate.c.voting % 2 == 0)
    return (
        select(
            of_debate.c.round_id,
            func.sum(case((of_debate.c.chairs == 0, 1), else_=0)).label("no_chair"),
            func.sum(case((even, 1), else_=0)).label("even"))
        .group_by(of_debate.c.round_id))


def _clashes(unit: ReadUnit, round_ids: list[int]) -> dict[int, int]:
    """Count the rooms' pairs of a judge and a team that clash, by person or by institution."""
    member, side = schema.panel_member, schema.debate_side
    person = schema.adjudicator_team_conflict
    judge_home, team_home = (
        schema.adjudicator_institution_conflict, schema.team_institution_conflict)
    pairs = (
        select(member.c.round_id, member.c.debate_id, member.c.adjudicator_id, side.c.team_id)
        .join(side, side.c.debate_id == member.c.debate_id)
        .where(member.c.round_id.in_(round_ids)))
    by_person = pairs.join(
        person,
        (person.c.adjudicator_id == member.c.adjudicator_id)
        & (person.c.team_id == side.c.team_id))
    by_home = (
        pairs.join(judge_home, judge_home.c.adjudicator_id == member.c.adjudicator_id)
        .join(
            team_home,
            (team_home.c.team_id == side.c.team_id)
            & (team_home.c.institution_id == judge_home.c.institution_id)))
    allowed = schema.debate_override
    found = set(unit.fetch(by_person)) | set(unit.fetch(by_home))
    if found:
        found -= {
            (row.round_id, row.debate_id, row.adjudicator_id, row.team_id)
            for row in unit.rows(
                select(
                    schema.debate.c.round_id, allowed.c.debate_id, allowed.c.adjudicator_id,
                    allowed.c.team_id)
                .join(schema.debate, schema.debate.c.id == allowed.c.debate_id)
                .where(schema.debate.c.round_id.in_(round_ids)))
        }
    counts: dict[int, int] = defaultdict(int)
    for round_id, *_pair in found:
        counts[round_id] += 1
    return dict(counts)


def completed_rounds(unit: ReadUnit, tournament_id: int) -> list[tuple[int, bool]]:
    """Return row id and whether it is completed of every round, by sequence."""
    round_ = schema.round_
    return [
        (row_id, bool(completed)) for row_id, completed in unit.fetch(
            select(round_.c.id, round_.c.completed)
            .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq))
    ]
