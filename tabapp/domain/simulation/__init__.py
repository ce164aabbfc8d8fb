"""Tournaments and results that never were, but look like real ones.

``seeds`` derives seeds by name, ``people`` makes the registration up, ``sides`` allots sides
beforehand; ``talent`` knows who is good, ``scores`` makes results of it (``two_team`` for two
teams, with ``marks``, ``sheets`` and ``rubric`` for the paper), ``chaos`` what goes wrong, ``play``
plays a round, ``tournament`` puts all together as an archive. One rule: everything follows from
one seed, and people's talent from the seed and their ids alone, so results can be simulated on any
database.
"""

from tabapp.domain.simulation.rubric import usual_criteria
from tabapp.domain.simulation.scores import simulate_ballot, simulate_round
from tabapp.domain.simulation.seeds import derive_rng, derive_seed
from tabapp.domain.simulation.talent import Talent, line_ups, make_talent
from tabapp.domain.simulation.tournament import (
    available_presets,
    break_sizes,
    generate_tournament,
)

__all__ = [
    "Talent", "available_presets", "break_sizes", "derive_rng", "derive_seed",
    "generate_tournament", "line_ups", "make_talent", "simulate_ballot", "simulate_round",
    "usual_criteria",
]
