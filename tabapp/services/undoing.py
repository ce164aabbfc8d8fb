"""What an undo or a redo may not leave behind: states that no page lets a person make.

The journal compares rows, so it knows nothing of a draw that ballots hang on without changing it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tabapp.core.errors import UserError
from tabapp.domain.formats import resolve
from tabapp.services.rounds import title_of
from tabapp.services.tournament_settings import FIXED_BY_DRAW
from tabapp.store.category_rows import list_category_rows
from tabapp.store.images import Image
from tabapp.store.setup_rows import list_setup_rounds
from tabapp.store.sheet_rows import papers_of_round
from tabapp.store.tournaments import get_round
from tabapp.store.unit import WriteUnit


def check_reversal(unit: WriteUnit) -> None:
    """Refuse what an undo or a redo has made of the tournament; any other unit is passed over.

    ``UserError`` ``undo_under_ballots``, ``undo_moves_teams``, ``undo_other_format`` or
    ``undo_under_bracket``.
    """
    if unit.header.undoes is not None:
        _check_ballots(unit)
        _check_seats(unit)
        _check_format(unit)
        _check_brackets(unit)


def _changed(unit: WriteUnit, table: str) -> Iterator[tuple[int, Image, Image]]:
    """Return the rows that were there before and are there now, with both images."""
    first: dict[int, Image | None] = {}
    last: dict[int, Image | None] = {}
    for one in unit.changes:
        if one.table == table:
            first.setdefault(one.row_id, one.before)
            last[one.row_id] = one.after
    for row_id, before in first.items():
        after = last[row_id]
        if before is not None and after is not None:
            yield row_id, before, after


def _check_ballots(unit: WriteUnit) -> None:
    """A confirmed draw with ballots stays confirmed; ballots that came back with it are its own."""
    moved = unit.touched.get("debate", set())
    for round_id, before, after in _changed(unit, "round"):
        was_open = before["status"] in ("confirmed", "released")
        if not was_open or after["status"] in ("confirmed", "released"):
            continue
        left = sum(debate not in moved for debate in papers_of_round(unit, round_id))
        if left:
            _owner, round_ = get_round(unit, round_id)
            raise UserError("undo_under_ballots", round=title_of(round_), count=left)


def _check_seats(unit: WriteUnit) -> None:
    """A ballot speaks of sides, so that under one the teams stay where they stand."""
    moved: dict[int, set[int]] = defaultdict(set)
    for _row, before, after in _changed(unit, "debate_side"):
        if before["team_id"] != after["team_id"]:
            moved[after["round_id"]].add(after["debate_id"])
    for round_id, debates in moved.items():
        papers = papers_of_round(unit, round_id)
        left = [papers[one] for one in debates if one in papers]
        count = sum(one.confirmed or one.entries > 0 for one in left)
        if count:
            _owner, round_ = get_round(unit, round_id)
            raise UserError("undo_moves_teams", round=title_of(round_), count=count)


def _check_format(unit: WriteUnit) -> None:
    """As many teams stay in a room as the draws that are there have."""
    for owner, before, after in _changed(unit, "tournament"):
        was, now = (
            resolve(one["preset"], one["settings"]).as_json()[FIXED_BY_DRAW]
            for one in (before, after))
        drawn = next((one for one in list_setup_rounds(unit, owner) if one.is_drawn), None)
        if was != now and drawn is not None:
            raise UserError("undo_other_format", round=drawn.title, teams=was)


def _check_brackets(unit: WriteUnit) -> None:
    """A break that an elimination round is drawn from stays."""
    gone = {
        one.before["break_category_id"] for one in unit.changes
        if one.table == "break_team" and one.before is not None and one.after is None}
    owner = unit.header.tournament
    if not gone or owner is None:
        return
    empty = {
        one.id: one.name for one in list_category_rows(unit, owner)
        if one.id in gone and not one.is_made}
    for round_ in list_setup_rounds(unit, owner):
        if round_.is_drawn and round_.category_id in empty:
            raise UserError(
                "undo_under_bracket", round=round_.title, category=empty[round_.category_id])
