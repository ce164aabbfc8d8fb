"""The running window: the welcome page or one open tournament, and what joins them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from tabapp.core.errors import TabappError
from tabapp.core.precedence import PEOPLE
from tabapp.core.settings import AppSettings, load_settings, save_settings
from tabapp.gui import appearance, roles, theme
from tabapp.gui.background import Background, log_error, nothing
from tabapp.gui.handed_files import HandedFiles
from tabapp.gui.lock import Calls
from tabapp.gui.main_window import MainWindow
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.mistakes import Mistakes
from tabapp.gui.opening import OpenFile, Parts, open_file
from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.restoring import Hands, answer
from tabapp.gui.session import Session
from tabapp.gui.signs import Signs
from tabapp.gui.tokens import Scheme
from tabapp.gui.warming import warm_up

if TYPE_CHECKING:
    from tabapp.gui.asking import Asking
    from tabapp.gui.welcome.page import WelcomePage
    from tabapp.gui.welcome.recents import Recent

log = logging.getLogger(__name__)

SIGN_OF_LIFE = 15_000
"""Milliseconds between two notes that this run is well."""
PATIENCE = 300
"""Milliseconds after which a file that opens slowly is told of."""


class Application(QObject):
    """Owns whatever is open. Belongs to the thread of the window; files open and close elsewhere.

    A file that is to replace another is opened first, so that a failure leaves the first as it is.
    """

    opened = Signal()
    """A tournament is on the screen."""
    _played = Signal(str, float)

    def __init__(self, app: QApplication, parts: Parts) -> None:
        super().__init__()
        self.app, self.parts = app, parts
        loaded = load_settings(parts.folders.settings_file)
        self.settings: AppSettings = loaded.settings
        self._settings_problem = loaded.problem
        self.preferences = WindowPreferences.in_folder(parts.folders.config)
        self.welcome: WelcomePage | None = None
        self.window: MainWindow | None = None
        self.session: Session | None = None
        self.file: OpenFile | None = None
        self._calls: Calls | None = None
        self._ends = parts.ends
        self.background = Background(self)
        self._stop_demo = threading.Event()
        self._stop_following = theme.follow_system(app, _scheme(self.settings))
        appearance.note(self.settings.theme)
        self._played.connect(self._on_played)
        self._mistakes = Mistakes(
            self, parts.bus, lambda: self.session if self.window is not None else None,
            self._on_broken)
        self._life = QTimer(self, interval=SIGN_OF_LIFE)
        self._life.timeout.connect(self._note_alive)
        self._life.start()
        self._handed = HandedFiles(app, self.open)
        self._signs = Signs(PEOPLE.soon, self)
        self._signs.begin()

    # Life

    def begin(self, target: str | None, slug: str = "") -> None:
        """Open ``target``, or show the welcome page."""
        if target is None:
            self.show_welcome()
        else:
            self.open(target, slug)

    def shut_down(self) -> None:
        """Close whatever is open, in reverse order; waits for what is being written."""
        self._stop_demo.set()
        self._mistakes.stop()
        self._stop_following()
        self._handed.end()
        self._signs.end()
        self._life.stop()
        named = self.session is None or roles.may_see_results(self.session)
        old = self._take_off_screen()
        self.background.close()
        if self.welcome is not None:
            self.welcome.close()
        if old is not None:
            from tabapp.gui.leaving import close_seen  # noqa: PLC0415 - as for ``asking``

            close_seen(old.workspace.queue, old.close, named=named)
        if self.parts.crash is not None:
            self.parts.crash.note_open("")

    def _note_alive(self) -> None:
        if self.parts.crash is not None:
            self.parts.crash.note_alive()

    @cached_property
    def asking(self) -> Asking:
        """The dialogs for new tournaments, files and imports."""
        from tabapp.gui.asking import Asking  # noqa: PLC0415 - 0.1 s of every start on a file

        made = Asking(self.parts, self.background, self._on_top)
        made.target_wanted.connect(self.open)
        made.made.connect(self._on_made)
        made.switch_wanted.connect(self._switch)
        return made

    # The welcome page

    def show_welcome(self, problem: str = "") -> None:
        """Put the welcome page on the screen, with what went wrong before."""
        page = self.welcome
        if page is None:
            page = self.welcome = self._make_welcome()
        page.show_problem(problem)
        page.show_trouble(self._ends)
        page.show()
        page.take_keys()
        if self._settings_problem is not None:
            page.show_problem(self._settings_problem.message, "attention")
            self._settings_problem = None
        self._read_recents()

    def _make_welcome(self) -> WelcomePage:
        from tabapp.gui.welcome.page import WelcomePage  # noqa: PLC0415 - as for ``asking``

        page = WelcomePage(self.parts.version)
        page.new_wanted.connect(self._ask_for_new)
        page.open_wanted.connect(self._ask_for_file)
        page.import_wanted.connect(self._ask_for_import)
        page.demo_wanted.connect(self.play_demo)
        page.demo_stopped.connect(self._stop_demo.set)
        page.target_wanted.connect(self.open)
        page.forgotten.connect(self.forget)
        page.trouble_dismissed.connect(self._dismiss_trouble)
        page.quit_wanted.connect(self.app.quit)
        return page

    def _read_recents(self) -> None:
        from tabapp.gui.welcome.recents import read_recents  # noqa: PLC0415 - as for ``asking``

        targets, cache = self.settings.recent, self.parts.folders.cache

        def show(recents: list[Recent]) -> None:
            if self.welcome is not None:
                self.welcome.show_recents(recents)

        self.background.look(lambda: read_recents(targets, cache), show, log_error)

    def _dismiss_trouble(self) -> None:
        self._ends = ()
        if self.welcome is not None:
            self.welcome.show_trouble(())
            self.welcome.take_keys()

    def forget(self, target: str) -> None:
        """Take a tournament off the list; the file stays where it is."""
        self._keep_settings(lambda now: now.without_recent(target))
        self._read_recents()

    def _keep_settings(self, change: Callable[[AppSettings], AppSettings]) -> None:
        path = self.parts.folders.settings_file
        self.settings = change(load_settings(path).settings)  # others write there too
        try:
            save_settings(path, self.settings)
        except TabappError as error:
            log.warning("%s", error)

    def use_colours(self, wanted: appearance.Choice) -> None:
        """Use light or dark colours, or those that the system asks for, and keep it so."""
        appearance.note(wanted)
        self._keep_settings(lambda now: now.model_copy(update={"theme": wanted}))
        self._stop_following()
        self._stop_following = theme.follow_system(self.app, _scheme(self.settings))

    # Opening

    def open(self, target: str, slug: str = "") -> None:
        """Open a tournament in place of the one that is open, if that is for who is here."""
        if not self._may_open():
            return
        words = tr("Opening {file}", file=Path(target).name)
        QTimer.singleShot(PATIENCE, self, lambda: self._tell_busy(words))
        self.background.do(
            lambda: open_file(self.parts, target), lambda file: self._on_opened(file, slug),
            self._on_not_opened)

    def _may_open(self) -> bool:
        """Tell whether whoever is at the keyboard may put another file in place of this one."""
        session = self.session
        reason = roles.why_not(session, "file.open") if session is not None else ""
        if session is not None and reason and not session.who.is_locked:
            session.tell(reason, "attention")
        return not reason

    def _tell_busy(self, words: str) -> None:
        if not self.background.is_idle and self.window is None:
            if self.welcome is None:
                self.show_welcome()
            if self.welcome is not None:
                self.welcome.show_busy(words)

    def _on_opened(self, file: OpenFile, slug: str) -> None:
        if file is not self.file and not self._may_open():
            self._close_file(file)
            return
        try:
            owner = file.find(slug)
        except TabappError as error:
            self._close_file(file)
            self._on_not_opened(error)
            return
        if owner is not None:
            self._show_tournament(file, owner.id)
            return
        from tabapp.gui.dialogs.choose_tournament import (  # noqa: PLC0415 - as for ``asking``
            ChooseTournament,
        )

        if self._on_top() is None:
            self.show_welcome()
        dialog = ChooseTournament(self._on_top(), file.tournaments)
        rows = {one.slug: one.id for one in file.tournaments}
        dialog.chosen.connect(lambda chosen: self._show_tournament(file, rows[chosen]))
        dialog.rejected.connect(lambda: self._close_file(file))
        dialog.open()

    def _on_not_opened(self, error: Exception) -> None:
        sentence = sentence_of(error)
        if self.session is not None:
            self.session.tell(sentence, "problem")
        else:
            self.show_welcome(sentence)
            if self.welcome is not None:
                self.welcome.show_busy("")

    def _show_tournament(self, file: OpenFile, tournament: int) -> None:
        old = self._take_off_screen()
        if old is not None and old is not file:
            self._close_file(old)
        self.file = file
        self.session = Session(file.workspace, tournament)
        self.window = self._make_window(self.session)
        self._calls = Calls(file.lock, self)
        self._calls.called.connect(self._come_to_front)
        self.window.show()
        if self.welcome is not None:
            self.welcome.show_busy("")
            self.welcome.hide()
        if self.parts.crash is not None:
            self.parts.crash.note_open(file.target)
        QTimer.singleShot(0, self, lambda: self._after_first_paint(file))

    def _after_first_paint(self, file: OpenFile) -> None:
        self._keep_settings(lambda now: now.with_recent(file.target))
        self._tell_trouble()
        house = file.workspace.household
        warm_up(file.workspace.queue.registry, house.start if house is not None else None)
        self.opened.emit()

    def _tell_trouble(self) -> None:
        """Tell in the window of an earlier run that did not end well, where no page told it."""
        if not self._ends or self.session is None:
            return
        if self.welcome is None:
            from tabapp.gui.welcome.trouble import tell_end  # noqa: PLC0415 - as for ``asking``

            tell_end(self.session, self._ends[-1])
        self._ends = ()

    def _make_window(self, session: Session) -> MainWindow:
        window = MainWindow(session, preferences=self.preferences)
        window.new_wanted.connect(self._ask_for_new)
        window.open_wanted.connect(self._ask_for_file)
        window.import_wanted.connect(self._ask_for_import)
        window.close_wanted.connect(self.close_tournament)
        window.theme_wanted.connect(self.use_colours)
        hands = Hands(
            self._keep_settings, self._leave, self.open, self.opened, lambda: self.session,
            lambda: self.file)
        window.copies_wanted.connect(partial(answer, hands, self.parts, self.background))
        window.quit_wanted.connect(self.app.quit)
        return window

    def _come_to_front(self) -> None:
        if self.window is not None:
            if self.window.isMinimized():
                self.window.showNormal()
            self.window.raise_()
            self.window.activateWindow()
            self.app.alert(self.window)

    # Closing

    def close_tournament(self) -> None:
        """Close the tournament and go back to the welcome page."""
        self.show_welcome()
        old = self._take_off_screen()
        if old is not None:
            self._close_file(old)
        if self.parts.crash is not None:
            self.parts.crash.note_open("")

    def _take_off_screen(self) -> OpenFile | None:
        """Close window and session; return the file, which may take longer."""
        window, session, file, calls = self.window, self.session, self.file, self._calls
        self.window = self.session = self.file = self._calls = None
        if calls is not None:
            calls.deleteLater()
        if window is not None:
            window.hide()
            window.deleteLater()
        if session is not None:
            session.close()
            session.deleteLater()
        return file

    def _close_file(self, file: OpenFile) -> None:
        self.background.do(file.close, nothing, log_error)

    def _leave(self, words: str) -> OpenFile | None:
        self.show_welcome()
        if self.welcome is not None:
            self.welcome.show_busy(words)
        return self._take_off_screen()

    def _on_broken(self, sentence: str) -> None:
        """Close a window that broke while it was made."""
        half_open = self._take_off_screen()
        if half_open is not None:
            self._close_file(half_open)
        self.show_welcome(sentence)

    # What else can be wanted

    def _on_top(self) -> QWidget | None:
        return self.window or self.welcome

    def _ask_for_new(self, preset: str = "") -> None:
        self.asking.for_new(preset)

    def _ask_for_import(self) -> None:
        self.asking.for_import(self.session.workspace if self.session is not None else None)

    def _switch(self, tournament: int) -> None:
        """Go to another tournament of the open file, by its row id."""
        if self.file is not None:
            self._show_tournament(self.file, tournament)

    def _ask_for_file(self) -> None:
        self.asking.for_file(self.settings)

    def _on_made(self, file: OpenFile) -> None:
        self._on_opened(file, "")

    def play_demo(self) -> None:
        """Make a tournament up, play it before the person's eyes, and open it."""
        from tabapp.gui.demo import play_demo  # noqa: PLC0415 - as for ``asking``

        self._stop_demo.clear()
        self._on_played(tr("Playing the demo"), 0.0)
        self.background.do(
            lambda: play_demo(self.parts, self._played.emit, self._stop_demo),
            self._on_made, self._on_demo_ended)

    def _on_played(self, words: str, done: float) -> None:
        if self.welcome is not None:
            self.welcome.show_busy(words, done, can_stop=True)

    def _on_demo_ended(self, error: Exception) -> None:
        if self.welcome is not None:
            self.welcome.show_busy("")
            self.welcome.take_keys()
            self.welcome.show_problem("" if self._stop_demo.is_set() else sentence_of(error))


def _scheme(settings: AppSettings) -> Scheme | None:
    return None if settings.theme == "system" else Scheme(settings.theme)
