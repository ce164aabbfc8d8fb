"""The names that are taken in a tournament, as the checks of the domain want them."""

from __future__ import annotations

from sqlalchemy import select

from tabapp.domain.registration import Kind, Register
from tabapp.store import schema
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit


def read_register(unit: ReadUnit, owner: TournamentRow) -> Register:
    """Read the names of everybody and everything that is registered."""
    found = Register(owner.settings.adj_min_score, owner.settings.adj_max_score)
    institution, team, speaker = schema.institution, schema.team, schema.speaker
    for row in unit.fetch(
        select(institution.c.id, institution.c.name, institution.c.code)
        .where(institution.c.tournament_id == owner.id).order_by(institution.c.id)
    ):
        found.learn("institution", row[0], row[1], row[2])
        found.codes[row[0]] = row[2]
    for row in unit.fetch(
        select(team.c.id, team.c.name, team.c.short_name, team.c.code_name)
        .where(team.c.tournament_id == owner.id).order_by(team.c.id)
    ):
        found.learn("team", *row)
    for record, name, of_team in unit.fetch(
        select(speaker.c.id, speaker.c.name, speaker.c.team_id)
        .where(speaker.c.tournament_id == owner.id).order_by(speaker.c.id)
    ):
        found.learn("speaker", record, name)
        if of_team is not None:
            found.learn_speaker(of_team, record, name)
    plain: tuple[Kind, ...] = ("adjudicator", "venue", "venue_category")
    for kind in plain:
        table = schema.metadata.tables[kind]
        for record, name in unit.fetch(
            select(table.c.id, table.c.name)
            .where(table.c.tournament_id == owner.id).order_by(table.c.id)
        ):
            found.learn(kind, record, name)
    with_slugs: tuple[Kind, ...] = ("speaker_category", "break_category")
    for kind in with_slugs:
        table = schema.metadata.tables[kind]
        for row in unit.fetch(
            select(table.c.id, table.c.name, table.c.slug)
            .where(table.c.tournament_id == owner.id).order_by(table.c.seq, table.c.id)
        ):
            found.learn(kind, *row)
    category = schema.break_category
    found.general = tuple(one for (one,) in unit.fetch(
        select(category.c.id)
        .where(category.c.tournament_id == owner.id, category.c.general)
        .order_by(category.c.seq, category.c.id)
    ))
    return found
