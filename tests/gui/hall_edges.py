"""Whether a slide keeps to its screen."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter

from tabapp.gui.present.painting import paint
from tabapp.gui.present.sheet import Hall, Sheet

_EDGE = 200
_OUTSIDE = QColor("#FF00FF")


def stays_inside(page: Sheet, hall: Hall) -> bool:
    """Paint a page with room around the screen and tell whether that room stays untouched."""
    image = QImage(
        hall.width + 2 * _EDGE, hall.height + 2 * _EDGE, QImage.Format.Format_RGB32)
    image.fill(_OUTSIDE)
    with QPainter(image) as painter:
        painter.translate(_EDGE, _EDGE)
        paint(painter, page)
    with QPainter(image) as painter:
        painter.fillRect(_EDGE, _EDGE, hall.width, hall.height, _OUTSIDE)
    blank = QImage(image.size(), image.format())
    blank.fill(_OUTSIDE)
    return image == blank
