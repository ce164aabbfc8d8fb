"""What a ballot decides: places, points, wins, team scores and margins."""

from __future__ import annotations

from tabapp.core.errors import UserError
from tabapp.domain import archive
from tabapp.domain.ballots.paper import Paper, read_paper
from tabapp.domain.ballots.values import (
    AVAILABLE,
    DebateContext,
    DebateResult,
    ResultType,
    SpeechResult,
    TeamResult,
    result_type,
)
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage


def decide(
    ballot: archive.Ballot, debate: DebateContext, settings: Settings
) -> DebateResult:
    """Compute the result of one debate from its ballot (rules.md, sections 0 and 3).

    Works on any ballot, also on one that ``check_ballot`` refuses: equal totals share a place
    (1, 2, 2, 4), a side of which nothing is known stands last. Announced ``ranks`` decide over
    totals; a list that leaves out a side that stood announces nothing. Forfeiting sides get 0
    points and no speaks; the others are ranked among themselves above them, and their speaks
    follow ``forfeit_winner_speaks``: dropped for ``none``, as entered for ``as_judged`` and also
    for ``average`` where the sheet carries scores, since a room of four is still judged when one
    of its teams stays away.

    Raises ``UserError("result_type_not_available")`` for ballots of single judges.
    """
    kind = result_type(settings, debate.stage, len(debate.sides))
    if kind not in AVAILABLE:
        raise UserError("result_type_not_available", debate=debate.id, kind=kind.value)
    paper = read_paper(ballot, debate, settings)
    if len(debate.sides) == 2:
        teams = _two_teams(paper, debate, settings, kind)
    elif debate.stage is Stage.ELIMINATION:
        teams = _advancing(paper, debate, settings)
    else:
        teams = _ranked(paper, debate, settings)
    return DebateResult(teams, _speeches(paper, debate, settings))


def _speaks_count(paper: Paper, settings: Settings) -> bool:
    return not paper.forfeits or settings.forfeit_winner_speaks != "none"


def _score(paper: Paper, side: Side, settings: Settings) -> float | None:
    if side in paper.forfeits or not _speaks_count(paper, settings):
        return None
    return paper.team_score(side, ghosts=settings.teamscore_includes_ghosts)


def _ranked(paper: Paper, debate: DebateContext, settings: Settings) -> tuple[TeamResult, ...]:
    places = paper.places()
    size = len(debate.sides)
    results = []
    for side, team in debate.sides:
        forfeit = side in paper.forfeits
        rank = size if forfeit else places[side]
        results.append(
            TeamResult(
                team=team,
                side=side,
                rank=rank,
                points=None if rank is None else float(size - rank),
                win=None,
                score=_score(paper, side, settings),
                has_ghost=not forfeit and paper.has_ghost(side),
                forfeit=forfeit,
            )
        )
    return tuple(results)


def _advancing(paper: Paper, debate: DebateContext, settings: Settings) -> tuple[TeamResult, ...]:
    announced = paper.announced
    return tuple(
        TeamResult(
            team=team,
            side=side,
            rank=None if side in paper.forfeits else announced.get(side),
            points=None,
            win=_ticked(paper, side),
            score=_score(paper, side, settings),
            has_ghost=side not in paper.forfeits and paper.has_ghost(side),
            forfeit=side in paper.forfeits,
        )
        for side, team in debate.sides
    )


def _ticked(paper: Paper, side: Side) -> bool | None:
    if side in paper.forfeits:
        return False
    return None if paper.winners is None else side in paper.winners


def _two_teams(
    paper: Paper, debate: DebateContext, settings: Settings, kind: ResultType
) -> tuple[TeamResult, ...]:
    winner = _winner(paper, settings, kind)
    scores = {side: _score(paper, side, settings) for side, _team in debate.sides}
    results = []
    for side, team in debate.sides:
        other = next(s for s in scores if s is not side)
        own, opposing = scores[side], scores[other]
        forfeit = side in paper.forfeits
        win = side is winner if winner is not None or forfeit else None
        results.append(
            TeamResult(
                team=team,
                side=side,
                rank=None if win is None else (1 if win else 2),
                points=None if win is None else float(win),
                win=win,
                score=own,
                margin=None if own is None or opposing is None else own - opposing,
                has_ghost=not forfeit and paper.has_ghost(side),
                forfeit=forfeit,
            )
        )
    return tuple(results)


def _winner(paper: Paper, settings: Settings, kind: ResultType) -> Side | None:
    standing = paper.standing
    if len(standing) < 2:
        return standing[0] if standing else None
    declared = paper.winners[0] if paper.winners and len(paper.winners) == 1 else None
    by_rule = kind is ResultType.CONSENSUS_WINNERS or settings.winners_in_ballots in {
        "tied-points", "low-points",
    }
    if by_rule and declared is not None:
        return declared
    first = [side for side, place in paper.places().items() if place == 1]
    return first[0] if len(first) == 1 else declared


def _speeches(
    paper: Paper, debate: DebateContext, settings: Settings
) -> tuple[SpeechResult, ...]:
    if not _speaks_count(paper, settings):
        return ()
    return tuple(
        SpeechResult(
            team=team,
            side=side,
            speaker=speech.speaker,
            position=speech.position,
            score=speech.score,
            rank=speech.rank,
            ghost=speech.ghost,
            reply=speech.position > settings.substantive_speakers,
        )
        for side, team in debate.sides
        if side not in paper.forfeits
        for speech in paper.speeches[side]
        if speech.speaker is not None
    )
