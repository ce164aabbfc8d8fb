"""The draw as rows of a table: by bracket, by room, by team."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.types import Side
from tabapp.gui.messages import count, tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.order import known_again, natural
from tabapp.services.draw_sheet import DrawSheet, SheetRoom, SheetTeam

Order = Literal["bracket", "room", "team"]
ORDERS: tuple[Order, ...] = ("bracket", "room", "team")
_SIDE_TITLES = {
    Side.OG: "Opening Gov", Side.OO: "Opening Opp", Side.CG: "Closing Gov",
    Side.CO: "Closing Opp", Side.AFF: "Affirmative", Side.NEG: "Negative",
}  # fmt: skip
_FLAGS_WIDTH = 36


def chip_of(side: Side) -> str:
    """Return the letters of a side's chip; nothing for a bye."""
    if side is Side.BYE:
        return ""
    return side.value.upper() if len(side.value) == 2 else side.value.capitalize()


def points_text(points: float) -> str:
    """Return points as they are read: whole ones without a decimal."""
    return f"{points:g}"


def columns(sheet: DrawSheet, order: Order) -> tuple[Column, ...]:
    """Return the columns of an order; out-rounds have no points."""
    flags = Column("flags", "", Kind.TEXT, width=_FLAGS_WIDTH)
    judges = Column("judges", tr("Judges"), Kind.PERSON)
    scored = () if sheet.is_elimination else (
        Column(
            "points", tr("Pts"), Kind.NUMBER, width=46, strong=True,
            once_per_group=order == "bracket", tip=tr("Points of the bracket")),)
    if order == "team":
        return (
            Column("team", tr("Team"), Kind.IDENTITY, stretch=True),
            *((Column("points", tr("Pts"), Kind.NUMBER, width=46),) if scored else ()),
            Column("side", tr("Side"), Kind.SIDE), Column("room", tr("Room")),
            Column("against", tr("Against"), stretch=True), judges, flags,
        )
    return (
        *scored, Column("room", tr("Room"), Kind.IDENTITY),
        *(Column(side.value, tr(_SIDE_TITLES[side]), stretch=True, side=chip_of(side))
          for side in sheet.owner.settings.sides),
        judges, flags,
    )


def rows(sheet: DrawSheet, order: Order, *, flags_only: bool = False) -> list[Row]:
    """Return the rows of an order; the keys are debates, in the order by team the teams."""
    rooms = [room for room in sheet.rooms if room.flags or not flags_only]
    if order == "team":
        return sorted(
            (row for room in rooms for row in _team_rows(sheet, room)),
            key=lambda row: natural(str(row.cells[0])))
    if order == "room":
        rooms.sort(key=lambda room: natural(room.name))
    return [_room_row(sheet, room, order) for room in rooms]


@dataclass(frozen=True, slots=True)
class DrawView:
    """A draw with its rows in one order, made in the thread that read it."""

    sheet: DrawSheet
    order: Order
    flags_only: bool
    rows: list[Row]

    def rows_in(self, order: Order, flags_only: bool) -> list[Row] | None:
        """Return the rows if they are those of this order, else None."""
        return self.rows if (order, flags_only) == (self.order, self.flags_only) else None


def view_of(
    sheet: DrawSheet, order: Order, known: Iterable[Row], *, flags_only: bool
) -> DrawView:
    """Make the rows of an order; those equal to ``known`` ones are these themselves."""
    made = rows(sheet, order, flags_only=flags_only)
    return DrawView(sheet, order, flags_only, known_again(made, known))


def _room_row(sheet: DrawSheet, room: SheetRoom, order: Order) -> Row:
    teams = {team.side: team for team in room.teams}
    sides: list[Value] = [
        _team_cell(sheet, teams[side]) if side in teams else None
        for side in sheet.owner.settings.sides
    ]
    if room.is_bye:
        resting = room.teams[0]
        sides[0] = Cell(
            resting.name, aside=tr("has a bye"), note=points_text(resting.points))
    points: tuple[Value, ...] = () if sheet.is_elimination else (
        None if room.is_bye else room.bracket,)
    if points and points[0] is not None:
        points = (Cell(points_text(room.bracket), sort=room.bracket),)
    name = Cell(room.name, sort=room.name if room.placed else float(room.rank))
    return Row(
        room.id, (*points, tr("Bye") if room.is_bye else name, *sides, *_tail(room)),
        group=room.bracket if order == "bracket" else None)


def _team_cell(sheet: DrawSheet, team: SheetTeam) -> Cell:
    if sheet.is_elimination:
        if not team.advances:
            return Cell(team.name)
        return Cell(team.name, icon="check", tone="done", tip=tr("{team} advances", team=team.name))
    tip = tr("{team} is pulled up", team=team.name) if team.pulled_up else ""
    return Cell(
        team.name, note=points_text(team.points), icon="arrow-up" if team.pulled_up else None,
        tip=tip)


def _tail(room: SheetRoom) -> tuple[Value, Value]:
    others = f"+{room.judges - 1}" if room.judges > 1 else ""
    judges: Value = Cell(room.chair, aside=others) if room.chair else (
        Cell(tr("no chair"), aside=others) if room.judges else None)
    flags: Value = None
    if room.flags:
        flags = Cell(icon="triangle-alert", tone="attention", tip="\n".join(room.flags))
    return judges, flags


def _team_rows(sheet: DrawSheet, room: SheetRoom) -> Iterator[Row]:
    for team in room.teams:
        others = ", ".join(one.name for one in room.teams if one is not team)
        points: tuple[Value, ...] = () if sheet.is_elimination else (team.points,)
        if points:
            points = (Cell(points_text(team.points), sort=team.points),)
        yield Row(team.id, (
            team.name, *points, chip_of(team.side), tr("Bye") if room.is_bye else room.name,
            others, *_tail(room)))


def team_at(sheet: DrawSheet, order: Order, key: Hashable, column: str) -> str | None:
    """Return the team that a cell is about, None where it is about none."""
    if order == "team":
        return str(key) if any(t.id == key for r in sheet.rooms for t in r.teams) else None
    room = sheet.room(key) if isinstance(key, int) else None
    if room is None:
        return None
    return next((team.id for team in room.teams if team.side.value == column), None)


def room_at(sheet: DrawSheet, order: Order, key: Hashable) -> SheetRoom | None:
    """Return the room that a row is about."""
    if order != "team":
        return sheet.room(key) if isinstance(key, int) else None
    return next(
        (room for room in sheet.rooms if any(team.id == key for team in room.teams)), None)


def place_of(sheet: DrawSheet, order: Order, team: str) -> tuple[Hashable, str] | None:
    """Return row key and column key of a team's cell."""
    for room in sheet.rooms:
        for one in room.teams:
            if one.id == team:
                return (team, "team") if order == "team" else (room.id, one.side.value)
    return None


def what_goes(sheet: DrawSheet) -> str:
    """Return what goes with a draw when it is deleted or made anew."""
    parts = [count(len(sheet.rooms), "room", "rooms")]
    if sheet.panels:
        parts.append(count(sheet.panels, "panel", "panels"))
    if sheet.ballots:
        parts.append(count(sheet.ballots, "ballot", "ballots"))
    if len(parts) == 1:
        return parts[0]
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])
