"""The standings of the hall: points of completed rounds that are not silent, and no rank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.public import PublicStandings
from tabapp.domain.simulation import generate_tournament
from tabapp.services import exchange, standings, tournament_settings
from tabapp.services.public_standings import public_standings
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow

Made = tuple[Workspace, TournamentRow]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Four completed rounds, the last two of them silent."""
    with open_workspace(tmp_path / "hall.tabapp", create=True) as work:
        document = generate_tournament(preset="bp", teams=16, rounds=4, seed=3)
        exchange.add(work.database, document, now=work.clock.now(), actor="test")
        made = work, work.tournament()
        _publish(made, True)
        yield made


def _set(made: Made, seq: int, **values: bool) -> None:
    work, owner = made
    with work.database.write(actor="test", verb="change", tournament=owner.id) as unit:
        (row,) = unit.rows(select(schema.round_).where(
            schema.round_.c.tournament_id == owner.id, schema.round_.c.seq == seq))
        unit.update(schema.round_, {row.id: values})


def _publish(made: Made, yes: bool) -> None:
    work, owner = made
    with work.database.write(actor="test", verb="publish", tournament=owner.id) as unit:
        tournament_settings.change_settings(unit, owner.id, {"public_team_standings": yes})


def _seen(made: Made) -> PublicStandings | None:
    work, owner = made
    with work.database.read() as unit:
        return public_standings(unit, owner.id)


def _set_silent(made: Made, *silent: int) -> None:
    for seq in range(1, 5):
        _set(made, seq, silent=seq in silent, completed=True)


def test_points_are_those_of_the_rounds_that_everybody_may_know(made: Made) -> None:
    _set_silent(made, 3, 4)
    work, owner = made
    with work.database.read() as unit:
        table = standings.compute(standings.read_input(unit, owner), "teams", until=2)
    found = _seen(made)
    assert found is not None
    assert found.rounds == ("Round 1", "Round 2")
    assert not found.wins
    wanted = {row.name: f"{row.values['points']:g}" for row in table.rows}
    assert {one.team: one.points for one in found.places} == wanted


def test_a_silent_round_in_between_adds_nothing(made: Made) -> None:
    _set_silent(made, 2)
    found = _seen(made)
    assert found is not None
    assert found.rounds == ("Round 1", "Round 3", "Round 4")
    assert sum(float(one.points) for one in found.places) == 3 * 4 * 6


def test_teams_stand_by_points_and_then_by_name_without_a_rank(made: Made) -> None:
    _set_silent(made)
    found = _seen(made)
    assert found is not None
    order = [(-float(one.points), one.team) for one in found.places]
    assert order == sorted(order)


def test_a_round_that_is_not_completed_waits(made: Made) -> None:
    _set_silent(made)
    _set(made, 4, completed=False)
    found = _seen(made)
    assert found is not None
    assert found.rounds == ("Round 1", "Round 2", "Round 3")


def test_standings_that_are_not_published_stay_in_the_tab_room(made: Made) -> None:
    _set_silent(made)
    _publish(made, False)
    assert _seen(made) is None


def test_without_a_public_round_there_are_no_standings(made: Made) -> None:
    _set_silent(made, 1, 2, 3, 4)
    assert _seen(made) is None


def test_standings_tell_that_silent_rounds_are_left_out(made: Made) -> None:
    _set_silent(made, 4)
    found = _seen(made)
    assert found is not None
    assert found.left_out
    _set(made, 4, silent=True, completed=False)
    waiting = _seen(made)
    assert waiting is not None
    assert not waiting.left_out
    _set_silent(made)
    whole = _seen(made)
    assert whole is not None
    assert not whole.left_out
