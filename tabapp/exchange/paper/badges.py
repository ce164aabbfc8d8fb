"""Name badges, 85 by 54 millimetres: as many as a page holds, with marks where they are cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tabapp.domain.formats import PaperSize
from tabapp.domain.types import Tick, no_tick
from tabapp.exchange.paper.codes import code_data
from tabapp.exchange.paper.files import set_files
from tabapp.exchange.paper.fitting import large
from tabapp.exchange.paper.values import Code, Printed
from tabapp.exchange.paper.words import printable

BadgeKind = Literal["speaker", "judge", "core", "tab"]
ON_PAGE: Mapping[PaperSize, int] = {"a4": 10, "us-letter": 8}
CHUNK = 400
"""Badges in one file."""


@dataclass(frozen=True, slots=True)
class Badge:
    """Whose badge it is. ``role`` is what is said of ``kind``; ``home`` is the institution."""

    tournament: str
    name: str
    kind: BadgeKind
    role: str
    team: str = ""
    home: str = ""
    code: Code | None = None


def print_name_badges(
    badges: Sequence[Badge], *, title: str = "Name badges", paper: PaperSize = "a4",
    tick: Tick = no_tick,
) -> list[Printed]:
    """Return the badges in PDF files of at most ``CHUNK``, row by row, left before right.

    ``tick`` is told of the badges that are done and may raise to cancel.
    """
    return set_files(
        "badges", "badges", badges, _badge, title=title, most=CHUNK, tick=tick,
        paper=paper, per_page=ON_PAGE[paper])


def _badge(badge: Badge) -> dict[str, Any]:
    return {
        "tournament": printable(badge.tournament), "name": large(badge.name),
        "kind": badge.kind, "role": printable(badge.role), "team": printable(badge.team),
        "home": printable(badge.home), "code": code_data(badge.code),
    }
