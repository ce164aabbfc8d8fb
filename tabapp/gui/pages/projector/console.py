"""The console's widgets in their places: playlist, preview, Take, live, update, two cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.projector.cards import PaceCard, ReadableCard
from tabapp.gui.pages.projector.picture_view import PictureView
from tabapp.gui.pages.projector.playlist import Entry, Playlist
from tabapp.gui.preferences import HallArrangement
from tabapp.gui.present.sheet import Hall, Sheet
from tabapp.gui.present.state import STEPPED, Kind
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Banner, Card
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label

_LIST = 236


class _Dot(QWidget):
    """Red while the hall sees something."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(12, 12))
        self.on = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dot."""
        with QPainter(self) as painter:
            token = "problem_mark" if self.on else "text3"
            ink.box(painter, 1, 1, 10, 10, radius=5, fill=token)


class _ScreenBadge(QWidget):
    """Which screen the hall looks at."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.show_words("")

    def show_words(self, words: str) -> None:
        """Say another screen."""
        self._words = words
        self.setAccessibleName(words)
        self.setFixedSize(chips.badge_width(words, "monitor"), 20)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a badge with a screen in it."""
        with QPainter(self) as painter:
            chips.draw_badge(painter, self._words, 0, 0, icon="monitor")


class Console(QObject):
    """Lays out the page and shows what it is told; knows neither the show nor the store."""

    chosen = Signal()
    opened = Signal(str)
    typed = Signal()
    """The message was changed."""
    kept = Signal(dict)
    """A person changed what this computer keeps of the hall: fields of ``HallArrangement``."""
    update_wanted = Signal()

    def __init__(self, page: Page[Any], kept: HallArrangement) -> None:
        super().__init__(page)
        self._page = page
        self.playlist = Playlist()
        self.message = QPlainTextEdit()
        self.message.setTabChangesFocus(True)
        self.message.setFont(fonts.font("body"))
        self.message.setFixedHeight(72)
        self.preview = PictureView(tr("Preview"), "accent")
        self.live = PictureView(tr("Live"), "problem_mark")
        self.preview_words, self.live_words = label("", "small", role="hint"), label(
            "", "small", role="hint")
        self.dot = _Dot()
        self.screen = _ScreenBadge()
        self.readable, self.pace = ReadableCard(), PaceCard()
        self.banner: Banner | None = None
        self._update = ""
        self.blank: Button
        self.freeze: Button
        self._build()
        self.readable.show_kept(kept)
        self.pace.show_kept(kept)
        self.playlist.chosen.connect(lambda _kind: self.chosen.emit())
        self.playlist.opened.connect(self.opened)
        self.message.textChanged.connect(self.typed)
        self.readable.changed.connect(self._on_kept)
        self.pace.changed.connect(self._on_kept)

    # Building

    def _build(self) -> None:
        whole = QVBoxLayout(self._page)
        whole.setContentsMargins(Space.MARGIN, 12, Space.MARGIN, Space.GAP)
        whole.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(tr("Projector"), "title"))
        head.addWidget(self.screen)
        head.addStretch(1)
        head.addWidget(self._page.button("projector.close"))
        head.addWidget(self._page.button("projector.screens"))
        whole.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(Space.GAP)
        body.addWidget(self._list())
        self._right = QVBoxLayout()
        self._right.setSpacing(12)
        self._right.addLayout(self._pictures())
        cards = QHBoxLayout()
        cards.setSpacing(Space.GAP)
        cards.addWidget(self.readable, 1)
        cards.addWidget(self.pace, 1)
        self._right.addLayout(cards)
        self._right.addStretch(1)
        body.addLayout(self._right, 1)
        whole.addLayout(body, 1)

    def _list(self) -> Card:
        card = Card(tr("Playlist"), padding=16)
        card.setFixedWidth(_LIST)
        card.body.setContentsMargins(1, 14, 1, 14)
        heading = card.body.itemAt(0)
        if heading is not None and (row := heading.layout()) is not None:
            row.setContentsMargins(15, 0, 15, 0)
        card.body.addWidget(self.playlist)
        card.body.addStretch(1)
        self.release = self._page.button("projector.release")
        self.note = label("", "small", role="hint", wrap=True)
        for one in (self.note, self.release, Field(tr("Message"), self.message)):
            line = QHBoxLayout()
            line.setContentsMargins(15, 0, 15, 0)
            line.addWidget(one)
            card.body.addLayout(line)
        return card

    def _pictures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.addLayout(self._above(label(tr("Preview"), "card"), self.preview_words), 0, 0)
        grid.addLayout(self._above(self.dot, label(tr("Live"), "card"), self.live_words), 0, 2)
        grid.addWidget(self.preview, 1, 0)
        grid.addWidget(self.live, 1, 2)
        button = self._page.button
        self.take = button("projector.take", role=Role.PRIMARY, keys=False)
        take = QVBoxLayout()
        take.setSpacing(Space.UNIT)
        take.addStretch(1)
        take.addWidget(self.take)
        take.addWidget(label(tr("F12"), "small", role="hint"), 0, Qt.AlignmentFlag.AlignHCenter)
        take.addStretch(1)
        grid.addLayout(take, 1, 1)
        self.blank, self.freeze = button("projector.blank"), button("projector.freeze")
        for one in (self.blank, self.freeze):
            one.setCheckable(True)
        back, before = (
            button(name, keys=False) for name in ("projector.back", "projector.preview_back"))
        further = button("projector.preview_next")
        back.set_words(tr("Back"))
        before.set_words(tr("Back"))
        further.set_words(tr("Next step"))
        before.setAccessibleName(tr("Back in preview"))
        further.setAccessibleName(tr("Next in preview"))
        below = (
            (0, (before, further)),
            (2, (back, button("projector.next", keys=False), self.blank, self.freeze)),
        )
        for column, buttons in below:
            row = QHBoxLayout()
            row.setSpacing(Space.UNIT)
            for made in buttons:
                row.addWidget(made)
            row.addStretch(1)
            grid.addLayout(row, 2, column)
        return grid

    @staticmethod
    def _above(*parts: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.UNIT)
        for one in parts[:-1]:
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(parts[-1])
        return row

    def _on_kept(self) -> None:
        self.kept.emit({
            "back_row": self.readable.back_row.value(), "tall": self.readable.tall.value(),
            "seconds_a_row": self.pace.seconds.value(), "by_hand": self.pace.way.key == "hand",
        })

    # Showing

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the playlist; the way to the release while the chosen one is locked."""
        self.playlist.show_entries(entries)
        chosen = next(one for one in entries if one.kind is self.playlist.kind)
        words = {
            Kind.AWARDS: tr("Open the awards"), Kind.STANDINGS: tr("Open the settings"),
            Kind.BREAK: tr("Open the break"),
        }.get(chosen.kind, tr("Open the release"))
        if self.release.text() != words:
            self.release.set_words(words)
        self.release.setVisible(chosen.locked)

    def show_note(self, words: str) -> None:
        """Say what a part of the chosen slide waits for; "" nothing."""
        self._say(self.note, words)
        self.note.setVisible(bool(words))

    def show_preview(self, sheet: Sheet | None, lock: str, where: str) -> None:
        """Show what Take would put live, or what is missing for it."""
        self.preview.show_sheet(sheet, lock if sheet is None else "")
        self._say(self.preview_words, where)

    def show_live(self, sheet: Sheet | None, words: str, *, on: bool) -> None:
        """Show what the hall sees."""
        self.live.show_sheet(sheet, words if sheet is None else "", on=on)
        self.dot.on = on
        self.dot.update()

    def show_time(self, words: str, left: float | None) -> None:
        """Say which page is live and how long it stays."""
        self._say(self.live_words, words)
        self.live.show_time_left(left)

    @staticmethod
    def _say(where: QLabel, words: str) -> None:
        if where.text() != words:
            where.setText(words)

    def show_state(self, *, blank: bool, frozen: bool) -> None:
        """Mark the buttons that are in force."""
        self.blank.setChecked(blank)
        self.freeze.setChecked(frozen)

    def show_update(self, words: str) -> None:
        """Say that what is released changed after Take; "" says nothing."""
        if words == self._update:
            return
        self._update = words
        if self.banner is not None:
            self._right.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        if words:
            self.banner = Banner(words, action=tr("Put it live"), keys=("F7",), icon="refresh-cw")
            self.banner.answered.connect(self.update_wanted)
            self._right.insertWidget(1, self.banner)

    def show_hall(
        self, sheets: Sequence[Sheet], hall: Hall, kept: HallArrangement, since: str
    ) -> None:
        """Say what follows for the type and the pace."""
        self.readable.show_sheets(sheets, hall)
        stepped = self.playlist.kind in STEPPED
        self.pace.show_sheets(() if stepped else sheets, kept.seconds_a_row)
        self.pace.since.setText(since or "–")

    def show_screen(self, words: str) -> None:
        """Say which screen the hall looks at."""
        self.screen.show_words(words)
