"""The window that the hall sees: one sheet over all of a screen, or in a window for a mirror."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import tr
from tabapp.gui.present.pages import BAR
from tabapp.gui.present.painting import color, paint_bar, picture
from tabapp.gui.present.screens import Screen, Screens
from tabapp.gui.present.sheet import DESIGNED, Sheet

FIRST_SIZE = (960, 540)


class HallWindow(QWidget):
    """Shows a sheet and the time left. Takes no keys from the window of the tab room."""

    left = Signal()
    """A person closed it."""
    resized = Signal()
    took_keys = Signal()
    """The system made it active over a screen, although it asks not to be."""
    pressed = Signal(int)
    """A key of the clicker, while the slides are in a window that has the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("tabapp: what the hall sees"))
        self.setAccessibleName(tr("What the hall sees"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.screen_shown: Screen | None = None
        """On which screen it stands; None while it is hidden or in a window."""
        self.sheet: Sheet | None = None
        self._time_left: float | None = None
        self._picture: QPixmap | None = None

    # Where it is

    def show_on(self, screen: Screen, screens: Screens) -> None:
        """Stand over all of a screen."""
        self._dress(
            Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus,
            bare=True)
        self.screen_shown = screen
        screens.put(self, screen)

    def show_in_window(self) -> None:
        """Stand in a window that can be moved, as for a mirrored or a recorded screen."""
        if self.isVisible() and self.screen_shown is None:
            return
        self._dress(Qt.WindowType.Widget, bare=False)
        self.screen_shown = None
        self.resize(*FIRST_SIZE)
        self.showNormal()

    def _dress(self, flags: Qt.WindowType, *, bare: bool) -> None:
        self.setWindowFlags(Qt.WindowType.Window | flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=True)
        self.setCursor(Qt.CursorShape.BlankCursor if bare else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell when a system gave it the keys all the same."""
        if event.type() == QEvent.Type.WindowActivate and self.screen_shown is not None:
            self.took_keys.emit()
        return super().event(event)

    def leave(self) -> None:
        """Go off the screen."""
        self.screen_shown = None
        self.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that a person closed it."""
        self.screen_shown = None
        super().closeEvent(event)
        self.left.emit()

    # What it shows

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show a page; None is dark."""
        if sheet is not self.sheet:
            self.sheet, self._picture = sheet, None
            self.update()

    def show_time_left(self, part: float | None) -> None:
        """Show how much of its time the page still has; None paints no bar."""
        if part != self._time_left:
            self._time_left = part
            self.update(self._bar())

    def _bar(self) -> QRect:
        height = max(2, round(BAR * self.height() / DESIGNED))
        return QRect(0, self.height() - height, self.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew in the new size."""
        self._picture = None
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and the bar over its lower edge."""
        with QPainter(self) as painter:
            if self.sheet is None:
                painter.fillRect(self.rect(), color("ground"))
                return
            ratio = self.devicePixelRatioF()
            if self._picture is None or self._picture.devicePixelRatio() != ratio:
                self._picture = picture(self.sheet, self.size(), ratio)
            painter.drawPixmap(0, 0, self._picture)
            if self._time_left is not None:
                bar = self._bar()
                paint_bar(painter, bar.width(), bar.y(), bar.height(), self._time_left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys on."""
        self.pressed.emit(event.key())
