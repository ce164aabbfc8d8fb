"""The ballot desk while other things go on: a save that takes its time, a draw that is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.core.errors import Problem, UserError
from tabapp.services import ballots, draw_edits, rounds
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.draw_sheet import read_sheet
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit
from tests.gui.ballot_typist import Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path) as someone:
        yield someone


@contextmanager
def a_slow_save(
    typist: Typist, monkeypatch: pytest.MonkeyPatch, *, refused: str = ""
) -> Iterator[None]:
    """Press Ctrl+Enter on a file that is busy until the end of this block; then it is settled."""
    gate, real = Event(), ballots.save_ballot

    def save(
        unit: WriteUnit, owner: TournamentRow, entry: ballots.Entry, *, seen: ballots.Seen
    ) -> list[Problem]:
        assert gate.wait(15)
        if refused:
            raise UserError(refused)
        return real(unit, owner, entry, seen=seen)

    with monkeypatch.context() as patch:
        patch.setattr(ballots, "save_ballot", save)
        typist.page.run("ballots.save")
        yield
        gate.set()
        typist.desk.settle()


def choose(typist: Typist, room: str, ref: str) -> None:
    """Open another room while something is being written."""
    typist.page.open_ref(ref)
    typist.desk.qtbot.waitUntil(lambda: typist.room == room)


def stored(typist: Typist, ref: str = "D1") -> DeskForm:
    """Return the form of a room as it would be opened now."""
    session = typist.desk.session
    with typist.desk.workspace.database.read() as unit:
        return read_form(unit, typist.desk.owner.id, ref, session.actor)


def test_a_refused_save_keeps_the_marks_of_its_own_room(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.open("Room 1")
    typist.sheet(81)
    first = dict(typist.page.form.typed.scores)
    with a_slow_save(typist, monkeypatch, refused="ballot_taken_back_elsewhere"):
        choose(typist, "Room 2", "D2")
        typist.type("7069")
    assert typist.room == "Room 2"
    assert typist.page.form.top.sentence == ""
    assert typist.page.form.typed.scores == {"og.1": "70", "og.2": "69"}
    told = typist.told[-1]
    assert told.sentence.startswith("Room 1: The entry that you opened was taken back")
    typist.page.form.keeper.flush()
    typist.desk.settle()
    drafts = [stored(typist, ref).draft for ref in ("D1", "D2")]
    assert [one.content["sheets"][""]["scores"] for one in drafts if one] == [
        first, {"og.1": "70", "og.2": "69"}]
    assert told.run is not None
    typist.desk.session.went.connect(lambda _place, target: typist.page.open_at(target))
    told.run()
    typist.desk.settle()
    assert (typist.room, typist.page.form.typed.scores) == ("Room 1", first)


def test_who_types_another_room_when_a_save_ends_stays_there(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.open("Room 1")
    typist.sheet()
    with a_slow_save(typist, monkeypatch):
        choose(typist, "Room 2", "D2")
        typist.type("77")
    assert (typist.room, typist.key_here) == ("Room 2", "og.2")
    assert typist.states()["Room 1"] == "check"
    assert typist.page.form.typed.scores == {"og.1": "77"}
    typist.page.form.keeper.flush()
    typist.desk.settle()
    draft = stored(typist, "D2").draft
    assert draft is not None
    assert draft.content["sheets"][""]["scores"] == {"og.1": "77"}


def test_who_went_to_the_list_when_a_save_ends_keeps_the_list(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.open("Room 1")
    typist.sheet()
    with a_slow_save(typist, monkeypatch):
        typist.page.run("ballots.find")
        typist.type("roo")
    assert typist.here is typist.page.list.finder
    assert (typist.room, typist.states()["Room 1"]) == ("", "check")


def test_nothing_is_typed_into_a_ballot_that_is_being_saved(
    typist: Typist, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist.open("Room 1")
    typist.sheet()
    with a_slow_save(typist, monkeypatch, refused="ballot_taken_back_elsewhere"):
        typist.page.form.fields["og.1"].setFocus(Qt.FocusReason.TabFocusReason)
        typist.type("70")
    assert typist.page.form.fields["og.1"].text() == "80"
    assert typist.page.form.top.sentence.startswith("The entry that you opened was taken back")
    typist.page.form.fields["og.1"].setFocus(Qt.FocusReason.TabFocusReason)
    typist.type("79")
    assert typist.page.form.typed.scores["og.1"] == "79"


# --- the draw is changed under an open form ----------------------------------------------------


@pytest.fixture
def unreleased(typist: Typist) -> Typist:
    """Somebody who enters ballots of a draw that can be edited still."""
    work, owner = typist.desk.workspace, typist.desk.owner
    with work.database.write(actor="Ben", verb="test", tournament=owner.id) as unit:
        unit.update(schema.round_, {typist.desk.rounds()[0].id: {"status": "confirmed"}})
    typist.desk.settle()
    return typist


def swap(typist: Typist) -> None:
    """Let the first two teams of Room 1 change sides, as another window does."""
    work, owner = typist.desk.workspace, typist.desk.owner
    round_id = typist.desk.rounds()[0].id
    with work.database.read() as unit:
        sheet = read_sheet(unit, round_id)
    room = next(one for one in sheet.rooms if one.ref == "D1")
    edit = draw_edits.swap_teams(sheet, room.teams[0].id, room.teams[1].id)
    with work.database.write(
        actor="Ben", verb="swap", tournament=owner.id, expected=sheet.revision
    ) as unit:
        draw_edits.store_swap(unit, edit)
    typist.desk.settle()


def delete_draw(typist: Typist) -> None:
    work, owner = typist.desk.workspace, typist.desk.owner
    with work.database.write(actor="Ben", verb="delete", tournament=owner.id) as unit:
        rounds.delete_draw(unit, typist.desk.rounds()[0].id)
    typist.desk.settle()


def test_a_form_whose_teams_changed_sides_is_told_and_refused_and_not_filled_in(
    unreleased: Typist,
) -> None:
    typist = unreleased
    typist.open("Room 1")
    typist.sheet()
    swap(typist)
    assert typist.page.form.top.sentence.startswith("The teams of this room were changed elsewhere")
    typist.save()
    assert typist.page.form.top.sentence.startswith("The draw was changed in another window")
    assert stored(typist).ballots == ()
    assert typist.page.form.top.answer()
    typist.desk.settle()
    assert typist.page.form.typed.scores == {}
    assert typist.page.form.top.sentence.startswith("The teams of this room changed since you")


def test_a_kept_draft_of_other_sides_comes_back_only_with_them(unreleased: Typist) -> None:
    typist = unreleased
    typist.open("Room 1")
    typist.type("7877")
    typist.page.close_form()
    typist.desk.settle()
    swap(typist)
    typist.open("Room 1")
    assert typist.page.form.typed.scores == {}
    swap(typist)
    typist.open("Room 1")
    assert typist.page.form.typed.scores == {"og.1": "78", "og.2": "77"}


def test_a_form_whose_room_is_deleted_is_told_and_undo_takes_it_back(typist: Typist) -> None:
    typist.open("Room 1")
    typist.sheet()
    delete_draw(typist)
    sentence = "This room is not in the draw any more. What you typed is kept as a draft."
    assert typist.page.form.top.sentence == sentence
    typist.save()
    assert typist.page.form.top.sentence.startswith("Room 1 is not in the draw any more.")
    typist.desk.session.undo()
    typist.desk.settle()
    typist.page.open_ref("D1")
    typist.desk.settle()
    assert typist.page.form.typed.scores["og.1"] == "80"
    typist.save()
    assert typist.states()["Room 1"] == "check"


def test_a_change_that_was_taken_back_is_told_no_more(unreleased: Typist) -> None:
    typist = unreleased
    typist.open("Room 1")
    typist.type("78")
    swap(typist)
    assert typist.page.form.top.sentence != ""
    swap(typist)
    assert typist.page.form.top.sentence == ""
