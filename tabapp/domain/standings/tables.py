"""Put columns and an order together into a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.types import BoolArray, StandingRow, Standings, Value, id_key


class Subject(NamedTuple):
    """Whom a row is about."""

    id: str
    name: str


def table(
    kind: Literal["teams", "speakers", "replies", "adjudicators"],
    *,
    metrics: tuple[str, ...],
    extra: tuple[str, ...],
    subjects: Sequence[Subject],
    columns: Mapping[str, Sequence[Value]],
    ladder: Ladder,
    listed: BoolArray,
    ranked: BoolArray | None = None,
) -> Standings:
    """Make the rows of the ``listed`` subjects in rank order, then by name and id.

    Subjects that are listed but not ``ranked`` follow without a rank.
    """
    among = listed if ranked is None else listed & ranked
    ranks = ladder.ranks(among).tolist()
    sizes = ladder.sizes(among).tolist()
    is_ranked = among.tolist()
    last = len(subjects) + 1
    order = sorted(
        (index for index, shown in enumerate(listed.tolist()) if shown),
        key=lambda i: (
            ranks[i] if is_ranked[i] else last, subjects[i].name, id_key(subjects[i].id)
        ),
    )  # fmt: skip
    keys = tuple(columns)
    cells = list(zip(*columns.values(), strict=True)) if keys else [()] * len(subjects)
    rows = tuple(
        StandingRow(
            id=subjects[i].id,
            name=subjects[i].name,
            rank=ranks[i] if is_ranked[i] else None,
            tied=is_ranked[i] and sizes[i] > 1,
            values=dict(zip(keys, cells[i], strict=True)),
        )
        for i in order
    )
    return Standings(kind, metrics, extra, rows)
