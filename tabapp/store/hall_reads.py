"""What signs, badges and certificates are printed from: rooms, people, where debates are."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select

from tabapp.store import schema
from tabapp.store.people_lists import category_names
from tabapp.store.unit import ReadUnit

HallKind = Literal["speaker", "adjudicator"]


@dataclass(frozen=True, slots=True)
class HallRoom:
    """A room with the names of its categories."""

    id: int
    name: str
    barcode: str
    withdrawn: bool
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HallPerson:
    """A speaker or a judge; ``team`` is the id of a speaker's team, "" for a judge.

    ``home`` is the name of the institution, a speaker's that of the team.
    """

    kind: HallKind
    id: int
    ref: str
    name: str
    barcode: str
    team: str
    home: str
    anonymous: bool
    withdrawn: bool
    adj_core: bool = False
    breaking: bool = False


@dataclass(frozen=True, slots=True)
class HallPlace:
    """Where a debate is."""

    venue: int | None
    postponed: bool


def read_hall_rooms(unit: ReadUnit, tournament: int) -> list[HallRoom]:
    """Return all rooms in the order in which they were entered."""
    venue = schema.venue
    named = category_names(
        unit, schema.venue_venue_category, venue, schema.venue_category, tournament)
    return [
        HallRoom(row, name, code, bool(withdrawn), named.get(row, ()))
        for row, name, code, withdrawn in unit.fetch(
            select(venue.c.id, venue.c.name, venue.c.barcode, venue.c.withdrawn)
            .where(venue.c.tournament_id == tournament).order_by(venue.c.id))
    ]


def read_hall_people(unit: ReadUnit, tournament: int) -> list[HallPerson]:
    """Return all speakers and then all judges in the order in which they were entered."""
    speaker, judge, team, home = (
        schema.speaker, schema.adjudicator, schema.team, schema.institution)
    own = ("id", "ref", "name", "barcode", "anonymous")
    speakers = unit.rows(
        select(*(speaker.c[name] for name in own), team.c.ref.label("team"),
               home.c.name.label("home"), team.c.withdrawn)
        .outerjoin(team, team.c.id == speaker.c.team_id)
        .outerjoin(home, home.c.id == team.c.institution_id)
        .where(speaker.c.tournament_id == tournament).order_by(speaker.c.id))
    judges = unit.rows(
        select(*(judge.c[name] for name in (*own, "adj_core", "breaking", "withdrawn")),
               home.c.name.label("home"))
        .outerjoin(home, home.c.id == judge.c.institution_id)
        .where(judge.c.tournament_id == tournament).order_by(judge.c.id))
    return [
        *(_person("speaker", row, team=row.team or "") for row in speakers),
        *(_person("adjudicator", row, adj_core=bool(row.adj_core), breaking=bool(row.breaking))
          for row in judges)]


def _person(kind: HallKind, row: Any, *, team: str = "", **flags: bool) -> HallPerson:
    return HallPerson(
        kind, row.id, row.ref, row.name, row.barcode, team, row.home or "",
        bool(row.anonymous), bool(row.withdrawn), **flags)


def read_hall_places(unit: ReadUnit, round_id: int) -> dict[int, HallPlace]:
    """Return debate -> the room in which it is."""
    debate = schema.debate
    return {
        row: HallPlace(venue, status == "postponed")
        for row, venue, status in unit.fetch(
            select(debate.c.id, debate.c.venue_id, debate.c.status)
            .where(debate.c.round_id == round_id))
    }


def judged_rounds(unit: ReadUnit, tournament: int) -> dict[str, Counter[str]]:
    """Return judge -> role -> in how many completed rounds."""
    member, judge, round_ = schema.panel_member, schema.adjudicator, schema.round_
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ref, role in unit.fetch(
        select(judge.c.ref, member.c.role)
        .join(judge, judge.c.id == member.c.adjudicator_id)
        .join(round_, round_.c.id == member.c.round_id)
        .where(round_.c.tournament_id == tournament, round_.c.completed)
    ):
        found[ref][role] += 1
    return dict(found)
