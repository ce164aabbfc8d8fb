"""Sentences about who is there in a round."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "no_earlier_round": (
        "There is no round before {round} to take it from. Mark who is here one by one, or mark"
        " everybody."
    ),
}
