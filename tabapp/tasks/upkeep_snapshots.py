"""The jobs that copy the open file, and that take back from a copy what was lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tabapp.core.actors import AUTOMATIC
from tabapp.core.files import at_home
from tabapp.jobs.spec import db_job
from tabapp.services import recovery
from tabapp.services.events import RecoveryDone
from tabapp.services.snapshots import Snapshots, Taken, before_destroying
from tabapp.tasks import Context
from tabapp.tasks.standings import recalculate


@db_job(
    "maintenance.snapshot", retry="aggressive", dedup="snapshot-{target}", on_duplicate="rerun",
    title="Snapshot", labels=("maintenance",), quiet=True,
)
def snapshot(ctx: Context, reason: str = "", target: str = "") -> dict[str, Any]:
    """Copy the file, verified, to the folder of snapshots and to the second one.

    With ``target``, a folder, there and nowhere else. What nobody at a keyboard asked for is left
    out where nothing was written since the last copy.
    """
    snapshots = ctx.need(Snapshots)
    folder = at_home(Path(target)) if target else None
    ctx.commit_point()
    taken: Taken | None = None
    with ctx.step("Copying"):
        if ctx.identity.submitted_by not in AUTOMATIC:
            taken = snapshots.take(reason, to=folder)
        elif snapshots.available:
            taken = snapshots.take_if_changed(reason, to=folder)
    if taken is None:
        return {"taken": False}
    ctx.stats["bytes"] += taken.bytes
    if taken.second_problem:
        ctx.log.warning(taken.second_problem)
    return {
        "taken": True, "file": str(taken.path), "bytes": taken.bytes,
        "verified": taken.verified, "second": str(taken.second) if taken.second else None,
        "second_problem": taken.second_problem,
    }


@db_job(
    "recovery.recover", retry="long_running", lock="tournament",
    dedup="recover-{source}-{dry_run}-{take_different}", title="Recovery", labels=("recovery",),
    heavy=True,
)
def recover(
    ctx: Context, source: str, dry_run: bool = True, take_different: bool = False
) -> dict[str, Any]:
    """Take from another file of the tournament, or a snapshot, what is missing here.

    A dry run only tells the difference, round by round. What is different there is taken with
    ``take_different``; what is only here always stays. A round is taken whole or not at all, and
    all that is taken is one action that can be undone.
    """
    tournament = ctx.tournament
    assert tournament is not None  # the lock of a tournament asks for one
    with ctx.step("Reading"), ctx.read() as unit:
        found = recovery.read_here(unit, tournament)
    file = Path(source)
    with ctx.step("Reading the other file"):
        there = recovery.read_other(file, found.owner.slug, ctx.clock)
    with ctx.step("Comparing"):
        decided = recovery.decide(found, there, take_different=take_different)
    for conflict in decided.conflicts:
        ctx.log.warning(conflict.message, where=conflict.where)
    if decided.taken and not dry_run:
        ctx.check_cancelled()
        before_destroying(ctx, f"before recovering from {file.stem}")
        ctx.commit_point()
        with ctx.step("Taking over"), ctx.write(
            expected=found.revision, verb="recover from", subject=file.name,
        ) as unit:
            ctx.stats["rows"] += recovery.store(unit, found, decided)
            ctx.emit(RecoveryDone(tournament, str(file), ctx.stats["rows"]))
            ctx.submit_after_commit(recalculate, tournament_id=tournament)
    ctx.stats["pieces"] += 0 if dry_run else decided.taken
    told = recovery.as_json(source, found, there, decided, dry_run=dry_run)
    recovery.let_go(found.here, there, decided.merged)
    return told
