"""Results without some rounds, as if these had never been: what a public table is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace

import numpy as np

from tabapp.domain.types import ResultData


def without_rounds(data: ResultData, seqs: Collection[int]) -> ResultData:
    """Return the results without the rounds of these numbers: no metric counts them."""
    kept = np.array([one.seq not in seqs for one in data.rounds], dtype=np.bool_)
    if kept.all():
        return data
    number = np.cumsum(kept) - 1
    columns = {}
    for kind in ("team", "speech"):
        rounds = getattr(data, f"{kind}_round")
        rows = kept[rounds]
        for one in fields(data):
            if one.name.startswith(f"{kind}_"):
                columns[one.name] = getattr(data, one.name)[rows]
        columns[f"{kind}_round"] = number[rounds[rows]]
    return replace(
        data, rounds=tuple(one for one, keep in zip(data.rounds, kept, strict=True) if keep),
        **columns)
