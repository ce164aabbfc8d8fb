"""The open rooms whose results move the chances of a category the most."""

from __future__ import annotations

from PySide6.QtCore import Signal

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.outlook_rows import percent
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.services.break_outlook import RoomToWatch

_MOST = 60
_COLUMNS = (
    Column("room", tr("Room"), Kind.IDENTITY, stretch=True, least=90),
    Column("teams", tr("Whose chance it moves"), Kind.TEXT, stretch=True, least=110),
    Column("worth", tr("Moves"), Kind.NUMBER, decimals=2,
           tip=tr("By how many places its result is expected to move chances, all teams together")),
)


class RoomsToWatch(TableCard):
    """A short list: Enter opens the ballot of a room."""

    opened = Signal(object)
    """The ``RoomToWatch`` that was chosen."""

    def __init__(self) -> None:
        self.model = TableModel(_COLUMNS)
        self.table = TableView(self.model, tr("Rooms to watch"))
        super().__init__(self.table)
        self.model.setParent(self)
        self.setFocusProxy(self.table)
        self._rooms: dict[str, RoomToWatch] = {}
        self.table.opened.connect(lambda key: self.opened.emit(self._rooms[str(key)]))

    def show_rooms(self, rooms: tuple[RoomToWatch, ...]) -> None:
        """Show rooms; the cursor stays at its one."""
        self._rooms = {one.debate: one for one in rooms[:_MOST]}
        self.model.set_rows([_row(one) for one in self._rooms.values()])
        if self.table.current_key() is None and self.model.shown:
            self.table.go_to(self.model.shown[0].key)


def _row(room: RoomToWatch) -> Row:
    teams = [f"{name} {percent(p)}" for name, p in room.teams]
    return Row(room.debate, (
        Cell(room.room, tip=f"{room.room}, {room.round_name}"),
        Cell(", ".join(teams), tip="\n".join(teams)), room.worth))
