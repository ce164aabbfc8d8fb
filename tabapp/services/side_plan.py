"""Sides allocated before the draw: read, planned, typed, pasted and stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tabapp.core.errors import Problem, UserError
from tabapp.domain.draw import side_plan
from tabapp.domain.draw.side_plan import PlanRound
from tabapp.domain.formats.combinations import ALLOCATED
from tabapp.domain.registration import fold
from tabapp.domain.side_names import two_side_names
from tabapp.domain.types import TWO_SIDES, Side, Stage
from tabapp.services.entries import shown
from tabapp.services.rounds import title_of
from tabapp.store import side_rows
from tabapp.store.tournaments import TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

Sides = dict[int, dict[str, Side]]
"""Round row id -> team by archive id -> its side."""


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A preliminary round of the plan; what is drawn stays."""

    id: int
    seq: int
    title: str
    kind: str
    drawn: bool


@dataclass(frozen=True, slots=True)
class PlannedTeam:
    """A team that takes part, by archive id."""

    id: str
    name: str
    institution: str


@dataclass(frozen=True, slots=True)
class TeamLean:
    """Affirmatives minus negatives of a team, over all rounds and within each kind of them."""

    whole: int
    kinds: Mapping[str, int]

    @property
    def is_even(self) -> bool:
        """Tell whether neither side is more than one ahead, overall and within each kind."""
        return all(abs(one) <= 1 for one in (self.whole, *self.kinds.values()))


@dataclass(frozen=True, slots=True)
class SidePlan:
    """The sides of all preliminary rounds: drawn ones as drawn, others as allocated."""

    owner: TournamentRow
    rounds: tuple[PlannedRound, ...]
    teams: tuple[PlannedTeam, ...]
    sides: Sides

    @property
    def left(self) -> tuple[int, ...]:
        """Row ids of the rounds that are not drawn."""
        return tuple(one.id for one in self.rounds if not one.drawn)

    @property
    def side_names(self) -> tuple[str, str]:
        """Short names of the two sides."""
        return two_side_names(self.owner.settings.side_names, short=True)

    def totals(self, sides: Sides, round_id: int) -> tuple[int, int, int]:
        """Return the affirmatives, the negatives and those without a side of a round."""
        found = sides.get(round_id, {})
        given = [found[team.id] for team in self.teams if team.id in found]
        affs = sum(side is Side.AFF for side in given)
        return affs, len(given) - affs, len(self.teams) - len(given)

    def lean(self, sides: Sides, team: str) -> TeamLean:
        """Return by how much a team is more often affirmative than negative with these sides."""
        whole, kinds = 0, dict.fromkeys((one.kind for one in self.rounds if one.kind), 0)
        for one in self.rounds:
            side = sides.get(one.id, {}).get(team)
            if side is None:
                continue
            step = 1 if side is Side.AFF else -1
            whole += step
            if one.kind:
                kinds[one.kind] += step
        return TeamLean(whole, kinds)


def are_allocated(owner: TournamentRow) -> bool:
    """Tell whether the sides of a tournament are allocated before its draws."""
    settings = owner.settings
    return settings.sides == TWO_SIDES and settings.draw_side_allocations == ALLOCATED


def read_plan(unit: ReadUnit, tournament_id: int) -> SidePlan:
    """Read the sides of all preliminary rounds; refused where they are not allocated beforehand."""
    owner = get_tournament(unit, tournament_id)
    if not are_allocated(owner):
        raise UserError("sides_not_allocated")
    drawn = side_rows.drawn_sides(unit, owner.id)
    rounds = tuple(
        PlannedRound(one.id, one.seq, title_of(one), one.kind, one.id in drawn)
        for one in list_rounds(unit, owner.id) if one.stage != Stage.ELIMINATION)
    allocated = side_rows.allocated_sides(unit, owner.id)
    return SidePlan(
        owner=owner, rounds=rounds,
        teams=tuple(PlannedTeam(*one) for one in side_rows.participants(unit, owner.id)),
        sides={
            one.id: drawn[one.id] if one.drawn else allocated.get(one.id, {}) for one in rounds},
    )


def proposed(
    plan: SidePlan, sides: Sides, rounds: Collection[int], seed: int
) -> Sides:
    """Return sides for ``rounds`` that leave all others of ``sides`` as they are.

    Refused for a round that is drawn, or where there is none.
    """
    if not rounds:
        raise UserError("side_no_rounds")
    _check_open(plan, rounds)
    wanted = [PlanRound(one.id, one.kind) for one in plan.rounds if one.id in rounds]
    fixed = [
        (PlanRound(one.id, one.kind), sides[one.id]) for one in plan.rounds
        if one.id not in rounds and sides.get(one.id)]
    return side_plan.plan_sides([team.id for team in plan.teams], wanted, fixed, seed=seed)


