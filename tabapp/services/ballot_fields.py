"""What the sheets of one room ask: sides, judges, marks, criteria, ranks and winners, by format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import isfinite

from tabapp.domain.archive import HIGHEST, Criterion
from tabapp.domain.ballots import DebateContext, ResultType, result_type
from tabapp.domain.ballots.criteria import is_on_step
from tabapp.domain.ballots.speech_checks import last_position
from tabapp.domain.formats import Settings
from tabapp.domain.types import Role, Side, Stage

_NUMBER = re.compile(r"[+-]?(\d{1,9}([.,]\d{0,20})?|[.,]\d{1,20})")
_HALF = {"½": ".5", "−": "-"}


class Asks(StrEnum):
    """What a ballot asks of each side."""

    SCORES = "scores"
    ADVANCING = "advancing"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Limits:
    """The marks that one speech, or one criterion of it, can have."""

    low: float
    high: float
    step: float

    def allows(self, score: float) -> bool:
        """Tell whether a mark lies on a step from the lowest."""
        return is_on_step(score, self.low if isfinite(self.low) else 0.0, self.step)


@dataclass(frozen=True, slots=True)
class Seat:
    """One side with its team and who may speak for it, in the order of registration."""

    side: Side
    team: str
    name: str
    institution: str
    speakers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JudgeSeat:
    """A judge who hands in a sheet: archive id, name and role. Trainees never do."""

    ref: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What one debate's sheets ask, made from its format. ``means``: speaker -> mean mark.

    ``judges`` hand in a sheet each, the chair first; none of them where the room hands in one.
    ``criteria`` mark the substantive speeches, whose scores are then never typed. ``asks_sides``
    says that the sides only hold the places until somebody says who stood where.
    """

    context: DebateContext
    settings: Settings
    asks: Asks
    seats: tuple[Seat, ...]
    motions: tuple[tuple[str, str], ...]
    means: Mapping[str, float]
    judges: tuple[JudgeSeat, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    asks_ranks: bool = False
    asks_vetoes: bool = False
    asks_sides: bool = False
    room: str = ""
    """What its room is called, "" where it has no name."""

    @property
    def sheet_refs(self) -> tuple[str, ...]:
        """The keys of the sheets: each judge's archive id, or "" for the one of the room."""
        return tuple(judge.ref for judge in self.judges) or ("",)

    @property
    def positions(self) -> range:
        """The speeches of a side, replies last."""
        return range(1, last_position(self.settings) + 1)

    @property
    def keys(self) -> list[str]:
        """The speeches in the order of typing, such as ``og.1``."""
        return [key_of(seat.side, at) for seat in self.seats for at in self.positions]

    @property
    def ranked_keys(self) -> list[str]:
        """The speeches that have a rank, in the order of typing; replies have none."""
        if not self.asks_ranks:
            return []
        last = self.settings.substantive_speakers
        return [key for key in self.keys if position_of(key) <= last]

    @property
    def is_contest(self) -> bool:
        """Tell whether a sheet puts a side first; in public speaking none does."""
        return not (self.judges and len(self.seats) > 2)

    @property
    def asks_winners(self) -> bool:
        """Tell whether winners or advancing teams are ticked."""
        return self.asks is Asks.ADVANCING or (
            self.asks is Asks.SCORES and len(self.seats) == 2
            and self.settings.winners_in_ballots != "none")

    @property
    def asks_motion(self) -> bool:
        """Tell whether somebody has to choose the motion."""
        return self.settings.enable_motions and len(self.motions) > 1

    def limits(self, position: int) -> Limits:
        """Return the marks of a speech."""
        rules = self.settings
        if position > rules.substantive_speakers:
            return Limits(rules.reply_score_min, rules.reply_score_max, rules.reply_score_step)
        return Limits(rules.score_min, rules.score_max, rules.score_step)

    def criterion_keys(self, position: int) -> tuple[str, ...]:
        """Return the criteria by which a speech is marked; a reply has one mark as a whole."""
        if position > self.settings.substantive_speakers:
            return ()
        return tuple(one.id for one in self.criteria)

    def keys_of_marks(self, key: str) -> list[str]:
        """Return the fields in which the mark of a speech is typed."""
        criteria = self.criterion_keys(position_of(key))
        return [f"{key}.{one}" for one in criteria] or [key]

    def criterion(self, ref: str) -> Criterion:
        """Return a criterion by its archive id."""
        return next(one for one in self.criteria if one.id == ref)

    def criterion_limits(self, ref: str) -> Limits:
        """Return the marks of a criterion; a bound that is open is infinite, no step is 0."""
        one = self.criterion(ref)
        return Limits(
            float("-inf") if one.min is None else one.min,
            float("inf") if one.max is None else one.max, one.step or 0.0)

    def name(self, ref: str | None) -> str:
        """Return the name of a team or a person."""
        return self.context.name(ref or "?")

    def judge_name(self, ref: str) -> str:
        """Return the name of the judge of a sheet, "" for the sheet of the room."""
        return next((one.name for one in self.judges if one.ref == ref), "")


def key_of(side: Side, position: int) -> str:
    """Return the key of a speech."""
    return f"{side.value}.{position}"


def position_of(key: str) -> int:
    """Return which speech of its side a key such as ``og.1`` or ``og.1.K2`` means."""
    return int(key.split(".")[1])


def side_of(key: str) -> str:
    """Return the side of a key."""
    return key.partition(".")[0]


@lru_cache(maxsize=1024)  # the same few texts are read some hundred times at each key
def number(text: str) -> float | None:
    """Read a mark or a total as somebody types it; None for what is none.

    A comma is a point, ½ a half, and digits of any script are digits. One that is set high
    behind another (``7²``) or in a ring beside it says something else.
    """
    plain = text.strip()
    kinds = {one.isdecimal() for one in plain if one.isdigit()}
    if len(kinds) > 1:
        return None
    for sign, meant in _HALF.items():
        plain = plain.replace(sign, meant)
    plain = unicodedata.normalize("NFKC", plain)
    if _NUMBER.fullmatch(plain) is None:
        return None
    value = float(plain.replace(",", "."))
    return value if abs(value) <= HIGHEST else None


def whole(text: str) -> int | None:
    """Read a place or a rank; None for what is no whole number."""
    value = number(text)
    return int(value) if value is not None and value.is_integer() else None


def asked(context: DebateContext, settings: Settings) -> Asks:
    """Say what the ballots of a debate ask (``UserError`` for the one invalid combination)."""
    kind = result_type(settings, context.stage, len(context.sides))
    if kind in (
        ResultType.CONSENSUS_SCORES, ResultType.PANEL_SCORES, ResultType.PUBLIC_SPEAKING
    ):
        return Asks.SCORES
    ticked = context.stage is Stage.ELIMINATION or len(context.sides) == 2
    return Asks.ADVANCING if ticked else Asks.PLACES
