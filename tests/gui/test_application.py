"""The window as a whole: opening, closing, errors in words, two windows on one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.crash import CrashLog, UncleanEnd
from tabapp.core.events import EventBus
from tabapp.core.settings import AppSettings, Folders, load_settings, save_settings
from tabapp.domain.setup import new_tournament
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.gui.application import Application
from tabapp.gui.dialogs.base import Question
from tabapp.gui.dialogs.choose_tournament import ChooseTournament
from tabapp.gui.dialogs.import_files import ImportDialog
from tabapp.gui.lock import WindowLock
from tabapp.gui.opening import Parts
from tabapp.services.tournaments import NewTournament, add_tournament
from tabapp.store.tournaments import tournament_slugs

Start = Callable[..., Application]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """Return what the window is given, with folders of its own."""
    folders = Folders.find({"TABAPP_HOME": str(tmp_path / "home")}).make()
    return Parts(open_workspace=open_workspace, folders=folders, version="0.1.0", bus=EventBus())


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, parts: Parts) -> Iterator[Start]:
    """Start the window; every one is shut down after the test."""
    running: list[Application] = []

    def begin(target: Path | str | None = None, slug: str = "", **more: object) -> Application:
        made = Application(qapp, replace(parts, **more))  # type: ignore[arg-type]
        running.append(made)
        made.begin(str(target) if target else None, slug)
        settle(qtbot, made)
        return made

    yield begin
    for one in running:
        one.shut_down()


def settle(qtbot: QtBot, app: Application) -> None:
    """Wait until nothing is opened, read or shown any more."""
    qtbot.waitUntil(
        lambda: app.background.is_idle and (app.session is None or app.session.is_idle),
        timeout=20_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a tournament of eight teams."""
    path = tmp_path / "northlight.tabapp"
    add_tournament(open_workspace, path, generate_tournament(
        preset="bp", teams=8, rounds=2, seed=1, play=False))
    return path


def problem(app: Application) -> str:
    """Return what the welcome page says above everything."""
    assert app.welcome is not None
    assert app.welcome.isVisible()
    return app.welcome.banner.accessibleName() if app.welcome.banner else ""


def test_a_file_opens_in_the_window_and_is_remembered(start: Start, file: Path) -> None:
    app = start(file)
    assert app.window is not None
    assert app.window.isVisible()
    assert app.welcome is None
    assert load_settings(app.parts.folders.settings_file).settings.recent == (str(file),)


def test_without_a_file_the_welcome_page_lists_the_recent_ones(
    start: Start, parts: Parts, file: Path, qtbot: QtBot
) -> None:
    gone = str(file.with_name("gone.tabapp"))
    save_settings(parts.folders.settings_file, AppSettings(recent=(str(file), gone)))
    app = start()
    assert app.welcome is not None
    first, second = app.welcome.recents.tiles
    assert "8 teams" in first.accessibleDescription()
    assert "not found" in second.accessibleDescription()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    settle(qtbot, app)
    assert [one.toolTip() for one in app.welcome.recents.tiles] == [str(file)]
    qtbot.keyClick(app.welcome.recents.tiles[0], Qt.Key.Key_Return)
    settle(qtbot, app)
    assert app.window is not None
    assert not app.welcome.isVisible()


@pytest.mark.parametrize(("content", "says"), [
    (None, "There is no database at"),
    (b"PK\x03\x04 a spreadsheet", "is not a tournament file"),
])
def test_what_cannot_be_opened_is_said_on_the_welcome_page(
    start: Start, tmp_path: Path, content: bytes | None, says: str
) -> None:
    path = tmp_path / "x.tabapp"
    if content is not None:
        path.write_bytes(content)
    app = start(path)
    assert app.window is None
    assert says in problem(app)
    assert str(path) in problem(app)


def test_a_file_cut_short_is_called_damaged(start: Start, file: Path) -> None:
    file.write_bytes(file.read_bytes()[:8192])
    assert "damaged" in problem(start(file))


def test_a_file_without_a_tournament_says_so(start: Start, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "empty.tabapp", create=True):
        pass
    assert "has no tournament" in problem(start(tmp_path / "empty.tabapp"))


