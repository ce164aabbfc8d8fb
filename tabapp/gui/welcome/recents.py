"""What is known of the tournaments that were open lately, also of files that are gone."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tabapp.core.errors import UserError
from tabapp.core.files import write_whole
from tabapp.domain.formats import load_preset
from tabapp.store.glimpse import Glimpse, glimpse

log = logging.getLogger(__name__)

FILE_NAME = "recent.json"
"""In the folder of caches: what a file said of itself when it was last there."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A tournament that was open lately. ``found`` is None where nobody can look into it now.

    ``name``, ``format`` and ``teams`` are those of the last look where the file is ``missing``.
    """

    target: str
    name: str
    format: str = ""
    teams: int = 0
    found: Glimpse | None = None
    missing: bool = False
    at: datetime | None = None


def read_recents(targets: Iterable[str], cache: Path) -> list[Recent]:
    """Look into each file and remember what it says; some disks take long, so not in the window.

    Never raises for what a file or the cache says.
    """
    kept = _read(cache / FILE_NAME)
    recents = [_look(target, kept) for target in targets]
    now = {
        one.target: {"name": one.name, "format": one.format, "teams": one.teams}
        for one in recents
    }
    if now != kept:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            write_whole(cache / FILE_NAME, json.dumps(now).encode())
        except OSError as error:
            log.info("what recent files say is not kept: %s", error)
    return recents


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}


def _look(target: str, kept: dict[str, dict[str, object]]) -> Recent:
    if "://" in target:
        return Recent(target, target.rpartition("/")[2])
    path = Path(target)
    before = kept.get(target)
    known = before if isinstance(before, dict) else {}
    teams = known.get("teams")
    last = Recent(
        target, str(known.get("name") or path.stem), str(known.get("format") or ""),
        teams if isinstance(teams, int) else 0)
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        return Recent(target, last.name, last.format, last.teams, missing=True)
    found = glimpse(path)
    if found is None:
        return Recent(target, last.name, last.format, last.teams, at=changed)
    return Recent(target, found.name, _title(found.preset), found.teams, found, at=changed)


def _title(preset: str) -> str:
    try:
        return load_preset(preset).title
    except UserError:
        return preset
