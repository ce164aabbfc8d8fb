"""What a ballot decides: places, points, wins, team scores and margins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tabapp.core.errors import UserError
from tabapp.domain import archive
from tabapp.domain.archive import Speech
from tabapp.domain.ballots.panel import Votes, is_voting, read_votes
from tabapp.domain.ballots.paper import Paper, read_paper
from tabapp.domain.ballots.values import (
    SCORELESS,
    DebateContext,
    DebateResult,
    ResultType,
    SpeechResult,
    TeamResult,
    is_available,
    result_type,
)
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage

_GO_ON = 2
"""As many teams of four go on, so that nobody of so few need be ticked (see ``_ticked``)."""


def decide(
    ballot: archive.Ballot, debate: DebateContext, settings: Settings
) -> DebateResult:
    """Compute the result of one debate from its ballot (rules.md, sections 0 and 3).

    Works on any ballot, also on one that ``check_ballot`` refuses: equal totals share a place
    (1, 2, 2, 4), a side of which nothing is known stands last. Announced ``ranks`` decide over
    totals; a list that leaves out a side that stood announces nothing. Forfeiting sides get 0
    points and no speaks; the others are ranked among themselves above them, and their speaks
    follow ``forfeit_winner_speaks``: dropped for ``none``, as entered for ``as_judged``. For
    ``average`` they are as entered in a room of four, which is still judged when one of its teams
    stays away; between two teams the winner has none here, since its average follows from its
    other rounds (``TeamRecords``).

    Between two teams the sheets of single judges are votes (see ``read_votes``): scores are means
    over the relevant judges. In larger rooms they are public speaking: means over all judges, and
    no place, points or winner. The ballot itself says whether it is one of single judges, so that
    a setting that changes later changes no result.

    Raises ``UserError("result_type_not_available")`` for mere votes of single judges in larger
    rooms, which nobody knows how to count.
    """
    kind = result_type(settings, debate.stage, len(debate.sides))
    if not is_available(kind, len(debate.sides)):
        raise UserError(
            "result_type_not_available",
            debate=debate.id, kind=kind.value, sides=len(debate.sides),
        )
    paper = read_paper(ballot, debate)
    alone = kind is ResultType.PUBLIC_SPEAKING and not ballot.sheets
    if is_voting(ballot) or alone:
        votes = read_votes(ballot, debate, settings, kind)
        if len(debate.sides) == 2:
            teams = _two_teams(debate, _by_votes(paper, votes, debate, settings))
        else:
            teams = _public_speaking(paper, votes, debate, settings)
        return DebateResult(teams, _mean_speeches(paper, votes, debate, settings))
    if len(debate.sides) == 2:
        teams = _two_teams(debate, _together(paper, debate, settings, kind))
    elif debate.stage is Stage.ELIMINATION:
        teams = _advancing(paper, debate, settings)
    else:
        teams = _ranked(paper, debate, settings)
    return DebateResult(teams, _speeches(paper, debate, settings))


def _speaks_count(paper: Paper, settings: Settings) -> bool:
    if not paper.forfeits or settings.forfeit_winner_speaks == "as_judged":
        return True
    return settings.forfeit_winner_speaks == "average" and len(paper.speeches) > 2


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
    if not paper.winners and paper.forfeits and len(paper.standing) <= _GO_ON:
        return True  # nobody need be ticked where everybody who came goes on
    return None if paper.winners is None else side in paper.winners


def _public_speaking(
    paper: Paper, votes: Votes, debate: DebateContext, settings: Settings
) -> tuple[TeamResult, ...]:
    return tuple(
        TeamResult(
            team=team,
            side=side,
            rank=None,
            points=None,
            win=None,
            score=votes.mean(partial(_score, side=side, settings=settings)),
            has_ghost=side not in paper.forfeits and _any_ghost(votes, side),
            forfeit=side in paper.forfeits,
        )
        for side, team in debate.sides
    )


def _any_ghost(votes: Votes, side: Side) -> bool:
    return any(one.paper.has_ghost(side) for one in votes.cast)


@dataclass(frozen=True, slots=True)
class _Decision:
    """Who of two sides won and what each is credited with; ``votes`` None where none voted."""

    winner: Side | None
    scores: Mapping[Side, float | None]
    ghosts: Collection[Side]
    forfeits: Collection[Side]
    votes: Votes | None = None


def _two_teams(debate: DebateContext, decision: _Decision) -> tuple[TeamResult, ...]:
    results = []
    for side, team in debate.sides:
        other = next(s for s in decision.scores if s is not side)
        own, opposing = decision.scores[side], decision.scores[other]
        forfeit, votes = side in decision.forfeits, decision.votes
        known = decision.winner is not None or forfeit
        win = side is decision.winner if known else None
        results.append(
            TeamResult(
                team=team,
                side=side,
                rank=None if win is None else (1 if win else 2),
                points=None if win is None else float(win),
                win=win,
                score=own,
                margin=None if own is None or opposing is None else own - opposing,
                votes_given=None if votes is None else float(votes.given(side)),
                votes_possible=None if votes is None else float(len(votes.cast)),
                has_ghost=not forfeit and side in decision.ghosts,
                forfeit=forfeit,
            )
        )
    return tuple(results)


def _together(
    paper: Paper, debate: DebateContext, settings: Settings, kind: ResultType
) -> _Decision:
    """Decide between two teams by the one sheet of their room."""
    winner = _last_standing(paper) if paper.forfeits else paper.winner(
        settings, scoreless=kind in SCORELESS)
    return _Decision(
        winner=winner,
        scores={side: _score(paper, side, settings) for side, _team in debate.sides},
        ghosts=[side for side in paper.speeches if paper.has_ghost(side)],
        forfeits=paper.forfeits,
    )


def _last_standing(paper: Paper) -> Side | None:
    return paper.standing[0] if len(paper.standing) == 1 else None


def _by_votes(
    paper: Paper, votes: Votes, debate: DebateContext, settings: Settings
) -> _Decision:
    """Decide between two teams by the sheets of single judges; a forfeit is not voted on."""
    return _Decision(
        winner=_last_standing(paper) if paper.forfeits else votes.winner,
        scores={
            side: votes.mean(partial(_score, side=side, settings=settings))
            for side, _team in debate.sides
        },
        ghosts=[side for side, _team in debate.sides if _any_ghost(votes, side)],
        forfeits=paper.forfeits,
        votes=votes if votes.cast and not paper.forfeits else None,
    )


def _speeches(
    paper: Paper, debate: DebateContext, settings: Settings
) -> tuple[SpeechResult, ...]:
    if not _speaks_count(paper, settings):
        return ()
    return tuple(
        _given(team, side, speech.speaker, speech, settings)
        for side, team in debate.sides
        if side not in paper.forfeits
        for speech in paper.speeches[side]
        if speech.speaker is not None
    )


def _given(
    team: str, side: Side, speaker: str, speech: Speech, settings: Settings
) -> SpeechResult:
    return SpeechResult(
        team=team,
        side=side,
        speaker=speaker,
        position=speech.position,
        score=speech.score,
        rank=speech.rank,
        ghost=speech.ghost,
        reply=speech.position > settings.substantive_speakers,
    )


def _mean_speeches(
    paper: Paper, votes: Votes, debate: DebateContext, settings: Settings
) -> tuple[SpeechResult, ...]:
    """Return each speech once, who gave it as the first of the relevant sheets tells."""
    if not _speaks_count(paper, settings):
        return ()
    return tuple(
        replace(
            _given(team, side, given[0].speaker, given[0], settings),
            score=_mean([one.score for one in given]), rank=_mean([one.rank for one in given]))
        for side, team in debate.sides
        if side not in paper.forfeits
        for given in _by_position(votes, side)
        if given[0].speaker is not None
    )


def _by_position(votes: Votes, side: Side) -> Iterator[list[Speech]]:
    """Yield what the relevant sheets say of each speech of a side."""
    found: dict[int, list[Speech]] = {}
    for vote in votes.relevant:
        own = {speech.position: speech for speech in vote.paper.speeches[side]}
        for position, speech in own.items():
            found.setdefault(position, []).append(speech)
    for position in sorted(found):
        yield found[position]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
