"""What jobs are lent besides their database: folders of copies, the clock, the queue itself."""

from __future__ import annotations

from typing import Any, TypeVar

from tabapp.jobs.errors import JobConfigurationError

X = TypeVar("X")


class Resources:
    """Things by their class. The composition root fills it before the queue starts."""

    def __init__(self, *things: object) -> None:
        self._things: dict[type[Any], object] = {}
        for thing in things:
            self.lend(thing)

    def lend(self, thing: object) -> None:
        """Let jobs have ``thing`` under its own class."""
        self._things[type(thing)] = thing

    def get(self, kind: type[X]) -> X:
        """Return the thing of that class; ``JobConfigurationError`` where there is none."""
        found = self._things.get(kind)
        if not isinstance(found, kind):
            raise JobConfigurationError("job_lacks_resource", kind=kind.__name__)
        return found
