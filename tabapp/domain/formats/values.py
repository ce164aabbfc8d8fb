"""What a setting can be: its kinds of value, its choices and how it is declared."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

TeamMetric = Literal[
    "wins", "points", "speaks_sum", "speaks_avg", "speaks_ind_avg", "speaks_stddev",
    "margin_sum", "margin_avg", "draw_strength", "draw_strength_speaks", "num_adjs",
    "firsts", "seconds", "thirds", "npullups", "pullup_debates", "num_iron", "wbw",
]
ShownTeamMetric = Literal[TeamMetric, "draw_strength_rank", "subrank", "institution_rank"]
SpeakerMetric = Literal[
    "total", "average", "trimmed_mean", "stdev", "count", "srank", "team_points", "team_wins",
    "firsts", "seconds", "thirds", "num_adjs",
]

TEAM_METRICS: tuple[str, ...] = get_args(TeamMetric)
"""Keys that can rank teams."""
SHOWN_TEAM_METRICS: tuple[str, ...] = get_args(ShownTeamMetric)
"""Keys that can stand in a team table, the three that never rank included."""
SPEAKER_METRICS: tuple[str, ...] = get_args(SpeakerMetric)
"""Keys that can rank speakers or be shown beside them."""
REPEATABLE_METRICS = frozenset({"wbw"})
"""Who-beat-whom may stand several times: each looks at the metrics before it."""

SpeakerField = Literal[
    "name", "team", "institution", "email", "gender", "pronoun", "categories", "consent",
]
AdjudicatorField = Literal["name", "institution", "email", "base_score", "conflicts", "consent"]

BallotsPerDebate = Literal["per-adj", "per-debate"]
Submission = Literal["off", "private-urls", "public"]
OverdueAction = Literal["flag", "forfeit", "none"]
PaperSize = Literal["a4", "us-letter"]


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _encodable(text: str) -> str:
    """Half of a surrogate pair, which JSON can carry, can be neither stored nor printed."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise PydanticCustomError("string_unicode", "half a letter")
    return text


def _no_repeats(metrics: tuple[str, ...]) -> tuple[str, ...]:
    for place, metric in enumerate(metrics):
        if metric in metrics[:place] and metric not in REPEATABLE_METRICS:
            raise PydanticCustomError("repeated_metric", "{metric} twice", {"metric": metric})
    return metrics


_LISTED = (BeforeValidator(_tuple), AfterValidator(_no_repeats))

Text = Annotated[str, AfterValidator(_encodable)]
Whole = Annotated[int, BeforeValidator(_whole)]
TeamMetrics = Annotated[tuple[TeamMetric, ...], Field(max_length=8), *_LISTED]
ShownTeamMetrics = Annotated[tuple[ShownTeamMetric, ...], Field(max_length=5), *_LISTED]
SpeakerMetrics = Annotated[tuple[SpeakerMetric, ...], Field(max_length=4), *_LISTED]
ShownSpeakerMetrics = Annotated[tuple[SpeakerMetric, ...], Field(max_length=5), *_LISTED]
SpeakerFields = Annotated[tuple[SpeakerField, ...], Field(max_length=8), *_LISTED]
AdjudicatorFields = Annotated[tuple[AdjudicatorField, ...], Field(max_length=6), *_LISTED]

# Beyond these the solvers would run out of the range of their numbers.
HIGHEST_PENALTY = 1_000_000_000
HIGHEST_SCORE = 1_000_000.0


class Group(BaseModel):
    """Base of the groups of settings. Strict: no text passes for a number, no 1 for true."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    GROUP: ClassVar[str] = ""


def setting(
    default: Any, meaning: str, *,
    ge: float | None = None, le: float | None = None,
) -> Any:
    """Declare a setting with its default, its meaning in one sentence and its limits."""
    return Field(default, description=meaning, ge=ge, le=le)


def score(default: float, meaning: str) -> Any:
    """Declare a mark: any number that sums can still hold."""
    return setting(default, meaning, ge=-HIGHEST_SCORE, le=HIGHEST_SCORE)


def penalty(default: int, meaning: str) -> Any:
    """Declare what a fault costs: a whole number from 0."""
    return setting(default, meaning, ge=0, le=HIGHEST_PENALTY)
