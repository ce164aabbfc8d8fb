"""Cases for two teams as short as a table of the rules, and their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabapp.domain.draw import solve_case

EIGHT = {str(number): 1.0 for number in range(1, 9)}
"""One bracket of eight."""

Room = tuple[float, str]


def case(
    teams: Mapping[str, float], changes: Mapping[str, Any] | None = None, *, seed: int = 0,
    more: dict[str, Any] | None = None, **options: Any,
) -> dict[str, Any]:
    """Make a case in which the first of two teams always affirms, unless said otherwise."""
    rows: list[dict[str, Any]] = [
        {"id": team, "points": points, "rank": rank, "sides": [rank, 100]}
        for rank, (team, points) in enumerate(teams.items(), start=1)
    ]
    for row in rows:
        row.update((changes or {}).get(row["id"], {}))
    return {"format": "two-team", "seed": seed, "options": options, "teams": rows, **(more or {})}


def solved(one: dict[str, Any]) -> dict[str, Any]:
    answer = solve_case(one)
    assert "error" not in answer, answer
    assert answer["audit"]["ok"], answer["audit"]
    debates = answer["debates"]
    assert [debate["room_rank"] for debate in debates] == list(range(1, len(debates) + 1))
    return answer


def rooms(answer: dict[str, Any]) -> list[Room]:
    return [(debate["bracket"], "".join(debate["sides"])) for debate in answer["debates"]]


def flags(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {
        team: noted for debate in answer["debates"]
        for team, noted in debate["team_flags"].items() if noted
    }


def first_pulled(one: dict[str, Any]) -> str:
    """Return the team that is pulled up highest."""
    return next(iter(flags(solved(one))))


def code(one: dict[str, Any]) -> str:
    answer = solve_case(one)
    assert list(answer) == ["error"]
    return str(answer["error"]["code"])


def met(*pairs: str) -> dict[str, dict[str, Any]]:
    """Return changes of teams of one letter that have met."""
    seen: dict[str, dict[str, Any]] = {}
    for one, other in map(tuple, pairs):
        seen.setdefault(one, {"seen": {}})["seen"][other] = 1
        seen.setdefault(other, {"seen": {}})["seen"][one] = 1
    return seen
