"""Draws: who debates whom, in which room rank and on which side.

Map. Everybody's ground: ``options`` (their names and values), ``validity`` (what is refused),
``lots`` (the seed), ``field`` (order, byes), ``generate`` (a draw from a snapshot and a seed).
Draws of BP: ``brackets`` (which points share a room), ``positions`` (what a position costs),
``assignment`` (the exact optimum), ``secondary`` (swaps at equal cost, valued by ``room_swaps``).
Draws of two teams a room: the package ``two_team``. Round-robin: ``round_robin`` (the circle) and
``round_robin_groups`` (BP, by ``designs`` where one exists). Out-rounds: ``elimination``, with
``elimination_two`` and ``elimination_four`` for the brackets and ``elimination_rooms`` for both.

About a draw that is made, edited or to come: ``quality`` measures it (two teams: by
``pairing_costs``), ``explain`` words it (two teams: ``explain_two_team`` and
``explain_brackets``, with ``places`` in the brackets; ``words`` says numbers and names),
``fingerprint`` seals its input, ``balance`` reports sides,
``alternatives`` sets draws side by side, ``settled`` says what open ballots can still change,
``side_plan`` allocates sides beforehand.
``swaps`` tells what a swap would do and ``swap_seats`` makes it; the prices are those of
``swap_prices`` (BP) or ``swap_pairs`` (two teams, by the rules of ``swap_brackets``), in the values
of ``swap_values``. ``case`` is the engine alone, JSON in and JSON out.

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
