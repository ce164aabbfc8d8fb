"""What the pieces of a tournament refer to, and records that share an id but not their identity.

Two files that went on from one copy give the same id to different newcomers: T12 is one team here
and another there. What refers to such a record can never be taken over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from tabapp.domain.archive import Archive, Team

Reference: TypeAlias = tuple[str, str]
"""A list of the archive, or ``slugs`` for break categories by their slug, and an id in it."""

_OF: Mapping[str, Mapping[str, str]] = {
    "teams": {
        "institution": "institutions", "break_categories": "break_categories",
        "institution_conflicts": "institutions", "team_conflicts": "teams",
        "break_preferences": "break_categories"},
    "speakers": {"team": "teams", "categories": "speaker_categories"},
    "adjudicators": {
        "institution": "institutions", "institution_conflicts": "institutions",
        "team_conflicts": "teams", "adjudicator_conflicts": "adjudicators"},
    "venues": {"categories": "venue_categories"},
    "venue_constraints": {"category": "venue_categories"},
    "round": {"motions": "motions", "break_category": "slugs"},
    "availability": {
        "absent_teams": "teams", "absent_adjudicators": "adjudicators",
        "absent_venues": "venues", "side_allocations": "teams"},
    "debates": {"venue": "venues"},
    "feedback": {
        "target": "adjudicators", "source_team": "teams", "source_adjudicator": "adjudicators",
        "debate": "debates", "answers": "questions"},
    "breaks": {"category": "slugs"},
}
"""Keys that hold an id, a list of ids or a mapping by ids, by table."""

_PARTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "debates": {
        "sides": {"team": "teams"},
        "overrides": {"adjudicator": "adjudicators", "team": "teams", "other": "adjudicators"}},
    "breaks": {"teams": {"team": "teams"}},
}


def references(table: str, value: Any) -> Iterator[Reference]:
    """Yield what the value of a piece refers to."""
    yield from _held(value, _OF.get(table, {}))
    for name, keys in _PARTS.get(table, {}).items():
        for part in value[name]:
            yield from _held(part, keys)
    if table == "round":
        for panel in value["preformed_panels"]:
            yield from _members(panel["panel"])
    elif table == "venue_constraints":
        yield f"{value['kind']}s", value["subject"]
    elif table == "panels":
        yield from _members(value)
    elif table == "ballots":
        for ballot in value:
            yield from _in_ballot(ballot)


def _held(value: Any, keys: Mapping[str, str]) -> Iterator[Reference]:
    for name, kind in keys.items():
        held = value[name]
        for one in [held] if isinstance(held, str) else held or ():
            yield kind, one


def _members(panel: Iterable[Mapping[str, Any]]) -> Iterator[Reference]:
    for member in panel:
        yield "adjudicators", member["adjudicator"]


def _in_ballot(ballot: Mapping[str, Any]) -> Iterator[Reference]:
    for motion in (ballot["motion"], *ballot["vetoes"].values()):
        if motion is not None:
            yield "motions", motion
    for sheet in ballot["sheets"]:
        if sheet["adjudicator"] is not None:
            yield "adjudicators", sheet["adjudicator"]
        for speech in (one for side in sheet["sides"] for one in side["speeches"]):
            for speaker in (speech["speaker"], speech["substitute_for"]):
                if speaker is not None:
                    yield "speakers", speaker


def strangers(here: Archive, there: Archive) -> set[Reference]:
    """Return the records that have one id in both and are somebody or something else.

    A corrected name does not make a stranger: a team keeps a speaker or its institution, a
    speaker the team, a judge the institution.
    """
    mates = _speakers_of(here), _speakers_of(there)

    def other_team(mine: Team, theirs: Team) -> bool:
        ours, others = (found.get(mine.id, set()) for found in mates)
        shared = ours & others if ours and others else mine.institution == theirs.institution
        return _differs(mine.name, theirs.name) and not shared

    found = {
        *_with_one_id("teams", here, there, other_team),
        *_with_one_id("institutions", here, there, lambda a, b: (
            _differs(a.name, b.name) and _differs(a.code, b.code))),
        *_with_one_id("adjudicators", here, there, lambda a, b: (
            _differs(a.name, b.name) and a.institution != b.institution)),
        *_with_one_id("motions", here, there, lambda a, b: (
            _differs(a.text, b.text) and _differs(a.reference, b.reference))),
    }
    return found | set(_with_one_id("speakers", here, there, lambda a, b: (
        ("teams", a.team) in found or (_differs(a.name, b.name) and a.team != b.team))))


def _speakers_of(archive: Archive) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in archive.speakers:
        if one.team is not None:
            found[one.team].add(one.name.casefold())
    return found


def _with_one_id(
    kind: str, here: Archive, there: Archive, is_other: Callable[[Any, Any], bool]
) -> Iterator[Reference]:
    known = {one.id: one for one in getattr(here, kind)}
    for one in getattr(there, kind):
        if one.id in known and is_other(known[one.id], one):
            yield kind, one.id


def _differs(one: str, other: str) -> bool:
    return one.casefold().split() != other.casefold().split()
