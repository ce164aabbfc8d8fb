"""Ids, sides, stages and the frozen snapshots that algorithms read and return."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
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


PULLUP = "pullup"
"""The flag of a team that meets a higher bracket; keys of team flags in documents too."""

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


@lru_cache(maxsize=1 << 16)  # the same few thousand ids are put in order again and again
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
    teams share one; ``sides`` are counts so far in the order of the format's sides, ``kind_sides``
    those within rounds of the same kind; ``seen`` maps opponents to the number of debates in which
    both stood. The three draw strengths are sums over all opponents met: of their points, of their
    speaks, and of their ranks. ``pullup_debates`` counts debates against a pulled-up team or as
    one. ``seed`` is None for a team without a seed value.
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
    draw_strength: float = 0.0
    draw_strength_speaks: float = 0.0
    draw_strength_rank: float = 0.0
    pullup_debates: int = 0
    seed: float | None = None
    kind_sides: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where a round stands in a round-robin: how many of its rounds came before, and who plays.

    ``teams`` are all that take part in the cycle, those that are away from this round included,
    in order of id: whoever would meet an absent team rests.
    """

    index: int
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawSnapshot:
    """Everything that a draw depends on, apart from its seed.

    ``options`` holds every draw option in force under the names of ``rules.md``, section 2.
    ``cycle`` is there for a round-robin round; without it the teams given are in its first round.
    """

    sides: tuple[Side, ...]
    draw_type: DrawType
    teams: tuple[DrawTeam, ...]
    options: Mapping[str, Any]
    round_seq: int = 0
    cycle: Cycle | None = None


@dataclass(frozen=True, slots=True)
class DrawnDebate:
    """One room of a draw. ``sides`` stand in speaking order; a bye has one.

    ``sides_confirmed`` is false where the sides only hold the places until the room decides.
    """

    bracket: float
    room_rank: int
    sides: tuple[tuple[Side, str], ...]
    flags: tuple[str, ...] = ()
    team_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed_points: tuple[float, ...] = ()
    sides_confirmed: bool = True

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams in speaking order."""
        return tuple(team for _side, team in self.sides)


@dataclass(frozen=True, slots=True)
class DrawQuality:
    """Figures by which draws are compared; keys of ``quality`` in ``headless.md``.

    ``pairing_cost`` is what a two-team draw by minimum-cost matching makes as small as it can.
    """

    pullups: int = 0
    position_cost: float = 0.0
    position_cost_optimum: float = 0.0
    rematches: int = 0
    same_institution: int = 0
    side_imbalance: int = 0
    pairing_cost: float = 0.0
    pairing_cost_optimum: float = 0.0


@dataclass(frozen=True, slots=True)
class Draw:
    """A finished draw: debates by room rank, and what is needed to replay it.

    ``remarks`` are sentences that belong on its certificate, such as that it is not WUDC's.
    """

    debates: tuple[DrawnDebate, ...]
    seed: int
    quality: DrawQuality
    engine: str
    remarks: tuple[str, ...] = ()


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
    seed: float | None = None


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
    """A round as standings and draws see it; ``kind`` is such as "impromptu", "" for none."""

    seq: int
    stage: Stage = Stage.PRELIMINARY
    weight: int = 1
    silent: bool = False
    kind: str = ""
    draw_type: DrawType = DrawType.POWER


@dataclass(frozen=True, slots=True, eq=False)
class ResultData:
    """All results of a tournament in columns.

    ``team_*`` columns have one row for each team in each drawn debate that is not postponed (byes
    included), ``speech_*`` one for each speech on a confirmed ballot, replies included. Team,
    speaker, round columns are indices into the tuples; debates are numbered from 0. Missing
    numbers are NaN. ``team_confirmed`` is false where the debate has no confirmed ballot (a bye
    with results counts as confirmed). ``team_averaged``: the team is credited with the average
    team score of its other debates, since nobody debated against it.
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
    team_averaged: BoolArray
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
