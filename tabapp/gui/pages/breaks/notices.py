"""What about a break needs a person: banners in the flow, and what stands in an empty place."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.gui.actions import key_caps
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.breaks.commands import COMMANDS
from tabapp.gui.pages.breaks.facts import named
from tabapp.gui.pages.breaks.stepping import stepping_words
from tabapp.gui.widgets.cards import Banner
from tabapp.services.break_edits import Remade
from tabapp.services.break_views import BreakView


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence with the command that answers it.

    ``round_id`` is where that is done instead, ``place`` a place with what to show there.
    """

    sentence: str
    action: str = ""
    command: str = ""
    round_id: int | None = None
    place: tuple[str, str] | None = None


def notices(view: BreakView) -> list[Notice]:
    """Return what needs a person, the most pressing first."""
    found: list[Notice] = []
    if view.problem:
        found.append(Notice(view.problem, tr("Open settings"), place=("settings", "break")))
    if view.tied:
        sentence = tr(
            "{n} teams are level on every metric for {places}: {names}.", n=len(view.tied),
            places=count(view.places, "place", "places"), names=named(view.tied))
        found.append(Notice(sentence, tr("Decide tie…"), "break.tie"))
    if view.stepping.leaving:
        found.append(Notice(
            stepping_words(view.stepping), tr("Step up…"), "break.step_up"))
    elif view.outdated:
        if view.following:
            found.append(Notice(
                tr("{sentence} So with {others}.", sentence=view.outdated,
                   others=", ".join(view.following)),
                tr("Make all again"), "break.make_all"))
        else:
            found.append(Notice(view.outdated, tr("Remake break"), "break.make"))
    elif view.following:
        found.append(Notice(
            tr("The break of {others} is out of date.", others=", ".join(view.following)),
            tr("Make all again"), "break.make_all"))
    for one in view.bracket.rounds if view.bracket is not None else ():
        if one.outdated:
            found.append(Notice(
                one.outdated, tr("Go to {round}", round=one.name), round_id=one.id))
    waits = missing_words(view)
    if view.made and waits:
        found.append(Notice(tr(
            "{missing} A result that comes in can change who breaks.", missing=waits)))
    return found


def missing_words(view: BreakView) -> str:
    """Return what is missing of the preliminary rounds in a sentence, "" where all is in."""
    parts = [
        tr("{round} has {rooms} without a result", round=one.name,
           rooms=count(one.missing, "room", "rooms"))
        for one in view.missing
    ]
    if view.undrawn:
        words = "is not drawn" if len(view.undrawn) == 1 else "are not drawn"
        parts.append(f"{', '.join(view.undrawn)} {tr(words)}")
    return f"{'; '.join(parts)}." if parts else ""


def banner_of(notice: Notice) -> Banner:
    """Return the banner of a notice, with the keys of the command that answers it."""
    keys = next((key_caps(one.keys) for one in COMMANDS if one.name == notice.command), ())
    keys = keys or (("F7",) if notice.action else ())
    return Banner(notice.sentence, action=notice.action, keys=keys)


def remade_words(made: Remade) -> str:
    """Return what has become of a break that was made again."""
    parts = []
    if made.went_out:
        parts.append(tr("Out: {names}.", names=", ".join(made.went_out)))
    if made.came_in:
        parts.append(tr("In: {names}.", names=", ".join(made.came_in)))
    if made.tied:
        parts.append(tr("Level at the line: {names}.", names=", ".join(made.tied)))
    if made.also:
        parts.append(tr("Made again too: {names}.", names=", ".join(made.also)))
    return " ".join(parts) or tr("The same teams break as before.")
