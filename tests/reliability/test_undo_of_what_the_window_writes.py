"""Every write of the window is one action; undo and redo bring back the document byte by byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.types import Role
from tabapp.services import (
    availability,
    break_edits,
    categories,
    elimination,
    motions,
    panels,
    people,
    people_categories,
    people_conflicts,
    people_deletion,
    people_paste,
    round_setup,
    rounds,
    tournament_settings,
    venues,
)
from tabapp.services.drafts import ballot_form, drop_draft, keep_draft
from tabapp.store.break_rows import read_breaks
from tabapp.tasks.play import play_break, play_round
from tests.reliability.scenes import add, made_up
from tests.reliability.tab_room import (
    Change,
    Room,
    best_category,
    confirmed,
    discarded,
    form_of,
    make_file,
    put_in,
    ranks_of,
    row_ids,
    saved,
    seated,
    swap,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the file that all cases begin with; whoever uses it works on a copy."""
    return make_file(tmp_path_factory.mktemp("made") / "t.tabapp")


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Iterator[Room]:
    with open_workspace(shutil.copy(made, tmp_path)) as work:
        yield Room(work)


# People

def rooms_in_a_category(room: Room) -> Change:
    room.do(lambda unit: people.add(unit, room.id, "venue_category", {"name": "Ground floor"}))
    lists = room.read(lambda unit: people.read_lists(unit, room.id))
    category = next(one.id for one in lists.categories if one.name == "Ground floor")
    return lambda unit: people_categories.set_eligibility(
        unit, room.id, "venue", {one: frozenset({category}) for one in row_ids(room, "rooms")})


