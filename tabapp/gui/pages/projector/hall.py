"""The hall's screen under control: which one it is, what it shows, and what happens without it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.projector.words import UNPLUGGED, screen_words, title_of
from tabapp.gui.preferences import HallArrangement, WindowPreferences
from tabapp.gui.present.screens import Identity, Screen, Screens, choose, find
from tabapp.gui.present.sheet import Hall, Sheet
from tabapp.gui.present.slides import lay_out
from tabapp.gui.present.state import Show, Slide
from tabapp.gui.present.window import HallWindow

TICK = 100
"""Milliseconds between two looks at the time."""
Tell = Callable[[str, str], None]


class HallControl(QObject):
    """Owns the show and its window. A screen that goes is never replaced by another by itself."""

    changed = Signal()
    """Another page, another state, or another screen."""
    ticked = Signal()
    """Time passed on a page."""

    def __init__(
        self, owner: QWidget, screens: Screens, preferences: WindowPreferences, tell: Tell
    ) -> None:
        super().__init__(owner)
        self._owner, self._tell = owner, tell
        self.screens, self.preferences = screens, preferences
        self.show = Show()
        self.window = HallWindow()
        self.lost: Identity | None = None
        """The screen that was unplugged under a show."""
        self._laid: tuple[Slide, Hall, tuple[Sheet, ...]] | None = None
        self._then = monotonic()
        self._timer = QTimer(self, interval=TICK)
        self._timer.timeout.connect(self._on_timer)
        screens.changed.connect(self._on_screens)
        self.window.left.connect(self.close)
        self.window.resized.connect(self.refresh)
        self.window.took_keys.connect(self._owner.activateWindow)
        self.destroyed.connect(self.window.deleteLater)

    @property
    def kept(self) -> HallArrangement:
        """What this computer knows of the hall."""
        return self.preferences.kept.hall

    # Which screen

    @property
    def own(self) -> Identity | None:
        """The screen of the tab room's window."""
        return self.screens.under(self._owner)

    @property
    def wanted(self) -> Identity | None:
        """The projector that is remembered."""
        return Identity(*self.kept.screen) if self.kept.screen is not None else None

    def target(self) -> Screen | None:
        """Return the screen that Take uses; None if there is none but the window's own."""
        return choose(self.wanted, self.screens.screens(), self.own)

    def pick(self, identity: Identity | None) -> None:
        """Use another screen, or a window for None; a show goes there at once."""
        if identity is None:
            self.preferences.keep_hall(in_window=True)
        else:
            self._remember(identity)
        showing = self.window.isVisible() or self.lost is not None
        self.lost = None
        if showing:
            self.window.leave()
            self.open()
        self.changed.emit()

    def _remember(self, one: Identity) -> None:
        self.preferences.keep_hall(
            in_window=False, screen=(one.name, one.manufacturer, one.model, one.serial))

    def why_no_screen(self) -> str:
        """Return why nothing can be shown; "" if it can."""
        if self.kept.in_window or self.window.isVisible() or self.target() is not None:
            return ""
        return tr(
            "There is no second screen. Connect the projector, or choose a window in Screens…")

    def screen_words(self) -> str:
        """Return where the hall looks."""
        if self.kept.in_window:
            return tr("Shown in a window")
        screen = self.window.screen_shown or self.target()
        return screen_words(screen) if screen is not None else tr("No second screen")

    def chip(self) -> tuple[str, bool]:
        """Return what is live in a few words, "" without a show, and whether it is bright."""
        if self.lost is not None:
            return tr("Projector unplugged"), False
        if not self.window.isVisible():
            return "", False
        if self.show.is_dark or self.show.live is None:
            return tr("Live: blank"), False
        return tr("Live: {slide}", slide=title_of(self.show.live.kind)), True

    def open(self) -> bool:
        """Stand on the screen; False if there is none."""
        if self.kept.in_window:
            self.window.show_in_window()
            return True
        if self.window.isVisible() and self.window.screen_shown is not None:
            return True
        screen = self.target()
        if screen is None:
            return False
        self.window.show_on(screen, self.screens)
        self._remember(screen.identity)
        return True

    def resume(self) -> bool:
        """Stand again on the screen that was lost; False while it is not back."""
        screen = find(self.lost, self.screens.screens()) if self.lost is not None else None
        if screen is None or screen.identity == self.own:
            return False
        self.lost = None
        self.window.show_on(screen, self.screens)
        self.refresh()
        return True

    def _on_screens(self) -> None:
        shown, there = self.window.screen_shown, self.screens.screens()
        if shown is not None:
            now = next((one for one in there if one.identity == shown.identity), None)
            if now is None:
                self.window.leave()
                self.lost = shown.identity
                self._tell(tr(UNPLUGGED), "problem")
            elif now != shown:
                self.window.show_on(now, self.screens)
        elif self.lost is not None:
            back = find(self.lost, there)
            if back is not None:
                self._tell(tr("{screen} is back. F12 resumes.", screen=screen_words(back)), "done")
        self.refresh()

    # What it shows

    def hall(self) -> Hall:
        """Return the screen for which slides are laid out, whether it is there or not."""
        size = QSize(1920, 1080)
        if self.window.isVisible():
            size = self.window.size()
        elif not self.kept.in_window and (screen := self.target()) is not None:
            size = QSize(screen.width, screen.height)
        return Hall(size.width(), size.height(), self.kept.back_row, self.kept.tall)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the pages of what is live."""
        slide, hall = self.show.live, self.hall()
        if slide is None:
            return ()
        if self._laid is None or self._laid[0] is not slide or self._laid[1] != hall:
            self._laid = (slide, hall, lay_out(slide, hall))
        return self._laid[2]

    @property
    def sheet(self) -> Sheet | None:
        """The page that the hall sees; None is dark."""
        pages = self.sheets()
        return None if self.show.is_dark or not pages else pages[min(
            self.show.page, len(pages) - 1)]

    @property
    def seconds(self) -> float:
        """How long the page that is live is shown."""
        return self.sheet.seconds(self.kept.seconds_a_row) if self.sheet is not None else 0.0

    def time_left(self) -> float | None:
        """Return the part of its time that the page still has; None where it does not turn."""
        sheet = self.sheet
        if sheet is None or not self._turns():
            return None
        return max(0.0, 1 - self.show.elapsed / self.seconds)

    def _turns(self) -> bool:
        return (
            len(self.sheets()) > 1 and self.show.turns_alone and not self.show.is_dark
            and not self.kept.by_hand)

    def take(self, slide: Slide, round_id: int | None, page: int) -> bool:
        """Put a slide live; False where there is no screen for it."""
        if not self.open():
            return False
        self.show.take(slide, round_id, page)
        self.refresh()
        return True

    def turn(self, by: int) -> None:
        """Turn the page that is live."""
        self.show.turn(by, len(self.sheets()))
        self.refresh()

    def close(self) -> None:
        """End the show: nothing is live and no window stands on the screen."""
        self.lost = None
        self.show.clear()
        if self.window.isVisible():
            self.window.leave()
        self.refresh()

    def advance(self, seconds: float) -> None:
        """Let time pass for the page that is live."""
        if self._turns() and self.show.tick(seconds, self.seconds, len(self.sheets())):
            self.refresh()
        else:
            self.window.show_time_left(self.time_left())
            self.ticked.emit()

    def refresh(self) -> None:
        """Show the page that is due, and keep the time only where pages turn."""
        pages = self.sheets()
        self.show.page = min(self.show.page, max(0, len(pages) - 1))
        self.window.show_sheet(self.sheet)
        self.window.show_time_left(self.time_left())
        runs = self._turns() and not self.show.frozen and self.window.isVisible()
        if runs and not self._timer.isActive():
            self._then = monotonic()
            self._timer.start()
        elif not runs:
            self._timer.stop()
        self.changed.emit()

    def _on_timer(self) -> None:
        then, self._then = self._then, monotonic()
        self.advance(self._then - then)
