"""The history of a debate: released, out, received, entered, checked, confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.services.round_moments import start_of
from tabapp.store import topics
from tabapp.store.deadline_reads import TimedRound, timed_round
from tabapp.store.timeline_rows import (
    DebatePlace,
    EventRow,
    ballot_moves,
    find_debate,
    read_events,
    receipts,
    replace_events,
)
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

KINDS = ("released", "out", "received", "entered", "checked", "confirmed")
"""In the order in which they happen to one ballot."""
_OF_ROUND = ("released", "out")
TOPICS = (topics.RESULTS, topics.ROUNDS, topics.SETTINGS, topics.DRAWS, "check_ins")


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a debate's history; ``words`` are for people."""

    kind: str
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened to a debate, in order. ``out_of_order`` are kinds that came too early."""

    events: tuple[EventRow, ...]
    out_of_order: tuple[str, ...]


def read_timeline(unit: ReadUnit, debate_id: int) -> list[Moment]:
    """Return the history of a debate in words, as the journal tells it.

    The journal forgets of old rounds when their draw went out: that is told as it was kept.
    ``UserError`` where the debate is gone.
    """
    events = _derive(unit, _find(unit, debate_id)).events
    if not any(one.kind == "released" for one in events):
        kept = [one for one in read_events(unit, debate_id) if one.kind in _OF_ROUND]
        events = (*kept, *events)
    return [
        Moment(one.kind, one.at, one.by, word(f"timeline_{one.kind}", {})) for one in events
    ]


def _find(unit: ReadUnit, debate_id: int) -> DebatePlace:
    found = find_debate(unit, debate_id)
    if found is None:
        raise UserError("debate_unknown", debate=debate_id)
    return found


def derive_timeline(unit: ReadUnit, debate_id: int) -> Timeline:
    """Return the history of a debate by the journal and the rows; each moment once."""
    return _derive(unit, _find(unit, debate_id))


def is_kept(unit: ReadUnit, debate_id: int, found: Timeline) -> bool:
    """Tell whether exactly this history is kept of a debate."""
    return tuple(read_events(unit, debate_id)) == found.events


def store_timeline(unit: WriteUnit, debate_id: int, found: Timeline) -> None:
    """Keep the history of a debate."""
    replace_events(unit, debate_id, found.events)


def _derive(unit: ReadUnit, place: DebatePlace) -> Timeline:
    unique: dict[tuple[str, datetime], EventRow] = {}
    for one in _events(unit, place):
        unique.setdefault((one.kind, one.at), one)
    ordered = sorted(unique.values(), key=lambda one: (one.at, KINDS.index(one.kind)))
    return Timeline(tuple(ordered), tuple(_too_early(ordered)))


def _events(unit: ReadUnit, place: DebatePlace) -> Iterator[EventRow]:
    moves = ballot_moves(unit, place)
    round_ = timed_round(unit, place.round_id)
    if round_ is not None and round_.released_at is not None:
        yield EventRow("released", round_.released_at, round_.released_by)
        if moves:
            yield from _out(unit, round_, round_.released_at, moves[0].at)
    yield from receipts(unit, place)
    for one in moves:
        if one.before is None:
            yield EventRow("entered", one.at, one.by)
        if one.after == "confirmed":
            if one.before is not None:
                yield EventRow("checked", one.at, one.by)
            yield EventRow("confirmed", one.at, one.by)


def _out(
    unit: ReadUnit, round_: TimedRound, released: datetime, first: datetime
) -> Iterator[EventRow]:
    """The judges have the ballot from the start of the debate, which nobody has to press.

    A start after the first entry was none.
    """
    settings = get_tournament(unit, round_.tournament_id).settings
    start = start_of(round_, settings, released)
    if start is not None and start <= first:
        yield EventRow("out", start, "")


def _too_early(events: Sequence[EventRow]) -> Iterator[str]:
    """Yield the kinds of which the first came before the first of a kind that precedes it."""
    first: dict[str, datetime] = {}
    for one in events:
        first.setdefault(one.kind, one.at)
    for at, kind in enumerate(KINDS):
        if kind in first and any(
            first[before] > first[kind] for before in KINDS[:at] if before in first
        ):
            yield kind
