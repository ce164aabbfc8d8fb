"""What another result of one debate would change: tables, breaks, and draws that came after it.

``overlay`` puts results into the columns of a tournament, ``moves`` compares tables and breaks,
``draws`` compares what later rounds were drawn from. One rule: nothing here stores or decides; both
sides of every comparison come from the functions that make tables, breaks and draws themselves.
"""

from __future__ import annotations

from tabapp.domain.impact.draws import BracketMove, DrawImpact, compare_draws
from tabapp.domain.impact.moves import BreakMove, Move, break_moves, moves
from tabapp.domain.impact.overlay import with_results

__all__ = [
    "BracketMove",
    "BreakMove",
    "DrawImpact",
    "Move",
    "break_moves",
    "compare_draws",
    "moves",
    "with_results",
]
