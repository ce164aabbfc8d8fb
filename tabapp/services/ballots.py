"""Entering, confirming, correcting and discarding ballots: all problems at once, or all stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TypeAlias

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import check_ballot, fill_sums, same_content
from tabapp.services.ballot_lists import Entered, GivenList, odd_entries
from tabapp.services.ballot_refusals import (
    Entry,
    check_entries,
    check_state,
    find_repeated,
    refuse_errors,
)
from tabapp.services.entry_rules import read_writer, recognise
from tabapp.store import schema
from tabapp.store.ballot_reads import DebateBallots, read_debates_for_ballots
from tabapp.store.ballot_rows import insert_ballots
from tabapp.store.desk_reads import read_times
from tabapp.store.refs import Refs
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit

Versions: TypeAlias = tuple[tuple[int, str], ...]
"""Row id and status of every version of a ballot."""

__all__ = [
    "Entry", "Seen", "Versions", "discard_ballot", "enter_ballots",
    "enter_list", "let_count", "open_entry", "open_room", "refuse_faults", "same_content",
    "save_ballot", "seen_of", "store_version", "waiting_of",
]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was opened on: the debate by its row id, side and team, and its versions.

    A sheet speaks of sides, and a draw that is made again gives its archive ids to other rooms.
    """

    debate: int
    sides: tuple[tuple[str, str], ...]
    versions: Versions


def enter_ballots(
    unit: WriteUnit, owner: TournamentRow, entries: Sequence[Entry]
) -> tuple[int, list[Problem]]:
    """Enter ballots as new versions, as ``enter_list`` does; return how many, and the warnings."""
    done = enter_list(unit, owner, GivenList(entries))
    return done.total, list(done.problems)


def enter_list(unit: WriteUnit, owner: TournamentRow, given: GivenList) -> Entered:
    """Enter a list of ballots as new versions.

    A ballot whose status is ``confirmed`` takes the place of the confirmed one, which is kept as
    discarded; one that says the same as the confirmed one, or as an entry of the same operator
    that waits or was discarded, is not entered again. Raises ``ProblemsFound`` with everything
    that was found, in the order of the file, if anything of it is an error; then nothing is
    stored.
    """
    found, refs = read_debates_for_ballots(
        unit, owner.id, [(one.debate, one.ballot) for one in given.entries])
    entries = [_with_scores(one, found.get(one.debate)) for one in given.entries]
    repeated = find_repeated(entries, found)
    new = [
        given.completed(one, found[one.debate])
        for one, again in zip(entries, repeated, strict=True)
        if again is None and one.debate in found]
    told = [*given.malformed, *check_entries(owner, entries, found, repeated, refs)]
    if given.signer:  # what the program itself enters is nobody's to explain
        told += odd_entries(unit, owner, new, found, given.signer)
    problems = [problem for _number, problem in sorted(told, key=itemgetter(0))]
    refuse_errors(problems, entries, refs)
    if new:
        _store(unit, new, found, refs)
        unit.describe(subject=", ".join(one.debate for one in new[:5]) + (" …" * (len(new) > 5)))
    return Entered(Counter(one.ballot.status for one in new), problems)


def _with_scores(entry: Entry, debate: DebateBallots | None) -> Entry:
    """Return the entry with a score for each speech that has only marks by criterion."""
    if debate is None:
        return entry
    return replace(entry, ballot=fill_sums(entry.ballot, debate.context.criteria))


def seen_of(debate: DebateBallots) -> Seen:
    """Return how a debate and its ballot stand, to be compared when a form is saved."""
    return Seen(
        debate.id, tuple((side.value, team) for side, team in debate.context.sides),
        tuple((row_id, one.status) for row_id, one in debate.ballots))


