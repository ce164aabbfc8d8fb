"""How rare an award is: a word, and so many filled dots of four."""

from __future__ import annotations

RARITIES = {"common": "Common", "uncommon": "Uncommon", "rare": "Rare", "legendary": "Legendary"}
"""The word of each, the most common first."""
DOTS = len(RARITIES)


def rank(rarity: str) -> int:
    """Return how many of the dots are filled: 1 for common (ValueError for none that is known)."""
    return list(RARITIES).index(rarity) + 1
