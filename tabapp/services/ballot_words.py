"""What is wrong with a ballot in the words of the desk: rooms, teams and motions by their names.

Files and the command line name a debate and a side by what an archive calls them; whoever types a
paper knows neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.core.messages import word
from tabapp.domain.side_names import side_short
from tabapp.services.ballot_fields import SheetForm

_OF_PEOPLE = frozenset({"judge", "speaker", "ref"})


def at_the_desk(form: SheetForm, problem: Problem) -> Problem:
    """Return a problem that says the same by the names of this room."""
    facts = _named(form, problem.facts)
    if facts == problem.facts:
        return problem
    return replace(problem, message=word(problem.code, facts), facts=facts)


def refusal_at_the_desk(form: SheetForm, error: Exception) -> Exception:
    """Return an error that says the same by the names of this room."""
    if isinstance(error, ProblemsFound):
        return ProblemsFound(at_the_desk(form, one) for one in error.problems)
    if isinstance(error, UserError):
        return UserError(error.code, **_named(form, error.facts))
    return error


def _named(form: SheetForm, facts: Mapping[str, object]) -> dict[str, object]:
    has_team = "team" in facts
    return {name: _name(form, name, value, has_team=has_team) for name, value in facts.items()}


def _name(form: SheetForm, name: str, value: object, *, has_team: bool) -> object:
    if not isinstance(value, str):
        return value
    if name == "debate":  # of a judge's sheet, it goes on with whose
        ref = form.context.id
        mine = bool(form.room) and (value == ref or value.startswith(f"{ref} ("))
        return form.room + value[len(ref):] if mine else value
    if name in ("motion", "said"):
        return next((f"“{words}”" for ref, words in form.motions if ref == value), value)
    if name in ("side", "other"):
        seat = next((one for one in form.seats if one.side.value == value), None)
        if seat is None:
            return value
        return side_short(seat.side, form.settings.side_names) if has_team else seat.name
    return form.name(value) if name in _OF_PEOPLE and value else value
