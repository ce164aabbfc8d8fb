"""The two lists of the welcome page: recent tournaments, and formats to begin with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.domain.formats import Settings, presets, resolve
from tabapp.domain.side_names import side_short
from tabapp.gui.dialogs.new_tournament import format_line
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.welcome.recents import Recent
from tabapp.gui.welcome.tiles import RECENT_HEIGHT, FormatTile, RecentTile, Tile
from tabapp.gui.widgets.cards import Card

SHOWN = 3
"""Recent tournaments that are seen without scrolling."""
FIRST = ("bp", "australs", "wsdc", "uadc", "apda", "karl-popper")
"""The formats that are shown before more are asked for."""
ACROSS = 3
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def when_in_words(at: datetime | None, today: date) -> str:
    """Return "today 15:46", "yesterday 9:12", "12 April" or "2 March 2025"."""
    if at is None:
        return ""
    days = (today - at.date()).days
    if days in (0, 1):
        return tr("today {time}" if days == 0 else "yesterday {time}", time=f"{at:%H:%M}")
    words = f"{at.day} {tr(_MONTHS[at.month - 1])}"
    return words if at.year == today.year else f"{words} {at.year}"


def state_in_words(recent: Recent) -> tuple[str, str, str]:
    """Return icon, tone and words of how far a tournament is."""
    if recent.missing:
        return "triangle-alert", "attention", tr("not found: moved, or its disk is not plugged in")
    found = recent.found
    if found is None:
        return "circle-help", "", "" if "://" in recent.target else tr("cannot be looked into")
    if found.phase == "finished":
        return "check", "done", tr("all rounds completed")
    if found.phase == "empty":
        return "circle", "", tr("being set up")
    words = {
        "draw": tr("not drawn yet"), "drawn": tr("not released yet"),
        "ballots": tr("ballots coming in"), "complete": tr("all ballots in"),
    }[found.phase]
    return "timer", "", tr("{round}, {state}", round=found.round, state=words)


class RecentList(Card):
    """Recent tournaments: arrows choose, Enter opens, Del takes one off the list."""

    opened = Signal(str)
    forgotten = Signal(str)
    left = Signal(int)
    """The keys went beyond its first (-1) or last (1) tile."""

    def __init__(self) -> None:
        super().__init__(padding=1)
        self.setAccessibleName(tr("Recent"))
        self.tiles: list[RecentTile] = []
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll.setWidget(self._inner)
        self.body.addWidget(self._scroll)

    def show_recents(self, recents: Sequence[Recent], today: date) -> None:
        """Show these; the keys stay in their place of the list."""
        held = next((i for i, one in enumerate(self.tiles) if one.hasFocus()), None)
        for old in self.tiles:
            self._column.removeWidget(old)
            old.deleteLater()
        self.tiles = []
        for one in recents:
            tile = self._tile(one, today)
            self._column.addWidget(tile)
            self.tiles.append(tile)
        if self.tiles:
            self.tiles[-1].is_last = True
            if held is not None:
                self.tiles[min(held, len(self.tiles) - 1)].setFocus()
        self.setFixedHeight(RECENT_HEIGHT * min(SHOWN, max(1, len(recents))) + 2)

    def _tile(self, one: Recent, today: date) -> RecentTile:
        icon, tone, state = state_in_words(one)
        line = one.format
        if one.teams:
            line = f"{line} · {count(one.teams, 'team', 'teams')}" if line else ""
        if one.found is not None and one.found.others:
            others = count(one.found.others, "more tournament", "more tournaments")
            line = tr("{line} · and {others}", line=line, others=others)
        tile = RecentTile(
            one.name, line, one.target, icon=icon, tone=tone, state=state,
            when=when_in_words(one.at, today))
        tile.clicked.connect(lambda: self.opened.emit(one.target))
        tile.forgotten.connect(lambda: self.forgotten.emit(one.target))
        tile.moved.connect(lambda _across, down: self._move(tile, down))
        tile.focused.connect(lambda: self._scroll.ensureWidgetVisible(tile, 0, 0))
        return tile

    def _move(self, tile: RecentTile, down: int) -> None:
        at = self.tiles.index(tile) + down
        if 0 <= at < len(self.tiles):
            self.tiles[at].setFocus(Qt.FocusReason.OtherFocusReason)
        elif down:
            self.left.emit(down)


def _side_words(settings: Settings) -> tuple[str, ...]:
    return tuple(side_short(side, settings.side_names) for side in settings.sides)


class FormatGrid(QWidget):
    """Formats as cards: arrows choose, Enter begins a tournament of it."""

    chosen = Signal(str)
    left = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.preset = FIRST[0]
        self.tiles: list[Tile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.GAP)
        for column in range(ACROSS):
            self._grid.setColumnStretch(column, 1)
        for name in FIRST:
            self._add(name)

    def more(self) -> None:
        """Show the other formats too, and go to the first of them."""
        at = len(self.tiles)
        for name in self.hidden_names():
            self._add(name)
            self.tiles[-1].show()  # at once, so that it can take the keys
        if at < len(self.tiles):
            self.tiles[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def hidden_names(self) -> list[str]:
        """Return the formats that are not shown yet."""
        shown = {tile.property("preset") for tile in self.tiles}
        return [one.name for one in presets() if one.name not in shown]

    def _add(self, name: str) -> None:
        preset = next(one for one in presets() if one.name == name)
        settings = resolve(name, {})
        title, _, rest = preset.title.partition(" (")
        source, _, differs = rest.partition(")")
        tile = FormatTile(
            title, format_line(settings), _side_words(settings), differs.strip(", ") or source)
        tile.setProperty("preset", name)
        at = len(self.tiles)
        self._grid.addWidget(tile, at // ACROSS, at % ACROSS)
        self.tiles.append(tile)
        tile.clicked.connect(lambda: self.chosen.emit(name))
        tile.focused.connect(lambda: setattr(self, "preset", name))
        tile.moved.connect(lambda across, down: self._move(at, across, down))

    def _move(self, at: int, across: int, down: int) -> None:
        to = at + across + ACROSS * down
        if 0 <= to < len(self.tiles):
            self.tiles[to].setFocus(Qt.FocusReason.OtherFocusReason)
        elif down:
            self.left.emit(down)
