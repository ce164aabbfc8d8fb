"""The jobs that look after ballots that are late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from tabapp.core.errors import UserError
from tabapp.domain.deadlines import LONGEST, Asked
from tabapp.domain.formats.values import OverdueAction
from tabapp.jobs.spec import db_job
from tabapp.jobs.triggers import Every
from tabapp.services import overdue
from tabapp.services.active import active_tournaments
from tabapp.services.overdue import Due
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit
from tabapp.tasks import Context

MINUTE = 60.0

Minutes: TypeAlias = Annotated[int, Field(ge=0, le=LONGEST)]
Hours: TypeAlias = Annotated[float, Field(ge=0, le=1000)]
Look: TypeAlias = Callable[[ReadUnit, int, int | None], list[Due]]
"""What is to be done in a tournament, or with one debate of it."""


@db_job(
    "ballots.check_pending", retry="standard", quiet=True, schedule=Every(MINUTE),
    dedup="pending", title="Late ballots", labels=("results",),
)
def check_pending(
    ctx: Context, warning_minutes: Minutes | None = None, timeout_minutes: Minutes | None = None,
    action: OverdueAction | None = None,
) -> dict[str, int]:
    """Look for debates whose ballot has not come, in all tournaments that go on.

    ``warning_minutes`` before the limit, which is ``timeout_minutes`` after the round's expected
    end, a room is called to mind; then follows ``action``. What is not given is taken from each
    tournament's settings (10, 20 and flag unless they say otherwise); what a round says of itself
    stands above both.
    """
    look = _pending(ctx, Asked(warning_minutes, timeout_minutes, action))
    return _send(
        ctx, look, "ballots.act_on_overdue", warning_minutes=warning_minutes,
        timeout_minutes=timeout_minutes, action=action)


@db_job(
    "ballots.check_unconfirmed", retry="standard", quiet=True, schedule=Every(MINUTE),
    dedup="unconfirmed", title="Unconfirmed ballots", labels=("results",),
)
def check_unconfirmed(
    ctx: Context, max_hours: Hours | None = None, action: OverdueAction | None = None
) -> dict[str, int]:
    """Look for entries that nobody confirmed in ``max_hours``, and debates that still go on.

    What is not given is taken from each tournament's settings (12 hours and flag unless they say
    otherwise).
    """
    look = _unconfirmed(ctx, max_hours, action)
    return _send(
        ctx, look, "ballots.act_on_unconfirmed", max_hours=max_hours, action=action)


@db_job(
    "ballots.act_on_overdue", retry="standard", lock="tournament",
    dedup="overdue-{tournament_id}-{debate_id}", title="Late ballots", labels=("results",),
)
def act_on_overdue(
    ctx: Context, tournament_id: int, warning_minutes: Minutes | None = None,
    timeout_minutes: Minutes | None = None, action: OverdueAction | None = None,
    debate_id: int | None = None,
) -> dict[str, int]:
    """Mark the rooms of one tournament whose ballots are late, and unmark where they have come.

    Each forfeit is a run of its own, for ``debate_id``, so that each can be taken back alone.
    """
    look = _pending(ctx, Asked(warning_minutes, timeout_minutes, action))
    return _act(
        ctx, look, tournament_id, debate_id, "ballots.act_on_overdue",
        warning_minutes=warning_minutes, timeout_minutes=timeout_minutes, action=action)


@db_job(
    "ballots.act_on_unconfirmed", retry="standard", lock="tournament",
    dedup="unconfirmed-{tournament_id}-{debate_id}", title="Unconfirmed ballots",
    labels=("results",),
)
def act_on_unconfirmed(
    ctx: Context, tournament_id: int, max_hours: Hours | None = None,
    action: OverdueAction | None = None, debate_id: int | None = None,
) -> dict[str, int]:
    """Mark the rooms of one tournament that wait too long for a second look, or for an end."""
    look = _unconfirmed(ctx, max_hours, action)
    return _act(
        ctx, look, tournament_id, debate_id, "ballots.act_on_unconfirmed",
        max_hours=max_hours, action=action)


def _pending(ctx: Context, asked: Asked) -> Look:
    return lambda unit, owner, only: overdue.look_pending(
        unit, owner, ctx.clock.now(), asked, only=only)


def _unconfirmed(ctx: Context, hours: float | None, action: OverdueAction | None) -> Look:
    return lambda unit, owner, only: overdue.look_unconfirmed(
        unit, owner, ctx.clock.now(), hours=hours, action=action, only=only)


def _send(ctx: Context, look: Look, job: str, **params: Any) -> dict[str, int]:
    """Look at each tournament that goes on, and send a run to those where something is due.

    A tournament that cannot be looked at is told, and the others are looked at all the same.
    """
    found: dict[str, int] = {}
    with ctx.step("Looking"), ctx.read() as unit:
        owners = active_tournaments(unit)
        for owner in owners:
            try:
                due = look(unit, owner, None)
            except UserError as error:
                ctx.log.warning(error.message, tournament=owner)
                ctx.stats["problems"] += 1
                continue
            if due:
                found[str(owner)] = len(due)
                ctx.stats["due"] += len(due)
                ctx.submit_after_commit(job, tournament=owner, tournament_id=owner, **params)
    return found


def _act(
    ctx: Context, look: Look, tournament_id: int, debate_id: int | None, job: str,
    **params: Any,
) -> dict[str, int]:
    with ctx.step("Looking"), ctx.read() as unit:
        owner = get_tournament(unit, tournament_id)
        revision = unit.revision(tournament_id, *overdue.TOPICS)
        found = look(unit, tournament_id, debate_id)
    given = overdue.forfeits(found)
    flags = [due for due in found if due not in given]
    counts: dict[str, int] = {}
    with ctx.step("Storing"):
        if debate_id is not None and given:
            with ctx.write(expected=revision, verb="enter the forfeit of") as unit:
                kind = overdue.store_forfeit(unit, owner, given[0])
            counts = {kind: 1}
        elif flags:
            counts = _mark(ctx, tournament_id, revision, flags)
    if debate_id is None:
        for due in given:
            ctx.submit_after_commit(job, debate_id=due.room.id, **params | {
                "tournament_id": tournament_id})
    for name, count in counts.items():
        ctx.stats[name] += count
    return counts


def _mark(
    ctx: Context, tournament_id: int, revision: Any, flags: Sequence[Due]
) -> dict[str, int]:
    """Set and take off flags; only that a ballot has come is nothing that the trail tells."""
    seen = any(due.step.kind is not None for due in flags)
    with ctx.write(
        expected=revision, verb="mark", subject=overdue.subject_of(flags) or None,
        trail=seen, undoable=seen,
    ) as unit:
        return overdue.store_flags(unit, tournament_id, flags)
