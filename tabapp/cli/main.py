"""From arguments to a command; only the module of the command that is called is loaded."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from typing import Annotated

import typer

from tabapp import __version__
from tabapp.cli.base import FAILED, INTERRUPTED, WRONG_CALL, Runtime, complain, say, tell
from tabapp.core.errors import UserError

log = logging.getLogger(__name__)

MODULES: dict[str, tuple[str, ...]] = {
    "tabapp.cli.tournaments": ("new", "presets", "import", "export"),
    "tabapp.cli.printing": ("print",),
    "tabapp.cli.rounds": ("draw", "allocate", "venues", "ballot"),
    "tabapp.cli.results": ("standings", "break", "check"),
    "tabapp.cli.outlook": ("liveness", "forecast"),
    "tabapp.cli.engine": ("pair",),
    "tabapp.cli.play": ("generate", "simulate", "demo"),
    "tabapp.cli.work": ("job",),
    "tabapp.cli.serve": ("work",),
    "tabapp.cli.upkeep": ("snapshot", "snapshots", "restore"),
    "tabapp.cli.operators": ("operator",),
    "tabapp.cli.doctor": ("doctor",),
    "tabapp.cli.window": ("open",),
}
COMMANDS = frozenset(name for names in MODULES.values() for name in names)


def build(called: str | None) -> typer.Typer:
    """Return the program with the module of the command ``called``, or with all of them."""
    app = typer.Typer(
        name="tabapp", no_args_is_help=True, add_completion=False,
        pretty_exceptions_enable=False,
        help="Runs debate tournaments where there is no Internet. "
        "Every command takes --help; --debug shows the trace of a failure.",
    )

    @app.callback()
    def root(
        version: Annotated[
            bool, typer.Option("--version", is_eager=True, help="Show the version and exit.",
                               callback=_tell_version)
        ] = False,
    ) -> None:
        """Keep sub-commands even where only one is loaded."""

    for module, names in MODULES.items():
        if called is None or called in names:
            app.add_typer(importlib.import_module(module).app)
    return app


def _tell_version(wanted: bool) -> None:
    if wanted:
        say(f"tabapp {__version__}")
        raise typer.Exit


def run(words: Sequence[str], runtime: Runtime) -> int:
    """Run one command and return its exit code."""
    for word in words:
        if not _is_text(word):
            complain(f"{word} is not text in the encoding of this system. Write it in UTF-8.")
            return WRONG_CALL
    called = next((word for word in words if word in COMMANDS), None)
    try:
        build(called)(words, obj=runtime)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        refused = UserError("system_refused", reason=error)
        refused.__cause__ = error
        tell(refused)
        return FAILED
    except Exception as error:
        if runtime.debug:
            raise
        log.info("the command failed", exc_info=error)
        complain(
            f"This is a fault of the program: {type(error).__name__}: {error}. "
            "The log has the details; --debug shows them."
        )
        return FAILED
    return 0


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:  # bytes that the system could not decode
        return False
    return True


def is_headless(words: Sequence[str]) -> bool:
    """Tell whether the arguments name a command of this face."""
    return bool(words) and (words[0] in COMMANDS or words[0].startswith("-"))

