"""Units of work: what they give, what they refuse, and what is told to whom after a commit."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pytest
from sqlalchemy import delete, func, insert, select, update

from tabapp.core.clock import ManualClock
from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.core.events import Changed, Event
from tabapp.store.database import Database
from tabapp.store.schema import (
    action,
    change,
    debate,
    debate_event,
    metadata,
    result_team,
    standing,
    team,
    tournament,
)
from tabapp.store.unit import WriteUnit


@dataclass(frozen=True, slots=True)
class TeamJoined(Event):
    team: int


def count(database: Database, table: Any) -> int:
    with database.read() as unit:
        return int(unit.scalar(select(func.count()).select_from(table)))


def test_ids_are_given_out_and_never_twice(database: Database, house: Any) -> None:
    own = {"tournament_id": house.tournament, "name": "X"}
    with database.write() as unit:
        first = unit.insert(team, [own | {"ref": "X1"}, own | {"ref": "X2"}])
        unit.delete(team, first)
    with database.write() as unit:
        second = unit.insert(team, [own | {"ref": "X1", "id": 100}, own | {"ref": "X2"}])
    assert first == [5, 6]
    assert second == [100, 101]


def test_a_rolled_back_unit_leaves_nothing(database: Database, heard: list[Event]) -> None:
    def write() -> None:
        with database.write() as unit:
            unit.insert(tournament, [{"slug": "a", "name": "A"}])
            unit.touch("settings")
            unit.emit(TeamJoined(1))
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        write()
    assert (count(database, tournament), count(database, action), heard) == (0, 0, [])
    with database.read() as reader:
        assert reader.revision(0, "settings").topics == {"settings": 0}


def test_a_moved_row_is_journaled_whole_and_one_that_stood_elsewhere_is_refused(
    database: Database, house: Any
) -> None:
    first, second = house.teams[:2]
    with database.write(tournament=house.tournament) as unit:
        name = unit.images(team, [first])[first]["name"]
        unit.move(team, [first], name=(name, "Moved"))
    with database.read() as reader:
        row = reader.one(select(change).order_by(change.c.action_id.desc()).limit(1))
        stored = reader.images(team, [first])[first]
    assert row is not None
    assert (row.before, row.after) == (stored | {"name": name}, stored)
    assert stored["name"] == "Moved"
    with pytest.raises(UserError) as caught, database.write() as unit:
        unit.move(team, [first, second], name=("Moved", "Moved again"))
    assert (caught.value.code, caught.value.facts["id"]) == ("row_gone", second)
    with database.read() as reader:
        assert reader.images(team, [first])[first]["name"] == "Moved"


def test_the_journal_holds_whole_rows_with_defaults(database: Database, house: Any) -> None:
    with database.read() as unit:
        row = unit.one(select(change).where(change.c.table_name == "team").limit(1))
        stored = unit.one(select(team).where(team.c.id == house.teams[0]))
    assert row is not None
    assert stored is not None
    assert row.before is None
    assert row.after == dict(stored._mapping)
    assert row.after["type"] == "normal"


def test_values_are_stored_as_json_gives_them_back(database: Database, house: Any) -> None:
    class Kind(StrEnum):
        SWING = "swing"

    values = {"type": Kind.SWING, "seed": np.float64(0.5), "extra": {"a": (1, 2)}}
    with database.write() as unit:
        unit.update(team, {house.teams[0]: values})
        after = unit.changes[0].after
    assert after is not None
    assert type(after["type"]) is str
    assert type(after["seed"]) is float
    assert after["extra"] == {"a": [1, 2]}


def test_rows_that_would_not_change_are_skipped(database: Database, house: Any) -> None:
    with database.write(verb="rename") as unit:
        unit.update(team, {
            house.teams[0]: {"name": "Team 0", "extra": {}}, house.teams[1]: {"name": "New"},
        })
        assert unit.touched == {"team": {house.teams[1]}}
    with database.write(verb="rename") as unit:
        unit.update(team, {house.teams[1]: {"name": "New"}})
    assert unit.action_id is None
    assert [one.verb for one in database.history(None)] == ["rename", "make"]


def test_an_update_of_a_row_that_is_gone_says_so(database: Database, house: Any) -> None:
    with pytest.raises(UserError, match="record 99 of team was deleted"), database.write() as unit:
        unit.update(team, {99: {"name": "Ghost"}})


@pytest.mark.parametrize("verb", ["insert", "update"])
def test_an_unknown_column_is_our_own_fault(database: Database, house: Any, verb: str) -> None:
    with database.write() as unit:
        writes: dict[str, Callable[[], object]] = {
            "insert": lambda: unit.insert(team, [{"ref": "T9", "colour": "red"}]),
            "update": lambda: unit.update(team, {house.teams[0]: {"colour": "red"}}),
        }
        with pytest.raises(TypeError, match="no column colour"):
            writes[verb]()


def test_journaled_tables_cannot_be_written_around_the_journal(
    database: Database, house: Any
) -> None:
    for statement in (insert(team), update(team), delete(team)):
        with pytest.raises(TypeError, match="journaled"), database.write() as unit:
            unit.execute(statement)
    with pytest.raises(TypeError, match="journaled"), database.write() as unit:
        unit.replace_derived(team, team.c.id > 0, [])


def test_derived_rows_are_replaced_without_an_action(database: Database, house: Any) -> None:
    row = {"tournament_id": house.tournament, "kind": "teams", "values": {"points": 1}}
    with database.write() as unit:
        for ranks in ((1, 2), (2, 1)):
            unit.replace_derived(standing, standing.c.kind == "teams", [
                row | {"subject_id": one, "rank": rank}
                for one, rank in zip(house.teams, ranks, strict=False)
            ])
    with database.read() as reader:
        statement = select(standing.c.subject_id, standing.c.rank).order_by(standing.c.subject_id)
        found = reader.fetch(statement)
    assert found == [(house.teams[0], 2), (house.teams[1], 1)]
    assert unit.action_id is None


def test_deleting_a_debate_takes_its_derived_history_along(database: Database, house: Any) -> None:
    with database.write(undoable=False) as unit:
        unit.insert(debate_event, [
            {"debate_id": house.debates[0], "kind": "released", "at": "2026-01-01"},
        ])
        (empty,) = unit.insert(debate, [{
            "tournament_id": house.tournament, "ref": "D9", "round_id": house.round,
            "slot_id": house.round,
        }])
        unit.insert(debate_event, [{"debate_id": empty, "kind": "out", "at": "2026-01-01"}])
    with database.write() as unit:
        unit.delete(debate, [empty])
    assert count(database, debate_event) == 1


def test_every_journaled_table_has_an_id_and_every_reference_of_a_journal_is_one() -> None:
    lacking = [
        table.name for table in metadata.sorted_tables
        if table.info.get("journal", True) and "id" not in table.c
    ]
    assert lacking == []


def test_hooks_run_in_order_before_the_commit(
    database: Database, house: Any, heard: list[Event]
) -> None:
    seen: list[Any] = []

    def derive(unit: WriteUnit) -> None:
        seen.append((dict(unit.touched), [one.before is None for one in unit.changes]))
        unit.replace_derived(result_team, result_team.c.team_id == house.teams[0], [{
            "debate_id": house.debates[0], "team_id": house.teams[0], "round_id": house.round,
            "side": "aff",
        }])

    database.hooks += [derive, lambda unit: seen.append(unit.scalar(select(result_team.c.side)))]
    with database.write() as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})
        assert seen == []
    assert seen == [({"team": {house.teams[0]}}, [False]), "aff"]


def test_a_failing_hook_rolls_everything_back(database: Database, house: Any) -> None:
    def fail(_unit: WriteUnit) -> None:
        raise UserError("integrity", constraint="x", detail="No.")

    database.hooks.append(fail)
    with pytest.raises(UserError), database.write() as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})
    database.hooks.clear()
    with database.read() as reader:
        assert reader.scalar(select(team.c.name).where(team.c.id == house.teams[0])) == "Team 0"


def test_events_leave_after_the_commit_and_changed_comes_first(
    database: Database, house: Any, heard: list[Event]
) -> None:
    heard.clear()
    with database.write(tournament=house.tournament) as unit:
        unit.emit(TeamJoined(7))
        unit.touch("people", "results")
        unit.touch("people")
        unit.touch("operators", tournament=0)
        assert heard == []
    assert heard == [
        Changed(None, frozenset({"operators"})),
        Changed(house.tournament, frozenset({"people", "results"})),
        TeamJoined(7),
    ]


def test_a_listener_may_write(database: Database, house: Any) -> None:
    def answer(_event: TeamJoined) -> None:
        with database.write(verb="answer") as unit:
            unit.update(team, {house.teams[0]: {"name": "Answered"}})

    database.bus.subscribe(TeamJoined, answer)
    with database.write() as unit:
        unit.emit(TeamJoined(1))
    assert database.history(None)[0].verb == "answer"


def test_a_unit_ends_with_its_block(database: Database) -> None:
    with database.read() as reader:
        pass
    with pytest.raises(RuntimeError, match="after its with"):
        reader.rows(select(team))
    with database.write() as writer:
        pass
    with pytest.raises(RuntimeError, match="after its with"):
        writer.insert(team, [{"ref": "T1"}])


def test_a_unit_stays_in_its_thread(database: Database) -> None:
    errors: list[BaseException] = []

    def use(unit: Any) -> None:
        try:
            unit.rows(select(team))
        except RuntimeError as error:
            errors.append(error)

    with database.read() as unit:
        thread = threading.Thread(target=use, args=(unit,))
        thread.start()
        thread.join()
    assert ["another thread" in str(error) for error in errors] == [True]


def test_a_write_inside_a_write_is_an_error_and_no_deadlock(database: Database) -> None:
    with database.write() as unit:
        with pytest.raises(RuntimeError, match="inside a write"), database.write():
            pass
        with pytest.raises(DatabaseBusy), database.housekeeping():
            pass
        unit.insert(tournament, [{"slug": "a", "name": "A"}])
    assert count(database, tournament) == 1


def test_a_second_opening_of_one_file_shares_the_line(
    database: Database, path: Any, opened: Any
) -> None:
    other = opened(path)
    with database.write(), pytest.raises(RuntimeError, match="inside a write"), other.write():
        pass


def test_a_reader_sees_one_moment(database: Database, house: Any) -> None:
    names = select(team.c.name).where(team.c.id == house.teams[0])
    with database.read() as reader:
        before = reader.scalar(names)
        with database.write() as unit:
            unit.update(team, {house.teams[0]: {"name": "New"}})
        assert reader.scalar(names) == before
    with database.read() as reader:
        assert reader.scalar(names) == "New"


def test_a_swallowed_failure_does_not_commit_by_half(database: Database, house: Any) -> None:
    row = {"tournament_id": house.tournament, "name": "X"}

    def write() -> None:
        with database.write() as unit, contextlib.suppress(UserError):
            unit.insert(team, [row | {"ref": "T9"}, row | {"ref": "T0"}])

    with pytest.raises(RuntimeError, match="half of it"):
        write()
    assert count(database, team) == 4


def test_a_waiting_writer_gives_up_with_busy(database: Database) -> None:
    database.patience = 0.01
    told: list[BaseException] = []

    def write() -> None:
        try:
            with database.write():
                pass
        except DatabaseBusy as error:
            told.append(error)

    with database.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(told) == 1


def test_a_long_write_unit_is_logged(
    database: Database, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="tabapp.store.database"):
        with database.write():
            clock.advance(0.04)
        assert caplog.messages == []
        with database.write():
            clock.advance(0.06)
    assert caplog.messages == ["a write unit took 60 ms, its budget is 50"]


def test_driver_rows_are_plain_tuples(database: Database, house: Any) -> None:
    with database.read() as unit:
        found = unit.fetch(select(team.c.id, team.c.use_institution_prefix).order_by(team.c.id))
        assert unit.fetch(select(team.c.id).where(team.c.id < 0)) == []
    assert found == [(one, 0) for one in house.teams]
    assert np.array(found, dtype=float).shape == (4, 2)
