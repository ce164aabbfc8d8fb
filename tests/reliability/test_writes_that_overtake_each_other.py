"""A ballot that comes while a job computes: nothing is stored on what no longer holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import job_registry, open_workspace
from tabapp.core.errors import StaleInput, UserError
from tabapp.jobs.testing import JobTestContext
from tabapp.services.freshness import stale_tournaments
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import RoundRow, TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit
from tests.reliability.scenes import (
    add,
    assert_results_are_derived,
    enter,
    entries_for,
    exports,
    made_up,
    rounds_of,
)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


@pytest.fixture
def owner(work: Workspace) -> TournamentRow:
    return add(work, made_up(1))


@pytest.fixture
def drawn(work: Workspace, owner: TournamentRow) -> RoundRow:
    """The first round, drawn and confirmed, without a ballot."""
    first = rounds_of(work, owner)[0]
    work.run("draw.generate", tournament=owner.id, round_id=first.id, seed=1, confirm=True)
    return rounds_of(work, owner)[0]


class Meanwhile:
    """The database of a job, in which a ballot is confirmed when the job comes to write."""

    def __init__(self, work: Workspace, owner: TournamentRow, round_: RoundRow) -> None:
        self.work, self.owner = work, owner
        self.entries = entries_for(work, round_, 1)
        self.state: dict[int, bytes] = {}

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        with self.work.database.read() as unit:
            yield unit

    @contextmanager
    def write(self, **options: Any) -> Iterator[WriteUnit]:
        enter(self.work, self.owner, [self.entries.pop()])
        self.state = exports(self.work.database)
        with self.work.database.write(**options) as unit:
            yield unit


def overtake(
    work: Workspace, owner: TournamentRow, round_: RoundRow, name: str, **params: Any
) -> Exception:
    """Run a job that a ballot overtakes; return what it raises, once sure it stored nothing."""
    units = Meanwhile(work, owner, round_)
    context: JobTestContext[ReadUnit, WriteUnit] = JobTestContext(units, tournament=owner.id)
    with pytest.raises((StaleInput, UserError)) as caught:
        context.run(job_registry().get(name), **params)
    assert units.state != {}
    assert exports(work.database) == units.state
    assert_results_are_derived(work.database)
    return caught.value


def test_a_break_without_the_last_ballot_is_not_stored(
    work: Workspace, owner: TournamentRow, drawn: RoundRow
) -> None:
    error = overtake(
        work, owner, drawn, "break.generate", tournament_id=owner.id, ties="lot", seed=1)
    assert isinstance(error, StaleInput)


def test_tables_without_the_last_ballot_are_known_as_old_and_made_again(
    work: Workspace, owner: TournamentRow, drawn: RoundRow
) -> None:
    recalculate = job_registry().get("standings.recalculate")
    context: JobTestContext[ReadUnit, WriteUnit] = JobTestContext(
        Meanwhile(work, owner, drawn), tournament=owner.id)
    context.run(recalculate, tournament_id=owner.id)
    assert [one.spec for one in context.follow_ups] == [recalculate]
    with work.database.read() as unit:
        assert stale_tournaments(unit) == [owner.id]
    again: JobTestContext[ReadUnit, WriteUnit] = JobTestContext(
        work.database, tournament=owner.id)
    again.run(recalculate, tournament_id=owner.id)
    assert again.follow_ups == []
    with work.database.read() as unit:
        assert stale_tournaments(unit) == []
    assert_results_are_derived(work.database)


@pytest.mark.parametrize("seq", [1, 2])
def test_a_draw_without_the_last_ballot_is_not_stored(
    work: Workspace, owner: TournamentRow, drawn: RoundRow, seq: int
) -> None:
    round_ = rounds_of(work, owner)[seq - 1]
    error = overtake(
        work, owner, drawn, "draw.generate", round_id=round_.id, seed=9, replace=True,
        ignore_missing=True)
    assert isinstance(error, StaleInput)


def test_made_up_ballots_do_not_take_the_place_of_one_that_came_meanwhile(
    work: Workspace, owner: TournamentRow, drawn: RoundRow
) -> None:
    error = overtake(work, owner, drawn, "demo.simulate", round_id=drawn.id, seed=9)
    assert isinstance(error, StaleInput)


@pytest.mark.parametrize("name", ["draw.allocate_adjudicators", "draw.allocate_venues"])
def test_panels_and_rooms_stay_once_a_ballot_has_come(
    work: Workspace, owner: TournamentRow, drawn: RoundRow, name: str
) -> None:
    error = overtake(work, owner, drawn, name, round_id=drawn.id, seed=9)
    assert isinstance(error, StaleInput | UserError)
    assert error.code in ("stale_input", "round_has_results")
    with pytest.raises(UserError) as caught:
        JobTestContext(work.database, tournament=owner.id).run(
            job_registry().get(name), round_id=drawn.id, seed=9)
    assert caught.value.code == "round_has_results"


def test_a_draw_that_is_asked_for_again_with_its_seed_keeps_its_results(
    work: Workspace, owner: TournamentRow, drawn: RoundRow
) -> None:
    enter(work, owner, entries_for(work, drawn, 1))
    state = exports(work.database)
    work.run("draw.generate", tournament=owner.id, round_id=drawn.id, seed=1, replace=True)
    assert exports(work.database) == state
    work.run("draw.generate", tournament=owner.id, round_id=drawn.id, seed=2, replace=True)
    assert exports(work.database) != state
    work.database.undo(owner.id, actor="Ann")
    assert exports(work.database) == state
