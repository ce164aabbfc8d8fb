"""Blind second entry by keyboard alone, in three formats: by Ann, then by Ben with a slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.form import Mode
from tabapp.services.operators import SealedPin, bring_back_operator, remove_operator
from tests.gui.blind_scenes import (
    BP,
    FORMATS,
    TWO,
    Format,
    blind_desk,
    enter,
    new_words,
    save,
    says,
    stored,
    texts,
    versions,
)

pytestmark = pytest.mark.usefixtures("light")
formats = pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)


@formats
def test_a_second_entry_that_says_the_same_confirms_the_first(
    qtbot: QtBot, tmp_path: Path, format_: Format
) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        typist.open("D1")
        assert typist.does(Mode.ENTER)
        enter(typist, format_)
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        assert typist.does(Mode.SECOND)
        enter(typist, format_)
        save(typist)
        assert versions(typist) == [("confirmed", "Ann", "Ben")]
        assert typist.told[-1].sentence.endswith("confirmed. 1 to come.")
        typist.desk.session.undo()
        typist.desk.settle()
        assert versions(typist) == [("draft", "Ann", "")]


@formats
def test_a_slip_is_marked_once_and_kept_only_if_somebody_insists(
    qtbot: QtBot, tmp_path: Path, format_: Format
) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        typist.open("D1")
        enter(typist, format_)
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        enter(typist, format_, wrong=True)
        heard.clear()
        save(typist)
        assert typist.banner().startswith(
            f"One score differs from the first entry: {format_.what}. Look at the paper again.")
        assert "problem" in heard
        assert typist.key_here == format_.key
        assert typist.page.form.judge == format_.judge
        assert typist.page.form.fields[format_.key].property("state") == "problem"
        assert versions(typist) == [("draft", "Ann", "")]
        typist.save()
        assert versions(typist) == [("draft", "Ann", ""), ("draft", "Ben", "")]
        assert "two entries differ" in typist.told[-1].sentence
        assert "differs" in typist.states().values()
        assert stored(typist).draft is None


@formats
def test_a_slip_that_is_typed_again_confirms(
    qtbot: QtBot, tmp_path: Path, format_: Format
) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        typist.open("D1")
        enter(typist, format_)
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        enter(typist, format_, wrong=True)
        save(typist)
        typist.type(format_.right)
        assert typist.page.form.fields[format_.key].property("state") != "problem"
        save(typist)
        assert versions(typist) == [("confirmed", "Ann", "Ben")]
        assert says(typist, format_) == format_.right


@formats
def test_nothing_of_the_first_entry_is_there_to_be_seen_or_heard(
    qtbot: QtBot, tmp_path: Path, format_: Format
) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        typist.sit("Ben")
        typist.open("D1")
        before = texts(typist)
        typist.sit("Ann")
        typist.open("D1")
        enter(typist, format_)
        panel = typist.page.form.panel
        assert panel is not None
        panel.comment.setFocus()
        typist.type("A word on the side")
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        form = typist.page.form
        assert not any(text for one in form.bundle.sheets.values() for text in one.scores.values())
        assert form.base is None
        assert new_words(before, texts(typist)) <= set(
            f"Second entry, blind Ann {typist.banner()}".split())


def test_who_entered_a_ballot_is_told_that_somebody_else_has_to_check_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        assert typist.room == "Room 2"
        typist.open("Room 1")
        assert typist.does(Mode.OWN)
        assert typist.banner().startswith("You entered this ballot. Somebody else has to check it")
        assert typist.here.accessibleName() == "Next room"
        typist.save()
        assert typist.room == "Room 2"


def test_the_own_entry_can_be_typed_again_before_anybody_checked_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        enter(typist, BP, wrong=True)
        save(typist)
        typist.open("Room 1")
        typist.press(Qt.Key.Key_F2)
        assert (typist.mode, typist.key_here) == (Mode.CORRECT, "og.1")
        typist.press(Qt.Key.Key_Return)
        typist.type(BP.right)
        save(typist)
        assert versions(typist) == [("discarded", "Ann", ""), ("draft", "Ann", "")]


def test_the_next_room_is_one_that_this_person_may_go_on_with(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ben")
        typist.open("Room 2")
        enter(typist, BP)
        save(typist)
        assert (typist.room, typist.mode) == ("Room 1", Mode.SECOND)  # not the own Room 2
        enter(typist, BP)
        save(typist)
        assert typist.room == ""
        assert typist.page.list.has_keys
        typist.save()
        assert typist.told[-1].sentence.startswith("No room waits for")


def test_half_a_form_stays_with_whoever_typed_it(qtbot: QtBot, tmp_path: Path) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        typist.type("8180")
        typist.sit("Ben")
        assert typist.room == ""
        typist.open("Room 1")
        assert typist.page.form.typed.scores == {}
        typist.type("77")
        typist.sit("Ann")
        typist.open("Room 1")
        assert typist.page.form.typed.scores == {"og.1": "81", "og.2": "80"}
        typist.sit("Ben")
        typist.open("Room 1")
        assert typist.page.form.typed.scores == {"og.1": "77"}


def test_a_first_entry_that_somebody_else_saved_meanwhile_becomes_a_second(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        typist.type("8180")
        typist.sit("Ben")
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ann")
        typist.open("Room 1")
        assert typist.does(Mode.SECOND)
        enter(typist, BP)
        save(typist)
        assert versions(typist) == [("confirmed", "Ben", "Ann")]


def test_a_volunteer_does_not_open_a_confirmed_ballot(qtbot: QtBot, tmp_path: Path) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ben")
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        typist.open("Room 1")
        assert typist.room != "Room 1"
        assert typist.told[-1].sentence == (
            "The ballot of Room 1 is confirmed. A tab director or the adjudication core opens it.")
        typist.sit("Dana")
        typist.open("Room 1")
        assert typist.does(Mode.LOOK)


def test_who_may_not_confirm_leaves_what_both_typed_alike_to_the_director(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP, ballot_confirmed_by="tab_director") as typist:
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ben")
        typist.open("Room 1")
        enter(typist, BP)
        save(typist)
        assert typist.told[-1].sentence == (
            "Room 1: both entries say the same. It waits to be confirmed.")
        assert versions(typist) == [("draft", "Ann", "Ben")]
        typist.sit("Cleo")
        typist.open("Room 1")
        assert typist.does(Mode.SHUT)
        assert typist.banner().startswith("Ann entered this ballot. Ballots here are confirmed by")
        typist.sit("Dana")
        typist.open("Room 1")
        assert typist.does(Mode.CHECK)
        assert typist.banner() == "Ann and Ben entered the same. It counts when you confirm it."
        typist.save()
        assert versions(typist)[0][0] == "confirmed"


def test_a_room_that_somebody_else_began_comes_after_those_that_nobody_did(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("Room 1")
        typist.type("81")
        typist.sit("Ben")
        assert typist.states()["Room 1"] == "draft"
        typist.save()
        assert typist.room == "Room 2"


def test_a_person_who_was_removed_keeps_what_he_typed_as_a_draft(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, TWO) as typist:
        work, owner = typist.desk.workspace, typist.desk.owner
        typist.open("D1")
        enter(typist, TWO)
        ann = typist.people["Ann"].id
        with work.database.write(actor="Dana", verb="remove", tournament=owner.id) as unit:
            remove_operator(unit, ann)
        save(typist)
        assert versions(typist) == []
        assert typist.desk.session.who.is_locked
        assert "Ann" in typist.desk.session.who.reason
        with work.database.write(actor="Dana", verb="bring back", tournament=owner.id) as unit:
            bring_back_operator(unit, ann, SealedPin("nobody's"))
        typist.sit("Ben")
        typist.open("D1")
        assert typist.page.form.typed.scores == {}
        typist.sit("Ann")
        typist.open("D1")
        assert typist.page.form.typed.scores["aff.2"] == TWO.right
