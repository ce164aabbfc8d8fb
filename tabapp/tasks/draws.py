"""The jobs that draw a round, and that compare the ways in which it can be drawn."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.draw.alternatives import FIRST
from tabapp.jobs.spec import db_job
from tabapp.services import draw_compare, draws, rounds, sides
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
    ``confirm`` stores the draw and its sides as confirmed, for work without a person at a screen.
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
        if confirm:
            _confirm(ctx, found)
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


@db_job(
    "draw.compare", queue="high_priority", retry="no_retry", heavy=True,
    dedup="compare-{round_id}-{seed}-{other_seed}-{first}-{count}-{ignore_missing}",
    title="Compare draws", labels=("draw",),
)
def compare(
    ctx: Context,
    round_id: int,
    seed: Seed,
    other_seed: Seed | None = None,
    first: int = 0,
    count: int = FIRST,
    ignore_missing: bool = False,
) -> dict[str, Any]:
    """Draw a round in several ways and measure each; nothing is stored.

    Two seeds, then rules that differ in one thing: ``count`` of these from number ``first`` on.
    """
    with ctx.step("Reading results"), ctx.read() as unit:
        found = draw_compare.read_comparison(
            unit, round_id, seed=seed, ignore_missing=ignore_missing,
            other_seed=seed ^ 1 if other_seed is None else other_seed)
    with ctx.step("Drawing"):
        compared = draw_compare.compare_draws(found, first=first, count=count, tick=ctx.tick)
    ctx.check_cancelled()
    ctx.stats["draws"] += len(compared.draws)
    return compared.as_json()


def _confirm(ctx: Context, found: draws.DrawInput) -> None:
    """Confirm a draw that is there already, and its sides, as far as that is left to do."""
    round_ = found.round
    with ctx.read() as unit:
        open_sides = not round_.completed and bool(sides.unconfirmed(unit, round_.id))
    if round_.status != "draft" and not open_sides:
        return
    with ctx.write(expected=found.revision) as unit:
        if round_.status == "draft":
            rounds.confirm_draw(unit, round_.id)
        if open_sides:
            sides.confirm_sides(unit, round_.id)


def _value(drawn: draws.DrawnRound, read: float, solve: float, write: float) -> dict[str, Any]:
    return {
        "round": drawn.seq, "seed": drawn.seed, "debates": len(drawn.debates),
        "quality": dict(drawn.quality), "certificate": dict(drawn.certificate),
        "warnings": list(drawn.warnings),
        "seconds": {"read": read, "solve": solve, "write": write},
    }
