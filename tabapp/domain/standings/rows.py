"""Rows of the results as values: what a team made of a debate, a speech, and what was special."""

from __future__ import annotations

from math import isnan

import numpy as np

from tabapp.domain.standings.terms import DebateFacts, Speech, Why
from tabapp.domain.types import ResultData


def why_of(data: ResultData, row: int, *, without_ballot: bool = True) -> tuple[Why, ...]:
    """Return what is special about a team's debate; ``without_ballot`` tells of a missing one."""
    found: list[Why] = []
    if without_ballot and not data.team_confirmed[row]:
        found.append("unconfirmed")
    if data.team_side[row] < 0:
        found.append("bye")
    if data.team_averaged[row] and data.team_confirmed[row]:
        found.append("averaged")
    return tuple(found)


def debate_facts(data: ResultData, row: int) -> DebateFacts:
    """Return what a team made of a debate, with its speeches in order, replies last."""
    team, debate = int(data.team_team[row]), int(data.team_debate[row])
    here = np.flatnonzero((data.speech_debate == debate) & (data.speech_team == team)).tolist()
    speeches = sorted(
        (speech_of(data, one) for one in here), key=lambda one: (one.reply, one.position))
    others = np.flatnonzero(data.team_debate == debate).tolist()
    win = number_of(data.team_win[row])
    return DebateFacts(
        points=number_of(data.team_points[row]), weight=data.rounds[data.team_round[row]].weight,
        win=None if win is None else bool(win), score=number_of(data.team_score[row]),
        margin=number_of(data.team_margin[row]),
        votes_given=number_of(data.team_votes_given[row]),
        votes_possible=number_of(data.team_votes_possible[row]),
        pulled_up=bool(data.team_pullup[row]), speeches=tuple(speeches),
        opponents=tuple(data.teams[data.team_team[one]].id for one in others if one != row),
    )


def speech_of(data: ResultData, row: int) -> Speech:
    """Return a speech of the results."""
    speaker = data.speakers[data.speech_speaker[row]]
    return Speech(
        speaker=speaker.id, name=speaker.name, position=int(data.speech_position[row]),
        score=number_of(data.speech_score[row]), rank=number_of(data.speech_rank[row]),
        ghost=bool(data.speech_ghost[row]), reply=bool(data.speech_reply[row]))


def number_of(value: float) -> float | None:
    """Return a number of the columns, None where there is none."""
    return None if isnan(value) else float(value)
