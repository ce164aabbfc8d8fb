"""Plays the rounds of a made-up tournament: draw, judges, rooms, results, and what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping

from tabapp.domain.allocation import (
    allocate_panels,
    allocate_rooms,
    panel_snapshot,
    room_snapshot,
)
from tabapp.domain.archive import Archive, Debate, DebateSide, PanelMember, Round
from tabapp.domain.draw import explain, generate
from tabapp.domain.formats import Settings
from tabapp.domain.simulation.chaos import (
    Plan,
    choose_forfeits,
    disturb_results,
    is_redrawn,
    postpone,
)
from tabapp.domain.simulation.scores import simulate_round
from tabapp.domain.simulation.seeds import derive_rng, derive_seed
from tabapp.domain.simulation.talent import Talent, line_ups
from tabapp.domain.snapshots import draw_snapshot
from tabapp.domain.types import Draw, DrawSnapshot, Role, id_key


def play_round(
    archive: Archive, round_: Round, settings: Settings, talent: Talent, plan: Plan
) -> None:
    """Draw the round, seat judges, place debates and confirm results, all in ``archive``."""
    snapshot = draw_snapshot(archive, round_.seq, settings)
    attempts = ("draw", "redraw") if is_redrawn(round_, plan) else ("draw",)
    for attempt in attempts:  # of a draw that is made again nothing is kept
        round_.draw_seed = derive_seed(talent.seed, attempt, round_.seq)
        draw = generate(snapshot, seed=round_.draw_seed)
        _place(archive, round_, draw, snapshot, talent.seed)
    _allocate(archive, round_, settings, talent.seed)
    _decide_sides(round_, talent.seed)
    round_.status = "released"
    round_.motions_released = True
    postpone(round_, plan, settings)
    ballots = simulate_round(
        round_, talent, settings, seed=talent.seed, speakers=line_ups(archive),
        irons=plan.irons.get(round_.seq), forfeits=choose_forfeits(round_, plan),
        criteria=archive.tournament.criteria,
    )
    for debate in round_.debates:
        if debate.id in ballots:
            debate.ballots = [ballots[debate.id]]
            debate.status = "confirmed"
    disturb_results(round_, plan, settings, last=round_.seq == len(archive.rounds))
    round_.completed = all(
        debate.status in {"confirmed", "postponed"} or len(debate.sides) == 1
        for debate in round_.debates
    )


def _place(
    archive: Archive, round_: Round, draw: Draw, snapshot: DrawSnapshot, seed: int
) -> None:
    """Write the drawn debates. They are numbered by lot, so that ids reveal no room rank."""
    round_.debates = []
    before = sum(len(other.debates) for other in archive.rounds)
    numbers = list(range(before + 1, before + 1 + len(draw.debates)))
    derive_rng(seed, "numbers", round_.seq).shuffle(numbers)
    round_.debates = [
        Debate(
            id=f"D{number}", bracket=drawn.bracket, room_rank=drawn.room_rank,
            flags=list(drawn.flags), why=list(why), sides_confirmed=drawn.sides_confirmed,
            sides=[
                DebateSide(side=side.value, team=team, flags=list(drawn.team_flags.get(team, ())))
                for side, team in drawn.sides
            ],
        )
        for number, drawn, why in zip(
            numbers, draw.debates, explain(draw, snapshot), strict=True
        )
    ]


def _decide_sides(round_: Round, seed: int) -> None:
    """Let the teams decide their sides where the draw leaves that to the room."""
    rng = derive_rng(seed, "toss", round_.seq)
    for debate in sorted(round_.debates, key=lambda debate: id_key(debate.id)):
        if not debate.sides_confirmed:
            first, second = debate.sides
            if rng.random() < 0.5:
                first.team, second.team = second.team, first.team
                first.flags, second.flags = second.flags, first.flags
            debate.sides_confirmed = True


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
    placed: Mapping[str, str | None] = allocate_rooms(
        room_snapshot(archive, round_.seq), seed=derive_seed(seed, "rooms", round_.seq)
    ).placed
    for debate in round_.debates:
        if len(debate.sides) > 1:  # a bye needs neither
            debate.panel = panels[debate.id]
            debate.venue = placed[debate.id]


def _member(judge: str, role: Role) -> PanelMember:
    return PanelMember(adjudicator=judge, role=role.value)
