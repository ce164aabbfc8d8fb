"""Schedules as lanes of a timeline: those of one rhythm together, the busiest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.jobs.timeline import Lane, Shape
from tabapp.gui.pages.jobs.words import rhythm_in_words
from tabapp.jobs.triggers import Cron, Every
from tabapp.services.clockwork import ClockState
from tabapp.services.schedules import Fire, ScheduleRow, trigger_in_words

FREQUENT = 50
"""Marks above which a lane of days would be a grey smear, and is a band."""
_TICKS, _DOTS = 180.0, 1800.0
"""Seconds between two marks up to which they are ticks, or small dots."""


def rhythm(row: ScheduleRow) -> str:
    """Return an interval, short enough for a label; nothing for other kinds of time."""
    return rhythm_in_words(row.trigger.seconds) if isinstance(row.trigger, Every) else ""


def lanes(
    rows: Iterable[ScheduleRow], fires: Sequence[Fire], *, most: int, banded: bool = False
) -> list[Lane]:
    """Return the lanes of those that are due, the busiest first; what one rhythm has is one lane.

    With ``banded`` what is due very often is a band that says so, at the end.
    """
    due: dict[str, list[datetime]] = {}
    for fire in fires:
        due.setdefault(fire.name, []).append(fire.at)
    gathered: dict[object, list[ScheduleRow]] = {}
    for row in rows:
        if row.name in due:
            same = row.trigger if isinstance(row.trigger, (Every, Cron)) else row.name
            gathered.setdefault(same, []).append(row)
    made = [_lane(group, due, banded=banded) for group in gathered.values()]
    made.sort(key=lambda lane: (lane.shape == "band", -len(lane.at)))
    return made[:most] if not banded else _fitted(made, most)


def _lane(
    group: Sequence[ScheduleRow], due: dict[str, list[datetime]], *, banded: bool
) -> Lane:
    first = group[0]
    at = sorted(set(due[first.name]).union(*(due[one.name] for one in group[1:])))
    title = first.title if len(group) == 1 else f"{first.title} +{len(group) - 1}"
    together = ", ".join(one.title for one in group)
    words = together if len(group) > 1 else ""
    if banded and len(at) >= FREQUENT:
        return Lane(
            first.name, title, rhythm(first), tuple(at), "band",
            tr("{when}: {titles}", when=trigger_in_words(first.trigger), titles=together))
    return Lane(first.name, title, rhythm(first), tuple(at), _shape(due[first.name]), words)


def _shape(at: Sequence[datetime]) -> Shape:
    if len(at) < 2:
        return "mark"
    gap = (at[-1] - at[0]).total_seconds() / (len(at) - 1)
    return "tick" if gap <= _TICKS else "dot" if gap <= _DOTS else "mark"


def _fitted(made: list[Lane], most: int) -> list[Lane]:
    """Leave bands out before lanes, and of lanes the last."""
    marks = [lane for lane in made if lane.shape != "band"]
    bands = [lane for lane in made if lane.shape == "band"]
    kept = bands[: max(1, most - len(marks))]
    return [*marks[: most - len(kept)], *kept]


def clock_words(rows: Collection[ScheduleRow], clock: ClockState | None) -> tuple[str, str]:
    """Return how many schedules there are and how the clock stands, with the colour of that."""
    paused = sum(row.paused for row in rows)
    broken = sum(bool(row.problem) for row in rows)
    words = ", ".join(filter(None, (
        count(len(rows), "schedule", "schedules"),
        tr("{n} paused", n=paused) if paused else "",
        tr("{n} cannot run", n=broken) if broken else "")))
    token = "attention" if broken else "text2"
    if clock is None:
        return tr("{schedules}; no clock runs in this window", schedules=words), token
    if clock.paused:
        return tr("The clock is paused; {schedules}", schedules=words), "attention"
    if clock.elsewhere:
        return tr("{schedules}; another program runs the clock", schedules=words), token
    return words, token
