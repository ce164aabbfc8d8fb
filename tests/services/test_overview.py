"""What the first page is told: the next step, how ballots came in, what needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.setup import new_tournament
from tabapp.domain.simulation import generate_tournament
from tabapp.services import activity, exchange
from tabapp.services.overview import Overview, read_overview
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.tasks.play import play_break, play_round


@dataclass(frozen=True)
class Room:
    """A tournament of eight teams, and its first page."""

    work: Workspace
    owner: TournamentRow

    def look(self) -> Overview:
        with self.work.database.read() as unit:
            return read_overview(unit, self.owner.id, self.work.clock.now())

    def rounds(self) -> list[RoundRow]:
        with self.work.database.read() as unit:
            return list_rounds(unit, self.owner.id)

    def play(self, seq: int) -> None:
        list(play_round(self.work, self.owner, self.rounds()[seq - 1], seed=1))

    def draw(self, seq: int, **more: object) -> None:
        self.work.run(
            "draw.generate", tournament=self.owner.id, round_id=self.rounds()[seq - 1].id,
            seed=1, **more)

    def alert_keys(self) -> set[str]:
        return {one.key for one in self.look().alerts}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        archive = generate_tournament(preset="bp", teams=8, rounds=2, seed=1, play=False)
        slug = exchange.add(work.database, archive, now=work.clock.now(), actor="x")
        yield Room(work, work.tournament(slug))


def test_the_next_step_follows_the_stages_of_the_round(room: Room) -> None:
    assert room.look().step == "draw"
    room.draw(1)
    assert room.look().step == "draw"  # a draft waits to be confirmed
    room.work.database.undo(room.owner.id, actor="x")
    room.draw(1, confirm=True)
    found = room.look()
    assert (found.step, found.then) == ("judges", ("rooms", "release", "ballots"))


def test_played_rounds_lead_to_the_next_then_to_the_break_then_to_the_end(room: Room) -> None:
    room.play(1)
    found = room.look()
    assert found.current is not None
    assert (found.current.name, found.step) == ("Round 2", "draw")
    room.play(2)
    assert room.look().step == "break"
    play_break(room.work, room.owner, 1)
    assert room.look().step == "finished"


def test_a_tournament_without_teams_asks_for_people(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        slug = exchange.add(
            work.database, new_tournament("Harbour Cup"), now=work.clock.now(), actor="x")
        found = Room(work, work.tournament(slug)).look()
    assert found.step == "people"
    assert (found.crowd.teams, found.rooms) == (0, ())


def test_ballots_have_the_times_at_which_they_were_entered_and_confirmed(room: Room) -> None:
    began = room.work.clock.now()
    room.play(1)
    found = room.look()
    assert found.before is not None
    assert (found.before.round, found.before.rooms) == ("Round 1", 2)
    assert len(found.before.entered) == len(found.before.confirmed) == 2
    assert began <= found.before.entered[0] <= found.before.confirmed[-1]


def test_a_ballot_that_was_taken_back_came_never_in(room: Room) -> None:
    room.play(1)
    room.work.database.undo(room.owner.id, actor="x")
    found = room.look()
    assert found.current is not None
    assert found.current.name == "Round 1"
    assert found.curve is not None
    assert (found.curve.entered, found.curve.confirmed) == ((), ())
    assert {one.waits_for for one in found.rooms} == {"ballot"}


def test_rooms_say_what_they_wait_for(room: Room) -> None:
    room.draw(1, confirm=True)
    assert {one.waits_for for one in room.look().rooms} == {"judges"}
    debate = room.look().rooms[0].debate_id
    with room.work.database.write(actor="x", tournament=room.owner.id) as unit:
        unit.update(schema.debate, {debate: {"status": "postponed"}})
        unit.insert(schema.ballot, [{"debate_id": room.look().rooms[1].debate_id}])
    assert [one.waits_for for one in room.look().rooms] == ["later", "check"]
    assert "to_check" in room.alert_keys()


def test_rounds_without_a_motion_are_told_the_near_ones_only(room: Room) -> None:
    with room.work.database.read() as unit:
        rows = [row_id for (row_id,) in unit.fetch(
            schema.round_motion.select().with_only_columns(schema.round_motion.c.id))]
    with room.work.database.write(actor="x", tournament=room.owner.id) as writing:
        writing.delete(schema.round_motion, rows)
    named = [one.subject for one in room.look().alerts if one.key == "motion"]
    assert named == ["Round 1", "Round 2"]


def test_judges_who_are_here_without_a_panel_are_counted(room: Room) -> None:
    room.draw(1, confirm=True)
    room.work.run(
        "draw.allocate_adjudicators", tournament=room.owner.id,
        round_id=room.rounds()[0].id, seed=1)
    before = sum(one.count for one in room.look().alerts if one.key == "idle_judges")
    with room.work.database.read() as unit:
        seats = [row_id for (row_id,) in unit.fetch(
            schema.panel_member.select().with_only_columns(schema.panel_member.c.id)
            .where(schema.panel_member.c.role != "chair"))]
    with room.work.database.write(actor="x", tournament=room.owner.id) as writing:
        writing.delete(schema.panel_member, seats)
    (alert,) = [one for one in room.look().alerts if one.key == "idle_judges"]
    assert alert.count == before + len(seats)


def test_a_job_that_failed_is_told_until_one_of_its_kind_succeeds(room: Room) -> None:
    room.draw(1, confirm=True)
    queue = room.work.queue
    queue.submit(
        "draw.generate", tournament=room.owner.id, round_id=room.rounds()[0].id, seed=2).wait(5)
    (alert,) = [one for one in room.look().alerts if one.key == "run"]
    assert (alert.level, alert.place) == ("problem", "jobs")
    room.work.database.undo(room.owner.id, actor="x")
    room.draw(1, confirm=True)
    assert "run" not in room.alert_keys()


def test_the_trail_names_runs_by_their_titles_and_tells_what_was_undone(room: Room) -> None:
    room.work.run(
        "draw.generate", tournament=room.owner.id, round_id=room.rounds()[0].id, seed=1,
        about="Round 1")
    room.work.database.undo(room.owner.id, actor="Ingrid")
    with room.work.database.read() as unit:
        undo, draw = activity.trail(unit, room.owner.id)
    assert (draw.subject, draw.is_undone, draw.undone_by) == ("Draw: Round 1", True, "Ingrid")
    assert (undo.is_undo, undo.can_undo) == (True, False)


def rename(room: Room, name: str) -> None:
    with room.work.database.write(
        actor="x", verb="rename to", subject=name, tournament=room.owner.id
    ) as unit:
        unit.update(schema.tournament, {room.owner.id: {"name": name}})


def test_everything_since_an_action_is_taken_back_newest_first(room: Room) -> None:
    for name in ("One", "Two", "Three"):
        rename(room, name)
    with room.work.database.read() as unit:
        second = activity.trail(unit, room.owner.id)[1]
    done = activity.take_back_to(room.work.database, room.owner.id, second.id, "Ingrid")
    assert done == 2
    assert room.look().owner.name == "One"


def test_one_in_between_is_held_by_a_later_one(room: Room) -> None:
    for name in ("One", "Two"):
        rename(room, name)
    with room.work.database.read() as unit:
        first = activity.trail(unit, room.owner.id)[1]
    with pytest.raises(UserError) as caught:
        activity.take_back(room.work.database, room.owner.id, first.id, "Ingrid")
    assert caught.value.code == "undo_blocked"
    assert "rename to Two" in caught.value.message
