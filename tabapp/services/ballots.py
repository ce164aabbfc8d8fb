"""Entering ballots: all problems at once, then all ballots in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import check_ballot
from tabapp.exchange.ballot_list import read_ballot_list
from tabapp.store import schema
from tabapp.store.ballot_reads import DebateBallots, ballot_refs, read_debates_for_ballots
from tabapp.store.ballot_rows import insert_ballots
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit

CONTENT = {"motion", "vetoes", "forfeit", "sheets"}


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


def check_entries(
    owner: TournamentRow, entries: Sequence[Entry], found: Mapping[str, DebateBallots]
) -> Iterator[Problem]:
    """Yield everything that is wrong with these ballots; warnings do not keep them out."""
    confirming = Counter(one.debate for one in entries if one.ballot.status == "confirmed")
    for entry in entries:
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
        present = debate.confirmed
        if present is not None and same_content(present[1], entry.ballot):
            yield Problem.of(
                "warning", where, "ballot_same", debate=entry.debate, version=present[1].version)


def _check_state(where: str, entry: Entry, debate: DebateBallots) -> Iterator[Problem]:
    if debate.round_status not in ("confirmed", "released"):
        yield Problem.of("error", where, "draw_not_confirmed", round=entry.round)
    if debate.status == "postponed":
        yield Problem.of("error", where, "debate_postponed", debate=entry.debate)
    if not debate.sides_confirmed:
        yield Problem.of("error", where, "sides_not_confirmed", debate=entry.debate)


def same_content(one: Ballot, other: Ballot) -> bool:
    """Tell whether two versions say the same, whoever entered them."""
    return one.model_dump(include=CONTENT) == other.model_dump(include=CONTENT)


def enter_ballots(
    unit: WriteUnit, owner: TournamentRow, entries: Sequence[Entry]
) -> tuple[int, list[Problem]]:
    """Enter ballots as new versions; return how many, and the warnings.

    A ballot whose status is ``confirmed`` takes the place of the confirmed one, which is kept as
    discarded; one that says the same as the confirmed one is not entered again. Raises
    ``ProblemsFound`` with everything that was found if anything of it is an error; then nothing
    is stored.
    """
    refs = ballot_refs(unit, owner.id)
    found = read_debates_for_ballots(unit, owner.id, {one.debate for one in entries}, refs)
    problems = list(check_entries(owner, entries, found))
    problems += _unknown_names(entries, refs.all("motion"), refs.all("adjudicator"))
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    repeated = {one.where for one in problems if one.code == "ballot_same"}
    new = [one for one in entries if f"debate {one.debate}" not in repeated]
    taken: Counter[str] = Counter()
    items = []
    replaced: dict[int, Mapping[str, object]] = {}
    states: dict[int, Mapping[str, object]] = {}
    for entry in new:
        debate = found[entry.debate]
        version = debate.next_version + taken[entry.debate]
        taken[entry.debate] += 1
        items.append((debate.id, entry.ballot.model_copy(update={"version": version})))
        present = debate.confirmed
        if entry.ballot.status == "confirmed":
            states[debate.id] = {"status": "confirmed"}
            if present is not None:
                replaced[present[0]] = {"status": "discarded"}
        elif present is None and debate.status == "none":
            states.setdefault(debate.id, {"status": "draft"})
    unit.update(schema.ballot, replaced)
    insert_ballots(unit, items, refs)
    unit.update(schema.debate, states)
    unit.describe(subject=", ".join(one.debate for one in new[:5]) + (" …" * (len(new) > 5)))
    unit.touch("results")
    return len(new), problems


def _unknown_names(
    entries: Sequence[Entry], motions: Mapping[str, int], judges: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield the references that ``check_ballot`` cannot know."""
    for entry in entries:
        where = f"debate {entry.debate}"
        named = {entry.ballot.motion, *entry.ballot.vetoes.values()} - {None}
        for motion in sorted(one for one in named if one is not None and one not in motions):
            yield Problem.of("error", where, "motion_unknown", motion=motion)
        for sheet in entry.ballot.sheets:
            if sheet.adjudicator is not None and sheet.adjudicator not in judges:
                yield Problem.of("error", where, "judge_unknown", judge=sheet.adjudicator)
