"""What a metric is: its name, direction, definition, source and the function that computes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Generic, TypeVar

from tabapp.core.errors import UserError
from tabapp.domain.types import FloatArray, Value

Board = TypeVar("Board")
Function = Callable[[Board], FloatArray]


@dataclass(frozen=True, slots=True)
class Metric(Generic[Board]):
    """One column of a table. ``function`` gives one number a row, NaN where it is missing.

    ``whole``: shown as integers; ``blank``: shown where the number is missing; ``repeatable``:
    may stand in a precedence more than once; ``extra_only``: follows from the ranks, so that
    nothing can be ranked on it; ``of_speeches``: reads single speeches, not only team scores.
    """

    key: str
    name: str
    definition: str
    source: str
    function: Function[Board]
    ascending: bool = False
    whole: bool = False
    blank: str | None = None
    repeatable: bool = False
    extra_only: bool = False
    of_speeches: bool = False

    def cells(self, values: FloatArray) -> list[Value]:
        """Turn numbers into what a table holds: plain floats, integers, None or ``blank``."""
        if self.whole:
            return [self.blank if isnan(v) else int(v) for v in values.tolist()]
        return [self.blank if isnan(v) else v for v in values.tolist()]


class Registry(dict[str, Metric[Board]]):
    """All metrics of one kind of table by key."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def add(
        self,
        key: str,
        name: str,
        definition: str,
        *,
        ascending: bool = False,
        whole: bool = False,
        blank: str | None = None,
        repeatable: bool = False,
        extra_only: bool = False,
        of_speeches: bool = False,
    ) -> Callable[[Function[Board]], Function[Board]]:
        """Register the decorated function as a metric."""

        def register(function: Function[Board]) -> Function[Board]:
            self[key] = Metric(
                key, name, definition, self._source, function,
                ascending, whole, blank, repeatable, extra_only, of_speeches,
            )  # fmt: skip
            return function

        return register


def check_names(
    metrics: Sequence[str], extra: Sequence[str], known: Collection[str],
    repeatable: Collection[str] = (),
) -> None:
    """Refuse keys that are not among the ``known`` ones, or stand twice in one list."""
    for key in (*metrics, *extra):
        if key not in known:
            raise UserError(
                "unknown_metric", name="The table", value=key, choices=", ".join(sorted(known))
            )
    for keys in (metrics, extra):
        for key, count in Counter(keys).items():
            if count > 1 and key not in repeatable:
                raise UserError("metric_twice", metric=key)


def check_keys(
    metrics: Sequence[str], extra: Sequence[str], known: Mapping[str, Metric[Board]]
) -> None:
    """Refuse keys that name no metric, stand twice in one list, or cannot be ranked on.

    A key in both lists is welcome: the column is the same.
    """
    check_names(metrics, extra, known, [key for key, one in known.items() if one.repeatable])
    for key in metrics:
        if known[key].extra_only:
            raise UserError("metric_not_ranked", metric=key)
