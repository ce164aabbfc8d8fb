"""Which changed topics concern a page."""

from __future__ import annotations

from collections.abc import Iterable


def concerns(topics: Iterable[str], watched: Iterable[str]) -> bool:
    """Tell whether one of ``topics`` is watched; ``draw`` watches ``draw:5`` too."""
    wanted = frozenset(watched)
    return any(topic in wanted or topic.partition(":")[0] in wanted for topic in topics)
