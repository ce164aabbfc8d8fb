"""The draw as it is shown, and changed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import StaleInput, UserError
from tabapp.domain.archive import Archive
from tabapp.services import draw_edits, exchange, rounds
from tabapp.services.checks import check_tournament, read_input
from tabapp.services.draw_sheet import DrawSheet, read_sheet, summary_of
from tabapp.store import schema
from tabapp.store.sheet_rows import allowed_clashes
from tabapp.store.tournaments import list_rounds
from tests.builders import small_archive
from tests.services.out_rounds import OutRounds, played
from tests.services.round_world import World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as found:
        yield found


# --- the sheet ---------------------------------------------------------------------------------


def test_the_sheet_knows_points_positions_and_the_certificate(world: World) -> None:
    sheet = world.sheet()
    book = sheet.book
    assert book is not None
    assert len(sheet.rooms) == 6
    assert [room.bracket for room in sheet.rooms] == sorted(
        (room.bracket for room in sheet.rooms), reverse=True)
    for room in sheet.rooms:
        for team in room.teams:
            assert team.pulled_up == (team.points < room.bracket)
            assert sum(book.history(team.id)) == 3
    assert sheet.certificate.seed == 7
    assert sheet.certificate.passed == 9
    assert not sheet.input_changed
    assert book.total == pytest.approx(sheet.quality.position_cost)
    assert "stand" in summary_of(sheet, sheet.rooms[0])


def test_a_correction_of_an_earlier_result_is_told(world: World) -> None:
    ballot = schema.ballot
    with world.work.database.read() as unit:
        first = unit.rows(ballot.select())[0]
    world.write(lambda unit: unit.update(ballot, {first.id: {"status": "discarded"}}))
    assert world.sheet().input_changed


def test_a_round_that_is_not_drawn_says_what_it_waits_for(world: World) -> None:
    world.write(lambda unit: rounds.delete_draw(unit, world.third))
    assert world.sheet().waits_for is None
    assert world.sheet().teams_here == 24
    ballot = schema.ballot
    with world.work.database.read() as unit:
        last = unit.rows(ballot.select())[-1]
    world.write(lambda unit: unit.update(ballot, {last.id: {"status": "discarded"}}))
    assert world.sheet().waits_for == ("Round 2", 1)


# --- editing by hand ---------------------------------------------------------------------------


def two_of_one_bracket(sheet: DrawSheet) -> tuple[str, str]:
    """Return two teams with the same points in different rooms."""
    for room in sheet.rooms:
        for other in sheet.rooms[room.number + 1:]:
            for one in room.teams:
                for two in other.teams:
                    if one.points == two.points:
                        return one.id, two.id
    raise AssertionError("no such pair")


def test_two_teams_change_places_and_the_record_says_so(world: World) -> None:
    before = world.sheet()
    one, other = two_of_one_bracket(before)
    book = before.book
    assert book is not None
    price = book.price(one, other)
    assert price.legal
    world.swap(one, other)
    after = world.sheet()
    assert after.book is not None
    assert after.book.seats[one] == book.seats[other]
    assert after.book.seats[other] == book.seats[one]
    assert after.quality.position_cost == pytest.approx(
        before.quality.position_cost + price.change)
    (edit,) = after.certificate.edits
    assert edit["teams"] == [one, other]
    assert edit["by"] == "Ingrid"
    assert world.last()[:2] == (
        "swap", f"{book.name(one)} and {book.name(other)} in {before.title}")


def test_an_edited_draw_differs_and_does_not_fail(world: World) -> None:
    sheet = world.sheet()
    top, bottom = sheet.rooms[0].teams[0].id, sheet.rooms[-1].teams[0].id
    assert sheet.book is not None
    assert not sheet.book.price(top, bottom).legal
    world.swap(top, bottom)
    edited = world.sheet()
    assert edited.certificate.failed == ()
    assert edited.certificate.unclear
    assert all("edited by hand" in one for one in edited.certificate.unclear)
    pulled = {team.id for room in edited.rooms for team in room.teams if team.pulled_up}
    assert bottom in pulled
    assert any(room.flags for room in edited.rooms)
    with world.work.database.read() as unit:
        found = check_tournament(read_input(unit, world.owner))
    assert [one for one in found if one.status == "failed"] == []


def test_positions_change_within_a_room(world: World) -> None:
    sheet = world.sheet()
    room = sheet.rooms[0]
    world.swap(room.teams[0].id, room.teams[3].id)
    after = world.sheet().rooms[0]
    assert [team.id for team in after.teams] == [
        room.teams[3].id, room.teams[1].id, room.teams[2].id, room.teams[0].id]


def test_an_undo_brings_back_teams_flags_reasons_and_record(world: World) -> None:
    before, record = world.sheet(), world.record()
    world.swap(before.rooms[0].teams[0].id, before.rooms[-1].teams[0].id)
    assert world.sheet().rooms != before.rooms
    world.undo()
    assert world.sheet().rooms == before.rooms
    assert world.record() == record


def test_a_swap_worked_out_on_an_old_draw_is_not_stored(world: World) -> None:
    sheet = world.sheet()
    one, other = two_of_one_bracket(sheet)
    edited = draw_edits.swap_teams(sheet, one, other)
    world.swap(*two_of_one_bracket(sheet))
    with pytest.raises(StaleInput), world.work.database.write(
        tournament=world.owner.id, expected=sheet.revision
    ) as unit:
        draw_edits.store_swap(unit, edited)


def test_swaps_that_make_no_sense_are_refused(world: World) -> None:
    sheet = world.sheet()
    team, other = sheet.rooms[0].teams[0].id, sheet.rooms[1].teams[0].id
    with pytest.raises(UserError) as error:
        draw_edits.swap_teams(sheet, team, team)
    assert error.value.code == "swap_with_itself"
    with pytest.raises(UserError) as error:
        draw_edits.swap_teams(sheet, team, "T999")
    assert error.value.code == "team_not_drawn"
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(lambda unit: unit.insert(schema.ballot, [{"debate_id": sheet.rooms[0].id}]))
    with pytest.raises(UserError) as error:
        draw_edits.swap_teams(world.sheet(), team, other)
    assert error.value.code == "swap_has_ballots"
    world.write(lambda unit: rounds.release_draw(unit, world.third))
    with pytest.raises(UserError) as error:
        draw_edits.swap_teams(world.sheet(), other, team)
    assert error.value.code == "draw_is_released"


def test_the_prices_of_a_team_begin_with_the_best_legal_one(world: World) -> None:
    book = world.sheet().book
    assert book is not None
    team = world.sheet().rooms[2].teams[1].id
    prices = book.prices(team)
    assert len(prices) == 23
    legal = [one.legal for one in prices]
    assert legal == sorted(legal, reverse=True)
    best = book.best(team, besides=prices[0].other)
    assert best == prices[1]
    for one in prices:
        world_after = book.swapped(team, one.other)
        assert sorted(t for d in world_after for t in d.teams) == sorted(book.seats)


# --- out-rounds --------------------------------------------------------------------------------


def test_sides_of_an_out_round_are_free_and_its_tree_is_not(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "out.tabapp", create=True) as work:
        room = OutRounds(work, played(8))
        room.make_break()
        first = room.create_rounds()[0]
        work.run("draw.generate", tournament=room.owner.id, round_id=first, seed=1)
        with work.database.read() as unit:
            sheet = read_sheet(unit, first)
        book = sheet.book
        assert book is not None
        here, there = sheet.rooms[0].teams, sheet.rooms[1].teams
        assert book.price(here[0].id, here[1].id).legal
        assert not book.price(here[0].id, there[0].id).legal
        passed = sheet.certificate.passed
        assert passed
        for other, differs in ((here[1].id, 0), (there[0].id, 1)):
            with work.database.read() as unit:
                sheet = read_sheet(unit, first)
            edited = draw_edits.swap_teams(sheet, here[0].id, other)
            with work.database.write(
                tournament=room.owner.id, expected=sheet.revision
            ) as change:
                draw_edits.store_swap(change, edited)
            with work.database.read() as unit:
                after = read_sheet(unit, first)
            assert after.certificate.passed == passed
            assert len(after.certificate.unclear) == differs
            assert "by hand" in after.rooms[0].why[-1]


def test_teams_that_advance_are_marked(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "out.tabapp", create=True) as work:
        room = OutRounds(work, played(8))
        room.make_break()
        first = room.create_rounds()[0]
        room.draw(first)
        room.decide(first, lambda teams: teams[:2])
        with work.database.read() as unit:
            sheet = read_sheet(unit, first)
    assert sheet.is_elimination
    for one in sheet.rooms:
        assert [team.advances for team in one.teams] == [True, True, False, False]


def test_an_allowed_clash_leaves_with_its_team(tmp_path: Path) -> None:
    document = small_archive(8, 1, results=False, judges_per_room=2)
    document["rounds"][0]["status"] = "confirmed"
    debate, other = document["rounds"][0]["debates"][:2]
    team, stays = debate["sides"][0]["team"], debate["sides"][1]["team"]
    debate["overrides"] = [
        {"adjudicator": debate["panel"][0]["adjudicator"], "team": one, "reason": "ok"}
        for one in (team, stays)]
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        slug = exchange.add(
            work.database, Archive.model_validate(document), now=work.clock.now(), actor="Ann")
        owner = work.tournament(slug)
        with work.database.read() as unit:
            round_id = list_rounds(unit, owner.id)[0].id
            sheet = read_sheet(unit, round_id)
        edited = draw_edits.swap_teams(sheet, team, other["sides"][0]["team"])
        with work.database.write(actor="Ann", verb="swap", tournament=owner.id) as change:
            draw_edits.store_swap(change, edited)
        with work.database.read() as unit:
            assert {one for _room, _judge, one in allowed_clashes(unit, round_id)} == {stays}
        work.database.undo(owner.id, actor="Ann")
        with work.database.read() as unit:
            assert {one for _room, _judge, one in allowed_clashes(unit, round_id)} == {team, stays}
