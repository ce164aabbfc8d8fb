"""Decide a debate once more from its ballot, nothing shared with ``domain.ballots``.

The formulations differ on purpose: a team's points are the number of teams that it stood above or
level with, a panel is a pair of scales on which each judge puts one weight, and marks by criterion
are written out as scores before anything is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabapp.domain.archive import Ballot, Criterion, Debate, Sheet, Speech
from tabapp.domain.formats import Settings

_CASTING = 0.5
"""What the chair adds: enough for an even split and too little for any other."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Whose marks count, and the side that each judge voted for ("" for none).

    There are no votes where a room agrees on one sheet, a side forfeited, or more than two teams
    speak before judges who each mark alone.
    """

    relevant: list[Sheet]
    votes: list[str] | None
    winner: str = ""


def written_out(ballot: Ballot, criteria: Iterable[Criterion]) -> Ballot:
    """Return a copy in which each speech with a mark for every criterion has their weighted sum."""
    weights = {one.id: one.weight for one in criteria}
    copy = ballot.model_copy(deep=True)
    for sheet in copy.sheets if weights else ():
        for part in sheet.sides:
            for speech in part.speeches:
                if all(name in speech.criteria for name in weights):
                    speech.score = 0.0
                    for name, weight in weights.items():
                        speech.score += weight * speech.criteria[name]
    return copy


def given(
    debate: Debate, sheet: Sheet, ballot: Ballot, settings: Settings
) -> Iterator[tuple[str, Speech]]:
    """Yield team and speech for all speeches of a sheet that no forfeit strikes out."""
    struck = {"none"} if len(debate.sides) > 2 else {"none", "average"}
    if ballot.forfeit and settings.forfeit_winner_speaks in struck:
        return
    for place in debate.sides:
        if place.side in ballot.forfeit:
            continue
        for part in sheet.sides:
            if part.side == place.side:
                yield from ((place.team, speech) for speech in part.speeches)
                break


def count_votes(
    debate: Debate, ballot: Ballot, settings: Settings, *, prelim: bool
) -> Tally:
    """Put the votes of single judges on the scales; a sheet of the whole room is no vote."""
    sheets = counted_sheets(debate, ballot)
    if ballot.forfeit or len(debate.sides) != 2 or not _is_of_judges(ballot):
        return Tally(sheets, None)
    one, other = (place.side for place in debate.sides)
    chairs = {seat.adjudicator for seat in debate.panel if seat.role == "chair"}
    scales = 0.0
    votes = []
    for sheet in sheets:
        strength = _strengths(debate, sheet, ballot, settings, prelim=prelim)
        lean = strength.get(one, 0.0) - strength.get(other, 0.0) if strength else 0.0
        lean = (lean > 0) - (lean < 0)
        scales += lean * (1.0 + _CASTING * (sheet.adjudicator in chairs))
        votes.append(one if lean > 0 else other if lean < 0 else "")
    if scales == 0:
        return Tally(sheets, votes)
    winner = one if scales > 0 else other
    everyone = settings.margin_includes_dissenters
    relevant = [
        sheet for sheet, vote in zip(sheets, votes, strict=True) if everyone or vote == winner
    ]
    return Tally(relevant, votes, winner)


def _is_of_judges(ballot: Ballot) -> bool:
    return any(one.adjudicator is not None for one in ballot.sheets)


def _is_contest(debate: Debate, ballot: Ballot, settings: Settings, *, prelim: bool) -> bool:
    """Whether teams are placed at all: not where judges mark a larger room each on their own."""
    if len(debate.sides) == 2:
        return True
    asked = settings.ballots_per_debate_prelim if prelim else settings.ballots_per_debate_elim
    return not _is_of_judges(ballot) if ballot.sheets else asked != "per-adj"


def counted_sheets(debate: Debate, ballot: Ballot) -> list[Sheet]:
    """Return the sheet of the room, or each judge's first who is no trainee, the chair's on top."""
    if not _is_of_judges(ballot):
        return ballot.sheets[:1]
    chairs = {seat.adjudicator for seat in debate.panel if seat.role == "chair"}
    passed = {seat.adjudicator for seat in debate.panel if seat.role == "trainee"}
    found = []
    for sheet in ballot.sheets:
        if sheet.adjudicator is not None and sheet.adjudicator not in passed:
            found.append(sheet)
            passed.add(sheet.adjudicator)
    return [
        *(sheet for sheet in found if sheet.adjudicator in chairs),
        *(sheet for sheet in found if sheet.adjudicator not in chairs),
    ]


def outcome(
    debate: Debate, ballot: Ballot, settings: Settings, *, prelim: bool
) -> dict[str, tuple[float | None, float | None]]:
    """Return team to (points, team score)."""
    tally = count_votes(debate, ballot, settings, prelim=prelim)
    totals: dict[str, list[float]] = {place.team: [] for place in debate.sides}
    for sheet in tally.relevant:
        marks: dict[str, list[float]] = {}
        for team, speech in given(debate, sheet, ballot, settings):
            if speech.score is not None and (
                settings.teamscore_includes_ghosts or not speech.ghost
            ):
                marks.setdefault(team, []).append(speech.score)
        for team, own in marks.items():
            totals[team].append(sum(own))
    scores = {team: sum(own) / len(own) if own else None for team, own in totals.items()}
    placed = _is_contest(debate, ballot, settings, prelim=prelim)
    if not placed or (len(debate.sides) > 2 and not prelim):
        return {team: (None, score) for team, score in scores.items()}
    points = _points(debate, ballot, settings, tally, prelim=prelim)
    return {team: (points[team], score) for team, score in scores.items()}


def _points(
    debate: Debate, ballot: Ballot, settings: Settings, tally: Tally, *, prelim: bool
) -> dict[str, float | None]:
    if tally.votes is not None:
        strength = {place.side: float(place.side == tally.winner) for place in debate.sides}
    else:
        sheet = ballot.sheets[0] if ballot.sheets else Sheet()
        strength = _strengths(debate, sheet, ballot, settings, prelim=prelim)
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
    debate: Debate, sheet: Sheet, ballot: Ballot, settings: Settings, *, prelim: bool
) -> dict[str, float]:
    """Return side to a number, larger for the better side; what is unknown is left out."""
    scoreless = settings.speakers_in_ballots == "never" or (
        settings.speakers_in_ballots == "prelim" and not prelim
    )
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
