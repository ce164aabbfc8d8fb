"""What goes wrong at a tournament: people who stay away, slips of the pen, late ballots."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Ballot, Debate, Round, Speaker
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.seeds import derive_rng
from tabapp.domain.types import id_key

SWING_TEAMS = 3
"""Enough to fill the last room, however many teams stay away."""

# Shares at a chaos of 1. The first two are as measured on 56 tabs, the others are chosen.
_ABSENT = 0.027  # of team-rounds
_IRONS = 0.017  # of teams, once in the tournament
_WITHDRAWN = 0.05  # of judges, from some round on
_CORRECTED = 0.04  # of ballots
_FORFEITS = 0.004  # of debates
_LATE = 0.1  # of the last round's debates, and as many again as drafts

_ROOM = 4
_SLIP = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is away in which round, and which team has one speaker only. Keys are round numbers."""

    level: float
    seed: int
    teams_away: Mapping[int, frozenset[str]] = field(default_factory=dict)
    judges_away: Mapping[int, frozenset[str]] = field(default_factory=dict)
    irons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def plan_chaos(archive: Archive, *, level: float, seed: int) -> Plan:
    """Decide before the first round who stays away and who speaks alone.

    The teams present are a multiple of four in every round: swing teams fill the last room, and
    those that are not needed are away. ``level`` is 0 (nothing happens) to 1 (as much as is
    usual). Raises ``UserError`` (``generate_chaos_out_of_range``).
    """
    if not 0.0 <= level <= 1.0:
        raise UserError("generate_chaos_out_of_range", chaos=level)
    if level == 0.0:
        return Plan(level, seed)
    rounds = [round_.seq for round_ in archive.rounds]
    away = {seq: _teams_away(archive, level, derive_rng(seed, "absent", seq)) for seq in rounds}
    return Plan(
        level,
        seed,
        teams_away=away,
        judges_away=_judges_away(archive, level, rounds, derive_rng(seed, "withdrawn")),
        irons=_irons(archive, level, away, derive_rng(seed, "irons")),
    )


def choose_forfeits(round_: Round, plan: Plan) -> dict[str, list[str]]:
    """Choose the sides that were drawn but did not come, debate by debate."""
    rng = derive_rng(plan.seed, "forfeits", round_.seq)
    return {
        debate.id: [rng.choice(debate.sides).side]
        for debate in _by_id(round_)
        if rng.random() < _FORFEITS * plan.level
    }


def disturb_results(round_: Round, plan: Plan, settings: Settings, *, last: bool) -> None:
    """Have some confirmed ballots corrected once, and in the last round some come late.

    A late debate has a draft that nobody confirmed, or nothing at all.
    """
    if plan.level == 0.0:
        return
    rng = derive_rng(plan.seed, "ballots", round_.seq)
    debates = _by_id(round_)
    rng.shuffle(debates)
    if last:
        late = min(math.ceil(_LATE * plan.level * len(debates)), len(debates) // 3)
        for debate in debates[:late]:
            debate.status = "draft"
            debate.ballots[0].status = "draft"
        for debate in debates[late : 2 * late]:
            debate.status = "none"
            debate.ballots = []
    corrected = math.ceil(_CORRECTED * plan.level * len(debates))
    confirmed = [debate for debate in debates if debate.status == "confirmed"]
    for debate in confirmed[:corrected]:
        _correct(debate, settings, rng)


def _by_id(round_: Round) -> list[Debate]:
    return sorted(round_.debates, key=lambda debate: id_key(debate.id))


def _teams_away(archive: Archive, level: float, rng: random.Random) -> frozenset[str]:
    normal = [team.id for team in archive.teams if team.type != "swing"]
    swings = [team.id for team in archive.teams if team.type == "swing"]
    away = [team for team in normal if rng.random() < _ABSENT * level]
    present = len(normal) - len(away)
    return frozenset(away) | frozenset(swings[-present % _ROOM :])


def _judges_away(
    archive: Archive, level: float, rounds: Sequence[int], rng: random.Random
) -> dict[int, frozenset[str]]:
    """Let some judges leave after the first round and never come back."""
    judges = [judge.id for judge in archive.adjudicators]
    leaving = rng.sample(judges, math.ceil(_WITHDRAWN * level * len(judges)))
    from_round = {judge: rng.choice([*rounds[1:], max(rounds) + 1]) for judge in leaving}
    return {
        seq: frozenset(judge for judge in leaving if from_round[judge] <= seq) for seq in rounds
    }


def _irons(
    archive: Archive, level: float, away: Mapping[int, frozenset[str]], rng: random.Random
) -> dict[int, dict[str, str]]:
    """Choose teams of which one speaker gives both speeches in one round."""
    members: dict[str, list[Speaker]] = {}
    for speaker in archive.speakers:
        if speaker.team is not None:
            members.setdefault(speaker.team, []).append(speaker)
    normal = [team.id for team in archive.teams if team.type != "swing"]
    found: dict[int, dict[str, str]] = {}
    for team in rng.sample(normal, math.ceil(_IRONS * level * len(normal))):
        present = [seq for seq in away if team not in away[seq]]
        if present:
            alone = rng.choice(members[team]).id
            found.setdefault(rng.choice(present), {})[team] = alone
    return found


def _correct(debate: Debate, settings: Settings, rng: random.Random) -> None:
    """Put a discarded ballot with one wrong mark before the confirmed one."""
    right = debate.ballots[0]
    wrong: Ballot = right.model_copy(deep=True, update={"status": "discarded"})
    side = rng.choice(wrong.sheets[0].sides)
    speech = rng.choice(side.speeches)
    meant = speech.score or 0.0
    typed = meant - _SLIP if meant - _SLIP >= settings.score_min else meant + _SLIP
    speech.score = min(typed, settings.score_max)
    right.version = 2
    right.reason = f"{side.side.upper()} speech {speech.position}: {meant:g}, not {speech.score:g}"
    debate.ballots = [wrong, right]
