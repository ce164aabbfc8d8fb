"""Draws and results by round, debate by debate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.ballots import DebateContext, result_type
from tabapp.domain.ballots.panel import read_votes
from tabapp.domain.ordinals import ordinal
from tabapp.domain.public import sort_key
from tabapp.domain.side_names import side_title
from tabapp.domain.types import Role, Side, Stage
from tabapp.exchange.tables import Column, Document, Table
from tabapp.exchange.tables.document import CellValue, shown
from tabapp.services.exports.hall import is_public, within
from tabapp.services.exports.names import Names, read_names
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.services.rounds import title_of
from tabapp.store.export_reads import (
    PlayedDebate,
    Stood,
    confirmed_ballots,
    read_played,
)
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit

_SCORE = Column("score", "Score", "team score", "number")
_ROLES = {Role.CHAIR: " (chair)", Role.TRAINEE: " (trainee)", Role.PANELLIST: ""}


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of debates: by which names, with marks or without, and who dissented."""

    owner: TournamentRow
    names: Names
    public: bool
    results: bool
    marks: bool
    dissent: Mapping[int, frozenset[str]]

    def side(self, side: Side) -> str:
        """Return what a side is called."""
        return side_title(side, self.owner.settings.side_names)

    def panel(self, debate: PlayedDebate) -> str:
        """Return the judges of a debate with their seats."""
        split = self.dissent.get(debate.id, frozenset())
        return ", ".join(
            self.names.judges.get(judge, judge) + _ROLES[role]
            + (" (dissenting)" if judge in split else "")
            for judge, role in debate.panel)


def results_document(
    unit: ReadUnit, owner: TournamentRow, request: ExportRequest
) -> Document:
    """Return what came of each debate, a table a round."""
    settings, public = owner.settings, request.public
    drawn = [one for one in within(list_rounds(unit, owner.id), request) if one.status != "none"]
    rounds = [one for one in drawn if not public or is_public(one, settings)]
    if public and not rounds:
        raise UserError("export_nothing_public", what=TITLES["results"])
    marks = not public or settings.ballots_released
    debates = [
        one for one in read_played(unit, [one.id for one in rounds], speeches=marks)
        if any(side.has_result for side in one.sides)]
    told = _Told(
        owner, read_names(unit, owner, public=public), public, results=True, marks=marks,
        dissent=_dissent(unit, owner, rounds, debates))
    facts = [owner.name]
    if public and len(rounds) < len(drawn):
        facts.append("Public version: silent rounds and those not completed are left out")
    elif not public and (silent := [title_of(one) for one in rounds if one.silent]):
        facts.append(f"Silent rounds included: {', '.join(silent)}")
    return _document(told, "results", facts, rounds, debates)


def draw_document(unit: ReadUnit, owner: TournamentRow, request: ExportRequest) -> Document:
    """Return who meets whom, where and before whom, a table a round."""
    rounds = [one for one in within(list_rounds(unit, owner.id), request) if one.status != "none"]
    if request.public:
        rounds = [one for one in rounds if one.status == "released"]
        if owner.settings.public_draw == "current":
            rounds = [one for one in rounds if not one.completed][-1:]
        if not rounds:
            raise UserError("export_nothing_public", what=TITLES["draw"])
    told = _Told(
        owner, read_names(unit, owner, public=request.public), request.public, results=False,
        marks=False, dissent={})
    debates = read_played(unit, [one.id for one in rounds], speeches=False)
    return _document(told, "draw", [owner.name], rounds, debates)


