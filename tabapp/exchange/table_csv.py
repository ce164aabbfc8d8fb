"""Tables as CSV that spreadsheets open as they are: UTF-8 with its mark, commas, CRLF.

A text that a spreadsheet would take for a formula gets an apostrophe in front (the usual guard,
OWASP "CSV injection"); numbers are written as they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from tabapp.domain.types import Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write_table(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a file; equal tables have equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_safe(title) for title in header])
    writer.writerows([_safe(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(value: Value) -> Value:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
