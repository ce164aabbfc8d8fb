"""Conflicts of every kind, and who wants which rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.registration import FIELDS, KIND_WORDS, Kind, clean
from tabapp.domain.registration.texts import read_number
from tabapp.services.people import listed
from tabapp.store import people_conflicts as kept
from tabapp.store.people_conflicts import CONFLICTS, ConflictKind
from tabapp.store.people_register import read_register
from tabapp.store.people_rows import images_of, record_names
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

SUBJECTS: tuple[Kind, ...] = ("team", "adjudicator", "institution")
"""Who can want a category of rooms."""


def add_conflict(
    unit: WriteUnit, tournament_id: int, kind: ConflictKind, one: int | str, other: int | str
) -> int:
    """Add a conflict between two, each by name or row id; return its row id.

    ``ProblemsFound`` at ``one`` and ``other``: a name that nobody has, somebody with itself, a
    conflict that is there already, whoever of the two declared it.
    """
    ends = CONFLICTS[kind]
    problems: list[Problem] = []
    found = {}
    for where, sort, given in (("one", ends.one, one), ("other", ends.other, other)):
        record = _find(unit, tournament_id, sort, given)
        if record is None:
            problems.append(_missing(where, sort, given))
        else:
            found[where] = record
    if problems:
        raise ProblemsFound(problems)
    names = {
        where: record_names(unit, sort, tournament_id)[found[where]]
        for where, sort in (("one", ends.one), ("other", ends.other))
    }
    if ends.is_even and found["one"] == found["other"]:
        raise ProblemsFound([
            Problem.of("error", "other", "conflict_with_itself", name=names["one"])])
    if kept.find_conflict(unit, kind, found["one"], found["other"]) is not None:
        raise ProblemsFound([Problem.of(
            "error", "other", "conflict_there", one=names["one"], other=names["other"])])
    unit.describe(subject=f"{names['one']} and {names['other']}")
    return kept.insert_conflict(unit, kind, found["one"], found["other"])


def _missing(where: str, kind: Kind, given: int | str) -> Problem:
    text = "" if isinstance(given, int) else clean(given)
    if not text:
        return Problem.of("error", where, "field_missing", field=KIND_WORDS[kind])
    return Problem.of("error", where, "name_unknown", kind=KIND_WORDS[kind], name=text)


def _find(unit: ReadUnit, tournament_id: int, kind: Kind, given: int | str) -> int | None:
    if isinstance(given, int):
        return given if images_of(unit, kind, tournament_id, [given]) else None
    if not clean(given):
        return None
    return read_register(unit, get_tournament(unit, tournament_id)).find(kind, given)


def remove_conflicts(
    unit: WriteUnit, tournament_id: int, chosen: Mapping[ConflictKind, Iterable[int]]
) -> int:
    """Take conflicts away by kind and row id; return how many there were."""
    wanted = {(kind, one) for kind, ids in chosen.items() for one in ids}
    there = [
        one for one in kept.list_conflicts(unit, tournament_id) if (one.kind, one.id) in wanted]
    for kind in CONFLICTS:
        kept.delete_conflicts(unit, kind, [one.id for one in there if one.kind == kind])
    unit.describe(subject=listed([f"{one.one} and {one.other}" for one in there]))
    return len(there)


def add_constraint(
    unit: WriteUnit, tournament_id: int, kind: Kind, subject: int | str, category: int | str,
    priority: object = "",
) -> int:
    """Let a team, a judge or an institution want a category of rooms; return the row id.

    The higher the priority, the earlier it is met. Problems at ``subject``, ``category``,
    ``priority``.
    """
    if kind not in SUBJECTS:
        raise UserError("constraint_kind_wrong", kind=KIND_WORDS[kind])
    who = _find(unit, tournament_id, kind, subject)
    what = _find(unit, tournament_id, "venue_category", category)
    rank, problems = read_number(FIELDS["venue"]["priority"], "priority", priority)
    if who is None:
        problems.append(_missing("subject", kind, subject))
    if what is None:
        problems.append(_missing("category", "venue_category", category))
    if problems or who is None or what is None:
        raise ProblemsFound(problems)
    name = record_names(unit, kind, tournament_id)[who]
    if kept.has_constraint(unit, kind, who, what):
        raise ProblemsFound([Problem.of("error", "category", "constraint_there", subject=name)])
    unit.describe(subject=name)
    return kept.insert_constraint(unit, tournament_id, kind, who, what, float(rank or 0))


def remove_constraints(unit: WriteUnit, ids: Iterable[int]) -> None:
    """Take wishes for rooms away."""
    kept.delete_constraints(unit, ids)
