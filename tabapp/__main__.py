"""From the command line to the program; the version is told before anything else is loaded."""

from __future__ import annotations

import multiprocessing
import sys

from tabapp import __version__


def main() -> None:
    """Run the program; the entry point of the installed command."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        sys.stdout.write(f"tabapp {__version__}\n")
        raise SystemExit(0)
    from tabapp.app import start  # noqa: PLC0415 - 0.3 s that --version does not need

    raise SystemExit(start(arguments))


if __name__ == "__main__":
    main()
