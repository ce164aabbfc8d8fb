"""What grows old in a database, found to be deleted, and deleted in small parts.

The trail of results is kept for ever: what touched one of ``RESULTS`` is never found here, nor is
the trail that an archive brought along, of which nobody can tell what it was about.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select

from tabapp.store import schema
from tabapp.store.database import IsAlive
from tabapp.store.leases import forget_programs, gone_programs
from tabapp.store.schema import action, change, form_draft, job_log, job_run, lease, schedule_state
from tabapp.store.times import to_text
from tabapp.store.unit import ReadUnit, WriteUnit, chunks

RESULTS = (
    "tournament", "criterion", "round", "debate", "debate_side", "ballot", "ballot_veto",
    "ballot_sheet", "speech", "debate_flag", "break_team", "break_lots", "feedback",
    "feedback_answer",
)
"""Tables that results consist of or follow from: rules, rounds, ballots, breaks, feedback.

Of rounds the journal alone knows when they were released and completed.
"""

UNFINISHED = ("queued", "waiting", "running")


@dataclass(frozen=True, slots=True)
class Chain:
    """Actions that belong together (an action, its undo, the redo) and how many rows they have."""

    actions: tuple[int, ...]
    rows: int


# --- the journal -------------------------------------------------------------------------------


def old_actions(unit: ReadUnit, before: datetime) -> list[Chain]:
    """Return what may go of the journal: whole chains of which every action may.

    The last action of each tournament stays, so that undo and redo still know what came after
    what; so does that of a run which is not over.
    """
    limit = to_text(before)
    own = change.c.action_id == action.c.id
    of_results = exists().where(own, change.c.table_name.in_(RESULTS))
    is_ours = or_(action.c.undoes_id.is_not(None), exists().where(own))
    open_runs = select(job_run.c.id).where(job_run.c.state.in_(UNFINISHED))
    found = {
        row_id for (row_id,) in unit.fetch(select(action.c.id).where(
            action.c.at < limit, is_ours, ~of_results,
            or_(action.c.run_id.is_(None), action.c.run_id.not_in(open_runs))))
    }
    found -= {row_id for (row_id,) in unit.fetch(
        select(func.max(action.c.id)).where(action.c.undoes_id.is_(None))
        .group_by(action.c.tournament_id))}
    if not found:
        return []
    links = unit.fetch(
        select(action.c.id, action.c.undoes_id).where(action.c.undoes_id.is_not(None)))
    whole = [chain for chain in _chains(found, links) if found.issuperset(chain)]
    rows = _changes_of(unit, [one for chain in whole for one in chain])
    return [Chain(tuple(chain), sum(1 + rows[one] for one in chain)) for chain in whole]


def _chains(
    found: Collection[int], links: Iterable[tuple[int, int]]
) -> list[list[int]]:
    """Join actions by what took back what; return the groups that hold one of ``found``."""
    next_to: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in links:
        next_to[one].append(other)
        next_to[other].append(one)
    seen: set[int] = set()
    groups = []
    for start in sorted(found):
        if start in seen:
            continue
        group, ahead = [], [start]
        seen.add(start)
        while ahead:
            one = ahead.pop()
            group.append(one)
            for other in next_to[one]:
                if other not in seen:
                    seen.add(other)
                    ahead.append(other)
        groups.append(sorted(group))
    return groups


def _changes_of(unit: ReadUnit, actions: Sequence[int]) -> Counter[int]:
    found: Counter[int] = Counter()
    for part in chunks(actions):
        found.update(dict(unit.fetch(
            select(change.c.action_id, func.count()).where(change.c.action_id.in_(part))
            .group_by(change.c.action_id))))
    return found


def parts_of(chains: Sequence[Chain], size: int) -> Iterator[list[int]]:
    """Cut into parts of about ``size`` rows, no chain in two of them."""
    part: list[int] = []
    rows = 0
    for chain in chains:
        if part and rows + chain.rows > size:
            yield part
            part, rows = [], 0
        part += chain.actions
        rows += chain.rows
    if part:
        yield part


def without_successors(unit: ReadUnit, actions: Sequence[int]) -> list[int]:
    """Return those of ``actions`` that no action outside of them has taken back since."""
    inside, held = set(actions), set[int]()
    for part in chunks(actions):
        held |= {target for one, target in unit.fetch(
            select(action.c.id, action.c.undoes_id).where(action.c.undoes_id.in_(part))
        ) if one not in inside}
    return [one for one in actions if one not in held]


def delete_actions(unit: WriteUnit, actions: Sequence[int]) -> tuple[int, int]:
    """Delete actions with their changes; return how many of each."""
    changes = gone = 0
    for part in chunks(actions):
        changes += unit.execute(delete(change).where(change.c.action_id.in_(part)))
        gone += unit.execute(delete(action).where(action.c.id.in_(part)))
    return gone, changes


# --- runs of jobs ------------------------------------------------------------------------------


def old_runs(unit: ReadUnit, before: datetime) -> list[int]:
    """Return the runs that ended before a time, oldest first."""
    ended = func.coalesce(job_run.c.finished_at, job_run.c.submitted_at)
    return [row_id for (row_id,) in unit.fetch(
        select(job_run.c.id)
        .where(job_run.c.state.not_in(UNFINISHED), ended < to_text(before))
        .order_by(job_run.c.id))]


def delete_runs(unit: WriteUnit, runs: Sequence[int]) -> tuple[int, int]:
    """Delete runs with their logs; return how many runs and lines.

    One that somebody has begun again since it was found stays.
    """
    lines = gone = 0
    for found in chunks(runs):
        part = [row_id for (row_id,) in unit.fetch(
            select(job_run.c.id)
            .where(job_run.c.id.in_(found), job_run.c.state.not_in(UNFINISHED)))]
        lines += unit.execute(delete(job_log).where(job_log.c.run_id.in_(part)))
        gone += unit.execute(delete(job_run).where(job_run.c.id.in_(part)))
    return gone, lines


# --- ballots that never counted ----------------------------------------------------------------


def superseded_drafts(unit: ReadUnit, tournament_id: int, before: datetime) -> list[int]:
    """Return discarded entries that never counted and that nobody touched since ``before``.

    What the journal or the ballot itself says of a confirmation keeps it for ever.
    """
    ballot, debate = schema.ballot, schema.debate
    mine = and_(change.c.table_name == ballot.name, change.c.row_id == ballot.c.id)
    since = exists().where(mine, action.c.id == change.c.action_id, action.c.at >= to_text(before))
    ids = [row_id for (row_id,) in unit.fetch(
        select(ballot.c.id).join(debate, debate.c.id == ballot.c.debate_id)
        .where(debate.c.tournament_id == tournament_id, ballot.c.status == "discarded",
               ballot.c.confirmed_by == "", ~since)
        .order_by(ballot.c.id))]
    counted: set[int] = set()
    for part in chunks(ids):
        for row in unit.rows(select(change.c.row_id, change.c.before, change.c.after).where(
            change.c.table_name == ballot.name, change.c.row_id.in_(part)
        )):
            if "confirmed" in [(one or {}).get("status") for one in (row.before, row.after)]:
                counted.add(row.row_id)
    return [one for one in ids if one not in counted]


def delete_ballots(unit: WriteUnit, ballots: Sequence[int]) -> int:
    """Delete entries of ballots with their sheets; return how many entries."""
    sheet, speech, veto = schema.ballot_sheet, schema.speech, schema.ballot_veto
    sheets = _ids(unit, sheet, sheet.c.ballot_id.in_(ballots))
    unit.delete(speech, _ids(unit, speech, speech.c.ballot_sheet_id.in_(sheets)))
    unit.delete(sheet, sheets)
    unit.delete(veto, _ids(unit, veto, veto.c.ballot_id.in_(ballots)))
    unit.delete(schema.ballot, ballots)
    return len(ballots)


def _ids(unit: ReadUnit, table: Table, condition: ColumnElement[bool]) -> list[int]:
    return [row_id for (row_id,) in unit.fetch(select(table.c.id).where(condition))]


# --- what programs leave behind ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Rows that belong to nobody any more: forms, leases of programs, states of schedules."""

    forms: tuple[tuple[str, str], ...] = ()
    leases: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.forms) + len(self.leases) + len(self.schedules)


