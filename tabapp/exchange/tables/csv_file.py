"""Tables as CSV that spreadsheets open as they are: UTF-8 with its mark, commas, CRLF.

A text that a spreadsheet would take for a formula gets an apostrophe in front (the usual guard,
OWASP "CSV injection"); numbers are written as they are. Several tables become one, with a column
in front that says of which a row is.
"""

from __future__ import annotations

import csv
import io

from tabapp.domain.types import Value
from tabapp.exchange.tables.document import CellValue, Document, Place

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def to_csv(document: Document) -> bytes:
    """Return the file."""
    table = document.as_one()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_safe(one.title) for one in table.columns])
    writer.writerows([_safe(value) for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(value: CellValue) -> Value:
    if value is None:
        return ""
    if isinstance(value, Place):
        return value.number
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
