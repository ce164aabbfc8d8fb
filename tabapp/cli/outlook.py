"""What can still happen: liveness before a round, and the forecast of the break."""

from __future__ import annotations

from typing import Annotated

import typer

from tabapp.cli.base import (
    AsJson,
    Database,
    Seed,
    Slug,
    command,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.domain.forecast import MOST, RUNS, make_forecast
from tabapp.services import forecast, liveness
from tabapp.store.people_reads import team_names

app = typer.Typer()


@command(app, "liveness")
def show_liveness(
    ctx: typer.Context,
    db: Database,
    seq: Annotated[int, typer.Argument(help="the round before which it is asked")],
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Show with how many points a team is safe before a round, and with how many it is out."""
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        with work.database.read() as unit:
            found = liveness.read_liveness(unit, owner.id, seq)
    if json:
        print_json(liveness.as_json(found))
        return
    print_table(
        f"Before round {seq}", ["category", "size", "safe", "dead", "teams safe", "live", "dead"],
        ([one.name or one.slug, one.size, one.safe, one.dead,
          one.count("safe"), one.count("live"), one.count("dead")] for one in found.categories))


@command(app, "forecast")
def show_forecast(
    ctx: typer.Context,
    db: Database,
    runs: Annotated[int, typer.Option(min=1, max=MOST, help="simulated endings")] = RUNS,
    seed: Seed = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Simulate the rounds to come many times: who breaks how likely."""
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        with work.database.read() as unit:
            case = forecast.read_case(unit, owner)
            names = team_names(unit, owner.id)
    made = make_forecast(case, runs=runs, seed=forecast.SEED if seed is None else seed)
    if json:
        print_json(forecast.as_json(made))
        return
    for one in made.categories:
        line = one.threshold
        title = f"{one.slug}: {one.size} teams break" + (
            f", the last with {line.expected:.1f} points ({line.low} to {line.high})"
            if line else "")
        print_table(title, ["team", "breaks", "±", ""], (
            [names[team.team], f"{team.p:.1%}", f"{team.se:.1%}", team.certain or ""]
            for team in one.teams if team.p > 0))
    for sentence in forecast.sentences(made):
        say(sentence)