def save_ballot(
    unit: WriteUnit, owner: TournamentRow, entry: Entry, *, seen: Seen
) -> list[Problem]:
    """Enter what was typed in a form as the next version; return the warnings.

    It waits for somebody else to check it, and takes the place of an entry that waited; only the
    setting ``disable_ballot_confirms`` lets it count at once. ``UserError`` where somebody changed
    the ballot or the draw of its room since the form was opened on ``seen``, or where this person
    may not enter it, ``ProblemsFound`` with everything that is wrong with it.
    """
    rules, writer = read_writer(unit, owner)
    actor = unit.header.actor
    marks = {"status": "draft", "entered_by": actor, "confirmed_by": ""}
    if rules.direct:
        marks |= {"status": "confirmed", "confirmed_by": actor}
    entry, debate, refs = open_entry(unit, entry, seen, owner, marks)
    waiting = waiting_of(debate)
    if writer.is_volunteer and debate.confirmed is not None:
        raise UserError("correction_above_role")
    writer = recognise(unit, writer, waiting.values())
    first = next((one for one in waiting.values() if not writer.is_author(one.entered_by)), None)
    if rules.blind and not rules.alone and first is not None:
        raise UserError("second_entry_wanted", name=first.entered_by or "?")
    found = refuse_faults(
        owner, entry, debate, refs, corrects=debate.confirmed, refuse_same=True)
    store_version(unit, entry, debate, refs, aside=list(waiting))
    return found


def open_entry(
    unit: WriteUnit, entry: Entry, seen: Seen, owner: TournamentRow, marks: Mapping[str, str]
) -> tuple[Entry, DebateBallots, Refs]:
    """Return an entry as it would be stored, with its debate as somebody saw it."""
    entry = replace(entry, ballot=entry.ballot.model_copy(update=dict(marks)))
    found, refs = read_debates_for_ballots(unit, owner.id, [(entry.debate, entry.ballot)])
    debate = _seen_debate(unit, found, entry.debate, seen)
    return _with_scores(entry, debate), debate, refs


def refuse_faults(
    owner: TournamentRow, entry: Entry, debate: DebateBallots, refs: Refs, *,
    corrects: tuple[int, Ballot] | None = None, refuse_same: bool = False,
) -> list[Problem]:
    """Return the warnings about an entry; ``ProblemsFound`` where anything is wrong with it.

    One that ``corrects`` the confirmed ballot has a reason, and says something else if
    ``refuse_same``.
    """
    problems = [problem for _number, problem in check_entries(
        owner, [entry], {entry.debate: debate}, [None], refs)]
    present = debate.confirmed
    if refuse_same and present is not None and same_content(present[1], entry.ballot):
        problems.append(Problem.of("error", "", "ballot_unchanged"))
    if corrects is not None and not entry.ballot.reason.strip():
        problems.append(Problem.of("error", "reason", "reason_missing"))
    refuse_errors(problems, [entry], refs)
    return problems


def store_version(
    unit: WriteUnit, entry: Entry, debate: DebateBallots, refs: Refs, *, aside: Sequence[int]
) -> None:
    """Store an entry as the next version, and put those in ``aside`` aside."""
    _store(unit, [entry], {entry.debate: debate}, refs, waiting=aside)


def let_count(
    unit: WriteUnit, owner: TournamentRow, found: DebateBallots, ballot: int, *, by: str
) -> None:
    """Confirm an entry that waits; all others of its debate are kept as discarded.

    Who may do that is for ``double_entry`` to say. The entry is checked once more, since people
    and settings may have changed since it was made.
    """
    chosen = waiting_of(found).get(ballot)
    if chosen is None:
        raise UserError("ballot_not_waiting")
    name = found.context.id
    problems = list(check_state(
        f"debate {name}", Entry(found.context.round_seq, name, chosen), found))
    problems += check_ballot(chosen, found.context, owner.settings)
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    # first the old ones go: only one ballot of a debate may be confirmed at any moment
    for status in ("confirmed", "draft"):
        others = [row for row, one in found.ballots if row != ballot and one.status == status]
        unit.move(schema.ballot, others, status=(status, "discarded"))
    unit.move(
        schema.ballot, [ballot], status=("draft", "confirmed"),
        confirmed_by=(chosen.confirmed_by, by))
    if found.status != "confirmed":
        unit.move(schema.debate, [found.id], status=(found.status, "confirmed"))


