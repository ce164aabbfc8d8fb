"""Who and what takes part: adding, changing, withdrawing, bringing back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.registration import (
    FIELDS,
    KIND_WORDS,
    Entry,
    Kind,
    Register,
    check_edit,
    check_new,
    check_wishes,
)
from tabapp.store import people_rows as rows
from tabapp.store.people_lists import PeopleLists, read_lists
from tabapp.store.people_register import read_register
from tabapp.store.people_uses import uses
from tabapp.store.tournaments import get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "WITHDRAWN", "PeopleLists", "Stored", "add", "bring_back", "edit", "read_lists", "read_texts",
    "read_values", "withdraw",
]  # fmt: skip

WITHDRAWN: frozenset[Kind] = frozenset({"team", "adjudicator", "venue"})
"""What can be withdrawn from a tournament, and return."""
_ENOUGH = 5
"""Places that a sentence lists."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record that was stored, its name, and what is unusual about it."""

    id: int
    name: str
    warnings: tuple[Problem, ...] = ()


def add(
    unit: WriteUnit, tournament_id: int, kind: Kind, values: Mapping[str, object]
) -> Stored:
    """Add a record by the texts of its fields; a team with its speakers.

    A reference is a name, a code, or a row id. ``ProblemsFound`` with everything that is wrong,
    each at the key of its field; then nothing is stored.
    """
    owner = get_tournament(unit, tournament_id)
    entry, problems = check_new(kind, values, read_register(unit, owner))
    warnings = refuse(problems)
    ids = store_entries(unit, tournament_id, [entry])
    name = str(entry.columns["name"])
    unit.describe(subject=name)
    return Stored(ids[0], name, warnings)


