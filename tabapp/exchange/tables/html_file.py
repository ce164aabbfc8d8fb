"""Tables as one page that needs nothing else: no network, and no script but its own for sorting.

The page's own rule for browsers (Content-Security-Policy) names that one script by its hash, so
that no other runs whatever a name holds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from tabapp.core.resources import resource_path
from tabapp.exchange.tables.document import CellValue, Column, Document, Place, Table, plain, shown


def to_html(document: Document) -> bytes:
    """Return the file."""
    style, script = (
        resource_path("html", name).read_text(encoding="utf-8")
        for name in ("table.css", "table.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rule = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    tables = list(document.for_reading())
    lines = [
        "<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(rule)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(document.title)}</title>", f"<style>{style}</style>", "</head>", "<body>",
        "<header>", f"<h1><bdi>{_text(document.title)}</bdi></h1>",
        *(f"<p><bdi>{_text(fact)}</bdi></p>" for fact in document.facts), "</header>",
    ]
    for table in tables:
        lines += _section(table, named=len(tables) > 1)
    lines += [f"<script>{script}</script>", "</body>", "</html>", ""]
    return "\n".join(lines).encode()


def _section(table: Table, *, named: bool) -> Iterator[str]:
    yield "<section>"
    if named:
        yield f"<h2><bdi>{_text(table.title)}</bdi></h2>"
    if table.note:
        yield f"<p><bdi>{_text(table.note)}</bdi></p>"
    label = escape(plain(table.title), quote=True)
    yield f'<div class="wide"><table aria-label="{label}"><thead><tr>'
    for column in table.columns:
        tip = f' title="{escape(plain(column.meaning), quote=True)}"' if column.meaning else ""
        yield (
            f'<th scope="col"{_class(column)}{tip}><button type="button">{_text(column.title)}'
            "</button></th>")
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(
            _cell(value, column)
            for value, column in zip(row, table.columns, strict=True)) + "</tr>"
    yield "</tbody></table></div></section>"


def _cell(value: CellValue, column: Column) -> str:
    """Return a cell; a number carries its whole value, by which the column is sorted."""
    words = _text(shown(value, column))
    if column.names:
        return f'<th scope="row"><bdi>{words}</bdi></th>'
    number = value.number if isinstance(value, Place) else value
    if isinstance(number, int | float):
        return f'<td{_class(column)} data-v="{number}">{words}</td>'
    return f"<td{_class(column)}><bdi>{words}</bdi></td>" if words else f"<td{_class(column)}></td>"


def _class(column: Column) -> str:
    return ' class="n"' if column.is_right else ""


def _text(text: str) -> str:
    return escape(plain(text), quote=False)
