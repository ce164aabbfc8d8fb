"""Cleaning up: what is old is found at one moment and deleted part by part, each part whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tabapp.services.active import is_complete
from tabapp.store import upkeep as store
from tabapp.store.database import IsAlive
from tabapp.store.unit import ReadUnit, WriteUnit, chunks
from tabapp.store.upkeep import Sizes, sizes

__all__ = ["Limits", "Part", "Sizes", "in_words", "parts", "sizes"]

ROWS = 500
"""Rows of one write unit, so that a ballot that comes in meanwhile never waits for long."""
BALLOTS = 20
"""Entries of ballots of one write unit; each has some twenty rows."""

Kind = Literal["actions", "runs", "ballots", "leftovers"]


@dataclass(frozen=True, slots=True)
class Part:
    """What is deleted in one unit. Deleting it again deletes nothing."""

    kind: Kind
    rows: tuple[int, ...] = ()
    tournament: int | None = None
    before: datetime | None = None
    rest: store.Leftovers | None = None

    def delete(self, unit: WriteUnit) -> Counter[str]:
        """Delete what is still there and still may go; count it."""
        if self.kind == "actions":
            actions, changes = store.delete_actions(
                unit, store.without_successors(unit, self.rows))
            return +Counter(actions=actions, changes=changes)
        if self.kind == "runs":
            runs, lines = store.delete_runs(unit, self.rows)
            return +Counter(runs=runs, log_lines=lines)
        if self.rest is not None:
            return store.delete_leftovers(unit, self.rest)
        assert self.tournament is not None
        assert self.before is not None
        still = set(store.superseded_drafts(unit, self.tournament, self.before))
        return +Counter(
            drafts=store.delete_ballots(unit, [one for one in self.rows if one in still]))


@dataclass(frozen=True, slots=True)
class Limits:
    """What is older than these may go."""

    activity: datetime
    runs: datetime


def parts(
    unit: ReadUnit, limits: Limits, now: datetime, *, is_alive: IsAlive | None = None,
    builtin: Collection[str] | None = None,
) -> list[Part]:
    """Find what is old; return it in parts. ``builtin`` names the schedules of the code."""
    found = [
        Part("actions", tuple(rows))
        for rows in store.parts_of(store.old_actions(unit, limits.activity), ROWS)]
    found += [Part("runs", tuple(rows)) for rows in chunks(store.old_runs(unit, limits.runs))]
    for tournament in store.tournament_ids(unit):
        if is_complete(unit, tournament):
            ballots = store.superseded_drafts(unit, tournament, limits.activity)
            found += [
                Part("ballots", tuple(ballots[at:at + BALLOTS]), tournament, limits.activity)
                for at in range(0, len(ballots), BALLOTS)]
    rest = store.leftovers(unit, limits.activity, now, is_alive=is_alive, builtin=builtin)
    if rest.count:
        found.append(Part("leftovers", rest=rest))
    return found


_WORDS = {
    "actions": ("entry of the trail", "entries of the trail"),
    "runs": ("run of a job", "runs of jobs"),
    "drafts": ("superseded ballot", "superseded ballots"),
    "forms": ("unsaved form", "unsaved forms"),
    "programs": ("row of a program that ended", "rows of programs that ended"),
    "schedules": ("schedule that is gone", "schedules that are gone"),
    "snapshots": ("snapshot", "snapshots"),
}


def in_words(counts: Counter[str]) -> str:
    """Return what was deleted as one sentence.

    >>> in_words(Counter(runs=1, actions=20, changes=300))
    'Deleted 20 entries of the trail, 1 run of a job.'
    """
    told = [
        f"{counts[name]:,} {one if counts[name] == 1 else many}"
        for name, (one, many) in _WORDS.items() if counts[name]]
    return f"Deleted {', '.join(told)}." if told else "There was nothing to delete."
