"""The answer of every reader."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.core.errors import Problem
from tabapp.domain.archive import Archive


@dataclass(frozen=True)
class Imported:
    """What a source says. ``archive`` is None where it could not be read at all.

    ``kind`` is ``archive``, ``debatexml``, ``tabbycat-csv`` or ``table``, blank for none of them.
    An archive that comes with an error among its problems must not be stored.
    """

    archive: Archive | None
    problems: tuple[Problem, ...]
    kind: str

    @property
    def storable(self) -> bool:
        """Claim that there is a document without an error; warnings may remain."""
        return self.archive is not None and all(p.level != "error" for p in self.problems)
