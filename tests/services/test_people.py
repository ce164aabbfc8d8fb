"""Adding, changing, withdrawing, deleting: what is stored, refused, and brought back by undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.registration import Kind
from tabapp.domain.simulation import generate_tournament
from tabapp.services import (
    checks,
    draws,
    exchange,
    people,
    people_categories,
    people_conflicts,
)
from tabapp.services.people_deletion import delete, look_at_deletion
from tabapp.services.people_details import read_judge, read_team
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tabapp.store.people_lists import PeopleLists
from tabapp.store.tournaments import list_rounds
from tabapp.tasks.play import play_round


class Tab:
    """A tournament with eight teams, and short ways to change it."""

    def __init__(self, work: Workspace) -> None:
        self.work = work
        self.owner = work.tournament()

    def write(self, change: Callable[..., Any], *args: object, **more: object) -> Any:
        with self.work.database.write(
            actor="Ann", verb="test", tournament=self.owner.id
        ) as unit:
            return change(unit, self.owner.id, *args, **more)

    def read(self, query: Callable[..., Any], *args: object) -> Any:
        with self.work.database.read() as unit:
            return query(unit, self.owner.id, *args)

    def add(self, kind: Kind, **values: object) -> people.Stored:
        stored: people.Stored = self.write(people.add, kind, values)
        return stored

    def edit(self, kind: Kind, record: int, **values: object) -> people.Stored:
        stored: people.Stored = self.write(people.edit, kind, record, values)
        return stored

    @property
    def lists(self) -> PeopleLists:
        found: PeopleLists = self.read(people.read_lists)
        return found

    def team(self, name: str) -> Any:
        return next(one for one in self.lists.teams if one.name == name)

    def judge(self, name: str) -> Any:
        return next(one for one in self.lists.judges if one.name == name)

    def conflicts(self) -> set[tuple[str, str, str]]:
        return {(one.kind, one.one, one.other) for one in self.lists.conflicts}

    def undo(self) -> None:
        self.work.database.undo(self.owner.id, actor="Ann")

    def play(self, count: int = 1) -> None:
        for one in self.read(list_rounds)[:count]:
            for _result in play_round(self.work, self.owner, one, 1):
                pass


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    with open_workspace(tmp_path / "people.tabapp", create=True, threads=True) as work:
        document = generate_tournament(
            preset="bp", teams=8, rounds=2, seed=3, play=False, break_size=4)
        exchange.add(work.database, document, now=work.clock.now(), actor="test")
        yield Tab(work)


def codes(found: pytest.ExceptionInfo[ProblemsFound]) -> dict[str, str]:
    return {one.where: one.code for one in found.value.problems}


def test_a_new_team_has_its_speakers_its_conflict_and_the_general_break(tab: Tab) -> None:
    tab.add("institution", name="Kranichfeld", code="KRA")
    tab.add("team", name=" Kranichfeld  A ", institution="kra", speaker1="Ana Núñez",
            speaker1_email="ana@example.org", speaker2="Otto Lind")
    team = tab.team("Kranichfeld A")
    assert team.institution == "Kranichfeld"
    assert team.speakers == ("Ana Núñez", "Otto Lind")
    assert team.categories == ("Open",)
    assert ("team_institution", "Kranichfeld A", "Kranichfeld") in tab.conflicts()


def test_a_prefix_puts_the_institution_before_the_name(tab: Tab) -> None:
    tab.add("institution", name="Kranichfeld", code="KRA")
    tab.add("team", name="B", institution="Kranichfeld", use_institution_prefix=True)
    assert tab.team("Kranichfeld B").short_name == "KRA B"


def test_a_renamed_institution_renames_the_teams_that_carry_its_name(tab: Tab) -> None:
    home = tab.add("institution", name="Kranichfeld").id
    tab.add("team", name="B", institution=home, use_institution_prefix=True)
    tab.add("team", name="Owls", institution=home)
    tab.edit("institution", home, name="Kranich")
    assert {"Kranich B", "Owls"} <= {one.name for one in tab.lists.teams}


def test_all_that_is_wrong_with_a_team_is_said_at_once(tab: Tab) -> None:
    taken = tab.lists.teams[0].name
    with pytest.raises(ProblemsFound) as found:
        tab.add("team", name=taken.upper(), institution="Nowhere", seed="high", type="odd",
                speaker1="Ana", speaker1_email="ana@@", speaker2="Otto\nLind")
    assert codes(found) == {
        "name": "name_taken", "institution": "name_unknown", "seed": "number_wrong",
        "type": "choice_wrong", "speaker1_email": "email_wrong", "speaker2": "field_line_break",
    }
    assert len(tab.lists.teams) == 8


def test_a_misspelt_institution_is_answered_with_the_nearest(tab: Tab) -> None:
    tab.add("institution", name="Kranichfeld")
    with pytest.raises(ProblemsFound, match="No institution is called \"Kranichfled\""):
        tab.add("adjudicator", name="Nia", institution="Kranichfled")


def test_limits_of_names_hold_to_the_letter(tab: Tab) -> None:
    tab.add("speaker", name="n" * 70, team=tab.lists.teams[0].id)
    with pytest.raises(ProblemsFound, match="71 characters, 70 at most"):
        tab.add("speaker", name="n" * 71, team=tab.lists.teams[0].id)


def test_an_unusual_score_and_a_second_judge_of_one_name_are_warnings(tab: Tab) -> None:
    tab.add("adjudicator", name="Nia Mac", base_score="4,5")
    twice = tab.add("adjudicator", name="nia mac", base_score="99")
    assert [one.code for one in twice.warnings] == ["judge_same_name", "score_outside"]
    assert [one.score for one in tab.lists.judges if one.name.lower() == "nia mac"] == [4.5, 99]


def test_a_judge_without_a_score_gets_the_middle_of_the_range(tab: Tab) -> None:
    tab.add("adjudicator", name="Nia Mac")
    settings = tab.owner.settings
    middle = (settings.adj_min_score + settings.adj_max_score) / 2
    assert tab.judge("Nia Mac").score == middle


def test_a_changed_score_keeps_where_it_came_from(tab: Tab) -> None:
    judge = tab.add("adjudicator", name="Nia Mac", base_score="3").id
    tab.edit("adjudicator", judge, base_score="4.5")
    tab.play()
    tab.edit("adjudicator", judge, base_score="4")
    tab.edit("adjudicator", judge, base_score="4.0")  # the same score is no change
    assert tab.read(read_judge, judge).scores == (("", 3), ("Round 1", 4.5), ("Round 2", 4))


def test_the_own_conflict_moves_with_the_institution_and_can_be_removed(tab: Tab) -> None:
    tab.add("institution", name="Here")
    tab.add("institution", name="There")
    judge = tab.add("adjudicator", name="Nia", institution="Here").id
    tab.edit("adjudicator", judge, institution="There")
    (row,) = [one for one in tab.lists.conflicts if one.one == "Nia"]
    assert (row.other, row.own) == ("There", True)
    tab.write(people_conflicts.remove_conflicts, {"adjudicator_institution": [row.id]})
    assert not [one for one in tab.lists.conflicts if one.one == "Nia"]


@pytest.mark.parametrize("kind", ["adjudicator_team", "adjudicator_adjudicator",
                                  "adjudicator_institution", "team_institution", "team_team"])
def test_conflicts_of_every_kind_are_added_once(tab: Tab, kind: Any) -> None:
    tab.add("institution", name="Elsewhere")
    names = {
        "team": [one.name for one in tab.lists.teams[:2]],
        "adjudicator": [one.name for one in tab.lists.judges[:2]],
        "institution": ["Elsewhere", "Elsewhere"],
    }
    first, _, second = kind.partition("_")
    one, other = names[first][0], names[second][1]
    for clash in [row for row in tab.lists.conflicts if row.kind == kind]:
        tab.write(people_conflicts.remove_conflicts, {kind: [clash.id]})
    tab.write(people_conflicts.add_conflict, kind, one, other)
    assert (kind, one, other) in tab.conflicts()
    with pytest.raises(ProblemsFound, match="have this conflict already"):
        tab.write(people_conflicts.add_conflict, kind, one, other)
    if first == second:
        with pytest.raises(ProblemsFound, match="have this conflict already"):
            tab.write(people_conflicts.add_conflict, kind, other, one)
        with pytest.raises(ProblemsFound, match="with itself"):
            tab.write(people_conflicts.add_conflict, kind, one, one)


def test_a_wish_for_rooms_is_stored_once(tab: Tab) -> None:
    tab.add("venue_category", name="Quiet wing")
    team = tab.lists.teams[0].name
    tab.write(people_conflicts.add_constraint, "team", team, "quiet WING", "50")
    (row,) = [one for one in tab.lists.constraints if one.category == "Quiet wing"]
    assert (row.subject, row.priority) == (team, 50)
    with pytest.raises(ProblemsFound, match="already"):
        tab.write(people_conflicts.add_constraint, "team", team, "Quiet wing")
    with pytest.raises(ProblemsFound) as found:
        tab.write(people_conflicts.add_constraint, "team", "Nobody", "", "much")
    assert codes(found) == {
        "subject": "name_unknown", "category": "field_missing", "priority": "number_wrong"}


def test_a_withdrawn_team_is_not_drawn_and_keeps_its_past(tab: Tab) -> None:
    tab.play(1)
    gone = tab.lists.teams[0]
    before = tab.read(read_team, gone.id).rounds
    with tab.work.database.read() as unit:
        archive = read_archive(unit, tab.owner.id)
    tab.write(people.withdraw, "team", [one.id for one in tab.lists.teams[:4]])
    second = tab.read(list_rounds)[1]
    with tab.work.database.read() as unit:
        drawn = draws.read_input(unit, second.id).snapshot
    assert len(drawn.teams) == 4
    assert tab.read(read_team, gone.id).rounds == before
    with tab.work.database.read() as unit:
        now = read_archive(unit, tab.owner.id)
    assert now.rounds == archive.rounds
    tab.write(people.bring_back, "team", [gone.id])
    with tab.work.database.read() as unit:
        assert len(draws.read_input(unit, second.id).snapshot.teams) == 5


def test_nobody_who_withdrew_takes_part_in_the_next_round_and_the_checks_agree(tab: Tab) -> None:
    tab.play(1)
    lists = tab.lists
    gone = {
        "team": [one.id for one in lists.teams[:4]],
        "adjudicator": [lists.judges[0].id], "venue": [lists.rooms[0].id],
    }
    for kind, ids in gone.items():
        tab.write(people.withdraw, kind, ids)
    for _result in play_round(tab.work, tab.owner, tab.read(list_rounds)[1], 1):
        pass
    with tab.work.database.read() as unit:
        archive = read_archive(unit, tab.owner.id)
        found = checks.read_input(unit, tab.owner)
    second = archive.rounds[1].debates
    away = {one.id for one in archive.teams if one.withdrawn}
    away |= {one.id for one in archive.adjudicators if one.withdrawn}
    away |= {one.id for one in archive.venues if one.withdrawn}
    assert len(away) == 6
    there = {side.team for debate in second for side in debate.sides}
    there |= {member.adjudicator for debate in second for member in debate.panel}
    there |= {debate.venue for debate in second if debate.venue}
    assert there
    assert not away & there
    assert [one for one in checks.check_tournament(found) if one.status == "failed"] == []


def test_withdrawing_is_one_action_that_undo_takes_back(tab: Tab) -> None:
    ids = [one.id for one in tab.lists.rooms]
    tab.write(people.withdraw, "venue", ids)
    assert all(one.withdrawn for one in tab.lists.rooms)
    tab.undo()
    assert not any(one.withdrawn for one in tab.lists.rooms)


def test_a_speaker_cannot_be_withdrawn(tab: Tab) -> None:
    with pytest.raises(UserError, match="Delete it instead"):
        tab.write(people.withdraw, "speaker", [1])


def test_deleting_a_team_takes_all_along_and_undo_brings_all_back(tab: Tab) -> None:
    tab.add("venue_category", name="Quiet wing")
    team = tab.lists.teams[0]
    tab.write(people_conflicts.add_constraint, "team", team.name, "Quiet wing")
    before = tab.lists
    look = tab.read(look_at_deletion, "team", [team.id])
    assert look.goes["speaker"] == 2
    assert look.goes["constraint"] == 1
    tab.write(delete, "team", [team.id])
    assert team.name not in {one.name for one in tab.lists.teams}
    assert len(tab.lists.speakers) == len(before.speakers) - 2
    tab.undo()
    assert tab.lists == before


def test_whoever_stands_in_a_draw_or_a_ballot_stays(tab: Tab) -> None:
    tab.play(1)
    team, speaker = tab.lists.teams[0], tab.lists.speakers[0]
    judge = next(
        one for one in tab.lists.judges if tab.read(read_judge, one.id).rounds)
    with pytest.raises(ProblemsFound, match="the draw of Round 1"):
        tab.write(delete, "team", [team.id])
    with pytest.raises(ProblemsFound, match=f"{speaker.name} spoke in a ballot of Round 1"):
        tab.write(delete, "speaker", [speaker.id])
    with pytest.raises(ProblemsFound, match="Withdraw it instead"):
        tab.write(delete, "adjudicator", [judge.id])
    assert tab.read(look_at_deletion, "team", [team.id]).can_withdraw
    assert not tab.read(look_at_deletion, "speaker", [speaker.id]).can_withdraw


def test_every_record_that_stays_is_named(tab: Tab) -> None:
    tab.play(1)
    ids = [one.id for one in tab.lists.teams]
    with pytest.raises(ProblemsFound) as found:
        tab.write(delete, "team", ids)
    assert len(found.value.problems) == len(ids)


def test_an_institution_with_members_stays(tab: Tab) -> None:
    home = next(one for one in tab.lists.institutions if one.teams)
    with pytest.raises(ProblemsFound, match=f"{home.name} has"):
        tab.write(delete, "institution", [home.id])


def test_a_speaker_who_spoke_stays_in_the_team(tab: Tab) -> None:
    tab.play(1)
    speaker = tab.lists.speakers[0]
    other = next(one for one in tab.lists.teams if one.id != speaker.team_id)
    with pytest.raises(ProblemsFound, match="Add a new speaker"):
        tab.edit("speaker", speaker.id, team=other.id)
    tab.edit("speaker", speaker.id, team=speaker.team_id, email="new@example.org")


def test_a_record_that_is_gone_is_said_to_be(tab: Tab) -> None:
    with pytest.raises(UserError, match="not there any more"):
        tab.edit("team", 999, name="Ghost")


def test_what_was_stored_can_be_read_and_stored_again_unchanged(tab: Tab) -> None:
    before = tab.lists
    for kind, record in (
        ("team", before.teams[0].id), ("adjudicator", before.judges[0].id),
        ("speaker", before.speakers[0].id), ("venue", before.rooms[0].id),
        ("institution", before.institutions[0].id),
    ):
        values = tab.read(people.read_values, kind, record)
        tab.write(people.edit, kind, record, values)
    assert tab.lists == before


def test_a_grid_changes_only_the_rows_that_are_named(tab: Tab) -> None:
    tab.add("speaker_category", name="Veteran")
    grid = tab.read(people_categories.read_grid, "speaker")
    veteran = next(one for one, name in grid.categories if name == "Veteran")
    first = grid.rows[0]
    tab.write(people_categories.set_eligibility, "speaker", {first.id: frozenset({veteran})})
    after = tab.read(people_categories.read_grid, "speaker")
    assert after.rows[0].members == {veteran}
    assert after.rows[1:] == grid.rows[1:]
    tab.undo()
    assert tab.read(people_categories.read_grid, "speaker") == grid


def test_a_category_makes_its_short_name_and_keeps_it_unique(tab: Tab) -> None:
    tab.add("speaker_category", name="First years")
    with pytest.raises(ProblemsFound, match="is taken"):
        tab.add("speaker_category", name="First-Years")
