"""Results that follow from confirmed ballots, kept true by a hook in every write unit.

Whatever confirms, corrects, undoes or imports a ballot, seats other judges on a panel that voted,
changes what a scoring criterion weighs, or postpones a debate, changes the rows of
``result_team`` and ``result_speech`` in the same transaction, so they can never disagree. Ballots
that this very unit wrote are taken from its changes and not read again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import delete, select

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import DebateContext, DebateResult, decide, is_voting
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import Role, Side, Stage
from tabapp.store.ballot_reads import speeches_of
from tabapp.store.ballot_rows import (
    PAPER_TABLES,
    build_ballots,
    read_criteria,
    read_few_papers,
)
from tabapp.store.images import Image, RowChange
from tabapp.store.schema import (
    ballot,
    ballot_sheet,
    debate,
    debate_side,
    forecast,
    panel_member,
    result_speech,
    result_team,
    round_,
    standing,
    tournament,
)
from tabapp.store.unit import ReadUnit, WriteUnit, chunks

_TABLES = {table.name: table for table in (result_team, result_speech)}


class _RowIds:
    """Calls every row by its id; to decide a debate no other names are needed."""

    def ref(self, _table: str, row_id: int) -> str:
        return str(row_id)

    def maybe_ref(self, _table: str, row_id: int | None) -> str | None:
        return None if row_id is None else str(row_id)


@dataclass(frozen=True, slots=True)
class _Touched:
    """Debates whose results may have changed; only the ``stale`` can have rows already."""

    debates: set[int] = field(default_factory=set)
    stale: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Room:
    """A debate that counts; its context calls teams and people by their row ids."""

    tournament_id: int
    round_id: int
    context: DebateContext


def refresh_results(unit: WriteUnit) -> None:
    """Derive the results of every debate that this unit touched; a hook of ``Database``.

    The cached tables and forecast of a tournament that was taken back go with it.
    """
    gone = [
        one.row_id for one in unit.changes if one.table == "tournament" and one.after is None
    ]
    if gone:
        for cache in (standing, forecast):
            unit.execute(delete(cache).where(cache.c.tournament_id.in_(gone)))
    touched = _touched(unit)
    for part in chunks(sorted(touched.stale)):
        for table in _TABLES.values():
            unit.execute(delete(table).where(table.c.debate_id.in_(part)))
    if not touched.debates:
        return
    known = _known_here(unit)
    settings: dict[int, Settings] = {}
    for part in chunks(sorted(touched.debates)):
        rooms = _rooms(unit, part, settings)
        _store(unit, rooms, _confirmed(unit, rooms, known), settings)


def _touched(unit: WriteUnit) -> _Touched:
    """Return the debates whose results may have changed in this unit."""
    found = _Touched()
    new: dict[int, bool] = {}
    panels: set[int] = set()
    for change in unit.changes:
        before, after = change.before or {}, change.after or {}
        debates: Collection[int] = ()
        if change.table == "ballot":
            if "confirmed" in (before.get("status"), after.get("status")):
                debates = ((before or after)["debate_id"],)
        elif change.table == "debate_side":
            if before or after["side"] == Side.BYE:
                debates = ((before or after)["debate_id"],)
        elif change.table == "panel_member":
            panels |= {image["debate_id"] for image in (before, after) if image}
        elif change.table == "debate":
            new.setdefault(change.row_id, change.before is None)
            if change.before and (_counts(before) != _counts(after) or _differ(change, "round_id")):
                debates = (change.row_id,)
        else:
            debates = _ruled_by(unit, change)
        found.debates.update(debates)
        if change.table != "ballot" or before.get("status") == "confirmed":
            found.stale.update(debates)
    inserted_here = {row_id for row_id, inserted in new.items() if inserted}
    voting = _voting_debates(unit, panels - found.debates - inserted_here)
    found.debates.update(voting)
    found.stale.update(voting)
    found.stale.difference_update(inserted_here)
    return found


def _ruled_by(unit: ReadUnit, change: RowChange) -> Collection[int]:
    """Return the debates whose results follow from a row of rules that changed."""
    if change.table == "criterion":
        image = change.before or change.after or {}
        return _debates(unit, debate.c.tournament_id, image["tournament_id"])
    if change.after is None:
        return ()
    if change.table == "round" and _differ(change, "stage"):
        return _debates(unit, debate.c.round_id, change.row_id)
    if change.table == "tournament" and _differ(change, "preset", "settings"):
        return _debates(unit, debate.c.tournament_id, change.row_id)
    return ()


def _voting_debates(unit: ReadUnit, debates: Collection[int]) -> set[int]:
    """Return those whose confirmed ballot has sheets of judges: there the panel decides."""
    return {
        debate_id for part in chunks(sorted(debates)) for (debate_id,) in unit.fetch(
            select(ballot.c.debate_id).distinct()
            .join(ballot_sheet, ballot_sheet.c.ballot_id == ballot.c.id)
            .where(
                ballot.c.debate_id.in_(part), ballot.c.status == "confirmed",
                ballot_sheet.c.adjudicator_id.is_not(None)))}


def _counts(image: Mapping[str, Any]) -> bool:
    """Tell whether a debate is there and not postponed, all of its state that results follow."""
    return bool(image) and image["status"] != "postponed"


def _differ(change: RowChange, *columns: str) -> bool:
    """Tell whether a row that was there has other values in ``columns``, or is gone."""
    after = change.after or {}
    return change.before is not None and any(
        change.before[name] != after.get(name) for name in columns)


def _debates(unit: ReadUnit, column: Any, row_id: int) -> list[int]:
    return [found for (found,) in unit.fetch(select(debate.c.id).where(column == row_id))]


def _known_here(unit: WriteUnit) -> dict[int, Ballot]:
    """Return debate id -> confirmed ballot of those that this unit inserted or read, as it is now.

    Another ballot that was there before is not among them: its speeches are in no change.
    """
    papers: dict[str, dict[int, Image]] = {
        table.name: dict(unit.papers.get(table.name, {})) for table in PAPER_TABLES}
    for change in unit.changes:
        rows = papers.get(change.table)
        if rows is None:
            continue
        if change.after is None:
            rows.pop(change.row_id, None)
        elif change.before is None or change.row_id in rows:
            rows[change.row_id] = change.after
    heads = papers[ballot.name]
    papers[ballot.name] = {
        row_id: row for row_id, row in heads.items() if row["status"] == "confirmed"}
    return {
        debate_id: found[0][1] for debate_id, found in build_ballots(papers, _RowIds()).items()}


def _rooms(
    unit: ReadUnit, debates: Sequence[int], settings: dict[int, Settings]
) -> dict[int, _Room]:
    """Return debate id -> room of the debates that count; ``settings`` learn their tournaments'.

    One statement for both: what a ballot costs is the number of its statements.
    """
    sides: dict[int, dict[Side, str]] = defaultdict(dict)
    heads: dict[int, tuple[Any, ...]] = {}
    for debate_id, side, team_id, preset, overrides, *head in unit.fetch(
        select(
            debate_side.c.debate_id, debate_side.c.side, debate_side.c.team_id,
            tournament.c.preset, tournament.c.settings,
            debate.c.ref, debate.c.tournament_id, round_.c.id, round_.c.seq, round_.c.stage,
        )
        .join(debate, debate.c.id == debate_side.c.debate_id)
        .join(round_, round_.c.id == debate.c.round_id)
        .join(tournament, tournament.c.id == debate.c.tournament_id)
        .where(debate.c.id.in_(debates), debate.c.status != "postponed")
    ):
        sides[debate_id][Side(side)] = str(team_id)
        heads[debate_id] = tuple(head)
        if (owner := head[1]) not in settings:
            stored = json.loads(overrides) if isinstance(overrides, str) else overrides
            settings[owner] = resolve(preset, stored)
    return {
        debate_id: _Room(tournament_id, round_id, DebateContext(
            id=ref, round_seq=seq, stage=Stage(stage), speakers={},
            sides=tuple(
                (side, sides[debate_id][side]) for side in Side if side in sides[debate_id]),
        ))
        for debate_id, (ref, tournament_id, round_id, seq, stage) in heads.items()
    }


def _confirmed(
    unit: ReadUnit, rooms: Collection[int], known: Mapping[int, Ballot]
) -> dict[int, Ballot]:
    """Return the confirmed ballots of ``rooms``, read where they are not ``known``."""
    found = {debate_id: known[debate_id] for debate_id in rooms if debate_id in known}
    others = [debate_id for debate_id in rooms if debate_id not in known]
    if others:
        papers = read_few_papers(
            unit, (ballot.c.status == "confirmed") & ballot.c.debate_id.in_(others))
        for debate_id, stored in build_ballots(papers, _RowIds()).items():
            found[debate_id] = stored[0][1]
    return found


def _with_panels(
    unit: ReadUnit, rooms: Mapping[int, _Room], confirmed: Mapping[int, Ballot]
) -> dict[int, _Room]:
    """Return the rooms, those in which single judges voted with their panels."""
    voting = sorted(
        debate_id for debate_id in rooms
        if debate_id in confirmed and is_voting(confirmed[debate_id]))
    panels: dict[int, list[tuple[str, Role]]] = {debate_id: [] for debate_id in voting}
    for part in chunks(voting):
        for debate_id, judge, role in unit.fetch(
            select(panel_member.c.debate_id, panel_member.c.adjudicator_id, panel_member.c.role)
            .where(panel_member.c.debate_id.in_(part))
        ):
            panels[debate_id].append((str(judge), Role(role)))
    return {**rooms, **{
        debate_id: replace(rooms[debate_id], context=replace(
            rooms[debate_id].context, panel=tuple(panel)))
        for debate_id, panel in panels.items()}}


def _with_criteria(
    unit: ReadUnit, rooms: Mapping[int, _Room], confirmed: Mapping[int, Ballot]
) -> dict[int, _Room]:
    """Return the rooms, those whose ballots have marks by criterion with the criteria."""
    marked = {
        debate_id for debate_id in rooms if debate_id in confirmed and any(
            speech.criteria for speech in speeches_of(confirmed[debate_id]))}
    criteria = {
        owner: read_criteria(unit, owner)
        for owner in {rooms[debate_id].tournament_id for debate_id in marked}}
    return {
        debate_id: room if debate_id not in marked else replace(room, context=replace(
            room.context, criteria=criteria[room.tournament_id]))
        for debate_id, room in rooms.items()}


def _complete(
    unit: ReadUnit, rooms: Mapping[int, _Room], confirmed: Mapping[int, Ballot]
) -> dict[int, _Room]:
    """Return the rooms with what their ballots need to be decided."""
    return _with_criteria(unit, _with_panels(unit, rooms, confirmed), confirmed)


def _store(
    unit: WriteUnit, rooms: Mapping[int, _Room], confirmed: Mapping[int, Ballot],
    settings: Mapping[int, Settings],
) -> None:
    made = _derive(_complete(unit, rooms, confirmed), confirmed, settings)
    for table, rows in made.items():
        if rows:
            unit.execute(_TABLES[table].insert(), rows)


def _derive(
    rooms: Mapping[int, _Room], confirmed: Mapping[int, Ballot],
    settings: Mapping[int, Settings],
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of both tables of results that follow from ballots."""
    teams: list[dict[str, Any]] = []
    speeches: list[dict[str, Any]] = []
    for debate_id, room in rooms.items():
        rules, context = settings[room.tournament_id], room.context
        place = {"debate_id": debate_id, "round_id": room.round_id}
        if debate_id in confirmed:
            result = decide(confirmed[debate_id], context, rules)
            teams += [place | row for row in _team_rows(result)]
            speeches += [place | row for row in _speech_rows(result)]
        elif context.sides[0][0] is Side.BYE and rules.bye_team_results != "none":
            teams.append(place | {
                "side": "bye", "team_id": int(context.sides[0][1]), "rank": None, "points": 1.0,
                "win": 1, "score": None, "margin": None, "votes_given": None,
                "votes_possible": None, "has_ghost": False, "forfeit": False,
            })
    return {result_team.name: teams, result_speech.name: speeches}


