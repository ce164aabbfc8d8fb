"""Reads archives: bytes in, a checked document or the list of all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from tabapp.core.errors import Problem
from tabapp.domain.archive import FORMAT, VERSION, Archive
from tabapp.exchange.archive_checks import check_archive
from tabapp.exchange.imported import Imported
from tabapp.exchange.strict_json import MAX_PROBLEMS, parse_json, shown

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


def read_archive(data: bytes, where: str) -> Imported:
    """Read and check one archive. ``where`` names the source in the problems.

    The archive is None when the text is no archive of a version that is known here, or when a
    value has the wrong type; otherwise it comes with all problems of ``check_archive``.
    """
    document, problems = parse_json(data)
    if document is None or any(problem.code == "import_too_deep" for problem in problems):
        return _refused(problems or [Problem.of("error", where, "import_not_archive", file=where)])
    wrong = _check_head(document, where)
    if wrong is not None:
        return _refused([wrong])
    try:
        archive = Archive.model_validate(document)
    except ValidationError as error:
        return _refused(problems + _wrong_values(error, document))
    if problems:
        return _refused(problems)
    return Imported(archive, tuple(check_archive(archive)), "archive")


def _refused(problems: list[Problem]) -> Imported:
    return Imported(None, tuple(problems), "archive")


def _check_head(document: object, where: str) -> Problem | None:
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        return Problem.of("error", where, "import_not_archive", file=where)
    version = document.get("version", VERSION)
    if type(version) is not int or version < 1:
        return Problem.of("error", "version", "import_bad_version", version=shown(version))
    if version > VERSION:
        return Problem.of(
            "error", "version", "import_newer_version", version=version, known=VERSION
        )
    return None


def _wrong_values(error: ValidationError, document: object) -> list[Problem]:
    problems = []
    details = error.errors(include_url=False, include_context=False)
    for detail in details[:MAX_PROBLEMS]:
        where = locate(document, detail["loc"])
        kind = detail["type"]
        if kind == "missing":
            code, facts = "import_missing_key", {"key": detail["loc"][-1]}
        else:
            expected = _EXPECTED.get(kind) or shown(_lowered(detail["msg"]), 120)
            code = "import_wrong_value"
            facts = {"value": shown(detail["input"]), "expected": expected}
        problems.append(Problem.of("error", where, code, place=where, **facts))
    if len(details) > MAX_PROBLEMS:
        more = len(details) - MAX_PROBLEMS
        problems.append(Problem.of("error", "file", "import_more_problems", more=more))
    return problems


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
