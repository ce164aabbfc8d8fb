"""How the sheets of a panel stand while they are typed: whom each judge votes for, what is decided.

The arithmetic is that of the results; this only asks it early.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.ballots import DebateResult, decide, result_type
from tabapp.domain.ballots.panel import Vote, read_votes
from tabapp.domain.ballots.paper import DECIMALS
from tabapp.domain.types import Role, Side
from tabapp.services.ballot_bundle import Bundle, ballot_of_bundle
from tabapp.services.ballot_fields import Asks, SheetForm
from tabapp.services.ballot_typed import running


@dataclass(frozen=True, slots=True)
class JudgeStands:
    """One judge's sheet: totals by side, the vote and its margin, None where they are not known.

    ``wants_winner``: every mark is there, and who won is still to be ticked.
    """

    ref: str
    name: str
    role: Role
    totals: Mapping[Side, float]
    vote: Side | None
    margin: float | None
    to_go: int
    wants_winner: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class PanelStands:
    """All sheets of a room. ``scores`` are team scores as results use them, where all is there.

    ``winner`` is None while a vote is missing, and where nobody wins.
    """

    judges: tuple[JudgeStands, ...]
    scores: Mapping[Side, float]
    winner: Side | None
    given: Mapping[Side, int]
    margin: float | None

    @property
    def to_come(self) -> int:
        """Return how many sheets are not done."""
        return sum(not one.is_done for one in self.judges)


def panel_stands(form: SheetForm, bundle: Bundle) -> PanelStands:
    """Count what is typed; a room that hands in one sheet has no judges to count."""
    if not form.judges:
        return PanelStands((), {}, None, {}, None)
    ballot = ballot_of_bundle(form, bundle)
    kind = result_type(form.settings, form.context.stage, len(form.seats))
    votes = read_votes(ballot, form.context, form.settings, kind)
    cast = {one.judge: one for one in votes.cast}
    judges = tuple(
        _judge(form, bundle, at, cast.get(seat.ref)) for at, seat in enumerate(form.judges))
    if any(not one.is_done for one in judges):
        return PanelStands(judges, {}, None, {}, None)
    result = decide(ballot, form.context, form.settings)
    return PanelStands(
        judges, {one.side: one.score for one in result.teams if one.score is not None},
        _winner(result), {seat.side: votes.given(seat.side) for seat in form.seats},
        _margin(result))


def _winner(result: DebateResult) -> Side | None:
    return next((one.side for one in result.teams if one.win), None)


def _margin(result: DebateResult) -> float | None:
    margins = [abs(one.margin) for one in result.teams if one.margin is not None]
    return round(margins[0], DECIMALS) if margins else None


def _judge(form: SheetForm, bundle: Bundle, at: int, vote: Vote | None) -> JudgeStands:
    seat = form.judges[at]
    typed = bundle.sheet(seat.ref)
    contested = len(form.seats) - len(bundle.forfeits) > 1
    stands = running(form, typed)
    scored = form.asks is Asks.SCORES
    to_go = stands.to_go if scored and contested else 0
    wants = form.asks_winners and contested and not typed.winners
    known = not to_go and not wants and vote is not None
    side = vote.side if vote is not None and known and form.is_contest else None
    margin = None
    if side is not None and len(stands.totals) > 1:
        margin = round(
            stands.totals[side] - max(
                total for other, total in stands.totals.items() if other is not side), DECIMALS)
    done = not to_go and not wants and (side is not None or not form.is_contest or not contested)
    return JudgeStands(
        seat.ref, seat.name, seat.role, stands.totals, side, margin, to_go,
        wants and not to_go, done)
