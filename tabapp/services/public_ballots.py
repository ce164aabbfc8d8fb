"""What the hall may see of the ballots of a round: how many are in, and which rooms are out."""

from __future__ import annotations

from datetime import datetime

from tabapp.domain.public import PublicBallots, PublicOut, sort_key
from tabapp.services.ballot_desk import read_desk
from tabapp.services.chase import minutes_late
from tabapp.store.desk_reads import read_round_head
from tabapp.store.unit import ReadUnit


def read_public_ballots(
    unit: ReadUnit, tournament: int, round_id: int, now: datetime
) -> PublicBallots | None:
    """Return it; None for a round whose draw is not released, or that is gone."""
    head = read_round_head(unit, round_id)
    if head is None or head.status != "released":
        return None
    desk = read_desk(unit, tournament, round_id, now)
    out = [
        PublicOut(one.name, one.row.runner, minutes_late(one, desk.end, now))
        for one in desk.rooms if one.is_out]
    return PublicBallots(
        head.name or f"Round {head.seq}", desk.expected,
        tuple(sorted(out, key=lambda one: sort_key(one.room))))
