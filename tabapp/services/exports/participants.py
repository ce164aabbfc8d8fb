"""Who takes part: teams, speakers and judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tabapp.exchange.tables import Column, Document, Table
from tabapp.exchange.tables.document import CellValue
from tabapp.services.exports.names import Names, read_names
from tabapp.services.exports.request import TITLES, ExportRequest
from tabapp.store.export_reads import (
    ListedPerson,
    ListedTeam,
    read_listed_judges,
    read_listed_speakers,
    read_listed_teams,
)
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit

_CONTACT = (
    Column("code_name", "Code name"), Column("email", "E-mail"), Column("phone", "Phone"),
    Column("gender", "Gender"), Column("pronoun", "Pronoun"), Column("anonymous", "Anonymous"),
)
"""What is never public."""
_FLAGS = (
    ("trainee", "Trainee"), ("independent", "Independent"), ("adj_core", "Adjudication core"),
    ("breaking", "Breaks"), ("withdrawn", "Withdrawn"),
)


def participants_document(
    unit: ReadUnit, owner: TournamentRow, request: ExportRequest
) -> Document:
    """Return all who take part; in public without who wants no name and who has withdrawn."""
    public = request.public
    names = read_names(unit, owner, public=public)
    teams, speakers, judges = (
        read_listed_teams(unit, owner.id), read_listed_speakers(unit, owner.id),
        read_listed_judges(unit, owner.id))
    if public:
        speakers = [one for one in speakers if not one.anonymous]
        judges = [one for one in judges if not one.anonymous and not one.withdrawn]
        teams = [one for one in teams if not one.withdrawn]
        here = {one.ref for one in teams}
        speakers = [one for one in speakers if one.home is None or one.home in here]
    found = (
        _teams(teams, speakers, names, public=public),
        _people("Speakers", "speaker", "Speaker", speakers, names, public=public),
        _people("Judges", "judge", "Judge", judges, names, public=public))
    return Document(
        title=TITLES["participants"], facts=(owner.name,), grouped="List",
        tables=tuple(table for table, _ in found),
        records=tuple(record for _, records in found for record in records))


_Part = tuple[Table, list[Mapping[str, Any]]]


def _teams(
    teams: Sequence[ListedTeam], speakers: Sequence[ListedPerson], names: Names, *, public: bool
) -> _Part:
    members: dict[str, list[str]] = defaultdict(list)
    for one in speakers:
        if one.home is not None:
            members[one.home].append(names.speakers[one.ref])
    columns = [
        Column("team", "Team", names=True), Column("institution", "Institution"),
        Column("members", "Members")]
    if not public:
        columns += [
            Column("code_name", "Code name"), Column("type", "Kind"),
            Column("withdrawn", "Withdrawn")]
    rows, records = [], list[Mapping[str, Any]]()
    for team in teams:
        values: dict[str, Any] = {
            "team": names.teams[team.ref], "institution": names.home_of_team.get(team.ref, ""),
            "members": ", ".join(members[team.ref])}
        if not public:
            values |= {
                "code_name": team.code_name, "type": team.type,
                "withdrawn": _yes(team.withdrawn)}
        rows.append(tuple(values[one.key] for one in columns))
        records.append({"kind": "team", "id": names.id(team.ref), **values})
    return Table("Teams", tuple(columns), tuple(rows)), records


def _people(
    title: str, key: str, head: str, people: Sequence[ListedPerson], names: Names, *, public: bool
) -> _Part:
    judges = key == "judge"
    columns = [Column(key, head, names=True)]
    columns.append(
        Column("institution", "Institution") if judges else Column("team", "Team"))
    if not public:
        columns += _CONTACT
        columns += [Column(*flag) for flag in _FLAGS] if judges else []
    rows, records = [], list[Mapping[str, Any]]()
    for one in people:
        values: dict[str, CellValue] = {
            key: (names.judges if judges else names.speakers)[one.ref],
            "institution": names.home_of_judge.get(one.ref, ""),
            "team": names.team_of_speaker.get(one.ref, ""),
            "code_name": one.code_name, "email": one.email, "phone": one.phone,
            "gender": one.gender, "pronoun": one.pronoun, "anonymous": _yes(one.anonymous),
            **{flag: _yes(getattr(one, flag)) for flag, _title in _FLAGS}}
        row = tuple(values[column.key] for column in columns)
        rows.append(row)
        records.append({
            "kind": "adjudicator" if judges else "speaker", "id": names.id(one.ref),
            **dict(zip((column.key for column in columns), row, strict=True))})
    return Table(title, tuple(columns), tuple(rows)), records


def _yes(value: bool) -> str:
    return "yes" if value else ""
