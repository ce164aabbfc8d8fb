"""What all commands share: the runtime, common options, output and exit codes."""

from __future__ import annotations

import functools
import json
import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ParamSpec, Protocol, TypeVar

import typer

from tabapp.core.errors import Problem, ProblemsFound, TabappError, UserError
from tabapp.jobs.ports import QueueName
from tabapp.services.workspace import Workspace

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

FAILED, WRONG_CALL, PROBLEMS, INTERRUPTED = 1, 2, 3, 130
LARGEST = 2**63 - 1
"""The largest whole number that a database keeps."""
_UNUSUAL = re.compile(r"[^\n\x20-\x7e]+")
"""What a terminal may not just show, in a text whose lines end with a newline."""
UNLIMITED = 10_000
"""Columns of a table that no terminal shows: nothing is wrapped or cut."""


class OpenWorkspace(Protocol):
    """Opens databases; the composition root gives it."""

    def __call__(
        self,
        where: str | Path,
        *,
        create: bool = False,
        threads: bool = False,
        household: bool = False,
        queues: frozenset[QueueName] | None = None,
    ) -> AbstractContextManager[Workspace]:
        """Open ``where`` with a queue, in the calling thread or with ``threads`` of its own.

        ``household`` makes what works by itself too: the clock, the copies, what follows from
        events; it is not started. ``queues`` are those whose jobs it works on, all without.
        """


class OpenWindow(Protocol):
    """Opens the window; the composition root gives it."""

    def __call__(self, target: str | None = None, *, tournament: str = "") -> int:
        """Show a tournament, or the welcome page, until it is closed; return the exit code.

        ``UserError`` where no window can come up here.
        """


def _none() -> None:
    """Find nothing wrong with a display that nobody asked about."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What commands are given by the composition root.

    ``display_problem`` returns why no window can come up here, None if one can.
    """

    open: OpenWorkspace
    job_rows: Callable[[], list[dict[str, Any]]]
    demo_folder: Callable[[], Path]
    open_window: OpenWindow
    debug: bool = False
    display_problem: Callable[[], UserError | None] = _none


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
    int | None,
    typer.Option(
        "--seed", min=0, max=LARGEST, help="the source of all chance; stored with the result"),
]


SEEDS = 2**48
"""Seeds by chance are below it, short enough to be read out."""


def chosen(seed: int | None) -> int:
    """Return the seed that was asked for, or one by chance."""
    return secrets.randbelow(SEEDS) if seed is None else seed


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
                tell(error)
                raise typer.Exit(FAILED) from None
            except KeyboardInterrupt:
                complain("Interrupted; what was not finished was rolled back.")
                raise typer.Exit(INTERRUPTED) from None

        app.command(name)(guarded)
        return guarded

    return register


def tell(error: TabappError) -> None:
    """Write on standard error why a command failed; the trace goes into the log."""
    log.info("the command failed", exc_info=error)
    if isinstance(error, ProblemsFound):
        tell_problems(error.problems)
    else:
        complain(str(error))


def complain(sentence: str) -> None:
    """Write one sentence on standard error."""
    print(printable(sentence), file=sys.stderr)


def tell_problems(problems: Iterable[Problem]) -> None:
    """Write every problem on standard error, errors first."""
    for one in sorted(problems, key=lambda problem: problem.level != "error"):
        where = "" if one.message.startswith(one.where) else f"{one.where}: "
        complain(f"{one.level}: {where}{one.message}")


def print_json(document: object, *, indent: int | None = 1) -> None:
    """Write one JSON document on standard output; escaped where its encoding lacks a letter.

    So is what would command a terminal, which changes nothing for who reads the document. Without
    ``indent`` it stands in one line, which is five times as fast.
    """
    text = json.dumps(document, ensure_ascii=False, indent=indent, allow_nan=False)
    text = _UNUSUAL.sub(_escaped, text)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=indent, allow_nan=False)
    _put(text)


def _escaped(found: re.Match[str]) -> str:
    return "".join(
        one if one.isprintable() else "\\u007f" if one == "\x7f" else json.dumps(one)[1:-1]
        for one in found[0])


def say(text: str) -> None:
    """Write a text and a line end on standard output, or fail where nobody can take it.

    What would command a terminal is replaced; lines stay lines.
    """
    _put("\n".join(map(printable, text.split("\n"))))


def _put(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # who reads has read enough; the root ends the program
        raise
    except OSError as error:
        raise UserError("output_not_written", reason=error.strerror or str(error)) from error


def print_table(title: str, headings: list[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a table for people; numbers stand to the right."""
    from rich.console import Console  # noqa: PLC0415 - 60 ms that JSON output does not need
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    lines = [[_cell(value) for value in row] for row in rows]
    table = Table(title=Text(printable(title)), title_justify="left")
    for index, heading in enumerate(headings):
        numeric = all(line[index].replace(".", "").isdigit() for line in lines if line[index])
        table.add_column(
            heading, justify="right" if numeric and lines else "left", overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))  # as text, since a name may look like markup
    console = Console(width=None if sys.stdout.isatty() else UNLIMITED)
    with console.capture() as rendered:
        console.print(table)
    _put(rendered.get().rstrip("\n"))  # every cell is printable, and the frame may have colours


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return printable(str(value))


def printable(text: str) -> str:
    """Replace what would break a line or command the terminal."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
