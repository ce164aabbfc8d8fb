"""Documents into files, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tabapp.core.errors import Problem, UserError
from tabapp.core.files import at_home, write_whole
from tabapp.core.messages import word
from tabapp.exchange.tables import SUFFIXES, Document, Suffix, render


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: how many rows it holds, and a sentence where it lacks something."""

    file: Path
    rows: int
    remark: str = ""


def check_suffix(output: Path) -> Suffix:
    """Return the kind of file that a name's ending asks for; ``UserError`` for any other."""
    for one in SUFFIXES:
        if one == output.suffix.lower():
            return one
    raise UserError("table_kind_unknown", suffix=output.suffix or output.name)


def check_output(text: str) -> list[Problem]:
    """Return what is wrong with a file as it was typed, at the field ``path``."""
    output = at_home(Path(text.strip()))
    if not text.strip():
        return [Problem.of("error", "path", "export_file_blank")]
    if output.suffix.lower() not in SUFFIXES:
        return [Problem.of(
            "error", "path", "table_kind_unknown", suffix=output.suffix or output.name)]
    if not output.parent.is_dir():
        return [Problem.of("error", "path", "export_folder_missing", folder=output.parent)]
    if output.is_file():
        return [Problem.of("warning", "path", "export_replaces", file=output.name)]
    return []


def write_file(document: Document, output: Path) -> Exported:
    """Write a document; the kind of file follows from the suffix.

    ``UserError``: ``table_kind_unknown``, ``file_not_written``.
    """
    suffix = check_suffix(output)
    made = render(document, suffix)
    write_bytes(output, made.content)
    remark = word("export_letters_lacking", {
        "file": output, "letters": made.lacking}) if made.lacking else ""
    return Exported(output, lines_of(document, suffix), remark)


def lines_of(document: Document, suffix: Suffix) -> int:
    """Return how many rows, or records, a file of this kind has."""
    if suffix == ".json":
        return len(document.records)
    tables = document.printed if suffix in (".html", ".pdf") else ()
    return sum(len(one.rows) for one in tables or document.tables)


def write_bytes(output: Path, content: bytes) -> None:
    """Write a file in place of the old one; ``UserError`` ``file_not_written``."""
    try:
        write_whole(output, content)
    except OSError as error:
        raise UserError(
            "file_not_written", file=output, reason=error.strerror or str(error)) from error
