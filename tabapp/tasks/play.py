"""Plays rounds through the queue, one job after the other, as a tab room would order them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabapp.domain.simulation import derive_seed
from tabapp.domain.types import Stage
from tabapp.jobs.outcome import JobResult
from tabapp.services.elimination import create_rounds, ready_categories
from tabapp.services.workspace import Workspace
from tabapp.store.draw_rows import read_debates
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds


def play_round(
    work: Workspace, owner: TournamentRow, round_: RoundRow, seed: int
) -> Iterator[JobResult]:
    """Draw, judges, rooms, ballots, standings of one round; yields each job when it has ended.

    What an earlier run has done already, before it was interrupted, stays as it is. Raises
    ``JobFailed``.
    """
    name = round_.name or f"Round {round_.seq}"
    with work.database.read() as unit:
        # a bye needs no judges and no room, and may have a result from the start
        debates = [one for one in read_debates(unit, round_.id) if len(one.drawn.sides) > 1]
    fresh = not any(one.has_result for one in debates)
    if not debates:
        yield work.run(
            "draw.generate", tournament=owner.id, round_id=round_.id, about=name,
            seed=derive_seed(seed, "draw", round_.seq), confirm=True)
    if fresh and not any(one.panel for one in debates):
        yield work.run(
            "draw.allocate_adjudicators", tournament=owner.id, round_id=round_.id, about=name,
            seed=derive_seed(seed, "panels", round_.seq))
    if fresh and not any(one.venue for one in debates):
        yield work.run(
            "draw.allocate_venues", tournament=owner.id, round_id=round_.id, about=name,
            seed=derive_seed(seed, "rooms", round_.seq))
    yield work.run(
        "demo.simulate", tournament=owner.id, round_id=round_.id, about=name, seed=seed)
    yield work.run(
        "standings.recalculate", tournament=owner.id, tournament_id=owner.id,
        about=f"after {name}")


def play_break(work: Workspace, owner: TournamentRow, seed: int) -> JobResult:
    """Make the break; a tie at the line is decided by lot, since nobody can be asked."""
    return work.run(
        "break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot",
        seed=derive_seed(seed, "break"))


def play_outrounds(work: Workspace, owner: TournamentRow, seed: int) -> Iterator[JobResult]:
    """Play every bracket that can be drawn to its final; yields each job when it has ended.

    Rounds are made where a category has none yet. A break that is short of its size, or not made,
    is left alone.
    """
    with work.database.read() as unit:
        ready = ready_categories(unit, owner.id)
    for slug in ready:
        with work.database.write(
            actor=work.actor, verb="make the elimination rounds of", subject=slug,
            tournament=owner.id,
        ) as unit:
            create_rounds(unit, owner.id, slug)
    with work.database.read() as unit:
        rounds = list_rounds(unit, owner.id)
    for one in rounds:
        if one.stage == Stage.ELIMINATION:
            yield from play_round(work, owner, one, seed)


def play_all(
    work: Workspace, owner: TournamentRow, seed: int, *, outrounds: bool = False
) -> Iterator[JobResult]:
    """Play every round, make the break, give the awards; yields each job when it has ended.

    With ``outrounds`` the brackets are played to their finals before the awards are given.
    """
    with work.database.read() as unit:
        rounds = list_rounds(unit, owner.id)
    for one in rounds:
        yield from play_round(work, owner, one, seed)
    yield play_break(work, owner, seed)
    if outrounds:
        yield from play_outrounds(work, owner, seed)
    yield work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)


def jobs_of_demo(rounds: int) -> int:
    """Return how many jobs ``play_all`` runs for so many rounds up to the break."""
    return 5 * rounds + 2


def chosen_rounds(rounds: Sequence[RoundRow], first: int, last: int) -> list[RoundRow]:
    """Return the preliminary rounds from ``first`` to ``last``."""
    return [one for one in rounds if first <= one.seq <= last and one.stage == "preliminary"]
