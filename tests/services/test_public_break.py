"""A break as the hall hears of it: who breaks by public names, and nothing else of the list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.domain.public import PublicBreak, PublicBreaking
from tabapp.services import judge_breaks, rounds, tournament_settings
from tabapp.services.public_break import Announced, BreakWish, public_break, read_offers
from tabapp.store import schema
from tests.services.out_rounds import OutRounds, played

REASON = "Seen asleep behind the bicycle shed"


class Hall(OutRounds):
    """A tab room with an open break of eight, and what the hall may hear of it."""

    def hear(self, **wish: Any) -> Announced:
        with self.work.database.read() as unit:
            return public_break(
                unit, self.owner.id, BreakWish(**{"category": self.category, **wish}))

    def shown(self, **wish: Any) -> PublicBreak:
        found = self.hear(**wish)
        assert found.lock == ""
        assert found.shown is not None
        return found.shown

    def set(self, **values: Any) -> None:
        self.edit(lambda unit, owner, _slug: tournament_settings.change_settings(
            unit, owner, values))
        self.owner = self.work.tournament(self.owner.slug)

    def change(self, table: Any, ref: str, **values: Any) -> None:
        def write(unit: Any, owner: int, _slug: str) -> None:
            (row,) = unit.rows(select(table).where(
                table.c.tournament_id == owner, table.c.ref == ref))
            unit.update(table, {row.id: values})
        self.edit(write)

    def rounds_of(self, **values: Any) -> None:
        """Change all preliminary rounds."""
        def write(unit: Any, owner: int, _slug: str) -> None:
            table = schema.round_
            unit.update(table, {row.id: values for row in unit.rows(
                select(table).where(
                    table.c.tournament_id == owner, table.c.stage == "preliminary"))})
        self.edit(write)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with open_workspace(tmp_path / "hall.tabapp", create=True) as work:
        yield Hall(work, played(8))


def names(hall: Hall) -> dict[str, str]:
    return {one.id: one.name for one in hall.document().teams}


def test_nothing_is_said_of_a_break_that_nobody_asked_for(hall: Hall) -> None:
    hall.make_break()
    assert hall.hear(category="") == Announced("unchosen")
    assert hall.hear(category="no such") == Announced("unchosen")
    with hall.work.database.read() as unit:
        assert read_offers(unit, hall.owner.id).categories["open"] == "Open"


def test_a_break_that_is_not_made_is_locked(hall: Hall) -> None:
    assert hall.hear() == Announced("unmade", "Open")


def test_those_who_break_stand_by_place_and_no_one_else_is_there(hall: Hall) -> None:
    hall.make_break()
    out = next(iter(hall.seeds()))
    hall.remark(out, "disqualified", REASON)
    called = names(hall)
    shown = hall.shown()
    assert [one.place for one in shown.teams] == sorted(hall.seeds().values())
    assert {one.team for one in shown.teams} == {called[team] for team in hall.seeds()}
    assert called[out] not in repr(shown)
    assert REASON not in repr(shown)
    assert "disqualified" not in repr(shown)


def test_a_tie_that_waits_and_a_break_out_of_date_are_locked(hall: Hall) -> None:
    hall.make_break()
    team = next(team for team, place in hall.seeds().items() if place == 8)
    listed = schema.break_team

    def write(unit: Any, _owner: int, _slug: str) -> None:
        (row,) = unit.rows(
            select(listed.c.id).join(schema.team, schema.team.c.id == listed.c.team_id)
            .where(schema.team.c.ref == team))
        unit.update(listed, {row.id: {"remark": "tied", "break_rank": None}})

    hall.edit(write)
    assert hall.hear() == Announced("tied", "Open")
    hall.undo()
    assert hall.hear().lock == ""
    hall.change(schema.team, team, withdrawn=True)
    assert hall.hear() == Announced("outdated", "Open")


def test_level_teams_share_a_place_and_stand_by_name(hall: Hall) -> None:
    hall.make_break()
    first, second = sorted(hall.seeds(), key=lambda team: hall.seeds()[team])[:2]
    hall.change(schema.team, first, name="Zebra")
    hall.change(schema.team, second, name="Ant")
    shown = hall.shown()
    level = [one for one in shown.teams if one.shared]
    assert all(
        sum(other.place == one.place for other in shown.teams) > 1 for one in level)
    for one in shown.teams:
        assert one.shared is (sum(other.place == one.place for other in shown.teams) > 1)


@pytest.mark.parametrize("setting", ["admin-tooltips-real", "everywhere"])
def test_code_names_take_the_place_of_names_homes_and_speakers(hall: Hall, setting: str) -> None:
    hall.make_break()
    team = next(iter(hall.seeds()))
    hall.change(schema.team, team, code_name="Otter")
    hall.set(show_team_institutions=True)
    assert any(one.people and one.home for one in hall.shown().teams)
    hall.set(team_code_names=setting)
    shown = hall.shown()
    assert "Otter" in {one.team for one in shown.teams}
    assert names(hall)[team] not in {one.team for one in shown.teams}
    assert all(not one.people and not one.home for one in shown.teams)


def test_a_speaker_without_a_name_is_left_out(hall: Hall) -> None:
    hall.make_break()
    team = next(iter(hall.seeds()))
    one = next(one for one in hall.document().speakers if one.team == team)
    assert one.name in repr(hall.shown())
    hall.change(schema.speaker, one.id, anonymous=True, code_name="Heron")
    assert one.name not in repr(hall.shown())
    assert "Heron" not in repr(hall.shown())
    assert "Anonymous" not in repr(hall.shown())


def test_points_are_told_only_where_every_round_is_public(hall: Hall) -> None:
    hall.make_break()
    hall.rounds_of(silent=False, completed=True)
    assert all(one.points == "" for one in hall.shown().teams)
    hall.set(public_team_standings=True)
    shown = hall.shown()
    assert shown.rounds == 3
    assert all(one.points for one in shown.teams)
    hall.edit(lambda unit, owner, _slug: unit.update(
        schema.round_, {rounds_by_seq(unit, owner)[3]: {"silent": True}}))
    silent = hall.shown()
    assert silent.rounds == 0
    assert all(one.points == "" for one in silent.teams)
    assert shown.shows_less_than(silent) is False
    assert silent.shows_less_than(shown) is True


def rounds_by_seq(unit: Any, owner: int) -> dict[int, int]:
    table = schema.round_
    return dict(unit.fetch(
        select(table.c.seq, table.c.id).where(table.c.tournament_id == owner)))


def test_rooms_follow_only_once_their_draw_is_released(hall: Hall) -> None:
    hall.make_break()
    first = hall.create_rounds()[0]
    assert hall.shown().rooms is None
    hall.draw(first)
    assert hall.shown().rooms is None
    hall.edit(lambda unit, _owner, _slug: rounds.release_draw(unit, first))
    shown = hall.shown()
    assert shown.rooms is not None
    assert len(shown.rooms.rooms) == 2
    assert {one.team for one in shown.rooms.by_team()} == {one.team for one in shown.teams}
    assert hall.shown(rooms=False).rooms is None
    hall.edit(lambda unit, _owner, _slug: rounds.unrelease_draw(unit, first))
    assert hall.shown().rooms is None


def test_judges_are_told_where_the_setting_or_the_tab_director_says_so(hall: Hall) -> None:
    hall.make_break()
    chosen = hall.document().adjudicators[:3]
    hall.edit(lambda unit, owner, _slug: judge_breaks.set_breaking(
        unit, owner, [one.id for one in chosen]))
    assert hall.shown().judges == ()
    told = tuple(sorted(one.name for one in chosen))
    assert tuple(sorted(hall.shown(judges=True).judges)) == told
    hall.set(public_breaking_adjs=True)
    assert tuple(sorted(hall.shown().judges)) == told
    assert hall.shown(judges=False).judges == ()
    hall.change(schema.adjudicator, chosen[0].id, anonymous=True, code_name="Heron")
    assert chosen[0].name not in hall.shown().judges
    assert "Heron" in hall.shown().judges


def test_what_is_told_of_a_team_no_more_is_less_to_show() -> None:
    def shown(*people: str, home: str = "Aldermere") -> PublicBreak:
        return PublicBreak("Open", (PublicBreaking("A", 1, home=home, people=people),))

    both = shown("Ann", "Ben")
    assert shown("Ann").shows_less_than(both)  # one of them is anonymous now
    assert shown("Ann", "Ben", home="").shows_less_than(both)
    assert not both.shows_less_than(shown("Ann"))
    assert not both.shows_less_than(shown("Ann", "Ben", home=""))
