"""Whether a suggestion that somebody answered has come to say something else since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MORE_FEEDBACK = 1.5
"""How many times as much feedback there must be before a judge's score is spoken of again."""
_MORE_SAVED = 2.0


def is_news(kind: str, answered: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether facts differ in substance from those that were answered.

    A ballot that is corrected has a new subject, so of a ballot nothing is news. A judge's score
    is, when somebody changed it or when there is half as much feedback again; a swap, when it
    saves twice as much; registration, when other people are concerned.
    """
    if kind == "judge_score":
        more = now["count"] >= max(answered["count"] + 3, answered["count"] * _MORE_FEEDBACK)
        return bool(more or now["base"] != answered["base"])
    if kind == "panel_swap":
        return bool(
            now["before"] - now["after"] > _MORE_SAVED * (answered["before"] - answered["after"]))
    if kind == "registration":
        return bool(set(now["about"]) - set(answered["about"]))
    return False
