"""What a draw made now would leave out, and which brackets can no longer change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.records import draw_snapshot
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawType
from tabapp.services import exchange, tournament_settings
from tabapp.services.draw_guard import DrawGuard, read_guard
from tabapp.services.draw_sheet import read_sheet
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.draw_rows import draw_record
from tabapp.store.open_debates import sums_before
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import RoundRow, TournamentRow, get_tournament, list_rounds


@dataclass(frozen=True)
class Field:
    """A tournament whose last round is to be drawn."""

    work: Workspace
    owner: TournamentRow
    last: RoundRow

    def guard(self) -> DrawGuard:
        with self.work.database.read() as unit:
            return read_guard(unit, self.last.id)

    def set(self, name: str, value: object) -> None:
        with self.work.database.write(
            actor="I", verb="change", tournament=self.owner.id
        ) as unit:
            tournament_settings.change_settings(unit, self.owner.id, {name: value})

    def draw_without(self) -> None:
        self.work.run(
            "draw.generate", tournament=self.owner.id, round_id=self.last.id, seed=3,
            ignore_missing=True)


@contextmanager
def field(tmp_path: Path, archive: Archive) -> Iterator[Field]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        exchange.add(work.database, archive, now=SystemClock().now(), actor="test")
        owner = work.tournament()
        with work.database.read() as unit:
            yield Field(work, owner, list_rounds(unit, owner.id)[-1])


def played(
    preset: str = "bp", teams: int = 24, rounds: int = 4, seed: int = 2, **settings: object
) -> Archive:
    """Play all rounds but the last, which is there and not drawn."""
    archive = generate_tournament(
        preset=preset, teams=teams, rounds=rounds, seed=seed, settings=settings)
    archive.rounds = [one for one in archive.rounds if one.stage == "preliminary"]
    archive.breaks = []
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    return archive


def debates(archive: Archive, seq: int) -> list[Debate]:
    archive.rounds[seq - 1].completed = False
    return archive.rounds[seq - 1].debates


def take_out(debate: Debate) -> None:
    debate.ballots, debate.status = [], "none"


def unconfirm(debate: Debate) -> None:
    for ballot in debate.ballots:
        ballot.status, ballot.confirmed_by = "draft", ""
    debate.status = "draft"


def test_nothing_is_missing_where_all_is_confirmed(tmp_path: Path) -> None:
    with field(tmp_path, played()) as at:
        found = at.guard()
    assert found == DrawGuard((), ())


@pytest.mark.parametrize(("preset", "teams"), [("bp", 24), ("australs", 24)])
def test_each_room_without_a_result_says_how_its_ballot_stands(
    tmp_path: Path, preset: str, teams: int,
) -> None:
    archive = played(preset, teams)
    first, third = debates(archive, 1), debates(archive, 3)
    take_out(third[0])
    unconfirm(third[1])
    take_out(third[2])
    third[2].status = "postponed"
    unconfirm(first[3])
    first[3].status = "postponed"
    names = {one.id: one.name for one in archive.teams}
    with field(tmp_path, archive) as at:
        found = at.guard()
    assert [(one.round_title, one.state) for one in found.missing] == [
        ("Round 1", "postponed"), ("Round 3", "out"), ("Round 3", "entered"),
        ("Round 3", "postponed")]
    assert found.entered == 1
    assert [set(one.teams) for one in found.missing[1:3]] == [
        {names[side.team] for side in room.sides} for room in third[:2]]
    venues = {one.id: one.name for one in archive.venues}
    assert found.missing[1].room == venues[third[0].venue or ""]


def test_a_room_without_a_place_is_called_by_its_rank(tmp_path: Path) -> None:
    archive = played()
    room = debates(archive, 3)[4]
    take_out(room)
    room.venue = None
    with field(tmp_path, archive) as at:
        assert [one.room for one in at.guard().missing] == [f"Debate {room.room_rank}"]


def test_byes_and_later_rounds_miss_nothing(tmp_path: Path) -> None:
    archive = played("australs", 23, bye_team_selection="lowest")
    assert any(len(one.sides) == 1 for one in debates(archive, 3))
    for room in debates(archive, 3):
        take_out(room)
    with field(tmp_path, archive) as at:
        assert len(at.guard().missing) == 11
        with at.work.database.read() as unit:
            second = list_rounds(unit, at.owner.id)[1]
            assert read_guard(unit, second.id).missing == ()


def test_a_confirmed_ballot_leaves_the_list(tmp_path: Path) -> None:
    archive = played()
    unconfirm(debates(archive, 3)[0])
    with field(tmp_path, archive) as at:
        (room,) = at.guard().missing
        with at.work.database.write(actor="I", verb="confirm", tournament=at.owner.id) as unit:
            ballots = [row for (row,) in unit.fetch(
                schema.ballot.select().with_only_columns(schema.ballot.c.id)
                .where(schema.ballot.c.debate_id == room.debate_id))]
            unit.update(schema.ballot, {one: {"status": "confirmed"} for one in ballots[-1:]})
        assert at.guard().missing == ()


@pytest.mark.parametrize(("preset", "teams"), [("bp", 24), ("australs", 24), ("wsdc", 16)])
def test_the_points_of_the_brackets_are_those_of_the_draw(
    tmp_path: Path, preset: str, teams: int,
) -> None:
    archive = played(preset, teams)
    archive.rounds[1].weight = 2
    take_out(debates(archive, 3)[0])
    with field(tmp_path, archive) as at, at.work.database.read() as unit:
        owner = get_tournament(unit, at.owner.id)
        first = owner.settings.team_standings_precedence[0]
        column = {"points": 0, "wins": 1}[first]
        snapshot = draw_snapshot(
            read_results(unit, owner), owner.settings, round_seq=at.last.seq,
            draw_type=DrawType.POWER, present={team.id for team in archive.teams})
        sums = sums_before(unit, owner.id, at.last.seq)
    assert {team.id: team.points for team in snapshot.teams} == {
        team.id: sums.get(team.id, (0.0, 0))[column] for team in archive.teams}


@pytest.mark.parametrize(("preset", "teams"), [("bp", 48), ("australs", 32)])
def test_a_settled_bracket_keeps_its_teams_whatever_comes_out(
    tmp_path: Path, preset: str, teams: int,
) -> None:
    archive = played(preset, teams, rounds=5)
    rooms = sorted(debates(archive, 4), key=lambda one: one.room_rank)
    for room in rooms[-1:]:
        take_out(room)
    missing = {side.team for side in rooms[-1].sides}
    with field(tmp_path, archive) as at:
        found = at.guard()
    assert 0 < found.settled < len(found.brackets)
    for bracket in found.brackets:
        assert set(bracket.open_teams) <= missing
        assert bracket.settled is (not bracket.open_teams)
    assert missing == {team for one in found.brackets for team in one.open_teams}
    assert found.brackets[0].settled
    assert not found.brackets[-1].settled


def test_no_bracket_is_told_of_where_points_do_not_rule(tmp_path: Path) -> None:
    archive = played()
    take_out(debates(archive, 3)[0])
    archive.rounds[-1].draw_type = "random"
    with field(tmp_path, archive) as at:
        found = at.guard()
    assert len(found.missing) == 1
    assert found.brackets == ()


def test_no_bracket_is_told_of_where_scores_come_first(tmp_path: Path) -> None:
    archive = played()
    take_out(debates(archive, 3)[0])
    with field(tmp_path, archive) as at:
        assert at.guard().brackets
        at.set("team_standings_precedence", ["speaks_sum", "points"])
        assert at.guard().brackets == ()


def test_an_elimination_round_has_no_guard(tmp_path: Path) -> None:
    archive = played()
    archive.rounds.append(Round(
        seq=5, name="Semifinals", stage="elimination", draw_type="elimination",
        break_category=archive.break_categories[0].slug))
    with field(tmp_path, archive) as at, pytest.raises(UserError, match="from the break"):
        at.guard()


def test_a_draw_without_missing_results_names_them_in_its_certificate(tmp_path: Path) -> None:
    archive = played()
    rooms = debates(archive, 3)[:2]
    take_out(rooms[0])
    unconfirm(rooms[1])
    with field(tmp_path, archive) as at:
        at.draw_without()
        with at.work.database.read() as unit:
            record = draw_record(unit, at.last.id) or {}
            sheet = read_sheet(unit, at.last.id)
    assert sorted(record["certificate"]["ignored"]) == sorted(one.id for one in rooms)
    assert sorted(sheet.certificate.ignored) == sorted(one.id for one in rooms)


def test_a_certificate_says_nothing_of_missing_results_where_none_were(tmp_path: Path) -> None:
    with field(tmp_path, played()) as at:
        at.draw_without()
        with at.work.database.read() as unit:
            record = draw_record(unit, at.last.id) or {}
            assert read_sheet(unit, at.last.id).certificate.ignored == ()
    assert "ignored" not in record["certificate"]
