"""Ballots as they were handed in: a row a speech, and records that can be entered again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot, Criterion, Sheet, Speech
from tabapp.domain.ballots import DebateContext
from tabapp.domain.ballots.paper import Paper, read_sheet
from tabapp.domain.public import sort_key
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Side, Stage
from tabapp.exchange.tables import Column, Document, Table
from tabapp.exchange.tables.document import CellValue
from tabapp.services.exports.hall import is_public, within
from tabapp.services.exports.names import Names, read_names
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.services.rounds import title_of
from tabapp.store.ballot_rows import read_criteria
from tabapp.store.export_reads import PlayedDebate, all_ballots, read_played
from tabapp.store.motion_rows import list_motions
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class _Told:
    """By which names ballots are told; ``public`` leaves out who worked on them."""

    owner: TournamentRow
    names: Names
    motions: Mapping[str, str]
    criteria: Mapping[str, Criterion]
    public: bool

    def speaker(self, ref: str | None) -> str:
        """Return the name of a speaker, nothing for nobody."""
        return self.names.speakers.get(ref, ref) if ref is not None else ""

    def id(self, ref: str | None) -> str | None:
        """Return the id of somebody, None where it would name somebody veiled."""
        return self.names.id(ref) if ref is not None else None


def ballots_document(unit: ReadUnit, owner: TournamentRow, request: ExportRequest) -> Document:
    """Return every version of every ballot, a table a round; to the hall those that count."""
    settings, public = owner.settings, request.public
    drawn = [one for one in within(list_rounds(unit, owner.id), request) if one.status != "none"]
    rounds = [one for one in drawn if not public or is_public(one, settings)]
    if public and not rounds:
        raise UserError("export_nothing_public", what=TITLES["ballots"])
    ids = [one.id for one in rounds]
    found = all_ballots(unit, owner.id, ids, *(("confirmed",) if public else ()))
    debates = [
        one for one in read_played(unit, ids, speeches=False)
        if one.id in found and not (public and one.status == "postponed")]
    told = _Told(
        owner, read_names(unit, owner, public=public),
        {one.ref: one.reference or one.text for one in list_motions(unit, owner.id)},
        read_criteria(unit, owner.id), public)
    columns = _columns(told)
    tables, records = [], list[Mapping[str, Any]]()
    for one in rounds:
        here = [debate for debate in debates if debate.round_id == one.id]
        if public:  # the rank of a room tells its bracket
            here.sort(key=lambda debate: (not debate.venue, sort_key(debate.venue)))
        rows = [
            row for debate in here for ballot in found[debate.id]
            for row in _rows(told, columns, one, debate, ballot)]
        records += [
            _record(told, one, debate, ballot)
            for debate in here for ballot in found[debate.id]]
        if rows:
            tables.append(Table(title_of(one), columns, tuple(rows)))
    return Document(
        title=TITLES["ballots"], facts=tuple(_facts(owner, drawn, rounds, public=public)),
        tables=tuple(tables) or (Table(TITLES["ballots"], columns, (), "Nothing yet."),),
        grouped="Round", records=tuple(records))


def _facts(
    owner: TournamentRow, drawn: Sequence[RoundRow], rounds: Sequence[RoundRow], *, public: bool
) -> Iterator[str]:
    yield owner.name
    if public and len(rounds) < len(drawn):
        yield "Public version: silent rounds and those not completed are left out"
    elif not public and (silent := [title_of(one) for one in rounds if one.silent]):
        yield f"Silent rounds included: {', '.join(silent)}"


def _columns(told: _Told) -> tuple[Column, ...]:
    found = [Column("room", "Room"), Column("debate", "Debate", only="data")]
    if not told.public:
        found += [
            Column("version", "Version", kind="number", decimals=0), Column("status", "Status")]
    found += [
        Column("judge", "Judge", "whose sheet it is, where each judge hands in one"),
        Column("side", "Side"), Column("team", "Team"),
        Column("position", "Position", "the number of the speech", "number", 0, only="data"),
        Column("speaker", "Speaker", names=True),
        Column("substitute", "Stands in for"), Column("score", "Score", kind="number"),
        *(Column(f"criterion {ref}", one.name or ref, kind="number")
          for ref, one in told.criteria.items()),
        Column("ghost", "Ghost", "a second speech of one speaker, which does not count"),
        Column("rank", "Rank", "the place among the speeches", "number", 0),
        Column("total", "Total", "of the team on this sheet", "number"),
        Column("said", "Said", "won, a place or a forfeit, where the sheet says so"),
        Column("motion", "Motion"),
    ]
    if not told.public:
        found += [
            Column("entered_by", "Entered by"), Column("confirmed_by", "Confirmed by"),
            Column("reason", "Reason", "of a correction")]
    return tuple(found)


def _rows(
    told: _Told, columns: Sequence[Column], round_: RoundRow, debate: PlayedDebate, ballot: Ballot
) -> Iterator[tuple[CellValue, ...]]:
    """Yield a row a speech; a side of which a sheet has none still has a row."""
    context = DebateContext(
        id=debate.ref, round_seq=round_.seq, stage=Stage(round_.stage),
        sides=tuple((one.side, one.team) for one in debate.sides), speakers={},
        panel=debate.panel, criteria=told.criteria)
    head: dict[str, CellValue] = {
        "room": debate.venue, "debate": debate.ref, "version": ballot.version,
        "status": ballot.status, "entered_by": ballot.entered_by, "reason": ballot.reason,
        "confirmed_by": ballot.confirmed_by,
        "motion": told.motions.get(ballot.motion or "", ballot.motion or "")}
    for sheet in ballot.sheets or [Sheet()]:  # nobody hands in a sheet where all forfeit
        paper = read_sheet(sheet, ballot, context)
        judge = sheet.adjudicator
        head["judge"] = told.names.judges.get(judge, judge) if judge is not None else ""
        for one in debate.sides:
            head |= {
                "side": side_title(one.side, told.owner.settings.side_names),
                "team": told.names.teams.get(one.team, one.team),
                "total": paper.total(one.side), "said": _said(paper, one.side)}
            for speech in paper.speeches[one.side] or [None]:
                values = head | (_speech(told, speech) if speech is not None else {})
                yield tuple(values.get(column.key) for column in columns)


def _speech(told: _Told, speech: Speech) -> dict[str, CellValue]:
    return {
        "position": speech.position, "speaker": told.speaker(speech.speaker),
        "substitute": told.speaker(speech.substitute_for), "score": speech.score,
        "ghost": "ghost" if speech.ghost else "", "rank": speech.rank,
        **{f"criterion {ref}": mark for ref, mark in speech.criteria.items()}}


def _said(paper: Paper, side: Side) -> str:
    if side in paper.forfeits:
        return "forfeit"
    if side in (paper.winners or ()):
        return "won" if len(paper.speeches) == 2 else "advances"
    return f"place {paper.ranks[side]}" if side in paper.ranks else ""


def _record(
    told: _Told, round_: RoundRow, debate: PlayedDebate, ballot: Ballot
) -> Mapping[str, Any]:
    """Return a ballot in the archive's shape, as it can be entered again."""
    head = {"round": round_.seq, "debate": debate.ref}
    if not told.public:
        return head | ballot.model_dump(mode="json")
    return head | {
        "status": ballot.status, "motion": ballot.motion, "vetoes": ballot.vetoes,
        "forfeit": ballot.forfeit, "sheets": [_public_sheet(told, one) for one in ballot.sheets]}


def _public_sheet(told: _Told, sheet: Sheet) -> dict[str, Any]:
    """Return a sheet without whom nobody may know, and without what other programs added."""
    return {
        "adjudicator": told.id(sheet.adjudicator), "winners": sheet.winners, "ranks": sheet.ranks,
        "sides": [
            {"side": part.side, "speeches": [
                {"position": one.position, "speaker": told.id(one.speaker), "score": one.score,
                 "ghost": one.ghost, "rank": one.rank, "criteria": one.criteria,
                 "substitute_for": told.id(one.substitute_for)}
                for one in part.speeches]}
            for part in sheet.sides]}
