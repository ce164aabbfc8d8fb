"""Making tournaments, taking them in and giving them out: new, presets, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tabapp.cli.base import (
    PROBLEMS,
    AsJson,
    Database,
    Slug,
    command,
    print_json,
    print_table,
    runtime_of,
    say,
    tell_problems,
)
from tabapp.domain.formats import presets as all_presets
from tabapp.domain.setup import new_tournament
from tabapp.services import exchange

app = typer.Typer()


@command(app, "new")
def new(
    ctx: typer.Context,
    db: Database,
    name: Annotated[str, typer.Option("--name", help="name of the tournament")],
    preset: Annotated[str, typer.Option(help="the rules; see 'tabapp presets'")] = "bp",
    rounds: Annotated[int, typer.Option(help="preliminary rounds")] = 5,
    break_size: Annotated[int, typer.Option(help="teams in the open break, 0 for none")] = 16,
    slug: Annotated[str | None, typer.Option(help="short name, unique in DB")] = None,
    json: AsJson = False,
) -> None:
    """Make an empty tournament."""
    archive = new_tournament(
        name, preset=preset, rounds=rounds, break_size=break_size, slug=slug)
    with runtime_of(ctx).open(db, create=True) as work:
        made = exchange.add(work.database, archive, now=work.clock.now(), actor=work.actor)
    if json:
        print_json({"tournament": made})
    else:
        say(f"Made the tournament {made} with {rounds} rounds in {db}.")


@command(app, "presets")
def presets(json: AsJson = False) -> None:
    """List the presets with all their settings and where each value comes from."""
    found = all_presets()
    if json:
        print_json([
            {"name": one.name, "title": one.title, "version": one.version,
             "settings": dict(one.values), "sources": dict(one.sources)}
            for one in found
        ])
    else:
        print_table("Presets", ["name", "title", "settings"], (
            (one.name, one.title, len(one.values)) for one in found))


@command(app, "import")
def import_(
    ctx: typer.Context,
    db: Database,
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="files to read")],
    kind: Annotated[
        str | None, typer.Option("--as", help="archive, debatexml, tabbycat-csv or table")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check, store nothing")] = False,
    accept_warnings: Annotated[
        bool, typer.Option("--accept-warnings", help="store in spite of warnings")
    ] = False,
    slug: Annotated[str | None, typer.Option(help="another short name")] = None,
    json: AsJson = False,
) -> None:
    """Read a tournament from a file; everything is stored, or nothing."""
    found = exchange.read_sources(sources, kind=kind, slug=slug)
    problems = list(found.problems)
    if found.archive is not None and ("://" in db or Path(db).exists()):
        with runtime_of(ctx).open(db, create="://" in db) as work, work.database.read() as unit:
            problems += exchange.slug_problems(unit, found.archive)
    archive = found.archive
    storable = exchange.may_store(archive, problems, accept_warnings=accept_warnings)
    created: dict[str, int] = {}
    if archive is not None and storable:
        created = exchange.counts(archive)
        if not dry_run:
            with runtime_of(ctx).open(db, create=True) as work:
                exchange.add(
                    work.database, archive, now=work.clock.now(), actor=work.actor)
    tell_problems(problems)
    name = archive.tournament.slug if archive is not None else None
    if json:
        print_json({
            "tournament": name, "created": created,
            "problems": [one.as_json() for one in problems],
        })
    elif storable:
        verb = "Would import" if dry_run else "Imported"
        say(f"{verb} {name}: {_listed(created)}.")
    if not storable:
        raise typer.Exit(PROBLEMS)


def _listed(created: dict[str, int]) -> str:
    return ", ".join(
        f"{count} {name.replace('_', ' ')}" for name, count in created.items() if count)


@command(app, "export")
def export(
    ctx: typer.Context,
    db: Database,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="archive")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE")],
    until: Annotated[int | None, typer.Option(help="leave out the rounds after this one")] = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Write a tournament, or a part of it, to a file."""
    with runtime_of(ctx).open(db) as work:
        written = exchange.export(
            work.database, work.tournament(tournament), what, output, until=until)
    if json:
        print_json({"file": str(output), "rows": written})
    else:
        say(f"Wrote {output} ({written} records).")
