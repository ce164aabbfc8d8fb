"""The job that foresees the break, what is kept of it, and the liveness of rounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.domain.forecast import make_forecast
from tabapp.services import exchange, forecast, liveness
from tabapp.services.events import ForecastUpdated
from tabapp.services.forecast import ForecastView
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tests.domain.forecast.forecast_world import made, open_last


class Hall:
    """A tournament on a real file; ``heard`` are the runs of each forecast that was told."""

    def __init__(self, work: Workspace, archive: Archive) -> None:
        self.work = work
        self.owner: TournamentRow = work.tournament(
            exchange.add(work.database, archive, now=work.clock.now(), actor="Ann"))
        self.heard: list[int] = []
        work.bus.subscribe(ForecastUpdated, lambda event: self.heard.append(event.runs))

    def run(self, **more: Any) -> Any:
        return self.work.run(
            "break.forecast", tournament=self.owner.id, tournament_id=self.owner.id, **more).value

    def view(self) -> ForecastView | None:
        with self.work.database.read() as unit:
            return forecast.read_forecast(unit, self.owner.id)

    def rename(self, name: str) -> None:
        """Change what a forecast is made from."""
        with self.work.database.write(tournament=self.owner.id, verb="rename") as unit:
            row = unit.scalar(select(schema.team.c.id).order_by(schema.team.c.id))
            unit.update(schema.team, {row: {"name": name}})


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "hall.tabapp", create=True, clock=ManualClock()) as work:
        yield work


@pytest.fixture
def hall(opened: Workspace) -> Hall:
    archive = made(teams=32, rounds=4)
    open_last(archive, but=3)
    return Hall(opened, archive)


def test_a_first_picture_comes_at_once_and_the_whole_follows(hall: Hall) -> None:
    assert hall.view() is None
    first = hall.run(runs=9000)
    assert first["stored"]
    assert 1000 <= first["runs"] < 9000
    assert hall.heard == [first["runs"], 9000]
    view = hall.view()
    assert view is not None
    assert (view.forecast.runs, view.outdated) == (9000, "")
    with hall.work.database.read() as unit:
        case = forecast.read_case(unit, hall.owner)
    assert view.forecast == make_forecast(case, runs=9000, seed=forecast.SEED)


def test_a_forecast_that_holds_is_not_made_again(hall: Hall) -> None:
    hall.run(runs=500)
    hall.heard.clear()
    assert hall.run(runs=500) == {"runs": 500, "stored": False}
    assert hall.heard == []
    assert hall.run(runs=500, seed=7)["stored"]
    view = hall.view()
    assert view is not None
    assert view.forecast.seed == 7


def test_a_change_makes_it_old_until_it_is_made_again(hall: Hall) -> None:
    hall.run(runs=500)
    hall.rename("Renamed")
    view = hall.view()
    assert view is not None
    assert view.outdated.startswith("The forecast is older")
    assert hall.run(runs=500)["stored"]
    view = hall.view()
    assert view is not None
    assert view.outdated == ""
    assert "Renamed" in view.names.values()


def test_rooms_carry_the_ids_and_names_of_debates(hall: Hall) -> None:
    hall.run(runs=500)
    view = hall.view()
    assert view is not None
    with hall.work.database.read() as unit:
        debate, round_ = schema.debate, schema.round_
        last = {ref for (ref,) in unit.fetch(
            select(debate.c.ref).join(round_, round_.c.id == debate.c.round_id)
            .where(round_.c.seq == 4, debate.c.status != "confirmed"))}
    assert {room.debate for room in view.forecast.rooms} == last
    assert len(last) == 5
    assert last <= view.rooms.keys()


def test_with_nothing_left_to_play_few_runs_are_the_whole(opened: Workspace) -> None:
    hall = Hall(opened, made(teams=32, rounds=3))
    assert hall.run()["stored"]
    assert len(hall.heard) == 1
    assert hall.run()["stored"] is False
    view = hall.view()
    assert view is not None
    assert view.forecast.rounds_left == 0


def test_nothing_is_foreseen_once_the_elimination_rounds_began(hall: Hall) -> None:
    hall.run(runs=500)
    before = hall.view()
    with hall.work.database.write(tournament=hall.owner.id, verb="draw") as unit:
        row = unit.scalar(select(schema.round_.c.id).where(schema.round_.c.seq == 4))
        unit.update(schema.round_, {row: {
            "stage": "elimination", "draw_type": "elimination", "status": "released",
            "break_category_id": unit.scalar(select(schema.break_category.c.id))}})
    assert hall.run(runs=500) == {"runs": 0, "stored": False}
    after = hall.view()
    assert before is not None
    assert after is not None
    assert after.forecast == before.forecast


def test_nothing_is_foreseen_without_a_break(opened: Workspace) -> None:
    archive = made(teams=16, rounds=2, left=1)
    archive.break_categories = []
    for team in archive.teams:
        team.break_categories = []
    hall = Hall(opened, archive)
    assert hall.run() == {"runs": 0, "stored": False}
    assert hall.view() is None


def test_the_forecast_goes_with_its_tournament(hall: Hall) -> None:
    hall.run(runs=500)
    hall.work.database.undo(None, actor="Ann")
    with hall.work.database.read() as unit:
        assert unit.rows(select(schema.tournament)) == []
        assert unit.rows(select(schema.forecast)) == []


# --- liveness ----------------------------------------------------------------------------------


def test_liveness_counts_teams_that_can_break_and_rooms_by_pairs(opened: Workspace) -> None:
    archive = made(teams=32, rounds=4, settings={})
    hall = Hall(opened, archive)
    with opened.database.read() as unit:
        found = liveness.read_liveness(unit, hall.owner.id, 4)
    open_, esl = found.categories
    assert set(open_.teams) == {team.id for team in archive.teams}
    assert open_.count("safe") + open_.count("live") + open_.count("dead") == 32
    for debate in archive.rounds[3].debates:
        live = sum(
            one.teams.get(side.team) == "live" for one in (open_, esl) for side in debate.sides)
        assert found.rooms[debate.id] == live
    document = liveness.as_json(found)
    assert [one["slug"] for one in document["categories"]] == ["open", "esl"]
    assert document["categories"][0]["safe"] == open_.safe


def test_swings_and_withdrawn_teams_do_not_count(opened: Workspace) -> None:
    archive = made(teams=24, rounds=4)
    size = archive.break_categories[0].size
    for team in archive.teams[size - 1:]:
        team.type = "swing"
    hall = Hall(opened, archive)
    with opened.database.read() as unit:
        found = liveness.read_liveness(unit, hall.owner.id, 4)
    assert (found.categories[0].safe, found.categories[0].dead) == (0, -1)
    assert set(found.categories[0].teams.values()) == {"safe"}


def test_liveness_before_the_first_round_knows_no_results(opened: Workspace) -> None:
    hall = Hall(opened, made(teams=32, rounds=4))
    with opened.database.read() as unit:
        found = liveness.read_liveness(unit, hall.owner.id, 1)
        assert set(found.points.values()) == {0.0}
        with pytest.raises(UserError) as caught:
            liveness.read_liveness(unit, hall.owner.id, 9)
    assert caught.value.code == "round_unknown"


def test_liveness_is_refused_before_an_elimination_round(hall: Hall) -> None:
    with hall.work.database.write(tournament=hall.owner.id, verb="move") as unit:
        row = unit.scalar(select(schema.round_.c.id).where(schema.round_.c.seq == 4))
        unit.update(schema.round_, {row: {
            "stage": "elimination", "draw_type": "elimination",
            "break_category_id": unit.scalar(select(schema.break_category.c.id))}})
    with hall.work.database.read() as unit, pytest.raises(UserError) as caught:
        liveness.read_liveness(unit, hall.owner.id, 4)
    assert caught.value.code == "liveness_not_preliminary"
