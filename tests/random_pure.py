"""Random tournaments through the pure domain: no file, no queue, every draw audited."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from tabapp.core.errors import TabappError
from tabapp.domain import records
from tabapp.domain.archive import Archive, Debate, Round
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import generate
from tabapp.domain.formats import Settings
from tabapp.domain.simulation import derive_rng
from tabapp.domain.snapshots import result_data
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.domain.types import DrawnDebate, DrawSnapshot, DrawType, ResultData, Side
from tests.random_checks import Faults, in_full, table_differences
from tests.random_comparisons import SHOWN_OF_SPEAKERS, SHOWN_OF_TEAMS, all_differences
from tests.random_shapes import Shape

MADE_TWICE = 4
"""One tournament in so many is made twice; it takes as long as all else."""


def try_pure(shape: Shape) -> Faults:
    """Make one random tournament, and hold draws, bytes and tables against second ones."""
    faults = Faults()
    try:
        archive = shape.make(play=True)
        written = archive.model_dump_json()
        if shape.seed % MADE_TWICE == 0:
            again = shape.make(play=True).model_dump_json()
            faults.unless(again == written, "the same seed gives other bytes")
        check_archive(archive, json.loads(written), shape.rules, shape.seed, faults)
    except TabappError as error:
        faults.append(f"{type(error).__name__}: {error}")
    return faults


def check_archive(
    archive: Archive, document: dict[str, object], settings: Settings, seed: int, faults: Faults
) -> None:
    """Hold the draws and the tables of a played tournament against second ones."""
    data = result_data(archive, settings)
    for round_ in archive.rounds:
        check_round(round_, snapshot_of(round_, data, settings), seed, faults)
    teams = team_standings(
        data, metrics=settings.team_standings_precedence, extra=SHOWN_OF_TEAMS)
    speakers = speaker_standings(
        data, metrics=settings.speaker_standings_precedence, extra=SHOWN_OF_SPEAKERS,
        missable=settings.standings_missed_debates)
    document = in_full(document, settings)
    faults += table_differences(teams, speakers, document, settings)
    faults += all_differences(
        document, data, settings.team_standings_precedence, derive_rng(seed, "tables"),
        two_team=settings.teams_in_debate == 2, remarks={})


def snapshot_of(round_: Round, data: ResultData, settings: Settings) -> DrawSnapshot:
    """Return what the round was drawn from."""
    return records.draw_snapshot(
        data, settings, round_seq=round_.seq, draw_type=DrawType(round_.draw_type),
        present={side.team for debate in round_.debates for side in debate.sides},
        allocated={team: Side(side) for team, side in round_.side_allocations.items()},
    )


def check_round(round_: Round, snapshot: DrawSnapshot, seed: int, faults: Faults) -> None:
    """Draw a round again with its teams in another order, and audit it."""
    teams = list(snapshot.teams)
    derive_rng(seed, "order", round_.seq).shuffle(teams)
    again = generate(replace(snapshot, teams=tuple(teams)), seed=round_.draw_seed or 0)
    tossed = any(not one.sides_confirmed for one in again.debates)
    faults.unless(
        _rooms(again.debates, tossed) == _rooms(as_drawn(round_.debates), tossed),
        f"round {round_.seq}: drawn from teams in another order it is another draw")
    faults.judge(audit_draw(snapshot, again.debates, seed=round_.draw_seed))


def as_drawn(debates: Iterable[Debate]) -> list[DrawnDebate]:
    """Return stored debates as the auditor reads them."""
    return [
        DrawnDebate(
            bracket=debate.bracket or 0.0, room_rank=debate.room_rank,
            sides=tuple((Side(side.side), side.team) for side in debate.sides),
            flags=tuple(debate.flags),
            team_flags={side.team: tuple(side.flags) for side in debate.sides if side.flags},
        )
        for debate in debates
    ]


def _rooms(debates: Iterable[DrawnDebate], tossed: bool) -> list[tuple[object, ...]]:
    """Return what is drawn of each room; ``tossed`` leaves out who took which side."""
    return sorted(
        (
            one.room_rank, one.bracket, sorted(one.teams) if tossed else list(one.sides),
            sorted(one.flags),
            sorted((team, sorted(flags)) for team, flags in one.team_flags.items() if flags),
        )
        for one in debates
    )
