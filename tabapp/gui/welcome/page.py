"""The welcome page: recent tournaments, a new one from a format, open, import, the demo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.core.crash import UncleanEnd
from tabapp.gui import ink
from tabapp.gui.logo import Logo
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.welcome.lists import FormatGrid, RecentList
from tabapp.gui.welcome.recents import Recent
from tabapp.gui.welcome.tiles import ActionTile
from tabapp.gui.welcome.trouble import TroubleCard
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Banner, Card, EmptyState
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar

_SIDE = 0.3
"""Share of the width that the left part has, within its bounds."""


class _Rail(QWidget):
    """The left part, a shade darker."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at the right."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("rail"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("line"))


class WelcomePage(QWidget):
    """A window of its own, on the screen while no tournament is open."""

    new_wanted = Signal(str)
    """A new tournament of this format."""
    open_wanted = Signal()
    import_wanted = Signal()
    demo_wanted = Signal()
    demo_stopped = Signal()
    target_wanted = Signal(str)
    """A recent tournament."""
    forgotten = Signal(str)
    trouble_dismissed = Signal()
    quit_wanted = Signal()
    closed = Signal()

    def __init__(self, version: str, *, demo: str = "") -> None:
        super().__init__()
        self.setWindowTitle(tr("tabapp"))
        self.resize(1280, 800)
        self.banner: Banner | None = None
        self.trouble: TroubleCard | None = None
        self._today = datetime.now().astimezone().date
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._left = self._make_left(version, demo)
        row.addWidget(self._left)
        row.addWidget(self._make_right(), 1)
        self._set_shortcuts()
        self.show_recents([])

    # Parts

    def _make_left(self, version: str, demo: str) -> QWidget:
        rail = _Rail()
        column = QVBoxLayout(rail)
        column.setContentsMargins(2 * Space.MARGIN, 2 * Space.MARGIN, 2 * Space.MARGIN, 24)
        column.setSpacing(12)
        column.addWidget(Logo())
        column.addSpacing(8)
        column.addWidget(label("tabapp", "figure"))
        line = tr("Runs a debate tournament on this laptop, without a network.")
        column.addWidget(label(line, "lead", role="secondary", wrap=True))
        column.addSpacing(12)
        self.new = ActionTile(
            "plus", tr("New tournament…"), tr("choose a format, name it"), ("Ctrl", "N"),
            primary=True)
        self.open = ActionTile("folder-open", tr("Open…"), tr("a .tabapp file"), ("Ctrl", "O"))
        self.import_ = ActionTile(
            "file-input", tr("Import…"), tr("an archive, DebateXML or CSV"), ("Ctrl", "I"))
        self.demo = ActionTile(
            "play", tr("Play the demo"), demo or tr("88 teams, five rounds"), ("Ctrl", "D"))
        self.tiles = (self.new, self.open, self.import_, self.demo)
        for at, tile in enumerate(self.tiles):
            column.addWidget(tile)
            tile.moved.connect(
                partial(self._move_action, at))
        self.new.clicked.connect(lambda: self.new_wanted.emit(self.formats.preset))
        self.open.clicked.connect(self.open_wanted)
        self.import_.clicked.connect(self.import_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        column.addStretch(1)
        words = tr("Version {version} · Everything stays on this computer", version=version)
        column.addWidget(label(words, "small", role="hint", wrap=True))
        return rail

    def _make_right(self) -> QWidget:
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(56, 40, 56, 8)
        self._column.setSpacing(12)
        self._column.addWidget(label(tr("Recent"), "title"))
        self._make_recents()
        self._column.addSpacing(20)
        head = QHBoxLayout()
        head.addWidget(label(tr("New from a format"), "title"))
        head.addStretch(1)
        head.addWidget(label(tr("Every rule can be changed later"), role="secondary"))
        self._column.addLayout(head)
        self.formats = FormatGrid()
        self.formats.chosen.connect(self.new_wanted)
        self.formats.left.connect(self._leave_formats)
        self._column.addWidget(self.formats)
        self.more = Button(tr("More formats"), role=Role.LINK, icon="chevron-down")
        self.more.clicked.connect(self._on_more)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        scroll.setWidget(inner)
        self._scroll = scroll
        for tile in self.formats.tiles:
            tile.focused.connect(partial(scroll.ensureWidgetVisible, tile, 0, 8))
        outer.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(56, 4, 56, 12)
        foot.addWidget(KeyHints([
            (("Up", "Down"), tr("choose")), (("Enter",), tr("open")),
            (("Del",), tr("take off the list")), (("Tab",), tr("next part")),
            (("Ctrl", "Q"), tr("quit")),
        ]))
        outer.addLayout(foot)
        return whole

    def _make_recents(self) -> None:
        self.recents = RecentList()
        self.recents.opened.connect(self.target_wanted)
        self.recents.forgotten.connect(self.forgotten)
        self.recents.left.connect(self._leave_recents)
        self._column.addWidget(self.recents)
        self.nothing = Card(padding=Space.UNIT)
        empty = EmptyState(
            tr("No tournaments yet."),
            tr("Make one, open a file, or play the demo to see how it goes."))
        self.nothing.body.addWidget(empty)
        self.nothing.setFixedHeight(120)
        self._column.addWidget(self.nothing)
        self.playing = Card()
        self._playing_words = label("", "identity")
        self._playing_bar = ProgressBar(tr("Playing the demo"))
        row = QHBoxLayout()
        row.setSpacing(Space.GAP)
        side = QVBoxLayout()
        side.setSpacing(Space.UNIT)
        side.addWidget(self._playing_words)
        side.addWidget(self._playing_bar)
        row.addLayout(side, 1)
        self.stop_demo = Button(tr("Cancel"))
        self.stop_demo.clicked.connect(self.demo_stopped)
        row.addWidget(self.stop_demo)
        self.playing.body.addLayout(row)
        self.playing.hide()
        self._column.addWidget(self.playing)

    def _set_shortcuts(self) -> None:
        given: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+N", self.new.click), ("Ctrl+O", self.open.click),
            ("Ctrl+I", self.import_.click), ("Ctrl+D", self.demo.click),
            ("Ctrl+Q", self.quit_wanted.emit), ("F7", self._answer),
        )
        for keys, does in given:
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    # What it shows

    def show_recents(self, recents: Sequence[Recent]) -> None:
        """Show the tournaments that were open lately, the latest first."""
        self.recents.show_recents(recents, self._today())
        self.recents.setVisible(bool(recents))
        self.nothing.setVisible(not recents)
        if recents and self.focusWidget() in (None, self.new):
            self.recents.tiles[0].setFocus()

    def show_problem(self, sentence: str, tone: str = "problem") -> None:
        """Say what went wrong, above everything; "" says that nothing is wrong any more."""
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.deleteLater()
            self.banner = None
        if sentence:
            self.banner = Banner(sentence, tone=tone, action=tr("Dismiss"), keys=("F7",))
            self.banner.answered.connect(lambda: self.show_problem(""))
            self._column.insertWidget(0, self.banner)
            self._scroll.verticalScrollBar().setValue(0)

    def show_trouble(self, ends: Sequence[UncleanEnd]) -> None:
        """Tell of earlier windows that did not end well; nothing of it for an empty list."""
        if self.trouble is not None:
            self._column.removeWidget(self.trouble)
            self.trouble.deleteLater()
            self.trouble = None
        if ends:
            self.trouble = TroubleCard(ends)
            self.trouble.opened.connect(self.target_wanted)
            self.trouble.dismissed.connect(self.trouble_dismissed)
            self._column.insertWidget(0, self.trouble)
            self.trouble.buttons[0].setFocus()

    def show_busy(self, words: str, done: float | None = None, *, can_stop: bool = False) -> None:
        """Say what is being done; "" ends that."""
        busy = bool(words)
        self._playing_words.setText(words)
        self._playing_bar.setVisible(done is not None)
        self._playing_bar.set_done(done or 0.0)
        self.stop_demo.setVisible(can_stop)
        self.playing.setVisible(busy)
        for part in (*self.tiles, self.recents, self.formats, self.more):
            part.setEnabled(not busy)
        if busy and can_stop and not self.stop_demo.hasFocus():
            self.stop_demo.setFocus()

    def take_keys(self) -> None:
        """Give the keys to what is most likely wanted."""
        if self.trouble is not None:
            self.trouble.buttons[0].setFocus()
        elif self.recents.tiles:
            self.recents.tiles[0].setFocus()
        else:
            self.new.setFocus()

    # Keys

    def _move_action(self, at: int, across: int, down: int) -> None:
        to = at + down
        if across > 0:
            (self.recents.tiles or self.formats.tiles)[0].setFocus()
        elif 0 <= to < len(self.tiles):
            self.tiles[to].setFocus()

    def _leave_recents(self, down: int) -> None:
        if down > 0:
            self.formats.tiles[0].setFocus()
        else:
            self.new.setFocus()

    def _leave_formats(self, down: int) -> None:
        if down < 0 and self.recents.tiles:
            self.recents.tiles[-1].setFocus()
        elif down > 0 and self.more.isVisible():
            self.more.setFocus()

    def _on_more(self) -> None:
        self.more.hide()
        self.formats.more()

    def _answer(self) -> None:
        if self.banner is not None:
            self.show_problem("")

    def resizeEvent(self, event: object) -> None:
        """Give the left part its share."""
        self._left.setFixedWidth(max(320, min(480, round(self.width() * _SIDE))))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Report that the person closed it."""
        super().closeEvent(event)
        self.closed.emit()
