"""Who has earned which award: worked out, stored, and taken back when results change.

An award is kept as long as it is earned: the time at which it was awarded never moves. Awards of
keys that this version does not know, as in files of others, are never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tabapp.core.errors import UserError
from tabapp.core.revisions import Revision
from tabapp.domain.achievements import AWARDS, AwardFacts, Earned, Part, evaluate, parts_of
from tabapp.domain.types import Tick, no_tick
from tabapp.services.active import is_complete
from tabapp.services.events import (
    AchievementAwarded,
    BallotConfirmed,
    BallotWithdrawn,
    ProfileCompleted,
    RoundCompleted,
    TeamCompleted,
    TeamJoined,
    TournamentCompleted,
)
from tabapp.services.round_moments import zone_of
from tabapp.store import topics
from tabapp.store.award_rows import (
    AwardRow,
    delete_awards,
    insert_awards,
    list_awards,
    read_facts,
    timezone_of,
    update_awards,
)
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

AWARDS_TOPIC = topics.OF_TABLE["achievement"]
_TOPICS: Mapping[Part, tuple[str, ...]] = MappingProxyType({
    "people": (topics.PEOPLE, topics.SETTINGS),
    "results": (
        topics.PEOPLE, topics.SETTINGS, topics.RESULTS, topics.ROUNDS, topics.DRAWS,
        topics.PANELS, topics.BREAK,
    ),
})
"""What the awards of each part are worked out from."""
PARTS_OF_EVENTS: Mapping[str, Part] = MappingProxyType({
    BallotConfirmed.name: "results", BallotWithdrawn.name: "results",
    RoundCompleted.name: "results", TournamentCompleted.name: "results",
    TeamJoined.name: "people", TeamCompleted.name: "people", ProfileCompleted.name: "people",
})
"""Which awards can change when something happens, by the name of the event."""
_ALL_OF_EVENTS = frozenset({RoundCompleted.name, TournamentCompleted.name})
"""After these everything is looked at: they are all that is told of a file that was imported."""
PART = 400
"""Awards of one write unit, so that a ballot that comes in meanwhile never waits for long."""
_ON_TIME = "round_on_time"


@dataclass(frozen=True, slots=True)
class AwardInput:
    """Read once, computed without a lock. ``subject``: only this one's awards; "" for all."""

    owner: TournamentRow
    keys: frozenset[str]
    subject: str
    facts: AwardFacts
    stored: tuple[AwardRow, ...]
    revision: Revision


@dataclass(frozen=True, slots=True)
class AwardChanges:
    """What has to be written: new awards, rows with other facts, rows to take back."""

    awarded: tuple[Earned, ...]
    changed: Mapping[int, Mapping[str, Any]]
    taken_back: tuple[AwardRow, ...]

    def __bool__(self) -> bool:
        return bool(self.awarded or self.changed or self.taken_back)


def keys_of_event(event: str) -> frozenset[str]:
    """Return the awards that something which happened can concern, by the name of the event.

    ``UserError("award_event_unknown")`` for a name that is none.
    """
    if event not in PARTS_OF_EVENTS:
        raise UserError(
            "award_event_unknown", event=event, known=", ".join(sorted(PARTS_OF_EVENTS)))
    if event in _ALL_OF_EVENTS:
        return frozenset(AWARDS)
    part = PARTS_OF_EVENTS[event]
    return frozenset(one.key for one in AWARDS.values() if one.part == part)


def read_input(
    unit: ReadUnit, tournament_id: int, keys: Collection[str] | None = None, subject: str = ""
) -> AwardInput:
    """Read all that some awards rest on, and those that are stored; all awards without ``keys``.

    A ``subject`` is the archive id of a team or a person whose registration alone has changed.
    """
    owner = get_tournament(unit, tournament_id)
    chosen = frozenset(AWARDS) if keys is None else frozenset(keys)
    parts = parts_of(chosen)
    results = "results" in parts
    named = {topic for part in parts for topic in _TOPICS[part]}
    return AwardInput(
        owner=owner, keys=chosen, subject="" if results else subject,
        facts=read_facts(
            unit, owner, results=results, zone=zone_of(timezone_of(unit, tournament_id)),
            finished=results and is_complete(unit, tournament_id)),
        stored=tuple(one for one in list_awards(unit, tournament_id) if one.key in chosen),
        revision=unit.revision(tournament_id, AWARDS_TOPIC, *sorted(named)),
    )


