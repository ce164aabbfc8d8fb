"""Institutions, teams, speakers, adjudicators and their conflicts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Table, UniqueConstraint

from tabapp.store.schema.base import (
    extra,
    flag,
    key,
    later_flag,
    maybe_number,
    metadata,
    number,
    one_of,
    ref,
    text,
    to,
    whole,
)

institution = Table(
    "institution", metadata,
    key(), to("tournament"), ref(), text("name"), text("code"), text("region"), extra(),
    UniqueConstraint("tournament_id", "ref"),
)

team = Table(
    "team", metadata,
    key(), to("tournament"), ref(), text("name"), text("short_name"), text("code_name"),
    text("emoji"), to("institution", optional=True), flag("use_institution_prefix"),
    text("type", "normal"), maybe_number("seed"), extra(), later_flag("withdrawn"),
    UniqueConstraint("tournament_id", "ref"), one_of("type", ("normal", "composite", "swing")),
)

team_break_category = Table(
    "team_break_category", metadata,
    key(), to("team"), to("break_category"), UniqueConstraint("team_id", "break_category_id"),
)

team_break_preference = Table(
    "team_break_preference", metadata,
    key(), to("team"), to("break_category"), whole("seq"),
    UniqueConstraint("team_id", "break_category_id"), UniqueConstraint("team_id", "seq"),
)

team_institution_conflict = Table(
    "team_institution_conflict", metadata,
    key(), to("team"), to("institution"), UniqueConstraint("team_id", "institution_id"),
)

team_team_conflict = Table(
    "team_team_conflict", metadata,
    key(), to("team"), to("team", "other_id"), UniqueConstraint("team_id", "other_id"),
    CheckConstraint("team_id <> other_id", name="not_itself"),
)

speaker = Table(
    "speaker", metadata,
    key(), to("tournament"), ref(), text("name"), to("team", optional=True), text("email"),
    text("phone"), text("gender"), text("pronoun"), flag("anonymous"), text("code_name"),
    text("barcode"), extra(), later_flag("consent"), later_flag("categories_answered"),
    UniqueConstraint("tournament_id", "ref"),
)

speaker_speaker_category = Table(
    "speaker_speaker_category", metadata,
    key(), to("speaker"), to("speaker_category"),
    UniqueConstraint("speaker_id", "speaker_category_id"),
)

adjudicator = Table(
    "adjudicator", metadata,
    key(), to("tournament"), ref(), text("name"), to("institution", optional=True),
    text("email"), text("phone"), text("gender"), text("pronoun"), flag("anonymous"),
    text("code_name"), text("barcode"), number("base_score"), flag("trainee"),
    flag("independent"), flag("adj_core"), flag("breaking"), extra(), later_flag("withdrawn"),
    later_flag("consent"), later_flag("conflicts_declared"),
    UniqueConstraint("tournament_id", "ref"),
)

adjudicator_institution_conflict = Table(
    "adjudicator_institution_conflict", metadata,
    key(), to("adjudicator"), to("institution"),
    UniqueConstraint("adjudicator_id", "institution_id"),
)

adjudicator_team_conflict = Table(
    "adjudicator_team_conflict", metadata,
    key(), to("adjudicator"), to("team"), UniqueConstraint("adjudicator_id", "team_id"),
)

adjudicator_adjudicator_conflict = Table(
    "adjudicator_adjudicator_conflict", metadata,
    key(), to("adjudicator"), to("adjudicator", "other_id"),
    UniqueConstraint("adjudicator_id", "other_id"),
    CheckConstraint("adjudicator_id <> other_id", name="not_itself"),
)
