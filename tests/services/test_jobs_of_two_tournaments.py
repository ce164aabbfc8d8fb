"""Jobs write to the tournament that they hold the lock of, and to no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.services import exchange
from tabapp.services.workspace import JobFailed, Workspace
from tabapp.store.draw_rows import read_debates
from tabapp.tasks.play import play_round


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    """Open a file with two tournaments of eight teams, random-1 and random-2, not played."""
    with open_workspace(tmp_path / "two.tabapp", create=True) as work:
        for seed in (1, 2):
            archive = generate_tournament(
                preset="bp", teams=8, rounds=2, seed=seed, break_size=4, play=False)
            exchange.add(work.database, archive, now=work.clock.now(), actor="test")
        yield work


def test_a_job_never_writes_to_a_tournament_whose_lock_it_does_not_hold(work: Workspace) -> None:
    one, _ = work.round("random-1", 1)
    _two, other = work.round("random-2", 1)
    with pytest.raises(JobFailed):
        work.run("draw.generate", tournament=one.id, round_id=other.id, seed=1)
    with work.database.read() as unit:
        assert read_debates(unit, other.id) == []


def test_a_failed_job_tells_what_failed(work: Workspace) -> None:
    one, round_ = work.round("random-1", 2)
    with pytest.raises(JobFailed) as caught:
        work.run("draw.generate", tournament=one.id, round_id=round_.id, seed=1)
    assert "Round 1 has no draw yet" in str(caught.value)


def test_a_dry_run_of_the_judges_stores_none_and_the_real_one_does(work: Workspace) -> None:
    owner, round_ = work.round("random-1", 1)
    work.run("draw.generate", tournament=owner.id, round_id=round_.id, seed=1, confirm=True)
    for dry, seated in ((True, False), (False, True)):
        work.run(
            "draw.allocate_adjudicators", tournament=owner.id, round_id=round_.id, seed=1,
            dry_run=dry)
        with work.database.read() as unit:
            assert all(bool(one.panel) is seated for one in read_debates(unit, round_.id))


def test_a_draft_is_confirmed_by_drawing_it_again(work: Workspace) -> None:
    owner, round_ = work.round("random-1", 1)
    for confirm, status in ((False, "draft"), (True, "confirmed"), (False, "confirmed")):
        work.run(
            "draw.generate", tournament=owner.id, round_id=round_.id, seed=1, confirm=confirm)
        assert work.round("random-1", 1)[1].status == status


def test_an_interrupted_round_goes_on_where_it_stopped(work: Workspace) -> None:
    owner, round_ = work.round("random-1", 1)
    steps = play_round(work, owner, round_, seed=3)
    assert next(steps).name == "draw.generate"
    steps.close()
    names = [job.name for job in play_round(work, owner, work.round("random-1", 1)[1], seed=3)]
    assert names == [
        "draw.allocate_adjudicators", "draw.allocate_venues", "demo.simulate",
        "standings.recalculate",
    ]
    with work.database.read() as unit:
        assert all(one.panel and one.venue for one in read_debates(unit, round_.id))


def test_simulated_results_never_replace_those_of_people(work: Workspace) -> None:
    owner, round_ = work.round("random-1", 1)
    for _job in play_round(work, owner, round_, seed=3):
        pass
    with work.database.read() as unit:
        before = write_archive(exchange.read(unit, owner))
    again = list(play_round(work, owner, work.round("random-1", 1)[1], seed=4))
    assert [job.stats.get("ballots") for job in again] == [0, None]
    with work.database.read() as unit:
        assert write_archive(exchange.read(unit, owner)) == before
