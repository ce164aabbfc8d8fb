"""Double entry: blind, by another operator, in every format; decisions; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.services import checks
from tabapp.services.ballots import save_ballot
from tabapp.services.double_entry import save_second
from tabapp.services.operators import list_operators, rename_operator
from tabapp.services.workspace import Workspace
from tabapp.store.operator_rows import (
    OperatorNote,
    list_operator_rows,
    put_note,
    update_operator,
)
from tabapp.store.unit import WriteUnit
from tests.reliability.scenes import assert_results_are_derived
from tests.services.desk_scenes import form_of, write
from tests.services.double_scene import Room, role_of
from tests.services.test_ballots import counted

FORMATS = ["bp", "panel", "votes", "scoreless", "criteria", "forfeit"]
WHAT = {
    "bp": ("og.1", None, "Opening Gov, first speaker", "80", "81"),
    "panel": ("aff.3", "A2", "Affirmative, third speaker", "74", "73"),
    "votes": ("winners", "A2", "Winner", "Negative", "Affirmative"),
    "scoreless": ("og.place", None, "Opening Gov, place", "1", "2"),
    "criteria": ("og.1.C2", None, "Opening Gov, first speaker, Style", "31", "33"),
    "forfeit": ("og.1", None, "Opening Gov, first speaker", "80", "81"),
}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


@pytest.fixture
def room(work: Workspace) -> Room:
    made = Room(work)
    made.register("Dee", "Ann", "Ben", "Cleo", "Eve")
    return made


def refusal(do: object, *args: object, **more: object) -> str:
    assert callable(do)
    with pytest.raises(UserError) as refused:
        do(*args, **more)
    return refused.value.code


def assert_sound(room: Room) -> None:
    with room.work.database.read() as unit:
        stored = checks.read_input(unit, room.work.tournament())
    assert [one for one in checks.check_tournament(stored) if one.status == "failed"] == []
    assert_results_are_derived(room.work.database)


# --- in every format ---------------------------------------------------------------------------


@pytest.mark.parametrize("format_", FORMATS)
def test_two_entries_that_say_the_same_count(format_: str, work: Workspace) -> None:
    room = Room(work, format_)
    room.register("Dee", "Ann", "Ben")
    room.save("Ann", room.right)
    assert room.state == "check"
    assert room.second("Ben", room.right).outcome == "same"
    assert (room.state, room.versions) == ("confirmed", [("confirmed", "Ann", "Ben")])
    assert_sound(room)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_planted_difference_is_found_and_decided(format_: str, work: Workspace) -> None:
    room = Room(work, format_)
    room.register("Dee", "Ann", "Ben", "Cleo")
    room.save("Ann", room.right)
    found = room.second("Ben", room.wrong)
    assert found.outcome == "differs"
    told = [(one.key, one.judge, one.what, one.first, one.second) for one in found.differences]
    assert WHAT[format_] in told
    assert len(told) == (2 if format_ == "scoreless" else 1)
    assert room.versions == [("draft", "Ann", "")]  # nothing was stored yet
    assert room.second("Ben", room.wrong, insist=True).outcome == "stored"
    assert (room.state, room.versions) == ("differs", [("draft", "Ann", ""), ("draft", "Ben", "")])
    room.decide("Cleo", room.wrong)
    assert room.state == "confirmed"
    assert room.versions == [
        ("discarded", "Ann", ""), ("discarded", "Ben", ""), ("confirmed", "Cleo", "Cleo")]
    assert room.reasons[-1] == "Ann and Ben entered it differently; Cleo decided."
    assert_sound(room)


# --- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN "])
def test_nobody_types_the_own_entry_again_whatever_the_window(name: str, room: Room) -> None:
    room.save("Ann", room.right)
    assert refusal(room.second, name, room.right) == "entry_is_own"
    assert refusal(room.confirm, name) == "entry_is_own"


def test_a_tab_director_does_not_check_the_own_entry_either(room: Room) -> None:
    room.save("Dee", room.right)
    assert refusal(room.second, "Dee", room.right) == "entry_is_own"
    assert refusal(room.confirm, "Dee") == "entry_is_own"


def test_a_blind_check_is_not_a_look(room: Room) -> None:
    room.save("Ann", room.right)
    assert refusal(room.confirm, "Dee") == "blind_check_wanted"


def test_another_first_entry_does_not_take_the_place_of_the_first(room: Room) -> None:
    room.save("Ann", room.right)
    assert refusal(room.save, "Ben", room.wrong) == "second_entry_wanted"
    room.save("Ann", room.wrong)
    assert room.versions == [("discarded", "Ann", ""), ("draft", "Ann", "")]


def test_without_blind_checks_another_person_looks_and_confirms(work: Workspace) -> None:
    room = Room(work, enable_blind_checks=False)
    room.register("Dee", "Ann", "Ben")
    room.save("Ann", room.right)
    assert refusal(room.confirm, "Ann") == "entry_is_own"
    room.confirm("Ben")
    assert room.versions == [("confirmed", "Ann", "Ben")]


@pytest.mark.parametrize("blind", [False, True])
def test_one_person_checks_the_own_entry(blind: bool, work: Workspace) -> None:
    room = Room(work, enable_blind_checks=blind, ballot_one_person=True)
    room.register("Dee")
    room.save("Dee", room.right)
    if blind:
        assert room.second("Dee", room.right).outcome == "same"
    else:
        room.confirm("Dee")
    assert room.versions == [("confirmed", "Dee", "Dee")]


def test_where_nobody_is_registered_one_person_is_enough(work: Workspace) -> None:
    room = Room(work)
    room.save("me", room.right)
    assert room.second("me", room.wrong).outcome == "differs"
    assert room.second("me", room.wrong, insist=True).outcome == "decided"
    assert room.versions == [("discarded", "me", ""), ("confirmed", "me", "me")]
    assert room.reasons[-1] == "me entered it twice, differently; the second entry counts."


def test_an_entry_counts_at_once_where_nobody_checks(work: Workspace) -> None:
    room = Room(work, disable_ballot_confirms=True, ballot_confirmed_by="tab_director")
    room.register("Dee", "Ann")
    room.save("Ann", room.right)
    assert room.versions == [("confirmed", "Ann", "Ann")]


def test_an_equal_entry_of_a_volunteer_waits_for_somebody_who_may_confirm(
    work: Workspace,
) -> None:
    room = Room(work, ballot_confirmed_by="adjudication_core")
    room.register("Dee", "Ann", "Ben", "Eve")
    room.save("Ann", room.right)
    assert room.second("Ben", room.right).outcome == "waits"
    assert (room.state, room.versions) == ("check", [("draft", "Ann", "Ben")])
    assert refusal(room.confirm, "Ben") == "confirmed_by_adjudication_core"
    room.confirm("Eve")
    assert room.versions == [("confirmed", "Ann", "Ben and Eve")]
    room.undo()
    assert (room.state, room.versions) == ("check", [("draft", "Ann", "Ben")])
    room.undo()
    assert (room.state, room.versions) == ("check", [("draft", "Ann", "")])


def test_a_role_below_the_setting_neither_confirms_nor_decides(work: Workspace) -> None:
    room = Room(work, ballot_confirmed_by="tab_director")
    room.register("Dee", "Ann", "Ben", "Eve", "Cleo")
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    for name in ("Eve", "Cleo"):
        assert refusal(room.decide, name, room.right) == "confirmed_by_tab_director"
    room.decide("Dee", room.right)
    assert room.state == "confirmed"


def test_the_role_that_is_registered_by_now_holds(room: Room) -> None:
    room.change_settings(ballot_confirmed_by="tab_director")
    room.save("Ann", room.right)
    room.register_as("Fay", "volunteer")
    assert room.second("Fay", room.right).outcome == "waits"  # though the window said director


# --- decisions ---------------------------------------------------------------------------------


def test_who_entered_one_of_them_does_not_decide(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    for name in ("Ann", "Ben"):
        assert refusal(room.decide, name, room.right) == "decision_of_author"
        assert refusal(room.confirm, name) == "entries_to_decide"
    assert refusal(room.confirm, "Dee") == "entries_to_decide"


def test_a_tab_director_decides_also_between_the_own_entry_and_another(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Dee", room.wrong, insist=True)
    room.decide("Dee", room.wrong)
    assert room.versions[-1] == ("confirmed", "Dee", "Dee")
    assert room.reasons[-1].startswith("Ann and Dee entered it differently")


def test_a_third_entry_that_says_what_one_of_them_says_decides(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    assert room.second("Cleo", room.right).outcome == "same"
    assert room.versions == [("confirmed", "Ann", "Cleo"), ("discarded", "Ben", "")]


def test_an_author_who_finds_the_own_mistake_types_it_again(room: Room) -> None:
    room.save("Ann", room.wrong)
    room.second("Ben", room.right, insist=True)
    assert room.second("Ann", room.right).outcome == "same"
    assert room.versions == [("discarded", "Ann", ""), ("confirmed", "Ben", "Ann")]


def test_a_third_entry_that_says_something_else_waits_beside_the_others(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    third = {**room.right, "forfeit": ["co"]}
    third["sheets"] = [{"sides": third["sheets"][0]["sides"][:3]}]
    assert room.second("Cleo", third, insist=True).outcome == "stored"
    room.decide("Eve", third)
    assert [status for status, *_who in room.versions] == ["discarded"] * 3 + ["confirmed"]
    assert room.reasons[-1] == "Ann, Ben and Cleo entered it differently; Eve decided."


def test_there_is_nothing_to_decide_between_one_entry(room: Room) -> None:
    room.save("Ann", room.right)
    assert refusal(room.decide, "Dee", room.right) == "nothing_to_decide"


# --- corrections -------------------------------------------------------------------------------


def confirmed(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Ben", room.right)


def test_a_correction_waits_for_a_second_entry_while_the_old_ballot_counts(room: Room) -> None:
    confirmed(room)
    assert refusal(room.save, "Ann", {**room.wrong, "reason": "misread"}) == (
        "correction_above_role")
    room.save("Dee", {**room.wrong, "reason": "misread"})
    assert room.state == "check"
    assert room.versions == [("confirmed", "Ann", "Ben"), ("draft", "Dee", "")]
    assert refusal(room.second, "Dee", room.wrong) == "entry_is_own"
    assert room.second("Ann", room.wrong).outcome == "same"
    assert room.versions == [("discarded", "Ann", "Ben"), ("confirmed", "Dee", "Ann")]
    assert room.reasons == ["", "misread"]
    assert_sound(room)


def test_a_correction_that_a_second_entry_denies_is_decided(room: Room) -> None:
    confirmed(room)
    room.save("Dee", {**room.wrong, "reason": "misread"})
    assert room.second("Ann", room.right, insist=True).outcome == "stored"
    room.decide("Eve", room.right)
    assert room.reasons[-1] == "misread. Dee and Ann entered it differently; Eve decided."
    assert [status for status, *_who in room.versions] == ["discarded"] * 3 + ["confirmed"]
    assert_sound(room)


# --- somebody is gone, or was faster -----------------------------------------------------------


def test_whoever_was_removed_writes_nothing_any_more(room: Room) -> None:
    room.save("Ann", room.right)
    room.remove("Ben")
    for do in (
        lambda: room.save("Ben", room.right), lambda: room.second("Ben", room.right),
        lambda: room.decide("Ben", room.right), lambda: room.confirm("Ben"),
        lambda: room.discard("Ben", 1),
    ):  # fmt: skip
        assert refusal(do) == "operator_gone"
    assert room.versions == [("draft", "Ann", "")]


def test_a_second_entry_that_was_overtaken_is_refused(room: Room) -> None:
    room.save("Ann", room.right)
    seen = form_of(room.work).seen
    room.second("Cleo", room.right)
    assert refusal(room.second, "Ben", room.right, seen=seen) == "ballot_confirmed_elsewhere"


def test_a_second_entry_of_what_was_taken_back_is_refused(room: Room) -> None:
    room.save("Ann", room.right)
    seen = form_of(room.work).seen
    room.undo()
    assert refusal(room.second, "Ben", room.right, seen=seen) == "ballot_taken_back_elsewhere"


def test_a_volunteer_discards_the_own_entry_alone(room: Room) -> None:
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    assert refusal(room.discard, "Ann", 2) == "discard_of_other"
    room.discard("Ben", 2)
    assert (room.state, room.versions[0]) == ("check", ("draft", "Ann", ""))
    room.discard("Dee", 1)
    assert room.state == "out"


def test_a_name_of_before_is_the_same_person(room: Room) -> None:
    room.save("Ann", room.right)
    with room.work.database.read() as unit:
        (row,) = [one for one in list_operator_rows(unit) if one.name == "Ann"]

    def rename(unit: WriteUnit) -> None:
        update_operator(unit, row.id, name="Anna")
        put_note(unit, row.id, OperatorNote(former=("Ann",)))

    write(room.work, "Dee", rename)
    assert refusal(room.second, "Anna", room.right) == "entry_is_own"


def test_a_name_of_before_may_type_the_own_entry_again_and_put_it_aside(room: Room) -> None:
    room.save("Ann", room.wrong)
    with room.work.database.read() as unit:
        ann = next(one.id for one in list_operators(unit) if one.name == "Ann")
    write(room.work, "Dee", lambda unit: rename_operator(unit, ann, "Anna"))
    room.save("Anna", room.right)
    assert room.versions == [("discarded", "Ann", ""), ("draft", "Anna", "")]
    write(room.work, "Dee", lambda unit: rename_operator(unit, ann, "Annika"))
    room.discard("Annika", 2)
    assert room.state == "out"


def test_an_entry_and_its_check_cost_few_statements(room: Room) -> None:
    most = {"first": 12, "second": 15}
    seen, owner = form_of(room.work).seen, room.work.tournament()
    with counted() as first, room.work.database.write(
        actor="Ann", verb="enter", tournament=owner.id
    ) as unit:
        save_ballot(unit, owner, room.entry(room.right), seen=seen)
    seen = form_of(room.work).seen
    with counted() as second, room.work.database.write(
        actor="Ben", verb="check", tournament=owner.id
    ) as unit:
        save_second(unit, owner, room.entry(room.right), seen=seen, role=role_of("Ben"))
    assert len(first) <= most["first"], "\n".join(first)
    assert len(second) <= most["second"], "\n".join(second)


# --- the way back ------------------------------------------------------------------------------


def test_each_step_taken_back_leads_to_the_one_before(room: Room) -> None:
    room.save("Ann", room.right)
    check = (room.state, room.versions)
    room.second("Ben", room.right)
    room.undo()
    assert (room.state, room.versions) == check
    room.second("Ben", room.wrong, insist=True)
    differs = (room.state, room.versions)
    room.decide("Cleo", room.right)
    room.undo()
    assert (room.state, room.versions) == differs
    room.undo()
    assert (room.state, room.versions) == check
    room.undo()
    assert (room.state, room.versions) == ("out", [])
    assert_sound(room)
