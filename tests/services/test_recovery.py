"""Recovering from a snapshot or another file: what is missing, different, or only here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tabapp.core.errors import UserError
from tabapp.domain.simulation import generate_tournament
from tabapp.store import schema
from tabapp.store.snapshots import copy_database
from tests.services.full_document import full_document
from tests.services.hostile_files import HOSTILE, hostile
from tests.services.recovery_scene import Scene, scene


@pytest.fixture
def played(tmp_path: Path) -> Iterator[Scene]:
    with scene(tmp_path) as found:
        yield found


def tables(value: dict[str, Any], seq: int | None) -> dict[str, tuple[int, int, int]]:
    """Return table -> (missing, different, only here) of one round."""
    return {
        one["table"]: (one["missing"], one["different"], one["only_here"])
        for round_ in value["rounds"] if round_["round"] == seq for one in round_["tables"]}


def test_a_file_that_has_all_is_left_as_it_is(played: Scene) -> None:
    before = played.work.database.history(played.owner.id)
    for dry_run in (True, False):
        value = played.recover(dry_run=dry_run)
        assert (value["equal"], value["taken"], value["rounds"]) == (True, 0, [])
    assert played.work.database.history(played.owner.id) == before


def test_a_dry_run_counts_what_is_missing_and_changes_nothing(played: Scene) -> None:
    played.lose_ballots(2)
    here = played.export()
    value = played.recover()
    assert tables(value, 2) == {"ballots": (2, 0, 0)}
    assert value["taken"] == 2
    assert not value["equal"]
    (table,) = value["rounds"][0]["tables"]
    assert all(one.endswith(": missing here") for one in table["examples"])
    assert played.export() == here


def test_lost_ballots_come_back_as_they_were(played: Scene) -> None:
    whole = played.export()
    played.lose_ballots(2)
    assert played.export() != whole
    played.recover(dry_run=False)
    assert played.export() == whole == played.export(played.snapshot)


def test_a_lost_draw_comes_back_with_sides_panels_and_ballots(played: Scene) -> None:
    whole = played.export()
    played.lose_draw(3)
    value = played.recover()
    assert tables(value, 3)["debates"] == (2, 0, 0)
    assert tables(value, 3)["draw"] == (1, 0, 0)
    played.recover(dry_run=False)
    assert played.export() == whole


def test_what_is_taken_is_one_action_that_can_be_undone(played: Scene) -> None:
    played.lose_draw(3)
    lost = played.export()
    played.recover(dry_run=False)
    (newest,) = played.work.database.history(played.owner.id, limit=1)
    assert (newest.verb, newest.subject) == ("recover from", "snapshot.tabapp")
    played.work.database.undo(played.owner.id, actor="test")
    assert played.export() == lost


def test_results_are_counted_again_from_ballots_that_came_back(played: Scene) -> None:
    def results() -> list[tuple[Any, ...]]:
        with played.work.database.read() as unit:
            return unit.fetch(select(
                schema.result_team.c.round_id, schema.result_team.c.team_id,
                schema.result_team.c.points, schema.result_team.c.score,
            ).order_by(schema.result_team.c.round_id, schema.result_team.c.team_id))

    before = results()
    played.lose_ballots(1)
    assert results() != before
    played.recover(dry_run=False)
    assert results() == before


def test_what_is_different_is_taken_only_if_asked_for(played: Scene) -> None:
    whole = played.export()
    played.change(schema.speaker, "S1", name="Somebody Renamed")
    value = played.recover(dry_run=False)
    assert tables(value, None) == {"speakers": (0, 1, 0)}
    assert value["taken"] == 0
    value = played.recover(dry_run=False, take_different=True)
    assert value["taken"] == 1
    assert played.export() == whole


def test_what_is_only_here_is_never_deleted(played: Scene) -> None:
    with played.work.database.write(tournament=played.owner.id, verb="add") as unit:
        unit.insert(schema.venue, [
            {"tournament_id": played.owner.id, "ref": "V900", "name": "The attic"}])
    here = played.export()
    value = played.recover(dry_run=False, take_different=True)
    assert tables(value, None) == {"venues": (0, 0, 1)}
    assert played.export() == here


def test_a_team_that_stands_elsewhere_by_now_keeps_its_round_out(played: Scene) -> None:
    whole = json.loads(played.export())
    first, second = (one["id"] for one in whole["rounds"][1]["debates"])
    played.lose_ballots(2)
    played.lose_ballots(3)
    with played.work.database.write(tournament=played.owner.id, verb="redraw") as unit:
        unit.update(schema.debate, {
            unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == ref)):
            {"ref": f"{ref}00"} for ref in (first, second)})
    value = played.recover(dry_run=False)
    assert {one["code"] for one in value["conflicts"]} == {"recover_stands_twice"}
    after = json.loads(played.export())
    assert after["rounds"][1]["debates"] == [
        {**one, "id": f"{one['id']}00", "ballots": []} for one in whole["rounds"][1]["debates"]]
    assert after["rounds"][2] == whole["rounds"][2]
    assert [one["left"] for one in value["rounds"] if one["round"] in (2, 3)] == [True, False]


def test_ballots_are_never_hung_on_a_room_of_other_teams(played: Scene) -> None:
    played.lose_ballots(3)
    whole = json.loads(played.export())
    first, second = whole["rounds"][2]["debates"]
    teams = {one["debate"]["id"]: one for one in [{"debate": first}, {"debate": second}]}
    assert len(teams) == 2
    with played.work.database.write(tournament=played.owner.id, verb="redraw") as unit:
        rows = {ref: unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == ref))
                for ref in teams}
        for ref, name in ((first["id"], "aside"), (second["id"], first["id"])):
            unit.update(schema.debate, {rows[ref]: {"ref": name}})
        unit.update(schema.debate, {rows[first["id"]]: {"ref": second["id"]}})
    here = played.export()
    value = played.recover(dry_run=False)
    assert tables(value, 3)["ballots"] == (0, 2, 0)
    assert value["taken"] == 0
    assert played.export() == here


def test_a_newcomer_with_the_same_id_is_told_from_a_correction(played: Scene) -> None:
    whole = json.loads(played.export())
    judge = whole["rounds"][0]["debates"][0]["panel"][0]["adjudicator"]
    with played.work.database.write(tournament=played.owner.id, verb="add") as unit:
        (other,) = unit.insert(schema.institution, [
            {"tournament_id": played.owner.id, "ref": "I900", "name": "Elsewhere"}])
    played.change(schema.adjudicator, judge, name="Quite Another", institution_id=other)
    played.lose_draw(1)
    value = played.recover(dry_run=False, take_different=True)
    assert [one["code"] for one in value["conflicts"]][:2] == [
        "recover_stranger", "recover_reference"]
    after = json.loads(played.export())
    assert "Quite Another" in {one["name"] for one in after["adjudicators"]}
    assert after["rounds"][0]["debates"] == []


def test_a_missing_team_comes_with_its_speakers_and_conflicts(tmp_path: Path) -> None:
    document = full_document()
    with scene(tmp_path, document) as found:
        bare = document.model_copy(update={
            "rounds": [], "breaks": [], "feedback": [], "achievements": [], "activity": [],
            "teams": [], "speakers": [], "venue_constraints": [], "adjudicators": [
                one.model_copy(update={"team_conflicts": []}) for one in document.adjudicators]})
        with scene(tmp_path / "bare", bare) as empty:
            empty.recover(found.snapshot, dry_run=False, take_different=True)
            assert empty.export() == found.export()


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_a_source_that_cannot_be_read_is_refused_in_plain_words(
    played: Scene, tmp_path: Path, kind: str
) -> None:
    source = tmp_path / "bad.tabapp"
    hostile(source, kind, played.snapshot)
    here = played.export()
    with pytest.raises(UserError) as caught:
        played.recover(source, dry_run=False)
    assert caught.value.code == HOSTILE[kind]
    assert str(source) in caught.value.message
    assert played.export() == here


def test_another_tournament_is_refused(played: Scene, tmp_path: Path) -> None:
    document = generate_tournament(preset="bp", teams=4, rounds=1, seed=9, play=False)
    document.tournament.slug = "elsewhere"
    with scene(tmp_path / "other", document) as other, pytest.raises(UserError) as caught:
        played.recover(other.snapshot)
    assert caught.value.code == "recover_other_tournament"


def test_the_source_stays_as_it_is_to_the_byte(played: Scene) -> None:
    before = played.snapshot.read_bytes()
    listing = sorted(one.name for one in played.snapshot.parent.iterdir())
    played.lose_ballots(1)
    played.recover(dry_run=False)
    assert played.snapshot.read_bytes() == before
    assert sorted(one.name for one in played.snapshot.parent.iterdir()) == listing


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10_000), teams=st.sampled_from([4, 8, 12]),
    chaos=st.sampled_from([0.0, 0.6]), lost=st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["draw", "ballots", "some"])),
        min_size=1, max_size=3),
)
def test_whatever_rounds_are_lost_comes_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, seed: int, teams: int, chaos: float,
    lost: list[tuple[int, str]],
) -> None:
    document = generate_tournament(
        preset="bp", teams=teams, rounds=3, seed=seed, chaos=chaos, play=True)
    with scene(tmp_path_factory.mktemp("random"), document) as found:
        whole = found.export()
        for seq, how in lost:
            if how == "draw":
                found.lose_draw(seq)
            else:
                found.lose_ballots(seq, None if how == "ballots" else 1)
        value = found.recover(dry_run=False)
        assert value["conflicts"] == []
        assert found.export() == whole
        again = found.recover(dry_run=False)
        assert (again["equal"], again["taken"]) == (True, 0)


def test_a_copy_that_went_on_alone_gives_its_rounds_back(played: Scene, tmp_path: Path) -> None:
    """The laptop of the second room entered round 3; here it is missing, the rest is equal."""
    whole = played.export()
    other = tmp_path / "other room.tabapp"
    copy_database(tmp_path / "here.tabapp", other)
    played.lose_draw(3)
    played.recover(other, dry_run=False)
    assert played.export() == whole
