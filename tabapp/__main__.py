"""From the command line to the program; the version is told before anything else is loaded."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from tabapp import __version__

INTERRUPTED = 130
"""The exit code after Ctrl+C."""


def main() -> None:
    """Run the program; the entry point of the installed command."""
    if getattr(sys, "frozen", False):
        import multiprocessing  # noqa: PLC0415 - 15 ms that only a frozen build needs

        multiprocessing.freeze_support()
    _prepare_streams()
    code = 0
    try:
        code = _start(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OSError as error:  # nobody reads standard output, or its disk is full
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if code == 0 and not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"The result could not be written: {error}.\n")
        code = code or 1
    if code == INTERRUPTED:
        _leave_interrupted()
    raise SystemExit(code)


def _leave_interrupted() -> None:
    """End with the code of an interrupt, after all has been closed.

    CPython remembers an interrupt that met code made from a text, as that of each dataclass is
    while its module loads, and then ends by the signal although the interrupt was handled.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(INTERRUPTED)


def _start(arguments: Sequence[str]) -> int:
    if arguments == ["--version"]:
        sys.stdout.write(f"tabapp {__version__}\n")
        return 0
    from tabapp.app import start  # noqa: PLC0415 - 0.3 s that --version does not need

    return start(arguments)


def _prepare_streams() -> None:
    """Let no missing stream and no letter that an encoding lacks stop the program."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for good
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
