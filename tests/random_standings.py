"""Hold tables and breaks of random tournaments against the second implementation.

``python tests/random_standings.py --count 1000`` goes through all presets in turn, each seed with
one, and prints every difference with its preset and seed; it ends with 1 where there is one.
``--preset P --seed N --count 1`` repeats a tournament. Pure domain: no file, no database; with
``--stored`` every tournament goes through a file instead, and its stored tables are compared.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tabapp.domain.archive import Archive
from tabapp.domain.snapshots import result_data
from tests.random_archives import PRESETS, make
from tests.random_comparisons import all_differences
from tests.random_stored import try_stored

MOST_SHOWN = 8
"""Differences of one tournament that are printed; the others mostly follow from the same cause."""

TRIES = 2
"""So many orders of metrics are tried on each tournament."""


def try_one(seed: int, preset: str) -> list[str]:
    """Make a tournament and return what differs."""
    made = make(seed, preset)
    data = result_data(Archive.model_validate(made.document), made.settings)
    rng = random.Random(f"tables/{preset}/{seed}")
    return [
        difference
        for _ in range(TRIES)
        for difference in all_differences(
            made.document, data, made.settings.team_standings_precedence, rng,
            two_team=made.settings.teams_in_debate == 2, remarks=made.remarks)
    ]


def cases(count: int, seed: int, presets: Sequence[str]) -> list[tuple[int, str]]:
    """Return seed and preset of each tournament of a run, the presets in turn."""
    return [(number, presets[(number - seed) % len(presets)])
            for number in range(seed, seed + count)]  # fmt: skip


def run(
    wanted: Sequence[tuple[int, str]], attempt: Callable[[int, str], list[str]], jobs: int = 1
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield seed, preset and differences of each tournament."""
    seeds, presets = [seed for seed, _ in wanted], [preset for _, preset in wanted]
    if jobs == 1:
        for seed, preset in wanted:
            yield seed, preset, attempt(seed, preset)
        return
    with ProcessPoolExecutor(jobs) as pool:
        found = pool.map(attempt, seeds, presets, chunksize=10)
        yield from zip(seeds, presets, found, strict=True)


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100, help="how many tournaments")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first tournament")
    parser.add_argument("--preset", action="append", choices=PRESETS, help="these in turn only")
    parser.add_argument("--jobs", type=int, default=1, help="so many processes")
    parser.add_argument("--stored", action="store_true", help="through a file, with stored tables")
    given = parser.parse_args(arguments)
    began, faulty = time.perf_counter(), 0
    wanted = cases(given.count, given.seed, given.preset or PRESETS)
    for seed, preset, found in run(wanted, try_stored if given.stored else try_one, given.jobs):
        faulty += bool(found)
        for one in found[:MOST_SHOWN]:
            print(f"--preset {preset} --seed {seed}: {one}", flush=True)  # noqa: T201
        if len(found) > MOST_SHOWN:
            print(f"  and {len(found) - MOST_SHOWN} more", flush=True)  # noqa: T201
    seconds = time.perf_counter() - began
    print(f"{given.count} tournaments, {faulty} differ, {seconds:.1f} s")  # noqa: T201
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
