"""Icons: Lucide's drawings in a token's colour, at the screen's ratio, drawn once each."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QScreen
from PySide6.QtSvg import QSvgRenderer

from tabapp.core.resources import resource_path
from tabapp.gui import ink

SIZES = (14, 16, 18, 20, 24)
_STROKE = 1.75  # on the grid of 24 by 24 that Lucide draws on
_STROKE_SMALL = 2.0
_SMALL = 16
_pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}


@cache
def _drawing(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, size: int, color: str) -> QSvgRenderer:
    stroke = _STROKE_SMALL if size < _SMALL else _STROKE
    text = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{stroke}"', _drawing(name))
    return QSvgRenderer(QByteArray(text.replace("currentColor", color).encode()))


def _screens() -> list[QScreen]:
    return QGuiApplication.screens()


def pixmap(name: str, size: int, token: str, ratio: float | None = None) -> QPixmap:
    """Return the icon ``name`` (FileNotFoundError if there is none) in the colour of ``token``.

    ``ratio``: device pixels for each logical one; without it the highest of all screens.
    """
    scale = ratio if ratio is not None else max(s.devicePixelRatio() for s in _screens())
    color = ink.color(token).name()
    key = (name, size, color, scale)
    found = _pixmaps.get(key)
    if found is None:
        drawing = _renderer(name, size, color)
        side = round(size * scale)
        found = QPixmap(side, side)
        found.fill(Qt.GlobalColor.transparent)
        with QPainter(found) as painter:
            drawing.render(painter, QRectF(0, 0, side, side))
        found.setDevicePixelRatio(scale)
        _pixmaps[key] = found
    return found


def paint(painter: QPainter, name: str, color: str, place: QRectF) -> None:
    """Paint the icon in a colour of its own, such as one of the hall, in any size."""
    _renderer(name, round(place.height()), color).render(painter, place)


def icon(name: str, size: int = 16, token: str = "text2") -> QIcon:
    """Return the icon ``name``, with the colour of what is switched off beside it."""
    made = QIcon(pixmap(name, size, token))
    made.addPixmap(pixmap(name, size, "disabled"), QIcon.Mode.Disabled)
    return made


def draw(painter: QPainter, name: str, size: int, token: str, x: float, y: float) -> None:
    """Paint the icon with its top left corner at (x, y), on whole pixels."""
    ratio = painter.device().devicePixelRatio()
    painter.drawPixmap(round(x), round(y), pixmap(name, size, token, ratio))


def names() -> list[str]:
    """Return the names of all icons that are shipped."""
    return sorted(file.stem for file in resource_path("icons").glob("*.svg"))
