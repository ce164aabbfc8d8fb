"""What floats above a window: a raised panel with a painted shadow, alone or over a dimmed window.

They are children of the window, not windows: no window system may place them elsewhere, and the
shortcuts of the window stay in one hand.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tabapp.gui import ink
from tabapp.gui.tokens import SHADE, Radius

SHADOW = 14
"""Width of the shadow around a panel, in pixels of its margin."""
_DARKEST = 0.08
_DROP = 3
_DIMMED = 0.36
_EDGE = 8
_BY_TAB = frozenset({
    Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus})
"""Looked up, not computed with: that is many times faster, and asked of every control."""


def focusable(inside: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside a widget, itself included, in the order of Tab."""
    chain, at = [inside], inside.nextInFocusChain()
    while at is not None and at != inside:
        if inside.isAncestorOf(at):
            chain.append(at)
        at = at.nextInFocusChain()
    return [
        one for one in chain
        if one.focusPolicy() in _BY_TAB and one.isEnabled()
        and one.isVisibleTo(inside) and one.focusProxy() is None
    ]


def paint_shadow(painter: QPainter, panel: QRectF, radius: float) -> None:
    """Paint a soft shadow around ``panel``, ring by ring and never below it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shade = QColor(SHADE)
    for d in range(SHADOW):
        shade.setAlphaF(_DARKEST * (1 - d / SHADOW) ** 2)
        painter.setPen(QPen(shade, 1.5))
        drop = min(_DROP, SHADOW - 1 - d)
        ring = panel.adjusted(-d - 0.5, -d - 0.5 + drop / 2, d + 0.5, d + 0.5)
        painter.drawRoundedRect(ring, radius + d, radius + d)
    painter.restore()


def _give_back(before: QWidget | None) -> None:
    """Give the keys back to who had them, if it is still there."""
    if before is not None and shiboken6.isValid(before) and before.isVisible():
        before.setFocus(Qt.FocusReason.PopupFocusReason)


class Floating(QWidget):
    """A raised panel above its parent. Whoever fills it adds to ``body``.

    The panel stands ``SHADOW`` pixels inside the widget; ``panel()`` is where. ``below`` is the
    window that it lies over.
    """

    def __init__(self, parent: QWidget, name: str, *, radius: int = Radius.CARD) -> None:
        super().__init__(parent)
        self.below = parent
        self._radius = radius
        self.edge = "line2"
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.body.setSpacing(0)
        self.hide()

    def panel(self) -> QRect:
        """Return where the panel stands, without its shadow."""
        return self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shadow, ground and edge."""
        place = self.panel()
        with QPainter(self) as painter:
            paint_shadow(painter, QRectF(place), self._radius)
            ink.box(
                painter, place.x(), place.y(), place.width(), place.height(),
                radius=self._radius, fill="raised", edge=self.edge,
            )  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let no click through to what lies below."""
        event.accept()


class _Scrim(QWidget):
    """What lies over a window that waits; a click on it goes back."""

    pressed = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim the window."""
        shade = QColor(SHADE)
        shade.setAlphaF(_DIMMED)
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), shade)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back."""
        event.accept()
        self.pressed.emit()


class Overlay(Floating):
    """A panel over the dimmed window: keeps the keys until Esc, then gives them back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, window: QWidget, name: str, *, radius: int = Radius.PALETTE) -> None:
        self._scrim = _Scrim(window)
        self._scrim.hide()
        super().__init__(window, name, radius=radius)
        self._scrim.pressed.connect(self.dismiss)
        self._before: QWidget | None = None
        window.installEventFilter(self)

    def place_in(self, window: QRect) -> QRect:
        """Return where the panel stands in the window."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Return what has the keys at first."""
        return (focusable(self) or [self])[0]

    def present(self) -> None:
        """Open above everything else."""
        self._before = QApplication.focusWidget()
        self._arrange()
        for one in (self._scrim, self):
            one.show()
            one.raise_()
        self.first().setFocus(Qt.FocusReason.PopupFocusReason)
        self.opened.emit()

    def dismiss(self) -> None:
        """Close, and give the keys back to who had them."""
        if self.isHidden():
            return
        before, self._before = self._before, None
        self.hide()
        self._scrim.hide()
        _give_back(before)
        self.closed.emit()

    def _arrange(self) -> None:
        window = self.below.rect()
        self._scrim.setGeometry(window)
        margin = (-SHADOW, -SHADOW, SHADOW, SHADOW)
        self.setGeometry(self.place_in(window).adjusted(*margin))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._arrange()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc; nothing else reaches the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep Tab inside."""
        ring = focusable(self)
        now = QApplication.focusWidget()
        if ring:
            at = ring.index(now) if now in ring else -1
            reason = Qt.FocusReason.TabFocusReason
            ring[(at + (1 if next else -1)) % len(ring)].setFocus(reason)
        return True


class Popover(Floating):
    """A panel beside what it is about: Esc or a click elsewhere closes it."""

    closed = Signal()

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, name)
        self._before: QWidget | None = None

    def open_beside(self, anchor: QWidget, at: QRect | None = None) -> None:
        """Open below ``at`` of ``anchor`` (all of it without), or above where there is no room."""
        self._before = QApplication.focusWidget()
        window = self.below
        self.adjustSize()
        place = at or anchor.rect()
        corner = anchor.mapTo(window, place.topLeft()) if window.isAncestorOf(anchor) else QPoint()
        size = self.sizeHint()
        below = corner.y() + place.height() - SHADOW + _EDGE // 2
        above = corner.y() - size.height() + SHADOW - _EDGE // 2
        fits = below + size.height() - SHADOW <= window.height() or above < 0
        left = min(corner.x() - SHADOW, window.width() - size.width() + SHADOW - _EDGE)
        self.setGeometry(
            max(_EDGE - SHADOW, left), below if fits else above, size.width(), size.height())
        self.show()
        self.raise_()
        (focusable(self) or [self])[0].setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def dismiss(self) -> None:
        """Close, and give the keys back if they are still here."""
        if self.isHidden():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        now = QApplication.focusWidget()
        held = now is None or now is self or self.isAncestorOf(now)
        self.hide()
        if held:
            _give_back(self._before)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close when somebody clicks elsewhere."""
        if (
            event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget)
            and watched is not self and not self.isAncestorOf(watched)
        ):
            self.dismiss()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)
