"""Count the results of an archive once more: plain loops over ballots, nothing shared.

The formulations differ on purpose from those in ``domain.standings``; what a single debate gives
is in ``verdicts``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tabapp.domain.archive import Archive, Ballot, Criterion, Debate, Round, Speech
from tabapp.domain.audit.verdicts import (
    Tally,
    count_votes,
    counted_sheets,
    given,
    outcome,
    written_out,
)
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check

MOST_NAMED = 20


@dataclass(slots=True)
class TeamCount:
    """What a team has gathered; ``finishes`` are its points in each debate, unweighted.

    ``ballots`` are its votes as if every panel had three judges, ``marks`` its single substantive
    speeches without ghosts, ``won_against`` the points in debates with another team. ``averaged``
    counts the wins over nobody that stand for an average round; ``speaks`` has these at its end.
    """

    points: float = 0.0
    wins: int = 0
    ballots: float = 0.0
    margins: list[float] = field(default_factory=list)
    speaks: list[float] = field(default_factory=list)
    marks: list[float] = field(default_factory=list)
    finishes: list[float] = field(default_factory=list)
    opponents: list[str] = field(default_factory=list)
    won_against: dict[str, float] = field(default_factory=dict)
    averaged: int = 0
    irons: int = 0
    pullups: int = 0
    pullup_debates: int = 0


@dataclass(slots=True)
class Recount:
    """Everything that was counted from the preliminary rounds up to one.

    ``marks`` and ``ranks`` are those of each speaker's substantive speeches without ghosts.
    """

    teams: dict[str, TeamCount]
    marks: dict[str, list[float]]
    ranks: dict[str, list[float]]


def verdict(name: str, scope: str, wrong: Iterable[str]) -> Check:
    """Make a check that fails with the first of what is wrong, and passes without any."""
    found = list(wrong)
    status: Literal["failed", "passed"] = "failed" if found else "passed"
    return Check(name, scope, status, "; ".join(found[:MOST_NAMED]))


def confirmed(debate: Debate, criteria: Sequence[Criterion] = ()) -> Ballot | None:
    """Return the ballot that counts, with criteria written out; a postponed debate has none."""
    if debate.status == "postponed":
        return None
    found = next((b for b in debate.ballots if b.status == "confirmed"), None)
    return written_out(found, criteria) if found is not None and criteria else found


def recount(archive: Archive, settings: Settings, until: int | None) -> Recount:
    """Count all confirmed ballots of preliminary rounds with ``seq`` up to ``until``."""
    result = Recount(
        {team.id: TeamCount() for team in archive.teams}, defaultdict(list), defaultdict(list))
    for rnd in archive.rounds:
        if rnd.stage != "preliminary" or (until is not None and rnd.seq > until):
            continue
        for debate in rnd.debates:
            if _is_drawn(rnd, debate):
                _count_debate(result, rnd, debate, settings, archive.tournament.criteria)
    for team in result.teams.values():
        if team.speaks:
            team.speaks += [sum(team.speaks) / len(team.speaks)] * team.averaged
    return result


def _is_drawn(rnd: Round, debate: Debate) -> bool:
    if debate.status == "postponed":
        return False
    return rnd.status in {"confirmed", "released"} or confirmed(debate) is not None


def _count_debate(
    result: Recount, rnd: Round, debate: Debate, settings: Settings,
    criteria: Sequence[Criterion],
) -> None:
    present = [place.team for place in debate.sides]
    pulled = any("pullup" in place.flags for place in debate.sides)
    for place in debate.sides:
        count = result.teams[place.team]
        count.pullup_debates += pulled
        count.opponents += [team for team in present if team != place.team]
        count.pullups += "pullup" in place.flags
    ballot = confirmed(debate, criteria)
    if ballot is None:
        if is_bye(debate) and settings.bye_team_results != "none":
            resting = result.teams[present[0]]
            resting.points += rnd.weight
            resting.wins += 1
            resting.finishes.append(1.0)
            resting.averaged += settings.bye_speaks == "average"
        return
    found = outcome(debate, ballot, settings, prelim=True)
    walkover = len(present) == 2 and len(ballot.forfeit) == 1
    scores = [score for _points, score in found.values() if score is not None]
    for team, (points, score) in found.items():
        count = result.teams[team]
        if points is not None:
            count.points += points * rnd.weight
            count.finishes.append(points)
            won = len(present) == 2 and points == 1.0
            count.wins += won
            count.averaged += won and walkover and settings.forfeit_winner_speaks == "average"
            for other in present:
                if other != team:
                    count.won_against[other] = count.won_against.get(other, 0.0) + points
        if score is not None:
            count.speaks.append(score)
        if score is not None and len(present) == len(scores) == 2:
            count.margins.append(2.0 * score - sum(scores))
    tally = count_votes(debate, ballot, settings, prelim=True)
    for place in debate.sides:
        if tally.votes:
            carried = tally.votes.count(place.side) / len(tally.votes)
            result.teams[place.team].ballots += 3.0 * carried
    _count_speeches(result, debate, tally, ballot, settings)
    for team in _ironed(debate, ballot):
        result.teams[team].irons += 1


def _ironed(debate: Debate, ballot: Ballot) -> set[str]:
    """Return the teams that came and of which a sheet has a ghost, whether its marks count."""
    ghosts = {
        part.side for sheet in counted_sheets(debate, ballot) for part in sheet.sides
        if any(one.ghost for one in part.speeches)
    }
    return {
        place.team for place in debate.sides if place.side in ghosts.difference(ballot.forfeit)}


def _count_speeches(
    result: Recount, debate: Debate, tally: Tally, ballot: Ballot, settings: Settings
) -> None:
    """Add the marks and ranks of a debate; a speech on several sheets counts with their means."""
    speeches: dict[tuple[str, int], list[Speech]] = defaultdict(list)
    for sheet in tally.relevant:
        for team, speech in given(debate, sheet, ballot, settings):
            if speech.position <= settings.substantive_speakers:
                speeches[team, speech.position].append(speech)
    for (team, _position), told in speeches.items():
        marks = [speech.score for speech in told if speech.score is not None]
        if not told[0].ghost and marks and told[0].speaker is not None:
            mark = sum(marks) / len(marks)
            result.marks[told[0].speaker].append(mark)
            result.teams[team].marks.append(mark)
            ranks = [speech.rank for speech in told if speech.rank is not None]
            if ranks:
                result.ranks[told[0].speaker].append(sum(ranks) / len(ranks))


def is_bye(debate: Debate) -> bool:
    """Whether a team sat out here."""
    return len(debate.sides) == 1 and debate.sides[0].side == "bye"
