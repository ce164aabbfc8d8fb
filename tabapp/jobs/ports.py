"""What the framework needs from a database, as Protocols and frozen values.

The store implements these, ``memory`` implements them for tests, the composition root joins them.
All of them are called from several threads at once. Every method may raise ``DatabaseBusy``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias, TypedDict, TypeVar

from tabapp.core.events import Event
from tabapp.core.revisions import LeaseToken, Revision

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
QueueName = Literal["high_priority", "default", "low_priority"]
RunState = Literal[
    "queued", "waiting", "running", "success", "failed", "cancelled", "interrupted"
]
LogLevel = Literal["debug", "info", "success", "warning", "error"]

OwnerId: TypeAlias = str
"""One running program: ``host:pid:start-time:uuid`` (see ``leases.new_owner``)."""

UNFINISHED: frozenset[RunState] = frozenset({"queued", "waiting", "running"})


# --- units of work ----------------------------------------------------------------------------


class WriteUnit(Protocol):
    """The part of a write unit that the framework itself uses."""

    def emit(self, event: Event) -> None:
        """Publish ``event`` once this unit has committed; forget it when the unit rolls back."""


R = TypeVar("R")
W = TypeVar("W", bound=WriteUnit)
R_co = TypeVar("R_co", covariant=True)
W_co = TypeVar("W_co", bound=WriteUnit, covariant=True)


class UnitSource(Protocol[R_co, W_co]):
    """Gives units of work. A unit never outlives its ``with`` and never crosses a thread."""

    def read(self) -> AbstractContextManager[R_co]:
        """Open a consistent view."""

    def write(
        self,
        *,
        actor: str,
        verb: str,
        subject: str,
        tournament: int | None,
        expected: Revision | None,
        lease: LeaseToken | None,
        run_id: int | None,
        trail: bool = True,
        undoable: bool = True,
    ) -> AbstractContextManager[W_co]:
        """Open a unit that commits when its ``with`` ends and rolls back on any exception.

        ``actor``, ``verb`` and ``subject`` name the action in the journal; all units of one
        ``run_id`` are one action, in the trail and to be undone unless told otherwise. Inside the
        unit's own transaction, not later than its commit,
        ``expected`` is compared (else ``StaleInput``) and so are owner and epoch of ``lease``
        (else ``LeaseLost``).
        """


# --- the log of runs --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One row of the history of runs. Times are aware and in UTC.

    ``dedup`` is "" for a run that is never joined. ``waiting_for`` is "" or says in words what a
    waiting run waits for. ``next_at`` stands only while a run waits for a retry. ``owner`` is the
    program that looks after the run, None while nobody does. ``progress`` is 0..1. ``parent`` is
    the run after whose success this one starts, a step of a chain. ``batches`` counts the batches
    that are done, by their items; ``fingerprint`` is of a pure run that ended well.
    """

    id: int = 0
    name: str
    title: str
    queue: QueueName = "default"
    priority: int = 1
    labels: tuple[str, ...] = ()
    tournament: int | None = None
    params: Mapping[str, Json] = field(default_factory=dict)
    dedup: str = ""
    submitted_by: str = ""
    submitted_at: datetime
    idempotent: bool = True
    state: RunState = "queued"
    attempts: int = 0
    next_at: datetime | None = None
    waiting_for: str = ""
    progress: float = 0.0
    message: str = ""
    owner: OwnerId | None = None
    epoch: int | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    seconds: float = 0.0
    value: Json = None
    stats: Mapping[str, int] = field(default_factory=dict)
    error_code: str | None = None
    error_message: str | None = None
    error_details: str | None = None
    parent: int | None = None
    batches: Mapping[str, int] = field(default_factory=dict)
    fingerprint: str = ""


