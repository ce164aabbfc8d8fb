"""What happens in a tournament, as events: their names are stable, whoever listens.

Published after the commit that made them true. ``tournament`` is its row id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from tabapp.core.events import Event
from tabapp.domain.health import HealthReport


@dataclass(frozen=True, slots=True)
class DomainEvent(Event):
    """Base of the events of tournaments; ``name`` is what schedules and logs call it."""

    name: ClassVar[str] = ""
    tournament: int | None


# --- what people did ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamJoined(DomainEvent):
    """A team was added."""

    name: ClassVar[str] = "team.joined"
    team: int


@dataclass(frozen=True, slots=True)
class TeamCompleted(DomainEvent):
    """A team came to have as many speakers as the format needs."""

    name: ClassVar[str] = "team.completed"
    team: int


@dataclass(frozen=True, slots=True)
class ProfileCompleted(DomainEvent):
    """All that the settings ask of a person is there. ``kind`` is speaker or adjudicator."""

    name: ClassVar[str] = "profile.completed"
    kind: str
    person: int


@dataclass(frozen=True, slots=True)
class BallotConfirmed(DomainEvent):
    """A ballot came to count: confirmed for the first time, corrected, or brought back."""

    name: ClassVar[str] = "ballot.confirmed"
    round: int
    debate: int
    ballot: int


@dataclass(frozen=True, slots=True)
class BallotWithdrawn(DomainEvent):
    """A debate has no counting ballot any more, as after an undo."""

    name: ClassVar[str] = "ballot.withdrawn"
    round: int
    debate: int


@dataclass(frozen=True, slots=True)
class RoundCompleted(DomainEvent):
    """A round was completed."""

    name: ClassVar[str] = "round.completed"
    round: int


@dataclass(frozen=True, slots=True)
class TournamentCompleted(DomainEvent):
    """The last round of a tournament was completed."""

    name: ClassVar[str] = "tournament.completed"


# --- what jobs did -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawCreated(DomainEvent):
    """A round was drawn."""

    name: ClassVar[str] = "draw.created"
    round: int


@dataclass(frozen=True, slots=True)
class AllocationChanged(DomainEvent):
    """Judges or rooms of a round were placed by a job."""

    name: ClassVar[str] = "allocation.changed"
    round: int


@dataclass(frozen=True, slots=True)
class StandingsUpdated(DomainEvent):
    """The cached tables are those of the confirmed ballots."""

    name: ClassVar[str] = "standings.updated"


@dataclass(frozen=True, slots=True)
class ForecastUpdated(DomainEvent):
    """There is a new forecast of who breaks, made by ``runs`` simulated endings."""

    name: ClassVar[str] = "forecast.updated"
    runs: int


@dataclass(frozen=True, slots=True)
class ResultsUpdated(DomainEvent):
    """The results of a debate were worked out."""

    name: ClassVar[str] = "results.updated"
    debate: int


@dataclass(frozen=True, slots=True)
class BreakCreated(DomainEvent):
    """The teams that break were chosen."""

    name: ClassVar[str] = "break.created"


@dataclass(frozen=True, slots=True)
class AchievementAwarded(DomainEvent):
    """Somebody earned an award. ``subject`` is its archive id, "" for the tournament."""

    name: ClassVar[str] = "achievement.awarded"
    key: str
    subject: str


@dataclass(frozen=True, slots=True)
class RecommendationsUpdated(DomainEvent):
    """The suggestions were worked out anew; ``open`` of them wait for an answer."""

    name: ClassVar[str] = "recommendations.updated"
    open: int


@dataclass(frozen=True, slots=True)
class BallotOverdue(DomainEvent):
    """A debate passed a limit. ``state`` is warning, overdue, unconfirmed or forfeited."""

    name: ClassVar[str] = "ballot.overdue"
    round: int
    debate: int
    state: str


@dataclass(frozen=True, slots=True)
class SnapshotMade(DomainEvent):
    """A verified copy was made; ``second`` tells whether the second folder has it too."""

    name: ClassVar[str] = "snapshot.made"
    path: str
    second: bool


@dataclass(frozen=True, slots=True)
class HealthChanged(DomainEvent):
    """A look at the program's health found something else than the one before."""

    name: ClassVar[str] = "health.changed"
    report: HealthReport


@dataclass(frozen=True, slots=True)
class RecoveryDone(DomainEvent):
    """What was missing or different was taken from another file."""

    name: ClassVar[str] = "recovery.done"
    source: str
    rows: int


@dataclass(frozen=True, slots=True)
class SnapshotFailed(DomainEvent):
    """No copy could be taken ahead of ``reason``; what was to be done goes on."""

    name: ClassVar[str] = "snapshot.failed"
    reason: str
    problem: str
