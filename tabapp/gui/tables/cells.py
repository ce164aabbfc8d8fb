"""Columns, rows and values of a table: plain frozen values that any thread may make."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from tabapp.gui.names import MINUS


class Kind(StrEnum):
    """How the cells of a column are painted."""

    TEXT = "text"
    IDENTITY = "identity"
    NUMBER = "number"
    BADGE = "badge"
    SIDE = "side"
    PERSON = "person"
    MARK = "mark"
    """An icon alone; its text is for screen readers and filters."""
    VERDICT = "verdict"
    """Words in the colour of their meaning."""
    SPARK = "spark"
    """A line through the points of a cell."""
    TREND = "trend"
    """How the points of a cell went, between the least and the most of a table."""
    PLACE = "place"
    """A place as a chip, and a score at the right edge."""
    DOTS = "dots"
    """So many filled dots of so many, the two points of a cell, before its words."""
    SHARE = "share"
    """A bar filled to the point of a cell, from 0 to 1, and its words."""
    RANGE = "range"
    """Low, middle and high with a line through all rows: the four points of a cell, 0 to 1."""
    ENTRY = "entry"
    """What the row is about, and small words in lines below; for rows that are high enough."""


NAMED = frozenset({Kind.IDENTITY, Kind.ENTRY})
"""Kinds of the column that says what a row is about."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with more to it than its text."""

    text: str = ""
    sort: int | float | str | None = None
    """What the column is sorted by, where that is not the text."""
    aside: str = ""
    """Small words right after the text."""
    note: str = ""
    """A small figure at the right edge."""
    icon: str | None = None
    """At the right edge, before the note; in a badge before its word."""
    tone: str = ""
    """neutral, accent, attention, problem or done: the ground of a badge, the colour of an icon."""
    side: str = ""
    """A side whose chip stands before the text."""
    tip: str = ""
    points: tuple[float, ...] = ()
    """What a spark line goes through, from 0 up; how many dots of how many are filled.

    Of a trend from 0 to 1, below 0 where one is missing; of a share and a range from 0 to 1.
    """
    below: str = ""
    """The further lines of an entry."""


Value = Cell | str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called and how its cells look."""

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int | None = None
    """Logical pixels; None: as wide as its content."""
    stretch: bool = False
    """Takes what is left over, and gives way first."""
    least: int = 0
    """Logical pixels down to which it gives way, where that is not the usual width."""
    side: str = ""
    """A side whose chip stands before the title."""
    band: str = ""
    """Title of the group of neighbouring columns that have the same."""
    decimals: int | None = None
    strong: bool = False
    """A number that the table is about."""
    once_per_group: bool = False
    """Said in the first row of a group only."""
    editable: bool = False
    tip: str = ""
    note: str = ""
    """What the notes of its cells are; at the right edge of the header where there is room."""

    @property
    def is_right(self) -> bool:
        """Tell whether cells and title stand at the right edge."""
        return self.kind in (Kind.NUMBER, Kind.PLACE)

    @property
    def is_searched(self) -> bool:
        """Tell whether typing finds a row by this column."""
        return self.kind in (Kind.IDENTITY, Kind.TEXT, Kind.PERSON, Kind.ENTRY)


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its key, which stays the same as long as it is the same thing.

    Neighbours of another ``group`` are parted by a stronger rule. A row with ``line`` has no cells:
    it is a 24 px line between rows, such as that of the break, and stands in the given order only.
    """

    key: Hashable
    cells: tuple[Value, ...] = ()
    group: Hashable = None
    line: str = ""
    dim: bool = False
    """Painted in a weaker colour: what takes no part any more."""


def number_text(value: float, decimals: int | None = None) -> str:
    """Return a number as it is shown, with a real minus."""
    text = f"{value:.{decimals}f}" if decimals is not None else f"{value}"
    return text.replace("-", MINUS)


def text_of(value: Value, column: Column) -> str:
    """Return the main text of a value as it is shown."""
    if isinstance(value, str):
        return value
    if isinstance(value, Cell):
        return value.text
    if value is None:
        return ""
    return number_text(value, column.decimals)


def whole_text(value: Value, column: Column) -> str:
    """Return all the words of a cell, as a screen reader or a filter wants them."""
    if not isinstance(value, Cell):
        return text_of(value, column)
    return " ".join(filter(None, (value.side, value.text, value.aside, value.note, value.below)))


def copied_text(value: Value, column: Column) -> str:
    """Return a cell for a spreadsheet: one line, numbers with a plain minus."""
    text = whole_text(value, column)
    if column.kind is Kind.NUMBER:
        text = text.replace(MINUS, "-")
    return " ".join(text.split())
