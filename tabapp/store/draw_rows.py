"""Draws, panels and rooms of one round into rows, out of rows, and away again."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tabapp.domain.types import DrawnDebate, Role, Side
from tabapp.store import schema
from tabapp.store.ballot_rows import delete_ballots
from tabapp.store.refs import Refs, first_free_number, numbers_of
from tabapp.store.tournaments import RoundRow
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class DebateRow:
    """A stored debate. ``teams`` stand in speaking order, ``panel`` in order of seats."""

    id: int
    ref: str
    status: str
    drawn: DrawnDebate
    importance: int
    why: tuple[str, ...]
    venue: str | None
    panel: tuple[tuple[str, Role], ...]
    has_result: bool


@dataclass(frozen=True, slots=True)
class NewDebate:
    """A debate to store: its place in the draw, its archive id and its reasons."""

    ref: str
    drawn: DrawnDebate
    why: tuple[str, ...]


def number_debates(
    unit: ReadUnit, tournament_id: int, round_id: int, debates: Sequence[DrawnDebate], seed: int
) -> list[str]:
    """Return an archive id for each debate of a round, in place of those that it has.

    The numbers follow a hash of seed and teams, so that an id tells nothing about the bracket and
    a dry run gives the ids that the draw will have. They begin where those of the present draw
    do, so that a round which is drawn again gets the same ones, also under later rounds.
    """
    start = _first_number(unit, tournament_id, round_id, len(debates))
    keys = [
        hashlib.sha256(f"{seed}:{','.join(one.teams)}".encode()).digest() for one in debates
    ]
    order = sorted(range(len(debates)), key=keys.__getitem__)
    number = {index: start + place for place, index in enumerate(order)}
    return [f"D{number[index]}" for index in range(len(debates))]


def _first_number(unit: ReadUnit, tournament_id: int, round_id: int, count: int) -> int:
    own: list[str] = []
    others: list[str] = []
    debate = schema.debate
    for ref, owner in unit.fetch(
        select(debate.c.ref, debate.c.round_id).where(debate.c.tournament_id == tournament_id)
    ):
        (own if owner == round_id else others).append(ref)
    first = min(numbers_of(own, "D"), default=0)
    if first and numbers_of(others, "D").isdisjoint(range(first, first + count)):
        return first
    return first_free_number(others, "D")


def free_debate_ref(unit: ReadUnit, tournament_id: int) -> str:
    """Return an archive id that no debate of a tournament has."""
    used = unit.fetch(
        select(schema.debate.c.ref).where(schema.debate.c.tournament_id == tournament_id))
    return f"D{first_free_number((ref for (ref,) in used), 'D')}"


def store_debates(
    unit: WriteUnit, tournament_id: int, round_: RoundRow, debates: Sequence[NewDebate], teams: Refs
) -> None:
    """Insert debates into a round, in which none of their teams stands yet."""
    ids = unit.insert(schema.debate, [
        {
            "tournament_id": tournament_id, "ref": one.ref, "round_id": round_.id,
            "slot_id": round_.slot_id, "bracket": one.drawn.bracket,
            "room_rank": one.drawn.room_rank, "flags": list(one.drawn.flags),
            "why": list(one.why), "sides_confirmed": one.drawn.sides_confirmed,
        }
        for one in debates
    ])
    unit.insert(schema.debate_side, [
        {
            "debate_id": debate_id, "round_id": round_.id, "slot_id": round_.slot_id,
            "side": side.value, "team_id": teams.id("team", team),
            "flags": list(one.drawn.team_flags.get(team, ())),
        }
        for debate_id, one in zip(ids, debates, strict=True)
        for side, team in one.drawn.sides
    ])


def read_debates(unit: ReadUnit, round_id: int) -> list[DebateRow]:
    """Return the debates of a round by room rank."""
    debate, side, member = schema.debate, schema.debate_side, schema.panel_member
    sides: dict[int, list[tuple[Side, str]]] = defaultdict(list)
    flags: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in unit.rows(
        select(side.c.debate_id, side.c.side, side.c.flags, schema.team.c.ref)
        .join(schema.team, schema.team.c.id == side.c.team_id)
        .where(side.c.round_id == round_id).order_by(side.c.id)
    ):
        sides[row.debate_id].append((Side(row.side), row.ref))
        if row.flags:
            flags[row.debate_id][row.ref] = tuple(row.flags)
    panels: dict[int, list[tuple[str, Role]]] = defaultdict(list)
    for row in unit.rows(
        select(member.c.debate_id, member.c.role, schema.adjudicator.c.ref)
        .join(schema.adjudicator, schema.adjudicator.c.id == member.c.adjudicator_id)
        .where(member.c.round_id == round_id).order_by(member.c.id)
    ):
        panels[row.debate_id].append((row.ref, Role(row.role)))
    decided = {row for (row,) in unit.fetch(
        select(schema.result_team.c.debate_id)
        .where(schema.result_team.c.round_id == round_id).distinct())}
    places, roles = list(Side), list(Role)
    return [
        DebateRow(
            id=row.id, ref=row.ref, status=row.status, importance=row.importance,
            why=tuple(row.why), venue=row.venue_ref, has_result=row.id in decided,
            panel=tuple(sorted(panels[row.id], key=lambda seat: roles.index(seat[1]))),
            drawn=DrawnDebate(
                bracket=row.bracket if row.bracket is not None else 0.0, room_rank=row.room_rank,
                sides=tuple(sorted(sides[row.id], key=lambda pair: places.index(pair[0]))),
                flags=tuple(row.flags), team_flags=flags[row.id],
                sides_confirmed=row.sides_confirmed,
            ),
        )
        for row in unit.rows(
            select(debate, schema.venue.c.ref.label("venue_ref"))
            .outerjoin(schema.venue, schema.venue.c.id == debate.c.venue_id)
            .where(debate.c.round_id == round_id)
            .order_by(debate.c.room_rank, debate.c.id)
        )
    ]


@dataclass(frozen=True, slots=True)
class RoundProgress:
    """How far a round is: its debates, and those whose confirmed ballot is missing.

    ``decided`` counts the debates with a confirmed ballot that is in force. A bye has none and
    misses none, and so a postponed debate.
    """

    seq: int
    name: str
    stage: str
    debates: int
    decided: int
    missing: tuple[str, ...]


def round_progress(unit: ReadUnit, tournament_id: int) -> list[RoundProgress]:
    """Return the progress of all rounds by sequence."""
    round_, debate, side = schema.round_, schema.debate, schema.debate_side
    confirmed = select(schema.ballot.c.debate_id).where(schema.ballot.c.status == "confirmed")
    byes = select(side.c.debate_id).where(side.c.side == Side.BYE.value)
    in_force = (debate.c.status != "postponed") & debate.c.id.in_(confirmed)
    expected = (
        (debate.c.status != "postponed") & debate.c.id.not_in(confirmed)
        & debate.c.id.not_in(byes)
    )
    debates: dict[int, int] = defaultdict(int)
    decided: dict[int, int] = defaultdict(int)
    missing: dict[int, list[str]] = defaultdict(list)
    for round_id, ref, waits, has_ballot in unit.fetch(
        select(debate.c.round_id, debate.c.ref, expected, in_force)
        .where(debate.c.tournament_id == tournament_id)
        .order_by(debate.c.room_rank, debate.c.id)
    ):
        debates[round_id] += 1
        decided[round_id] += has_ballot
        if waits:
            missing[round_id].append(ref)
    return [
        RoundProgress(
            seq=seq, name=name, stage=stage, debates=debates[round_id],
            decided=decided[round_id], missing=tuple(missing[round_id]),
        )
        for round_id, seq, name, stage in unit.fetch(
            select(round_.c.id, round_.c.seq, round_.c.name, round_.c.stage)
            .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq)
        )
    ]


def delete_draw(unit: WriteUnit, round_id: int) -> int:
    """Delete all debates of a round with all that speaks of them; return how many there were."""
    debate_ids = _ids(unit, schema.debate, "round_id", [round_id])
    delete_debates(unit, round_id, debate_ids)
    return len(debate_ids)


def delete_debates(unit: WriteUnit, round_id: int, debate_ids: Sequence[int]) -> None:
    """Delete debates of a round, by row id.

    Panels, ballots, feedback and awards that speak of them go too, since the debates will not have
    taken place.
    """
    if not debate_ids:
        return
    delete_ballots(unit, _ids(unit, schema.ballot, "debate_id", debate_ids))
    feedback = _ids(unit, schema.feedback, "debate_id", debate_ids)
    unit.delete(
        schema.feedback_answer, _ids(unit, schema.feedback_answer, "feedback_id", feedback))
    unit.delete(schema.feedback, feedback)
    for table in (
        schema.debate_flag, schema.debate_override, schema.panel_member, schema.debate_side,
    ):
        unit.delete(table, _ids(unit, table, "debate_id", debate_ids))
    unit.execute(
        schema.debate_event.delete().where(schema.debate_event.c.debate_id.in_(debate_ids)))
    awards = schema.achievement
    refs = select(schema.debate.c.ref).where(schema.debate.c.id.in_(debate_ids))
    owner = select(schema.round_.c.tournament_id).where(schema.round_.c.id == round_id)
    unit.delete(awards, [row for (row,) in unit.fetch(
        select(awards.c.id)
        .where(awards.c.tournament_id == owner.scalar_subquery(), awards.c.subject.in_(refs)))])
    unit.delete(schema.debate, debate_ids)


def _ids(unit: ReadUnit, table: Any, column: str, values: Sequence[int]) -> list[int]:
    return [row for (row,) in unit.fetch(
        select(table.c.id).where(table.c[column].in_(values)).order_by(table.c.id))]


def update_debates(unit: WriteUnit, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Change columns of debates by row id; those that stay as they are are skipped."""
    unit.update(schema.debate, changes)


