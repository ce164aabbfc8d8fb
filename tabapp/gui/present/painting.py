"""Paints a sheet in the colours of the hall."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from tabapp.gui import icons
from tabapp.gui.present import measure
from tabapp.gui.present.sheet import Box, Icon, Sheet
from tabapp.gui.tokens import DARK, HALL


@cache
def color(token: str) -> QColor:
    """Return a colour of the hall, or of a side (AttributeError for a name that is none)."""
    return QColor(getattr(HALL, token, None) or getattr(DARK, token))


def paint(painter: QPainter, sheet: Sheet) -> None:
    """Paint a sheet in its own size; the ground first."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.fillRect(QRectF(0, 0, sheet.width, sheet.height), color("ground"))
    for one in sheet.items:
        if isinstance(one, Box):
            place = QRectF(one.x, one.y, one.width, one.height)
            if one.radius:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color(one.token))
                painter.drawRoundedRect(place, one.radius, one.radius)
            else:
                painter.fillRect(place, color(one.token))
        elif isinstance(one, Icon):
            place = QRectF(one.x, one.y, one.size, one.size)
            icons.paint(painter, one.name, color(one.token).name(), place)
        else:
            painter.setFont(measure.font(one.px, one.weight, one.condensed))
            painter.setPen(color(one.token))
            painter.drawText(QPointF(one.x, one.y), one.text)


def picture(sheet: Sheet | None, size: QSize, ratio: float) -> QPixmap:
    """Return a sheet as large as it fits into ``size`` (logical pixels); None is dark."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(color("ground"))
    if sheet is not None:
        with QPainter(made) as painter:
            scale = min(size.width() / sheet.width, size.height() / sheet.height)
            painter.translate(
                (size.width() - sheet.width * scale) / 2,
                (size.height() - sheet.height * scale) / 2)
            painter.scale(scale, scale)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, on=True)
            paint(painter, sheet)
    return made


def paint_bar(painter: QPainter, width: float, top: float, height: float, left: float) -> None:
    """Paint the bar of the time that the page still has; ``left`` is a part of 1."""
    painter.fillRect(QRectF(0, top, width, height), color("rule"))
    painter.fillRect(QRectF(0, top, width * left, height), color("lead"))
