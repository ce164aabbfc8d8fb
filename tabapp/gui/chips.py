"""Small painted marks: side chips, badges of icon and word, caps of keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from tabapp.gui import fonts, icons, ink
from tabapp.gui.tokens import SIDES, Height, Radius

CHIP_WIDTH = 28
CHIP_WIDTH_WORD = 34
_BADGE_ICON = 14
_BADGE_PAD = 6
_CAP_PAD = 5
_CAP_HEIGHT = 18
KEY_GAP = 4
_TONES = {  # ground, text, icon, edge of a badge
    "neutral": ("sunken", "text2", "text2"),
    "accent": ("soft", "accent", "accent"),
    "attention": ("attention_bg", "attention", "attention_mark"),
    "problem": ("problem_bg", "problem", "problem_mark"),
    "done": ("done_bg", "done", "done_mark"),
}
TONE_ICONS = {"attention": "triangle-alert", "problem": "octagon-x", "done": "check"}
"""The shape that goes with a meaning, so that colour never stands alone."""
KEY_ICONS = {
    "Enter": "corner-down-left", "Shift": "arrow-big-up",
    "Up": "arrow-up", "Down": "arrow-down", "Left": "arrow-left", "Right": "arrow-right",
    "⏎": "corner-down-left", "⇧": "arrow-big-up",
    "↑": "arrow-up", "↓": "arrow-down", "←": "arrow-left", "→": "arrow-right",
}  # fmt: skip
_KEY_ICON = 12


def text_at(painter: QPainter, style: str, text: str, x: float, top: float, height: int) -> None:
    """Paint one line of ``text``, centred in ``height``; the caller has set the pen.

    Its first strong letter decides in which direction it runs.
    """
    if not text.isascii():
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.setFont(fonts.font(style))
    painter.drawText(QPointF(x, top + fonts.baseline(style, height)), text)


def side_width(side: str) -> int:
    """Return how wide the chip of ``side`` is: two capitals, or a short word."""
    return CHIP_WIDTH if len(side) <= 2 else CHIP_WIDTH_WORD


def draw_side(painter: QPainter, side: str, x: float, y: float) -> int:
    """Paint the chip of ``side`` (KeyError if it is none); return its width."""
    token = SIDES[side]
    width = side_width(side)
    ink.box(painter, x, y, width, Height.CHIP, radius=Radius.CHIP, fill=token)
    painter.setPen(ink.pen(f"{token}_text"))
    left = x + (width - fonts.width("chip", side)) / 2
    text_at(painter, "chip", side, left, y, Height.CHIP)
    return width


def badge_width(text: str, icon: str | None) -> int:
    """Return how wide a badge is."""
    extra = _BADGE_ICON + 4 if icon else 0
    return round(fonts.width("note", text) + extra + 2 * _BADGE_PAD + 1)


def draw_badge(
    painter: QPainter, text: str, x: float, y: float, *, tone: str = "neutral", icon: str | None
) -> int:
    """Paint a badge, 20 high, in a meaning's tone (KeyError if it is none); return its width."""
    ground, letters, mark = _TONES[tone]
    width = badge_width(text, icon)
    edge = f"{tone}_line" if tone in TONE_ICONS and ink.active().scheme == "contrast" else None
    ink.box(painter, x, y, width, Height.BADGE, radius=Radius.CHIP, fill=ground, edge=edge)
    left = x + _BADGE_PAD
    if icon:
        top = y + (Height.BADGE - _BADGE_ICON) / 2
        icons.draw(painter, icon, _BADGE_ICON, mark, left, top)
        left += _BADGE_ICON + 4
    painter.setPen(ink.pen(letters))
    text_at(painter, "note", text, left, y, Height.BADGE)
    return width


def _cap_width(key: str) -> int:
    if key in KEY_ICONS:
        return _KEY_ICON + 2 * 3
    return max(_CAP_HEIGHT, round(fonts.width("key", key)) + 2 * _CAP_PAD)


def key_width(keys: tuple[str, ...]) -> int:
    """Return how wide the caps of ``keys`` are, side by side."""
    return sum(map(_cap_width, keys)) + KEY_GAP * max(0, len(keys) - 1)


def draw_keys(painter: QPainter, keys: tuple[str, ...], x: float, y: float) -> int:
    """Paint a cap for each key, 18 high with a thicker lower edge; return the width of all."""
    left = x
    for key in keys:
        width = _cap_width(key)
        ink.box(painter, left, y, width, _CAP_HEIGHT, radius=Radius.CHIP, fill="line2")
        ink.box(
            painter, left, y, width, _CAP_HEIGHT - 1,
            radius=Radius.CHIP, fill="surface", edge="line2",
        )  # fmt: skip
        _draw_key(painter, key, left, y, width, "text2")
        left += width + KEY_GAP
    return key_width(keys)


def _draw_key(painter: QPainter, key: str, x: float, y: float, width: float, token: str) -> None:
    height = _CAP_HEIGHT - 1
    if key in KEY_ICONS:
        at = x + (width - _KEY_ICON) / 2
        icons.draw(painter, KEY_ICONS[key], _KEY_ICON, token, at, y + (height - _KEY_ICON) / 2)
        return
    painter.setPen(ink.pen(token))
    text_at(painter, "key", key, x + (width - fonts.width("key", key)) / 2, y, height)


def plain_key_width(keys: tuple[str, ...]) -> int:
    """Return how wide ``keys`` are without caps, as they stand inside a button."""
    widths = [_KEY_ICON if key in KEY_ICONS else fonts.width("key", key) for key in keys]
    return round(sum(widths)) + KEY_GAP * max(0, len(keys) - 1)


def draw_plain_keys(
    painter: QPainter, keys: tuple[str, ...], x: float, top: float, height: int, token: str
) -> None:
    """Paint ``keys`` without caps in a box of ``height``, from its left edge."""
    left = x
    for key in keys:
        if key in KEY_ICONS:
            middle = top + (height - _KEY_ICON) / 2
            icons.draw(painter, KEY_ICONS[key], _KEY_ICON, token, left, middle)
            left += _KEY_ICON + KEY_GAP
            continue
        painter.setPen(ink.pen(token))
        text_at(painter, "key", key, left, top, height)
        left += fonts.width("key", key) + KEY_GAP
