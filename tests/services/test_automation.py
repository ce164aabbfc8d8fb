"""What follows by itself: once for a burst, never in the thread of a ballot, healed at start."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from tabapp.core.actors import BALLOT, PROGRAM, ROUND
from tabapp.core.clock import ManualClock, SystemClock
from tabapp.core.errors import DatabaseBusy, TransientError
from tabapp.core.events import Changed
from tabapp.jobs.ports import RunRecord
from tabapp.services import rounds
from tabapp.services.automation import (
    AGAIN,
    FORECAST,
    FORECAST_EVERY,
    LONGEST,
    SNAPSHOT,
    Automation,
)
from tabapp.services.events import BallotConfirmed, StandingsUpdated, TeamCompleted
from tabapp.services.freshness import fresh_rows, stale_tournaments
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.late_world import Late, open_late

STANDINGS = "standings.recalculate"


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Late]:
    with open_late(tmp_path) as world:
        yield world


def automation_of(work: Workspace, **more: float) -> Automation:
    return Automation(work.queue, work.database, work.bus, work.clock, **more)


@contextmanager
def running(late: Late) -> Iterator[Automation]:
    """Run it on the clock that stands still, so that only ``flush`` submits anything."""
    found = automation_of(late.work)
    found.start()
    found.flush()
    try:
        yield found
    finally:
        found.stop()


def runs(late: Late, name: str = "") -> list[RunRecord]:
    """Return the runs of a job, the oldest first."""
    found = late.work.runs.history(limit=200, name=name or None)
    return sorted(found, key=lambda one: one.id)


def enter(late: Late, debate: str, best: int = 80) -> None:
    form = form_of(late.work, debate)
    typed = filled(form, best)
    typed.reason = "misread" if form.confirmed else ""
    save(late.work, form, typed)
    confirm(late.work, form_of(late.work, debate))


def is_fresh(late: Late) -> bool:
    with late.work.database.read() as unit:
        return fresh_rows(unit, late.owner) is not None


def test_a_ballot_is_verified_its_history_kept_and_the_tables_follow(late: Late) -> None:
    with running(late) as automation:
        before = len(runs(late))
        enter(late, "D1")
        assert len(runs(late)) == before  # nothing in the thread of the ballot
        assert not automation.is_idle
        assert not is_fresh(late)
        automation.flush()
        assert is_fresh(late)
        found = runs(late)[before:]
    names = [one.name for one in found]
    assert names[:3] == ["results.process_ballot", STANDINGS, "results.rebuild_timeline"]
    assert {one.submitted_by for one in found} == {BALLOT}
    assert {one.state for one in found} == {"success"}
    assert found[0].title == "Results of a ballot: Room 1"


def test_ten_ballots_in_a_second_cost_at_most_two_runs_and_the_last_is_counted(
    late: Late,
) -> None:
    with running(late) as automation:
        before = len(runs(late, STANDINGS))
        enter(late, "D1")
        enter(late, "D2")
        for best in range(71, 79):
            enter(late, "D1", best)
        automation.flush()
        assert 1 <= len(runs(late, STANDINGS)) - before <= 2
    with late.work.database.read() as unit:
        stale = stale_tournaments(unit)
        total = unit.scalar(select(schema.result_team.c.score).where(
            schema.result_team.c.debate_id == late.debate("D1"), schema.result_team.c.rank == 1))
    assert stale == []
    assert total == 78 * 2


def test_many_ballots_at_once_are_not_looked_after_one_by_one(late: Late) -> None:
    with running(late) as automation:
        before = len(runs(late))
        for number in range(11):
            late.work.bus.publish(BallotConfirmed(late.owner, late.round(), number, number))
        automation.flush()
        names = [one.name for one in runs(late)[before:]]
    assert "results.process_ballot" not in names
    assert names.count(STANDINGS) == 1


def test_an_undone_ballot_is_not_verified_but_the_tables_follow(late: Late) -> None:
    with running(late) as automation:
        before = len(runs(late))
        enter(late, "D1")
        late.work.database.undo(late.owner, actor="Ann")
        automation.flush()
        names = [one.name for one in runs(late)[before:]]
        assert is_fresh(late)
    assert "results.process_ballot" not in names
    assert STANDINGS in names


def test_a_completed_round_lets_suggestions_and_awards_follow(late: Late) -> None:
    with running(late) as automation:
        late.write(lambda unit: rounds.complete_round(unit, late.round(), reason="fire"))
        before = len(runs(late))
        automation.flush()
        found = {one.name: one for one in runs(late)[before:]}
    assert {STANDINGS, "recommendations.refresh", "achievements.check"} <= found.keys()
    assert {one.submitted_by for one in found.values()} == {ROUND}
    assert found["achievements.check"].params["event"] == "round.completed"


def test_copies_follow_ballots_once_a_minute_and_a_round_at_once(late: Late) -> None:
    def reasons() -> list[str]:
        return [str(one.params["reason"]) for one in runs(late, SNAPSHOT)]

    with running(late) as automation:
        enter(late, "D1")
        late.clock.advance(1)
        automation._send(whole=False)
        assert reasons() == ["after the ballot of Room 1"]
        enter(late, "D2")
        late.clock.advance(1)
        automation._send(whole=False)
        assert len(reasons()) == 1
        assert not automation.is_idle
        late.clock.advance(60)
        automation._send(whole=False)
        assert reasons()[1:] == ["after the ballot of Room 2"]
        late.write(lambda unit: rounds.complete_round(unit, late.round()))
        late.clock.advance(1)
        automation._send(whole=False)
        assert reasons()[2:] == ["after Round 1"]


def test_a_forecast_follows_at_once_and_then_not_at_every_ballot(late: Late) -> None:
    def standings_follow() -> int:
        automation._hear(StandingsUpdated(late.owner))
        late.clock.advance(1)
        automation._send(whole=False)
        return len(runs(late, FORECAST))

    with running(late) as automation:
        late.clock.advance(FORECAST_EVERY)  # since one was made at the start
        before = len(runs(late, FORECAST))
        assert standings_follow() == before + 1
        late.clock.advance(1)
        assert [standings_follow() for _ballot in range(3)] == [before + 1] * 3
        assert not automation.is_idle
        late.clock.advance(FORECAST_EVERY)
        automation._send(whole=False)
        assert len(runs(late, FORECAST)) == before + 2
        assert automation.is_idle


def test_a_setting_that_decides_results_makes_the_tables_again(late: Late) -> None:
    with running(late) as automation:
        before = len(runs(late, STANDINGS))
        late.write(lambda unit: unit.update(schema.tournament, {
            late.owner: {"settings": {"team_standings_precedence": ["points"]}}}))
        automation.flush()
        assert len(runs(late, STANDINGS)) == before + 1
        assert is_fresh(late)


def test_what_another_program_wrote_that_program_looks_after(late: Late) -> None:
    with running(late) as automation:
        late.work.bus.publish(Changed(late.owner, frozenset({"results"}), "elsewhere"))
        late.work.bus.publish(Changed(late.owner, frozenset({"draws"})))
        assert automation.is_idle


def test_nothing_follows_in_a_tournament_that_is_gone(late: Late) -> None:
    with running(late) as automation:
        before = len(runs(late))
        late.work.bus.publish(BallotConfirmed(99, 1, 1, 1))
        late.work.bus.publish(TeamCompleted(99, 1))
        automation.flush()
        assert len(runs(late)) == before
        assert automation.is_idle


def test_the_tables_of_a_program_that_was_killed_are_made_at_the_next_start(late: Late) -> None:
    with running(late):
        pass
    enter(late, "D1")  # killed between the results and the tables: nobody heard of it
    assert not is_fresh(late)
    before = len(runs(late, STANDINGS))
    with running(late):
        assert is_fresh(late)
        assert [one.submitted_by for one in runs(late, STANDINGS)[before:]] == [PROGRAM]
    with running(late):
        assert len(runs(late, STANDINGS)) == before + 1  # and once only


def test_a_closing_program_submits_what_it_gathered_and_hears_no_more(late: Late) -> None:
    automation = automation_of(late.work)
    automation.start()
    enter(late, "D1")
    automation.stop()
    assert is_fresh(late)
    before = len(runs(late))
    enter(late, "D2")
    automation.stop()
    assert automation.is_idle
    assert len(runs(late)) == before


def test_a_refused_job_does_not_keep_the_others_from_being_submitted(
    late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(late) as automation:
        submit = late.work.queue.submit

        def refuse(job: str, **more: object) -> object:
            if job == "results.process_ballot":
                raise DatabaseBusy(where="here")
            return submit(job, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(late.work.queue, "submit", refuse)
        enter(late, "D1")
        automation.flush()
        assert is_fresh(late)


def test_what_a_busy_database_does_not_take_is_tried_again(
    late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object, **_more: object) -> object:
        raise DatabaseBusy(where="here")

    with running(late) as automation:
        enter(late, "D1")
        with monkeypatch.context() as patch:
            patch.setattr(late.work.queue, "submit", busy)
            late.clock.advance(LONGEST)
            automation._send(whole=False)
        assert not automation.is_idle
        automation._send(whole=False)
        assert not is_fresh(late)  # not at once again
        late.clock.advance(AGAIN)
        automation._send(whole=False)
        assert is_fresh(late)
        assert len(runs(late, "results.process_ballot")) == 1


def test_a_look_that_fails_at_the_start_is_made_again(
    late: Late, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_unit: object) -> list[int]:
        raise TransientError("database_gone", where="here", detail="")

    enter(late, "D1")
    automation = automation_of(late.work)
    automation._look = True
    monkeypatch.setattr("tabapp.services.automation.stale_tournaments", gone)
    automation._send(whole=False)
    monkeypatch.undo()
    assert not automation.is_idle
    late.clock.advance(AGAIN)
    automation._send(whole=False)
    assert is_fresh(late)
    assert automation.is_idle


def test_its_own_thread_submits_after_a_silence(tmp_path: Path) -> None:
    with open_late(tmp_path) as late:
        done, threads = threading.Event(), set[str]()
        automation = Automation(
            late.work.queue, late.work.database, late.work.bus, SystemClock(), debounce=0.01)
        automation.start()
        automation.flush()

        def note(_event: StandingsUpdated) -> None:
            threads.add(threading.current_thread().name)
            done.set()

        late.work.bus.subscribe(StandingsUpdated, note)
        enter(late, "D1")
        assert done.wait(20)
        automation.stop()
        assert threads == {"automation"}


def test_a_burst_waits_for_silence_but_not_for_ever(late: Late) -> None:
    assert isinstance(late.clock, ManualClock)
    automation = automation_of(late.work)
    event = TeamCompleted(late.owner, 1)
    automation._gather(late.owner, event)
    waits = []
    for _ in range(8):
        late.clock.advance(0.4)
        automation._gather(late.owner, event)
        waits.append(automation._pause())
    assert waits[0] == pytest.approx(0.5)
    assert waits[-1] == 0.0  # three seconds after the first
