"""What is wrong with ballots that are handed in, and which of them say nothing new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import as_history, check_ballot, same_content
from tabapp.services.entry_rules import is_same
from tabapp.store.ballot_reads import DebateBallots, speeches_of
from tabapp.store.refs import Refs
from tabapp.store.tournaments import TournamentRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A ballot as somebody hands it in: for which debate, and in which round that should be.

    ``number`` is its place in a file.
    """

    round: int
    debate: str
    ballot: Ballot
    number: int = 0


def find_repeated(
    entries: Sequence[Entry], found: Mapping[str, DebateBallots]
) -> list[int | None]:
    """Return of each entry which version says what it says already, None for a new one.

    That is the confirmed one, or one of the same state that the same operator entered, perhaps
    as an entry before it: what another operator enters alike is the second entry of a ballot, and
    no repetition.
    """
    versions = {ref: [one for _id, one in debate.ballots] for ref, debate in found.items()}
    following = {ref: debate.next_version for ref, debate in found.items()}
    again: list[int | None] = []
    for entry in entries:
        known = versions.get(entry.debate, [])
        again.append(_version_of(entry.ballot, known))
        if again[-1] is not None or entry.debate not in found:
            continue
        if entry.ballot.status != "confirmed":  # two of these are told as such
            known.append(entry.ballot.model_copy(update={"version": following[entry.debate]}))
        following[entry.debate] += 1
    return again


def _version_of(given: Ballot, known: Sequence[Ballot]) -> int | None:
    for one in known:
        mine = one.status == given.status and is_same(one.entered_by, given.entered_by)
        if (mine or one.status == "confirmed") and same_content(one, given):
            return one.version
    return None


def check_entries(
    owner: TournamentRow, entries: Sequence[Entry], found: Mapping[str, DebateBallots],
    repeated: Sequence[int | None], refs: Refs,
) -> Iterator[tuple[int, Problem]]:
    """Yield everything that is wrong with these ballots, with the number of the ballot.

    Warnings do not keep them out.
    """
    confirming = Counter(one.debate for one in entries if one.ballot.status == "confirmed")
    twice = {debate: count for debate, count in confirming.items() if count > 1}
    for entry, again in zip(entries, repeated, strict=True):
        where = f"debate {entry.debate}"
        if entry.ballot.status == "confirmed" and entry.debate in found and (
            count := twice.pop(entry.debate, 0)
        ):  # fmt: skip
            yield entry.number, Problem.of(
                "error", where, "two_confirmed_given", debate=entry.debate, count=count)
        for problem in _check_entry(owner, entry, found.get(entry.debate), where):
            yield entry.number, problem
        if again is not None:
            yield entry.number, Problem.of(
                "warning", where, "ballot_same", debate=entry.debate, version=again)
        for problem in _unknown_names(entry, found.get(entry.debate), where, refs):
            yield entry.number, problem


def _check_entry(
    owner: TournamentRow, entry: Entry, debate: DebateBallots | None, where: str
) -> Iterator[Problem]:
    if debate is None:
        yield Problem.of("error", where, "debate_unknown", debate=entry.debate)
        return
    if debate.context.round_seq != entry.round:
        yield Problem.of(
            "error", where, "debate_of_other_round", debate=entry.debate, given=entry.round,
            actual=debate.context.round_seq)
    yield from check_state(where, entry, debate)
    checked = check_ballot(entry.ballot, debate.context, owner.settings)
    # what was discarded counts for nothing: it tells what somebody entered
    yield from as_history(checked) if entry.ballot.status == "discarded" else checked


def check_state(where: str, entry: Entry, debate: DebateBallots) -> Iterator[Problem]:
    """Yield why a debate takes no ballot as it stands."""
    if debate.round_status not in ("confirmed", "released"):
        yield Problem.of("error", where, "draw_not_confirmed", round=entry.round)
    if debate.status == "postponed":
        yield Problem.of("error", where, "debate_postponed", debate=entry.debate)
    if not debate.sides_confirmed:
        yield Problem.of("error", where, "sides_not_confirmed", debate=entry.debate)


def _unknown_names(
    entry: Entry, debate: DebateBallots | None, where: str, refs: Refs
) -> Iterator[Problem]:
    """Yield the references that ``check_ballot`` cannot know, or did not insist on."""
    ballot = entry.ballot
    debated = debate.motions if debate is not None else frozenset[str]()
    motions = {one for one in (ballot.motion, *ballot.vetoes.values()) if one is not None}
    for motion in sorted(motions):
        if motion not in refs.all("motion"):
            yield Problem.of("error", where, "motion_unknown", motion=motion)
        elif debated and motion not in debated:
            yield Problem.of(
                "error", where, "motion_of_other_round", motion=motion, round=entry.round)
    for sheet in ballot.sheets:
        if sheet.adjudicator is not None and sheet.adjudicator not in refs.all("adjudicator"):
            yield Problem.of("error", where, "judge_unknown", judge=sheet.adjudicator)
    criteria = {name for speech in speeches_of(ballot) for name in speech.criteria}
    for name in sorted(criteria - refs.all("criterion").keys()):
        yield Problem.of("error", where, "criterion_unknown", criterion=name)


def refuse_errors(problems: list[Problem], entries: Sequence[Entry], refs: Refs) -> None:
    """Raise ``ProblemsFound`` where one is an error, or where a person is named whom nobody knows.

    Such a person may stand where the rules of the format look at nobody, or only warn.
    """
    if not any(one.level == "error" for one in problems):
        problems += _unknown_people(entries, refs)
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)


def _unknown_people(entries: Sequence[Entry], refs: Refs) -> Iterator[Problem]:
    for entry in entries:
        named = {
            ref for one in speeches_of(entry.ballot)
            for ref in (one.speaker, one.substitute_for) if ref is not None}
        for ref in sorted(named - refs.all("speaker").keys()):
            yield Problem.of(
                "error", f"debate {entry.debate}", "record_unknown", kind="speaker", ref=ref)
