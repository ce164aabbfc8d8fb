"""Somebody who is renamed while an own entry waits is still its author, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.core.errors import UserError
from tabapp.gui.pages.ballots.form import Mode
from tabapp.services.operators import SealedPin, add_operator, rename_operator
from tests.gui.ballot_typist import VOLUNTEER, Typist
from tests.gui.blind_scenes import BP, blind_desk, enter, save, versions
from tests.gui.test_draft_keeper import drafts

pytestmark = pytest.mark.usefixtures("light")


def rename(typist: Typist, old: str, new: str) -> None:
    """Let the tab director call somebody otherwise, in another window."""
    with typist.desk.workspace.database.write(actor="Dana", verb="rename") as unit:
        typist.people[new] = rename_operator(unit, typist.people[old].id, new)
    typist.desk.settle()


def join(typist: Typist, name: str) -> None:
    """Let the tab director add a volunteer."""
    with typist.desk.workspace.database.write(actor="Dana", verb="add") as unit:
        typist.people[name] = add_operator(unit, name, VOLUNTEER, SealedPin("nobody's"))
    typist.desk.settle()


@pytest.fixture
def waits(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    """Ann's entry of D1 waits for its second entry."""
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("D1")
        enter(typist, BP)
        save(typist)
        yield typist


def test_the_own_entry_is_offered_as_the_own_one_under_the_new_name(waits: Typist) -> None:
    rename(waits, "Ann", "Anna")
    waits.sit("Anna")
    waits.open("D1")
    assert waits.does(Mode.OWN)
    assert waits.page.form.typed.scores["og.2"] == BP.right
    assert versions(waits) == [("draft", "Ann", "")]  # signed as it was made


def test_no_step_on_leads_somebody_renamed_to_the_own_entry(waits: Typist) -> None:
    rename(waits, "Ann", "Anna")
    waits.sit("Anna")
    room = waits.page.rooms.to_check()
    assert room is None
    waits.sit("Ben")
    room = waits.page.rooms.to_check()
    assert room is not None
    assert room.row.ref == "D1"


def test_the_own_entry_is_typed_again_under_the_new_name(waits: Typist) -> None:
    rename(waits, "Ann", "Anna")
    waits.sit("Anna")
    waits.open("D1")
    waits.press(Qt.Key.Key_F2)
    waits.type("79")
    save(waits)
    assert versions(waits) == [("discarded", "Ann", ""), ("draft", "Anna", "")]


def test_of_two_entries_that_differ_the_one_of_the_old_name_is_the_own_one(
    waits: Typist,
) -> None:
    waits.sit("Ben")
    waits.open("D1")
    enter(waits, BP, wrong=True)
    save(waits)
    waits.save()
    rename(waits, "Ann", "Anna")
    waits.sit("Anna")
    waits.open("D1")
    assert waits.does(Mode.OWN)
    assert waits.banner().startswith("One of these entries is yours.")
    assert waits.page.form.typed.scores["og.2"] == BP.right


def test_nobody_new_takes_the_old_name_or_what_it_signed(waits: Typist) -> None:
    rename(waits, "Ann", "Anna")
    with pytest.raises(UserError) as refused:
        join(waits, "ann")
    assert refused.value.code == "operator_name_former"
    join(waits, "Anni")
    waits.sit("Anni")
    waits.open("D1")
    assert waits.does(Mode.SECOND)
    assert waits.page.form.typed.scores == {}


def test_a_swap_of_names_in_three_steps_gives_nobody_the_entries_of_the_other(
    waits: Typist,
) -> None:
    rename(waits, "Ann", "Anna")
    with pytest.raises(UserError):
        rename(waits, "Ben", "Ann")
    rename(waits, "Ben", "Anton")
    waits.sit("Anton")
    waits.open("D1")
    assert waits.does(Mode.SECOND)
    rename(waits, "Anna", "Ann")  # whose it was may have it again
    waits.sit("Ann")
    waits.open("D1")
    assert waits.does(Mode.OWN)


def test_who_is_renamed_while_signed_in_is_recognised_at_once_and_at_save(
    waits: Typist,
) -> None:
    rename(waits, "Ann", "Anna")  # the window still calls her Ann
    assert waits.desk.session.actor == "Ann"
    waits.open("D1")
    assert waits.does(Mode.OWN)
    waits.press(Qt.Key.Key_F2)
    waits.type("79")
    waits.desk.settle()
    assert drafts(waits, "Anna", "D1")["og.1"] == "79"
    save(waits)
    assert versions(waits)[-1] == ("draft", "Ann", "")
    assert drafts(waits, "Anna", "D1") == {}
    waits.sit("Anna")
    waits.open("D1")
    assert waits.does(Mode.OWN)
