"""The fingerprint of a draw's input, by which anybody can see that nothing was changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tabapp.domain.draw.options import DRAW_DEFAULTS
from tabapp.domain.types import BP_SIDES, DrawSnapshot, DrawTeam, id_key

_LATER = frozenset({
    "draw_matching_scope", "pullup_penalty", "bp_secondary_preferences", "round_robin_legs",
})
"""Options that came after draws had been sealed: at their default they leave a seal as it was."""


def fingerprint(snapshot: DrawSnapshot) -> str:
    """Return the SHA-256, in hex, of a canonical JSON of all that the draw depends on.

    That is all but the seed, names and the number of the round. Options left out count as their
    defaults; other options than the draw's do not count; the order of teams does not matter. Draw
    strengths, seeds and the like count where two teams meet, since no BP draw reads them.
    """
    content: dict[str, Any] = {
        "sides": [side.value for side in snapshot.sides],
        "draw_type": snapshot.draw_type.value,
        "options": _options(snapshot.options),
    }
    if snapshot.cycle is not None:
        content["cycle"] = [snapshot.cycle.index, *snapshot.cycle.teams]
    words = _team if snapshot.sides == BP_SIDES else _paired_team
    teams = sorted(snapshot.teams, key=lambda t: id_key(t.id))
    # the last key; team by team, since a text of all would hold the interpreter for long
    text = f'{_text(content)[:-1]},"teams":[{",".join(_text(words(one)) for one in teams)}]}}'
    return hashlib.sha256(text.encode()).hexdigest()


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    def canonical(name: str, default: Any) -> Any:
        value = options.get(name, default)
        if isinstance(default, float) and isinstance(value, int):
            return float(value)
        # 1000.0 draws as 1000 does
        whole = type(default) is int and isinstance(value, float) and value.is_integer()
        return int(value) if whole else value

    found = {name: canonical(name, default) for name, default in DRAW_DEFAULTS.items()}
    return {
        name: value for name, value in found.items()
        if name not in _LATER or value != DRAW_DEFAULTS[name]
    }


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


def _paired_team(team: DrawTeam) -> dict[str, Any]:
    return _team(team) | {
        "draw_strength": float(team.draw_strength),
        "draw_strength_speaks": float(team.draw_strength_speaks),
        "draw_strength_rank": float(team.draw_strength_rank),
        "pullup_debates": team.pullup_debates,
        "seed": None if team.seed is None else float(team.seed),
        "kind_sides": list(team.kind_sides),
    }
