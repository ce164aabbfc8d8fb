"""Every job: run twice, cancelled and failed wherever it looks, the old state or the new one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import job_registry, open_workspace
from tabapp.jobs.errors import JobCancelled
from tabapp.jobs.testing import JobTestContext
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import RoundRow, TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.play import play_round
from tests.reliability.scenes import (
    THOROUGH,
    Rows,
    add,
    assert_results_are_derived,
    cached,
    exports,
    made_up,
    rounds_of,
)

POINTS = 1000 if THOROUGH else 8
"""Most points at which a job is interrupted; further ones are passed over evenly."""

State = tuple[dict[int, bytes], dict[str, Rows]]
Params = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A tournament of three rounds, of which two were played."""

    work: Workspace
    owner: TournamentRow
    rounds: tuple[RoundRow, ...]

    def run(self, name: str, **params: Any) -> None:
        self.work.run(name, tournament=self.owner.id, **params)

    @property
    def last(self) -> int:
        return self.rounds[-1].id

    def draw_last(self) -> None:
        self.run("draw.generate", round_id=self.last, seed=3, confirm=True)
        self.run("draw.allocate_adjudicators", round_id=self.last, seed=3)
        self.run("draw.allocate_venues", round_id=self.last, seed=3)

    def play_last(self) -> None:
        self.draw_last()
        self.run("demo.simulate", round_id=self.last, seed=3)


def a_first_draw(scene: Scene) -> Params:
    return {"round_id": scene.last, "seed": 5}


def another_draw(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5, "replace": True}


def the_draw_that_is_there(scene: Scene) -> Params:
    scene.play_last()
    return {"round_id": scene.last, "seed": 3, "replace": True}


def seats(scene: Scene) -> Params:
    scene.run("draw.generate", round_id=scene.last, seed=3)
    return {"round_id": scene.last, "seed": 5}


def other_seats(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5}


def results(scene: Scene) -> Params:
    scene.draw_last()
    return {"round_id": scene.last, "seed": 5}


def tables_after_a_round(scene: Scene) -> Params:
    scene.play_last()
    return {"tournament_id": scene.owner.id}


def a_break_by_lot(scene: Scene) -> Params:
    scene.play_last()
    return {"tournament_id": scene.owner.id, "ties": "lot", "seed": 5}


def a_break_that_asks(scene: Scene) -> Params:
    scene.play_last()
    return {"tournament_id": scene.owner.id, "ties": "ask"}


CASES: dict[str, list[Callable[[Scene], Params]]] = {
    "break.generate": [a_break_by_lot, a_break_that_asks],
    "demo.simulate": [results],
    "draw.allocate_adjudicators": [seats, other_seats],
    "draw.allocate_venues": [seats, other_seats],
    "draw.generate": [a_first_draw, another_draw, the_draw_that_is_there],
    "standings.recalculate": [tables_after_a_round],
}
HOLDS: dict[Callable[[Scene], Params], bytes] = {
    a_break_by_lot: b'"lost_coin_toss"', a_break_that_asks: b'"tied"',
}
"""What the documents hold after a run, so that these cases are what they claim."""

EACH = [(name, case) for name, cases in CASES.items() for case in cases]


