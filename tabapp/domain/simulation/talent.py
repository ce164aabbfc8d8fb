"""What is true of people and never seen: how good speakers are and how severe judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.archive import Archive, Debate
from tabapp.domain.simulation.seeds import derive_rng
from tabapp.domain.types import id_key

# Measured on 7,094 debates of 56 BP tabs, on the scale from 50 to 99.
MEAN_MARK = 76.56
SPEAKER_SD = 2.43  # true SD of speakers' means
WITHIN_SD = 2.30  # SD of one speaker's marks
SCALE = (50.0, 99.0)

# How these come about is not measured but chosen.
TEAM_DAY_SD = 1.0
_TEAM_SHARE = 0.6  # of the variance between speakers
_JUDGE_SD = 0.9
_PANEL_SIZE = 2.6
_ROUNDING = 0.33  # variance that whole marks and totals kept apart add
SPEECH_SD = (
    WITHIN_SD**2 - TEAM_DAY_SD**2 - _JUDGE_SD**2 / _PANEL_SIZE - _ROUNDING
) ** 0.5


@dataclass(frozen=True, slots=True)
class Talent:
    """What is true of people and never seen: speakers' means and judges' severity, in marks.

    ``speakers`` holds the distance from the mean mark, ``judges`` what a judge adds.
    """

    seed: int
    speakers: Mapping[str, float]
    judges: Mapping[str, float]


def make_talent(archive: Archive, seed: int) -> Talent:
    """Derive everybody's talent from the seed and their ids alone.

    So it can be made again from any database that holds the same people.
    """
    team_sd = SPEAKER_SD * _TEAM_SHARE**0.5
    own_sd = SPEAKER_SD * (1.0 - _TEAM_SHARE) ** 0.5
    teams = {
        team.id: derive_rng(seed, "team", team.id).gauss(0.0, team_sd) for team in archive.teams
    }
    speakers = {
        speaker.id: teams.get(speaker.team or "", 0.0)
        + derive_rng(seed, "speaker", speaker.id).gauss(0.0, own_sd)
        for speaker in archive.speakers
    }
    judges = {
        judge.id: derive_rng(seed, "judge", judge.id).gauss(0.0, _JUDGE_SD)
        for judge in archive.adjudicators
    }
    return Talent(seed, speakers, judges)


def line_ups(archive: Archive) -> dict[str, list[str]]:
    """Return each team's speakers in order of their ids."""
    found: dict[str, list[str]] = {team.id: [] for team in archive.teams}
    for speaker in sorted(archive.speakers, key=lambda speaker: id_key(speaker.id)):
        if speaker.team is not None:
            found[speaker.team].append(speaker.id)
    return found


def voting_judges(debate: Debate) -> list[str]:
    """Return the judges of the panel who vote, the chair among them."""
    return [member.adjudicator for member in debate.panel if member.role != "trainee"]


def panel_severity(debate: Debate, talent: Talent) -> float:
    """Return what the voting judges together add to every mark of the room."""
    known = [talent.judges.get(judge, 0.0) for judge in voting_judges(debate)]
    return sum(known) / len(known) if known else 0.0
