"""The dialog of a round: how it is drawn, each way explained, and its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawType
from tabapp.gui.pages.settings.rounds import RoundsPane
from tests.gui.desk import open_desk
from tests.gui.settings_desk import CTRL, SettingsDesk, settings_desk


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[SettingsDesk]:
    document = generate_tournament(preset="australs", teams=8, rounds=2, seed=1, play=False)
    with open_desk(qtbot, tmp_path, archive=document) as desk:
        yield SettingsDesk(desk)


def test_each_draw_of_two_teams_is_offered_and_explained(two: SettingsDesk) -> None:
    two.go("rounds")
    two.press(Qt.Key.Key_Return)
    dialog = two.dialog()
    said = {}
    for at in range(dialog.draw_type.count()):
        dialog.draw_type.setCurrentIndex(at)
        field = dialog.form.fields["draw_type"]
        said[dialog.draw_type.itemData(at)] = (field.state, field.sentence)
    assert {key for key, (state, _words) in said.items() if state == "problem"} == {
        "elimination"}
    assert said["manual"] == ("", "You put the rooms together one by one")
    assert said["seeded"] == (
        "attention",
        "8 teams have no seed. Give them one under People before this round is drawn.")
    assert len({words for _state, words in said.values()}) == len(DrawType)


def test_the_kind_is_typed_stored_and_listed(two: SettingsDesk) -> None:
    two.go("rounds")
    two.press(Qt.Key.Key_Return)
    dialog = two.dialog()
    dialog.kind.setFocus()
    two.type("impromptu")
    two.press(Qt.Key.Key_Return, modifier=CTRL)
    assert two.no_dialog()
    assert two.desk.rounds()[0].kind == "impromptu"
    pane = two.page.pane()
    assert isinstance(pane, RoundsPane)
    assert pane.rows.data(pane.rows.index(0, 3), Qt.ItemDataRole.AccessibleTextRole) == (
        "Random impromptu")


def test_four_teams_have_no_kind_of_round(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with settings_desk(qtbot, tmp_path) as at:
        at.go("rounds")
        at.press(Qt.Key.Key_Return)
        assert "kind" not in at.dialog().form.fields
