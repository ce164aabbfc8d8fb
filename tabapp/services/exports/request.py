"""What somebody wants in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

What = Literal[
    "teams", "speakers", "replies", "adjudicators", "results", "ballots", "break", "draw",
    "participants",
]
WHATS: tuple[What, ...] = get_args(What)
TITLES: Mapping[What, str] = {
    "teams": "Teams", "speakers": "Speakers", "replies": "Reply speakers",
    "adjudicators": "Judges", "results": "Results by round", "ballots": "Ballots",
    "break": "Break",
    "draw": "Draw", "participants": "Participants",
}
IN_CATEGORIES: frozenset[What] = frozenset({"teams", "speakers", "replies", "break"})
"""What there is of one category alone."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What goes into a file; None as ``metrics`` or ``extra`` is what the tournament shows.

    ``until`` leaves out the rounds after that one; ``public`` leaves out what the hall may not see.
    """

    what: What = "teams"
    until: int | None = None
    category: str | None = None
    public: bool = False
    metrics: tuple[str, ...] | None = None
    extra: tuple[str, ...] | None = None