def differences(unit: ReadUnit, debate_id: int) -> int:
    """Return how many rows of a debate's results are not as its ballot has them."""
    settings: dict[int, Settings] = {}
    rooms = _rooms(unit, [debate_id], settings)
    confirmed = _confirmed(unit, rooms, {})
    made = _derive(_complete(unit, rooms, confirmed), confirmed, settings)
    wrong = 0
    for name, rows in made.items():
        table = _TABLES[name]
        key = [column.name for column in table.primary_key]
        wanted = {tuple(row[part] for part in key): row for row in rows}
        there = {
            tuple(row[part] for part in key): row
            for row in (dict(one._mapping) for one in unit.rows(
                select(table).where(table.c.debate_id == debate_id)))
        }
        wrong += sum(wanted.get(one) != there.get(one) for one in wanted.keys() | there.keys())
    return wrong


def repair(unit: WriteUnit, debate_id: int) -> None:
    """Derive the results of one debate anew, whatever is there."""
    for table in _TABLES.values():
        unit.execute(delete(table).where(table.c.debate_id == debate_id))
    settings: dict[int, Settings] = {}
    rooms = _rooms(unit, [debate_id], settings)
    _store(unit, rooms, _confirmed(unit, rooms, {}), settings)


def _team_rows(result: DebateResult) -> list[dict[str, Any]]:
    return [
        {
            "team_id": int(one.team), "side": one.side.value, "rank": one.rank,
            "points": one.points, "win": None if one.win is None else int(one.win),
            "score": one.score, "margin": one.margin, "votes_given": one.votes_given,
            "votes_possible": one.votes_possible, "has_ghost": one.has_ghost,
            "forfeit": one.forfeit,
        }
        for one in result.teams
    ]


def _speech_rows(result: DebateResult) -> list[dict[str, Any]]:
    return [
        {
            "team_id": int(one.team), "speaker_id": int(one.speaker), "position": one.position,
            "score": one.score, "rank": one.rank, "ghost": one.ghost, "reply": one.reply,
        }
        for one in result.speeches
    ]
