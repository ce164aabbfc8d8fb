"""Random tournaments, whole and reproducible, as archives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Criterion, DrawTypeName, Round, Tournament
from tabapp.domain.formats import Settings, differences, presets, resolve
from tabapp.domain.simulation.chaos import plan_chaos, swing_teams
from tabapp.domain.simulation.people import (
    make_categories,
    make_institutions,
    make_judges,
    make_motions,
    make_rooms,
    make_seeds,
    make_teams,
)
from tabapp.domain.simulation.play import play_round
from tabapp.domain.simulation.sides import allot_sides
from tabapp.domain.simulation.talent import make_talent
from tabapp.domain.types import Tick, id_key, no_tick

_MOST_TEAMS = 2000
_ROUNDS = (1, 30)
_BREAKING = 0.2  # of all teams
_KINDS: Mapping[str, tuple[str, ...]] = {"wsdc": ("prepared", "impromptu")}
"""Presets in which rounds of several kinds take turns."""

_NUMBERS = {2: "two", 4: "four"}


def generate_tournament(
    *,
    preset: str,
    teams: int,
    rounds: int,
    seed: int,
    chaos: float = 0.0,
    break_size: int | None = None,
    settings: Mapping[str, Any] | None = None,
    draw_types: Sequence[DrawTypeName] | None = None,
    criteria: Sequence[Criterion] = (),
    play: bool = True,
    tick: Tick = no_tick,
) -> Archive:
    """Make a tournament up, and play its preliminary rounds unless ``play`` is false.

    The same arguments give the same archive on every machine. ``chaos`` from 0 to 1 adds what
    goes wrong at real ones: absent teams and the swing teams or byes that replace them, irons,
    teams and judges that leave, rounds drawn again, corrected and missing ballots, now and then a
    forfeit, and a postponed debate where the settings have them. ``settings`` override those of
    the preset; ``draw_types`` names one for each round, the usual being one random round and
    power-pairing after it; by ``criteria`` (see ``usual_criteria``) speeches are marked. Raises
    ``UserError`` whose code begins with ``generate_``, and
    ``ProblemsFound`` for settings that are refused.
    """
    rules = resolve(preset, settings or {})
    _check(preset, rules, teams, rounds)
    archive = _register(
        preset, rules, teams=teams, rounds=rounds, seed=seed,
        swings=swing_teams(rules, chaos), size=_break_size(teams, rules, break_size),
    )
    archive.tournament.settings = differences(preset, settings or {})
    archive.tournament.criteria = list(criteria)
    if draw_types is not None:
        for round_, draw_type in zip(archive.rounds, draw_types, strict=True):
            round_.draw_type = draw_type
    if any(round_.draw_type == "seeded" for round_ in archive.rounds):
        make_seeds(archive.teams, seed)
    plan = plan_chaos(archive, rules, level=chaos, seed=seed)
    for round_ in archive.rounds:
        round_.absent_teams = sorted(plan.teams_away.get(round_.seq, ()), key=id_key)
        round_.absent_adjudicators = sorted(plan.judges_away.get(round_.seq, ()), key=id_key)
    if rules.draw_side_allocations == "preallocated":
        allot_sides(archive, seed)
    if play:
        talent = make_talent(archive, seed)
        for done, round_ in enumerate(archive.rounds):
            tick(done, rounds)
            play_round(archive, round_, rules, talent, plan)
        for team in archive.teams:
            team.withdrawn = team.id in plan.leaving
    tick(rounds, rounds)
    return archive


def available_presets() -> list[str]:
    """Return the presets of which tournaments can be made, in order of name.

    They are those of two and of four teams: for larger rooms an archive has no sides.
    """
    return [one.name for one in presets() if resolve(one.name, {}).sides]


def break_sizes(teams: int, room: int = 4) -> list[int]:
    """Return the break sizes that so many teams can fill, ascending.

    For rooms of four they are 4·2^k and 6·2^k, for two teams every number from 2.
    """
    if room == 2:
        return list(range(2, teams + 1))
    sizes = [start << power for start in (4, 6) for power in range(teams.bit_length())]
    return sorted(size for size in sizes if size <= teams)


def _check(preset: str, rules: Settings, teams: int, rounds: int) -> None:
    size = rules.teams_in_debate
    if not rules.sides:
        raise UserError(
            "generate_not_available", preset=preset, size=size,
            available=", ".join(available_presets()))
    if not size <= teams <= _MOST_TEAMS:
        raise UserError(
            "generate_teams_out_of_range", teams=teams, least=size, most=_MOST_TEAMS)
    if teams % size and rules.bye_team_selection == "off":
        below = teams - teams % size
        raise UserError(
            "generate_teams_not_a_multiple", teams=teams, size=_NUMBERS[size],
            below=below, above=below + size)
    least, most = _ROUNDS
    if not least <= rounds <= most:
        raise UserError("generate_rounds_out_of_range", rounds=rounds, least=least, most=most)


def _break_size(teams: int, rules: Settings, wanted: int | None) -> int:
    if wanted is None:
        return _usual_size(teams, rules, _BREAKING * teams)
    possible = break_sizes(teams, rules.teams_in_debate)
    if wanted not in possible:
        shown = (
            f"2 to {teams}" if rules.teams_in_debate == 2 else ", ".join(map(str, possible)))
        raise UserError("generate_break_size", size=wanted, possible=shown)
    return wanted


def _usual_size(teams: int, rules: Settings, near: float) -> int:
    """Return the break size nearest to ``near``; for two teams one without a partial round."""
    usual = [
        size for size in break_sizes(teams, rules.teams_in_debate)
        if rules.teams_in_debate > 2 or size.bit_count() == 1
    ]
    return min(usual, key=lambda size: (abs(size - near), size))


def _second_size(eligible: int, teams: int, rules: Settings) -> int:
    """Return the largest usual size that a third of the eligible teams fill, at least one room."""
    usual = (_usual_size(teams, rules, size) for size in break_sizes(teams, rules.teams_in_debate))
    return max((size for size in usual if size <= eligible / 3), default=rules.teams_in_debate)


def _register(
    preset: str,
    rules: Settings,
    *,
    teams: int,
    rounds: int,
    seed: int,
    swings: int,
    size: int,
) -> Archive:
    """Make everything that is known before the first round."""
    institutions = make_institutions(teams, seed)
    entered, speakers = make_teams(
        teams, swings, rules.substantive_speakers, institutions, seed
    )
    second = sum(len(team.break_categories) > 1 for team in entered)
    breaks, categories = make_categories(size, _second_size(second, teams, rules))
    debates = (teams + swings) // rules.teams_in_debate
    judges = make_judges(
        debates, institutions, entered, seed, (rules.adj_min_score, rules.adj_max_score)
    )
    room_categories, rooms, wishes = make_rooms(debates, entered[:teams], judges, seed)
    motions = make_motions(rounds, seed)
    return Archive(
        tournament=Tournament(
            name=f"Random Open {seed}", short_name=f"Open {seed}", slug=f"random-{seed}",
            preset=preset,
        ),
        institutions=institutions, break_categories=breaks, speaker_categories=categories,
        teams=entered, speakers=speakers, adjudicators=judges,
        venue_categories=room_categories, venues=rooms, venue_constraints=wishes,
        motions=motions,
        rounds=[
            _empty_round(seq, rounds, motion.id, _KINDS.get(preset, ("",)))
            for seq, motion in enumerate(motions, start=1)
        ],
    )


def _empty_round(seq: int, rounds: int, motion: str, kinds: Sequence[str]) -> Round:
    return Round(
        seq=seq, name=f"Round {seq}", abbreviation=f"R{seq}",
        draw_type="random" if seq == 1 else "power",
        kind=kinds[(seq - 1) % len(kinds)],
        silent=3 * seq > 2 * rounds,
        feedback_weight=min((seq - 1) / 10, 0.5),
        motions=[motion],
    )
