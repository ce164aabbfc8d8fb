"""Awards on a real file: given once, kept, taken back, and shown to those who may know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import job_registry, open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.domain import archive as doc
from tabapp.domain.achievements import AWARDS
from tabapp.exchange import check_archive, read_source, write_archive
from tabapp.jobs.testing import JobTestContext
from tabapp.services import award_views, awards, exchange, people, rounds, tournament_settings
from tabapp.services.events import AchievementAwarded, BallotConfirmed, TeamCompleted
from tabapp.services.people_deletion import delete
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_out import read_archive
from tabapp.store.award_rows import AwardRow, list_awards
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit
from tests.reliability.scenes import add, enter, entries_for, export, made_up, rounds_of

Context = JobTestContext[ReadUnit, WriteUnit]


class Room:
    """A played tournament on a file, the events that were heard, and jobs run by hand."""

    def __init__(self, work: Workspace, owner: TournamentRow, clock: ManualClock) -> None:
        self.work, self.owner, self.clock = work, owner, clock
        self.heard: list[AchievementAwarded] = []
        self._forget = work.bus.subscribe(AchievementAwarded, self.heard.append)

    def check_all(self) -> dict[str, Any]:
        return self.run("achievements.check_all")

    def run(self, name: str, **params: Any) -> dict[str, Any]:
        self.clock.advance(60)
        value = self.work.run(
            name, tournament=self.owner.id, tournament_id=self.owner.id, **params).value
        assert isinstance(value, dict)
        return value

    def write(self, change: Callable[[WriteUnit], object]) -> None:
        with self.work.database.write(
            actor="Ann", verb="change", tournament=self.owner.id
        ) as unit:
            change(unit)

    def stored(self) -> dict[tuple[str, str], AwardRow]:
        with self.work.database.read() as unit:
            return {(one.key, one.subject): one for one in list_awards(unit, self.owner.id)}

    def view(self) -> dict[str, award_views.AwardLine]:
        with self.work.database.read() as unit:
            found = award_views.read_awards(unit, self.owner.id)
        return {line.key: line for family in found.families for line in family.awards}

    def public(self) -> dict[str, tuple[str, ...]]:
        with self.work.database.read() as unit:
            return {
                one.key: tuple(winner.name for winner in one.winners)
                for one in award_views.public_awards(unit, self.owner.id)}

    def set(self, **values: Any) -> None:
        self.write(
            lambda unit: tournament_settings.change_settings(unit, self.owner.id, values))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    clock = ManualClock()
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=clock) as work:
        yield Room(work, add(work, made_up(7, teams=16, rounds=4, play=True)), clock)


# --- given, kept, taken back -------------------------------------------------------------------


def test_a_second_run_writes_nothing(room: Room) -> None:
    first = room.check_all()
    before, heard = room.stored(), len(room.heard)
    history = room.work.database.history(room.owner.id)
    assert first["awarded"] == heard == len(before) > 50
    assert room.check_all() == {"awarded": 0, "taken_back": 0, "changed": 0}
    assert (room.stored(), len(room.heard)) == (before, heard)
    assert room.work.database.history(room.owner.id) == history


def test_each_award_is_told_once(room: Room) -> None:
    room.check_all()
    told = [(one.key, one.subject) for one in room.heard]
    assert len(told) == len(set(told))
    assert set(told) == set(room.stored())


def test_what_is_written_stands_in_no_trail_and_no_undo_takes_it(room: Room) -> None:
    room.check_all()
    newest = room.work.database.history(room.owner.id)[0]
    assert (newest.trail, newest.undoable) == (False, False)


def test_a_correction_takes_back_what_it_undid_and_leaves_the_rest(room: Room) -> None:
    room.check_all()
    before = room.stored()
    last = rounds_of(room.work, room.owner)[-1]
    enter(room.work, room.owner, entries_for(room.work, last, seed=99))
    changes = room.run("achievements.check", event="ballot.confirmed")
    after = room.stored()
    assert changes["taken_back"] > 0
    assert changes["awarded"] > 0
    assert len(before.keys() - after.keys()) == changes["taken_back"]
    untouched = [key for key in before if key in after and before[key] == after[key]]
    assert len(untouched) > 20
    for key in before.keys() & after.keys():
        assert (before[key].id, before[key].awarded_at) == (after[key].id, after[key].awarded_at)
    room.clock.advance(60)
    assert room.check_all()["awarded"] == 0  # a check by event has found all that there was


def test_undoing_the_correction_gives_the_same_awards_back(room: Room) -> None:
    room.check_all()
    before = {key: (one.round_seq, one.extra) for key, one in room.stored().items()}
    last = rounds_of(room.work, room.owner)[-1]
    enter(room.work, room.owner, entries_for(room.work, last, seed=99))
    room.run("achievements.check", event="ballot.confirmed")
    room.work.database.undo(room.owner.id, actor="Ann")
    room.run("achievements.check", event="ballot.withdrawn")
    assert {key: (one.round_seq, one.extra) for key, one in room.stored().items()} == before


def test_awards_that_follow_an_undo_are_in_nobodys_way_of_a_redo(room: Room) -> None:
    room.check_all()
    last = rounds_of(room.work, room.owner)[-1]
    enter(room.work, room.owner, entries_for(room.work, last, seed=99))
    room.work.database.undo(room.owner.id, actor="Ann")
    room.write(lambda unit: None)
    (row,) = [one for one in room.stored().values() if one.key == "top_of_the_tab"]
    with room.work.database.write(
        verb="achievements.check", tournament=room.owner.id, trail=False, undoable=False
    ) as unit:
        unit.delete(schema.achievement, [row.id])
    assert room.work.database.redo(room.owner.id, actor="Ann").verb == "redo"


def test_awards_of_keys_that_nobody_here_knows_are_left_alone(tmp_path: Path) -> None:
    archive = made_up(7, teams=8, rounds=3, play=True)
    archive.achievements = [
        doc.Achievement(key="of_tomorrow", subject="T1", round=1, awarded_at="2020-01-01"),
        doc.Achievement(key="team_complete", subject="T1", awarded_at="2020-01-01"),
        doc.Achievement(key="comeback", subject="T2", round=2, awarded_at="2020-01-01"),
    ]
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, archive)
        work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
        with work.database.read() as unit:
            found = {(one.key, one.subject): one for one in list_awards(unit, owner.id)}
            view = award_views.read_awards(unit, owner.id)
    assert found["of_tomorrow", "T1"].awarded_at == "2020-01-01"
    assert view.foreign == 1
    kept = found["team_complete", "T1"]  # known, earned, and now with what it rests on
    assert kept.awarded_at == "2020-01-01"
    assert kept.facts == {"speakers": 2}
    assert ("comeback", "T2") not in found


def test_what_happens_to_people_leaves_results_unread(room: Room) -> None:
    value = room.run("achievements.check", event="team.completed")
    assert {key for key, _subject in room.stored()} == {"team_complete"}
    assert value["awarded"] == 16


def test_a_check_of_one_team_is_about_that_team(room: Room) -> None:
    room.run("achievements.check", event="team.completed", subject="T3")
    assert set(room.stored()) == {("team_complete", "T3")}


def test_every_event_of_the_catalogue_is_known_and_others_are_refused(room: Room) -> None:
    for event in (*awards.PARTS_OF_EVENTS, BallotConfirmed.name, TeamCompleted.name):
        assert set() < awards.keys_of_event(event) <= set(AWARDS)
    with pytest.raises(UserError, match="no event that awards follow from"):
        awards.keys_of_event("lunch.served")


def test_a_deleted_team_has_no_awards_and_the_file_can_be_read_again(room: Room) -> None:
    def newcomer(unit: WriteUnit) -> None:
        people.add(unit, room.owner.id, "team", {
            "name": "Late", "speaker1": "Ana", "speaker2": "Bo"})

    room.write(newcomer)
    room.check_all()
    assert ("team_complete", "T17") in room.stored()
    with room.work.database.read() as unit:
        (late,) = unit.fetch(select(schema.team.c.id).where(schema.team.c.ref == "T17"))
    room.write(lambda unit: delete(unit, room.owner.id, "team", late))
    with room.work.database.read() as unit:
        document = read_archive(unit, room.owner.id)
        assert not any(
            one.subject == "T17" for line in room.view().values() for one in line.winners)
    assert [one for one in check_archive(document) if one.level == "error"] == []
    room.run("achievements.check", event="team.joined")
    assert ("team_complete", "T17") not in room.stored()


def test_awards_survive_being_written_and_read(room: Room, tmp_path: Path) -> None:
    room.check_all()
    with room.work.database.read() as unit:
        document = read_archive(unit, room.owner.id)
        bytes_once = export(unit, room.owner.id)
    with open_workspace(tmp_path / "other.tabapp", create=True) as work:
        owner = add(work, document)
        with work.database.read() as unit:
            assert export(unit, owner.id) == bytes_once
        result = work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
    assert result.value == {"awarded": 0, "taken_back": 0, "changed": 0}


# --- on time -----------------------------------------------------------------------------------


def test_a_round_completed_by_its_end_was_on_time_until_the_end_is_earlier(room: Room) -> None:
    last = rounds_of(room.work, room.owner)[-1]
    room.write(lambda unit: rounds.reopen_round(unit, last.id))
    now = room.clock.now()
    end = (now + timedelta(minutes=30)).isoformat()
    room.write(lambda unit: unit.update(schema.round_, {last.id: {"expected_end": end}}))
    room.write(lambda unit: rounds.complete_round(unit, last.id))
    room.check_all()
    assert room.view()["round_on_time"].winners[0].round == "Round 4"
    early = (now - timedelta(minutes=30)).isoformat()
    room.write(lambda unit: unit.update(schema.round_, {last.id: {"expected_end": early}}))
    room.run("achievements.check", event="round.completed")
    assert not room.view()["round_on_time"].is_earned


def test_nobody_knows_when_an_imported_round_ended_so_its_award_stays(tmp_path: Path) -> None:
    archive = made_up(7, teams=8, rounds=3, play=True)
    archive.rounds[0].expected_end = "2026-01-01T10:00"
    archive.achievements = [doc.Achievement(key="round_on_time", subject="", round=1)]
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, archive)
        work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
        with work.database.read() as unit:
            assert "round_on_time" in {one.key for one in list_awards(unit, owner.id)}


# --- every night -------------------------------------------------------------------------------


def test_every_night_the_active_tournaments_are_checked_each_by_a_run_of_its_own(
    room: Room,
) -> None:
    over = room.owner
    open_one = add(room.work, made_up(8, teams=8, rounds=2).model_copy(update={
        "tournament": made_up(8).tournament.model_copy(update={"slug": "open"})}))
    ctx: Context = JobTestContext(room.work.database, registry=job_registry())
    found = ctx.run(job_registry().get("achievements.check_all_active"))
    asked = [(one.spec.name, one.tournament) for one in ctx.follow_ups]
    assert ("achievements.check_all", open_one.id) in asked
    assert over.id not in found["tournaments"]
    assert ctx.stats == {"submitted": 1}
    ctx.assert_progress_complete()


# --- what is read ------------------------------------------------------------------------------


def test_the_page_reads_winners_with_names_and_sentences_and_what_nobody_has(room: Room) -> None:
    room.check_all()
    with room.work.database.read() as unit:
        found = award_views.read_awards(unit, room.owner.id)
        lines = [line for family in found.families for line in family.awards]
        assert [line.key for line in lines] == list(AWARDS)
        assert found.earned == sum(line.is_earned for line in lines) < len(lines)
        assert found.winners == sum(len(line.winners) for line in lines)
        top = next(line for line in lines if line.key == "top_of_the_tab").winners[0]
        assert top.name
        assert top.detail
        assert top.round == "Round 4"
        assert top.sentence == "First after Round 4."
        assert top.awarded_at == room.clock.now()
        held = award_views.awards_of(unit, room.owner.id, "teams", top.subject)
    assert "top_of_the_tab" in [one.award.key for one in held]
    assert {one.award.family for one in held} == {"teams"}


def test_nothing_is_public_before_it_is_released(room: Room) -> None:
    room.check_all()
    assert set(room.public()) <= {
        key for key, one in AWARDS.items() if one.public_after == "always"}


def test_published_results_show_awards_of_rounds_that_are_not_silent(room: Room) -> None:
    room.check_all()
    room.set(public_results=True)
    silent = {one.seq for one in rounds_of(room.work, room.owner) if one.silent}
    assert silent == {3, 4}
    shown = room.public()
    names = {one.name for one in room.view()["first_win"].winners if one.round_seq in (1, 2)}
    assert set(shown["first_win"]) == names
    assert len(names) < len(room.view()["first_win"].winners)
    assert "ever_present" not in shown
    assert "best_of_the_room" not in shown
    room.set(public_results=True, all_results_released=True)
    assert len(room.public()["first_win"]) == len(room.view()["first_win"].winners)
    assert "ever_present" in room.public()
    assert "top_of_the_tab" not in room.public()
    room.set(all_results_released=True, team_tab_released=True, speaker_tab_released=True)
    assert {"top_of_the_tab", "best_of_the_room", "highest_speech"} <= set(room.public())
    assert "team_complete" not in room.public()
    room.set(public_participants=True)
    assert "team_complete" in room.public()


def test_a_first_win_after_a_silent_round_does_not_tell_who_lost_in_it(room: Room) -> None:
    rounds = rounds_of(room.work, room.owner)
    room.write(lambda unit: unit.update(schema.round_, {
        one.id: {"silent": one.seq == 1} for one in rounds}))
    room.check_all()
    room.set(public_results=True, team_tab_released=True, speaker_tab_released=True)
    assert {one.round_seq for one in room.view()["first_win"].winners} > {1, 2}
    told = {key for key in room.public() if AWARDS[key].family in ("teams", "speakers")}
    assert told == set()


def test_the_public_reads_code_names_and_no_anonymous_person(room: Room) -> None:
    room.check_all()
    (row,) = [one for one in room.stored().values() if one.key == "highest_speech"][:1]
    (top,) = [one for one in room.stored().values() if one.key == "top_of_the_tab"][:1]
    with room.work.database.read() as unit:
        speaker = unit.scalar(
            select(schema.speaker.c.id).where(schema.speaker.c.ref == row.subject))
        team = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == top.subject))
    room.write(lambda unit: unit.update(schema.speaker, {speaker: {"anonymous": True}}))
    room.write(lambda unit: unit.update(schema.team, {team: {"code_name": "Golden Cat"}}))
    room.set(
        all_results_released=True, team_tab_released=True, speaker_tab_released=True,
        team_code_names="everywhere")
    assert "Anonymous" in room.public()["highest_speech"]
    assert "Golden Cat" in room.public()["top_of_the_tab"]
    room.write(lambda unit: unit.update(schema.speaker, {speaker: {"code_name": "Owl"}}))
    assert "Owl" in room.public()["highest_speech"]


def test_records_of_people_are_never_shown_to_the_hall(room: Room) -> None:
    room.set(speaker_profile_fields=["name"], public_participants=True, all_results_released=True)
    room.check_all()
    assert len(room.view()["profile_complete"].winners) == 32
    assert "profile_complete" not in room.public()


# --- real tournaments --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2023eudc.xml", "2023berkeley.xml"])
def test_real_tournaments_give_awards_that_hold(
    data_dir: Path, tmp_path: Path, name: str
) -> None:
    archive = read_source([data_dir / "debatexml" / name], None).archive
    assert archive is not None
    for one in archive.rounds:
        one.completed = True
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = work.tournament(
            exchange.add(work.database, archive, now=work.clock.now(), actor="Ann"))
        for _again in range(2):
            last = work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
        assert last.value == {"awarded": 0, "taken_back": 0, "changed": 0}
        with work.database.read() as unit:
            lines = {
                one.key: one for family in award_views.read_awards(unit, owner.id).families
                for one in family.awards}
            assert write_archive(read_archive(unit, owner.id))
    for key in ("first_win", "highest_speech", "steady_hand", "top_of_the_tab", "bounced_back"):
        assert lines[key].is_earned, key
    top = {line.name for line in lines["highest_speech"].winners}
    best = max(
        speech.score for round_ in archive.rounds if round_.stage == "preliminary"
        for debate in round_.debates for ballot in debate.ballots for sheet in ballot.sheets
        for side in sheet.sides for speech in side.speeches if speech.score is not None)
    assert f"{best:g} in" in lines["highest_speech"].winners[0].sentence
    assert top
