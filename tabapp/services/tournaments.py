"""New tournaments from a preset, each in a file of its own or beside others in a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tabapp.core.errors import Problem, UserError
from tabapp.core.files import at_home
from tabapp.domain.archive import Archive
from tabapp.domain.formats import presets, resolve
from tabapp.domain.setup import (
    MOST_BREAKING,
    MOST_ROUNDS,
    check_break_size,
    new_tournament,
    slugify,
)
from tabapp.services import exchange
from tabapp.services.entries import Reader, refuse
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import tournament_slugs

SUFFIX = ".tabapp"
LONGEST_SHORT_NAME = 25


class Opener(Protocol):
    """Opens databases; the composition root gives it."""

    def __call__(
        self, where: str | Path, *, create: bool = False, threads: bool = False,
        household: bool = False,
    ) -> AbstractContextManager[Workspace]:
        """Open ``where`` with a queue, in the calling thread or with ``threads`` of its own.

        ``household`` makes what works by itself; it is not started.
        """


@dataclass(frozen=True, slots=True)
class NewTournament:
    """A tournament that somebody wants: all that is chosen before there is one."""

    name: str
    preset: str
    rounds: int
    break_size: int
    path: Path
    short_name: str = ""
    reserve: int = 0

    def archive(self) -> Archive:
        """Return it as a document: its rounds and, unless the size is 0, an open break."""
        return new_tournament(
            self.name, preset=self.preset, rounds=self.rounds, break_size=self.break_size,
            short_name=self.short_name, reserve=self.reserve)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a person types to make a tournament; ``path`` names a file that is not there yet."""

    name: str
    preset: str
    rounds: str
    break_size: str
    path: str
    short_name: str = ""
    reserve: str = "0"


def check_new(entry: NewEntry) -> list[Problem]:
    """Return everything that is wrong, each at its field; looks at the disk, changes nothing."""
    return _read(entry)[1]


def read_new(entry: NewEntry) -> NewTournament:
    """Return what the person wants. ``ProblemsFound`` with everything that is wrong."""
    found, problems = _read(entry)
    refuse(problems)
    return found


def _read(entry: NewEntry) -> tuple[NewTournament, list[Problem]]:
    reader = Reader()
    found = NewTournament(
        name=reader.name("name", entry.name),
        short_name=reader.name("short_name", entry.short_name, longest=LONGEST_SHORT_NAME),
        preset=entry.preset,
        rounds=reader.whole("rounds", entry.rounds, 1, MOST_ROUNDS),
        break_size=reader.whole("break_size", entry.break_size, 0, MOST_BREAKING),
        reserve=reader.whole("reserve", entry.reserve, 0, MOST_BREAKING),
        path=_path_of(entry.path.strip()),
    )
    problems = list(reader.problems)
    if not found.name:
        problems.append(Problem.of("error", "name", "name_missing"))
    known = [one.name for one in presets()]
    if entry.preset not in known:
        problems.append(Problem.of(
            "error", "preset", "unknown_preset", name=entry.preset, known=", ".join(known)))
    elif "break_size" not in {one.where for one in problems}:
        teams = resolve(entry.preset, {}).teams_in_debate
        problems += check_break_size(found.break_size, teams, where="break_size")
    return found, problems + check_path(entry.path)


def check_path(typed: str) -> list[Problem]:
    """Return why a new file cannot be called as somebody typed; looks at the disk."""
    typed = typed.strip()
    if not typed:
        return [Problem.of("error", "path", "path_missing")]
    path = _path_of(typed)
    code = ""
    try:
        if path.suffix.lower() != SUFFIX:
            code = "path_suffix"
        elif _is_there(path):
            code = "path_taken"
        elif not path.is_absolute() or not path.parent.is_dir():
            code = "path_folder_missing"
    except (OSError, ValueError):  # a name that is too long, or that the system does not allow
        code = "path_impossible"
    return [_path_problem(code, path)] if code else []


def _path_of(typed: str) -> Path:
    """Return a path that was typed; ``~nobody`` stays as it is."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def _is_there(path: Path) -> bool:
    """Look for the file, not for what a link points at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _path_problem(code: str, path: Path) -> Problem:
    return Problem.of(
        "error", "path", code, file=path.name or str(path), folder=str(path.parent),
        suffix=SUFFIX)


def proposed_path(folder: Path, name: str) -> Path:
    """Return a file in ``folder`` that is not there yet, named after a tournament."""
    stem = slugify(name)
    path, again = folder / f"{stem}{SUFFIX}", 1
    while path.exists():
        again += 1
        path = folder / f"{stem}-{again}{SUFFIX}"
    return path


@contextmanager
def opened_or_made(open_: Opener, where: str | Path) -> Iterator[Workspace]:
    """Open a database, made where it is not there.

    A file that was made in vain, because something was raised before it had a tournament, is
    removed again.
    """
    path = None if "://" in str(where) else at_home(Path(where))
    fresh, in_vain = path is not None and not path.exists(), False
    try:
        with open_(where, create=True) as work:
            try:
                yield work
            except BaseException:
                with work.database.read() as unit:
                    in_vain = fresh and not tournament_slugs(unit)
                raise
    finally:
        if in_vain and path is not None:
            path.unlink(missing_ok=True)


def add_tournament(open_: Opener, where: str | Path, archive: Archive) -> str:
    """Store a checked document in a database, made where it is not there; return its slug."""
    with opened_or_made(open_, where) as work:
        return exchange.add(work.database, archive, now=work.clock.now(), actor=work.actor)


def create_tournament(open_: Opener, wanted: NewTournament) -> str:
    """Make the file of a new tournament and return the tournament's slug.

    ``UserError("path_taken")`` where somebody has put a file there in the meantime.
    """
    if wanted.path.exists():
        raise UserError(
            "path_taken", file=wanted.path.name, folder=str(wanted.path.parent), suffix=SUFFIX)
    return add_tournament(open_, wanted.path, wanted.archive())
