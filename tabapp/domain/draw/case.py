"""The draw engine alone: one case in plain JSON values in, one result out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tabapp.core.errors import UserError
from tabapp.domain.audit.draw_elimination import audit_elimination
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw.elimination import PreviousRoom, draw_elimination
from tabapp.domain.draw.generate import generate
from tabapp.domain.draw.options import DRAW_DEFAULTS, check_option_names
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    Check,
    Cycle,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
    id_key,
)

_MOST = 1_000_000
_MOST_TEAMS = 10_000  # every two of them are priced, so memory grows with the square
_MOST_STRENGTH = 1e12

_Id = Annotated[str, Field(min_length=1, max_length=100)]
_Count = Annotated[int, Field(ge=0, le=_MOST)]
_Strength = Annotated[float, Field(ge=-_MOST_STRENGTH, le=_MOST_STRENGTH, allow_inf_nan=False)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _Team(_Shape):
    id: _Id
    points: float | None = None
    rank: int | None = Field(default=None, ge=1, le=_MOST)
    subrank: _Count | None = None
    institution: str | None = None
    sides: list[int] | None = None
    kind_sides: list[_Count] | None = None
    pullups: _Count = 0
    pullup_debates: _Count = 0
    byes: _Count = 0
    seen: dict[str, _Count] = Field(default_factory=dict)
    allocated_side: Literal["aff", "neg"] | None = None
    seed: _Strength | None = None
    draw_strength: _Strength | None = None
    draw_strength_speaks: _Strength | None = None
    draw_strength_rank: _Strength | None = None


class _Case(_Shape):
    format: Literal["bp", "two-team", "elimination"]
    seed: int = 0


class _Round(_Case):
    draw_type: Literal["random", "power", "round-robin", "seeded", "manual"] = "power"
    cycle: _Count = 0
    cycle_teams: list[_Id] | None = Field(default=None, max_length=_MOST_TEAMS)
    options: dict[str, Any] = Field(default_factory=dict)
    teams: list[_Team] = Field(max_length=_MOST_TEAMS)


class _Breaking(_Shape):
    id: _Id
    break_rank: int | None = Field(default=None, ge=1, le=_MOST)


class _Played(_Shape):
    room_rank: int = Field(ge=1, le=_MOST)
    teams: list[_Id]
    advancing: list[_Id]


class _Elimination(_Case):
    sides: Literal[2, 4]
    break_size: int = Field(le=_MOST)
    previous: list[_Played] | None = None
    teams: list[_Breaking]


def solve_case(case: object) -> dict[str, Any]:
    """Solve one case of ``tabapp pair`` (headless.md, "The draw engine alone").

    Never raises for what stands in the case: a refused one is ``{"error": {"code", "message"}}``.
    Keys that the contract does not name are passed over. Beyond those of headless.md a case takes
    ``draw_type``, and for a round-robin ``cycle``, the number of its rounds before this one, and
    ``cycle_teams``, all its ids where some are away; a team takes ``kind_sides``, ``byes``,
    ``seed``, ``pullup_debates`` and the three draw strengths. The answer has ``remarks`` only
    where the draw has any.
    """
    try:
        if not isinstance(case, dict):
            raise UserError("pair_case_invalid", where="the top", what="it is no object")
        if _Case.model_validate(case).format == "elimination":
            return _solve_elimination(_Elimination.model_validate(case))
        return _solve_round(_Round.model_validate(case))
    except UserError as error:
        return _refused(error)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return _refused(UserError("pair_case_invalid", where=where, what=first["msg"]))


def _solve_round(case: _Round) -> dict[str, Any]:
    check_option_names(case.options)
    sides = BP_SIDES if case.format == "bp" else TWO_SIDES
    snapshot = DrawSnapshot(
        sides=sides,
        draw_type=DrawType(case.draw_type),
        teams=_teams(case.teams, len(sides)),
        options={**DRAW_DEFAULTS, **case.options},
        cycle=_cycle(case),
    )
    draw = generate(snapshot, seed=case.seed)
    checks = audit_draw(snapshot, draw.debates, seed=case.seed)
    result = _result(draw.debates, draw.quality, checks)
    return {**result, "remarks": list(draw.remarks)} if draw.remarks else result


def _cycle(case: _Round) -> Cycle | None:
    if case.draw_type != "round-robin":
        return None
    teams = [team.id for team in case.teams] if case.cycle_teams is None else case.cycle_teams
    _refuse_twice(teams)
    return Cycle(case.cycle, tuple(sorted(teams, key=id_key)))


def _teams(teams: Sequence[_Team], size: int) -> tuple[DrawTeam, ...]:
    """Return the teams with what was left out worked out from the others.

    Draw strengths by wins and by rank are those of the opponents that stand in the case, once
    for each meeting; draw strength by speaks cannot be known and is 0 for all.
    """
    ranks = {team.id: team.rank or place for place, team in enumerate(teams, start=1)}
    points = {team.id: team.points or 0.0 for team in teams}
    return tuple(
        DrawTeam(
            id=team.id,
            points=points[team.id],
            rank=ranks[team.id],
            subrank=team.subrank,
            institution=team.institution,
            sides=(0,) * size if team.sides is None else tuple(team.sides),
            kind_sides=() if team.kind_sides is None else tuple(team.kind_sides),
            pullups=team.pullups,
            pullup_debates=team.pullup_debates,
            byes=team.byes,
            seen=team.seen,
            allocated_side=Side(team.allocated_side) if team.allocated_side else None,
            seed=team.seed,
            draw_strength=_strength(team.draw_strength, team.seen, points),
            draw_strength_speaks=team.draw_strength_speaks or 0.0,
            draw_strength_rank=_strength(team.draw_strength_rank, team.seen, ranks),
        )
        for team in teams
    )


def _strength(
    given: float | None, seen: Mapping[str, int], values: Mapping[str, float]
) -> float:
    if given is not None:
        return given
    # sorted, since the order of a mapping must not decide the last bit of the sum
    return float(sum(sorted(times * values[other] for other, times in seen.items()
                            if other in values)))


def _solve_elimination(case: _Elimination) -> dict[str, Any]:
    _refuse_twice(team.id for team in case.teams)
    _refuse_strangers(case)
    ranks = {team.id: team.break_rank for team in case.teams if team.break_rank is not None}
    rooms = None if case.previous is None else [
        PreviousRoom(room.room_rank, tuple(room.teams), tuple(room.advancing))
        for room in case.previous
    ]
    debates = draw_elimination(
        ranks, break_size=case.break_size, previous=rooms, seed=case.seed, sides=case.sides)
    checks = audit_elimination(ranks, case.break_size, rooms, debates, sides=case.sides)
    return _result(debates, DrawQuality(), checks)


def _refuse_strangers(case: _Elimination) -> None:
    """Refuse a team of the round before that the case does not list: a slip in an id."""
    known = {team.id for team in case.teams}
    for room in case.previous or ():
        for team in (*room.teams, *room.advancing):
            if team not in known:
                raise UserError("pair_team_unlisted", team=team, room=room.room_rank)


def _refuse_twice(teams: Iterable[str]) -> None:
    seen: set[str] = set()
    for team in teams:
        if team in seen:
            raise UserError("draw_duplicate_team", team=team)
        seen.add(team)


def _result(
    debates: Sequence[DrawnDebate], quality: DrawQuality, checks: Sequence[Check]
) -> dict[str, Any]:
    return {
        "debates": [
            {
                "bracket": int(debate.bracket) if debate.bracket % 1 == 0 else debate.bracket,
                "room_rank": debate.room_rank,
                "sides": list(debate.teams),
                "flags": list(debate.flags),
                "team_flags": {team: list(flags) for team, flags in debate.team_flags.items()},
            }
            for debate in debates
        ],
        "quality": asdict(quality),
        "audit": {
            "ok": all(check.status in ("passed", "skipped") for check in checks),
            "checks": [
                {"name": check.name, "status": check.status, "detail": check.detail}
                for check in checks
            ],
        },
    }


def _refused(error: UserError) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message}}
