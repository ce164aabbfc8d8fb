"""The draw as rows of a table: by bracket, by room, by team."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.side_names import side_short, side_title
from tabapp.domain.types import DrawType, Side
from tabapp.gui.messages import count, tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.order import known_again, natural
from tabapp.services.draw_guard import DrawGuard
from tabapp.services.draw_sheet import DrawSheet, SheetRoom, SheetTeam

Order = Literal["bracket", "room", "team"]
ORDERS: tuple[Order, ...] = ("bracket", "room", "team")
_FLAGS_WIDTH = 36
_WITHOUT_BRACKETS = frozenset({
    DrawType.ELIMINATION, DrawType.ROUND_ROBIN, DrawType.SEEDED, DrawType.MANUAL})


def chip_of(side: Side, names: str = "aff-neg") -> str:
    """Return the letters of a side's chip by the setting ``side_names``; nothing for a bye."""
    return side_short(side, names)


def points_text(points: float) -> str:
    """Return points as they are read: whole ones without a decimal."""
    return f"{points:g}"


def columns(sheet: DrawSheet, order: Order) -> tuple[Column, ...]:
    """Return the columns of an order; out-rounds have no points."""
    record = _record_title(sheet)
    flags = Column("flags", "", Kind.TEXT, width=_FLAGS_WIDTH)
    pairs = len(sheet.owner.settings.sides) == 2
    judges = Column("judges", tr("Judges"), Kind.PERSON, stretch=pairs)
    scored = () if sheet.is_elimination else (
        Column(
            "points", tr("Pts"), Kind.NUMBER, width=46, strong=True,
            once_per_group=order == "bracket", tip=tr("Points of the bracket")),)
    if order == "team":
        return (
            Column("team", tr("Team"), Kind.IDENTITY, stretch=True),
            *((Column("points", tr("Pts"), Kind.NUMBER, width=46),) if scored else ()),
            Column("side", tr("Side"), Kind.SIDE),
            *((Column("record", record, tip=tr("Sides before this round")),) if record else ()),
            Column("room", tr("Room")), Column("against", tr("Against"), stretch=True),
            judges, flags,
        )
    return (
        *scored, Column("room", tr("Room"), Kind.IDENTITY),
        *(_side_column(sheet, side) for side in sheet.owner.settings.sides), judges, flags,
    )


def _record_title(sheet: DrawSheet) -> str:
    """Return what stands above how often a team of a pair stood on each side, "" for none."""
    settings = sheet.owner.settings
    if sheet.is_elimination or len(settings.sides) != 2:
        return ""
    return "–".join(tr(chip_of(side, settings.side_names)) for side in settings.sides)


def _side_column(sheet: DrawSheet, side: Side) -> Column:
    names, record = sheet.owner.settings.side_names, _record_title(sheet)
    return Column(
        side.value, tr(side_title(side, names)), stretch=True, side=chip_of(side, names),
        note=tr("Pts · {sides}", sides=record) if record else "",
        tip=tr("Points and sides before this round") if record else "")


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
    guard: DrawGuard | None = None
    """What a draw made now would leave out, where nothing is drawn."""

    def rows_in(self, order: Order, flags_only: bool) -> list[Row] | None:
        """Return the rows if they are those of this order, else None."""
        return self.rows if (order, flags_only) == (self.order, self.flags_only) else None


def view_of(
    sheet: DrawSheet, order: Order, known: Iterable[Row], *, flags_only: bool,
    guard: DrawGuard | None = None,
) -> DrawView:
    """Make the rows of an order; those equal to ``known`` ones are these themselves."""
    made = rows(sheet, order, flags_only=flags_only)
    return DrawView(sheet, order, flags_only, known_again(made, known), guard)


def has_bracket(sheet: DrawSheet, room: SheetRoom) -> bool:
    """Tell whether points have put the room where it is."""
    return sheet.round.draw_type not in _WITHOUT_BRACKETS and not room.is_bye


def _room_row(sheet: DrawSheet, room: SheetRoom, order: Order) -> Row:
    teams = {team.side: team for team in room.teams}
    sides: list[Value] = [
        _team_cell(sheet, teams[side]) if side in teams else None
        for side in sheet.owner.settings.sides
    ]
    if room.is_bye:
        resting = room.teams[0]
        sides[0] = Cell(
            resting.name, aside=tr("has a bye"), note=_record_of(sheet, resting))
    points: tuple[Value, ...] = () if sheet.is_elimination else (
        Cell(points_text(room.bracket), sort=room.bracket) if has_bracket(sheet, room)
        else None,)
    name = Cell(
        room.name, sort=room.name if room.placed else float(room.rank), aside=_waits(room))
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
        team.name, note=_record_of(sheet, team), icon="arrow-up" if team.pulled_up else None,
        tip=tip)


def _record_of(sheet: DrawSheet, team: SheetTeam) -> str:
    """Return the points of a team, and in rooms of two its sides so far."""
    return " · ".join(filter(None, (points_text(team.points), sides_so_far(sheet, team))))


def sides_so_far(sheet: DrawSheet, team: SheetTeam) -> str:
    """Return how often a team of a pair stood on each side before this round, such as 2–1."""
    found = sheet.book.teams.get(team.id) if sheet.book is not None else None
    if found is None or len(sheet.owner.settings.sides) != 2:
        return ""
    return "–".join(map(str, found.sides[:2]))


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
        chip = chip_of(team.side, sheet.owner.settings.side_names)
        record = (sides_so_far(sheet, team),) if _record_title(sheet) else ()
        yield Row(team.id, (
            team.name, *points, chip, *record,
            tr("Bye") if room.is_bye else Cell(room.name, aside=_waits(room)), others,
            *_tail(room)))


def _waits(room: SheetRoom) -> str:
    return tr("postponed") if room.status == "postponed" else ""


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
