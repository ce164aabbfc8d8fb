"""Draws: who debates whom, in which room rank and on which side.

Map: ``generate`` makes a draw from a snapshot and a seed out of ``validity`` (what is refused),
``field`` (order, byes), ``brackets`` (which points share a room), ``positions`` (costs),
``assignment`` (the exact optimum) and ``lots`` (the seed); ``quality`` measures any draw,
``explain`` words it, ``fingerprint`` seals its input; ``elimination`` draws out-rounds; ``case``
is the engine alone, JSON in and JSON out; ``options`` names the options.

One rule: the same snapshot and seed give the same draw on every machine. So teams are sorted by
id before anything is drawn by lot, and lots come from ``lots`` alone.
"""

from __future__ import annotations

from tabapp.domain.draw.case import solve_case
from tabapp.domain.draw.elimination import PreviousRoom, draw_elimination
from tabapp.domain.draw.explain import explain
from tabapp.domain.draw.fingerprint import fingerprint
from tabapp.domain.draw.generate import ENGINE, generate
from tabapp.domain.draw.options import DRAW_DEFAULTS, DrawOptions
from tabapp.domain.draw.quality import quality_of

__all__ = [
    "DRAW_DEFAULTS",
    "ENGINE",
    "DrawOptions",
    "PreviousRoom",
    "draw_elimination",
    "explain",
    "fingerprint",
    "generate",
    "quality_of",
    "solve_case",
]
