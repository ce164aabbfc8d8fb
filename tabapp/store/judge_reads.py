"""Judges with their feedback and their work so far."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import fmean

from sqlalchemy import and_, func, select

from tabapp.domain.types import AdjudicatorInfo, Role
from tabapp.store import schema
from tabapp.store.unit import ReadUnit


def read_adjudicators(
    unit: ReadUnit, tournament_id: int, *, until: int | None = None
) -> tuple[AdjudicatorInfo, ...]:
    """Return all judges. Feedback counts if confirmed, not ignored, not given by a trainee.

    With ``until`` as they stood after that round, but for the base score, which is today's.
    """
    judge, member, round_ = schema.adjudicator, schema.panel_member, schema.round_
    worked: dict[int, Counter[str]] = defaultdict(Counter)
    for judge_id, role, seq in unit.fetch(
        select(member.c.adjudicator_id, member.c.role, round_.c.seq)
        .join(judge, judge.c.id == member.c.adjudicator_id)
        .join(round_, round_.c.id == member.c.round_id)
        .where(judge.c.tournament_id == tournament_id)
    ):
        if until is None or seq <= until:
            worked[judge_id][role] += 1
    scores = counted_feedback(unit, tournament_id, until=until)
    return tuple(
        AdjudicatorInfo(
            id=ref, name=name, base_score=base,
            feedback=fmean(scores[row_id]) if row_id in scores else None,
            feedback_count=len(scores.get(row_id, ())),
            chaired=worked[row_id][Role.CHAIR.value],
            panelled=worked[row_id][Role.PANELLIST.value],
            trained=worked[row_id][Role.TRAINEE.value],
        )
        for row_id, ref, name, base in unit.fetch(
            select(judge.c.id, judge.c.ref, judge.c.name, judge.c.base_score)
            .where(judge.c.tournament_id == tournament_id).order_by(judge.c.id)
        )
    )


def counted_feedback(
    unit: ReadUnit, tournament_id: int, *, until: int | None = None
) -> dict[int, list[float]]:
    """Return the feedback that counts by the judge's row id, in the order in which it came.

    With ``until`` only what is of no later round.
    """
    feedback, member = schema.feedback, schema.panel_member
    debate, round_ = schema.debate, schema.round_
    found: dict[int, list[float]] = defaultdict(list)
    for target, score, seq in unit.fetch(
        select(feedback.c.target_id, feedback.c.score, round_.c.seq)
        .outerjoin(debate, debate.c.id == feedback.c.debate_id)
        .outerjoin(
            round_, round_.c.id == func.coalesce(feedback.c.round_id, debate.c.round_id))
        .outerjoin(member, and_(
            member.c.debate_id == feedback.c.debate_id,
            member.c.adjudicator_id == feedback.c.source_adjudicator_id,
            member.c.role == Role.TRAINEE.value,
        ))
        .where(
            feedback.c.tournament_id == tournament_id, feedback.c.confirmed,
            ~feedback.c.ignored, feedback.c.score.is_not(None), member.c.id.is_(None),
        )
        .order_by(feedback.c.id)
    ):
        if until is None or seq is None or seq <= until:
            found[target].append(score)
    return dict(found)
