"""The window of one open tournament: the workplace of whoever is here, or the lock screen."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from tabapp.gui.door import Door
from tabapp.gui.frame.command_table import CommandTable
from tabapp.gui.frame.facts import Facts
from tabapp.gui.frame.job_bar import JobBar
from tabapp.gui.frame.menus import CommandMenu
from tabapp.gui.frame.message_list import MessageList
from tabapp.gui.frame.notices import Notices
from tabapp.gui.frame.page_stack import PageStack
from tabapp.gui.frame.palette import Palette
from tabapp.gui.frame.plain_bar import PlainBar
from tabapp.gui.frame.rail import Rail
from tabapp.gui.frame.shortcut_sheet import ShortcutSheet
from tabapp.gui.frame.things import Things
from tabapp.gui.frame.toasts import Toasts
from tabapp.gui.frame.top_bar import TopBar
from tabapp.gui.page import Page
from tabapp.gui.pages.catalog import PLACES, Place
from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.put_away import Away, clear_clipboard, delete_floating
from tabapp.gui.session import Session
from tabapp.gui.workplace import PROJECTOR, Workplace

APP = "tabapp"
LEAST = (640, 480)
FIRST_SIZE = (1366, 768)


class MainWindow(QMainWindow):
    """Holds one workplace at a time, made for the person who is at the keyboard.

    While it is locked nothing of the tournament is shown, and no key and no dialog but those of
    the lock screen does anything. The same person finds all as it was; for another everything is
    made anew. A show in the hall goes on meanwhile.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    close_wanted = Signal()
    quit_wanted = Signal()
    theme_wanted = Signal(str)
    """``light``, ``dark`` or ``system``."""
    copies_wanted = Signal(str, object)
    """``snapshot_folders`` with both folders, or ``restore`` with the copy to put back."""

    def __init__(
        self, session: Session, *, places: Sequence[Place] = PLACES,
        preferences: WindowPreferences | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.session = session
        self.preferences = session.preferences = preferences or WindowPreferences()
        self._places = tuple(places)
        self._visit = -1
        self._hall: Page[object] | None = None
        self._workplace: Workplace | None = None
        self._keys_at: QWidget | None = None
        """What had the keys when it was locked."""
        self._away = Away(self)
        self._rooms = QStackedWidget()
        self.setCentralWidget(self._rooms)
        self.door = Door(session, self)
        self._rooms.addWidget(self.door)
        self._quit = QAction(self)
        self._quit.setShortcut(QKeySequence("Ctrl+Q"))
        self._quit.triggered.connect(self.quit_wanted)
        self.addAction(self._quit)
        self.setMinimumSize(*LEAST)
        self._restore()
        session.who.locked.connect(self._on_locked)
        session.who.unlocked.connect(self._on_unlocked)
        if session.who.is_locked:
            self._on_locked()
        else:
            self._on_unlocked()
        self.door.begin()

    # Who is here

    def _on_locked(self) -> None:
        self._keys_at = QApplication.focusWidget()
        self._away.take()
        self._quit.setEnabled(True)
        self.setWindowTitle(APP)
        self.door.start()
        self._rooms.setCurrentWidget(self.door)
        self.door.take_keys()

    def _on_unlocked(self) -> None:
        self._quit.setEnabled(False)
        if self._visit == self.session.who.visit and self._workplace is not None:
            self._rooms.setCurrentWidget(self._workplace)
            self._give_back()
            self.setWindowTitle(self._title(self._workplace.title))
            self._away.bring_back()
            return
        self._visit = self.session.who.visit
        self._make_workplace()

    def _give_back(self) -> None:
        """Give the keys to what had them, whatever asked for them behind the lock screen."""
        at, self._keys_at = self._keys_at, None
        if at is not None and shiboken6.isValid(at) and at.isVisible() and (
            self._rooms.isAncestorOf(at)
        ):  # fmt: skip
            at.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_workplace(self) -> None:
        """Take away all that another person had, and make what this one may have."""
        old = self._workplace
        if old is not None:
            clear_clipboard()
            self._hold_hall(old)
            old.hide()
            self._rooms.removeWidget(old)
            old.deleteLater()
            delete_floating(self, keep=(self._hall,))
        self._away.forget()
        self.session.open_rounds = None
        if self.session.who.is_volunteer:  # until it is read which are released
            self.session.set_round(None)
            self.session.open_rounds = frozenset()
        place = self._workplace = Workplace(self.session, self._places, self._rooms)
        place.wanted.connect(self._on_wanted)
        place.titled.connect(lambda title: self.setWindowTitle(self._title(title)))
        self.setWindowTitle(APP)
        self._rooms.addWidget(place)
        self._rooms.setCurrentWidget(place)
        hall = self._hall if any(one.key == PROJECTOR for one in place.places) else None
        self._hall = None if hall is not None else self._hall
        place.begin(hall)

    def _hold_hall(self, old: Workplace) -> None:
        """Keep the page of a show that the hall sees, out of sight."""
        page = old.stack.take_lasting()
        if page is not None:
            page.setParent(self)
            page.hide()
            self._hall = page

    # What the program asks for

    def _on_wanted(self, what: str, target: object) -> None:
        """Ask the program for what it alone can do."""
        plain = {
            "new": self.new_wanted, "open": self.open_wanted, "import": self.import_wanted,
            "close": self.close_wanted, "quit": self.quit_wanted,
        }.get(what)
        if plain is not None:
            plain.emit()
        elif what == "theme":
            self.theme_wanted.emit(str(target))
        else:
            self.copies_wanted.emit(what, target)

    # The window and what is kept of it

    def _restore(self) -> None:
        kept = self.preferences.kept
        if not kept.geometry or not self.restoreGeometry(
            QByteArray.fromBase64(kept.geometry.encode())
        ):
            self.resize(*FIRST_SIZE)

    def _keep(self) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.preferences.keep(geometry=geometry)
        if self._workplace is not None:
            self._workplace.keep_place()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where the window stood when it goes."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._keep()

    def changeEvent(self, event: QEvent) -> None:
        """Give the keys to the lock screen when the window gets them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and (
            self.session.who.is_locked
        ):  # fmt: skip
            self.door.take_keys()

    # What the person has who is here, or was here when it was locked

    @property
    def workplace(self) -> Workplace:
        """Return the workplace; LookupError before anybody signed in."""
        if self._workplace is None:
            raise LookupError("nobody has signed in yet")
        return self._workplace

    @property
    def places(self) -> tuple[Place, ...]:
        """Return the places of this person."""
        return self.workplace.places

    @property
    def page(self) -> Page[object] | None:
        """Return the page that is on the screen."""
        return self.workplace.page

    @property
    def stack(self) -> PageStack:
        """Return the pages."""
        return self.workplace.stack

    @property
    def table(self) -> CommandTable:
        """Return the commands."""
        return self.workplace.table

    @property
    def rail(self) -> Rail:
        """Return the rail."""
        return self.workplace.rail

    @property
    def top(self) -> TopBar:
        """Return the top bar."""
        return self.workplace.top

    @property
    def jobs(self) -> JobBar | PlainBar:
        """Return the bottom bar."""
        return self.workplace.jobs

    @property
    def menu(self) -> CommandMenu:
        """Return the menu."""
        return self.workplace.menu

    @property
    def facts(self) -> Facts:
        """Return what the frame tells."""
        return self.workplace.facts

    @property
    def things(self) -> Things:
        """Return what the palette finds beside commands."""
        return self.workplace.things

    @property
    def palette_panel(self) -> Palette:
        """Return the palette."""
        return self.workplace.palette_panel

    @property
    def sheet(self) -> ShortcutSheet:
        """Return the sheet of keys."""
        return self.workplace.sheet

    @property
    def messages(self) -> MessageList:
        """Return the list of messages."""
        return self.workplace.messages

    @property
    def toasts(self) -> Toasts:
        """Return the toasts."""
        return self.workplace.toasts

    @property
    def notices(self) -> Notices | None:
        """Return what tells of what happens by itself; None for a volunteer."""
        return self.workplace.notices

    def search(self, typed: str | bool = "") -> None:
        """Open the palette."""
        self.workplace.search(typed)

    def set_projector_state(self, text: str, live: bool) -> None:
        """Say at the top right what the hall sees ("Live: blank"); "" says nothing."""
        self.workplace.set_projector_state(text, live)

    @staticmethod
    def _title(of: str) -> str:
        return f"{of} – {APP}" if of else APP
