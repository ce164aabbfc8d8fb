"""The event bus: plain Python, typed events, no Qt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events. Events are past-tense frozen values."""


@dataclass(frozen=True, slots=True)
class Changed(Event):
    """A write was committed. ``topics`` are revision topics such as ``results`` or ``draw:5``.

    ``origin`` is ``here`` or ``elsewhere`` (another process on the same file).
    """

    tournament: int | None
    topics: frozenset[str]
    origin: str = "here"


E = TypeVar("E", bound=Event)
_Handler = Callable[[Event], None]


class EventBus:
    """Delivers events to the handlers of their type and of its bases, in the publishing thread.

    A handler that raises is logged and does not keep the others from hearing the event, since
    the publisher has already committed.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handlers: dict[type[Event], list[_Handler]] = {}

    def subscribe(self, kind: type[E], handler: Callable[[E], None]) -> Callable[[], None]:
        """Call ``handler`` for every event of ``kind``; the returned function ends that."""

        def deliver(event: Event) -> None:
            if isinstance(event, kind):
                handler(event)

        with self._lock:
            self._handlers.setdefault(kind, []).append(deliver)

        def unsubscribe() -> None:
            with self._lock:
                handlers = self._handlers.get(kind, [])
                if deliver in handlers:
                    handlers.remove(deliver)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Deliver ``event`` now, in this thread."""
        with self._lock:
            handlers = [h for kind in type(event).__mro__ for h in self._handlers.get(kind, ())]
        for handler in handlers:
            try:
                handler(event)
            except Exception:
                log.exception("a listener failed on %r", event)
