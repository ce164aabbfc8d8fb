"""A played tournament, its snapshot, and ways to lose parts of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.jobs.testing import JobTestContext
from tabapp.services import exchange
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.ballot_rows import delete_ballots
from tabapp.store.draw_rows import delete_draw
from tabapp.store.snapshots import copy_database
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.upkeep_snapshots import recover


@dataclass(frozen=True, slots=True)
class Scene:
    """An open file and a snapshot of it from before anything was lost."""

    work: Workspace
    owner: TournamentRow
    snapshot: Path

    def export(self, path: Path | None = None) -> bytes:
        """Return the canonical document without the activity, which no recovery touches."""
        if path is not None:
            with open_workspace(path) as other, other.database.read() as unit:
                return _bytes(read_archive(unit, other.tournament(self.owner.slug).id))
        with self.work.database.read() as unit:
            return _bytes(read_archive(unit, self.owner.id))

    def round_id(self, seq: int) -> int:
        """Return the row id of a round."""
        with self.work.database.read() as unit:
            return next(one.id for one in list_rounds(unit, self.owner.id) if one.seq == seq)

    def recover(self, source: Path | None = None, **params: object) -> dict[str, Any]:
        """Run the job in this thread."""
        job = JobTestContext[ReadUnit, WriteUnit](
            self.work.database, tournament=self.owner.id, clock=self.work.clock)
        found: dict[str, Any] = job.run(recover, source=str(source or self.snapshot), **params)
        return found

    def lose_ballots(self, seq: int, count: int | None = None) -> None:
        """Delete the ballots of a round, or of its first rooms."""
        debate, ballot = schema.debate, schema.ballot
        with self.work.database.write(tournament=self.owner.id, verb="lose") as unit:
            rooms = [row for (row,) in unit.fetch(
                select(debate.c.id).where(debate.c.round_id == self.round_id(seq))
                .order_by(debate.c.id))][:count]
            delete_ballots(unit, [row for (row,) in unit.fetch(
                select(ballot.c.id).where(ballot.c.debate_id.in_(rooms)))])

    def lose_draw(self, seq: int) -> None:
        """Delete a round's ballots and its draw."""
        self.lose_ballots(seq)
        with self.work.database.write(tournament=self.owner.id, verb="lose") as unit:
            delete_draw(unit, self.round_id(seq))
            unit.update(schema.round_, {self.round_id(seq): {
                "status": "none", "draw_seed": None, "draw_record": None, "completed": False}})

    def change(self, table: Table, ref: str, **values: object) -> None:
        """Change a record by its archive id."""
        with self.work.database.write(tournament=self.owner.id, verb="change") as unit:
            row = unit.scalar(select(table.c.id).where(
                table.c.ref == ref, table.c.tournament_id == self.owner.id))
            unit.update(table, {row: values})


def _bytes(archive: Archive) -> bytes:
    return write_archive(archive.model_copy(update={"activity": []}))


@contextmanager
def scene(
    folder: Path, archive: Archive | None = None, *, teams: int = 8, rounds: int = 3, seed: int = 1
) -> Iterator[Scene]:
    """Open a new file with a played tournament, and take a snapshot of it."""
    document = archive or generate_tournament(
        preset="bp", teams=teams, rounds=rounds, seed=seed, play=True)
    folder.mkdir(exist_ok=True)
    with open_workspace(folder / "here.tabapp", create=True) as work:
        slug = exchange.add(
            work.database, document, now=work.clock.now(), actor=work.actor)
        snapshot = folder / "snapshot.tabapp"
        copy_database(folder / "here.tabapp", snapshot)
        yield Scene(work, work.tournament(slug), snapshot)
