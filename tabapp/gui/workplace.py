"""What one person has at the window: the frame around the places, and every way between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui import roles
from tabapp.gui.actions import Command, key_caps
from tabapp.gui.frame import panes
from tabapp.gui.frame.command_table import CommandTable
from tabapp.gui.frame.facts import Facts
from tabapp.gui.frame.finding import Entry
from tabapp.gui.frame.job_bar import JobBar
from tabapp.gui.frame.menus import CommandMenu
from tabapp.gui.frame.message_list import MessageList
from tabapp.gui.frame.notices import Notices
from tabapp.gui.frame.page_stack import PageStack
from tabapp.gui.frame.palette import Palette
from tabapp.gui.frame.plain_bar import PlainBar
from tabapp.gui.frame.rail import Rail
from tabapp.gui.frame.shortcut_sheet import ShortcutSheet, key_groups
from tabapp.gui.frame.things import Things, command_entries
from tabapp.gui.frame.toasts import Toasts
from tabapp.gui.frame.top_bar import TopBar
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.catalog import Place, commands
from tabapp.gui.session import Session
from tabapp.gui.widgets.floating import focusable
from tabapp.services.stages import STAGES

WIDE_ENOUGH = 1440
"""Below this width the rail folds, unless the person chose."""
ROUNDS, BALLOTS, JOBS, PROJECTOR = "rounds", "ballots", "jobs", "projector"
_OF_THE_PROGRAM = ("theme", "import", "snapshot_folders", "restore")


class Workplace(QWidget):
    """Rail, top bar, pages, bottom bar, and what floats above them, for the person who is here.

    It holds the places and the commands that are this person's and is made anew for the next, so
    that nothing of what one saw is left for another. It answers the commands of
    ``frame.commands``; those of a page are passed on to it. What only the program can do (another
    file, the colours, the end) it asks for by ``wanted``.
    """

    wanted = Signal(str, object)
    """``new``, ``open``, ``import``, ``close``, ``quit``; ``theme`` with ``light``, ``dark`` or
    ``system``; ``snapshot_folders`` with both folders, ``restore`` with the copy to put back."""
    titled = Signal(str)
    """What is open, for the frame of the window."""

    def __init__(self, session: Session, places: Sequence[Place], parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.preferences = session.preferences
        self.places = tuple(one for one in places if roles.may_open(session, one.key))
        self._owners = {one.name: place.key for place in places for one in place.commands()}
        self.table = CommandTable(
            commands(places), self, self, partial(roles.why_not, session))
        self.title = ""
        self._tabs = QTimer(self, singleShot=True, interval=0)  # once for all that a page says
        # later: a widget loses the keys while it is destroyed, and nobody may walk past it then
        self._toasts_move = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._float()
        self._answer()
        self._listen()

    def begin(self, show_of_hall: Page[object] | None = None) -> None:
        """Read, and open the first page; ``show_of_hall`` goes on from whoever was here before."""
        if show_of_hall is not None:
            self.stack.adopt(PROJECTOR, self._heed(show_of_hall))
        self._fold_by_width()
        self.table.start()
        self.facts.read()
        self._open_first()

    # Building

    def _build(self) -> None:
        spots = [(one.key, one.title, one.icon) for one in self.places]
        keys = [key_caps(self.table.get(f"go.{one.key}").keys) for one in self.places]
        may_see_results = roles.may_see_results(self.session)
        self.rail = Rail(spots, keys)
        self.top = TopBar(
            key_caps(self.table.get("view.palette").keys), whole=may_see_results)
        self.stack = PageStack({
            one.key: partial(self._make_page, one) for one in self.places})
        self.jobs = JobBar(self.session) if may_see_results else PlainBar(self.session)
        whole = QVBoxLayout(self)
        upper, right = QHBoxLayout(), QVBoxLayout()
        for layout in (whole, upper, right):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.stack, 1)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole.addLayout(upper, 1)
        whole.addWidget(self.jobs)
        self.menu = CommandMenu(self.table, self)

    def _make_page(self, place: Place) -> Page[object]:
        return self._heed(place.page_class()(self.session))

    def _heed(self, page: Page[object]) -> Page[object]:
        page.live_changed.connect(self.set_projector_state)
        return page

    def _float(self) -> None:
        self.facts = Facts(self.session, self)
        self.things = Things(self.session, self)
        self.palette_panel = Palette(self, self._entries)
        self.sheet = ShortcutSheet(self)
        self.messages = MessageList(self)
        self.toasts = Toasts(self, self._toast_room, self.session.workspace.clock.now)
        self.notices = Notices(
            self.session, self.toasts, lambda: self.page, [one.key for one in self.places], self
        ) if roles.may_see_results(self.session) else None
        self.focus_keys = panes.FocusKeys(self._window_keys, self.stack)
        for overlay in (self.palette_panel, self.sheet, self.messages):
            overlay.opened.connect(self.table.hold)
            overlay.closed.connect(self._on_overlay_closed)

    def _listen(self) -> None:
        session = self.session
        session.went.connect(self._on_went)
        session.told.connect(self.toasts.tell)
        self.facts.changed.connect(self._on_facts)
        self.things.changed.connect(self.palette_panel.refresh)
        self.things.went_stale.connect(self._on_stale_things)
        self.rail.chosen.connect(session.go)
        self.rail.fold_asked.connect(self.fold_rail)
        self.top.rounds.picked.connect(session.set_round)
        self.top.stages.chosen.connect(self._go_to_stage)
        self.top.search.clicked.connect(self.search)
        self.top.help.clicked.connect(self.show_keys)
        self.top.menu.clicked.connect(self.show_menu)
        self.top.projector.clicked.connect(lambda: session.go("projector"))
        if isinstance(self.jobs, JobBar):
            self.jobs.jobs_asked.connect(lambda: session.go(f"{JOBS}/queue"))
            self.jobs.running_changed.connect(self._on_running)
        self.jobs.who.clicked.connect(self.lock)
        self.stack.moved.connect(self._on_moved)
        self._tabs.timeout.connect(self._order_tabs)
        self._toasts_move.timeout.connect(self.toasts.arrange)
        self.table.refused.connect(lambda reason: session.tell(reason, "attention"))
        self.focus_keys.lost.connect(self._on_focus_lost)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _answer(self) -> None:
        on, session = self.table.on, self.session
        for what in ("new", "open", "import", "close", "quit"):
            on(f"file.{what}", partial(self.wanted.emit, what, None))
        on("who.lock", self.lock, self._why_not_lock)
        on("edit.undo", self._undo)
        on("edit.redo", self._redo)
        on("view.palette", self.search)
        on("view.rail", self.fold_rail)
        for scheme in ("light", "dark", "system"):
            on(f"view.{scheme}", partial(self.wanted.emit, "theme", scheme))
        on("view.messages", lambda: self.messages.start(list(self.toasts.kept)))
        on("view.menu", self.show_menu)
        on("pane.next", lambda: panes.next_pane(self._panes(), 1))
        on("pane.previous", lambda: panes.next_pane(self._panes(), -1))
        on("banner.answer", lambda: panes.answer_banner(self.page),
           lambda: panes.why_no_banner(self.page))
        on("problem.next", self._next_problem)
        on("toast.act", self.toasts.act, self._why_no_toast)
        on("toast.dismiss", self._dismiss_toast, self._why_no_toast)
        on("round.choose", self.top.rounds.showMenu, self._why_no_round)
        for key in STAGES:
            on(f"stage.{key}", partial(self._go_to_stage, key), self._why_no_round)
        on("help.keys", self.show_keys)
        for place in self.places:
            on(f"go.{place.key}", partial(session.go, place.key))

    # The window and what is kept of it

    def _open_first(self) -> None:
        keys = [one.key for one in self.places]
        last = self.preferences.kept.last_place
        self.stack.open(last if last in keys else keys[0])

    def keep_place(self) -> None:
        """Remember which place is open, where there are several."""
        if len(self.places) > 1:
            self.preferences.keep(last_place=self.stack.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail where it would take too much."""
        super().resizeEvent(event)
        self._fold_by_width()

    def _fold_by_width(self) -> None:
        chosen = self.preferences.kept.rail_folded
        folded = self.width() < WIDE_ENOUGH if chosen is None else chosen
        if folded != self.rail.folded:
            self.rail.set_folded(folded)

    def fold_rail(self) -> None:
        """Fold or unfold the rail, and keep it so."""
        self.preferences.keep(rail_folded=not self.rail.folded)
        self._fold_by_width()

    def set_projector_state(self, text: str, live: bool) -> None:
        """Say at the top right what the hall sees ("Live: blank"); "" says nothing."""
        self.top.show_projector(text, live)

    # Undo

    def _undo(self) -> None:
        if not panes.undo_typing(self.page):
            self.session.undo()

    def _redo(self) -> None:
        if not panes.redo_typing(self.page):
            self.session.redo()

    # Where we are

    @property
    def page(self) -> Page[object] | None:
        """Return the page that is on the screen."""
        return self.stack.page

    def _on_went(self, place: str, target: object) -> None:
        """Open a place; what only the program can do is asked for by the same way."""
        if place in _OF_THE_PROGRAM:
            self.wanted.emit(place, target)
        elif self.stack.has(place):
            self.stack.open(place, target)

    def _on_facts(self) -> None:
        facts = self.facts
        self.top.show_round(facts.name, facts.rounds, facts.round)
        item = self.rail.item(BALLOTS)
        if item is not None:
            item.show_waiting(facts.ballots_out)
        round_name = facts.round.name if facts.round else ""
        self.title = " – ".join(filter(None, (round_name, facts.name)))
        self.titled.emit(self.title)

    def _on_running(self, runs: bool) -> None:
        item = self.rail.item(JOBS)
        if item is not None:
            item.show_running(runs)

    def _on_moved(self) -> None:
        page = self.page
        if page is not None:
            self.rail.mark(self.stack.key)
            self.top.show_stages(self.stack.key != ROUNDS)
            self.table.set_place(page.current_place() or self.stack.key)
            self._tabs.start()

    def _order_tabs(self) -> None:
        """Let the bottom bar come after the page, which was made later."""
        ring = focusable(self.page) if self.page is not None else []
        if ring:
            for one, after in pairwise((ring[-1], *self.jobs.ring())):
                QWidget.setTabOrder(one, after)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not self.isVisible():  # locked
            return
        if old is not None and self.table.is_free:
            self.stack.on_focus_moved(old, new)
        inside = new is not None and self.isAncestorOf(new)
        self.focus_keys.watch(new if inside else None)
        self._toasts_move.start()
        page = self.page
        if page is not None:
            self.table.set_place(page.current_place() or self.stack.key)

    def _on_focus_lost(self) -> None:
        if self.table.is_free:
            self.stack.take_back()

    def _window_keys(self) -> frozenset[str]:
        return frozenset(
            key for key, name in self.table.claimed().items()
            if self.table.is_own(name) or key == panes.EXPLAIN)

    def _panes(self) -> list[QWidget]:
        page = self.page
        inner = page.panes() if page is not None else ()
        return [self.rail, self.top, *inner, self.jobs]

    def _go_to_stage(self, key: str) -> None:
        self.session.go(f"{ROUNDS}/{key}")

    # Commands of pages

    def page_reason(self, command: Command) -> str:
        """Return why a page's command cannot be given now; "" if nobody knows yet."""
        page = self.page
        if page is None or self._owners[command.name] != self.stack.key:
            return ""
        return page.why_not(command.name) or ""

    def run_on_page(self, command: Command) -> None:
        """Give a page's command; from elsewhere its place is opened first, if it may be."""
        owner = self._owners[command.name]
        if not self.stack.has(owner):
            return
        if command.place and not (
            owner == self.stack.key and command.works_in(self.table.place)
        ):
            self.session.go(command.place)
            self.stack.when_read(owner, partial(self._run_there, owner, command))
        else:
            self.stack.get(owner).run(command.name)

    def _run_there(self, owner: str, command: Command) -> None:
        if owner == self.stack.key:
            self.stack.get(owner).run(command.name)

    # What floats

    def search(self, typed: str | bool = "") -> None:
        """Open the palette."""
        self.things.ask()
        self.palette_panel.start(typed if isinstance(typed, str) else "")

    def _on_overlay_closed(self) -> None:
        self.table.release()
        now = QApplication.focusWidget()
        if now is None or not now.isVisible():  # what had the keys went in the meantime
            self.stack.take_back(now)

    def _on_stale_things(self) -> None:
        if self.palette_panel.isVisible():
            self.things.ask()

    def _entries(self) -> list[Entry]:
        titles = {one.key: one.title for one in self.places}
        found = command_entries(self.table, titles, self.table.run)
        return [*self.things.entries, *found]

    def show_keys(self) -> None:
        """Show the keys of the page."""
        page = self.page
        here = next((tr(one.title) for one in self.places if one.key == self.stack.key), "")
        hints = [
            hint for one in (page, page.pane() if page else None) if one is not None
            for hint in one.hints
        ]
        self.sheet.start(key_groups(self.table.in_force(), hints, here), here)

    def show_menu(self) -> None:
        """Open the menu below its button, its first line chosen."""
        self.menu.open_below(self.top.menu)

    def _toast_room(self) -> QRect:
        return QRect(self.stack.mapTo(self, self.stack.rect().topLeft()), self.stack.size())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Dismiss a toast by Esc when nothing else wanted it."""
        if event.key() != Qt.Key.Key_Escape or not self.toasts.dismiss():
            super().keyPressEvent(event)

    def _dismiss_toast(self) -> None:
        self.toasts.dismiss()

    # Who is here

    def lock(self) -> None:
        """Lock the window, where people sign in."""
        if not self._why_not_lock():
            self.session.who.lock()

    def _why_not_lock(self) -> str:
        if self.session.who.operator is not None:
            return ""
        return tr("Nobody signs in to this file. Add people under Settings, then it can be locked.")

    # Reasons

    def _next_problem(self) -> None:
        page = self.page
        if page is not None and not (panes.next_wrong_field(page) or page.next_problem()):
            self.session.tell(tr("No problems here."))

    def _why_no_toast(self) -> str:
        return "" if self.toasts.shown else tr("There is no message to act on.")

    def _why_no_round(self) -> str:
        return "" if self.facts.rounds else tr("This tournament has no rounds yet.")
