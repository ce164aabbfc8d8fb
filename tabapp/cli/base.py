"""What all commands share: the runtime, common options, output and exit codes."""

from __future__ import annotations

import functools
import json
import logging
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ParamSpec, Protocol, TypeVar

import typer

from tabapp.core.errors import Problem, ProblemsFound, TabappError
from tabapp.services.workspace import Workspace

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

DONE, FAILED, WRONG_CALL, PROBLEMS, INTERRUPTED = 0, 1, 2, 3, 130


class OpenWorkspace(Protocol):
    """Opens databases; the composition root gives it."""

    def __call__(
        self, where: str | Path, *, create: bool = False, threads: bool = False
    ) -> AbstractContextManager[Workspace]:
        """Open ``where`` with a queue, in the calling thread or with ``threads`` of its own."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What commands are given by the composition root."""

    open: OpenWorkspace
    job_rows: Callable[[], list[dict[str, Any]]]
    demo_folder: Callable[[], Path]
    debug: bool = False


Database = Annotated[
    str, typer.Argument(metavar="DB", help="a .tabapp file, or a database URL")
]
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON document")]
Slug = Annotated[
    str | None,
    typer.Option("--tournament", metavar="SLUG", help="which one, where DB has several"),
]
Seq = Annotated[int, typer.Argument(metavar="SEQ", help="number of the round")]
Seed = Annotated[
    int | None, typer.Option("--seed", help="the source of all chance; stored with the result")
]


def runtime_of(ctx: typer.Context) -> Runtime:
    """Return the runtime that was handed to the program."""
    runtime = ctx.find_root().obj
    assert isinstance(runtime, Runtime)
    return runtime


def command(app: typer.Typer, name: str | None = None) -> Callable[
    [Callable[P, None]], Callable[P, None]
]:
    """Register a command whose errors become a sentence and an exit code."""

    def register(function: Callable[P, None]) -> Callable[P, None]:
        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
            try:
                function(*args, **kwargs)
            except TabappError as error:
                _tell(error)
                raise typer.Exit(exit_code(error)) from None
            except KeyboardInterrupt:
                complain("Interrupted; what was not finished was rolled back.")
                raise typer.Exit(INTERRUPTED) from None

        app.command(name)(guarded)
        return guarded

    return register


def exit_code(error: TabappError) -> int:
    """Return the exit code of an error: problems with some input are told apart."""
    return PROBLEMS if isinstance(error, ProblemsFound) else FAILED


def _tell(error: TabappError) -> None:
    log.info("the command failed", exc_info=error)
    if isinstance(error, ProblemsFound):
        tell_problems(error.problems)
    else:
        complain(str(error))


def complain(sentence: str) -> None:
    """Write one sentence on standard error."""
    print(sentence, file=sys.stderr)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write every problem on standard error, errors first."""
    for one in sorted(problems, key=lambda problem: problem.level != "error"):
        complain(f"{one.level}: {one.where}: {one.message}")


def print_json(document: object) -> None:
    """Write one JSON document on standard output."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
    print()


def say(sentence: str) -> None:
    """Write one line on standard output."""
    print(sentence)


def print_table(title: str, headings: list[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a table for people; numbers stand to the right."""
    from rich.console import Console  # noqa: PLC0415 - 60 ms that JSON output does not need
    from rich.table import Table  # noqa: PLC0415

    lines = [[_cell(value) for value in row] for row in rows]
    table = Table(title=title, title_justify="left")
    for index, heading in enumerate(headings):
        numeric = all(line[index].replace(".", "").isdigit() for line in lines if line[index])
        table.add_column(heading, justify="right" if numeric and lines else "left")
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
