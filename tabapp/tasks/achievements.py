"""The jobs that award what was earned, and take back what a correction undid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tabapp.jobs.spec import db_job
from tabapp.jobs.triggers import Cron
from tabapp.services import awards
from tabapp.services.active import active_tournaments
from tabapp.services.awards import AwardChanges, AwardInput
from tabapp.tasks import Context


@db_job(
    "achievements.check", retry="standard", lock="tournament",
    dedup="awards-{tournament_id}-{event}-{subject}", on_duplicate="rerun",
    title="Awards", labels=("results",), heavy=True,
)
def check(
    ctx: Context, tournament_id: int, event: str, subject: str = ""
) -> dict[str, Any]:
    """Award and take back what an event can concern; ``event`` is its name in the catalogue.

    Of one team or person, named by its archive id, only where results have no part in it.
    """
    return _run(ctx, tournament_id, awards.keys_of_event(event), subject)


@db_job(
    "achievements.check_all", queue="low_priority", retry="long_running", lock="tournament",
    dedup="awards-{tournament_id}", on_duplicate="rerun", title="All awards", labels=("results",),
    heavy=True,
)
def check_all(ctx: Context, tournament_id: int) -> dict[str, Any]:
    """Award and take back whatever there is in a tournament."""
    return _run(ctx, tournament_id, None)


@db_job(
    "achievements.check_all_active", queue="low_priority", retry="standard", dedup="awards",
    title="Awards of all tournaments", labels=("results",), quiet=True,
    schedule=Cron("15 3 * * *"),
)
def check_all_active(ctx: Context) -> dict[str, Any]:
    """Start a check of each tournament that is still going on, each as a run of its own."""
    with ctx.step("Looking for active tournaments"), ctx.read() as unit:
        found = active_tournaments(unit)
    for tournament_id in found:
        ctx.submit_after_commit(check_all, tournament=tournament_id, tournament_id=tournament_id)
        ctx.stats["submitted"] += 1
    return {"tournaments": list(found)}


def _run(
    ctx: Context, tournament_id: int, keys: frozenset[str] | None, subject: str = ""
) -> dict[str, Any]:
    with ctx.step("Reading results"), ctx.read() as unit:
        found = awards.read_input(unit, tournament_id, keys, subject)
    with ctx.step("Checking awards", total=len(found.keys)):
        changes = awards.work_out(found, tick=ctx.tick)
    ctx.commit_point()
    if changes:
        _store(ctx, found, list(awards.in_parts(changes)))
    ctx.stats["awarded"] += len(changes.awarded)
    ctx.stats["taken_back"] += len(changes.taken_back)
    return {
        "awarded": len(changes.awarded), "taken_back": len(changes.taken_back),
        "changed": len(changes.changed),
    }


def _store(ctx: Context, found: AwardInput, parts: Sequence[AwardChanges]) -> None:
    """Write part by part: each award is right by itself, and a run that comes again goes on."""
    read = found.revision
    with ctx.step("Storing", total=len(parts)):
        for part in parts:
            with ctx.write(expected=read, trail=False, undoable=False) as unit:
                awards.store(unit, found.owner, part)
            read = awards.after_writing(read)
            ctx.advance()
