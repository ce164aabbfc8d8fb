"""Where the files lie that are shipped with the program, in each way it can be installed."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

FOLDER = "resources"
_PACKAGE = Path(__file__).resolve().parent.parent


def _root() -> Path:
    bundle = getattr(sys, "_MEIPASS", None)  # set by the loader of a frozen build
    if bundle is not None:
        return Path(bundle) / FOLDER
    installed = _PACKAGE / FOLDER
    return installed if installed.is_dir() else _PACKAGE.parent / FOLDER


def resource_path(*parts: str) -> Path:
    """Return the path of a shipped file or folder. FileNotFoundError names the path looked for."""
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, "A file that belongs to the program is missing", path)
    return path


def resource_texts(*parts: str, suffix: str) -> dict[str, str]:
    """Read every file of a shipped folder with this suffix: text by file name without suffix.

    In order of name, so that nothing depends on the order of the file system.
    """
    files = sorted(resource_path(*parts).glob(f"*{suffix}"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}