def _document(
    told: _Told, what: str, facts: list[str], rounds: Sequence[RoundRow],
    debates: Sequence[PlayedDebate],
) -> Document:
    tables, printed, records = [], [], list[Mapping[str, Any]]()
    by_round: dict[int, list[PlayedDebate]] = {one.id: [] for one in rounds}
    for debate in debates:
        by_round[debate.round_id].append(debate)
    for one in rounds:
        found = by_round[one.id]
        if told.public:  # the rank of a room tells its bracket
            found = sorted(found, key=lambda debate: (not debate.venue, sort_key(debate.venue)))
        if found:
            tables.append(_table(told, one, found))
            printed.append(_printed(told, one, found))
            records += [_record(told, one, debate) for debate in found]
    title = TITLES["results" if what == "results" else "draw"]
    if not tables:
        tables = printed = [Table(title, _columns(told, 0, four=True), (), "Nothing yet.")]
    return Document(
        title=title, facts=tuple(facts), tables=tuple(tables), grouped="Round",
        records=tuple(records), printed=tuple(printed))


def _table(told: _Told, round_: RoundRow, debates: Sequence[PlayedDebate]) -> Table:
    """Return a row for each team."""
    stood = [side for debate in debates for side in debate.sides]
    speeches = max((len(one.speeches) for one in stood), default=0) if told.marks else 0
    four = told.owner.settings.teams_in_debate == 4
    columns = _columns(told, speeches, four=four)
    rows = []
    for debate in debates:
        for side in debate.sides:
            values = _values(told, debate, side)
            rows.append(tuple(values.get(one.key) for one in columns))
    return Table(title_of(round_), columns, tuple(rows))


def _columns(told: _Told, speeches: int, *, four: bool) -> tuple[Column, ...]:
    found = [
        Column("room", "Room"), Column("side", "Side"), Column("team", "Team", names=True),
        Column("institution", "Institution"),
    ]
    if not told.public:
        found.append(Column("bracket", "Bracket", kind="number"))
    if told.results:
        found.append(Column("result", "Result", "the place, or won and lost"))
        if four:
            found.append(Column("place", "Place", kind="number", decimals=0))
        found.append(Column("points", "Points", kind="number", decimals=0))
        if told.marks:
            if not four:
                found.append(Column("votes", "Votes", "judges that voted for the team"))
            found.append(_SCORE)
        for n in range(1, speeches + 1):
            found += [
                Column(f"speaker{n}", f"Speaker {n}"),
                Column(f"score{n}", f"Score {n}", kind="number")]
    return (*found, Column("judges", "Judges"))


def _values(told: _Told, debate: PlayedDebate, stood: Stood) -> dict[str, CellValue]:
    values: dict[str, CellValue] = {
        "room": _room(told, debate), "side": told.side(stood.side),
        "team": told.names.teams.get(stood.team, stood.team),
        "institution": told.names.home_of_team.get(stood.team, ""),
        "bracket": debate.bracket, "judges": told.panel(debate),
        "result": _result(stood, len(debate.sides)), "place": stood.rank,
        "points": stood.points, "votes": _votes(stood), "score": stood.score,
    }
    for n, speech in enumerate(stood.speeches, start=1):
        values[f"speaker{n}"] = told.names.speakers.get(speech.speaker, speech.speaker)
        values[f"score{n}"] = speech.score
    return values


def _printed(told: _Told, round_: RoundRow, debates: Sequence[PlayedDebate]) -> Table:
    """Return a row for each debate, with a column for each side."""
    sides = told.owner.settings.sides
    columns = [
        Column("room", "Room", names=True),
        *(Column(one.value, told.side(one)) for one in sides), Column("judges", "Judges")]
    rows: list[tuple[CellValue, ...]] = []
    for debate in debates:
        words = {one.side: _words(told, one, len(debate.sides)) for one in debate.sides}
        if Side.BYE in words:
            rows.append((told.side(Side.BYE), words[Side.BYE], *("" for _ in sides)))
            continue
        rows.append((
            _room(told, debate), *(words.get(side, "") for side in sides), told.panel(debate)))
    return Table(title_of(round_), tuple(columns), tuple(rows))


