"""The ballot desk on a real file: entries, second looks, corrections, and who is overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.archive import Archive
from tabapp.services import ballot_desk, ballots, draw_edits, rounds
from tabapp.services.ballot_bundle import blank_bundle, bundle_of
from tabapp.services.ballot_sheet import turn_winner
from tabapp.services.draw_sheet import read_sheet
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tests.builders import small_archive
from tests.reliability.scenes import add, assert_results_are_derived
from tests.services.desk_scenes import (
    confirm,
    document,
    filled,
    form_of,
    save,
    states,
    write,
)
from tests.services.out_rounds import OutRounds, played
from tests.services.test_ballots import change, points


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        add(opened, document())
        yield opened


@pytest.fixture
def direct(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "d.tabapp", create=True) as opened:
        add(opened, document(disable_ballot_confirms=True))
        yield opened


# --- entering and confirming -------------------------------------------------------------------


def test_an_entry_counts_after_a_second_look_only(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    waiting = form_of(work)
    assert (states(waiting), points(work), waiting.room.status) == (["draft"], {}, "draft")
    confirm(work, waiting)
    done = form_of(work)
    assert done.confirmed is not None
    assert (done.confirmed[1].entered_by, done.confirmed[1].confirmed_by) == ("Ann", "Ben")
    assert points(work) == {"og": 3, "oo": 2, "cg": 1, "co": 0}
    assert_results_are_derived(work.database)
    work.database.undo(work.tournament().id, actor="Ann")
    assert (states(form_of(work)), points(work)) == (["draft"], {})


def test_the_setting_lets_an_entry_count_at_once(direct: Workspace) -> None:
    save(direct, form_of(direct), filled(form_of(direct)))
    done = form_of(direct)
    assert states(done) == ["confirmed"]
    assert done.room.versions[0].confirmed_by == "Ann"
    assert points(direct)["og"] == 3


def test_a_correction_needs_a_reason_and_keeps_the_old_ballot(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    confirm(work, form_of(work))
    form = form_of(work)
    assert form.confirmed is not None
    bundle = bundle_of(form.sheet, form.confirmed[1])
    bundle.sheet().scores["co.1"] = "90"
    with pytest.raises(ProblemsFound) as refused:
        save(work, form, bundle)
    assert [one.code for one in refused.value.problems] == ["reason_missing"]
    bundle.reason = "the 9 was read as a 7"
    save(work, form, bundle)
    assert points(work)["co"] == 0  # until somebody looked at it
    confirm(work, form_of(work))
    assert states(form_of(work)) == ["discarded", "confirmed"]
    assert points(work) == {"co": 3, "og": 2, "oo": 1, "cg": 0}
    assert form_of(work).room.versions[1].reason == "the 9 was read as a 7"
    assert_results_are_derived(work.database)


def test_a_correction_that_changes_nothing_is_refused(direct: Workspace) -> None:
    save(direct, form_of(direct), filled(form_of(direct)))
    form = form_of(direct)
    assert form.confirmed is not None
    bundle = bundle_of(form.sheet, form.confirmed[1])
    bundle.reason = "looked again"
    with pytest.raises(ProblemsFound, match="same as the confirmed"):
        save(direct, form, bundle)


def test_a_new_entry_takes_the_place_of_the_one_that_waits(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    save(work, form_of(work), filled(form_of(work), 79))
    assert states(form_of(work)) == ["discarded", "draft"]


def test_a_discarded_entry_leaves_the_room_out(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    form = form_of(work)
    assert form.waiting is not None
    chosen = form.waiting[0]
    write(work, "Ann", lambda unit: ballots.discard_ballot(
        unit, work.tournament(), "D1", chosen, seen=form.seen))
    assert (states(form_of(work)), form_of(work).room.status) == (["discarded"], "none")


# --- another window ----------------------------------------------------------------------------


def test_who_saves_over_a_confirmation_is_refused(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    early = form_of(work)
    confirm(work, form_of(work))
    with pytest.raises(UserError, match=r"confirmed this ballot at \d\d:\d\d. Yours is kept"):
        save(work, early, filled(early, 79))
    with pytest.raises(UserError) as refused:
        confirm(work, early)
    assert refused.value.code == "ballot_confirmed_elsewhere"
    assert states(form_of(work)) == ["confirmed"]


def test_two_first_entries_of_one_room_do_not_overwrite_each_other(work: Workspace) -> None:
    one, other = form_of(work), form_of(work, actor="Ben")
    save(work, one, filled(one))
    with pytest.raises(UserError) as refused:
        save(work, other, filled(other, 79), "Ben")
    assert refused.value.code == "ballot_changed_elsewhere"
    work.database.undo(work.tournament().id, actor="Ann")
    save(work, other, filled(other, 79), "Ben")


def test_an_entry_that_was_taken_back_is_not_corrected(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    form = form_of(work)
    work.database.undo(work.tournament().id, actor="Ann")
    with pytest.raises(UserError) as refused:
        confirm(work, form)
    assert refused.value.code == "ballot_taken_back_elsewhere"


def test_a_second_look_finds_what_became_wrong_since(work: Workspace) -> None:
    save(work, form_of(work), filled(form_of(work)))
    change(work, schema.tournament, schema.tournament.c.id > 0, settings={"score_max": 79})
    with pytest.raises(ProblemsFound, match="outside 50 to 79"):
        confirm(work, form_of(work))
    assert points(work) == {}


@pytest.mark.parametrize(
    ("table", "values", "sentence"),
    [
        (schema.debate, {"status": "postponed"}, "postponed"),
        (schema.round_, {"status": "draft"}, "not confirmed"),
    ],
)
def test_rooms_that_take_no_ballot_say_why(
    table: Any, values: dict[str, Any], sentence: str, work: Workspace
) -> None:
    form = form_of(work)
    where = table.c.ref == "D1" if table is schema.debate else table.c.id > 0
    change(work, table, where, **values)
    assert sentence in form_of(work).refused
    with pytest.raises(ProblemsFound, match=sentence):
        save(work, form, filled(form))


def test_a_draw_that_is_not_released_is_only_told(work: Workspace) -> None:
    change(work, schema.round_, schema.round_.c.id > 0, status="confirmed")
    form = form_of(work)
    assert form.refused == ""
    assert "Round 1 is not released" in form.warning


# --- the list ----------------------------------------------------------------------------------


def test_the_list_begins_with_the_rooms_that_need_work(work: Workspace) -> None:
    def listed() -> list[tuple[str, str]]:
        with work.database.read() as unit:
            desk = ballot_desk.read_desk(unit, 1, None)
        assert desk.round is not None
        return [(one.name, one.state) for one in
                ballot_desk.in_order(desk.rooms, "need")]

    assert listed() == [("Room 1", "out"), ("Room 2", "out")]
    save(work, form_of(work), filled(form_of(work)))
    assert listed() == [("Room 2", "out"), ("Room 1", "check")]
    confirm(work, form_of(work))
    save(work, form_of(work, "D2"), filled(form_of(work, "D2")))
    assert listed() == [("Room 2", "check"), ("Room 1", "confirmed")]
    with work.database.read() as unit:
        desk = ballot_desk.read_desk(unit, 1, None)
    assert (desk.in_now, desk.expected) == (2, 2)
    assert all(room.at is not None for room in desk.rooms)


def test_the_next_room_is_looked_for_from_the_one_that_is_open(work: Workspace) -> None:
    with work.database.read() as unit:
        rooms = ballot_desk.read_desk(unit, 1, None).rooms
    first, second = rooms
    assert ballot_desk.next_room(rooms, first.id, ("out",)) == second
    assert ballot_desk.next_room(rooms, second.id, ("out",)) == first
    assert ballot_desk.next_room(rooms, second.id, ("check",)) is None


# --- the draw is changed under an open form ----------------------------------------------------


def swap_sides(work: Workspace) -> None:
    """Let the first two teams of D1 change sides."""
    with work.database.read() as unit:
        sheet = read_sheet(unit, 1)
    room = next(one for one in sheet.rooms if one.ref == "D1")
    edit = draw_edits.swap_teams(sheet, room.teams[0].id, room.teams[1].id)
    write(work, "Ben", lambda unit: draw_edits.store_swap(unit, edit))


def test_a_sheet_of_other_sides_is_refused(work: Workspace) -> None:
    change(work, schema.round_, schema.round_.c.id > 0, status="confirmed")
    form = form_of(work)
    swap_sides(work)
    with pytest.raises(UserError) as refused:
        save(work, form, filled(form))
    assert refused.value.code == "debate_changed_elsewhere"
    assert form_of(work).ballots == ()
    swap_sides(work)
    save(work, form, filled(form))
    assert states(form_of(work)) == ["draft"]


def test_a_sheet_of_another_draw_with_the_same_ids_is_refused(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        out = OutRounds(opened, played(8))
        out.make_break()
        first = out.create_rounds()[0]
        out.draw(first, 1)
        form = form_of(opened, out.debates(first)[0].ref)
        bundle = blank_bundle(form.sheet)
        for side in ("og", "oo"):
            turn_winner(form.sheet, bundle.sheet(), side, True)
        out.draw(first, 2, replace=True)
        with pytest.raises(UserError) as refused:
            save(opened, form, bundle)
        assert refused.value.code == "debate_changed_elsewhere"


def test_a_sheet_of_a_room_that_is_gone_is_refused(work: Workspace) -> None:
    form = form_of(work)
    write(work, "Ben", lambda unit: rounds.delete_draw(unit, form.round.id))
    with pytest.raises(UserError) as refused:
        save(work, form, filled(form))
    assert refused.value.code == "debate_gone_elsewhere"


def test_silent_rounds_leave_no_trace_in_what_looks_unusual(tmp_path: Path) -> None:
    found = small_archive(teams=8, rounds=3)
    heard, silent = found["rounds"][:2]
    silent["silent"] = True
    for speech in _speeches(silent):
        speech["score"] -= 12
    marks = {one["speaker"]: one["score"] for one in _speeches(heard)}
    with open_workspace(tmp_path / "s.tabapp", create=True) as opened:
        add(opened, Archive.model_validate(found))
        debate = found["rounds"][2]["debates"][0]["id"]
        means = form_of(opened, debate).sheet.means
    assert len(means) == 8
    assert means == {speaker: marks[speaker] for speaker in means}


def _speeches(played: Any) -> list[dict[str, Any]]:
    return [
        speech for debate in played["debates"] for sheet in debate["ballots"][0]["sheets"]
        for side in sheet["sides"] for speech in side["speeches"]]
