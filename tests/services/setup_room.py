"""A tournament on a real file whose set-up tests change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.services import categories, exchange, motions, round_setup, tournament_settings
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tabapp.store.setup_rows import SetupRound, list_setup_rounds
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.play import play_break, play_round

T = TypeVar("T")


class SetupRoom:
    """Reads and writes as the window does: one write is one action."""

    def __init__(self, work: Workspace, owner: TournamentRow) -> None:
        self.work, self.owner = work, owner

    @property
    def id(self) -> int:
        return self.owner.id

    def read(self, query: Callable[[ReadUnit], T]) -> T:
        with self.work.database.read() as unit:
            return query(unit)

    def write(self, change: Callable[[WriteUnit], T]) -> T:
        with self.work.database.write(
            actor="Ann", verb="change", tournament=self.id
        ) as unit:
            return change(unit)

    def refused(self, change: Callable[[WriteUnit], object]) -> dict[str, str]:
        """Return field -> code of a change that has to be refused, and that stores nothing."""
        before = self.archive()
        with pytest.raises(ProblemsFound) as caught:
            self.write(change)
        assert self.archive() == before
        return codes(caught.value.problems)

    def undo(self) -> None:
        self.work.database.undo(self.id, actor="Ann")

    def redo(self) -> None:
        self.work.database.redo(self.id, actor="Ann")

    def archive(self) -> Archive:
        """Return all of the tournament but the trail, which tells of undos too."""
        found = self.read(lambda unit: read_archive(unit, self.id))
        return found.model_copy(update={"activity": []})

    def rounds(self) -> list[SetupRound]:
        return self.read(lambda unit: list_setup_rounds(unit, self.id))

    def names(self) -> list[tuple[int, str, str]]:
        return [(one.seq, one.name, one.draw_type) for one in self.rounds()]

    def round_board(self) -> round_setup.RoundBoard:
        return self.read(lambda unit: round_setup.read_board(unit, self.id))

    def category_board(self) -> categories.CategoryBoard:
        return self.read(lambda unit: categories.read_board(unit, self.id))

    def motion_board(self) -> motions.MotionBoard:
        return self.read(lambda unit: motions.read_board(unit, self.id))

    def settings_board(self) -> tournament_settings.SettingsBoard:
        return self.read(lambda unit: tournament_settings.read_settings(unit, self.id))

    def play(self, count: int) -> None:
        for one in self.read(lambda unit: list_rounds(unit, self.id))[:count]:
            for _result in play_round(self.work, self.owner, one, 1):
                pass

    def play_break(self) -> None:
        play_break(self.work, self.owner, 1)


def codes(problems: list[Problem] | tuple[Problem, ...]) -> dict[str, str]:
    """Return field -> code of problems."""
    return {one.where: one.code for one in problems}


@contextmanager
def setup_room(
    folder: Path, *, teams: int = 8, rounds: int = 4, archive: Archive | None = None
) -> Iterator[SetupRoom]:
    """Open a random BP tournament of which nothing is drawn, or ``archive``."""
    document = archive or generate_tournament(
        preset="bp", teams=teams, rounds=rounds, seed=1, play=False)
    with open_workspace(folder / "set-up.tabapp", create=True) as work:
        slug = exchange.add(work.database, document, now=SystemClock().now(), actor="Ann")
        yield SetupRoom(work, work.tournament(slug))
