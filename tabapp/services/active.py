"""Which tournaments of a database are still going on."""

from __future__ import annotations

from tabapp.store.active_reads import Course, read_courses
from tabapp.store.unit import ReadUnit


def is_complete(unit: ReadUnit, tournament_id: int) -> bool:
    """Tell whether a tournament is over: every round is completed, and each break was played out.

    One without rounds has not begun. A break was played out when the last elimination round of
    its category is a final, one debate, and completed.
    """
    return any(_is_over(one) for one in read_courses(unit, tournament_id))


def active_tournaments(unit: ReadUnit) -> tuple[int, ...]:
    """Return the row ids of all tournaments that are not over, the oldest first."""
    return tuple(one.tournament_id for one in read_courses(unit) if not _is_over(one))


def _is_over(course: Course) -> bool:
    if not course.rounds or not all(one.completed for one in course.rounds):
        return False
    last = {one.category_id: one for one in course.rounds if one.category_id is not None}
    return all(category in last and last[category].debates == 1 for category in course.broken)
