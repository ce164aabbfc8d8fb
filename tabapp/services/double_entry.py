"""Double entry: two operators, and a third where they differ, before a ballot counts.

Nothing is overwritten: a second entry that says the same confirms the first, one that does not
waits beside it as a version of its own, and a decision is a third version.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, Difference, differences, same_content
from tabapp.domain.operators import OperatorRole
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballots import (
    Entry,
    Seen,
    let_count,
    open_entry,
    open_room,
    refuse_faults,
    store_version,
    waiting_of,
)
from tabapp.services.entry_rules import (
    Rules,
    Step,
    Writer,
    authors,
    is_split,
    is_typed_twice,
    next_step,
    read_writer,
    recognise,
    refusal_to_confirm,
    refusal_to_decide,
    rules_of,
    why_not_check,
)
from tabapp.services.people import listed
from tabapp.store import schema
from tabapp.store.ballot_reads import DebateBallots
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import WriteUnit

__all__ = [
    "Rules", "Second", "Step", "confirm", "decide", "differences_of", "is_split",
    "is_typed_twice", "next_step", "rules_of", "save_second", "why_not_check",
]

Outcome = Literal["same", "waits", "differs", "stored", "decided"]


@dataclass(frozen=True, slots=True)
class Second:
    """What came of a second entry.

    ``same``: both say the same, and the first counts now. ``waits``: they do, and somebody who may
    confirm has to. ``differs``: they do not, and nothing was stored. ``stored``: they do not, and
    the second waits beside the first. ``decided``: whoever works alone typed it again and
    insisted, so that the second counts.
    """

    outcome: Outcome
    differences: tuple[Difference, ...] = ()


def differences_of(form: DeskForm, first: Ballot, second: Ballot) -> tuple[Difference, ...]:
    """Return what two versions of a room's ballot say differently, motions in their words."""
    context = _with_motions(form.sheet.context, dict(form.sheet.motions))
    return differences(first, second, context, form.owner.settings)


def save_second(
    unit: WriteUnit, owner: TournamentRow, entry: Entry, *, seen: Seen, role: OperatorRole,
    insist: bool = False,
) -> Second:
    """Compare what another operator typed, blind, with the entries that wait.

    Where it says what one of them says, that one is confirmed, or waits signed by this operator
    for somebody who may confirm it; the others are discarded. Otherwise nothing is stored until
    somebody insists. An author may type it again where others differ: the own entry is replaced.
    ``UserError`` and ``ProblemsFound`` as ``ballots.save_ballot``.
    """
    rules, writer = read_writer(unit, owner, role)
    marks = {"status": "draft", "entered_by": writer.name, "confirmed_by": ""}
    entry, debate, refs = open_entry(unit, entry, seen, owner, marks)
    waiting = waiting_of(debate)
    if not waiting:
        raise UserError("ballot_not_waiting")
    writer = recognise(unit, writer, waiting.values())
    others = {row: one for row, one in waiting.items() if not writer.is_author(one.entered_by)}
    if rules.alone:
        others = waiting
    if not others:
        raise UserError("entry_is_own")
    entry = _with_reason(entry, others.values())
    refuse_faults(owner, entry, debate, refs, corrects=debate.confirmed)
    for row, other in others.items():
        if same_content(other, entry.ballot):
            return _agree(unit, owner, debate, row, rules, writer)
    found = min((
        differences(other, entry.ballot, debate.context, owner.settings)
        for other in others.values()), key=len)
    if not insist:
        return Second("differs", found)
    own = [row for row, one in waiting.items() if writer.is_author(one.entered_by)]
    if len(own) == len(waiting):  # nobody else is there to decide
        reason = word("reason_of_second_try", {"actor": writer.name})
        store_version(unit, _decided(entry, writer, reason), debate, refs, aside=own)
        return Second("decided", found)
    store_version(unit, entry, debate, refs, aside=own)
    return Second("stored", found)