def plan_sides(
    unit: WriteUnit, tournament_id: int, rounds: Collection[int], seed: int
) -> Sides:
    """Plan the sides of rounds that are not drawn, by row id, and store them; return them."""
    plan = read_plan(unit, tournament_id)
    found = proposed(plan, plan.sides, rounds, seed)
    store_sides(unit, tournament_id, found)
    return found


def store_sides(unit: WriteUnit, tournament_id: int, sides: Sides) -> int:
    """Make exactly these the sides of the rounds that are named; return how many changed.

    A plan that is not even is stored: the draw refuses it, with the names. Refused: a round that
    is drawn or no preliminary one, a team that is none.
    """
    plan = read_plan(unit, tournament_id)
    _check_open(plan, sides)
    return sum(
        side_rows.store_allocations(unit, tournament_id, round_id, given)
        for round_id, given in sides.items())


def set_side(
    unit: WriteUnit, tournament_id: int, round_id: int, teams: Collection[str], side: Side | None
) -> int:
    """Give teams a side in a round, None takes it from them; return how many changed."""
    plan = read_plan(unit, tournament_id)
    now = dict(plan.sides.get(round_id, {}))
    for team in teams:
        if side is None:
            now.pop(team, None)
        else:
            now[team] = side
    return store_sides(unit, tournament_id, {round_id: now})


def swap_sides(
    unit: WriteUnit, tournament_id: int, round_id: int, teams: tuple[str, str]
) -> int:
    """Let two teams change sides in a round, which keeps it even; return how many changed."""
    now = dict(read_plan(unit, tournament_id).sides.get(round_id, {}))
    before = [now.pop(team, None) for team in teams]
    for team, side in zip(teams, reversed(before), strict=True):
        if side is not None:
            now[team] = side
    return store_sides(unit, tournament_id, {round_id: now})


def clear_sides(unit: WriteUnit, tournament_id: int, rounds: Collection[int]) -> int:
    """Take the sides of rounds from all teams; return how many had one."""
    return store_sides(unit, tournament_id, {one: {} for one in rounds})


def _check_open(plan: SidePlan, rounds: Collection[int]) -> None:
    known = {one.id: one for one in plan.rounds}
    for round_id in rounds:
        found = known.get(round_id)
        if found is None:
            raise UserError("side_round_out")
        if found.drawn:
            raise UserError("side_round_drawn", round=found.title)


# Pasted lines


def read_lines(plan: SidePlan, text: str) -> tuple[dict[str, Side], list[Problem]]:
    """Read lines of a team and its side, parted by a tab, a comma or a semicolon.

    Teams by name or id, sides by name, letter or id. ``where`` is "line 3"; blank lines count.
    """
    teams = {fold(one.name): one for one in plan.teams}
    teams |= {fold(one.id): one for one in plan.teams}
    words = _side_words(plan)
    found: dict[str, Side] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        parted = _parted(line)
        if parted is None:
            problems.append(Problem.of("error", where, "side_line_unread", line=shown(line)))
            continue
        team, side = teams.get(fold(parted[0])), words.get(fold(parted[1]))
        if team is None:
            problems.append(Problem.of(
                "error", where, "side_team_unknown", team=shown(parted[0])))
        elif team.id in found:
            problems.append(Problem.of("error", where, "side_team_twice", team=team.name))
        if side is None:
            aff, neg = plan.side_names
            problems.append(Problem.of(
                "error", where, "side_unknown", side=shown(parted[1]), aff=aff, neg=neg))
        if team is not None and side is not None:
            found.setdefault(team.id, side)
    return found, problems


def _parted(line: str) -> tuple[str, str] | None:
    for mark in ("\t", ";", ","):
        team, found, side = line.rpartition(mark)
        if found and team.strip() and side.strip():
            return team.strip(), side.strip()
    return None


def _side_words(plan: SidePlan) -> Mapping[str, Side]:
    long, short = two_side_names(plan.owner.settings.side_names), plan.side_names
    words: dict[str, Side] = {}
    for side, *names in zip(TWO_SIDES, long, short, strict=True):
        words |= {fold(one): side for one in (side.value, side.value[0], *names)}
    return words

