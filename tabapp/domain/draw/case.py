"""The draw engine alone: one case in plain JSON values in, one result out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

_MOST = 1_000_000


_Id = Annotated[str, Field(min_length=1, max_length=100)]


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _Team(_Shape):
    id: _Id
    points: float | None = None
    rank: int | None = Field(default=None, ge=1, le=_MOST)
    subrank: int | None = None
    institution: str | None = None
    sides: list[int] | None = None
    pullups: int = Field(default=0, ge=0)
    seen: dict[str, int] = Field(default_factory=dict)
    allocated_side: Literal["aff", "neg"] | None = None


class _Case(_Shape):
    format: Literal["bp", "two-team", "elimination"]
    seed: int = 0


class _Round(_Case):
    options: dict[str, Any] = Field(default_factory=dict)
    teams: list[_Team]


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
    Keys that the contract does not name are passed over.
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
        draw_type=DrawType.POWER,
        teams=tuple(_team(team, place, len(sides)) for place, team in enumerate(case.teams, 1)),
        options={**DRAW_DEFAULTS, **case.options},
    )
    draw = generate(snapshot, seed=case.seed)
    return _result(draw.debates, draw.quality, audit_draw(snapshot, draw.debates))


def _team(team: _Team, place: int, size: int) -> DrawTeam:
    return DrawTeam(
        id=team.id,
        points=team.points or 0.0,
        rank=team.rank or place,
        subrank=team.subrank,
        institution=team.institution,
        sides=tuple(team.sides) if team.sides is not None else (0,) * size,
        pullups=team.pullups,
        seen=team.seen,
        allocated_side=Side(team.allocated_side) if team.allocated_side else None,
    )


def _solve_elimination(case: _Elimination) -> dict[str, Any]:
    if case.sides != len(BP_SIDES):
        raise UserError("draw_not_available", draw_type="elimination", format="two-team")
    _refuse_twice(team.id for team in case.teams)
    ranks = {team.id: team.break_rank for team in case.teams if team.break_rank is not None}
    rooms = None if case.previous is None else [
        PreviousRoom(room.room_rank, tuple(room.teams), tuple(room.advancing))
        for room in case.previous
    ]
    debates = draw_elimination(ranks, break_size=case.break_size, previous=rooms, seed=case.seed)
    checks = audit_elimination(ranks, case.break_size, rooms, debates)
    return _result(debates, DrawQuality(), checks)


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