def decide(
    unit: WriteUnit, owner: TournamentRow, entry: Entry, *, seen: Seen, role: OperatorRole
) -> None:
    """Store what counts where entries differ: a new version whose reason names who made them.

    A third operator decides who may confirm, or the adjudication core or a tab director; the
    entries are kept as discarded. ``UserError`` and ``ProblemsFound`` as ``ballots.save_ballot``.
    """
    rules, writer = read_writer(unit, owner, role)
    entry, debate, refs = open_entry(unit, entry, seen, owner, {})
    waiting = waiting_of(debate)
    entries = list(waiting.values())
    if not is_split(entries):
        raise UserError("nothing_to_decide", debate=entry.debate)
    writer = recognise(unit, writer, entries)
    if code := refusal_to_decide(rules, writer, entries):
        raise UserError(code)
    reason = word("reason_of_decision", {"names": _names(entries), "actor": writer.name})
    entry = _decided(_with_reason(entry, entries), writer, reason)
    refuse_faults(owner, entry, debate, refs)
    store_version(unit, entry, debate, refs, aside=list(waiting))


def confirm(
    unit: WriteUnit, owner: TournamentRow, debate: str, ballot: int, *, seen: Seen,
    role: OperatorRole,
) -> None:
    """Let an entry count that somebody else looked at, or that two people typed alike."""
    rules, writer = read_writer(unit, owner, role)
    found = open_room(unit, owner, debate, seen)
    waiting = waiting_of(found)
    chosen = waiting.get(ballot)
    if chosen is None:
        raise UserError("ballot_not_waiting")
    if is_split(list(waiting.values())):
        raise UserError("entries_to_decide", debate=debate, names=_names(list(waiting.values())))
    writer = recognise(unit, writer, [chosen])
    if code := refusal_to_confirm(rules, writer, chosen.entered_by):
        raise UserError(code)
    if rules.blind and not is_typed_twice(chosen):
        raise UserError("blind_check_wanted", debate=debate)
    let_count(unit, owner, found, ballot, by=_signatures(chosen, writer))


def _agree(
    unit: WriteUnit, owner: TournamentRow, debate: DebateBallots, ballot: int, rules: Rules,
    writer: Writer,
) -> Second:
    """Confirm an entry that was typed again alike, or sign it for somebody who may."""
    waiting = waiting_of(debate)
    by = _signatures(waiting[ballot], writer)
    if not refusal_to_confirm(rules, writer, waiting[ballot].entered_by):
        let_count(unit, owner, debate, ballot, by=by)
        return Second("same")
    unit.move(schema.ballot, waiting.keys() - {ballot}, status=("draft", "discarded"))
    unit.move(schema.ballot, [ballot], confirmed_by=(waiting[ballot].confirmed_by, by))
    return Second("waits")


def _signatures(entry: Ballot, writer: Writer) -> str:
    """Return who checked an entry: perhaps one who typed it again, and one who may confirm."""
    before = entry.confirmed_by
    return f"{before} and {writer.name}" if before and before != writer.name else writer.name


def _names(entries: Sequence[Ballot]) -> str:
    return listed([name or "?" for name in authors(entries)])


def _with_reason(entry: Entry, others: Iterable[Ballot]) -> Entry:
    """Return a correction with the reason of the first entry where it has none of its own."""
    given = (one.reason for one in (entry.ballot, *others))
    reason = next((one for one in given if one.strip()), "")
    return replace(entry, ballot=entry.ballot.model_copy(update={"reason": reason}))


def _decided(entry: Entry, writer: Writer, reason: str) -> Entry:
    """Return an entry that counts by the word of one person, with the reason for that."""
    reasons = " ".join(filter(None, (_sentence(entry.ballot.reason), reason)))
    return replace(entry, ballot=entry.ballot.model_copy(update={
        "status": "confirmed", "entered_by": writer.name, "confirmed_by": writer.name,
        "reason": reasons}))


def _sentence(text: str) -> str:
    clean = text.strip()
    return clean if not clean or clean[-1] in ".!?" else f"{clean}."


def _with_motions(context: DebateContext, motions: Mapping[str, str]) -> DebateContext:
    return replace(context, names={**context.names, **motions})
