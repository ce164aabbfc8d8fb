"""A table of results as rows and columns of the window."""

from __future__ import annotations

from tabapp.gui.messages import tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.services.results import ColumnInfo, ResultLine, ResultsTable

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
    band = tr("Rounds: place and score")
    shown += [
        Column(name, name, Kind.TEXT, 62, band=band) for name in table.rounds]
    return tuple(shown)


def _value_column(one: ColumnInfo, *, strong: bool) -> Column:
    return Column(
        f"value:{one.key}", tr(one.title), Kind.NUMBER, decimals=one.decimals, strong=strong,
        band=tr("Ranking") if one.ranks else tr("Shown"), tip=tr(one.meaning),
    )


def rows_of(table: ResultsTable) -> list[Row]:
    """Return the rows in rank order."""
    decimals = {one.key: one.decimals for one in table.columns}
    return [_row(line, decimals) for line in table.lines]


def _row(line: ResultLine, decimals: dict[str, int | None]) -> Row:
    rank = Cell(
        "–" if line.rank is None else f"{line.rank}=" if line.tied else str(line.rank),
        sort=10**6 if line.rank is None else line.rank,
    )
    values: list[Value] = [_number(line.values.get(key)) for key in decimals]
    marks: list[Value] = [
        None if mark is None else Cell(
            "–" if mark.place is None else str(mark.place),
            sort=9 if mark.place is None else mark.place,
            note="" if mark.score is None else f"{mark.score:g}", tip=mark.side.upper(),
        )
        for mark in line.rounds
    ]
    return Row(line.id, (rank, line.name, line.detail, *values, *marks))


def _number(value: object) -> Value:
    if value is None or isinstance(value, (int, float)):
        return value
    return Cell(str(value), sort=-1)
