"""Every command of the window with its keys: which of them are in force, and who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from tabapp.gui.actions import Command
from tabapp.gui.messages import tr
from tabapp.gui.page import Ready, always


class Pages(Protocol):
    """Who answers the commands that belong to a page."""

    def page_reason(self, command: Command) -> str:
        """Return why a page's command cannot be given now; "" if it can, or nobody knows yet."""

    def run_on_page(self, command: Command) -> None:
        """Give a page's command, there where it belongs."""


def _nothing(_command: Command) -> str:
    return ""


class CommandTable(QObject):
    """The one table of commands, with an action for each that is for the person who is here.

    A shortcut belongs to the first command that wants it among those in force, so that two can
    never be in force together. A command that cannot be given stays in force and tells why.
    """

    refused = Signal(str)
    """Why a command cannot be given."""
    changed = Signal()
    """Other commands are in force, or some came to be possible."""

    def __init__(
        self, commands: Sequence[Command], window: QWidget, pages: Pages,
        refuse: Callable[[Command], str] = _nothing,
    ) -> None:  # fmt: skip
        """``refuse`` says why a command is not for the person who is here; "" it is."""
        super().__init__(window)
        self.commands = tuple(one for one in commands if not refuse(one))
        self._by_name = {one.name: one for one in self.commands}
        self._shut = {one.name: one for one in commands if one.name not in self._by_name}
        self._refuse = refuse
        if len(self._by_name) + len(self._shut) != len(commands):
            raise ValueError("two commands have the same name")
        self._pages = pages
        self._place = ""
        self._held: frozenset[str] | None = None
        self._own: dict[str, tuple[Callable[[], None], Ready]] = {}
        self._actions: dict[str, QAction] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._claimed: dict[str, str] = {}
        for one in self.commands:
            self._actions[one.name] = self._make(one, window)

    def _make(self, command: Command, window: QWidget) -> QAction:
        action = QAction(tr(command.text), window)
        action.setObjectName(command.name)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setEnabled(False)
        action.setAutoRepeat(command.repeats)  # a key that is held decides nothing more
        action.triggered.connect(lambda: self.run(command.name))
        window.addAction(action)
        return action

    # What there is

    def get(self, name: str) -> Command:
        """Return a command by its name (KeyError if there is none)."""
        return self._by_name[name]

    def action(self, name: str) -> QAction:
        """Return the action of a command."""
        return self._actions[name]

    def in_force(self) -> list[Command]:
        """Return the commands that can be given where we are, those of the place first."""
        here = [one for one in self.commands if one.works_in(self._place)]
        return sorted(here, key=lambda one: not one.place)

    def claimed(self) -> Mapping[str, str]:
        """Return the name of the command for each key that is in force, by portable spelling."""
        return self._claimed

    # Where we are

    @property
    def place(self) -> str:
        """Return the place whose commands are in force."""
        return self._place

    def set_place(self, place: str) -> None:
        """Put the commands of ``place`` in force beside those of the window."""
        if place != self._place:
            self._place = place
            self._refresh()

    def start(self) -> None:
        """Put the commands in force for the first time."""
        self._refresh()

    @property
    def is_free(self) -> bool:
        """Tell whether nothing lies over the window."""
        return self._held is None

    def hold(self, *but: str) -> None:
        """Give no command but these: something lies over the window."""
        self._held = frozenset(but)
        self._refresh()

    def release(self) -> None:
        """Give commands again."""
        self._held = None
        self._refresh()

    def _refresh(self) -> None:
        taken: dict[str, str] = {}
        for one in self.commands:
            on = one.works_in(self._place) and (self._held is None or one.name in self._held)
            keys = tuple(key for key in _variants(one.all_keys) if key not in taken) if on else ()
            taken.update(dict.fromkeys(keys, one.name))
            action = self._actions[one.name]
            if keys != self._keys.get(one.name, ()):
                self._keys[one.name] = keys
                action.setShortcuts([QKeySequence(key) for key in keys])
            action.setEnabled(on)
        self._claimed = taken
        self.changed.emit()

    # Giving them

    def on(self, name: str, handler: Callable[[], None], ready: Ready = always) -> None:
        """Say what a command of the window does, and when it can be given (KeyError: unknown)."""
        if name in self._shut:
            return
        self._own[self._by_name[name].name] = (handler, ready)

    def why_not(self, name: str) -> str:
        """Return why a command cannot be given now; "" if it can."""
        if name in self._shut:
            return self._refuse(self._shut[name])
        if name in self._own:
            return self._own[name][1]()
        return self._pages.page_reason(self._by_name[name])

    def run(self, name: str) -> None:
        """Give a command, or tell why it cannot be given."""
        if name in self._shut:
            self.refused.emit(self._refuse(self._shut[name]))
            return
        if name not in self._own:
            self._pages.run_on_page(self._by_name[name])
            return
        handler, ready = self._own[name]
        reason = ready()
        if reason:
            self.refused.emit(reason)
        else:
            handler()

    def is_own(self, name: str) -> bool:
        """Tell whether the window itself answers a command."""
        return name in self._own


def _variants(keys: Iterable[str]) -> tuple[str, ...]:
    """Return shortcuts as Qt spells them, with the number pad's Enter beside Return."""
    portable = QKeySequence.SequenceFormat.PortableText
    return tuple(dict.fromkeys(
        QKeySequence(variant).toString(portable)
        for key in keys for variant in (key, key.replace("Return", "Enter"))
    ))
