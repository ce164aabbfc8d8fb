"""The cards before the break is made: who is safe, where the line is, which ballots can flip it."""

from __future__ import annotations

from tabapp.domain.forecast import Threshold
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.breaks.facts import Fact, last_place
from tabapp.gui.pages.breaks.outlook_rows import percent
from tabapp.services.break_outlook import Outlook
from tabapp.services.break_views import BreakView
from tabapp.services.bubble_guard import BubbleGuard

_NAMED = 3
_EVERY = 1 - 1e-9
"""Above, a share is all runs, whatever was lost in adding up."""


def outlook_facts(
    view: BreakView, outlook: Outlook | None, guard: BubbleGuard | None
) -> tuple[Fact, ...]:
    """Return the four facts; what is not known yet is a dash."""
    return (*_live(view, outlook), _ballots(guard))


def _live(view: BreakView, outlook: Outlook | None) -> tuple[Fact, Fact, Fact]:
    live = outlook.live if outlook is not None else None
    safe = Fact("shield-check", tr("Safe from"), "–", tr("no round is left to play"))
    out = Fact("circle-minus", tr("Out below"), "–", tr("no round is left to play"))
    if outlook is None:
        safe = Fact("shield-check", tr("Safe from"), "–", tr("being read"))
        out = Fact("circle-minus", tr("Out below"), "–", tr("being read"))
    elif live is not None:
        there, gone = live.safe_teams, live.out_teams
        word = tr("is there already") if there == 1 else tr("are there already")
        line = f"{count(there, 'team', 'teams')} {word}" if there else tr("nobody is there yet")
        figure = tr("Everyone") if live.safe <= 0 else _points(live.safe, view)
        safe = Fact("shield-check", tr("Safe from"), figure, line)
        line = tr("everybody can still break")
        if gone:
            line = tr("{teams} cannot break any more", teams=count(gone, "team", "teams"))
        figure = tr("Nobody") if live.out <= 0 else _points(live.out, view)
        out = Fact("circle-minus", tr("Out below"), figure, line)
    return safe, _line(view, outlook), out


def _line(view: BreakView, outlook: Outlook | None) -> Fact:
    title = tr("Last place expected at")
    line = outlook.threshold if outlook is not None else None
    if line is None and outlook is not None and view.is_over:
        return last_place(view, [
            one for one in view.lines
            if (ahead := outlook.lines.get(one.team)) is not None and ahead.place is not None])
    if line is None:
        known = outlook is not None and not outlook.runs
        return Fact("flag", title, "–", tr("F5 makes a forecast") if known else "")
    return Fact("flag", title, _points(round(line.expected), view), range_words(line))


def range_words(line: Threshold) -> str:
    """Return between which points the last place is, or how often it is at the only ones."""
    if line.low != line.high:
        return tr("between {low} and {high} in 9 of 10 runs", low=line.low, high=line.high)
    share = sum(one.share for one in line.by_points if one.points == line.low)
    if share > _EVERY:
        return tr("at {n} in every run", n=line.low)
    return tr("at {n} in {share} of runs", n=line.low, share=percent(share))


def _points(number: int, view: BreakView) -> str:
    if view.two_team and view.metrics[:1] == ("wins",):
        return count(number, "win", "wins")
    return count(number, "point", "points")


def _ballots(guard: BubbleGuard | None) -> Fact:
    title = tr("Ballots that can flip it")
    if guard is None:
        return Fact("clipboard-pen", title, "–", "")
    rooms, leads = guard.flipping, bool(guard.flipping)
    tip = "\n".join(f"{one.room}: {one.words}" for one in rooms[:8])
    if guard.out:
        words = tr("check these first") if guard.out_flipping else tr("none can change who breaks")
        return Fact(
            "triangle-alert", title, tr("{n} of {out} out", n=guard.out_flipping, out=guard.out),
            words, tone="attention" if guard.out_flipping else "", leads=leads, tip=tip)
    if guard.to_check:
        words = ", ".join(one.room for one in rooms[:_NAMED]) or tr("none can change who breaks")
        return Fact(
            "triangle-alert", title,
            tr("{n} of {all} to check", n=guard.to_check_flipping, all=guard.to_check), words,
            tone="attention" if guard.to_check_flipping else "", leads=leads, tip=tip)
    return Fact("circle-check", title, tr("None"), tr("every ballot is in and checked"))
