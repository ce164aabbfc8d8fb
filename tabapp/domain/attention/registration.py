"""What is missing in the registration, and who may stand in it twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from tabapp.domain.attention.values import Person, Registered, Suggestion

ONE_BY_ONE = 8
"""Up to so many records that lack the same thing are told of one by one, more in one line."""
_SHORTEST = 8
"""Letters of a name below which one letter more or less is another name."""
_MOST_ALIKE = 30
"""Pairs that are told of: a list made by a machine is not a list of slips."""
_LISTED = 12
_USUAL = 0.5
"""What at least this part has, the others were probably asked for too."""


def suggest_registration(people: Registered) -> list[Suggestion]:
    """List what is missing, one by one or in one line, and names that are nearly the same.

    What nobody has, this tournament does not ask for.
    """
    found = [*_short_teams(people)]
    teams = [one for one in people.teams if one.type == "normal"]
    found += _missing(
        "team", "institution", [one for one in teams if one.institution is None],
        len(teams))
    judges = [one for one in people.judges if not one.independent]
    found += _missing("judge", "institution", [one for one in judges if not one.home], len(judges))
    found += _missing(
        "judge", "score", [one for one in people.judges if one.score is None],
        len(people.judges), needed=True)
    for kind, persons in (("speaker", people.speakers), ("judge", people.judges)):
        found += _missing(kind, "email", [one for one in persons if not one.email], len(persons))
        found += _alike(kind, persons)
    return sorted(found, key=lambda one: (-one.weight, one.subject))


def _short_teams(people: Registered) -> Iterator[Suggestion]:
    for one in people.teams:
        if one.speakers < people.speakers_wanted:
            yield Suggestion(
                "registration", f"team:{one.id}/speakers",
                20.0 + people.speakers_wanted - one.speakers, {
                    "code": "team_speakers", "about": [one.id], "record": "team", "id": one.id,
                    "name": one.name, "has": one.speakers, "wanted": people.speakers_wanted,
                })


_RECORDS = {"team": "team", "speaker": "speaker", "judge": "adjudicator"}
"""What the lists of the archive call them."""
_WEIGHTS = {"score": 10.0, "institution": 5.0, "email": 1.0}


def _missing(
    kind: str, what: str, without: Sequence[Any], count: int, *, needed: bool = False
) -> Iterator[Suggestion]:
    """Yield records of a kind that lack something; ``needed`` even if nobody has it."""
    if not without or (not needed and count - len(without) < _USUAL * count):
        return
    weight = _WEIGHTS[what]
    if len(without) <= ONE_BY_ONE:
        for one in without:
            yield Suggestion("registration", f"{kind}:{one.id}/{what}", weight, {
                "code": f"{kind}_{what}", "about": [one.id], "record": _RECORDS[kind], "id": one.id,
                "name": one.name, "have": count - len(without), "count": count,
            })
        return
    yield Suggestion("registration", f"{kind}s/{what}", weight + 0.5, {
        "code": f"{kind}s_{what}", "about": [one.id for one in without], "record": _RECORDS[kind],
        "id": without[0].id, "names": [one.name for one in without[:_LISTED]],
        "missing": len(without), "have": count - len(without), "count": count,
    })


def _alike(kind: str, persons: Sequence[Person]) -> Iterator[Suggestion]:
    """Yield pairs of people whose names are the same but for accents, order or one letter."""
    pairs = sorted(_pairs({one.id: one.name for one in persons}))
    known = {one.id: one for one in persons}
    for first, second in pairs[:_MOST_ALIKE]:
        one, other = known[first], known[second]
        facts = {
            "code": f"{kind}_twice", "about": [first, second], "record": _RECORDS[kind],
            "id": first, "name": one.name, "other": other.name, "home": one.home,
            "other_home": other.home,
        }
        yield Suggestion("registration", f"twice:{first}+{second}", 8.0, facts)


def _pairs(names: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the pairs of ids whose names are nearly the same.

    Two texts that differ in one letter are equal when the right letter is left out of one or of
    both, so nobody is compared with everybody.
    """
    plain = {ref: _plain(name) for ref, name in names.items()}
    usual = Counter(plain.values())
    by_form: dict[str, list[str]] = defaultdict(list)
    for ref, name in plain.items():
        forms = {name}
        if len(name) >= _SHORTEST:
            forms |= {name[:at] + name[at + 1:] for at in range(len(name)) if name[at] != " "}
        for form in forms:
            by_form[form].append(ref)
    found: set[tuple[str, str]] = set()
    for refs in by_form.values():
        for one, other in combinations(refs, 2):
            if _is_alike(plain[one], plain[other], usual):
                found.add((one, other))
    return found


def _is_alike(one: str, other: str, usual: Mapping[str, int]) -> bool:
    """Tell whether one letter at most tells two names apart, and no figure and no initial."""
    if one == other:
        return usual[one] == 2 and " " in one  # "Student 1" eight times is a list of places
    differ = set(one.split()) ^ set(other.split())
    return all(len(word) > 2 and not _has_figure(word) for word in differ) and not (
        _are_far(one, other))


def _are_far(one: str, other: str) -> bool:
    """Tell whether more than one letter differs: two may, where another is left out of each."""
    if len(one) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    turned = len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]]
    return len(at) > 1 and not turned


def _has_figure(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _plain(name: str) -> str:
    """Return a name without accents, case and points, its words in alphabetical order."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(sorted(re.findall(r"\w+", bare)))
