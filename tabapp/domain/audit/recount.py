"""Count the results of an archive once more: plain loops over ballots, nothing shared.

The formulations differ on purpose from those in ``domain.ballots`` and ``domain.standings``: a
team's points are the number of teams that it stood above or level with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tabapp.domain.archive import Archive, Ballot, Debate, Round, Sheet, Speech
from tabapp.domain.formats import Settings
from tabapp.domain.types import Check

MOST_NAMED = 20


@dataclass(slots=True)
class TeamCount:
    """What a team has gathered; ``finishes`` are its points in each debate, unweighted."""

    points: float = 0.0
    speaks: list[float] = field(default_factory=list)
    finishes: list[float] = field(default_factory=list)
    opponents: list[str] = field(default_factory=list)
    irons: int = 0
    pullups: int = 0


@dataclass(slots=True)
class Recount:
    """Everything that was counted from the preliminary rounds up to one."""

    teams: dict[str, TeamCount]
    marks: dict[str, list[float]]
    voting: bool = False


def verdict(name: str, scope: str, wrong: Iterable[str]) -> Check:
    """Make a check that fails with the first of what is wrong, and passes without any."""
    found = list(wrong)
    status: Literal["failed", "passed"] = "failed" if found else "passed"
    return Check(name, scope, status, "; ".join(found[:MOST_NAMED]))


def confirmed(debate: Debate) -> Ballot | None:
    """Return the ballot that counts; a postponed debate has none."""
    if debate.status == "postponed":
        return None
    return next((b for b in debate.ballots if b.status == "confirmed"), None)


def is_voting(ballot: Ballot) -> bool:
    """Whether single judges voted, which is not counted here."""
    return len(ballot.sheets) > 1 or any(s.adjudicator is not None for s in ballot.sheets)


def recount(archive: Archive, settings: Settings, until: int | None) -> Recount:
    """Count all confirmed ballots of preliminary rounds with ``seq`` up to ``until``."""
    result = Recount({team.id: TeamCount() for team in archive.teams}, defaultdict(list))
    for rnd in archive.rounds:
        if rnd.stage != "preliminary" or (until is not None and rnd.seq > until):
            continue
        for debate in rnd.debates:
            if _is_drawn(rnd, debate):
                _count_debate(result, rnd, debate, settings)
    return result


def _is_drawn(rnd: Round, debate: Debate) -> bool:
    if debate.status == "postponed":
        return False
    return rnd.status in {"confirmed", "released"} or confirmed(debate) is not None


def _count_debate(result: Recount, rnd: Round, debate: Debate, settings: Settings) -> None:
    present = [place.team for place in debate.sides]
    for place in debate.sides:
        count = result.teams[place.team]
        count.opponents += [team for team in present if team != place.team]
        count.pullups += "pullup" in place.flags
    ballot = confirmed(debate)
    if ballot is None:
        if is_bye(debate) and settings.bye_team_results == "points":
            result.teams[present[0]].points += rnd.weight
            result.teams[present[0]].finishes.append(1.0)
        return
    if is_voting(ballot):
        result.voting = True
        return
    for team, (points, score) in outcome(debate, ballot, settings, prelim=True).items():
        count = result.teams[team]
        if points is not None:
            count.points += points * rnd.weight
            count.finishes.append(points)
        if score is not None:
            count.speaks.append(score)
    for team, speech in _given(debate, ballot, settings):
        substantive = speech.position <= settings.substantive_speakers
        if speech.ghost and substantive:
            result.teams[team].irons += 1
        counts = substantive and not speech.ghost
        if counts and speech.score is not None and speech.speaker is not None:
            result.marks[speech.speaker].append(speech.score)


def is_bye(debate: Debate) -> bool:
    """Whether a team sat out here."""
    return len(debate.sides) == 1 and debate.sides[0].side == "bye"


def _sheet(ballot: Ballot) -> Sheet:
    return ballot.sheets[0] if ballot.sheets else Sheet()


def _given(
    debate: Debate, ballot: Ballot, settings: Settings
) -> Iterator[tuple[str, Speech]]:
    """Yield team and speech for all speeches that are not struck out by a forfeit."""
    if ballot.forfeit and settings.forfeit_winner_speaks == "none":
        return
    for place in debate.sides:
        if place.side in ballot.forfeit:
            continue
        for part in _sheet(ballot).sides:
            if part.side == place.side:
                yield from ((place.team, speech) for speech in part.speeches)
                break


def outcome(
    debate: Debate, ballot: Ballot, settings: Settings, *, prelim: bool
) -> dict[str, tuple[float | None, float | None]]:
    """Return team to (points, team score) for a consensus ballot."""
    scores: dict[str, float | None] = dict.fromkeys(place.team for place in debate.sides)
    for team, speech in _given(debate, ballot, settings):
        if speech.score is not None and (settings.teamscore_includes_ghosts or not speech.ghost):
            scores[team] = (scores[team] or 0.0) + speech.score
    if len(debate.sides) > 2 and not prelim:
        return {team: (None, score) for team, score in scores.items()}
    points = _points(debate, ballot, settings, prelim=prelim)
    return {team: (points[team], score) for team, score in scores.items()}


def _points(
    debate: Debate, ballot: Ballot, settings: Settings, *, prelim: bool
) -> dict[str, float | None]:
    scoreless = settings.speakers_in_ballots == "never" or (
        settings.speakers_in_ballots == "prelim" and not prelim
    )
    strength = _strengths(debate, ballot, settings, scoreless=scoreless)
    gone = set(ballot.forfeit)
    standing = sum(place.side not in gone for place in debate.sides)
    found: dict[str, float | None] = {}
    for place in debate.sides:
        own = strength.get(place.side)
        if place.side in gone:
            found[place.team] = 0.0
        elif standing == 1:
            found[place.team] = float(len(debate.sides) - 1)
        elif own is None:
            found[place.team] = None
        else:
            above = sum(
                other > own for side, other in strength.items()
                if side != place.side and side not in gone
            )  # fmt: skip
            found[place.team] = float(len(debate.sides) - 1 - above)
    if len(debate.sides) == 2 and not gone and len(set(strength.values())) == 1:
        return dict.fromkeys(found)
    return found


def _strengths(
    debate: Debate, ballot: Ballot, settings: Settings, *, scoreless: bool
) -> dict[str, float]:
    """Return side to a number, larger for the better side; what is unknown is left out."""
    sheet = _sheet(ballot)
    sides = [place.side for place in debate.sides]
    by_judges: dict[str, float] = {}
    if len(sides) == 2 and sheet.winners is not None and len(sheet.winners) == 1:
        by_judges = {side: float(side in sheet.winners) for side in sides}
    if by_judges and (scoreless or settings.winners_in_ballots in {"tied-points", "low-points"}):
        return by_judges
    strength = _announced(sheet, ballot, sides) or _from_marks(sheet, ballot, sides)
    return by_judges if by_judges and len(set(strength.values())) < 2 else strength


def _announced(sheet: Sheet, ballot: Ballot, sides: list[str]) -> dict[str, float]:
    """Return the announced places; a list with a gap among those that stood announces nothing."""
    places = sheet.ranks or {}
    if any(side not in places and side not in ballot.forfeit for side in sides):
        return {}
    return {side: -float(places[side]) for side in sides if side in places}


def _from_marks(sheet: Sheet, ballot: Ballot, sides: list[str]) -> dict[str, float]:
    marks: dict[str, list[float]] = {}
    for part in sheet.sides:
        if part.side in sides and not marks.get(part.side):
            marks[part.side] = [s.score for s in part.speeches if s.score is not None]
    if not any(marks.get(side) for side in sides if side not in ballot.forfeit):
        return {}
    # a side without marks stands below every side with some
    return {
        side: round(sum(marks[side]), 6) if marks.get(side) else float("-inf") for side in sides
    }
