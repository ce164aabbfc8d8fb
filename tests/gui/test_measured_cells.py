"""Cells that measure: shares as bars, ranges with a line through all rows."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter

from tabapp.gui import ink
from tabapp.gui.tables.cell_painter import Place
from tabapp.gui.tables.cells import Cell, Column, Kind, Value
from tabapp.gui.tables.painters import PAINTERS

SHARE, RANGE = Column("share", "Chance", Kind.SHARE), Column("range", "Ends", Kind.RANGE)


def painted(value: Value, column: Column, *, width: int = 160, dim: bool = False) -> QImage:
    image = QImage(width, 28, QImage.Format.Format_RGB32)
    image.fill(ink.color("surface"))
    with QPainter(image) as painter:
        PAINTERS[column.kind].paint(painter, value, column, Place(0, 0, width, 28, dim))
    return image


def count(image: QImage, token: str) -> int:
    wanted = ink.color(token).rgb()
    return sum(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def columns_of(image: QImage, token: str) -> list[int]:
    wanted = ink.color(token).rgb()
    return [
        x for x in range(image.width())
        if any(image.pixel(x, y) == wanted for y in range(image.height()))]


@pytest.mark.parametrize("less", [0.1, 0.4, 0.7])
def test_a_bar_grows_with_the_share(light: None, less: float) -> None:
    small = count(painted(Cell("x", points=(less,)), SHARE), "accent")
    large = count(painted(Cell("x", points=(less + 0.2,)), SHARE), "accent")
    assert 0 < small < large


def test_a_share_that_is_done_has_its_colour_and_none_has_no_bar(light: None) -> None:
    assert count(painted(Cell("safe", points=(1.0,), tone="done"), SHARE), "done") > 300
    out = painted(Cell("out"), SHARE)
    assert count(out, "accent") == count(out, "sunken") == 0
    assert count(painted(None, SHARE), "surface") == 160 * 28


def test_a_narrow_share_keeps_its_words_and_drops_the_bar(light: None) -> None:
    value = Cell("64 %", points=(0.64,))
    painter = PAINTERS[Kind.SHARE]
    assert painter.narrow(value, SHARE) < painter.natural(value, SHARE)
    assert not painter.is_cut(value, SHARE, 20)
    assert count(painted(value, SHARE, width=60), "accent") == 0


def test_a_range_has_a_dot_between_its_whiskers_and_the_line_in_every_row(light: None) -> None:
    image = painted(Cell(points=(0.5, 0.7, 0.9, 0.25)), RANGE)
    line, dot = columns_of(image, "soft_line"), columns_of(image, "accent")
    assert max(line) < min(dot)
    assert all(image.pixel(line[0], y) == ink.color("soft_line").rgb() for y in range(28))
    assert 8 + 0.7 * 144 - 4 <= min(dot) <= max(dot) <= 8 + 0.7 * 144 + 4


def test_a_range_that_is_not_near_shows_the_line_alone(light: None) -> None:
    image = painted(Cell(points=(0.0, -1.0, 0.0, 0.5)), RANGE)
    assert columns_of(image, "accent") == []
    assert len(columns_of(image, "soft_line")) == 2
    assert columns_of(painted(Cell(points=(0.1, 0.2, 0.3, -1.0)), RANGE), "soft_line") == []
    assert count(painted(Cell("none"), RANGE), "surface") == 160 * 28
