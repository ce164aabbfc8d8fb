"""Results in columns with other results of some debates put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from tabapp.domain.ballots import DebateResult, SpeechResult
from tabapp.domain.credits import averaged_rows
from tabapp.domain.formats import Settings
from tabapp.domain.types import ResultData

_OF_TEAMS: Mapping[str, str] = {
    "team_points": "points", "team_win": "win", "team_score": "score", "team_margin": "margin",
    "team_votes_given": "votes_given", "team_votes_possible": "votes_possible",
}
"""Column of ``ResultData`` -> field of ``TeamResult``."""


def with_results(
    data: ResultData, results: Mapping[int, DebateResult], settings: Settings
) -> ResultData:
    """Return the columns as they would be with these results, by the number of the debate.

    The teams of a debate stay who they are; results of others are ignored. Speeches are put in
    where the columns know speakers. Who is credited with an average follows anew.
    """
    teams = {team.id: number for number, team in enumerate(data.teams)}
    found = {
        (number, teams[one.team]): one for number, result in results.items()
        for one in result.teams if one.team in teams}
    columns: dict[str, Any] = {name: getattr(data, name).copy() for name in (
        *_OF_TEAMS, "team_ghost", "team_confirmed", "team_averaged")}
    forfeit = np.zeros(len(data.team_team), dtype=np.bool_)
    changed = np.flatnonzero(np.isin(data.team_debate, list(results)))
    for row in changed.tolist():
        one = found.get((int(data.team_debate[row]), int(data.team_team[row])))
        if one is None:
            continue
        for name, of in _OF_TEAMS.items():
            value = getattr(one, of)
            columns[name][row] = np.nan if value is None else float(value)
        columns["team_ghost"][row], columns["team_confirmed"][row] = one.has_ghost, True
        forfeit[row] = one.forfeit
    columns["team_averaged"][changed] = averaged_rows(
        data.team_debate[changed], data.team_side[changed], columns["team_win"][changed],
        forfeit[changed], settings)
    return replace(data, **columns, **_speeches(data, results, teams))


def _speeches(
    data: ResultData, results: Mapping[int, DebateResult], teams: Mapping[str, int]
) -> dict[str, Any]:
    """Return the columns of speeches without those of the debates, and with the new ones."""
    if not data.speakers:
        return {}
    people = {one.id: number for number, one in enumerate(data.speakers)}
    rounds = dict(zip(data.team_debate.tolist(), data.team_round.tolist(), strict=True))
    stay = ~np.isin(data.speech_debate, list(results))
    new: list[tuple[int, SpeechResult]] = [
        (number, one) for number, result in results.items() for one in result.speeches
        if one.speaker in people and one.team in teams and number in rounds]
    added: dict[str, list[Any]] = {
        "speech_speaker": [people[one.speaker] for _number, one in new],
        "speech_team": [teams[one.team] for _number, one in new],
        "speech_debate": [number for number, _one in new],
        "speech_round": [rounds[number] for number, _one in new],
        "speech_position": [one.position for _number, one in new],
        "speech_score": [one.score for _number, one in new],
        "speech_rank": [one.rank for _number, one in new],
        "speech_ghost": [one.ghost for _number, one in new],
        "speech_reply": [one.reply for _number, one in new],
    }
    known = {one.name for one in fields(data)}
    return {
        name: np.concatenate([column[stay], np.array(values, dtype=column.dtype)])
        for name, values in added.items() if name in known
        for column in (getattr(data, name),)}
