"""Making a break again: what comes out the same stays, what does not is preceded by a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.jobs.resources import Resources
from tabapp.jobs.testing import JobTestContext
from tabapp.services import exchange
from tabapp.services.snapshots import Snapshots
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.breaks import generate_break


@dataclass
class Scene:
    """A played tournament on a real file, with a folder of copies."""

    work: Workspace
    copies: Snapshots

    def make(self, *, seed: int = 1) -> None:
        owner = self.work.tournament().id
        job = JobTestContext[ReadUnit, WriteUnit](
            self.work.database, tournament=owner, resources=Resources(self.copies))
        job.run(generate_break, tournament_id=owner, ties="lot", seed=seed)

    def rows(self) -> list[tuple[int, int, str]]:
        listed = schema.break_team
        with self.work.database.read() as unit:
            return [
                (one.id, one.team_id, one.reason)
                for one in unit.rows(select(listed).order_by(listed.c.id))]

    def sealed(self) -> list[str]:
        table = schema.break_lots
        with self.work.database.read() as unit:
            return [
                str(one.extra["made_from"]["sha256"])
                for one in unit.rows(select(table).order_by(table.c.id))]

    def changes(self) -> int:
        """Count what the journal keeps; all runs of a test's context are one action."""
        with self.work.database.read() as unit:
            return len(unit.fetch(select(schema.change.c.n)))

    def change(self, table: Table, **values: object) -> None:
        with self.work.database.write(
            tournament=self.work.tournament().id, verb="edit"
        ) as unit:
            row = unit.scalar(select(table.c.id).order_by(table.c.id.desc()))
            unit.update(table, {row: values})


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_workspace(tmp_path / "hall.tabapp", create=True) as work:
        archive = generate_tournament(preset="bp", teams=16, rounds=4, seed=2, break_size=4)
        exchange.add(work.database, archive, now=work.clock.now(), actor="Ann")
        yield Scene(
            work, Snapshots(work.database, tmp_path / "copies", None, work.clock, work.bus))


def test_what_comes_out_the_same_is_neither_copied_nor_written(scene: Scene) -> None:
    scene.make()
    before, changes = scene.rows(), scene.changes()
    assert before
    scene.make()
    assert (scene.rows(), scene.changes()) == (before, changes)
    assert scene.copies.listed() == []


def test_a_list_that_still_holds_is_sealed_anew(scene: Scene) -> None:
    """The same teams break by other results: the list keeps its rows, and is up to date."""
    scene.make()
    before, sealed, changes = scene.rows(), scene.sealed(), scene.changes()
    scene.change(schema.break_category, priority=1)
    scene.make()
    assert scene.rows() == before
    assert len(scene.sealed()) == len(sealed)
    assert not set(scene.sealed()) & set(sealed)
    assert scene.changes() == changes + 1 + len(sealed)  # the category and the seals
    assert scene.copies.listed() == []


def test_a_copy_goes_ahead_of_a_list_that_changes(scene: Scene) -> None:
    scene.make()
    before = scene.rows()
    scene.change(schema.break_category, size=3)
    scene.make()
    assert scene.rows() != before
    (only,) = scene.copies.listed()
    assert only.reason.startswith("before making the break again")
    kept = {row for row, _team, _reason in before} & {
        row for row, _team, _reason in scene.rows()}
    assert kept  # the other list stays as it was
