"""What a tournament is set up with: its name, its settings and its rounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tabapp.core.errors import UserError
from tabapp.domain.archive import Round
from tabapp.store.archive_in_rounds import slots
from tabapp.store.schema import (
    absent_adjudicator,
    absent_team,
    absent_venue,
    ballot,
    break_category,
    debate,
    feedback,
    preformed_panel,
    preformed_panel_member,
    round_,
    round_motion,
    schedule_event,
    side_allocation,
    team,
    tournament,
)
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class TournamentHead:
    """What a tournament is called, and what it changes in its preset."""

    id: int
    slug: str
    name: str
    short_name: str
    timezone: str
    preset: str
    overrides: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SetupRound:
    """A round as it is set up. ``debates`` and ``ballots`` (confirmed ones) are counted."""

    id: int
    seq: int
    name: str
    abbreviation: str
    stage: str
    draw_type: str
    weight: int
    silent: bool
    feedback_weight: float
    starts_at: str | None
    category_id: int | None
    category: str
    motions_released: bool
    debates: int
    ballots: int
    kind: str

    @property
    def title(self) -> str:
        """Its name, else its number."""
        return self.name or f"Round {self.seq}"

    @property
    def is_drawn(self) -> bool:
        """Claim that it has a draw."""
        return self.debates > 0


def read_head(unit: ReadUnit, tournament_id: int) -> TournamentHead:
    """Return what a tournament is called and what it changes in its preset."""
    row = unit.one(select(tournament).where(tournament.c.id == tournament_id))
    if row is None:
        raise UserError("tournament_unknown", slug=tournament_id, known="none")
    return TournamentHead(
        id=row.id, slug=row.slug, name=row.name, short_name=row.short_name,
        timezone=row.timezone, preset=row.preset, overrides=row.settings,
    )


def update_tournament(unit: WriteUnit, tournament_id: int, **values: Any) -> None:
    """Change columns of a tournament."""
    unit.update(tournament, {tournament_id: values})


def list_setup_rounds(unit: ReadUnit, tournament_id: int) -> list[SetupRound]:
    """Return the rounds of a tournament by sequence."""
    drawn = dict(unit.fetch(
        select(debate.c.round_id, func.count()).where(debate.c.tournament_id == tournament_id)
        .group_by(debate.c.round_id)))
    decided = dict(unit.fetch(
        select(debate.c.round_id, func.count()).join(ballot, ballot.c.debate_id == debate.c.id)
        .where(debate.c.tournament_id == tournament_id, ballot.c.status == "confirmed")
        .group_by(debate.c.round_id)))
    return [
        SetupRound(
            id=row.id, seq=row.seq, name=row.name, abbreviation=row.abbreviation,
            stage=row.stage, draw_type=row.draw_type, weight=row.weight, silent=row.silent,
            feedback_weight=row.feedback_weight, starts_at=row.starts_at,
            category_id=row.break_category_id, category=row.category_name or "",
            motions_released=row.motions_released,
            debates=drawn.get(row.id, 0), ballots=decided.get(row.id, 0), kind=row.kind,
        )
        for row in unit.rows(
            select(round_, break_category.c.name.label("category_name"))
            .outerjoin(break_category, break_category.c.id == round_.c.break_category_id)
            .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq))
    ]


def count_unseeded(unit: ReadUnit, tournament_id: int) -> int:
    """Return how many teams that take part have no seed."""
    return unit.scalar(
        select(func.count()).select_from(team).where(
            team.c.tournament_id == tournament_id, team.c.seed.is_(None), ~team.c.withdrawn)) or 0


def insert_round(unit: WriteUnit, tournament_id: int, values: Mapping[str, Any]) -> int:
    """Add a round, alone in its slot; return its row id."""
    row_id = unit.ids.take("round")[0]
    unit.insert(round_, [
        {"id": row_id, "slot_id": row_id, "tournament_id": tournament_id, **values}])
    return row_id


def renumber(unit: WriteUnit, seqs: Mapping[int, int]) -> None:
    """Give rounds other numbers, all at once; ``seqs`` is row id -> number.

    Numbers are unique at every moment, so the rounds stand aside before they take their places.
    """
    before = unit.images(round_, seqs)
    moved = {row_id: seq for row_id, seq in seqs.items() if before[row_id]["seq"] != seq}
    if not moved:
        return
    aside = 1 + max(
        *moved.values(),
        *(seq for (seq,) in unit.fetch(
            select(round_.c.seq)
            .where(round_.c.tournament_id == next(iter(before.values()))["tournament_id"]))))
    unit.update(round_, {row_id: {"seq": aside + at} for at, row_id in enumerate(moved)})
    unit.update(round_, {row_id: {"seq": seq} for row_id, seq in moved.items()})


def delete_round(unit: WriteUnit, round_id: int) -> None:
    """Delete a round without debates, with what was planned for it."""
    panels = [row for (row,) in unit.fetch(
        select(preformed_panel.c.id).where(preformed_panel.c.round_id == round_id))]
    unit.delete(preformed_panel_member, [row for (row,) in unit.fetch(
        select(preformed_panel_member.c.id)
        .where(preformed_panel_member.c.preformed_panel_id.in_(panels)))])
    for table in (
        preformed_panel, round_motion, absent_team, absent_adjudicator, absent_venue,
        side_allocation,
    ):
        unit.delete(table, [row for (row,) in unit.fetch(
            select(table.c.id).where(table.c.round_id == round_id))])
    for table in (feedback, schedule_event):  # they speak of the round, and outlive it
        unit.update(table, {row: {"round_id": None} for (row,) in unit.fetch(
            select(table.c.id).where(table.c.round_id == round_id))})
    unit.delete(round_, [round_id])


def settle_slots(unit: WriteUnit, tournament_id: int) -> None:
    """Put the rounds that run at the same time into one slot, any other round alone."""
    rows = unit.rows(
        select(
            round_.c.id, round_.c.seq, round_.c.stage, round_.c.starts_at,
            round_.c.break_category_id)
        .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq))
    wanted = slots(
        [Round(
            seq=row.seq, stage=row.stage, starts_at=row.starts_at,
            break_category=str(row.break_category_id) if row.break_category_id else None,
        ) for row in rows],
        [row.id for row in rows],
    )
    unit.update(round_, {row_id: {"slot_id": slot} for row_id, slot in wanted.items()})
