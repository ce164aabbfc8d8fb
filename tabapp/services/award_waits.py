"""What keeps awards from the hall: releases that were not given, rounds that are not over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from tabapp.domain.achievements import AWARDS, Award
from tabapp.domain.formats import Settings
from tabapp.domain.types import Stage
from tabapp.services.rounds import title_of
from tabapp.store.award_rows import AwardRow, list_awards
from tabapp.store.tournaments import RoundRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit

Need = Literal[
    "public_results", "all_results_released", "completed", "team_tab_released",
    "speaker_tab_released", "public_participants", "check", "never",
]
"""The setting that is off; a round to be completed; a check that says on which rounds it rests.

In the order in which they are told.
"""


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
    settings = get_tournament(unit, tournament_id).settings
    rounds = {one.seq: one for one in list_rounds(unit, tournament_id)}
    names = {seq: title_of(one) for seq, one in rounds.items()}
    lacking: dict[str, dict[Need, set[int]]] = defaultdict(lambda: defaultdict(set))
    waiting: Counter[str] = Counter()
    for row in list_awards(unit, tournament_id):
        if row.key in AWARDS:
            found = _lacks(AWARDS[row.key], row, settings, rounds)
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


def _lacks(
    award: Award, row: AwardRow, settings: Settings, rounds: Mapping[int, RoundRow]
) -> list[tuple[Need, frozenset[int]]]:
    """Return what one award of one winner lacks; see ``Award.public_after``."""
    nothing: frozenset[int] = frozenset()
    match award.public_after:
        case "always":
            return []
        case "never":
            return [("never", nothing)]
        case "participants":
            return [] if settings.public_participants else [("public_participants", nothing)]
        case _:
            pass
    rests_on = frozenset(row.rounds or ())
    if not rests_on:
        return [("check", nothing)]
    found: list[tuple[Need, frozenset[int]]] = []
    hidden = frozenset(seq for seq in rests_on if _is_hidden(rounds.get(seq)))
    if hidden and not settings.all_results_released:
        found.append(("all_results_released", hidden))
    open_ = frozenset(seq for seq in rests_on if (one := rounds.get(seq)) and not one.completed)
    if open_:
        found.append(("completed", open_))
    if award.public_after == "team_tab" and not settings.team_tab_released:
        found.append(("team_tab_released", nothing))
    elif award.public_after == "speaker_tab" and not settings.speaker_tab_released:
        found.append(("speaker_tab_released", nothing))
    elif (
        award.public_after == "results" and not hidden
        and not (settings.public_results or settings.all_results_released)
    ):
        found.append(("public_results", nothing))
    if not found and not rests_on <= rounds.keys():
        found.append(("check", nothing))
    return found


def _is_hidden(one: RoundRow | None) -> bool:
    return one is not None and (one.silent or one.stage == Stage.ELIMINATION)