def leftovers(
    unit: ReadUnit, before: datetime, now: datetime, *, is_alive: IsAlive | None,
    builtin: Collection[str] | None,
) -> Leftovers:
    """Return what nobody will come back to. ``builtin``: schedules of the code, None if unknown."""
    forms = unit.fetch(select(form_draft.c.form, form_draft.c.operator).where(
        form_draft.c.saved_at < to_text(before)))
    gone: list[str] = []
    if builtin is not None:
        named = {name for (name,) in unit.fetch(select(schema.schedule.c.name))} | set(builtin)
        states = unit.fetch(select(schedule_state.c.name).order_by(schedule_state.c.name))
        gone = [name for (name,) in states if name not in named]
    return Leftovers(
        tuple((form, who) for form, who in forms), tuple(gone_programs(unit, now, is_alive)),
        tuple(gone))


def delete_leftovers(unit: WriteUnit, found: Leftovers) -> Counter[str]:
    """Delete them; return how many of which kind."""
    counts: Counter[str] = Counter()
    for form, who in found.forms:
        counts["forms"] += unit.execute(delete(form_draft).where(
            form_draft.c.form == form, form_draft.c.operator == who))
    counts["programs"] = forget_programs(unit, found.leases)
    for part in chunks(found.schedules):
        counts["schedules"] += unit.execute(
            delete(schedule_state).where(schedule_state.c.name.in_(part)))
    return +counts


# --- how large it is ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of the tables that only ever grow."""

    rows: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self.rows.values())


def sizes(unit: ReadUnit) -> Sizes:
    """Count the rows of journal, history, drafts and locks."""
    tables = (action, change, job_run, job_log, schema.ballot, form_draft, lease, schedule_state)
    return Sizes({
        one.name: unit.scalar(select(func.count()).select_from(one)) or 0 for one in tables})


def tournament_ids(unit: ReadUnit) -> list[int]:
    """Return the row ids of all tournaments."""
    table = schema.tournament
    return [row_id for (row_id,) in unit.fetch(select(table.c.id).order_by(table.c.id))]
