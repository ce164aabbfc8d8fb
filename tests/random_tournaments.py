"""Send random BP tournaments through the whole program and hold every figure against a second one.

``python tests/random_tournaments.py --count 25`` prints one line a tournament and ends with 1 when
anything is wrong. Tournament ``i`` of a run has the seed ``SEED + i``, from which all else follows,
so ``--seed`` with the seed of a faulty line and ``--count 1`` repeats it.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.errors import TabappError
from tabapp.domain.archive import Archive
from tabapp.domain.breaks import BreakList
from tabapp.domain.simulation import derive_rng, generate_tournament
from tabapp.domain.standings import SPEAKER_METRICS, TEAM_METRICS
from tabapp.domain.types import Standings
from tabapp.exchange import read_archive as read_bytes
from tabapp.exchange import write_archive
from tabapp.services import breaks, checks, exchange, standings
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.snapshots import verify
from tabapp.store.standing_rows import SUBJECT
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit
from tabapp.tasks.play import play_break, play_round

reference = import_module("tests.reference.bp_reference")
EXPECTED = frozenset({"passed", "skipped"})
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Shape:
    """What a random tournament is made from."""

    seed: int
    teams: int
    rounds: int
    chaos: float

    @classmethod
    def of(cls, seed: int, teams_max: int) -> Shape:
        """Choose a shape by lot; a quarter of the tournaments has no chaos, a quarter all of it."""
        rng = derive_rng(seed, "shape")
        return cls(
            seed, 4 * rng.randint(2, teams_max // 4), rng.randint(2, 7),
            rng.choice([0.0, rng.random(), rng.random(), 1.0]),
        )

    def make(self, *, play: bool) -> Archive:
        """Make the tournament up; one that is not played has a slug of its own."""
        archive = generate_tournament(
            preset="bp", teams=self.teams, rounds=self.rounds, seed=self.seed, chaos=self.chaos,
            play=play,
        )
        if not play:
            archive.tournament.slug = "registered"
        return archive


class Faults(list[str]):
    """What is wrong with one tournament."""

    def unless(self, true: bool, text: str) -> None:
        """Note a fault unless something is true."""
        if not true:
            self.append(text)


# --- through the program -----------------------------------------------------------------------


def try_tournament(shape: Shape, folder: Path) -> Faults:
    """Run everything on one random tournament; return what is wrong."""
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
        for _result in play_round(work, owner, round_, shape.seed):
            pass  # JobFailed comes out of the iterator
    play_break(work, owner, shape.seed)
    document = export(work, owner)
    if faults is not None:
        check_everything(work, owner, json.loads(document), shape.seed, faults)
    return document


def export(work: Workspace, owner: TournamentRow) -> bytes:
    """Return the canonical document of a tournament without its trail."""
    with work.database.read() as unit:
        archive = read_archive(unit, owner.id)
    return write_archive(archive.model_copy(update={"activity": []}))


# --- what is checked ---------------------------------------------------------------------------


def check_everything(
    work: Workspace, owner: TournamentRow, document: dict[str, Any], seed: int, faults: Faults
) -> None:
    """Hold tables, breaks, draws and derived results against second implementations."""
    with work.database.read() as unit:
        for one in checks.check_tournament(checks.read_input(unit, owner)):
            faults.unless(
                one.status in EXPECTED,
                f"check {one.status}: {one.name}, {one.scope}: {one.detail}")
        found = standings.read_input(unit, owner)
        for kind in standings.KINDS:
            table = standings.compute(found, kind)
            faults.unless(
                stored_table(unit, owner, kind) == as_stored(table),
                f"the stored {kind} table is not the recomputed one")
        shown_teams = sorted(set(TEAM_METRICS) - {"wbw"})
        teams = standings.compute(found, "teams", extra=shown_teams)
        speakers = standings.compute(found, "speakers", extra=sorted(SPEAKER_METRICS))
        qualifying = breaks.read_input(unit, owner)
    settings = owner.settings
    order = settings.team_standings_precedence
    table_of = reference.team_table(document, order)[0]
    faults += differences(teams, table_of, reference.team_ranks(document, order))
    faults += differences(
        speakers, reference.speaker_values(document),
        reference.speaker_ranks(
            document, settings.speaker_standings_precedence,
            missable=settings.standings_missed_debates))
    faults += break_differences(document, qualifying, order, seed)


def as_stored(table: Standings) -> list[tuple[Any, ...]]:
    """Return a table as the cache keeps it."""
    return [
        (place, row.id, row.rank, row.tied, dict(row.values))
        for place, row in enumerate(table.rows, start=1)
    ]


def stored_table(
    unit: ReadUnit, owner: TournamentRow, kind: standings.Kind
) -> list[tuple[Any, ...]]:
    """Read a table from the cache."""
    row, subject = schema.standing.c, schema.metadata.tables[SUBJECT[kind]]
    return [
        tuple(found) for found in unit.rows(
            select(row.place, subject.c.ref, row.rank, row.tied, row["values"])
            .join(subject, subject.c.id == row.subject_id)
            .where(row.tournament_id == owner.id, row.kind == kind)
            .order_by(row.place))
    ]


def differences(
    found: Standings, expected: Mapping[str, Mapping[str, Any]], ranks: Mapping[str, int | None]
) -> Iterator[str]:
    """Yield every rank and figure that the second implementation does not share."""
    if {row.id for row in found.rows} != set(ranks):
        yield f"{found.kind}: other rows than in the second implementation"
        return
    for row in found.rows:
        if row.rank != ranks[row.id]:
            yield f"{found.kind}: {row.id} has rank {row.rank}, not {ranks[row.id]}"
        for key in (*found.metrics, *found.extra):
            value, wanted = row.values[key], expected[row.id][key]
            if not same_figure(value, wanted):
                yield f"{found.kind}: {key} of {row.id} is {value}, not {wanted}"


def same_figure(one: Any, other: Any) -> bool:
    """Compare two values of a table, of which either may be missing or a word."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE)
    return bool(one == other)


