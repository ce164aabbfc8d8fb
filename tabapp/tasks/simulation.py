"""The job that plays one round of a rehearsal or a demo."""

from __future__ import annotations

from typing import Any

from tabapp.jobs.spec import db_job
from tabapp.services import simulation
from tabapp.tasks import Context, Seed


@db_job(
    "demo.simulate", retry="no_retry", lock="tournament", dedup="simulate-{round_id}-{seed}",
    title="Ballots", idempotent=False,
)
def simulate_ballots(ctx: Context, round_id: int, seed: Seed) -> dict[str, Any]:
    """Confirm a calibrated random ballot for every debate of a round and complete it."""
    with ctx.step("Reading debates"), ctx.read() as unit:
        found = simulation.read_input(unit, round_id)
    with ctx.step("Debating"):
        entries = simulation.play(found, seed=seed)
    ctx.commit_point()
    with ctx.step("Entering ballots"), ctx.write(expected=found.revision) as unit:
        entered = simulation.store(unit, found, entries)
    ctx.stats["ballots"] += entered
    return {"round": found.round.seq, "ballots": entered}
