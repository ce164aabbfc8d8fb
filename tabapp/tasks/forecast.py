"""The job that foresees who breaks."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import Field

from tabapp.domain.forecast import FIRST, MOST, RUNS, Simulation
from tabapp.jobs.spec import db_job
from tabapp.services import forecast
from tabapp.store.tournaments import get_tournament
from tabapp.tasks import Context, Seed

Runs: TypeAlias = Annotated[int, Field(ge=1, le=MOST)]


@db_job(
    "break.forecast", retry="standard", dedup="forecast-{tournament_id}", on_duplicate="rerun",
    title="Break forecast", labels=("results",),
)
def make_forecast(
    ctx: Context, tournament_id: int, runs: Runs = RUNS, seed: Seed | None = None
) -> dict[str, Any]:
    """Simulate the rounds to come many times: who breaks how likely, and where the line will be.

    Where nothing is known of the results as they are, a first picture from few runs is stored at
    once and a further run follows. Nothing is done where the forecast is that of the results
    already, where no break is held, or once the elimination rounds have begun.
    """
    chosen = forecast.SEED if seed is None else seed
    with ctx.step("Reading results"), ctx.read() as unit:
        owner = get_tournament(unit, tournament_id)
        idle = forecast.is_over(unit, tournament_id) or not forecast.has_categories(
            unit, tournament_id)
        fresh = forecast.read_fresh(unit, tournament_id)
        revision = unit.revision(tournament_id, *forecast.TOPICS)
        case = forecast.read_case(unit, owner)
    known = 0 if fresh is None or fresh.document["seed"] != chosen else fresh.runs
    if idle or known >= runs or (fresh is not None and known and not _is_open(fresh.document)):
        ctx.check_cancelled()
        return {"runs": 0 if idle else known, "stored": False}
    simulation = Simulation(case, seed=chosen)
    wanted = runs if known or runs <= FIRST else min(runs, simulation.whole_chunks(FIRST))
    with ctx.step("Simulating", total=wanted):
        simulation.go_on(wanted, tick=ctx.tick)
        made = simulation.forecast()
        ready = forecast.make_ready(made, revision)
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(trail=False, undoable=False) as written:
        get_tournament(written, tournament_id)  # it may be gone since
        forecast.store(written, ready)
        if wanted < runs and simulation.rounds_left:
            ctx.submit_after_commit(
                make_forecast, tournament=tournament_id, tournament_id=tournament_id, runs=runs,
                seed=seed)
    ctx.stats["runs"] += made.runs
    return {"runs": made.runs, "stored": True}


def _is_open(document: Any) -> bool:
    """Tell whether more runs could say more: with no rounds left they cannot."""
    return bool(document["rounds_left"])
