"""Records as JSON for programs: a list of objects, numbers in full."""

from __future__ import annotations

import json

from tabapp.exchange.tables.document import Document


def to_json(document: Document) -> bytes:
    """Return the file."""
    text = json.dumps(document.records, ensure_ascii=False, indent=1, allow_nan=False)
    # half of a pair, which no file can hold, as a program would write it
    return (text + "\n").encode("utf-8", errors="backslashreplace")
