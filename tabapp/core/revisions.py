"""Values by which a writer proves that what it read, and the lock it holds, are still good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Revision:
    """The revisions of the topics that a snapshot read, of one tournament.

    A write that names it fails with ``StaleInput`` when any of these topics has moved on.
    """

    tournament: int
    topics: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LeaseToken:
    """Proof of holding the lock ``key``: a write compares ``epoch`` in its own transaction."""

    key: str
    owner: str
    epoch: int
