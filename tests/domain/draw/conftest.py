"""Snapshots that the draw tests share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from tabapp.domain.types import BP_SIDES, DrawSnapshot, DrawTeam, DrawType

MakeSnapshot = Callable[..., DrawSnapshot]


@pytest.fixture
def snapshot_of() -> MakeSnapshot:
    """Make a power-paired BP snapshot from points and, where given, histories."""

    def make(
        points: Sequence[float],
        histories: Sequence[tuple[int, ...]] | None = None,
        options: Mapping[str, Any] | None = None,
        draw_type: DrawType = DrawType.POWER,
        **columns: Sequence[Any],
    ) -> DrawSnapshot:
        teams = tuple(
            DrawTeam(
                id=f"T{number + 1}",
                points=value,
                rank=1 + sum(other > value for other in points),
                sides=histories[number] if histories else (0, 0, 0, 0),
                **{name: values[number] for name, values in columns.items()},
            )
            for number, value in enumerate(points)
        )
        return DrawSnapshot(BP_SIDES, draw_type, teams, options or {}, round_seq=5)

    return make
