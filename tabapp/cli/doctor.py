"""The command ``doctor``: how program, computer and database do, and what mends each finding."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tabapp.cli.base import (
    PROBLEMS,
    AsJson,
    command,
    print_json,
    print_table,
    runtime_of,
    say,
)
from tabapp.core.errors import TabappError
from tabapp.core.files import at_home
from tabapp.core.settings import Folders, load_settings
from tabapp.domain.health import Finding

app = typer.Typer()


@command(app, "doctor")
def doctor(
    ctx: typer.Context,
    db: Annotated[
        str | None, typer.Argument(metavar="[DB]", help="a .tabapp file, or a database URL")
    ] = None,
    json: AsJson = False,
) -> None:
    """Look at the health of the program, and of a database; mends nothing by itself."""
    from tabapp.services.program_checks import check_program  # noqa: PLC0415 - doctor's alone

    runtime = runtime_of(ctx)
    found = check_program(
        Folders.find(), datetime.now(UTC), display=runtime.display_problem())
    if db is not None:
        found += _check_database(ctx, db)
    wrong = [one for one in found if one.status == "problem"]
    if json:
        print_json({"ok": not wrong, "checks": [one.as_json() for one in found]})
    else:
        print_table("Health", ["status", "check", "how it stands", "what to do"], (
            [one.status, one.name, one.sentence, one.fix] for one in found))
        say("Nothing is wrong." if not wrong else _count(len(wrong)))
    if wrong:
        raise typer.Exit(PROBLEMS)


def _check_database(ctx: typer.Context, db: str) -> list[Finding]:
    """Check the file by itself, and what is in it if it can be opened without changing it."""
    from tabapp.services.file_checks import check_content, check_file  # noqa: PLC0415 - as above
    from tabapp.services.health_checks import finding  # noqa: PLC0415
    from tabapp.services.snapshots import folders_of  # noqa: PLC0415

    folders, found = Folders.find(), list[Finding]()
    try:
        if "://" not in db:
            found += check_file(at_home(Path(db)).resolve(), datetime.now(UTC))
            if any(
                one.status != "passed" and one.name in ("integrity", "references", "schema")
                for one in found
            ):
                return found
        with runtime_of(ctx).open(db) as work:
            found += check_content(
                work, *folders_of(load_settings(folders.settings_file).settings, folders))
    except TabappError as error:
        found.append(finding(
            "database", "problem", "doctor_file_unreadable", {"where": db, "reason": error},
            fix="file_unreadable"))
    return found


def _count(wrong: int) -> str:
    return "1 problem was found." if wrong == 1 else f"{wrong} problems were found."
