"""The jobs of upkeep: cleaning up, keeping the file small and quick, looking after its health."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import Field

from tabapp.core.errors import TransientError
from tabapp.jobs.errors import JobConfigurationError
from tabapp.jobs.kinds import maintenance_job
from tabapp.jobs.leases import is_alive
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.triggers import Cron, Every
from tabapp.services import compacting, upkeep
from tabapp.services.health import HealthDesk, differs, wrong
from tabapp.services.snapshots import Snapshots
from tabapp.tasks import Context

Days = Annotated[int, Field(ge=0, le=36_500)]


@maintenance_job(
    "maintenance.cleanup", queue="low_priority", retry="long_running", lock="database",
    dedup="cleanup", title="Cleanup", quiet=True, schedule=Cron("30 3 * * sun"),
)
def cleanup(ctx: Context, activity_days: Days = 90, run_days: Days = 30) -> dict[str, Any]:
    """Delete activity, runs, drafts and copies that are old; never the trail of results.

    Each part is committed by itself, so a run that was stopped leaves the rest to the next one.
    """
    now = ctx.clock.now()
    limits = upkeep.Limits(
        activity=now - timedelta(days=activity_days), runs=now - timedelta(days=run_days))
    with ctx.step("Looking for what is old"), ctx.read() as unit:
        before = upkeep.sizes(unit)
        parts = upkeep.parts(
            unit, limits, now, is_alive=is_alive, builtin=_schedules_of_the_code(ctx))
    with ctx.step("Deleting", total=len(parts)):
        for batch in ctx.batches(parts, size=1):
            for part in batch:
                with ctx.write(verb="clean up", trail=False, undoable=False) as unit:
                    ctx.stats.update(part.delete(unit))
    with ctx.step("Old snapshots"):
        _thin_out(ctx)
    with ctx.read() as unit:
        after = upkeep.sizes(unit)
    ctx.log.success(upkeep.in_words(ctx.stats))
    return {
        "deleted": dict(ctx.stats), "rows_before": before.rows, "rows_after": after.rows}


def _schedules_of_the_code(ctx: Context) -> frozenset[str] | None:
    try:
        registry = ctx.need(JobQueue).registry
    except JobConfigurationError:
        return None
    return frozenset(spec.name for spec in registry if spec.schedule is not None)


def _thin_out(ctx: Context) -> None:
    """Delete copies by the rotation; a program without copies has none."""
    ctx.check_cancelled()
    try:
        snapshots = ctx.need(Snapshots)
    except JobConfigurationError:
        return
    if snapshots.available and (gone := snapshots.thin_out(ctx.clock.now())):
        ctx.stats["snapshots"] += gone


@maintenance_job(
    "maintenance.optimize", queue="low_priority", retry="long_running", lock="database",
    dedup="optimize", title="Tidy the database", quiet=True, schedule=Cron("45 3 * * *"),
)
def optimize(ctx: Context) -> dict[str, int]:
    """Learn how rows are spread, move the log into the file, and give back what is free in it."""
    database = ctx.need(HealthDesk).database
    with ctx.step("Analysing"):
        ctx.check_cancelled()
        compacting.analyse(database)
    with ctx.step("Moving the log into the file"):
        ctx.check_cancelled()
        moved = compacting.move_log(database)
        if not moved:
            ctx.log.warning("Another program is reading, so the log stays as it is.")
    with ctx.step("Compacting"):
        ctx.check_cancelled()
        plan = compacting.plan(database)
        ctx.log.info(plan.sentence)
        if plan.is_worth_it:
            try:
                compacting.compact(database)
            except TransientError as error:
                ctx.log.warning(f"The file was not compacted. {error}")
    after = compacting.plan(database)
    won = max(0, plan.bytes - after.bytes)
    if won:
        ctx.stats["bytes"] += won
    return {"bytes_before": plan.bytes, "bytes_after": after.bytes, "bytes_won": won}


@maintenance_job(
    "maintenance.health_check", rate="", retry="no_retry", dedup="health", title="Health check",
    quiet=True, schedule=Every(300),
)
def health_check(ctx: Context) -> dict[str, Any]:
    """Look at file, disks, copies, clock and queue; tell where something stands otherwise."""
    desk = ctx.need(HealthDesk)
    before = desk.last
    with ctx.step("Looking"):
        report = desk.look(ctx.tick)
    found = wrong(report)
    if found and differs(before, report):
        ctx.stats["findings"] += len(found)
    for one in found:
        ctx.log.warning(one.sentence, check=one.name)
    return {"status": report.status, "findings": [one.as_json() for one in found]}
