"""The sheets of one room put together: what they say once, and what they say differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.services.ballot_fields import Asks, SheetForm, side_of
from tabapp.services.ballot_problems import at_sheet, field_problems, findings_at_fields
from tabapp.services.ballot_typed import Typed

Sheets = dict[str, Typed]
"""The sheets of a form by judge, each of which knows who forfeited."""


def merged_motion(sheets: Mapping[str, Typed]) -> str | None:
    """Return the motion that was debated, as the first sheet that names one has it."""
    return next((one.motion for one in sheets.values() if one.motion), None)


def merged_vetoes(form: SheetForm, sheets: Mapping[str, Typed]) -> dict[str, str]:
    """Return what each side vetoed, as the first sheet that says so has it."""
    found: dict[str, str] = {}
    for seat in form.seats:
        for one in sheets.values():
            if motion := one.vetoes.get(seat.side.value):
                found.setdefault(seat.side.value, motion)
    return found


def problems_of_sheets(
    form: SheetForm, sheets: Sheets, ballot: Ballot, *, complete: bool
) -> list[Problem]:
    """List what is wrong with the sheets of a room, which make ``ballot``, each at its field."""
    found: list[Problem] = []
    standing = len(form.seats) - len(ballot.forfeit)
    for ref, typed in sheets.items():
        # nobody votes on a forfeit
        wanted = complete and (standing > 1 or typed.is_touched or not form.judges)
        found += at_sheet(ref, field_problems(form, typed, complete=wanted))
    found += findings_at_fields(form, sheets, ballot, complete=complete)
    found += _differences(form, sheets)
    found += _veto_problems(form, sheets)
    if complete and form.asks_motion and ballot.motion is None and standing > 1:
        first = next(iter(sheets))
        found += at_sheet(first, [Problem.of("error", "motion", "motion_missing")])
    return found


def _veto_problems(form: SheetForm, sheets: Sheets) -> Iterator[Problem]:
    """Yield each side that vetoed what was debated."""
    debated = merged_motion(sheets)
    if not form.asks_vetoes or debated is None:
        return
    for ref, typed in sheets.items():
        for side, motion in typed.vetoes.items():
            if motion == debated:
                yield from at_sheet(ref, [Problem.of("error", f"{side}.veto", "veto_debated")])


def _differences(form: SheetForm, sheets: Sheets) -> Iterator[Problem]:
    """Yield what a sheet says otherwise than the first one of what all judges saw alike.

    What one of them leaves out is no difference. Each judge names a winner of its own.
    """
    typed = {ref: one for ref, one in sheets.items() if one.is_touched}
    for ref, own in list(typed.items())[1:]:
        first_ref, first = next(iter(typed.items()))
        facts = {"other": form.judge_name(first_ref)}
        found: list[Problem] = []
        if form.asks is Asks.SCORES:
            found += _order_differences(form, first, own, facts)
        if first.motion and own.motion and first.motion != own.motion:
            found.append(Problem.of("error", "motion", "sheets_motion_differs", **facts))
        for seat in form.seats:
            side = seat.side.value
            said, says = first.vetoes.get(side), own.vetoes.get(side)
            if said and says and said != says:
                found.append(Problem.of("error", f"{side}.veto", "sheets_veto_differs", **facts))
        yield from at_sheet(ref, found)


def _order_differences(
    form: SheetForm, first: Typed, own: Typed, facts: dict[str, str]
) -> Iterator[Problem]:
    for key in form.keys:
        if side_of(key) in own.forfeits:
            continue
        said, says = first.speakers.get(key), own.speakers.get(key)
        same = first.substitutes.get(key) == own.substitutes.get(key)
        if said and says and (said != says or not same):
            yield Problem.of(
                "error", f"{key}.speaker", "sheets_speaker_differs", **facts,
                said=form.name(said), says=form.name(says))
        elif (key in first.ghosts) != (key in own.ghosts):
            yield Problem.of("error", f"{key}.speaker", "sheets_ghost_differs", **facts)
