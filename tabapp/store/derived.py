"""Results that follow from confirmed ballots, kept true by a hook in every write unit.

Whatever confirms, corrects, undoes or imports a ballot, or postpones a debate, changes the rows of
``result_team`` and ``result_speech`` in the same transaction, so they can never disagree.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, select

from tabapp.domain.ballots import DebateContext, DebateResult, decide
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side, Stage
from tabapp.store.ballot_reads import ballot_refs, last_elimination_rounds
from tabapp.store.ballot_rows import read_ballots
from tabapp.store.refs import Refs
from tabapp.store.schema import (
    ballot,
    debate,
    debate_side,
    result_speech,
    result_team,
    round_,
    standing,
)
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

CHUNK = 500


def refresh_results(unit: WriteUnit) -> None:
    """Derive the results of every debate that this unit touched; a hook of ``Database``.

    The cached tables of a tournament that was taken back go with it.
    """
    gone = [
        one.row_id for one in unit.changes if one.table == "tournament" and one.after is None
    ]
    if gone:
        unit.execute(delete(standing).where(standing.c.tournament_id.in_(gone)))
    debates = _touched(unit)
    if not debates:
        return
    owners: dict[int, list[int]] = defaultdict(list)
    ordered = sorted(debates)
    for start in range(0, len(ordered), CHUNK):
        part = ordered[start:start + CHUNK]
        for table in (result_team, result_speech):
            unit.execute(delete(table).where(table.c.debate_id.in_(part)))
        for debate_id, owner in unit.fetch(
            select(debate.c.id, debate.c.tournament_id).where(debate.c.id.in_(part))
        ):
            owners[owner].append(debate_id)
    for owner, ids in owners.items():
        settings = get_tournament(unit, owner).settings
        for start in range(0, len(ids), CHUNK):
            _derive(unit, owner, ids[start:start + CHUNK], settings)


def _touched(unit: WriteUnit) -> set[int]:
    """Return the debates whose results may have changed in this unit."""
    found: set[int] = set()
    for change in unit.changes:
        before, after = change.before or {}, change.after or {}
        if change.table == "ballot":
            if "confirmed" in (before.get("status"), after.get("status")):
                found.add((before or after)["debate_id"])
        elif change.table == "debate_side":
            if before or after["side"] == Side.BYE:
                found.add((before or after)["debate_id"])
        elif change.table == "debate":
            if before and before["status"] != after.get("status"):
                found.add(change.row_id)
        elif change.table == "tournament" and before and after:
            found.update(
                row for (row,) in unit.fetch(
                    select(debate.c.id).where(debate.c.tournament_id == change.row_id)
                )
            )
    return found


def _derive(unit: WriteUnit, owner: int, debates: list[int], settings: Settings) -> None:
    refs = ballot_refs(unit, owner)
    contexts = _contexts(unit, owner, debates, refs)
    confirmed = read_ballots(
        unit, refs, (ballot.c.status == "confirmed") & debate.c.id.in_(debates)
    )
    teams: list[dict[str, Any]] = []
    speeches: list[dict[str, Any]] = []
    for debate_id, (round_id, context) in contexts.items():
        if debate_id in confirmed:
            result = decide(confirmed[debate_id][0][1], context, settings)
            place = {"debate_id": debate_id, "round_id": round_id}
            teams += [place | row for row in _team_rows(result, refs)]
            speeches += [place | row for row in _speech_rows(result, refs)]
        elif context.sides[0][0] is Side.BYE and settings.bye_team_results == "points":
            teams.append({
                "debate_id": debate_id, "round_id": round_id, "side": "bye", "rank": None,
                "team_id": refs.id("team", context.sides[0][1]), "points": 1.0, "win": 1,
                "score": None, "margin": None, "votes_given": None, "votes_possible": None,
                "has_ghost": False, "forfeit": False,
            })
    if teams:
        unit.execute(result_team.insert(), teams)
    if speeches:
        unit.execute(result_speech.insert(), speeches)


def _contexts(
    unit: ReadUnit, owner: int, debates: list[int], refs: Refs
) -> dict[int, tuple[int, DebateContext]]:
    """Return debate id -> (round id, context) of the debates that count."""
    rows = unit.fetch(
        select(
            debate_side.c.debate_id, debate_side.c.side, debate_side.c.team_id, round_.c.id,
            round_.c.seq, round_.c.stage,
        )
        .join(debate, debate.c.id == debate_side.c.debate_id)
        .join(round_, round_.c.id == debate.c.round_id)
        .where(debate.c.id.in_(debates), debate.c.status != "postponed")
        .order_by(debate_side.c.debate_id, debate_side.c.id)
    )
    last = last_elimination_rounds(unit, owner)
    sides: dict[int, list[tuple[Side, str]]] = defaultdict(list)
    heads: dict[int, tuple[int, int, str]] = {}
    for debate_id, side, team_id, round_id, seq, stage in rows:
        sides[debate_id].append((Side(side), refs.ref("team", team_id)))
        heads[debate_id] = (round_id, seq, stage)
    order = list(Side)
    return {
        debate_id: (round_id, DebateContext(
            id=refs.ref("debate", debate_id), round_seq=seq, stage=Stage(stage),
            sides=tuple(sorted(sides[debate_id], key=lambda pair: order.index(pair[0]))),
            speakers={}, last_elimination=round_id in last,
        ))
        for debate_id, (round_id, seq, stage) in heads.items()
    }


def _team_rows(result: DebateResult, refs: Refs) -> list[dict[str, Any]]:
    return [
        {
            "team_id": refs.id("team", one.team), "side": one.side.value, "rank": one.rank,
            "points": one.points, "win": None if one.win is None else int(one.win),
            "score": one.score, "margin": one.margin, "votes_given": one.votes_given,
            "votes_possible": one.votes_possible, "has_ghost": one.has_ghost,
            "forfeit": one.forfeit,
        }
        for one in result.teams
    ]


def _speech_rows(result: DebateResult, refs: Refs) -> list[dict[str, Any]]:
    return [
        {
            "team_id": refs.id("team", one.team), "speaker_id": refs.id("speaker", one.speaker),
            "position": one.position, "score": one.score, "rank": one.rank, "ghost": one.ghost,
            "reply": one.reply,
        }
        for one in result.speeches
    ]
