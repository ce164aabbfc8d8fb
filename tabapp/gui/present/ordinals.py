"""Places in words, as a speaker reads them out: sixteenth, first."""

from __future__ import annotations

from tabapp.gui.messages import tr

_WORDS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)
_ENDS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(place: int) -> str:
    """Return a place in words up to the twentieth, then in figures.

    >>> [ordinal(place) for place in (1, 16, 21, 48, 111)]
    ['first', 'sixteenth', '21st', '48th', '111th']
    """
    if 1 <= place <= len(_WORDS):
        return tr(_WORDS[place - 1])
    teens = place % 100 in (11, 12, 13)
    return f"{place}{tr('th' if teens else _ENDS.get(place % 10, 'th'))}"
