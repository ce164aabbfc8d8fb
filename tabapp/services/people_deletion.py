"""Deleting people, institutions, rooms and categories: who may go, and what goes along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.registration import KIND_WORDS, Kind
from tabapp.services.people import WITHDRAWN, listed
from tabapp.store import people_rows as rows
from tabapp.store.people_uses import hanging, members, uses
from tabapp.store.unit import ReadUnit, WriteUnit

_PLACES = {
    "draw": "the draw of {where}", "ballot": "a ballot of {where}",
    "panel": "a preformed panel of {where}", "feedback": "the feedback", "break": "the break",
}


@dataclass(frozen=True, slots=True)
class Deletion:
    """What deleting would do. ``goes`` counts what goes along, by what it is.

    With ``problems`` it is refused; ``can_withdraw`` where withdrawing is the way out.
    """

    names: tuple[str, ...]
    goes: Counter[str]
    problems: tuple[Problem, ...]
    can_withdraw: bool


def look_at_deletion(
    unit: ReadUnit, tournament_id: int, kind: Kind, ids: Sequence[int]
) -> Deletion:
    """Say what would go with these records, or why they have to stay."""
    found = rows.images_of(unit, kind, tournament_id, ids)
    if not found:
        raise UserError("person_gone", kind=KIND_WORDS[kind])
    names = {one: image["name"] or image["ref"] for one, image in found.items()}
    problems = tuple(_problems(unit, kind, names))
    return Deletion(
        names=tuple(names.values()), goes=hanging(unit, kind, list(names)), problems=problems,
        can_withdraw=bool(problems) and kind in WITHDRAWN,
    )


def delete(
    unit: WriteUnit, tournament_id: int, kind: Kind, ids: Sequence[int]
) -> list[str]:
    """Delete records with all that hangs on them; return their names.

    ``ProblemsFound`` naming everybody who stands in a draw, a ballot, feedback or a break, and
    institutions that still have somebody; then nothing is deleted.
    """
    found = look_at_deletion(unit, tournament_id, kind, ids)
    if found.problems:
        raise ProblemsFound(found.problems)
    rows.delete_records(unit, kind, ids)
    unit.describe(subject=listed(found.names))
    return list(found.names)


def _problems(unit: ReadUnit, kind: Kind, names: dict[int, str]) -> Iterator[Problem]:
    used = uses(unit, kind, list(names))
    homes = members(unit, list(names)) if kind == "institution" else {}
    for record, name in names.items():
        where = str(record)
        if homes.get(record):
            yield Problem.of(
                "error", where, "institution_in_use", name=name, members=_people(homes[record]))
        elif record in used:
            yield _in_use(kind, where, name, used[record])


def _in_use(kind: Kind, where: str, name: str, places: Sequence[tuple[str, str]]) -> Problem:
    worded = listed([_PLACES[what].format(where=which) for what, which in places])
    if kind == "speaker":
        return Problem.of("error", where, "in_use_speaker", name=name, places=worded)
    return Problem.of("error", where, "in_use", name=name, places=worded)


def _people(counts: Counter[str]) -> str:
    words = {"team": ("team", "teams"), "adjudicator": ("judge", "judges")}
    return listed([
        f"{number} {words[what][number != 1]}" for what, number in counts.items() if number])
