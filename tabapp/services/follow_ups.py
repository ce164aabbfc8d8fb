"""Which jobs follow from what happened in one tournament: a burst of events in, calls out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tabapp.core import actors
from tabapp.core.events import Changed, Event
from tabapp.core.messages import word
from tabapp.services.events import (
    BallotConfirmed,
    BallotWithdrawn,
    DomainEvent,
    ProfileCompleted,
    RoundCompleted,
    StandingsUpdated,
    TeamCompleted,
    TeamJoined,
    TournamentCompleted,
)
from tabapp.store import topics
from tabapp.store.follow_up_reads import Names, Wanted, read_names
from tabapp.store.unit import ReadUnit

MOST = 10
"""Ballots, teams or people of one burst that are looked after one by one."""

NAMED = 3
"""Rooms that the reason of a copy names."""

TABLES_FOLLOW = frozenset({topics.RESULTS, topics.SETTINGS, topics.FEEDBACK, topics.BREAK})
"""Topics after which the cached tables are made again; the others wait for the hourly look."""

_OF_RESULTS = (TournamentCompleted, RoundCompleted, BallotConfirmed, BallotWithdrawn)
"""Events after which the same awards are checked: one check will do, for the greatest of them."""


@dataclass(frozen=True, slots=True)
class Call:
    """A job to submit. ``about`` completes its title."""

    job: str
    tournament: int | None
    params: Mapping[str, Any]
    by: str
    about: str = ""


@dataclass(slots=True)
class Burst:
    """What happened in one tournament since something was submitted last.

    ``ballots`` maps debates to the ballot that counts. ``first`` and ``last`` are readings of the
    clock that only moves forward.
    """

    first: float
    last: float
    tables: bool = False
    forecast: bool = False
    ballots: dict[int, int] = field(default_factory=dict)
    debates: dict[int, None] = field(default_factory=dict)
    rounds: dict[int, None] = field(default_factory=dict)
    teams: dict[tuple[str, int], None] = field(default_factory=dict)
    people: dict[tuple[str, int], None] = field(default_factory=dict)
    greatest: type[DomainEvent] | None = None

    def add(self, event: Event, now: float) -> None:
        """Take an event along."""
        self.last = now
        if isinstance(event, Changed | BallotConfirmed | BallotWithdrawn | RoundCompleted
                      | TournamentCompleted | TeamJoined):
            self.tables = True
        if isinstance(event, BallotConfirmed):
            self.ballots[event.debate] = event.ballot
            self.debates[event.debate] = None
        elif isinstance(event, BallotWithdrawn):
            self.ballots.pop(event.debate, None)
            self.debates[event.debate] = None
        elif isinstance(event, RoundCompleted):
            self.rounds[event.round] = None
        elif isinstance(event, TeamJoined | TeamCompleted):
            self.teams[event.name, event.team] = None
        elif isinstance(event, ProfileCompleted):
            self.people[event.kind, event.person] = None
        elif isinstance(event, StandingsUpdated):
            self.forecast = True
        if isinstance(event, _OF_RESULTS):
            self.greatest = _greater(self.greatest, type(event))

    def and_then(self, later: Burst) -> Burst:
        """Return both bursts as one."""
        for debate in later.debates:
            self.ballots.pop(debate, None)
        self.ballots |= later.ballots
        self.debates |= later.debates
        self.rounds |= later.rounds
        self.teams |= later.teams
        self.people |= later.people
        self.tables |= later.tables
        self.forecast |= later.forecast
        self.last = later.last
        self.greatest = _greater(self.greatest, later.greatest)
        return self

    @property
    def by(self) -> str:
        """Who is named as having asked for what follows."""
        if self.rounds or self.greatest is TournamentCompleted:
            return actors.ROUND
        return actors.BALLOT if self.debates else actors.PROGRAM

    def wanted(self) -> Wanted:
        """Return the rows whose names and whereabouts the calls need."""
        return Wanted(
            ballots=tuple(self.ballots.values()), debates=tuple(self.debates),
            rounds=tuple(self.rounds), teams=tuple(row for _event, row in self.teams),
            speakers=tuple(row for kind, row in self.people if kind == "speaker"),
            adjudicators=tuple(row for kind, row in self.people if kind == "adjudicator"))


def _greater(
    one: type[DomainEvent] | None, other: type[DomainEvent] | None
) -> type[DomainEvent] | None:
    return next((kind for kind in _OF_RESULTS if kind in (one, other)), None)


def is_concerned(event: Event) -> bool:
    """Tell whether anything can follow from an event. What others wrote, they look after."""
    if isinstance(event, Changed):
        return event.origin == "here" and bool(event.topics & TABLES_FOLLOW)
    return isinstance(event, (
        *_OF_RESULTS, TeamJoined, TeamCompleted, ProfileCompleted, StandingsUpdated))


def calls(unit: ReadUnit, tournament_id: int, burst: Burst) -> list[Call]:
    """Return what is to be submitted, in order; nothing for a tournament that is gone."""
    names = read_names(unit, tournament_id, burst.wanted())
    return [] if names is None else list(_calls(tournament_id, burst, names))


def _calls(owner: int, burst: Burst, names: Names) -> Iterator[Call]:
    here = {"tournament_id": owner}
    if len(burst.debates) <= MOST:
        for debate_id, ballot_id in burst.ballots.items():
            if ballot_id in names.counting:
                yield Call(
                    "results.process_ballot", owner, {"ballot_id": ballot_id}, burst.by,
                    names.debates.get(debate_id, ""))
    if burst.tables:
        yield Call("standings.recalculate", owner, here, burst.by)
    if len(burst.debates) <= MOST:
        for debate_id in burst.debates:
            if debate_id in names.debates:
                yield Call(
                    "results.rebuild_timeline", owner, {"debate_id": debate_id}, burst.by,
                    names.debates[debate_id])
    yield from _awards(owner, burst, names)
    if burst.rounds:
        yield Call("recommendations.refresh", owner, here, burst.by)
    if burst.forecast:
        yield Call("break.forecast", owner, here, burst.by)


def _awards(owner: int, burst: Burst, names: Names) -> Iterator[Call]:
    found: dict[str, list[str]] = {}
    if burst.greatest is not None:
        found[burst.greatest.name] = [""]
    for name, team in burst.teams:
        found.setdefault(name, []).append(names.teams.get(team, ""))
    for person in burst.people:
        found.setdefault(ProfileCompleted.name, []).append(names.people.get(person, ""))
    for name, subjects in found.items():
        for subject in [""] if len(subjects) > MOST else dict.fromkeys(subjects):
            yield Call(
                "achievements.check", owner,
                {"tournament_id": owner, "event": name, "subject": subject}, burst.by)


def reason(unit: ReadUnit, tournament_id: int, burst: Burst) -> str:
    """Return why a copy is made after a burst, "" where none is."""
    names = read_names(unit, tournament_id, burst.wanted())
    if names is None:
        return ""
    rounds = [names.rounds[one] for one in burst.rounds if one in names.rounds]
    if rounds:
        return word("copy_after_round", {"round": rounds[-1]})
    rooms = [names.debates[one] for one in burst.ballots if one in names.debates]
    if len(rooms) == 1:
        return word("copy_after_ballot", {"room": rooms[0]})
    named = ", ".join(rooms[:NAMED]) + " …" * (len(rooms) > NAMED)
    return word("copy_after_ballots", {"rooms": named}) if rooms else ""
