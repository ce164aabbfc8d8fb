"""All places of the window and all commands, without loading a single page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from tabapp.gui.actions import Command
from tabapp.gui.frame.commands import COMMANDS, place_commands
from tabapp.gui.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the rail. Its page is ``Page`` of ``class_name`` in ``module``."""

    key: str
    title: str
    icon: str
    module: str
    class_name: str

    def page_class(self) -> type[Page[object]]:
        """Return the class of its page; loads it at the first call."""
        found: type[Page[object]] = getattr(import_module(self.module), self.class_name)
        return found

    def commands(self) -> tuple[Command, ...]:
        """Return what can be done there; loads no page."""
        module = import_module(self.module.rpartition(".")[0] + ".commands")
        found: tuple[Command, ...] = module.COMMANDS
        return found


def _place(key: str, title: str, icon: str, class_name: str) -> Place:
    return Place(key, title, icon, f"tabapp.gui.pages.{key}.page", class_name)


PLACES = (
    _place("overview", "Overview", "layout-dashboard", "OverviewPage"),
    _place("people", "People", "users", "PeoplePage"),
    _place("rounds", "Rounds", "swords", "RoundPage"),
    _place("ballots", "Ballots", "clipboard-pen", "BallotsPage"),
    _place("results", "Results", "list-ordered", "ResultsPage"),
    _place("breaks", "Break", "git-fork", "BreakPage"),
    _place("awards", "Awards", "award", "AwardsPage"),
    _place("projector", "Projector", "projector", "ProjectorPage"),
    _place("jobs", "Jobs", "list-checks", "JobsPage"),
    _place("settings", "Settings", "settings", "SettingsPage"),
)
"""In the order of the rail: Ctrl+1 to Ctrl+9; the last has Ctrl+, alone."""


def commands(places: Sequence[Place] = PLACES) -> tuple[Command, ...]:
    """Return the commands of the window and of all places, those of the window first."""
    found = [*COMMANDS, *place_commands([(one.key, one.title, one.icon) for one in places])]
    for place in places:
        found.extend(place.commands())
    return tuple(found)
