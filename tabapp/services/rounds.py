"""What may be done to a round: confirm, release, complete, and each of them back again."""

from __future__ import annotations

import re

from tabapp.core.errors import UserError
from tabapp.domain.types import Side
from tabapp.services import round_setup
from tabapp.store.draw_rows import delete_draw as delete_debates
from tabapp.store.draw_rows import read_debates, round_progress, update_round
from tabapp.store.sheet_rows import RoundFacts, papers_of_round, round_facts, standing_of_draw
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "RoundFacts", "check_seen", "complete_round", "confirm_draw", "delete_draw", "release_draw",
    "reopen_round", "round_facts", "set_start", "start_words", "title_of",
    "unconfirm_draw", "unrelease_draw",
]

_STORED = re.compile(r"(?:\d{4}-\d{2}-\d{2}[T ])?(\d{1,2}:\d{2})")


def title_of(round_: RoundRow) -> str:
    """Return what a round is called."""
    return round_.name or f"Round {round_.seq}"


def _drawn(unit: ReadUnit, round_id: int) -> RoundRow:
    """Return a round that has a draw and is not completed; refuse another."""
    owner, round_ = get_round(unit, round_id)
    progress = next(one for one in round_progress(unit, owner.id) if one.seq == round_.seq)
    if not progress.debates:
        raise UserError("round_not_drawn", round=title_of(round_), seq=round_.seq)
    if round_.completed:
        raise UserError("round_is_completed", round=title_of(round_))
    return round_


def confirm_draw(unit: WriteUnit, round_id: int) -> None:
    """Confirm a draft: its rooms take judges and ballots, and its teams have met."""
    round_ = _drawn(unit, round_id)
    if round_.status != "draft":
        raise UserError("draw_confirmed_already", round=title_of(round_))
    update_round(unit, round_id, status="confirmed")


def unconfirm_draw(unit: WriteUnit, round_id: int) -> None:
    """Make a confirmed draw a draft again; refused once it is released or has ballots."""
    round_ = _drawn(unit, round_id)
    if round_.status == "released":
        raise UserError("draw_is_released", round=title_of(round_))
    if round_.status == "draft":
        raise UserError("draw_is_draft", round=title_of(round_))
    ballots = len(papers_of_round(unit, round_id))
    if ballots:
        raise UserError("draw_has_ballots", round=title_of(round_), count=ballots)
    update_round(unit, round_id, status="draft")


def check_seen(unit: ReadUnit, round_: RoundRow, seen: str) -> None:
    """Refuse what a person was asked about a draw that has changed since the question.

    ``seen`` is the ``standing`` of the sheet that the person saw, "" where nobody was asked.
    """
    if seen and seen != standing_of_draw(unit, round_.id):
        raise UserError("draw_seen_otherwise", round=title_of(round_))


def delete_draw(unit: WriteUnit, round_id: int, *, seen: str = "") -> int:
    """Delete a draw with its panels, rooms and ballots; return how many rooms it had."""
    round_ = _drawn(unit, round_id)
    check_seen(unit, round_, seen)
    gone = delete_debates(unit, round_id)
    update_round(
        unit, round_id, status="none", completed=False, draw_seed=None, draw_record=None)
    unit.describe(subject=title_of(round_), old=f"{gone} rooms")
    return gone


def release_draw(unit: WriteUnit, round_id: int, *, reason: str = "") -> None:
    """Let the hall see a draw; ``reason`` is why warnings were accepted."""
    round_ = _drawn(unit, round_id)
    if round_.status == "draft":
        raise UserError("release_unconfirmed", round=title_of(round_))
    if round_.status == "released":
        raise UserError("draw_released_already", round=title_of(round_))
    update_round(unit, round_id, status="released")
    if reason.strip():
        unit.describe(new=reason.strip())


def unrelease_draw(unit: WriteUnit, round_id: int) -> None:
    """Take a draw back from the hall; it stays confirmed, and ballots stay."""
    round_ = _drawn(unit, round_id)
    if round_.status != "released":
        raise UserError("draw_not_released", round=title_of(round_))
    update_round(unit, round_id, status="confirmed")


def complete_round(unit: WriteUnit, round_id: int, *, reason: str = "") -> None:
    """Complete a round. Where ballots are missing, a reason is asked for, and it is kept."""
    round_ = _drawn(unit, round_id)
    if round_.status == "draft":
        raise UserError("complete_unconfirmed", round=title_of(round_))
    papers = papers_of_round(unit, round_id)
    missing = [
        one for one in read_debates(unit, round_id)
        if one.status != "postponed" and one.drawn.sides[0][0] is not Side.BYE
        and not (one.id in papers and papers[one.id].confirmed)
    ]
    if missing and not reason.strip():
        raise UserError("complete_without_reason", round=title_of(round_), count=len(missing))
    update_round(unit, round_id, completed=True)
    if missing:
        unit.describe(old=f"{len(missing)} ballots missing", new=reason.strip())


def reopen_round(unit: WriteUnit, round_id: int) -> None:
    """Open a completed round again; its results count as before."""
    _owner, round_ = get_round(unit, round_id)
    if not round_.completed:
        raise UserError("round_not_completed", round=title_of(round_))
    update_round(unit, round_id, completed=False)


def start_words(starts_at: str | None) -> str:
    """Return the time of day of a stored start; an imported one may have a date, or be anything.

    >>> start_words("2026-03-01T14:30:00"), start_words("14:30"), start_words(None)
    ('14:30', '14:30', '')
    """
    found = _STORED.match(starts_at or "")
    return found[1] if found else (starts_at or "")


def set_start(unit: WriteUnit, round_id: int, text: str) -> str | None:
    """Set when a round starts, as a person types it; return it as ``start_words`` shows it.

    A time of day alone keeps the day that is stored; nothing takes the whole start out.
    ``UserError`` for what is no time.
    """
    owner, round_ = get_round(unit, round_id)
    start = round_setup.set_start(unit, owner.id, round_id, text)
    unit.describe(subject=title_of(round_), new=start or "")
    return start_words(start) or None
