"""Says in plain words which value of a document has the wrong type, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tabapp.core.errors import Problem
from tabapp.exchange.findings import Findings
from tabapp.exchange.texts import shown

MOST_WRONG = 20_000
"""Wrong values beyond which none is told: each costs a thousand bytes before it is worded."""

_SINGULAR = {
    "institutions": "institution", "break_categories": "break category",
    "speaker_categories": "speaker category", "teams": "team", "speakers": "speaker",
    "adjudicators": "adjudicator", "venue_categories": "venue category", "venues": "venue",
    "motions": "motion", "questions": "question", "debates": "debate", "criteria": "criterion",
    "feedback": "feedback",
}

_EXPECTED = {
    "string_type": "a text", "int_type": "a whole number", "int_parsing": "a whole number",
    "int_from_float": "a whole number", "int_parsing_size": "a smaller number",
    "float_type": "a number", "float_parsing": "a number", "finite_number": "a finite number",
    "bool_type": "true or false", "bool_parsing": "true or false", "list_type": "a list",
    "dict_type": "an object", "model_type": "an object", "model_attributes_type": "an object",
}
_LIMITS = {
    "greater_than_equal": ("ge", "a number of at least {}"),
    "less_than_equal": ("le", "a number of at most {}"),
    "greater_than": ("gt", "a number above {}"),
    "less_than": ("lt", "a number below {}"),
}


def note_wrong_values(error: ValidationError, document: object, found: Findings) -> None:
    """Note what is wrong with the values of a whole document, each by its place."""
    for detail in details_of(error, found):
        where = locate(document, detail["loc"])
        if detail["type"] == "missing":
            found.error(where, "import_missing_key", key=str(detail["loc"][-1]))
        else:
            facts = {"value": shown(detail["input"]), "expected": expected(detail)}
            found.add(Problem.of("error", where, "import_wrong_value", place=where, **facts))


def details_of(error: ValidationError, found: Findings) -> list[ErrorDetails]:
    """Return all errors; where they are far too many, note that instead and return none."""
    count = error.error_count()
    if count <= MOST_WRONG:
        return error.errors(include_url=False)
    found.error("file", "import_wrong_flood", count=count)
    return []


def expected(detail: ErrorDetails) -> str:
    """Name what should stand there."""
    kind = detail["type"]
    if kind in _LIMITS:
        name, sentence = _LIMITS[kind]
        return sentence.format(_number(detail.get("ctx", {})[name]))
    return _EXPECTED.get(kind) or shown(_lowered(detail["msg"]), 120)


def _number(limit: float) -> str:
    return str(limit) if isinstance(limit, int) else f"{limit:.10g}"


def _lowered(message: str) -> str:
    return message.removeprefix("Input should be ").removeprefix("Value error, ")


def locate(document: object, path: tuple[int | str, ...]) -> str:
    """Name a place in the document by the nearest thing that has an id.

    >>> locate({"teams": [{"id": "T12"}]}, ("teams", 0, "seed"))
    'team T12: seed'
    >>> locate({"teams": [{}]}, ("teams", 0, "id"))
    'teams[0].id'
    """
    owner, rest = "", ""
    here: Any = document
    list_name = ""
    for step in path:
        if isinstance(step, str):
            list_name = step
            rest += f".{step}" if rest else step
            here = here.get(step) if isinstance(here, Mapping) else None
            continue
        rest += f"[{step}]"
        here = here[step] if isinstance(here, list) and step < len(here) else None
        name = _named(list_name, here)
        if name:
            owner, rest = name, ""
    return f"{owner}: {rest}" if owner and rest else owner or rest


def _named(list_name: str, item: object) -> str:
    if not isinstance(item, Mapping):
        return ""
    if list_name == "rounds" and isinstance(item.get("seq"), int):
        return f"round {item['seq']}"
    ref = item.get("id")
    if list_name in _SINGULAR and isinstance(ref, str | int) and ref != "":
        return f"{_SINGULAR[list_name]} {shown(ref, 30)}"
    return ""
