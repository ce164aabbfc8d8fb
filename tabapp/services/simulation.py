"""Made-up results for a round that is drawn, as people would hand them in."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.revisions import Revision
from tabapp.domain.archive import Archive, Round
from tabapp.domain.simulation import (
    derive_seed,
    line_ups,
    make_talent,
    simulate_round,
)
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.store import topics
from tabapp.store.archive_out import read_archive
from tabapp.store.draw_rows import read_debates, update_round
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class SimulationInput:
    """A drawn round, and everybody who takes part."""

    owner: TournamentRow
    round: RoundRow
    archive: Archive
    played: Round
    decided: frozenset[str]
    revision: Revision


def read_input(unit: ReadUnit, round_id: int) -> SimulationInput:
    """Read a round; refuse one without a draw."""
    owner, round_ = get_round(unit, round_id)
    archive = read_archive(unit, owner.id, ballots=False)
    played = next(one for one in archive.rounds if one.seq == round_.seq)
    if not played.debates:
        raise UserError(
            "round_not_drawn", round=round_.name or f"Round {round_.seq}", seq=round_.seq)
    return SimulationInput(
        owner=owner, round=round_, archive=archive, played=played,
        decided=frozenset(
            one.ref for one in read_debates(unit, round_id) if one.has_result),
        revision=unit.revision(
            owner.id, topics.RESULTS, topics.PEOPLE, topics.SETTINGS,
            topics.draw_of(round_.seq), topics.panels_of(round_.seq),
        ),
    )


def play(found: SimulationInput, *, seed: int) -> list[Entry]:
    """Return a ballot for each debate without a result, and never for one that people decided.

    The same seed and people give the same ballots.
    """
    made = simulate_round(
        found.played, make_talent(found.archive, seed), found.owner.settings,
        seed=derive_seed(seed, "results", found.round.seq), speakers=line_ups(found.archive),
        last=_is_final(found.archive, found.played),
        criteria=found.archive.tournament.criteria,
    )
    return [
        Entry(found.round.seq, debate, ballot.model_copy(update={"entered_by": "simulation"}))
        for debate, ballot in made.items() if debate not in found.decided
    ]


def _is_final(archive: Archive, played: Round) -> bool:
    """Tell whether a round is the last of its category, from which one team goes on.

    A single room is no sign of it: a break of six begins with one.
    """
    last = max(
        (one for one in archive.rounds
         if one.stage == played.stage and one.break_category == played.break_category),
        key=lambda one: one.seq)
    return played.stage == "elimination" and last.seq == played.seq


def store(unit: WriteUnit, found: SimulationInput, entries: list[Entry]) -> int:
    """Confirm the ballots and complete the round; return how many were entered."""
    entered, _warnings = enter_ballots(unit, found.owner, entries)
    update_round(unit, found.round.id, status="released", completed=True, motions_released=True)
    return entered
