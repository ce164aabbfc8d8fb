"""Making tournaments, taking them in and giving them out: new, presets, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from tabapp.cli.base import (
    PROBLEMS,
    AsJson,
    Database,
    Runtime,
    Slug,
    command,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
    tell_problems,
)
from tabapp.core.errors import Problem, UserError
from tabapp.core.files import at_home
from tabapp.domain.archive import Archive
from tabapp.domain.formats import presets as all_presets
from tabapp.domain.formats import resolve
from tabapp.domain.setup import MOST_BREAKING, MOST_ROUNDS, new_tournament
from tabapp.services import exchange
from tabapp.services.tournaments import add_tournament

app = typer.Typer()


def _slug(text: str | None) -> str | None:
    """Refuse a short name that could not be typed after ``--tournament`` or stand in a path."""
    if text is not None and not (
        0 < len(text) <= 50 and all(one.isalnum() or one in "-_." for one in text)
    ):
        raise typer.BadParameter(
            "a short name has 1 to 50 letters, digits, dots, hyphens or underscores")
    return text


NewSlug = Annotated[
    str | None,
    typer.Option("--slug", callback=_slug, help="short name of the tournament, unique in DB"),
]


@command(app, "new")
def new(
    ctx: typer.Context,
    db: Database,
    name: Annotated[str, typer.Option("--name", help="name of the tournament")],
    preset: Annotated[str, typer.Option(help="the rules; see 'tabapp presets'")] = "bp",
    rounds: Annotated[
        int, typer.Option(min=1, max=MOST_ROUNDS, help="preliminary rounds")
    ] = 5,
    break_size: Annotated[
        int, typer.Option(min=0, max=MOST_BREAKING, help="teams in the open break, 0 for none")
    ] = 16,
    slug: NewSlug = None,
    json: AsJson = False,
) -> None:
    """Make an empty tournament."""
    archive = new_tournament(
        name, preset=preset, rounds=rounds, break_size=break_size, slug=slug)
    made = add_tournament(runtime_of(ctx).open, db, archive)
    if json:
        print_json({"tournament": made})
    else:
        say(f"Made the tournament {made} with {rounds} rounds in {db}.")


@command(app, "presets")
def presets(json: AsJson = False) -> None:
    """List the presets with all settings in force and where those they set come from."""
    found = all_presets()
    if json:
        print_json([
            {"name": one.name, "title": one.title, "version": one.version,
             "settings": resolve(one.name, {}).as_json(), "sources": dict(one.sources)}
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
        Literal["archive", "debatexml", "tabbycat-csv", "table"] | None,
        typer.Option("--as", help="what the files are; recognised without it"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="check, store nothing")] = False,
    accept_warnings: Annotated[
        bool, typer.Option("--accept-warnings", help="store in spite of warnings")
    ] = False,
    slug: NewSlug = None,
    json: AsJson = False,
) -> None:
    """Read a tournament from a file; everything is stored, or nothing."""
    found = exchange.read_sources(sources, kind=kind, slug=slug)
    problems = list(found.problems)
    archive = found.archive
    if archive is not None:
        problems += _clashes(runtime_of(ctx), db, archive)
    storable = exchange.may_store(archive, problems, accept_warnings=accept_warnings)
    created: dict[str, int] = {}
    if archive is not None and storable:
        created = exchange.counts(archive)
        if not dry_run:
            add_tournament(runtime_of(ctx).open, db, archive)
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


def _clashes(runtime: Runtime, db: str, archive: Archive) -> list[Problem]:
    """Report a short name that is taken in DB; looking makes no database."""
    path = at_home(Path(db))
    if path.is_file() and not path.stat().st_size:
        return []
    try:
        with runtime.open(db) as work, work.database.read() as unit:
            return exchange.slug_problems(unit, archive)
    except UserError as error:
        # on a server an empty database cannot be told from a foreign one without making tables
        empty = error.code == "database_foreign" and db.startswith("postgresql")
        if empty or error.code == "database_missing":
            return []
        raise


def _listed(created: dict[str, int]) -> str:
    return ", ".join(
        f"{count} {name.replace('_', ' ')}" for name, count in created.items() if count)


@command(app, "export")
def export(
    ctx: typer.Context,
    db: Database,
    what: Annotated[str, typer.Argument(
        metavar="WHAT", help="archive, teams, speakers, replies, adjudicators, results,"
        " ballots, break, draw or participants")],
    output: Annotated[Path, typer.Option(
        "--output", "-o", metavar="FILE",
        help="ends in .csv, .xlsx, .json, .html or .pdf; an archive in .json")],
    until: Annotated[int | None, typer.Option(help="leave out the rounds after this one")] = None,
    public: Annotated[
        bool, typer.Option("--public", help="only what is released to everybody")] = False,
    category: Annotated[
        str | None, typer.Option(metavar="SLUG", help="of this category alone")] = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Write a tournament, or a part of it, to a file."""
    with runtime_of(ctx).open(db) as work:
        made = exchange.export(
            work.database, work.tournament(tournament), what, output, until=until,
            category=category, public=public)
    if made.remark:
        complain(made.remark)
    if json:
        print_json({"file": str(output), "rows": made.rows})
    else:
        say(f"Wrote {output} ({made.rows} records).")
