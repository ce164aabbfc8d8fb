"""What the search of the window finds: rooms of a round, teams, speakers, judges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select

from tabapp.store.schema import (
    adjudicator,
    debate,
    debate_side,
    institution,
    panel_member,
    speaker,
    team,
    venue,
)
from tabapp.store.unit import ReadUnit

ThingKind = Literal["room", "team", "speaker", "adjudicator"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found by name. ``name`` is "" for a debate without a room.

    ``of`` is the institution of a team or a judge, the team of a speaker. ``room`` and ``role``
    say where a judge or a team is in the round. ``teams`` and ``status`` belong to a debate.
    """

    kind: ThingKind
    id: int
    ref: str
    name: str
    of: str = ""
    room: str = ""
    role: str = ""
    teams: tuple[str, ...] = ()
    status: str = ""


def read_debates(unit: ReadUnit, round_id: int) -> list[Thing]:
    """Return the debates of a round by rank, each with its room, its teams by side, its status."""
    teams: dict[int, list[str]] = defaultdict(list)
    for debate_id, name in unit.fetch(
        select(debate_side.c.debate_id, team.c.name)
        .join(team, team.c.id == debate_side.c.team_id)
        .where(debate_side.c.round_id == round_id).order_by(debate_side.c.id)
    ):
        teams[debate_id].append(name)
    return [
        Thing("room", row_id, ref, name or "", teams=tuple(teams[row_id]), status=status)
        for row_id, ref, status, name in unit.fetch(
            select(debate.c.id, debate.c.ref, debate.c.status, venue.c.name)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(debate.c.round_id == round_id).order_by(debate.c.room_rank, debate.c.id)
        )
    ]


def read_teams(unit: ReadUnit, tournament_id: int, round_id: int | None) -> list[Thing]:
    """Return all teams by name, each with its institution and its room in a round."""
    rooms = dict(unit.fetch(
        select(debate_side.c.team_id, venue.c.name)
        .join(debate, debate.c.id == debate_side.c.debate_id)
        .join(venue, venue.c.id == debate.c.venue_id)
        .where(debate_side.c.round_id == round_id)
    ))
    return [
        Thing("team", row_id, ref, name, of=home or "", room=rooms.get(row_id, ""))
        for row_id, ref, name, home in unit.fetch(
            select(team.c.id, team.c.ref, team.c.name, institution.c.name)
            .outerjoin(institution, institution.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id).order_by(team.c.name)
        )
    ]


def read_speakers(unit: ReadUnit, tournament_id: int) -> list[Thing]:
    """Return all speakers by name, each with the team."""
    return [
        Thing("speaker", row_id, ref, name, of=home or "")
        for row_id, ref, name, home in unit.fetch(
            select(speaker.c.id, speaker.c.ref, speaker.c.name, team.c.name)
            .outerjoin(team, team.c.id == speaker.c.team_id)
            .where(speaker.c.tournament_id == tournament_id).order_by(speaker.c.name)
        )
    ]


def read_judges(unit: ReadUnit, tournament_id: int, round_id: int | None) -> list[Thing]:
    """Return all judges by name, each with the institution, and room and role in a round."""
    seats = {
        judge_id: (room or "", role)
        for judge_id, role, room in unit.fetch(
            select(panel_member.c.adjudicator_id, panel_member.c.role, venue.c.name)
            .join(debate, debate.c.id == panel_member.c.debate_id)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(panel_member.c.round_id == round_id)
        )
    }
    return [
        Thing("adjudicator", row_id, ref, name, home or "", *seats.get(row_id, ("", "")))
        for row_id, ref, name, home in unit.fetch(
            select(adjudicator.c.id, adjudicator.c.ref, adjudicator.c.name, institution.c.name)
            .outerjoin(institution, institution.c.id == adjudicator.c.institution_id)
            .where(adjudicator.c.tournament_id == tournament_id).order_by(adjudicator.c.name)
        )
    ]
