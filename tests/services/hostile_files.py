"""Files that somebody may take for a snapshot."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

HOSTILE = {
    "missing": "snapshot_missing", "folder": "snapshot_missing", "foreign": "snapshot_foreign",
    "truncated": "snapshot_damaged", "newer": "snapshot_newer",
}


def hostile(path: Path, kind: str, good: Path) -> None:
    """Make a file that no snapshot is."""
    if kind == "folder":
        path.mkdir()
    elif kind == "foreign":
        with closing(sqlite3.connect(path)) as driver:
            driver.execute("CREATE TABLE notes (text)")
            driver.commit()
    elif kind != "missing":
        shutil.copyfile(good, path)
        if kind == "truncated":
            path.write_bytes(path.read_bytes()[:-8192])
        else:
            with closing(sqlite3.connect(path)) as driver:
                driver.execute("UPDATE alembic_version SET version_num = '9999'")
                driver.commit()
