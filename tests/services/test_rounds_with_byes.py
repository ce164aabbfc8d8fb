"""A bye is no result and misses none: judges, rooms, tables, and wins that count as an average."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import result_data
from tabapp.domain.types import ResultData
from tabapp.services import allocation, exchange, results, tournament_settings
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tabapp.store.draw_rows import round_progress
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import TournamentRow, get_tournament, list_rounds


@dataclass(frozen=True)
class Room:
    """An open file with one tournament in it."""

    work: Workspace
    owner: TournamentRow

    def last(self) -> int:
        with self.work.database.read() as unit:
            return list_rounds(unit, self.owner.id)[-1].id

    def refused(self) -> str | None:
        """Return why judges and rooms of the last round cannot be allocated, if they cannot."""
        with self.work.database.read() as unit:
            try:
                allocation.read_input(unit, self.last())
            except UserError as error:
                return error.code
        return None


@contextmanager
def opened(folder: Path, archive: Archive) -> Iterator[Room]:
    with open_workspace(folder / "t.tabapp", create=True) as work:
        exchange.add(work.database, archive, now=SystemClock().now(), actor="test")
        yield Room(work, work.tournament())


def played(preset: str, teams: int, rounds: int = 3, **settings: Any) -> Archive:
    settings = {"bye_team_selection": "lowest", **settings}
    archive = generate_tournament(
        preset=preset, teams=teams, rounds=rounds, seed=4, settings=settings)
    archive.rounds[-1].completed = False
    return archive


def take_ballots(archive: Archive, leave: int = 0) -> None:
    """Take out the ballots of the last round but for ``leave`` debates."""
    rooms = [one for one in archive.rounds[-1].debates if len(one.sides) > 1]
    for room in rooms[leave:]:
        room.ballots, room.status = [], "none"


@pytest.mark.parametrize("byes", ["none", "points"])
@pytest.mark.parametrize(("preset", "teams"), [("apda", 15), ("bp", 18)])
def test_judges_and_rooms_are_allocated_beside_a_bye(
    tmp_path: Path, preset: str, teams: int, byes: str
) -> None:
    archive = played(preset, teams, bye_team_results=byes)
    take_ballots(archive)
    with opened(tmp_path, archive) as room:
        assert room.refused() is None
        for job in ("draw.allocate_adjudicators", "draw.allocate_venues"):
            room.work.run(job, tournament=room.owner.id, round_id=room.last(), seed=3)
        with room.work.database.read() as unit:
            progress = round_progress(unit, room.owner.id)[-1]
        rest = teams % len(room.owner.settings.sides)
        assert (progress.debates - rest, progress.decided) == (len(progress.missing), 0)


def test_a_postponed_debate_is_no_result_and_a_confirmed_ballot_is(tmp_path: Path) -> None:
    archive = played("apda", 15, enable_postponements=True)
    take_ballots(archive, leave=1)
    with opened(tmp_path, archive.model_copy(deep=True)) as room:
        assert room.refused() == "round_has_results"
    decided = next(one for one in archive.rounds[-1].debates if one.ballots)
    decided.status = "postponed"
    (tmp_path / "t.tabapp").unlink()
    with opened(tmp_path, archive) as room:
        assert room.refused() is None


@pytest.mark.parametrize("byes", ["none", "points"])
def test_a_table_waits_for_no_ballot_of_a_bye(tmp_path: Path, byes: str) -> None:
    archive = played("apda", 15, bye_team_results=byes)
    take_ballots(archive, leave=5)
    with opened(tmp_path, archive) as room, room.work.database.read() as unit:
        assert results.read_table(unit, room.owner.id, results.TableRequest()).missing == 2


def rows(data: ResultData) -> set[tuple[Any, ...]]:
    """Return what is credited to whom; debates by the teams in them."""
    members: dict[int, list[int]] = {}
    for debate, team in zip(data.team_debate.tolist(), data.team_team.tolist(), strict=True):
        members.setdefault(debate, []).append(team)
    return {
        (number, tuple(sorted(members[debate])), data.teams[team].id, averaged, str(score))
        for debate, number, team, averaged, score in zip(
            data.team_debate.tolist(), data.team_round.tolist(), data.team_team.tolist(),
            data.team_averaged.tolist(), data.team_score.tolist(), strict=True)
    }


def forfeit_some(archive: Archive) -> None:
    for round_ in archive.rounds:
        rooms = [one for one in round_.debates if len(one.sides) == 2 and one.ballots]
        for room, sides in zip(rooms, (["aff"], ["neg"], ["aff", "neg"]), strict=False):
            ballot = room.ballots[-1]
            ballot.forfeit, ballot.sheets = list(sides), []


@pytest.mark.parametrize("preset", ["apda", "uadc"])
def test_the_file_and_its_archive_credit_the_same_averages(tmp_path: Path, preset: str) -> None:
    archive = played(preset, 15)
    forfeit_some(archive)
    with opened(tmp_path, archive) as room:
        for rule in ("average", "none", "as_judged"):
            with room.work.database.write(
                actor="I", verb="change", tournament=room.owner.id
            ) as unit:
                tournament_settings.change_settings(
                    unit, room.owner.id, {"forfeit_winner_speaks": rule})
            with room.work.database.read() as unit:
                owner = get_tournament(unit, room.owner.id)
                stored = read_results(unit, owner)
                again = result_data(read_archive(unit, owner.id), owner.settings)
            assert rows(stored) == rows(again)
            walkovers = 2 * 3 if rule == "average" else 0
            byes = 3 if owner.settings.bye_speaks == "average" else 0
            assert stored.team_averaged.sum() == walkovers + byes
