"""Programs that tests start beside themselves, on one file, and kill; each says what it has done.

They are forked from one process that has everything imported, so that a start takes no second.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tabapp.app import job_registry, open_workspace
from tabapp.core.errors import TransientError, UserError
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import db_job
from tabapp.services.workspace import Workspace
from tabapp.store.snapshots import copy_database
from tabapp.store.tournaments import get_tournament, tournament_slugs
from tabapp.tasks import Context
from tests.reliability.scenes import enter, entries_for, rounds_of

PATIENCE = 60.0
"""Seconds after which a test gives a program up."""


def servers() -> ForkServerContext:
    """Return where programs come from."""
    context = multiprocessing.get_context("forkserver")
    # the windows are left out, without a word, where Qt does not load
    context.set_forkserver_preload([__name__, "tests.reliability.typists"])
    return context


def begin(
    program: Callable[..., None], *arguments: Any
) -> tuple[ForkServerProcess, Connection]:
    """Start a program; return it with the end at which everything that it says arrives."""
    hears, says = servers().Pipe(duplex=False)
    process = servers().Process(target=program, args=(says, *arguments), daemon=True)
    process.start()
    says.close()
    return process, hears


def everything_said(hears: Connection) -> list[Any]:
    """Return all that a program says until it ends, or is killed."""
    said = []
    with suppress(EOFError):
        while hears.poll(PATIENCE):
            said.append(hears.recv())
    hears.close()
    return said


# --- confirming ballots ------------------------------------------------------------------------


def confirm_ballots(says: Connection, path: Path, first: int, load: bool) -> None:
    """Confirm one ballot after the other in round 1, and say the number of each that is safe.

    Ballot ``n`` belongs to debate ``n % debates``; its content has the seed ``n // debates``.
    With ``load`` a second thread draws, counts standings and copies the file all the while.
    """
    with open_workspace(path, threads=True) as work:
        owner = work.tournament()
        round_, following = rounds_of(work, owner)[:2]
        if load:
            threading.Thread(
                target=_work_beside, args=(work, path, owner.id, following.id), daemon=True
            ).start()
        debates = len(entries_for(work, round_, 0))
        for generation in count(first // debates):
            for place, entry in enumerate(entries_for(work, round_, generation)):
                number = generation * debates + place
                if number >= first:
                    enter(work, owner, [entry])
                    says.send(number)


def _work_beside(work: Workspace, path: Path, tournament: int, round_id: int) -> None:
    for seed in count():
        handles = [
            work.queue.submit(
                "draw.generate", tournament=tournament, round_id=round_id, seed=seed,
                replace=True, ignore_missing=True),
            work.queue.submit(
                "standings.recalculate", tournament=tournament, tournament_id=tournament),
        ]
        copy_database(path, path.with_suffix(".copy"))
        for handle in handles:
            with suppress(UserError):  # it is late, since ballots overtake it
                handle.wait(0.2)


# --- two programs ------------------------------------------------------------------------------


def note(path: Path, line: str) -> None:
    """Add a line to a file that several programs write."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


@db_job("probe.visit", lock="tournament", title="Visit")
def visit(ctx: Context, diary: str, who: str) -> None:
    """Write down when this run begins and ends, with some work between."""
    place = ctx.tournament
    note(Path(diary), f"{place} enter {who}")
    with ctx.read() as unit:
        get_tournament(unit, place or 0)
    for _ in range(3):
        with ctx.write() as unit:
            unit.touch("probe", tournament=place)
    note(Path(diary), f"{place} leave {who}")


@db_job("probe.sweep", lock="database", title="Sweep")
def sweep(ctx: Context, diary: str, who: str) -> None:
    """Write down when this run begins and ends, alone on the whole file."""
    note(Path(diary), f"all enter {who}")
    ctx.check_cancelled()
    note(Path(diary), f"all leave {who}")


@db_job("probe.meet", lock="tournament", title="Meet")
def meet(ctx: Context, folder: str, mine: str, other: str) -> None:
    """Wait inside until a run of another tournament is inside, too."""
    (Path(folder) / mine).touch()
    waited = threading.Event()
    for _ in range(int(PATIENCE * 100)):
        if (Path(folder) / other).exists():
            return
        ctx.check_cancelled()
        waited.wait(0.01)
    raise AssertionError(f"{other} never came")


@db_job("probe.hold", lock="tournament", title="Hold")
def hold(ctx: Context, diary: str) -> None:
    """Stay inside for ever the first time, and end at once when it is run again."""
    _hold(diary)


@db_job("probe.hold_once", lock="tournament", title="Hold once", idempotent=False)
def hold_once(ctx: Context, diary: str) -> None:
    """Do as ``hold`` does, in a run that may not be repeated without a person."""
    _hold(diary)


def _hold(diary: str) -> None:
    began = Path(diary).exists()
    note(Path(diary), "inside")
    if not began:
        threading.Event().wait()


@contextmanager
def open_with_probes(path: Path) -> Iterator[Workspace]:
    """Open a file as the program does, with the probes beside its own jobs."""
    registry = Registry([*job_registry(), visit, sweep, meet, hold, hold_once])
    with (
        patch("tabapp.app.job_registry", lambda: registry),
        open_workspace(path, threads=True) as work,
    ):
        yield work


def race(says: Connection, path: Path, diary: Path, who: str, start: Barrier) -> None:
    """Submit jobs for every tournament of the file, all at once, and say how each ended."""
    with open_with_probes(path) as work:
        with work.database.read() as unit:
            owners = [get_tournament(unit, one) for one in tournament_slugs(unit).values()]
        firsts = {owner.id: rounds_of(work, owner)[0].id for owner in owners}
        start.wait(PATIENCE)
        handles: list[JobHandle] = []
        for number in range(4):
            for owner in owners:
                handles += [
                    work.queue.submit(
                        "probe.visit", tournament=owner.id, diary=str(diary),
                        who=f"{who}{number}"),
                    work.queue.submit(
                        "draw.generate", tournament=owner.id, round_id=firsts[owner.id],
                        seed=number, replace=True),
                    work.queue.submit(
                        "standings.recalculate", tournament=owner.id, tournament_id=owner.id),
                ]
        for handle in handles:
            says.send((handle.id, handle.wait(PATIENCE).status))


def race_of_many(
    says: Connection, path: Path, diary: Path, who: str, count: int, start: Barrier
) -> None:
    """Submit so many runs for one tournament, and some for the whole file; say how each ended."""
    with open_with_probes(path) as work:
        start.wait(PATIENCE)
        handles = [
            work.queue.submit(
                "probe.sweep" if number % 10 == 9 else "probe.visit", tournament=1,
                diary=str(diary), who=f"{who}{number}")
            for number in range(count)
        ]
        for handle in handles:
            says.send((handle.id, handle.wait(PATIENCE).status))


def meet_another(
    says: Connection, path: Path, folder: Path, tournament: int, mine: str, other: str
) -> None:
    """Run ``probe.meet`` and say how it ended."""
    with open_with_probes(path) as work:
        handle = work.queue.submit(
            "probe.meet", tournament=tournament, folder=str(folder), mine=mine, other=other)
        says.send(handle.wait(PATIENCE).status)


def stay_inside(says: Connection, path: Path, diary: Path, tournament: int, job: str) -> None:
    """Hold the lock of a tournament until somebody kills this program; say the run's id."""
    with open_with_probes(path) as work:
        handle = work.queue.submit(job, tournament=tournament, diary=str(diary))
        while not diary.exists():
            with suppress(UserError, TransientError):
                handle.wait(0.01)
        says.send(handle.id)
        handle.wait()
