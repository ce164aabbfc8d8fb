"""The job that makes breaks."""

from __future__ import annotations

from typing import Any

from tabapp.domain.breaks import TieRule
from tabapp.jobs.spec import db_job
from tabapp.services import breaks
from tabapp.services.break_replay import generate, is_stored
from tabapp.services.events import BreakCreated
from tabapp.services.snapshots import before_destroying
from tabapp.store.tournaments import get_tournament
from tabapp.tasks import Context, Seed


@db_job(
    "break.generate", queue="high_priority", retry="standard", lock="tournament",
    dedup="break-{tournament_id}-{category}-{ties}-{seed}-{cascade}", title="Break",
    labels=("results",),
)
def generate_break(
    ctx: Context,
    tournament_id: int,
    category: str | None = None,
    ties: TieRule | None = None,
    seed: Seed | None = None,
    cascade: bool = False,
) -> dict[str, Any]:
    """Qualify the teams of one category or of all, and store the lists.

    With ``cascade``, breaks that one category alone leaves out of date are made again too, by what
    was decided about them, but for those whose bracket was drawn. Lists that come out as they are
    stored stay as they are, and no copy of the file is taken ahead.
    """
    with ctx.step("Reading results"), ctx.read() as unit:
        owner = get_tournament(unit, tournament_id)
        revision = unit.revision(tournament_id, *breaks.TOPICS)
        found = breaks.read_input(unit, owner)
    with ctx.step("Qualifying"):
        lists = generate(found, category=category, ties=ties, seed=seed, cascade=cascade)
        made_from = breaks.sealed(found)
    made = [one for one in lists if one.problem is None]
    if any(one.category in found.stored and not is_stored(found, one) for one in made):
        before_destroying(ctx, "before making the break again")
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(expected=revision) as unit:
        breaks.store(unit, found, lists, made_from)
        unit.emit(BreakCreated(tournament_id))
    for one in lists:
        ctx.stats[one.category] += sum(row.break_rank is not None for row in one.rows)
        if one.note:
            ctx.log.warning(one.note, category=one.category)
    return breaks.as_json(lists)
