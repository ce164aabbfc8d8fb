"""When the ballots of a round were entered and confirmed, as the journal knows, read quickly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from tabapp.domain.types import Side
from tabapp.store.schema import action, ballot, change, debate, debate_side
from tabapp.store.times import readable
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class PaceRow:
    """A debate that owes a ballot: when one was entered first, and when that in force counted."""

    debate_id: int
    entered: datetime | None = None
    confirmed: datetime | None = None


def pace_of_round(unit: ReadUnit, round_id: int) -> list[PaceRow]:
    """Return the debates of a round but byes and those that are postponed."""
    bye = exists().where(
        debate_side.c.debate_id == debate.c.id, debate_side.c.side == Side.BYE.value)
    debates = [row for (row,) in unit.fetch(
        select(debate.c.id).where(
            debate.c.round_id == round_id, debate.c.status != "postponed", ~bye))]
    papers = {
        row_id: (debate_id, status) for row_id, debate_id, status in unit.fetch(
            select(ballot.c.id, ballot.c.debate_id, ballot.c.status)
            .join(debate, debate.c.id == ballot.c.debate_id)
            .where(debate.c.round_id == round_id))}
    entered: dict[int, datetime] = {}
    confirmed: dict[int, datetime] = {}
    for part in chunks(sorted(papers)):
        for row_id, text, was, now in unit.fetch(
            select(
                change.c.row_id, action.c.at, change.c.before["status"].as_string(),
                change.c.after["status"].as_string())
            .join(action, action.c.id == change.c.action_id)
            .where(change.c.table_name == ballot.name, change.c.row_id.in_(part))
            .order_by(change.c.action_id, change.c.n)
        ):
            at, (debate_id, status) = readable(text), papers[row_id]
            if at is None or now is None:
                continue
            if was is None:
                entered[debate_id] = min(at, entered.get(debate_id, at))
            if status == "confirmed" and now == "confirmed" != was:
                confirmed[debate_id] = at
    return [PaceRow(one, entered.get(one), confirmed.get(one)) for one in debates]
