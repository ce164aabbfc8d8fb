"""Tables as a workbook: a sheet for each, numbers as numbers, and a sheet that says what they are.

XlsxWriter is loaded here alone, when a workbook is written.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import xlsxwriter

from tabapp.exchange.tables.document import (
    MADE,
    CellValue,
    Column,
    Document,
    Place,
    Table,
    plain,
    shown,
    unique_titles,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_NAME = 31
_FORBIDDEN = "[]:*?/\\"
_CELL = 32_767
"""Letters that a cell can hold."""
_LEAST, _MOST = 6, 48
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}


def to_xlsx(document: Document) -> bytes:
    """Return the file."""
    content = io.BytesIO()
    tables = list(document.for_spreadsheets())
    titles = unique_titles(
        [*(one.title for one in tables), "About"], _NAME, forbidden=_FORBIDDEN)
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": plain(document.title), "created": MADE})
        ink = _Ink(book)
        for table, title in zip(tables, titles, strict=False):
            _write(book.add_worksheet(_not_reserved(title)), table, ink)
        _about(book.add_worksheet(_not_reserved(titles[-1])), document, tables, ink)
    return content.getvalue()


class _Ink:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.right = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "align": "right"})
        self.bold = book.add_format({"bold": True})

    def number(self, form: str) -> Format:
        """Return a format of numbers such as ``0.00``."""
        if form not in self._made:
            self._made[form] = self._book.add_format({"num_format": form})
        return self._made[form]

    def of(self, value: CellValue, column: Column) -> Format | None:
        """Return how a value is shown; a shared rank keeps its number and shows "17="."""
        if isinstance(value, Place):
            return self.number('0"="' if value.tied else "0")
        if isinstance(value, float) and column.decimals is not None:
            return self.number("0." + "0" * column.decimals if column.decimals else "0")
        return None


def _write(sheet: Worksheet, table: Table, ink: _Ink) -> None:
    for at, column in enumerate(table.columns):
        sheet.write_string(
            0, at, plain(column.title)[:_CELL], ink.right if column.is_right else ink.head)
        values = [row[at] for row in table.rows]
        width = max((_width(shown(one, column)) for one in values), default=0)
        head = max((_width(word) for word in column.title.split()), default=0) + 3
        sheet.set_column(at, at, min(_MOST, max(_LEAST, width + 2, head)))
        for line, value in enumerate(values, start=1):
            _put(sheet, line, at, value, ink.of(value, column))
    named = next((i for i, one in enumerate(table.columns) if one.names), -1)
    sheet.freeze_panes(1, named + 1)
    if table.columns:
        sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)


def _put(sheet: Worksheet, line: int, at: int, value: CellValue, form: Format | None) -> None:
    if isinstance(value, Place):
        sheet.write_number(line, at, value.number, form)
    elif isinstance(value, str):
        if value:
            sheet.write_string(line, at, value[:_CELL], form)
    elif value is not None:
        sheet.write_number(line, at, value, form)


def _about(sheet: Worksheet, document: Document, tables: Iterable[Table], ink: _Ink) -> None:
    """Say what the workbook holds, and what its columns mean."""
    lines = [(document.title, ""), *((fact, "") for fact in document.facts), ("", "")]
    meanings = {
        one.title: one.meaning for table in tables for one in table.columns if one.meaning}
    notes = [(one.title, one.note) for one in document.tables if one.note]
    for line, (left, right) in enumerate([*lines, *notes, *meanings.items()]):
        sheet.write_string(line, 0, plain(left)[:_CELL], ink.bold if line == 0 else None)
        sheet.write_string(line, 1, plain(right)[:_CELL])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 80)


def _not_reserved(title: str) -> str:
    return f"{title}." if title.casefold() == "history" else title


def _width(text: str) -> int:
    """Return how many digits wide a text is, roughly."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
