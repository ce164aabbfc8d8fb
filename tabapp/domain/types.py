"""Ids, sides, stages and the frozen snapshots that algorithms read and return."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# in quotes, since what only reads and shows needs no NumPy, which takes 0.1 s to load
IntArray: TypeAlias = "npt.NDArray[np.int64]"
FloatArray: TypeAlias = "npt.NDArray[np.float64]"
BoolArray: TypeAlias = "npt.NDArray[np.bool_]"

Tick = Callable[[int, int], None]
"""``tick(done, total)`` reports progress and raises to cancel."""


def no_tick(_done: int, _total: int) -> None:
    """Report nothing: for callers that show no progress."""


class Side(StrEnum):
    """A team's place in a debate, named as in the archive."""

    OG = "og"
    OO = "oo"
    CG = "cg"
    CO = "co"
    AFF = "aff"
    NEG = "neg"
    BYE = "bye"


BP_SIDES = (Side.OG, Side.OO, Side.CG, Side.CO)
TWO_SIDES = (Side.AFF, Side.NEG)


class Stage(StrEnum):
    """Preliminary rounds count for the break, elimination rounds follow it."""

    PRELIMINARY = "preliminary"
    ELIMINATION = "elimination"


class DrawType(StrEnum):
    """How a round is drawn."""

    RANDOM = "random"
    POWER = "power"
    ROUND_ROBIN = "round-robin"
    SEEDED = "seeded"
    MANUAL = "manual"
    ELIMINATION = "elimination"


class Role(StrEnum):
    """A judge's place on a panel. Trainees never vote."""

    CHAIR = "chair"
    PANELLIST = "panellist"
    TRAINEE = "trainee"


_PARTS = re.compile(r"(\d+)")


def id_key(ref: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of an archive id: ``T2`` stands before ``T12``. Equal only for equal ids.

    >>> sorted(["T12", "T2", "T02"], key=id_key)
    ['T2', 'T02', 'T12']
    """
    parts = _PARTS.split(ref)
    return tuple(
        (0, int(part), f"{len(part):06d}") if part.isdigit() and part.isascii() else (1, 0, part)
        for part in parts
        if part
    )


# --- draws -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DrawTeam:
    """A team as the draw sees it: its record before the round.

    ``points`` is the first metric of the precedence (0 where blank); ``rank`` counts from 1, tied
    teams share one; ``sides`` are counts so far in the order of the format's sides; ``seen`` maps
    opponents to the number of debates in which both stood.
    """

    id: str
    points: float = 0.0
    rank: int = 1
    subrank: int | None = None
    institution: str | None = None
    sides: tuple[int, ...] = (0, 0, 0, 0)
    pullups: int = 0
    byes: int = 0
    seen: Mapping[str, int] = field(default_factory=dict)
    allocated_side: Side | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class DrawSnapshot:
    """Everything that a draw depends on, apart from its seed.

    ``options`` holds every draw option in force under the names of ``rules.md``, section 2.
    """

    sides: tuple[Side, ...]
    draw_type: DrawType
    teams: tuple[DrawTeam, ...]
    options: Mapping[str, Any]
    round_seq: int = 0


@dataclass(frozen=True, slots=True)
class DrawnDebate:
    """One room of a draw. ``sides`` stand in speaking order; a bye has one."""

    bracket: float
    room_rank: int
    sides: tuple[tuple[Side, str], ...]
    flags: tuple[str, ...] = ()
    team_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed_points: tuple[float, ...] = ()

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams in speaking order."""
        return tuple(team for _side, team in self.sides)


@dataclass(frozen=True, slots=True)
class DrawQuality:
    """Figures by which draws are compared; keys of ``quality`` in ``headless.md``."""

    pullups: int = 0
    position_cost: float = 0.0
    position_cost_optimum: float = 0.0
    rematches: int = 0
    same_institution: int = 0
    side_imbalance: int = 0


@dataclass(frozen=True, slots=True)
class Draw:
    """A finished draw: debates by room rank, and what is needed to replay it."""

    debates: tuple[DrawnDebate, ...]
    seed: int
    quality: DrawQuality
    engine: str


@dataclass(frozen=True, slots=True)
class Check:
    """One finding of an auditor. ``scope`` says of what, such as ``round 3`` or ``D31``."""

    name: str
    scope: str
    status: Literal["passed", "failed", "skipped", "unclear"]
    detail: str = ""


# --- results -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamInfo:
    """A team as standings and breaks see it. Categories are slugs; preferences in order."""

    id: str
    name: str
    institution: str | None = None
    type: Literal["normal", "composite", "swing"] = "normal"
    break_categories: frozenset[str] = frozenset()
    break_preferences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerInfo:
    """A speaker as standings see them. ``team`` is an index into the teams, -1 for none."""

    id: str
    name: str
    team: int
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AdjudicatorInfo:
    """A judge as standings see them: base score, mean feedback (None without any) and rounds."""

    id: str
    name: str
    base_score: float = 0.0
    feedback: float | None = None
    feedback_count: int = 0
    chaired: int = 0
    panelled: int = 0
    trained: int = 0


@dataclass(frozen=True, slots=True)
class RoundInfo:
    """A round as standings see it."""

    seq: int
    stage: Stage = Stage.PRELIMINARY
    weight: int = 1
    silent: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class ResultData:
    """All results of a tournament in columns.

    ``team_*`` columns have one row for each team in each drawn debate that is not postponed (byes
    included), ``speech_*`` one for each speech on a confirmed ballot, replies included. Team,
    speaker, round columns are indices into the tuples; debates are numbered from 0. Missing
    numbers are NaN. ``team_confirmed`` is false where the debate has no confirmed ballot (a bye
    with results counts as confirmed).
    """

    teams: tuple[TeamInfo, ...]
    speakers: tuple[SpeakerInfo, ...]
    rounds: tuple[RoundInfo, ...]
    team_team: IntArray
    team_debate: IntArray
    team_round: IntArray
    team_side: IntArray  # index into the sides of the format, -1 for a bye
    team_points: FloatArray
    team_win: FloatArray  # 1, 0 or NaN
    team_score: FloatArray
    team_margin: FloatArray
    team_votes_given: FloatArray
    team_votes_possible: FloatArray
    team_ghost: BoolArray
    team_pullup: BoolArray
    team_confirmed: BoolArray
    speech_speaker: IntArray
    speech_team: IntArray
    speech_debate: IntArray
    speech_round: IntArray
    speech_position: IntArray
    speech_score: FloatArray
    speech_rank: FloatArray
    speech_ghost: BoolArray
    speech_reply: BoolArray


Value = float | int | str | None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One line of a table. ``rank`` is None for a row that is listed without being ranked."""

    id: str
    name: str
    rank: int | None
    tied: bool
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Standings:
    """A table in rank order, then by name. ``metrics`` rank, ``extra`` are shown only."""

    kind: Literal["teams", "speakers", "replies", "adjudicators"]
    metrics: tuple[str, ...]
    extra: tuple[str, ...]
    rows: tuple[StandingRow, ...]
