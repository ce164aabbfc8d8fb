"""Which judges carry the flag of the break, and which could."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tabapp.store.schema import adjudicator
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class JudgeFlags:
    """A judge's row id, its flag, and whether it can break: here still, and no trainee."""

    id: int
    breaking: bool
    can_break: bool


def read_judge_flags(unit: ReadUnit, tournament_id: int) -> dict[str, JudgeFlags]:
    """Return what is said of every judge, by its id in the archive."""
    judge = adjudicator
    return {
        ref: JudgeFlags(row_id, bool(breaking), not trainee and not withdrawn)
        for row_id, ref, breaking, trainee, withdrawn in unit.fetch(
            select(judge.c.id, judge.c.ref, judge.c.breaking, judge.c.trainee, judge.c.withdrawn)
            .where(judge.c.tournament_id == tournament_id).order_by(judge.c.id))
    }
