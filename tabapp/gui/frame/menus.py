"""The menu: every listed command that can be given here, under its heading, with its keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from tabapp.gui import icons
from tabapp.gui.actions import Command, key_caps
from tabapp.gui.frame.command_table import CommandTable
from tabapp.gui.frame.commands import HELP, MENUS
from tabapp.gui.messages import tr


class CommandMenu(QMenu):
    """Filled when it opens. What cannot be given is dimmed, with the reason as its tooltip."""

    def __init__(self, table: CommandTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setAccessibleName(tr("Menu"))
        self.aboutToShow.connect(self.fill)

    def open_below(self, button: QWidget) -> None:
        """Open below a button, the first line chosen."""
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))
        first = next(iter(self.actions()), None)
        if first is not None:
            self.setActiveAction(first)

    def fill(self) -> None:
        """Make the menus anew from the commands in force."""
        self.clear()
        for old in self.findChildren(QMenu):  # the lines are gone, what they opened is not
            old.deleteLater()
        groups: dict[str, list[Command]] = {heading: [] for heading in MENUS}
        for one in self._table.commands:
            if one.listed and one.works_in(self._table.place):
                groups.setdefault(one.group, []).append(one)
        groups[HELP] = groups.pop(HELP, [])  # stands last, as everywhere
        for heading, commands in groups.items():
            if commands:
                self._add(heading, commands)

    def _add(self, heading: str, commands: list[Command]) -> None:
        menu = self.addMenu("&" + tr(heading).replace("&", "&&"))
        menu.setToolTipsVisible(True)
        for one in commands:
            keys = " ".join(key_caps(one.keys))
            words = tr(one.text).replace("&", "&&")
            action = menu.addAction(f"{words}\t{keys}" if keys else words)
            action.setObjectName(one.name)
            if one.icon:
                action.setIcon(icons.icon(one.icon))
            reason = self._table.why_not(one.name)
            action.setEnabled(not reason)
            action.setToolTip(reason)
            action.setStatusTip(reason)
            action.triggered.connect(partial(self._run, one.name))

    def _run(self, name: str, _checked: bool = False) -> None:
        self._table.run(name)
