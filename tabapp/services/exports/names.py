"""By which names teams and people are told, to the tab room and to the hall."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.services.public import shows_codes
from tabapp.store.export_reads import (
    read_listed_judges,
    read_listed_speakers,
    read_listed_teams,
)
from tabapp.store.public_reads import public_names, public_people
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Names:
    """Names by archive id; institutions and the teams of speakers are "" where not to be told."""

    teams: Mapping[str, str]
    speakers: Mapping[str, str]
    judges: Mapping[str, str]
    home_of_team: Mapping[str, str]
    home_of_judge: Mapping[str, str]
    team_of_speaker: Mapping[str, str]
    veiled: frozenset[str]
    """Who goes by another name than the own, so that no id may lead to it."""

    def id(self, ref: str) -> str | None:
        """Return the id that a program may read, None where it would name somebody veiled."""
        return None if ref in self.veiled else ref


def read_names(unit: ReadUnit, owner: TournamentRow, *, public: bool) -> Names:
    """Read the names of everybody."""
    teams = read_listed_teams(unit, owner.id)
    speakers, judges = read_listed_speakers(unit, owner.id), read_listed_judges(unit, owner.id)
    real = Names(
        teams={one.ref: one.name for one in teams},
        speakers={one.ref: one.name for one in speakers},
        judges={one.ref: one.name for one in judges},
        home_of_team={one.ref: one.institution for one in teams},
        home_of_judge={one.ref: one.home or "" for one in judges},
        team_of_speaker={one.ref: one.home or "" for one in speakers},
        veiled=frozenset())
    if not public:
        return _with_teams(real)
    settings = owner.settings
    codes = shows_codes(settings)
    coded = settings.participant_code_names == "everywhere"
    people = public_people(unit, owner.id, codes=coded)
    shown = public_names(unit, owner.id, codes=codes)
    nameless = {one.ref for one in (*speakers, *judges) if one.anonymous}
    renamed = {
        ref for told, own in (
            (shown, real.teams), (people["speaker"], real.speakers),
            (people["adjudicator"], real.judges))
        for ref, name in told.items() if name != own[ref]}
    houses = settings.show_team_institutions and not codes
    return _with_teams(Names(
        teams=shown, speakers=people["speaker"], judges=people["adjudicator"],
        home_of_team=real.home_of_team if houses else {},
        home_of_judge={
            ref: house for ref, house in real.home_of_judge.items()
            if settings.show_adjudicator_institutions and ref not in nameless | renamed},
        team_of_speaker={
            ref: team for ref, team in real.team_of_speaker.items() if ref not in nameless},
        veiled=frozenset(nameless | renamed)))


def _with_teams(names: Names) -> Names:
    """Return the same with the name of each speaker's team in place of its id."""
    return Names(
        names.teams, names.speakers, names.judges, names.home_of_team, names.home_of_judge,
        {ref: names.teams.get(team, "") for ref, team in names.team_of_speaker.items()},
        names.veiled)
