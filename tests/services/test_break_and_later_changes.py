"""A break and what is changed besides: teams that are withdrawn, sizes, draws that are deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.domain.audit.breaks import audit_break
from tabapp.domain.breaks import BreakList, BreakRow
from tabapp.services import break_edits, break_views, breaks, categories, exchange, people, rounds
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import WriteUnit
from tests.services.out_rounds import OutRounds, played


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def room(work: Workspace) -> OutRounds:
    return OutRounds(work, played(8))


def row_id(room: OutRounds, team: str) -> int:
    with room.work.database.read() as unit:
        lists = people.read_lists(unit, room.owner.id)
    return next(one.id for one in lists.teams if one.ref == team)


def withdraw(room: OutRounds, team: str) -> None:
    record = row_id(room, team)
    room.edit(lambda unit, owner, _slug: people.withdraw(unit, owner, "team", [record]))


def bring_back(room: OutRounds, team: str) -> None:
    record = row_id(room, team)
    room.edit(lambda unit, owner, _slug: people.bring_back(unit, owner, "team", [record]))


def changed(room: OutRounds) -> break_edits.Difference | None:
    with room.work.database.read() as unit:
        return break_edits.difference(breaks.read_input(unit, room.owner), room.category)


def best_team(room: OutRounds) -> str:
    return str(room.table()["teams"]["rows"][0]["id"])


def resize(room: OutRounds, size: str) -> None:
    def change(unit: WriteUnit, owner: int, slug: str) -> None:
        row = next(one for one in categories.read_board(unit, owner).categories
                   if one.slug == slug)
        entry = replace(categories.CategoryEntry.of(row), size=size)
        categories.save_category(unit, owner, entry, row.id)

    room.edit(change)


# Teams that were withdrawn from the tournament


def test_a_withdrawn_team_does_not_break_and_the_next_one_does(room: OutRounds) -> None:
    best = best_team(room)
    before = {row["team"] for row in room.make_break()["rows"] if row["break_rank"]}
    withdraw(room, best)
    assert changed(room) is not None
    made = room.make_break()
    rows = {row["team"]: row for row in made["rows"]}
    assert (rows[best]["break_rank"], rows[best]["remark"]) == (None, "withdrawn")
    assert rows[best]["reason"] == "Rank 1: withdrawn."
    (came,) = {team for team, row in rows.items() if row["break_rank"]} - before
    assert "Moved up, since" in rows[came]["reason"]
    assert changed(room) is None
    assert room.failures() == []


def test_a_team_that_is_brought_back_breaks_again(room: OutRounds) -> None:
    best = best_team(room)
    withdraw(room, best)
    room.make_break()
    assert room.stored().said == {}
    bring_back(room, best)
    difference = changed(room)
    assert difference is not None
    assert len(difference.would_break) == 1
    assert room.failures() == []
    room.edit(break_edits.remake)
    assert room.seeds()[best] == 1
    assert room.failures() == []


def test_what_a_person_said_of_a_withdrawn_team_goes_before(room: OutRounds) -> None:
    best = best_team(room)
    withdraw(room, best)
    room.make_break()
    room.remark(best, "disqualified", "They know why.")
    assert room.stored().said[best].remark == "disqualified"
    room.edit(lambda unit, owner, slug: break_edits.clear_remark(unit, owner, slug, best))
    assert room.stored().said == {}
    assert best not in room.seeds()


def test_a_team_that_left_after_it_was_drawn_has_broken(room: OutRounds) -> None:
    room.make_break()
    first = room.create_rounds()[0]
    room.draw(first)
    withdraw(room, best_team(room))
    assert changed(room) is None
    assert room.failures() == []


def test_withdrawn_stays_no_persons_word_in_an_archive(
    room: OutRounds, tmp_path: Path
) -> None:
    best = best_team(room)
    withdraw(room, best)
    room.make_break()
    with open_workspace(tmp_path / "copy.tabapp", create=True) as work:
        copy = OutRounds(work, room.document())
        assert copy.stored().said == {}
        assert copy.stored().out.keys() == {best}
        with work.database.read() as unit:
            view = break_views.read_view(unit, copy.owner.id, "open")
            assert exchange.read(unit, copy.owner).breaks == room.document().breaks
        assert [one.team for one in view.lines if one.remark == "withdrawn"] == [best]
        assert sum(bool(one.moved_up_for) for one in view.lines) == 1
        assert copy.failures() == []


def test_the_auditor_lets_nobody_wait_who_was_withdrawn(room: OutRounds) -> None:
    room.make_break()
    archive = room.document()
    teams = [one for one in archive.breaks[0].teams if one.break_rank]
    short = BreakList(
        category="open", rule="standard", size=8, reasons={}, lots=None,
        rows=tuple(BreakRow(one.team, one.rank, one.break_rank, None) for one in teams[:7]))
    settings = room.owner.settings

    def size_of() -> str:
        return next(one.status for one in audit_break(archive, [short], settings)
                    if one.name == "the break is full and not too large")

    assert size_of() == "failed"
    inside = {row.team for row in short.rows}
    for team in archive.teams:
        team.withdrawn = team.id not in inside
    assert size_of() == "passed"


# Legal changes after the break


def test_another_size_after_the_break_is_unclear_and_says_which_it_was(room: OutRounds) -> None:
    room.make_break()
    resize(room, "16")
    assert room.failures() == []
    unclear = [one.detail for one in room.checks() if one.status == "unclear"]
    assert any("the break was made with size 8" in one for one in unclear)
    room.edit(break_edits.remake)
    assert len(room.seeds()) == 16
    assert not any("the break was made" in one.detail for one in room.checks())


def test_a_draw_that_is_deleted_after_the_break_makes_its_check_unclear(
    room: OutRounds,
) -> None:
    room.make_break()
    with room.work.database.read() as unit:
        last = [one for one in list_rounds(unit, room.owner.id) if not one.category][-1]
    room.edit(lambda unit, _owner, _slug: rounds.reopen_round(unit, last.id))
    room.edit(lambda unit, _owner, _slug: rounds.unrelease_draw(unit, last.id))
    room.edit(lambda unit, _owner, _slug: rounds.delete_draw(unit, last.id))
    assert room.failures() == []
    assert any("were changed after this break" in one.detail for one in room.checks())


def test_a_break_that_fits_to_nothing_still_fails(room: OutRounds) -> None:
    room.make_break()
    archive = room.document()
    archive.tournament.slug = "forged"
    rows = sorted((one for one in archive.breaks[0].teams if one.break_rank),
                  key=lambda one: one.break_rank or 0)
    rows[0].break_rank, rows[-1].break_rank = rows[-1].break_rank, rows[0].break_rank
    forged = OutRounds(room.work, archive)
    assert "break ranks follow from the records" in {one.name for one in forged.failures()}