class RunChanges(TypedDict, total=False):
    """The columns of a ``RunRecord`` that change after it was created; absent ones stay."""

    state: RunState
    attempts: int
    next_at: datetime | None
    waiting_for: str
    progress: float
    message: str
    owner: OwnerId | None
    epoch: int | None
    started_at: datetime | None
    finished_at: datetime | None
    seconds: float
    value: Json
    stats: Mapping[str, int]
    error_code: str | None
    error_message: str | None
    error_details: str | None
    parent: int | None
    batches: Mapping[str, int]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line that a job wrote about its work."""

    at: datetime
    level: LogLevel
    message: str
    fields: Mapping[str, Json] = field(default_factory=dict)


class RunLog(Protocol):
    """Remembers every run from the moment that it is queued."""

    def reserve(self) -> int:
        """Return an id that no other run will have, for one that may never be stored."""

    def create(self, run: RunRecord) -> RunRecord:
        """Store a new run and return it with its id: a new one for 0, else the reserved one."""

    def update(
        self, run_id: int, changes: RunChanges, *, if_owner: OwnerId | None = None
    ) -> bool:
        """Change columns of one run; return False, changing nothing, when it is not ours.

        With ``if_owner`` the run is changed only while that owner looks after it, compared in
        the same transaction, so that of two programs that take over one run only one succeeds.
        """

    def claim(self, run_id: int, changes: RunChanges, *, previous: OwnerId | None) -> bool:
        """Like ``update``, only while the run is unfinished and its owner equals ``previous``.

        ``previous`` None means that nobody owns the run.
        """

    def append(self, run_id: int, lines: Sequence[LogLine]) -> None:
        """Add log lines to a run, in this order."""

    def get(self, run_id: int) -> RunRecord | None:
        """Return one run."""

    def unfinished(self) -> Sequence[RunRecord]:
        """Return the runs in one of the ``UNFINISHED`` states, of every owner, oldest first."""

    def history(
        self,
        *,
        limit: int = 100,
        before: int | None = None,
        tournament: int | None = None,
        name: str | None = None,
        states: frozenset[RunState] | None = None,
        prefix: str = "",
        label: str = "",
        submitted_by: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        text: str = "",
    ) -> Sequence[RunRecord]:
        """Return runs, the newest (highest id) first; ``before`` is an id to page on from.

        ``prefix`` is how the name begins, ``text`` a part of the title in any case, ``since`` and
        ``until`` (not included) are about when a run was submitted.
        """

    def succeeded(self, name: str, fingerprint: str) -> RunRecord | None:
        """Return the newest run of a job that ended well under this fingerprint."""

    def logs(self, run_id: int) -> Sequence[LogLine]:
        """Return the log lines of a run in the order in which they were written."""


# --- circuit breakers -------------------------------------------------------------------------


class StoredBreaker(Protocol):
    """What is kept of one circuit breaker; ``state`` is closed, open or half-open."""

    @property
    def name(self) -> str:
        """What it guards."""

    @property
    def state(self) -> str:
        """How it stands."""

    @property
    def failures(self) -> int:
        """Failures in a row."""

    @property
    def opened_at(self) -> datetime | None:
        """Since when it is open, or was last."""

    @property
    def last_error(self) -> str:
        """What the last failure said; "" after a success."""


class BreakerStore(Protocol):
    """Remembers circuit breakers from one start of the program to the next."""

    def load(self) -> Sequence[StoredBreaker]:
        """Return all that are known, by name."""

    def save(
        self, name: str, *, state: str, failures: int, opened_at: datetime | None, last_error: str
    ) -> None:
        """Store how one stands."""


# --- leases -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """Who holds a lock, since which take-over, and until when without a further heartbeat."""

    key: str
    owner: OwnerId
    epoch: int
    expires_at: datetime


class Liveness(Protocol):
    """Tells whether the program behind an owner still runs."""

    def __call__(self, owner: OwnerId) -> bool | None:
        """Return True or False where that is certain (same computer), None where it is not."""


class Leases(Protocol):
    """Locks that survive a crash and expire. An implementation is given a ``Liveness``.

    A key is free when nobody holds it, or ``may_take_over`` says so. The epoch of a key rises by
    one at each acquisition, for ever: a release keeps the row and its epoch.
    """

    def acquire(
        self, key: str, owner: OwnerId, now: datetime, ttl: timedelta
    ) -> LeaseToken | None:
        """Take the lock when it is free, else return None.

        An owner that asks again for what it holds gets a new token with a higher epoch (its own
        program keeps its runs apart; this heals a release that failed).
        """

    def heartbeat(self, token: LeaseToken, now: datetime, ttl: timedelta) -> bool:
        """Move the expiry to ``now + ttl``; False when owner or epoch no longer match."""

    def release(self, token: LeaseToken) -> None:
        """Give the lock back; does nothing when owner or epoch no longer match."""

    def holder(self, key: str) -> LeaseHolder | None:
        """Return who holds the key now, expired or not; None when it is free or unknown."""

    def holders(self, prefix: str) -> Sequence[LeaseHolder]:
        """Return who holds any key that begins so, expired or not."""


def may_take_over(holder: LeaseHolder, now: datetime, alive: bool | None) -> bool:
    """Return whether a held lease may be taken from its holder.

    On one computer the process decides and not the clock, which sleeps and jumps; of another
    computer only the expiry is known.
    """
    if alive is not None:
        return not alive
    return holder.expires_at <= now
