"""The quiet line below the table: what is missing, how lots fell, what was approximated."""

from __future__ import annotations

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.notices import missing_words
from tabapp.services.break_outlook import Outlook
from tabapp.services.break_views import BreakView


def foot_words(view: BreakView, outlook: Outlook | None, note: str) -> str:
    """Return it, "" where nothing is to be said."""
    parts = [note, _lots(view)] if view.made else [_state(view), *_forecast(outlook)]
    return " ".join(filter(None, parts))


def _state(view: BreakView) -> str:
    if not view.played:
        return ""
    if view.is_over and view.category is not None:
        return tr("All results are in: {n} of {eligible} teams can break.",
                  n=min(view.category.size, view.eligible), eligible=view.eligible)
    return missing_words(view)


def _forecast(outlook: Outlook | None) -> tuple[str, ...]:
    if outlook is None or not outlook.runs:
        return ()
    return (outlook.outdated, *outlook.notes)


def _lots(view: BreakView) -> str:
    lots = view.lots
    if lots is None or not lots.order:
        return ""
    called = {line.team: line.name for line in view.lines}
    names = ", ".join(called.get(team, team) for team in lots.order)
    if lots.seed is None:
        return tr("The lot came out in this order: {names}.", names=names)
    return tr("The lot with seed {seed} came out in this order: {names}.", seed=lots.seed,
              names=names)
