"""Runs of jobs in words: states, times, results, and the rows of the history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tabapp.gui.messages import count, tr
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.jobs.ports import UNFINISHED, RunRecord

ENDED_BADLY = ("failed", "cancelled", "interrupted")
"""States of a run that can be started again."""


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

COLUMNS = (
    Column("state", "State", Kind.BADGE, width=112),
    Column("job", "Job", Kind.IDENTITY, stretch=True),
    Column("by", "Started by", width=120),
    Column("at", "At", Kind.NUMBER, width=84),
    Column("took", "Took", Kind.NUMBER, width=76),
    Column("tries", "Tries", Kind.NUMBER, width=56),
    Column("result", "Result", stretch=True),
)


def state_words(run: RunRecord) -> StateWords:
    """Return how the state of a run is shown."""
    found = _STATES[run.state]
    return StateWords(tr(found.word), found.tone, found.icon)


def took_in_words(seconds: float) -> str:
    """Return a duration: 38 ms, 1.9 s, 2 min 5 s."""
    if seconds < 1:
        return tr("{n} ms", n=round(seconds * 1000))
    if seconds < 60:
        return tr("{n} s", n=f"{seconds:.1f}")
    return tr("{m} min {s} s", m=int(seconds // 60), s=int(seconds % 60))


def clock(at: datetime | None) -> str:
    """Return a time of day, with its date where that is another day."""
    if at is None:
        return ""
    local = at.astimezone()
    today = datetime.now().astimezone().date()
    return f"{local:%H:%M:%S}" if local.date() == today else f"{local:%d.%m. %H:%M}"


def origin_in_words(run: RunRecord) -> str:
    """Return in which queue a run stands and who started it."""
    by = tr("started by {name}", name=run.submitted_by) if run.submitted_by else ""
    queue = tr(_QUEUES[run.queue]) if _QUEUES[run.queue] else ""
    return " · ".join(filter(None, (queue, by, clock(run.submitted_at))))


def waiting_in_words(run: RunRecord) -> str:
    """Return what a run that has not begun waits for."""
    if run.next_at is not None:
        tries = tr("tries again at {time}", time=clock(run.next_at))
        return f"{tries}, {tr('{n} so far', n=run.attempts)}"
    if run.waiting_for:
        return tr("waits for {what}", what=run.waiting_for)
    return tr("waits for its turn")


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
    return (run.error_message or "").partition(". ")[0]


def stats_in_words(stats: Mapping[str, int]) -> str:
    """Return what a run counted: 22 debates, 3 warnings."""
    return ", ".join(f"{n:,} {tr(name.replace('_', ' '))}" for name, n in stats.items())


def run_row(run: RunRecord) -> Row:
    """Return the row of a run."""
    words = state_words(run)
    ended = run.state not in UNFINISHED
    message = result_in_words(run)
    return Row(run.id, (
        words.word if run.state == "success" else Cell(
            words.word, tone=words.tone, icon=words.icon),
        Cell(run.title, tip=run.name),
        run.submitted_by,
        Cell(clock(run.submitted_at), sort=run.submitted_at.timestamp()),
        Cell(took_in_words(run.seconds), sort=run.seconds) if ended else "",
        run.attempts if run.attempts > 1 else None,
        Cell(message, tip=run.error_message or message),
    ))


def summary(runs: Iterable[RunRecord]) -> str:
    """Return how many runs are in which state: 2 running, 1 waiting · 214 done, 1 failed."""
    states = Counter(run.state for run in runs)
    waiting = states["queued"] + states["waiting"]
    now = [
        tr("{n} running", n=states["running"]) if states["running"] else "",
        tr("{n} waiting", n=waiting) if waiting else "",
    ]
    then = [
        tr("{n} done", n=states["success"]) if states["success"] else "",
        tr("{n} failed", n=states["failed"]) if states["failed"] else "",
        tr("{n} cut off", n=states["interrupted"]) if states["interrupted"] else "",
    ]
    parts = [", ".join(filter(None, part)) for part in (now, then)]
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
