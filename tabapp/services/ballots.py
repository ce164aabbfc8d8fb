"""Entering ballots: all problems at once, then all ballots in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import check_ballot
from tabapp.exchange.ballot_list import read_ballot_list
from tabapp.store import schema
from tabapp.store.ballot_reads import DebateBallots, read_debates_for_ballots, speeches_of
from tabapp.store.ballot_rows import insert_ballots
from tabapp.store.refs import Refs
from tabapp.store.topics import RESULTS
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit

_content = attrgetter("motion", "vetoes", "forfeit", "sheets")


@dataclass(frozen=True, slots=True)
class Entry:
    """A ballot as somebody hands it in: for which debate, and in which round that should be."""

    round: int
    debate: str
    ballot: Ballot


def read_entries(path: Path) -> list[Entry]:
    """Read a JSON list of ballots; raise ``ProblemsFound`` with all that is wrong with its form."""
    ballots, problems = read_ballot_list(path)
    if problems:
        raise ProblemsFound(problems)
    return [
        Entry(one.round, one.debate, Ballot.model_validate(
            one.model_dump(exclude={"round", "debate"})))
        for one in ballots
    ]


def same_content(one: Ballot, other: Ballot) -> bool:
    """Tell whether two versions say the same, whoever entered them."""
    return bool(_content(one) == _content(other))


def enter_ballots(
    unit: WriteUnit, owner: TournamentRow, entries: Sequence[Entry]
) -> tuple[int, list[Problem]]:
    """Enter ballots as new versions; return how many, and the warnings.

    A ballot whose status is ``confirmed`` takes the place of the confirmed one, which is kept as
    discarded; one that says the same as the confirmed one is not entered again. Raises
    ``ProblemsFound`` with everything that was found if anything of it is an error; then nothing
    is stored.
    """
    found, refs = read_debates_for_ballots(
        unit, owner.id, [(one.debate, one.ballot) for one in entries])
    repeated = [_repeats(one, found.get(one.debate)) for one in entries]
    problems = list(_check_entries(owner, entries, found, repeated))
    problems += _unknown_names(entries, refs)
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    new = [one for one, again in zip(entries, repeated, strict=True) if not again]
    if new:
        _store(unit, owner, new, found, refs)
    return len(new), problems


def _repeats(entry: Entry, debate: DebateBallots | None) -> bool:
    """Tell whether a ballot says what the confirmed one of its debate says already."""
    present = debate.confirmed if debate is not None else None
    return present is not None and same_content(present[1], entry.ballot)


def _check_entries(
    owner: TournamentRow, entries: Sequence[Entry], found: Mapping[str, DebateBallots],
    repeated: Sequence[bool],
) -> Iterator[Problem]:
    """Yield everything that is wrong with these ballots; warnings do not keep them out."""
    confirming = Counter(one.debate for one in entries if one.ballot.status == "confirmed")
    for entry, again in zip(entries, repeated, strict=True):
        debate = found.get(entry.debate)
        where = f"debate {entry.debate}"
        if debate is None:
            yield Problem.of("error", where, "debate_unknown", debate=entry.debate)
            continue
        if debate.context.round_seq != entry.round:
            yield Problem.of(
                "error", where, "debate_of_other_round", debate=entry.debate, given=entry.round,
                actual=debate.context.round_seq)
        yield from _check_state(where, entry, debate)
        if confirming[entry.debate] > 1 and entry.ballot.status == "confirmed":
            yield Problem.of("error", where, "two_confirmed_given", debate=entry.debate)
        yield from check_ballot(entry.ballot, debate.context, owner.settings)
        if again and debate.confirmed is not None:
            yield Problem.of(
                "warning", where, "ballot_same", debate=entry.debate,
                version=debate.confirmed[1].version)


def _check_state(where: str, entry: Entry, debate: DebateBallots) -> Iterator[Problem]:
    if debate.round_status not in ("confirmed", "released"):
        yield Problem.of("error", where, "draw_not_confirmed", round=entry.round)
    if debate.status == "postponed":
        yield Problem.of("error", where, "debate_postponed", debate=entry.debate)
    if not debate.sides_confirmed:
        yield Problem.of("error", where, "sides_not_confirmed", debate=entry.debate)


def _unknown_names(entries: Sequence[Entry], refs: Refs) -> Iterator[Problem]:
    """Yield the references that ``check_ballot`` cannot know."""
    for entry in entries:
        where = f"debate {entry.debate}"
        ballot = entry.ballot
        motions = {ballot.motion, *ballot.vetoes.values()} - {None}
        for motion in sorted(map(str, motions - refs.all("motion").keys())):
            yield Problem.of("error", where, "motion_unknown", motion=motion)
        for sheet in ballot.sheets:
            if sheet.adjudicator is not None and sheet.adjudicator not in refs.all("adjudicator"):
                yield Problem.of("error", where, "judge_unknown", judge=sheet.adjudicator)
        criteria = {name for speech in speeches_of(ballot) for name in speech.criteria}
        for name in sorted(criteria - refs.all("criterion").keys()):
            yield Problem.of("error", where, "criterion_unknown", criterion=name)


def _store(
    unit: WriteUnit, owner: TournamentRow, entries: Sequence[Entry],
    found: Mapping[str, DebateBallots], refs: Refs,
) -> None:
    taken: Counter[str] = Counter()
    items = []
    replaced: dict[int, Mapping[str, object]] = {}
    states: dict[int, str] = {}
    for entry in entries:
        debate = found[entry.debate]
        version = debate.next_version + taken[entry.debate]
        taken[entry.debate] += 1
        items.append((debate.id, entry.ballot.model_copy(update={"version": version})))
        if entry.ballot.status == "confirmed":
            states[debate.id] = "confirmed"
            if debate.confirmed is not None:
                replaced[debate.confirmed[0]] = {"status": "discarded"}
        elif (entry.ballot.status, debate.status, debate.confirmed) == ("draft", "none", None):
            states.setdefault(debate.id, "draft")
    stood = {debate.id: debate.status for debate in found.values()}
    unit.update(schema.ballot, replaced)
    insert_ballots(unit, items, refs)
    unit.update(schema.debate, {
        row_id: {"status": state} for row_id, state in states.items() if state != stood[row_id]})
    unit.describe(
        subject=", ".join(one.debate for one in entries[:5]) + (" …" * (len(entries) > 5)))
    unit.touch(RESULTS, tournament=owner.id)
