"""Working suggestions out: what is looked at, and what stands out in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tabapp.core.errors import UserError
from tabapp.core.revisions import Revision
from tabapp.domain.allocation.board import Board
from tabapp.domain.attention import (
    JudgeRecord,
    Mark,
    Registered,
    Scale,
    Suggestion,
    TeamResult,
)
from tabapp.domain.attention.ballots import suggest_ballots
from tabapp.domain.attention.judges import suggest_scores
from tabapp.domain.attention.registration import suggest_registration
from tabapp.domain.attention.swaps import suggest_swaps
from tabapp.domain.formats import Settings
from tabapp.domain.types import Tick, no_tick
from tabapp.services import panels
from tabapp.store import suggestion_sources as sources
from tabapp.store import topics
from tabapp.store.refs import Refs
from tabapp.store.suggestion_rows import Changes, replace_rows
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

TOPICS = (
    topics.RESULTS, topics.PEOPLE, topics.SETTINGS, topics.FEEDBACK, topics.ROUNDS, topics.DRAWS,
    topics.PANELS, "availability",
)
"""What suggestions are made from."""
UNSET_SCORE = 0.0
"""The base score of a judge to whom nobody gave one."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What suggestions are made from; read once, looked at without a lock."""

    owner: TournamentRow
    revision: Revision
    marks: list[Mark]
    results: list[TeamResult]
    judges: list[JudgeRecord]
    people: Registered
    boards: tuple[Board, ...]


def read_sources(unit: ReadUnit, tournament_id: int, subject: str | None = None) -> Sources:
    """Read everything; ``subject`` must be a team, speaker or judge here if it is given."""
    owner = get_tournament(unit, tournament_id)
    if subject is not None:
        refs = Refs.load(unit, tournament_id, "team", "speaker", "adjudicator")
        if not any(subject in refs.all(one) for one in ("team", "speaker", "adjudicator")):
            raise UserError("suggestion_about_nobody", subject=subject)
    return Sources(
        owner, unit.revision(tournament_id, *TOPICS), sources.read_marks(unit, tournament_id),
        sources.read_team_results(unit, tournament_id), sources.read_judges(unit, tournament_id),
        sources.read_registered(
            unit, tournament_id, owner.settings.substantive_speakers, UNSET_SCORE),
        tuple(
            panels.read_board(unit, round_id)
            for round_id in sources.rounds_to_seat(unit, tournament_id)))


def find(found: Sources, tick: Tick = no_tick) -> list[Suggestion]:
    """Look at all of it; ``tick`` counts the kinds."""
    settings = found.owner.settings
    steps: tuple[Callable[[], list[Suggestion]], ...] = (
        lambda: suggest_ballots(
            found.marks, found.results,
            Scale(settings.score_min, settings.score_max, settings.score_step),
            _reply_scale(settings)),
        lambda: suggest_scores(found.judges, settings.adj_min_score, settings.adj_max_score),
        lambda: [one for board in found.boards for one in suggest_swaps(board)],
        lambda: suggest_registration(found.people),
    )
    suggestions: list[Suggestion] = []
    for done, step in enumerate(steps, start=1):
        suggestions += step()
        tick(done, len(steps))
    return suggestions


def _reply_scale(settings: Settings) -> Scale | None:
    if not settings.reply_scores_enabled:
        return None
    return Scale(settings.reply_score_min, settings.reply_score_max, settings.reply_score_step)


def store(
    unit: WriteUnit, tournament_id: int, found: Sequence[Suggestion], now: datetime,
    subject: str | None = None,
) -> Changes:  # fmt: skip
    """Make these the suggestions, or those about one ``subject``; what is the same stays."""
    return replace_rows(unit, tournament_id, found, now, about=subject)
