"""Complete records: what is missing of whom, and the moment in which nothing is any more."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.domain.registration import (
    FIELD_WORDS,
    PersonKind,
    asked_of,
    fraction,
    is_complete,
    missing,
)
from tabapp.services.events import ProfileCompleted
from tabapp.services.people import listed
from tabapp.store.profile_changes import changed_people
from tabapp.store.profile_rows import PersonRow, read_people
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """How complete a record is. ``missing`` are keys of fields, ``lacks`` says them in words.

    ``fraction`` is 0 to 1; ``aside`` is a speaker's team or a judge's institution.
    """

    kind: PersonKind
    id: int
    ref: str
    name: str
    aside: str
    withdrawn: bool
    fraction: float
    missing: tuple[str, ...]
    lacks: str


@dataclass(frozen=True, slots=True)
class ProfilesView:
    """Everybody by row, and how many records are complete. ``asked`` is what makes one so."""

    speakers: tuple[PersonProfile, ...]
    adjudicators: tuple[PersonProfile, ...]
    speaker_fields: tuple[str, ...]
    adjudicator_fields: tuple[str, ...]

    @property
    def complete(self) -> int:
        """How many records hold all that is asked for."""
        return sum(not one.missing for one in (*self.speakers, *self.adjudicators))

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.speakers) + len(self.adjudicators)


def read_profiles(unit: ReadUnit, tournament_id: int) -> ProfilesView:
    """Read how complete everybody's record is."""
    settings = get_tournament(unit, tournament_id).settings
    found: dict[PersonKind, tuple[PersonProfile, ...]] = {}
    asked: dict[PersonKind, tuple[str, ...]] = {}
    kinds: tuple[PersonKind, ...] = ("speaker", "adjudicator")
    for kind in kinds:
        asked[kind] = asked_of(kind, settings)
        found[kind] = tuple(
            _profile(kind, one, asked[kind]) for one in read_people(unit, kind, tournament_id))
    return ProfilesView(
        found["speaker"], found["adjudicator"], asked["speaker"], asked["adjudicator"])


def _profile(kind: PersonKind, one: PersonRow, asked: tuple[str, ...]) -> PersonProfile:
    lacking = missing(asked, one.profile)
    return PersonProfile(
        kind, one.id, one.ref, one.name, one.aside, one.withdrawn, fraction(asked, lacking),
        lacking, listed([FIELD_WORDS[field] for field in lacking]))


def profile_events(unit: WriteUnit) -> None:
    """Tell of everybody whose record this unit made complete, once; a hook of ``Database``.

    Not of a tournament that this very unit brought in, and not where only the settings ask for
    less. A record that was incomplete again and is completed is told again.
    """
    asked: dict[tuple[int, PersonKind], tuple[str, ...]] = {}
    for kind, now, before in changed_people(unit):
        place = now.tournament_id, kind
        if place not in asked:
            asked[place] = asked_of(kind, get_tournament(unit, now.tournament_id).settings)
        was_complete = before is not None and is_complete(asked[place], before)
        if not was_complete and is_complete(asked[place], now.profile):
            unit.emit(ProfileCompleted(now.tournament_id, kind, now.id))
