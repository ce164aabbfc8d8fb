"""The job that draws a round."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from tabapp.core.errors import UserError
from tabapp.jobs.spec import db_job
from tabapp.services import draws, rounds
from tabapp.services.events import DrawCreated
from tabapp.services.snapshots import before_destroying
from tabapp.store.draw_rows import draw_record
from tabapp.tasks import Context, Seed


@db_job(
    "draw.generate", queue="high_priority", retry="standard", lock="tournament",
    dedup="draw-{round_id}-{seed}-{replace}-{confirm}-{ignore_missing}-{released}-{seen}",
    title="Draw", labels=("draw",),
)
def generate_draw(
    ctx: Context,
    round_id: int,
    seed: Seed,
    replace: bool = False,
    confirm: bool = False,
    ignore_missing: bool = False,
    released: bool = False,
    seen: str = "",
) -> dict[str, Any]:
    """Draw a round and store it with its reasons, its certificate and its audit.

    The same seed, input and rules leave the stored draw with its results as it is, so that a run
    which is repeated after a crash takes nothing away. Another draw is refused unless ``replace``,
    and in place of one that the hall has seen unless ``released`` says so too. ``seen`` is what a
    person saw who agreed to that (``DrawSheet.standing``); refused where it has changed since.
    ``confirm`` stores the draw as confirmed, for work without a person at a screen.
    """
    started = perf_counter()
    stored: draws.DrawnRound | None = None
    with ctx.step("Reading results"), ctx.read() as unit:
        found = draws.read_input(unit, round_id, ignore_missing=ignore_missing)
        if found.drawn and draws.same_draw(found, draw_record(unit, round_id), seed):
            stored = draws.stored_draw(unit, round_id)
        elif found.drawn:
            if not replace:
                raise UserError("round_drawn", round=found.round.name or found.round.seq)
            if found.round.status == "released" and not released:
                raise UserError("draw_is_released", round=rounds.title_of(found.round))
            rounds.check_seen(unit, found.round, seen)
    if stored is not None:
        if confirm and found.round.status == "draft":
            with ctx.write(expected=found.revision) as unit:
                rounds.confirm_draw(unit, found.round.id)
        return _value(stored, 0.0, 0.0, 0.0)
    read = perf_counter()
    with ctx.step("Drawing"):
        drawn = draws.draw_round(found, seed=seed, tick=ctx.tick)
    solved = perf_counter()
    for warning in drawn.warnings:
        ctx.log.warning(warning)
    if found.drawn:
        before_destroying(ctx, f"before drawing {rounds.title_of(found.round)} again")
    ctx.commit_point()
    with ctx.step("Storing"), ctx.write(expected=found.revision) as unit:
        drawn = draws.store_draw(unit, found, drawn, confirm=confirm)
        unit.emit(DrawCreated(ctx.tournament, round_id))
    ctx.stats["debates"] += len(drawn.debates)
    return _value(drawn, read - started, solved - read, perf_counter() - solved)


def _value(drawn: draws.DrawnRound, read: float, solve: float, write: float) -> dict[str, Any]:
    return {
        "round": drawn.seq, "seed": drawn.seed, "debates": len(drawn.debates),
        "quality": dict(drawn.quality), "certificate": dict(drawn.certificate),
        "warnings": list(drawn.warnings),
        "seconds": {"read": read, "solve": solve, "write": write},
    }
