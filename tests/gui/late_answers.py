"""A reading that ends after those that were begun later, as on a slow disk."""

from __future__ import annotations

import threading
from itertools import count
from types import ModuleType
from typing import Any

import pytest

PATIENCE = 20.0
"""Seconds after which a reading that nobody let go ends, so that a test fails and does not hang."""


class Late:
    """Holds back what the next call of a function returns; later calls return at once.

    The page has to call it in another thread, and looks it up in ``module`` by ``name``.
    """

    def __init__(self, patch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
        self._gate = threading.Event()
        self._calls = count()
        self._held = threading.Event()
        real = getattr(module, name)

        def slow(*args: Any, **facts: Any) -> Any:
            first = next(self._calls) == 0
            value = real(*args, **facts)
            if first:
                self._held.set()
                self._gate.wait(PATIENCE)
            return value

        patch.setattr(module, name, slow)

    def is_held(self) -> bool:
        """Tell whether the first reading has read, and its answer waits."""
        return self._held.is_set()

    def let_go(self) -> None:
        """Let the answer that is held back come."""
        self._gate.set()
