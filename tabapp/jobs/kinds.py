"""Ready decorators for the usual kinds of jobs: each has its label, its rate and its retries.

The figures are those of the table of kinds: people 10 a minute and 3 retries, results 30 and 5,
timeline 20 and 3, recovery 5 and 2, maintenance 1 an hour and 1. Any option can be given anew.
"""

from __future__ import annotations

from typing import TypedDict, Unpack, cast

from tabapp.jobs.policies import Backoff, RetryPolicy
from tabapp.jobs.ports import QueueName
from tabapp.jobs.spec import Decorator, Lock, OnDuplicate, db_job
from tabapp.jobs.triggers import Trigger


class Options(TypedDict, total=False):
    """The options of ``db_job``."""

    queue: QueueName
    retry: str | RetryPolicy
    lock: Lock
    dedup: str
    on_duplicate: OnDuplicate
    title: str
    idempotent: bool
    heavy: bool
    labels: tuple[str, ...]
    rate: str
    timeout: float | None
    quiet: bool
    pure: bool
    schedule: Trigger | None
    free_by_hand: bool
    version: int

_RETRIES: dict[str, RetryPolicy] = {
    "people": Backoff(3, 60.0),
    "results": Backoff(5, 30.0),
    "timeline": Backoff(3, 60.0),
    "recovery": Backoff(2, 300.0),
    "maintenance": Backoff(1, 60.0),
}


def people_job(name: str, **options: Unpack[Options]) -> Decorator:
    """Make a job about people: achievements, profiles, suggestions. Options as of ``db_job``."""
    return _kind("people", name, {"rate": "10/min"}, options)


def results_job(name: str, **options: Unpack[Options]) -> Decorator:
    """Make a job about results. Options as of ``db_job``."""
    return _kind("results", name, {"rate": "30/min"}, options)


def timeline_job(name: str, **options: Unpack[Options]) -> Decorator:
    """Make a job about what happened when. Options as of ``db_job``."""
    return _kind("timeline", name, {"rate": "20/min"}, options)


def recovery_job(name: str, **options: Unpack[Options]) -> Decorator:
    """Make a job that brings back what was lost. Options as of ``db_job``."""
    return _kind("recovery", name, {"rate": "5/min"}, options)


def maintenance_job(name: str, **options: Unpack[Options]) -> Decorator:
    """Make a job of upkeep, whose rate does not hold a person up. Options as of ``db_job``.

    ``rate=""`` exempts a job wholly, such as the health check.
    """
    return _kind("maintenance", name, {"rate": "1/hour", "free_by_hand": True}, options)


def _kind(label: str, name: str, usual: Options, options: Options) -> Decorator:
    chosen = cast(Options, {"retry": _RETRIES[label], **usual, **options})
    chosen["labels"] = (label, *options.get("labels", ()))
    return db_job(name, **chosen)
