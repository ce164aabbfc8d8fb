"""Hears what other programs write to the open database, and tells it on the bus."""

from __future__ import annotations

import logging
import threading
from collections import Counter, defaultdict

from tabapp.core.errors import TabappError
from tabapp.core.events import Changed, EventBus
from tabapp.store.database import Database
from tabapp.store.watching import Watch

log = logging.getLogger(__name__)

PERIOD = 0.5
"""Seconds between two looks."""
GRACE = 0.1
"""Seconds in which our own commit, seen before it was told, is told."""


class Elsewhere:
    """Publishes ``Changed(origin="elsewhere")`` for topics that others have moved on.

    Each of our own writes moves a topic by one and tells it once, so what moved further was
    moved by somebody else.
    """

    def __init__(self, database: Database, bus: EventBus) -> None:
        self._bus = bus
        self._watch = Watch(database)
        self._lock = threading.Lock()
        self._ours: Counter[tuple[int, str]] = Counter()
        self._known: dict[tuple[int, str], int] = {}
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._stop_hearing = bus.subscribe(Changed, self._on_changed)

    def start(self) -> None:
        """Remember how things stand, then look twice a second in a thread."""
        self.begin()
        self._thread = threading.Thread(target=self._work, name="elsewhere", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._stop_hearing()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._watch.close()

    def _on_changed(self, event: Changed) -> None:
        if event.origin == "here":
            with self._lock:
                self._ours.update((event.tournament or 0, topic) for topic in event.topics)

    def _work(self) -> None:
        while not self._ended.wait(PERIOD):
            self.look()

    def begin(self) -> None:
        """Take what is there now as known; ``start`` does it, then only its thread looks."""
        with self._lock:
            self._ours.clear()
        self._known = dict(self._revisions() or {})

    def look(self) -> None:
        """Look once, and publish what others have done."""
        now = self._revisions()
        if now is None:
            return
        moved = {key: count - self._known.get(key, 0) for key, count in now.items()}
        moved = {key: by for key, by in moved.items() if by}
        self._known = dict(now)
        if any(by > self._ours[key] for key, by in moved.items()):
            self._ended.wait(GRACE)
        with self._lock:
            others = {key for key, by in moved.items() if by > self._ours[key]}
            for key, by in moved.items():
                self._ours[key] -= min(by, self._ours[key])
        topics: dict[int, set[str]] = defaultdict(set)
        for owner, topic in others:
            topics[owner].add(topic)
        for owner, named in sorted(topics.items()):
            self._bus.publish(Changed(owner or None, frozenset(named), origin="elsewhere"))

    def _revisions(self) -> dict[tuple[int, str], int] | None:
        try:
            found = self._watch.look()
        except (OSError, TabappError) as error:
            log.info("nobody can tell what others write: %s", error)
            return None
        return None if found is None else dict(found)
