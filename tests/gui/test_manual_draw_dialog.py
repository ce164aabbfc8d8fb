"""A round drawn by hand in the window: rooms typed, taken from the list, taken out, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Side
from tabapp.gui.pages.rounds.draw.manual import ManualDialog
from tests.gui.round_desk import CTRL, NONE, Rounds, open_rounds


def document(preset: str, **settings: object) -> Archive:
    made = generate_tournament(preset=preset, teams=8, rounds=1, seed=4, play=False)
    made.rounds[0].draw_type = "manual"
    made.tournament.settings = {**made.tournament.settings, **settings}
    return made


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path, archive=document("australs")) as at:
        yield at


def opened(at: Rounds, key: Qt.Key = Qt.Key.Key_Insert) -> ManualDialog:
    at.press(key, CTRL if key == Qt.Key.Key_Return else NONE)
    found = at.dialog()
    assert isinstance(found, ManualDialog)
    return found


def seated(at: Rounds) -> list[list[str]]:
    return [[team.name for team in room.teams] for room in at.stage.sheet.rooms]


def said(dialog: ManualDialog) -> dict[str, str]:
    return {
        key: field.sentence for key, field in dialog.form.fields.items() if field.state}


def test_rooms_are_typed_one_after_the_other(two: Rounds) -> None:
    assert two.stage.making.button.text() == "Add a room…"
    assert not two.stage.making.beside.isVisible()
    dialog = opened(two, Qt.Key.Key_Return)
    names = [one.name for one in dialog.places.free]
    assert len(names) == 8
    two.type(names[0])
    two.press(Qt.Key.Key_Return)
    two.type(names[3].upper())
    two.press(Qt.Key.Key_Return)
    assert dialog.do.hasFocus()
    two.press(Qt.Key.Key_Return)
    assert seated(two) == [[names[0], names[3]]]
    assert dialog.left.text() == "Not placed: 6"
    assert dialog.said.text() == f"{names[0]}, {names[3]} placed."
    assert dialog.inputs[Side.AFF].hasFocus()
    assert dialog.inputs[Side.AFF].text() == ""
    two.type(names[1])
    two.press(Qt.Key.Key_Return)
    two.type(names[2])
    two.press(Qt.Key.Key_Return, CTRL)
    assert len(seated(two)) == 2
    two.press(Qt.Key.Key_Escape)
    assert two.stage.by_hand.button.text() == "Add a room… 4 teams left"
    assert not two.stage.again.isVisible()
    two.press(Qt.Key.Key_Z, CTRL)
    assert seated(two) == [[names[0], names[3]]]


def test_teams_are_taken_from_the_list_of_those_who_are_left(two: Rounds) -> None:
    dialog = opened(two)
    for _room in range(4):
        dialog.table.setFocus()
        names = [one.name for one in dialog.places.free]
        two.press(Qt.Key.Key_Return)
        assert dialog.inputs[Side.AFF].text() == names[0]
        two.press(Qt.Key.Key_Down)
        two.press(Qt.Key.Key_Return)
        assert dialog.do.hasFocus()
        two.press(Qt.Key.Key_Return)
    assert len(seated(two)) == 4
    assert not dialog.do.isEnabled()
    assert dialog.cancel.hasFocus()
    two.press(Qt.Key.Key_Escape)
    assert two.stage.by_hand.button.text() == "All teams are placed"
    assert two.stage.why_not("draw.add_room") == "All teams are placed."
    two.press(Qt.Key.Key_Return, CTRL)
    assert two.stage.sheet.round.status == "confirmed"


def test_what_is_wrong_stands_at_its_side_and_nothing_is_lost(two: Rounds) -> None:
    dialog = opened(two)
    two.type("nobody of that name")
    two.press(Qt.Key.Key_Return, CTRL)
    assert said(dialog) == {
        "aff": '"nobody of that name" is not a team that is here. Choose one from the list.',
        "neg": "Nobody stands as Negative. Choose a team that is not placed yet."}
    assert dialog.inputs[Side.AFF].text() == "nobody of that name"
    assert two.stage.sheet.rooms == ()


def test_a_room_is_taken_out_by_delete(two: Rounds) -> None:
    dialog = opened(two)
    names = [one.name for one in dialog.places.free]
    for at in (0, 2):
        dialog.inputs[Side.AFF].setText(names[at])
        dialog.inputs[Side.NEG].setText(names[at + 1])
        two.press(Qt.Key.Key_Return, CTRL)
    two.press(Qt.Key.Key_Escape)
    two.boards.go_to(two.stage.sheet.rooms[0].id)
    two.boards.setFocus()
    two.press(Qt.Key.Key_Delete)
    assert seated(two) == [[names[2], names[3]]]
    two.press(Qt.Key.Key_Z, CTRL)
    assert seated(two) == [names[0:2], names[2:4]]


def test_a_bye_is_given_to_the_team_of_the_list(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    archive = document("australs", bye_team_selection="random")
    with open_rounds(qtbot, tmp_path, archive=archive) as at:
        dialog = opened(at)
        name = dialog.places.free[1].name
        dialog.table.setFocus()
        at.press(Qt.Key.Key_Down)
        dialog.rest.setFocus()
        at.press(Qt.Key.Key_Space)
        assert [room.is_bye for room in at.stage.sheet.rooms] == [True]
        assert seated(at) == [[name]]


def test_a_room_of_four_takes_four(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    with open_rounds(qtbot, tmp_path, archive=document("bp")) as at:
        dialog = opened(at)
        assert not dialog.rest.isVisible()
        dialog.table.setFocus()
        names = [one.name for one in dialog.places.free[:4]]
        for _side in names:
            at.press(Qt.Key.Key_Return)
            at.press(Qt.Key.Key_Down)
        at.press(Qt.Key.Key_Return, CTRL)
        assert seated(at) == [names]


def test_a_drawn_round_takes_no_rooms_by_hand(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        assert at.stage.why_not("draw.add_room") == "Round 1 is not drawn by hand."
        assert at.stage.why_not("draw.remove_room") == "Round 1 is not drawn by hand."
        assert not at.stage.by_hand.button.isVisible()
