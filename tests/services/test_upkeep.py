"""Cleaning up: what is old goes, the trail of results stays, undo goes on, twice is as once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.jobs.errors import JobCancelled
from tabapp.jobs.ports import LogLine, RunRecord
from tabapp.jobs.testing import JobTestContext
from tabapp.services import drafts, upkeep
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.health_reads import broken_links
from tabapp.store.journal import Action
from tabapp.store.leases import SqlLeases
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.store.upkeep import Chain, parts_of, superseded_drafts
from tabapp.tasks.maintenance import cleanup
from tests.reliability.scenes import add
from tests.services.desk_scenes import confirm, document, filled, form_of, save, write

DAY = 24 * 3600.0


@dataclass
class Office:
    """A tournament whose first round waits for ballots, and a clock that can be moved."""

    work: Workspace
    clock: ManualClock
    contexts: list[JobTestContext[ReadUnit, WriteUnit]] = field(default_factory=list)

    @property
    def owner(self) -> int:
        return self.work.tournament().id

    def rename(self, name: str, ref: str = "T1") -> int:
        """Rename a team; return the action."""
        with self.work.database.write(
            actor="Ann", verb="rename", subject=name, tournament=self.owner
        ) as unit:
            row = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == ref))
            unit.update(schema.team, {row: {"name": name}})
        assert unit.action_id is not None
        return unit.action_id

    def actions(self) -> list[Action]:
        return self.work.database.history(self.owner)

    def last(self) -> int:
        return self.actions()[0].id

    def clean(self, **params: Any) -> dict[str, int]:
        """Run the job; return what it counted."""
        context = self.context()
        context.run(cleanup, **params)
        context.assert_progress_complete()
        return context.stats

    def context(self) -> JobTestContext[ReadUnit, WriteUnit]:
        self.contexts.append(JobTestContext(
            self.work.database, clock=self.clock, resources=self.work.queue.resources))
        return self.contexts[-1]

    def count(self, table: Any) -> int:
        with self.work.database.read() as unit:
            found = unit.scalar(select(func.count()).select_from(table))
        assert isinstance(found, int)
        return found

    def write(self, do: Callable[[WriteUnit], object]) -> None:
        write(self.work, "Ann", do)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = ManualClock()
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=clock) as work:
        add(work, document())
        yield Office(work, clock)


def complete_all(unit: WriteUnit) -> None:
    """Complete every round, as when a tournament is over."""
    rounds = [row_id for (row_id,) in unit.fetch(select(schema.round_.c.id))]
    unit.update(schema.round_, {row_id: {"completed": True} for row_id in rounds})


def discarded_draft(office: Office, debate: str = "D1") -> int:
    """Enter a ballot twice and confirm the second entry; return the row of the first."""
    form = form_of(office.work, debate)
    save(office.work, form, filled(form))
    first = form_of(office.work, debate).waiting
    assert first is not None
    again = form_of(office.work, debate)
    save(office.work, again, filled(again, best=79), actor="Cem")
    confirm(office.work, form_of(office.work, debate))
    with office.work.database.read() as unit:
        gone = [row_id for (row_id,) in unit.fetch(
            select(schema.ballot.c.id).where(schema.ballot.c.status == "discarded"))]
    assert len(gone) == 1
    return int(gone[0])


# --- the journal -------------------------------------------------------------------------------


def test_old_activity_goes_with_its_changes_and_new_activity_stays(office: Office) -> None:
    old = office.rename("Old")
    office.clock.advance(100 * DAY)
    new = office.rename("New")
    counted = office.clean()
    kept = {one.id for one in office.actions()}
    assert old not in kept
    assert new in kept
    assert (counted["actions"], counted["changes"]) == (1, 1)


def test_the_limit_is_the_one_that_was_asked_for(office: Office) -> None:
    old = office.rename("Old")
    office.clock.advance(20 * DAY)
    office.rename("New")
    office.clean(activity_days=21)
    assert old in {one.id for one in office.actions()}
    office.clean(activity_days=19)
    assert old not in {one.id for one in office.actions()}


def test_the_trail_of_results_stays_for_ever(office: Office) -> None:
    discarded_draft(office)
    before = {one.id for one in office.actions() if one.trail}
    office.clock.advance(4000 * DAY)
    office.rename("New")
    office.clean()
    assert before <= {one.id for one in office.actions()}


def test_an_imported_trail_stays_since_nobody_knows_what_it_was_about(office: Office) -> None:
    def import_trail(unit: WriteUnit) -> None:
        unit.insert(schema.action, [{
            "tournament_id": office.owner, "at": "2019-05-01T10:00:00.000000Z", "actor": "Old tab",
            "verb": "confirmed a ballot", "undoable": False}])

    office.write(import_trail)
    office.clock.advance(4000 * DAY)
    office.clean()
    assert "Old tab" in {one.actor for one in office.actions()}


def test_an_action_and_its_undo_go_together_or_not_at_all(office: Office) -> None:
    whole = [office.rename("One")]
    office.work.database.undo(office.owner, actor="Ann")
    whole.append(office.last())
    office.work.database.redo(office.owner, actor="Ann")
    whole.append(office.last())
    half = office.rename("Two", "T2")
    office.clock.advance(100 * DAY)
    office.work.database.undo(office.owner, actor="Ann", action_id=half)
    office.rename("Three", "T3")
    office.clean()
    kept = {one.id for one in office.actions()}
    assert kept.isdisjoint(whole)
    assert half in kept
    with office.work.database.read() as unit:
        assert broken_links(unit) == []


def test_undo_and_redo_work_on_what_is_left(office: Office) -> None:
    discarded_draft(office)
    confirmed = office.last()
    office.rename("Long ago")
    office.clock.advance(100 * DAY)
    office.rename("Recent")
    office.clean()
    taken_back = office.work.database.undo(office.owner, actor="Ann")
    assert taken_back.subject == "rename Recent"
    assert office.work.database.redo(office.owner, actor="Ann").verb == "redo"
    office.work.database.undo(office.owner, actor="Ann", action_id=confirmed)
    assert form_of(office.work).confirmed is None


def test_a_redo_that_was_impossible_stays_impossible(office: Office) -> None:
    discarded_draft(office)
    office.work.database.undo(office.owner, actor="Ann")
    office.rename("After the undo")
    office.clock.advance(100 * DAY)
    office.clean()
    with pytest.raises(UserError) as error:
        office.work.database.redo(office.owner, actor="Ann")
    assert error.value.code == "nothing_to_redo"


def test_what_is_undone_while_the_cleanup_runs_is_left_alone(office: Office) -> None:
    old = office.rename("Old")
    office.clock.advance(100 * DAY)
    office.rename("New", "T2")
    now = office.clock.now()
    limits = upkeep.Limits(now - timedelta(days=90), now)
    with office.work.database.read() as unit:
        (part,) = [one for one in upkeep.parts(unit, limits, now) if one.kind == "actions"]
    office.work.database.undo(office.owner, actor="Ann", action_id=old)
    office.write(part.delete)
    assert old in {one.id for one in office.actions()}


@pytest.mark.parametrize(
    ("sizes", "size", "parts"),
    [
        ([3, 3, 3], 6, [[0, 1], [2]]), ([9, 1], 5, [[0], [1]]), ([], 5, []),
        ([1] * 4, 9, [[0, 1, 2, 3]]),
    ],
)
def test_chains_are_cut_into_parts_and_never_cut_themselves(
    sizes: list[int], size: int, parts: list[list[int]]
) -> None:
    chains = [Chain((number,), rows) for number, rows in enumerate(sizes)]
    assert list(parts_of(chains, size)) == parts


# --- runs, forms, programs ---------------------------------------------------------------------


def a_run(office: Office, **more: Any) -> int:
    now = office.clock.now()
    given: dict[str, Any] = {"state": "success", "finished_at": now} | more
    run = office.work.runs.create(RunRecord(name="a.job", title="A", submitted_at=now, **given))
    office.work.runs.append(run.id, [LogLine(now, "info", "line")])
    return run.id


def test_old_runs_go_with_their_logs_but_none_that_is_not_over(office: Office) -> None:
    ended = a_run(office)
    waiting = a_run(office, state="waiting", finished_at=None)
    office.clock.advance(31 * DAY)
    recent = a_run(office)
    counted = office.clean()
    assert office.work.runs.get(ended) is None
    assert office.work.runs.logs(ended) == []
    assert office.work.runs.get(waiting) is not None
    assert office.work.runs.get(recent) is not None
    assert (counted["runs"], counted["log_lines"]) == (1, 1)


def test_a_run_that_was_begun_again_meanwhile_stays(office: Office) -> None:
    run = a_run(office, state="failed")
    later = office.clock.now() + timedelta(days=31)
    with office.work.database.read() as unit:
        found = upkeep.parts(unit, upkeep.Limits(later, later), later)
    with office.work.database.housekeeping() as connection:
        connection.execute(schema.job_run.update().values(state="queued"))
    for part in found:
        office.write(part.delete)
    assert office.work.runs.get(run) is not None
    assert len(office.work.runs.logs(run)) == 1


def test_when_a_round_was_completed_is_kept(office: Office) -> None:
    office.write(complete_all)
    kept = office.last()
    office.rename("Later")
    office.clock.advance(200 * DAY)
    office.clean()
    assert kept in [one.id for one in office.actions()]


def test_forms_that_nobody_came_back_to_go(office: Office) -> None:
    with office.work.database.write(actor="Ann", verb="type", tournament=office.owner) as unit:
        drafts.keep_draft(unit, "ballot:1:1", {"scores": {}})
    office.clock.advance(80 * DAY)
    with office.work.database.write(actor="Ben", verb="type", tournament=office.owner) as unit:
        drafts.keep_draft(unit, "ballot:1:1", {"scores": {}})
    office.clock.advance(20 * DAY)
    assert office.clean()["forms"] == 1
    assert office.count(schema.form_draft) == 1


def test_rows_of_programs_that_ended_go_and_those_of_living_ones_stay(office: Office) -> None:
    leases = SqlLeases(office.work.database, lambda _owner: True)
    now = office.clock.now()
    leases.acquire("owner:elsewhere:1:1:a", "elsewhere:1:1:a", now, timedelta(seconds=15))
    released = leases.acquire("owner:b", "b", now, timedelta(seconds=15))
    assert released is not None
    leases.release(released)
    leases.acquire("tournament:1", "elsewhere:1:1:a", now, timedelta(seconds=15))
    before = office.count(schema.lease)
    office.clean()
    assert office.count(schema.lease) == before - 1
    office.clock.advance(2 * DAY)  # nobody heard of the other computer for so long
    office.clean()
    assert leases.holder("owner:elsewhere:1:1:a") is None
    assert leases.holder("tournament:1") is not None


# --- ballots that never counted ----------------------------------------------------------------


def test_superseded_drafts_of_a_finished_tournament_go(office: Office) -> None:
    gone = discarded_draft(office)
    office.write(complete_all)
    ballots, sheets = office.count(schema.ballot), office.count(schema.ballot_sheet)
    office.clock.advance(100 * DAY)
    assert office.clean()["drafts"] == 1
    assert (office.count(schema.ballot), office.count(schema.ballot_sheet)) == (
        ballots - 1, sheets - 1)
    with office.work.database.read() as unit:
        assert unit.images(schema.ballot, [gone]) == {}
    assert form_of(office.work).confirmed is not None


def test_drafts_stay_while_the_tournament_goes_on_or_is_fresh(office: Office) -> None:
    discarded_draft(office)
    office.clock.advance(100 * DAY)
    assert "drafts" not in office.clean()
    office.write(complete_all)
    with office.work.database.read() as unit:
        assert superseded_drafts(unit, office.owner, office.clock.now() - timedelta(days=101)) == []


def test_a_version_that_ever_counted_stays(office: Office) -> None:
    form = form_of(office.work)
    save(office.work, form, filled(form))
    confirm(office.work, form_of(office.work))
    office.work.database.undo(office.owner, actor="Ann")  # back to a draft that had counted
    again = form_of(office.work)
    save(office.work, again, filled(again, best=79), actor="Cem")
    confirm(office.work, form_of(office.work))
    office.write(complete_all)
    before = office.count(schema.ballot)
    assert before == 2
    office.clock.advance(100 * DAY)
    office.clean()
    assert office.count(schema.ballot) == before


# --- the run itself ----------------------------------------------------------------------------


def full_of_old_things(office: Office) -> None:
    discarded_draft(office)
    office.write(complete_all)
    for number in range(60):
        office.rename(f"Name {number}")
        a_run(office)
    office.clock.advance(100 * DAY)


def rows(office: Office) -> dict[str, int]:
    return {
        one.name: office.count(one) for one in (
            schema.action, schema.change, schema.ballot, schema.job_run, schema.job_log,
            schema.lease)}


def test_cleaning_twice_deletes_nothing_more(office: Office) -> None:
    full_of_old_things(office)
    first = office.clean()
    assert first["actions"] > 50
    after = rows(office)
    assert office.clean() == {}
    assert rows(office) == after


def test_a_cleanup_that_is_cancelled_is_finished_by_the_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.services.upkeep.ROWS", 10)
    full_of_old_things(office)
    full = rows(office)
    stopped = office.context()
    stopped.cancel_at(12)
    with pytest.raises(JobCancelled):
        stopped.run(cleanup)
    half = rows(office)
    assert half["action"] < full["action"]
    with office.work.database.read() as unit:
        assert broken_links(unit) == []
    office.clean()
    assert rows(office)["action"] < half["action"]
    assert office.clean() == {}


def test_the_run_tells_what_it_deleted_and_how_much_there_was(office: Office) -> None:
    full_of_old_things(office)
    context = office.context()
    told = context.run(cleanup)
    assert told["rows_before"]["job_run"] - told["rows_after"]["job_run"] == 60
    assert told["deleted"] == context.stats
    context.assert_logged("success", "60 runs of jobs")
    assert context.events == []