def break_differences(
    document: dict[str, Any], found: breaks.BreakInput, order: Sequence[str], seed: int
) -> Iterator[str]:
    """Yield where the break differs from the second implementation's, and where a lot is unfair.

    Below a category with a tie at its line nothing is compared: who breaks there follows the lot.
    """
    slugs = {one["id"]: one["slug"] for one in document["break_categories"]}
    plain = document | {"teams": [
        team | {"break_categories": [slugs[one] for one in team["break_categories"]]}
        for team in document["teams"]
    ]}
    wanted = reference.breaks(plain, order)
    asked = {one.category: one for one in breaks.compute(found, ties="ask", seed=seed)}
    drawn = {one.category: one for one in breaks.compute(found, ties="lot", seed=seed)}
    for category in sorted(document["break_categories"], key=lambda one: -one["priority"]):
        slug = category["slug"]
        rows = [(row.team, row.rank, row.break_rank, row.remark) for row in asked[slug].rows]
        if rows != wanted[slug]:
            yield f"break {slug}: not as in the second implementation"
        yield from lot_differences(asked[slug], drawn[slug])
        if any(row.remark == "tied" for row in asked[slug].rows):
            return


def lot_differences(asked: BreakList, drawn: BreakList) -> Iterator[str]:
    """Yield where a lot took a place from a team that had it, or gave one to a team not tied."""
    sure, chosen = breaking(asked), breaking(drawn)
    tied = {row.team for row in asked.rows if row.remark == "tied"}
    if not sure <= chosen <= sure | tied:
        yield f"break {asked.category}: the lot decided about teams that were not tied"
    if len(chosen) != min(asked.size, len(sure) + len(tied)):
        yield f"break {asked.category}: {len(chosen)} teams break, not {asked.size}"


def breaking(one: BreakList) -> set[str]:
    """Return the teams with a place in the break."""
    return {row.team for row in one.rows if row.break_rank is not None}


# --- the command -------------------------------------------------------------------------------


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


def run(
    count: int, *, teams_max: int, seed: int, say: Callable[[str], None]
) -> dict[int, Faults]:
    """Try ``count`` tournaments in this process; return the faults of the faulty ones by seed."""
    faulty = {}
    with _quiet():
        for number in range(seed, seed + count):
            shape = Shape.of(number, teams_max)
            name = (
                f"seed {number}: {shape.teams} teams, {shape.rounds} rounds, "
                f"chaos {shape.chaos:.2f}")
            began = time.perf_counter()
            with tempfile.TemporaryDirectory(prefix="tabapp-random-") as folder:
                try:
                    faults = try_tournament(shape, Path(folder))
                except BaseException:
                    say(f"{name}: crashed")  # the trace alone would not name the seed
                    raise
            seconds = time.perf_counter() - began
            say(f"{name}: {f'{len(faults)} faults' if faults else 'ok'} ({seconds:.2f} s)")
            for fault in faults:
                say(f"  {fault}")
            if faults:
                faulty[number] = faults
    return faulty


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=25, help="how many tournaments")
    parser.add_argument("--teams-max", type=int, default=96, help="at most so many teams, from 8")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first tournament")
    given = parser.parse_args(arguments)
    if given.count < 1 or given.teams_max < 8:
        parser.error("--count begins at 1 and --teams-max at 8")

    def say(line: str) -> None:
        print(line, flush=True)  # noqa: T201 - a command

    began = time.perf_counter()
    faulty = run(given.count, teams_max=given.teams_max, seed=given.seed, say=say)
    seconds = time.perf_counter() - began
    say(
        f"{given.count} tournaments, {len(faulty)} faulty, {seconds:.1f} s, "
        f"{seconds / given.count:.2f} s each")
    if faulty:
        say(f"seeds with faults: {', '.join(map(str, faulty))}")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
