"""Try random tournaments of every format and hold every draw and figure against a second one.

``python tests/random_tournaments.py --count 25`` sends them through the whole program, jobs and
files included; with ``--pure`` through the domain alone, which is a hundred times as fast. It
prints a line for each (with ``--pure`` for each with a finding) and ends with 1 when anything is
wrong, or unclear to the auditor.
Tournament ``i`` of a run has the seed ``SEED + i``, from which all else follows, so ``--seed`` with
the seed of a faulty line, its ``--preset`` and ``--count 1`` repeats it.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tabapp.app import open_workspace
from tabapp.core.errors import TabappError
from tabapp.domain.simulation import available_presets, derive_rng, derive_seed
from tabapp.exchange import read_archive as read_bytes
from tabapp.exchange import write_archive
from tabapp.services import exchange
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tabapp.store.snapshots import verify
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.tasks.play import play_break, play_round
from tests.random_checks import Faults, check_everything
from tests.random_pure import try_pure
from tests.random_shapes import Shape

PRESETS = ("bp", "australs", "wsdc", "uadc", "apda")
"""The formats of a usual run, in turn."""

MOST_SHOWN = 12
"""Findings of one tournament that are printed; the others mostly follow from the same cause."""

REDRAWN = 0.15
"""The share of rounds that are drawn with another seed first."""


# --- through the program -----------------------------------------------------------------------


def try_tournament(shape: Shape) -> Faults:
    """Run everything on one random tournament, in files that are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tabapp-random-") as folder, _quiet():
        return _try_in(shape, Path(folder))


def _try_in(shape: Shape, folder: Path) -> Faults:
    faults = Faults()
    try:
        first, second = folder / "first.tabapp", folder / "second.tabapp"
        with open_workspace(first, create=True) as work:
            owner, document = import_played(work, shape, faults)
            bytes_once = play_registered(work, shape, faults)
        with open_workspace(second, create=True) as work:
            bytes_twice = play_registered(work, shape, None)
        faults.unless(bytes_once == bytes_twice, "the same seed played twice gives other bytes")
        with open_workspace(first) as work:
            faults.unless(export(work, owner) == document, "saved and reopened, the export differs")
            faults.unless(
                export(work, work.tournament("registered")) == bytes_once,
                "saved and reopened, the played tournament differs")
        verify(first)
    except TabappError as error:
        faults.append(f"{type(error).__name__}: {error}")
    return faults


def import_played(
    work: Workspace, shape: Shape, faults: Faults
) -> tuple[TournamentRow, bytes]:
    """Store a tournament that was generated with its results, and check what follows from it."""
    made = shape.make(play=True)
    document = write_archive(made)
    read = read_bytes(document, "generated")
    faults += [f"import: {one.message}" for one in read.problems if one.level == "error"]
    assert read.archive is not None
    slug = exchange.add(work.database, read.archive, now=work.clock.now(), actor=work.actor)
    owner = work.tournament(slug)
    faults.unless(export(work, owner) == document, "the export is not what was imported")
    work.run("standings.recalculate", tournament=owner.id, tournament_id=owner.id)
    check_everything(work, owner, json.loads(document), shape.seed, faults)
    return owner, document


def play_registered(work: Workspace, shape: Shape, faults: Faults | None) -> bytes:
    """Play a registered tournament through the program's jobs; return its canonical export.

    Without ``faults`` nothing is checked.
    """
    made = shape.make(play=False)
    slug = exchange.add(work.database, made, now=work.clock.now(), actor=work.actor)
    owner = work.tournament(slug)
    with work.database.read() as unit:
        rounds = list_rounds(unit, owner.id)
    for round_ in rounds:
        if derive_rng(shape.seed, "redrawn", round_.seq).random() < REDRAWN:
            draw_twice(work, owner, round_, shape.seed)
        for _result in play_round(work, owner, round_, shape.seed):
            pass  # JobFailed comes out of the iterator
    play_break(work, owner, shape.seed)
    document = export(work, owner)
    if faults is not None:
        check_everything(work, owner, json.loads(document), shape.seed, faults)
    return document


