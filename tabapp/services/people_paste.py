"""Rows pasted from a spreadsheet: all problems at once, then all rows in one action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.registration import (
    FIELDS,
    KIND_WORDS,
    Entry,
    Form,
    Kind,
    Register,
    check_edit,
    check_new,
    clean,
    fold,
    split_list,
)
from tabapp.exchange.pasted import ORDER, PastedRow, PastedTable, read_pasted
from tabapp.services.people import store_entries
from tabapp.store.people_register import read_register
from tabapp.store.people_rows import set_links
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

PASTED: tuple[Kind, ...] = tuple(ORDER)
"""The kinds that can be pasted."""
_MADE: tuple[Kind, ...] = ("institution", "venue_category", "speaker_category")
"""Kinds that a paste may add along with its rows."""
_LATE = "adjudicator_conflicts"
"""Judges may name judges that stand further down."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a paste would do. ``missing`` lists names that nobody has, by kind.

    Problems stand at ``line 41, email``, ``header`` or ``text``.
    """

    kind: Kind
    table: PastedTable
    problems: tuple[Problem, ...]
    missing: Mapping[Kind, tuple[str, ...]]
    speakers: int = 0

    @property
    def can_be_stored(self) -> bool:
        """Tell whether there is something, and nothing of it is wrong."""
        return bool(self.table.rows) and not any(one.level == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many records were stored, with those that had to be made for them."""

    kind: Kind
    rows: int
    speakers: int
    made: Mapping[Kind, int]
    warnings: tuple[Problem, ...]


