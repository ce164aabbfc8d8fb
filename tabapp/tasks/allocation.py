"""The jobs that seat judges and place debates in rooms."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from tabapp.domain.allocation import allocate_panels, allocate_rooms
from tabapp.jobs.spec import db_job
from tabapp.services import allocation
from tabapp.services.events import AllocationChanged
from tabapp.tasks import Context, Seed


@db_job(
    "draw.allocate_adjudicators", queue="high_priority", retry="standard", lock="tournament",
    dedup="judges-{round_id}-{seed}-{dry_run}", title="Judges", labels=("draw",),
)
def allocate_judges(
    ctx: Context, round_id: int, seed: Seed, dry_run: bool = False
) -> dict[str, Any]:
    """Seat panels for every debate of a round, in place of the present ones."""
    with ctx.step("Reading debates and judges"), ctx.read() as unit:
        found = allocation.read_input(unit, round_id, looking=dry_run)
    started = perf_counter()
    with ctx.step("Seating judges"):
        seated = allocate_panels(found.panels, seed=seed, tick=ctx.tick)
    seconds = perf_counter() - started
    if not dry_run:
        ctx.commit_point()
        with ctx.step("Storing"), ctx.write(expected=found.revision) as unit:
            allocation.store_judges(unit, found, seated)
            unit.emit(AllocationChanged(ctx.tournament, round_id))
    ctx.stats["panels"] += len(seated.panels)
    for problem in seated.problems:
        ctx.log.warning(problem.message, where=problem.where)
    return allocation.panels_json(seated, seconds)


@db_job(
    "draw.allocate_venues", queue="high_priority", retry="standard", lock="tournament",
    dedup="rooms-{round_id}-{seed}", title="Rooms", labels=("draw",),
)
def allocate_venues(ctx: Context, round_id: int, seed: Seed = 0) -> dict[str, Any]:
    """Place every debate of a round in a room, in place of the present ones."""
    with ctx.step("Reading debates and rooms"), ctx.read() as unit:
        found = allocation.read_input(unit, round_id)
    with ctx.step("Placing debates"):
        placed = allocate_rooms(found.rooms, seed=seed, tick=ctx.tick)
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(expected=found.revision) as unit:
        allocation.store_rooms(unit, found, placed)
        unit.emit(AllocationChanged(ctx.tournament, round_id))
    ctx.stats["placed"] += sum(venue is not None for venue in placed.placed.values())
    for problem in placed.problems:
        ctx.log.warning(problem.message, where=problem.where)
    return allocation.rooms_json(placed)
