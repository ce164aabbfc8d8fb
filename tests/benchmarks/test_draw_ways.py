"""The draw job from submit to committed by each rule, and what its parts take.

The bare solvers of the same prices are in ``test_two_team_draws``.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import explain, fingerprint, generate
from tabapp.services import draws
from tabapp.services.workspace import Workspace
from tests.benchmarks.draw_ways import BP_WAYS, ROUNDS, TWO_TEAM_WAYS, Way, take_way

OpenLarge = Callable[..., Workspace]
PARTS = ("read", "generate", "audit", "explain", "seal")


def _measure(benchmark: BenchmarkFixture, work: Workspace, way: Way) -> None:
    """Draw as a tab room does for the first time; undone between the runs."""
    take_way(work, way)
    owner, round_ = work.round(None, ROUNDS)
    seeds = count(1)

    def draw() -> None:
        work.run("draw.generate", tournament=owner.id, round_id=round_.id, seed=next(seeds))

    def set_up() -> None:
        if work.round(None, ROUNDS)[1].status != "none":
            work.database.undo(owner.id, actor="benchmark")

    benchmark.pedantic(draw, setup=set_up, rounds=7, warmup_rounds=1)


@pytest.mark.parametrize("way", TWO_TEAM_WAYS)
@pytest.mark.parametrize("teams", [256, 1000])
def test_the_first_two_team_draw_of_a_round(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int, way: str
) -> None:
    _measure(benchmark, open_large(teams, "apda"), TWO_TEAM_WAYS[way])


@pytest.mark.parametrize(
    ("teams", "way"), [(400, "secondary"), (1000, "secondary"), (400, "round_robin")])
def test_the_first_bp_draw_of_a_round(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int, way: str
) -> None:
    _measure(benchmark, open_large(teams), BP_WAYS[way])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "way", ["one_up_one_down", "bracket_slide", "bracket_adjacent", "round_slide"])
def test_the_parts_of_a_two_team_draw_of_1000_teams(
    benchmark: BenchmarkFixture, open_large: OpenLarge, way: str, part: str
) -> None:
    """What is left of the job after these is storing it."""
    work = open_large(1000, "apda")
    take_way(work, TWO_TEAM_WAYS[way])
    _owner, round_ = work.round(None, ROUNDS)

    def read() -> draws.DrawInput:
        with work.database.read() as unit:
            return draws.read_input(unit, round_.id)

    snapshot = read().snapshot
    draw = generate(snapshot, seed=1)
    tasks: dict[str, Callable[[], object]] = {
        "read": read,
        "generate": lambda: generate(snapshot, seed=1),
        "audit": lambda: audit_draw(snapshot, draw.debates, seed=1),
        "explain": lambda: explain(draw, snapshot),
        "seal": lambda: fingerprint(snapshot),
    }
    benchmark.pedantic(tasks[part], rounds=7, warmup_rounds=1)