@dataclass(slots=True)
class _Plan:
    """Checked rows with the records that they need."""

    table: PastedTable
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: dict[Kind, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    made: dict[Kind, list[Entry]] = field(default_factory=lambda: defaultdict(list))


def preview(
    unit: ReadUnit, tournament_id: int, kind: Kind, text: str, *, make_missing: bool = False,
    prefix: bool = False,
) -> Preview:
    """Say what pasting a text would do, cell by cell.

    ``make_missing`` adds institutions and categories that are named and not there; ``prefix``
    puts the institution's name before each team's.
    """
    plan = _plan(unit, tournament_id, kind, text, make_missing=make_missing, prefix=prefix)
    return Preview(
        kind=kind, table=plan.table, problems=tuple(plan.problems),
        missing={sort: tuple(names.values()) for sort, names in plan.missing.items()},
        speakers=sum(len(one.speakers) for one in plan.entries),
    )


def paste(
    unit: WriteUnit, tournament_id: int, kind: Kind, text: str, *, make_missing: bool = False,
    prefix: bool = False,
) -> Pasted:
    """Store all rows of a text, or none: ``ProblemsFound`` with everything that is wrong."""
    plan = _plan(unit, tournament_id, kind, text, make_missing=make_missing, prefix=prefix)
    if any(one.level == "error" for one in plan.problems):
        raise ProblemsFound(plan.problems)
    if not plan.entries:
        raise UserError("paste_empty")
    stored: dict[int, int] = {}
    for entries in plan.made.values():
        store_entries(unit, tournament_id, entries, stored)
    late = _take_late_links(plan)
    store_entries(unit, tournament_id, plan.entries, stored)
    _store_late_links(unit, kind, late, stored)
    number = len(plan.entries)
    unit.describe(subject=f"{number} {KIND_WORDS[kind]}{'' if number == 1 else 's'}")
    return Pasted(
        kind=kind, rows=number, speakers=sum(len(one.speakers) for one in plan.entries),
        made={sort: len(entries) for sort, entries in plan.made.items()},
        warnings=tuple(plan.problems),
    )


def wants_prefix(text: str, kind: Kind) -> bool:
    """Tell whether teams are pasted as A, B …, so that only their institutions part them."""
    if kind != "team":
        return False
    table = read_pasted(text, kind)
    seen: dict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        values = table.values(row)
        if values.get("institution"):
            seen[fold(values.get("name", ""))].add(fold(values["institution"]))
    return any(len(homes) > 1 for name, homes in seen.items() if name)


def _plan(
    unit: ReadUnit, tournament_id: int, kind: Kind, text: str, *, make_missing: bool, prefix: bool
) -> _Plan:
    if kind not in PASTED:
        raise UserError("kind_not_pasted", kind=KIND_WORDS[kind])
    table = read_pasted(text, kind)
    register = read_register(unit, get_tournament(unit, tournament_id))
    plan = _Plan(table, problems=list(table.problems))
    for row in table.rows:
        values = dict(table.values(row))
        if prefix and kind == "team":
            values.setdefault("use_institution_prefix", "yes")
        _look_for_missing(plan, kind, values, register, make=make_missing)
        if kind == "speaker":
            _find_team(values, register)
        entry, found = check_new(
            kind, {key: value for key, value in values.items() if key != _LATE}, register,
            where=_at(row), line=row.line)
        plan.entries.append(entry)
        plan.problems += found
    _link_late(plan, kind, register)
    return plan


def _at(row: PastedRow) -> Callable[[str], str]:
    return lambda key: f"line {row.line}, {key}"


def _look_for_missing(
    plan: _Plan, kind: Kind, values: Mapping[str, str], register: Register, *, make: bool
) -> None:
    """Note the institutions and categories that a row names and that are not there."""
    for sort, name in _named(kind, values):
        if register.find(sort, name) is not None:
            continue
        plan.missing[sort].setdefault(fold(name), clean(name))
        if make:
            entry, found = check_new(sort, {"name": name}, register)
            if not found:  # a name that is too long is refused where it stands
                plan.made[sort].append(entry)


def _named(kind: Kind, values: Mapping[str, str]) -> Iterator[tuple[Kind, str]]:
    for key, value in values.items():
        rule = FIELDS[kind].get(key)
        if rule is None or rule.refers not in _MADE or not clean(value):
            continue
        for name in split_list(value) if rule.form is Form.LIST else [value]:
            yield rule.refers, name


def _find_team(values: dict[str, str], register: Register) -> None:
    """Let "A" with its institution's name in another column mean that institution's A."""
    home, team = values.get("institution", ""), values.get("team", "")
    place = register.find("institution", home) if home else None
    if place is None or register.find("team", team) is not None:
        return
    for before in (register.shown["institution"][place], register.codes.get(place, "")):
        if register.find("team", f"{before} {team}") is not None:
            values["team"] = f"{before} {team}"
            return


def _link_late(plan: _Plan, kind: Kind, register: Register) -> None:
    """Read the judges that judges have conflicts with, now that all are known."""
    if _LATE not in plan.table.columns:
        return
    for at, row in enumerate(plan.table.rows):
        named = plan.table.values(row).get(_LATE, "")
        linked, found = check_edit(
            kind, plan.entries[at].record, {_LATE: named}, register, where=_at(row))
        plan.problems += found
        others = tuple(one for one in linked.links[_LATE] if one != plan.entries[at].record)
        plan.entries[at] = replace(
            plan.entries[at], links={**plan.entries[at].links, _LATE: others})


def _take_late_links(plan: _Plan) -> list[tuple[int, tuple[int, ...]]]:
    """Set aside the links between rows, which can be stored once all rows are there."""
    late = [(one.record, one.links.get(_LATE, ())) for one in plan.entries]
    plan.entries = [
        replace(one, links={key: ids for key, ids in one.links.items() if key != _LATE})
        for one in plan.entries
    ]
    return late


def _store_late_links(
    unit: WriteUnit, kind: Kind, late: list[tuple[int, tuple[int, ...]]], stored: dict[int, int]
) -> None:
    for record, others in late:
        if others:
            set_links(unit, kind, _LATE, stored[record], [stored.get(one, one) for one in others])
