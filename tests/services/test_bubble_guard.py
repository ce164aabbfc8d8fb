"""The bubble guard on a real file: what is out, entered and unchecked, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.domain.operators import OperatorRole
from tabapp.services import breaks, exchange
from tabapp.services.ballot_bundle import ballot_of_bundle, bundle_of
from tabapp.services.ballots import Entry
from tabapp.services.bubble_guard import BubbleGuard, GuardedRoom, compute, read_guard
from tabapp.services.double_entry import decide, save_second
from tabapp.services.tournament_settings import change_settings
from tabapp.services.workspace import Workspace
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.services.desk_scenes import confirm, filled, form_of, save, write

DIRECTOR = OperatorRole.TAB_DIRECTOR


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as found:
        yield found


def begin(work: Workspace, **settings: Any) -> None:
    """Store three rounds of eight teams, of which the last has no ballots; four of them break."""
    made = small_archive(8, 3)
    made["tournament"]["settings"] = settings
    for debate in made["rounds"][2]["debates"]:
        debate |= {"ballots": [], "status": "none"}
    made["rounds"][2]["completed"] = False
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")


def guard(work: Workspace) -> BubbleGuard:
    with work.database.read() as unit:
        found = read_guard(unit, work.tournament().id)
    return compute(found)


def room(found: BubbleGuard, ref: str) -> GuardedRoom:
    return next(one for one in found.rooms if one.ref == ref)


def breaking(work: Workspace) -> frozenset[str]:
    with work.database.read() as unit:
        (made,) = breaks.compute(breaks.read_input(unit, work.tournament()), ties="ask")
    return made.breaking


def test_ballots_that_are_out_are_counted_for_the_card(work: Workspace) -> None:
    begin(work)
    found = guard(work)
    assert (found.out, found.to_check, found.rounds_to_come) == (2, 0, 0)
    assert found.out_flipping == len(found.flipping) == 2
    assert {one.round_name for one in found.rooms} == {"Round 3"}
    assert [one.status for one in found.rooms] == ["out", "out"]
    assert all(len(one.teams) == 4 and one.live for one in found.rooms)


def test_an_entered_ballot_counts_as_it_was_entered_before_it_is_confirmed(
    work: Workspace
) -> None:
    begin(work)
    form = form_of(work, "D5")
    save(work, form, filled(form))
    entered = guard(work)
    assert room(entered, "D5").status == "entered"
    assert (entered.out, entered.to_check) == (1, 1)
    confirm(work, form_of(work, "D5"))
    after = guard(work)
    assert [one.ref for one in after.rooms] == ["D6"]
    # what is known of the other room is the same either way
    assert room(entered, "D6").live == room(after, "D6").live


def test_who_confirms_the_own_entry_leaves_it_unchecked(work: Workspace) -> None:
    begin(work)
    for ref in ("D5", "D6"):
        form = form_of(work, ref)
        save(work, form, filled(form))
        confirm(work, form_of(work, ref), actor="Ann" if ref == "D5" else "Ben")
    assert [(one.ref, one.status) for one in guard(work).rooms] == [("D5", "unchecked")]


def go_on(work: Workspace, name: str, best: int, ref: str = "D5") -> None:
    """Type the ballot of a room a second time, insisting; or decide between two entries."""
    form = form_of(work, ref, actor=name)
    entry = Entry(3, ref, ballot_of_bundle(form.sheet, filled(form, best)))

    def do(unit: WriteUnit) -> None:
        if sum(one.status == "draft" for _id, one in form.ballots) == 1:
            save_second(
                unit, work.tournament(), entry, seen=form.seen, role=DIRECTOR, insist=True)
        else:
            decide(unit, work.tournament(), entry, seen=form.seen, role=DIRECTOR)

    write(work, name, do)


@pytest.mark.parametrize(("second", "left"), [("Ben", []), ("Ann", [("D5", "unchecked")])])
def test_what_was_decided_between_two_people_was_looked_at(
    second: str, left: list[tuple[str, str]], work: Workspace
) -> None:
    """Ann types it, Ben types it otherwise, Dee decides; alone, Ann types it twice."""
    begin(work, enable_blind_checks=True)
    form = form_of(work, "D6")
    save(work, form, filled(form))
    go_on(work, "Ben", 80, "D6")
    form = form_of(work, "D5")
    save(work, form, filled(form))
    go_on(work, second, 79)
    if left == []:
        assert room(guard(work), "D5").status == "entered"
        go_on(work, "Dee", 78)
    assert [(one.ref, one.status) for one in guard(work).rooms] == left


def test_the_words_name_the_change_and_what_comes_of_it(work: Workspace) -> None:
    """The ballots of the last round are entered; then one is stored with the change that flips."""
    begin(work)
    for ref, best in (("D5", 80), ("D6", 76)):
        form = form_of(work, ref)
        save(work, form, filled(form, best))
    found = guard(work)
    for ref in ("D5", "D6"):
        confirm(work, form_of(work, ref))
    before = breaking(work)
    one = next(one for one in found.flipping if one.alone)
    change = one.change
    assert change is not None
    form = form_of(work, one.ref)
    assert form.confirmed is not None
    bundle = bundle_of(form.sheet, form.confirmed[1])
    typed = bundle.sheet()
    sides = {seat.team: seat.side.value for seat in form.sheet.seats}
    first, second = sides[change.team], sides[change.other]
    assert one.words == (
        f"{first.upper()} and {second.upper()} exchanged."
        " Then College 3 B would break in Open, and College 2 A would not.")
    for at in (1, 2):
        left, right = f"{first}.{at}", f"{second}.{at}"
        typed.scores[left], typed.scores[right] = typed.scores[right], typed.scores[left]
    bundle.reason = "as the guard said"
    save(work, form, bundle)
    confirm(work, form_of(work, one.ref))
    after = breaking(work)
    assert set(change.enters) == after - before
    assert set(change.leaves) == before - after


def test_a_room_that_is_postponed_is_only_counted(work: Workspace) -> None:
    made = small_archive(8, 1)
    made["rounds"][0]["debates"][0] |= {"status": "postponed", "ballots": []}
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
    found = guard(work)
    assert (found.rooms, found.postponed) == ((), 1)


def test_without_a_drawn_round_or_a_category_there_is_nothing_to_guard(work: Workspace) -> None:
    made = small_archive(8, 1, results=False)
    made["rounds"][0] |= {"debates": [], "status": "none"}
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
    with pytest.raises(UserError, match="No preliminary round has been drawn"):
        guard(work)


def test_who_debated_too_few_rounds_does_not_count_at_the_line(work: Workspace) -> None:
    """A round was postponed for good, so that nobody can come to three rounds any more."""
    made = small_archive(8, 3)
    made["tournament"]["settings"] = {"break_min_rounds": 3}
    made["break_categories"][0]["size"] = 1
    for debate in made["rounds"][0]["debates"]:
        debate |= {"ballots": [], "status": "postponed"}
    for debate in made["rounds"][2]["debates"]:
        debate |= {"ballots": [], "status": "none"}
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
    assert guard(work).flipping == ()
    owner = work.tournament()
    with work.database.write(actor="Ann", verb="set", tournament=owner.id) as unit:
        change_settings(unit, owner.id, {"break_min_rounds": 2})
    assert {one.effect for one in guard(work).rooms} == {"break"}


def test_two_teams_are_told_who_has_to_win(work: Workspace) -> None:
    made = two_teams()
    exchange.add(
        work.database, Archive.model_validate(made), now=work.clock.now(), actor="test")
    found = guard(work)
    (one,) = found.rooms
    assert (one.effect, one.alone) == ("break", True)
    assert one.words in {
        f"College 1 {team} can break if it wins, and not if it loses." for team in "AB"}


def two_teams() -> dict[str, Any]:
    made = small_archive(4, 1, results=False)
    made["tournament"] |= {"preset": "australs"}
    made["break_categories"][0]["size"] = 1
    for team in made["teams"][2:]:
        team["break_categories"] = []
    (debate,) = made["rounds"][0]["debates"]
    debate["sides"] = [{"side": "aff", "team": "T1"}, {"side": "neg", "team": "T2"}]
    return made
