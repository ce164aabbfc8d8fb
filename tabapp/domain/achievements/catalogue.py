"""All awards, who has earned them now, and what is told of a winner."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from tabapp.domain.achievements import adjudicators, speakers, teams, tournament
from tabapp.domain.achievements.award import Award, Earned, Fact, Part
from tabapp.domain.achievements.board import Board
from tabapp.domain.achievements.facts import AwardFacts
from tabapp.domain.types import Tick, no_tick

AWARDS: Mapping[str, Award] = MappingProxyType({
    one.key: one
    for family in (teams.AWARDS, speakers.AWARDS, adjudicators.AWARDS, tournament.AWARDS)
    for one in family
})
"""By key, family after family. A key never changes its meaning: files carry it."""

_ROUNDS = ("round", "since")
_TEAMS = ("opponent",)


def parts_of(keys: Collection[str]) -> frozenset[Part]:
    """Return what has to be read for these awards."""
    return frozenset(AWARDS[key].part for key in keys)


def evaluate(
    facts: AwardFacts, keys: Collection[str] | None = None, *, tick: Tick = no_tick
) -> list[Earned]:
    """Return who has earned which of the awards (of all without ``keys``), award by award.

    Each subject has an award once, or once in each round where the award says so. The same facts
    give the same list. The figures of one table of teams are worked out for each completed round;
    everything else is linear in the number of speeches.
    """
    board = Board(facts)
    chosen = [one for one in AWARDS.values() if keys is None or one.key in keys]
    found: list[Earned] = []
    for done, award in enumerate(chosen):
        tick(done, len(chosen))
        found.extend(award.predicate(board))
    tick(len(chosen), len(chosen))
    return found


def tell(
    award: Award, facts: Mapping[str, Fact], rounds: Mapping[int, str], names: Mapping[str, str]
) -> str:
    """Say what a winner did. ``rounds`` are names by sequence, ``names`` of teams by archive id.

    Where facts are missing, as in a file of another program, the award's own sentence stands.
    """
    shown: dict[str, object] = dict(facts)
    for key in _ROUNDS:
        if isinstance(seq := shown.get(key), int):
            shown[key] = rounds.get(seq, f"round {seq}")
    for key in _TEAMS:
        if key in shown:
            shown[key] = names.get(str(shown[key]), str(shown[key]))
    try:
        return award.told.format_map(shown)
    except KeyError:
        return award.sentence
