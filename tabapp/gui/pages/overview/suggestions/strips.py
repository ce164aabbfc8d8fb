"""The numbers behind a suggestion as pictures: marks on a scale, costs as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.messages import tr
from tabapp.services.suggestions import Shown

_NAME = 168
_ROW = 44
_AXIS = 26
_LEGEND = 26
_SIDE = 16
_WORDS = 44
_BAND = 2.0
"""Deviations to either side that are shown as what was to be expected."""
_BAR = 10
_COST = 56


@dataclass(frozen=True, slots=True)
class Strip:
    """One person's numbers: the others, what was to be expected, what is here, what would be."""

    name: str
    others: tuple[float, ...]
    expected: float
    sd: float
    here: float
    would: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """Return the least and the greatest number."""
        numbers = [
            *self.others, self.here, self.expected - _BAND * self.sd,
            self.expected + _BAND * self.sd]
        if self.would is not None:
            numbers.append(self.would)
        return min(numbers), max(numbers)


def strips_of(facts: Mapping[str, Any]) -> list[Strip]:
    """Return the strips of a suggestion; none where it has no marks to show."""
    if facts["code"] == "judge":
        return [Strip(
            facts["name"], tuple(facts["feedback"]), facts["mean"],
            facts["spread"] / facts["count"] ** 0.5, facts["base"], facts["proposed"])]
    return [
        Strip(
            row["name"], tuple(row["others"]), row["expected"], row["sd"], row["score"],
            row["would"])
        for row in facts.get("rows", ())]


def legend_of(shown: Shown) -> tuple[tuple[str, str], ...]:
    """Return shape and words of what the strips show."""
    if shown.kind == "judge_score":
        return (
            ("dot", tr("feedback")), ("band", tr("its mean ± 2 standard errors")),
            ("here", tr("score now")), ("would", tr("proposed")))
    found = (
        ("dot", tr("other speeches")), ("band", tr("expected ± 2 deviations")),
        ("here", tr("on this ballot")))
    exchanged = any(one.would is not None for one in strips_of(shown.facts))
    return (*found, ("would", tr("exchanged"))) if exchanged else found


class Strips(QWidget):
    """One line a person on a common scale: dots, the expected band, what stands here."""

    def __init__(self) -> None:
        super().__init__()
        self._strips: list[Strip] = []
        self._legend: tuple[tuple[str, str], ...] = ()
        self._low, self._high = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_suggestion(self, shown: Shown) -> None:
        """Show the numbers of a suggestion; hidden where it has none."""
        self._strips, self._legend = strips_of(shown.facts), legend_of(shown)
        self.setVisible(bool(self._strips))
        if not self._strips:
            return
        ends = [one.ends for one in self._strips]
        self._low, self._high = min(low for low, _ in ends), max(high for _, high in ends)
        bounds = shown.facts["low"], shown.facts["high"]
        self._low = max(floor(self._low), bounds[0])
        self._high = min(ceil(self._high), bounds[1])
        if self._high <= self._low:
            self._low, self._high = bounds
        self.setAccessibleName("; ".join(
            tr("{name}: {here}, expected {expected}, others {others}", name=one.name,
               here=f"{one.here:g}", expected=f"{one.expected:g}",
               others=", ".join(f"{n:g}" for n in one.others) or tr("none"))
            for one in self._strips))
        self.setFixedHeight(len(self._strips) * _ROW + _AXIS + _LEGEND)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for all lines."""
        return QSize(480, len(self._strips) * _ROW + _AXIS + _LEGEND)

    def _x(self, value: float) -> float:
        room = self.width() - _NAME - _SIDE - _WORDS
        share = (value - self._low) / max(self._high - self._low, 1e-9)
        return _NAME + _SIDE + room * min(1.0, max(0.0, share))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, the scale and what the shapes mean."""
        with QPainter(self) as painter:
            for i, one in enumerate(self._strips):
                self._paint_strip(painter, one, i * _ROW)
            self._paint_axis(painter, len(self._strips) * _ROW)
            self._paint_legend(painter, len(self._strips) * _ROW + _AXIS)

    def _paint_strip(self, painter: QPainter, one: Strip, top: int) -> None:
        shown, style, _cut = names.fit(one.name, "control", _NAME - 8, person=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, 0, top, _ROW)
        middle = top + _ROW // 2
        left, right = self._x(one.expected - _BAND * one.sd), self._x(
            one.expected + _BAND * one.sd)
        ink.box(painter, left, top + 8, right - left, _ROW - 16, radius=4, fill="soft")
        painter.fillRect(
            round(self._x(self._low)), middle, round(self._x(self._high) - self._x(self._low)), 1,
            ink.color("line2"))
        painter.fillRect(round(self._x(one.expected)), top + 8, 2, _ROW - 16, ink.color("accent"))
        seen: dict[float, int] = {}
        for mark in one.others:
            above = seen.get(mark, 0)
            seen[mark] = above + 1
            _dot(painter, self._x(mark), middle - 6 * min(above, 2), 6, "text2")
        if one.would is not None:
            painter.setPen(ink.pen("attention_mark", 1.5, dashed=True))
            painter.drawLine(
                QPointF(self._x(one.here), middle), QPointF(self._x(one.would), middle))
            _ring(painter, self._x(one.would), middle)
        _dot(painter, self._x(one.here), middle, 12, "attention_mark")
        self._label(painter, one, top)

    def _label(self, painter: QPainter, one: Strip, top: int) -> None:
        words = f"{one.here:g}"
        painter.setPen(ink.pen("attention"))
        width = fonts.width("header", words)
        left = self._x(one.here) - width / 2
        at = top - 3 if one.would is None or abs(one.here - one.would) > 0 else top
        chips.text_at(painter, "header", words, left, at, 18)

    def _paint_axis(self, painter: QPainter, top: int) -> None:
        painter.setPen(ink.pen("text2"))
        ticks = sorted({self._low, self._high, *_ticks(self._low, self._high)})
        last = float("-inf")
        for value in ticks:
            words = f"{value:g}"
            width = fonts.width("small", words)
            left = self._x(value) - width / 2
            if left > last + 8:
                chips.text_at(painter, "small", words, left, top, 18)
                last = left + width

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        x = 0.0
        for shape, words in self._legend:
            middle = top + 10
            if shape == "band":
                ink.box(painter, x, top + 4, 14, 12, radius=3, fill="soft")
                painter.fillRect(round(x) + 6, top + 4, 2, 12, ink.color("accent"))
            elif shape == "would":
                _ring(painter, x + 7, middle)
            else:
                big = shape == "here"
                _dot(painter, x + 7, middle, 12 if big else 6,
                     "attention_mark" if big else "text2")
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "small", words, x + 20, top, 20)
            x += 20 + fonts.width("small", words) + 18


