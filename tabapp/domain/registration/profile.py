"""Whether the record of a person holds all that the settings ask for, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tabapp.domain.formats import Settings

PersonKind = Literal["speaker", "adjudicator"]

FIELD_WORDS: Mapping[str, str] = MappingProxyType({
    "name": "a name", "team": "a team", "institution": "an institution", "email": "an e-mail",
    "gender": "a gender", "pronoun": "a pronoun", "categories": "an answer on categories",
    "consent": "consent to be named", "base_score": "a score",
    "conflicts": "a declaration of conflicts",
})
"""What is missing, as a sentence names it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person.

    A speaker's ``institution`` is the team's; ``unattached`` means that none is to be expected: a
    composite or swing team, an independent judge. ``answered`` is the answer on categories, of a
    judge the declaration of conflicts; ``listed`` tells whether a speaker is in a category.
    """

    name: str = ""
    email: str = ""
    gender: str = ""
    pronoun: str = ""
    has_team: bool = False
    has_institution: bool = False
    unattached: bool = False
    consent: bool = False
    answered: bool = False
    listed: bool = False
    base_score: float = 0.0


_TESTS: Mapping[str, Callable[[Profile], bool]] = MappingProxyType({
    "name": lambda one: bool(one.name.strip()),
    "email": lambda one: bool(one.email.strip()),
    "gender": lambda one: bool(one.gender.strip()),
    "pronoun": lambda one: bool(one.pronoun.strip()),
    "team": lambda one: one.has_team,
    "institution": lambda one: one.has_institution or one.unattached,
    "categories": lambda one: one.answered or one.listed,
    "conflicts": lambda one: one.answered,
    "consent": lambda one: one.consent,
    "base_score": lambda one: one.base_score != 0,
})
"""Whether a record holds a field, by its name in the settings."""


def asked_of(kind: PersonKind, settings: Settings) -> tuple[str, ...]:
    """Return the fields that a complete record holds, by the settings of a tournament."""
    if kind == "speaker":
        return settings.speaker_profile_fields
    return settings.adjudicator_profile_fields


def missing(asked: Sequence[str], profile: Profile) -> tuple[str, ...]:
    """Return those of the fields asked for that a record does not hold.

    Who is in a category has answered the question; a score of 0 is none, since it is what a
    judge has whom nobody has rated.
    """
    return tuple(field for field in asked if not _TESTS[field](profile))


def is_complete(asked: Sequence[str], profile: Profile) -> bool:
    """Tell whether a record holds all that is asked for; never where nothing is asked."""
    return bool(asked) and all(_TESTS[field](profile) for field in asked)


def fraction(asked: Sequence[str], lacking: Sequence[str]) -> float:
    """Return how much of what is asked for is there, 0 to 1."""
    return 1.0 - len(lacking) / len(asked) if asked else 1.0
