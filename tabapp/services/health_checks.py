"""The checks of an open database, each a small function that returns one finding."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from tabapp.core.actors import AUTOMATIC
from tabapp.core.disks import is_writable, mount_kind
from tabapp.core.errors import TabappError
from tabapp.core.messages import word
from tabapp.domain.health import Finding, FindingStatus
from tabapp.jobs.ports import RunLog, RunRecord
from tabapp.services.clockwork import ClockState
from tabapp.services.snapshots import SnapshotInfo, Snapshots

GB, MB = 1_000_000_000, 1_000_000
LITTLE_DISK, NO_DISK = GB, 200 * MB
COPIES_THAT_FIT = 5
"""The disk holds the file, its log, a copy that is being made and the copies of a day."""
LARGE_LOG = 64 * MB
BEHIND = timedelta(minutes=10)
"""How old confirmed work may be that no copy has."""
SILENT_CLOCK = timedelta(minutes=2)
"""The clock looks every 30 s."""
LONG_WAIT = 120.0
"""Seconds that a run may wait for a free worker."""
JUMP_TOLD = timedelta(minutes=30)
LOOKED_BACK = 300
"""Runs among which those are sought that wait for a person."""
SYNCED = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "mobile documents",
    "icloud drive", "iclouddrive", "nextcloud", "owncloud", "box sync", "creative cloud files",
)
NETWORK = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "9p",
    "fuse.rclone", "glusterfs", "ceph", "fuse.davfs2",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the computer says of its disks; tests put their own in place."""

    free: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free
    writable: Callable[[Path], bool] = is_writable
    kind: Callable[[Path], str] = mount_kind


class PoolState(Protocol):
    """What the queue says of its workers and of what waits for them."""

    @property
    def workers(self) -> int:
        """How many threads there should be."""

    @property
    def alive(self) -> int:
        """How many there are."""

    @property
    def waiting(self) -> int:
        """Runs that wait for a worker."""

    @property
    def longest_wait_seconds(self) -> float:
        """How long the first of them has waited."""


