"""The draw engine alone: cases in, results out, no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tabapp.cli.base import FAILED, PROBLEMS, command, print_json, tell_problems
from tabapp.core.errors import UserError
from tabapp.domain.draw.case import solve_case
from tabapp.exchange import parse_json

app = typer.Typer()


@command(app, "pair")
def pair(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON; standard input without it")
    ] = None,
) -> None:
    """Solve one case or a list of cases; always prints JSON."""
    document, problems = parse_json(_bytes(file))
    if problems:
        tell_problems(problems)
        raise typer.Exit(PROBLEMS)
    if isinstance(document, list):
        print_json([solve_case(case) for case in document])
        return
    solved = solve_case(document)
    print_json(solved)
    if "error" in solved:
        raise typer.Exit(FAILED)


def _bytes(file: Path | None) -> bytes:
    if file is None:
        return sys.stdin.buffer.read()
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            "file_unreadable", file=file, reason=error.strerror or str(error)) from error
