"""Settings of the interpreter that keep threads smooth and the garbage collector out of the way."""

from __future__ import annotations

import gc
import sys

SWITCH_INTERVAL = 0.0001
"""Seconds after which a busy thread lets another one run; longer ones stall the window."""
THRESHOLDS = (20_000, 20, 50)


def settle_interpreter() -> None:
    """Set the interpreter up once all that is needed at the start is imported.

    A full collection after the imports takes 34 ms and more with a large tournament in memory, so
    what is there now is never looked at again and collections are rarer.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
