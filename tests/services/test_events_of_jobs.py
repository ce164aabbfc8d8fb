"""What the jobs of the catalogue tell after their commit: each event once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tabapp.jobs.testing import JobTestContext
from tabapp.services import events
from tabapp.store import schema
from tests.reliability.every_job import (
    Scene,
    context_of,
    opened,
    play_two_rounds,
)

Given = Callable[[Scene], dict[str, Any]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("events") / "played.tabapp"
    play_two_rounds(path)
    return path


@pytest.fixture
def scene(played: Path, tmp_path: Path) -> Any:
    with opened(Path(shutil.copy(played, tmp_path / "t.tabapp"))) as found:
        yield found


def a_round(at: Scene) -> dict[str, Any]:
    return {"round_id": at.last, "seed": 5}


def a_drawn_round(at: Scene) -> dict[str, Any]:
    at.run("draw.generate", round_id=at.last, seed=3, confirm=True)
    return {"round_id": at.last, "seed": 5}


def the_tournament(at: Scene) -> dict[str, Any]:
    return {"tournament_id": at.owner.id}


def a_break(at: Scene) -> dict[str, Any]:
    at.play_last()
    return {"tournament_id": at.owner.id, "ties": "lot", "seed": 5}


def a_ballot(at: Scene) -> dict[str, Any]:
    return {"ballot_id": at.first_of(schema.ballot)}


def a_file_with_one_round_more(at: Scene) -> dict[str, Any]:
    source = at.copy()
    with opened(source) as other:
        other.play_last()
    return {"source": str(source), "dry_run": False}


def a_few_endings(at: Scene) -> dict[str, Any]:
    return {**the_tournament(at), "runs": 300}


def nothing(_at: Scene) -> dict[str, Any]:
    return {}


CASES: list[tuple[str, Given, type[events.DomainEvent]]] = [
    ("draw.generate", a_round, events.DrawCreated),
    ("draw.allocate_adjudicators", a_drawn_round, events.AllocationChanged),
    ("draw.allocate_venues", a_drawn_round, events.AllocationChanged),
    ("standings.recalculate", the_tournament, events.StandingsUpdated),
    ("results.process_ballot", a_ballot, events.ResultsUpdated),
    ("recovery.recover", a_file_with_one_round_more, events.RecoveryDone),
    ("break.generate", a_break, events.BreakCreated),
    ("break.forecast", a_few_endings, events.ForecastUpdated),
    ("recommendations.refresh", the_tournament, events.RecommendationsUpdated),
    ("maintenance.snapshot", nothing, events.SnapshotMade),
    ("maintenance.health_check", nothing, events.HealthChanged),
]
"""Late ballots and awards have tests of their own, with the states that they need."""


@pytest.mark.parametrize(("name", "given", "kind"), CASES, ids=[one[0] for one in CASES])
def test_a_job_tells_its_event_once_after_its_commit(
    scene: Scene, name: str, given: Given, kind: type[events.DomainEvent]
) -> None:
    params = given(scene)
    heard: list[events.DomainEvent] = []
    scene.work.bus.subscribe(kind, heard.append)
    scene.work.run(name, tournament=scene.owner.id, **params)
    assert [type(one) for one in heard] == [kind]
    assert heard[0].tournament in (None, scene.owner.id)


def test_a_draw_that_is_there_already_tells_nothing(scene: Scene) -> None:
    scene.run("draw.generate", round_id=scene.last, seed=3)
    heard: list[events.DomainEvent] = []
    scene.work.bus.subscribe(events.DrawCreated, heard.append)
    scene.run("draw.generate", round_id=scene.last, seed=3)
    assert heard == []


def test_a_job_that_did_not_commit_tells_nothing(scene: Scene) -> None:
    heard: list[events.DomainEvent] = []
    scene.work.bus.subscribe(events.DomainEvent, heard.append)
    spec = scene.work.queue.registry.get("draw.generate")
    context = context_of(scene, spec, JobTestContext)
    context.fail_at("Storing", RuntimeError("broken"))
    with pytest.raises(RuntimeError):
        context.run(spec, **a_round(scene))
    assert heard == []
