"""The keys of the page (F1): its own first, then those that work everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.actions import Command, key_caps
from tabapp.gui.frame.commands import MENUS
from tabapp.gui.frame.sheet import Sheet
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.keycaps import KeyCaps
from tabapp.gui.widgets.painted import label

WIDTH = 1064
_COLUMNS = 3
_ROOMY = 900
_NARROW = 640
_CAPS = 108
_LINE = 26
_HEAD = 2.0
"""What a heading costs, in lines."""
_MANY = 3


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """A heading with its lines: the caps of each shortcut, and what they do."""

    heading: str
    lines: tuple[tuple[tuple[tuple[str, ...], ...], str], ...]


def key_groups(commands: Iterable[Command], hints: Sequence[Hint], here: str) -> list[KeyGroup]:
    """Return what the sheet shows: hints and keys of the place, called ``here``, come first."""
    groups: dict[str, list[tuple[tuple[tuple[str, ...], ...], str]]] = {}
    known = {key_caps(key) for one in commands for key in one.all_keys}
    extra = [((caps,), words) for caps, words in hints if _as_caps(caps) not in known]
    if extra:
        groups[here] = list(extra)
    for one in sorted(commands, key=_order):
        if one.all_keys:
            heading = here if one.place else tr(one.group)
            caps = tuple(dict.fromkeys(map(key_caps, one.all_keys)))
            groups.setdefault(heading, []).append((caps, tr(one.text)))
    return [KeyGroup(heading, tuple(lines)) for heading, lines in groups.items()]


def _order(command: Command) -> int:
    """Put what belongs to the place first, then the headings as the menu has them."""
    if command.place:
        return -1
    return MENUS.index(command.group) if command.group in MENUS else len(MENUS)


def _as_caps(caps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the caps of a hint as the same shortcut of a command has them."""
    return tuple(cap for part in caps for cap in key_caps(part))


def balanced(groups: Sequence[KeyGroup], columns: int) -> list[list[KeyGroup]]:
    """Return the groups in columns of nearly the same height, in their order."""
    heights = [_HEAD + len(one.lines) for one in groups]
    goal = sum(heights) / columns
    found: list[list[KeyGroup]] = [[] for _ in range(columns)]
    at, used = 0, 0.0
    for group, height in zip(groups, heights, strict=True):
        if at < columns - 1 and found[at] and used + height / 2 > goal * (at + 1):
            at += 1
        found[at].append(group)
        used += height
    return found


class ShortcutSheet(Sheet):
    """All keys that do something now."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr("Keys"), WIDTH)

    def start(self, groups: Sequence[KeyGroup], here: str) -> None:
        """Open with ``groups``; ``here`` is the place."""
        self.heading.setText(tr("Keys: {place}", place=here))
        room = self.below.width()
        columns = _COLUMNS if room >= _ROOMY else 2 if room >= _NARROW else 1
        row = QHBoxLayout()
        row.setSpacing(Space.MARGIN)
        for column in balanced(groups, columns):
            row.addLayout(_column(column), 1)
        content = QVBoxLayout()
        content.addLayout(row)
        content.addStretch(1)
        self.show_content(content)
        self.present()


def _column(groups: Iterable[KeyGroup]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for group in groups:
        heading = label(group.heading, "header", role="secondary")
        heading.setFixedHeight(_LINE)
        column.addWidget(heading)
        for caps, words in group.lines:
            column.addLayout(_line(caps, words))
        column.addSpacing(Space.GAP)
    column.addStretch(1)
    return column


def _line(shortcuts: Sequence[tuple[str, ...]], words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.UNIT)
    keys = QWidget()
    keys.setMinimumWidth(_CAPS)
    keys.setFixedHeight(_LINE)
    inside = QHBoxLayout(keys)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(10)
    for caps in shortcuts[:_MANY]:
        inside.addWidget(KeyCaps(caps), 0, Qt.AlignmentFlag.AlignVCenter)
    inside.addStretch(1)
    row.addWidget(keys)
    row.addWidget(label(words, wrap=True), 1)
    return row
