"""The jobs that follow a ballot: its results are verified, and its history is kept."""

from __future__ import annotations

from typing import Any

from tabapp.jobs.kinds import results_job, timeline_job
from tabapp.services import timelines
from tabapp.services.events import ResultsUpdated
from tabapp.store import topics
from tabapp.store.derived import differences, repair
from tabapp.store.timeline_rows import debate_of_ballot, find_debate
from tabapp.tasks import Context

VERIFIED_FROM = (topics.RESULTS, topics.SETTINGS, topics.DRAWS, topics.ROUNDS)


@results_job(
    "results.process_ballot", queue="high_priority", retry="critical", lock="tournament",
    dedup="ballot-{ballot_id}", on_duplicate="rerun", title="Results of a ballot",
)
def process_ballot(ctx: Context, ballot_id: int) -> dict[str, Any]:
    """Derive the results of a ballot's debate anew and compare them with what is stored.

    The transaction that confirms a ballot has stored them already. Where they differ all the same
    they are replaced, whole, and the log says so.
    """
    with ctx.step("Verifying"), ctx.read() as unit:
        place = debate_of_ballot(unit, ballot_id)
        if place is None:
            raise ctx.not_found("ballot_gone", id=ballot_id)
        revision = unit.revision(place.tournament_id, *VERIFIED_FROM)
        wrong = differences(unit, place.id)
    ctx.emit(ResultsUpdated(place.tournament_id, place.id))
    with ctx.step("Storing"):
        ctx.check_cancelled()
        if wrong:
            with ctx.write(expected=revision, trail=False, undoable=False) as written:
                repair(written, place.id)
                written.touch(topics.RESULTS, tournament=place.tournament_id)
            ctx.log.warning(
                f"The results of debate {place.ref} were not those of its ballot; they are now.",
                rows=wrong)
            ctx.stats["repaired"] += wrong
    return {"debate": place.ref, "repaired": wrong}


@timeline_job(
    "results.rebuild_timeline", queue="low_priority", dedup="timeline-{debate_id}",
    on_duplicate="rerun", title="History of a debate",
)
def rebuild_timeline(ctx: Context, debate_id: int) -> dict[str, Any]:
    """Keep the history of a debate: released, out, received, entered, checked, confirmed.

    It is told by the journal and the rows, each moment once; what came before what precedes it is
    kept as it was, and the log says so.
    """
    with ctx.step("Reading"), ctx.read() as unit:
        place = find_debate(unit, debate_id)
        if place is None:
            raise ctx.not_found("debate_gone", id=debate_id)
        revision = unit.revision(place.tournament_id, *timelines.TOPICS)
        found = timelines.derive_timeline(unit, debate_id)
        kept = timelines.is_kept(unit, debate_id, found)
    for kind in found.out_of_order:
        ctx.log.warning(f"Debate {place.ref} was {kind} before what precedes it.")
        ctx.stats["out_of_order"] += 1
    with ctx.step("Storing"):
        ctx.check_cancelled()
        if not kept:
            with ctx.write(expected=revision, trail=False, undoable=False) as written:
                timelines.store_timeline(written, debate_id, found)
            ctx.stats["events"] += len(found.events)
    return {"debate": place.ref, "events": len(found.events)}
