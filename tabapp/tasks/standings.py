"""The jobs that keep the cached tables true."""

from __future__ import annotations

from typing import Any

from tabapp.core.actors import AUTOMATIC
from tabapp.core.messages import word
from tabapp.jobs.spec import db_job
from tabapp.jobs.triggers import Every
from tabapp.services import freshness, standings
from tabapp.services.active import active_tournaments
from tabapp.store.standing_rows import compare_standings, read_cached
from tabapp.store.tournaments import get_tournament, tournament_slugs
from tabapp.tasks import Context

HOUR = 3600.0


@db_job(
    "standings.recalculate", queue="high_priority", retry="critical", lock="tournament",
    dedup="standings-{tournament_id}", on_duplicate="rerun", title="Standings",
    labels=("results",),
)
def recalculate(ctx: Context, tournament_id: int) -> dict[str, Any]:
    """Compute the team, speaker, reply and judge tables from confirmed ballots and cache them.

    What the program asks for by itself leaves them alone where nothing that they are made from
    has changed since; a person who asks may have a reason. Where ballots came in meanwhile the
    tables of the moment that was read are stored all the same, and another run follows: a hall
    that hands in ballots without a pause would have none otherwise.
    """
    asked_for = ctx.identity.submitted_by not in AUTOMATIC
    with ctx.step("Reading results"), ctx.read() as unit:
        owner = get_tournament(unit, tournament_id)
        fresh = None if asked_for else freshness.fresh_rows(unit, tournament_id)
        if fresh is None:
            revision = unit.revision(tournament_id, *freshness.TOPICS)
            held = unit.revision(tournament_id, standings.CACHE)
            cached = read_cached(unit, tournament_id)
            found = standings.read_input(unit, owner)
    if fresh is not None:
        ctx.check_cancelled()
        return {"rows": fresh, "written": 0}
    with ctx.step("Computing", total=len(standings.KINDS)):
        tables = []
        for kind in standings.KINDS:
            tables.append(standings.compute(found, kind))
            ctx.advance(message=kind)
    changes = compare_standings(cached, tables)
    rows = sum(len(table.rows) for table in tables)
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(expected=held) as written_unit:
        get_tournament(written_unit, tournament_id)  # it may be gone since
        written = standings.store(written_unit, owner, changes, rows, revision)
        if freshness.fresh_rows(written_unit, tournament_id) is None:
            ctx.submit_after_commit(recalculate, tournament_id=tournament_id)
    ctx.stats["rows"] += written
    return {"rows": rows, "written": written}


@db_job(
    "standings.recalculate_active", retry="critical", quiet=True, schedule=Every(HOUR),
    dedup="active-{tournaments}", title="Standings of all tournaments", labels=("results",),
)
def recalculate_active(ctx: Context, tournaments: list[int] | None = None) -> dict[str, Any]:
    """Send a run to each tournament that goes on whose tables are older than its results.

    The listed ones instead, whether they go on or not; one that is gone is told, and the others
    are looked at all the same. Each is computed in a run of its own, so that a failure in one
    leaves the others alone.
    """
    sent: list[int] = []
    with ctx.step("Looking"), ctx.read() as unit:
        known = set(tournament_slugs(unit).values())
        wanted = active_tournaments(unit) if tournaments is None else dict.fromkeys(tournaments)
        for owner in wanted:
            if owner not in known:
                ctx.log.warning(word("standings_of_gone", {"id": owner}), tournament=owner)
                ctx.stats["gone"] += 1
            elif freshness.fresh_rows(unit, owner) is None:
                sent.append(owner)
    ctx.check_cancelled()
    for owner in sent:
        ctx.submit_after_commit("standings.recalculate", tournament=owner, tournament_id=owner)
        ctx.stats["sent"] += 1
    return {"sent": sent}