def test_every_job_of_the_program_has_a_case_here() -> None:
    assert sorted(CASES) == [spec.name for spec in job_registry()]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with the tournament of a ``Scene``; points alone decide, so that teams tie."""
    path = tmp_path_factory.mktemp("jobs") / "played.tabapp"
    with open_workspace(path, create=True) as work:
        owner = add(work, made_up(7, teams=12, rounds=3, team_standings_precedence=["points"]))
        for round_ in rounds_of(work, owner)[:2]:
            for _result in play_round(work, owner, round_, 1):
                pass
    return path


class Trial:
    """One job with one input, run again and again from one state."""

    def __init__(self, name: str, case: Callable[[Scene], Params], played: Path) -> None:
        self.spec = job_registry().get(name)
        self.case = case
        self.start = played.with_name(f"{name}-{case.__name__}.tabapp")
        shutil.copy(played, self.start)
        with self.opened(self.start) as scene:
            self.params = case(scene)
            self.old = state_of(scene)

    @contextmanager
    def opened(self, path: Path) -> Iterator[Scene]:
        with open_workspace(path) as work:
            owner = work.tournament()
            yield Scene(work, owner, tuple(rounds_of(work, owner)))

    @contextmanager
    def afresh(self) -> Iterator[Scene]:
        """Open a copy of the state in which the job starts."""
        path = self.start.with_name("copy.tabapp")
        shutil.copy(self.start, path)
        with self.opened(path) as scene:
            yield scene

    def context(self, scene: Scene) -> JobTestContext[ReadUnit, WriteUnit]:
        return JobTestContext(scene.work.database, tournament=scene.owner.id)


def state_of(scene: Scene) -> State:
    return exports(scene.work.database), cached(scene.work.database)


def choose(points: int) -> list[int]:
    """Return up to ``POINTS`` of the points, the last ones among them."""
    if points <= POINTS:
        return list(range(1, points + 1))
    spread = {1 + round(number * (points - 1) / (POINTS - 5)) for number in range(POINTS - 4)}
    return sorted(spread | set(range(points - 4, points + 1)))


@pytest.fixture(scope="module", params=EACH, ids=[f"{name}-{case.__name__}" for name, case in EACH])
def trial(request: pytest.FixtureRequest, played: Path) -> Trial:
    name, case = request.param
    return Trial(name, case, played)


def test_a_job_that_runs_twice_leaves_what_one_run_leaves(trial: Trial) -> None:
    with trial.afresh() as scene:
        first = trial.context(scene)
        first.run(trial.spec, **trial.params)
        first.assert_progress_complete()
        once = state_of(scene)
        trial.context(scene).run(trial.spec, **trial.params)
        assert state_of(scene) == once
        assert_results_are_derived(scene.work.database)
    assert HOLDS.get(trial.case, b"") in b"".join(once[0].values())
    with trial.afresh() as scene:
        scene.run(trial.spec.name, **trial.params)
        assert state_of(scene) == once  # through the queue as alone
        scene.run(trial.spec.name, **trial.params)
        assert state_of(scene) == once


class Broken(RuntimeError):
    """What a job fails with here; nobody retries it."""


def test_a_job_cancelled_or_failed_anywhere_leaves_the_old_state_or_the_new(trial: Trial) -> None:
    with trial.afresh() as scene:
        whole = trial.context(scene)
        whole.run(trial.spec, **trial.params)
        new = state_of(scene)
    places: list[str | int] = [*dict.fromkeys(whole.steps), *choose(whole.points)]
    interruptions = [(place, error) for place in places for error in (None, Broken())]
    left = iter(interruptions)
    stopped, done = 0, False
    while not done:
        with trial.afresh() as scene:
            for place, error in left:
                ended = interrupt(trial, scene, place, error)
                state = state_of(scene)
                assert state in ((new,) if ended else (trial.old, new)), (place, error)
                stopped += not ended
                if state != trial.old:
                    break  # go on with a fresh copy
            else:
                done = True
    assert stopped >= 2


def interrupt(
    trial: Trial, scene: Scene, place: str | int, error: Exception | None
) -> bool:
    """Run the job with one interruption; tell whether it ran to its end all the same."""
    context = trial.context(scene)
    if error is None:
        context.cancel_at(place)
    else:
        context.fail_at(place, error)
    try:
        context.run(trial.spec, **trial.params)
    except (JobCancelled, Broken):
        return False
    return True


def test_a_job_whose_commit_fails_leaves_the_old_state(trial: Trial) -> None:
    def fail(unit: WriteUnit) -> None:
        if unit.changes or unit.topics:
            raise Broken

    with trial.afresh() as scene:
        scene.work.database.hooks.append(fail)
        context = trial.context(scene)
        writes = trial.case is not the_draw_that_is_there
        if writes:
            with pytest.raises(Broken):
                context.run(trial.spec, **trial.params)
            assert context.events == []
            assert context.follow_ups == []
        else:
            context.run(trial.spec, **trial.params)
        assert state_of(scene) == trial.old
