"""Who may enter, check, confirm and decide ballots, by the settings and the person who writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.operators import OperatorRole, name_key
from tabapp.store.operator_rows import (
    OperatorNote,
    OperatorRow,
    list_operator_rows,
    read_notes,
)
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit

_RANK = (OperatorRole.VOLUNTEER, OperatorRole.ADJUDICATION_CORE, OperatorRole.TAB_DIRECTOR)
_DECIDERS = (OperatorRole.ADJUDICATION_CORE, OperatorRole.TAB_DIRECTOR)


class _Signed(Protocol):
    """A version of a ballot, with its sheets or without."""

    @property
    def entered_by(self) -> str:
        """Who entered it."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """How ballots come to count.

    ``blind``: the second operator types the ballot again; ``alone``: whoever entered it may check
    it; ``direct``: an entry counts at once; ``confirms``: from which role on somebody may confirm;
    ``aliases``: each name of somebody who was renamed, as a key -> all names of that person.
    """

    blind: bool
    alone: bool
    direct: bool
    confirms: OperatorRole
    aliases: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_author(self, name: str, entered_by: str) -> bool:
        """Tell whether the person of this name entered what is signed so."""
        return self.writer(name).is_author(entered_by)

    def writer(self, name: str, role: OperatorRole = OperatorRole.VOLUNTEER) -> Writer:
        """Return who has this name, with all names of before."""
        return Writer(name, role, former=self.aliases.get(name_key(name), frozenset()))


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: the name of the unit, the role as registered and the names of before.

    ``row`` is the id of somebody registered, None of a stranger; ``people`` are all names here.
    """

    name: str
    role: OperatorRole
    row: int | None = None
    people: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()

    def is_author(self, entered_by: str) -> bool:
        """Tell whether this person entered what is signed so."""
        return bool(entered_by) and (
            is_same(entered_by, self.name) or name_key(entered_by) in self.former)

    @property
    def is_volunteer(self) -> bool:
        """Tell whether this is registered as somebody who types and nothing else."""
        return self.row is not None and self.role is OperatorRole.VOLUNTEER


Step = Literal["enter", "own", "second", "look", "decide", "shut"]
"""What one person can do at a room next: enter its ballot; only type the own entry again, since
somebody else must check it; type it a second time, blind; look at it and confirm; decide between
entries that differ; or nothing."""


def rules_of(unit: ReadUnit, owner: TournamentRow) -> Rules:
    """Read how ballots come to count here, and who was called how before."""
    people, notes = list_operator_rows(unit), read_notes(unit)
    aliases: dict[str, frozenset[str]] = {}
    for one in people:
        if one.id in notes and notes[one.id].former:
            names = _names(one, notes[one.id])
            aliases |= dict.fromkeys(names, names)
    return replace(_rules(owner, people), aliases=aliases)


def _names(row: OperatorRow, note: OperatorNote) -> frozenset[str]:
    """Return every name that a person has or had, to be compared with others."""
    return frozenset(map(name_key, (row.name, *note.former)))


def _rules(owner: TournamentRow, people: Sequence[OperatorRow]) -> Rules:
    settings = owner.settings
    return Rules(
        blind=settings.enable_blind_checks and not settings.disable_ballot_confirms,
        alone=settings.ballot_one_person or not any(one.active for one in people),
        direct=settings.disable_ballot_confirms,
        confirms=OperatorRole(settings.ballot_confirmed_by))


def read_writer(
    unit: WriteUnit, owner: TournamentRow, role: OperatorRole | None = None
) -> tuple[Rules, Writer]:
    """Return how ballots come to count, and who writes here.

    ``UserError("operator_gone")`` of somebody who was removed, perhaps a moment ago. The role that
    is registered by now holds; ``role`` is that of somebody who is not.
    """
    people = list_operator_rows(unit)
    name = unit.header.actor
    known, former = who_is(unit, name)
    nobody = not any(one.active for one in people)
    if known is not None and not known.active and not nobody:
        raise UserError("operator_gone", name=known.name)
    rules = _rules(owner, people)
    if known is None or nobody:
        usual = OperatorRole.TAB_DIRECTOR if nobody else OperatorRole.VOLUNTEER
        return rules, Writer(name, role or usual)
    names = frozenset(name_key(one.name) for one in people)
    return rules, Writer(name, OperatorRole(known.role), known.id, names, former)


