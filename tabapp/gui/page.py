"""What every page has: its data read off the window's thread, its commands, its keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from tabapp.gui.actions import Command, key_caps
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.roles import why_not
from tabapp.gui.session import Session
from tabapp.gui.topics import concerns
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.hints import Hint
from tabapp.store.unit import ReadUnit

T = TypeVar("T")
Ready = Callable[[], str]
"""Returns "" when a command can be given now, else the sentence that says why not."""


def always() -> str:
    """Tell that a command can be given at any time."""
    return ""


class Page(QWidget, Generic[T]):
    """A place, a stage of the round or a pane: shows one value, reads it anew when it went stale.

    A subclass gives ``query`` and ``show_data``. Hidden pages go stale, visible ones reload once.
    Forms are never reloaded under somebody's hands: a page that is being typed in overrides
    ``may_reload`` and shows a banner.
    """

    place: ClassVar[str] = ""
    """Its place, such as ``people`` or ``rounds/draw``."""
    watches: ClassVar[frozenset[str]] = frozenset()
    """Topics whose change makes it stale; ``draw`` watches the draws of all rounds."""
    of_round: ClassVar[bool] = False
    """Shows the round that is looked at, and so reloads when that is another."""
    acts_on_round: ClassVar[bool] = False
    """Its commands are about the round that it shows, so none is done while another is read."""
    commands: ClassVar[tuple[Command, ...]] = ()
    """What can be done here; each has its handler by ``on``."""
    hints: ClassVar[tuple[Hint, ...]] = ()
    """The keys worth telling, for the line at the bottom; at most seven."""

    loaded = Signal()
    """New data was shown."""
    commands_changed = Signal()
    """Commands came to be possible, or impossible."""
    live_changed = Signal(str, bool)
    """What the hall sees, in a few words, and whether it sees anything; "" there is no show."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        self._generation = 0
        self._reading = False
        self._other_round = False
        self._handlers: dict[str, tuple[Callable[[], None], Ready]] = {}
        self._buttons: list[tuple[str, Button]] = []
        session.changed.connect(self._on_changed)
        if self.of_round:
            session.round_changed.connect(self._on_round)

    # Data

    def query(self) -> Callable[[ReadUnit], T]:
        """Return what reads this page's value; it runs in another thread and knows no widget.

        It is made in the window's thread, so what it needs (round, filter) is taken here.
        """
        raise NotImplementedError

    def show_data(self, data: T) -> None:
        """Show a value that was read; in the window's thread."""
        raise NotImplementedError

    def may_reload(self) -> bool:
        """Tell whether nobody is typing here."""
        return True

    def let_go(self) -> None:
        """End what keeps the page from reading anew, since another round is looked at.

        A page that overrides ``may_reload`` drops here what is held or typed.
        """

    def mark_stale(self) -> None:
        """Read anew: now if the page is on the screen, else when it comes there."""
        self._stale = True
        self.catch_up()

    def catch_up(self) -> None:
        """Read what went stale while that was not possible; for the end of what held it up."""
        if self._stale and self.isVisible() and self.may_reload():
            self.reload()

    def reload(self) -> None:
        """Read anew, and show it unless somebody asked again in the meantime."""
        self._stale = False
        self._generation += 1
        self._reading = True
        wanted = self._generation

        def show(data: T) -> None:
            if wanted == self._generation:
                self._reading = self._other_round = False
                self.show_data(data)
                self.refresh_commands()
                self.loaded.emit()

        def failed(error: Exception) -> None:
            if wanted == self._generation:
                self._reading = False
                self._stale = True
                self.session.tell(sentence_of(error), "problem")

        self.fetch(show, failed)

    def fetch(self, show: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Read the value in another thread, on a view of one moment of the database."""
        self.session.read(self, self.query(), show, failed)

    @property
    def lasts(self) -> bool:
        """Tell whether this goes on whoever is at the keyboard, as a show in the hall."""
        return False

    @property
    def is_loading(self) -> bool:
        """Tell whether what this page or its pane shows is being read."""
        inner = self.pane()
        return self._reading or (inner is not None and inner.is_loading)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what went stale while nobody looked."""
        super().showEvent(event)
        if self._stale and self.may_reload():
            self.reload()

    def _on_round(self) -> None:
        self._other_round = self.acts_on_round
        self._generation += 1  # what is being read is of the round before
        self._reading = False
        self.let_go()
        self.mark_stale()

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, self.watches):
            self.mark_stale()

    def open_at(self, target: object) -> None:
        """Show one thing of this page, such as a room or a person; called when it is on screen."""

    # Ways around the page

    def current_place(self) -> str:
        """Return the place that is on the screen, such as ``rounds/draw`` for a nested page."""
        inner = self.pane()
        return (inner.current_place() if inner is not None else "") or self.place

    def panes(self) -> Sequence[QWidget]:
        """Return the parts that F6 goes through; a page that has several overrides this."""
        inner = self.pane()
        return inner.panes() if inner is not None else (self,)

    def next_problem(self) -> bool:
        """Go to the next problem in a table or a list (F8); False where there is none.

        Fields that are marked as wrong are found by the window itself.
        """
        inner = self.pane()
        return inner.next_problem() if inner is not None else False

    def undo_typing(self) -> bool:
        """Take back typing of more than one field; True keeps Ctrl+Z from the journal.

        A page whose fields move on by themselves overrides this; the field that has the keys is
        asked by the window.
        """
        inner = self.pane()
        return inner is not None and inner.undo_typing()

    def redo_typing(self) -> bool:
        """Type again what ``undo_typing`` took back; True keeps the key from the journal."""
        inner = self.pane()
        return inner is not None and inner.redo_typing()

    # Commands

    def on(self, name: str, handler: Callable[[], None], ready: Ready = always) -> None:
        """Say what a command of this page does, and when it can be given."""
        if name not in {one.name for one in self.commands}:
            raise ValueError(f"{type(self).__name__} has no command {name}")
        self._handlers[name] = (handler, ready)

    def pane(self) -> Page[object] | None:
        """Return the nested page that has the person's attention, if there is one."""
        return None

    def why_not(self, name: str) -> str | None:
        """Return "" if a command can be given now, else why not; None if it is not known here."""
        if name in self._handlers:
            return why_not(self.session, name) or self._handlers[name][1]()
        inner = self.pane()
        return inner.why_not(name) if inner is not None else None

    def run(self, name: str) -> None:
        """Do what a command does, or tell why that is not possible now."""
        if name in self._handlers:
            handler, ready = self._handlers[name]
            reason = why_not(self.session, name) or (
                tr("The round is being read.") if self._other_round else ready())
            if reason:
                self.session.tell(reason, "attention")
            else:
                handler()
            return
        inner = self.pane()
        if inner is not None:
            inner.run(name)

    def button(self, name: str, *, role: Role = Role.NORMAL, keys: bool = True) -> Button:
        """Return a button that gives a command; it is dimmed, with the reason, while it cannot."""
        command = next(one for one in self.commands if one.name == name)
        made = Button(
            tr(command.text), role=role, icon=command.icon or None,
            keys=key_caps(command.keys) if keys else (),
        )  # fmt: skip
        made.clicked.connect(lambda: self.run(name))
        self._buttons.append((name, made))
        return made

    def refresh_commands(self) -> None:
        """Dim what cannot be done now."""
        for name, one in self._buttons:
            reason = self.why_not(name) or ""
            one.setEnabled(not reason)
            one.setToolTip(reason)
        self.commands_changed.emit()
