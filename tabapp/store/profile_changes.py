"""Whose record a write unit has touched, and what it held before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from tabapp.domain.registration import PersonKind, Profile
from tabapp.store.images import Image
from tabapp.store.profile_rows import ATTACHED, PersonRow, read_some, speakers_of
from tabapp.store.schema import speaker_speaker_category, team
from tabapp.store.unit import WriteUnit

_LINKS = speaker_speaker_category.name
_WATCHED = frozenset({"speaker", "adjudicator", "team", _LINKS})
_OWN = ("name", "email", "gender", "pronoun")


def changed_people(unit: WriteUnit) -> Iterator[tuple[PersonKind, PersonRow, Profile | None]]:
    """Yield everybody whose record may hold more or less now, with the record before this unit.

    None stands for a person who was not there. People of a tournament that this unit brought in
    are passed over. Costs nothing where nobody was touched.
    """
    if not _WATCHED & unit.touched.keys():
        return
    brought = {
        one.row_id for one in unit.changes if one.table == "tournament" and one.before is None}
    if brought and _all_new(unit, brought):
        return
    judges = _before(unit, "adjudicator")
    for one in read_some(unit, "adjudicator", judges):
        if one.tournament_id not in brought:
            yield "adjudicator", one, _judge_before(one, judges[one.id])
    yield from _speakers(unit, brought)


def _all_new(unit: WriteUnit, brought: set[int]) -> bool:
    """Tell whether all that this unit touched belongs to tournaments that it brought in."""
    return all(
        (one.after or one.before or {}).get("tournament_id") in brought
        for one in unit.changes if one.table in ("speaker", "adjudicator", "team"))


def _before(unit: WriteUnit, table: str) -> dict[int, Image | None]:
    """Return what the changed rows of a table were before this unit; None for new ones."""
    found: dict[int, Image | None] = {}
    if table in unit.touched:
        for one in unit.changes:
            if one.table == table:
                found.setdefault(one.row_id, one.before)
    return found


def _judge_before(now: PersonRow, before: Image | None) -> Profile | None:
    if before is None:
        return None
    return replace(
        now.profile, **{name: before[name] for name in _OWN}, consent=before["consent"],
        answered=before["conflicts_declared"], base_score=before["base_score"] or 0.0,
        has_institution=before["institution_id"] is not None, unattached=before["independent"])


def _speakers(
    unit: WriteUnit, brought: set[int]
) -> Iterator[tuple[PersonKind, PersonRow, Profile | None]]:
    own, teams = _before(unit, "speaker"), _before(unit, "team")
    steps = _category_steps(unit)
    ids = {*own, *steps, *(speakers_of(unit, teams) if teams else ())}
    people = [one for one in read_some(unit, "speaker", ids) if one.tournament_id not in brought]
    once: dict[int, int | None] = {
        one.id: (own.get(one.id) or {"team_id": one.team_id})["team_id"] for one in people}
    known: Mapping[int, Image | None] = {
        **unit.images(team, [one for one in once.values() if one is not None]), **teams}
    for one in people:
        if one.id in own and own[one.id] is None:
            yield "speaker", one, None
            continue
        team_id = once[one.id]
        home = known.get(team_id) if team_id is not None else None
        before = own.get(one.id)
        profile = one.profile if before is None else replace(
            one.profile, **{name: before[name] for name in _OWN}, consent=before["consent"],
            answered=before["categories_answered"])
        yield "speaker", one, replace(
            profile, has_team=team_id is not None, listed=one.categories - steps[one.id] > 0,
            has_institution=home is not None and home["institution_id"] is not None,
            unattached=home is not None and home["type"] != ATTACHED)


def _category_steps(unit: WriteUnit) -> Counter[int]:
    """Return by how many categories more each speaker is in after this unit."""
    found: Counter[int] = Counter()
    if _LINKS in unit.touched:
        for one in unit.changes:
            if one.table == _LINKS:
                found[(one.after or one.before or {})["speaker_id"]] += (
                    (one.after is not None) - (one.before is not None))
    return found
