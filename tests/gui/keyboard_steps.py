"""Steps of a tournament that a person takes in the running program by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.events import EventBus
from tabapp.core.settings import Folders
from tabapp.gui.application import Application
from tabapp.gui.opening import Parts
from tests.gui.keyboard import Keyboard

NEXT = "Ctrl+Return"


@contextmanager
def at_the_program(
    qtbot: QtBot, qapp: QApplication, home: Path, target: str | None = None
) -> Iterator[Keyboard]:
    """Start the program for the first time: at its welcome page, or on a file."""
    folders = Folders.find({"TABAPP_HOME": str(home)}).make()
    app = Application(qapp, Parts(
        open_workspace=open_workspace, folders=folders, version="0.1.0", bus=EventBus()))
    app.begin(target)
    at = Keyboard(app, qtbot)
    at.settle()
    try:
        yield at
    finally:
        app.shut_down()


def paste(keys: Keyboard, rows: list[str]) -> None:
    """Paste rows of a spreadsheet; institutions that are missing are added."""
    QGuiApplication.clipboard().setText("\n".join(rows))
    keys.press("Ctrl+V")
    assert keys.dialog().startswith("Paste")
    if "Institution" in rows[0]:
        keys.tab_to("institutions")
        keys.press("Space")
    assert keys.offer.startswith(f"Paste {len(rows) - 1} ")
    keys.press(NEXT)
    assert keys.dialog() == ""


def go_on(keys: Keyboard, offer: str, place: str) -> None:
    """Do what the screen offers, which must be ``offer``, and be at ``place`` then."""
    assert keys.offer == offer
    keys.press(NEXT)
    assert keys.place == place


def register(keys: Keyboard, *, teams: int, judges: int, rooms: int) -> None:
    """Paste teams of two speakers, judges and rooms, as the overview asks for them."""
    go_on(keys, "Open people", "people")
    paste(keys, ["Team\tInstitution\tSpeaker 1\tSpeaker 2"] + [
        f"Team {n}\tInst {n}\tAna {n}\tOtto {n}" for n in range(1, teams + 1)])
    keys.press("Ctrl+Shift+3")
    paste(keys, ["Name\tScore"] + [f"Judge {n}\t{n % 4 + 2}" for n in range(1, judges + 1)])
    keys.press("Ctrl+Shift+5")
    paste(keys, ["Name\tPriority"] + [f"Hall {n}\t{n}" for n in range(1, rooms + 1)])


def draw_to_release(keys: Keyboard, *, toss: bool = False, drawn: bool = False) -> None:
    """From the stage draw to the list of ballots, by nothing but Ctrl+Enter.

    After a ``toss`` the sides are confirmed too; ``drawn``: there is a draft.
    """
    if not drawn:
        go_on(keys, "Draw", "rounds/draw")
    go_on(keys, "Confirm draw", "rounds/draw")
    if toss:
        keys.press("Ctrl+Shift+S")
    go_on(keys, "Go on to the judges", "rounds/judges")
    go_on(keys, "Allocate judges", "rounds/judges")
    go_on(keys, "Keep these panels", "rounds/rooms")
    go_on(keys, "Allocate rooms", "rounds/rooms")
    go_on(keys, "Keep these rooms", "rounds/release")
    assert keys.offer == "Release draw"
    keys.press("F2")
    keys.write("1430")
    keys.press("Return")
    keys.press(NEXT)
    while keys.dialog():  # it tells what needs a look, which does not block
        keys.press(NEXT)
    go_on(keys, "Go on to the ballots", "ballots")


def confirm_all(keys: Keyboard, rooms: int) -> None:
    assert keys.offer == "Open the next room"
    keys.press(NEXT)
    for _room in range(rooms):
        go_on(keys, "Confirm", "ballots")
    assert keys.offer == "Go on to completion"


def complete(keys: Keyboard, then: str) -> None:
    go_on(keys, "Go on to completion", "rounds/complete")
    go_on(keys, "Complete round", then)
