"""What may be done to a round, what is refused, and what is looked at before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.services import exchange, round_checks, rounds
from tabapp.store import schema
from tabapp.store.tournaments import list_rounds
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.services.round_world import World, open_world, refused


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as found:
        yield found


def _on(change: Callable[[WriteUnit, int], object], round_id: int, unit: WriteUnit) -> object:
    return change(unit, round_id)


# --- confirm, release, complete ----------------------------------------------------------------


def test_a_draft_is_confirmed_and_taken_back(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    assert world.row().status == "confirmed"
    world.write(lambda unit: rounds.unconfirm_draw(unit, world.third))
    assert world.row().status == "draft"


def test_release_before_confirm_and_release_twice_are_refused(world: World) -> None:
    assert refused(
        world, lambda unit: rounds.release_draw(unit, world.third)) == "release_unconfirmed"
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(lambda unit: rounds.release_draw(unit, world.third))
    assert refused(
        world, lambda unit: rounds.release_draw(unit, world.third)) == "draw_released_already"
    assert refused(
        world, lambda unit: rounds.unconfirm_draw(unit, world.third)) == "draw_is_released"


def test_what_is_confirmed_or_draft_already_is_refused(world: World) -> None:
    assert refused(
        world, lambda unit: rounds.unconfirm_draw(unit, world.third)) == "draw_is_draft"
    assert refused(
        world, lambda unit: rounds.unrelease_draw(unit, world.third)) == "draw_not_released"
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    assert refused(
        world, lambda unit: rounds.confirm_draw(unit, world.third)) == "draw_confirmed_already"


def test_a_released_draw_is_taken_back_to_confirmed_and_the_reason_is_kept(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(
        lambda unit: rounds.release_draw(unit, world.third, reason="rooms follow"), "release")
    assert world.last() == ("release", "", None, "rooms follow")
    world.write(lambda unit: rounds.unrelease_draw(unit, world.third))
    assert world.row().status == "confirmed"


def test_a_round_without_a_draw_can_do_none_of_it(world: World) -> None:
    world.write(lambda unit: rounds.delete_draw(unit, world.third))
    changes: tuple[Callable[[WriteUnit, int], object], ...] = (
        rounds.confirm_draw, rounds.unconfirm_draw, rounds.release_draw, rounds.unrelease_draw,
        rounds.complete_round, rounds.delete_draw,
    )
    for change in changes:
        assert refused(world, partial(_on, change, world.third)) == "round_not_drawn"


def test_a_deleted_draw_comes_back_by_undo_with_its_certificate(world: World) -> None:
    before, record = world.sheet(), world.record()
    world.write(lambda unit: rounds.delete_draw(unit, world.third))
    assert world.row().status == "none"
    assert world.sheet().rooms == ()
    world.undo()
    assert world.sheet().rooms == before.rooms
    assert world.record() == record
    assert world.row().draw_seed == 7


def test_a_draw_with_ballots_does_not_become_a_draft_again(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    debate = world.sheet().rooms[0].id
    world.write(lambda unit: unit.insert(schema.ballot, [{"debate_id": debate}]))
    assert refused(
        world, lambda unit: rounds.unconfirm_draw(unit, world.third)) == "draw_has_ballots"


def test_completing_without_all_ballots_takes_a_reason_that_is_kept(world: World) -> None:
    assert refused(
        world, lambda unit: rounds.complete_round(unit, world.third)) == "complete_unconfirmed"
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    assert refused(
        world, lambda unit: rounds.complete_round(unit, world.third)) == "complete_without_reason"
    assert refused(
        world, lambda unit: rounds.complete_round(unit, world.third, reason="  ")
    ) == "complete_without_reason"
    world.write(
        lambda unit: rounds.complete_round(unit, world.third, reason="papers were lost"),
        "complete")
    assert world.row().completed
    assert world.last() == ("complete", "", "6 ballots missing", "papers were lost")
    assert refused(
        world, lambda unit: rounds.complete_round(unit, world.third)) == "round_is_completed"
    world.write(lambda unit: rounds.reopen_round(unit, world.third))
    assert not world.row().completed
    assert refused(
        world, lambda unit: rounds.reopen_round(unit, world.third)) == "round_not_completed"


def test_postponed_debates_are_not_missed(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(lambda unit: unit.update(schema.debate, {
        room.id: {"status": "postponed"} for room in world.sheet().rooms}))
    world.write(lambda unit: rounds.complete_round(unit, world.third))
    assert world.row().completed


@pytest.mark.parametrize(("typed", "stored"), [
    ("14:30", "14:30"), ("9.05", "09:05"), (" 1430 ", "14:30"), ("", None), ("00:00", "00:00"),
    ("2026-03-01 14:30", "2026-03-01T14:30"),
])
def test_a_start_time_is_read_as_people_type_it(
    world: World, typed: str, stored: str | None,
) -> None:
    world.write(lambda unit: rounds.set_start(unit, world.third, typed))
    assert _start(world) == stored


@pytest.mark.parametrize("typed", [
    "25:00", "14:60", "half past two", "14", "14:30:00", "-1:00", "\u0660\u0669:\u0663\u0660"])
def test_a_start_time_that_is_none_is_refused(world: World, typed: str) -> None:
    with pytest.raises(UserError) as error:
        world.write(lambda unit: rounds.set_start(unit, world.third, typed))
    assert typed in error.value.message
    assert _start(world) is None


def test_another_time_of_day_keeps_the_day(world: World) -> None:
    world.write(lambda unit: rounds.set_start(unit, world.third, "2026-03-01 14:30"))
    world.write(lambda unit: rounds.set_start(unit, world.third, "14:45"))
    assert _start(world) == "2026-03-01T14:45"
    world.write(lambda unit: rounds.set_start(unit, world.third, ""))
    assert _start(world) is None


def _start(world: World) -> str | None:
    with world.work.database.read() as unit:
        return rounds.round_facts(unit, world.third).starts_at


def test_rounds_set_to_one_time_on_the_release_page_share_their_slot(tmp_path: Path) -> None:
    made = small_archive(8, 1)
    made["break_categories"].append({
        "id": "BC2", "name": "ESL", "slug": "esl", "seq": 2, "size": 4, "general": True,
        "priority": 1})
    for seq, (name, category) in enumerate([("Open Final", "open"), ("ESL Final", "esl")], 2):
        made["rounds"].append({
            "seq": seq, "name": name, "abbreviation": name[:3], "stage": "elimination",
            "draw_type": "elimination", "break_category": category, "status": "none",
            "debates": []})
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        exchange.add(
            work.database, Archive.model_validate(made), now=work.clock.now(), actor="Ann")
        owner = work.tournament().id
        with work.database.read() as unit:
            ids = [one.id for one in list_rounds(unit, owner)[1:]]
        for one, typed in zip(ids, ("14:30", "1430"), strict=True):
            with work.database.write(tournament=owner) as write:
                rounds.set_start(write, one, typed)
        with work.database.read() as unit:
            slots = {one.slot_id for one in list_rounds(unit, owner)[1:]}
        assert len(slots) == 1


def test_a_start_time_is_stored_and_shown(world: World) -> None:
    world.write(lambda unit: rounds.set_start(unit, world.third, "1430"))
    with world.work.database.read() as unit:
        assert rounds.start_words(rounds.round_facts(unit, world.third).starts_at) == "14:30"


# --- checklists --------------------------------------------------------------------------------


def test_the_release_checklist_names_what_is_missing_and_where_it_is_put_right(
    world: World,
) -> None:
    with world.work.database.read() as unit:
        found = round_checks.release_checks(unit, world.third)
    items = {one.key: one for one in found.items}
    assert found.blocked
    assert (items["draw"].status, items["draw"].place) == ("problem", "rounds/draw")
    first = world.sheet().rooms[0]
    assert (items["chairs"].place, items["chairs"].target) == ("rounds/judges", first.id)
    assert first.name in items["chairs"].sentence
    assert items["places"].place == "rounds/rooms"
    assert items["start"].status == "attention"


def test_a_round_that_is_ready_has_nothing_to_accept(world: World) -> None:
    world.work.run(
        "draw.allocate_adjudicators", tournament=world.owner.id, round_id=world.third, seed=1)
    world.work.run(
        "draw.allocate_venues", tournament=world.owner.id, round_id=world.third, seed=1)
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    world.write(lambda unit: rounds.set_start(unit, world.third, "14:30"))
    with world.work.database.read() as unit:
        found = round_checks.release_checks(unit, world.third)
    assert found.warnings == ()
    assert not found.blocked
    assert found.start == "14:30"


def test_the_completion_checklist_tells_missing_from_unconfirmed_ballots(world: World) -> None:
    world.write(lambda unit: rounds.confirm_draw(unit, world.third))
    room = world.sheet().rooms[1]
    world.write(lambda unit: unit.insert(schema.ballot, [{"debate_id": room.id}]))
    with world.work.database.read() as unit:
        found = round_checks.completion_checks(unit, world.third)
    items = {one.key: one for one in found.items}
    assert (found.missing, found.drafts, found.ballots_in, found.ballots_due) == (6, 1, 0, 6)
    assert items["ballots"].sentence.startswith("5 of 6 ballots are missing")
    assert room.name not in items["ballots"].sentence
    assert (items["drafts"].place, items["drafts"].target) == ("ballots", room.id)
    assert items["draw"].place == "rounds/release"


def test_a_room_used_by_two_debates_is_told_before_the_round_is_completed(world: World) -> None:
    world.work.run(
        "draw.allocate_venues", tournament=world.owner.id, round_id=world.third, seed=1)
    debate = schema.debate
    with world.work.database.read() as unit:
        first, second = unit.rows(debate.select().where(debate.c.round_id == world.third))[:2]
    world.write(lambda unit: unit.update(debate, {second.id: {"venue_id": first.venue_id}}))
    with world.work.database.read() as unit:
        found = round_checks.completion_checks(unit, world.third)
    item = next(one for one in found.items if one.key == "twice")
    assert (item.status, item.place) == ("attention", "rounds/rooms")
