"""The jobs that keep results, histories of debates and tables true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from tabapp.core.actors import CLOCK
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.jobs.outcome import JobResult
from tabapp.services import exchange, rounds
from tabapp.services.timelines import read_timeline
from tabapp.store import schema
from tabapp.store.times import to_text
from tabapp.store.upkeep import delete_actions
from tests.builders import small_archive
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.late_world import Late, open_late


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Late]:
    with open_late(tmp_path) as world:
        yield world


def enter(late: Late, debate: str) -> None:
    form = form_of(late.work, debate)
    save(late.work, form, filled(form))
    late.clock.advance(60)
    confirm(late.work, form_of(late.work, debate))


def run(late: Late, job: str, *, by: str = CLOCK, locked: bool = False, **more: Any) -> JobResult:
    return late.work.queue.submit(
        job, tournament=late.owner if locked else None, submitted_by=by, **more).wait(5)


def other(late: Late, slug: str) -> int:
    made = small_archive(8, 1)
    made["tournament"]["slug"] = slug
    made["rounds"][0]["completed"] = False
    exchange.add(
        late.work.database, Archive.model_validate(made), now=late.clock.now(), actor="test")
    with late.work.database.read() as unit:
        found = unit.scalar(select(schema.tournament.c.id).where(schema.tournament.c.slug == slug))
    assert isinstance(found, int)
    return found


# --- tables ------------------------------------------------------------------------------------


def test_tables_that_hold_are_left_alone_unless_a_person_asks(late: Late) -> None:
    enter(late, "D1")
    params: dict[str, Any] = {"tournament_id": late.owner, "locked": True}
    first = run(late, "standings.recalculate", **params)
    assert isinstance(first.value, dict)
    late.events.clear()
    again = run(late, "standings.recalculate", **params)
    assert again.value == {"rows": first.value["rows"], "written": 0}
    assert late.events == []
    with late.work.database.write(tournament=late.owner) as unit:
        unit.execute(delete(schema.standing))
    asked = run(late, "standings.recalculate", by="Ann", **params)
    assert asked.value == first.value
    assert late.names() == ["standings.updated"]


def test_each_tournament_that_goes_on_is_computed_in_a_run_of_its_own(late: Late) -> None:
    two = other(late, "two")
    result = run(late, "standings.recalculate_active")
    assert result.value == {"sent": [late.owner, two]}
    assert run(late, "standings.recalculate_active").value == {"sent": []}
    names = [one.name for one in late.work.runs.history(limit=20)]
    assert names.count("standings.recalculate") == 2


def test_a_failure_in_one_is_recorded_and_leaves_the_others_alone(late: Late) -> None:
    broken, two = other(late, "broken"), other(late, "two")
    late.work.database.hooks.clear()  # no page would let this through
    with late.work.database.write(tournament=broken) as unit:
        unit.update(schema.tournament, {broken: {"preset": "no such preset"}})
    run(late, "standings.recalculate_active")
    states = {
        one.tournament: one.state for one in late.work.runs.history(limit=20)
        if one.name == "standings.recalculate"}
    assert states == {late.owner: "success", broken: "failed", two: "success"}


def test_a_listed_tournament_that_is_gone_is_told_and_the_others_are_computed(late: Late) -> None:
    handle = late.work.queue.submit(
        "standings.recalculate_active", submitted_by=CLOCK, tournaments=[99, late.owner])
    result = handle.wait(5)
    assert result.value == {"sent": [late.owner]}
    assert result.stats == {"gone": 1, "sent": 1}
    assert any(
        one.level == "warning" and "99" in one.message
        for one in late.work.runs.logs(handle.id))


# --- results -----------------------------------------------------------------------------------


def test_rows_that_were_damaged_are_repaired_and_the_log_says_so(late: Late) -> None:
    enter(late, "D1")
    debate = late.debate("D1")
    with late.work.database.write(tournament=late.owner) as unit:
        unit.execute(delete(schema.result_team).where(schema.result_team.c.debate_id == debate))
        ballot = unit.scalar(select(schema.ballot.c.id).where(
            schema.ballot.c.status == "confirmed"))
    late.events.clear()
    handle = late.work.queue.submit(
        "results.process_ballot", tournament=late.owner, ballot_id=ballot)
    assert handle.wait(5).stats == {"repaired": 4}
    assert [one.name for one in late.events] == ["results.updated"]
    warnings = [one for one in late.work.runs.logs(handle.id) if one.level == "warning"]
    assert "D1" in warnings[0].message
    again = late.work.queue.submit(
        "results.process_ballot", tournament=late.owner, ballot_id=ballot)
    assert again.wait(5).stats == {}


def test_a_ballot_that_is_gone_is_told(late: Late) -> None:
    handle = late.work.queue.submit(
        "results.process_ballot", tournament=late.owner, ballot_id=4711)
    error = handle.wait(5).error
    assert error is not None
    assert (error.code, "4711" in error.message) == ("ballot_gone", True)


# --- the history of a debate -------------------------------------------------------------------


def history(late: Late) -> list[tuple[str, str, str]]:
    with late.work.database.read() as unit:
        return [
            (one.kind, f"{one.at:%H:%M}", one.by)
            for one in read_timeline(unit, late.debate("D1"))]


def rebuild(late: Late) -> JobResult:
    return run(late, "results.rebuild_timeline", debate_id=late.debate("D1"))


def test_the_history_of_a_debate_is_told_in_order_and_each_moment_once(late: Late) -> None:
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    late.write(lambda unit: rounds.release_draw(unit, late.round()), actor="Ingrid")
    late.after(80)
    late.write(lambda unit: unit.insert(schema.check_in, [
        {"tournament_id": late.owner, "kind": "debate", "subject": "D1", "by": "runner",
         "at": to_text(late.clock.now())}] * 2))
    late.after(81)
    enter(late, "D1")
    expected = [
        ("released", "09:00", "Ingrid"), ("out", "09:00", ""), ("received", "10:20", "runner"),
        ("entered", "10:21", "Ann"), ("checked", "10:22", "Ben"), ("confirmed", "10:22", "Ben")]
    assert history(late) == expected  # told by the journal
    assert rebuild(late).stats == {"events": 6}
    assert history(late) == expected  # and as it is kept
    assert rebuild(late).stats == {}


def test_a_release_that_the_journal_forgot_is_told_as_it_was_kept(late: Late) -> None:
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    released = late.write(
        lambda unit: rounds.release_draw(unit, late.round()), actor="Ingrid")
    late.after(81)
    enter(late, "D1")
    rebuild(late)
    before = history(late)
    assert released is not None
    late.write(lambda unit: delete_actions(unit, [released]))
    assert history(late) == before
    assert [kind for kind, _at, _by in before][:2] == ["released", "out"]


def test_what_was_taken_back_is_no_history(late: Late) -> None:
    enter(late, "D1")
    rebuild(late)
    late.work.database.undo(late.owner, actor="Ann")
    assert rebuild(late).stats == {"events": 1}
    assert [kind for kind, _at, _by in history(late)] == ["entered"]


def test_a_ballot_that_came_before_its_release_is_kept_and_told(late: Late) -> None:
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    enter(late, "D1")
    late.clock.advance(60)
    late.write(lambda unit: rounds.release_draw(unit, late.round()))
    assert rebuild(late).stats == {"events": 4, "out_of_order": 3}


def test_an_imported_ballot_was_entered_nobody_knows_when(late: Late) -> None:
    other(late, "two")
    with late.work.database.read() as unit:
        debate = unit.scalar(
            select(schema.debate.c.id).order_by(schema.debate.c.id.desc()))
        assert read_timeline(unit, debate) == []
        with pytest.raises(UserError, match="4711"):
            read_timeline(unit, 4711)
    gone = run(late, "results.rebuild_timeline", debate_id=4711)
    assert gone.error is not None
    assert gone.error.code == "debate_gone"
