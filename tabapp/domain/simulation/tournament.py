"""Random tournaments, whole and reproducible, as archives."""

from __future__ import annotations

from collections.abc import Mapping

from tabapp.core.errors import UserError
from tabapp.domain.allocation import (
    allocate_panels,
    allocate_rooms,
    panel_snapshot,
    room_snapshot,
)
from tabapp.domain.archive import (
    Archive,
    Debate,
    DebateSide,
    PanelMember,
    Round,
    Tournament,
)
from tabapp.domain.draw import explain, generate
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation.chaos import (
    SWING_TEAMS,
    Plan,
    choose_forfeits,
    disturb_results,
    plan_chaos,
)
from tabapp.domain.simulation.people import (
    make_categories,
    make_institutions,
    make_judges,
    make_motions,
    make_rooms,
    make_teams,
)
from tabapp.domain.simulation.scores import Talent, line_ups, make_talent, simulate_round
from tabapp.domain.simulation.seeds import derive_rng, derive_seed
from tabapp.domain.snapshots import draw_snapshot
from tabapp.domain.types import Role, Tick, id_key, no_tick

PRESETS = ("bp",)
"""Presets of which tournaments can be made."""

_ROOM = 4
_TEAMS = (4, 2000)
_ROUNDS = (1, 30)
_BREAKING = 0.2  # of all teams


def generate_tournament(
    *,
    preset: str,
    teams: int,
    rounds: int,
    seed: int,
    chaos: float = 0.0,
    break_size: int | None = None,
    play: bool = True,
    tick: Tick = no_tick,
) -> Archive:
    """Make a tournament up, and play its preliminary rounds unless ``play`` is false.

    The same arguments give the same archive on every machine. ``chaos`` from 0 to 1 adds what
    goes wrong at real ones: absent teams and the swing teams that replace them, irons, withdrawn
    judges, corrected and missing ballots, now and then a forfeit. Raises ``UserError`` whose code
    begins with ``generate_``.
    """
    _check(preset, teams, rounds)
    settings = resolve(preset, {})
    archive = _register(
        preset, settings, teams=teams, rounds=rounds, seed=seed,
        swings=SWING_TEAMS if chaos > 0.0 else 0, size=_break_size(teams, break_size),
    )
    plan = plan_chaos(archive, level=chaos, seed=seed)
    for round_ in archive.rounds:
        round_.absent_teams = sorted(plan.teams_away.get(round_.seq, ()), key=id_key)
        round_.absent_adjudicators = sorted(plan.judges_away.get(round_.seq, ()), key=id_key)
    if play:
        talent = make_talent(archive, seed)
        for done, round_ in enumerate(archive.rounds):
            tick(done, rounds)
            _play(archive, round_, settings, talent, plan)
    tick(rounds, rounds)
    return archive


def break_sizes(teams: int) -> list[int]:
    """Return the BP break sizes (4·2^k and 6·2^k) that so many teams can fill, ascending."""
    sizes = [start << power for start in (4, 6) for power in range(teams.bit_length())]
    return sorted(size for size in sizes if size <= teams)


def _check(preset: str, teams: int, rounds: int) -> None:
    if preset not in PRESETS:
        raise UserError("generate_not_available", preset=preset, available=", ".join(PRESETS))
    least, most = _TEAMS
    if not least <= teams <= most:
        raise UserError("generate_teams_out_of_range", teams=teams, least=least, most=most)
    if teams % _ROOM:
        below = teams - teams % _ROOM
        raise UserError(
            "generate_teams_not_a_multiple", teams=teams, below=below, above=below + _ROOM
        )
    least, most = _ROUNDS
    if not least <= rounds <= most:
        raise UserError("generate_rounds_out_of_range", rounds=rounds, least=least, most=most)


def _break_size(teams: int, wanted: int | None) -> int:
    possible = break_sizes(teams)
    if wanted is None:
        return min(possible, key=lambda size: (abs(size - _BREAKING * teams), size))
    if wanted not in possible:
        shown = ", ".join(map(str, possible))
        raise UserError("generate_break_size", size=wanted, possible=shown)
    return wanted


