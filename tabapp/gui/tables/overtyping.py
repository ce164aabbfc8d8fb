"""What is typed in a cell never takes the place of something that the person has not seen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from tabapp.core.errors import UserError
from tabapp.gui.tables.cells import Column, Row, text_of


def check_unchanged(
    rows: Iterable[Row], columns: Sequence[Column], key: Hashable, column: str, seen: str
) -> None:
    """Refuse to store what was typed over ``seen`` where the cell says something else by now.

    ``rows`` are made from what is stored at this moment, in the unit that will write.
    """
    at = next(i for i, one in enumerate(columns) if one.key == column)
    row = next((one for one in rows if one.key == key), None)
    if row is None:
        return  # gone: the service says so, by its name
    now = text_of(row.cells[at], columns[at])
    if now.split() != seen.split():
        raise UserError("cell_changed_elsewhere", value=now, seen=seen)
