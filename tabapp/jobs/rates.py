"""How often the runs of one job may start: a sliding window that delays and never drops."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import cache

_UNITS = {
    "s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hour": 3600.0,
    "day": 86400.0,
}
_WORDS = {1.0: "second", 60.0: "minute", 3600.0: "hour", 86400.0: "day"}
_SHAPE = re.compile(r"([1-9][0-9]{0,5})/([a-z]+)")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``count`` starts in any ``seconds``."""

    count: int
    seconds: float

    @property
    def words(self) -> str:
        """What a run waits for, in words."""
        return f"its rate of {self.count} in any {_WORDS[self.seconds]}"


@cache
def parse_rate(text: str) -> Rate:
    """Return the rate that a text such as ``10/min`` or ``1/hour`` means, else ``ValueError``."""
    found = _SHAPE.fullmatch(text)
    if found is None or found[2] not in _UNITS:
        raise ValueError(f"{text!r} is no rate; write it as in '10/min', with {', '.join(_UNITS)}")
    return Rate(int(found[1]), _UNITS[found[2]])


class Windows:
    """When the runs of each job last started, on the monotonic clock. Not safe from threads."""

    def __init__(self) -> None:
        self._started: dict[str, deque[float]] = {}

    def free_at(self, job: str, rate: Rate) -> float | None:
        """Return when the next run may start if that is bounded; None when nothing keeps it."""
        started = self._started.get(job)
        if started is None or len(started) < rate.count:
            return None
        return started[-rate.count] + rate.seconds

    def start(self, job: str, rate: Rate, now: float) -> None:
        """Count a run that starts."""
        started = self._started.setdefault(job, deque(maxlen=rate.count))
        started.append(now)
