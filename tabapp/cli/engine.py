"""The draw engine alone: cases in, results out, no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from tabapp.cli.base import FAILED, command, complain, print_json
from tabapp.core.errors import UserError
from tabapp.domain.draw.case import solve_case
from tabapp.exchange import read_bounded

app = typer.Typer()


@command(app, "pair")
def pair(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="JSON; standard input without it")
    ] = None,
    _json: Annotated[
        bool, typer.Option("--json", help="taken as everywhere; the answer is JSON anyway")
    ] = False,
) -> None:
    """Solve one case or a list of cases; always prints JSON."""
    try:
        document = _parsed(
            read_bounded(sys.stdin.buffer, "Standard input") if file is None
            else read_bounded(file))
    except UserError as error:
        solved = {"error": {"code": error.code, "message": error.message}}
    else:
        if isinstance(document, list):
            print_json([solve_case(case) for case in document], indent=None)
            return
        solved = solve_case(document)
    print_json(solved)
    if "error" in solved:
        complain(solved["error"]["message"])
        raise typer.Exit(FAILED)


def _parsed(data: bytes) -> object:
    """Read JSON as it stands: what is odd in a case is refused with that case, not with all."""
    try:
        return json.loads(data)
    except RecursionError:
        raise UserError("cases_unreadable", reason="it is nested too deep") from None
    except ValueError as error:  # broken JSON, no Unicode, or a number of thousands of digits
        raise UserError("cases_unreadable", reason=str(error).rstrip(".")) from error
