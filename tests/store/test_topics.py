"""Writes move on the topics of what they change, whoever writes."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.core.errors import StaleInput
from tabapp.core.events import Changed, Event
from tabapp.store.database import Database
from tabapp.store.images import is_journaled
from tabapp.store.schema import (
    absent_team,
    ballot,
    debate,
    debate_side,
    metadata,
    round_,
    team,
    tournament,
)
from tabapp.store.topics import OF_TABLE


def test_every_journaled_table_has_a_topic() -> None:
    journaled = {name for name, table in metadata.tables.items() if is_journaled(table)}
    assert journaled == set(OF_TABLE)


@pytest.fixture
def drawn(database: Database, house: Any) -> dict[str, int]:
    """Return the row ids of a round 5 with one debate."""
    with database.write(tournament=house.tournament) as unit:
        round_id = unit.ids.take("round")[0]
        unit.insert(round_, [{
            "id": round_id, "tournament_id": house.tournament, "seq": 5, "slot_id": round_id}])
        place = {"round_id": round_id, "slot_id": round_id}
        (debate_id,) = unit.insert(
            debate, [place | {"tournament_id": house.tournament, "ref": "D9"}])
        (side_id,) = unit.insert(debate_side, [
            place | {"debate_id": debate_id, "side": "og", "team_id": house.teams[0]}])
    return {"round": round_id, "debate": debate_id, "side": side_id}


def topics_of(heard: list[Event]) -> frozenset[str]:
    (event,) = [one for one in heard if isinstance(one, Changed)]
    return event.topics


def test_a_draw_moves_its_round_and_all_draws(
    database: Database, house: Any, drawn: dict[str, int], heard: list[Event]
) -> None:
    heard.clear()
    with database.write(tournament=house.tournament) as unit:
        unit.insert(debate_side, [{
            "round_id": drawn["round"], "slot_id": drawn["round"], "debate_id": drawn["debate"],
            "side": "oo", "team_id": house.teams[1]}])
    assert topics_of(heard) == {"draws", "draw:5"}


def test_taking_a_team_out_of_a_debate_moves_the_results_too(
    database: Database, house: Any, drawn: dict[str, int], heard: list[Event]
) -> None:
    heard.clear()
    with database.write(tournament=house.tournament) as unit:
        unit.delete(debate_side, [drawn["side"]])
    assert topics_of(heard) == {"draws", "draw:5", "results"}


def test_postponing_a_debate_moves_the_results(
    database: Database, house: Any, drawn: dict[str, int], heard: list[Event]
) -> None:
    heard.clear()
    with database.write(tournament=house.tournament) as unit:
        unit.update(debate, {drawn["debate"]: {"status": "postponed"}})
    assert topics_of(heard) == {"results"}


def test_absences_panels_ballots_and_settings_have_topics_of_their_own(
    database: Database, house: Any, drawn: dict[str, int], heard: list[Event]
) -> None:
    heard.clear()
    with database.write(tournament=house.tournament) as unit:
        unit.insert(absent_team, [{"round_id": drawn["round"], "team_id": house.teams[2]}])
        unit.insert(ballot, [{"debate_id": drawn["debate"]}])
        unit.update(tournament, {house.tournament: {"name": "Other"}})
        unit.update(team, {house.teams[0]: {"name": "Other"}})
    assert topics_of(heard) == {"availability", "availability:5", "results", "settings", "people"}


def test_an_undo_moves_what_the_action_had_moved(
    database: Database, house: Any, drawn: dict[str, int], heard: list[Event]
) -> None:
    with database.write(tournament=house.tournament) as unit:
        unit.update(debate, {drawn["debate"]: {"status": "postponed"}})
    heard.clear()
    database.undo(house.tournament, actor="Ann")
    assert topics_of(heard) == {"results"}


def test_what_somebody_else_changed_is_stale(
    database: Database, house: Any, drawn: dict[str, int]
) -> None:
    with database.read() as reader:
        before = reader.revision(house.tournament, "draw:5", "panels:5")
    with database.write(tournament=house.tournament) as unit:
        unit.update(debate, {drawn["debate"]: {"importance": 1}})
    with (
        pytest.raises(StaleInput),
        database.write(tournament=house.tournament, expected=before) as unit,
    ):
        unit.update(debate, {drawn["debate"]: {"importance": 2}})
