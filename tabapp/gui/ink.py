"""The colours of the theme in force as Qt's colours, pens and brushes, made once each.

Only the thread of the window paints and changes the theme.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from tabapp.gui.tokens import THEMES, Scheme, Theme


class _Inks:
    """What painting asks for a thousand times a second, kept until the theme changes."""

    def __init__(self) -> None:
        self.theme = THEMES[Scheme.LIGHT]
        self.colors: dict[str, QColor] = {}
        self.brushes: dict[str, QBrush] = {}
        self.pens: dict[tuple[str, float, bool], QPen] = {}


_inks = _Inks()


def use(theme: Theme) -> None:
    """Put ``theme`` in force for everything that is painted from now on."""
    _inks.theme = theme
    for kept in (_inks.colors, _inks.brushes, _inks.pens):
        kept.clear()


def active() -> Theme:
    """Return the theme in force."""
    return _inks.theme


def color(token: str) -> QColor:
    """Return the colour called ``token`` (AttributeError for a name that is none)."""
    found = _inks.colors.get(token)
    if found is None:
        found = _inks.colors[token] = QColor(getattr(_inks.theme.colors, token))
    return found


def brush(token: str) -> QBrush:
    """Return a solid brush of the colour called ``token``."""
    found = _inks.brushes.get(token)
    if found is None:
        found = _inks.brushes[token] = QBrush(color(token))
    return found


def pen(token: str, width: float = 1.0, *, dashed: bool = False) -> QPen:
    """Return a pen of the colour called ``token``."""
    key = (token, width, dashed)
    found = _inks.pens.get(key)
    if found is None:
        found = _inks.pens[key] = QPen(color(token), width)
        if dashed:
            found.setDashPattern([3.0, 3.0])
        found.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return found


def box(
    painter: QPainter,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    radius: float = 0.0,
    fill: str | None = None,
    edge: str | None = None,
    edge_width: float = 1.0,
    dashed: bool = False,
) -> None:
    """Paint a rounded box whose edge lies wholly inside the given rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setBrush(brush(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = 0.0
    if edge:
        painter.setPen(pen(edge, edge_width, dashed=dashed))
        inset = edge_width / 2
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    corner = max(0.0, radius - inset)
    place = QRectF(int(x) + inset, int(y) + inset, width - 2 * inset, height - 2 * inset)
    painter.drawRoundedRect(place, corner, corner)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