def finding(
    name: str, status: FindingStatus, code: str, facts: Mapping[str, object] | None = None, *,
    fix: str = "", action: str = "",
) -> Finding:
    """Make a finding from the code of its sentence, and that of its fix without ``health_fix_``."""
    given = facts or {}
    return Finding(
        name, status, word(code, given), word(f"health_fix_{fix}", given) if fix else "", action)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people say it.

    >>> size_in_words(1_230_000_000), size_in_words(59_000_000), size_in_words(900)
    ('1.2 GB', '59 MB', '1 KB')
    """
    if size >= GB:
        return f"{size / GB:.1f} GB"
    return f"{size / MB:.0f} MB" if size >= MB else f"{max(1, round(size / 1000))} KB"


def age_in_words(age: timedelta) -> str:
    """Return how long something took or is ago.

    >>> age_in_words(timedelta(seconds=40)), age_in_words(timedelta(minutes=90))
    ('40 s', '1 h 30 min')
    """
    seconds = max(0, int(age.total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    minutes, hours = seconds // 60, seconds // 3600
    if hours < 1:
        return f"{minutes} min"
    if hours < 48:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{hours // 24} days"


def clock_of(at: datetime) -> str:
    """Return the time of day here."""
    return f"{at.astimezone():%H:%M}"


# --- the file ----------------------------------------------------------------------------------


def integrity(faults: Sequence[str], where: str, *, whole: datetime | None) -> Finding:
    """Tell what reading the file found; ``whole`` is when all of it was read last."""
    if faults:
        return finding(
            "integrity", "problem", "health_damaged", {"where": where, "fault": faults[0]},
            fix="damaged")
    if whole is None:
        return finding("integrity", "passed", "health_sound")
    return finding("integrity", "passed", "health_sound_at", {"time": clock_of(whole)})


def references(orphans: Sequence[str], where: str) -> Finding:
    """Tell whether every row refers to rows that are there."""
    if orphans:
        return finding(
            "references", "problem", "health_orphans", {"where": where, "fault": orphans[0]},
            fix="damaged")
    return finding("references", "passed", "health_references")


def disk(folder: Path, file_bytes: int, around: Surroundings, name: str = "disk") -> Finding:
    """Tell how much room is left where the file is."""
    try:
        free = around.free(folder)
    except OSError as error:
        return finding(
            name, "problem", "health_disk_unknown",
            {"folder": folder, "reason": error.strerror or error}, fix="disk_unknown")
    facts = {"free": size_in_words(free), "folder": folder}
    if free < max(NO_DISK, COPIES_THAT_FIT * file_bytes):
        return finding(name, "problem", "health_disk_full", facts, fix="disk")
    if free < LITTLE_DISK:
        return finding(name, "attention", "health_disk_low", facts, fix="disk")
    return finding(name, "passed", "health_disk", facts)


def log_size(size: int) -> Finding:
    """Tell whether the write-ahead log grows because something never lets go of what it reads."""
    facts = {"size": size_in_words(size)}
    if size > LARGE_LOG:
        return finding(
            "log", "attention", "health_log_large", facts, fix="log",
            action="maintenance.optimize")
    return finding("log", "passed", "health_log", facts)


def folder(path: Path, around: Surroundings) -> Finding:
    """Tell whether the file and what SQLite puts beside it can be written."""
    if not around.writable(path.parent):
        return finding(
            "folder", "problem", "health_folder_readonly", {"folder": path.parent},
            fix="folder")
    if not around.writable(path):
        return finding("folder", "problem", "health_file_readonly", {"file": path}, fix="folder")
    return finding("folder", "passed", "health_folder", {"folder": path.parent})


def place(path: Path, around: Surroundings) -> Finding:
    """Tell whether the file lies where another program or computer may write or copy it."""
    parts = [part.lower() for part in path.parts]
    synced = next((
        path.parts[at] for at, part in enumerate(parts[:-1])
        if part in SYNCED or part.startswith(("onedrive - ", "dropbox ("))), "")
    if synced:
        return finding(
            "place", "attention", "health_place_synced", {"folder": synced}, fix="place")
    kind = around.kind(path)
    if kind in NETWORK or str(path).startswith(("\\\\", "//")):
        return finding(
            "place", "attention", "health_place_network", {"folder": path.parent}, fix="place")
    return finding("place", "passed", "health_place")


# --- the copies --------------------------------------------------------------------------------


def copies(
    latest: SnapshotInfo | None, waiting_since: datetime | None, now: datetime
) -> Finding:
    """Tell whether confirmed work has been without a copy for too long."""
    action = "maintenance.snapshot"
    if waiting_since is not None and now - waiting_since > BEHIND:
        facts = {"age": age_in_words(now - waiting_since)}
        code = "health_copies_none" if latest is None else "health_copies_behind"
        return finding("copies", "attention", code, facts, fix="copies", action=action)
    if latest is None:
        return finding(
            "copies", "passed",
            "health_copies_empty" if waiting_since is None else "health_copies_first")
    code = "health_copies" if waiting_since is None else "health_copies_next"
    return finding("copies", "passed", code, {"age": age_in_words(now - latest.at)})


def second_folder(snapshots: Snapshots, refused: str | None) -> Finding:
    """Tell whether copies also go where a broken disk does not take them along.

    ``refused`` is what its breaker says of the last copy, None where that went well. That no
    second folder is set is offered to be mended, not held against anybody.
    """
    wanted = snapshots.second_folder
    action = "second_folder"
    if wanted is None:
        return finding(
            "second_folder", "passed", "health_second_none", fix="second_none", action=action)
    facts = {"folder": wanted}
    try:
        there = wanted.is_dir()
    except OSError:
        there = False
    if not there:
        return finding(
            "second_folder", "attention", "health_second_away", facts, fix="second_away",
            action=action)
    if refused is not None:
        return finding(
            "second_folder", "attention", "health_second_refused", {**facts, "reason": refused},
            fix="second_refused", action="maintenance.snapshot")
    return finding("second_folder", "passed", "health_second", facts)


# --- the clock and the queue -------------------------------------------------------------------


def schedules(state: ClockState, now: datetime) -> Finding:
    """Tell whether what is due by the clock is started."""
    if state.elsewhere:
        return finding("schedules", "passed", "health_clock_elsewhere")
    if not state.running:
        return finding("schedules", "problem", "health_clock_stopped", fix="clock_stopped")
    if state.paused:
        return finding(
            "schedules", "attention", "health_clock_paused", fix="clock_paused",
            action="resume_clock")
    if state.last_look is not None and now - state.last_look > SILENT_CLOCK:
        facts = {"age": age_in_words(now - state.last_look)}
        return finding("schedules", "problem", "health_clock_silent", facts, fix="clock_stopped")
    return finding("schedules", "passed", "health_clock")


def jumps(state: ClockState, now: datetime) -> Finding:
    """Tell of a clock that jumped a short while ago."""
    jumped = state.jumped
    if jumped is not None and timedelta() <= now - jumped < JUMP_TOLD:
        return finding(
            "jumps", "attention", "health_clock_jumped", {"time": clock_of(jumped)},
            fix="clock_jumped")
    return finding("jumps", "passed", "health_clock_steady")


def pool(state: PoolState) -> Finding:
    """Tell whether the workers live and nothing waits for them for long."""
    if state.alive < state.workers:
        return finding(
            "queue", "problem", "health_workers_gone",
            {"gone": state.workers - state.alive, "workers": state.workers}, fix="restart")
    if state.longest_wait_seconds > LONG_WAIT:
        facts = {
            "waiting": state.waiting,
            "age": age_in_words(timedelta(seconds=state.longest_wait_seconds))}
        return finding("queue", "attention", "health_queue_waits", facts, fix="queue_waits")
    return finding("queue", "passed", "health_queue", {"workers": state.workers})


def stuck_runs(runs: RunLog) -> list[RunRecord]:
    """Return the runs that wait for a person, the newest first.

    Those that were cut off and cannot be repeated by themselves, and those that nobody asked for
    and that failed for good. Who starts a job and sees it fail knows of it. A later run of the
    same job that went well, or is under way, settles what came before.
    """
    settled: set[tuple[object, ...]] = set()
    found = []
    for run in runs.history(limit=LOOKED_BACK):
        key = (run.name, run.tournament, tuple(sorted((k, str(v)) for k, v in run.params.items())))
        if key in settled:
            continue
        settled.add(key)
        cut_off = run.state == "interrupted"
        if cut_off or (run.state == "failed" and run.submitted_by in AUTOMATIC):
            found.append(run)
    return found


def failures(stuck: Sequence[RunRecord]) -> Finding:
    """Tell which runs wait for a person."""
    if not stuck:
        return finding("runs", "passed", "health_runs")
    titles = list(dict.fromkeys(run.title for run in stuck))
    named = ", ".join(titles[:3]) + (" …" if len(titles) > 3 else "")
    code = "health_run_stuck" if len(stuck) == 1 else "health_runs_stuck"
    return finding(
        "runs", "attention", code, {"count": len(stuck), "titles": named}, fix="runs",
        action="retry_runs")


def unreadable(name: str, error: TabappError) -> Finding:
    """Tell that a check could not be made."""
    return finding(name, "problem", "health_unknown", {"reason": error}, fix="unknown")
