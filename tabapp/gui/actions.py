"""Commands: what can be done, from which menus, keys, palette and shortcut sheet are made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a person can do; the table of all is ``tabapp.gui.pages.catalog.COMMANDS``.

    ``place`` is where it works: "" everywhere, a place of the rail (``people``), or a stage of the
    round (``rounds/draw``). Chosen from the palette it opens that place first.
    """

    name: str
    """Unique, such as ``draw.confirm``."""
    text: str
    """A verb as on a button; "…" only if more is asked. English: shown through ``tr``."""
    group: str
    """Heading in menus, palette and shortcut sheet: File, Edit, View, Round, People, Help …"""
    keys: str = ""
    """A shortcut in Qt's portable spelling (``Ctrl+Return``), or ""."""
    icon: str = ""
    place: str = ""
    also: tuple[str, ...] = ()
    """Other shortcuts that do the same."""
    listed: bool = True
    """False keeps it out of the menus and the palette, not out of the shortcut sheet."""
    repeats: bool = False
    """A key that is held gives it again and again: only for going on and for taking back."""

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Return every shortcut of this command."""
        return tuple(filter(None, (self.keys, *self.also)))

    def works_in(self, place: str) -> bool:
        """Tell whether the command can be given while ``place`` is on the screen."""
        return not self.place or place == self.place or place.startswith(self.place + "/")


def key_caps(keys: str) -> tuple[str, ...]:
    """Return a shortcut as caps: ``Ctrl+Shift+Return`` is Ctrl, ⇧, ⏎."""
    if not keys:
        return ()
    parts = keys.split("+") if keys != "+" else [keys]
    return tuple(_CAPS.get(part, part) for part in parts)


_CAPS = {
    "Return": "⏎", "Enter": "⏎", "Shift": "⇧", "Left": "←", "Right": "→", "Up": "↑",
    "Down": "↓", "Escape": "Esc", "Delete": "Del", "Insert": "Ins", "PgDown": "PgDn",
}
