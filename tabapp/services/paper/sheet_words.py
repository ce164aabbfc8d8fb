"""What stands on a score sheet in words: ranges, rules of the winner, panel, reminders."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.archive import Criterion
from tabapp.domain.ballots import ResultType
from tabapp.domain.formats import Settings
from tabapp.domain.ordinals import ordinal
from tabapp.domain.types import BP_SIDES, Role, Side
from tabapp.exchange.paper import Scale

_BP_ROLES = {
    Side.OG: ("PM", "DPM"), Side.OO: ("LO", "DLO"), Side.CG: ("MG", "GW"), Side.CO: ("MO", "OW"),
}
_WINNERS = {
    "none": "", "high-points": "The winner has the higher total.",
    "tied-points": "Totals may be level: the winner decides.",
    "low-points": "The winner stands whatever the totals say.",
}


def speech_label(side: Side, position: int, settings: Settings, sides: int) -> str:
    """Return what a speech is called on paper, by its place in the order of typing."""
    if position > settings.substantive_speakers:
        return "Reply"
    if sides == len(BP_SIDES) and side in _BP_ROLES and settings.substantive_speakers == 2:
        return f"{position} · {_BP_ROLES[side][position - 1]}"
    return ordinal(position)


def scale_of(position: int, settings: Settings) -> Scale:
    """Return the marks of a speech."""
    if position > settings.substantive_speakers:
        return Scale(
            settings.reply_score_min, settings.reply_score_max, settings.reply_score_step)
    return Scale(settings.score_min, settings.score_max, settings.score_step)


def scale_words(
    kind: ResultType, settings: Settings, sides: int, criteria: Sequence[Criterion],
    *, ranked: bool,
) -> str:
    """Return the ranges and steps of the marks, and what decides."""
    said = [f"Speeches {_range(scale_of(1, settings))}"]
    if settings.reply_scores_enabled:
        reply = scale_of(settings.substantive_speakers + 1, settings)
        said[0] += f"; replies {_range(reply)}"
    said[0] += "."
    if criteria:
        weights = ", ".join(
            f"{one.name or one.id} × {one.weight:g}" if one.weight != 1 else one.name or one.id
            for one in criteria)
        said.append(f"The score is the sum of {weights}.")
    if sides == 2:
        said.append(_WINNERS[settings.winners_in_ballots] or (
            "The higher total wins; totals may not be level."))
        if settings.maximum_margin > 0:
            said.append(f"Largest margin {settings.maximum_margin:g}.")
    elif kind is ResultType.CONSENSUS_SCORES:
        said.append("All totals differ; the places follow them.")
    if ranked:
        said.append("Rank the speeches of the debate, the best is 1.")
    return " ".join(said)


def criterion_range(one: Criterion) -> str:
    """Return the marks of a criterion, "" where both bounds are open."""
    if one.min is None and one.max is None:
        return ""
    if one.min is None:
        return f"up to {one.max:g}"
    return f"{one.min:g} or more" if one.max is None else f"{one.min:g}–{one.max:g}"


def criterion_step(one: Criterion) -> str:
    """Return the step of a criterion, "" where any mark will do."""
    return "" if one.step is None else f"step {one.step:g}"


def _range(scale: Scale) -> str:
    return f"{scale.low:g} to {scale.high:g} in steps of {scale.step:g}"


def panel_words(panel: Sequence[tuple[Role, str]]) -> str:
    """Return the judges in their seats."""
    named = [f"{name} (chair)" if role is Role.CHAIR else name
             for role, name in panel if role is not Role.TRAINEE]
    trainees = [name for role, name in panel if role is Role.TRAINEE]
    said = ", ".join(named)
    if trainees:
        word = "trainee" if len(trainees) == 1 else "trainees"
        said += f"{'; ' if said else ''}{word} {', '.join(trainees)}"
    return said


def iron_words(rounds: Sequence[str]) -> str:
    """Return the reminder for a team of which somebody spoke twice, "" for any other."""
    if not rounds:
        return ""
    return (
        f"Iron person in {' and '.join(rounds)}. If somebody speaks twice here, tick the name in"
        " both lines and write “iron” beside the second.")


def return_words(place: str, what: str) -> str:
    """Return where paper is brought; the setting's TBA hides it."""
    kept = place.strip()
    return "" if kept.upper() in ("", "TBA") else f"Bring this {what} to: {kept}"
