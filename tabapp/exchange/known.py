"""An archive by id, with the names that sentences use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.allocation.conflicts import judge_clashes, team_clashes
from tabapp.domain.archive import Adjudicator, Archive, Criterion, Speaker, Team
from tabapp.domain.formats import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What the parts of an archive may refer to.

    ``settings`` is None where preset or settings are wrong, so that nothing can be held against
    them. Of two things with one id the last is here; the duplicate is reported elsewhere.
    """

    settings: Settings | None
    institutions: frozenset[str]
    break_categories: frozenset[str]
    break_slugs: frozenset[str]
    speaker_categories: frozenset[str]
    teams: Mapping[str, Team]
    speakers: Mapping[str, Speaker]
    adjudicators: Mapping[str, Adjudicator]
    venue_categories: frozenset[str]
    venues: Mapping[str, str]
    motions: frozenset[str]
    questions: frozenset[str]
    criteria: Mapping[str, Criterion]
    seqs: frozenset[int]
    debates: frozenset[str]
    team_speakers: Mapping[str, frozenset[str]]
    team_clashes: Mapping[str, frozenset[str]]
    judge_clashes: Mapping[str, frozenset[str]]
    names: Mapping[str, str]

    def team(self, ref: str) -> str:
        """Return a team's name for a sentence, its id where it has none."""
        return self.teams[ref].name or ref if ref in self.teams else ref

    def judge(self, ref: str) -> str:
        """Return a judge's name for a sentence, its id where it has none."""
        return self.adjudicators[ref].name or ref if ref in self.adjudicators else ref


def index(archive: Archive, settings: Settings | None) -> Known:
    """Index an archive, which may be full of errors."""
    team_speakers: dict[str, set[str]] = {team.id: set() for team in archive.teams}
    for speaker in archive.speakers:
        if speaker.team is not None:
            team_speakers.setdefault(speaker.team, set()).add(speaker.id)
    return Known(
        settings=settings,
        institutions=frozenset(i.id for i in archive.institutions),
        break_categories=frozenset(c.id for c in archive.break_categories),
        break_slugs=frozenset(c.slug for c in archive.break_categories),
        speaker_categories=frozenset(c.id for c in archive.speaker_categories),
        teams={team.id: team for team in archive.teams},
        speakers={speaker.id: speaker for speaker in archive.speakers},
        adjudicators={judge.id: judge for judge in archive.adjudicators},
        venue_categories=frozenset(c.id for c in archive.venue_categories),
        venues={venue.id: venue.name or venue.id for venue in archive.venues},
        motions=frozenset(m.id for m in archive.motions),
        questions=frozenset(q.id for q in archive.questions),
        criteria={c.id: c for c in archive.tournament.criteria},
        seqs=frozenset(r.seq for r in archive.rounds),
        debates=frozenset(d.id for r in archive.rounds for d in r.debates),
        team_speakers={team: frozenset(found) for team, found in team_speakers.items()},
        team_clashes=team_clashes(archive.adjudicators, archive.teams),
        judge_clashes=judge_clashes(archive.adjudicators),
        names={
            **{team.id: team.name or team.id for team in archive.teams},
            **{speaker.id: speaker.name or speaker.id for speaker in archive.speakers},
            **{judge.id: judge.name or judge.id for judge in archive.adjudicators},
        },
    )
