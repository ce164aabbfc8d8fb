"""A table of results as rows and columns of the window."""

from __future__ import annotations

from tabapp.domain.side_names import side_title
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Side
from tabapp.gui.messages import tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.result_line import BreakLine
from tabapp.services.result_marks import RoundMark
from tabapp.services.results import ColumnInfo, ResultLine, ResultsTable

STAYING = 2
"""Columns that stay when the table is scrolled sideways: rank and name."""
LINE = "line of the break"
_VALUE = "value:"
_LEAST_NAME = 176
"""A name stays readable; then the table scrolls, and the name stays."""
_WON_LOST = ("W", "L")
_LEAST_TREND = 2
"""Rounds from which on a trend can be seen."""
_NAMES = {
    "teams": ("Team", "Institution"), "speakers": ("Speaker", "Team"),
    "replies": ("Speaker", "Team"), "adjudicators": ("Judge", "Institution"),
}


def columns_of(table: ResultsTable) -> tuple[Column, ...]:
    """Return the columns: rank, names, what ranks, what is only shown, the rounds, their trend."""
    name, detail = _NAMES[table.request.kind]
    person = table.request.kind != "teams"
    shown = [
        Column("rank", "#", Kind.NUMBER, 52),
        Column("name", tr(name), Kind.PERSON if person else Kind.IDENTITY, stretch=True,
               least=_LEAST_NAME),
        Column("detail", tr(detail), stretch=True),
    ]
    first = next((one.key for one in table.columns if one.ranks), "")
    shown += [_value_column(one, strong=one.key == first) for one in table.columns]
    band = _band(table)
    shown += [Column(name, name, Kind.PLACE, band=band) for name in table.rounds]
    if _has_trend(table):
        shown.append(Column("trend", tr("Trend"), Kind.TREND, tip=tr("Scores round by round")))
    return tuple(shown)


def _band(table: ResultsTable) -> str:
    if table.request.kind != "teams":
        return tr("Rounds: score")
    pairs = any(
        mark.side in TWO_SIDES for line in table.lines for mark in line.rounds if mark is not None)
    return tr("Rounds: won or lost, and score") if pairs else tr("Rounds: place and score")


def _value_column(one: ColumnInfo, *, strong: bool) -> Column:
    return Column(
        f"{_VALUE}{one.key}", tr(one.title), Kind.NUMBER, decimals=one.decimals, strong=strong,
        band=tr("Ranking") if one.ranks else tr("Shown"), tip=tr(one.meaning),
    )


def explained(column: str) -> str:
    """Return what is explained in a column, "" where there is no number."""
    if column in ("name", "detail", "trend"):
        return ""
    return column.removeprefix(_VALUE)


def rows_of(table: ResultsTable) -> list[Row]:
    """Return the rows in rank order, with the line of the break between them."""
    decimals = {one.key: one.decimals for one in table.columns}
    scores = [
        mark.score for line in table.lines for mark in line.rounds
        if mark is not None and mark.score is not None]
    span = (min(scores), max(scores)) if scores and _has_trend(table) else None
    tenths = 0 if all(one == round(one) for one in scores) else 1
    rows = [_row(line, decimals, table.side_names, span, tenths) for line in table.lines]
    if table.line is not None:
        rows.insert(table.line.rows, Row(LINE, line=_line_words(table.line)))
    return rows


def _has_trend(table: ResultsTable) -> bool:
    return len(table.rounds) >= _LEAST_TREND and any(
        mark is not None and mark.score is not None
        for line in table.lines for mark in line.rounds)


def _line_words(line: BreakLine) -> str:
    words = tr("{n} break, as it stands", n=line.size)
    if line.after:
        words = tr("{n} break, as it stood after {round}", n=line.size, round=line.after)
    if not line.level:
        return words
    return tr(
        "{words}: {level} are level for {open}", words=words, level=line.level,
        open=tr("the last place") if line.open == 1 else tr("{n} places", n=line.open))


def _row(
    line: ResultLine, decimals: dict[str, int | None], names: str,
    span: tuple[float, float] | None, tenths: int,
) -> Row:
    rank = Cell(
        "–" if line.rank is None else f"{line.rank}=" if line.tied else str(line.rank),
        sort=10**6 if line.rank is None else line.rank,
    )
    values: list[Value] = [_number(line.values.get(key)) for key in decimals]
    marks: list[Value] = [_mark(mark, names, tenths) if mark else None for mark in line.rounds]
    trend: list[Value] = [_trend(line, span)] if span is not None else []
    return Row(line.id, (rank, line.name, line.detail, *values, *marks, *trend))


def _mark(mark: RoundMark, names: str, decimals: int) -> Cell:
    """Return the result of a round; a score of several judges' mean is in full in the tip."""
    note = "" if mark.score is None else f"{mark.score:.{decimals}f}"
    if not mark.side:
        return Cell(sort=mark.score, note=note)
    side = side_title(Side(mark.side), names)
    if mark.place is None:
        said = "–"
    else:
        said = str(mark.place) if mark.side in BP_SIDES else tr(_WON_LOST[mark.place - 1])
    tip = side if mark.score is None else tr("{side}, {score}", side=side, score=f"{mark.score:g}")
    return Cell(
        said, sort=9 if mark.place is None else mark.place, note=note,
        tone="done" if mark.place == 1 else "", tip=tip)


def _trend(line: ResultLine, span: tuple[float, float]) -> Cell:
    """Return the scores of a row between the least and the most of the table."""
    least, most = span
    scores = [mark.score if mark else None for mark in line.rounds]
    known = [one for one in scores if one is not None]
    return Cell(
        sort=known[-1] - known[0] if known else None,
        points=tuple(
            -1.0 if one is None else (one - least) / (most - least or 1.0) for one in scores))


def _number(value: object) -> Value:
    if value is None or isinstance(value, (int, float)):
        return value
    return Cell(str(value), sort=-1)