def store_panels(
    unit: WriteUnit, round_: RoundRow, panels: Mapping[int, Sequence[tuple[str, Role]]],
    judges: Refs,
) -> None:
    """Replace all panels of a round; ``panels`` is debate row id -> judges with their roles."""
    unit.delete(
        schema.panel_member, _ids(unit, schema.panel_member, "round_id", [round_.id]))
    unit.insert(schema.panel_member, [
        {
            "debate_id": debate_id, "round_id": round_.id, "slot_id": round_.slot_id,
            "adjudicator_id": judges.id("adjudicator", judge), "role": role.value,
        }
        for debate_id, panel in panels.items()
        for judge, role in panel
    ])


def store_venues(
    unit: WriteUnit, placed: Mapping[int, str | None], venues: Refs
) -> None:
    """Set the room of debates; ``placed`` is debate row id -> archive id of the room."""
    unit.update(schema.debate, {
        debate_id: {"venue_id": venues.maybe_id("venue", venue)}
        for debate_id, venue in placed.items()
    })


def update_round(unit: WriteUnit, round_id: int, **values: Any) -> None:
    """Change columns of a round."""
    unit.update(schema.round_, {round_id: values})


def draw_record(unit: ReadUnit, round_id: int) -> dict[str, Any] | None:
    """Return the certificate and figures that were stored with the round's draw."""
    found: dict[str, Any] | None = unit.scalar(
        select(schema.round_.c.draw_record).where(schema.round_.c.id == round_id))
    return found
