"""Results like real ones: marks, places and positions as measured on 56 BP tabs.

The model: a speech's mark is the speaker's own mean (a share of it is the team's), plus the day of
the team, the position's effect, the severity of the panel and the luck of the speech. Marks are
whole steps and totals of one room always differ, as every tab program enforces.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Ballot, Debate, Round, Sheet, SideSheet, Speech
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.seeds import derive_rng
from tabapp.domain.types import BP_SIDES, id_key

# Measured on 7,094 debates of 56 tabs, on the scale from 50 to 99.
MEAN_MARK = 76.56
SPEAKER_SD = 2.43  # true SD of speakers' means
WITHIN_SD = 2.30  # SD of one speaker's marks

# How these come about is not measured but chosen.
_TEAM_SHARE = 0.6  # of the variance between speakers
_TEAM_DAY_SD = 1.0
_JUDGE_SD = 0.9
_PANEL_SIZE = 2.6
_ROUNDING = 0.33  # variance that whole marks and totals kept apart add
_SPEECH_SD = (
    WITHIN_SD**2 - _TEAM_DAY_SD**2 - _JUDGE_SD**2 / _PANEL_SIZE - _ROUNDING
) ** 0.5

# Marks for each speech, fitted so that points come near OG 1.511, OO 1.711, CG 1.342, CO 1.436.
_POSITION = {"og": 0.02, "oo": 0.42, "cg": -0.30, "co": -0.14}

_SCALE = (50.0, 99.0)
_SWAP = 0.3  # how often the partners speak in the other order


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


def simulate_ballot(
    debate: Debate,
    talent: Talent,
    settings: Settings,
    *,
    rng: random.Random,
    speakers: Mapping[str, Sequence[str]],
    irons: Mapping[str, str] | None = None,
    forfeit: Collection[str] = (),
    advancing: int | None = None,
) -> Ballot:
    """Return a confirmed ballot of one BP debate.

    ``speakers`` maps each team to its speakers, ``irons`` a team to the one speaker who gives all
    its speeches (a team with too few speakers has one anyway; the lower mark is the ghost).
    Sides in ``forfeit`` have no speeches. With ``advancing`` the sheet only names that many
    teams, as in elimination rounds. Raises ``UserError`` (``simulate_only_four_teams``,
    ``simulate_no_speakers``, ``simulate_range_too_small``).
    """
    order = [side.value for side in BP_SIDES]
    teams = {side.side: side.team for side in debate.sides}
    if sorted(teams) != sorted(order) or len(debate.sides) != len(order):
        raise UserError("simulate_only_four_teams", debate=debate.id, sides=len(debate.sides))
    standing = [side for side in order if side not in forfeit]
    panel = _panel_severity(debate, talent)
    line_up = {
        side: _line_up(teams[side], speakers, irons or {}, settings.substantive_speakers, rng)
        for side in standing
    }
    marks = {
        side: _marks(side, line_up[side], talent, panel, rng) for side in standing
    }
    if advancing is not None:
        best = sorted(standing, key=lambda side: -sum(marks[side]))[:advancing]
        winners = [side for side in order if side in best]
        sheet = Sheet(winners=winners, sides=[])
    else:
        steps = _in_steps(list(marks.values()), settings, rng)
        sheet = Sheet(sides=[
            _side_sheet(side, line_up[side], row, settings)
            for side, row in zip(standing, steps, strict=True)
        ])
    return Ballot(
        version=1, status="confirmed",
        forfeit=[side for side in order if side in forfeit], sheets=[sheet],
    )


def simulate_round(
    round_: Round,
    talent: Talent,
    settings: Settings,
    *,
    seed: int,
    speakers: Mapping[str, Sequence[str]],
    irons: Mapping[str, str] | None = None,
    forfeits: Mapping[str, Collection[str]] | None = None,
    last: bool = False,
) -> dict[str, Ballot]:
    """Return a ballot for each debate of the round, byes and postponed ones left out.

    Each debate has random numbers of its own, so that one more or less changes no other.
    ``forfeits`` maps debates to sides; ``last`` marks a final, from which one team goes on.
    """
    advancing = None if round_.stage == "preliminary" else 1 if last else 2
    return {
        debate.id: simulate_ballot(
            debate, talent, settings,
            rng=derive_rng(seed, "ballot", round_.seq, debate.id),
            speakers=speakers, irons=irons, advancing=advancing,
            forfeit=(forfeits or {}).get(debate.id, ()),
        )
        for debate in round_.debates
        if debate.status != "postponed" and len(debate.sides) > 1
    }


def line_ups(archive: Archive) -> dict[str, list[str]]:
    """Return each team's speakers in order of their ids."""
    found: dict[str, list[str]] = {team.id: [] for team in archive.teams}
    for speaker in sorted(archive.speakers, key=lambda speaker: id_key(speaker.id)):
        if speaker.team is not None:
            found[speaker.team].append(speaker.id)
    return found


