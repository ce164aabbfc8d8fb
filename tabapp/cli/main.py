"""From arguments to a command; only the module of the command that is called is loaded."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Sequence
from dataclasses import replace

import typer

from tabapp.cli.base import FAILED, Runtime, complain

log = logging.getLogger(__name__)

MODULES: dict[str, tuple[str, ...]] = {
    "tabapp.cli.tournaments": ("new", "presets", "import", "export"),
    "tabapp.cli.rounds": ("draw", "allocate", "venues", "ballot"),
    "tabapp.cli.results": ("standings", "break", "check"),
    "tabapp.cli.engine": ("pair",),
    "tabapp.cli.play": ("generate", "simulate", "demo"),
    "tabapp.cli.work": ("job",),
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
    def root() -> None:
        """Keep sub-commands even where only one is loaded."""

    for module, names in MODULES.items():
        if called is None or called in names:
            app.add_typer(importlib.import_module(module).app)
    return app


def run(arguments: Sequence[str], runtime: Runtime) -> int:
    """Run one command and return its exit code."""
    words = [word for word in arguments if word != "--debug"]
    runtime = replace(runtime, debug=len(words) != len(arguments))
    called = next((word for word in words if word in COMMANDS), None)
    program = build(called)
    try:
        program(words, obj=runtime)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else FAILED
    except Exception as error:
        if runtime.debug:
            raise
        log.exception("the command failed")
        complain(
            f"This is a fault of the program: {type(error).__name__}: {error}. "
            "The log has the details; --debug shows them."
        )
        return FAILED
    return 0


def is_headless(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments name a command of this face."""
    return bool(arguments) and (arguments[0] in COMMANDS or arguments[0].startswith("-"))

