"""Entries that differ, decided by keyboard; then a correction with its reason, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tests.gui.ballot_typist import CTRL, SHIFT, Typist
from tests.gui.blind_scenes import (
    BP,
    FORMATS,
    Format,
    blind_desk,
    enter,
    save,
    says,
    versions,
)

pytestmark = pytest.mark.usefixtures("light")
formats = pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)


def entered_twice(typist: Typist, format_: Format) -> None:
    """Let Ann enter what the paper says, and Ben insist on his slip."""
    typist.open("D1")
    enter(typist, format_)
    save(typist)
    typist.sit("Ben")
    typist.open("D1")
    enter(typist, format_, wrong=True)
    save(typist)
    typist.save()
    assert [one[1] for one in versions(typist)] == ["Ann", "Ben"]


@formats
def test_a_third_operator_decides_field_by_field(
    qtbot: QtBot, tmp_path: Path, format_: Format
) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        entered_twice(typist, format_)
        typist.sit("Cleo")
        typist.open("D1")
        assert typist.does(Mode.DECIDE)
        row, = typist.page.form.decision.rows
        assert row.words == format_.what
        assert [one.value for one in row.choices] == [format_.right, format_.wrong]
        typist.type("2")
        assert row.choices[1].isChecked()
        row.choices[0].setFocus()
        typist.type("1")
        assert (row.choices[0].isChecked(), row.choices[1].isChecked()) == (True, False)
        typist.save()
        assert versions(typist) == [
            ("discarded", "Ann", ""), ("discarded", "Ben", ""), ("confirmed", "Cleo", "Cleo")]
        assert says(typist, format_) == format_.right
        typist.desk.session.undo()
        typist.desk.settle()
        assert versions(typist) == [("draft", "Ann", ""), ("draft", "Ben", "")]


@formats
def test_a_third_value_is_typed(qtbot: QtBot, tmp_path: Path, format_: Format) -> None:
    with blind_desk(qtbot, tmp_path, format_) as typist:
        entered_twice(typist, format_)
        typist.sit("Dana")
        typist.open("D1")
        value = {"bp": "79", "two": "73", "panel": "78"}[format_.name]
        typist.type(value)
        typist.save()
        assert says(typist, format_) == value
        assert versions(typist)[-1][:2] == ("confirmed", "Dana")


def test_nothing_is_decided_before_every_field_is(qtbot: QtBot, tmp_path: Path) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.sit("Cleo")
        typist.open("D1")
        typist.save()
        assert typist.told[-1].sentence == "1 field is not decided yet."
        assert len(versions(typist)) == 2


def test_a_decision_is_taken_back_by_ctrl_z_before_it_is_stored(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.sit("Cleo")
        typist.open("D1")
        row, = typist.page.form.decision.rows
        decision = typist.page.form.decision
        typist.type("1")
        assert typist.page.undo_typing()
        assert decision.to_go == 1
        typist.type("3")
        assert typist.here is row.third
        typist.type("77")
        assert decision.bundle() is not None
        assert typist.page.undo_typing()
        assert decision.bundle() is None
        assert not typist.page.undo_typing()


def test_the_whole_sheet_can_be_typed_where_more_is_wrong(qtbot: QtBot, tmp_path: Path) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.sit("Dana")
        typist.open("D1")
        typist.press(Qt.Key.Key_F2)
        assert typist.page.form.typed.scores["og.2"] == BP.right
        typist.type("83")
        save(typist)
        assert versions(typist)[-1][:2] == ("confirmed", "Dana")
        assert says(typist, BP) == BP.right


def test_the_whole_sheet_of_a_decision_is_kept_while_somebody_else_sits_here(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.sit("Dana")
        typist.open("D1")
        typist.press(Qt.Key.Key_F2)
        typist.type("83")
        typist.sit("Cleo")
        typist.sit("Dana")
        typist.open("D1")
        assert typist.does(Mode.CORRECT)
        assert typist.page.form.typed.scores["og.1"] == "83"
        assert typist.banner().startswith("Your draft")


def test_who_made_one_of_the_entries_does_not_decide_and_may_type_it_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.open("D1")
        assert typist.does(Mode.OWN)
        assert typist.banner().startswith("One of these entries is yours.")
        assert typist.page.form.typed.scores["og.2"] == BP.wrong
        typist.press(Qt.Key.Key_F2)
        typist.press(Qt.Key.Key_Return)
        typist.type(BP.right)
        save(typist)
        assert says(typist, BP) == BP.right
        assert [one[0] for one in versions(typist)].count("confirmed") == 1


def test_the_agreed_fields_are_shown_and_not_asked(qtbot: QtBot, tmp_path: Path) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        typist.sit("Cleo")
        typist.open("D1")
        lines = typist.page.form.decision.agreed
        assert len(lines) == 8  # seven marks with their speakers, and who gave the eighth speech
        assert ("Opening Gov, first speaker", "81") in [(what, value[-2:]) for what, value in lines]


def test_a_confirmed_ballot_is_corrected_by_the_director_and_typed_again_by_another(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        typist.open("D1")
        enter(typist, BP)
        save(typist)
        typist.sit("Ben")
        typist.open("D1")
        enter(typist, BP)
        save(typist)
        typist.sit("Dana")
        typist.open("D1")
        assert typist.does(Mode.LOOK)
        typist.press(Qt.Key.Key_F2)
        typist.type("82")
        save(typist)
        panel = typist.page.form.panel
        assert panel is not None
        assert typist.here is panel.reason
        typist.type("82 was read as 81")
        assert typist.page.impact.isVisible()
        save(typist)
        assert versions(typist) == [("confirmed", "Ann", "Ben"), ("draft", "Dana", "")]
        assert says(typist, BP) == BP.right  # the old one counts until it is checked
        typist.sit("Cleo")
        typist.open("D1")
        assert typist.does(Mode.SECOND)
        assert typist.page.form.typed.scores == {}
        typist.type("82" + BP.marks[0][2:])
        save(typist)
        assert versions(typist) == [("discarded", "Ann", "Ben"), ("confirmed", "Dana", "Cleo")]
        typist.desk.session.undo()
        typist.desk.settle()
        assert versions(typist) == [("confirmed", "Ann", "Ben"), ("draft", "Dana", "")]


def test_versions_say_who_typed_them_and_to_a_volunteer_nothing_else(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with blind_desk(qtbot, tmp_path, BP) as typist:
        entered_twice(typist, BP)
        for name, columns in (("Ann", 4), ("Dana", 6)):
            typist.sit(name)
            typist.open("D1")
            typist.press(Qt.Key.Key_V, CTRL | SHIFT)
            dialog = typist.page.findChild(VersionsDialog)
            assert dialog is not None
            assert dialog.rows.columnCount() == columns
            cells = {
                str(dialog.rows.data(dialog.rows.index(row, column)))
                for row in range(2) for column in range(columns)}
            assert any(one.startswith("Ann") for one in cells)
            assert any("161" in one for one in cells) == (name == "Dana")
            dialog.accept()
            dialog.setParent(None)
            typist.page.activateWindow()
            qtbot.waitUntil(typist.page.isActiveWindow)