PEOPLE: dict[str, Callable[[Room], Change]] = {
    "add a team with speakers": lambda room: lambda unit: people.add(
        unit, room.id, "team", {"name": "New A", "speakers": "Ada, Bo"}),
    "add a judge": lambda room: lambda unit: people.add(
        unit, room.id, "adjudicator", {"name": "New judge", "base_score": "5"}),
    "rename an institution with its teams": lambda room: lambda unit: people.edit(
        unit, room.id, "institution", row_ids(room, "institutions")[0], {"name": "Renamed"}),
    "change a judge's score": lambda room: lambda unit: people.edit(
        unit, room.id, "adjudicator", row_ids(room, "judges")[0], {"base_score": "1.5"}),
    "move a judge to another home": lambda room: lambda unit: people.edit(
        unit, room.id, "adjudicator", row_ids(room, "judges")[0],
        {"institution": row_ids(room, "institutions")[-1]}),
    "withdraw teams": lambda room: lambda unit: people.withdraw(
        unit, room.id, "team", row_ids(room, "teams")[:3]),
    "withdraw judges": lambda room: lambda unit: people.withdraw(
        unit, room.id, "adjudicator", row_ids(room, "judges")[:3]),
    "paste judges who clash with one another": lambda room: lambda unit: people_paste.paste(
        unit, room.id, "adjudicator",
        "name\tinstitution\tadjudicator conflicts\nX One\tNowhere\tX Two\nX Two\tNowhere\tX One\n",
        make_missing=True),
    "paste teams": lambda room: lambda unit: people_paste.paste(
        unit, room.id, "team", "name\tinstitution\nA\tOne\nA\tTwo\n", make_missing=True,
        prefix=True),
    "add a conflict": lambda room: lambda unit: people_conflicts.add_conflict(
        unit, room.id, "adjudicator_team", row_ids(room, "judges")[0],
        row_ids(room, "teams")[0]),
    "give rooms a category": rooms_in_a_category,
    "take teams out of a break category": lambda room: lambda unit: (
        people_categories.set_eligibility(
            unit, room.id, "team", {one: frozenset() for one in row_ids(room, "teams")[:5]})),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_what_is_done_to_people_is_one_action(room: Room, name: str) -> None:
    room.check(PEOPLE[name](room))


def test_deleting_a_team_with_all_that_hangs_on_it_is_one_action(room: Room) -> None:
    room.do(lambda unit: people.add(
        unit, room.id, "team", {"name": "Gone A", "speakers": "Ada, Bo"}))
    lists = room.read(lambda unit: people.read_lists(unit, room.id))
    team = next(one.id for one in lists.teams if one.name == "Gone A")
    judge = row_ids(room, "judges")[0]
    room.do(lambda unit: people_conflicts.add_conflict(
        unit, room.id, "adjudicator_team", judge, team))
    room.check(lambda unit: people_deletion.delete(unit, room.id, "team", [team]))


# Rounds, availability, judges and rooms


def exchange_of_chairs(room: Room, third: int) -> Change:
    board = room.read(lambda unit: panels.read_board(unit, third))
    chairs = [judge for judge, seat in board.seats.items() if seat.role is Role.CHAIR]
    return lambda unit: panels.swap_judges(unit, third, chairs[0], chairs[1], reason="We know.")


def chair_out(room: Room, third: int) -> Change:
    board = room.read(lambda unit: panels.read_board(unit, third))
    return lambda unit: panels.take_out(unit, third, next(iter(board.seats)))


def filled(room: Room, third: int) -> Change:
    room.do(lambda unit: panels.clear_panels(unit, third))
    found = room.read(lambda unit: panels.find_filling(unit, third, 1))
    return lambda unit: panels.seat_all(unit, third, found.places)


def rooms_exchanged(room: Room, third: int) -> Change:
    board = room.read(lambda unit: venues.read_rooms(unit, third))
    here, other = board.debates[:2]
    assert other.room is not None
    return lambda unit: venues.place_debate(unit, third, here.id, board.rooms[other.room].name)


def importance(room: Room, third: int) -> Change:
    board = room.read(lambda unit: panels.read_board(unit, third))
    return lambda unit: panels.set_importance(unit, third, board.debates[0].id, 2)


def taken_back_from_the_hall(room: Room, third: int) -> Change:
    room.do(lambda unit: rounds.release_draw(unit, third))
    return lambda unit: rounds.unrelease_draw(unit, third)


def reopened(room: Room, third: int) -> Change:
    room.do(lambda unit: rounds.complete_round(unit, third, reason="It burns."))
    return lambda unit: rounds.reopen_round(unit, third)


STAGES: dict[str, Callable[[Room, int], Change]] = {
    "take back from the hall": taken_back_from_the_hall,
    "reopen": reopened,
    "swap two teams": swap,
    "exchange two chairs with a reason": exchange_of_chairs,
    "take a judge out": chair_out,
    "clear the panels": lambda _room, third: lambda unit: panels.clear_panels(unit, third),
    "fill the gaps": filled,
    "set the importance": importance,
    "exchange two rooms": rooms_exchanged,
    "clear the rooms": lambda _room, third: lambda unit: venues.clear_rooms(unit, third),
    "take back to draft": lambda _room, third: lambda unit: rounds.unconfirm_draw(unit, third),
    "delete the draw": lambda _room, third: lambda unit: rounds.delete_draw(unit, third),
    "release": lambda _room, third: lambda unit: rounds.release_draw(unit, third),
    "complete with a reason": lambda _room, third: lambda unit: rounds.complete_round(
        unit, third, reason="It burns."),
    "set the start": lambda _room, third: lambda unit: rounds.set_start(unit, third, "14.30"),
    "mark teams as away": lambda room, third: lambda unit: availability.set_here(
        unit, third, "team", row_ids(room, "teams")[:4], here=False),
    "mark everybody as away": lambda _room, third: lambda unit: availability.only_here(
        unit, third, "adjudicator", ()),
}


@pytest.mark.parametrize("name", STAGES)
def test_what_is_done_to_a_round_is_one_action(room: Room, name: str) -> None:
    third = seated(room)
    room.check(STAGES[name](room, third))


def test_who_was_here_last_round_is_taken_over_in_one_action(room: Room) -> None:
    third, fourth = room.ids[2:4]
    room.do(lambda unit: availability.set_here(
        unit, third, "team", row_ids(room, "teams")[:4], here=False))
    room.do(lambda unit: availability.set_here(
        unit, third, "venue", row_ids(room, "rooms")[:1], here=False))
    room.check(lambda unit: availability.as_last_round(unit, fourth))


def test_a_draw_with_ballots_drafts_and_judges_comes_back_whole(room: Room) -> None:
    third = seated(room)
    for at, (best, confirm) in enumerate([(80, True), (79, False)]):
        put_in(room, at, best=best, confirm=confirm)
    room.do(lambda unit: rounds.release_draw(unit, third))
    room.check(lambda unit: rounds.delete_draw(unit, third))


def test_an_allowed_clash_goes_and_comes_back_with_its_judge(room: Room) -> None:
    third = seated(room)
    board = room.read(lambda unit: panels.read_board(unit, third))
    debate, judge = board.debates[0], next(iter(board.seats))
    room.do(lambda unit: panels.clear_panels(unit, third))
    room.do(lambda unit: people_conflicts.add_conflict(
        unit, room.id, "adjudicator_team", board.judges[judge].name, debate.teams[0].name))
    room.check(lambda unit: panels.seat_judge(
        unit, third, judge, debate.id, Role.CHAIR, reason="Nobody else is left."))
    room.check(lambda unit: panels.take_out(unit, third, judge))


# Ballots


def test_each_step_of_a_ballot_is_one_action(room: Room) -> None:
    room.check(saved(room, 0))
    room.check(confirmed(room, 0))
    room.check(saved(room, 0, best=78, reason="The chair misread a seven."))
    room.check(confirmed(room, 0))


def test_another_entry_and_putting_it_aside_are_one_action_each(room: Room) -> None:
    room.do(saved(room, 0))
    room.check(saved(room, 0, best=77))
    room.check(discarded(room, 0))


def test_a_draft_is_no_action_and_undo_passes_over_it(room: Room) -> None:
    form = form_of(room, 0)
    name = ballot_form(room.id, form.room.id)
    before = room.document()
    room.do(saved(room, 1))
    room.leaves_no_action(lambda unit: keep_draft(unit, name, {"scores": {"og.1": "80"}}))
    kept = form_of(room, 0).draft
    assert kept is not None
    room.work.database.undo(room.id, actor="Ann")
    assert room.document() == before
    assert form_of(room, 0).draft == kept
    room.leaves_no_action(lambda unit: drop_draft(unit, name))


# Set-up


def motion_in_two_rounds(room: Room) -> Change:
    room.do(lambda unit: tournament_settings.change_settings(
        unit, room.id, {"enable_motion_reuse": True}))
    return lambda unit: motions.save_motion(
        unit, room.id, motions.MotionEntry(text="That we do.", rounds=tuple(room.ids[2:4])))


def motion_deleted(room: Room) -> Change:
    room.do(lambda unit: motions.save_motion(
        unit, room.id, motions.MotionEntry(text="That we go.", rounds=(room.ids[3],))))
    board = room.read(lambda unit: motions.read_board(unit, room.id))
    gone = next(one.id for one in board.motions if one.text == "That we go.")
    return lambda unit: motions.delete_motion(unit, room.id, gone)


def motion_moved(room: Room) -> Change:
    fourth = room.ids[3]
    for text in ("That we come.", "That we stay."):
        entry = motions.MotionEntry(text=text, rounds=(fourth,))
        room.do(partial(motions.save_motion, tournament_id=room.id, entry=entry))
    board = room.read(lambda unit: motions.read_board(unit, room.id))
    return lambda unit: motions.move_motion(unit, fourth, board.orders[fourth][-1], -1)


def category_changed(room: Room) -> Change:
    row = room.read(lambda unit: categories.read_board(unit, room.id)).categories[0]
    entry = replace(categories.CategoryEntry.of(row), name="Main", slug="main", size="4")
    return lambda unit: categories.save_category(unit, room.id, entry, row.id)


def category_deleted(room: Room) -> Change:
    play_break(room.work, room.owner, 1)
    row = room.read(lambda unit: categories.read_board(unit, room.id)).categories[0]
    return lambda unit: categories.delete_category(unit, room.id, row.id)


SETUP: dict[str, Callable[[Room], Change]] = {
    "change settings": lambda room: lambda unit: tournament_settings.change_settings(
        unit, room.id, {"score_max": 95, "enable_motions": False}),
    "change names": lambda room: lambda unit: tournament_settings.change_head(
        unit, room.id, tournament_settings.HeadEntry(
            name="Other", short_name="O", slug="other", timezone="Europe/Berlin")),
    "add a round": lambda room: lambda unit: round_setup.add_round(
        unit, room.id, round_setup.RoundEntry(name="Extra"), 3),
    "delete a round": lambda room: lambda unit: round_setup.delete_round(
        unit, room.id, room.ids[3]),
    "weigh a round anew": lambda room: lambda unit: round_setup.change_fields(
        unit, room.id, room.ids[0], weight="3"),
    "set a motion in two rounds": motion_in_two_rounds,
    "delete a motion": motion_deleted,
    "move a motion": motion_moved,
    "release motions": lambda room: lambda unit: motions.release_motions(unit, room.ids[2]),
    "change a break category": category_changed,
    "add a general break category": lambda room: lambda unit: categories.save_category(
        unit, room.id, categories.CategoryEntry(name="Second", size="4", general=True)),
    "delete a break category with its break": category_deleted,
}


@pytest.mark.parametrize("name", SETUP)
def test_what_is_set_up_is_one_action(room: Room, name: str) -> None:
    room.check(SETUP[name](room))


def test_another_preset_is_one_action(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        add(work, made_up(1, teams=16, rounds=4))
        room = Room(work)
        room.check(lambda unit: tournament_settings.change_preset(unit, room.id, "wsdc"))


def test_moving_a_round_is_one_action(room: Room) -> None:
    room.do(lambda unit: round_setup.add_round(
        unit, room.id, round_setup.RoundEntry(name="Last one")))
    room.check(lambda unit: round_setup.move_round(unit, room.id, room.ids[4], -1))


# The break and what comes after it


@pytest.fixture
def after_the_break(room: Room) -> Room:
    for one in room.rounds()[2:4]:
        for _result in play_round(room.work, room.owner, one, 1):
            pass
    play_break(room.work, room.owner, 1)
    return room


def test_remarks_of_a_break_and_those_that_follow_are_one_action(after_the_break: Room) -> None:
    room = after_the_break
    slug = best_category(room).slug
    team = min(ranks_of(room, slug).items(), key=lambda one: one[1])[0]
    room.check(lambda unit: break_edits.set_remark(
        unit, room.id, slug, team, "withdrawn", "They left."))
    room.check(lambda unit: break_edits.clear_remark(unit, room.id, slug, team))


@pytest.mark.parametrize("how", ["lot", "hand"])
def test_deciding_a_tie_at_the_line_is_one_action(
    tmp_path: Path, how: break_edits.Decision
) -> None:
    document = made_up(1, teams=16, rounds=4)  # nothing is played: all are level
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        add(work, document)
        room = Room(work)
        row = room.read(lambda unit: categories.read_board(unit, room.id)).categories[0]
        work.run("break.generate", tournament=room.id, tournament_id=room.id, ties="ask")
        tied = room.read(lambda unit: read_breaks(unit, room.id))[row.slug].tied
        chosen = tied[:row.size] if how == "hand" else ()
        room.check(lambda unit: break_edits.decide_tie(
            unit, room.id, row.slug, how, seed=1, chosen=chosen))


def test_elimination_rounds_are_made_drawn_and_taken_back(after_the_break: Room) -> None:
    room = after_the_break
    slug = best_category(room).slug
    room.check(lambda unit: elimination.create_rounds(unit, room.id, slug))
    first = next(one.id for one in room.rounds() if one.category == slug)
    before = room.document()
    room.job("draw.generate", first, seed=1, confirm=True)
    drawn = room.document()
    room.check(swap(room, first))
    room.work.database.undo(room.id, actor="Ann")
    assert room.document() == drawn
    room.work.database.undo(room.id, actor="Ann")
    assert room.document() == before


def test_making_the_rounds_cannot_be_taken_back_under_a_draw(after_the_break: Room) -> None:
    room = after_the_break
    slug = best_category(room).slug
    room.do(lambda unit: elimination.create_rounds(unit, room.id, slug))
    made = room.last()
    first = next(one.id for one in room.rounds() if one.category == slug)
    room.job("draw.generate", first, seed=1, confirm=True)
    state = room.document()
    with pytest.raises(UserError) as caught:
        room.work.database.undo(room.id, actor="Ann", action_id=made)
    assert caught.value.code == "undo_blocked"
    assert room.document() == state
