"""Parses JSON that may be hostile: no duplicate keys, no odd numbers, no bottomless nesting."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from tabapp.core.errors import Problem

MAX_DEPTH = 60
MAX_PROBLEMS = 200
_LARGEST = 2**63 - 1  # what a database can hold
_SURROGATE = re.compile("[\ud800-\udfff]")


def shown(value: object, limit: int = 60) -> str:
    """Return a value as a message may show it: short, on one line, printable."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


class _Findings:
    """Hooks of the parser: they note what is wrong and let the parser go on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            about = shown(found.get("id", found.get("name", "")))
            for key, count in Counter(key for key, _ in pairs).items():
                if count > 1:
                    self.add("import_duplicate_key", key=shown(key), about=about or "an object")
        return found

    def whole(self, digits: str) -> int:
        if len(digits) < 20 and abs(number := int(digits)) <= _LARGEST:
            return number
        self.add("import_number_too_large", value=shown(digits, 30))
        return 0

    def real(self, digits: str) -> float:
        number = float(digits)
        if abs(number) == float("inf"):
            self.add("import_number_too_large", value=shown(digits, 30))
            return 0.0
        return number

    def constant(self, name: str) -> float:
        self.add("import_not_a_number", value=name)
        return 0.0

    def add(self, code: str, **facts: object) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem.of("error", "file", code, **facts))


def parse_json(data: bytes) -> tuple[Any, list[Problem]]:
    """Return the document and what is wrong with its text; None when nothing can be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
        return None, [Problem.of("error", "file", "import_not_utf8", byte=place + 1)]
    found = _Findings()
    try:
        document = json.loads(
            text, object_pairs_hook=found.pairs, parse_int=found.whole,
            parse_float=found.real, parse_constant=found.constant,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        return None, [
            Problem.of(
                "error", where, "import_bad_json",
                line=error.lineno, column=error.colno, reason=error.msg,
            )
        ]
    except RecursionError:
        return None, [Problem.of("error", "file", "import_too_deep", limit=MAX_DEPTH)]
    _walk(document, found)
    return document, found.problems


def _walk(document: object, found: _Findings) -> None:
    """Look at every text and at the depth, without recursion."""
    level: list[object] = [document]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            found.add("import_too_deep", limit=MAX_DEPTH)
            return
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and not storable(value):
                found.add("import_bad_character", value=shown(value, 30))
        level = below


def storable(text: str) -> bool:
    """Claim that a database and a UTF-8 file can hold this text.

    >>> storable("Zoë"), storable("\\x00")
    (True, False)
    """
    return "\x00" not in text and (text.isascii() or _SURROGATE.search(text) is None)
