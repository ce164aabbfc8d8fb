"""The record of each team before a round, from results in columns to what a draw reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tabapp.domain.formats import Settings
from tabapp.domain.standings import DrawPlace, draw_order
from tabapp.domain.standings.records import TeamRecords
from tabapp.domain.types import (
    TWO_SIDES,
    BoolArray,
    Cycle,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    FloatArray,
    IntArray,
    ResultData,
    Side,
    Stage,
    id_key,
)

_DIGITS = 6
"""Sums are rounded to these, so that the order in which they are added leaves no trace."""


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
    all teams. Sides, pull-ups and draw strengths count preliminary rounds, meetings every round;
    opponents and sides count from the moment a draw is confirmed.
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
    strengths = _Strengths.of(
        data, round_seq - 1, {team: rank for team, _points, rank, _sub in order})
    kind = next((one.kind for one in data.rounds if one.seq == round_seq), "")
    same_kind = _side_counts(
        data, counted & _rounds_of(data, kind), len(settings.sides)) if kind else None
    teams = []
    here = [one for one in order if one.team in present]
    # BP reads no subranks, and the seals of draws that are stored hold those among all teams
    if settings.sides == TWO_SIDES:
        here = list(_among_themselves(here))
    for team_id, points, rank, subrank in here:
        index = infos[team_id]
        teams.append(DrawTeam(
            id=team_id, points=points, rank=rank, subrank=subrank,
            institution=data.teams[index].institution,
            sides=tuple(int(count) for count in sides[index]), pullups=int(pulled[index]),
            byes=int(rested[index]),
            seen={data.teams[other].id: times for other, times in seen[index].items()},
            allocated_side=(allocated or {}).get(team_id), name=data.teams[index].name,
            draw_strength=float(strengths.points[index]),
            draw_strength_speaks=float(strengths.speaks[index]),
            draw_strength_rank=float(strengths.ranks[index]),
            pullup_debates=int(strengths.pullup_debates[index]),
            seed=data.teams[index].seed,
            kind_sides=tuple(same_kind[index].tolist()) if same_kind is not None else (),
        ))
    return DrawSnapshot(
        sides=settings.sides, draw_type=draw_type, teams=tuple(teams),
        options=settings.draw_options(), round_seq=round_seq,
        cycle=_cycle(data, counted, present) if draw_type is DrawType.ROUND_ROBIN else None,
    )


def _among_themselves(order: Sequence[DrawPlace]) -> Iterator[DrawPlace]:
    """Count subranks anew among the teams that are drawn; level ones stay level.

    The places that absent teams would have left empty are places away from the pairing method.
    """
    for _points, level in groupby(order, key=lambda one: round(one.value, _DIGITS)):
        place, before = 0, 0
        for count, one in enumerate(level, start=1):
            place = place if one.subrank == before else count
            before = one.subrank
            yield one._replace(subrank=place)


@dataclass(frozen=True, slots=True)
class _Strengths:
    """Of each team what its opponents were worth, summed over all encounters."""

    points: FloatArray
    speaks: FloatArray
    ranks: FloatArray
    pullup_debates: FloatArray

    @classmethod
    def of(cls, data: ResultData, until: int, ranks: Mapping[str, int]) -> _Strengths:
        records = TeamRecords(data, until)
        places = np.array([ranks[team.id] for team in data.teams], dtype=np.float64)

        def over_opponents(figure: FloatArray) -> FloatArray:
            return np.round(records.over_opponents(figure), _DIGITS)

        return cls(
            over_opponents(records.points_won), over_opponents(records.speaks),
            over_opponents(places), records.pullup_debates,
        )


def _rounds_of(data: ResultData, kind: str) -> BoolArray:
    """Mark the rows that belong to rounds of a kind."""
    found: BoolArray = np.array(
        [one.kind == kind for one in data.rounds], dtype=np.bool_)[data.team_round]
    return found


def _cycle(data: ResultData, counted: BoolArray, present: Collection[str]) -> Cycle:
    """Return the round-robin so far: the rounds drawn of it, and all who have a place in it.

    ``counted`` marks the rows of earlier preliminary rounds. Whoever stood in one of them keeps
    the place, also when it is away now.
    """
    ours = np.array(
        [one.draw_type is DrawType.ROUND_ROBIN for one in data.rounds], dtype=np.bool_)
    rows = counted & ours[data.team_round] if len(data.rounds) else counted
    members = {data.teams[index].id for index in np.unique(data.team_team[rows]).tolist()}
    return Cycle(
        index=len(np.unique(data.team_round[rows])),
        teams=tuple(sorted(members.union(present), key=id_key)),
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
