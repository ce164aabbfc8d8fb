"""Tables, breaks, and the independent checker."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from tabapp.cli.base import (
    PROBLEMS,
    AsJson,
    Database,
    Seed,
    Slug,
    chosen,
    command,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.services import standings
from tabapp.store.people_reads import team_names
from tabapp.store.tournaments import find_round

app = typer.Typer()


def _keys(text: str | None) -> tuple[str, ...] | None:
    """Split comma-separated keys; an empty text is an empty list."""
    if text is None:
        return None
    return tuple(key.strip() for key in text.split(",") if key.strip())


@command(app, "standings")
def show_standings(
    ctx: typer.Context,
    db: Database,
    kind: Annotated[standings.Kind, typer.Option(help="which table")] = "teams",
    until: Annotated[int | None, typer.Option(help="after this round")] = None,
    metrics: Annotated[str | None, typer.Option(help="keys to rank by, with commas")] = None,
    extra: Annotated[str | None, typer.Option(help="keys to show, with commas")] = None,
    category: Annotated[str | None, typer.Option(metavar="SLUG", help="one category")] = None,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Show the table of teams, speakers, replies or judges."""
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        with work.database.read() as unit:
            if until:  # 0 is before the first round
                find_round(unit, owner.id, until)
            found = standings.read_input(unit, owner, until=until)
    table = standings.compute(
        found, kind, metrics=_keys(metrics), extra=_keys(extra), until=until, category=category)
    if json:
        print_json(standings.as_json(table))
        return
    columns = [*table.metrics, *(key for key in table.extra if key not in table.metrics)]
    print_table(f"{owner.name}: {kind}", ["rank", "name", *columns], (
        [_rank(row.rank, row.tied), row.name, *(row.values[key] for key in columns)]
        for row in table.rows
    ))


def _rank(rank: int | None, tied: bool) -> str:
    return "" if rank is None else f"{rank}{'=' if tied else ''}"


@command(app, "break")
def make_break(
    ctx: typer.Context,
    db: Database,
    category: Annotated[str | None, typer.Option(metavar="SLUG", help="only this one")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="store nothing")] = False,
    ties: Annotated[
        Literal["ask", "lot", "all"] | None, typer.Option(help="teams level at the line")
    ] = None,
    seed: Seed = None,
    cascade: Annotated[
        bool, typer.Option("--cascade", help="with --category: lower breaks that are then out of"
                           " date follow")
    ] = False,
    tournament: Slug = None,
    json: AsJson = False,
) -> None:
    """Qualify teams for the elimination rounds."""
    from tabapp.services import break_replay, breaks  # noqa: PLC0415 - 20 ms not for tables

    document: Any
    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        if (ties or owner.settings.break_ties) == "lot":
            seed = chosen(seed)
        with work.database.read() as unit:
            names = team_names(unit, owner.id)
            found = breaks.read_input(unit, owner)
        if dry_run:
            document = breaks.as_json(break_replay.generate(
                found, category=category, ties=ties, seed=seed, cascade=cascade))
        else:
            document = work.run(
                "break.generate", tournament=owner.id, tournament_id=owner.id,
                category=category, ties=ties, seed=seed, cascade=cascade).value
    if json:
        print_json(document)
        return
    for one in document["categories"]:
        print_table(
            f"{one['slug']}: {one['size']} teams break", ["break", "rank", "team", "remark"],
            ([row["break_rank"], row["rank"], names[row["team"]], row["remark"]]
             for row in one["rows"]),
        )
        if one["note"]:
            say(one["note"])


@command(app, "check")
def check(
    ctx: typer.Context, db: Database, tournament: Slug = None, json: AsJson = False
) -> None:
    """Check every stored round, the results, the standings and the breaks independently."""
    from tabapp.services import checks  # noqa: PLC0415 - 60 ms that tables do not need

    with runtime_of(ctx).open(db) as work:
        owner = work.tournament(tournament)
        with work.database.read() as unit:
            everything = checks.read_input(unit, owner)
    found = checks.check_tournament(everything)
    failed = [one for one in found if one.status == "failed"]
    if json:
        print_json({"ok": not failed, "checks": [checks.as_json(one) for one in found]})
    else:
        print_table("Checks", ["status", "scope", "check", "detail"], (
            [one.status, one.scope, one.name, one.detail] for one in found))
        say("Nothing is wrong." if not failed else f"{len(failed)} checks failed.")
    if failed:
        raise typer.Exit(PROBLEMS)
