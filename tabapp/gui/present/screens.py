"""The screens of this computer by their identity, and on which of them the hall looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Identity:
    """What a screen says of itself. ``name`` is its socket, such as HDMI-1."""

    name: str
    manufacturer: str = ""
    model: str = ""
    serial: str = ""

    @property
    def words(self) -> str:
        """What a person calls it: EPSON EB-L210, else its socket."""
        return " ".join(filter(None, (self.manufacturer, self.model))) or self.name


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen that is plugged in; its place on the desktop in logical pixels."""

    identity: Identity
    x: int
    y: int
    width: int
    height: int
    ratio: float = 1.0

    @property
    def pixels(self) -> tuple[int, int]:
        """Its own pixels, wide and high."""
        return round(self.width * self.ratio), round(self.height * self.ratio)


def find(wanted: Identity, screens: Sequence[Screen]) -> Screen | None:
    """Return the screen that was meant: the very one, else the same device in another socket."""
    for one in screens:
        if one.identity == wanted:
            return one
    if wanted.serial:
        for one in screens:
            has = one.identity
            if (has.manufacturer, has.model, has.serial) == (
                wanted.manufacturer, wanted.model, wanted.serial
            ):
                return one
    return None


def choose(
    wanted: Identity | None, screens: Sequence[Screen], own: Identity | None
) -> Screen | None:
    """Return where the hall looks: the remembered screen, else another than the window's.

    Never ``own``, the screen of the window, not even when it is the remembered one.
    """
    others = [one for one in screens if one.identity != own]
    found = find(wanted, others) if wanted is not None else None
    return found or (others[0] if others else None)


class Screens(QObject):
    """The screens as the system has them; tests put their own source in place."""

    changed = Signal()
    """A screen came, went, or has another size."""

    def screens(self) -> list[Screen]:
        """Return the screens that are plugged in."""
        raise NotImplementedError

    def under(self, widget: QWidget) -> Identity | None:
        """Return the screen on which a window is."""
        raise NotImplementedError

    def put(self, widget: QWidget, screen: Screen) -> None:
        """Show a window over all of a screen."""
        raise NotImplementedError


def identity_of(screen: QScreen) -> Identity:
    """Return what a screen says of itself."""
    return Identity(
        screen.name(), screen.manufacturer(), screen.model(), screen.serialNumber())


class SystemScreens(Screens):
    """What Qt knows of the screens."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._going: QScreen | None = None
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._on_added)
            application.screenRemoved.connect(self._on_removed)
        for one in QGuiApplication.screens():
            one.geometryChanged.connect(self._on_moved)

    def screens(self) -> list[Screen]:
        """Return the screens that are plugged in, the primary one first."""
        return [self._screen(one) for one in self._there()]

    def _there(self) -> list[QScreen]:
        return [one for one in QGuiApplication.screens() if one is not self._going]

    @staticmethod
    def _screen(screen: QScreen) -> Screen:
        place = screen.geometry()
        return Screen(
            identity_of(screen), place.x(), place.y(), place.width(), place.height(),
            screen.devicePixelRatio())

    def under(self, widget: QWidget) -> Identity | None:
        """Return the screen on which a window is."""
        screen = widget.window().screen()
        return identity_of(screen) if screen is not None else None

    def put(self, widget: QWidget, screen: Screen) -> None:
        """Show a window over all of a screen; also one that came back."""
        for one in self._there():
            if identity_of(one) == screen.identity:
                widget.setScreen(one)
        widget.setGeometry(QRect(screen.x, screen.y, screen.width, screen.height))
        widget.showFullScreen()

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_moved)
        self.changed.emit()

    def _on_removed(self, screen: QScreen) -> None:
        # whether Qt still lists a screen that goes differs between systems
        self._going = screen
        self.changed.emit()
        self._going = None

    def _on_moved(self, _place: QRect) -> None:
        self.changed.emit()
