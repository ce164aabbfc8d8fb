"""Opening and closing tournament files, in the order in which their parts depend on each other."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tabapp.core.crash import CrashLog, UncleanEnd
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.core.settings import Folders
from tabapp.gui.lock import WindowLock
from tabapp.services.elsewhere import Elsewhere
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import TournamentRow, get_tournament, tournament_slugs

if TYPE_CHECKING:
    from tabapp.domain.archive import Archive
    from tabapp.services.tournaments import Opener


@dataclass(frozen=True, slots=True)
class Parts:
    """What the window is given by the composition root.

    ``bus`` tells of errors that nobody caught; ``ends`` are earlier windows that did not end well.
    """

    open_workspace: Opener
    folders: Folders
    version: str
    bus: EventBus = field(default_factory=EventBus)
    crash: CrashLog | None = None
    ends: tuple[UncleanEnd, ...] = ()


class OpenFile:
    """A tournament file that this window has: its lock, its workspace, and who watches it."""

    def __init__(self, target: str, lock: WindowLock, workspace: Workspace, stack: ExitStack):
        self.target = target
        self.lock = lock
        self.workspace = workspace
        self._stack = stack
        with workspace.database.read() as unit:
            self.tournaments: tuple[TournamentRow, ...] = tuple(
                get_tournament(unit, row_id) for row_id in tournament_slugs(unit).values())

    def find(self, slug: str) -> TournamentRow | None:
        """Return the tournament of ``slug``, or the only one; None where a person has to choose.

        ``UserError`` where there is none, or none of that name.
        """
        if not self.tournaments:
            raise UserError("file_without_tournament", file=self.target)
        if slug:
            known = ", ".join(one.slug for one in self.tournaments)
            found = next((one for one in self.tournaments if one.slug == slug), None)
            if found is None:
                raise UserError("tournament_unknown", slug=slug, known=known)
            return found
        return self.tournaments[0] if len(self.tournaments) == 1 else None

    def close(self) -> None:
        """Close everything in reverse order; a second call does nothing."""
        self._stack.close()


def absolute(target: str) -> str:
    """Return a path as it is found from anywhere; a URL stays as it is."""
    return target if "://" in target else str(Path(target).expanduser().absolute())


def open_file(parts: Parts, target: str, archive: Archive | None = None) -> OpenFile:
    """Open a file, or make one of ``archive``; may take long, so not in the window's thread.

    A file that was made in vain is removed again.
    """
    where = absolute(target)
    with ExitStack() as opening:
        lock = WindowLock(where, parts.folders.cache)
        opening.callback(lock.release)
        if archive is not None:
            if "://" not in where and Path(where).exists():
                raise UserError("file_exists", file=where)
            from tabapp.services.tournaments import (  # noqa: PLC0415 - 0.1 s for new files only
                add_tournament,
            )

            add_tournament(parts.open_workspace, where, archive)
        workspace = opening.enter_context(
            parts.open_workspace(where, threads=True, household=True))
        elsewhere = Elsewhere(workspace.database, workspace.bus)
        elsewhere.start()
        opening.callback(elsewhere.stop)
        opened = OpenFile(where, lock, workspace, opening)
        opened._stack = opening.pop_all()
    return opened

