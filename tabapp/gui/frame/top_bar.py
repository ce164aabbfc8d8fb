"""The top bar: menu, tournament, round and its stages, the search, the projector, help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Radius, Space
from tabapp.gui.widgets.buttons import Button, IconButton, Role
from tabapp.gui.widgets.keycaps import Rule
from tabapp.gui.widgets.painted import Name
from tabapp.gui.widgets.stages import SmallStageLine, stage_now, stage_title
from tabapp.services.stages import RoundState

HEIGHT = 48
_SEARCH = 236
_SEARCH_LEAST = 44
_ARROW = 14
_SLACK = 60
_DOT = 25
_END = 12
_STATUS = {
    "none": "not drawn", "draft": "draft", "confirmed": "confirmed", "released": "released",
}  # fmt: skip


class RoundButton(Button):
    """The round that is looked at, with a menu of all rounds and where each stands."""

    picked = Signal(int)

    def __init__(self, *, whole: bool = True) -> None:
        """``whole``: all rounds are there, so that it is said how many they are."""
        super().__init__(text="", role=Role.QUIET)
        self._whole = whole
        self._rounds: tuple[RoundState, ...] = ()
        self._current: int | None = None
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.hide()

    def show_rounds(self, rounds: Sequence[RoundState], current: RoundState | None) -> None:
        """Offer ``rounds``; say which one is looked at."""
        self._rounds, self._current = tuple(rounds), current.id if current else None
        self.setVisible(bool(rounds))
        if current is None:
            words = tr("Choose a round")
        elif current.category or not self._whole:
            words = current.name
        else:
            plain = sum(1 for one in rounds if not one.category)
            words = tr("{round} of {n}", round=current.name, n=plain)
        self.set_words(words)
        self.setAccessibleName(tr("{words}, choose a round", words=words))

    def _fill(self) -> None:
        self._menu.clear()
        for one in self._rounds:
            action = self._menu.addAction(f"{one.name}   {_standing(one)}")
            action.setCheckable(True)
            action.setChecked(one.id == self._current)
            action.triggered.connect(partial(self._pick, one.id))

    def _pick(self, round_id: int, _checked: bool = False) -> None:
        self.picked.emit(round_id)

    def sizeHint(self) -> QSize:
        """Ask for the words and the arrow."""
        words = round(fonts.width("control", self.text()) + 0.5)
        return QSize(words + _ARROW + 6 + 2 * Space.UNIT, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button with an arrow at its right."""
        with QPainter(self) as painter:
            if self.underMouse() or self.isDown():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                    fill="soft" if self.isDown() else "hover",
                )  # fmt: skip
            painter.setPen(ink.pen("text"))
            chips.text_at(painter, "control", self.text(), Space.UNIT, 0, self.height())
            icons.draw(
                painter, "chevron-down", _ARROW, "text2", self.width() - _ARROW - Space.UNIT,
                (self.height() - _ARROW) / 2,
            )  # fmt: skip


def _standing(state: RoundState) -> str:
    if state.completed:
        return tr("complete")
    if state.status == "released" and state.ballots_out:
        return tr("{n} ballots out", n=state.ballots_out)
    if state.status in ("none", "draft"):
        return tr(_STATUS[state.status])
    return tr("{status}, {stage} next", status=tr(_STATUS[state.status]),
              stage=stage_title(stage_now(state)))  # fmt: skip


