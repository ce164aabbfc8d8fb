"""What should be known of the ballot that is open: its draft, who entered it, what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tabapp.domain.ballots import Difference
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.form import TYPED, Mode, Said
from tabapp.gui.pages.ballots.opening import Opened
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.ballot_form import DeskForm
from tabapp.services.double_entry import is_typed_twice
from tabapp.services.drafts import DraftRow

_NAMED = 3
"""Fields that a banner names; more of them are counted."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a notice can offer: to begin anew, or to go on with what was kept."""

    start_over: Callable[[], None]
    correct: Callable[[], None]


def notices_of(
    opened: Opened, mode: Mode, ways: Ways, *, kept: bool, decided: bool = False
) -> list[Said]:
    """Return what the person should know of a ballot, the most pressing first.

    ``kept``: a draft of it was kept; ``decided``: what was decided of its entries was.
    """
    desk, found = opened.desk, []
    if desk.refused:
        found.append(Said(desk.refused, "problem"))
    elif decided:
        time = _time(opened.decided)
        found.append(Said(
            tr("What you had decided at {time} was kept.", time=time) if time
            else tr("What you had decided was kept."),
            "neutral", tr("Start over"), ways.start_over, fades=True))
    elif kept:
        time = _time(desk.draft)
        if mode in TYPED:
            found.append(Said(
                tr("Your draft of {time} was kept.", time=time) if time
                else tr("Your draft was kept."),
                "neutral", tr("Start over"), ways.start_over, fades=True))
        else:
            found.append(Said(
                tr("Another window changed this ballot. Yours is kept as a draft."),
                "attention", tr("Open my draft"), ways.correct))
    if not desk.refused:
        found += _of_checking(opened, mode)
    if desk.warning and not desk.refused:
        found.append(Said(desk.warning, "attention", fades=True))
    return found


def _time(draft: DraftRow | None) -> str:
    at = draft.saved_at if draft is not None else None
    return f"{at.astimezone():%H:%M}" if at is not None else ""


def _of_checking(opened: Opened, mode: Mode) -> list[Said]:
    """Return what should be known of the entries that wait."""
    waits = [one for _id, one in opened.entries]
    if not waits:
        return []
    names = tr(" and ").join(
        dict.fromkeys(one.entered_by or tr("Somebody") for one in waits))
    why, last = opened.step[1], waits[-1]
    match mode:
        case Mode.CHECK if is_typed_twice(last):
            said = Said(tr(
                "{first} and {second} entered the same. It counts when you confirm it.",
                first=names, second=last.confirmed_by), "neutral")
        case Mode.CHECK if opened.is_own(last):
            said = Said(tr(
                "You entered this ballot yourself. Let somebody else look, if you can."))
        case Mode.SECOND:
            said = Said(tr(
                "{name} entered this ballot. Type it again from the paper: nothing of the first"
                " entry is shown.", name=names), "neutral", fades=True)
        case Mode.DECIDE:
            said = Said(tr(
                "{names} entered it differently. Decide with the paper at hand.", names=names),
                "neutral")
        case Mode.SHUT:
            words = tr("{names} entered it differently.", names=names) if opened.differs else tr(
                "{name} entered this ballot.", name=names)
            said = Said(f"{words} {why}")
        case Mode.OWN:
            said = Said(why)
        case _:
            return []
    return [said]


def field_words(desk: DeskForm, judge: str | None, what: str) -> str:
    """Name a field, with its judge where each hands in a sheet."""
    return tr("{judge}, {what}", judge=desk.sheet.name(judge), what=what) if judge else what


def difference_words(desk: DeskForm, found: Sequence[Difference]) -> str:
    """Say where two entries differ, and not what the other one says."""
    named = [field_words(desk, one.judge, one.what) for one in found]
    more = len(named) - _NAMED
    listed = "; ".join(named[:_NAMED]) + (tr("; {n} more", n=more) if more > 0 else "")
    if len(named) > 1:
        return tr(
            "{n} things differ from the first entry: {what}. Look at the paper again.",
            n=len(named), what=listed)
    if found[0].key.count(".") == 1:
        return tr(
            "One score differs from the first entry: {what}. Look at the paper again.",
            what=listed)
    return tr(
        "One thing differs from the first entry: {what}. Look at the paper again.", what=listed)


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
