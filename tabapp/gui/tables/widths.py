"""How wide columns are: by a sample of their content, then shared out to fill the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import nlargest

from tabapp.gui import chips, fonts
from tabapp.gui.tables.cell_painter import PAD
from tabapp.gui.tables.cells import Column, Row, Value, whole_text
from tabapp.gui.tables.painters import PAINTERS

SAMPLE = 120
"""Rows measured: enough for the widest of a page, so that 1000 rows cost what 100 do."""
LONGEST = 24
"""Values among which the widest is looked for: those with the most letters."""
SORT_MARK = 14
LEAST_STRETCH = 96
_MOST = 420


def title_width(column: Column) -> int:
    """Return the width of a title with its chip and the mark of the order."""
    width = fonts.width("header", column.title) + SORT_MARK
    if column.side:
        width += chips.side_width(column.side) + 7
    return round(width + 0.5) + 2 * PAD


def natural_widths(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Return the width of each column at which nothing of the sample is cut."""
    step = max(1, len(rows) // SAMPLE)
    sample = [row.cells for row in rows[::step] if not row.line]
    widths = []
    for i, column in enumerate(columns):
        if column.width is not None:
            widths.append(column.width)
            continue
        content = _content(column, [cells[i] for cells in sample])
        widths.append(min(_MOST, max(content, title_width(column))))
    return widths


def _content(column: Column, values: list[Value]) -> int:
    """Return the width of the widest value.

    In a column that stretches one name in ten may be condensed, so that a single long one does not
    push the others away.
    """
    if not values:
        return 0
    painter = PAINTERS[column.kind]
    longest = nlargest(LONGEST, values, key=lambda value: len(whole_text(value, column)))
    if not column.stretch:
        return max(painter.natural(value, column) for value in longest)
    full = sorted(painter.natural(value, column) for value in values)
    most = full[(len(full) - 1) * 9 // 10]
    return max(most, *(painter.narrow(value, column) for value in longest))


def shared_out(
    columns: Sequence[Column],
    natural: Sequence[int],
    room: int,
    chosen: Mapping[str, int],
) -> list[int]:
    """Return the widths for a table ``room`` wide; those that a person chose stay.

    What is left over goes to the columns that stretch, the narrowest first, so that they become
    equal where they can; what is missing is taken from them,
    the widest first, down to a least width. Then the table scrolls.
    """
    widths = [chosen.get(column.key, width) for column, width in zip(columns, natural, strict=True)]
    free = [i for i, c in enumerate(columns) if c.stretch and c.key not in chosen]
    spare = room - sum(widths)
    while spare > 0 and free:
        least = min(widths[i] for i in free)
        lowest = [i for i in free if widths[i] == least]
        up_to = min((widths[i] for i in free if widths[i] > least), default=least + spare)
        each = min(up_to - least, spare // len(lowest))
        for i in lowest[: None if each else spare]:
            widths[i] += max(1, each)
            spare -= max(1, each)
    while spare < 0:
        wide = [i for i in free if widths[i] > _least(columns[i])]
        if not wide:
            break
        widest = max(wide, key=lambda i: widths[i])
        others = [widths[i] for i in wide if i != widest]
        down_to = max([_least(columns[widest]), *[w for w in others if w < widths[widest]]])
        cut = max(1, min(-spare, widths[widest] - down_to))
        widths[widest] -= cut
        spare += cut
    return widths


def _least(column: Column) -> int:
    return column.least or LEAST_STRETCH
