"""Settings of the interpreter that keep threads smooth and the garbage collector out of the way."""

from __future__ import annotations

import gc
import sys

SWITCH_INTERVAL = 0.0001
"""Seconds after which a busy thread lets another one run; longer ones stall the window."""
THRESHOLDS = (3_000, 6, 800)
"""How many new objects the collector looks at in one go, which stops every thread: 1 µs for each,
so that the first generation costs 3 ms, the second 10 to 20, and the whole comes as rarely as
before. With 20,000 and 20 a draw of 1000 teams was stopped, and the window with it, for 50 ms."""


def hold_collector() -> None:
    """Collect nothing while the program loads, which makes many objects and no garbage."""
    gc.disable()


def settle_interpreter(*, collect: bool = True) -> None:
    """Set the interpreter up once all that is needed at the start is imported.

    A full collection after the imports takes 34 ms and more with a large tournament in memory, so
    what is there now is never looked at again and collections are rarer. Without ``collect``
    somebody waits for the window, and the little garbage there is stays.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    if collect:
        gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.enable()
