"""What is written to a file: titled tables of plain values, and the same as records."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Value

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The day that files carry which have to carry one, so that equal tables are equal files."""
_NAMELESS = frozenset({"Cc", "Cs", "Cn"})


@dataclass(frozen=True, slots=True)
class Place:
    """A rank, which is shared where it is ``tied``."""

    number: int
    tied: bool = False

    def __str__(self) -> str:
        return f"{self.number}{'=' if self.tied else ''}"


CellValue = Value | Place


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``meaning`` is a sentence for whoever does not know the title.

    ``decimals`` is None for whole numbers and for numbers of any form. ``only`` says where the
    column stands: in files for programs and spreadsheets, in those for reading, or in all.
    ``names`` marks the column that says whose row it is.
    """

    key: str
    title: str
    meaning: str = ""
    kind: Literal["text", "number", "rank"] = "text"
    decimals: int | None = None
    only: Literal["", "data", "print"] = ""
    names: bool = False

    @property
    def is_right(self) -> bool:
        """Tell whether its values stand at the right."""
        return self.kind != "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; each row has a value for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    note: str = ""

    def part(self, use: Literal["data", "print"]) -> Table:
        """Return the table with the columns that files for this use have.

        For reading, without those that are empty in every row.
        """
        whole = use == "data" or not self.rows
        kept = [
            i for i, one in enumerate(self.columns) if one.only in ("", use)
            and (whole or any(row[i] not in ("", None) for row in self.rows))]
        return Table(
            self.title, tuple(self.columns[i] for i in kept),
            tuple(tuple(_clean(row[i]) for i in kept) for row in self.rows), self.note)


@dataclass(frozen=True, slots=True)
class Document:
    """What one file holds.

    ``facts`` are the words under the title: of which tournament, after which round. ``grouped`` is
    what the titles of several tables are, such as Round, where these become one. ``records`` are
    the rows as programs read them, with archive ids. ``paper`` is what pages are laid out for.
    """

    title: str
    tables: tuple[Table, ...]
    facts: tuple[str, ...] = ()
    grouped: str = ""
    records: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    printed: tuple[Table, ...] = field(default=(), repr=False)
    paper: PaperSize = "a4"

    def for_reading(self) -> Iterator[Table]:
        """Yield the tables as a person reads them."""
        return (one.part("print") for one in self.printed or self.tables)

    def for_spreadsheets(self) -> Iterator[Table]:
        """Yield the tables with each number in a column of its own."""
        return (one.part("data") for one in self.tables)

    def as_one(self) -> Table:
        """Return all tables as one: a column more says of which table a row is.

        A column that some of them lack stays empty in their rows.
        """
        tables = list(self.for_spreadsheets())
        if not self.grouped:
            return tables[0]
        columns = {"": Column("", self.grouped)}
        for one in tables:
            columns |= {column.key: column for column in one.columns if column.key not in columns}
        places = {key: i for i, key in enumerate(columns)}
        rows: list[tuple[CellValue, ...]] = []
        for one in tables:
            for row in one.rows:
                whole: list[CellValue] = [None] * len(columns)
                whole[0] = plain(one.title)
                for column, value in zip(one.columns, row, strict=True):
                    whole[places[column.key]] = value
                rows.append(tuple(whole))
        return Table(self.title, tuple(columns.values()), tuple(rows))


def plain(text: str) -> str:
    """Return a text on one line, without letters that no file can hold.

    >>> plain("Ann\\nLee\\0")
    'Ann Lee'
    """
    if text.isprintable():
        return text
    spaced = text.replace("\r\n", " ").translate(_SPACES)
    return "".join(
        letter for letter in spaced if unicodedata.category(letter) not in _NAMELESS).strip()


_SPACES = {ord(one): " " for one in "\n\r\t\v\f\x85\u2028\u2029"}


def _clean(value: CellValue) -> CellValue:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def shown(value: CellValue, column: Column) -> str:
    """Return a value as a person reads it.

    >>> shown(78.25, Column("speaks", "Speaks", kind="number", decimals=2))
    '78.25'
    """
    if value is None:
        return ""
    if isinstance(value, float):
        if column.decimals is not None:
            return f"{value:.{column.decimals}f}"
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def unique_titles(titles: Sequence[str], most: int, *, forbidden: str = "") -> list[str]:
    """Return titles of at most ``most`` letters, different from each other whatever the case."""
    taken: set[str] = set()
    found = []
    for title in titles:
        clean = "".join(" " if one in forbidden else one for one in plain(title))
        base = " ".join(clean.split()).strip("'") or "Table"
        name, number = base[:most].strip("' ") or "Table", 1
        while name.casefold() in taken:
            number += 1
            end = f" ({number})"
            name = base[:most - len(end)].strip() + end
        taken.add(name.casefold())
        found.append(name)
    return found
