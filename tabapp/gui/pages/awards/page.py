"""The place awards: who has earned what, what nobody has yet, and the way into the hall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.job_strip import JobStrip
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.awards.bar import FAMILY_COMMANDS, FilterBar
from tabapp.gui.pages.awards.commands import COMMANDS
from tabapp.gui.pages.awards.ledger import Ledger, make_ledger
from tabapp.gui.pages.awards.notices import (
    SilentBanner,
    checked_words,
    empty_for,
    silent_words,
)
from tabapp.gui.pages.awards.panel import AwardPanel
from tabapp.gui.pages.awards.rows import COLUMNS, as_text
from tabapp.gui.pages.awards.ways import (
    print_winners,
    to_person,
    to_release,
    why_no_person,
    why_no_release,
    why_not_in_the_hall,
)
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.services.award_views import AwardLine, Winner, read_awards
from tabapp.services.award_waits import Lack, read_waits
from tabapp.store.unit import ReadUnit

JOB = "achievements.check_all"
_SHORTCUT = Qt.FocusReason.ShortcutFocusReason


class AwardsPage(Page[Ledger]):
    """A ledger of all awards, and one of them with its winners beside it."""

    place = "awards"
    watches = frozenset({"awards", "people", "rounds", "settings"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Ctrl", "⏎"), "check all"), (("F5",), "show in the hall"), (("/",), "filter"),
        (("F4",), "only earned"), (("Enter",), "winners"), (("Ctrl", "C"), "copy"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.ledger: Ledger | None = None
        self._target = ""
        self._browses = False
        self._empty: EmptyState | None = None
        self.facts = label("", role="secondary")
        self.check = JobStrip(session, self, JOB, tr("Checking awards"))
        self.bar = FilterBar()
        self.banner = SilentBanner()
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("Awards"), row_height=Height.ROW_TALL)
        self.card = TableCard(self.table)
        self.panel = AwardPanel(
            self.button("awards.show"), self.button("awards.release", keys=False))
        self.setFocusProxy(self.table)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("Awards"), "title"))
        head.addSpacing(Space.UNIT)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.check)
        head.addWidget(self.button("awards.copy"))
        head.addWidget(self.button("awards.check", role=Role.PRIMARY))
        body = QHBoxLayout()
        body.setSpacing(Space.GAP)
        body.addWidget(self.card, 1)
        body.addWidget(self.panel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(
            Space.MARGIN, Space.MARGIN_TIGHT, Space.MARGIN, Space.MARGIN_TIGHT)
        whole.setSpacing(Space.GAP - 4)
        whole.addLayout(head)
        whole.addWidget(self.bar)
        whole.addWidget(self.banner)
        whole.addLayout(body, 1)

    def _connect(self) -> None:
        on = self.on
        on(
            "awards.check",
            lambda: self.check.begin(tournament_id=self.session.tournament), self._may_check)
        on("awards.show", self._show_in_the_hall, lambda: why_not_in_the_hall(self.chosen()))
        on("awards.winner", lambda: self._go_to_winner(self.panel.winner()),
           lambda: why_no_person(self.chosen()))
        on("awards.release", self._open_release, lambda: why_no_release(self._lacks()))
        on("awards.copy", self._copy, self._may_copy)
        on("awards.print", lambda: print_winners(self, self.chosen()))
        on("awards.filter", lambda: self.bar.filter.setFocus(_SHORTCUT))
        on("awards.earned", self.bar.toggle_earned)
        for name, family in FAMILY_COMMANDS.items():
            on(f"awards.{name}", partial(self.bar.choose_family, family))
        self.check.changed.connect(self.refresh_commands)
        self.check.ended.connect(
            lambda result: self.session.tell(checked_words(result.value), "done"))
        self.banner.answered.connect(
            lambda: self.session.go("settings", "all_results_released"))
        self.bar.changed.connect(self._fill)
        self.bar.filter.left_downwards.connect(self.table.setFocus)
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda _key: self._to_winners())
        self.panel.opened.connect(self._go_to_winner)
        self.panel.left.connect(lambda: self.table.setFocus(_SHORTCUT))
        self.refresh_commands()

    # Data

    def query(self) -> Callable[[ReadUnit], Ledger]:
        """Read all awards, who has them and what keeps them from the hall."""
        owner = self.session.tournament
        return lambda unit: make_ledger(read_awards(unit, owner), read_waits(unit, owner))

    def show_data(self, data: Ledger) -> None:
        """Show the awards; the cursor stays where it was."""
        self.ledger = data
        self.facts.setText(data.facts())
        self.bar.show_counts(data)
        self.banner.say(silent_words(data))
        self._fill()

    def shown(self) -> list[AwardLine]:
        """Return the awards that are shown, in the order of the catalogue."""
        return self.ledger.shown(self.bar.wanted) if self.ledger is not None else []

    def _fill(self) -> None:
        if self.ledger is None:
            return
        lines, wanted = self.shown(), self.bar.wanted
        self.model.set_rows(self.ledger.rows_of(lines, wanted))
        self.panel.filter_by(wanted.words)
        target, self._target = self._target, ""
        known = {one.key for one in lines}
        if not (target and self.table.go_to(target)) and known and (
            self.table.current_key() not in known
        ):
            self.table.go_to(lines[0].key)
            self.table.scrollToTop()
        self._show_empty(empty_for(self.ledger, self.bar.wanted, browses=self._browses))
        self._show_chosen()

    def _show_empty(self, empty: EmptyState | None) -> None:
        """Show the ledger, or what stands in its place; the keys go with it."""
        now = QApplication.focusWidget()
        had_keys = now is not None and self.card.isAncestorOf(now)
        old, self._empty = self._empty, empty
        nobody = empty is not None and empty.button is not None
        if empty is not None and nobody:
            empty.acted.connect(self._browse)
        self.panel.setVisible(not nobody)
        self.card.show_empty(empty)
        self.setFocusProxy(empty if empty is not None and nobody else self.table)
        if old is not None:
            old.deleteLater()
        if had_keys:
            self.setFocus()

    def _browse(self) -> None:
        """Show what can be earned although nobody has anything."""
        self._browses = True
        self._fill()
        self.table.setFocus(_SHORTCUT)

    def open_at(self, target: object) -> None:
        """Show one award by its key."""
        if isinstance(target, str) and target:
            self._target = target
            self._browses = True
            self.bar.show_everything()
            self.table.setFocus(_SHORTCUT)

    def panes(self) -> Sequence[QWidget]:
        """Return the families, the ledger and the winners."""
        found: list[QWidget] = [self.bar.families, self.table]
        if self.panel.table.isVisible():
            found.append(self.panel.table)
        return tuple(found)

    # One award

    def chosen(self) -> AwardLine | None:
        """Return the award with the cursor."""
        key = self.table.current_key()
        return self.ledger.lines.get(str(key)) if self.ledger is not None else None

    def _lacks(self) -> tuple[Lack, ...]:
        line = self.chosen()
        if line is None or self.ledger is None:
            return ()
        return self.ledger.waits.lacks.get(line.key, ())

    def _show_chosen(self) -> None:
        if self.ledger is not None:
            line = self.chosen() if self.model.shown else None
            now = self.session.workspace.clock.now()
            self.panel.show_award(line, self.ledger.waits, now)
        self.refresh_commands()

    def _to_winners(self) -> None:
        line = self.chosen()
        if line is not None and line.is_earned:
            self.panel.table.setFocus(_SHORTCUT)

    def _go_to_winner(self, winner: Winner | None) -> None:
        line = self.chosen()
        if winner is None or line is None:
            return
        reason = why_no_person(line)
        if reason:
            self.session.tell(reason)
        else:
            self.session.go(*to_person(line, winner))

    def _show_in_the_hall(self) -> None:
        """Prepare the awards in the preview, at the chosen one; only what is public is there."""
        line = self.chosen()
        if line is not None:
            self.session.go("projector", ("awards", line.key))

    def _open_release(self) -> None:
        way = to_release(self._lacks())
        if way is None:
            self.run("awards.check")
        else:
            self.session.go(*way)

    # All awards

    def _may_check(self) -> str:
        return tr("The awards are being checked.") if self.check.runs else ""

    def _may_copy(self) -> str:
        return "" if self.shown() else tr("The list is empty.")

    def _copy(self) -> None:
        """Copy what is shown; with the keys at the winners that award alone."""
        assert self.ledger is not None
        line = self.chosen() if self.panel.table.hasFocus() else None
        lines = [line] if line is not None else self.shown()
        QGuiApplication.clipboard().setText(as_text(lines, self.ledger.waits))
        self.session.tell(tr(
            "{awards} on the clipboard.", awards=count(len(lines), "award is", "awards are")))