def work_out(found: AwardInput, *, tick: Tick = no_tick) -> AwardChanges:
    """Compare what is earned now with what is stored."""
    mine = {"", found.subject} if found.subject else None
    earned = [
        one for one in evaluate(found.facts, found.keys, tick=tick)
        if mine is None or one.subject in mine]
    kept = _undecided(found.facts)
    stored = [
        one for one in found.stored
        if (mine is None or one.subject in mine) and (one.key, one.round_seq) not in kept]
    return compare(earned, stored)


def compare(earned: Sequence[Earned], stored: Sequence[AwardRow]) -> AwardChanges:
    """Return what turns the stored awards into the earned ones, leaving alone what is right.

    An award whose round or facts are others now is the same award.
    """
    rows: dict[tuple[Any, ...], list[AwardRow]] = defaultdict(list)
    for row in stored:
        rows[_identity(row.key, row.subject, row.round_seq)].append(row)
    new: list[Earned] = []
    changed: dict[int, Mapping[str, Any]] = {}
    for one in earned:
        known = rows.get(_identity(one.key, one.subject, one.round_seq))
        if not known:
            new.append(one)
            continue
        row = known.pop(0)
        extra = {**row.extra, **_extra(one)}
        if row.round_seq != one.round_seq or dict(row.extra) != extra:
            changed[row.id] = {"round_seq": one.round_seq, "extra": extra}
    left = tuple(sorted((row for known in rows.values() for row in known), key=lambda r: r.id))
    return AwardChanges(tuple(new), changed, left)


def in_parts(changes: AwardChanges, size: int = PART) -> Iterator[AwardChanges]:
    """Cut changes into such as are written in one unit each; what is taken back goes first.

    What a correction changes is one unit: only a whole tournament at once has more than one.
    """
    if len(changes.awarded) + len(changes.changed) + len(changes.taken_back) <= size:
        yield changes
        return
    for at in range(0, len(changes.taken_back), size):
        yield AwardChanges((), {}, changes.taken_back[at:at + size])
    rows = list(changes.changed.items())
    for at in range(0, len(rows), size):
        yield AwardChanges((), dict(rows[at:at + size]), ())
    for at in range(0, len(changes.awarded), size):
        yield AwardChanges(changes.awarded[at:at + size], {}, ())


def after_writing(read: Revision) -> Revision:
    """Return what holds once awards were written in one unit, if nobody else wrote."""
    return Revision(read.tournament, dict(read.topics) | {
        AWARDS_TOPIC: read.topics[AWARDS_TOPIC] + 1})


def store(unit: WriteUnit, owner: TournamentRow, changes: AwardChanges) -> None:
    """Write the changes; each new award is told once, as an event after the commit."""
    delete_awards(unit, [one.id for one in changes.taken_back])
    update_awards(unit, changes.changed)
    insert_awards(unit, [
        {"tournament_id": owner.id, "key": one.key, "subject": one.subject,
         "round_seq": one.round_seq, "awarded_at": unit.header.at, "extra": _extra(one)}
        for one in changes.awarded
    ])
    for one in changes.awarded:
        unit.emit(AchievementAwarded(owner.id, one.key, one.subject))


def _identity(key: str, subject: str, seq: int | None) -> tuple[Any, ...]:
    return (key, subject, seq) if AWARDS[key].each_round else (key, subject)


def _extra(one: Earned) -> dict[str, Any]:
    return {"rounds": list(one.rounds), "facts": dict(one.facts)}


def _undecided(facts: AwardFacts) -> set[tuple[str, int | None]]:
    """Return awards of which nobody can tell any more: when a round that was imported ended."""
    return {
        (_ON_TIME, one.seq) for one in facts.rounds if one.completed and one.finished_at is None}
