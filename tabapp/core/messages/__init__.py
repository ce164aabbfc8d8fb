"""English sentences for every code that the program raises, one module a topic.

The window translates these texts; the command line prints them as they are. A template names
its facts in braces. A code that stands in two topics is refused at import.
"""

from __future__ import annotations

from collections.abc import Mapping

from tabapp.core.messages import (
    allocation,
    availability,
    awards,
    ballots,
    breaks,
    check_ins,
    deadlines,
    double_entry,
    draws,
    elimination,
    explanations,
    exports,
    forecast,
    formats,
    general,
    impact,
    imports,
    jobs,
    operators,
    paper,
    people,
    printing,
    results,
    rounds,
    schedules,
    sides,
    store,
    suggestions,
    tournaments,
    upkeep,
    window,
)

_TOPICS = (
    general, formats, tournaments, people, rounds, imports, draws, elimination, availability,
    allocation, ballots, double_entry, check_ins, breaks,
    results, exports, sides, jobs, schedules, upkeep, deadlines, awards, suggestions, forecast,
    store, window, operators,
    explanations, impact, paper, printing,
)


def _merge() -> dict[str, str]:
    merged: dict[str, str] = {}
    for topic in _TOPICS:
        twice = merged.keys() & topic.MESSAGES.keys()
        if twice:
            raise ValueError(f"message codes defined twice: {sorted(twice)}")
        merged.update(topic.MESSAGES)
    return merged


MESSAGES: dict[str, str] = _merge()


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"({key})"


def word(code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of ``code`` with its facts filled in; unknown codes show themselves."""
    template = MESSAGES.get(code)
    if template is None:
        shown = ", ".join(f"{key}={value}" for key, value in facts.items())
        return f"{code} ({shown})" if shown else code
    return template.format_map(_Facts(facts))
