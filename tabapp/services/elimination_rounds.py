"""What the rounds of a bracket are called, and how many teams it begins with."""

from __future__ import annotations

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory
from tabapp.services.elimination_shape import PAIR, ROOM, has_bracket, shape_of
from tabapp.store.break_rows import StoredBreak

_NAMES = (
    ("Grand Final", "GF"), ("Semifinals", "SF"), ("Quarterfinals", "QF"), ("Octofinals", "OF"),
    ("Double Octofinals", "DOF"), ("Triple Octofinals", "TOF"), ("Quadruple Octofinals", "QOF"),
)
"""What a round of 1, 2, 4 … rooms is called."""


def no_bracket(size: int, sides: int) -> UserError:
    """Return the error of a size without a bracket."""
    if sides == PAIR:
        return UserError("draw_break_size_two", size=size)
    if sides != ROOM:
        return UserError("elimination_sides", sides=sides)
    return UserError("draw_break_size", size=size)


def bracket_teams(category: BreakCategory, stored: StoredBreak | None, sides: int) -> int:
    """Return how many teams the bracket of a category begins with.

    Rooms of two take as many as break, which may be fewer than the size of the category, or more
    where teams level at the line were all let in.
    """
    if sides == ROOM or stored is None or stored.tied or len(stored.breaking) < PAIR:
        return category.size
    return len(stored.breaking)


def round_names(teams: int, prefix: str = "", *, sides: int = ROOM) -> list[tuple[str, str]]:
    """Return name and abbreviation of each round from a break of ``teams`` to the final.

    >>> [name for name, _ in round_names(24)]
    ['Partial Octofinals', 'Quarterfinals', 'Semifinals', 'Grand Final']
    >>> [name for name, _ in round_names(12, sides=2)]
    ['Partial Octofinals', 'Quarterfinals', 'Semifinals', 'Grand Final']
    """
    if not has_bracket(teams, sides):
        raise no_bracket(teams, sides)
    before = f"{prefix} " if prefix else ""
    shape = shape_of(teams, sides)
    found: list[tuple[str, str]] = []
    for steps in range(shape.rounds - 1, -1, -1):
        name, short = _called(steps, sides)
        if shape.away and not found:
            name, short = f"Partial {name}", f"P{short}"
        found.append((before + name, before + short))
    return found


def _called(steps: int, sides: int) -> tuple[str, str]:
    if steps < len(_NAMES):
        return _NAMES[steps]
    teams = sides << steps
    return f"Round of {teams}", f"R{teams}"
