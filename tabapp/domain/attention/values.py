"""What suggestions are made of, and what they are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["ballot", "judge_score", "panel_swap", "registration"]
KINDS: tuple[Kind, ...] = ("ballot", "panel_swap", "judge_score", "registration")
"""In the order in which they are shown: what cannot wait comes first."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to look at. Equal subjects of a kind are the same suggestion.

    ``weight`` orders those of a kind, the heaviest first: standard deviations for ballots and
    judges, cost for swaps, people for registration. ``facts`` are JSON; ``code`` in them names the
    sentence, ``about`` the archive ids of the people, teams and debates that it is about.
    """

    kind: Kind
    subject: str
    weight: float
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """The marks that a speech can get."""

    low: float
    high: float
    step: float = 1.0


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one speech on the confirmed ballot of a debate; ``version`` is the ballot's."""

    debate: str
    version: int
    seq: int
    round: str
    side: str
    team: str
    team_name: str
    position: int
    speaker: str
    name: str
    score: float
    room: str = ""
    ghost: bool = False
    reply: bool = False


@dataclass(frozen=True, slots=True)
class TeamResult:
    """What a team got in a debate. ``is_split``: judges of its panel voted differently."""

    debate: str
    version: int
    round: str
    side: str
    team: str
    name: str
    points: float
    score: float
    room: str = ""
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class JudgeRecord:
    """A judge with the feedback that counts."""

    id: str
    name: str
    base: float
    feedback: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamRecord:
    """A team as it is registered."""

    id: str
    name: str
    institution: str | None = None
    type: str = "normal"
    speakers: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker or a judge as registered. ``home`` names the team or the institution.

    ``score`` is None for a speaker and for a judge to whom nobody gave one.
    """

    id: str
    name: str
    home: str = ""
    email: str = ""
    independent: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """Who takes part; those who withdrew are left out. ``speakers_wanted`` is a team's."""

    teams: tuple[TeamRecord, ...] = ()
    speakers: tuple[Person, ...] = ()
    judges: tuple[Person, ...] = ()
    speakers_wanted: int = 2
