"""Loads what only later work needs, once the window is on the screen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from importlib import import_module

from tabapp.core.interpreter import settle_interpreter
from tabapp.gui.pages.catalog import PLACES
from tabapp.jobs.spec import AnySpec

log = logging.getLogger(__name__)

HEAVY = ("scipy.optimize", "scipy.sparse.csgraph")
"""What the domain loads at its first draw."""


def warm_up(
    jobs: Iterable[AnySpec], then: Callable[[], None] | None = None
) -> threading.Thread:
    """Load jobs, solvers and pages in one thread, then keep the collector off all of it.

    ``jobs`` are found when they are walked through; the form of their parameters is made too, so
    that the first one to be queued does not hold the window up. ``then`` is called in that thread
    when all is there. For a second file little is left to be done.
    """
    thread = threading.Thread(target=_load, args=(jobs, then), name="warm-up", daemon=True)
    thread.start()
    return thread


def _load(jobs: Iterable[AnySpec], then: Callable[[], None] | None) -> None:
    log.debug("%d jobs", len([one.parameters for one in jobs]))
    for name in (*HEAVY, *(place.module for place in PLACES)):
        try:
            import_module(name)
        except ImportError:  # told again, to a person, when it is needed
            log.warning("%s does not load", name, exc_info=True)
    settle_interpreter()
    if then is not None:
        then()
