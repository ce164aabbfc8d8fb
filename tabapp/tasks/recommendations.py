"""The jobs that look for what a person may want to look at."""

from __future__ import annotations

from typing import Any

from tabapp.jobs.spec import db_job
from tabapp.jobs.triggers import Cron
from tabapp.services import suggesting, suggestions
from tabapp.services.active import active_tournaments
from tabapp.services.events import RecommendationsUpdated
from tabapp.tasks import Context


@db_job(
    "recommendations.refresh", retry="standard", dedup="suggestions-{tournament_id}-{subject}",
    on_duplicate="rerun", title="Suggestions", heavy=True, labels=("results",),
)
def refresh(ctx: Context, tournament_id: int, subject: str | None = None) -> dict[str, Any]:
    """Look for unlikely ballots, judges' scores, cheaper panels and missing data.

    ``subject`` is the archive id of a team, speaker or judge: only what concerns it is replaced.
    """
    with ctx.step("Reading"), ctx.read() as unit:
        found = suggesting.read_sources(unit, tournament_id, subject)
    with ctx.step("Looking"):
        made = suggesting.find(found, ctx.tick)
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(
        expected=found.revision, trail=False, undoable=False
    ) as unit:
        changes = suggesting.store(unit, tournament_id, made, ctx.clock.now(), subject)
        waiting = suggestions.count_open(unit, tournament_id)
        ctx.emit(RecommendationsUpdated(tournament_id, waiting))
    ctx.stats.update(added=changes.added, changed=changes.changed, removed=changes.removed)
    return {"open": waiting, "added": changes.added, "removed": changes.removed}


@db_job(
    "recommendations.refresh_all", queue="low_priority", retry="long_running", quiet=True,
    dedup="suggestions", title="Suggestions of all tournaments", schedule=Cron("0 2 * * *"),
    labels=("results",),
)
def refresh_all(ctx: Context) -> dict[str, Any]:
    """Let suggestions be worked out anew for every tournament that is going on, each by itself."""
    with ctx.step("Looking"), ctx.read() as unit:
        active = active_tournaments(unit)
    for tournament in active:
        ctx.submit_after_commit(refresh, tournament=tournament, tournament_id=tournament)
        ctx.stats["submitted"] += 1
    return {"tournaments": len(active)}
