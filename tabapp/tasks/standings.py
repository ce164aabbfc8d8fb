"""The jobs that keep the cached tables true."""

from __future__ import annotations

from typing import Any

from tabapp.jobs.spec import db_job
from tabapp.services import standings
from tabapp.store.tournaments import get_tournament
from tabapp.tasks import Context


@db_job(
    "standings.recalculate", queue="high_priority", retry="critical", lock="tournament",
    dedup="standings-{tournament_id}", on_duplicate="rerun", title="Standings",
    labels=("results",),
)
def recalculate(ctx: Context, tournament_id: int) -> dict[str, Any]:
    """Compute the team, speaker, reply and judge tables from confirmed ballots and cache them."""
    with ctx.step("Reading results"), ctx.read() as unit:
        owner = get_tournament(unit, tournament_id)
        revision = unit.revision(tournament_id, *standings.TOPICS)
        found = standings.read_input(unit, owner)
    with ctx.step("Computing", total=len(standings.KINDS)):
        tables = []
        for kind in standings.KINDS:
            tables.append(standings.compute(found, kind))
            ctx.advance(message=kind)
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(expected=revision) as unit:
        written = standings.store(unit, owner, tables)
    ctx.stats["rows"] += written
    return {"rows": sum(len(table.rows) for table in tables), "written": written}
