"""Slides of a few large words: the motion step by step, a message, the name of the tournament."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.public import PublicMotion, PublicRound
from tabapp.gui.messages import tr
from tabapp.gui.present import measure
from tabapp.gui.present.pages import BOTTOM, Heading, Leaf, bind
from tabapp.gui.present.sheet import Box, Hall, Item, Sheet, Text

_SIDE = 160
_MOTION = (68, 60, 52, 44)
_INFO = (48, 42, 37)
_WORDS = (112, 96, 80, 64, 52)
_BELOW = 37
_PITCH = 1.27
_LABEL = 28
_FROM = 172


def lay_out_motion(round_: PublicRound, hall: Hall) -> tuple[Sheet, ...]:
    """Return the steps of a motion: its info slide, then the motion below or by itself."""
    leaves: list[Leaf] = []
    for at, motion in enumerate(round_.motions, start=1):
        words = tr("Motion") if len(round_.motions) == 1 else tr("Motion {n}", n=at)
        made = _steps(motion, words, hall)
        for one in made:
            one.subject = words
        leaves.extend(made)
    if not leaves:
        leaves = [Leaf(subject=tr("No motion"))]
    return bind(leaves, Heading(round_.name, round_.starts, steps=True), hall)


def _steps(motion: PublicMotion, words: str, hall: Hall) -> list[Leaf]:
    info = motion.info_slide.strip()
    if not info:
        return statement(motion.text, words, _MOTION, 700, "text", hall)
    before = statement(info, tr("Information"), _INFO, 400, "text", hall)
    together = _together(info, motion.text, words, hall)
    if together is not None:
        return [*before, together]
    return [*before, *statement(motion.text, words, _MOTION, 700, "text", hall)]


def _together(info: str, text: str, words: str, hall: Hall) -> Leaf | None:
    """Return the motion below its info slide, None if both do not fit on one page."""
    small = hall.type(_BELOW)
    above = measure.break_lines(info, small, 400, _room(hall))
    for size in _MOTION:
        px = hall.type(size)
        lines = measure.break_lines(text, px, 700, _room(hall))
        leaf = Leaf(rows=len(above) + len(lines))
        end = _put(leaf, tr("Information"), above, small, 400, "text2", hall.at(_FROM), hall)
        rule = end + hall.at(36)
        leaf.items.append(Box(hall.at(_SIDE), rule, _room(hall), max(1, hall.at(2)), "rule"))
        end = _put(leaf, words, lines, px, 700, "text", rule + hall.at(44), hall)
        if end <= hall.at(BOTTOM):
            return leaf
    return None


def lay_out_words(text: str, hall: Hall) -> tuple[Sheet, ...]:
    """Return words in the middle of the screen, as large as they fit."""
    leaves = statement(text, "", _WORDS, 600, "text", hall)
    for leaf in leaves:
        leaf.items = _in_the_middle(leaf.items, hall)
    return bind(leaves, Heading("", steps=True), hall)


def _in_the_middle(items: Sequence[Item], hall: Hall) -> list[Item]:
    texts = [one for one in items if isinstance(one, Text)]
    if not texts:
        return []
    high = measure.metrics(texts[0].px, texts[0].weight).capHeight()
    down = (hall.height - (texts[-1].y - texts[0].y + high)) / 2 + high - texts[0].y
    return [
        Text(
            (hall.width - measure.width(one.text, one.px, one.weight)) / 2, round(one.y + down),
            one.text, one.px, one.weight, one.token)
        for one in texts
    ]


def _room(hall: Hall) -> float:
    return hall.width - 2 * hall.at(_SIDE)


def statement(
    text: str, words: str, sizes: Sequence[int], weight: int, token: str, hall: Hall
) -> list[Leaf]:
    """Return a statement in the largest size that fits on one page, else on more of the least."""
    top, whole = hall.at(_FROM), hall.at(BOTTOM)
    label = round(hall.at(_LABEL) * 1.6) if words else 0
    px, most = hall.type(sizes[0]), 1
    lines: tuple[str, ...] = ()
    for size in sizes:
        px = hall.type(size)
        lines = measure.break_lines(text, px, weight, _room(hall))
        most = max(1, int((whole - top - label) // round(px * _PITCH)))
        if len(lines) <= most:
            break
    leaves = []
    for start in range(0, max(1, len(lines)), most):
        part = lines[start:start + most]
        leaf = Leaf(rows=len(part))
        _put(leaf, words, part, px, weight, token, top, hall)
        leaves.append(leaf)
    return leaves


def _put(
    leaf: Leaf, words: str, lines: Sequence[str], px: int, weight: int, token: str, top: float,
    hall: Hall,
) -> float:  # fmt: skip
    """Put a label and lines below it; return where they end."""
    left = hall.at(_SIDE)
    if words:
        small = hall.at(_LABEL)
        leaf.items.append(Text(left, round(top + small * 0.8), words, small, 600, "lead"))
        top += round(small * 1.6)
    pitch = round(px * _PITCH)
    for i, line in enumerate(lines):
        x = float(left)
        if measure.is_right_to_left(line):
            x += _room(hall) - measure.width(line, px, weight)
        y = measure.baseline(top + i * pitch, pitch, px, weight)
        leaf.items.append(Text(x, y, line, px, weight, token))
    return top + pitch * len(lines)
