"""Judges for debates by the plain sequential assignment (rules.md, section 11).

First the voting places are filled by one minimum-cost assignment, then members of a panel who
clash or have met are exchanged where that is cheaper, then trainees are assigned to what stands.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.allocation.costs import Costs, Options, read_options
from tabapp.domain.allocation.exchange import exchange
from tabapp.domain.allocation.findings import find_problems
from tabapp.domain.allocation.sizes import panel_sizes
from tabapp.domain.allocation.types import (
    Panel,
    PanelAllocation,
    PanelDebate,
    PanelJudge,
    PanelSnapshot,
)
from tabapp.domain.types import BoolArray, FloatArray, Tick, id_key, no_tick

_STEPS = 4
_TRAINEE_ADJUSTMENT = -2


@dataclass(frozen=True, slots=True)
class _Place:
    """A seat on a panel: the debate's index, the seat's number from 0 and its adjustment t."""

    debate: int
    number: int
    adjustment: int


@dataclass(slots=True)
class _Trainees:
    """The trainee of each debate that has one, and what they cost."""

    seat: dict[int, PanelJudge]
    strength: float = 0.0
    team_history: float = 0.0
    judge_history: float = 0.0


def allocate_panels(
    snapshot: PanelSnapshot, *, seed: int, tick: Tick = no_tick
) -> PanelAllocation:
    """Seat the judges on panels of least cost; what stood there before is not looked at.

    Nobody sits with a team or a judge that it clashes with, even where a place stays empty. Judges
    level in score and history are told apart by the seed alone. Raises ``UserError``
    (``allocate_no_debates``, ``allocate_no_judges``, ``allocate_none_votes``).
    """
    options = read_options(snapshot.options)
    debates = sorted(
        snapshot.debates, key=lambda d: (-d.importance, d.room_rank, id_key(d.id))
    )
    rng = random.Random(seed)
    voting, trainees = _eligible(snapshot, options, rng)
    sizes = panel_sizes(len(debates), len(voting), options, rng)
    if options.no_panellists:
        voting = sorted(voting, key=lambda judge: -judge.score)[: len(debates)]
    tick(1, _STEPS)

    costs = Costs(debates, voting, options)
    places = _places(sizes, options)
    seats = [(place.debate, place.adjustment) for place in places]
    seated = _seat_voting(costs, places, sizes)
    tick(2, _STEPS)
    seated = exchange(costs, seats, seated)
    tick(3, _STEPS)
    rooms: list[list[PanelJudge]] = [[] for _debate in debates]
    for place, judge in zip(places, seated, strict=True):
        if judge >= 0:
            rooms[place.debate].append(voting[judge])
    learners = _seat_trainees(debates, trainees, rooms, sizes, options, rng)
    tick(_STEPS, _STEPS)

    panels = tuple(
        _panel(debate, rooms[d], learners.seat.get(d)) for d, debate in enumerate(debates)
    )
    parts = costs.parts(zip(seats, seated, strict=True))
    parts["strength"] += learners.strength
    parts["team_history"] += learners.team_history
    parts["judge_history"] += learners.judge_history
    problems = find_problems(panels, snapshot, voting, sizes, options)
    return PanelAllocation(panels, sum(parts.values()), parts, problems, seed)


def _eligible(
    snapshot: PanelSnapshot, options: Options, rng: random.Random
) -> tuple[list[PanelJudge], list[PanelJudge]]:
    """Return the judges who may vote and the trainees, in the order of the lot."""
    if not snapshot.debates:
        raise UserError("allocate_no_debates")
    if not snapshot.judges:
        raise UserError("allocate_no_judges")
    judges = sorted(snapshot.judges, key=lambda judge: id_key(judge.id))
    rng.shuffle(judges)
    voting = [j for j in judges if not j.trainee and j.score >= options.min_voting_score]
    if not voting:
        raise UserError("allocate_none_votes", minimum=f"{options.min_voting_score:g}")
    voters = {judge.id for judge in voting}
    return voting, [judge for judge in judges if judge.id not in voters]


def _places(sizes: Sequence[int], options: Options) -> list[_Place]:
    """List the seats, debate by debate, with the adjustments of section 11."""
    if not (options.per_adj and options.policy == "tabbycat"):
        return [_Place(d, n, -n) for d, size in enumerate(sizes) for n in range(size)]
    panels = [d for d, size in enumerate(sizes) if size > 1]
    early = set(panels[: len(panels) // 2])
    return [
        _Place(d, n, -1 if n == 2 and d in early else 0)
        for d, size in enumerate(sizes)
        for n in range(size)
    ]


def _seat_voting(costs: Costs, places: Sequence[_Place], sizes: Sequence[int]) -> list[int]:
    """Return the judge's index for each place, -1 for a place that stays empty."""
    everybody = list(range(len(costs.judges)))
    if not (costs.options.per_adj and costs.options.policy == "tabbycat"):
        return _assign(costs, places, everybody)
    solo = [sizes[place.debate] == 1 for place in places]
    by_strength = sorted(everybody, key=lambda judge: -costs.q[judge])
    best, others = by_strength[: sum(solo)], by_strength[sum(solo) :]
    alone = iter(_assign(costs, [p for p, one in zip(places, solo, strict=True) if one], best))
    panel = iter(
        _assign(costs, [p for p, one in zip(places, solo, strict=True) if not one], others)
    )
    return [next(alone) if one else next(panel) for one in solo]


