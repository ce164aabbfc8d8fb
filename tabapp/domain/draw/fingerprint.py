"""The fingerprint of a draw's input, by which anybody can see that nothing was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tabapp.domain.draw.options import DRAW_DEFAULTS
from tabapp.domain.types import DrawSnapshot, DrawTeam, id_key


def fingerprint(snapshot: DrawSnapshot) -> str:
    """Return the SHA-256, in hex, of a canonical JSON of all that the draw depends on.

    That is all but the seed, names and the number of the round. Options left out count as their
    defaults; other options than the draw's do not count; the order of teams does not matter.
    """
    content = {
        "sides": [side.value for side in snapshot.sides],
        "draw_type": snapshot.draw_type.value,
        "options": _options(snapshot.options),
    }
    teams = sorted(snapshot.teams, key=lambda t: id_key(t.id))
    # the last key; team by team, since a text of all would hold the interpreter for long
    text = f'{_text(content)[:-1]},"teams":[{",".join(_text(_team(one)) for one in teams)}]}}'
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    def canonical(name: str, default: Any) -> Any:
        value = options.get(name, default)
        return float(value) if isinstance(default, float) and isinstance(value, int) else value

    return {name: canonical(name, default) for name, default in DRAW_DEFAULTS.items()}


def _team(team: DrawTeam) -> dict[str, Any]:
    return {
        "id": team.id,
        "points": float(team.points),
        "rank": team.rank,
        "subrank": team.subrank,
        "institution": team.institution,
        "sides": list(team.sides),
        "pullups": team.pullups,
        "byes": team.byes,
        "seen": {other: times for other, times in team.seen.items() if times},
        "allocated_side": team.allocated_side,
    }
