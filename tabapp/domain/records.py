"""The record of each team before a round, from results in columns to what a draw reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from tabapp.domain.formats import Settings
from tabapp.domain.standings import draw_order
from tabapp.domain.types import (
    BoolArray,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    IntArray,
    ResultData,
    Side,
    Stage,
)


def draw_snapshot(
    data: ResultData,
    settings: Settings,
    *,
    round_seq: int,
    draw_type: DrawType,
    present: Collection[str],
    allocated: Mapping[str, Side] | None = None,
) -> DrawSnapshot:
    """Collect what the draw of a round depends on.

    ``present`` holds the teams to draw. Points and ranks are those after the rounds before, among
    all teams. Sides and pull-ups count preliminary rounds, meetings count every round.
    """
    seqs = np.array([one.seq for one in data.rounds], dtype=np.int64)
    preliminary = np.array([one.stage == Stage.PRELIMINARY for one in data.rounds], dtype=np.bool_)
    earlier: BoolArray = (
        seqs[data.team_round] < round_seq if len(seqs) else np.zeros(0, dtype=np.bool_)
    )
    counted: BoolArray = earlier & preliminary[data.team_round] if len(seqs) else earlier
    sides = _side_counts(data, counted, len(settings.sides))
    pulled = np.bincount(
        data.team_team[counted & data.team_pullup], minlength=len(data.teams)
    )
    rested = np.bincount(
        data.team_team[earlier & (data.team_side < 0)], minlength=len(data.teams))
    seen = _meetings(data, earlier)
    infos = {team.id: index for index, team in enumerate(data.teams)}
    order = draw_order(data, settings.team_standings_precedence, round_seq - 1)
    teams = []
    for team_id, points, rank, subrank in order:
        if team_id not in present:
            continue
        index = infos[team_id]
        teams.append(DrawTeam(
            id=team_id, points=points, rank=rank, subrank=subrank,
            institution=data.teams[index].institution,
            sides=tuple(int(count) for count in sides[index]), pullups=int(pulled[index]),
            byes=int(rested[index]),
            seen={data.teams[other].id: times for other, times in seen[index].items()},
            allocated_side=(allocated or {}).get(team_id), name=data.teams[index].name,
        ))
    return DrawSnapshot(
        sides=settings.sides, draw_type=draw_type, teams=tuple(teams),
        options=settings.draw_options(), round_seq=round_seq,
    )


def _side_counts(data: ResultData, rows: BoolArray, sides: int) -> IntArray:
    """Return teams × sides: how often each team stood on each side."""
    chosen = rows & (data.team_side >= 0)
    flat = data.team_team[chosen] * sides + data.team_side[chosen]
    counts = np.bincount(flat, minlength=len(data.teams) * sides)
    return counts.reshape(len(data.teams), sides).astype(np.int64)


def _meetings(data: ResultData, rows: BoolArray) -> list[dict[int, int]]:
    """Return for each team how often it stood in one debate with each other team."""
    seen: list[dict[int, int]] = [{} for _ in data.teams]
    debates: dict[int, list[int]] = {}
    for debate, team in zip(
        data.team_debate[rows].tolist(), data.team_team[rows].tolist(), strict=True
    ):
        debates.setdefault(debate, []).append(team)
    for members in debates.values():
        for team in members:
            met = seen[team]
            for other in members:
                if other != team:
                    met[other] = met.get(other, 0) + 1
    return seen
