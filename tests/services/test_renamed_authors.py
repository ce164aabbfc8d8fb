"""Who entered a ballot is one person under every name, for what is offered and what is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.operators import OperatorRole
from tabapp.services.double_entry import next_step, rules_of
from tabapp.services.operators import list_operators, rename_operator
from tests.services.desk_scenes import form_of, write
from tests.services.double_scene import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        made = Room(opened)
        made.register("Dee", "Ann", "Ben")
        yield made


def refusal(do: object, *args: object) -> str:
    assert callable(do)
    with pytest.raises(UserError) as refused:
        do(*args)
    return refused.value.code


def test_who_is_offered_what_is_told_by_the_same_names_as_at_save(room: Room) -> None:
    room.save("Ann", room.right)
    with room.work.database.read() as unit:
        ann = next(one.id for one in list_operators(unit) if one.name == "Ann")
    write(room.work, "Dee", lambda unit: rename_operator(unit, ann, "Anna"))
    write(room.work, "Dee", lambda unit: rename_operator(unit, ann, "Annika"))
    with room.work.database.read() as unit:
        rules = rules_of(unit, room.work.tournament())
    waiting = [one for _id, one in form_of(room.work).ballots]
    volunteer = OperatorRole.VOLUNTEER
    steps = {
        name: next_step(rules, waiting, name, volunteer)[0]
        for name in ("Ann", "anna", "Annika", "Ben", "Anni")}
    assert steps == {
        "Ann": "own", "anna": "own", "Annika": "own", "Ben": "second", "Anni": "second"}
    for name in ("Ann", "Anna", "Annika"):  # a window may not have heard of the new name yet
        assert refusal(room.second, name, room.right) == "entry_is_own"
    assert room.second("Ben", room.right).outcome == "same"


def test_what_is_written_under_the_old_name_is_one_persons_too(room: Room) -> None:
    with room.work.database.read() as unit:
        ann = next(one.id for one in list_operators(unit) if one.name == "Ann")
    room.save("Ann", room.wrong)
    write(room.work, "Dee", lambda unit: rename_operator(unit, ann, "Anna"))
    room.save("Anna", room.right)
    assert refusal(room.second, "Ann", room.right) == "entry_is_own"
    room.save("Ann", room.wrong)
    assert refusal(room.second, "Anna", room.right) == "entry_is_own"
    assert room.state == "check"  # no two entries that differ
    room.remove("Anna")
    assert refusal(room.save, "Ann", room.right) == "operator_gone"
