"""Sorting, filtering and finding on plain lists of rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby
from operator import is_

from tabapp.gui.names import fold
from tabapp.gui.tables.cells import Cell, Column, Row, Value, copied_text, text_of, whole_text

_DIGITS = re.compile(r"(\d+)")
SortKey = tuple[int, float, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class Sorting:
    """By which column, and in which direction."""

    column: int
    descending: bool = False


@lru_cache(maxsize=50_000)
def natural(text: str) -> tuple[str | int, ...]:
    """Return a key by which "Room 10" comes after "Room 9", whatever the case and the marks."""
    parts = _DIGITS.split(fold(text))
    return tuple(int(p) if i % 2 else p for i, p in enumerate(parts))


def sort_key(value: Value) -> SortKey | None:
    """Return what a value is sorted by: numbers before text; None for nothing at all."""
    if isinstance(value, Cell):
        value = value.text if value.sort is None else value.sort
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return (1, 0.0, natural(value))
    return (0, float(value), ())


def sorted_rows(rows: Iterable[Row], sorting: Sorting | None) -> list[Row]:
    """Return the rows in order; equal ones stay as they were, empty cells come last always."""
    if sorting is None:
        return list(rows)
    keyed = [(sort_key(row.cells[sorting.column]), row) for row in rows if not row.line]
    full = [(key, row) for key, row in keyed if key is not None]
    full.sort(key=lambda pair: pair[0], reverse=sorting.descending)
    return [row for _, row in full] + [row for key, row in keyed if key is None]


def haystack(row: Row, columns: Sequence[Column]) -> str:
    """Return all that a filter may find in a row."""
    texts = (whole_text(v, c) for v, c in zip(row.cells, columns, strict=True))
    return fold("\n".join(texts))


def needles(words: str) -> tuple[str, ...]:
    """Return what a filter looks for: every word has to be found, in any order."""
    return tuple(fold(words).split())


def find_row(
    rows: Sequence[Row], columns: Sequence[Column], typed: str, start: int
) -> int | None:
    """Return the first row from ``start`` on, around the end, with a name that begins so.

    Names that only hold the letters somewhere come after all that begin with them.
    """
    wanted = fold(typed)
    searched = [i for i, column in enumerate(columns) if column.is_searched]
    inside: int | None = None
    for at in chain(range(start, len(rows)), range(start)):
        row = rows[at]
        if row.line:
            continue
        for i in searched:
            text = fold(text_of(row.cells[i], columns[i]))
            if text.startswith(wanted):
                return at
            if inside is None and wanted in text:
                inside = at
    return inside


def runs(positions: Iterable[int]) -> list[tuple[int, int]]:
    """Return rising positions as stretches without gaps: first and last of each."""
    found = []
    for _, run in groupby(enumerate(positions), key=lambda pair: pair[1] - pair[0]):
        members = [position for _, position in run]
        found.append((members[0], members[-1]))
    return found


def as_table_text(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return rows under their titles as a spreadsheet pastes them: tabs and lines."""
    lines = ["\t".join(column.title for column in columns)]
    lines += [
        "\t".join(copied_text(v, c) for v, c in zip(row.cells, columns, strict=True))
        for row in rows
        if not row.line
    ]
    return "\n".join(lines) + "\n"


def known_again(rows: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """Return ``rows`` with each that is equal to a known one replaced by that very object.

    For the thread that makes the rows, so that the window's need not compare them cell by cell.
    """
    before = {row.key: row for row in known}
    return [old if (old := before.get(row.key)) == row and old is not None else row for row in rows]


def are_same(rows: Collection[Row], others: Collection[Row]) -> bool:
    """Tell whether both are the same objects in the same order."""
    return len(rows) == len(others) and all(map(is_, rows, others))


def unique_keys(rows: Iterable[Row]) -> dict[Hashable, Row]:
    """Return the rows by key (ValueError if two have the same)."""
    found: dict[Hashable, Row] = {}
    for row in rows:
        if found.setdefault(row.key, row) is not row:
            raise ValueError(f"two rows of a table have the key {row.key!r}")
    return found
