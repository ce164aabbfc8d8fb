"""What lies ahead of a break that has not been made, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.services.break_outlook import Outlook, read_note, read_outlook
from tabapp.store.people_reads import team_names
from tests.services.out_rounds import OutRounds, pairs, played


def with_open_rooms(archive: Archive, count: int) -> Archive:
    """Take results of the last round away."""
    last = archive.rounds[-1]
    last.completed = False
    for debate in last.debates[:count]:
        debate.ballots, debate.status = [], "none"
    return archive


class Case(OutRounds):
    """A tab room with an outlook."""

    def outlook(self, slug: str = "open") -> Outlook:
        with self.work.database.read() as unit:
            return read_outlook(unit, self.owner.id, slug)

    def foresee(self) -> None:
        self.work.run(
            "break.forecast", tournament=self.owner.id, tournament_id=self.owner.id, runs=500)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        yield Case(work, with_open_rooms(played(16, 40), 4))


def test_without_a_forecast_points_alone_tell_who_is_safe_or_out(case: Case) -> None:
    found = case.outlook()
    assert found.runs == 0
    assert found.rounds_left == 1
    assert found.breaking == 16
    assert found.live is not None
    states = [one.state for one in found.lines.values()]
    assert states.count("dead") == found.live.out_teams
    assert states.count("safe") == found.live.safe_teams
    assert all(one.chance is None and one.need is None for one in found.lines.values())
    assert found.rooms == ()


def test_with_a_forecast_cards_and_rows_tell_the_same(case: Case) -> None:
    case.foresee()
    found = case.outlook()
    assert found.runs >= 500
    assert found.threshold is not None
    assert found.live is not None
    points = {team: one.outlook.points for team, one in found.lines.items() if one.outlook}
    certain = {team: one.chance.certain for team, one in found.lines.items() if one.chance}
    assert all(certain[team] == "out" for team, n in points.items() if n < found.live.out)
    assert sum(one == "out" for one in certain.values()) == found.live.out_teams
    if "in" in certain.values():
        assert all(certain[team] == "in" for team, n in points.items() if n >= found.live.safe)
    assert {one.need is not None for one in found.lines.values()} == {True}
    open_now = {one.ref for one in case.debates(found.rooms[0].round_id)[:]}
    assert {one.debate for one in found.rooms} <= open_now
    assert [one.worth for one in found.rooms] == sorted(
        (one.worth for one in found.rooms), reverse=True)
    assert case.outlook("esl").rooms != found.rooms


def test_who_has_debated_needs_no_more_of_the_last_round(case: Case) -> None:
    case.foresee()
    found = case.outlook()
    waiting = {team for room in found.rooms for team, _p in room.teams}
    with case.work.database.read() as unit:
        names = team_names(unit, case.owner.id)
    done = [one for team, one in found.lines.items() if names[team] not in waiting]
    assert done
    assert {one.need.kind for one in done if one.need} <= {"in", "out", "has", "decided", "help"}
    assert all(one.need.points == 0 for one in done if one.need)


def test_the_bracket_is_that_of_those_who_would_break_now(case: Case) -> None:
    found = case.outlook()
    places = {team: one.place for team, one in found.lines.items() if one.place is not None}
    shown = {
        team.team: team.seed for room in found.bracket.rounds[0].rooms for team in room.teams}
    assert shown == places


def test_a_minimum_of_rounds_that_nobody_can_have_yet_keeps_nobody_out(tmp_path: Path) -> None:
    archive = with_open_rooms(played(16, 40), 4)
    archive.tournament.settings["break_min_rounds"] = 3
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        assert Case(work, archive).outlook().breaking == 16


def test_a_rule_that_cannot_work_leaves_chances_without_a_line(tmp_path: Path) -> None:
    archive = with_open_rooms(played(16, 40), 4)
    archive.break_categories[0].rule = "aida-2016-australs"
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        found = Case(work, archive).outlook()
    assert found.breaking == 0
    assert all(one.place is None for one in found.lines.values())


def test_when_all_is_in_the_forecast_is_the_table(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        case = Case(work, pairs(4, 8))
        case.foresee()
        found = case.outlook()
    assert found.rounds_left == 0
    assert found.live is None
    kinds = {team: one.need.kind for team, one in found.lines.items() if one.need}
    assert [team for team, kind in kinds.items() if kind == "in"] == ["T1", "T2", "T3", "T4"]
    assert set(kinds.values()) == {"in", "out"}


def test_a_category_that_is_not_there_is_refused(case: Case) -> None:
    with pytest.raises(UserError) as caught:
        case.outlook("juniors")
    assert caught.value.code == "unknown_break_category"


def test_the_note_of_a_list_is_read_again(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "a.tabapp", create=True) as work:
        case = Case(work, pairs(12, 8))
        made = case.make_break()
        with work.database.read() as unit:
            assert read_note(unit, case.owner.id, "open") == made["note"]
        assert made["note"].startswith("8 teams break for the 12 places")
