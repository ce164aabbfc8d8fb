"""Projector: what the hall sees next at the left, what it sees now at the right, Take between."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tabapp.gui.award_words import waits_words
from tabapp.gui.messages import tr
from tabapp.gui.names import isolate
from tabapp.gui.page import Page
from tabapp.gui.pages.projector.announcing import Announcing
from tabapp.gui.pages.projector.commands import COMMANDS
from tabapp.gui.pages.projector.console import Console
from tabapp.gui.pages.projector.hall import HallControl
from tabapp.gui.pages.projector.minutes import CLICKER, Minutes
from tabapp.gui.pages.projector.playlist import Entry
from tabapp.gui.pages.projector.released import Public, Released, public_parts, read_released
from tabapp.gui.pages.projector.screens_dialog import ScreensDialog
from tabapp.gui.pages.projector.words import (
    break_lock_words,
    lock_words,
    pages_words,
    short_break_lock,
    short_lock,
    update_words,
    where_words,
    withdrawn_words,
)
from tabapp.gui.present.awards import first_step
from tabapp.gui.present.screens import Screens, SystemScreens
from tabapp.gui.present.sheet import Hall, Sheet
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import Kind, Lock, Slide, lock_of, make_slide
from tabapp.gui.roles import may_open
from tabapp.gui.session import Session
from tabapp.gui.widgets.hints import Hint
from tabapp.store.unit import ReadUnit

_MADE_IN = {Kind.AWARDS: "awards", Kind.STANDINGS: "settings", Kind.BREAK: "breaks"}
"""Where what a slide shows is made or published, where that is not a round."""


class ProjectorPage(Page[Released]):
    """Live changes only by F12, by the keys of its pages and by their time.

    The page reads on while it is hidden and something is live: what is no longer released goes
    dark wherever the operator is.
    """

    place = "projector"
    of_round = True
    watches = frozenset({
        "settings", "people", "rounds", "draws", "draw", "venues", "motions", "awards", "results",
        "break", "check_ins"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("F12",), "take"), (("Space",), "next page"), (("B",), "blank"), (("Z",), "freeze"),
        (("Up", "Down"), "choose"), (("Ctrl", "PgDn"), "step in preview"), (("F1",), "all keys"),
    )

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, screens: Screens | None = None
    ) -> None:
        super().__init__(session, parent)
        self.hall = HallControl(
            self, screens or SystemScreens(self), session.preferences, session.tell)
        self.announcing = Announcing(self, session)
        self.data: Released | None = None
        self.preview_page = 0
        self._take_soon = False
        self._wanted = ""
        self._laid: dict[Kind, tuple[Slide, Hall, tuple[Sheet, ...]]] = {}
        self._since = ""
        self._top: QWidget | None = None
        self.console = Console(self, self.hall.kept)
        self.playlist = self.console.playlist
        self.minutes = Minutes(self, self._shows_minutes, self.reload)
        self._connect()
        self.setFocusProxy(self.playlist)
        self._show_all()

    def _connect(self) -> None:
        on, hall, console = self.on, self.hall, self.console
        on("projector.take", self.take, self._why_not_take)
        on("projector.next", lambda: hall.turn(1), self._why_not_live)
        on("projector.back", lambda: hall.turn(-1), self._why_not_live)
        on("projector.blank", self._toggle_blank, self._why_not_live)
        on("projector.freeze", self._toggle_freeze, self._why_not_live)
        on("projector.preview_next", lambda: self._step(1))
        on("projector.preview_back", lambda: self._step(-1))
        on("projector.screens", self.choose_screen)
        on("projector.release", lambda: self._go_to_release(self.playlist.kind))
        on("projector.break", self.announcing.ask)
        self.announcing.changed.connect(self._on_asked)
        on("projector.close", hall.close, self._why_not_close)
        hall.changed.connect(self._show_all)
        hall.ticked.connect(self._show_time)
        hall.window.pressed.connect(self._on_clicker)
        console.chosen.connect(self._on_chosen)
        console.opened.connect(self._on_opened)
        console.typed.connect(self._on_chosen)
        console.kept.connect(self._on_kept)
        console.update_wanted.connect(self._accept)

    # Data

    def query(self) -> Callable[[ReadUnit], Released]:
        """Return what reads what is released of the round looked at and of the live one."""
        here_id, live_id = self.session.round_id, self.hall.show.round_id
        owner, wishes = self.session.tournament, self.announcing.wishes(self.hall.show.live)
        now = self.session.workspace.clock.now()
        return lambda unit: read_released(unit, owner, here_id, live_id, wishes, now)

    def mark_stale(self) -> None:
        """Read anew also while hidden, as long as the hall sees something."""
        super().mark_stale()
        if self._stale and self.hall.show.live is not None:
            self.reload()

    def _shows_minutes(self) -> bool:
        live, in_preview = self.hall.show.live, self.isVisible() and self.playlist.kind
        return Kind.BALLOTS in (live and live.kind, in_preview)

    def show_data(self, data: Released) -> None:
        """Show what is released now; live goes dark where it is no longer, else an update waits."""
        self.data = data
        show = self.hall.show
        rounds = {data.round_id: data.here, data.live_id: data.live}
        if show.live is not None:
            kind = show.live.kind
            if (show.round_id not in rounds and show.round_id is not None) or (
                kind is Kind.BREAK and not self.announcing.is_read(data)
            ):
                self.reload()  # taken while this was read
                return
            if show.renew(
                rounds.get(show.round_id), data.awards, data.standings,
                self.announcing.in_live(data),
                data.live_ballots if show.round_id == data.live_id else data.ballots,
            ) == "withdrawn" and may_open(self.session, self.place):
                self.session.tell(withdrawn_words(kind), "attention")
        self.hall.refresh()
        self._go_to_wanted()
        if self._take_soon:
            self._take_soon = False
            self.run("projector.take")

    # Preview

    def slide(self, kind: Kind | None = None) -> Slide | None:
        """Return the slide of ``kind`` (that in preview) as it is released; None while locked."""
        kind = kind or self.playlist.kind
        return make_slide(kind, *self._public(kind))

    def _words(self, kind: Kind) -> str:
        if kind is Kind.TITLE:
            return self.data.tournament if self.data else ""
        return self.console.message.toPlainText() if kind is Kind.MESSAGE else ""

    def _lock_of(self, kind: Kind) -> Lock:
        return lock_of(kind, *self._public(kind))

    def _public(self, kind: Kind) -> Public:
        return public_parts(self.data, self._words(kind), self.announcing.in_preview(self.data))

    def _lock(self, kind: Kind) -> str:
        here = self.data.here if self.data else None
        lock = self._lock_of(kind)
        words = lock_words(lock, here)
        if lock == "break":
            words = break_lock_words(self.announcing.found(self.data)) or words
        return " ".join(filter(None, (words, self._note(kind)))) if words else ""

    def _note(self, kind: Kind) -> str:
        """Return what a part of a slide still waits for."""
        return waits_words(self.data.waits) if self.data and kind is Kind.AWARDS else ""

    def preview_sheets(self) -> tuple[Sheet, ...]:
        """Return the pages of what is in preview; none while it is locked."""
        return self._sheets(self.playlist.kind)

    def _sheets(self, kind: Kind) -> tuple[Sheet, ...]:
        slide, hall = self.slide(kind), self.hall.hall()
        if slide is None:
            return ()
        laid = self._laid.get(kind)
        if laid is None or laid[:2] != (slide, hall):
            laid = self._laid[kind] = (slide, hall, lay_out(slide, hall))
        return laid[2]

    def _on_chosen(self) -> None:
        self.preview_page = 0
        self._show_all()

    def _on_opened(self, kind: str) -> None:
        if kind == Kind.MESSAGE:
            self.console.message.setFocus()
        elif kind == Kind.BREAK:
            self.announcing.ask()
        elif self._lock_of(Kind(kind)):
            self._go_to_release(Kind(kind))
        elif kind in _MADE_IN:
            self.session.go(_MADE_IN[Kind(kind)])

    def _go_to_release(self, kind: Kind) -> None:
        """Go where what is locked is released."""
        category = self.announcing.wish.category if kind is Kind.BREAK else ""
        target = "public_team_standings" if kind is Kind.STANDINGS else category or None
        self.session.go(_MADE_IN.get(kind, "rounds/release"), target)

    def _on_asked(self) -> None:
        """Prepare the title of the break that was asked for, and read it."""
        self.preview_page = 0
        self.playlist.choose(Kind.BREAK)
        self.reload()

    def open_at(self, target: object) -> None:
        """Prepare a slide by its name; beside it an award's key, or the category of a break."""
        kind, key = target if isinstance(target, tuple) else (target, "")
        if kind in list(Kind):
            self.playlist.choose(Kind(kind))
            if kind == Kind.BREAK:
                self._on_chosen()  # from its title again
                self.announcing.choose_category(str(key))
                return
            self._wanted = str(key)
            self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Go to the award that was asked for, once the awards are read."""
        if self._wanted and self.data is not None and not self.is_loading:
            wanted, self._wanted = self._wanted, ""
            self.preview_page = first_step(self.data.awards, wanted, self.hall.hall())
            self._show_all()

    def _step(self, by: int) -> None:
        last = max(0, len(self.preview_sheets()) - 1)
        self.preview_page = min(max(0, self.preview_page + by), last)
        self._show_all()

    # Live

    def take(self) -> None:
        """Put the preview live. Elsewhere: resume a lost screen, else come here and look first."""
        if self.hall.lost is not None:
            self._resume()
        elif not self.isVisible():
            self.session.go(self.place)
        elif self.is_loading or self._stale:
            self._take_soon = True
        else:
            slide = self.slide()
            if slide is not None and self.data is not None:
                self._since = self.session.workspace.clock.now().astimezone().strftime("%H:%M")
                if self.hall.take(
                    slide, self.data.round_id, self.preview_page
                ) and slide.kind is Kind.BREAK:
                    self.announcing.take()

    def _resume(self) -> None:
        if not self.hall.resume():
            self.session.tell(tr(
                "The projector is not back yet. Connect it, or choose another in Screens…"),
                "attention")

    def _why_not_take(self) -> str:
        if self.hall.lost is not None or not self.isVisible() or self.is_loading:
            return ""
        return self._lock(self.playlist.kind) or self.hall.why_no_screen()

    def _why_not_live(self) -> str:
        return "" if self.hall.show.live else tr("Nothing is live. F12 takes the preview.")

    def _why_not_close(self) -> str:
        shown = self.hall.window.isVisible() or self.hall.lost is not None
        return "" if shown else tr("Nothing is shown.")

    def _toggle_blank(self) -> None:
        self.hall.show.blank = not self.hall.show.blank
        self.hall.refresh()

    def _toggle_freeze(self) -> None:
        self.hall.show.frozen = not self.hall.show.frozen
        self.hall.refresh()

    def _accept(self) -> None:
        self.hall.show.accept()
        self.hall.refresh()

    def _on_clicker(self, key: int) -> None:
        name = CLICKER.get(Qt.Key(key))
        if name:
            self.run(name)

    # Screens and settings of this computer

    def choose_screen(self) -> None:
        """Ask where the hall looks."""
        hall = self.hall
        target = hall.target()
        dialog = ScreensDialog(
            self, hall.screens, hall.own, target.identity if target else None,
            in_window=hall.kept.in_window)
        dialog.picked.connect(hall.pick)
        dialog.open()

    def _on_kept(self, changes: dict[str, object]) -> None:
        self.session.preferences.keep_hall(**changes)
        self.hall.refresh()

    # Showing it

    def _show_all(self) -> None:
        hall, console = self.hall, self.console
        show = hall.show
        sheets = self.preview_sheets()
        self.preview_page = min(self.preview_page, max(0, len(sheets) - 1))
        console.show_entries([self._entry(kind) for kind in Kind])
        kind = self.playlist.kind
        console.show_preview(
            sheets[self.preview_page] if sheets else None, self._lock(kind),
            where_words(kind, self.preview_page, len(sheets)))
        console.show_live(hall.sheet, self._live_words(), on=not show.is_dark)
        console.show_note(self._note(kind))
        console.show_state(blank=show.blank, frozen=show.frozen)
        update = show.update
        console.show_update(
            update_words(show.live, update) if show.live and update else "")
        console.show_hall(sheets, hall.hall(), hall.kept, self._since if show.live else "")
        console.show_screen(hall.screen_words())
        self._show_time()
        self.live_changed.emit(*hall.chip())
        self.refresh_commands()

    def _show_time(self) -> None:
        hall, show = self.hall, self.hall.show
        left = hall.time_left()
        words = ""
        if show.live is not None:
            words = where_words(show.live.kind, show.page, len(hall.sheets()))
            if show.frozen:
                words = tr("{where} · frozen", where=words)
            elif left is not None:
                words = tr("{where} · {s} s", where=words, s=round(left * hall.seconds))
        self.console.show_time(words, left)

    def _entry(self, kind: Kind) -> Entry:
        live = self.hall.show.live
        lock = self._lock_of(kind)
        on = live is not None and live.kind is kind
        if lock:
            words = short_lock(lock)
            if lock == "break":
                words = short_break_lock(self.announcing.found(self.data))
            return Entry(kind, words, locked=lock != "text", live=on)
        sheets = self._sheets(kind)
        a_row = self.hall.kept.seconds_a_row
        longest = max((one.seconds(a_row) for one in sheets), default=0.0)
        line = pages_words(kind, len(sheets), longest, by_hand=self.hall.kept.by_hand)
        if self._note(kind):
            line = tr("{line} · some locked", line=line)
        breaking = self.announcing.in_preview(self.data)
        if kind is Kind.BREAK and breaking is not None:
            line = tr("{category}, {line}", category=isolate(breaking.category), line=line)
        return Entry(kind, line, live=on)

    def _live_words(self) -> str:
        if self.hall.lost is not None:
            return tr("The projector is unplugged. F12 resumes when it is back.")
        return tr("Blank") if self.hall.show.live else tr("Nothing is live")

    # Its end

    @property
    def lasts(self) -> bool:
        """Go on while the hall looks."""
        return self.hall.window.isVisible() or self.hall.lost is not None

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the window that this page is in: the show ends with it."""
        super().showEvent(event)
        if self._top is None:
            self._top = self.window()
            self._top.installEventFilter(self)
        self._show_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the show when the window goes; not when it is made small."""
        if (
            watched is self._top and event.type() == QEvent.Type.Hide
            and not event.spontaneous()
        ):  # fmt: skip
            self.hall.close()
        return super().eventFilter(watched, event)
