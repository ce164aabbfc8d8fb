"""Codes as shapes: the bars of Code 128 for scanners, and QR for cameras.

The bars are what cheap scanners read. They have ten digits, 90 modules of 0.38 mm: 34 mm without
the quiet zones, wider than most printed codes, so that a worn printer does no harm.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tabapp.domain.barcodes import bars, code128
from tabapp.exchange.paper.values import Code

_LIKE = "0" * 10
"""Any code that this program gives: all of them are of one size."""
_WIDEST = 200
"""Modules above which bars do not fit on a sheet; then there is the square alone."""


@lru_cache(maxsize=4096)
def shapes_of(text: str) -> dict[str, Any]:
    """Return the shapes of a text in modules: ``width`` and ``bars``, ``square`` in runs.

    ``bars`` is None where Code 128 has not its letters, or they are too many.
    """
    made: dict[str, Any] = {"bars": None, "width": 0, "square": _square(text)}
    if text and all(" " <= letter <= "~" for letter in text):
        width = sum(code128(text))
        if width <= _WIDEST:
            made |= {"bars": [list(one) for one in bars(text)], "width": width}
    return made


def code_data(code: Code | None) -> dict[str, Any] | None:
    """Return a code as the templates draw it."""
    if code is None:
        return None
    made = {"words": code.words, "title": code.title, "open": code.is_open}
    if not code.is_open:
        return made | shapes_of(code.text)
    like = shapes_of(_LIKE)
    return made | like | {"bars": [], "square": like["square"] | {"runs": []}}


def _square(text: str) -> dict[str, Any]:
    """Return the dark modules of a QR code as runs (x, y, length), row by row."""
    import segno  # noqa: PLC0415 - loaded when something is printed

    made = segno.make_qr(text, error="q", boost_error=True)
    runs = []
    for y, row in enumerate(made.matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                runs.append([start, y, x - start])
            x += 1
    return {"size": len(made.matrix), "runs": runs}
