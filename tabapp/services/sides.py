"""Sides that only hold the places: swapping them after a toss, and confirming them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from tabapp.core.errors import UserError
from tabapp.services.rounds import title_of
from tabapp.store.draw_rows import DebateRow, NewDebate, read_debates
from tabapp.store.elimination_rows import set_sides_confirmed
from tabapp.store.people_reads import team_names
from tabapp.store.sheet_rows import papers_of_round, reseat
from tabapp.store.tournaments import RoundRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit

_TWO = 2


def confirmed(debates: Sequence[NewDebate]) -> tuple[NewDebate, ...]:
    """Return debates to store whose sides hold, for work without a person at a screen."""
    return tuple(
        replace(one, drawn=replace(one.drawn, sides_confirmed=True)) for one in debates)


def unconfirmed(unit: ReadUnit, round_id: int) -> tuple[str, ...]:
    """Return the archive ids of the debates of a round whose sides nobody has confirmed."""
    return tuple(
        one.ref for one in read_debates(unit, round_id) if not one.drawn.sides_confirmed)


def confirm_sides(
    unit: WriteUnit, round_id: int, debates: Collection[str] | None = None
) -> int:
    """Confirm the sides of debates, by archive id, or of all; return of how many.

    Ballots are taken from then on. Refused where no side of them is left to confirm.
    """
    round_, rows = _open(unit, round_id)
    if debates is not None:
        rows = [_find(rows, ref, round_) for ref in debates]
    left = [one for one in rows if not one.drawn.sides_confirmed]
    if not left:
        raise UserError("sides_confirmed_already", round=title_of(round_))
    set_sides_confirmed(unit, [one.id for one in left])
    unit.describe(subject=title_of(round_), new=f"{len(left)} rooms")
    return len(left)


def swap_sides(
    unit: WriteUnit, round_id: int, debate: str, teams: tuple[str, str] | None = None
) -> None:
    """Let two teams of a debate, by archive id, change sides before they are confirmed.

    A room of two needs no ``teams``; in a room of four they say which two change.
    """
    round_, rows = _open(unit, round_id)
    room = _find(rows, debate, round_)
    drawn = room.drawn
    if drawn.sides_confirmed:
        raise UserError("sides_are_confirmed", debate=debate, round=title_of(round_))
    if room.id in papers_of_round(unit, round_id):
        raise UserError("sides_have_ballot", debate=debate)
    chosen = teams if teams is not None else drawn.teams
    if len(chosen) != _TWO or len({*chosen} & {*drawn.teams}) != _TWO:
        raise UserError("sides_of_four", debate=debate)
    one, other = chosen
    turned = {one: other, other: one}
    owner, _round = get_round(unit, round_id)
    after = replace(drawn, sides=tuple(
        (side, turned.get(team, team)) for side, team in drawn.sides))
    reseat(unit, owner.id, [(room.id, drawn)], [(after, room.why)])
    names = team_names(unit, owner.id)
    unit.describe(subject=f"{names[one]} and {names[other]} in {title_of(round_)}")


def decide_sides(unit: WriteUnit, round_id: int, debate: str, *, swapped: bool) -> None:
    """Store who stood where in a room that decided it itself, as its paper says."""
    if swapped:
        swap_sides(unit, round_id, debate)
    confirm_sides(unit, round_id, [debate])


def _open(unit: ReadUnit, round_id: int) -> tuple[RoundRow, list[DebateRow]]:
    """Return a round and its debates; refuse one that is not drawn, or completed."""
    _owner, round_ = get_round(unit, round_id)
    rows = read_debates(unit, round_id)
    if not rows:
        raise UserError("round_not_drawn", round=title_of(round_), seq=round_.seq)
    if round_.completed:
        raise UserError("round_is_completed", round=title_of(round_))
    return round_, rows


def _find(rows: Sequence[DebateRow], ref: str, round_: RoundRow) -> DebateRow:
    found = next((one for one in rows if one.ref == ref), None)
    if found is None:
        raise UserError("sides_no_debate", debate=ref, round=title_of(round_))
    return found
