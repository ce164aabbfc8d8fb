"""A list of ballots that is handed in without a form: who signs them, and what is odd about them.

The window asks for a reason and knows who types; a list may leave out both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.domain.operators import name_key
from tabapp.domain.types import Side
from tabapp.exchange.ballot_list import GivenBallot, read_ballot_list
from tabapp.services.ballot_refusals import Entry
from tabapp.services.entry_rules import rules_of, who_is
from tabapp.store.ballot_reads import DebateBallots
from tabapp.store.operator_rows import list_operator_rows
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class GivenList:
    """Ballots to enter, and what is wrong with others of their file, by their number in it.

    ``signer`` is who hands them in, "" for the program; ``reason`` is that of corrections without
    one.
    """

    entries: Sequence[Entry]
    malformed: Sequence[tuple[int, Problem]] = ()
    signer: str = ""
    reason: str = ""

    def completed(self, entry: Entry, debate: DebateBallots) -> Entry:
        """Return an entry with the reason that it leaves out."""
        if entry.ballot.reason.strip() or not corrects(entry.ballot, debate):
            return entry
        return replace(entry, ballot=entry.ballot.model_copy(update={"reason": self.reason}))


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a list: how many versions were entered, by their state, and the warnings."""

    counts: Mapping[str, int]
    problems: Sequence[Problem]

    @property
    def total(self) -> int:
        """How many versions are new."""
        return sum(self.counts.values())


def read_list(path: Path, *, signer: str, reason: str = "") -> GivenList:
    """Read a JSON list of ballots; raise ``UserError`` where there is no file to be read.

    Ballots that leave out who entered and confirmed them are the ``signer``'s. A name that is
    empty stays so: an export tells by it that nobody knows.
    """
    found = read_ballot_list(path)
    entries = [
        Entry(one.round, one.debate, _signed(one, signer), number)
        for number, one in found.ballots]
    return GivenList(entries, found.problems, signer, reason.strip())


def _signed(given: GivenBallot, signer: str) -> Ballot:
    names = ("entered_by", "confirmed_by") if given.status == "confirmed" else ("entered_by",)
    mine = {name: signer for name in names if name not in given.model_fields_set}
    return Ballot.model_validate(given.model_dump(exclude={"round", "debate"}) | mine)


def corrects(ballot: Ballot, debate: DebateBallots) -> bool:
    """Tell whether a version is to take the place of a confirmed one."""
    return debate.confirmed is not None and ballot.status != "discarded"


def odd_entries(
    unit: ReadUnit, owner: TournamentRow, entries: Sequence[Entry],
    found: Mapping[str, DebateBallots], signer: str,
) -> Iterator[tuple[int, Problem]]:
    """Yield, with the number of the entry, what a list may leave out but should not."""
    for entry in entries:
        debate, where = found[entry.debate], f"debate {entry.debate}"
        if corrects(entry.ballot, debate) and not entry.ballot.reason.strip():
            yield entry.number, Problem.of("warning", where, "reason_missing")
        if entry.ballot.sheets and not debate.context.panel and all(
            side is not Side.BYE for side, _team in debate.context.sides
        ):  # fmt: skip
            yield entry.number, Problem.of(
                "warning", where, "ballot_without_panel", debate=entry.debate)
    yield from _strangers(unit, entries, signer)
    yield from _own_checks(unit, owner, entries, signer)


def _strangers(
    unit: ReadUnit, entries: Sequence[Entry], signer: str
) -> Iterator[tuple[int, Problem]]:
    """Yield names that sign ballots and belong to nobody who signs in, or ever did; each once."""
    if not any(one.active for one in list_operator_rows(unit)):
        return
    signed: Counter[str] = Counter()
    first: dict[str, tuple[str, Entry]] = {}
    for entry in entries:
        names = {name_key(name): name for name in (
            entry.ballot.confirmed_by, entry.ballot.entered_by) if name}
        signed.update(names.keys())
        for key, name in names.items():
            first.setdefault(key, (name, entry))
    for key, (name, entry) in first.items():
        if key != name_key(signer) and who_is(unit, name)[0] is None:
            yield entry.number, Problem.of(
                "warning", f"debate {entry.debate}", "ballots_signed_by_stranger", name=name,
                count=signed[key], debate=entry.debate)


def _own_checks(
    unit: ReadUnit, owner: TournamentRow, entries: Sequence[Entry], signer: str
) -> Iterator[tuple[int, Problem]]:
    """Yield ballots that one person entered and confirmed where a second one types them, blind."""
    rules = rules_of(unit, owner)
    if not rules.blind or owner.settings.ballot_one_person:
        return
    for entry in entries:
        name = entry.ballot.confirmed_by
        if name_key(name) != name_key(signer) and rules.is_author(name, entry.ballot.entered_by):
            yield entry.number, Problem.of(
                "warning", f"debate {entry.debate}", "ballot_confirmed_by_author", name=name,
                debate=entry.debate)
