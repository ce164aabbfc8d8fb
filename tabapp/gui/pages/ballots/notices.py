"""What should be known of the ballot that is open: its draft, who entered it, what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.form import Mode, Said
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.ballot_form import DeskForm


@dataclass(frozen=True, slots=True)
class Ways:
    """What a notice can offer: to begin anew, or to go on with what was kept."""

    start_over: Callable[[], None]
    correct: Callable[[], None]


def notices_of(
    desk: DeskForm, mode: Mode, actor: str, ways: Ways, *, kept: bool
) -> list[Said]:
    """Return what ``actor`` should know of a ballot, the most pressing first.

    ``kept``: a draft of it was kept.
    """
    found = []
    if desk.refused:
        found.append(Said(desk.refused, "problem"))
    if kept and not desk.refused:
        at = desk.draft.saved_at if desk.draft is not None else None
        time = f"{at.astimezone():%H:%M}" if at is not None else ""
        if mode in (Mode.ENTER, Mode.CORRECT):
            found.append(Said(
                tr("Your draft of {time} was kept.", time=time) if time
                else tr("Your draft was kept."),
                "neutral", tr("Start over"), ways.start_over, fades=True))
        else:
            found.append(Said(
                tr("Another window changed this ballot. Yours is kept as a draft."),
                "attention", tr("Open my draft"), ways.correct))
    if mode is Mode.CHECK and desk.waiting and (
        desk.waiting[1].entered_by == actor
    ):  # fmt: skip
        found.append(Said(
            tr("You entered this ballot yourself. Let somebody else look, if you can."),
            "attention"))
    if desk.warning and not desk.refused:
        found.append(Said(desk.warning, "attention", fades=True))
    return found


def how_overtaken(form: DeskForm, room: DeskRoom | None) -> str:
    """Say what somebody else did to the ballot that is open."""
    if room is None:
        return tr("This room is not in the draw any more. What you typed is kept as a draft.")
    if room.seen.sides != form.seen.sides:
        return tr(
            "The teams of this room were changed elsewhere. What you see is what it was before.")
    moved = [one.moved_at for one in room.row.versions if one.moved_at]
    time = tr(" at {time}", time=f"{max(moved).astimezone():%H:%M}") if moved else ""
    return tr(
        "This ballot was changed elsewhere{time}. What you see is what it was before.", time=time)
