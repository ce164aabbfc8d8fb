"""Copies of a tournament file from the command line: snapshot, snapshots, restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tabapp.cli.base import (
    AsJson,
    Database,
    command,
    complain,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.core.files import at_home
from tabapp.core.settings import Folders, load_settings
from tabapp.services.restoring import choose, restore
from tabapp.services.snapshots import SnapshotInfo, Snapshots, folders_of, listed_in
from tabapp.store.opening import Place

app = typer.Typer()


def _places() -> tuple[Folders, Path, Path | None]:
    """Return the folders of this computer, with those of the copies."""
    folders = Folders.find()
    folder, second = folders_of(load_settings(folders.settings_file).settings, folders)
    return folders, folder, second


def _path_of(db: str) -> Path:
    """Return the path of a file, whether it is there or not; a server keeps its own copies."""
    place = Place.of(db)
    if place.path is None:
        raise UserError("snapshot_of_server", where=place.name)
    return place.path


@command(app, "snapshot")
def snapshot(
    ctx: typer.Context,
    db: Database,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FOLDER", help="there, and not where copies go otherwise"),
    ] = None,
    json: AsJson = False,
) -> None:
    """Make a verified copy of DB, also while others work on it."""
    _folders, folder, second = _places()
    _path_of(db)
    with runtime_of(ctx).open(db) as work:
        snapshots = Snapshots(work.database, folder, second, work.clock, work.bus)
        made = snapshots.take("by hand", to=at_home(to) if to is not None else None)
    if made.second_problem:
        complain(made.second_problem)
    if json:
        print_json({
            "file": str(made.path), "bytes": made.bytes, "verified": made.verified,
            "second": str(made.second) if made.second is not None else None,
            "problem": made.second_problem,
        })
    else:
        say(f"Copied {db} to {made.path} ({made.bytes} bytes, verified).")


@command(app, "snapshots")
def snapshots(db: Database, json: AsJson = False) -> None:
    """List the copies of DB, the newest first; DB need not be there any more."""
    _folders, folder, second = _places()
    found = listed_in(_path_of(db), folder, second)
    if json:
        print_json([_row(one) for one in found])
    else:
        print_table(f"Snapshots of {db}", ["number", "time (UTC)", "reason", "bytes", "file"], (
            [number, one.at.strftime("%Y-%m-%d %H:%M:%S"), one.reason, one.bytes, one.path]
            for number, one in enumerate(found, start=1)
        ))


def _row(one: SnapshotInfo) -> dict[str, Any]:
    return {
        "file": str(one.path), "at": one.at.isoformat(), "reason": one.reason,
        "bytes": one.bytes, "second": one.second,
    }


@command(app, "restore")
def restore_(
    db: Database,
    given: Annotated[str, typer.Argument(
        metavar="SNAPSHOT", help="a file, or a number or time from 'tabapp snapshots DB'")],
    json: AsJson = False,
) -> None:
    """Put a copy in the place of DB, which is kept as a copy itself."""
    folders, folder, second = _places()
    target = _path_of(db)
    source = choose(given, listed_in(target, folder, second), target)
    done = restore(target, source, folder=folder, cache=folders.cache, clock=SystemClock())
    if json:
        print_json({
            "file": str(done.path), "bytes": done.bytes, "verified": done.verified,
            "kept": str(done.kept) if done.kept is not None else None,
            "kept_sound": done.kept_sound, "snapshot": str(source),
        })
        return
    say(f"Restored {done.path} from {source} ({done.bytes} bytes, verified).")
    if done.kept is not None:
        was = "what was there" if done.kept_sound else "the damaged file"
        say(f"Kept {was} as {done.kept}.")
