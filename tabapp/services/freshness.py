"""Whether the cached tables are those of the results; light, apart from what computes them."""

from __future__ import annotations

from tabapp import __version__
from tabapp.store import topics
from tabapp.store.freshness import read_stamp
from tabapp.store.tournaments import tournament_slugs
from tabapp.store.unit import ReadUnit

TOPICS = (
    topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.FEEDBACK, topics.ROUNDS, topics.DRAWS,
    topics.PANELS, topics.BREAK,
)
"""What tables are made from."""


def fresh_rows(unit: ReadUnit, tournament_id: int) -> int | None:
    """Return how many rows the cached tables have, None where they are older than the results.

    Another version of the program may compute otherwise, so its tables are old too.
    """
    stamp = read_stamp(unit, tournament_id)
    if stamp is None or stamp.version != __version__:
        return None
    now = unit.revision(tournament_id, *TOPICS)
    return stamp.rows if dict(now.topics) == dict(stamp.topics) else None


def stale_tournaments(unit: ReadUnit) -> list[int]:
    """Return the tournaments whose cached tables are older than their results, the oldest first."""
    return [one for one in tournament_slugs(unit).values() if fresh_rows(unit, one) is None]
