"""What the first page tells of a round: its rooms now, when ballots came in, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select

from tabapp.domain.types import Side
from tabapp.store import schema
from tabapp.store.times import readable, to_text
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A debate of a round. ``name`` is its room, or the debate's own id where it has none."""

    debate_id: int
    ref: str
    name: str
    placed: bool
    status: str
    judges: int
    chairs: int
    drafts: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class BallotTime:
    """When the first ballot of a debate was entered, and when the one in force was confirmed."""

    debate_id: int
    entered: datetime | None
    confirmed: datetime | None


@dataclass(frozen=True, slots=True)
class TroubledRun:
    """A run of a job that failed or was cut off, and nothing of its kind succeeded since."""

    id: int
    title: str
    state: str
    at: datetime | None


def rooms_now(unit: ReadUnit, round_id: int) -> list[RoomNow]:
    """Return the debates of a round without byes, by room rank."""
    debate, venue, ballot = schema.debate, schema.venue, schema.ballot
    member, side = schema.panel_member, schema.debate_side
    seats = (
        select(
            member.c.debate_id, func.count().label("judges"),
            func.sum(case((member.c.role == "chair", 1), else_=0)).label("chairs"))
        .where(member.c.round_id == round_id).group_by(member.c.debate_id).subquery())
    papers = (
        select(
            ballot.c.debate_id,
            func.sum(case((ballot.c.status == "draft", 1), else_=0)).label("drafts"),
            func.max(case((ballot.c.status == "confirmed", 1), else_=0)).label("confirmed"))
        .group_by(ballot.c.debate_id).subquery())
    bye = exists().where(side.c.debate_id == debate.c.id, side.c.side == Side.BYE.value)
    return [
        RoomNow(
            debate_id=row.id, ref=row.ref, name=row.name or row.ref, placed=row.name is not None,
            status=row.status, judges=row.judges or 0, chairs=row.chairs or 0,
            drafts=row.drafts or 0, confirmed=bool(row.confirmed))
        for row in unit.rows(
            select(
                debate.c.id, debate.c.ref, venue.c.name, debate.c.status, seats.c.judges,
                seats.c.chairs, papers.c.drafts, papers.c.confirmed)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .outerjoin(seats, seats.c.debate_id == debate.c.id)
            .outerjoin(papers, papers.c.debate_id == debate.c.id)
            .where(debate.c.round_id == round_id, ~bye)
            .order_by(debate.c.room_rank, debate.c.id))
    ]


def ballot_times(unit: ReadUnit, round_id: int) -> list[BallotTime]:
    """Return the times that the journal has of the ballots that are there now."""
    ballot, debate = schema.ballot, schema.debate
    papers = {
        row_id: (debate_id, status) for row_id, debate_id, status in unit.fetch(
            select(ballot.c.id, ballot.c.debate_id, ballot.c.status)
            .join(debate, debate.c.id == ballot.c.debate_id)
            .where(debate.c.round_id == round_id))
    }
    entered: dict[int, datetime] = {}
    confirmed: dict[int, datetime] = {}
    change, action = schema.change, schema.action
    for part in chunks(sorted(papers)):
        for row in unit.rows(
            select(change.c.row_id, change.c.before, change.c.after, action.c.at)
            .join(action, action.c.id == change.c.action_id)
            .where(
                change.c.table_name == "ballot", change.c.row_id.in_(part),
                change.c.after.is_not(None))
            .order_by(change.c.action_id, change.c.n)
        ):
            at = readable(row.at)
            if at is None:
                continue
            debate_id, status = papers[row.row_id]
            if row.before is None:
                entered[debate_id] = min(at, entered.get(debate_id, at))
            was = (row.before or {}).get("status")
            if status == "confirmed" and row.after["status"] == "confirmed" != was:
                confirmed[debate_id] = at
    return [
        BallotTime(one, entered.get(one), confirmed.get(one))
        for one in sorted({debate_id for debate_id, _status in papers.values()})
    ]


def idle_judges(unit: ReadUnit, tournament_id: int, round_id: int) -> list[str]:
    """Return the names of judges who are here in a round and sit on no panel, by name."""
    judge, member, absent = schema.adjudicator, schema.panel_member, schema.absent_adjudicator
    seated = select(member.c.adjudicator_id).where(member.c.round_id == round_id)
    away = select(absent.c.adjudicator_id).where(absent.c.round_id == round_id)
    return [name for (name,) in unit.fetch(
        select(judge.c.name)
        .where(
            judge.c.tournament_id == tournament_id, judge.c.id.not_in(seated),
            judge.c.id.not_in(away))
        .order_by(judge.c.name))]


def rounds_without_motion(unit: ReadUnit, tournament_id: int) -> list[int]:
    """Return the row ids of rounds that have no motion, by sequence."""
    round_, motion = schema.round_, schema.round_motion
    return [row_id for (row_id,) in unit.fetch(
        select(round_.c.id)
        .where(
            round_.c.tournament_id == tournament_id,
            ~exists().where(motion.c.round_id == round_.c.id))
        .order_by(round_.c.seq))]


def troubled_runs(unit: ReadUnit, tournament_id: int, since: datetime) -> list[TroubledRun]:
    """Return the last run of each kind of job that ended since then, where it went wrong."""
    run = schema.job_run
    found: dict[str, TroubledRun | None] = {}
    for row in unit.rows(
        select(run.c.id, run.c.name, run.c.title, run.c.state, run.c.finished_at)
        .where(
            run.c.submitted_at >= to_text(since),
            run.c.state.in_(("success", "failed", "interrupted")),
            run.c.tournament_id.is_(None) | (run.c.tournament_id == tournament_id))
        .order_by(run.c.id.desc())
    ):
        if row.name not in found:
            bad = row.state != "success"
            at = readable(row.finished_at or "")
            found[row.name] = TroubledRun(row.id, row.title, row.state, at) if bad else None
    return [one for one in found.values() if one is not None]


def run_titles(unit: ReadUnit, run_ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of runs of jobs by their ids."""
    run = schema.job_run
    found: dict[int, str] = {}
    for part in chunks(sorted(run_ids)):
        found.update(unit.fetch(select(run.c.id, run.c.title).where(run.c.id.in_(part))))
    return found


def broken_categories(unit: ReadUnit, tournament_id: int) -> tuple[int, int]:
    """Return how many break categories there are, and for how many a break was made."""
    category, made = schema.break_category, schema.break_lots
    rows = unit.fetch(
        select(category.c.id, made.c.id)
        .outerjoin(made, made.c.break_category_id == category.c.id)
        .where(category.c.tournament_id == tournament_id, category.c.size > 0))
    return len(rows), sum(done is not None for _category, done in rows)
