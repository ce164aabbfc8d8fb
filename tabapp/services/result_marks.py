"""What a team or a speaker made of each round, for the grid beside a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from tabapp.domain.types import ResultData


@dataclass(frozen=True, slots=True)
class RoundMark:
    """What somebody made of one round: the place (1 to 4; a win is 1, a loss 2) and the score.

    A speaker has no place of their own.
    """

    side: str
    place: int | None
    score: float | None


Marks = dict[str, tuple[RoundMark | None, ...]]


def team_marks(data: ResultData, seqs: Sequence[int], *, four: bool) -> Marks:
    """Return what each team made of each of these rounds, by archive id."""
    sides = ("og", "oo", "cg", "co") if four else ("aff", "neg")
    place = _columns(data, seqs)
    marks: dict[int, list[RoundMark | None]] = {
        i: [None] * len(seqs) for i in range(len(data.teams))}
    rows = zip(
        data.team_team.tolist(), data.team_round.tolist(), data.team_side.tolist(),
        data.team_points.tolist(), data.team_win.tolist(), data.team_score.tolist(),
        data.team_confirmed.tolist(), strict=True,
    )
    for team, number, side, points, win, score, confirmed in rows:
        if number in place and confirmed:
            marks[team][place[number]] = RoundMark(
                side=sides[side] if side >= 0 else "bye", place=place_of(points, win, four=four),
                score=None if isnan(score) else score,
            )
    return {data.teams[team].id: tuple(all_of) for team, all_of in marks.items()}


def speaker_marks(data: ResultData, seqs: Sequence[int], *, replies: bool) -> Marks:
    """Return the score of each speaker in each of these rounds, ghost speeches left out."""
    place = _columns(data, seqs)
    marks: dict[int, list[RoundMark | None]] = {
        i: [None] * len(seqs) for i in range(len(data.speakers))}
    rows = zip(
        data.speech_speaker.tolist(), data.speech_round.tolist(), data.speech_score.tolist(),
        data.speech_ghost.tolist(), data.speech_reply.tolist(), strict=True)
    for speaker, number, score, ghost, reply in rows:
        if number in place and not ghost and reply == replies and not isnan(score):
            marks[speaker][place[number]] = RoundMark("", None, score)
    return {data.speakers[i].id: tuple(all_of) for i, all_of in marks.items()}


def _columns(data: ResultData, seqs: Sequence[int]) -> dict[int, int]:
    column = {seq: i for i, seq in enumerate(seqs)}
    return {i: column[one.seq] for i, one in enumerate(data.rounds) if one.seq in column}


def place_of(points: float | None, win: float | None, *, four: bool) -> int | None:
    """Return the place that points or a win mean; None where there is neither."""
    if four:
        return None if points is None or isnan(points) else 4 - round(points)
    return None if win is None or isnan(win) else 1 if win else 2
