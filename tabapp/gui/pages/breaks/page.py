"""The break: who breaks in each category and why, and the bracket from the first round on."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.breaks.commands import COMMANDS
from tabapp.gui.pages.breaks.facts import Facts
from tabapp.gui.pages.breaks.layout import Key
from tabapp.gui.pages.breaks.listing import Listing
from tabapp.gui.pages.breaks.notices import (
    Notice,
    banner_of,
    missing_words,
    notices,
    remade_words,
)
from tabapp.gui.pages.breaks.picture import BracketCard
from tabapp.gui.pages.breaks.remark import RemarkDialog
from tabapp.gui.pages.breaks.stepping import ask_step_up, why_nobody_steps
from tabapp.gui.pages.breaks.tie import TieDialog
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Banner, EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import break_edits, break_views, elimination
from tabapp.services.break_edits import Remade
from tabapp.services.break_views import BreakView
from tabapp.services.elimination import BracketRound
from tabapp.store.unit import ReadUnit

_SEEDS = 2**48
_MOST_BANNERS = 2


class BreakPage(Page[BreakView]):
    """Categories, facts, the table with the break line, and the bracket."""

    place = "breaks"
    watches = frozenset({"break", "results", "rounds", "draw", "settings", "people"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Ctrl", "⏎"), "Next step"), (("F2",), "Set remark"), (("Del",), "Clear remark"),
        (("Ctrl", "T"), "Decide tie"), (("F4",), "Bracket alone"), (("/",), "Filter"),
        (("Ctrl", "PgDn"), "Next category"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view = BreakView(())
        self._slug: str | None = None
        self._making = False
        self._stack = QStackedLayout(self)
        self._content = QWidget()
        self._stack.addWidget(self._content)
        whole = QVBoxLayout(self._content)
        whole.setContentsMargins(Space.MARGIN, Space.GAP, Space.MARGIN, Space.GAP)
        whole.setSpacing(Space.GAP)
        whole.addLayout(self._head())
        self.banners: list[Banner] = []
        self._flow = QVBoxLayout()
        self._flow.setSpacing(Space.UNIT)
        whole.addLayout(self._flow)
        self.facts = Facts()
        whole.addWidget(self.facts)
        self._body = QHBoxLayout()
        self._body.setSpacing(Space.GAP)
        whole.addLayout(self._body, 1)
        self.listing = Listing()
        self._body.addWidget(self.listing, 5)
        self.setFocusProxy(self.listing)
        self.picture = BracketCard()
        self.picture.bracket.opened.connect(self._open_room)
        self._body.addWidget(self.picture, 2)
        self._connect()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("Break"), "title"))
        head.addSpacing(Space.UNIT)
        self.segments = Segments(tr("Category"), [("", "–")])
        self._head_row = head
        head.addWidget(self.segments)
        head.addStretch(1)
        self.filter = SearchField(tr("Filter teams"), keys=("/",))
        self.filter.setFixedWidth(200)
        head.addWidget(self.filter)
        head.addWidget(self.button("break.remark"))
        self.make = self.button("break.make")
        self.step = self.button("break.step", role=Role.PRIMARY)
        head.addWidget(self.make)
        head.addWidget(self.step)
        return head

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.listing.filter_by)
        self.filter.left_downwards.connect(self.listing.setFocus)
        self.listing.chosen.connect(self.refresh_commands)
        self.listing.opened.connect(lambda: self.run("break.remark"))
        self.listing.wanted.connect(self._make_now)
        self.on("break.step", self._step, self._why_no_step)
        self.on("break.make", self._make, self._why_no_break)
        self.on("break.tie", self._decide_tie, self._why_no_tie)
        self.on(
            "break.step_up",
            lambda: ask_step_up(self, self.session, self.view, self._tell_remade),
            lambda: why_nobody_steps(self.view))
        self.on("break.remark", self._set_remark, self._why_no_remark)
        self.on("break.clear_remark", self._clear_remark, self._why_nothing_to_clear)
        self.on("break.rounds", self._create_rounds, self._why_no_rounds)
        self.on("break.whole", self._toggle_whole)
        self.on("break.category", self._next_category)
        self.on("break.copy", self._copy)
        self.on("break.filter", self.filter.setFocus)

    # Data

    def query(self) -> Callable[[ReadUnit], BreakView]:
        """Read the chosen category."""
        tournament, slug = self.session.tournament, self._slug
        return lambda unit: break_views.read_view(unit, tournament, slug)

    def show_data(self, data: BreakView) -> None:
        """Show a break."""
        self.view = data
        if data.category is None:
            self._show_no_category()
            return
        self._stack.setCurrentWidget(self._content)
        self._slug = data.category.slug
        self._show_segments()
        self.make.set_words(tr("Remake break") if data.made else tr("Make break"))
        self.make.setVisible(data.made)
        self._show_step()
        self.facts.show_view(data)
        self._show_banners()
        self.listing.show_view(data)
        if data.bracket is not None:
            self.picture.show_bracket(data.bracket)

    def _show_no_category(self) -> None:
        empty = EmptyState(
            tr("This tournament has no break category."),
            tr("Add one in the settings, with the number of teams that break."),
            action=tr("Open settings"))
        empty.acted.connect(lambda: self.session.go("settings", "break"))
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(empty)
        self._stack.setCurrentWidget(empty)
        if empty.button is not None:
            empty.button.setFocus()

    def _show_segments(self) -> None:
        choices = [
            (one.slug, f"{one.name} {one.size}") for one in self.view.heads]
        if choices != self.segments.choices:
            had_keys = self.segments.hasFocus()
            fresh = Segments(tr("Category"), choices)
            self._head_row.replaceWidget(self.segments, fresh)
            self.segments.deleteLater()
            self.segments = fresh
            self.segments.chosen.connect(self.choose)
            QWidget.setTabOrder(self.segments, self.filter)
            if had_keys:
                self.segments.setFocus()
        if self._slug is not None:
            self.segments.choose(self._slug)

    def choose(self, slug: str) -> None:
        """Show another category."""
        self._slug = slug
        self.reload()

    def _show_banners(self) -> None:
        for old in self.banners:
            self._flow.removeWidget(old)
            old.deleteLater()
        self.banners = [banner_of(one) for one in notices(self.view)[:_MOST_BANNERS]]
        for banner, one in zip(self.banners, notices(self.view), strict=False):
            banner.answered.connect(lambda one=one: self._answer(one))
            self._flow.addWidget(banner)

    def _answer(self, notice: Notice) -> None:
        if notice.command:
            self.run(notice.command)
        elif notice.round_id is not None:
            self._go_to_round(notice.round_id)

    def open_at(self, target: object) -> None:
        """Show a category by its slug."""
        if isinstance(target, str) and target != self._slug:
            self.choose(target)

    # What comes next

    def _next_round(self) -> BracketRound | None:
        rounds = self.view.bracket.rounds if self.view.bracket is not None else ()
        open_ = (
            one for one in rounds
            if not one.drawn or not all(room.decided for room in one.rooms))
        return next((one for one in open_ if one.id is not None), None)

    def _show_step(self) -> None:
        following = self._next_round()
        words = tr("Make break")
        if self.view.made and following is not None:
            words = tr("Open {round}", round=following.title)
        elif self.view.made:
            words = tr("Create elimination rounds")
        if self.step.text() != words:
            self.step.set_words(words)
        idle = self.view.made and following is None and bool(self._why_no_rounds())
        if idle and self.step.hasFocus():
            self.setFocus()
        self.step.setVisible(not idle)

    def _step(self) -> None:
        following = self._next_round()
        if not self.view.made:
            self.run("break.make")
        elif following is not None and following.id is not None:
            self._go_to_round(following.id)
        else:
            self.run("break.rounds")

    def _why_no_step(self) -> str:
        if not self.view.made:
            return self._why_no_break()
        bracket = self.view.bracket
        if bracket is not None and bracket.champion is not None:
            return tr("{team} won. Nothing is left to do here.", team=bracket.champion.name)
        return "" if self._next_round() is not None else self._why_no_rounds()

    # Making it

    def _why_no_break(self) -> str:
        if self.view.category is None:
            return tr("There is no break category. Add one in the settings.")
        return tr("The break is being made.") if self._making else ""

    def _make(self) -> None:
        waits = missing_words(self.view)
        if waits and not self.view.made:
            ask(self, tr("Make the break without all results?"),
                tr("{missing} Who breaks may change when they come in; the page says so then.",
                   missing=waits),
                tr("Make break"), self._make_now)
        else:
            self._make_now()

    def _make_now(self) -> None:
        """Make the break: all of them the first time, else this one with what was decided."""
        view = self.view
        if view.category is None or self._making:
            return
        slug, name = view.category.slug, view.category.name
        if view.any_made:
            tournament = self.session.tournament
            self.session.write(
                self, "remake the break of",
                lambda unit: break_edits.remake(unit, tournament, slug), subject=name,
                done=self._tell_remade, snapshot=f"before remaking the break of {name}")
            return
        self._set_making(on=True)
        seed = secrets.randbelow(_SEEDS) if view.ties_by_lot else None
        self.session.submit(
            self, "break.generate", tournament_id=self.session.tournament, seed=seed,
            done=lambda _result: self._set_making(on=False), failed=self._on_failed)

    def _on_failed(self, result: Any) -> None:
        self._set_making(on=False)
        if result.error is not None and result.status != "cancelled":
            self.session.tell(result.error.message, "problem")

    def _set_making(self, *, on: bool) -> None:
        self._making = on
        self.refresh_commands()

    def _tell_remade(self, made: Remade) -> None:
        self.session.tell_undoable(remade_words(made))

    # Decisions

    def _why_no_tie(self) -> str:
        if self.view.tied:
            return ""
        return tr("Nobody is level at the line, so there is nothing to decide.")

    def _decide_tie(self) -> None:
        TieDialog(self, self.session, self.view, self._tell_remade).open()

    def _why_no_remark(self) -> str:
        if not self.view.made:
            return tr("Make the break first.")
        return "" if self.listing.current() is not None else tr("Choose a team first.")

    def _set_remark(self) -> None:
        line, category = self.listing.current(), self.view.category
        if line is not None and category is not None:
            RemarkDialog(self, self.session, category.slug, line, self._tell_remade).open()

    def _why_nothing_to_clear(self) -> str:
        line = self.listing.current()
        if line is None:
            return tr("Choose a team first.")
        if line.said is None:
            return tr("Nobody made a remark about {team}.", team=line.name)
        return ""

    def _clear_remark(self) -> None:
        line, category = self.listing.current(), self.view.category
        if line is None or category is None:
            return
        tournament, slug, team = self.session.tournament, category.slug, line.team
        self.session.write(
            self, "clear the remark of",
            lambda unit: break_edits.clear_remark(unit, tournament, slug, team),
            subject=line.name, done=self._tell_remade)

    # Elimination rounds

    def _why_no_rounds(self) -> str:
        bracket = self.view.bracket
        if bracket is None:
            return tr("There is no break category. Add one in the settings.")
        if bracket.note:
            return bracket.note
        return tr("The elimination rounds are there already.") if bracket.is_made else ""

    def _create_rounds(self) -> None:
        category = self.view.category
        if category is None:
            return
        tournament, slug = self.session.tournament, category.slug
        self.session.write(
            self, "create the elimination rounds of",
            lambda unit: elimination.create_rounds(unit, tournament, slug),
            subject=category.name, done=self._on_created)

    def _on_created(self, ids: list[int]) -> None:
        self.session.tell(
            tr("{rounds} made.", rounds=count(
                len(ids), "elimination round", "elimination rounds")), "done",
            tr("Open the first"),
            lambda: self._go_to_round(ids[0]))
        self.picture.bracket.setFocus()

    def _open_room(self, key: Key) -> None:
        assert self.view.bracket is not None
        round_id = self.view.bracket.rounds[key[0]].id
        if round_id is None:
            self.session.tell(
                tr("This round has not been made. Create the elimination rounds first."),
                "attention")
            return
        self._go_to_round(round_id, self.picture.bracket.room(key).debate)

    def _go_to_round(self, round_id: int, debate: str | None = None) -> None:
        self.session.set_round(round_id)
        self.session.go("rounds/draw", debate)

    # The rest

    def _toggle_whole(self) -> None:
        """Give the bracket all the room, or give the table its place back."""
        alone = not self.listing.isHidden()
        self.listing.setVisible(not alone)
        self.facts.setVisible(not alone)
        (self.picture.bracket if alone else self.listing).setFocus()

    def _next_category(self) -> None:
        slugs = [one.slug for one in self.view.heads]
        if len(slugs) > 1 and self._slug in slugs:
            self.choose(slugs[(slugs.index(self._slug) + 1) % len(slugs)])

    def _copy(self) -> None:
        self.listing.copy()
        self.session.tell(tr("Table copied."), "done")
