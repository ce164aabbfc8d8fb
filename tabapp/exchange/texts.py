"""Foreign values as a sentence may show them."""

from __future__ import annotations

import json


def shown(value: object, limit: int = 60) -> str:
    """Return a value as a message may show it: short, on one line, printable."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shown_json(value: object, limit: int = 60) -> str:
    """Return a value as it stands in a JSON document, so that "80" is told from 80.

    >>> shown_json("80"), shown_json(None), shown_json(True)
    ('"80"', 'null', 'true')
    """
    return shown(json.dumps(value, ensure_ascii=False), limit)
