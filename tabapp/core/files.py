"""Files that are either whole or not there."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOCKED_BYTE = 1 << 30  # far behind the text, since Windows also forbids to read what is locked


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in place of the old one, durable and never half; raises ``OSError``."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def at_home(path: Path) -> Path:
    """Replace a leading ``~``; that of a user whom nobody knows stays, as a shell leaves it."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def lock_file(file: IO[str]) -> None:
    """Lock ``file`` until it is closed or the process ends; raises ``OSError`` where it is held."""
    if sys.platform == "win32":
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def window_lock_of(path: Path, cache: Path) -> Path:
    """Return the file whose lock a window holds as long as it has the tournament file ``path``.

    It lies in the folder of caches, under a name made from the file's real path.
    """
    stem = hashlib.sha256(os.fsencode(path)).hexdigest()[:32]
    return cache / "windows" / f"{stem}.lock"
