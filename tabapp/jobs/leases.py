"""Owners, whether they live, and the heartbeats that keep their locks."""

from __future__ import annotations

import logging
import os
import re
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, TransientError
from tabapp.core.revisions import LeaseToken
from tabapp.jobs.ports import Leases, Liveness, OwnerId, may_take_over
from tabapp.jobs.run import RunControl
from tabapp.jobs.spec import DATABASE_LOCK, TOURNAMENT_LOCKS

log = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
EXPIRY = timedelta(seconds=15)

UNKNOWN = "-"
"""Stands for a start time where the computer tells none."""

_PID = re.compile(r"[0-9]{1,9}")
_PS_SECONDS = 2.0
"""How long the system may take to say when a process started."""


def new_owner() -> OwnerId:
    """Return a new identity of this program: ``host:pid:start-time:uuid``."""
    pid = os.getpid()
    host = socket.gethostname().replace(":", "-")
    return f"{host}:{pid}:{start_time_of(pid) or UNKNOWN}:{uuid.uuid4().hex}"


def is_alive(owner: OwnerId) -> bool | None:
    """Tell whether the process of an owner runs; None where that is not certain.

    That is so of another computer, of a strange name, and of a living process whose start time
    is unknown: its number may have passed on to another program.
    """
    parts = owner.split(":")
    if len(parts) != 4 or not _PID.fullmatch(parts[1]):
        return None
    host, pid, started, _ = parts
    if host != socket.gethostname().replace(":", "-"):
        return None
    now = start_time_of(int(pid))
    if now is None:
        return False
    if UNKNOWN in (started, now):
        return False if _has_ended(int(pid)) else None
    return now == started


def start_time_of(pid: int, proc: Path = Path("/proc")) -> str | None:
    """Return when a process started, None if it ended, ``UNKNOWN`` if nothing can tell.

    Linux counts in ticks since boot, ``ps`` elsewhere in seconds of UTC.
    """
    if not proc.is_dir():
        return _started_by_ps(pid)
    try:
        stat = (proc / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before it may hold blanks
    return None if fields[0] == "Z" else fields[19]


def _started_by_ps(pid: int) -> str | None:
    if sys.platform == "win32":
        return UNKNOWN
    command = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]
    # In words and times that do not move with the language or the place of the computer.
    settings = {**os.environ, "LC_ALL": "C", "TZ": "UTC0"}
    try:
        answer = subprocess.run(
            command, env=settings, capture_output=True, text=True, timeout=_PS_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return UNKNOWN
    state, *started = answer.stdout.split()[:6] or [""]
    if answer.returncode != 0:
        return None if answer.returncode == 1 and not state else UNKNOWN
    if state.startswith("Z"):
        return None
    return "-".join(started).replace(":", ".") or UNKNOWN


def _has_ended(pid: int) -> bool:
    """Return whether no process has this number; False where asking would be dangerous."""
    if sys.platform == "win32":
        return False  # os.kill would end the process there; the expiry decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Keeper:
    """Takes locks for runs and renews them, and the owner's own lease, until they are given back.

    ``beat`` is called every two seconds by a thread of its own between ``start`` and ``stop``.
    """

    def __init__(
        self,
        leases: Leases,
        clock: Clock,
        owner: OwnerId,
        is_alive: Liveness,
        on_beat: Callable[[], None],
    ) -> None:
        self.owner = owner
        self._leases = leases
        self._clock = clock
        self._is_alive = is_alive
        self._on_beat = on_beat
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[LeaseToken, RunControl]] = {}
        self._own: LeaseToken | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to beat."""
        self._ended.clear()
        self._thread = threading.Thread(target=self._work, name="job-heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop beating and give the owner's own lease back."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        own, self._own = self._own, None
        if own is not None:
            self._release(own)

    def enrol(self) -> None:
        """Take the owner's own lease, by which other computers see that it lives."""
        if self._own is None:
            self._own = self._leases.acquire(
                own_key(self.owner), self.owner, self._clock.now(), EXPIRY
            )

    def take(self, key: str, control: RunControl) -> LeaseToken | None:
        """Take a run's lock; None while another owner holds it.

        Only an error that does not pass by itself is raised, as that of a full disk.
        """
        token = None
        try:
            token = self._leases.acquire(key, self.owner, self._clock.now(), EXPIRY)
            if token is not None and self._conflicts(key):
                self._release(token)
                return None
        except TabappError as error:
            if token is not None:
                self._release(token)
            if not isinstance(error, TransientError):
                raise
            log.info("the lock %s could not be asked for: %s", key, error)
            return None
        if token is not None:
            with self._lock:
                self._kept[key] = (token, control)
        return token

    def _conflicts(self, key: str) -> bool:
        """Tell whether a living program holds what excludes this lock, which is taken already.

        That of the whole database and that of a tournament exclude one another. Each is taken
        before the other is looked at, so that of two programs at least one sees the other.
        """
        if key == DATABASE_LOCK:
            others = self._leases.holders(TOURNAMENT_LOCKS)
        else:
            others = self._leases.holders(DATABASE_LOCK)
        now = self._clock.now()
        return any(
            held.owner != self.owner
            and not may_take_over(held, now, self._is_alive(held.owner))
            for held in others
        )

    def give_back(self, token: LeaseToken) -> None:
        """Release a run's lock."""
        with self._lock:
            self._kept.pop(token.key, None)
        self._release(token)

    def beat(self) -> None:
        """Renew everything that is held; a run whose lock is gone is told so."""
        with self._lock:
            kept = list(self._kept.values())
        for token, control in kept:
            if not self._renew(token) and self._keeps(token):
                control.lose_lease()
        if self._own is not None and not self._renew(self._own):
            self._own = None
            self.enrol()

    def is_dead(self, owner: OwnerId) -> bool:
        """Return whether an owner's process is provably gone, or its lease has run out."""
        alive = self._is_alive(owner)
        if alive is not None:
            return not alive
        holder = self._leases.holder(own_key(owner))
        return holder is None or may_take_over(holder, self._clock.now(), alive)

    def _keeps(self, token: LeaseToken) -> bool:
        with self._lock:
            kept = self._kept.get(token.key)
        return kept is not None and kept[0] == token

    def _renew(self, token: LeaseToken) -> bool:
        try:
            return self._leases.heartbeat(token, self._clock.now(), EXPIRY)
        except TabappError as error:
            log.info("the lock %s could not be renewed: %s", token.key, error)
            return True  # the next beat tells; a write compares the epoch anyway

    def _release(self, token: LeaseToken) -> None:
        try:
            self._leases.release(token)
        except TabappError as error:  # what the run did counts more
            # Its owner may take it again, and others once it expires or the process ends.
            log.warning("the lock %s could not be released: %s", token.key, error)

    def _work(self) -> None:
        while not self._ended.wait(BEAT_SECONDS):
            try:
                self.beat()
                self._on_beat()
            except TabappError as error:
                log.warning("a heartbeat failed: %s", error)
            except Exception:  # the last line of this thread
                log.exception("a heartbeat failed")


def own_key(owner: OwnerId) -> str:
    """Return the key of the lease that stands for an owner itself."""
    return f"owner:{owner}"
