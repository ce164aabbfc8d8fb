"""A document as the bytes of a file, of the kind that its name's ending asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from tabapp.exchange.tables.csv_file import to_csv
from tabapp.exchange.tables.document import Document
from tabapp.exchange.tables.json_file import to_json

Suffix = Literal[".csv", ".xlsx", ".json", ".html", ".pdf"]
SUFFIXES: tuple[Suffix, ...] = get_args(Suffix)


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a file, and what a person has to be told of them."""

    content: bytes
    lacking: str = ""
    """Letters that no font could show, "" where all are there."""


def render(document: Document, suffix: Suffix) -> Written:
    """Return a document as a file of this kind; what only one kind needs is loaded for it alone."""
    if suffix == ".pdf":
        from tabapp.exchange.tables.pdf_file import to_pdf  # noqa: PLC0415 - loads Typst

        content, lacking = to_pdf(document)
        return Written(content, ", ".join(lacking))
    return Written(_writer(suffix)(document))


def _writer(suffix: Suffix) -> Callable[[Document], bytes]:
    if suffix == ".xlsx":
        from tabapp.exchange.tables.xlsx_file import to_xlsx  # noqa: PLC0415 - loads XlsxWriter

        return to_xlsx
    if suffix == ".html":
        from tabapp.exchange.tables.html_file import to_html  # noqa: PLC0415 - reads its style

        return to_html
    return to_json if suffix == ".json" else to_csv
