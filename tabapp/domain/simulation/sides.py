"""Sides that are given to the teams before each round, as some two-team formats publish them."""

from __future__ import annotations

from tabapp.domain.archive import Archive
from tabapp.domain.simulation.seeds import derive_rng
from tabapp.domain.types import TWO_SIDES, id_key

AFFIRMATIVE, NEGATIVE = (side.value for side in TWO_SIDES)


def allot_sides(archive: Archive, seed: int) -> None:
    """Give each team present its side in each round: as many of each, and balanced over rounds.

    Teams that have affirmed more often negate, and a lot decides among the others.
    """
    lead = {team.id: 0 for team in archive.teams}  # affirmatives less negatives
    for round_ in archive.rounds:
        rng = derive_rng(seed, "sides", round_.seq)
        away = set(round_.absent_teams)
        present = sorted((team for team in lead if team not in away), key=id_key)
        rng.shuffle(present)
        present.sort(key=lambda team: lead[team])
        half = len(present) // 2
        round_.side_allocations = {
            team: AFFIRMATIVE if place < half else NEGATIVE
            for place, team in sorted(enumerate(present), key=lambda one: id_key(one[1]))
        }
        for team, side in round_.side_allocations.items():
            lead[team] += 1 if side == AFFIRMATIVE else -1
