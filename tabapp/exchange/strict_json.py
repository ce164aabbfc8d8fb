"""Parses JSON that may be hostile: no duplicate keys, no odd numbers, no bottomless nesting."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tabapp.core.errors import Problem
from tabapp.exchange.findings import Findings
from tabapp.exchange.texts import shown

MAX_DEPTH = 60
MAX_VALUES = 2_000_000
"""Keys and values of the largest document; 400 teams and 9 rounds have 260,000."""

_LARGEST = 2**63 - 1  # what a database can hold
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|NaN|-?Infinity', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Hooks(Findings):
    """Hooks of the parser: they note what is wrong and let the parser go on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._constants = _constants(text)

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            about = shown(found.get("id", found.get("name", "")))
            for key, count in Counter(key for key, _ in pairs).items():
                if count > 1:
                    self.error(
                        "file", "import_duplicate_key", key=key, about=about or "an object"
                    )
        return found

    def whole(self, digits: str) -> int:
        if len(digits) <= 20 and abs(number := int(digits)) <= _LARGEST:
            return number
        self.error("file", "import_number_too_large", value=shown(digits, 30))
        return 0

    def real(self, digits: str) -> float:
        number = float(digits)
        if abs(number) == float("inf"):
            self.error("file", "import_number_too_large", value=shown(digits, 30))
            return 0.0
        return number

    def constant(self, name: str) -> float:
        line, column = next(self._constants)
        self.error(
            f"line {line}, column {column}", "import_not_a_number", value=name, line=line,
            column=column)
        return 0.0


def parse_json(data: bytes) -> tuple[Any, list[Problem]]:
    """Return the document and what is wrong with its text; None when nothing can be read."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start
        return None, [Problem.of("error", "file", "import_not_utf8", byte=place + 1)]
    found = _Hooks(text)
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
    beyond = _walk(document, found)
    return (None, [beyond]) if beyond else (document, found.listed())


def _constants(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column of each NaN and Infinity, in the order in which the parser meets them.
    """
    line, begin, done = 1, 0, 0
    for found in _CONSTANT.finditer(text):
        if found[0].startswith('"'):
            continue
        at = found.start()
        line += text.count("\n", done, at)
        begin = max(begin, text.rfind("\n", done, at) + 1)
        done = at
        yield line, at - begin + 1


def _walk(document: object, found: Findings) -> Problem | None:
    """Look at every text, without recursion; return which bound the document is beyond."""
    level: list[object] = [document]
    depth = count = 0
    while level:
        depth += 1
        count += len(level)
        if depth > MAX_DEPTH:
            return Problem.of("error", "file", "import_too_deep", limit=MAX_DEPTH)
        if count > MAX_VALUES:
            return Problem.of(
                "error", "file", "import_too_many_values", limit=f"{MAX_VALUES:,}"
            )
        below: list[object] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value)
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
            elif isinstance(value, str) and not storable(value):
                found.error("file", "import_bad_character", value=shown(value, 30))
        level = below
    return None


def storable(text: str) -> bool:
    """Claim that a database and a UTF-8 file can hold this text.

    >>> storable("Zoë"), storable("\\x00")
    (True, False)
    """
    return "\x00" not in text and (text.isascii() or _SURROGATE.search(text) is None)
