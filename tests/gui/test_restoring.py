"""Putting a copy back in the running window, and saying where copies go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.events import EventBus
from tabapp.core.settings import Folders, load_settings
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.application import Application
from tabapp.gui.opening import Parts
from tabapp.services.events import SnapshotMade
from tabapp.services.snapshots import Snapshots
from tabapp.services.tournaments import add_tournament
from tabapp.store import schema


@pytest.fixture
def app(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """A window with a tournament of eight teams."""
    monkeypatch.setenv("TABAPP_HOME", str(tmp_path / "home"))
    path = tmp_path / "northlight.tabapp"
    add_tournament(open_workspace, path, generate_tournament(
        preset="bp", teams=8, rounds=2, seed=1, play=False))
    made = Application(qapp, Parts(
        open_workspace=open_workspace, folders=Folders.find().make(), version="0.1.0",
        bus=EventBus()))
    made.begin(str(path))
    qtbot.waitUntil(lambda: made.window is not None, timeout=20_000)
    yield made
    made.shut_down()


def snapshots_of(app: Application) -> Snapshots:
    assert app.session is not None
    found = app.session.workspace.snapshots
    assert found is not None
    return found


def rename(app: Application, name: str) -> None:
    assert app.session is not None
    with app.session.workspace.database.write(
        actor="Ann", verb="rename", tournament=app.session.tournament
    ) as unit:
        unit.update(schema.tournament, {app.session.tournament: {"name": name}})


def name_of(app: Application) -> str:
    assert app.session is not None
    return app.session.workspace.tournament().name


def ask_for(app: Application, qtbot: QtBot, copy: Path) -> list[str]:
    """Ask for a copy; return what the window says once it is there again."""
    before = app.window
    assert app.session is not None
    app.session.go("restore", copy)
    qtbot.waitUntil(lambda: app.window is not None and app.window is not before, timeout=20_000)
    qtbot.waitUntil(lambda: bool(app.window and app.window.toasts.kept), timeout=20_000)
    assert app.window is not None
    return [one.notice.sentence for one in app.window.toasts.kept]


def test_a_copy_takes_the_place_of_the_file_and_what_was_there_is_kept(
    app: Application, qtbot: QtBot
) -> None:
    before = name_of(app)
    copy = snapshots_of(app).take("by hand").path
    rename(app, "Changed since")
    told = ask_for(app, qtbot, copy)
    assert name_of(app) == before
    assert told[0].startswith("The copy is restored. What was there before is kept as ")
    reasons = [one.reason for one in snapshots_of(app).listed()]
    assert any("restoring" in one for one in reasons)


def test_a_copy_that_is_gone_leaves_the_file_as_it_is_and_says_why(
    app: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    rename(app, "As it was")
    told = ask_for(app, qtbot, tmp_path / "gone.tabapp")
    assert name_of(app) == "As it was"
    assert "gone.tabapp" in told[0]


def test_folders_of_the_copies_are_kept_and_used_at_once(
    app: Application, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    second.mkdir()
    assert app.session is not None
    app.session.go("snapshot_folders", (first, second))
    kept = load_settings(app.parts.folders.settings_file).settings
    assert (kept.snapshot_folder, kept.second_snapshot_folder) == (first, second)
    taken = snapshots_of(app).take("by hand")
    assert taken.path.parent == first
    assert taken.second is not None
    app.session.go("snapshot_folders", (app.parts.folders.snapshots, None))
    kept = load_settings(app.parts.folders.settings_file).settings
    assert (kept.snapshot_folder, kept.second_snapshot_folder) == (None, None)
    assert snapshots_of(app).folder == app.parts.folders.snapshots


def test_what_happens_while_a_file_closes_reaches_no_page_that_is_gone(
    app: Application, qtbot: QtBot
) -> None:
    session = app.session
    assert session is not None
    heard: list[object] = []
    session.happened.connect(heard.append)
    session._heard.emit(SnapshotMade(None, "before", False))
    assert len(heard) == 1
    app.close_tournament()
    session._on_heard(SnapshotMade(None, "on its way", False))
    assert len(heard) == 1
