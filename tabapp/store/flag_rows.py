"""Flags of debates that passed a limit, and which of them a person has taken off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from tabapp.core.actors import AUTOMATIC
from tabapp.domain.deadlines import FlagKind
from tabapp.store.schema import action, change, debate, debate_flag
from tabapp.store.times import from_text, readable, to_text
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag: since when its limit is passed, and what is known about it."""

    id: int
    round_id: int
    debate_id: int
    kind: FlagKind
    since: datetime
    facts: Mapping[str, Any]


def flags_of_tournament(unit: ReadUnit, tournament_id: int) -> dict[int, list[FlagRow]]:
    """Return debate -> its flags."""
    return _flags(unit, debate.c.tournament_id == tournament_id)


def flags_of_round(unit: ReadUnit, round_id: int) -> dict[int, list[FlagRow]]:
    """Return debate -> its flags."""
    return _flags(unit, debate.c.round_id == round_id)


def flags_of_debate(unit: ReadUnit, debate_id: int) -> list[FlagRow]:
    """Return the flags of one debate."""
    return _flags(unit, debate.c.id == debate_id).get(debate_id, [])


def _flags(unit: ReadUnit, where: ColumnElement[bool]) -> dict[int, list[FlagRow]]:
    found: dict[int, list[FlagRow]] = defaultdict(list)
    for row in unit.rows(
        select(debate_flag, debate.c.round_id)
        .join(debate, debate.c.id == debate_flag.c.debate_id)
        .where(where).order_by(debate_flag.c.id)
    ):
        found[row.debate_id].append(FlagRow(
            row.id, row.round_id, row.debate_id, row.kind, from_text(row.since), row.facts))
    return dict(found)


@dataclass(frozen=True, slots=True)
class FlagSetter:
    """The action of the journal that flagged a debate: whose, and when."""

    action: int
    actor: str
    at: datetime | None


def setter_of(unit: ReadUnit, flag_id: int) -> FlagSetter | None:
    """Return what set a flag that stands; None where the journal does not know."""
    row = unit.one(
        select(action.c.id, action.c.actor, action.c.at)
        .join(change, change.c.action_id == action.c.id)
        .where(
            change.c.table_name == debate_flag.name, change.c.row_id == flag_id,
            change.c.before.is_(None), action.c.undone_by_id.is_(None),
            action.c.undoes_id.is_(None))
        .order_by(action.c.id.desc()).limit(1))
    return None if row is None else FlagSetter(row.id, row.actor, readable(row.at))


def insert_flags(
    unit: WriteUnit, flags: Sequence[tuple[int, FlagKind, datetime, Mapping[str, Any]]]
) -> None:
    """Flag debates: row id, kind, since when, and facts."""
    unit.insert(debate_flag, [
        {"debate_id": debate_id, "kind": kind, "since": to_text(since), "facts": dict(facts)}
        for debate_id, kind, since, facts in flags
    ])


def delete_flags(unit: WriteUnit, ids: Iterable[int]) -> None:
    """Take flags off."""
    unit.delete(debate_flag, ids)


def undone_flags(
    unit: ReadUnit, tournament_id: int
) -> dict[int, frozenset[tuple[FlagKind, datetime]]]:
    """Return debate -> kinds, with their limits, that a person took back or took off.

    By the journal: an action that set one was undone, or a person deleted one and that stands.
    """
    found: dict[int, set[tuple[FlagKind, datetime]]] = defaultdict(set)
    for row in unit.rows(
        select(
            change.c.before, change.c.after, action.c.actor, action.c.undoes_id,
            action.c.undone_by_id, action.c.run_id)
        .join(action, action.c.id == change.c.action_id)
        .where(
            change.c.table_name == debate_flag.name, action.c.tournament_id == tournament_id)
    ):
        if row.undoes_id is not None:
            continue  # the action that it took back tells
        taken_back = row.before is None and row.undone_by_id is not None
        by_hand = row.run_id is None and row.actor not in AUTOMATIC
        taken_off = row.after is None and row.undone_by_id is None and by_hand
        if taken_back or taken_off:
            image = row.before or row.after
            found[image["debate_id"]].add((image["kind"], from_text(image["since"])))
    return {debate_id: frozenset(flags) for debate_id, flags in found.items()}
