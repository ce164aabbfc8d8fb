"""What a form asks otherwise than when it was opened: its panel, its motions or its rules."""

from __future__ import annotations

from typing import Literal

from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_form import DeskForm

Change = Literal["", "panel", "motions", "rules"]

_RULES = (
    "enable_motions", "motion_vetoes_enabled", "forfeit_winner_speaks", "maximum_margin",
    "margin_includes_dissenters", "reply_scores_enabled", "reply_score_min", "reply_score_max",
    "reply_score_step", "require_substantive_for_reply", "score_min", "score_max", "score_step",
    "side_names", "speaker_ranks", "speakers_in_ballots", "substantive_speakers",
    "teamscore_includes_ghosts", "winners_in_ballots")
"""Settings after which a sheet that was right may be wrong; how it is checked is none of them."""


def what_changed(before: DeskForm, now: DeskForm) -> Change:
    """Return what the form of a room asks otherwise by now, "" for nothing.

    The panel counts where its judges hand in a sheet each; a sheet of the room names nobody.
    """
    old, new = before.sheet, now.sheet
    if before.each_judge != now.each_judge:
        return "rules"
    if old.judges != new.judges:
        return "panel"
    if old.motions != new.motions:
        return "motions"
    return "rules" if _rules(old) != _rules(new) else ""


def _rules(form: SheetForm) -> tuple[object, ...]:
    return (
        form.asks, form.criteria, form.asks_ranks, form.asks_vetoes,
        *(getattr(form.settings, name) for name in _RULES))
