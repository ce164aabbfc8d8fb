"""Rehearsals: random tournaments, simulated rounds, and the demo."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from tabapp.cli.base import (
    LARGEST,
    AsJson,
    Database,
    Runtime,
    Seed,
    Slug,
    chosen,
    command,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.cli.progress import bars
from tabapp.core.errors import UserError
from tabapp.core.files import at_home, write_whole
from tabapp.domain.simulation import generate_tournament
from tabapp.exchange import write_archive
from tabapp.services import elimination, exchange, standings
from tabapp.services.workspace import Workspace
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.tasks.play import chosen_rounds, play_all, play_round

app = typer.Typer()
Preset = Annotated[str, typer.Option(help="the rules, by the name of their preset")]
Teams = Annotated[int, typer.Option(help="how many teams; they have to fill the rooms")]


@command(app, "generate")
def generate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="archive to write")],
    teams: Teams = 88,
    rounds: Annotated[int, typer.Option(help="preliminary rounds, all played")] = 5,
    preset: Preset = "bp",
    seed: Seed = None,
    chaos: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="how much goes wrong, 0 to 1")
    ] = 0.0,
    json: AsJson = False,
) -> None:
    """Make a random tournament with results; the same seed gives the same bytes."""
    seed = chosen(seed)
    complain(f"The seed is {seed}.")  # before anything can fail
    archive = generate_tournament(
        preset=preset, teams=teams, rounds=rounds, seed=seed, chaos=chaos)
    if file.is_dir():
        raise UserError("file_not_written", file=file, reason="it is a folder")
    try:
        write_whole(file, write_archive(archive))
    except OSError as error:
        raise UserError(
            "file_not_written", file=file, reason=error.strerror or str(error)) from error
    if json:
        print_json({"file": str(file), "seed": seed})
    else:
        say(f"Wrote {file}, made from seed {seed}.")


@command(app, "simulate")
def simulate(
    ctx: typer.Context,
    db: Database,
    rounds: Annotated[str, typer.Option(metavar="FIRST-LAST", help="such as 1-3, or 2")],
    seed: Seed = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Play rounds with calibrated random results."""
    first, last = _span(rounds)
    seed = chosen(seed)
    played = []
    with runtime_of(ctx).open(db) as work, bars(work.bus):
        owner = work.tournament(tournament)
        with work.database.read() as unit:
            known = list_rounds(unit, owner.id)
        wanted = chosen_rounds(known, first, last)
        if not wanted or (first, last) != (wanted[0].seq, wanted[-1].seq):
            preliminary = [str(one.seq) for one in known if one.stage == "preliminary"]
            raise UserError(
                "rounds_unknown", rounds=rounds, known=", ".join(preliminary) or "none")
        for one in wanted:
            jobs = list(play_round(work, owner, one, seed))
            ballots: Any = next(job.value for job in jobs if job.name == "demo.simulate")
            played.append({
                "seq": one.seq, "seed": seed, "ballots": ballots["ballots"],
                "jobs": [_job(job.name, job.status, job.seconds) for job in jobs],
            })
    if json:
        print_json({"rounds": played})
    else:
        for done in played:
            say(f"Round {done['seq']}: {done['ballots']} ballots.")


def _span(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text.strip())
    if match is None:
        raise UserError("rounds_unreadable", text=text)
    return int(match[1]), int(match[2] or match[1])


def _job(name: str, status: str, seconds: float) -> dict[str, Any]:
    return {"name": name, "status": status, "seconds": round(seconds, 6)}


@command(app, "demo")
def demo(
    ctx: typer.Context,
    teams: Teams = 88,
    rounds: Annotated[int, typer.Option(help="preliminary rounds")] = 5,
    preset: Preset = "bp",
    seed: Annotated[
        int, typer.Option(min=0, max=LARGEST, help="the source of all chance")
    ] = 1,
    outrounds: Annotated[
        bool, typer.Option("--outrounds", help="play the elimination rounds to the final")
    ] = False,
    headless: Annotated[bool, typer.Option("--headless", help="stay in the terminal")] = False,
    keep: Annotated[
        str | None, typer.Option(metavar="DB", help="keep the tournament in this file")
    ] = None,
    json: AsJson = False,
) -> None:
    """Make a tournament up, play it through the job queue, and open the window on it.

    Without a display, with --headless or --json it ends with the tables and the file.
    """
    runtime = runtime_of(ctx)
    archive = generate_tournament(
        preset=preset, teams=teams, rounds=rounds, seed=seed, play=False)
    path = _demo_file(runtime, keep)
    jobs, made = [], None
    with runtime.open(path, create=True, threads=True) as work:
        slug = exchange.add(work.database, archive, now=work.clock.now(), actor=work.actor)
        owner = work.tournament(slug)
        with bars(work.bus):
            for result in play_all(work, owner, seed, outrounds=outrounds):
                jobs.append(_job(result.name, result.status, result.seconds))
                made = result.value if result.name == "break.generate" else made
        champions = _champions(work, owner, made) if outrounds else {}
        if json:
            print_json({
                "db": path, "tournament": slug, "rounds": rounds, "jobs": jobs,
                "champions": champions})
        else:
            _show_tables(work, owner, made)
            _show_champions(work, owner, champions)
            say(f"The tournament is in {path}")
    if not headless and not json:
        _open_window(runtime, path)


def _open_window(runtime: Runtime, path: str) -> None:
    """Open the window on what was played; where there is none the tables are the end."""
    try:
        runtime.open_window(path)
    except UserError as error:
        complain(str(error))


def _demo_file(runtime: Runtime, keep: str | None) -> str:
    """Return a path that is free; a file that somebody keeps is never played over."""
    if keep is not None:
        if "://" not in keep and at_home(Path(keep)).exists():
            raise UserError("demo_file_exists", file=keep)
        return keep
    folder = runtime.demo_folder()
    number = 1
    while (path := folder / f"demo-{number}.tabapp").exists():
        number += 1
    return str(path)


def _champions(work: Workspace, owner: TournamentRow, made: Any) -> dict[str, str | None]:
    """Return who won the final of each category, None where its bracket could not be played."""
    with work.database.read() as unit:
        return {
            one["slug"]: elimination.champion(unit, owner.id, one["slug"])
            for one in made["categories"]
        }


def _show_champions(
    work: Workspace, owner: TournamentRow, champions: Mapping[str, str | None]
) -> None:
    with work.database.read() as unit:
        names = team_names(unit, owner.id)
    for slug, team in champions.items():
        say(f"{slug}: {names[team]} win the final." if team is not None
            else f"{slug}: too few teams break for elimination rounds.")


def _show_tables(work: Workspace, owner: TournamentRow, made: Any) -> None:
    with work.database.read() as unit:
        found = standings.read_input(unit, owner)
        names = team_names(unit, owner.id)
    for kind in ("teams", "speakers"):
        table = standings.compute(found, kind)
        print_table(f"{owner.name}: the first {kind}", ["rank", "name", *table.metrics], (
            [row.rank, row.name, *(row.values[key] for key in table.metrics)]
            for row in table.rows[:10]
        ))
    for one in made["categories"]:
        print_table(f"Break {one['slug']}", ["break", "rank", "team", "remark"], (
            [row["break_rank"], row["rank"], names[row["team"]], row["remark"]]
            for row in one["rows"]
        ))