def _dot(painter: QPainter, x: float, y: float, size: int, token: str) -> None:
    ink.box(painter, x - size / 2, y - size / 2, size, size, radius=size / 2, fill=token)


def _ring(painter: QPainter, x: float, y: float) -> None:
    ink.box(
        painter, x - 6, y - 6, 12, 12, radius=6, fill="surface", edge="attention_mark",
        edge_width=2)


def _ticks(low: float, high: float) -> list[float]:
    """Return about five round numbers between the ends."""
    step = next(
        (one for one in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50) if (high - low) / one <= 6), 100)
    first = ceil(low / step)
    return [round(n * step, 6) for n in range(first, floor(high / step) + 1)]


class Costs(QWidget):
    """What each panel of a swap costs, before and after, as bars."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms: Sequence[Mapping[str, Any]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_suggestion(self, shown: Shown) -> None:
        """Show the costs of a swap; hidden for anything else."""
        facts = shown.facts
        rooms = list(facts.get("rooms", ())) if shown.kind == "panel_swap" else []
        if len(rooms) > 1:
            rooms.append({
                "name": tr("Together"), "before": facts["before"], "after": facts["after"]})
        self._rooms = rooms
        self.setVisible(bool(rooms))
        self.setAccessibleName("; ".join(
            tr("{name}: {before} before, {after} after", name=one["name"],
               before=f"{one['before']:.1f}", after=f"{one['after']:.1f}")
            for one in rooms))
        self.setFixedHeight(max(1, len(rooms)) * _COST + _LEGEND)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for two bars a room."""
        return QSize(480, max(1, len(self._rooms)) * _COST + _LEGEND)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars with their numbers."""
        most = max((max(one["before"], one["after"]) for one in self._rooms), default=1.0)
        room = self.width() - _NAME - _SIDE - 64
        with QPainter(self) as painter:
            for i, one in enumerate(self._rooms):
                top = i * _COST
                shown, style, _cut = names.fit(one["name"], "control", _NAME - 8, keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, style, shown, 0, top, _COST - 8)
                for at, key, token in ((8, "before", "attention_mark"), (28, "after", "accent")):
                    width = max(2.0, room * one[key] / max(most, 1e-9))
                    ink.box(
                        painter, _NAME + _SIDE, top + at, width, _BAR, radius=3, fill=token)
                    painter.setPen(ink.pen("text"))
                    chips.text_at(
                        painter, "note", f"{one[key]:.1f}", _NAME + _SIDE + width + 8,
                        top + at - 4, 18)
            self._paint_legend(painter, len(self._rooms) * _COST)

    @staticmethod
    def _paint_legend(painter: QPainter, top: int) -> None:
        x = 0.0
        for token, words in (
            ("attention_mark", tr("cost now")), ("accent", tr("cost after the swap")),
            ("", tr("1.0 is what it costs to meet somebody again")),
        ):
            if token:
                ink.box(painter, x, top + 5, 14, _BAR, radius=3, fill=token)
                x += 20
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "small", words, x, top, 20)
            x += fonts.width("small", words) + 18