def _words(told: _Told, stood: Stood, sides: int) -> str:
    """Return a team with what it made of the debate."""
    name = told.names.teams.get(stood.team, stood.team)
    if not told.results:
        return name
    result = _result(stood, sides)
    if not told.marks:
        return " · ".join(part for part in (name, result) if part)
    if stood.votes_given is not None and stood.votes_possible is not None:
        against = stood.votes_possible - stood.votes_given
        result = f"{result}\u00a0{stood.votes_given:g}–{against:g}"
    score = "" if stood.score is None else shown(stood.score, _SCORE)
    made = "\u00a0·\u00a0".join(part for part in (result, score) if part)
    return " · ".join(part for part in (name, made) if part)


def _room(told: _Told, debate: PlayedDebate) -> str:
    return "" if told.public and debate.status == "postponed" else debate.venue


def _result(stood: Stood, sides: int) -> str:
    if stood.forfeit:
        return "forfeit"
    if sides > 2 and stood.points is not None and stood.rank is not None:
        return ordinal(stood.rank)
    if stood.win is None:
        return ""
    if sides > 2:  # an elimination round of four
        return "advances" if stood.win else "out"
    return "won" if stood.win else "lost"


def _votes(stood: Stood) -> str:
    if stood.votes_given is None or stood.votes_possible is None:
        return ""
    return f"{stood.votes_given:g} of {stood.votes_possible:g}"


def _record(told: _Told, round_: RoundRow, debate: PlayedDebate) -> Mapping[str, Any]:
    names = told.names
    found: dict[str, Any] = {
        "id": debate.ref, "round": round_.seq, "round_name": title_of(round_),
        "room": _room(told, debate),
        "sides": [_side_record(told, one, len(debate.sides)) for one in debate.sides],
        "judges": [
            {"id": names.id(judge), "name": names.judges.get(judge, judge), "role": role.value,
             **({"dissenting": judge in told.dissent[debate.id]}
                if debate.id in told.dissent else {})}
            for judge, role in debate.panel],
    }
    if not told.public:
        found |= {"bracket": debate.bracket, "room_rank": debate.room_rank}
    return found


def _side_record(told: _Told, stood: Stood, sides: int) -> dict[str, Any]:
    names = told.names
    found: dict[str, Any] = {
        "side": stood.side.value, "id": names.id(stood.team),
        "team": names.teams.get(stood.team, stood.team)}
    if told.results:
        found |= {
            "place": stood.rank if sides > 2 else None, "points": stood.points,
            "win": stood.win, "forfeit": stood.forfeit}
    if told.results and told.marks:
        found |= {
            "score": stood.score, "votes_given": stood.votes_given,
            "votes_possible": stood.votes_possible,
            "speeches": [
                {"position": one.position, "id": names.id(one.speaker),
                 "speaker": names.speakers.get(one.speaker, one.speaker), "score": one.score,
                 "reply": one.reply}
                for one in stood.speeches]}
    return found


def _dissent(
    unit: ReadUnit, owner: TournamentRow, rounds: Sequence[RoundRow],
    debates: Sequence[PlayedDebate],
) -> Mapping[int, frozenset[str]]:
    """Return who dissented in each debate on which judges voted, if the settings show that."""
    voted = [one for one in debates if any(side.votes_given is not None for side in one.sides)]
    if not owner.settings.show_splitting_adjudicators or not voted:
        return {}
    ballots = confirmed_ballots(unit, owner.id, [one.id for one in rounds])
    stages = {one.id: Stage(one.stage) for one in rounds}
    found = {}
    for debate in voted:
        if (ballot := ballots.get(debate.id)) is None:
            continue
        stage = stages[debate.round_id]
        context = DebateContext(
            id=debate.ref, round_seq=0, stage=stage,
            sides=tuple((one.side, one.team) for one in debate.sides), speakers={},
            panel=debate.panel)
        votes = read_votes(
            ballot, context, owner.settings,
            result_type(owner.settings, stage, len(debate.sides)))
        found[debate.id] = frozenset(
            one.judge for one in votes.cast
            if one.side is not None and one.side is not votes.winner)
    return found
