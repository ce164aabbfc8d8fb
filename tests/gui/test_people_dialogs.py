"""The dialogs of the place people by keyboard alone: adding, pasting, opening, ticking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.setup import new_tournament
from tabapp.gui.pages.people.conflict_dialog import ConflictDialog
from tabapp.gui.pages.people.detail_dialog import DetailDialog
from tabapp.gui.pages.people.grid_dialog import GridDialog
from tabapp.gui.pages.people.paste_dialog import PasteDialog
from tabapp.gui.pages.people.record_dialog import AddDialog, EditDialog
from tabapp.gui.pages.people.wishes import WishList
from tabapp.services import people
from tests.builders import small_archive
from tests.gui.people_desk import ALT, CTRL, SHIFT, Hands, open_people


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Hands]:
    with open_people(qtbot, tmp_path) as made:
        yield made


@pytest.fixture
def nobody(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Hands]:
    with open_people(qtbot, tmp_path, new_tournament("Empty", break_size=4)) as made:
        yield made


def rows(count: int) -> str:
    return "Team\tInstitution\tSpeaker 1\tSpeaker 2\n" + "".join(
        f"Kranich {chr(65 + n)}\tKranichfeld\tAna {chr(65 + n)}\tOtto {chr(65 + n)}\n"
        for n in range(count))


def test_a_team_is_added_and_the_dialog_stays_for_the_next(hands: Hands) -> None:
    home = hands.lists.institutions[0].name
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog(AddDialog)
    hands.write("Kranich A")
    hands.press(Qt.Key.Key_Tab)
    hands.write(home)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert dialog.isVisible()
    assert "Kranich A added." in dialog.said.text()
    hands.write("Kranich B")
    hands.press(Qt.Key.Key_Return, CTRL | SHIFT)
    hands.closed(dialog)
    made = {one.name: one.institution for one in hands.lists.teams if "Kranich" in one.name}
    assert made == {"Kranich A": home, "Kranich B": home}
    assert "18 teams" in hands.page.facts.text()


def test_what_is_wrong_stands_at_its_field_and_typing_is_kept(hands: Hands) -> None:
    taken = hands.lists.teams[0].name
    hands.press(Qt.Key.Key_Insert)
    dialog = hands.dialog(AddDialog)
    hands.write(taken)
    hands.press(Qt.Key.Key_Tab)
    hands.write("Nowhere")
    hands.press(Qt.Key.Key_Return, CTRL)
    fields = dialog.fields.form.fields
    assert "already" in fields["name"].sentence
    assert "Nowhere" in fields["institution"].sentence
    assert dialog.fields.values()["name"] == taken
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    assert len(hands.lists.teams) == 16


def test_twenty_teams_are_pasted_looked_at_and_taken_back(hands: Hands) -> None:
    QGuiApplication.clipboard().setText(rows(20))
    hands.press(Qt.Key.Key_V, CTRL)
    dialog = hands.dialog(PasteDialog)
    assert not dialog.do.isEnabled()
    assert "20 problems" in dialog.said.text()
    assert dialog.make.isVisible()
    dialog.make.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Qt.Key.Key_Space)
    assert dialog.do.isEnabled()
    assert dialog.said.text() == "20 teams with 40 speakers."
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    assert len(hands.lists.teams) == 36
    hands.press(Qt.Key.Key_Z, CTRL)
    assert len(hands.lists.teams) == 16
    assert "Kranichfeld" not in {one.name for one in hands.lists.institutions}


def test_a_line_that_is_wrong_is_corrected_where_it_was_pasted(hands: Hands) -> None:
    home = hands.lists.institutions[0].name
    QGuiApplication.clipboard().setText(
        f"Team\tInstitution\tSpeaker 1\tSpeaker 1 email\nNew A\t{home}\tAna\tana@@\n")
    hands.press(Qt.Key.Key_V, CTRL)
    dialog = hands.dialog(PasteDialog)
    assert 'Line 2, speaker 1, e-mail: "ana@@" is not an address.' in dialog.said.text()
    assert dialog.table is not None
    dialog.table.go_to(2)
    dialog.table.setFocus()
    hands.press(Qt.Key.Key_Return)
    assert dialog.box.textCursor().blockNumber() == 1
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Backspace)
    hands.write("example.org")
    hands.qtbot.waitUntil(dialog.do.isEnabled)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(dialog)
    assert "New A" in {one.name for one in hands.lists.teams}


def test_enter_opens_a_team_and_goes_on_to_its_fields(hands: Hands) -> None:
    hands.desk.play(1)
    hands.desk.settle()
    team = hands.lists.teams[1]
    hands.page.current.give_keys()
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_Return)
    detail = hands.dialog(DetailDialog)
    assert detail.windowTitle() == team.name
    hands.press(Qt.Key.Key_F4)
    edit = hands.dialog(EditDialog)
    field = edit.fields.inputs["code_name"]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    hands.write("Owls")
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(edit)
    changed = next(one for one in hands.lists.teams if one.id == team.id)
    assert (changed.code_name, changed.name) == ("Owls", team.name)


def test_a_judge_is_ticked_as_having_declared_all_conflicts(hands: Hands) -> None:
    hands.press(Qt.Key.Key_3, CTRL | SHIFT)
    judge = hands.lists.judges[0]
    hands.page.current.table.go_to(judge.id)
    hands.press(Qt.Key.Key_F4)
    edit = hands.dialog(EditDialog)
    for key in ("conflicts_declared", "consent"):
        edit.fields.inputs[key].setFocus()
        hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(edit)
    with hands.desk.workspace.database.read() as unit:
        kept = people.read_values(unit, hands.desk.session.tournament, "adjudicator", judge.id)
    assert (kept["conflicts_declared"], kept["consent"]) == (True, True)


def test_enter_opens_a_judge_with_panels_and_score(hands: Hands) -> None:
    hands.desk.play(1)
    hands.desk.settle()
    hands.press(Qt.Key.Key_3, CTRL | SHIFT)
    judge = hands.lists.judges[0]
    hands.page.current.table.go_to(judge.id)
    hands.press(Qt.Key.Key_Return)
    detail = hands.dialog(DetailDialog)
    assert detail.windowTitle() == judge.name
    hands.press(Qt.Key.Key_Escape)
    hands.closed(detail)


def test_a_conflict_is_added_and_deleted_by_keys(hands: Hands) -> None:
    before = len(hands.lists.conflicts)
    team, judge = hands.lists.teams[0], hands.lists.judges[0]
    for one in hands.lists.conflicts:
        assert (one.one, one.other) != (judge.name, team.name)
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_C, CTRL | SHIFT)
    dialog = hands.dialog(ConflictDialog)
    hands.write(judge.name)
    hands.press(Qt.Key.Key_Return, CTRL)
    assert len(hands.lists.conflicts) == before + 1
    hands.press(Qt.Key.Key_Escape)
    hands.closed(dialog)
    hands.press(Qt.Key.Key_7, CTRL | SHIFT)
    added = next(
        one for one in hands.lists.conflicts if (one.one, one.other) == (judge.name, team.name))
    assert hands.page.current.table.go_to((added.kind, added.id))
    hands.press(Qt.Key.Key_Delete)
    assert len(hands.lists.conflicts) == before


def test_categories_are_ticked_by_space_and_stored_at_once(hands: Hands) -> None:
    hands.press(Qt.Key.Key_F5)
    grid = hands.dialog(GridDialog)
    first = grid.grid.categories[0][0]
    had = {row.id for row in grid.grid.rows if first in row.members}
    hands.press(Qt.Key.Key_Space)
    here = grid.table.current_key()
    title = grid.grid.categories[0][1]
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(grid)
    now = {one.id for one in hands.lists.teams if title in one.categories}
    assert now == had ^ {here}


def test_where_nobody_is_there_enter_pastes(nobody: Hands) -> None:
    QGuiApplication.clipboard().setText("")
    nobody.page.current.give_keys()
    nobody.press(Qt.Key.Key_Return)
    dialog = nobody.dialog(PasteDialog)
    assert dialog.box.toPlainText() == ""
    assert not dialog.do.isEnabled()


@pytest.fixture
def two_breaks(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Hands]:
    """Eight teams; the first may break in three categories, the others in the open one."""
    made = small_archive(8, 1, results=False)
    made["break_categories"] = [
        {"id": f"BC{n}", "name": name, "slug": name.lower(), "seq": n, "size": 4,
         "priority": 10 - n} for n, name in enumerate(("Open", "ESL", "EFL"), 1)]
    for team in made["teams"]:
        team["break_categories"] = ["BC1"]
    made["teams"][0]["break_categories"] = ["BC1", "BC2", "BC3"]
    with open_people(qtbot, tmp_path, Archive.model_validate(made)) as hands:
        yield hands


def test_where_a_team_would_rather_break_is_chosen_and_ordered_by_keys(two_breaks: Hands) -> None:
    hands = two_breaks
    team = next(one for one in hands.lists.teams if len(one.categories) == 3)
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_F4)
    edit = hands.dialog(EditDialog)
    field = edit.fields.inputs["break_preferences"]
    assert isinstance(field, WishList)
    for _tab in range(10):
        if field.hasFocus():
            break
        hands.press(Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert field.accessibleName() == "Plays rather in"
    assert shown(field) == ["–  Open", "–  ESL", "–  EFL"]
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Space)
    assert shown(field) == ["1  EFL", "–  Open", "–  ESL"]
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Up, ALT)
    hands.press(Qt.Key.Key_Up, ALT)  # it is on top already
    assert shown(field) == ["1  ESL", "2  EFL", "–  Open"]
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(edit)
    assert hands.team(team.id).wishes == ("ESL", "EFL")
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_Return)
    detail = hands.dialog(DetailDialog)
    assert any(
        "plays rather in ESL, then EFL" in one.text() for one in detail.findChildren(QLabel))
    hands.press(Qt.Key.Key_Escape)
    hands.closed(detail)
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.team(team.id).wishes == ()


def test_a_wish_that_cannot_be_fulfilled_any_more_is_refused_at_its_field(
    two_breaks: Hands,
) -> None:
    hands = two_breaks
    team = next(one for one in hands.lists.teams if len(one.categories) == 3)
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_F4)
    edit = hands.dialog(EditDialog)
    edit.fields.inputs["break_preferences"].setFocus()
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Space)
    hands.somebody_else(lambda unit, owner: people.edit(
        unit, owner, "team", team.id, {"break_categories": "Open, ESL"}))
    hands.press(Qt.Key.Key_Return, CTRL)
    assert edit.isVisible()
    sentence = edit.fields.form.fields["break_preferences"].sentence
    assert "cannot break in EFL" in sentence
    hands.press(Qt.Key.Key_Space)
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(edit)
    assert hands.team(team.id).wishes == ()


def test_a_team_with_one_break_category_is_not_asked_where_it_would_rather_break(
    two_breaks: Hands,
) -> None:
    hands = two_breaks
    team = next(one for one in hands.lists.teams if len(one.categories) == 1)
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_F4)
    edit = hands.dialog(EditDialog)
    assert "break_preferences" not in edit.fields.inputs
    hands.press(Qt.Key.Key_Escape)
    hands.closed(edit)


def shown(wishes: WishList) -> list[str]:
    return [wishes.item(at).text() for at in range(wishes.count())]
