"""What can be found by name: rooms of the round, teams, speakers, judges."""

from __future__ import annotations

from pathlib import Path

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.domain.simulation import generate_tournament
from tabapp.services import exchange
from tabapp.services.search import Thing, find_things
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import list_rounds
from tabapp.tasks.play import play_round


def find_all(work: Workspace, tournament: int, round_id: int | None) -> list[Thing]:
    with work.database.read() as unit:
        return find_things(unit, tournament, round_id)


def test_rooms_of_the_round_and_everybody_are_found_with_where_they_are(tmp_path: Path) -> None:
    document = generate_tournament(preset="bp", teams=16, rounds=2, seed=1, play=False)
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        slug = exchange.add(work.database, document, now=SystemClock().now(), actor="test")
        owner = work.tournament(slug)
        with work.database.read() as unit:
            rounds = list_rounds(unit, owner.id)
        for _ in play_round(work, owner, rounds[0], 1):
            pass
        found = find_all(work, owner.id, rounds[0].id)
        kinds = [one.kind for one in found]
        assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
            "room": 4, "team": 16, "speaker": 32, "adjudicator": len(document.adjudicators)}
        room = found[0]
        assert (len(room.teams), room.status) == (4, "confirmed")
        assert room.name
        teams = {one.name: one for one in found if one.kind == "team"}
        assert {teams[name].room for name in room.teams} == {room.name}
        chairs = [one for one in found if one.role == "chair"]
        assert sorted(one.room for one in chairs) == sorted(one.name for one in found[:4])
        assert all(one.of in teams for one in found if one.kind == "speaker")

        assert [one for one in find_all(work, owner.id, rounds[1].id) if one.kind == "room"] == []
        nowhere = find_all(work, owner.id, None)
        assert {one.room for one in nowhere} == {""}
