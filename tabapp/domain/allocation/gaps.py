"""Free judges for the empty places of a board, where everybody who sits stays."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tabapp.domain.allocation.board import Board, BoardDebate, BoardJudge, Seat
from tabapp.domain.allocation.costs import strength_cost
from tabapp.domain.allocation.panels import solve
from tabapp.domain.allocation.price import adjustment
from tabapp.domain.types import FloatArray, Role, id_key


@dataclass(frozen=True, slots=True)
class _Gap:
    """An empty voting place; number 0 is the chair's."""

    debate: BoardDebate
    number: int


def fill_gaps(board: Board, *, seed: int) -> dict[str, Seat]:
    """Return places for judges of the pool: the voting places that rooms are due and lack.

    The least cost of section 11 for what is open, by one assignment; nobody sits with a team or a
    judge that it clashes with. Judges level in everything are told apart by the seed. Trainees
    stay in the pool, and rooms that have their result as they are.
    """
    gaps = _gaps(board)
    judges = [one for one in board.pool if one.may_vote]
    random.Random(seed).shuffle(judges)
    if not gaps or not judges:
        return {}
    table = np.array([_costs(board, gap, judges) for gap in gaps])
    barred = np.array([[_is_barred(gap.debate, judge) for judge in judges] for gap in gaps])
    first = np.array([gap.number == 0 for gap in gaps])
    return _apart(gaps, judges, solve(table, barred, first))


def _gaps(board: Board) -> list[_Gap]:
    found = []
    for debate in sorted(
        board.debates, key=lambda d: (-d.importance, d.room_rank, id_key(d.id))
    ):
        if debate.has_result:
            continue
        taken = len(debate.of_role(Role.PANELLIST)) + 1  # the chair's place is always the first
        numbers = range(taken, debate.places)
        if debate.chair is None and debate.places:
            found.append(_Gap(debate, 0))
        found += [_Gap(debate, number) for number in numbers]
    return found


def _costs(board: Board, gap: _Gap, judges: Sequence[BoardJudge]) -> FloatArray:
    """Return what each judge costs in a place, without clashes."""
    strength = strength_cost(
        gap.debate.importance, np.array([judge.q for judge in judges]),
        adjustment(gap.number, board.options), board.options.max_score)
    teams = {team.id for team in gap.debate.teams}
    met = np.array([
        len(teams & judge.teams_met.keys())
        + sum(one in judge.judges_met for one in gap.debate.members)
        for judge in judges
    ])
    return np.asarray(strength + board.options.history_penalty * met, dtype=np.float64)


def _is_barred(debate: BoardDebate, judge: BoardJudge) -> bool:
    clashes_with_team = any(team.id in judge.team_clashes for team in debate.teams)
    return clashes_with_team or not judge.judge_clashes.isdisjoint(debate.members)


def _apart(
    gaps: Sequence[_Gap], judges: Sequence[BoardJudge], chosen: Sequence[int]
) -> dict[str, Seat]:
    """Take the judges as chosen; of two who clash with each other the second stays in the pool."""
    found: dict[str, Seat] = {}
    for gap, column in zip(gaps, chosen, strict=True):
        if column < 0:
            continue
        judge = judges[column]
        beside = {one for one, seat in found.items() if seat.debate == gap.debate.id}
        if judge.judge_clashes.isdisjoint(beside):
            role = Role.PANELLIST if gap.number else Role.CHAIR
            found[judge.id] = Seat(gap.debate.id, role)
    return found
