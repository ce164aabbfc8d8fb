"""The names that are taken, and what a name means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import get_close_matches

from tabapp.domain.registration.fields import Kind
from tabapp.domain.registration.texts import fold

MOST_SUGGESTIONS = 20
"""A long paste full of unknown names is not searched for what each of them may have meant."""


@dataclass(slots=True)
class Register:
    """Everybody's names by kind; it grows by the rows of a paste while they are checked.

    New records have negative ids until they are stored, and ``lines`` says where they were
    pasted. ``general`` are the break categories that every team is in.
    """

    score_low: float = 0.0
    score_high: float = 5.0
    general: tuple[int, ...] = ()
    names: dict[Kind, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    aliases: dict[Kind, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    shown: dict[Kind, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    codes: dict[int, str] = field(default_factory=dict)
    """Codes of institutions as they are written."""
    speakers: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Folded names of the speakers of each team."""
    lines: dict[int, int] = field(default_factory=dict)
    _suggested: dict[tuple[Kind, str], str] = field(default_factory=dict)
    _next: int = -1

    def learn(self, kind: Kind, record: int, name: str, *aliases: str) -> None:
        """Know a record by its name and by what else it is called; the first of a name keeps it."""
        self.names[kind].setdefault(fold(name), record)
        self.shown[kind][record] = name
        for alias in aliases:
            if alias:
                self.aliases[kind].setdefault(fold(alias), record)

    def plan(self, kind: Kind, name: str, *aliases: str, line: int | None = None) -> int:
        """Know a record that is not stored yet; return the id by which it can be named."""
        record = self.reserve()
        self.learn(kind, record, name, *aliases)
        if line is not None:
            self.lines[record] = line
        return record

    def learn_speaker(self, team: int, speaker: int, name: str) -> None:
        """Know a speaker as one of a team."""
        self.speakers[team].setdefault(fold(name), speaker)

    def reserve(self) -> int:
        """Give out an id below 0."""
        self._next -= 1
        return self._next + 1

    def find(self, kind: Kind, name: str) -> int | None:
        """Return who is called so: by name, else by code, short name or slug."""
        folded = fold(name)
        found = self.names[kind].get(folded)
        return self.aliases[kind].get(folded) if found is None else found

    def holder(self, kind: Kind, name: str) -> int | None:
        """Return whose own name this is."""
        return self.names[kind].get(fold(name))

    def code_holder(self, code: str) -> int | None:
        """Return the institution whose code this is."""
        folded = fold(code)
        return next((one for one, text in self.codes.items() if fold(text) == folded), None)

    def nearest(self, kind: Kind, name: str) -> str:
        """Return the name that was probably meant, or nothing."""
        key = (kind, fold(name))
        if key not in self._suggested and len(self._suggested) < MOST_SUGGESTIONS:
            found = get_close_matches(key[1], self.names[kind], n=1, cutoff=0.75)
            self._suggested[key] = (
                self.shown[kind][self.names[kind][found[0]]] if found else "")
        return self._suggested.get(key, "")