def _register(
    preset: str,
    settings: Settings,
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
        teams, swings, settings.substantive_speakers, institutions, seed
    )
    second = sum(len(team.break_categories) > 1 for team in entered)
    breaks, categories = make_categories(
        size, max([4, *(s for s in break_sizes(teams) if s <= second / 3)])
    )
    debates = (teams + swings) // _ROOM
    judges = make_judges(
        debates, institutions, entered, seed, (settings.adj_min_score, settings.adj_max_score)
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
            _empty_round(seq, rounds, motion.id) for seq, motion in enumerate(motions, start=1)
        ],
    )


def _empty_round(seq: int, rounds: int, motion: str) -> Round:
    return Round(
        seq=seq, name=f"Round {seq}", abbreviation=f"R{seq}",
        draw_type="random" if seq == 1 else "power",
        silent=3 * seq > 2 * rounds,
        feedback_weight=min((seq - 1) / 10, 0.5),
        motions=[motion],
    )


def _play(
    archive: Archive, round_: Round, settings: Settings, talent: Talent, plan: Plan
) -> None:
    """Draw the round, seat judges, place debates and confirm results, all in ``archive``."""
    _draw(archive, round_, settings, talent.seed)
    _allocate(archive, round_, settings, talent.seed)
    round_.status = "released"
    round_.motions_released = True
    ballots = simulate_round(
        round_, talent, settings, seed=talent.seed, speakers=line_ups(archive),
        irons=plan.irons.get(round_.seq), forfeits=choose_forfeits(round_, plan),
    )
    for debate in round_.debates:
        debate.ballots = [ballots[debate.id]]
        debate.status = "confirmed"
    disturb_results(round_, plan, settings, last=round_.seq == len(archive.rounds))
    round_.completed = all(debate.status == "confirmed" for debate in round_.debates)


def _draw(archive: Archive, round_: Round, settings: Settings, seed: int) -> None:
    """Draw the debates. They are numbered by lot, so that ids reveal no room rank."""
    snapshot = draw_snapshot(archive, round_.seq, settings)
    round_.draw_seed = derive_seed(seed, "draw", round_.seq)
    draw = generate(snapshot, seed=round_.draw_seed)
    before = sum(len(other.debates) for other in archive.rounds)
    numbers = list(range(before + 1, before + 1 + len(draw.debates)))
    derive_rng(seed, "numbers", round_.seq).shuffle(numbers)
    round_.debates = [
        Debate(
            id=f"D{number}", bracket=drawn.bracket, room_rank=drawn.room_rank,
            flags=list(drawn.flags), why=list(why),
            sides=[
                DebateSide(side=side.value, team=team, flags=list(drawn.team_flags.get(team, ())))
                for side, team in drawn.sides
            ],
        )
        for number, drawn, why in zip(
            numbers, draw.debates, explain(draw, snapshot), strict=True
        )
    ]


def _allocate(archive: Archive, round_: Round, settings: Settings, seed: int) -> None:
    seated = allocate_panels(
        panel_snapshot(archive, round_.seq, settings),
        seed=derive_seed(seed, "panels", round_.seq),
    )
    panels = {
        panel.debate: [
            *([] if panel.chair is None else [_member(panel.chair, Role.CHAIR)]),
            *(_member(judge, Role.PANELLIST) for judge in sorted(panel.panellists, key=id_key)),
            *(_member(judge, Role.TRAINEE) for judge in sorted(panel.trainees, key=id_key)),
        ]
        for panel in seated.panels
    }
    for debate in round_.debates:
        debate.panel = panels[debate.id]
    placed: Mapping[str, str | None] = allocate_rooms(
        room_snapshot(archive, round_.seq), seed=derive_seed(seed, "rooms", round_.seq)
    ).placed
    for debate in round_.debates:
        debate.venue = placed[debate.id]


def _member(judge: str, role: Role) -> PanelMember:
    return PanelMember(adjudicator=judge, role=role.value)
