"""What the cached tables were made from, so that the next program knows whether they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tabapp.core.revisions import Revision
from tabapp.store.schema import meta
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class Stamp:
    """The revisions of the topics that were read, the version that read them, and the rows."""

    topics: Mapping[str, int]
    version: str
    rows: int


def _key(tournament_id: int) -> str:
    return f"standings:{tournament_id}"


def read_stamp(unit: ReadUnit, tournament_id: int) -> Stamp | None:
    """Return what the cached tables were made from; None where nobody knows."""
    text = unit.scalar(select(meta.c.value).where(meta.c.key == _key(tournament_id)))
    try:
        found: dict[str, Any] = json.loads(text or "{}")
        return Stamp(found["topics"], found["version"], found["rows"])
    except (ValueError, KeyError, TypeError):
        return None


def store_stamp(unit: WriteUnit, read: Revision, version: str, rows: int) -> None:
    """Keep what the cached tables of a tournament are made from."""
    key = _key(read.tournament)
    value = json.dumps({"topics": dict(read.topics), "version": version, "rows": rows})
    unit.replace_derived(meta, meta.c.key == key, [{"key": key, "value": value}])
