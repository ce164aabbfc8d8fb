"""The public standings on the projector: locked until published, then taken like any slide."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.projector.page import ProjectorPage
from tabapp.gui.present.state import Kind
from tabapp.services import tournament_settings
from tests.gui.desk import open_desk
from tests.gui.fake_screens import LAPTOP, PROJECTOR, FakeScreens

pytestmark = pytest.mark.usefixtures("light")


def test_standings_are_shown_only_while_they_are_published(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as desk:
        desk.play(1)
        page = ProjectorPage(desk.session, screens=FakeScreens(LAPTOP, PROJECTOR))
        qtbot.addWidget(page)
        page.show()
        desk.settle()
        told: list[str] = []
        went: list[tuple[str, object]] = []
        desk.session.told.connect(lambda notice: told.append(notice.sentence))
        desk.session.went.connect(lambda *at: went.append(at))

        def publish(yes: bool) -> None:
            with desk.workspace.database.write(
                actor="Ingrid", verb="publish", tournament=desk.owner.id
            ) as unit:
                tournament_settings.change_settings(
                    unit, desk.owner.id, {"public_team_standings": yes})
            qtbot.wait(60)  # changes are gathered for 30 ms
            desk.settle()

        page.open_at("standings")
        assert page.playlist.kind is Kind.STANDINGS
        page.run("projector.take")
        assert told[-1].startswith("The standings are not public.")
        qtbot.keyClick(page.playlist, Qt.Key.Key_Return)
        assert went == [("settings", "public_team_standings")]
        publish(True)
        page.run("projector.take")
        desk.settle()
        sheet = page.hall.window.sheet
        assert sheet is not None
        texts = sheet.texts()
        assert "Standings" in texts
        assert "Points after Round 1" in texts
        assert [text for text in texts if text in "3210"] == ["3"] * 4 + ["2"] * 4 + ["1"] * 4 + [
            "0"] * 4
        publish(False)
        assert told[-1] == "The standings are no longer public. The hall sees nothing now."
        page.hall.close()
