"""Circuit breakers: what is away is left alone for a while, then asked once.

Five failures in a row open a breaker. While it is open a call raises ``CircuitOpen`` without
asking; after a minute one call is let through as a probe, which closes it or opens it anew. The
states and their changes are those of pybreaker; this module gives it our clock and our rows.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError
from tabapp.jobs.errors import CircuitOpen, JobCancelled
from tabapp.jobs.ports import BreakerStore

if TYPE_CHECKING:
    from pybreaker import CircuitBreaker

log = logging.getLogger(__name__)

FAILURES = 5
OPEN_SECONDS = 60.0
CLOSED, OPEN, HALF_OPEN = "closed", "open", "half-open"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BreakerState:
    """How one breaker stands: ``state`` is closed, open or half-open (its probe is on its way)."""

    name: str
    state: str = CLOSED
    failures: int = 0
    opened_at: datetime | None = None
    last_error: str = ""


class Breakers:
    """All circuit breakers of one open database, by name. Any thread may call it.

    ``titles`` are how people know what is guarded, as in ``{"second_folder": "The second folder"}``
    Calls through one breaker follow one another.
    """

    def __init__(
        self,
        storage: BreakerStore,
        clock: Clock,
        *,
        failures: int = FAILURES,
        seconds: float = OPEN_SECONDS,
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._failures = failures
        self._seconds = seconds
        self._titles = titles
        self._lock = threading.Lock()
        self._known: dict[str, Breaker] = {}

    def breaker(self, name: str) -> Breaker:
        """Return the breaker of that name, as it was left."""
        with self._lock:
            if name not in self._known:
                self._known[name] = Breaker(
                    _Memory(self._stored().get(name, BreakerState(name)), self._storage,
                            self._clock),
                    self._titles.get(name, name), self._clock, self._failures, self._seconds)
            return self._known[name]

    def call(self, name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns, or raise what it raises; ``CircuitOpen`` while open.

        Every error but a cancel counts as a failure.
        """
        return self.breaker(name).call(function, *args, **kwargs)

    def states(self) -> list[BreakerState]:
        """Return how all stand that were ever used on this database, by name."""
        found = self._stored()
        with self._lock:
            found.update({name: one.state for name, one in self._known.items()})
        return [found[name] for name in sorted(found)]

    def _stored(self) -> dict[str, BreakerState]:
        try:
            rows = self._storage.load()
        except TabappError as error:
            log.warning("the circuit breakers could not be read: %s", error)
            return {}
        return {
            row.name: BreakerState(
                row.name, row.state, row.failures, row.opened_at, row.last_error)
            for row in rows
        }


class Breaker:
    """One circuit breaker."""

    def __init__(
        self, memory: _Memory, title: str, clock: Clock, failures: int, seconds: float
    ) -> None:
        self._memory = memory
        self._title = title
        self._clock = clock
        self._seconds = seconds
        self._circuit = _circuit(memory, failures, seconds)

    @property
    def state(self) -> BreakerState:
        """How it stands now."""
        return self._memory.row

    def call(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call the function, or raise ``CircuitOpen``; see ``Breakers.call``."""
        from pybreaker import CircuitBreakerError  # noqa: PLC0415 - see _circuit

        def asked() -> T:
            try:
                answer = function(*args, **kwargs)
            except Exception as error:
                self._memory.error = str(error) or type(error).__name__
                raise
            self._memory.error = ""
            return answer

        try:
            return self._circuit.call(asked)
        except CircuitBreakerError:
            since = self.state.opened_at or self._clock.now()
            raise CircuitOpen(
                self.state.name, title=self._title, since=since,
                next_probe=since + timedelta(seconds=self._seconds),
            ) from None


class _Memory:
    """The storage that pybreaker asks: one row in memory, kept in the database as it changes.

    pybreaker compares ``opened_at`` with the computer's clock, so it is told the time at which
    that clock would have stood; a moment in the future, after a clock was set back, is over.
    """

    def __init__(self, row: BreakerState, storage: BreakerStore, clock: Clock) -> None:
        self.row = row
        self.error = row.last_error
        self._storage = storage
        self._clock = clock
        self._successes = 0

    @property
    def state(self) -> str:
        return self.row.state

    @state.setter
    def state(self, state: str) -> None:
        self._keep(replace(self.row, state=state))

    @property
    def counter(self) -> int:
        return self.row.failures

    @property
    def success_counter(self) -> int:
        return self._successes

    @property
    def opened_at(self) -> datetime | None:
        if self.row.opened_at is None:
            return None
        since = self._clock.now() - self.row.opened_at
        return datetime.now(UTC) - since if since >= timedelta() else None

    @opened_at.setter
    def opened_at(self, _system: datetime) -> None:
        self.row = replace(self.row, opened_at=self._clock.now())

    def increment_counter(self) -> None:
        self._keep(replace(self.row, failures=self.row.failures + 1))

    def reset_counter(self) -> None:
        self._keep(replace(self.row, failures=0))

    def increment_success_counter(self) -> None:
        self._successes += 1

    def reset_success_counter(self) -> None:
        self._successes = 0

    def _keep(self, row: BreakerState) -> None:
        row = replace(row, last_error=self.error)
        if row == self.row:
            return
        self.row = row
        try:
            self._storage.save(
                row.name, state=row.state, failures=row.failures, opened_at=row.opened_at,
                last_error=row.last_error)
        except TabappError as error:  # what it guards counts more than the memory of it
            log.warning("the circuit breaker %s could not be stored: %s", row.name, error)


def _circuit(memory: _Memory, failures: int, seconds: float) -> CircuitBreaker:
    """Make pybreaker's own object. It is loaded where the first breaker is used, and only here."""
    from pybreaker import CircuitBreaker  # noqa: PLC0415

    def is_no_failure(error: BaseException) -> bool:
        """Tell whether an error says nothing of what is guarded; a probe has to be answered."""
        wanted = isinstance(error, JobCancelled) or not isinstance(error, Exception)
        return wanted and memory.state != HALF_OPEN

    return CircuitBreaker(
        fail_max=failures, reset_timeout=seconds, exclude=[cast(Any, is_no_failure)],
        state_storage=cast(Any, memory), name=memory.row.name, throw_new_error_on_trip=False)
