"""Sides of elimination rounds: swapped after a toss, confirmed before any ballot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.exchange import write_archive
from tabapp.services import rounds, sides
from tabapp.services.workspace import Workspace
from tests.services.out_rounds import OutRounds, pairs, played


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def make(work: Workspace) -> Callable[..., OutRounds]:
    def made(size: int, teams: int) -> OutRounds:
        room = OutRounds(work, pairs(size, teams))
        room.make_break()
        return room

    return made


@pytest.fixture
def sixteen(work: Workspace) -> OutRounds:
    room = OutRounds(work, played(16))
    room.make_break()
    return room


def drafted(room: OutRounds, round_id: int, seed: int = 1) -> None:
    room.work.run("draw.generate", tournament=room.owner.id, round_id=round_id, seed=seed)
    with room.work.database.write(tournament=room.owner.id) as unit:
        rounds.confirm_draw(unit, round_id)


def test_sides_are_confirmed_by_a_person_before_any_ballot(
    make: Callable[..., OutRounds],
) -> None:
    room = make(4, 8)
    first, *_ = room.create_rounds()
    drafted(room, first)
    one, two = room.debates(first)
    with room.work.database.read() as unit:
        assert set(sides.unconfirmed(unit, first)) == {one.ref, two.ref}
    with pytest.raises(ProblemsFound, match="are not confirmed"):
        room.decide(first, lambda teams: teams[:1])
    room.edit(lambda unit, _owner, _slug: sides.swap_sides(unit, first, one.ref))
    assert room.debates(first)[0].drawn.teams == one.drawn.teams[::-1]
    assert room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, first, [one.ref])) == 1
    with room.work.database.read() as unit:
        assert sides.unconfirmed(unit, first) == (two.ref,)
    with pytest.raises(UserError) as refused:
        room.edit(lambda unit, _owner, _slug: sides.swap_sides(unit, first, one.ref))
    assert refused.value.code == "sides_are_confirmed"
    assert room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, first)) == 1
    with pytest.raises(UserError) as refused:
        room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, first))
    assert refused.value.code == "sides_confirmed_already"
    room.decide(first, lambda teams: teams[:1])
    assert room.failures() == []


def test_confirmed_and_swapped_sides_can_be_taken_back(make: Callable[..., OutRounds]) -> None:
    room = make(2, 4)
    (final,) = room.create_rounds()
    drafted(room, final)
    (before,) = room.debates(final)
    room.edit(lambda unit, _owner, _slug: sides.swap_sides(unit, final, before.ref))
    room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, final))
    assert room.debates(final)[0].drawn.sides_confirmed
    room.undo()
    assert not room.debates(final)[0].drawn.sides_confirmed
    room.undo()
    assert room.debates(final) == [before]


def test_sides_of_what_is_not_there_are_refused(make: Callable[..., OutRounds]) -> None:
    room = make(2, 4)
    (final,) = room.create_rounds()
    with pytest.raises(UserError) as refused:
        room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, final))
    assert refused.value.code == "round_not_drawn"
    drafted(room, final)
    (only,) = room.debates(final)
    for change, code in (
        (lambda unit: sides.confirm_sides(unit, final, ["D99"]), "sides_no_debate"),
        (lambda unit: sides.swap_sides(unit, final, only.ref, ("T1", "T9")), "sides_of_four"),
    ):
        with pytest.raises(UserError) as refused:
            room.edit(lambda unit, _owner, _slug, change=change: change(unit))
        assert refused.value.code == code
    with room.work.database.write(tournament=room.owner.id) as unit:
        rounds.complete_round(unit, final, reason="rain")
    with pytest.raises(UserError) as refused:
        room.edit(lambda unit, _owner, _slug: sides.confirm_sides(unit, final))
    assert refused.value.code == "round_is_completed"


def test_a_draw_without_a_person_confirms_its_sides(make: Callable[..., OutRounds]) -> None:
    room = make(4, 8)
    first, *_ = room.create_rounds()
    drafted(room, first, seed=3)
    assert not any(one.drawn.sides_confirmed for one in room.debates(first))
    room.draw(first, seed=3)  # the same draw again: only its sides are left to confirm
    assert all(one.drawn.sides_confirmed for one in room.debates(first))
    room.draw(first, seed=4, replace=True)
    assert all(one.drawn.sides_confirmed for one in room.debates(first))


def test_an_archive_keeps_unconfirmed_sides(
    make: Callable[..., OutRounds], tmp_path: Path
) -> None:
    room = make(3, 8)
    first, *_ = room.create_rounds()
    drafted(room, first)
    document = room.document()
    assert [one.sides_confirmed for one in document.rounds[1].debates] == [False]
    with open_workspace(tmp_path / "copy.tabapp", create=True) as work:
        copy = OutRounds(work, document)
        assert write_archive(copy.document()) == write_archive(document)
        assert copy.failures() == []


def test_two_of_a_room_of_four_swap_sides_before_they_are_confirmed(
    sixteen: OutRounds,
) -> None:
    first, *_ = sixteen.create_rounds()
    sixteen.work.run("draw.generate", tournament=sixteen.owner.id, round_id=first, seed=1)
    room = sixteen.debates(first)[0]
    og, oo, cg, co = room.drawn.teams

    def swap(teams: tuple[str, str] | None) -> None:
        sixteen.edit(lambda unit, _owner, _slug: sides.swap_sides(unit, first, room.ref, teams))

    with pytest.raises(UserError) as refused:
        swap(None)
    assert refused.value.code == "sides_of_four"
    swap((og, co))
    assert sixteen.debates(first)[0].drawn.teams == (co, oo, cg, og)
    assert sixteen.bracket().rounds[0].outdated == ""


def test_sides_under_a_ballot_are_not_swapped(sixteen: OutRounds) -> None:
    first, *_ = sixteen.create_rounds()
    sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2], only=1)
    archive = sixteen.document()
    archive.rounds[3].debates[0].sides_confirmed = False
    archive.tournament.slug = "other"
    copy = OutRounds(sixteen.work, archive)
    (other, *_) = (one.id for one in copy.rounds())
    room = next(one for one in copy.debates(other) if not one.drawn.sides_confirmed)
    og, oo, *_ = room.drawn.teams
    with pytest.raises(UserError) as refused:
        copy.edit(lambda unit, _owner, _slug: sides.swap_sides(unit, other, room.ref, (og, oo)))
    assert refused.value.code == "sides_have_ballot"
