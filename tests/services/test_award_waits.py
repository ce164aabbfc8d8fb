"""What keeps awards from the hall, until it is released."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.domain.achievements import AWARDS
from tabapp.services import rounds, tournament_settings
from tabapp.services.award_views import read_awards
from tabapp.services.award_waits import AwardWaits, Lack, read_waits
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.award_rows import list_awards
from tabapp.store.tournaments import TournamentRow
from tests.reliability.scenes import add, made_up, rounds_of


class Room:
    """A played tournament of four rounds, the last two silent, with its awards."""

    def __init__(self, work: Workspace, owner: TournamentRow) -> None:
        self.work, self.owner = work, owner

    def set(self, **values: Any) -> None:
        with self.work.database.write(
            actor="Ann", verb="change", tournament=self.owner.id
        ) as unit:
            tournament_settings.change_settings(unit, self.owner.id, values)

    def waits(self) -> AwardWaits:
        """What awards wait for; checks that it is said of each that is not public, and no other."""
        with self.work.database.read() as unit:
            waits, view = read_waits(unit, self.owner.id), read_awards(unit, self.owner.id)
        lines = [line for family in view.families for line in family.awards if line.is_earned]
        assert {one.key for one in lines if not one.is_public} == set(waits.lacks)
        return waits


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=ManualClock()) as work:
        owner = add(work, made_up(7, teams=16, rounds=4, play=True))
        work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
        yield Room(work, owner)


def test_each_award_that_is_not_public_says_what_it_waits_for(room: Room) -> None:
    waits = room.waits()
    assert Lack("team_tab_released") in waits.lacks["top_of_the_tab"]
    assert Lack("all_results_released", ("Round 3", "Round 4")) in waits.lacks["top_of_the_tab"]
    assert waits.lacks["team_complete"] == (Lack("public_participants"),)
    for key, lacks in waits.lacks.items():
        assert lacks, key
        assert (AWARDS[key].public_after == "never") is (lacks[0].need == "never")


def test_what_several_wait_for_is_said_once_with_the_most_first(room: Room) -> None:
    together = room.waits().together()
    needs = [one.need for one in together]
    assert len(needs) == len(set(needs))
    assert "never" not in needs
    sizes = [len(one.keys) for one in together]
    assert sizes == sorted(sizes, reverse=True)
    silent = next(one for one in together if one.need == "all_results_released")
    assert silent.rounds == ("Round 3", "Round 4")


def test_every_release_takes_away_what_it_was_waited_for(room: Room) -> None:
    for setting in (
        "public_participants", "team_tab_released", "public_results", "all_results_released",
        "speaker_tab_released",
    ):
        room.set(**{setting: True})
        assert setting not in {one.need for one in room.waits().together()}
    assert room.waits().together() == ()


def test_a_round_that_was_opened_again_is_waited_for(room: Room) -> None:
    room.set(all_results_released=True, team_tab_released=True, speaker_tab_released=True)
    second = rounds_of(room.work, room.owner)[1]
    with room.work.database.write(actor="Ann", verb="open", tournament=room.owner.id) as unit:
        rounds.reopen_round(unit, second.id)
    open_ = next(one for one in room.waits().together() if one.need == "completed")
    assert open_.rounds == ("Round 2",)


def test_an_award_that_does_not_say_on_what_it_rests_waits_for_a_check(room: Room) -> None:
    room.set(all_results_released=True, team_tab_released=True, speaker_tab_released=True)
    with room.work.database.write(actor="Ann", verb="x", tournament=room.owner.id) as unit:
        row = next(one for one in list_awards(unit, room.owner.id) if one.key == "first_win")
        unit.update(schema.achievement, {row.id: {"extra": {}}})
    assert room.waits().lacks["first_win"] == (Lack("check"),)
