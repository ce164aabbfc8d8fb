"""Importing with a person at the screen: read, look, correct the names, store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabapp.core.errors import Level, Problem, TabappError
from tabapp.domain.archive import Archive
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange import Imported, read_source
from tabapp.services import exchange
from tabapp.services.entries import Reader
from tabapp.services.tournaments import check_path
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import TournamentRow, tournament_slugs

_MORE = ("import_more_problems", "import_more_warnings")
Mark = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of each file: what a file is known by again."""


class ReadingStopped(TabappError):
    """Somebody stopped the reading; raised by the ``tick`` that is given to it."""


@dataclass(frozen=True)
class Reading:
    """What sources said when they were read, the errors before the warnings.

    ``taken`` are the names in commands of the tournaments that would stand beside it.
    """

    sources: tuple[Path, ...]
    found: Imported
    problems: tuple[Problem, ...]
    mark: Mark
    taken: frozenset[str] = frozenset()

    @property
    def archive(self) -> Archive | None:
        """Return the document; None where nothing could be read."""
        return self.found.archive

    def number(self, level: Level) -> int:
        """Return how many problems of a level are listed."""
        return sum(one.level == level and one.code not in _MORE for one in self.problems)

    def has_more(self, level: Level) -> bool:
        """Tell whether there are more of a level than are listed."""
        return any(one.level == level and one.code in _MORE for one in self.problems)


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """What a person may change; ``path`` is the new file, None for the one that is open."""

    name: str
    slug: str
    path: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A document that is to be stored: in a new file, or without ``path`` in the open one."""

    archive: Archive
    path: Path | None


def read(
    sources: Sequence[Path], *, workspace: Workspace | None = None, tick: Tick = no_tick
) -> Reading:
    """Read and check sources; stores nothing, never raises for what they are like.

    ``tick`` counts the steps and may raise ``ReadingStopped``.
    """
    mark = mark_of(sources)
    found = read_source(sources, tick=tick)
    # a document without a name in commands is given one in the dialog
    problems = [one for one in found.problems if one.code != "import_blank_slug"]
    problems.sort(key=lambda one: one.level != "error")
    taken: frozenset[str] = frozenset()
    if workspace is not None:
        with workspace.database.read() as unit:
            taken = frozenset(tournament_slugs(unit))
    return Reading(tuple(sources), found, tuple(problems), mark, taken)


def mark_of(sources: Sequence[Path]) -> Mark:
    """Return what tells later whether sources were changed; empty where they are not there."""
    found = []
    try:
        for path in sources:
            files = sorted(path.iterdir()) if path.is_dir() else [path]
            for one in files:
                known = one.stat()
                found.append((str(one), known.st_size, known.st_mtime_ns))
    except (OSError, ValueError):
        return ()
    return tuple(found)


def is_changed(reading: Reading) -> bool:
    """Tell whether the sources say something else by now; what is gone has not changed.

    A stick that was pulled out does not keep what was read from being stored.
    """
    now = mark_of(reading.sources)
    return bool(now) and now != reading.mark


def check_entry(entry: ImportEntry, taken: Collection[str]) -> list[Problem]:
    """Return what is wrong with the names and the file, each at its field; looks at the disk."""
    reader = Reader()
    if not reader.name("name", entry.name):
        reader.problems.append(Problem.of("error", "name", "name_missing"))
    reader.slug("slug", entry.slug, () if entry.path is not None else taken)
    path = [] if entry.path is None else check_path(entry.path)
    return [*reader.problems, *path]


def wanted_of(archive: Archive, entry: ImportEntry) -> Wanted:
    """Return the document under the names of a checked entry, and where it goes."""
    head = archive.tournament.model_copy(
        update={"name": " ".join(entry.name.split()), "slug": entry.slug.strip()})
    path = None if entry.path is None else Path(entry.path.strip()).expanduser()
    return Wanted(archive.model_copy(update={"tournament": head}), path)


def add_beside(workspace: Workspace, archive: Archive) -> TournamentRow:
    """Store a checked document beside the tournaments of an open database; return its row.

    ``ProblemsFound`` with ``slug_taken`` where somebody else took the name in the meantime.
    """
    return workspace.tournament(exchange.add(
        workspace.database, archive, now=workspace.clock.now(), actor=workspace.actor))
