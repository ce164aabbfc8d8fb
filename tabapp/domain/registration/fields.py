"""The fields of each kind of record: what they are called and what they may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from tabapp.domain.archive import HIGHEST

Kind = Literal[
    "institution", "team", "speaker", "adjudicator", "venue", "speaker_category", "venue_category",
    "break_category",
]
"""What can be registered, named as the lists of the archive; break categories are only named."""

KIND_WORDS: Mapping[Kind, str] = MappingProxyType({
    "institution": "institution", "team": "team", "speaker": "speaker", "adjudicator": "judge",
    "venue": "room", "speaker_category": "speaker category", "venue_category": "room category",
    "break_category": "break category",
})
"""What sentences call them."""


class Form(StrEnum):
    """How the text of a field is read."""

    TEXT = "text"
    EMAIL = "email"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    REFERENCE = "reference"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field. ``limit`` counts characters, ``low`` and ``high`` are of numbers.

    ``column``: where the value goes, if that has another name. ``aliases``: other spellings of
    the choices.
    """

    key: str
    title: str
    form: Form = Form.TEXT
    limit: int = 200
    required: bool = False
    refers: Kind | None = None
    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    low: float = -HIGHEST
    high: float = HIGHEST
    default: float | None = None
    column: str = ""

    @property
    def goes_to(self) -> str:
        """The column of the row."""
        return self.column or self.key


def _flag(key: str, title: str) -> FieldRule:
    return FieldRule(key, title, Form.FLAG)


def _refer(kind: Kind, key: str, title: str, *, required: bool = False) -> FieldRule:
    return FieldRule(
        key, title, Form.REFERENCE, refers=kind, required=required, column=f"{kind}_id")


def _list(kind: Kind, key: str, title: str) -> FieldRule:
    return FieldRule(key, title, Form.LIST, refers=kind)


_PERSON = (
    FieldRule("email", "e-mail", Form.EMAIL, 254),
    FieldRule("phone", "phone", limit=40),
    FieldRule("gender", "gender", limit=20),
    FieldRule("pronoun", "pronoun", limit=20),
    _flag("anonymous", "anonymous"),
    FieldRule("code_name", "code name", limit=25),
    FieldRule("barcode", "barcode", limit=20),
)
_CONSENT = _flag("consent", "consent")
_TYPES = MappingProxyType({"none": "normal", "n": "normal", "c": "composite", "s": "swing"})

_RULES: Mapping[Kind, tuple[FieldRule, ...]] = {
    "institution": (
        FieldRule("name", "name", limit=100, required=True),
        FieldRule("code", "code", limit=20),
        FieldRule("region", "region", limit=100),
    ),
    "team": (
        FieldRule("name", "name", limit=150, required=True),
        FieldRule("short_name", "short name", limit=35),
        FieldRule("code_name", "code name", limit=150),
        FieldRule("emoji", "emoji", limit=10),
        _refer("institution", "institution", "institution"),
        _flag("use_institution_prefix", "institution's name before it"),
        FieldRule("type", "type", Form.CHOICE, aliases=_TYPES,
                  choices=("normal", "composite", "swing")),
        FieldRule("seed", "seed", Form.NUMBER),
        _list("break_category", "break_categories", "break categories"),
        _list("break_category", "break_preferences", "plays rather in"),
        _list("institution", "institution_conflicts", "institution conflicts"),
    ),
    "speaker": (
        FieldRule("name", "name", limit=70, required=True),
        _refer("team", "team", "team", required=True),
        *_PERSON,
        _list("speaker_category", "categories", "categories"),
        _CONSENT, _flag("categories_answered", "answered on categories"),
    ),
    "adjudicator": (
        FieldRule("name", "name", limit=70, required=True),
        _refer("institution", "institution", "institution"),
        FieldRule("base_score", "score", Form.NUMBER),
        *_PERSON,
        _flag("trainee", "trainee"), _flag("independent", "independent"),
        _flag("adj_core", "adjudication core"), _flag("breaking", "breaking"),
        _list("institution", "institution_conflicts", "institution conflicts"),
        _list("team", "team_conflicts", "team conflicts"),
        _list("adjudicator", "adjudicator_conflicts", "judge conflicts"),
        _CONSENT, _flag("conflicts_declared", "conflicts declared"),
    ),
    "venue": (
        FieldRule("name", "name", limit=100, required=True),
        FieldRule("priority", "priority", Form.NUMBER, default=100.0),
        FieldRule("capacity", "capacity", Form.WHOLE, low=1, high=100_000),
        FieldRule("url", "address", limit=500),
        FieldRule("barcode", "barcode", limit=20),
        FieldRule("runner", "runner", limit=70),
        _list("venue_category", "categories", "categories"),
    ),
    "speaker_category": (
        FieldRule("name", "name", limit=50, required=True),
        FieldRule("slug", "short name", limit=50),
        FieldRule("seq", "order", Form.WHOLE, low=0, high=10_000, default=0),
        FieldRule("limit", "places shown", Form.WHOLE, low=0, high=10_000, default=0),
    ),
    "venue_category": (
        FieldRule("name", "name", limit=100, required=True),
        FieldRule("description", "description", limit=200),
        FieldRule("display", "in the room's name", Form.CHOICE, choices=("prefix", "suffix")),
    ),
}
FIELDS: Mapping[Kind, Mapping[str, FieldRule]] = MappingProxyType({
    kind: MappingProxyType({rule.key: rule for rule in rules}) for kind, rules in _RULES.items()
})
"""By kind and key. Limits are those of the field's common system."""

_SPEAKER = re.compile(r"speaker([1-9])(?:_(\w+))?")


def speaker_field(key: str) -> tuple[int, str] | None:
    """Read the key of a speaker's field in the row of a team.

    >>> speaker_field("speaker2_email"), speaker_field("speaker1"), speaker_field("speakers")
    ((2, 'email'), (1, 'name'), None)
    """
    found = _SPEAKER.fullmatch(key)
    return (int(found.group(1)), found.group(2) or "name") if found else None


def rule_of(kind: Kind, key: str) -> FieldRule | None:
    """Return the rule of a field, of a team's speakers too; None for a key that is none."""
    part = speaker_field(key) if kind == "team" else None
    if part is not None:
        rule = FIELDS["speaker"].get(part[1])
        return None if rule is None or rule.form is Form.REFERENCE else rule
    return FIELDS[kind].get(key)
