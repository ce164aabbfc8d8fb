"""The ways of drawing a round that are measured, and how a tournament is set to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import DrawType
from tabapp.services import exchange
from tabapp.services.tournament_settings import change_settings
from tabapp.services.workspace import Workspace
from tabapp.store import schema

SEED = 5
ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Way:
    """A draw type and the settings that differ from those of the file's preset."""

    draw_type: DrawType = DrawType.POWER
    settings: Mapping[str, Any] = field(default_factory=dict)


_MATCHED = {
    "draw_avoid_conflicts": "graph", "draw_odd_bracket": "pullup_top",
    "draw_pullup_restriction": "none", "side_penalty": 10}
TWO_TEAM_WAYS: Mapping[str, Way] = {
    "off": Way(settings={"draw_avoid_conflicts": "off"}),
    "one_up_one_down": Way(settings={"draw_avoid_conflicts": "one_up_one_down"}),
    "random": Way(DrawType.RANDOM),
    "random_graph": Way(DrawType.RANDOM, {"draw_avoid_conflicts": "graph"}),
    "seeded": Way(DrawType.SEEDED, {"draw_avoid_conflicts": "one_up_one_down"}),
    "seeded_graph": Way(DrawType.SEEDED, {"draw_avoid_conflicts": "graph"}),
    "round_robin": Way(DrawType.ROUND_ROBIN),
    **{
        f"{scope}_{method}": Way(settings={
            **_MATCHED, "draw_matching_scope": scope, "draw_pairing_method": method})
        for scope in ("bracket", "round")
        for method in ("slide", "fold", "adjacent", "random")
    },
}
BP_WAYS: Mapping[str, Way] = {
    "secondary": Way(settings={"bp_secondary_preferences": True}),
    "round_robin": Way(DrawType.ROUND_ROBIN),
}


def make_file(path: Path, preset: str, teams: int, rounds: int = ROUNDS) -> None:
    """Store a tournament whose last round is not drawn yet; its teams have seeds."""
    archive = generate_tournament(
        preset=preset, teams=teams, rounds=rounds, seed=SEED,
        draw_types=("random", *("power",) * (rounds - 2), "seeded") if preset != "bp" else None)
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    last.draw_type = "power"
    with open_workspace(path, create=True) as work:
        exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")


def take_way(work: Workspace, way: Way, rounds: int = ROUNDS) -> None:
    """Let the last round of a tournament be drawn so, and have no draw yet."""
    owner, round_ = work.round(None, rounds)
    with work.database.write(tournament=owner.id, actor="benchmark", verb="set") as unit:
        change_settings(unit, owner.id, way.settings)
        unit.update(schema.round_, {round_.id: {"draw_type": way.draw_type.value}})
