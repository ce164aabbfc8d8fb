"""Honest made-up marks, on which tests plant single faults."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from tabapp.domain.attention import Mark, Scale

BP = Scale(50.0, 99.0, 1.0)
SIDES = ("og", "oo", "cg", "co")


def honest(
    seed: int, teams: int = 32, rounds: int = 4, *, sides: Sequence[str] = SIDES,
    speakers: int = 2, scale: Scale = BP, within: float = 2.3, between: float = 2.4,
    middle: float = 76.5, day: float = 0.9, severity: float = 0.8,
) -> list[Mark]:
    """Deal teams to rooms by lot; marks are talent, day, judges and luck, in steps of the scale."""
    rng = random.Random(seed)
    talent = {
        f"S{team}.{n}": rng.gauss(middle, between)
        for team in range(teams) for n in range(speakers)}
    made = []
    for seq in range(1, rounds + 1):
        order = list(range(teams))
        rng.shuffle(order)
        for room in range(teams // len(sides)):
            judges = rng.gauss(0.0, severity)
            for side, team in zip(sides, order[room * len(sides):], strict=False):
                shared = judges + rng.gauss(0.0, day)
                for n in range(speakers):
                    who = f"S{team}.{n}"
                    exact = talent[who] + shared + rng.gauss(0.0, (within**2 - day**2) ** 0.5)
                    steps = round((exact - scale.low) / scale.step) * scale.step + scale.low
                    made.append(Mark(
                        f"D{seq}.{room}", 1, seq, f"Round {seq}", side, f"T{team}", f"Team {team}",
                        n + 1, who, f"Speaker {team} {n}", min(max(steps, scale.low), scale.high)))
    return made


def changed(marks: Sequence[Mark], scores: dict[tuple[str, int], float]) -> list[Mark]:
    """Return the marks with other scores for some speeches, by speaker and round."""
    return [
        replace(one, score=scores.get((one.speaker, one.seq), one.score)) for one in marks]


def steady(name: str, team: str, debates: Sequence[tuple[str, str]], score: float) -> list[Mark]:
    """Return the marks of somebody who gets the same in each debate, given with the side."""
    return [
        Mark(debate, 1, seq, f"Round {seq}", side, team, f"Team {team}", 1, name, name, score)
        for seq, (debate, side) in enumerate(debates, start=1)]
