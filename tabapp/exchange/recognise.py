"""Finds out what a source is, reads it within bounds and hands it to its reader."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path

from tabapp.core.errors import Problem, UserError
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.archive_reader import read_archive
from tabapp.exchange.bounded import take
from tabapp.exchange.debatexml_reader import read_debatexml
from tabapp.exchange.imported import Imported
from tabapp.exchange.tabbycat_csv import read_tabbycat_csv
from tabapp.exchange.texts import shown

CSV = "tabbycat-csv"
KINDS = ("archive", "debatexml", CSV, "table")

_READERS: dict[str, Callable[[bytes, str], Imported]] = {
    "archive": read_archive, "debatexml": read_debatexml,
}
_TABLES = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_source(
    paths: Sequence[Path], kind: str | None = None, tick: Tick = no_tick
) -> Imported:
    """Read what stands at these paths; without ``kind`` it is recognised.

    Never raises for what a path or a file is like: all that is wrong stands in the problems.
    ``tick`` counts reading, checking, done.
    """
    if kind is not None and kind not in KINDS:
        return _refused("", "source", "import_no_such_kind", kind=kind, known=", ".join(KINDS))
    if not paths:
        return _refused(kind or "", "source", "import_nothing_given")
    tick(0, 2)
    try:
        return _read(paths, kind, tick)
    except OSError as error:
        code = "import_file_missing" if error.errno == errno.ENOENT else "import_file_unreadable"
        name = _name(paths[0])
        reason = error.strerror or type(error).__name__
        return _refused(kind or "", name, code, file=name, reason=reason)
    except ValueError as error:  # a path with a null character
        name = _name(paths[0])
        return _refused(
            kind or "", name, "import_file_unreadable", file=name, reason=str(error)
        )


def _read(paths: Sequence[Path], kind: str | None, tick: Tick) -> Imported:
    path = paths[0]
    name = _name(path)
    if not path.exists():
        return _refused(kind or "", name, "import_file_missing", file=name)
    kind = kind or _kind_of(paths)
    if kind == CSV:
        return _read_folder(paths, name, tick)
    if path.is_dir() or kind not in _READERS or len(paths) > 1:
        return _refuse_kind(paths, kind, name)
    with path.open("rb") as file:
        try:
            data = take(file, name)
        except UserError as error:  # too large
            return _refused(kind, name, error.code, **error.facts)
    if not data.strip():
        return _refused(kind, name, "import_file_empty", file=name)
    tick(1, 2)
    imported = _READERS[kind](data, name)
    tick(2, 2)
    return imported


def _kind_of(paths: Sequence[Path]) -> str:
    """Return the kind of all sources together: several CSV files are as good as their folder."""
    if len(paths) > 1 and all(one.suffix.lower() == ".csv" for one in paths):
        return CSV
    return recognise_kind(paths[0])


def _read_folder(paths: Sequence[Path], name: str, tick: Tick) -> Imported:
    """Read the CSV files of a folder, or those that are named one by one."""
    if not (paths[0].is_dir() or paths[0].suffix.lower() == ".csv"):
        return _refused(CSV, name, "csv_not_folder", file=name)
    folder = paths[0] if paths[0].is_dir() else paths[0].absolute().parent
    listed = folder.iterdir() if paths[0].is_dir() else paths
    files: dict[str, bytes] = {}
    for one in sorted(listed):
        if one.suffix.lower() == ".csv" and one.is_file():
            try:
                with one.open("rb") as file:
                    files[one.stem.lower()] = take(file, _name(one))
            except UserError as error:  # too large
                return _refused(CSV, _name(one), error.code, **error.facts)
    tick(1, 2)
    imported = read_tabbycat_csv(files, name, shown(folder.resolve().name, 100))
    tick(2, 2)
    return imported


def _refuse_kind(paths: Sequence[Path], kind: str, name: str) -> Imported:
    if kind in KINDS and kind not in _READERS:
        return _refused(kind, name, "import_kind_not_available", file=name, kind=kind)
    if paths[0].is_dir():
        return _refused(kind, name, "import_is_folder", file=name)
    if len(paths) > 1:
        return _refused(kind, name, "import_one_file_only", count=len(paths))
    if _is_blank(paths[0]):
        return _refused(kind, name, "import_file_empty", file=name)
    return _refused(kind, name, "import_unknown_kind", file=name)


def _is_blank(path: Path) -> bool:
    with path.open("rb") as file:
        return not file.read(4096).strip() and not file.read(1)


def recognise_kind(path: Path) -> str:
    """Return the kind of a source by what is in it; blank for none that is known.

    Raises OSError where it cannot be looked at.
    """
    if path.is_dir():
        has_tables = any(child.suffix.lower() == ".csv" for child in path.iterdir())
        return CSV if has_tables else ""
    with path.open("rb") as file:
        head = file.read(1024)
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    first = head.replace(b"\x00", b"").lstrip()[:1]  # two-byte encodings have zeros between
    if first == b"<":
        return "debatexml"
    if first in {b"{", b"["}:
        return "archive"
    return "table" if path.suffix.lower() in _TABLES else ""


def _name(path: Path) -> str:
    return shown(str(path), 120)


def _refused(kind: str, where: str, code: str, /, **facts: object) -> Imported:
    return Imported(None, (Problem.of("error", where, code, **facts),), kind)
