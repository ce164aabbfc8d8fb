"""The place of a round: its title, its seven stages, and the stage that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSpacerItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.formats import Settings
from tabapp.domain.types import BP_SIDES
from tabapp.gui.dialogs.print import open_print
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.commands import PAGE
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.badge import Badge
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.gui.widgets.stages import StageLine, stage_now
from tabapp.services.printing import PrintRequest, What
from tabapp.services.rounds import RoundFacts, round_facts, start_words
from tabapp.services.stages import STAGES, RoundState, StageKey, current_round, round_states
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit

_HEAD = 34
"""Height of the heading, with the buttons of a stage or without."""
_PRINTED = ("release", "ballots")
"""Stages at which sheets are printed: before, rooms and judges still change."""
_PACKAGE = "tabapp.gui.pages.rounds"
_STAGE_CLASSES: dict[StageKey, tuple[str, str]] = {
    "availability": ("availability.stage", "AvailabilityStage"),
    "draw": ("draw.stage", "DrawStage"),
    "judges": ("judges.stage", "JudgesStage"),
    "rooms": ("rooms.stage", "RoomsStage"),
    "release": ("release.stage", "ReleaseStage"),
    "ballots": ("release.ballots", "BallotsStage"),
    "complete": ("release.complete", "CompleteStage"),
}
"""Where each stage is: loaded when it is opened first."""


@dataclass(frozen=True, slots=True)
class RoundView:
    """The rounds with their stages, and the heading of the one that is looked at."""

    states: tuple[RoundState, ...]
    current: int | None
    row: RoundRow | None
    facts: RoundFacts | None
    settings: Settings | None

    @property
    def state(self) -> RoundState | None:
        """Return the stages of the round that is looked at."""
        wanted = self.row.id if self.row else None
        return next((one for one in self.states if one.id == wanted), None)


def _read(unit: ReadUnit, tournament: int, wanted: int | None) -> RoundView:
    states = tuple(round_states(unit, tournament))
    current = wanted if wanted in {one.id for one in states} else current_round(unit, tournament)
    if current is None:
        return RoundView(states, None, None, None, None)
    owner, row = get_round(unit, current)
    return RoundView(states, current, row, round_facts(unit, current), owner.settings)


class RoundPage(Page[RoundView]):
    """Shows one round: title and facts, the line of stages, and a stage below.

    A stage is a ``Page`` of its own. It may have ``head``, a widget with its buttons, which stands
    at the right of the title.
    """

    place = "rounds"
    of_round = True
    watches = frozenset({
        "rounds", "draws", "panels", "availability", "results", "people", "venues", "settings",
        "motions", "break",
    })
    commands = PAGE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: RoundView | None = None
        self.stage: StageKey | None = None
        self._stages: dict[StageKey, Page[object]] = {}
        self._wanted: object = None
        self.title = label("", "title")
        self.badge = Badge()
        self.about = Name("", "body", "text2")
        self._heads = QHBoxLayout()
        self.line = StageLine()
        self.line.chosen.connect(self._on_stage_chosen)
        self.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # until there is a stage to have the keys
        self.body = QStackedWidget()
        self._build()
        self.on("round.next", lambda: self._step(1), lambda: self._why_no_step(1))
        self.on("round.previous", lambda: self._step(-1), lambda: self._why_no_step(-1))
        self.on("round.print_sheets", lambda: self._print("score-sheets"), self._why_no_round)
        self.on("round.print_feedback", lambda: self._print("feedback-forms"), self._why_no_round)
        self.on("round.print_signs", lambda: self._print("signs"), self._why_no_round)

    def _build(self) -> None:
        self._round = QWidget()
        column = QVBoxLayout(self._round)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT + Space.HALF)
        head.addSpacerItem(QSpacerItem(0, _HEAD))
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addWidget(self.about, 1)
        self.paper = self.button("round.print_sheets", keys=False)
        self.paper.hide()
        head.addWidget(self.paper)
        head.addLayout(self._heads)
        column.addLayout(head)
        column.addWidget(self.line)
        column.addWidget(self.body, 1)
        self._empty = EmptyState(
            tr("No rounds yet."), tr("Settings say how many there are, and of which kind."),
            action=tr("Open settings"))
        self._empty.acted.connect(lambda: self.session.go("settings", "rounds"))
        whole = QVBoxLayout(self)
        margin = Space.MARGIN_TIGHT
        whole.setContentsMargins(margin, Space.UNIT + 2, margin, Space.UNIT + 4)
        self._which = QStackedWidget()
        self._which.addWidget(self._round)
        self._which.addWidget(self._empty)
        whole.addWidget(self._which)

    # Data

    def query(self) -> Callable[[ReadUnit], RoundView]:
        """Return what reads the stages of all rounds and the heading of one."""
        tournament, wanted = self.session.tournament, self.session.round_id
        return lambda unit: _read(unit, tournament, wanted)

    def show_data(self, data: RoundView) -> None:
        """Show the round, or that there is none."""
        self.view = data
        if data.row is None or data.facts is None or data.state is None:
            self._which.setCurrentWidget(self._empty)
            if self.hasFocus():
                self._empty.setFocus()
            return
        self._which.setCurrentWidget(self._round)
        self.title.setText(data.state.name)
        self._show_badge(data.row)
        self.about.set_text(" · ".join(_about(data)))
        if self.session.round_id != data.current:
            self.session.set_round(data.current)
        if self.stage is None:
            self.show_stage(stage_now(data.state))
        self.line.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.line.set_round(data.state, self.stage or "draw")
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.open_at(wanted)

    def _show_badge(self, row: RoundRow) -> None:
        words, tone, icon = {
            "none": (tr("Not drawn"), "neutral", "circle"),
            "draft": (tr("Draft"), "neutral", "pencil"),
            "confirmed": (tr("Draw confirmed"), "accent", "check"),
            "released": (tr("Released"), "done", "check"),
        }[row.status]
        if row.completed:
            words, tone, icon = tr("Completed"), "done", "circle-check"
        self.badge.show_words(words, tone, icon)

    # Stages

    def pane(self) -> Page[object] | None:
        """Return the stage that is on the screen."""
        return self._stages.get(self.stage) if self.stage is not None else None

    def panes(self) -> Sequence[QWidget]:
        """Return the line of stages and the parts of the stage below it."""
        inner = self.pane()
        return (self.line, *(inner.panes() if inner is not None else ()))

    def show_stage(self, key: StageKey) -> Page[object]:
        """Show a stage; loads it at the first call."""
        if key not in self._stages:
            module, name = _STAGE_CLASSES[key]
            found: type[Page[object]] = getattr(import_module(f"{_PACKAGE}.{module}"), name)
            made = found(self.session)
            made.loaded.connect(self.loaded)
            made.commands_changed.connect(self.commands_changed)
            self._stages[key] = made
            self.body.addWidget(made)
            head = getattr(made, "head", None)
            if isinstance(head, QWidget):
                self._heads.addWidget(head)
        page = self._stages[key]
        focused = QApplication.focusWidget()
        had_keys = focused is not None and self.body.isAncestorOf(focused)
        self.stage = key
        self.paper.setVisible(key in _PRINTED)
        self.body.setCurrentWidget(page)
        for one in self._stages.values():
            head = getattr(one, "head", None)
            if isinstance(head, QWidget):
                head.setVisible(one is page)
        self.setFocusProxy(page)
        if had_keys:
            page.setFocus()
        if self.view is not None and self.view.state is not None:
            self.line.set_round(self.view.state, key)
        self.refresh_commands()
        return page

    def _on_stage_chosen(self, key: str) -> None:
        self.open_at((key, None))
        self.show_stage(cast("StageKey", key)).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_at(self, target: object) -> None:
        """Show a stage, given as its key or as a pair of key and what to show in it."""
        key, inner = target if isinstance(target, tuple) else (target, None)
        if key not in STAGES:
            return
        if self.view is None or self.view.row is None:
            self._wanted = target
            return
        fresh = key not in self._stages
        page = self.show_stage(cast("StageKey", key))
        if inner is None:
            return
        if not fresh:
            page.open_at(inner)
            return

        def once() -> None:
            page.loaded.disconnect(once)
            page.open_at(inner)

        page.loaded.connect(once)

    # Paper

    def _print(self, what: What) -> None:
        row = self.view.row if self.view is not None else None
        assert row is not None
        open_print(self, PrintRequest(
            what, row.id, teams=what == "signs" and row.status == "released"))

    def _why_no_round(self) -> str:
        shown = self.view is not None and self.view.row is not None
        return "" if shown else tr("No round is shown.")

    # Rounds

    def _neighbour(self, step: int) -> RoundState | None:
        states = self.view.states if self.view else ()
        at = next((i for i, one in enumerate(states) if one.id == self.session.round_id), None)
        if at is None or not 0 <= at + step < len(states):
            return None
        return states[at + step]

    def _why_no_step(self, step: int) -> str:
        if self._neighbour(step) is not None:
            return ""
        return tr("This is the last round.") if step > 0 else tr("This is the first round.")

    def _step(self, step: int) -> None:
        found = self._neighbour(step)
        if found is not None:
            self.session.set_round(found.id)


def _about(view: RoundView) -> list[str]:
    """Return the facts of the heading: rule, start, seed."""
    row, facts, settings = view.row, view.facts, view.settings
    if row is None or facts is None or settings is None:
        return []
    rule = {
        "random": tr("Drawn by lot"), "manual": tr("Paired by hand"),
        "round-robin": tr("Round-robin"), "seeded": tr("Seeded"),
        "elimination": tr("Elimination, {category}", category=row.category or ""),
        "power": tr("Power-paired"),
    }[row.draw_type]
    if row.draw_type == "power" and settings.sides == BP_SIDES:
        rule = {
            "anywhere": tr("Power-paired, pull-ups from anywhere"),
            "one_room": tr("Power-paired, pull-ups into one room"),
        }[settings.bp_pullup_distribution]
    said = [rule]
    if facts.starts_at:
        said.append(tr("starts {time}", time=start_words(facts.starts_at)))
    if row.draw_seed is not None:
        said.append(tr("seed {seed}", seed=row.draw_seed))
    return said
