"""Rows from a spreadsheet: all problems with their lines, nothing half stored, one action."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.registration import Kind
from tabapp.domain.setup import new_tournament
from tabapp.services import exchange, people, people_paste
from tabapp.services.workspace import Workspace
from tabapp.store.people_lists import PeopleLists

TEAMS = """\
Team\tInstitution\tSpeaker 1\tSpeaker 1 email\tSpeaker 2
Kranichfeld A\tKranichfeld\tAna Núñez\tana@example.org\tOtto Lind
Kranichfeld B\tkra\tMia Sol\t\tJo Park
"""


class Tab:
    def __init__(self, work: Workspace) -> None:
        self.work = work
        self.owner = work.tournament()

    def write(self, change: Callable[..., Any], *args: object, **more: object) -> Any:
        with self.work.database.write(actor="A", verb="paste", tournament=self.owner.id) as unit:
            return change(unit, self.owner.id, *args, **more)

    def paste(self, kind: Kind, text: str, **more: bool) -> people_paste.Pasted:
        found: people_paste.Pasted = self.write(people_paste.paste, kind, text, **more)
        return found

    def preview(self, kind: Kind, text: str, **more: bool) -> people_paste.Preview:
        with self.work.database.read() as unit:
            return people_paste.preview(unit, self.owner.id, kind, text, **more)

    @property
    def lists(self) -> PeopleLists:
        with self.work.database.read() as unit:
            return people.read_lists(unit, self.owner.id)


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with open_workspace(tmp_path / "paste.tabapp", create=True) as work:
        exchange.add(
            work.database, new_tournament("Paste", break_size=4), now=work.clock.now(), actor="t")
        made = Tab(work)
        made.write(people.add, "institution", {"name": "Kranichfeld", "code": "KRA"})
        yield made


def test_teams_come_with_speakers_institution_conflict_and_break(tab: Tab) -> None:
    done = tab.paste("team", TEAMS)
    assert (done.rows, done.speakers) == (2, 4)
    lists = tab.lists
    assert [(one.name, one.institution, one.speakers, one.categories) for one in lists.teams] == [
        ("Kranichfeld A", "Kranichfeld", ("Ana Núñez", "Otto Lind"), ("Open",)),
        ("Kranichfeld B", "Kranichfeld", ("Mia Sol", "Jo Park"), ("Open",)),
    ]
    assert [one.email for one in lists.speakers if one.name == "Ana Núñez"] == ["ana@example.org"]
    assert len(lists.conflicts) == 2


def test_a_paste_is_one_action(tab: Tab) -> None:
    before = tab.lists
    tab.paste("team", TEAMS + "Owls A\tOwls\tX Y\t\t\n", make_missing=True)
    tab.work.database.undo(tab.owner.id, actor="A")
    assert tab.lists == before


def test_every_problem_stands_at_its_line_and_nothing_is_stored(tab: Tab) -> None:
    text = TEAMS.replace("ana@example.org", "ana@@").replace("kra\t", "Kranichfled\t")
    text += "Kranichfeld A\tKranichfeld\n"
    with pytest.raises(ProblemsFound) as found:
        tab.paste("team", text)
    assert {one.where: one.code for one in found.value.problems} == {
        "line 2, speaker1_email": "email_wrong",
        "line 3, institution": "name_unknown_nearest",
        "line 4, name": "name_pasted_twice",
    }
    assert tab.lists.teams == ()


def test_unknown_institutions_are_offered_and_made_on_request(tab: Tab) -> None:
    text = "Owls A,Owls,X One,X Two\nOwls B,OWLS,X Three,X Four\nElks A,Elks,X Five,X Six\n"
    look = tab.preview("team", text)
    assert look.missing == {"institution": ("Owls", "Elks")}
    assert not look.can_be_stored
    assert tab.preview("team", text, make_missing=True).can_be_stored
    assert tab.lists.institutions[0].name == "Kranichfeld"
    assert tab.paste("team", text, make_missing=True).made == {"institution": 2}
    assert {one.name: one.teams for one in tab.lists.institutions} == {
        "Elks": 1, "Kranichfeld": 0, "Owls": 2}


def test_letters_get_their_institution_before_them(tab: Tab) -> None:
    text = "team\tinstitution\nA\tKranichfeld\nA\tOwls\n"
    assert people_paste.wants_prefix(text, "team")
    assert not people_paste.wants_prefix(TEAMS, "team")
    tab.paste("team", text, make_missing=True, prefix=True)
    assert [one.name for one in tab.lists.teams] == ["Kranichfeld A", "Owls A"]


def test_columns_of_tabbycat_are_understood(tab: Tab) -> None:
    tab.paste("team", (
        "institution,reference,short_reference,use_institution_prefix,seed,break_category,"
        "speaker1_name,speaker1_email,speaker2_name\n"
        "KRA,A,A,true,3,open,Ana,ana@example.org,Otto\n"))
    (team,) = tab.lists.teams
    assert (team.name, team.short_name, team.seed, team.categories) == (
        "Kranichfeld A", "KRA A", 3, ("Open",))
    tab.paste("speaker", "name,email,team_name,institution\nMia,mia@example.org,A,KRA\n")
    assert tab.lists.teams[0].speakers == ("Ana", "Otto", "Mia")


def test_judges_may_name_judges_that_stand_further_down(tab: Tab) -> None:
    done = tab.paste("adjudicator", (
        "name;institution;base_score;independent;adj_conflicts;institution_conflicts\n"
        "Nia;KRA;4,5;no;Sam, Nia;\nSam;;3;yes;;Kranichfeld\n"))
    assert done.rows == 2
    found = {(one.kind, one.one, one.other) for one in tab.lists.conflicts}
    assert found == {
        ("adjudicator_adjudicator", "Nia", "Sam"),
        ("adjudicator_institution", "Nia", "Kranichfeld"),
        ("adjudicator_institution", "Sam", "Kranichfeld"),
    }
    assert {one.name: (one.score, one.independent) for one in tab.lists.judges} == {
        "Nia": (4.5, False), "Sam": (3, True)}


def test_rooms_come_with_categories_that_are_made(tab: Tab) -> None:
    tab.paste("venue", "Aula\t200\t300\tStep-free\nAnnex\t\t\tStep-free/Quiet\n",
              make_missing=True)
    rooms = {one.name: one for one in tab.lists.rooms}
    assert (rooms["Aula"].priority, rooms["Aula"].capacity) == (200, 300)
    assert (rooms["Annex"].priority, rooms["Annex"].categories) == (100, ("Step-free", "Quiet"))


def test_a_column_that_is_not_known_is_left_out_and_said(tab: Tab) -> None:
    look = tab.preview("institution", "Name\tT-shirt\nOwls\tXL\n")
    assert [(one.level, one.where, one.code) for one in look.problems] == [
        ("warning", "header", "column_unknown")]
    assert look.can_be_stored


def test_nothing_and_the_wrong_kind_are_refused(tab: Tab) -> None:
    with pytest.raises(UserError, match="nothing to paste"):
        tab.paste("team", " \n\t\n")
    with pytest.raises(UserError, match="cannot be pasted"):
        tab.paste("speaker_category", "Novice")


def test_a_thousand_rows_are_checked_in_a_moment(tab: Tab) -> None:
    text = "".join(f"Team {n}\tHome {n // 3}\tA {n}\tB {n}\n" for n in range(1000))
    done = tab.paste("team", text, make_missing=True)
    assert (done.rows, done.speakers, done.made) == (1000, 2000, {"institution": 334})
