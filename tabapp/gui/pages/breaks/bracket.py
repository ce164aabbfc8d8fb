"""The picture of the elimination rounds: rooms as cards, lines along which winners go on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.layout import BETWEEN, LINE, PAD, TOP, TROPHY, Box, Key, Layout
from tabapp.gui.tokens import Radius, Ring
from tabapp.services.elimination import Bracket, BracketRoom, BracketTeam

_ELBOW = 1.5
_SEED = 18
_CHAMPION = 150


class BracketView(QWidget):
    """A bracket. Arrows go along the tree, Enter opens a room, Ctrl+C copies all of it."""

    opened = Signal(object)
    """Enter or a double click: the ``Key`` of a room."""
    moved = Signal(QRect)
    """Another room has the cursor: its place."""

    def __init__(self) -> None:
        super().__init__()
        self.bracket = Bracket((), None)
        self._layout = self._least = Layout(self.bracket)
        self._at: Key | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(tr("Bracket"))

    # What is shown

    def show_bracket(self, bracket: Bracket) -> None:
        """Show another state; the cursor stays at its room."""
        self.bracket = bracket
        self._least = Layout(bracket)
        self._layout = Layout(bracket, self._room())
        if self._at not in self._layout.boxes:
            self._at = next(iter(self._layout.column(0)), None)
        self._tell()
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    @property
    def current(self) -> Key | None:
        """Return the room with the cursor."""
        return self._at

    def room(self, key: Key) -> BracketRoom:
        """Return a room."""
        return self._layout.boxes[key].room

    def text(self) -> str:
        """Return the whole bracket in words, a line a room."""
        return "\n".join(
            self._words(key) for number in range(len(self._layout.columns))
            for key in self._layout.column(number))

    def _words(self, key: Key) -> str:
        room, one = self.room(key), self._layout.columns[key[0]].round
        where = room.venue or tr("room {rank}", rank=room.rank)
        teams = ", ".join(self._team_words(team) for team in room.teams)
        if not teams:
            teams = tr("nobody is known yet")
        state = "" if room.debate is not None else " " + tr("(not drawn)")
        return f"{one.name}, {where}{state}: {teams}"

    @staticmethod
    def _team_words(team: BracketTeam) -> str:
        named = f"{team.seed} {team.name}" if team.seed is not None else team.name
        if team.won is None:
            return named
        return tr("{team} advances", team=named) if team.won else tr("{team} is out", team=named)

    def _tell(self) -> None:
        self.setAccessibleDescription(self._words(self._at) if self._at is not None else "")

    # Size

    def sizeHint(self) -> QSize:
        """Ask for room for all rounds and the champion."""
        return QSize(
            self._least.right + self._beside_the_trophy() + 4, self._least.bottom + 4)

    def _beside_the_trophy(self) -> int:
        return _CHAMPION if self.bracket.champion is not None else 0

    def _room(self) -> int:
        return self.width() - self._beside_the_trophy()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let long names have the room that there is."""
        self._layout = Layout(self.bracket, self._room())

    def minimumSizeHint(self) -> QSize:
        """Never be cut; the page scrolls."""
        return self.sizeHint()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint titles, lines, rooms and the trophy."""
        with QPainter(self) as painter:
            for column in self._layout.columns:
                shown, style, _cut = names.fit(
                    column.round.title, "header", column.width + BETWEEN - 4)
                painter.setPen(ink.pen("attention" if column.round.outdated else "text2"))
                chips.text_at(painter, style, shown, column.left, 0, TOP - 6)
            for box in self._layout.boxes.values():
                self._paint_elbow(painter, box)
            for box in self._layout.boxes.values():
                self._paint_room(painter, box)
            if self._layout.columns:
                self._paint_trophy(painter)

    def _paint_elbow(self, painter: QPainter, box: Box) -> None:
        to = self._layout.next_of(box.key)
        start_x, start_y = box.place.right() + 1, box.place.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("control", _ELBOW, dashed=not box.room.decided))
        if to is not None:
            end = self._layout.boxes[to].place
            middle = (start_x + end.left()) / 2
            end_y = end.center().y()
            painter.drawLine(QLineF(start_x, start_y, middle, start_y))
            painter.drawLine(QLineF(middle, start_y, middle, end_y))
            painter.drawLine(QLineF(middle, end_y, end.left(), end_y))
        elif box.key[0] == len(self._layout.columns) - 1:
            painter.drawLine(QLineF(start_x, start_y, self._layout.trophy.x(), start_y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_room(self, painter: QPainter, box: Box) -> None:
        place, room = box.place, box.room
        drawn = room.debate is not None
        ink.box(
            painter, place.x(), place.y(), place.width(), place.height(),
            radius=Radius.CONTROL, fill="zebra" if drawn else "surface",
            edge="line2" if room.decided else "control", dashed=not room.decided)
        if self.hasFocus() and box.key == self._at:
            ink.box(
                painter, place.x(), place.y(), place.width(), place.height(),
                radius=Radius.CONTROL, edge="accent", edge_width=Ring.WIDTH)
        y = place.y() + PAD
        for team in room.teams:
            self._paint_team(painter, team, place, y)
            y += LINE
        if not room.teams:
            words = tr("room {rank}", rank=room.rank)
            left = place.x() + (place.width() - fonts.width("small", words)) / 2
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", words, left, place.y(), place.height())

    def _paint_team(
        self, painter: QPainter, team: BracketTeam, place: QRect, y: int
    ) -> None:
        if team.seed is not None:
            seed = str(team.seed)
            right = place.x() + PAD + _SEED - fonts.width("small", seed)
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", seed, right, y, LINE)
        style = "identity" if team.won else "body"
        left = place.x() + PAD + _SEED + 8
        shown, style, _cut = names.fit(
            team.name, style, place.right() - PAD - left, keep_end=True)
        painter.setPen(ink.pen("text3" if team.won is False else "text"))
        chips.text_at(painter, style, shown, left, y, LINE)

    def _paint_trophy(self, painter: QPainter) -> None:
        champion, at = self.bracket.champion, self._layout.trophy
        top = at.y() - TROPHY // 2
        ink.box(
            painter, at.x(), top, TROPHY, TROPHY, radius=TROPHY / 2,
            fill="soft" if champion else "surface", edge="accent" if champion else "control",
            edge_width=_ELBOW, dashed=champion is None)
        icons.draw(
            painter, "award", 18, "accent" if champion else "text3", at.x() + 7, top + 7)
        if champion is None:
            return
        left = at.x() + TROPHY + 8
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, "small", tr("Champion"), left, top - 2, 16)
        shown, style, _cut = names.fit(
            champion.name, "identity", _CHAMPION - 12, keep_end=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, left, top + 14, 20)

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the tree."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
            return
        if self._at is None:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self._at)
            return
        to = self._walk(key, self._at)
        if to is None:
            super().keyPressEvent(event)
        else:
            self._go(to)

    def _walk(self, key: Qt.Key, here: Key) -> Key | None:
        """Return where a key leads from a room; None for a key that leads nowhere."""
        ways = self._layout
        if key == Qt.Key.Key_Right:
            return ways.next_of(here) or here
        if key == Qt.Key.Key_Left:
            return next(iter(ways.feeders_of(here)), here)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return ways.beside(here, 1 if key == Qt.Key.Key_Down else -1)
        if key == Qt.Key.Key_Home:
            return ways.column(0)[0]
        if key == Qt.Key.Key_End:
            return ways.column(len(ways.columns) - 1)[0]
        return None

    def _go(self, key: Key) -> None:
        self._at = key
        self._tell()
        self.update()
        self._tell_place()

    def _tell_place(self) -> None:
        """Report where the cursor is; the final takes the trophy with it."""
        if self._at is None:
            return
        place = QRect(self._layout.boxes[self._at].place)
        if self._at[0] == len(self._layout.columns) - 1:
            place.setRight(self._layout.right + self._beside_the_trophy())
        self.moved.emit(place)

    def go_to(self, column: int) -> None:
        """Put the cursor on the first room of a round."""
        rooms = self._layout.column(column)
        if rooms:
            self._go(rooms[0])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor on a room."""
        key = self._layout.at(event.position().toPoint())
        if key is not None:
            self._go(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a room."""
        key = self._layout.at(event.position().toPoint())
        if key is not None:
            self.opened.emit(key)

    def event(self, event: QEvent) -> bool:
        """Show in words what a room is, with whole names."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            key = self._layout.at(event.pos())
            QToolTip.showText(event.globalPos(), self._words(key) if key else "", self)
            return True
        return super().event(event)
