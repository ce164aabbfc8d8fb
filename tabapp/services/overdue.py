"""Looking for ballots that are late, and doing what the settings say about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tabapp.core.errors import ProblemsFound
from tabapp.core.messages import word
from tabapp.domain.archive import Ballot
from tabapp.domain.deadlines import (
    NOTHING_ASKED,
    Asked,
    FlagKind,
    Limits,
    Room,
    Step,
    Whereabouts,
    decide_pending,
    decide_unconfirmed,
    limits_of,
)
from tabapp.domain.formats.values import OverdueAction
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.events import BallotOverdue
from tabapp.services.round_moments import end_of, start_of
from tabapp.store import topics
from tabapp.store.check_in_rows import receipts_of_round
from tabapp.store.deadline_reads import (
    TimedRoom,
    TimedRound,
    last_check_ins,
    line_ups,
    team_names,
    timed_rooms,
    timed_rounds,
)
from tabapp.store.flag_rows import (
    FlagRow,
    delete_flags,
    flags_of_tournament,
    insert_flags,
    undone_flags,
)
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

TOPICS = (
    topics.RESULTS, topics.ROUNDS, topics.SETTINGS, topics.DRAWS, topics.PEOPLE, "check_ins",
    "overdue",
)
"""What a look reads."""
NAMED = 5
"""Rooms that the trail names; more are counted."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do, with the debate that it is about."""

    step: Step
    round: TimedRound
    room: TimedRoom
    flags: tuple[FlagRow, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A round as a look finds it, with its rooms; ``rows`` are the same by row id."""

    round: TimedRound
    limits: Limits
    end: datetime | None
    rooms: tuple[Room, ...]
    rows: Mapping[int, TimedRoom]


class _Look:
    """Reads once what a look at one tournament needs."""

    def __init__(
        self, unit: ReadUnit, tournament_id: int, now: datetime, asked: Asked,
        only: int | None,
    ) -> None:
        self.unit, self.now, self.asked, self.only = unit, now, asked, only
        self.owner = get_tournament(unit, tournament_id)
        self.flags = flags_of_tournament(unit, tournament_id)
        flagged = {flag.round_id for flags in self.flags.values() for flag in flags}
        self.rounds = [
            one for one in timed_rounds(unit, tournament_id) if one.waits or one.id in flagged]
        self.answered = undone_flags(unit, tournament_id) if self.rounds else {}
        self._arrivals: dict[str, datetime] | None = None

    def seen(self) -> Iterator[_Seen]:
        """Yield the rounds that wait for ballots or have flags."""
        rows: dict[int, list[TimedRoom]] = defaultdict(list)
        for row in timed_rooms(self.unit, [one.id for one in self.rounds]):
            if self.only in (None, row.id):
                rows[row.round_id].append(row)
        for one in self.rounds:
            # a completed round is left alone, but for flags whose ballots have come
            here = [row for row in rows[one.id] if not one.completed or row.confirmed]
            limits = limits_of(self.owner.settings, one.own, self.asked)
            yield _Seen(
                one, limits, end_of(one, self.owner.settings, self.now),
                tuple(self._rooms(one, here)), {row.id: row for row in here})

    def _rooms(self, round_: TimedRound, rows: Sequence[TimedRoom]) -> Iterator[Room]:
        papers = receipts_of_round(self.unit, round_.id) if rows else {}
        places = {row.id: _where(round_, row, row.id in papers) for row in rows}
        absences = self._absences(round_, [row.id for row in rows if places[row.id] == "out"])
        for row in rows:
            paper = papers.get(row.id)
            absent, standing = absences.get(row.id, ((), 0))
            flags = self.flags.get(row.id, ())
            yield Room(
                debate=row.id, where=places[row.id],
                entered_at=row.entered_at or (paper.at if paper is not None else None),
                flags={flag.kind: flag.since for flag in flags},
                answered=self.answered.get(row.id, frozenset()), absent=absent,
                standing=standing,
                refused=any(flag.facts.get("why") == "forfeit_refused" for flag in flags))

    def _absences(
        self, round_: TimedRound, out: Sequence[int]
    ) -> Mapping[int, tuple[tuple[str, ...], int]]:
        """Return debate -> the sides nobody of whom checked in, and how many others there are.

        Of the debates whose ballots are ``out``, only where a forfeit may follow, and only where
        speakers check in at all. Of a team without speakers nobody can tell.
        """
        settings = self.owner.settings
        own = limits_of(settings, round_.own, self.asked)
        wanted = {own.action, self.asked.action, settings.ballot_unconfirmed_action}
        if "forfeit" not in wanted or not out:
            return {}
        if self._arrivals is None:
            self._arrivals = last_check_ins(self.unit, self.owner.id)
        start = start_of(round_, settings, self.now) or self.now
        since = start - timedelta(hours=settings.checkin_window_people)
        here = {ref for ref, at in self._arrivals.items() if at >= since}
        if not here:
            return {}
        found = {}
        for debate_id, sides in line_ups(self.unit, out).items():
            absent = tuple(
                side for side, people in sides.items() if people and not here & set(people))
            found[debate_id] = (absent, len(sides) - len(absent))
        return found

    def due(self, seen: _Seen, steps: Iterator[Step]) -> Iterator[Due]:
        """Yield steps with the rows that they are about."""
        for step in steps:
            flags = self.flags.get(step.debate, ())
            yield Due(
                step, seen.round, seen.rows[step.debate],
                tuple(flag for flag in flags if flag.kind in step.drops))


def _where(round_: TimedRound, row: TimedRoom, is_here: bool) -> Whereabouts:
    """Say where a ballot is; one whose paper is here already is nobody's to fetch or forfeit."""
    if row.is_bye or row.status == "postponed" or round_.status != "released":
        return "aside"
    if row.waiting:
        return "waits"
    if row.confirmed:
        return "counts"
    return "waits" if is_here else "out"


def look_pending(
    unit: ReadUnit, tournament_id: int, now: datetime, asked: Asked = NOTHING_ASKED, *,
    only: int | None = None,
) -> list[Due]:
    """Return what is to be done about ballots that have not come; ``only`` looks at one debate."""
    look = _Look(unit, tournament_id, now, asked, only)
    return [
        due for seen in look.seen()
        for due in look.due(seen, decide_pending(seen.rooms, seen.end, seen.limits, now))
    ]


def look_unconfirmed(
    unit: ReadUnit, tournament_id: int, now: datetime, *, hours: float | None = None,
    action: OverdueAction | None = None, only: int | None = None,
) -> list[Due]:
    """Return what is to be done about entries that nobody confirmed, and debates that go on."""
    look = _Look(unit, tournament_id, now, Asked(action=action), only)
    settings = look.owner.settings
    limit = settings.ballot_unconfirmed_hours if hours is None else hours
    return [
        due for seen in look.seen()
        for due in look.due(seen, decide_unconfirmed(
            seen.rooms, seen.end, limit, action or settings.ballot_unconfirmed_action, now,
            paused=seen.limits.paused))
    ]


# --- doing it ----------------------------------------------------------------------------------


def forfeits(found: Collection[Due]) -> list[Due]:
    """Return those that give somebody a forfeit: each is an action of its own."""
    return [due for due in found if due.step.sides]


def store_flags(unit: WriteUnit, tournament_id: int, found: Sequence[Due]) -> dict[str, int]:
    """Set and take off flags, in one action; return how many of each kind, and ``lifted``."""
    counts: dict[str, int] = defaultdict(int)
    delete_flags(unit, [flag.id for due in found for flag in due.flags])
    for due in found:
        if due.step.kind is None:
            counts["lifted"] += 1
        else:
            counts[due.step.kind] += 1
            _announce(unit, tournament_id, due, due.step.kind)
    insert_flags(unit, [
        (due.room.id, due.step.kind, due.step.limit, _facts(due))
        for due in found if due.step.kind is not None and due.step.limit is not None])
    return dict(counts)


def store_forfeit(unit: WriteUnit, owner: TournamentRow, due: Due) -> FlagKind:
    """Enter the ballot by which sides forfeit, through the rules of ballots, and flag the debate.

    Where these refuse it, the debate is flagged as late and says why. Returns the flag.
    """
    names = team_names(unit, due.room.id)
    teams = ", ".join(names.get(side, side) for side in due.step.sides)
    ballot = Ballot(
        status="confirmed", forfeit=list(due.step.sides), entered_by=unit.header.actor,
        confirmed_by=unit.header.actor, comment=word("forfeit_by_clock", {"teams": teams}))
    kind: FlagKind = "forfeited"
    facts = _facts(due) | {"teams": teams}
    try:
        enter_ballots(unit, owner, [Entry(due.round.seq, due.room.ref, ballot)])
    except ProblemsFound as found:
        kind = due.step.instead
        facts |= {"why": "forfeit_refused", "problem": found.problems[0].message}
    delete_flags(unit, [flag.id for flag in due.flags])
    assert due.step.limit is not None
    insert_flags(unit, [(due.room.id, kind, due.step.limit, facts)])
    _announce(unit, owner.id, due, kind)
    unit.describe(subject=f"{teams}, {due.round.title}, {due.room.name}")
    return kind


def _facts(due: Due) -> dict[str, Any]:
    facts: dict[str, Any] = {"room": due.room.name, "round": due.round.title}
    return facts | {"why": due.step.why} if due.step.why else facts


def _announce(unit: WriteUnit, tournament_id: int, due: Due, kind: FlagKind) -> None:
    unit.emit(BallotOverdue(tournament_id, due.round.id, due.room.id, kind))


def subject_of(found: Sequence[Due]) -> str:
    """Return what the trail says was marked: the rooms by kind, as in "overdue: Library 0.05"."""
    rooms: dict[tuple[str, str], list[str]] = defaultdict(list)
    for due in found:
        if due.step.kind is not None:
            rooms[due.step.kind, due.round.title].append(due.room.name)
    return "; ".join(
        word(f"marked_{kind}", {
            "round": title, "rooms": ", ".join(names[:NAMED]) + " …" * (len(names) > NAMED)})
        for (kind, title), names in rooms.items())
