"""An empty tournament as a document: rounds and break category by the field's customs."""

from __future__ import annotations

import re
import unicodedata

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Archive, BreakCategory, Round, Tournament
from tabapp.domain.formats import load_preset

MOST_ROUNDS = 30
MOST_BREAKING = 10_000
MOST_WEIGHT = 100
"""Of a round; a round of the weight 0 gives no points."""


def fits_four(size: int) -> bool:
    """Claim that rooms of four can play down from this size: 4·2^k or 6·2^k teams.

    Rules.md, section 8.

    >>> [size for size in range(50) if fits_four(size)]
    [4, 6, 8, 12, 16, 24, 32, 48]
    """
    while size > 6 and size % 2 == 0:
        size //= 2
    return size in {4, 6}


def check_break_size(size: int, teams_in_debate: int, *, where: str) -> list[Problem]:
    """Find a break that has no bracket; 0 means that nobody has decided yet."""
    if not size:
        return []
    if teams_in_debate == 4 and not fits_four(size):
        sizes = [start << power for start in (4, 6) for power in range(MOST_BREAKING.bit_length())]
        possible = sorted(sorted(sizes, key=lambda one: (abs(one - size), one))[:2])
        return [Problem.of(
            "error", where, "break_size_without_bracket", size=size,
            possible=" or ".join(map(str, possible)))]
    if size < 2:
        return [Problem.of("error", where, "break_size_too_small", size=size)]
    return []


def slugify(name: str, fallback: str = "tournament") -> str:
    """Return a short name for addresses and files.

    >>> slugify("Zürich Open 2026")
    'zurich-open-2026'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:50] or fallback


def preliminary_rounds(count: int) -> list[Round]:
    """Return the rounds of a new tournament.

    The first is random, the others power-paired, the last third silent; the weight of feedback
    grows by a tenth a round up to a half.
    """
    return [
        Round(
            seq=seq, name=f"Round {seq}", abbreviation=f"R{seq}",
            draw_type="random" if seq == 1 else "power", silent=3 * seq > 2 * count,
            feedback_weight=min((seq - 1) / 10, 0.5),
        )
        for seq in range(1, count + 1)
    ]


def new_tournament(
    name: str, *, preset: str = "bp", rounds: int = 5, break_size: int = 16,
    slug: str | None = None, short_name: str = "", reserve: int = 0,
) -> Archive:
    """Return a tournament with its rounds and, unless the size is 0, an open break."""
    load_preset(preset)
    problems = []
    if not name.strip():
        problems.append(Problem.of("error", "name", "name_missing"))
    if not 1 <= rounds <= MOST_ROUNDS:
        problems.append(
            Problem.of("error", "rounds", "rounds_out_of_range", value=rounds, most=MOST_ROUNDS))
    if break_size < 0:
        problems.append(Problem.of("error", "break_size", "break_size_negative", value=break_size))
    if problems:
        raise ProblemsFound(problems)
    category = BreakCategory(
        id="BC1", name="Open", slug="open", seq=1, size=break_size, reserve_size=reserve,
        priority=100, general=True)
    return Archive(
        tournament=Tournament(
            name=name.strip(), short_name=short_name.strip(), slug=slug or slugify(name),
            preset=preset,
        ),
        break_categories=[category] if break_size else [],
        rounds=preliminary_rounds(rounds),
    )
