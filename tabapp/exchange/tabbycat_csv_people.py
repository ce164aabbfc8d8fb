"""Reads institutions, teams, speakers and judges of Tabbycat's CSV files, and their conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tabapp.domain.archive import (
    Adjudicator,
    BaseScore,
    BreakCategory,
    Institution,
    Speaker,
    Team,
)
from tabapp.domain.registration import fold
from tabapp.exchange.tabbycat_csv_tables import COLUMNS, Line, Names, Table

_TYPES = {
    "none": "normal", "normal": "normal", "n": "normal", "swing": "swing", "s": "swing",
    "composite": "composite", "c": "composite", "bye": "normal", "b": "normal",
}
_PERSON = ("name", "email", "gender", "phone", "pronoun", "code_name", "barcode")
_OF_SPEAKERS = ("name", "email", "gender", "phone", "pronoun")
MOST_SPEAKERS = 5


@dataclass(slots=True)
class People:
    """Everybody, and the names by which cells find them."""

    institutions: list[Institution] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    judges: list[Adjudicator] = field(default_factory=list)
    home_names: Names = field(default_factory=lambda: Names("institution"))
    team_names: Names = field(default_factory=lambda: Names("team"))
    judge_names: Names = field(default_factory=lambda: Names("adjudicator"))
    by_reference: dict[tuple[str | None, str], Team] = field(default_factory=dict)
    homes: dict[str, Institution] = field(default_factory=dict)
    speaker_names: set[tuple[str, str]] = field(default_factory=set)


def read_people(
    tables: Mapping[str, Table], breaks: list[BreakCategory], break_names: Names,
    groups: Names,
) -> People:
    """Read everybody. ``groups`` finds categories of speakers."""
    people = People()
    people.home_names.unsure = _table(tables, "institutions").failed
    people.team_names.unsure = any(_table(tables, one).failed for one in ("teams", "speakers"))
    people.judge_names.unsure = _table(tables, "adjudicators").failed
    _read_institutions(_table(tables, "institutions"), people)
    for line in _table(tables, "teams").lines:
        _read_team(line, people, break_names, groups)
    for line in _table(tables, "speakers").lines:
        _read_speaker(line, people, groups)
    if "break_category" not in _table(tables, "teams").columns:
        general = [one.id for one in breaks if one.general]
        for team in people.teams:
            team.break_categories = list(general)
    _read_judges(_table(tables, "adjudicators"), people)
    _read_scores(_table(tables, "scores"), people)
    _read_conflicts(tables, people)
    return people


def _table(tables: Mapping[str, Table], name: str) -> Table:
    return tables.get(name) or Table()


def _read_institutions(table: Table, people: People) -> None:
    for line in table.lines:
        name, code = line.text("name"), line.text("code")
        if any(people.home_names.get(one) for one in (name, code) if one):
            _twice(line, "institution", name)
            continue
        made = Institution(
            id=f"I{len(people.institutions) + 1}", name=name, code=code,
            region=line.text("region"))
        people.institutions.append(made)
        people.homes[made.id] = made
        people.home_names.add(made.id, code, name)


def _twice(line: Line, kind: str, name: str) -> None:
    line.found.error(line.where(), "csv_row_twice", kind=kind, name=name)


# Teams and speakers


def _make_team(line: Line, reference: str, people: People) -> Team | None:
    """Add a team under the names that Tabbycat gives it; None if one is called so already."""
    home = people.home_names.find(line, "institution")
    place = people.homes.get(home or "")
    prefix = line.flag("use_institution_prefix") and place is not None
    short = line.text("short_reference") or reference
    name = reference
    if prefix and place is not None:
        name, short = f"{place.name} {reference}", f"{place.code or place.name} {short}"
    if people.team_names.get(name) or (home, fold(reference)) in people.by_reference:
        _twice(line, "team", name)
        return None
    team = Team(
        id=f"T{len(people.teams) + 1}", name=name, short_name=short, institution=home,
        use_institution_prefix=prefix, institution_conflicts=[home] if home else [])
    people.teams.append(team)
    people.team_names.add(team.id, name, short)
    people.by_reference[home, fold(reference)] = team
    return team


def _read_team(line: Line, people: People, breaks: Names, groups: Names) -> None:
    team = _make_team(line, line.text("reference"), people)
    if team is None:
        return
    team.code_name, team.emoji = line.text("code_name"), line.text("emoji")
    team.seed = line.number_in("seed")
    kind = line.choice("type", _TYPES, "normal")
    team.type = "swing" if kind == "swing" else "composite" if kind == "composite" else "normal"
    team.break_categories = breaks.find_all(line, "break_category", "/")
    for at in range(1, MOST_SPEAKERS + 1):
        key = f"speaker{at}_"
        if line.text(f"{key}name"):
            values = {one: line.text(key + one) for one in _OF_SPEAKERS}
            categories = groups.find_all(line, f"{key}category", "/")
            _add_speaker(line, values, team, categories, people)


def _read_speaker(line: Line, people: People, groups: Names) -> None:
    reference = line.text("team_name")
    given = line.text("institution")
    home = people.home_names.get(given) if given else None
    team = people.by_reference.get((home, fold(reference)))
    if team is None and not given:
        ident = people.team_names.get(reference)
        team = next((one for one in people.teams if one.id == ident), None)
    if team is None and given and home is None:
        people.home_names.find(line, "institution")
        return
    if team is None:
        team = _make_team(line, reference, people)
    if team is not None:
        values = {one: line.text(one) for one in _PERSON}
        _add_speaker(
            line, values, team, groups.find_all(line, "category", "/"), people,
            anonymous=line.flag("anonymous"))


def _add_speaker(
    line: Line, values: Mapping[str, str], team: Team, categories: list[str], people: People,
    *, anonymous: bool = False,
) -> None:
    key = (team.id, fold(values["name"]))
    if key in people.speaker_names:
        line.found.warn(line.where(), "csv_same_name", name=values["name"])
    people.speaker_names.add(key)
    speaker = Speaker.model_validate({
        **_worded(values), "id": f"S{len(people.speakers) + 1}", "team": team.id,
        "categories": categories, "anonymous": anonymous,
    })
    people.speakers.append(speaker)


def _worded(values: Mapping[str, str]) -> dict[str, str]:
    return {**values, "gender": values.get("gender", "").lower()}


# Judges


def _read_judges(table: Table, people: People) -> None:
    pairs: list[tuple[Line, Adjudicator]] = []
    for line in table.lines:
        judge = _judge(line, people)
        if people.judge_names.get(judge.name):
            line.found.warn(line.where("name"), "csv_same_name", name=judge.name)
        people.judges.append(judge)
        people.judge_names.add(judge.id, judge.name)
        pairs.append((line, judge))
    for line, judge in pairs:  # they may name judges of later lines
        judge.institution_conflicts = _merged(
            judge.institution_conflicts,
            people.home_names.find_all(line, "institution_conflicts", ","))
        judge.team_conflicts = people.team_names.find_all(line, "team_conflicts", ",")
        judge.adjudicator_conflicts = people.judge_names.find_all(line, "adj_conflicts", ",")


def _judge(line: Line, people: People) -> Adjudicator:
    home = people.home_names.find(line, "institution")
    values: dict[str, Any] = _worded({one: line.text(one) for one in _PERSON})
    for flag in ("adj_core", "independent", "trainee", "breaking", "anonymous"):
        values[flag] = line.flag(flag)
    return Adjudicator.model_validate({
        **values, "id": f"A{len(people.judges) + 1}", "institution": home,
        "base_score": line.number_in("base_score"),
        "institution_conflicts": [home] if home else [],
    })


def _read_scores(table: Table, people: People) -> None:
    judges = {one.id: one for one in people.judges}
    for line in table.lines:
        ident, score = people.judge_names.find(line, "adjudicator"), line.number_in("score")
        if ident is not None and score is not None:
            judges[ident].base_score = score
            judges[ident].base_score_history.append(BaseScore(score=score))


def _read_conflicts(tables: Mapping[str, Table], people: People) -> None:
    judges = {one.id: one for one in people.judges}
    teams = {one.id: one for one in people.teams}
    for line in _table(tables, "team_conflicts").lines:
        judge, other = _pair(line, people.judge_names, people.team_names)
        if judge and other:
            _put(judges[judge].team_conflicts, other)
    for line in _table(tables, "institution_conflicts").lines:
        judge, other = _pair(line, people.judge_names, people.home_names)
        if judge and other:
            _put(judges[judge].institution_conflicts, other)
    for line in _table(tables, "adjudicator_conflicts").lines:
        judge, other = _pair(line, people.judge_names, people.judge_names)
        if judge and other:
            _put(judges[judge].adjudicator_conflicts, other)
    for line in _table(tables, "team_institution_conflicts").lines:
        team, other = _pair(line, people.team_names, people.home_names)
        if team and other:
            _put(teams[team].institution_conflicts, other)


def _pair(line: Line, owners: Names, others: Names) -> tuple[str | None, str | None]:
    """Return the ids in a table of pairs, whose two columns are all that it has."""
    first, second = COLUMNS[line.file]
    return owners.find(line, first), others.find(line, second)


def _put(ids: list[str], ident: str) -> None:
    if ident not in ids:
        ids.append(ident)


def _merged(before: list[str], more: list[str]) -> list[str]:
    return list(dict.fromkeys([*before, *more]))
