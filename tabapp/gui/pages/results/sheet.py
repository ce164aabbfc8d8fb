"""A table of results as rows and columns of the window."""

from __future__ import annotations

from tabapp.domain.side_names import side_title
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Side
from tabapp.gui.messages import tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.results import ColumnInfo, ResultLine, ResultsTable, RoundMark

_ROUND = 62
_WIDE_ROUND = 76
"""A score of three speakers and a reply has three digits and a decimal."""
_WON_LOST = ("W", "L")

_NAMES = {
    "teams": ("Team", "Institution"), "speakers": ("Speaker", "Team"),
    "replies": ("Speaker", "Team"), "adjudicators": ("Judge", "Institution"),
}


def columns_of(table: ResultsTable) -> tuple[Column, ...]:
    """Return the columns: rank, names, what ranks, what is only shown, the rounds."""
    name, detail = _NAMES[table.request.kind]
    person = table.request.kind != "teams"
    shown = [
        Column("rank", "#", Kind.NUMBER, 52),
        Column("name", tr(name), Kind.PERSON if person else Kind.IDENTITY, stretch=True),
        Column("detail", tr(detail), stretch=True),
    ]
    first = next((one.key for one in table.columns if one.ranks), "")
    shown += [_value_column(one, strong=one.key == first) for one in table.columns]
    pairs = any(
        mark.side in TWO_SIDES for line in table.lines for mark in line.rounds if mark is not None)
    band = tr("Rounds: won or lost, and score") if pairs else tr("Rounds: place and score")
    width = _WIDE_ROUND if pairs else _ROUND
    shown += [Column(name, name, Kind.TEXT, width, band=band) for name in table.rounds]
    return tuple(shown)


def _value_column(one: ColumnInfo, *, strong: bool) -> Column:
    return Column(
        f"value:{one.key}", tr(one.title), Kind.NUMBER, decimals=one.decimals, strong=strong,
        band=tr("Ranking") if one.ranks else tr("Shown"), tip=tr(one.meaning),
    )


def rows_of(table: ResultsTable) -> list[Row]:
    """Return the rows in rank order."""
    decimals = {one.key: one.decimals for one in table.columns}
    return [_row(line, decimals, table.side_names) for line in table.lines]


def _row(line: ResultLine, decimals: dict[str, int | None], names: str) -> Row:
    rank = Cell(
        "–" if line.rank is None else f"{line.rank}=" if line.tied else str(line.rank),
        sort=10**6 if line.rank is None else line.rank,
    )
    values: list[Value] = [_number(line.values.get(key)) for key in decimals]
    marks: list[Value] = [_mark(mark, names) if mark else None for mark in line.rounds]
    return Row(line.id, (rank, line.name, line.detail, *values, *marks))


def _mark(mark: RoundMark, names: str) -> Cell:
    """Return the result of a round; a score of several judges' mean is in full in the tip."""
    side = side_title(Side(mark.side), names)
    if mark.place is None:
        said = "–"
    else:
        said = str(mark.place) if mark.side in BP_SIDES else tr(_WON_LOST[mark.place - 1])
    tip = side if mark.score is None else tr("{side}, {score}", side=side, score=f"{mark.score:g}")
    return Cell(
        said, sort=9 if mark.place is None else mark.place,
        note="" if mark.score is None else f"{round(mark.score, 1):g}", tip=tip)


def _number(value: object) -> Value:
    if value is None or isinstance(value, (int, float)):
        return value
    return Cell(str(value), sort=-1)
