"""How the runs of each job went: how many, how well, how long they waited and worked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabapp.jobs.ports import RunRecord

MOST_RECENT = 60


@dataclass(frozen=True, slots=True)
class JobMetrics:
    """The figures of one job, over its runs that succeeded or failed for good.

    ``success_rate`` is 0..1. Waits are from submitted to started, the rest is time worked, all in
    seconds; ``p95`` is the 95th percentile by nearest rank. ``recent`` are the last seconds
    worked, the oldest first.
    """

    name: str
    runs: int
    successes: int
    failures: int
    success_rate: float
    wait_mean: float
    wait_p95: float
    mean: float
    p95: float
    recent: tuple[float, ...]


def metrics(records: Iterable[RunRecord]) -> list[JobMetrics]:
    """Return the figures of every job of which a run ended, by name; the order does not matter.

    Cancelled and interrupted runs tell nothing of the job and are left out.
    """
    by_name: dict[str, list[RunRecord]] = {}
    for record in records:
        if record.state in ("success", "failed"):
            by_name.setdefault(record.name, []).append(record)
    return [
        _measured(name, sorted(runs, key=lambda run: run.id))
        for name, runs in sorted(by_name.items())
    ]


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` (0..1) of all do not exceed, 0 of nothing."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _measured(name: str, runs: Sequence[RunRecord]) -> JobMetrics:
    successes = sum(run.state == "success" for run in runs)
    waits = [
        max(0.0, (run.started_at - run.submitted_at).total_seconds())
        for run in runs if run.started_at is not None
    ]
    worked = [run.seconds for run in runs]
    return JobMetrics(
        name, len(runs), successes, len(runs) - successes, successes / len(runs),
        mean(waits), percentile(waits, 0.95), mean(worked), percentile(worked, 0.95),
        tuple(worked[-MOST_RECENT:]),
    )
