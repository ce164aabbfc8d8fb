"""What stands where no ballot is open: how the round stands for this person, what comes next."""

from __future__ import annotations

from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.next_rooms import NextRooms
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.ballot_desk import Desk


def nothing_open(desk: Desk, rooms: NextRooms, *, may_complete: bool) -> EmptyState:
    """Return how a round stands; its button opens the next room, or goes on to completion."""
    head, counts = desk.round, desk.counts
    if head is None:
        return EmptyState(tr("No round yet."), tr("Rounds are made in the settings."))
    name = head.name or tr("Round {n}", n=head.seq)
    if not desk.rooms:
        return EmptyState(
            tr("No ballots yet."), tr("They appear when {round} is released.", round=name))
    waits = rooms.first() is not None
    others = counts["check"] + counts["differs"]
    if counts["out"] or counts["draft"] or counts["received"]:
        sentence = tr("Choose a room.")
        line = tr("Enter opens it. F3 finds a room, a team or a judge.")
    elif others and waits:
        sentence = tr("All ballots of {round} are in.", round=name)
        line = tr("{n} wait to be checked.", n=others)
    elif others:
        sentence = tr("All ballots of {round} are in.", round=name)
        line = tr("{n} wait to be checked, by somebody else.", n=others)
    else:
        sentence = tr("All ballots of {round} are confirmed.", round=name)
        line = tr("Enter in the list opens one to look at it or to correct it.")
    if not may_complete and not waits:
        return EmptyState(sentence, line if others else "")
    return EmptyState(
        sentence, line, keys=("Ctrl", "⏎"),
        action=tr("Open the next room") if waits else tr("Go on to completion"))
