"""How the hall reads the people of a tournament, for what they wear and are handed."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.services.exports.names import Names, read_names
from tabapp.services.public import shows_codes
from tabapp.store.hall_reads import HallPerson, read_hall_people
from tabapp.store.public_reads import NAMELESS
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class HallNames:
    """Names as paper may show them. ``own``: everybody by the own name, whatever is set."""

    owner: TournamentRow
    people: tuple[HallPerson, ...]
    names: Names
    own: bool = False

    @classmethod
    def read(cls, unit: ReadUnit, owner: TournamentRow, *, own: bool = False) -> HallNames:
        """Read everybody as of now."""
        return cls(
            owner, tuple(read_hall_people(unit, owner.id)),
            read_names(unit, owner, public=not own), own)

    def name(self, person: HallPerson) -> str:
        """Return what somebody is called."""
        of = self.names.speakers if person.kind == "speaker" else self.names.judges
        return of.get(person.ref, NAMELESS)

    def is_veiled(self, person: HallPerson) -> bool:
        """Tell whether somebody goes by another name than the own."""
        return not self.own and (person.anonymous or self.name(person) != person.name)

    def team(self, person: HallPerson) -> str:
        """Return the team of a speaker, "" where it would tell who that is."""
        return self.names.team_of_speaker.get(person.ref, "") if person.kind == "speaker" else ""

    def home(self, person: HallPerson, wanted: bool | None = None) -> str:
        """Return the institution, "" where it would tell who somebody is.

        ``wanted`` None: as the settings show institutions.
        """
        settings = self.owner.settings
        if person.kind == "speaker":
            shown, hidden = settings.show_team_institutions, shows_codes(settings)
        else:
            shown, hidden = settings.show_adjudicator_institutions, False
        if self.is_veiled(person) or (hidden and not self.own):
            return ""
        return person.home if (shown if wanted is None else wanted) else ""
