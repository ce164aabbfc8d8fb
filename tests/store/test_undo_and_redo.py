"""Undo and redo: inverses, what stands in their way, and that they survive a restart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.core.errors import UserError
from tabapp.core.events import Changed, Event
from tabapp.store.database import Database
from tabapp.store.schema import debate, debate_side, round_, speaker, team
from tabapp.store.unit import WriteUnit

Rows = dict[int, dict[str, Any]]


def rows_of(database: Database, table: Any) -> Rows:
    with database.read() as unit:
        return {row.id: dict(row._mapping) for row in unit.rows(select(table))}


def rename(database: Database, house: Any, number: int, name: str) -> int:
    with database.write(
        actor="Ann", verb="rename", subject=name, tournament=house.tournament
    ) as unit:
        unit.update(team, {house.teams[number]: {"name": name}})
    assert unit.action_id is not None
    return unit.action_id


def new_team(house: Any, ref: str) -> dict[str, Any]:
    return {"tournament_id": house.tournament, "ref": ref, "name": ref}


def insert_one(unit: WriteUnit, house: Any) -> None:
    unit.insert(team, [new_team(house, "T9")])


def update_one(unit: WriteUnit, house: Any) -> None:
    unit.update(team, {house.teams[0]: {"name": "New", "extra": {"a": [1, 2]}, "seed": 0.1}})


def delete_one(unit: WriteUnit, house: Any) -> None:
    unit.delete(debate_side, house.sides[:1])
    unit.delete(team, house.teams[:1])


def swap_two(unit: WriteUnit, house: Any) -> None:
    """Swap two teams as services do, under the ids that the rows had."""
    images = unit.images(debate_side, house.sides[:2])
    unit.delete(debate_side, images)
    one, other = images.values()
    unit.insert(debate_side, [
        one | {"team_id": other["team_id"]}, other | {"team_id": one["team_id"]},
    ])


def everything(unit: WriteUnit, house: Any) -> None:
    insert_one(unit, house)
    update_one(unit, house)
    swap_two(unit, house)
    unit.update(team, {house.teams[0]: {"name": "Newer"}})
    unit.delete(debate_side, house.sides[:2])
    unit.delete(team, house.teams[:1])


WRITES = [insert_one, update_one, delete_one, swap_two, everything]


@pytest.mark.parametrize("write", WRITES)
def test_undo_and_redo_of_a_write_even_across_restarts(
    write: Callable[[WriteUnit, Any], None], database: Database, house: Any, path: Path,
    opened: Callable[[Path], Database],
) -> None:
    tables = (team, debate_side)
    before = [rows_of(database, table) for table in tables]
    with database.write(verb="write", tournament=house.tournament) as unit:
        write(unit, house)
    after = [rows_of(database, table) for table in tables]
    assert after != before
    for _ in range(2):
        database.close()
        database = opened(path)
        undone = database.undo(house.tournament, actor="Bob")
        assert [rows_of(database, table) for table in tables] == before
        database.close()
        database = opened(path)
        redone = database.redo(house.tournament, actor="Bob")
        assert [rows_of(database, table) for table in tables] == after
        assert (undone.verb, undone.subject, undone.actor) == ("undo", "write", "Bob")
        assert (redone.verb, redone.subject, redone.undoes) == ("redo", "write", undone.id)


def test_several_undos_and_redos_walk_back_and_forth(database: Database, house: Any) -> None:
    def name() -> str:
        return str(rows_of(database, team)[house.teams[0]]["name"])

    for new in ("B", "C", "D"):
        rename(database, house, 0, new)
    walk = []
    for step in "uuurrruurur":
        (database.undo if step == "u" else database.redo)(house.tournament, actor="Bob")
        walk.append(name()[-1])
    assert walk == list("CB0BCDCBCBC")


def test_there_is_an_end_in_both_directions(database: Database, house: Any) -> None:
    with pytest.raises(UserError, match="nothing to redo"):
        database.redo(house.tournament, actor="Bob")
    rename(database, house, 0, "B")
    database.undo(house.tournament, actor="Bob")
    with pytest.raises(UserError, match="nothing to undo"):
        database.undo(house.tournament, actor="Bob")
    database.redo(house.tournament, actor="Bob")
    with pytest.raises(UserError, match="nothing to redo"):
        database.redo(house.tournament, actor="Bob")


def test_a_new_action_ends_the_redos(database: Database, house: Any) -> None:
    rename(database, house, 0, "B")
    database.undo(house.tournament, actor="Bob")
    rename(database, house, 1, "Other")
    with pytest.raises(UserError, match="nothing to redo"):
        database.redo(house.tournament, actor="Bob")


def test_an_action_in_the_middle_can_be_undone_alone(database: Database, house: Any) -> None:
    first = rename(database, house, 0, "B")
    rename(database, house, 1, "Other")
    undone = database.undo(house.tournament, actor="Bob", action_id=first)
    names = {row["name"] for row in rows_of(database, team).values()}
    assert names == {"Team 0", "Other", "Team 2", "Team 3"}
    with pytest.raises(UserError) as caught:
        database.undo(house.tournament, actor="Bob", action_id=first)
    assert caught.value.code == "already_undone"
    again = database.undo(house.tournament, actor="Bob", action_id=undone.id)
    assert again.verb == "redo"
    assert rows_of(database, team)[house.teams[0]]["name"] == "B"
    database.undo(house.tournament, actor="Bob", action_id=again.id)
    assert rows_of(database, team)[house.teams[0]]["name"] == "Team 0"


def test_a_later_change_of_the_row_stands_in_the_way_and_is_named(
    database: Database, house: Any
) -> None:
    first = rename(database, house, 0, "B")
    later = rename(database, house, 0, "C")
    with pytest.raises(UserError, match="because of rename C \\(Ann, 2026-01-01") as caught:
        database.undo(house.tournament, actor="Bob", action_id=first)
    assert caught.value.code == "undo_blocked"
    assert caught.value.facts["action_id"] == later
    assert rows_of(database, team)[house.teams[0]]["name"] == "C"


def test_a_later_row_that_refers_to_an_inserted_one_stands_in_the_way(
    database: Database, house: Any
) -> None:
    with database.write(verb="add team", tournament=house.tournament) as unit:
        (new,) = unit.insert(team, [new_team(house, "T9")])
    with database.write(verb="add speaker", subject="Zoe", tournament=house.tournament) as unit:
        unit.insert(speaker, [
            {"tournament_id": house.tournament, "ref": "S1", "name": "Zoe", "team_id": new}
        ])
    with pytest.raises(UserError, match="because of add speaker Zoe"):
        database.undo(house.tournament, actor="Bob", action_id=unit.action_id - 1)  # type: ignore[operator]
    assert new in rows_of(database, team)


def test_a_parent_that_was_deleted_later_stands_in_the_way(database: Database, house: Any) -> None:
    with database.write(verb="clear side", tournament=house.tournament) as first:
        first.delete(debate_side, house.sides[:1])
    with database.write(verb="delete team", subject="T0", tournament=house.tournament) as unit:
        unit.delete(team, house.teams[:1])
    with pytest.raises(UserError, match="because of delete team T0"):
        database.undo(house.tournament, actor="Bob", action_id=first.action_id)


def test_a_twin_that_came_later_stands_in_the_way(database: Database, house: Any) -> None:
    with database.write(verb="delete", tournament=house.tournament) as first:
        delete_one(first, house)
    with database.write(verb="add", subject="the new T0", tournament=house.tournament) as unit:
        unit.insert(team, [new_team(house, "T0")])
    with pytest.raises(UserError, match="because of add the new T0"):
        database.undo(house.tournament, actor="Bob", action_id=first.action_id)


def test_undo_of_another_tournament_or_of_what_cannot_be_undone_is_refused(
    database: Database, house: Any
) -> None:
    mine = rename(database, house, 0, "B")
    made = database.history(None)[-1]
    for where, which in ((house.tournament + 1, mine), (None, made.id), (None, 999)):
        with pytest.raises(UserError) as caught:
            database.undo(where, actor="Bob", action_id=which)
        assert caught.value.code == "not_undoable"


def test_undo_touches_the_topics_again_and_runs_the_hooks(
    database: Database, house: Any, heard: list[Event]
) -> None:
    with database.write(tournament=house.tournament) as unit:
        unit.update(team, {house.teams[0]: {"name": "B"}})
        unit.touch("people")
        unit.touch("operators", tournament=0)
    heard.clear()
    touched: list[dict[str, set[int]]] = []
    database.hooks.append(lambda unit: touched.append(dict(unit.touched)))
    database.undo(house.tournament, actor="Bob")
    assert heard == [
        Changed(None, frozenset({"operators"})),
        Changed(house.tournament, frozenset({"people"})),
    ]
    assert touched == [{"team": {house.teams[0]}}]
    with database.read() as reader:
        assert reader.revision(house.tournament, "people").topics["people"] == 3


def test_sides_come_back_into_the_slot_that_their_debate_has_now(
    database: Database, house: Any
) -> None:
    with database.write(verb="clear", tournament=house.tournament) as unit:
        unit.delete(debate_side, house.sides)
        unit.delete(debate, house.debates[:1])
    with database.write(verb="move slot", tournament=house.tournament) as mover:
        mover.update(round_, {house.round: {"slot_id": 77}})
    database.undo(house.tournament, actor="Bob", action_id=unit.action_id)
    assert {row["slot_id"] for row in rows_of(database, debate).values()} == {77}
    assert {row["slot_id"] for row in rows_of(database, debate_side).values()} == {77}
    database.undo(house.tournament, actor="Bob", action_id=mover.action_id)
    assert {row["slot_id"] for row in rows_of(database, debate_side).values()} == {house.round}
    assert len(rows_of(database, debate_side)) == 4


def test_a_moved_debate_goes_back_to_its_round_with_its_sides(
    database: Database, house: Any
) -> None:
    before = rows_of(database, debate), rows_of(database, debate_side)
    with database.write(verb="add round", tournament=house.tournament) as unit:
        unit.insert(round_, [{
            "id": 50, "tournament_id": house.tournament, "seq": 2, "name": "Round 2",
            "slot_id": 50,
        }])
    with database.write(verb="move", tournament=house.tournament) as unit:
        unit.update(debate, {house.debates[0]: {"round_id": 50, "slot_id": 50}})
    assert {row["round_id"] for row in rows_of(database, debate_side).values()} == {1, 50}
    database.undo(house.tournament, actor="Bob")
    assert (rows_of(database, debate), rows_of(database, debate_side)) == before


def test_all_units_of_one_run_are_one_action(database: Database, house: Any) -> None:
    before = rows_of(database, team)
    for number in range(3):
        with database.write(
            verb="rename all", tournament=house.tournament, run_id=7
        ) as unit:
            unit.update(team, {house.teams[number]: {"name": f"New {number}"}})
            unit.update(team, {house.teams[3]: {"name": f"Last {number}"}})
            unit.touch(f"topic {number}")
    (done, _) = database.history(None)
    assert (done.verb, done.run_id, len(done.topics)) == ("rename all", 7, 4)
    database.undo(house.tournament, actor="Bob")
    assert rows_of(database, team) == before


def test_a_run_that_another_action_interrupted_is_not_undone_over_it(
    database: Database, house: Any
) -> None:
    for name in ("A", "C"):
        with database.write(verb="job", tournament=house.tournament, run_id=7) as unit:
            unit.update(team, {house.teams[0]: {"name": name}})
        if name == "A":
            rename(database, house, 0, "B")
    with pytest.raises(UserError, match="because of rename B"):
        database.undo(house.tournament, actor="Bob", action_id=unit.action_id)
    with pytest.raises(UserError, match="because of job"):
        database.undo(house.tournament, actor="Bob")


def test_the_history_tells_who_did_what(database: Database, house: Any) -> None:
    with database.write(
        actor="Ann", verb="rename", tournament=house.tournament, trail=False
    ) as unit:
        unit.update(team, {house.teams[0]: {"name": "B"}})
        unit.describe(subject="Team 0", old="Team 0", new="B")
    (last,) = database.history(house.tournament, limit=1)
    assert (last.actor, last.verb, last.subject, last.old, last.new, last.trail) == (
        "Ann", "rename", "Team 0", "Team 0", "B", False
    )
    assert last.at == database.clock.now()
    assert database.history(house.tournament + 1) == []
