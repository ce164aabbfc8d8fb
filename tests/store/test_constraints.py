"""What must be true is a constraint, whoever writes; the error names the rule."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Table

from tabapp.core.errors import UserError
from tabapp.store.database import Database
from tabapp.store.schema import (
    ballot,
    ballot_sheet,
    debate,
    debate_side,
    panel_member,
    round_,
    team,
    tournament,
)


def refused(database: Database, table: Table, *rows: dict[str, Any]) -> UserError:
    def write() -> None:
        with database.write() as unit:
            for row in rows:
                unit.insert(table, [row])

    with pytest.raises(UserError) as caught:
        write()
    assert caught.value.code == "integrity"
    return caught.value


def place(house: Any, number: int = 0) -> dict[str, Any]:
    return {
        "debate_id": house.debates[number], "round_id": house.round, "slot_id": house.round,
    }


def test_a_team_stands_once_in_a_slot(database: Database, house: Any) -> None:
    row = place(house, 1) | {"side": "og", "team_id": house.teams[0]}
    error = refused(database, debate_side, row)
    assert error.facts["constraint"] == "uq_debate_side_slot_id_team_id"
    assert error.message.startswith("A team would stand in two debates at one time.")


def test_a_team_stands_once_in_a_slot_of_two_rounds(database: Database, house: Any) -> None:
    own = {"tournament_id": house.tournament}
    with database.write() as unit:
        unit.insert(round_, [own | {"id": 9, "seq": 2, "slot_id": house.round}])
        unit.insert(debate, [own | {
            "id": 9, "ref": "D9", "round_id": 9, "slot_id": house.round,
        }])
    refused(database, debate_side, {
        "debate_id": 9, "round_id": 9, "slot_id": house.round, "side": "aff",
        "team_id": house.teams[0],
    })


def test_a_side_of_a_debate_is_given_once(database: Database, house: Any) -> None:
    with database.write() as unit:
        unit.delete(debate_side, house.sides[2:3])
    row = place(house) | {"side": "aff", "team_id": house.teams[2]}
    assert "Two teams would have one side" in refused(database, debate_side, row).message


def test_an_adjudicator_sits_once_in_a_slot(database: Database, house: Any) -> None:
    judge = {"adjudicator_id": house.adjudicators[0]}
    error = refused(
        database, panel_member, place(house) | judge | {"role": "chair"},
        place(house, 1) | judge | {"role": "trainee"},
    )
    assert error.facts["constraint"] == "uq_panel_member_slot_id_adjudicator_id"


def test_a_panel_has_one_chair(database: Database, house: Any) -> None:
    error = refused(database, panel_member, *(
        place(house) | {"adjudicator_id": one, "role": "chair"} for one in house.adjudicators
    ))
    assert error.facts["constraint"] == "uq_panel_member_chair"


def test_a_debate_has_one_confirmed_ballot(database: Database, house: Any) -> None:
    own = {"debate_id": house.debates[0]}
    with database.write() as unit:
        unit.insert(ballot, [own | {"version": 1}, own | {"version": 2, "status": "confirmed"}])
    error = refused(database, ballot, own | {"version": 3, "status": "confirmed"})
    assert error.facts["constraint"] == "uq_ballot_confirmed"
    assert "two confirmed ballots" in error.message


def test_a_ballot_has_one_sheet_an_adjudicator_and_one_consensus(
    database: Database, house: Any
) -> None:
    with database.write() as unit:
        (one,) = unit.insert(ballot, [{"debate_id": house.debates[0]}])
    for judge in (None, house.adjudicators[0]):
        row = {"ballot_id": one, "adjudicator_id": judge}
        assert "two sheets" in refused(database, ballot_sheet, row, row).message


def test_a_slug_is_given_once(database: Database, house: Any) -> None:
    assert "same short address" in refused(database, tournament, {"slug": "house"}).message


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"type": "strange"}, "ck_team_type"),
        ({"name": None}, "team.name"),
        ({"institution_id": 99}, "foreign key"),
        ({"ref": "T0"}, "uq_team_tournament_id_ref"),
    ],
)
def test_the_broken_rule_is_named(
    database: Database, house: Any, change: dict[str, Any], constraint: str
) -> None:
    row = {"tournament_id": house.tournament, "ref": "T9", "name": "X"} | change
    assert refused(database, team, row).facts["constraint"] == constraint


def test_a_side_cannot_claim_another_slot_than_its_debate(database: Database, house: Any) -> None:
    with database.write() as unit:
        unit.delete(debate_side, house.sides[:1])
    row = place(house) | {"slot_id": 99, "side": "aff", "team_id": house.teams[0]}
    assert refused(database, debate_side, row).facts["constraint"] == "foreign key"