def _panel_severity(debate: Debate, talent: Talent) -> float:
    """Return what the voting judges add to every mark of the room."""
    voting = [m.adjudicator for m in debate.panel if m.role != "trainee"]
    known = [talent.judges.get(judge, 0.0) for judge in voting]
    return sum(known) / len(known) if known else 0.0


def _line_up(
    team: str,
    speakers: Mapping[str, Sequence[str]],
    irons: Mapping[str, str],
    count: int,
    rng: random.Random,
) -> list[str]:
    """Return who gives each speech, in speaking order."""
    members = list(speakers.get(team, ()))
    if not members:
        raise UserError("simulate_no_speakers", team=team)
    if team in irons:
        return [irons[team]] * count
    chosen = members[:count]
    if rng.random() < _SWAP:
        chosen.reverse()
    return [chosen[number % len(chosen)] for number in range(count)]


def _marks(
    side: str, line_up: Sequence[str], talent: Talent, panel: float, rng: random.Random
) -> list[float]:
    """Return the exact marks of a team's speeches on the scale from 50 to 99."""
    room = MEAN_MARK + panel + _POSITION[side] + rng.gauss(0.0, _TEAM_DAY_SD)
    return [
        room + talent.speakers.get(speaker, 0.0) + rng.gauss(0.0, _SPEECH_SD)
        for speaker in line_up
    ]


def _in_steps(
    marks: Sequence[Sequence[float]], settings: Settings, rng: random.Random
) -> list[list[int]]:
    """Round marks to steps above the lowest mark, so that no two totals are equal.

    The order of the exact totals is kept. Totals that would tie are moved apart from a team
    chosen by lot, so that the mean mark neither rises nor falls.
    """
    top = int((settings.score_max - settings.score_min) / settings.score_step + 1e-9)
    width = _SCALE[1] - _SCALE[0]
    rows = [
        [min(max(round((mark - _SCALE[0]) / width * top), 0), top) for mark in row]
        for row in marks
    ]
    order = sorted(range(len(rows)), key=lambda number: -sum(marks[number]))
    most = top * max((len(row) for row in rows), default=0)
    if most < len(rows) - 1:
        raise UserError(
            "simulate_range_too_small",
            low=f"{settings.score_min:g}", high=f"{settings.score_max:g}",
        )
    wanted = _apart([sum(rows[number]) for number in order], most, rng)
    for number, total in zip(order, wanted, strict=True):
        _move_to(rows[number], total, top, rng)
    return rows


def _apart(totals: Sequence[int], most: int, rng: random.Random) -> list[int]:
    """Return strictly falling totals within 0..most, near the given ones."""
    found = list(totals)
    last = len(found) - 1
    anchor = rng.randint(0, max(last, 0))
    for place in range(anchor - 1, -1, -1):
        found[place] = max(found[place], found[place + 1] + 1)
    for place in range(anchor + 1, len(found)):
        found[place] = min(found[place], found[place - 1] - 1)
    return [
        max(min(total, most - place), last - place) for place, total in enumerate(found)
    ]


def _move_to(row: list[int], total: int, top: int, rng: random.Random) -> None:
    """Change marks of ``row`` by single steps until they add up to ``total``."""
    while (missing := total - sum(row)) != 0:
        by = 1 if missing > 0 else -1
        free = [place for place, mark in enumerate(row) if 0 <= mark + by <= top]
        row[rng.choice(free)] += by


def _side_sheet(
    side: str, line_up: Sequence[str], steps: Sequence[int], settings: Settings
) -> SideSheet:
    """Write a team's speeches; of one speaker's several speeches only the best is no ghost."""
    best = {
        speaker: max(
            (place for place, who in enumerate(line_up) if who == speaker),
            key=lambda place: (steps[place], -place),
        )
        for speaker in line_up
    }
    return SideSheet(side=side, speeches=[
        Speech(
            position=place + 1,
            speaker=speaker,
            score=settings.score_min + step * settings.score_step,
            ghost=best[speaker] != place,
        )
        for place, (speaker, step) in enumerate(zip(line_up, steps, strict=True))
    ])
