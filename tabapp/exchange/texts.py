"""Foreign values as a sentence may show them."""

from __future__ import annotations


def shown(value: object, limit: int = 60) -> str:
    """Return a value as a message may show it: short, on one line, printable."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"