def draw_twice(work: Workspace, owner: TournamentRow, round_: RoundRow, seed: int) -> None:
    """Draw a round with another seed, and then again in its place."""
    for attempt in ("redraw", "draw"):
        work.run(
            "draw.generate", tournament=owner.id, round_id=round_.id, about=round_.name,
            seed=derive_seed(seed, attempt, round_.seq), confirm=True, replace=True)


def export(work: Workspace, owner: TournamentRow) -> bytes:
    """Return the canonical document of a tournament without its trail."""
    with work.database.read() as unit:
        archive = read_archive(unit, owner.id)
    return write_archive(archive.model_copy(update={"activity": []}))


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the notes on slow transactions: a busy machine is no fault of a tournament."""
    log = logging.getLogger("tabapp")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


# --- the command -------------------------------------------------------------------------------


@dataclass(slots=True)
class Outcome:
    """What a run found: the faults of faulty tournaments by name, and how much was unclear."""

    faulty: dict[str, Faults] = field(default_factory=dict)
    unclear: int = 0


def shapes(
    count: int, *, teams_max: int, seed: int, presets: Sequence[str] = PRESETS
) -> list[Shape]:
    """Return the shapes of a run, the formats in turn."""
    return [
        Shape.of(number, teams_max, presets[(number - seed) % len(presets)])
        for number in range(seed, seed + count)
    ]


def run(
    wanted: Sequence[Shape], *, say: Callable[[str], None], pure: bool = False, jobs: int = 1
) -> Outcome:
    """Try tournaments; a crash is a fault that ends the run, after its seed has been said."""
    found = Outcome()
    attempt = partial(_timed, try_pure if pure else try_tournament)
    with _trying(attempt, wanted, jobs) as results:
        for shape in wanted:
            try:
                faults, seconds = next(results)
            except BaseException:
                say(f"{shape.name}: crashed")  # the trace alone would not name the seed
                raise
            found.unclear += len(faults.unclear)
            if faults:
                found.faulty[shape.name] = faults
            if faults or faults.unclear or not pure:
                told = f"{len(faults)} faults" if faults else "ok"
                say(f"{shape.name}: {told} ({seconds:.2f} s)")
            if faults or faults.unclear:
                say(f"  settings: {json.dumps(dict(shape.settings))}")
            findings = list(dict.fromkeys((*faults, *faults.unclear)))
            for finding in findings[:MOST_SHOWN]:
                say(f"  {finding}")
            if len(findings) > MOST_SHOWN:
                say(f"  and {len(findings) - MOST_SHOWN} more")
    return found


def _timed(attempt: Callable[[Shape], Faults], shape: Shape) -> tuple[Faults, float]:
    began = time.perf_counter()
    faults = attempt(shape)
    return faults, time.perf_counter() - began


@contextmanager
def _trying(
    attempt: Callable[[Shape], tuple[Faults, float]], wanted: Sequence[Shape], jobs: int
) -> Iterator[Iterator[tuple[Faults, float]]]:
    if jobs == 1:
        yield map(attempt, wanted)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield pool.map(attempt, wanted, chunksize=10)


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    given = _read(arguments)

    def say(line: str) -> None:
        print(line, flush=True)  # noqa: T201 - a command

    wanted = shapes(
        given.count, teams_max=given.teams_max, seed=given.seed,
        presets=given.preset or PRESETS)
    began = time.perf_counter()
    found = run(wanted, say=say, pure=given.pure, jobs=given.jobs)
    seconds = time.perf_counter() - began
    say(
        f"{given.count} tournaments, {len(found.faulty)} faulty, {found.unclear} unclear, "
        f"{seconds:.1f} s, {given.count / seconds:.1f} a second")
    for name in found.faulty:
        say(f"faulty: {name}")
    return 1 if found.faulty or found.unclear else 0


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=25, help="how many tournaments")
    parser.add_argument("--teams-max", type=int, default=96, help="at most so many teams, from 8")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first tournament")
    parser.add_argument(
        "--preset", action="append", choices=available_presets(),
        help=f"a format, several times for several in turn (usually {', '.join(PRESETS)})")
    parser.add_argument("--pure", action="store_true", help="the domain alone, without a database")
    parser.add_argument("--jobs", type=int, default=1, help="so many processes")
    given = parser.parse_args(arguments)
    if given.count < 1 or given.teams_max < 8 or given.jobs < 1:
        parser.error("--count and --jobs begin at 1 and --teams-max at 8")
    return given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
