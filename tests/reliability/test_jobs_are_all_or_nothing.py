"""Every job: run twice, cancelled and failed wherever it looks, the old state or the new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabapp.jobs.errors import JobCancelled
from tabapp.store.unit import WriteUnit
from tests.reliability.every_job import (
    Case,
    Scene,
    Trial,
    a_break_by_lot,
    a_break_that_asks,
    every_case,
    play_two_rounds,
    state_of,
)
from tests.reliability.scenes import THOROUGH, assert_results_are_derived

POINTS = 1000 if THOROUGH else 8
"""Most points at which a job is interrupted; further ones are passed over evenly."""

HOLDS: dict[Case, bytes] = {
    a_break_by_lot: b'"lost_coin_toss"', a_break_that_asks: b'"tied"',
}
"""What the documents hold after a run, so that these cases are what they claim."""

EACH = every_case()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with the tournament of a ``Scene``."""
    path = tmp_path_factory.mktemp("jobs") / "played.tabapp"
    play_two_rounds(path)
    return path


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
        once = state_of(scene.work)
        trial.context(scene).run(trial.spec, **trial.params)
        assert state_of(scene.work) == once
        assert_results_are_derived(scene.work.database)
    assert HOLDS.get(trial.case, b"") in b"".join(once[0].values())
    alone = not first.follow_ups
    with trial.afresh() as scene:
        trial.run(scene)
        queued = state_of(scene.work)
        assert queued == once or not alone  # through the queue as alone
        trial.run(scene)
        assert state_of(scene.work) == queued


class Broken(RuntimeError):
    """What a job fails with here; nobody retries it."""


def test_a_job_cancelled_or_failed_anywhere_leaves_the_old_state_or_the_new(trial: Trial) -> None:
    with trial.afresh() as scene:
        whole = trial.context(scene)
        whole.run(trial.spec, **trial.params)
        new = state_of(scene.work)
    places: list[str | int] = [*dict.fromkeys(whole.steps), *choose(whole.points)]
    interruptions = [(place, error) for place in places for error in (None, Broken())]
    left = iter(interruptions)
    stopped, done = 0, False
    while not done:
        with trial.afresh() as scene:
            for place, error in left:
                ended = interrupt(trial, scene, place, error)
                state = state_of(scene.work)
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
    tried = []

    def fail(unit: WriteUnit) -> None:
        tried.append(unit.header.verb)
        raise Broken

    with trial.afresh() as scene:
        scene.work.database.hooks.append(fail)
        context = trial.context(scene)
        try:
            context.run(trial.spec, **trial.params)
        except Broken:
            assert context.events == []
            assert context.follow_ups == []
        assert state_of(scene.work) == trial.old
    with trial.afresh() as scene:
        trial.context(scene).run(trial.spec, **trial.params)
        assert tried or state_of(scene.work) == trial.old
