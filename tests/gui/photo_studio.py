"""A window that is photographed: one clock, one tournament, and a camera for all sizes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui import ink
from tabapp.gui.main_window import MainWindow
from tabapp.gui.tokens import Scheme
from tests.gui.desk import Desk

SIZES = ((1366, 768), (1920, 1080))
NARROW = (1000, 700)
PATIENCE = 60_000
SMALL = 250_000
"""Bytes that a picture of the best may have."""


class DayClock:
    """Stands still at an hour of today, until the day goes on; what lasts is measured truly."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC).replace(hour=14, minute=0, second=0, microsecond=0)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return time.monotonic()

    def go_on(self, minutes: float) -> None:
        """Let some minutes pass."""
        self._now += timedelta(minutes=minutes)


class Waiter:
    """The one thing of pytest-qt that a desk needs."""

    def waitUntil(self, done: Callable[[], bool], timeout: int = 5000) -> None:
        until = time.monotonic() + timeout / 1000
        while not done():
            QTest.qWait(5)
            if time.monotonic() > until:
                raise TimeoutError


def waiter() -> QtBot:
    """Return what stands in for pytest-qt."""
    return cast("QtBot", Waiter())


@dataclass
class Camera:
    """Takes what is on the screen in every size; a whole run of it has one scheme.

    ``only`` is a part of the names that are wanted; with ``best`` nothing but those names is
    taken, in the small size, and saved in few bytes. High contrast takes what asks for it.
    """

    folder: Path
    scheme: Scheme = Scheme.LIGHT
    only: str = ""
    best: frozenset[str] = frozenset()
    taken: int = 0

    def take(
        self, name: str, window: QWidget, *, contrast: bool = False, narrow: bool = False
    ) -> None:
        """Photograph ``window`` with the dialog or menu over it, and leave it as it was.

        ``narrow``: also in a window that shares the screen with another.
        """
        self.taken += 1
        if self.only not in name or (self.best and name not in self.best):
            return
        if self.scheme is Scheme.CONTRAST and not contrast:
            return
        for width, height in SIZES[:1] if self.best else (*SIZES, *([NARROW] if narrow else [])):
            window.resize(width, height)
            self._rest()
            picture = self._picture(window)
            if self.best:
                _save_small(picture, self.folder / f"{name}.png")
            else:
                stem = f"{self.taken:03d}-{name}-{width}-{self.scheme}"
                picture.save(str(self.folder / f"{stem}.png"))
        window.resize(*SIZES[0])
        self._rest()

    def keep(self, name: str, picture: QPixmap) -> None:
        """Keep a picture that is no window, such as a slide."""
        if not self.best and self.only in name:
            picture.save(str(self.folder / f"{self.taken:03d}-{name}-{self.scheme}.png"))

    @staticmethod
    def _rest() -> None:
        QTest.qWait(60)

    @staticmethod
    def _picture(window: QWidget) -> QPixmap:
        whole = window.grab()
        above = [
            one for one in QApplication.topLevelWidgets()
            if one.isVisible() and isinstance(one, (QDialog, QMenu))]
        if not above:
            return whole
        with QPainter(whole) as painter:
            for one in above:
                if isinstance(one, QMenu):
                    corner = one.pos() - window.mapToGlobal(QPoint(0, 0))
                else:
                    corner = window.rect().center() - one.rect().center()
                painter.drawPixmap(corner, one.grab())
                painter.setPen(ink.color("line2"))
                painter.drawRect(one.rect().translated(corner).adjusted(-1, -1, 0, 0))
        return whole


def _save_small(picture: QPixmap, path: Path) -> None:
    """Save with few colours if all of them would take too much room."""
    image = picture.toImage()
    room = QBuffer()
    room.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(room, "PNG", 0)
    if room.size() > SMALL:
        image = image.convertToFormat(image.Format.Format_Indexed8)
    image.save(str(path), "PNG", 0)


class Studio:
    """A window on a desk, worked by commands and keys, with a camera."""

    def __init__(self, camera: Camera, desk: Desk, clock: DayClock) -> None:
        self.camera, self.desk, self.clock = camera, desk, clock
        self.window = MainWindow(desk.session)
        self.window.resize(*SIZES[0])
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Wait until all is shown."""
        self.desk.settle(PATIENCE)
        QTest.qWait(40)
        self.desk.settle(PATIENCE)

    def take(self, name: str, *, contrast: bool = False, narrow: bool = False) -> None:
        """Photograph what is on the screen."""
        self.settle()
        self.camera.take(name, self.window, contrast=contrast, narrow=narrow)
        self.settle()

    def go(self, place: str, target: object = None) -> None:
        """Open a place."""
        self.desk.session.go(place, target)
        self.settle()

    def give(self, command: str) -> None:
        """Give a command as the palette does."""
        self.window.table.run(command)
        self.settle()

    @property
    def top(self) -> QWidget:
        """Return the dialog over the window, or the window."""
        found = [
            one for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()]
        return found[-1] if found else self.window

    def press(self, *keys: str) -> None:
        """Press keys one after the other where the focus is, each spelt as ``Ctrl+Return``."""
        for spelt in keys:
            one = QKeySequence(spelt)[0]
            self._activate()
            target = self.top.focusWidget() or self.top
            QTest.keyClick(target, one.key(), one.keyboardModifiers())
            self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is."""
        self._activate()
        for sign in text:
            QTest.keyClicks(self.top.focusWidget() or self.top, sign)
        self.settle()

    def _activate(self) -> None:
        if not self.top.isActiveWindow():
            self.top.activateWindow()
            self.desk.qtbot.waitUntil(self.top.isActiveWindow)

    def paste(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def shot(self, name: str, command: str, *keys: str) -> None:
        """Give a command, press keys in what it opened, take it, and close that again."""
        self.give(command)
        self.press(*keys)
        self.take(name)
        self.close_dialogs()

    def close_dialogs(self) -> None:
        """Close what lies over the window."""
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.close()
        self.window.toasts.dismiss()
        self.settle()
        self.window.activateWindow()
        self.window.stack.take_back()
        self.settle()

    def quiet(self) -> None:
        """Take all toasts off the screen."""
        while self.window.toasts.dismiss():
            pass

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.settle()
