"""The decorators that turn a function into a job, and the frozen value that they make."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Concatenate, Generic, Literal, ParamSpec, Protocol, TypeAlias, TypeVar

from tabapp.jobs.params import ParameterSet, parameter_names
from tabapp.jobs.policies import RetryPolicy, policy_of
from tabapp.jobs.ports import QueueName
from tabapp.jobs.rates import Rate, parse_rate
from tabapp.jobs.triggers import Trigger

Lock = Literal["none", "tournament", "database"]
OnDuplicate = Literal["join", "rerun"]

QUEUES: Mapping[QueueName, int] = {"high_priority": 0, "default": 1, "low_priority": 2}
"""The queues and their priorities; the lowest number goes first."""

DATABASE_LOCK, TOURNAMENT_LOCKS = "database", "tournament:"
"""The key of the lock of the whole database, and how those of tournaments begin."""

C = TypeVar("C")
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class JobSpec(Generic[C, P, T]):
    """All that is known of a job before it runs. Calling it with a context calls the function."""

    name: str
    function: Callable[Concatenate[C, P], T]
    database: bool
    queue: QueueName
    retry: RetryPolicy
    lock: Lock
    dedup: str
    on_duplicate: OnDuplicate
    title: str
    idempotent: bool
    heavy: bool
    labels: tuple[str, ...]
    rate: str = ""
    timeout: float | None = None
    quiet: bool = False
    pure: bool = False
    schedule: Trigger | None = None
    free_by_hand: bool = False
    version: int = 1

    def __call__(self, ctx: C, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.function(ctx, *args, **kwargs)

    @cached_property
    def parameters(self) -> ParameterSet:
        """The validated parameters, built on first use."""
        return ParameterSet(self.name, self.function)

    @cached_property
    def limit(self) -> Rate | None:
        """The rate, None where there is none."""
        return parse_rate(self.rate) if self.rate else None

    def title_of(self, facts: Mapping[str, object]) -> str:
        """Return the title of a run with these parameters."""
        return self.title.format_map(facts) if self.title else self.name

    def dedup_key(self, tournament: int | None, facts: Mapping[str, object]) -> str:
        """Return the key by which equal runs know each other; "" when they never join."""
        if not self.dedup:
            return ""
        return f"{self.name}/{'' if tournament is None else tournament}/" + self.dedup.format_map(
            facts
        )

    def lock_key(self, tournament: int | None) -> str | None:
        """Return the key of the lease that a run holds."""
        match self.lock:
            case "none":
                return None
            case "database":
                return DATABASE_LOCK
            case "tournament":
                return f"{TOURNAMENT_LOCKS}{tournament}"


AnySpec: TypeAlias = JobSpec[Any, ..., Any]


class Decorator(Protocol):
    """Turns a function whose first parameter is its context into a job."""

    def __call__(self, function: Callable[Concatenate[C, P], T], /) -> JobSpec[C, P, T]:
        """Make the spec; a mistake in the options or the signature is a ``ValueError``."""


def db_job(
    name: str,
    *,
    queue: QueueName = "default",
    retry: str | RetryPolicy = "standard",
    lock: Lock = "none",
    dedup: str = "",
    on_duplicate: OnDuplicate = "join",
    title: str = "",
    idempotent: bool = True,
    heavy: bool = False,
    labels: tuple[str, ...] = (),
    rate: str = "",
    timeout: float | None = None,
    quiet: bool = False,
    pure: bool = False,
    schedule: Trigger | None = None,
    free_by_hand: bool = False,
    version: int = 1,
) -> Decorator:
    """Make a job that reads and writes the database through ``ctx.read()`` and ``ctx.write()``.

    ``title`` and ``dedup`` may name parameters and ``tournament`` in braces. ``heavy`` work holds
    the interpreter: only one such run works at a time. ``labels`` are for filtering.
    ``rate`` such as ``10/min`` delays runs, never drops one; under ``free_by_hand`` not those that
    a person starts. ``timeout`` is in seconds of one attempt. ``quiet`` runs of the clock that
    counted nothing in ``ctx.stats`` leave no row in the history. A ``pure`` job may return the
    stored result of equal input, see ``ctx.fingerprint``; a new ``version`` forgets them all.
    ``schedule`` is when the clock starts it by itself, until a person changes that.
    A mistake in the options is a ``ValueError`` when the module is imported.
    """

    def decorate(function: Callable[Concatenate[C, P], T]) -> JobSpec[C, P, T]:
        spec = JobSpec(
            name, function, True, queue, policy_of(retry), lock, dedup, on_duplicate, title,
            idempotent, heavy, labels, rate, timeout, quiet, pure, schedule, free_by_hand, version,
        )
        _check(spec)
        return spec

    return decorate


def simple_job(
    name: str,
    *,
    queue: QueueName = "default",
    retry: str | RetryPolicy = "standard",
    dedup: str = "",
    on_duplicate: OnDuplicate = "join",
    title: str = "",
    idempotent: bool = True,
    heavy: bool = False,
    labels: tuple[str, ...] = (),
    rate: str = "",
    timeout: float | None = None,
    quiet: bool = False,
    pure: bool = False,
    schedule: Trigger | None = None,
    free_by_hand: bool = False,
    version: int = 1,
) -> Decorator:
    """Make a job without a database; the options are those of ``db_job``."""

    def decorate(function: Callable[Concatenate[C, P], T]) -> JobSpec[C, P, T]:
        spec = JobSpec(
            name, function, False, queue, policy_of(retry), "none", dedup, on_duplicate, title,
            idempotent, heavy, labels, rate, timeout, quiet, pure, schedule, free_by_hand, version,
        )
        _check(spec)
        return spec

    return decorate


def _check(spec: AnySpec) -> None:
    where = f"job {spec.name!r}"
    parts = spec.name.split(".")
    if len(parts) < 2 or not all(part.isidentifier() for part in parts):
        raise ValueError(f"{where}: a job's name has dots, as in 'draw.generate'")
    if spec.queue not in QUEUES:
        raise ValueError(f"{where}: unknown queue {spec.queue!r}")
    if spec.lock not in ("none", "tournament", "database"):
        raise ValueError(f"{where}: unknown lock {spec.lock!r}")
    if spec.on_duplicate not in ("join", "rerun"):
        raise ValueError(f"{where}: unknown on_duplicate {spec.on_duplicate!r}")
    if spec.on_duplicate == "rerun" and not spec.dedup:
        raise ValueError(f"{where}: on_duplicate needs a dedup key")
    if spec.timeout is not None and spec.timeout <= 0:
        raise ValueError(f"{where}: a timeout of {spec.timeout} seconds ends every attempt")
    try:
        parse_rate(spec.rate or "1/min")
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
    known = {*parameter_names(spec.function), "tournament"}
    for template in (spec.title, spec.dedup):
        for _, field_name, _, _ in string.Formatter().parse(template):
            if field_name is not None and field_name not in known:
                raise ValueError(f"{where}: {{{field_name}}} in {template!r} is no parameter")
