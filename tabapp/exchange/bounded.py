"""Reads files and streams of any size within bounds."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from tabapp.core.errors import UserError
from tabapp.exchange.texts import shown

LARGEST = 32 * 2**20
"""Bytes of the largest source that is read; 400 teams and 9 rounds have 4 million."""


def read_bounded(source: Path | BinaryIO, name: str = "") -> bytes:
    """Return all bytes of a file, or the rest of a stream such as standard input.

    ``name`` names the source in sentences, instead of its path. Raises
    ``UserError("file_unreadable")`` and ``UserError("import_file_too_large")``.
    """
    name = shown(name or str(source if isinstance(source, Path) else "The input"), 300)
    try:
        if not isinstance(source, Path):
            return take(source, name)
        with source.open("rb") as file:
            return take(file, name)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError("file_unreadable", file=name, reason=reason) from error


def take(file: BinaryIO, name: str) -> bytes:
    """Return what is left in an open file; raise ``UserError("import_file_too_large")``."""
    pieces: list[bytes] = []
    left = LARGEST + 1
    while left > 0 and (piece := file.read(left)):  # a raw stream gives less than it is asked for
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise UserError("import_file_too_large", file=name, limit=LARGEST // 2**20)
    return b"".join(pieces)
