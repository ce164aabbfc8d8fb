"""A tournament with a drawn round, for tests of what may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.simulation import generate_tournament
from tabapp.services import draw_edits, exchange
from tabapp.services.draw_sheet import DrawSheet, read_sheet
from tabapp.services.workspace import Workspace
from tabapp.store.draw_rows import draw_record
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import WriteUnit
from tabapp.tasks.play import play_round


@dataclass(frozen=True)
class World:
    """A tournament whose first two rounds are played and whose third is drawn."""

    work: Workspace
    owner: TournamentRow
    third: int

    def write(self, change: Callable[[WriteUnit], object], verb: str = "change") -> None:
        with self.work.database.write(
            actor="Ingrid", verb=verb, tournament=self.owner.id
        ) as unit:
            change(unit)

    def row(self) -> RoundRow:
        with self.work.database.read() as unit:
            return next(one for one in list_rounds(unit, self.owner.id) if one.id == self.third)

    def sheet(self) -> DrawSheet:
        with self.work.database.read() as unit:
            return read_sheet(unit, self.third)

    def record(self) -> dict[str, object]:
        with self.work.database.read() as unit:
            return draw_record(unit, self.third) or {}

    def swap(self, one: str, other: str) -> None:
        edited = draw_edits.swap_teams(self.sheet(), one, other)
        with self.work.database.write(
            actor="Ingrid", verb="swap", tournament=self.owner.id, expected=edited.sheet.revision
        ) as unit:
            draw_edits.store_swap(unit, edited)

    def undo(self) -> None:
        self.work.database.undo(self.owner.id, actor="Ingrid")

    def last(self) -> tuple[str, str, str | None, str | None]:
        action = self.work.database.history(self.owner.id, limit=1)[0]
        return action.verb, action.subject, action.old, action.new


@contextmanager
def open_world(tmp_path: Path) -> Iterator[World]:
    """Make the tournament in a new file."""
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        document = generate_tournament(preset="bp", teams=24, rounds=3, seed=2, play=False)
        exchange.add(work.database, document, now=SystemClock().now(), actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            found = list_rounds(unit, owner.id)
        for one in found[:2]:
            for _result in play_round(work, owner, one, 1):
                pass
        work.run("draw.generate", tournament=owner.id, round_id=found[2].id, seed=7)
        yield World(work, owner, found[2].id)


def refused(world: World, change: Callable[[WriteUnit], object]) -> str:
    with pytest.raises(UserError) as error:
        world.write(change)
    assert "{" not in error.value.message
    return error.value.code
