"""What random tournaments are made from: format, size, chaos, and rules that vary by lot."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Archive, DrawTypeName
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import derive_rng, generate_tournament

USUAL = 0.4
"""The share of tournaments that follow their preset in everything."""

_SAME = 0.5  # how often one option stays as the preset has it

CHOICES: Mapping[str, Sequence[Any]] = {
    "avoid_team_history": (True, False),
    "avoid_same_institution": (True, False),
    "team_history_penalty": (0, 1, 1000),
    "team_institution_penalty": (0, 1, 1000),
    "bye_team_selection": ("off", "random", "lowest"),
    "bye_team_results": ("none", "points"),
    "bye_speaks": ("none", "average"),
    "forfeit_winner_speaks": ("none", "average", "as_judged"),
    "teamscore_includes_ghosts": (True, False),
    "enable_postponements": (True, False),
    "speaker_ranks": ("none", "any", "high-points"),
}
"""Settings of every format that vary, with the values that are tried."""

TWO_TEAM_CHOICES: Mapping[str, Sequence[Any]] = {
    "draw_odd_bracket": get_args(Settings.model_fields["draw_odd_bracket"].annotation),
    "draw_pairing_method": get_args(Settings.model_fields["draw_pairing_method"].annotation),
    "draw_side_allocations": get_args(Settings.model_fields["draw_side_allocations"].annotation),
    "draw_avoid_conflicts": get_args(Settings.model_fields["draw_avoid_conflicts"].annotation),
    "draw_pullup_restriction": get_args(
        Settings.model_fields["draw_pullup_restriction"].annotation),
    "draw_matching_scope": ("bracket", "round"),
    "side_penalty": (0, 1, 100),
    "pullup_debates_penalty": (0, 10, 10_000),
    "pairing_penalty": (0, 1, 7),
    "pullup_penalty": (0, 100, 10_000),
    "ballots_per_debate_prelim": ("per-adj", "per-debate"),
    "winners_in_ballots": ("none", "high-points", "tied-points", "low-points"),
    "margin_includes_dissenters": (True, False),
}

BP_CHOICES: Mapping[str, Sequence[Any]] = {
    "bp_pullup_distribution": ("anywhere", "one_room"),
    "bp_position_cost": ("simple", "entropy", "variance"),
    "bp_renyi_order": (0.0, 0.5, 1.0, 2.0),
    "bp_position_cost_exponent": (0.0, 1.0, 2.5, 4.0),
    "bp_assignment_method": ("hungarian", "hungarian_preshuffled"),
    "bp_secondary_preferences": (True, False),
}


_SIDES = ("draw_side_allocations",)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a random tournament is made from."""

    seed: int
    teams: int
    rounds: int
    chaos: float
    preset: str = "bp"
    settings: Mapping[str, Any] = field(default_factory=dict)
    draw_types: tuple[DrawTypeName, ...] | None = None

    @classmethod
    def of(cls, seed: int, teams_max: int, preset: str = "bp") -> Shape:
        """Choose a shape by lot; a quarter of the tournaments has no chaos, a quarter all of it."""
        rng = derive_rng(seed, "shape")
        size = resolve(preset, {}).teams_in_debate
        # from two rooms on, and half of all fields are small ones
        most = teams_max if rng.random() < 0.5 else max(8, min(teams_max, 24))
        teams = size * rng.randint(8 // size, most // size)
        rounds = rng.randint(2, 7)
        chaos = rng.choice([0.0, rng.random(), rng.random(), 1.0])
        if rng.random() < USUAL:
            settings: Mapping[str, Any] = {}
            draw_types = None
        else:
            settings = vary(preset, rng)
            draw_types = _draw_types(rng, rounds, teams, size)
        if resolve(preset, settings).bye_team_selection != "off" and rng.random() < 0.7:
            teams += rng.randint(1, size - 1)
        return cls(seed, teams, rounds, chaos, preset, settings, draw_types)

    @property
    def rules(self) -> Settings:
        """The settings of the tournament."""
        return resolve(self.preset, self.settings)

    @property
    def name(self) -> str:
        """How the tournament is called in the output, its seed first."""
        kinds = "" if self.draw_types is None else f", {'/'.join(dict.fromkeys(self.draw_types))}"
        return (
            f"seed {self.seed}: {self.preset}, {self.teams} teams, {self.rounds} rounds, "
            f"chaos {self.chaos:.2f}{kinds}")

    def make(self, *, play: bool) -> Archive:
        """Make the tournament up; one that is not played has a slug of its own."""
        archive = generate_tournament(
            preset=self.preset, teams=self.teams, rounds=self.rounds, seed=self.seed,
            chaos=self.chaos, settings=self.settings, draw_types=self.draw_types, play=play,
        )
        if not play:
            archive.tournament.slug = "registered"
        return archive


def vary(preset: str, rng: random.Random) -> dict[str, Any]:
    """Choose settings by lot that the rules allow together."""
    of_format = BP_CHOICES if resolve(preset, {}).is_bp else TWO_TEAM_CHOICES
    # first and for good: few rules go with allocated sides, which would hardly have their turn
    sides = {
        name: rng.choice(of_format[name])
        for name in _SIDES if name in of_format and rng.random() >= _SAME}
    while True:
        chosen = {
            name: rng.choice(values)
            for name, values in {**CHOICES, **of_format}.items()
            if rng.random() >= _SAME and name not in _SIDES
        }
        if is_possible(preset, chosen | sides):
            return chosen | sides


def is_possible(preset: str, settings: Mapping[str, Any]) -> bool:
    """Tell whether no rule refuses the settings together."""
    try:
        resolve(preset, settings)
    except ProblemsFound:
        return False
    return True


def _draw_types(
    rng: random.Random, rounds: int, teams: int, size: int
) -> tuple[DrawTypeName, ...] | None:
    """Choose how the rounds are drawn; round-robin as long as there is somebody left to meet."""
    cycle = min(rounds, (teams - 1) // (size - 1))
    first = min(rng.randint(1, 3), rounds - 1)
    later = min(rounds - first, cycle)
    kinds: list[list[DrawTypeName] | None] = [
        None, None, None,
        _many("random", rounds),
        [*_many("round-robin", cycle), *_many("power", rounds - cycle)],
        [*_many("round-robin", min(2, cycle)), *_many("power", rounds - min(2, cycle))],
        [
            *_many("random", 1), *_many("power", first - 1), *_many("round-robin", later),
            *_many("power", rounds - first - later),
        ],
    ]
    if size == 2:
        kinds += [["seeded", *_many("power", rounds - 1)], _many("power", rounds)]
    chosen = rng.choice(kinds)
    return None if chosen is None else tuple(chosen)


def _many(kind: DrawTypeName, times: int) -> list[DrawTypeName]:
    return [kind] * times
