"""Screens that tests plug in and out."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from tabapp.gui.present.screens import Identity, Screen, Screens

LAPTOP = Screen(Identity("eDP-1", "LGD", "0x06f1", "7"), 0, 0, 1366, 768)
PROJECTOR = Screen(Identity("HDMI-1", "EPSON", "EB-L210", "X8"), 1366, 0, 1920, 1080)
OTHER = Screen(Identity("DP-2", "DELL", "U2415", "K3"), 3286, 0, 1280, 720)


class FakeScreens(Screens):
    """The window is on the first; ``plug`` says which there are from now on."""

    def __init__(self, *screens: Screen) -> None:
        super().__init__()
        self._screens = list(screens)
        self.own = screens[0].identity

    def screens(self) -> list[Screen]:
        return list(self._screens)

    def under(self, widget: QWidget) -> Identity | None:
        return self.own

    def put(self, widget: QWidget, screen: Screen) -> None:
        widget.setGeometry(QRect(screen.x, screen.y, screen.width, screen.height))
        widget.show()

    def plug(self, *screens: Screen) -> None:
        self._screens = list(screens)
        self.changed.emit()
