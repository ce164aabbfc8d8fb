"""Awards of judges. Only debates with a confirmed result count; byes have no panel."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tabapp.domain.achievements.award import Award, Earned, Fact
from tabapp.domain.achievements.board import LEAST_ROUNDS, Board, first_true, seqs_of
from tabapp.domain.achievements.facts import CHAIR, TRAINEE

LEAST_PANELS = 3
"""Panels on which somebody must have voted to be said to agree."""


def _earned(
    key: str, board: Board, judge: int, columns: tuple[int, ...], **facts: Fact
) -> Earned:
    seqs = seqs_of(board.seqs, columns)
    return Earned(
        key, board.facts.judges[judge], seqs[-1], seqs, {"round": seqs[-1], **facts})


def first_chair(board: Board) -> Iterator[Earned]:
    """Chaired a debate, in the first preliminary round in which they did."""
    for judge, column in first_true(board.role == CHAIR):
        yield _earned("first_chair", board, judge, (column,))


def chaired_every_round(board: Board) -> Iterator[Earned]:
    """Chaired a debate in every preliminary round, three at least, once completed."""
    if board.is_settled:
        for judge in np.flatnonzero((board.role == CHAIR).all(axis=1)).tolist():
            columns = tuple(range(len(board.columns)))
            yield _earned("chaired_every_round", board, judge, columns, rounds=len(columns))


def judged_every_round(board: Board) -> Iterator[Earned]:
    """Sat on a panel in any role in every preliminary round, three at least, once completed."""
    if board.is_settled:
        for judge in np.flatnonzero((board.role >= TRAINEE).all(axis=1)).tolist():
            columns = tuple(range(len(board.columns)))
            yield _earned("judged_every_round", board, judge, columns, rounds=len(columns))


def panel_never_split(board: Board) -> Iterator[Earned]:
    """Voted on three panels or more whose votes were counted, and none of them was divided.

    Preliminary rounds, once completed. A panel that agrees on one ballot counts no votes, so
    that formats with one ballot a room do not have this award.
    """
    if not board.is_settled:
        return
    data, panels = board.data, board.facts.panels
    counted = np.zeros(len(board.facts.debates), dtype=np.bool_)
    split = counted.copy()
    rows = data.team_confirmed & (data.team_votes_possible > 1)
    counted[data.team_debate[rows]] = True
    divided = rows & (data.team_votes_given > 0)
    divided &= data.team_votes_given < data.team_votes_possible
    split[data.team_debate[divided]] = True
    sat = (
        (panels.role > TRAINEE) & counted[panels.debate]
        & (board.column(board.round_of_debate[panels.debate]) >= 0))
    judges = len(board.facts.judges)
    voted = np.bincount(panels.judge[sat], minlength=judges)
    broken = np.bincount(panels.judge[sat & split[panels.debate]], minlength=judges)
    for judge in np.flatnonzero((voted >= LEAST_PANELS) & (broken == 0)).tolist():
        yield _earned(
            "panel_never_split", board, judge, tuple(range(len(board.columns))),
            panels=int(voted[judge]))


def promoted(board: Board) -> Iterator[Earned]:
    """Sat as a trainee in one round, and chaired a debate in a later one."""
    learning = np.logical_or.accumulate(board.role == TRAINEE, axis=1)
    for judge, column in first_true(learning & (board.role == CHAIR)):
        before = int(np.flatnonzero(board.role[judge] == TRAINEE)[0])
        yield _earned("promoted", board, judge, (before, column), since=board.seqs[before])


def final_chair(board: Board) -> Iterator[Earned]:
    """Chaired the final of a break category."""
    panels = board.facts.panels
    for debate in board.finals:
        for judge in panels.judge[(panels.debate == debate) & (panels.role == CHAIR)].tolist():
            seq = board.data.rounds[int(board.round_of_debate[debate])].seq
            yield Earned(
                "final_chair", board.facts.judges[judge], seq, (seq,), {"round": seq})


def judge_profile_complete(board: Board) -> Iterator[Earned]:
    """All that the settings ask of a judge is there."""
    for judge in np.flatnonzero(board.facts.judge_complete).tolist():
        yield Earned("judge_profile_complete", board.facts.judges[judge])


AWARDS = (
    Award("first_chair", "adjudicators", "In the chair", "Chair a debate.",
          "Chaired a debate in {round}.", "gavel", "common", "results", first_chair),
    Award("chaired_every_round", "adjudicators", "Chair of every round",
          f"Chair a debate in every preliminary round, {LEAST_ROUNDS} at least.",
          "Chaired a debate in all of {rounds} rounds.",
          "list-checks", "rare", "results", chaired_every_round),
    Award("judged_every_round", "adjudicators", "Never rested",
          f"Sit on a panel in every preliminary round, {LEAST_ROUNDS} at least.",
          "Sat on a panel in all of {rounds} rounds.",
          "hourglass", "uncommon", "results", judged_every_round),
    Award("panel_never_split", "adjudicators", "Of one mind",
          f"Vote on {LEAST_PANELS} panels or more, none of them divided.",
          "Voted on {panels} panels, and none was divided.",
          "link", "rare", "results", panel_never_split),
    Award("promoted", "adjudicators", "Promoted",
          "Sit as a trainee, and chair a debate in a later round.",
          "Trainee in {since}, in the chair in {round}.",
          "arrow-up", "uncommon", "results", promoted),
    Award("final_chair", "adjudicators", "Chair of the final",
          "Chair the final of a break category.", "Chaired {round}.",
          "award", "legendary", "results", final_chair),
    Award("judge_profile_complete", "adjudicators", "An open book",
          "Give the tab room all that it asks of a judge.", "The record is complete.",
          "circle-check", "common", "never", judge_profile_complete, part="people"),
)
