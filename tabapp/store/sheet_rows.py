"""What a screen shows of a round beside its debates: names, clashes, ballots, and swaps."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tabapp.domain.types import DrawnDebate
from tabapp.store import schema
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a round's heading says, beside what ``RoundRow`` holds."""

    starts_at: str | None
    motions_released: bool
    motions: int


@dataclass(frozen=True, slots=True)
class Names:
    """Archive id -> name of everybody and every room of a tournament."""

    teams: dict[str, str]
    judges: dict[str, str]
    venues: dict[str, str]


@dataclass(frozen=True, slots=True)
class RoomPaper:
    """How a debate's ballot stands. ``entries`` are its drafts."""

    debate_id: int
    confirmed: bool
    entries: int


def round_facts(unit: ReadUnit, round_id: int) -> RoundFacts:
    """Return what the heading of a round says."""
    round_, motion = schema.round_, schema.round_motion
    row = unit.one(
        select(round_.c.starts_at, round_.c.motions_released).where(round_.c.id == round_id))
    motions = unit.scalar(
        select(func.count()).select_from(motion).where(motion.c.round_id == round_id))
    return RoundFacts(
        starts_at=row.starts_at if row else None,
        motions_released=bool(row and row.motions_released), motions=motions or 0)


def read_names(unit: ReadUnit, tournament_id: int) -> Names:
    """Return the names by archive id."""
    return Names(*(
        dict(unit.fetch(
            select(table.c.ref, table.c.name).where(table.c.tournament_id == tournament_id)))
        for table in (schema.team, schema.adjudicator, schema.venue)
    ))


def clashing_pairs(unit: ReadUnit, round_id: int) -> frozenset[tuple[str, str]]:
    """Return the pairs of a judge who sits in a round and any team that clashes with him or her.

    By person or by an institution in both lists of conflicts; archive ids.
    """
    member, judge, team = schema.panel_member, schema.adjudicator, schema.team
    person = schema.adjudicator_team_conflict
    judge_home, team_home = (
        schema.adjudicator_institution_conflict, schema.team_institution_conflict)
    pairs = (
        select(judge.c.ref.label("judge"), team.c.ref.label("team")).distinct()
        .select_from(member).join(judge, judge.c.id == member.c.adjudicator_id)
        .where(member.c.round_id == round_id))
    by_person = (
        pairs.join(person, person.c.adjudicator_id == judge.c.id)
        .join(team, team.c.id == person.c.team_id))
    by_home = (
        pairs.join(judge_home, judge_home.c.adjudicator_id == judge.c.id)
        .join(team_home, team_home.c.institution_id == judge_home.c.institution_id)
        .join(team, team.c.id == team_home.c.team_id))
    return frozenset(
        (one, other) for statement in (by_person, by_home) for one, other in unit.fetch(statement))


def allowed_clashes(unit: ReadUnit, round_id: int) -> frozenset[tuple[int, str, str]]:
    """Return debate row id, judge and team of the clashes that somebody allowed in a round."""
    allowed, judge, team, debate = (
        schema.debate_override, schema.adjudicator, schema.team, schema.debate)
    return frozenset(
        (debate_id, one, other) for debate_id, one, other in unit.fetch(
            select(allowed.c.debate_id, judge.c.ref, team.c.ref)
            .join(debate, debate.c.id == allowed.c.debate_id)
            .join(judge, judge.c.id == allowed.c.adjudicator_id)
            .join(team, team.c.id == allowed.c.team_id)
            .where(debate.c.round_id == round_id)))


def papers_of_round(unit: ReadUnit, round_id: int) -> dict[int, RoomPaper]:
    """Return how the ballot of each debate stands; debates without one are left out."""
    ballot, debate = schema.ballot, schema.debate
    states: dict[int, list[str]] = defaultdict(list)
    for debate_id, status in unit.fetch(
        select(ballot.c.debate_id, ballot.c.status)
        .join(debate, debate.c.id == ballot.c.debate_id)
        .where(debate.c.round_id == round_id)
    ):
        states[debate_id].append(status)
    return {
        debate_id: RoomPaper(debate_id, "confirmed" in found, found.count("draft"))
        for debate_id, found in states.items()
    }


def standing_of_draw(unit: ReadUnit, round_id: int) -> str:
    """Return a token of all that goes with a draw: it differs once any of that has changed.

    That is its status, its debates, who sits on their panels, and their ballots.
    """
    round_, debate, ballot, member = (
        schema.round_, schema.debate, schema.ballot, schema.panel_member)
    facts = (
        select(round_.c.id, round_.c.status).where(round_.c.id == round_id),
        select(debate.c.id, debate.c.status).where(debate.c.round_id == round_id),
        select(member.c.id, member.c.adjudicator_id).where(member.c.round_id == round_id),
        select(ballot.c.id, ballot.c.status).join(debate, debate.c.id == ballot.c.debate_id)
        .where(debate.c.round_id == round_id),
    )
    found = [sorted(tuple(row) for row in unit.fetch(statement)) for statement in facts]
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def winners_of_round(unit: ReadUnit, round_id: int) -> frozenset[str]:
    """Return the teams that won their debate of a round, or advance from it."""
    result, team = schema.result_team, schema.team
    return frozenset(ref for (ref,) in unit.fetch(
        select(team.c.ref).join(result, result.c.team_id == team.c.id)
        .where(result.c.round_id == round_id, result.c.win == 1)))


def reseat(
    unit: WriteUnit, tournament_id: int, before: Sequence[tuple[int, DrawnDebate]],
    after: Sequence[tuple[DrawnDebate, tuple[str, ...]]],
) -> None:
    """Put teams into other places: ``before`` pairs debate row ids with what they were.

    ``after`` has, in the same order, what they become and their reasons. A team stands once in a
    round at any moment, so that all places that change are emptied before any is filled. Clashes
    that were allowed for a team stay behind with nobody, so they go.
    """
    side = schema.debate_side
    ids = [debate_id for debate_id, _drawn in before]
    rows = unit.rows(select(side).where(side.c.debate_id.in_(ids)))
    places: dict[tuple[int, str], Any] = {(row.debate_id, row.side): row for row in rows}
    teams = Refs.load(unit, tournament_id, "team")
    emptied: list[int] = []
    filled: list[dict[str, Any]] = []
    for debate_id, (drawn, _why) in zip(ids, after, strict=True):
        for place, team in drawn.sides:
            row = places[debate_id, place.value]
            flags, team_id = list(drawn.team_flags.get(team, ())), teams.id("team", team)
            if row.team_id != team_id or row.flags != flags:
                emptied.append(row.id)
                filled.append({
                    **row._mapping, "team_id": team_id, "flags": flags})
    unit.delete(side, emptied)
    unit.insert(side, filled)
    _drop_allowed(unit, {
        debate_id: {teams.id("team", one) for one in {*old.teams} - {*drawn.teams}}
        for (debate_id, old), (drawn, _why) in zip(before, after, strict=True)})
    unit.update(schema.debate, {
        debate_id: {"why": list(why), "flags": list(drawn.flags)}
        for debate_id, (drawn, why) in zip(ids, after, strict=True)
    })


def _drop_allowed(unit: WriteUnit, gone: Mapping[int, Collection[int]]) -> None:
    """Forget the clashes that were allowed with teams that have left a debate, all by row id."""
    allowed = schema.debate_override
    unit.delete(allowed, [
        row_id for row_id, debate_id, team_id in unit.fetch(
            select(allowed.c.id, allowed.c.debate_id, allowed.c.team_id)
            .where(allowed.c.debate_id.in_(gone)))
        if team_id in gone[debate_id]])
