"""Finds the jobs of a package by importing its modules; decorators register nothing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType

from tabapp.jobs.errors import JobNotFoundError
from tabapp.jobs.spec import AnySpec, JobSpec


class Registry:
    """The jobs of the program by name, in alphabetical order."""

    def __init__(self, specs: Iterable[AnySpec] = ()) -> None:
        found: dict[str, AnySpec] = {}
        for spec in specs:
            other = found.setdefault(spec.name, spec)
            if other is not spec:
                raise ValueError(
                    f"two jobs are named {spec.name!r}: "
                    f"{other.function.__module__}.{other.function.__qualname__} and "
                    f"{spec.function.__module__}.{spec.function.__qualname__}"
                )
        self._specs = dict(sorted(found.items()))

    def __iter__(self) -> Iterator[AnySpec]:
        return iter(self._specs.values())

    def __len__(self) -> int:
        return len(self._specs)

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def get(self, name: str) -> AnySpec:
        """Return the job of that name, else raise ``JobNotFoundError``."""
        spec = self._specs.get(name)
        if spec is None:
            raise JobNotFoundError("job_unknown", name=name, known=", ".join(self._specs) or "none")
        return spec


def scan(package: ModuleType | str) -> Registry:
    """Import a package with all its modules and return the jobs defined at their top level.

    A name used twice is a ``ValueError``; a module that cannot be imported raises its own error.
    Works in a frozen build too, whose importer ``pkgutil`` knows.
    """
    root = importlib.import_module(package) if isinstance(package, str) else package
    return Registry(
        value
        for module in _modules(root)
        for value in vars(module).values()
        if isinstance(value, JobSpec)
    )


def _modules(root: ModuleType) -> Iterator[ModuleType]:
    yield root
    for found in pkgutil.iter_modules(root.__path__, f"{root.__name__}."):
        module = importlib.import_module(found.name)
        if found.ispkg:
            yield from _modules(module)
        else:
            yield module
