"""Overview: what to do next, how ballots come in, what needs a person, what was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.overview.commands import PAGE
from tabapp.gui.pages.overview.curve import BallotCurve
from tabapp.gui.pages.overview.lines import ActivityLines, AlertLine
from tabapp.gui.pages.overview.next_card import CrowdCard, NextCard
from tabapp.gui.pages.overview.rooms import RoomGrid
from tabapp.gui.pages.overview.words import step_of
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.jobs.events import JobFinished
from tabapp.services.activity import Entry, trail
from tabapp.services.overview import Overview, read_overview
from tabapp.store.unit import ReadUnit

if TYPE_CHECKING:
    from tabapp.gui.pages.overview.history import HistoryDialog

_ENTRIES = 16
_MINUTE = 30_000
_NOW, _SUGGESTIONS = "now", "suggestions"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the state of things, and the last actions."""

    overview: Overview
    entries: list[Entry]


class OverviewPage(Page[Shown]):
    """One look says what is missing. Enter or Ctrl+Enter goes to the next step.

    Beside what is to be done now it has the suggestions as a pane of its own.
    """

    place = "overview"
    watches = frozenset({
        "people", "settings", "results", "break", "rounds", "draws", "panels", "venues",
        "motions", "availability", "draw", "ballots", "suggestions",
    })
    commands = PAGE
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Tab",), "next part"), (("Ctrl", "H"), "all activity"),
        (("Ctrl", "K"), "search or run a command"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.shown: Shown | None = None
        self.history: HistoryDialog | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.MARGIN, 12, Space.MARGIN, Space.GAP)
        whole.setSpacing(10)
        self.title = label("", "title")
        self.which = Segments(
            tr("Part"), [(_NOW, tr("Now")), (_SUGGESTIONS, tr("Suggestions"))])
        self.which.chosen.connect(self.show_part)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.which)
        whole.addLayout(head)
        self.parts = QStackedWidget()
        now = QWidget()
        self._now = now
        self.parts.addWidget(now)
        self._suggestions: Page[object] | None = None
        grid = QGridLayout(now)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.GAP)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 3)
        self.next = NextCard(self.button("overview.next", role=Role.PRIMARY))
        self.crowd = CrowdCard()
        grid.addWidget(self.next, 0, 0)
        grid.addWidget(self.crowd, 0, 1)
        self._add_ballots(grid)
        self._add_attention(grid)
        self._add_activity(grid)
        whole.addWidget(self.parts, 1)
        self.setFocusProxy(self.next.button)
        self.on("overview.next", self._go_on, self._why_not_on)
        self.on("overview.now", lambda: self._go_to_part(_NOW))
        self.on("overview.suggestions", lambda: self._go_to_part(_SUGGESTIONS))
        self.on("overview.activity", self.show_history)
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self.mark_stale)
        session.job_event.connect(self._on_job_event)
        self._soon = QTimer(self, singleShot=True, interval=200)
        self._soon.timeout.connect(self.mark_stale)

    def _add_ballots(self, grid: QGridLayout) -> None:
        self.curve_facts = label("", "control", role="secondary")
        self.curve_card = Card(tr("Ballots in"), aside=self.curve_facts)
        self.curve = BallotCurve()
        self.no_ballots = EmptyState(
            tr("No ballots yet."), tr("They appear here as they come in."))
        self.curve_card.body.addWidget(self.curve, 1)
        self.curve_card.body.addWidget(self.no_ballots, 1)
        grid.addWidget(self.curve_card, 1, 0)
        card = Card(tr("Rooms"), aside=label(tr("by what they wait for"), "small", role="hint"))
        self.rooms = RoomGrid()
        self.rooms.opened.connect(lambda debate: self.session.go("ballots", debate))
        self.no_rooms = EmptyState(tr("No rooms yet."), tr("They appear with the draw."))
        card.body.addWidget(self.rooms, 1)
        card.body.addWidget(self.no_rooms, 1)
        grid.addWidget(card, 1, 1)

    def _add_attention(self, grid: QGridLayout) -> None:
        self.alert_count = label("", "identity", role="secondary")
        card = Card(tr("Needs attention"), aside=self.alert_count)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        inner = QWidget()
        self._alerts = QVBoxLayout(inner)
        self._alerts.setContentsMargins(0, 0, 0, 0)
        self._alerts.setSpacing(0)
        self._alerts.addStretch(1)
        scroll.setWidget(inner)
        self.alert_lines: list[AlertLine] = []
        self.no_alerts = EmptyState(tr("Nothing needs attention."))
        card.body.addWidget(scroll, 1)
        card.body.addWidget(self.no_alerts, 1)
        self._alert_scroll = scroll
        grid.addWidget(card, 2, 0)

    def _add_activity(self, grid: QGridLayout) -> None:
        self.all_activity = Button(tr("All activity…"), role=Role.LINK, height=24)
        self.all_activity.clicked.connect(lambda: self.run("overview.activity"))
        card = Card(tr("Activity"), aside=self.all_activity)
        self.activity = ActivityLines()
        self.no_activity = EmptyState(tr("Nothing was done yet."))
        card.body.addWidget(self.activity, 1)
        card.body.addWidget(self.no_activity, 1)
        grid.addWidget(card, 2, 1)

    # Data

    def query(self) -> Callable[[ReadUnit], Shown]:
        """Return what reads the state of things and the last actions."""
        tournament, clock = self.session.tournament, self.session.workspace.clock

        def read(unit: ReadUnit) -> Shown:
            return Shown(
                read_overview(unit, tournament, clock.now()),
                trail(unit, tournament, limit=_ENTRIES))

        return read

    def show_data(self, data: Shown) -> None:
        """Show it."""
        self.shown = data
        found, now = data.overview, self.session.workspace.clock.now()
        self._show_title()
        words = tr("Suggestions")
        waiting = found.suggestions
        self.which.set_words(_SUGGESTIONS, f"{words} {waiting}" if waiting else words)
        self.next.show_step(found)
        self.crowd.show_crowd(found)
        curve = found.curve
        before = found.before
        if curve is None or not curve.entered:  # until something comes in, how it went before
            curve, before = before, None
        has_ballots = curve is not None and bool(curve.entered)
        self.curve.setVisible(has_ballots)
        self.no_ballots.setVisible(not has_ballots)
        self.curve_facts.setText("")
        if curve is not None and has_ballots:
            self.curve.show_curves(curve, before, now)
            self.curve_facts.setText(tr(
                "{round}: {n} of {m} in, {k} confirmed", round=curve.round,
                n=len(curve.entered), m=curve.rooms, k=len(curve.confirmed)))
        self.rooms.show_rooms(found.rooms)
        self.rooms.setVisible(bool(found.rooms))
        self.no_rooms.setVisible(not found.rooms)
        self._show_alerts(data)
        self.activity.show_entries(data.entries)
        self.activity.setVisible(bool(data.entries))
        self.no_activity.setVisible(not data.entries)

    def _show_alerts(self, data: Shown) -> None:
        alerts, now = data.overview.alerts, self.session.workspace.clock.now()
        if [line.alert for line in self.alert_lines] != list(alerts):
            for old in self.alert_lines:
                self._alerts.removeWidget(old)
                old.deleteLater()
            self.alert_lines = []
            for at, one in enumerate(alerts):
                line = AlertLine(one, now)
                line.clicked.connect(lambda _checked=False, line=line: self._follow(line))
                self._alerts.insertWidget(at, line)
                self.alert_lines.append(line)
        self.alert_count.setText(str(len(alerts)) if alerts else "")
        self._alert_scroll.setVisible(bool(alerts))
        self.no_alerts.setVisible(not alerts)

    def open_at(self, target: object) -> None:
        """Show a part by its key, with what to show in it; all activity for ``history``."""
        key, inner = target if isinstance(target, tuple) else (target, None)
        if key == "history":
            self.show_history()
        elif key in (_NOW, _SUGGESTIONS):
            self.show_part(str(key))
            pane = self.pane()
            if pane is not None and inner is not None:
                pane.open_at(inner)

    # Parts

    def pane(self) -> Page[object] | None:
        """Return the pane of suggestions while it is on the screen."""
        return self._suggestions if self.which.key == _SUGGESTIONS else None

    def current_place(self) -> str:
        """Return the part that is on the screen as a place."""
        return f"{self.place}/{self.which.key}"

    def panes(self) -> Sequence[QWidget]:
        """Return the parts that F6 goes through."""
        pane = self.pane()
        return (self,) if pane is None else (self.which, *pane.panes())

    def show_part(self, key: str) -> None:
        """Show what is to be done now, or the suggestions; loads those at the first call."""
        if key == _SUGGESTIONS and self._suggestions is None:
            self._suggestions = self._make_suggestions()
        self.which.choose(key)
        pane = self.pane()
        self.parts.setCurrentWidget(self._now if pane is None else pane)
        self.setFocusProxy(self.next.button if pane is None else pane)
        self._show_title()
        self.refresh_commands()

    def _make_suggestions(self) -> Page[object]:
        # tables of numbers: nobody who only looks at what is next waits for them
        module = import_module("tabapp.gui.pages.overview.suggestions.pane")
        made: Page[object] = module.SuggestionsPane(self.session)
        made.loaded.connect(self.loaded)
        made.commands_changed.connect(self.commands_changed)
        self.parts.addWidget(made)
        return made

    def _go_to_part(self, key: str) -> None:
        self.show_part(key)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self) -> None:
        if self.which.key == _SUGGESTIONS:
            self.title.setText(tr("What may be worth a look"))
        elif self.shown is not None:
            found = self.shown.overview
            self.title.setText(step_of(found.step, found).title)

    def showEvent(self, event: QShowEvent) -> None:
        """Move the time on while somebody looks."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the time stand while nobody looks."""
        super().hideEvent(event)
        self._clock.stop()

    def _on_job_event(self, event: object) -> None:
        if isinstance(event, JobFinished):
            self._soon.start()

    # Ways from here

    def _why_not_on(self) -> str:
        return "" if self.shown is not None else tr("The state of things is being read.")

    def _go_on(self) -> None:
        if self.shown is None:
            return
        found = self.shown.overview
        if found.current is not None:
            self.session.set_round(found.current.id)
        self.session.go(step_of(found.step, found).place)

    def _follow(self, line: AlertLine) -> None:
        alert = line.alert
        if alert.place.startswith("rounds/") and self.shown is not None:
            current = self.shown.overview.current
            if current is not None:
                self.session.set_round(current.id)
        self.session.go(alert.place, alert.target)

    def show_history(self) -> None:
        """Show everything that was done."""
        from tabapp.gui.pages.overview.history import (  # noqa: PLC0415 - tables: 35 ms of a start
            HistoryDialog,
        )

        self.history = HistoryDialog(self.window(), self.session)
        self.history.open()
