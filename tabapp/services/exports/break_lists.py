"""Who breaks, in which place, and why or why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.types import Stage, StandingRow, Standings
from tabapp.exchange.tables import Column, Document, Place, Table
from tabapp.exchange.tables.document import CellValue
from tabapp.services.break_views import BreakLine, BreakView, read_view
from tabapp.services.exports.hall import is_public
from tabapp.services.exports.names import Names, read_names
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.services.results import columns_of
from tabapp.services.rounds import title_of
from tabapp.store.break_rows import read_categories
from tabapp.store.export_reads import read_listed_judges
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit

_JUDGES = "Breaking judges"


def break_document(unit: ReadUnit, owner: TournamentRow, request: ExportRequest) -> Document:
    """Return the break of each category, or of one, and the judges who break."""
    settings, public = owner.settings, request.public
    rounds = [
        one for one in list_rounds(unit, owner.id) if one.stage == Stage.PRELIMINARY]
    if request.until is not None and rounds and request.until < rounds[-1].seq:
        raise UserError("export_break_until", round=title_of(rounds[-1]), seq=rounds[-1].seq)
    slugs = [one.slug for one in read_categories(unit, owner.id)]
    if request.category is not None:
        if request.category not in slugs:
            raise UserError(
                "category_unknown", slug=request.category, known=", ".join(slugs) or "none")
        slugs = [request.category]
    names = read_names(unit, owner, public=public)
    tables: list[Table] = []
    records: list[Mapping[str, Any]] = []
    if not public or settings.public_breaking_teams:
        counts = not public or (
            settings.team_tab_released and all(is_public(one, settings) for one in rounds))
        for slug in slugs:
            view = read_view(unit, owner.id, slug)
            if view.category is None or (public and not view.made):
                continue
            lines = _by_place(view.breaking, names) if public else view.lines
            tables.append(_table(view, lines, names, public=public, counts=counts))
            records += [
                _record(view, line, names, public=public, counts=counts) for line in lines]
    if request.category is None and (not public or settings.public_breaking_adjs):
        table, judges = _judges(unit, owner, names)
        tables.append(table)
        records += judges
    if public and not any(one.rows for one in tables):
        raise UserError("export_nothing_public", what=TITLES["break"])
    if not tables:
        raise UserError("no_break_category")
    return Document(
        title=TITLES["break"], facts=(owner.name,), tables=tuple(tables), grouped="Category",
        records=tuple(records))


def _by_place(lines: Sequence[BreakLine], names: Names) -> tuple[BreakLine, ...]:
    """Order teams by place, level ones by the name that is told: the own one would tell it."""
    return tuple(sorted(lines, key=lambda one: (
        one.break_rank or 0, names.teams.get(one.team, one.name))))


def _table(
    view: BreakView, lines: tuple[BreakLine, ...], names: Names, *, public: bool, counts: bool
) -> Table:
    """Return one category; without ``counts`` nothing of the team tab but the break."""
    shared = Counter(one.rank for one in view.lines)
    level = Counter(one.break_rank for one in view.lines)
    metrics = columns_of(_as_standings(view)) if counts else ()
    columns = [Column("break", "Break", "place in the break", "rank")]
    if counts:
        columns.append(Column("rank", "Rank", "rank among the teams of the category", "rank"))
    columns += [
        Column("team", "Team", names=True), Column("institution", "Institution"),
        *(Column(one.key, one.title, one.meaning, "number", one.decimals) for one in metrics)]
    if not public:
        columns += [Column("remark", "Remark"), Column("reason", "Why")]
    rows: list[tuple[CellValue, ...]] = []
    for line in lines:
        row: list[CellValue] = [_place(line.break_rank, level)]
        if counts:
            row.append(_place(line.rank, shared))
        row += [names.teams.get(line.team, line.name), names.home_of_team.get(line.team, "")]
        row += line.values if counts else ()
        row += [] if public else [line.remark, line.reason]
        rows.append(tuple(row))
    category = view.category
    title = category.title if category is not None else ""
    note = "" if view.made else "The break is not made yet."
    return Table(title, tuple(columns), tuple(rows), note)


def _place(rank: int | None, having: Mapping[int | None, int]) -> Place | None:
    return None if rank is None else Place(rank, having[rank] > 1)


def _as_standings(view: BreakView) -> Standings:
    return Standings("teams", view.metrics, (), tuple(
        StandingRow(
            line.team, line.name, line.rank, False,
            dict(zip(view.metrics, line.values, strict=True)))
        for line in view.lines))


def _record(
    view: BreakView, line: BreakLine, names: Names, *, public: bool, counts: bool
) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "kind": "team", "category": view.category.slug if view.category else None,
        "id": names.id(line.team), "name": names.teams.get(line.team, line.name),
        "institution": names.home_of_team.get(line.team, ""), "break_rank": line.break_rank,
    }
    if counts:
        found |= {
            "rank": line.rank,
            "values": dict(zip(view.metrics, line.values, strict=True))}
    if not public:
        found |= {"remark": line.remark, "reason": line.reason}
    return found


def _judges(
    unit: ReadUnit, owner: TournamentRow, names: Names
) -> tuple[Table, list[Mapping[str, Any]]]:
    found = [one for one in read_listed_judges(unit, owner.id) if one.breaking]
    columns = (
        Column("judge", "Judge", names=True), Column("institution", "Institution"))
    rows = tuple(
        (names.judges.get(one.ref, one.name), names.home_of_judge.get(one.ref, ""))
        for one in found)
    records: list[Mapping[str, Any]] = [
        {"kind": "adjudicator", "id": names.id(one.ref), "name": name, "institution": house}
        for one, (name, house) in zip(found, rows, strict=True)]
    return Table(_JUDGES, columns, tuple(sorted(rows))), records
