"""Complete records: told once when the last thing asked for comes in, and kept in files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive
from tabapp.domain.registration import FIELD_WORDS, Profile, fraction, is_complete, missing
from tabapp.exchange import write_archive
from tabapp.services import exchange, people, people_paste
from tabapp.services.events import ProfileCompleted
from tabapp.services.people_categories import set_eligibility
from tabapp.services.profiles import profile_events, read_profiles
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.archive_in import store_archive
from tabapp.store.archive_out import read_archive
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit
from tests.reliability.scenes import add, made_up

SPEAKER = {"consent": True, "categories_answered": True}
JUDGE = {"consent": True, "conflicts_declared": True}


class Desk:
    """A registered tournament in which no record is complete."""

    def __init__(self, work: Workspace, owner: TournamentRow) -> None:
        self.work, self.owner = work, owner

    def id_of(self, table: Any, ref: str) -> int:
        with self.work.database.read() as unit:
            found = unit.scalar(select(table.c.id).where(table.c.ref == ref))
        assert isinstance(found, int)
        return found

    def told(self, change: Callable[[WriteUnit], object]) -> list[tuple[str, int]]:
        """Make a change; return whose record became complete by it."""
        with self.work.database.write(
            actor="Ann", verb="change", tournament=self.owner.id
        ) as unit:
            change(unit)
            unit.events.clear()
            profile_events(unit)
            found = [one for one in unit.events if isinstance(one, ProfileCompleted)]
        assert all(one.tournament == self.owner.id for one in found)
        return [(one.kind, one.person) for one in found]

    def edit(self, kind: Any, record: int, **values: object) -> list[tuple[str, int]]:
        return self.told(lambda unit: people.edit(unit, self.owner.id, kind, record, values))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    archive = made_up(3, teams=4, rounds=1)
    for one in archive.speakers:
        one.categories = []
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield Desk(work, add(work, archive))


# --- the moment --------------------------------------------------------------------------------


def test_the_last_thing_asked_for_completes_a_speaker_once(desk: Desk) -> None:
    speaker = desk.id_of(schema.speaker, "S1")
    assert desk.edit("speaker", speaker, consent=True) == []
    assert desk.edit("speaker", speaker, categories_answered=True) == [("speaker", speaker)]
    assert desk.edit("speaker", speaker, email="a@b.example") == []
    assert desk.edit("speaker", speaker, consent=False) == []
    assert desk.edit("speaker", speaker, consent=True) == [("speaker", speaker)]


def test_a_judge_is_complete_with_a_score_and_declared_conflicts(desk: Desk) -> None:
    judge = desk.id_of(schema.adjudicator, "A1")
    desk.edit("adjudicator", judge, base_score=0, consent=True)
    assert desk.edit("adjudicator", judge, conflicts_declared=True) == []
    assert desk.edit("adjudicator", judge, base_score=3.5) == [("adjudicator", judge)]


def test_a_category_answers_the_question_on_categories(desk: Desk) -> None:
    speaker = desk.id_of(schema.speaker, "S1")
    desk.edit("speaker", speaker, consent=True)
    with desk.work.database.read() as unit:
        category = unit.scalar(select(schema.speaker_category.c.id))
    assert desk.told(lambda unit: set_eligibility(
        unit, desk.owner.id, "speaker", {speaker: frozenset({category})})
    ) == [("speaker", speaker)]
    assert desk.told(lambda unit: set_eligibility(
        unit, desk.owner.id, "speaker", {speaker: frozenset()})) == []


def test_the_institution_of_the_team_completes_its_speakers(desk: Desk) -> None:
    team = desk.id_of(schema.team, "T1")
    home = desk.id_of(schema.institution, "I1")
    desk.edit("team", team, institution="")
    ids = [desk.id_of(schema.speaker, ref) for ref in ("S1", "S2")]
    for one in ids:
        assert desk.edit("speaker", one, **SPEAKER) == []
    assert desk.edit("team", team, short_name="x") == []
    assert desk.edit("team", team, institution=home) == [("speaker", one) for one in ids]
    desk.edit("team", team, institution="")
    assert desk.edit("team", team, type="composite") == [("speaker", one) for one in ids]


def test_whoever_is_added_whole_is_complete_at_once(desk: Desk) -> None:
    def add_judge(unit: WriteUnit) -> None:
        people.add(unit, desk.owner.id, "adjudicator", {
            "name": "Ines", "independent": True, "base_score": "4", **JUDGE})

    assert desk.told(add_judge) == [("adjudicator", desk.id_of(schema.adjudicator, "A1") + (
        _judges(desk) - 1))]


def _judges(desk: Desk) -> int:
    with desk.work.database.read() as unit:
        return len(unit.fetch(select(schema.adjudicator.c.id)))


def test_pasted_answers_complete_everybody_in_the_paste(desk: Desk) -> None:
    text = "name\tteam\tconsent\tanswered\nAna\t{0}\tyes\tyes\nBo\t{0}\tyes\tno"
    with desk.work.database.read() as unit:
        team = unit.scalar(select(schema.team.c.name))
    found = desk.told(
        lambda unit: people_paste.paste(unit, desk.owner.id, "speaker", text.format(team)))
    assert len(found) == 1
    assert found[0][0] == "speaker"


def test_an_undo_tells_nothing_and_a_redo_tells_again(desk: Desk) -> None:
    heard: list[ProfileCompleted] = []
    desk.work.database.hooks.append(
        lambda unit: heard.extend(_own(unit)))
    speaker = desk.id_of(schema.speaker, "S1")
    with desk.work.database.write(actor="Ann", verb="x", tournament=desk.owner.id) as unit:
        people.edit(unit, desk.owner.id, "speaker", speaker, dict(SPEAKER))
    assert [one.person for one in heard] == [speaker]
    desk.work.database.undo(desk.owner.id, actor="Ann")
    assert len(heard) == 1
    desk.work.database.redo(desk.owner.id, actor="Ann")
    assert [one.person for one in heard] == [speaker, speaker]


def _own(unit: WriteUnit) -> list[ProfileCompleted]:
    before = len(unit.events)
    profile_events(unit)
    found = unit.events[before:]
    del unit.events[before:]
    return [one for one in found if isinstance(one, ProfileCompleted)]


def test_an_import_tells_of_nobody(desk: Desk) -> None:
    archive = made_up(4, teams=4, rounds=1)
    archive.tournament.slug = "other"
    for one in archive.speakers:
        one.consent = one.categories_answered = True
    with desk.work.database.write() as unit:
        store_archive(unit, archive, now="2026-01-01")
        profile_events(unit)
        assert unit.events == []


def test_a_unit_that_touches_nobody_reads_nothing(desk: Desk) -> None:
    with desk.work.database.write(tournament=desk.owner.id) as unit:
        unit.update(schema.round_, {1: {"name": "First"}})
        unit.connection.exec_driver_sql("SELECT 1")
        connection = unit._open
        unit._open = None  # any statement would be refused now
        profile_events(unit)
        unit._open = connection


# --- what is missing ---------------------------------------------------------------------------


def test_what_is_missing_is_counted_and_said(desk: Desk) -> None:
    speaker = desk.id_of(schema.speaker, "S1")
    desk.edit("speaker", speaker, consent=True)
    with desk.work.database.read() as unit:
        found = read_profiles(unit, desk.owner.id)
    one = next(row for row in found.speakers if row.id == speaker)
    assert found.speaker_fields == ("name", "institution", "categories", "consent")
    assert (one.fraction, one.missing) == (0.75, ("categories",))
    assert one.lacks == "an answer on categories"
    assert one.aside
    other = next(row for row in found.speakers if row.id != speaker)
    assert other.lacks == "an answer on categories and consent to be named"
    assert found.adjudicators[0].missing == ("conflicts", "consent")
    assert (found.complete, found.people) == (0, len(found.speakers) + len(found.adjudicators))


def test_the_settings_say_what_is_asked(desk: Desk) -> None:
    for fields, complete in ((["name"], True), (["email"], False), ([], True)):
        with desk.work.database.write(tournament=desk.owner.id) as unit:
            unit.update(schema.tournament, {
                desk.owner.id: {"settings": {"speaker_profile_fields": fields}}})
        with desk.work.database.read() as unit:
            found = read_profiles(unit, desk.owner.id)
        assert all((not one.missing) == complete for one in found.speakers), fields


def test_every_field_that_can_be_asked_for_is_missing_from_an_empty_record() -> None:
    everything = tuple(FIELD_WORDS)
    empty = Profile()
    assert missing(everything, empty) == everything
    assert fraction(everything, everything) == 0.0
    assert fraction((), ()) == 1.0
    full = Profile(
        "Ana", "a@b.example", "f", "she", has_team=True, has_institution=True, consent=True,
        answered=True, base_score=3.0)
    assert missing(everything, full) == ()
    assert is_complete(everything, full)
    assert not is_complete((), full)
    assert not is_complete(("name",), Profile(name="  "))


# --- kept in files -----------------------------------------------------------------------------


def test_answers_are_kept_in_files_and_left_out_where_nobody_gave_one(
    desk: Desk, tmp_path: Path
) -> None:
    desk.edit("speaker", desk.id_of(schema.speaker, "S1"), **SPEAKER)
    desk.edit("adjudicator", desk.id_of(schema.adjudicator, "A1"), **JUDGE)
    with desk.work.database.read() as unit:
        found = read_archive(unit, desk.owner.id)
    document = json.loads(write_archive(found))
    given = {
        one["id"]: {key: one[key] for key in (*SPEAKER, *JUDGE) if key in one}
        for one in (*document["speakers"], *document["adjudicators"])}
    assert {key: value for key, value in given.items() if value} == {"S1": SPEAKER, "A1": JUDGE}
    again = Archive.model_validate(document)
    with open_workspace(tmp_path / "again.tabapp", create=True) as work:
        exchange.add(work.database, again, now=work.clock.now(), actor="Ann")
        with work.database.read() as unit:
            back = read_archive(unit, work.tournament().id)
    plain: dict[str, Any] = {"activity": []}
    assert write_archive(back.model_copy(update=plain)) == write_archive(
        found.model_copy(update=plain))