def test_a_failure_leaves_the_open_tournament_as_it_is(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    app = start(file)
    before, told = app.window, []
    assert app.session is not None
    app.session.told.connect(told.append)
    app.open(str(tmp_path / "nowhere.tabapp"))
    settle(qtbot, app)
    assert app.window is before
    assert [one.tone for one in told] == ["problem"]


def test_another_file_takes_the_place_of_the_open_one(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.tabapp"
    add_tournament(open_workspace, other, new_tournament("Sandøya Easters"))
    app = start(file)
    app.open(str(other))
    settle(qtbot, app)
    assert app.file is not None
    assert app.file.target == str(other)
    WindowLock(str(file), app.parts.folders.cache).release()  # it is free again


def test_a_file_of_several_tournaments_asks_which(
    start: Start, file: Path, qtbot: QtBot
) -> None:
    add_tournament(open_workspace, file, new_tournament("Sandøya Easters"))
    app = start(file)
    assert app.window is None
    assert app.welcome is not None
    dialog = app.welcome.findChild(ChooseTournament)
    assert dialog is not None
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    settle(qtbot, app)
    assert app.session is not None
    assert app.file is not None
    chosen = {one.id: one.name for one in app.file.tournaments}[app.session.tournament]
    assert chosen == "Sandøya Easters"


def test_a_slug_chooses_without_a_question(start: Start, file: Path) -> None:
    add_tournament(open_workspace, file, new_tournament("Sandøya Easters"))
    app = start(file, "sandya-easters")
    assert app.window is not None


def test_a_second_window_on_one_file_is_refused_and_calls_the_first(
    start: Start, file: Path, qtbot: QtBot
) -> None:
    first = start(file)
    called: list[bool] = []
    assert first._calls is not None
    first._calls.called.connect(lambda: called.append(True))
    second = start(file)
    assert "is open in another window" in problem(second)
    qtbot.waitUntil(lambda: bool(called))


def test_closing_a_tournament_leads_back_to_the_welcome_page(
    start: Start, file: Path, qtbot: QtBot
) -> None:
    app = start(file)
    assert app.window is not None
    app.window.close_wanted.emit()
    settle(qtbot, app)
    assert app.window is None
    assert app.welcome is not None
    assert app.welcome.isVisible()
    assert [one.toolTip() for one in app.welcome.recents.tiles] == [str(file)]
    WindowLock(str(file), app.parts.folders.cache).release()  # it is free again


def test_a_new_tournament_is_made_and_opened(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    app = start()
    dialog = app.asking.for_new("wsdc")
    wanted = NewTournament("Harbour Cup", "wsdc", 4, 8, tmp_path / "harbour.tabapp")
    dialog.wanted.emit(wanted)
    settle(qtbot, app)
    assert app.file is not None
    assert [one.name for one in app.file.tournaments] == ["Harbour Cup"]
    assert app.window is not None


def test_a_new_tournament_never_takes_the_place_of_a_file(
    start: Start, file: Path, qtbot: QtBot
) -> None:
    app = start()
    before = file.read_bytes()
    dialog = app.asking.for_new("bp")
    dialog.wanted.emit(NewTournament("Harbour Cup", "bp", 4, 8, file))
    settle(qtbot, app)
    assert app.window is None
    assert file.read_bytes() == before
    dialog.reject()


def test_the_demo_is_played_and_opened(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start()
    assert app.welcome is not None
    said: list[str] = []
    monkeypatch.setattr("tabapp.gui.demo.TEAMS", 8)
    app._played.connect(lambda words, _done: said.append(words))
    qtbot.keyClick(app.welcome.demo, Qt.Key.Key_Return)
    settle(qtbot, app)
    assert app.file is not None
    assert app.file.target == str(app.parts.folders.data / "demo.tabapp")
    assert "Ballots: Round 5" in said
    assert any(words.startswith("Break") for words in said)
    assert said[-1] == "All awards"


def test_a_demo_that_is_stopped_leaves_no_file(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = start()
    monkeypatch.setattr("tabapp.gui.demo.TEAMS", 8)
    app._played.connect(lambda _words, _done: app._stop_demo.set())
    app.play_demo()
    settle(qtbot, app)
    assert app.window is None
    assert problem(app) == ""
    assert list(app.parts.folders.data.iterdir()) == []


def test_an_unclean_end_is_told_with_the_file_that_was_open(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    report = tmp_path / "crash.txt"
    report.write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    end = UncleanEnd(
        "2026-03-07T09:30:00+00:00", "0.1.0", "Fatal Python error", report, str(file),
        "2026-03-07T15:46:00+00:00")
    app = start(ends=(end,))
    assert app.welcome is not None
    card = app.welcome.trouble
    assert card is not None
    assert "by a fault" in card.sentence
    assert "Nothing that anyone confirmed is lost" in card.sentence
    dialog = card.show_report()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    clipboard = QApplication.clipboard()
    assert "Segmentation fault" in clipboard.text()
    card.buttons[0].click()
    settle(qtbot, app)
    assert app.file is not None
    assert app.file.target == str(file)


def test_an_error_that_nobody_caught_is_told_and_the_window_goes_on(
    start: Start, parts: Parts, file: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    crash = CrashLog(parts.folders.log, app_version="0.1.0", publish=parts.bus.publish)
    app = start(file, crash=crash)
    told = []
    assert app.session is not None
    app.session.told.connect(told.append)
    crash.report(ValueError("board 7 is missing"))
    qtbot.waitUntil(lambda: bool(told))
    (notice,) = told
    assert notice.action == "Copy report"
    assert notice.run is not None
    notice.run()
    assert "board 7 is missing" in QApplication.clipboard().text()
    assert app.window is not None


def test_colours_are_kept(start: Start, file: Path) -> None:
    app = start(file)
    assert app.window is not None
    app.window.theme_wanted.emit("dark")
    assert load_settings(app.parts.folders.settings_file).settings.theme == "dark"
    app.window.theme_wanted.emit("light")


def read_in(dialog: ImportDialog, source: Path, qtbot: QtBot, app: Application) -> None:
    """Type a path into the dialog of imports and read it."""
    dialog.source.path.setText(str(source))
    qtbot.keyClick(dialog.source.path, Qt.Key.Key_Return)
    settle(qtbot, app)


def test_an_archive_is_imported_into_a_new_file_from_the_welcome_page(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "northlight.json"
    source.write_bytes(write_archive(new_tournament("Northlight Open")))
    app = start()
    assert app.welcome is not None
    app.welcome.import_.click()
    dialog = app.welcome.findChild(ImportDialog)
    assert dialog is not None
    read_in(dialog, source, qtbot, app)
    assert not dialog.do.isEnabled()  # a break without teams is worth a look
    qtbot.keyClick(dialog.accept_warnings, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, app)
    assert app.file is not None
    assert app.file.target == str(app.parts.folders.data / "northlight-open.tabapp")
    assert [one.name for one in app.file.tournaments] == ["Northlight Open"]


def test_a_tournament_is_imported_beside_the_open_one_and_offered(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "harbour.json"
    source.write_bytes(write_archive(new_tournament("Harbour Cup", break_size=0)))
    app = start(file)
    window, opened = app.window, app.file
    assert window is not None
    assert opened is not None
    window.session.go("import")
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    read_in(dialog, source, qtbot, app)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, app)
    question = window.findChild(Question)
    assert question is not None
    assert app.window is window
    qtbot.keyClick(question, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, app)
    assert app.file is opened
    assert app.window is not window
    assert app.window is not None
    assert "Harbour Cup" in app.window.windowTitle()
    with opened.workspace.database.read() as unit:
        assert len(tournament_slugs(unit)) == 2


def test_who_stays_after_an_import_has_the_window_as_it_was(
    start: Start, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "harbour.json"
    source.write_bytes(write_archive(new_tournament("Harbour Cup", break_size=0)))
    app = start(file)
    window = app.window
    assert window is not None
    window.import_wanted.emit()
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    read_in(dialog, source, qtbot, app)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, app)
    question = window.findChild(Question)
    assert question is not None
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    settle(qtbot, app)
    assert app.window is window
