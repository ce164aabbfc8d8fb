"""Entering, confirming, correcting and discarding ballots: all problems at once, or all stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TypeAlias

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.archive import Ballot, Sheet
from tabapp.domain.ballots import check_ballot, fill_sums
from tabapp.exchange.ballot_list import read_ballot_list
from tabapp.store import schema
from tabapp.store.ballot_reads import DebateBallots, read_debates_for_ballots, speeches_of
from tabapp.store.ballot_rows import insert_ballots
from tabapp.store.desk_reads import read_times
from tabapp.store.refs import Refs
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit

Versions: TypeAlias = tuple[tuple[int, str], ...]
"""Row id and status of every version of a ballot."""

_head = attrgetter("motion", "vetoes", "forfeit")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form was opened on: the debate by its row id, side and team, and its versions.

    A sheet speaks of sides, and a draw that is made again gives its archive ids to other rooms.
    """

    debate: int
    sides: tuple[tuple[str, str], ...]
    versions: Versions


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
    return bool(_head(one) == _head(other)) and _sheets(one) == _sheets(other)


def _sheets(ballot: Ballot) -> list[Sheet]:
    """Return the sheets in order of their judges, in whatever order they were handed in."""
    return sorted(ballot.sheets, key=lambda one: one.adjudicator or "")


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
    entries = [_with_scores(one, found.get(one.debate)) for one in entries]
    repeated = [_repeats(one, found.get(one.debate)) for one in entries]
    problems = list(_check_entries(owner, entries, found, repeated))
    problems += _unknown_names(entries, refs)
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    new = [one for one, again in zip(entries, repeated, strict=True) if not again]
    if new:
        _store(unit, new, found, refs)
        unit.describe(
            subject=", ".join(one.debate for one in entries[:5]) + (" …" * (len(entries) > 5)))
    return len(new), problems


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

    It waits for a second look, and takes the place of an entry that waited for one; only the
    setting ``disable_ballot_confirms`` lets it count at once. ``UserError`` where somebody changed
    the ballot or the draw of its room since the form was opened on ``seen``, ``ProblemsFound``
    with everything that is wrong with it.
    """
    actor = unit.header.actor
    marks = {"status": "draft", "entered_by": actor, "confirmed_by": ""}
    if owner.settings.disable_ballot_confirms:
        marks |= {"status": "confirmed", "confirmed_by": actor}
    entry = Entry(entry.round, entry.debate, entry.ballot.model_copy(update=marks))
    found, refs = read_debates_for_ballots(unit, owner.id, [(entry.debate, entry.ballot)])
    debate = found.get(entry.debate)
    if debate is None:
        raise UserError("debate_gone_elsewhere", debate=entry.debate)
    _check_seen(unit, debate, seen)
    entry = _with_scores(entry, debate)
    again = _repeats(entry, debate)
    problems = list(_check_entries(owner, [entry], found, [False]))
    problems += _unknown_names([entry], refs)
    if again:
        problems.append(Problem.of("error", "", "ballot_unchanged"))
    if debate.confirmed is not None and not entry.ballot.reason.strip():
        problems.append(Problem.of("error", "reason", "reason_missing"))
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    _store(unit, [entry], found, refs, waiting=_waiting(debate))
    return problems


def confirm_ballot(
    unit: WriteUnit, owner: TournamentRow, debate: str, ballot: int, *, seen: Seen
) -> None:
    """Let an entry count after a second look; the one that counted before is kept as discarded.

    It is checked once more, since people and settings may have changed since it was entered.
    """
    found = _find(unit, owner, debate, seen)
    chosen = dict(found.ballots).get(ballot)
    if chosen is None or chosen.status != "draft":
        raise UserError("ballot_not_waiting")
    problems = list(_check_state(
        f"debate {debate}", Entry(found.context.round_seq, debate, chosen), found))
    problems += check_ballot(chosen, found.context, owner.settings)
    if any(one.level == "error" for one in problems):
        raise ProblemsFound(problems)
    others = {row_id: {"status": "discarded"} for row_id, status in seen.versions if (
        row_id != ballot and status in ("draft", "confirmed"))}
    # first the old one goes: only one ballot of a debate may be confirmed at any moment
    unit.update(schema.ballot, others | {
        ballot: {"status": "confirmed", "confirmed_by": unit.header.actor}})
    if found.status != "confirmed":
        unit.move(schema.debate, [found.id], status=(found.status, "confirmed"))


def discard_ballot(
    unit: WriteUnit, owner: TournamentRow, debate: str, ballot: int, *, seen: Seen
) -> None:
    """Put aside an entry that waits for its second look; the room is out again without another."""
    found = _find(unit, owner, debate, seen)
    if (ballot, "draft") not in seen.versions:
        raise UserError("ballot_not_waiting")
    unit.update(schema.ballot, {ballot: {"status": "discarded"}})
    if found.status == "draft" and len(_waiting(found)) == 1:
        unit.move(schema.debate, [found.id], status=(found.status, "none"))


def _find(
    unit: WriteUnit, owner: TournamentRow, debate: str, seen: Seen
) -> DebateBallots:
    found, _refs = read_debates_for_ballots(unit, owner.id, [(debate, Ballot())])
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


def _waiting(debate: DebateBallots) -> list[int]:
    """Return the entries that wait for a second look."""
    return [row_id for row_id, one in debate.ballots if one.status == "draft"]


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
