"""What is released now, for the console: rounds, standings, breaks that were asked for, awards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tabapp.core.errors import UserError
from tabapp.domain.public import (
    PublicAward,
    PublicBallots,
    PublicBreak,
    PublicRound,
    PublicStandings,
)
from tabapp.services.award_views import public_awards
from tabapp.services.award_waits import AwardWaits, read_waits
from tabapp.services.public import read_public
from tabapp.services.public_ballots import read_public_ballots
from tabapp.services.public_break import Announced, BreakWish, public_break
from tabapp.services.public_standings import public_standings
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Released:
    """What is released of the round that is looked at, of the one that is live, and of the rest.

    ``breaks`` are those that were asked for, and only they.
    """

    tournament: str
    round_id: int | None
    here: PublicRound | None
    live_id: int | None
    live: PublicRound | None
    awards: tuple[PublicAward, ...] = ()
    waits: AwardWaits = field(default_factory=lambda: AwardWaits({}))
    standings: PublicStandings | None = None
    breaks: Mapping[BreakWish, Announced] = field(default_factory=dict)
    ballots: PublicBallots | None = None
    live_ballots: PublicBallots | None = None


def read_released(
    unit: ReadUnit, tournament_id: int, here_id: int | None, live_id: int | None,
    wishes: Iterable[BreakWish] = (), now: datetime | None = None,
) -> Released:
    """Read it; a round that was deleted in the meantime is None.

    ``now``: by which ballots are late; without it nothing is said of ballots.
    """
    here = _public(unit, here_id)

    def ballots(round_id: int | None) -> PublicBallots | None:
        if round_id is None or now is None:
            return None
        return read_public_ballots(unit, tournament_id, round_id, now)

    in_preview = ballots(here_id)
    return Released(
        get_tournament(unit, tournament_id).name, here_id, here, live_id,
        here if live_id == here_id else _public(unit, live_id),
        public_awards(unit, tournament_id), read_waits(unit, tournament_id),
        public_standings(unit, tournament_id),
        {one: public_break(unit, tournament_id, one) for one in wishes},
        in_preview, in_preview if live_id == here_id else ballots(live_id))


Public = tuple[
    PublicRound | None, str, tuple[PublicAward, ...], PublicStandings | None, PublicBreak | None,
    PublicBallots | None,
]
"""What a slide is made of, in the order of ``make_slide``."""


def public_parts(data: Released | None, words: str, breaking: PublicBreak | None) -> Public:
    """Return what a slide in preview may be made of; nothing before anything was read."""
    if data is None:
        return None, words, (), None, breaking, None
    return data.here, words, data.awards, data.standings, breaking, data.ballots


def _public(unit: ReadUnit, round_id: int | None) -> PublicRound | None:
    if round_id is None:
        return None
    try:
        return read_public(unit, round_id)
    except UserError:
        return None
