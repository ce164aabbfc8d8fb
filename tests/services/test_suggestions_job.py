"""The jobs of suggestions: what they leave, what they say, whom they are about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.jobs.errors import JobCancelled
from tabapp.jobs.testing import JobTestContext
from tabapp.jobs.triggers import Cron
from tabapp.tasks import recommendations
from tests.services.suggestion_scene import SuggestionScene, open_suggestions


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[SuggestionScene]:
    with open_suggestions(tmp_path) as made:
        yield made


def context(scene: SuggestionScene) -> JobTestContext[object, object]:
    return JobTestContext(scene.work.database, tournament=scene.owner.id)


def shown(scene: SuggestionScene) -> list[int]:
    return [one.id for one in scene.work.database.history(scene.owner.id, limit=50) if one.trail]


def test_a_run_tells_how_many_wait_and_leaves_no_trail(scene: SuggestionScene) -> None:
    heard = scene.heard()
    before = shown(scene)
    assert scene.refresh() == {"open": 4, "added": 4, "removed": 0}
    assert heard == [4]
    assert shown(scene) == before
    scene.dismiss(scene.one("ballot"))
    scene.refresh()
    assert heard == [4, 3]


def test_progress_ends_full_and_a_cancel_leaves_nothing(scene: SuggestionScene) -> None:
    made = context(scene)
    made.cancel_at("Looking")
    with pytest.raises(JobCancelled):
        made.run(recommendations.refresh, tournament_id=scene.owner.id)
    assert scene.view().items == ()
    assert made.events == []
    made.run(recommendations.refresh, tournament_id=scene.owner.id)
    made.assert_progress_complete()
    assert made.stats["added"] == 4


def test_nobody_of_that_id_is_told_plainly(scene: SuggestionScene) -> None:
    with pytest.raises(UserError) as error:
        context(scene).run(
            recommendations.refresh, tournament_id=scene.owner.id, subject="A999")
    assert error.value.code == "suggestion_about_nobody"


def test_every_active_tournament_gets_a_run_of_its_own(
    scene: SuggestionScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendations, "active_tournaments", lambda _unit: (scene.owner.id, 99))
    made = JobTestContext(scene.work.database)
    made.run(recommendations.refresh_all)
    assert [(one.spec.name, one.tournament) for one in made.follow_ups] == [
        ("recommendations.refresh", scene.owner.id), ("recommendations.refresh", 99)]
    assert made.stats == {"submitted": 2}


def test_a_look_without_tournaments_counts_nothing(
    scene: SuggestionScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendations, "active_tournaments", lambda _unit: ())
    made = JobTestContext(scene.work.database)
    made.run(recommendations.refresh_all)
    assert made.follow_ups == []
    assert not made.stats


def test_the_clock_looks_every_night() -> None:
    assert recommendations.refresh_all.schedule == Cron("0 2 * * *")
    assert recommendations.refresh_all.quiet
    assert recommendations.refresh.schedule is None
