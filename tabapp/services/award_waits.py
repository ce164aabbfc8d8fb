"""What keeps awards from the hall: releases that were not given, rounds that are not over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from tabapp.domain.achievements import AWARDS
from tabapp.services.award_gate import Gate, Need
from tabapp.services.rounds import title_of
from tabapp.store.award_rows import list_awards
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that an award waits for. ``rounds`` are the names of those that it is about."""

    need: Need
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that several awards wait for; ``rounds`` are those of all of them."""

    need: Need
    rounds: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwardWaits:
    """What each award that somebody has still lacks, by key; none for what is public."""

    lacks: Mapping[str, tuple[Lack, ...]]
    order: tuple[str, ...] = ()
    """The names of the rounds as they follow each other."""
    waiting: Mapping[str, int] = field(default_factory=dict)
    """How many winners of each are not public."""

    def together(self) -> tuple[Wait, ...]:
        """Return what is waited for, what most awards lack first; what is never shown is none."""
        rounds: dict[Need, set[str]] = defaultdict(set)
        keys: dict[Need, list[str]] = defaultdict(list)
        for key, lacks in self.lacks.items():
            for one in lacks:
                rounds[one.need].update(one.rounds)
                keys[one.need].append(key)
        found = [
            Wait(need, self._sorted(rounds[need]), tuple(awards))
            for need, awards in keys.items() if need != "never"]
        return tuple(sorted(found, key=lambda one: -len(one.keys)))

    def _sorted(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(names, key=self.order.index))


def read_waits(unit: ReadUnit, tournament_id: int) -> AwardWaits:
    """Read what keeps awards, or winners of awards, from being public now."""
    gate = Gate.read(unit, tournament_id)
    names = {seq: title_of(one) for seq, one in gate.rounds.items()}
    lacking: dict[str, dict[Need, set[int]]] = defaultdict(lambda: defaultdict(set))
    waiting: Counter[str] = Counter()
    for row in list_awards(unit, tournament_id):
        if row.key in AWARDS:
            found = gate.lacks(AWARDS[row.key], row)
            waiting[row.key] += bool(found)
            for need, seqs in found:
                lacking[row.key][need].update(seqs)
    return AwardWaits(
        {
            key: tuple(
                Lack(need, tuple(names[seq] for seq in sorted(seqs)))
                for need, seqs in sorted(
                    lacking[key].items(), key=lambda pair: get_args(Need).index(pair[0])))
            for key in AWARDS if key in lacking
        },
        tuple(names[seq] for seq in sorted(names)), waiting)