def _assign(costs: Costs, places: Sequence[_Place], judges: Sequence[int]) -> list[int]:
    """Fill ``places`` from ``judges`` (indices) at least cost."""
    if not places or not judges:
        return [-1] * len(places)
    rooms = [place.debate for place in places]
    table = costs.table([(p.debate, p.adjustment) for p in places])[:, judges]
    first = np.array([place.number == 0 for place in places])
    chosen = solve(table, costs.barred[rooms][:, judges], first)
    return [judges[column] if column >= 0 else -1 for column in chosen]


def solve(table: FloatArray, barred: BoolArray, first: BoolArray) -> list[int]:
    """Return the column of each row at least cost, -1 for a row without one.

    A barred cell costs more than all others together, and one of a first place more than all
    barred cells of further places: so no room stays empty while that can be avoided.
    """
    count = min(table.shape) + 1
    bar = (float(table.max()) + 1.0) * count
    priced = np.where(barred, np.where(first, bar * count, bar)[:, None], table)
    # Loaded with the first allocation: it takes longer than everything else in a small command.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    rows, columns = linear_sum_assignment(priced)
    chosen = [-1] * table.shape[0]
    for row, column in zip(rows, columns, strict=True):
        if not barred[row, column]:
            chosen[row] = int(column)
    return chosen


def _seat_trainees(
    debates: Sequence[PanelDebate],
    trainees: Sequence[PanelJudge],
    rooms: Sequence[Sequence[PanelJudge]],
    sizes: Sequence[int],
    options: Options,
    rng: random.Random,
) -> _Trainees:
    """Give at most one trainee to each debate that has a judge to learn from.

    Any room may have one (section 0), except under the ``tabbycat`` policy, where only a solo
    room of a voting format has.
    """
    solo_only = options.per_adj and options.policy == "tabbycat"
    open_rooms = [
        d for d, room in enumerate(rooms) if room and (not solo_only or sizes[d] == 1)
    ]
    if options.no_trainees or not trainees or not open_rooms:
        return _Trainees({})
    rng.shuffle(open_rooms)  # rooms that are equally good are chosen by lot
    costs = Costs([debates[d] for d in open_rooms], trainees, options)
    beside = np.array(
        [[_met(trainee, rooms[d]) for trainee in trainees] for d in open_rooms], dtype=float
    )
    clash = np.array(
        [[_clashes(trainee, rooms[d]) for trainee in trainees] for d in open_rooms], dtype=bool
    )
    table = costs.table([(row, _TRAINEE_ADJUSTMENT) for row in range(len(open_rooms))])
    chosen = solve(
        table + options.history_penalty * beside, costs.barred | clash,
        np.zeros(len(open_rooms), dtype=bool),
    )
    found = _Trainees({})
    for row, column in enumerate(chosen):
        if column >= 0:
            found.seat[open_rooms[row]] = trainees[column]
            found.strength += float(costs.strength(row, _TRAINEE_ADJUSTMENT)[column])
            found.team_history += options.history_penalty * float(costs.history[row, column])
            found.judge_history += options.history_penalty * float(beside[row, column])
    return found


def _met(judge: PanelJudge, room: Sequence[PanelJudge]) -> int:
    return sum(o.id in judge.judges_seen or judge.id in o.judges_seen for o in room)


def _clashes(judge: PanelJudge, room: Sequence[PanelJudge]) -> bool:
    return any(o.id in judge.judge_conflicts or judge.id in o.judge_conflicts for o in room)


def _panel(
    debate: PanelDebate, room: Sequence[PanelJudge], trainee: PanelJudge | None
) -> Panel:
    """Let the strongest judge chair; the order among equals is that of the seats."""
    ids = [judge.id for judge in sorted(room, key=lambda judge: -judge.score)]
    return Panel(
        debate.id, ids[0] if ids else None, tuple(ids[1:]),
        () if trainee is None else (trainee.id,),
    )
