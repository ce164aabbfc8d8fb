"""The door from the command line to the window."""

from __future__ import annotations

from typing import Annotated

import typer

from tabapp.cli.base import Slug, command, runtime_of

app = typer.Typer()


@command(app, "open")
def open_(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Argument(metavar="[DB]", help="a .tabapp file, or a database URL"),
    ] = None,
    tournament: Slug = None,
) -> None:
    """Open the window on a tournament; without DB with the recent ones."""
    raise typer.Exit(runtime_of(ctx).open_window(db, tournament=tournament or ""))
