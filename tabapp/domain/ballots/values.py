"""What a ballot is checked against, which kind of ballot a round has, and what one decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from tabapp.core.errors import UserError
from tabapp.domain.archive import Criterion
from tabapp.domain.formats import Settings
from tabapp.domain.types import Role, Side, Stage


class ResultType(StrEnum):
    """The kinds of ballot of rules.md, section 3."""

    CONSENSUS_SCORES = "consensus scores"
    CONSENSUS_WINNERS = "consensus without scores"
    PANEL_SCORES = "scores of each judge"
    PANEL_WINNERS = "votes of each judge"
    PUBLIC_SPEAKING = "public speaking"


VOTING = frozenset({
    ResultType.PANEL_SCORES, ResultType.PANEL_WINNERS, ResultType.PUBLIC_SPEAKING})
"""The kinds with one sheet for each judge who votes; in public speaking these decide nothing."""
SCORELESS = frozenset({ResultType.CONSENSUS_WINNERS, ResultType.PANEL_WINNERS})
"""The kinds that ask for no marks."""


@dataclass(frozen=True, slots=True)
class DebateContext:
    """What a ballot is checked against.

    ``sides`` stand in speaking order; ``speakers`` maps each team to its speakers; ``panel`` says
    who chairs and who is a trainee, which the votes of single judges need to be counted;
    ``all_speakers`` is everyone in the tournament (empty: not known); ``names`` gives the names
    that sentences use, id to name; ``criteria`` are the tournament's scoring criteria by id.
    """

    id: str
    round_seq: int
    stage: Stage
    sides: tuple[tuple[Side, str], ...]
    speakers: Mapping[str, frozenset[str]]
    panel: tuple[tuple[str, Role], ...] = ()
    last_elimination: bool = False
    all_speakers: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, Criterion] = field(default_factory=dict)

    def name(self, ref: str) -> str:
        """Return the name of a team or a person, the id where no name is known."""
        return self.names.get(ref) or ref

    def speech(self, side: str, position: int) -> str:
        """Return how problems call a speech of this debate."""
        return f"{self.id} {side} speech {position}"

    def of_judge(self, judge: str) -> DebateContext:
        """Return the same debate under a name that says whose sheet is meant."""
        return replace(self, id=f"{self.id} (sheet of {self.name(judge)})")

    @property
    def advancing(self) -> int:
        """How many teams go on from this elimination debate (1 of two, 2 of four, 1 at last)."""
        return 2 if len(self.sides) > 2 and not self.last_elimination else 1


@dataclass(frozen=True, slots=True)
class TeamResult:
    """What one debate gives one team. ``score`` is the team score, None where there is none.

    ``votes_given`` of ``votes_possible`` judges voted for it; both None where none voted singly.
    """

    team: str
    side: Side
    rank: int | None
    points: float | None
    win: bool | None
    score: float | None
    margin: float | None = None
    votes_given: float | None = None
    votes_possible: float | None = None
    has_ghost: bool = False
    forfeit: bool = False


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """One speech on a ballot. A ghost never counts in speaker standings.

    ``score`` and ``rank`` are means over the relevant judges where these voted singly.
    """

    team: str
    side: Side
    speaker: str
    position: int
    score: float | None
    rank: float | None
    ghost: bool
    reply: bool


@dataclass(frozen=True, slots=True)
class DebateResult:
    """What a ballot decides; teams stand in the order of the sides."""

    teams: tuple[TeamResult, ...]
    speeches: tuple[SpeechResult, ...]


def is_available(kind: ResultType, sides: int) -> bool:
    """Tell whether ballots of this kind can be counted; judges vote only between two teams."""
    return sides == 2 or kind is not ResultType.PANEL_WINNERS


def result_type(settings: Settings, stage: Stage, sides: int) -> ResultType:
    """Say which kind of ballot debates of this stage have (rules.md, section 3).

    Raises ``UserError("ballots_per_judge_in_large_rooms")`` for the one invalid combination.
    """
    elimination = stage is Stage.ELIMINATION
    per_debate = settings.ballots_per_debate_elim if elimination else (
        settings.ballots_per_debate_prelim
    )
    scoreless = settings.speakers_in_ballots == "never" or (
        elimination and settings.speakers_in_ballots == "prelim"
    )
    if per_debate == "per-debate":
        if scoreless or (elimination and sides > 2):
            return ResultType.CONSENSUS_WINNERS
        return ResultType.CONSENSUS_SCORES
    if scoreless:
        return ResultType.PANEL_WINNERS
    if sides == 2:
        return ResultType.PANEL_SCORES
    if settings.margin_includes_dissenters:
        return ResultType.PUBLIC_SPEAKING
    raise UserError("ballots_per_judge_in_large_rooms", sides=sides)
