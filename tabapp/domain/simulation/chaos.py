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

# Shares at a chaos of 1. The first two are as measured on 56 tabs, the others are chosen.
_ABSENT = 0.027  # of team-rounds
_IRONS = 0.017  # of teams, once in the tournament
_WITHDRAWN = 0.05  # of judges, from some round on
_CORRECTED = 0.04  # of ballots
_FORFEITS = 0.004  # of debates
_LEAVING = 0.01  # of teams, from some round on
_POSTPONED = 0.02  # of debates, where they can be
_REDRAWN = 0.1  # of rounds
_LATE = 0.1  # of the last round's debates, and as many again as drafts

_SLIP = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is away in which round, and which team has one speaker only. Keys are round numbers.

    ``leaving`` maps teams that withdraw to the first round that is without them.
    """

    level: float
    seed: int
    teams_away: Mapping[int, frozenset[str]] = field(default_factory=dict)
    judges_away: Mapping[int, frozenset[str]] = field(default_factory=dict)
    leaving: Mapping[str, int] = field(default_factory=dict)
    irons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


def swing_teams(settings: Settings, level: float) -> int:
    """Return how many swing teams fill the last room, however many teams stay away.

    None are needed where nobody stays away, or where byes take their place.
    """
    if level == 0.0 or settings.bye_team_selection != "off":
        return 0
    return settings.teams_in_debate - 1


def plan_chaos(archive: Archive, settings: Settings, *, level: float, seed: int) -> Plan:
    """Decide before the first round who stays away and who speaks alone.

    Where there are swing teams the teams present fill their rooms in every round, and the swing
    teams that are not needed are away. ``level`` is 0 (nothing happens) to 1 (as much as is
    usual). Raises ``UserError`` (``generate_chaos_out_of_range``).
    """
    if not 0.0 <= level <= 1.0:
        raise UserError("generate_chaos_out_of_range", chaos=level)
    if level == 0.0:
        return Plan(level, seed)
    rounds = [round_.seq for round_ in archive.rounds]
    size = settings.teams_in_debate
    leaving = _teams_leaving(archive, level, rounds, derive_rng(seed, "leaving"))
    away = {
        seq: _teams_away(
            archive, level, size, frozenset(team for team in leaving if leaving[team] <= seq),
            derive_rng(seed, "absent", seq))
        for seq in rounds
    }
    return Plan(
        level,
        seed,
        teams_away=away,
        judges_away=_judges_away(archive, level, rounds, derive_rng(seed, "withdrawn")),
        leaving=leaving,
        irons=_irons(archive, level, away, derive_rng(seed, "irons")),
    )


def is_redrawn(round_: Round, plan: Plan) -> bool:
    """Decide whether the tab room draws the round a second time, before anybody has debated."""
    return derive_rng(plan.seed, "redraw", round_.seq).random() < _REDRAWN * plan.level


def postpone(round_: Round, plan: Plan, settings: Settings) -> None:
    """Postpone some debates where that is possible; they have no results yet."""
    if settings.enable_postponements:
        rng = derive_rng(plan.seed, "postponed", round_.seq)
        for debate in _by_id(round_):
            if rng.random() < _POSTPONED * plan.level:
                debate.status = "postponed"


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
    debates = [debate for debate in _by_id(round_) if debate.ballots]
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
    """Return the debates without byes."""
    debates = [debate for debate in round_.debates if len(debate.sides) > 1]
    return sorted(debates, key=lambda debate: id_key(debate.id))


def _teams_away(
    archive: Archive, level: float, size: int, gone: frozenset[str], rng: random.Random
) -> frozenset[str]:
    normal = [team.id for team in archive.teams if team.type != "swing"]
    swings = [team.id for team in archive.teams if team.type == "swing"]
    away = [team for team in normal if rng.random() < _ABSENT * level or team in gone]
    least = 1 if swings else size  # there is always somebody to debate with
    del away[max(len(normal) - least, 0) :]
    present = len(normal) - len(away)
    return frozenset(away) | frozenset(swings[-present % size :])


def _teams_leaving(
    archive: Archive, level: float, rounds: Sequence[int], rng: random.Random
) -> dict[str, int]:
    """Let some teams leave after the first round and never come back."""
    normal = [team.id for team in archive.teams if team.type != "swing"]
    return {
        team: rng.choice(rounds[1:])
        for team in normal
        if len(rounds) > 1 and rng.random() < _LEAVING * level
    }


def _judges_away(
    archive: Archive, level: float, rounds: Sequence[int], rng: random.Random
) -> dict[int, frozenset[str]]:
    """Let some judges leave after the first round and never come back; the chiefs stay."""
    judges = [judge.id for judge in archive.adjudicators if not judge.adj_core]
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
    """Put a discarded ballot with one mistake before the confirmed one."""
    right = debate.ballots[0]
    if not right.sheets:
        return  # nobody marked anything after a forfeit
    wrong: Ballot = right.model_copy(deep=True, update={"status": "discarded"})
    sheet = wrong.sheets[0] if len(wrong.sheets) == 1 else rng.choice(wrong.sheets)
    right.version = 2
    if sheet.sides:
        side = rng.choice(sheet.sides)
        speech = rng.choice(side.speeches)
        meant = speech.score or 0.0
        speech.score = _slip(meant, speech.position, settings)
        right.reason = (
            f"{side.side.upper()} speech {speech.position}: {meant:g}, not {speech.score:g}")
    elif sheet.ranks:
        one, other = rng.sample(sorted(sheet.ranks), 2)
        sheet.ranks[one], sheet.ranks[other] = sheet.ranks[other], sheet.ranks[one]
        right.reason = f"{one.upper()} and {other.upper()} changed places"
    else:
        meant_side = (sheet.winners or [""])[0]
        typed = next(side.side for side in debate.sides if side.side != meant_side)
        sheet.winners = [typed]
        right.reason = f"{meant_side.upper()} won, not {typed.upper()}"
    debate.ballots = [wrong, right]


def _slip(meant: float, position: int, settings: Settings) -> float:
    """Return another mark of the range than the one that was meant."""
    low, high, step = settings.score_min, settings.score_max, settings.score_step
    if position > settings.substantive_speakers:
        low, high = settings.reply_score_min, settings.reply_score_max
        step = settings.reply_score_step
    by = max(min(_SLIP, (high - low) / 2 // step * step), step)
    typed = meant - by if meant - by >= low else meant + by
    return round(min(typed, high), 6)