def refuse(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the warnings; ``ProblemsFound`` with all of them where one is an error."""
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    return tuple(problems)


def store_entries(
    unit: WriteUnit, tournament_id: int, entries: Sequence[Entry],
    stored: dict[int, int] | None = None,
) -> list[int]:
    """Store checked records of one kind with their speakers; return their row ids in order.

    ``stored`` gives the row ids of new records that these refer to, and learns of these.
    """
    if not entries:
        return []
    known = {} if stored is None else stored
    ids = rows.insert_entries(unit, tournament_id, entries[0].kind, entries, known)
    speakers = [speaker for one in entries for speaker in one.speakers]
    rows.insert_entries(unit, tournament_id, "speaker", speakers, known)
    return ids


def edit(
    unit: WriteUnit, tournament_id: int, kind: Kind, record: int, values: Mapping[str, object]
) -> Stored:
    """Change some fields of a record; problems as in ``add``.

    The conflict with the own institution moves with the institution, the names of teams that
    carry an institution's name with that, and a judge's score leaves its history. What a team
    cannot break in any more it does not wish to either.
    """
    if unknown := values.keys() - FIELDS[kind].keys():
        raise TypeError(f"a {kind} has no {', '.join(sorted(unknown))}")
    before = _record(unit, tournament_id, kind, record)
    owner = get_tournament(unit, tournament_id)
    register = read_register(unit, owner)
    entry, problems = check_edit(kind, record, values, register)
    problems += _move_problems(unit, record, before, entry)
    if kind == "team":
        entry, found = _with_wishes(unit, record, entry, register)
        problems += found
    warnings = refuse(problems)
    old = _links_told(unit, kind, record, entry, register)
    for key, others in entry.links.items():
        rows.set_links(unit, kind, key, record, others)
    if "institution_id" in entry.columns and kind in ("team", "adjudicator"):
        _move_home(unit, kind, record, before["institution_id"], entry.columns["institution_id"])
    if kind == "institution" and "name" in entry.columns:
        _rename_teams(unit, record, before["name"], str(entry.columns["name"]))
    if "base_score" in entry.columns:
        _keep_score(unit, tournament_id, record, before["base_score"], entry.columns["base_score"])
    rows.update_columns(unit, kind, {record: entry.columns})
    _describe(unit, before, entry)
    if old is not None:
        unit.describe(old=old, new=_links_told(unit, kind, record, entry, register))
    return Stored(record, str(entry.columns.get("name", before["name"])), warnings)


def _record(unit: ReadUnit, tournament_id: int, kind: Kind, record: int) -> dict[str, Any]:
    found = rows.images_of(unit, kind, tournament_id, [record])
    if record not in found:
        raise UserError("person_gone", kind=KIND_WORDS[kind])
    return found[record]


def _with_wishes(
    unit: ReadUnit, team: int, entry: Entry, register: Register
) -> tuple[Entry, list[Problem]]:
    """Hold a team's wishes against what it may break in; drop those that go with eligibility."""
    eligible = entry.links.get("break_categories")
    wishes = entry.links.get("break_preferences")
    if wishes is not None:
        able = rows.linked(unit, "team", "break_categories", team) if eligible is None else eligible
        return entry, check_wishes(wishes, able, register)
    if eligible is None:
        return entry, []
    before = rows.linked(unit, "team", "break_categories", team)
    gone = before.keys() - set(eligible)
    kept = tuple(
        one for one in rows.linked(unit, "team", "break_preferences", team) if one not in gone)
    return replace(entry, links={**entry.links, "break_preferences": kept}), []


def _move_problems(
    unit: ReadUnit, record: int, before: Mapping[str, Any], entry: Entry
) -> list[Problem]:
    """Refuse to move a speaker who has spoken: the speeches were her old team's."""
    if entry.kind != "speaker" or entry.columns.get("team_id", before["team_id"]) in (
        None, before["team_id"],
    ):  # fmt: skip
        return []
    spoken = [where for what, where in uses(unit, "speaker", [record]).get(record, ())
              if what == "ballot"]
    if not spoken:
        return []
    return [Problem.of(
        "error", "team", "speaker_moved", name=before["name"], places=listed(spoken))]


def listed(names: Sequence[str], most: int = _ENOUGH) -> str:
    """Return names as a sentence lists them: at most so many, then how many more."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _move_home(unit: WriteUnit, kind: Kind, record: int, old: int | None, new: object) -> None:
    if old == new:
        return
    key = "institution_conflicts"
    if old is not None:
        rows.change_link(unit, kind, key, record, old, there=False)
    if isinstance(new, int):
        rows.change_link(unit, kind, key, record, new, there=True)


def _rename_teams(unit: WriteUnit, institution: int, old: str, new: str) -> None:
    renamed = {
        team: {"name": new + name[len(old):]}
        for team, name in rows.teams_named_after(unit, institution).items()
        if name.startswith(f"{old} ")
    }
    rows.update_columns(unit, "team", renamed)


def _keep_score(
    unit: WriteUnit, tournament_id: int, judge: int, old: float, new: object
) -> None:
    """Add the new score to the history, before the first change the old one too."""
    if not isinstance(new, float) or new == old:
        return
    rounds = list_rounds(unit, tournament_id)
    now = next((one.seq for one in rounds if not one.completed), None)
    scores: list[tuple[int | None, float]] = [(now, new)]
    if not rows.has_score_history(unit, judge):
        scores.insert(0, (None, old))
    rows.append_scores(unit, judge, scores)


def _describe(unit: WriteUnit, before: Mapping[str, Any], entry: Entry) -> None:
    unit.describe(subject=before["name"])
    if len(entry.columns) == 1 and not entry.links:
        (column, value), = entry.columns.items()
        if not column.endswith("_id"):
            unit.describe(old=str(before[column]), new=str(value))


def _links_told(
    unit: ReadUnit, kind: Kind, record: int, entry: Entry, register: Register
) -> str | None:
    """Name what stands in the one list that is changed; None where more is changed, or no list."""
    if entry.columns or not entry.links:
        return None
    key = next(iter(entry.links))  # wishes that go with eligibility come after it
    if entry.links.keys() - {key, "break_preferences"}:
        return None
    refers = FIELDS[kind][key].refers
    shown = register.shown[refers] if refers is not None else {}
    return ", ".join(shown[one] for one in rows.linked(unit, kind, key, record))


def withdraw(
    unit: WriteUnit, tournament_id: int, kind: Kind, ids: Iterable[int]
) -> list[str]:
    """Withdraw teams, judges or rooms: they are away from every round that is not drawn yet.

    Draws, panels and results that are there stay. Return the names of those that were there.
    """
    return _mark(unit, tournament_id, kind, ids, withdrawn=True)


def bring_back(
    unit: WriteUnit, tournament_id: int, kind: Kind, ids: Iterable[int]
) -> list[str]:
    """Let teams, judges or rooms that were withdrawn take part again; return their names."""
    return _mark(unit, tournament_id, kind, ids, withdrawn=False)


def _mark(
    unit: WriteUnit, tournament_id: int, kind: Kind, ids: Iterable[int], *, withdrawn: bool
) -> list[str]:
    if kind not in WITHDRAWN:
        raise UserError("kind_not_withdrawn", kind=KIND_WORDS[kind])
    found = rows.images_of(unit, kind, tournament_id, ids)
    moved = [one for one in found.values() if one["withdrawn"] != withdrawn]
    rows.update_columns(unit, kind, {one["id"]: {"withdrawn": withdrawn} for one in moved})
    names = [one["name"] for one in moved]
    unit.describe(subject=listed(names))
    return names


def read_values(
    unit: ReadUnit, tournament_id: int, kind: Kind, record: int
) -> dict[str, object]:
    """Return a record's fields as ``edit`` takes them: references and lists by row id."""
    image = _record(unit, tournament_id, kind, record)
    found: dict[str, object] = {}
    for key, rule in FIELDS[kind].items():
        if rule.goes_to in image:
            found[key] = image[rule.goes_to]
        elif (kind, key) in rows.LINKS:
            found[key] = tuple(rows.linked(unit, kind, key, record))
    return found


def read_texts(unit: ReadUnit, tournament_id: int, kind: Kind, record: int) -> dict[str, object]:
    """Return a record's fields as a person reads them: names for references and lists."""
    known = read_register(unit, get_tournament(unit, tournament_id)).shown
    found = read_values(unit, tournament_id, kind, record)
    for key, rule in FIELDS[kind].items():
        value = found.get(key)
        if rule.refers is not None and isinstance(value, tuple):
            found[key] = ", ".join(known[rule.refers][one] for one in value)
        elif rule.refers is not None and isinstance(value, int):
            found[key] = known[rule.refers][value]
    return found
