"""Reads archives: bytes in, a checked document or the list of all that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from tabapp.core.errors import Problem
from tabapp.domain.archive import FORMAT, VERSION, Archive
from tabapp.exchange.archive_checks import check_archive
from tabapp.exchange.findings import Findings
from tabapp.exchange.imported import Imported
from tabapp.exchange.strict_json import parse_json
from tabapp.exchange.texts import shown
from tabapp.exchange.wrong_values import note_wrong_values


def read_archive(data: bytes, where: str) -> Imported:
    """Read and check one archive. ``where`` names the source in the problems.

    The archive is None when the text is no archive of a version that is known here, or when a
    value has the wrong type; otherwise it comes with all problems of ``check_archive``.
    """
    document, problems = parse_json(data)
    if document is None:
        return _refused(problems or [Problem.of("error", where, "import_not_archive", file=where)])
    wrong = _check_head(document, where)
    if wrong is not None:
        return _refused([wrong])
    try:
        archive = Archive.model_validate(document)
    except ValidationError as error:
        found = Findings()
        note_wrong_values(error, document, found)
        return _refused(problems + found.listed())
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
