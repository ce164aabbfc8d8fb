"""Rooms for debates: priorities, wishes and what cannot be met."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.allocation import (
    Room,
    RoomConstraint,
    RoomDebate,
    RoomSnapshot,
    allocate_rooms,
)

STEPLESS = frozenset({"VC1"})


def make_rooms(*priorities: float, stepless: tuple[int, ...] = ()) -> tuple[Room, ...]:
    return tuple(
        Room(f"V{n}", priority, categories=STEPLESS if n in stepless else frozenset())
        for n, priority in enumerate(priorities)
    )


def wish(subject: str, category: str = "VC1", priority: float = 10.0) -> RoomConstraint:
    return RoomConstraint(subject, category, priority)


def test_without_wishes_the_best_rooms_are_used() -> None:
    debates = tuple(RoomDebate(f"D{n}") for n in range(3))
    allocation = allocate_rooms(RoomSnapshot(debates, make_rooms(1, 9, 5, 7, 2)), seed=4)
    assert set(allocation.placed.values()) == {"V1", "V3", "V2"}
    assert not allocation.unmet
    assert not allocation.problems


def test_which_debate_has_which_of_the_best_rooms_is_decided_by_the_seed() -> None:
    debates = tuple(RoomDebate(f"D{n}") for n in range(6))
    snapshot = RoomSnapshot(debates, make_rooms(*[5] * 6))
    found = {tuple(allocate_rooms(snapshot, seed=seed).placed.items()) for seed in range(10)}
    assert len(found) > 5
    assert allocate_rooms(snapshot, seed=3) == allocate_rooms(snapshot, seed=3)


def test_a_wish_is_met_outside_the_best_rooms_and_frees_the_least_of_them() -> None:
    debates = (RoomDebate("D1", constraints=(wish("T1"),)), RoomDebate("D2"))
    rooms = make_rooms(9, 8, 1, stepless=(2,))
    allocation = allocate_rooms(RoomSnapshot(debates, rooms), seed=1)
    assert allocation.placed == {"D1": "V2", "D2": "V0"}


def test_the_stronger_wish_has_the_only_room() -> None:
    debates = (
        RoomDebate("D1", constraints=(wish("T1", priority=5),)),
        RoomDebate("D2", constraints=(wish("T2", priority=50),)),
    )
    rooms = make_rooms(1, 2, stepless=(0,))
    allocation = allocate_rooms(RoomSnapshot(debates, rooms), seed=1)
    assert allocation.placed == {"D1": "V1", "D2": "V0"}
    assert [(u.debate, u.subject, u.reason) for u in allocation.unmet] == [
        ("D1", "T1", "rooms_unmet_outranked"),
    ]


def test_a_second_wish_narrows_the_choice_if_it_can() -> None:
    rooms = (
        Room("V1", 5, categories=frozenset({"VC1"})),
        Room("V2", 1, categories=frozenset({"VC1", "VC2"})),
    )
    debate = RoomDebate("D1", constraints=(wish("T1"), wish("A1", "VC2", 3)))
    allocation = allocate_rooms(RoomSnapshot((debate,), rooms), seed=1)
    assert allocation.placed == {"D1": "V2"}
    assert not allocation.unmet


def test_a_person_is_content_with_any_one_of_its_wishes() -> None:
    rooms = (Room("V1", 5, categories=frozenset({"VC2"})),)
    debate = RoomDebate("D1", constraints=(wish("A1", "VC1", 9), wish("A1", "VC2", 3)))
    assert not allocate_rooms(RoomSnapshot((debate,), rooms), seed=1).unmet


def test_a_category_without_rooms_is_told_apart() -> None:
    debate = RoomDebate("D1", constraints=(wish("T1", "VC7"),))
    allocation = allocate_rooms(RoomSnapshot((debate,), make_rooms(1)), seed=1)
    assert allocation.placed == {"D1": "V0"}
    assert [missed.reason for missed in allocation.unmet] == ["rooms_unmet_category_absent"]


def test_with_too_few_rooms_the_least_important_debates_have_none() -> None:
    debates = (
        RoomDebate("D1", importance=0, room_rank=1, constraints=()),
        RoomDebate("D2", importance=1, room_rank=2),
        RoomDebate("D3", importance=-1, room_rank=3, constraints=(wish("T1", "VC7"),)),
    )
    allocation = allocate_rooms(RoomSnapshot(debates, make_rooms(1, 1)), seed=1)
    assert allocation.placed["D3"] is None
    assert None not in {allocation.placed["D1"], allocation.placed["D2"]}
    assert [problem.code for problem in allocation.problems] == ["rooms_too_few"]
    assert [missed.reason for missed in allocation.unmet] == ["rooms_unmet_no_room"]


def test_a_round_without_debates_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        allocate_rooms(RoomSnapshot((), make_rooms(1)), seed=1)
    assert caught.value.code == "rooms_no_debates"


@st.composite
def snapshots(draw: st.DrawFn) -> RoomSnapshot:
    categories = ["VC1", "VC2", "VC3"]
    rooms = tuple(
        Room(f"V{n}", draw(st.integers(0, 3)),
             categories=frozenset(draw(st.lists(st.sampled_from(categories), max_size=2))))
        for n in range(draw(st.integers(0, 8)))
    )
    debates = tuple(
        RoomDebate(
            f"D{n}", draw(st.integers(-2, 2)), n,
            tuple(
                wish(draw(st.sampled_from(["T1", "T2"])), draw(st.sampled_from(categories)),
                     draw(st.integers(1, 4)))
                for _wish in range(draw(st.integers(0, 3)))
            ),
        )
        for n in range(draw(st.integers(1, 8)))
    )
    return RoomSnapshot(debates, rooms)


@given(snapshots(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_rooms_are_used_once_and_fully_whatever_the_order_of_the_input(
    snapshot: RoomSnapshot, shuffler: random.Random
) -> None:
    allocation = allocate_rooms(snapshot, seed=2)
    used = [room for room in allocation.placed.values() if room is not None]
    assert len(used) == len(set(used)) == min(len(snapshot.rooms), len(snapshot.debates))
    rooms = {room.id: room for room in snapshot.rooms}
    for debate in snapshot.debates:
        room = allocation.placed[debate.id]
        has = rooms[room].categories if room else frozenset()
        met = {w.subject for w in debate.constraints if w.category in has}
        missed = {u.subject for u in allocation.unmet if u.debate == debate.id}
        assert met | missed == {w.subject for w in debate.constraints}
        assert not met & missed
    debates, others = list(snapshot.debates), list(snapshot.rooms)
    shuffler.shuffle(debates)
    shuffler.shuffle(others)
    assert allocate_rooms(RoomSnapshot(tuple(debates), tuple(others)), seed=2) == allocation
