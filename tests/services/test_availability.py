"""Who is there in a round: marked, taken from the round before, counted, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.simulation import generate_tournament
from tabapp.services import availability as service
from tabapp.services import exchange
from tabapp.services.availability import Availability
from tabapp.services.workspace import Workspace
from tabapp.store.availability import present_teams
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import WriteUnit


class _Hall:
    """A tournament of 18 teams and two rounds, where nothing is drawn."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        document = generate_tournament(preset="bp", teams=20, rounds=2, seed=5, play=False)
        exchange.add(work.database, document, now=work.clock.now(), actor="t")
        self.owner = work.tournament()
        with work.database.read() as unit:
            self.first, self.second = (one.id for one in list_rounds(unit, self.owner.id))

    def read(self, round_id: int) -> Availability:
        with self.work.database.read() as unit:
            return service.read_availability(unit, round_id)

    def write(self, change: Callable[[WriteUnit], None]) -> None:
        with self.work.database.write(
            actor="t", verb="mark", tournament=self.owner.id
        ) as unit:
            change(unit)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[_Hall]:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        yield _Hall(work)


def test_at_first_everybody_is_here_and_the_first_round_has_none_before(hall: _Hall) -> None:
    found = hall.read(hall.first)
    assert all(one.here and one.before is None for one in found.rows["team"])
    assert (found.needs.teams, found.needs.rooms, found.needs.over) == (20, 5, 0)


def test_who_is_marked_away_is_away_from_that_round_only(hall: _Hall) -> None:
    gone = [one.id for one in hall.read(hall.first).rows["team"]][:3]
    hall.write(lambda unit: service.set_here(unit, hall.first, "team", gone, here=False))
    found = hall.read(hall.first)
    assert [one.id for one in found.rows["team"] if not one.here] == gone
    assert (found.needs.teams, found.needs.rooms, found.needs.over) == (17, 4, 1)
    later = hall.read(hall.second)
    assert all(one.here for one in later.rows["team"])
    assert [one.id for one in later.rows["team"] if one.before is False] == gone
    with hall.work.database.read() as unit:
        assert len(present_teams(unit, hall.owner.id, hall.first)) == 17


def test_as_last_round_takes_teams_judges_and_rooms_along_and_is_undone_at_once(
    hall: _Hall,
) -> None:
    found = hall.read(hall.first)
    for kind in ("team", "adjudicator", "venue"):
        hall.write(lambda unit, kind=kind: service.set_here(
            unit, hall.first, kind, [found.rows[kind][0].id], here=False))
    hall.write(lambda unit: service.as_last_round(unit, hall.second))
    for rows in hall.read(hall.second).rows.values():
        assert [one.here for one in rows[:2]] == [False, True]
    hall.work.database.undo(hall.owner.id, actor="t")
    assert all(one.here for rows in hall.read(hall.second).rows.values() for one in rows)


def test_only_some_are_here_then_all_again(hall: _Hall) -> None:
    some = [one.id for one in hall.read(hall.first).rows["adjudicator"]][:2]
    hall.write(lambda unit: service.only_here(unit, hall.first, "adjudicator", some))
    assert hall.read(hall.first).needs.judges == 2
    hall.write(lambda unit: service.all_here(unit, hall.first, "adjudicator"))
    found = hall.read(hall.first)
    assert found.needs.judges == len(found.rows["adjudicator"]) > 2


def test_the_first_round_has_no_last_round(hall: _Hall) -> None:
    with pytest.raises(UserError) as raised:
        hall.write(lambda unit: service.as_last_round(unit, hall.first))
    assert raised.value.code == "no_earlier_round"