class SearchButton(QPushButton):
    """Looks like a search field and opens the palette; only a lens where there is no room."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__()
        self._keys = keys
        self._words = tr("Search or run a command")
        self.setAccessibleName(self._words)
        self.setToolTip(f"{self._words}  {' '.join(keys)}")
        self.setFixedHeight(Height.CONTROL)
        self.setMinimumWidth(_SEARCH_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Ask for the words and the keys."""
        needed = fonts.width("body", self._words) + chips.key_width(self._keys) + 62
        return QSize(max(_SEARCH, round(needed)), Height.CONTROL)

    def minimumSizeHint(self) -> QSize:
        """Be content with the lens."""
        return QSize(_SEARCH_LEAST, Height.CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it as a field."""
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill="hover" if self.underMouse() else "surface", edge="control",
            )  # fmt: skip
            icons.draw(painter, "search", 16, "text2", 12, (self.height() - 16) / 2)
            width = chips.key_width(self._keys)
            room = self.width() - 36 - width - 16
            if room < 60:
                return
            shown, shape, _ = names.fit(self._words, "body", room)
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, shape, shown, 36, 0, self.height())
            chips.draw_keys(
                painter, self._keys, self.width() - width - 8, (self.height() - 18) / 2)


class ProjectorChip(QPushButton):
    """What the hall sees: a dot and a few words; leads to the projector."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._live = "", False
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.hide()

    def show_state(self, words: str, live: bool) -> None:
        """Say what the hall sees; nothing hides the chip. ``live``: something is shown."""
        self._words, self._live = words, live
        self.setAccessibleName(tr("Projector: {state}", state=words))
        self.setToolTip(words)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the words and the dot."""
        return QSize(ceil(fonts.width("note", self._words)) + _DOT + _END, 26)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a pill with a dot."""
        with QPainter(self) as painter:
            fill = "hover" if self.underMouse() else "sunken"
            ink.box(painter, 0, 0, self.width(), 26, radius=13, fill=fill)
            dot = "problem_mark" if self._live else "text3"
            ink.box(painter, 11, 9, 8, 8, radius=4, fill=dot)
            shown, shape, _ = names.fit(self._words, "note", self.width() - _DOT - _END + 1)
            painter.setPen(ink.pen("text"))
            chips.text_at(painter, shape, shown, _DOT, 0, 26)


class TopBar(QWidget):
    """The line above the page, 48 high."""

    def __init__(self, search_keys: tuple[str, ...], *, whole: bool = True) -> None:
        """``whole``: with the stages, how many rounds there are, and what the hall sees."""
        super().__init__()
        self._whole = whole
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Tournament"))
        self.menu = IconButton("ellipsis", tr("Menu"))
        self.menu.setToolTip(f"{tr('Menu')}  Alt M")
        self.name = Name("", "identity")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.rounds = RoundButton(whole=whole)
        self.stages = SmallStageLine()
        self.search = SearchButton(search_keys)
        self.projector = ProjectorChip()
        self.help = IconButton("circle-help", tr("Keys of this page"))
        self.help.setToolTip(f"{tr('Keys of this page')}  F1")
        self._rule = Rule(upright=True)
        self._rule.setFixedHeight(20)
        self._stages_wanted = True
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 14, 1)
        row.setSpacing(Space.UNIT)
        left = (self.menu, self.name, self._rule, self.rounds, self.stages)
        right = (self.search, self.projector, self.help)
        for part in (*left, None, *right):
            if isinstance(part, QWidget):
                row.addWidget(part)
            else:
                row.addStretch(1)

    def show_round(
        self, name: str, rounds: Sequence[RoundState], current: RoundState | None
    ) -> None:
        """Show the tournament and the round that is looked at."""
        self.name.set_text(name)
        self.rounds.show_rounds(rounds, current)
        self._rule.setVisible(bool(rounds))
        self.stages.set_round(current if self._whole else None)
        self._place_stages()

    def show_stages(self, wanted: bool) -> None:
        """Show the small line of stages, except where the round has its own."""
        if wanted != self._stages_wanted:
            self._stages_wanted = wanted
            self._place_stages()

    def _place_stages(self) -> None:
        self.stages.setVisible(self._stages_wanted and self.stages.state is not None)
        self._fit()

    def show_projector(self, words: str, live: bool) -> None:
        """Say what the hall sees; "" says nothing."""
        if self._whole:
            self.projector.show_state(words, live)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find out again whether all stages have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the stage that is due alone where all seven have no room."""
        others = (self.menu, self.name, self.rounds, self.search, self.projector, self.help)
        wanted = sum(
            one.sizeHint().width() + Space.UNIT for one in others if not one.isHidden())
        self.stages.set_short(self.width() - wanted - _SLACK < self.stages.full_width())

    def minimumSizeHint(self) -> QSize:
        """Let the window be small: parts give way."""
        return QSize(480, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line below."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("surface"))
            painter.fillRect(0, HEIGHT - 1, self.width(), 1, ink.color("line"))
