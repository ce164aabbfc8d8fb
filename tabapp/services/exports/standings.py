"""Tables of teams, speakers, reply speakers and judges for files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.side_names import side_short
from tabapp.domain.standings.left_out import without_rounds
from tabapp.domain.types import Side, Stage, StandingRow, Standings, id_key
from tabapp.exchange.tables import Column, Document, Place, Table
from tabapp.exchange.tables.document import CellValue
from tabapp.services.exports.hall import LIMITS, kept_back
from tabapp.services.exports.names import Names, read_names
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.services.result_marks import Marks, RoundMark, speaker_marks, team_marks
from tabapp.services.results import columns_of
from tabapp.services.rounds import title_of
from tabapp.services.standings import Kind, StandingsInput, compute, read_input
from tabapp.store.export_reads import category_limits
from tabapp.store.results_page_reads import read_namings
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit

_JUDGES_SHOW: Mapping[str, tuple[str, ...]] = {
    "test": ("base_score",), "final": ("score",),
    "all": ("score", "base_score", "feedback", "feedback_count"),
}
"""What of judges is public, by the setting ``adjudicators_tab_shows``."""
RANK = Column("rank", "Rank", kind="rank")


@dataclass(frozen=True, slots=True)
class _Made:
    """A computed table with the names in it and the rounds that it counts."""

    kind: Kind
    table: Standings
    names: Names
    counted: Sequence[RoundRow]
    marks: Marks
    side_names: str
    four: bool


def standings_document(
    unit: ReadUnit, owner: TournamentRow, kind: Kind, request: ExportRequest
) -> Document:
    """Return a table of results as it goes into a file."""
    found = read_input(unit, owner, until=request.until)
    rounds = [
        one for one in list_rounds(unit, owner.id)
        if one.stage == Stage.PRELIMINARY and one.status != "none"
        and (request.until is None or one.seq <= request.until)]
    hidden = kept_back(rounds, owner.settings) if request.public else frozenset()
    if hidden:
        found = replace(found, data=without_rounds(found.data, hidden))
    counted = [one for one in rounds if one.seq not in hidden]
    if request.public and kind != "adjudicators" and not counted:
        raise UserError("export_nothing_public", what=TITLES[request.what])
    table = compute(
        found, kind, metrics=request.metrics, extra=request.extra, until=request.until,
        category=request.category)
    names = read_names(unit, owner, public=request.public)
    if request.public:
        table = _by_name(_limited(unit, owner, kind, table, request), _names_of(kind, names))
    made = _Made(
        kind, table, names, counted, _marks(found, kind, [one.seq for one in counted]),
        owner.settings.side_names, owner.settings.teams_in_debate == 4)
    title = TITLES[request.what]
    if request.category is not None:
        title = f"{title}: {_category(unit, owner, kind, request.category)}"
    return Document(
        title=title, facts=(owner.name, *_facts(kind, request, counted, len(hidden))),
        tables=(Table(title, _columns(made), tuple(_rows(made))),),
        records=tuple(_record(made, row) for row in table.rows))


def _facts(
    kind: Kind, request: ExportRequest, counted: Sequence[RoundRow], left_out: int
) -> list[str]:
    if kind != "adjudicators":
        return round_facts(counted, left_out)
    return [f"After {title_of(counted[-1])}"] if counted and request.until is not None else []


def round_facts(counted: Sequence[RoundRow], left_out: int) -> list[str]:
    """Say after which round a table stands, and what becomes of silent ones."""
    facts = [f"After {title_of(counted[-1])}"] if counted else []
    silent = [title_of(one) for one in counted if one.silent]
    if silent:
        facts.append(f"Silent rounds included: {', '.join(silent)}")
    if left_out:
        rounds = "1 round" if left_out == 1 else f"{left_out} rounds"
        facts.append(f"Public version: {rounds} left out, silent or not completed")
    return facts


def _category(unit: ReadUnit, owner: TournamentRow, kind: Kind, slug: str) -> str:
    names = read_namings(unit, owner.id)
    known = names.break_categories if kind == "teams" else names.speaker_categories
    return dict(known).get(slug) or slug


def _limited(
    unit: ReadUnit, owner: TournamentRow, kind: Kind, table: Standings, request: ExportRequest
) -> Standings:
    """Keep the first N ranks of a public table, all that are tied at the last one included.

    Of judges, who have no limit, keep the columns that are public.
    """
    if kind == "adjudicators":
        shows = _JUDGES_SHOW[owner.settings.adjudicators_tab_shows]
        rows = table.rows
        if "score" not in shows:  # the order of the scores would tell what is not shown
            rows = tuple(replace(row, rank=None, tied=False) for row in rows)
        return replace(
            table, metrics=shows[:1], extra=shows[1:],
            rows=tuple(replace(row, values={key: row.values[key] for key in shows})
                       for row in rows))
    limit = getattr(owner.settings, LIMITS[kind])
    if request.category is not None:
        of = "break_category" if kind == "teams" else "speaker_category"
        limit = category_limits(unit, owner.id)[of].get(request.category, 0)
    if not limit:
        return table
    return replace(table, rows=tuple(
        row for row in table.rows if row.rank is not None and row.rank <= limit))


def _by_name(table: Standings, names: Mapping[str, str]) -> Standings:
    """Order level rows by the names that are told: by their own they would tell who is who."""
    last = len(table.rows) + 1
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: (
        last if row.rank is None else row.rank, names.get(row.id, row.name), id_key(row.id)))))


def _names_of(kind: Kind, names: Names) -> Mapping[str, str]:
    return {"teams": names.teams, "adjudicators": names.judges}.get(kind, names.speakers)


def _marks(found: StandingsInput, kind: Kind, seqs: Sequence[int]) -> Marks:
    if kind == "teams":
        return team_marks(found.data, seqs, four=found.owner.settings.teams_in_debate == 4)
    if kind == "adjudicators":
        return {}
    return speaker_marks(found.data, seqs, replies=kind == "replies")


def _columns(made: _Made) -> tuple[Column, ...]:
    person = {"teams": "Team", "adjudicators": "Judge"}.get(made.kind, "Speaker")
    detail = Column("detail", "Team" if person == "Speaker" else "Institution")
    named = Column("name", "Name", f"the {person.lower()}", names=True)
    found = [RANK, named, detail]
    found += [
        Column(one.key, one.title, one.meaning, "number", one.decimals)
        for one in columns_of(made.table)]
    for one in made.counted if made.marks else ():
        mark = f"R{one.seq}"
        told = title_of(one)
        if made.kind == "teams":
            found += [
                Column(f"{mark}.side", f"{mark} side", f"side in {told}", only="data"),
                Column(f"{mark}.place", f"{mark} place", f"place in {told}", "number", 0, "data"),
                Column(f"{mark}.score", f"{mark} score", f"team score in {told}", "number",
                       None, "data"),
                Column(f"{mark}.mark", mark, f"place and side in {told}", only="print"),
            ]
        else:
            found.append(Column(f"{mark}.score", mark, f"score in {told}", "number", None))
    return tuple(found)


def _rows(made: _Made) -> Iterable[tuple[CellValue, ...]]:
    columns = columns_of(made.table)
    for row in made.table.rows:
        yield (
            None if row.rank is None else Place(row.rank, row.tied),
            _name(made, row), _detail(made, row.id),
            *(row.values.get(one.key) for one in columns),
            *(value for mark in made.marks.get(row.id, ()) for value in _mark(made, mark)),
        )


def _mark(made: _Made, mark: RoundMark | None) -> tuple[CellValue, ...]:
    if made.kind != "teams":
        return (mark.score if mark else None,)
    if mark is None:
        return (None, None, None, None)
    side = Side(mark.side)
    short = side_short(side, made.side_names) or "Bye"
    if made.four:
        place = "" if mark.place is None else str(mark.place)
    else:
        place = {1: "W", 2: "L"}.get(mark.place or 0, "")
    return short, mark.place, mark.score, f"{place} {short}".strip()


def _name(made: _Made, row: StandingRow) -> str:
    return _names_of(made.kind, made.names).get(row.id, row.name)


def _detail(made: _Made, ref: str) -> str:
    of = {"teams": made.names.home_of_team, "adjudicators": made.names.home_of_judge}.get(
        made.kind, made.names.team_of_speaker)
    return of.get(ref, "")


def _record(made: _Made, row: StandingRow) -> Mapping[str, Any]:
    """Return a row as ``standings --json`` has it, with what belongs to the name."""
    detail = "institution" if made.kind in ("teams", "adjudicators") else "team"
    found: dict[str, Any] = {
        "id": made.names.id(row.id), "name": _name(made, row), detail: _detail(made, row.id),
        "rank": row.rank, "tied": row.tied, "values": dict(row.values),
    }
    if made.marks:
        found["rounds"] = [
            {"round": one.seq, "side": mark.side or None, "place": mark.place,
             "score": mark.score}
            for one, mark in zip(made.counted, made.marks.get(row.id, ()), strict=False) if mark]
    return found