def who_is(unit: ReadUnit, name: str) -> tuple[OperatorRow | None, frozenset[str]]:
    """Return who has a name; else who had it, and was renamed a moment ago, with all names."""
    people = list_operator_rows(unit)
    for one in people:
        if is_same(one.name, name):
            return one, frozenset()
    notes = read_notes(unit) if people else {}
    for one in people:
        names = _names(one, notes[one.id]) if one.id in notes else frozenset()
        if name_key(name) in names:
            return one, names
    return None, frozenset()


def recognise(unit: ReadUnit, writer: Writer, entries: Iterable[_Signed]) -> Writer:
    """Return the writer with the names of before, if some entry is signed by nobody of today."""
    if writer.row is None or writer.former or all(
        name_key(one.entered_by) in writer.people for one in entries if one.entered_by
    ):
        return writer
    note = read_notes(unit).get(writer.row)
    former = note.former if note is not None else ()
    return replace(writer, former=frozenset(map(name_key, former)))


def is_same(one: str, other: str) -> bool:
    """Tell whether two names are one person's."""
    return name_key(one) == name_key(other)


def authors(entries: Sequence[_Signed]) -> list[str]:
    """Return who entered these, each once, in order."""
    return list({name_key(one.entered_by): one.entered_by for one in entries}.values())


def is_split(entries: Sequence[_Signed]) -> bool:
    """Tell whether several people's entries wait, so that somebody has to decide."""
    return len(authors(entries)) > 1


def why_not_check(rules: Rules, writer: Writer, entered_by: str) -> str:
    """Say why somebody may not check an entry, or nothing.

    Under blind checks everybody but its author may type it again; whether it counts then is
    another question (``refusal_to_confirm``).
    """
    code = _own(rules, writer, entered_by) or ("" if rules.blind else _below(rules, writer))
    return _sentence(code)


def refusal_to_confirm(rules: Rules, writer: Writer, entered_by: str) -> str:
    """Return the code of why somebody may not let an entry count, or nothing."""
    return _own(rules, writer, entered_by) or _below(rules, writer)


def refusal_to_decide(rules: Rules, writer: Writer, entries: Sequence[Ballot]) -> str:
    """Return the code of why somebody may not decide between entries that differ, or nothing."""
    if code := _below(rules, writer):
        return code
    own = any(writer.is_author(one.entered_by) for one in entries)
    return "decision_of_author" if (
        own and not rules.alone and writer.role not in _DECIDERS) else ""


def next_step(
    rules: Rules, waiting: Sequence[Ballot], actor: str, role: OperatorRole
) -> tuple[Step, str]:
    """Say what somebody can do about the entries that wait at a room, and why not more."""
    writer = rules.writer(actor, role)
    if not waiting:
        return "enter", ""
    own = any(writer.is_author(one.entered_by) for one in waiting)
    if is_split(waiting):
        code = refusal_to_decide(rules, writer, waiting)
        if not code:
            return "decide", ""
        return ("own" if own else "second" if rules.blind else "shut"), _sentence(code)
    newest = waiting[-1]
    if is_typed_twice(newest) or not rules.blind:
        code = refusal_to_confirm(rules, writer, newest.entered_by)
        return ("look" if not code else "own" if own else "shut"), _sentence(code)
    why = why_not_check(rules, writer, newest.entered_by)
    return ("own" if why else "second"), why


def is_typed_twice(entry: Ballot) -> bool:
    """Tell whether a second operator typed the same, who may not confirm it.

    Such an entry waits signed by that operator, until somebody who may lets it count.
    """
    return entry.status == "draft" and bool(entry.confirmed_by)


def _own(rules: Rules, writer: Writer, entered_by: str) -> str:
    own = not rules.alone and not rules.direct and writer.is_author(entered_by)
    return "entry_is_own" if own else ""


def _below(rules: Rules, writer: Writer) -> str:
    if rules.direct or _RANK.index(writer.role) >= _RANK.index(rules.confirms):
        return ""
    return f"confirmed_by_{rules.confirms.value}"


def _sentence(code: str) -> str:
    return word(code, {}) if code else ""
