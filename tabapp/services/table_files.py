"""Tables of results as files, for spreadsheets and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from tabapp.core.errors import UserError
from tabapp.core.files import write_whole
from tabapp.exchange.table_csv import write_table
from tabapp.services.results import ResultsTable, as_spreadsheet

SUFFIXES = (".csv", ".json")


def write_table_file(table: ResultsTable, output: Path) -> int:
    """Write a table; the kind of file follows from the suffix. Return the number of rows.

    ``UserError`` ``table_kind_unknown`` or ``file_not_written``.
    """
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError("table_kind_unknown", suffix=output.suffix or output.name)
    header, rows = as_spreadsheet(table)
    if suffix == ".csv":
        content = write_table(header, rows)
    else:
        records = [
            {"id": line.id, "name": line.name, "rank": line.rank, "tied": line.tied,
             "values": dict(line.values)}
            for line in table.lines
        ]
        content = (json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode()
    try:
        write_whole(output, content)
    except OSError as error:
        raise UserError(
            "file_not_written", file=output, reason=error.strerror or str(error)) from error
    return len(rows)
