"""Postponing a room, which then counts for nothing and holds nothing up, and resuming it."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage
from tabapp.services.rounds import title_of
from tabapp.store import schema
from tabapp.store.draw_rows import DebateRow, read_debates
from tabapp.store.sheet_rows import papers_of_round, read_names
from tabapp.store.timeline_rows import find_debate
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

POSTPONED = "postponed"


@dataclass(frozen=True, slots=True)
class MovedRoom:
    """A room that was postponed or resumed. ``sentence`` tells what that means, in full."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Found:
    settings: Settings
    round: RoundRow
    debate: DebateRow
    name: str


def postpone(unit: WriteUnit, debate_id: int) -> MovedRoom:
    """Let a room wait: no ballot is taken, and it is no meeting until it is resumed.

    Its judges, its room and an entry that nobody confirmed stay. Allowed while the setting
    ``enable_postponements`` is on, also in an elimination round, whose next round then waits for
    it. Refused: a bye, a completed round, a room with a confirmed ballot.
    """
    found = _find(unit, debate_id)
    if not found.settings.enable_postponements:
        raise UserError("postponements_off")
    facts = {"room": found.name, "round": title_of(found.round)}
    if found.debate.status == POSTPONED:
        raise UserError("postponed_already", **facts)
    if found.debate.drawn.sides[0][0] is Side.BYE:
        raise UserError("postpone_bye", **facts)
    paper = papers_of_round(unit, found.round.id).get(debate_id)
    if paper is not None and paper.confirmed:
        raise UserError("postpone_has_result", **facts)
    _move(unit, found, POSTPONED)
    code = "postponed_elimination" if found.round.stage == Stage.ELIMINATION else "postponed_told"
    return MovedRoom(found.name, word(code, facts))


def resume(unit: WriteUnit, debate_id: int) -> MovedRoom:
    """Let a postponed room be debated after all: it stands again as its ballots say.

    Allowed with ``enable_postponements`` off too, or a room could never come back.
    """
    found = _find(unit, debate_id)
    facts = {"room": found.name, "round": title_of(found.round)}
    if found.debate.status != POSTPONED:
        raise UserError("not_postponed", **facts)
    paper = papers_of_round(unit, found.round.id).get(debate_id)
    status = "none"
    if paper is not None and (paper.confirmed or paper.entries):
        status = "confirmed" if paper.confirmed else "draft"
    _move(unit, found, status)
    return MovedRoom(found.name, word("resumed_told", facts))


def cannot_postpone(settings: Settings) -> str:
    """Return why no room of a tournament can be postponed, "" where rooms can."""
    return "" if settings.enable_postponements else word("postponements_off", {})


def _find(unit: ReadUnit, debate_id: int) -> _Found:
    place = find_debate(unit, debate_id)
    if place is None:
        raise UserError("debate_unknown", debate=debate_id)
    owner, round_ = get_round(unit, place.round_id)
    if round_.completed:
        raise UserError("round_is_completed", round=title_of(round_))
    debate = next(one for one in read_debates(unit, round_.id) if one.id == debate_id)
    venues = read_names(unit, owner.id).venues
    name = venues.get(debate.venue or "", "") or f"Debate {debate.drawn.room_rank}"
    return _Found(owner.settings, round_, debate, name)


def _move(unit: WriteUnit, found: _Found, status: str) -> None:
    unit.move(schema.debate, [found.debate.id], status=(found.debate.status, status))
    unit.describe(subject=f"{found.name} in {title_of(found.round)}")
