"""A judge as a chip: score, name, and at the right what is worth a look."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter

from tabapp.domain.allocation.board import BoardJudge
from tabapp.domain.types import Role
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.pages.rounds.judges.data import NO_MARK, Mark
from tabapp.gui.tokens import Radius, Ring

_PAD = 7
_ICON = 14


def score_text(score: float) -> str:
    """Return a score with one decimal."""
    return f"{score:.1f}"


def paint_chip(
    painter: QPainter, place: QRect, judge: BoardJudge, role: Role | None, mark: Mark = NO_MARK,
    *, state: str = "", history: bool = False,
) -> None:  # fmt: skip
    """Paint a judge; ``state`` is current, hollow (on the way) or ghost; ``role`` None: the pool.

    ``history``: what was met before is tinted too.
    """
    hollow = state == "hollow"
    fill, edge = "surface", "line2"
    if hollow:
        fill, edge = "sunken", "control"
    elif mark.clash:
        fill, edge = f"{mark.clash}_bg", f"{mark.clash}_line"
    elif history and mark.met:
        fill, edge = "soft", "soft_line"
    elif role is Role.TRAINEE:
        fill = "sunken"
    ring = state in ("current", "ghost")
    ink.box(
        painter, place.x(), place.y(), place.width(), place.height(), radius=Radius.CONTROL,
        fill=fill, edge="accent" if ring else edge, edge_width=Ring.WIDTH if ring else 1,
        dashed=hollow,
    )  # fmt: skip
    left = place.x() + _PAD
    tone = "disabled" if hollow else "text2"
    painter.setPen(ink.pen(tone))
    score = score_text(judge.score)
    chips.text_at(painter, "note", score, left, place.y(), place.height())
    left += round(max(fonts.width("note", score), fonts.width("note", "0.0"))) + 7
    right = _paint_icons(painter, place, mark, role)
    style = "identity" if role is Role.CHAIR else "body"
    shown, shape, _cut = names.fit(judge.name, style, max(0, right - left), person=True)
    painter.setPen(ink.pen("disabled" if hollow else "text"))
    chips.text_at(painter, shape, shown, left, place.y(), place.height())


def _paint_icons(painter: QPainter, place: QRect, mark: Mark, role: Role | None) -> int:
    """Paint the marks from the right edge; return where the name has to end."""
    right = place.right() - _PAD + 2
    top = place.y() + (place.height() - _ICON) / 2
    shown = []
    if mark.clash:
        shown.append(("octagon-x" if mark.clash == "problem" else "triangle-alert",
                      f"{mark.clash}_mark"))
    if mark.away:
        shown.append(("ban", "attention_mark"))
    if mark.met:
        shown.append(("history", "text3"))
    for name, token in shown:
        icons.draw(painter, name, _ICON, token, right - _ICON, top)
        right -= _ICON + 4
    if role is Role.TRAINEE:
        width = fonts.width("small", _TRAINEE)
        painter.setPen(ink.pen("text3"))
        chips.text_at(painter, "small", _TRAINEE, right - width, place.y(), place.height())
        right -= round(width) + 6
    return right - 2


_TRAINEE = "T"


def paint_hatch(painter: QPainter, place: QRect) -> None:
    """Hatch a place where nothing can be put."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink.color("line2"), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(place, Radius.CONTROL, Radius.CONTROL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_empty(painter: QPainter, place: QRect, words: str, *, state: str = "") -> None:
    """Paint an empty place; ``state`` target or current marks it."""
    if state == "target":
        ink.box(
            painter, place.x() - 1, place.y() - 1, place.width() + 2, place.height() + 2,
            radius=Radius.CONTROL, fill="soft", edge="accent", edge_width=Ring.WIDTH,
        )  # fmt: skip
        style, token = "header", "accent"
    else:
        ring = state == "current"
        ink.box(
            painter, place.x(), place.y(), place.width(), place.height(), radius=Radius.CONTROL,
            edge="accent" if ring else "line2", edge_width=Ring.WIDTH if ring else 1,
            dashed=not ring,
        )  # fmt: skip
        style, token = "small", "text3"
    if not words or place.width() < 2 * CHIP_WORDS:
        icons.draw(
            painter, "plus", _ICON, token,
            place.x() + (place.width() - _ICON) / 2, place.y() + (place.height() - _ICON) / 2)
        return
    shown, shape, _cut = names.fit(words, style, place.width() - 2 * _PAD)
    painter.setPen(ink.pen(token))
    left = place.x() + (place.width() - fonts.width(shape, shown)) / 2
    chips.text_at(painter, shape, shown, left, place.y(), place.height())


CHIP_WORDS = 28
"""A place narrower than twice this holds a plus and no words."""
