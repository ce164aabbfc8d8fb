"""Awards of the tournament as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tabapp.domain.achievements.award import Award, Earned
from tabapp.domain.achievements.board import DECIMALS, LEAST_ROUNDS, Board
from tabapp.domain.types import IntArray

DEBATES = 100
"""Debates that make a large tournament."""
WHOLE = ""
"""The subject of these awards."""


def tournament_finished(board: Board) -> Iterator[Earned]:
    """Every round was completed, and every break played out."""
    if board.facts.finished and board.facts.rounds:
        yield Earned(
            "tournament_finished", WHOLE, board.facts.rounds[-1].seq,
            facts={"rounds": len(board.facts.rounds)})


def round_on_time(board: Board) -> Iterator[Earned]:
    """A round was completed no later than its expected end; once for each round."""
    for one in board.facts.rounds:
        if (
            one.completed and one.expected_end is not None and one.finished_at is not None
            and one.finished_at <= one.expected_end
        ):
            early = int((one.expected_end - one.finished_at).total_seconds() // 60)
            yield Earned(
                "round_on_time", WHOLE, one.seq, facts={"round": one.seq, "minutes": early})


def hundred_debates(board: Board) -> Iterator[Earned]:
    """A hundred debates have a confirmed result, elimination rounds included."""
    held = np.flatnonzero(board.held)
    if len(held) >= DEBATES:
        rounds = np.sort(board.round_of_debate[held])
        seq = board.data.rounds[int(rounds[DEBATES - 1])].seq
        yield Earned("hundred_debates", WHOLE, seq, facts={"round": seq})


def neck_and_neck(board: Board) -> Iterator[Earned]:
    """Two teams or more shared the most points (of two teams: wins) when the rounds were over."""
    if not board.is_settled:
        return
    data = board.data
    rows = data.team_confirmed & (board.column(data.team_round) >= 0) & ~np.isnan(data.team_points)
    weights = np.array([one.weight for one in data.rounds], dtype=np.float64)
    points = np.round(np.bincount(
        data.team_team[rows], minlength=len(data.teams),
        weights=data.team_points[rows] * weights[data.team_round[rows]],
    ), DECIMALS)[board.prize_team]
    top = float(points.max(initial=0.0))
    level = int((points == top).sum())
    if top > 0 and 1 < level < len(points):
        seq = board.seqs[-1]
        yield Earned(
            "neck_and_neck", WHOLE, seq, tuple(board.seqs), {"round": seq, "teams": level})


def new_faces(board: Board) -> Iterator[Earned]:
    """No two teams met twice in the preliminary rounds, three at least, once completed."""
    if not board.is_settled:
        return
    rows = board.team_rows
    pairs = _pairs(board.data.team_debate[rows], board.data.team_team[rows], len(board.data.teams))
    if len(pairs) and len(np.unique(pairs)) == len(pairs):
        seq = board.seqs[-1]
        yield Earned(
            "new_faces", WHOLE, seq, tuple(board.seqs), {"rounds": len(board.seqs)})


def _pairs(debate: IntArray, team: IntArray, teams: int) -> IntArray:
    """Return a number for each two teams of each debate."""
    order = np.lexsort((team, debate))
    debate, team = debate[order], team[order]
    found = []
    step = 1
    while step < len(debate) and (same := debate[step:] == debate[:-step]).any():
        found.append((team[:-step] * teams + team[step:])[same])
        step += 1
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def everybody_complete(board: Board) -> Iterator[Earned]:
    """All that the settings ask of speakers and judges is there, of every one of them."""
    flags = np.concatenate([board.facts.speaker_complete, board.facts.judge_complete])
    if len(flags) and flags.all():
        yield Earned("everybody_complete", WHOLE, facts={"people": len(flags)})


AWARDS = (
    Award("tournament_finished", "tournament", "Finished",
          "Complete every round, and play every break out.", "All of {rounds} rounds were held.",
          "circle-check", "common", "always", tournament_finished),
    Award("round_on_time", "tournament", "On time",
          "Complete a round by its expected end.",
          "{round} was completed {minutes} min before its expected end.",
          "timer", "uncommon", "always", round_on_time, each_round=True),
    Award("hundred_debates", "tournament", "A hundred debates",
          f"Hold {DEBATES} debates.", "Debate number 100 was held in {round}.",
          "award", "uncommon", "always", hundred_debates),
    Award("neck_and_neck", "tournament", "Neck and neck",
          "Have two teams or more level at the top when the preliminary rounds are over.",
          "{teams} teams had the most points after {round}.",
          "columns-3", "uncommon", "team_tab", neck_and_neck),
    Award("new_faces", "tournament", "New faces",
          f"Let no two teams meet twice in the preliminary rounds, {LEAST_ROUNDS} at least.",
          "Nobody met a team twice in {rounds} rounds.",
          "users", "rare", "always", new_faces),
    Award("everybody_complete", "tournament", "Everybody counted",
          "Complete the records of all speakers and judges.",
          "The records of all {people} people are complete.",
          "clipboard-pen", "rare", "always", everybody_complete, part="people"),
)
