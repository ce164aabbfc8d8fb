"""What a role may do beyond its own pages: other files, the show in the hall, the people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.gui import handed_files
from tabapp.gui.application import Application
from tabapp.gui.pages.catalog import PLACES
from tabapp.gui.pages.settings.commands import OPERATORS
from tabapp.gui.roles import may_give, may_open
from tests.gui.desk import open_desk
from tests.gui.operator_desk import DIRECTOR, VOLUNTEER, open_with_people, register
from tests.gui.projector_desk import open_projector
from tests.gui.test_application import (  # noqa: F401 - its fixtures
    Start,
    file,
    parts,
    settle,
    start,
)

pytestmark = pytest.mark.usefixtures("light")


def _ways(app: Application, other: str) -> list[Callable[[], object]]:
    """Return every way in which the program is asked for another file."""
    return [
        lambda: app.open(other),
        lambda: QApplication.sendEvent(app.app, QFileOpenEvent(QUrl.fromLocalFile(other))),
        lambda: app.asking.target_wanted.emit(other),
    ]


@pytest.mark.parametrize("locked", [True, False])
def test_no_other_file_takes_the_place_of_the_desk(
    start: Start, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,  # noqa: F811
    *, locked: bool,
) -> None:
    monkeypatch.setattr(handed_files, "HANDS_OVER", True)
    with open_workspace(file) as work:
        people = register(work, Ana=DIRECTOR, Vera=VOLUNTEER)
    app = start(file)
    assert app.session is not None
    assert app.session.who.is_locked
    if not locked:
        app.session.who.sign_in(people["Vera"])
        settle(qtbot, app)
    window, session = app.window, app.session
    for way in _ways(app, str(file.with_name("other.tabapp"))):
        way()
        settle(qtbot, app)
        assert (app.window, app.session) == (window, session)
        assert app.welcome is None or not app.welcome.isVisible()


def test_a_file_that_opened_too_late_is_closed_again(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot  # noqa: F811
) -> None:
    with open_workspace(file) as work:
        people = register(work, Ana=DIRECTOR, Vera=VOLUNTEER)
    other = tmp_path / "other.tabapp"
    other.write_bytes(file.read_bytes())
    app = start(file)
    assert app.session is not None
    app.session.who.sign_in(people["Ana"])
    settle(qtbot, app)
    window = app.window
    app.open(str(other))
    app.session.who.lock()  # while it is being opened
    settle(qtbot, app)
    assert app.window is window
    app.session.who.sign_in(people["Ana"])
    app.open(str(other))
    settle(qtbot, app)
    assert app.file is not None
    assert app.file.target == str(other)


def test_the_hall_sees_its_show_whoever_is_at_the_keyboard(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2) as desk, ExitStack() as stack:
        desk.workspace.run(
            "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=3)
        at = stack.enter_context(open_projector(desk, monkeypatch))
        at.release()
        at.press(Qt.Key.Key_F12)
        assert "Draw by room" in at.seen()
        people = register(desk.workspace, Ana=DIRECTOR, Vera=VOLUNTEER)
        desk.settle()
        who, page, hall = desk.session.who, at.page, at.page.hall
        assert who.is_locked
        assert hall.window.isVisible()
        who.sign_in(people["Vera"])
        desk.settle()
        assert hall.window.isVisible()
        assert not page.isVisible()
        assert not at.window.top.projector.isVisible()
        page.run("projector.blank")  # what a clicker would ask for
        assert not hall.show.blank
        who.sign_in(people["Ana"])
        desk.settle()
        desk.session.go("projector")
        desk.settle()
        assert at.window.page is page
        page.run("projector.blank")
        assert hall.show.blank


def test_the_core_has_everything_but_the_people(qtbot: QtBot, tmp_path: Path) -> None:
    with open_with_people(qtbot, tmp_path) as at:
        at.become("Cem")
        session = at.desk.session
        assert [one.key for one in at.window.places] == [one.key for one in PLACES]
        session.go("settings", "operators")
        session.go("settings/operators")
        at.settle()
        page = at.window.stack.get("settings")
        assert "operators" not in page.sections  # type: ignore[attr-defined]
        assert page.current_place() != OPERATORS
        shut = {
            one.name for place in PLACES for one in place.commands()
            if not may_give(session, one)}
        people = {
            one.name for place in PLACES for one in place.commands() if one.place == OPERATORS}
        assert people
        assert shut == people | {"health.restore"}
        assert not may_open(session, "restore")
