"""Awards: what each is called, and who has earned it by the results that are there now.

``award`` says what an award is, ``facts`` what is known of a tournament, ``board`` lays the
results out by round; ``teams``, ``speakers``, ``adjudicators`` and ``tournament`` define the
awards of one family each; ``catalogue`` lists and evaluates them. One rule: whether something is
earned follows from the facts alone, so that a correction takes back what it undid, and whoever is
level with a winner wins too.
"""

from __future__ import annotations

from tabapp.domain.achievements.award import (
    FAMILIES,
    Award,
    Earned,
    Family,
    Part,
    PublicAfter,
    Rarity,
)
from tabapp.domain.achievements.catalogue import AWARDS, evaluate, parts_of, tell
from tabapp.domain.achievements.facts import AwardFacts, PanelColumns, RoundFact

__all__ = [
    "AWARDS",
    "FAMILIES",
    "Award",
    "AwardFacts",
    "Earned",
    "Family",
    "PanelColumns",
    "Part",
    "PublicAfter",
    "Rarity",
    "RoundFact",
    "evaluate",
    "parts_of",
    "tell",
]
