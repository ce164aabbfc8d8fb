"""What certificates say, with placeholders, and places in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from string import Formatter
from typing import Literal, get_args

from tabapp.core.errors import UserError
from tabapp.domain.ordinals import ordinal

Line = Literal["title", "lead", "detail", "headline", "body"]
LINES: tuple[Line, ...] = get_args(Line)
CertificateKind = Literal[
    "breaking_teams", "breaking_judges", "speakers", "award", "participation", "judges",
    "chairs", "core"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The lines of a certificate from top to bottom, with placeholders; "" is left out.

    The name stands between ``lead`` and ``detail``.
    """

    title: str
    lead: str
    detail: str = ""
    headline: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands for the placeholders. ``people`` are the speakers of a team.

    ``place`` is such as "joint 2nd", ``best`` such as "2nd best"; ``rounds`` such as "5 rounds".
    """

    name: str
    tournament: str
    team: str = ""
    institution: str = ""
    people: str = ""
    category: str = ""
    place: str = ""
    best: str = ""
    rounds: str = ""
    role: str = ""
    award: str = ""
    sentence: str = ""


PLACEHOLDERS = tuple(Facts.__dataclass_fields__)
_ACHIEVED = ("Certificate of Achievement", "This certificate is awarded to")
_CERTIFIED = ("Certificate of Appreciation", "This is to certify that")
_REACHED = "for reaching the elimination rounds of {tournament}."
WORDINGS: Mapping[str, Wording] = {
    "breaking_teams": Wording(
        *_ACHIEVED, "{people}", "{place} in the {category} break", _REACHED),
    "breaking_speakers": Wording(
        *_ACHIEVED, "{team}", "{place} in the {category} break", _REACHED),
    "breaking_judges": Wording(
        *_ACHIEVED, "{institution}", "Breaking judge",
        "for being chosen to judge the elimination rounds of {tournament}."),
    "speakers": Wording(*_ACHIEVED, "{team}", "{best} speaker", "of {tournament}."),
    "category_speakers": Wording(
        *_ACHIEVED, "{team}", "{best} speaker", "of the category {category} at {tournament}."),
    "award": Wording(*_ACHIEVED, "{team}", "{award}", "{sentence}"),
    "participation": Wording(
        "Certificate of Participation", "This is to certify that", "{team}", "",
        "took part in {tournament} as a {role}."),
    "judges": Wording(
        *_CERTIFIED, "{institution}", "", "judged {rounds} of {tournament}."),
    "chairs": Wording(
        *_CERTIFIED, "{institution}", "", "chaired {rounds} of {tournament}."),
    "core": Wording(
        *_CERTIFIED, "{institution}", "",
        "served in the adjudication core of {tournament}."),
}
"""What is said where the tab director writes nothing else, by kind of certificate."""


def check_words(words: str) -> None:
    """Refuse a line with a placeholder that is none, or with a brace alone.

    ``UserError``: ``certificate_placeholder``, ``certificate_brace``.
    """
    try:
        parts = [one for one in Formatter().parse(words) if one[1] is not None]
    except ValueError:
        raise UserError("certificate_brace", line=words) from None
    for _text, name, spec, how in parts:
        if name not in PLACEHOLDERS or spec or how:
            shown = f"{{{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}}}"
            raise UserError(
                "certificate_placeholder", line=words, name=shown,
                known=", ".join(f"{{{one}}}" for one in PLACEHOLDERS))


def fill(words: str, facts: Facts) -> str:
    """Return a line with its placeholders filled in; braces that are meant are doubled.

    ``UserError`` as ``check_words``.
    """
    check_words(words)
    said = " ".join(words.format_map(asdict(facts)).split())
    return said[:1].upper() + said[1:] if words.startswith(("{place}", "{best}")) else said


def place_words(place: int, *, shared: bool) -> str:
    """Return a place.

    >>> place_words(1, shared=False), place_words(2, shared=True)
    ('1st', 'joint 2nd')
    """
    return f"{'joint ' if shared else ''}{ordinal(place)}"


def best_words(place: int, *, shared: bool) -> str:
    """Return how good somebody is.

    >>> best_words(1, shared=True), best_words(3, shared=False)
    ('joint best', '3rd best')
    """
    said = "best" if place == 1 else f"{ordinal(place)} best"
    return f"joint {said}" if shared else said


def rounds_words(count: int) -> str:
    """Return a number of rounds."""
    return "1 round" if count == 1 else f"{count} rounds"
