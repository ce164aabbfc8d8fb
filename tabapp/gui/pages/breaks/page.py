"""The break: who may still break and what it takes; then who breaks and why, and the bracket."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.dialogs.export import open_export
from tabapp.gui.dialogs.print import open_print
from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.ahead import Ahead
from tabapp.gui.pages.breaks.aside import Aside
from tabapp.gui.pages.breaks.commands import COMMANDS
from tabapp.gui.pages.breaks.deciding import Deciding
from tabapp.gui.pages.breaks.facts import Facts, facts
from tabapp.gui.pages.breaks.foot import foot_words
from tabapp.gui.pages.breaks.host import BreakHost
from tabapp.gui.pages.breaks.judges import JudgesPane
from tabapp.gui.pages.breaks.layout import Key
from tabapp.gui.pages.breaks.listing import Listing
from tabapp.gui.pages.breaks.making import Making
from tabapp.gui.pages.breaks.notices import Notice, banner_of, notices
from tabapp.gui.pages.breaks.outlook_facts import outlook_facts
from tabapp.gui.present.announce import announce_break
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import IconButton, Role
from tabapp.gui.widgets.cards import Banner, EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import Name, label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import break_views
from tabapp.services.break_outlook import RoomToWatch
from tabapp.services.break_views import BreakView
from tabapp.services.exports import ExportRequest
from tabapp.services.printing import PrintRequest
from tabapp.store.unit import ReadUnit

_MOST_BANNERS = 2
_GAP = 12
"""So that sixteen teams and the line below them fit on the smallest screen."""
_FILTERS = {False: tr("Filter teams"), True: tr("Filter judges")}
"""What the filter is called, by whether the judges are shown."""
JUDGES = "@judges"
"""Stands among the slugs of the categories."""


class BreakPage(BreakHost):
    """Categories, facts, the table with the break line, and at its side what follows from it."""

    place = "breaks"
    watches = frozenset({
        "break", "results", "rounds", "draw", "settings", "people", "forecast", "feedback"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Ctrl", "⏎"), "Next step"), (("⏎",), "Results of the team"), (("F2",), "Set remark"),
        (("F5",), "Forecast"), (("F9",), "Ballot that can flip it"), (("/",), "Filter"),
        (("Ctrl", "PgDn"), "Next category"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view = BreakView(())
        self._slug: str | None = None
        self.ahead = Ahead(session, self)
        self.ahead.changed.connect(self._show_ahead)
        self._stack = QStackedLayout(self)
        self._content = QWidget()
        self._stack.addWidget(self._content)
        whole = QVBoxLayout(self._content)
        whole.setContentsMargins(Space.MARGIN, _GAP, Space.MARGIN, Space.HALF)
        whole.setSpacing(_GAP)
        whole.addLayout(self._head())
        self.banners: list[Banner] = []
        self._flow = QVBoxLayout()
        self._flow.setSpacing(Space.UNIT)
        whole.addLayout(self._flow)
        self.facts = Facts()
        self.facts.cards[3].opened.connect(lambda: self.run("break.flipping"))
        whole.addWidget(self.facts)
        self._parts = QStackedWidget()
        whole.addWidget(self._parts, 1)
        self._lay_parts()
        self.making = Making(self)
        Deciding(self, self.making)
        self._connect()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("Break"), "title"))
        head.addSpacing(Space.UNIT)
        self.segments = Segments(tr("Category"), [("", "–")])
        self.segments.chosen.connect(self.choose)
        head.addWidget(self.segments)
        head.addStretch(1)
        self.filter = SearchField(_FILTERS[False], keys=("/",))
        self.filter.setFixedWidth(180)
        head.addWidget(self.filter)
        self.foresee = self.button("break.forecast")
        self.export = IconButton("download", tr("Export…"))
        self.export.clicked.connect(lambda: self.run("break.export"))
        self.announce = self.button("break.announce", keys=False)
        self.remark = self.button("break.remark")
        self.make = self.button("break.make")
        self.step = self.button("break.step", role=Role.PRIMARY)
        for one in (
            self.export, self.foresee, self.remark, self.make, self.announce, self.step,
        ):
            head.addWidget(one)
        return head

    def _lay_parts(self) -> None:
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.HALF)
        across = QHBoxLayout()
        across.setSpacing(Space.GAP)
        rows.addLayout(across, 1)
        self.listing = Listing()
        across.addWidget(self.listing, 5)
        self.aside = Aside()
        self.picture = self.aside.picture
        across.addWidget(self.aside, 2)
        self.foot = Name("", "small", "text2")
        rows.addWidget(self.foot)
        self.judges = JudgesPane(self.session)
        self.judges.lay_button(self.button("break.judges_best"))
        self._parts.addWidget(body)
        self._parts.addWidget(self.judges)
        self.setFocusProxy(self.listing)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter_by)
        self.filter.left_downwards.connect(lambda: self._part_with_keys().setFocus())
        self.listing.chosen.connect(self.refresh_commands)
        self.listing.opened.connect(lambda: self.run("break.results"))
        self.listing.wanted.connect(self.making.make_now)
        self.listing.people_wanted.connect(lambda: self.session.go("people"))
        self.picture.bracket.opened.connect(self._open_room)
        self.aside.rooms.opened.connect(self._open_ballot)
        self.judges.changed.connect(self.refresh_commands)
        self.on("break.flipping", self._open_flipping, self._why_no_flipping)
        self.on("break.watch", self.aside.show_rooms, self._why_no_rooms)
        self.on("break.results", self._open_results, self._why_no_team)
        self.on("break.whole", self._toggle_whole)
        self.on("break.category", self._next_category)
        self.on("break.judges", lambda: self.choose(
            JUDGES if not self.shows_judges else self._slug or ""))
        self.on("break.judge", self.judges.toggle, self._why_no_judge)
        self.on("break.judges_best", self._take_best, self._why_not_best)
        self.on("break.announce", self._announce, self._why_not_announce)
        self.on("break.export", self._export)
        self.on("break.copy", self._copy)
        self.on("break.print", self._print)
        self.on("break.filter", self.filter.setFocus)

    # Data

    def query(self) -> Callable[[ReadUnit], BreakView]:
        """Read the chosen category."""
        tournament, slug = self.session.tournament, self._slug
        return lambda unit: break_views.read_view(unit, tournament, slug)

    def show_data(self, data: BreakView) -> None:
        """Show a break, then read what lies ahead of it."""
        self.view = data
        if data.category is None:
            self._show_no_category()
            return
        self._stack.setCurrentWidget(self._content)
        self._slug = data.category.slug
        self._show_segments()
        self.ahead.look(data)
        self._show_banners()
        self._show_buttons()
        self._show_ahead()
        if self.shows_judges:
            self.judges.look()

    def _show_ahead(self) -> None:
        """Show what is known by now of a category."""
        view, outlook = self.view, self.ahead.outlook
        if view.category is None:
            return
        self.facts.show_facts(
            facts(view) if view.made else outlook_facts(view, outlook, self.ahead.guard))
        self.listing.show_view(view, outlook)
        self.aside.show_view(view, outlook)
        self.foot.set_text(foot_words(view, outlook, self.ahead.note))
        self.foot.setVisible(bool(self.foot.text))
        self.refresh_commands()

    def _show_buttons(self) -> None:
        teams = not self.shows_judges
        if self.step.text() != self.making.words():
            self.step.set_words(self.making.words())
        if not self.making.has_step and self.step.hasFocus():
            self.setFocus()
        self.step.setVisible(teams and self.making.has_step)
        early = not self.view.made and not self.view.is_over
        self.make.set_words(tr("Break now…") if early else tr("Remake break"))
        self.make.setVisible(teams and (early or self.view.made))
        self.foresee.setVisible(
            teams and not self.view.made and not self.view.is_over and self.view.preliminary > 0)
        self.remark.setVisible(teams and self.view.made)
        self.announce.setVisible(teams)

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
        self.segments.set_choices([
            *((one.slug, f"{one.name} {one.size}") for one in self.view.heads),
            (JUDGES, tr("Judges"))])
        if not self.shows_judges and self._slug is not None:
            self.segments.choose(self._slug)

    @property
    def shows_judges(self) -> bool:
        """Tell whether the judges stand where the teams do otherwise."""
        return self._parts.currentWidget() is self.judges

    def _part_with_keys(self) -> QWidget:
        return self.judges if self.shows_judges else self.listing

    def choose(self, key: str) -> None:
        """Show another category, or the judges."""
        had_keys = not self.segments.hasFocus()
        judges = key == JUDGES
        self._parts.setCurrentIndex(int(judges))
        self.setFocusProxy(self._part_with_keys())
        self.facts.setVisible(not judges)
        self.filter.setPlaceholderText(_FILTERS[judges])
        self.filter.setAccessibleName(_FILTERS[judges])
        self.segments.choose(key)
        if judges:
            size = self.view.category.size if self.view.category is not None else 0
            self.judges.suggest(size, 2 if self.view.two_team else 4)
        else:
            self._slug = key
        self._filter_by(self.filter.text())
        if had_keys:
            self._part_with_keys().setFocus()
        self.reload()

    def _filter_by(self, words: str) -> None:
        self.listing.filter_by("" if self.shows_judges else words)
        self.judges.model.filter_by(words if self.shows_judges else "")

    def _show_banners(self) -> None:
        for old in self.banners:
            self._flow.removeWidget(old)
            old.deleteLater()
        shown = notices(self.view)[:_MOST_BANNERS]
        self.banners = [banner_of(one) for one in shown]
        for banner, one in zip(self.banners, shown, strict=True):
            banner.answered.connect(lambda one=one: self._answer(one))
            self._flow.addWidget(banner)

    def _answer(self, notice: Notice) -> None:
        if notice.command:
            self.run(notice.command)
        elif notice.place:
            self.session.go(*notice.place)
        elif notice.round_id is not None:
            self.go_to_round(notice.round_id)

    def open_at(self, target: object) -> None:
        """Show a category by its slug."""
        if isinstance(target, str) and (target != self._slug or self.shows_judges):
            self.choose(target)

    # Ways to elsewhere

    def _open_room(self, key: Key) -> None:
        round_id = self.picture.bracket.bracket.rounds[key[0]].id
        if round_id is None:
            self.session.tell(
                tr("This round has not been made. Create the elimination rounds first.")
                if self.view.made else tr("Nothing is drawn of this; it is as if it ended now."),
                "attention")
            return
        self.go_to_round(round_id, self.picture.bracket.room(key).debate)

    def _open_ballot(self, room: RoomToWatch) -> None:
        self.session.set_round(room.round_id)  # or the list beside it would be of another
        self.session.go("ballots", room.debate)

    def _why_no_flipping(self) -> str:
        guard = self.ahead.guard
        if self.view.made or guard is None or not guard.flipping:
            return tr("No ballot that is out or unchecked can change who breaks.")
        return ""

    def _open_flipping(self) -> None:
        guard = self.ahead.guard
        first = next(iter(guard.flipping), None) if guard is not None else None
        if first is not None:
            self.session.go("ballots", ("flip", first.round_id))

    def _why_no_rooms(self) -> str:
        outlook = self.ahead.outlook
        if outlook is None or not outlook.rooms or self.shows_judges:
            return tr("No drawn room without a result moves a chance here.")
        return ""

    def _why_no_team(self) -> str:
        if self.shows_judges:
            return tr("Show a category first.")
        return "" if self.listing.current() is not None else tr("Choose a team first.")

    def _open_results(self) -> None:
        line = self.listing.current()
        if line is not None:
            self.session.go("results", ("team", line.team))

    # Judges

    def _why_no_judge(self) -> str:
        return self.judges.why_not_toggle() if self.shows_judges else tr("Show the judges first.")

    def _why_not_best(self) -> str:
        return self.judges.why_not_best() if self.shows_judges else tr("Show the judges first.")

    def _take_best(self) -> None:
        self.judges.take_best(self.session.tell_undoable)

    # The rest

    def _toggle_whole(self) -> None:
        """Give the bracket all the room, or give the table its place back."""
        alone = not self.listing.isHidden()
        self.listing.setVisible(not alone)
        self.facts.setVisible(not alone and not self.shows_judges)
        (self.picture.bracket if alone else self.listing).setFocus()

    def _next_category(self) -> None:
        keys = [key for key, _words in self.segments.choices]
        if len(keys) > 1:
            self.choose(keys[(keys.index(self.segments.key) + 1) % len(keys)])

    def _export(self) -> None:
        open_export(self, ExportRequest("break", category=self._slug))

    def _print(self) -> None:
        teams = not self.shows_judges and self._slug is not None
        open_print(self, PrintRequest(
            "certificates",
            subject=f"breaking_teams:{self._slug}" if teams else "breaking_judges"))

    def _why_not_announce(self) -> str:
        return "" if self.view.made else tr("Make the break first.")

    def _announce(self) -> None:
        if self._slug is not None:
            announce_break(self.session, self._slug)

    def _copy(self) -> None:
        self.listing.copy()
        self.session.tell(tr("Table copied."), "done")