def discard_ballot(
    unit: WriteUnit, owner: TournamentRow, debate: str, ballot: int, *, seen: Seen
) -> None:
    """Put aside an entry that waits to be checked; the room is out again without another.

    A volunteer puts aside the own entries alone.
    """
    _rules, writer = read_writer(unit, owner)
    found = open_room(unit, owner, debate, seen)
    waiting = waiting_of(found)
    if ballot not in waiting:
        raise UserError("ballot_not_waiting")
    author = waiting[ballot].entered_by
    writer = recognise(unit, writer, [waiting[ballot]])
    if writer.is_volunteer and not writer.is_author(author):
        raise UserError("discard_of_other", name=author or "?")
    unit.update(schema.ballot, {ballot: {"status": "discarded"}})
    if found.status == "draft" and len(waiting) == 1:
        unit.move(schema.debate, [found.id], status=(found.status, "none"))


def open_room(
    unit: WriteUnit, owner: TournamentRow, debate: str, seen: Seen
) -> DebateBallots:
    """Return a debate that still is as somebody saw it, ``UserError`` where it is not."""
    found, _refs = read_debates_for_ballots(unit, owner.id, [(debate, Ballot())])
    return _seen_debate(unit, found, debate, seen)


def _seen_debate(
    unit: WriteUnit, found: Mapping[str, DebateBallots], debate: str, seen: Seen
) -> DebateBallots:
    if debate not in found:
        raise UserError("debate_gone_elsewhere", debate=debate)
    _check_seen(unit, found[debate], seen)
    return found[debate]


def _check_seen(unit: WriteUnit, debate: DebateBallots, seen: Seen) -> None:
    """Refuse to write over what somebody did since; by the versions, so undoing it counts too."""
    found = seen_of(debate)
    if found == seen:
        return
    if (found.debate, found.sides) != (seen.debate, seen.sides):
        raise UserError("debate_changed_elsewhere", debate=debate.context.id)
    now = found.versions
    new = [row_id for row_id, status in now if (row_id, status) not in seen.versions]
    if not new:
        raise UserError("ballot_taken_back_elsewhere")
    _entered, moved = read_times(unit, new[-1:]).get(new[-1], (None, None))
    time = f"{moved.astimezone():%H:%M}" if moved else "?"
    if dict(now)[new[-1]] == "confirmed":
        raise UserError("ballot_confirmed_elsewhere", time=time)
    raise UserError("ballot_changed_elsewhere", time=time)


def waiting_of(debate: DebateBallots) -> dict[int, Ballot]:
    """Return the entries that wait to be checked by row id, the oldest first."""
    return {row_id: one for row_id, one in debate.ballots if one.status == "draft"}


def _store(
    unit: WriteUnit, entries: Sequence[Entry], found: Mapping[str, DebateBallots], refs: Refs,
    *, waiting: Sequence[int] = (),
) -> None:
    """Insert new versions; those in ``waiting`` and confirmed ones that are replaced go aside."""
    taken: Counter[str] = Counter()
    items = []
    replaced: list[int] = []
    states: dict[int, str] = {}
    for entry in entries:
        debate = found[entry.debate]
        version = debate.next_version + taken[entry.debate]
        taken[entry.debate] += 1
        items.append((debate.id, entry.ballot.model_copy(update={"version": version})))
        if entry.ballot.status == "confirmed":
            states[debate.id] = "confirmed"
            if debate.confirmed is not None:
                replaced.append(debate.confirmed[0])
        elif (entry.ballot.status, debate.status, debate.confirmed) == ("draft", "none", None):
            states.setdefault(debate.id, "draft")
    unit.move(schema.ballot, waiting, status=("draft", "discarded"))
    unit.move(schema.ballot, replaced, status=("confirmed", "discarded"))
    insert_ballots(unit, items, refs)
    moves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for debate in found.values():
        moves[debate.status, states.get(debate.id, debate.status)].append(debate.id)
    for (old, new), rows in moves.items():
        if old != new:
            unit.move(schema.debate, rows, status=(old, new))
