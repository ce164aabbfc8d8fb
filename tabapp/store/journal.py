"""The journal: what each write unit did to which rows, in the transaction that did it.

All units of one run of a job are one action; ``undo`` takes actions back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, insert, select, text, update

from tabapp.core.errors import LeaseLost, StaleInput
from tabapp.core.revisions import LeaseToken, Revision
from tabapp.store.ids import Ids
from tabapp.store.images import RowChange, is_journaled
from tabapp.store.schema import action, change, lease, metadata, revision
from tabapp.store.times import readable

Topics: TypeAlias = set[tuple[int, str]]
"""Pairs of a tournament's id, 0 for the whole database, and a topic."""

_BUMP = text(
    "INSERT INTO revision (tournament_id, topic, revision) VALUES (:tournament, :topic, 1)"
    " ON CONFLICT (tournament_id, topic) DO UPDATE SET revision = revision.revision + 1"
)


@dataclass(slots=True)
class Header:
    """What an action is called; ``undoes`` is the action that it takes back."""

    at: str
    actor: str = ""
    verb: str = ""
    subject: str = ""
    tournament: int | None = None
    run_id: int | None = None
    trail: bool = True
    undoable: bool = True
    old: str | None = None
    new: str | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the journal. ``undoes`` and ``undone_by`` are ids of other actions.

    ``at`` is None where an imported archive gave no time that can be read.
    """

    id: int
    tournament: int | None
    at: datetime | None
    actor: str
    verb: str
    subject: str
    old: str | None
    new: str | None
    topics: frozenset[tuple[int, str]]
    run_id: int | None
    trail: bool
    undoable: bool
    undoes: int | None
    undone_by: int | None

    @classmethod
    def of(cls, row: Row[Any]) -> Action:
        """Read a row of ``action``."""
        return cls(
            id=row.id, tournament=row.tournament_id, at=readable(row.at), actor=row.actor,
            verb=row.verb, subject=row.subject, old=row.old, new=row.new,
            topics=frozenset((owner, topic) for owner, topic in row.topics), run_id=row.run_id,
            trail=row.trail, undoable=row.undoable, undoes=row.undoes_id,
            undone_by=row.undone_by_id,
        )


def check_expected(connection: Connection, expected: Revision) -> None:
    """Raise ``StaleInput`` when a topic has moved on since it was read."""
    columns = revision.c
    found = connection.execute(
        select(columns.topic, columns.revision).where(
            columns.tournament_id == expected.tournament, columns.topic.in_(expected.topics)
        )
    )
    now = {row.topic: row.revision for row in found}
    for topic in sorted(expected.topics):
        if now.get(topic, 0) != expected.topics[topic]:
            raise StaleInput(topic=topic)


def check_lease(connection: Connection, token: LeaseToken) -> None:
    """Raise ``LeaseLost`` when the lock has another holder by now.

    An expiry that has passed is no reason: until somebody takes the lock over, the epoch holds.
    """
    row = connection.execute(
        select(lease.c.owner, lease.c.epoch).where(lease.c.key == token.key)
    ).first()
    if row is None or (row.owner, row.epoch) != (token.owner, token.epoch):
        raise LeaseLost(key=token.key)


def bump(connection: Connection, topics: Topics) -> None:
    """Move the revisions of ``topics`` on."""
    if topics:
        connection.execute(
            _BUMP, [{"tournament": owner, "topic": topic} for owner, topic in sorted(topics)]
        )


def record(
    connection: Connection,
    ids: Ids,
    header: Header,
    changes: Sequence[RowChange],
    topics: Topics,
) -> int | None:
    """Write the action and its changes; return its id, None where nothing journaled changed."""
    kept = [one for one in changes if is_journaled(metadata.tables[one.table])]
    if not kept and header.undoes is None:
        return None
    action_id, start = _continued(connection, header, topics)
    if action_id is None:
        action_id = ids.take(action.name)[0]
        connection.execute(insert(action).values(
            id=action_id, tournament_id=header.tournament, at=header.at, actor=header.actor,
            verb=header.verb, subject=header.subject, old=header.old, new=header.new,
            topics=_as_lists(topics), run_id=header.run_id, trail=header.trail,
            undoable=header.undoable, undoes_id=header.undoes,
        ))
    if header.undoes is not None:
        _mark_undone(connection, header.undoes, action_id)
    if kept:
        connection.execute(insert(change), [
            {"action_id": action_id, "n": n, "table_name": one.table, "row_id": one.row_id,
             "before": one.before, "after": one.after}
            for n, one in enumerate(kept, start)
        ])
    return action_id


def _mark_undone(connection: Connection, target: int, by: int) -> None:
    """Note that ``target`` was taken back; what an undo had taken back stands again."""
    below = select(action.c.undoes_id).where(action.c.id == target).scalar_subquery()
    for found, undone_by in ((action.c.id == target, by), (action.c.id == below, None)):
        connection.execute(update(action).where(found).values(undone_by_id=undone_by))


def _continued(
    connection: Connection, header: Header, topics: Topics
) -> tuple[int | None, int]:
    """Return the action that an earlier unit of the same run began, and its next number.

    A run over several tournaments is one action in each.
    """
    if header.run_id is None:
        return None, 1
    row = connection.execute(
        select(action.c.id, action.c.topics)
        .where(
            action.c.run_id == header.run_id, action.c.undone_by_id.is_(None),
            action.c.tournament_id.is_not_distinct_from(header.tournament),
        )
        .order_by(action.c.id.desc())
    ).first()
    if row is None:
        return None, 1
    known = {(owner, topic) for owner, topic in row.topics}
    if not topics <= known:
        connection.execute(
            update(action).where(action.c.id == row.id).values(topics=_as_lists(known | topics))
        )
    last = connection.execute(
        select(change.c.n).where(change.c.action_id == row.id).order_by(change.c.n.desc())
    ).scalar()
    return row.id, (last or 0) + 1


def _as_lists(topics: Topics) -> list[list[int | str]]:
    return [[owner, topic] for owner, topic in sorted(topics)]


def read_history(connection: Connection, tournament: int | None, limit: int) -> list[Action]:
    """Return the newest actions first; of every tournament and of none where it is None."""
    statement = select(action).order_by(action.c.id.desc()).limit(limit)
    if tournament is not None:
        statement = statement.where(action.c.tournament_id == tournament)
    return [Action.of(row) for row in connection.execute(statement)]


def read_action(connection: Connection, action_id: int) -> Action | None:
    """Return one action."""
    row = connection.execute(select(action).where(action.c.id == action_id)).first()
    return None if row is None else Action.of(row)


def latest_on_row(
    connection: Connection, table: str, row_id: int, *, besides: int
) -> Action | None:
    """Return the last action that touched a row, leaving out the action ``besides``."""
    row = connection.execute(
        select(action)
        .join(change, change.c.action_id == action.c.id)
        .where(
            change.c.table_name == table, change.c.row_id == row_id,
            change.c.action_id != besides,
        )
        .order_by(action.c.id.desc())
    ).first()
    return None if row is None else Action.of(row)
