"""Runs of jobs and their times in words, as all parts of the place say them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from tabapp.core import actors
from tabapp.gui.messages import count, tr
from tabapp.gui.waiting_words import waits_for
from tabapp.jobs.ports import UNFINISHED, RunRecord
from tabapp.services.health_checks import size_in_words

ENDED_BADLY = ("failed", "cancelled", "interrupted")
"""States of a run that can be started again."""
WENT_WRONG = ("failed", "interrupted")
"""States of a run that nobody wanted."""
NARROW, LOW = 1000, 480
"""Sizes of a part of the place below which it shows less."""
_HOUR, _DAY = 3600, 86_400


@dataclass(frozen=True, slots=True)
class StateWords:
    """How a state is shown: its word, its tone and its icon."""

    word: str
    tone: str
    icon: str


_STATES = {
    "queued": StateWords("waiting", "neutral", "hourglass"),
    "waiting": StateWords("waiting", "neutral", "hourglass"),
    "running": StateWords("running", "accent", "loader-circle"),
    "success": StateWords("done", "done", "check"),
    "failed": StateWords("failed", "problem", "octagon-x"),
    "cancelled": StateWords("cancelled", "neutral", "ban"),
    "interrupted": StateWords("cut off", "attention", "triangle-alert"),
}
_QUEUES = {"high_priority": "high priority", "default": "", "low_priority": "low priority"}
_KINDS = {
    "draw": "draws", "break": "results", "standings": "results", "results": "results",
    "ballots": "results", "maintenance": "upkeep", "recovery": "upkeep",
}
_WHO = {
    actors.CLOCK: "clock", actors.BALLOT: "ballots", actors.ROUND: "ballots",
    actors.PROGRAM: "program",
}


def kind_of_job(name: str) -> str:
    """Return the kind of a job by its name: draws, results, upkeep, or "" for none of them."""
    return _KINDS.get(name.partition(".")[0], "")


def who_of(run: RunRecord) -> str:
    """Return who started a run: people, clock, ballots (and rounds) or program."""
    return _WHO.get(run.submitted_by, "people")


def state_words(state: str) -> StateWords:
    """Return how the state of a run is shown."""
    found = _STATES.get(state, _STATES["interrupted"])
    return StateWords(tr(found.word), found.tone, found.icon)


def took_in_words(seconds: float) -> str:
    """Return a duration: 38 ms, 1.9 s, 2 min 5 s, 3 h 20 min."""
    if seconds < 1:
        return tr("{n} ms", n=round(seconds * 1000))
    if seconds < 60:
        return tr("{n} s", n=f"{seconds:.1f}")
    if seconds < _HOUR:
        return tr("{m} min {s} s", m=int(seconds // 60), s=int(seconds % 60))
    return tr("{h} h {m} min", h=int(seconds // _HOUR), m=int(seconds % _HOUR // 60))


def rhythm_in_words(seconds: float) -> str:
    """Return an interval in as few letters as a label has room for: 1 min, 5 min, 1 h."""
    for unit, words in ((_DAY, "{n} d"), (_HOUR, "{n} h"), (60, "{n} min")):
        if seconds >= unit and seconds % unit == 0:
            return tr(words, n=round(seconds / unit))
    return tr("{n} s", n=f"{seconds:g}")


def clock(at: datetime | None) -> str:
    """Return a time of day, with its date where that is another day."""
    if at is None:
        return ""
    local = at.astimezone()
    today = datetime.now().astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%d.%m. %H:%M}"


def day_in_words(at: datetime, now: datetime) -> str:
    """Return a day as it is said now: Today, Tomorrow, Tue 24 Nov."""
    away = (at.astimezone().date() - now.astimezone().date()).days
    if away in (0, 1):
        return tr("Tomorrow") if away else tr("Today")
    return f"{at.astimezone():%a %d %b}"


def moment_in_words(at: datetime | None, now: datetime) -> str:
    """Return a time to come or gone by: 16:05, tomorrow 02:00, Sun 03:30, 24 Dec 03:30."""
    if at is None:
        return ""
    local = at.astimezone()
    away = (local.date() - now.astimezone().date()).days
    if away == 0:
        return f"{local:%H:%M}"
    if away == 1:
        return tr("tomorrow {time}", time=f"{local:%H:%M}")
    return f"{local:%a %H:%M}" if 1 < away < 7 else f"{local:%d %b %H:%M}"


def until_in_words(at: datetime, now: datetime) -> str:
    """Return how far off a time is, roughly: in 20 s, in 14 min, in 3 h, in 2 days."""
    left = max(timedelta(0), at - now).total_seconds()
    if left < 60:
        return tr("in {n} s", n=round(left))
    if left < _HOUR:
        return tr("in {n} min", n=round(left / 60))
    if left < 2 * _DAY:
        return tr("in {n} h", n=round(left / _HOUR))
    return tr("in {n} days", n=round(left / _DAY))


def moments_in_words(times: Iterable[datetime], zone: tzinfo | None = None) -> str:
    """Return times in a row, each day once: Tue 24 Nov, 16:05, 16:15; Wed 25 Nov, 09:00."""
    days: dict[str, list[str]] = {}
    for at in times:
        local = at.astimezone(zone)
        days.setdefault(f"{local:%a %d %b}", []).append(f"{local:%H:%M}")
    return "; ".join(", ".join((day, *hours)) for day, hours in days.items())


def origin_in_words(run: RunRecord) -> str:
    """Return in which queue a run stands and who started it."""
    by = tr("started by {name}", name=run.submitted_by) if run.submitted_by else ""
    queue = tr(_QUEUES[run.queue]) if _QUEUES[run.queue] else ""
    at = clock(run.submitted_at)
    return " · ".join(filter(None, (queue, f"{by}, {at}" if by else at)))


def waiting_in_words(run: RunRecord) -> str:
    """Return what a run that has not begun waits for."""
    if run.next_at is None:
        return waits_for(run.waiting_for)
    parts = [tr("tries again at {time}", time=clock(run.next_at))]
    if run.waiting_for:
        parts.insert(0, waits_for(run.waiting_for))
    if run.attempts:
        parts.append(count(run.attempts, "try so far", "tries so far"))
    return ", ".join(parts)


def result_in_words(run: RunRecord) -> str:
    """Return what came of a run in a few words."""
    if run.state == "success":
        return stats_in_words(run.stats)
    if run.state == "running":
        return run.message
    if run.state in UNFINISHED:
        return waiting_in_words(run)
    if run.state == "interrupted":
        return tr("its program ended while it ran")
    return (run.error_message or "").partition(". ")[0] or state_words(run.state).word


def stats_in_words(stats: Mapping[str, int]) -> str:
    """Return what a run counted, without noughts: 22 debates, 3 warnings."""
    counted = {name: n for name, n in stats.items() if n}
    if stats and not counted:
        return tr("nothing changed")
    return ", ".join(
        size_in_words(n) if name == "bytes" else f"{n:,} {tr(_counted(name, n))}"
        for name, n in counted.items())


def _counted(name: str, n: int) -> str:
    words = name.replace("_", " ")
    return words[:-1] if n == 1 and words.endswith("s") and not words.endswith("ss") else words


def summary(runs: Iterable[RunRecord], now: datetime) -> str:
    """Return how many runs are where: 2 running, 1 waiting · 214 done today, 1 failed."""
    today = now.astimezone().date()
    states = Counter(
        run.state for run in runs
        if run.state in UNFINISHED or run.submitted_at.astimezone().date() == today)
    waiting = states["queued"] + states["waiting"]
    now_parts = [
        tr("{n} running", n=states["running"]) if states["running"] else "",
        tr("{n} waiting", n=waiting) if waiting else "",
    ]
    then = [
        tr("{n} done today", n=states["success"]) if states["success"] else "",
        tr("{n} failed", n=states["failed"]) if states["failed"] else "",
        tr("{n} cut off", n=states["interrupted"]) if states["interrupted"] else "",
    ]
    parts = [", ".join(filter(None, part)) for part in (now_parts, then)]
    return " · ".join(filter(None, parts))


def details(run: RunRecord, log: Iterable[str]) -> str:
    """Return everything about a run as text to be sent."""
    lines = [
        f"{run.title} ({run.name}), run {run.id}",
        f"{run.state}, {count(run.attempts, 'attempt', 'attempts')}, {run.seconds:.3f} s, "
        f"submitted {run.submitted_at.isoformat(timespec='seconds')} by {run.submitted_by or '?'}",
        *(f"{name} = {value}" for name, value in run.params.items()),
        *log,
    ]
    if run.error_message:
        lines.append(f"{run.error_code}: {run.error_message}")
    if run.error_details:
        lines += ["", run.error_details]
    return "\n".join(lines)
