"""Motions, and the rounds in which they are set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tabapp.store.refs import first_free_number
from tabapp.store.schema import ballot, ballot_veto, debate, motion, round_, round_motion
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class MotionRow:
    """A motion. ``rounds`` are the row ids of the rounds in which it is set, by sequence.

    ``named_in`` are rounds with a ballot, drafts included, that names it as debated or as vetoed;
    only ``list_motions`` looks for them.
    """

    id: int
    ref: str
    reference: str
    text: str
    info_slide: str
    rounds: tuple[int, ...] = ()
    named_in: frozenset[int] = frozenset()

    @property
    def title(self) -> str:
        """What it is called in lists: the reference, else the text."""
        return self.reference or self.text


def list_motions(unit: ReadUnit, tournament_id: int) -> list[MotionRow]:
    """Return all motions of a tournament in the order in which they were made."""
    rounds: dict[int, list[int]] = defaultdict(list)
    for motion_id, round_id in unit.fetch(
        select(round_motion.c.motion_id, round_motion.c.round_id)
        .join(round_, round_.c.id == round_motion.c.round_id)
        .where(round_.c.tournament_id == tournament_id).order_by(round_.c.seq)
    ):
        rounds[motion_id].append(round_id)
    named = _named_by_ballots(unit, tournament_id)
    return [
        _motion(row, rounds[row.id], named[row.id])
        for row in unit.rows(
            select(motion).where(motion.c.tournament_id == tournament_id).order_by(motion.c.id))
    ]


def motions_of_round(unit: ReadUnit, round_id: int) -> list[MotionRow]:
    """Return the motions of one round in their order there; whether they are released or not."""
    here = unit.rows(
        select(motion).join(round_motion, round_motion.c.motion_id == motion.c.id)
        .where(round_motion.c.round_id == round_id).order_by(round_motion.c.seq)
    )
    return [_motion(row, (round_id,)) for row in here]


def _motion(row: Any, rounds: Sequence[int], named: Collection[int] = ()) -> MotionRow:
    return MotionRow(
        id=row.id, ref=row.ref, reference=row.reference, text=row.text,
        info_slide=row.info_slide, rounds=tuple(rounds), named_in=frozenset(named),
    )


def _named_by_ballots(unit: ReadUnit, tournament_id: int) -> dict[int, set[int]]:
    """Return motion -> rounds with a ballot that names it."""
    found: dict[int, set[int]] = defaultdict(set)
    here = debate.c.tournament_id == tournament_id
    debated = (
        select(ballot.c.motion_id, debate.c.round_id).distinct()
        .join(debate, debate.c.id == ballot.c.debate_id)
        .where(here, ballot.c.motion_id.is_not(None))
    )
    vetoed = (
        select(ballot_veto.c.motion_id, debate.c.round_id).distinct()
        .join(ballot, ballot.c.id == ballot_veto.c.ballot_id)
        .join(debate, debate.c.id == ballot.c.debate_id).where(here)
    )
    for motion_id, round_id in (*unit.fetch(debated), *unit.fetch(vetoed)):
        found[motion_id].add(round_id)
    return found


def motions_released(unit: ReadUnit, round_id: int) -> bool:
    """Tell whether everybody may know the motions of a round."""
    return bool(unit.scalar(select(round_.c.motions_released).where(round_.c.id == round_id)))


def order_in_round(unit: ReadUnit, round_id: int) -> list[int]:
    """Return the row ids of a round's motions in their order."""
    return [row for (row,) in unit.fetch(
        select(round_motion.c.motion_id).where(round_motion.c.round_id == round_id)
        .order_by(round_motion.c.seq))]


def orders(unit: ReadUnit, tournament_id: int) -> dict[int, list[int]]:
    """Return round -> its motions in their order, by row id, for all rounds of a tournament."""
    found: dict[int, list[int]] = defaultdict(list)
    for round_id, motion_id in unit.fetch(
        select(round_motion.c.round_id, round_motion.c.motion_id)
        .join(round_, round_.c.id == round_motion.c.round_id)
        .where(round_.c.tournament_id == tournament_id).order_by(round_motion.c.seq)
    ):
        found[round_id].append(motion_id)
    return dict(found)


def insert_motion(unit: WriteUnit, tournament_id: int, values: Mapping[str, Any]) -> int:
    """Add a motion under the next free archive id; return its row id."""
    refs = [ref for (ref,) in unit.fetch(
        select(motion.c.ref).where(motion.c.tournament_id == tournament_id))]
    (row_id,) = unit.insert(motion, [
        {"tournament_id": tournament_id, "ref": f"M{first_free_number(refs, 'M')}", **values}])
    return row_id


def update_motion(unit: WriteUnit, motion_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a motion."""
    unit.update(motion, {motion_id: values})


def delete_motion(unit: WriteUnit, motion_id: int) -> None:
    """Delete a motion that no ballot names, and take it out of its rounds."""
    for (round_id,) in unit.fetch(
        select(round_motion.c.round_id).where(round_motion.c.motion_id == motion_id)
    ):
        set_order(
            unit, round_id, [one for one in order_in_round(unit, round_id) if one != motion_id])
    unit.delete(motion, [motion_id])


def set_order(unit: WriteUnit, round_id: int, motions: Sequence[int]) -> None:
    """Set the motions of a round, by row id; nothing is written where they are so already."""
    if order_in_round(unit, round_id) == list(motions):
        return
    # order and motion are unique in a round, so a swap deletes and inserts
    unit.delete(round_motion, [row for (row,) in unit.fetch(
        select(round_motion.c.id).where(round_motion.c.round_id == round_id))])
    unit.insert(round_motion, [
        {"round_id": round_id, "motion_id": one, "seq": seq}
        for seq, one in enumerate(motions, start=1)
    ])


def set_released(unit: WriteUnit, round_id: int, *, released: bool) -> None:
    """Note that the motions of a round are known, or not any more."""
    unit.update(round_, {round_id: {"motions_released": released}})

