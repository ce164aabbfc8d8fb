"""How a run ended: ``JobResult`` and the JSON form of what a job returned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from pydantic_core import to_jsonable_python

from tabapp.jobs.errors import JobError
from tabapp.jobs.ports import Json

Status = Literal["success", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class JobResult:
    """The end of one run. ``seconds`` is the time worked, without the waits between attempts."""

    id: int
    name: str
    status: Status
    value: Json = None
    stats: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    attempts: int = 0
    error: JobError | None = None

    def as_json(self) -> dict[str, Json]:
        """Shape of a job's row in ``headless.md``."""
        return {
            "id": self.id,
            "name": self.name,
            "status": self.status,
            "value": self.value,
            "stats": dict(self.stats),
            "seconds": self.seconds,
            "attempts": self.attempts,
            "error": None if self.error is None else self.error.as_json(),
        }


def as_json_value(value: object) -> Json:
    """Return a job's value as JSON data: dataclasses, models, dates, enums and arrays included.

    By now the work is committed, so a value that has no JSON form is given as text.
    """
    return cast(Json, to_jsonable_python(value, fallback=_plain, inf_nan_mode="null"))


def digest_of(value: object) -> str:
    """Return by what an equal value is known again: a hash of its canonical JSON."""
    text = json.dumps(as_json_value(value), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    tolist = getattr(value, "tolist", None)  # arrays and scalars of numpy
    return tolist() if callable(tolist) else str(value)
