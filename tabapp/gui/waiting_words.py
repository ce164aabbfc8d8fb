"""What a run waits for, as the bar at the bottom and the jobs page say it."""

from __future__ import annotations

from tabapp.gui.messages import tr

_REASON = ", which "
"""Begins why a way out is left alone and until when, which only the run's own page has room for."""


def waits_for(what: str) -> str:
    """Return that a run waits for ``what``: another run, or a way out that did not answer."""
    if not what:
        return tr("waits for its turn")
    thing, reason, _rest = what.partition(_REASON)
    if reason:
        thing = f"{thing[:1].lower()}{thing[1:]}"
    return tr("waits for {what}", what=thing)
