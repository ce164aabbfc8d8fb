"""Tournaments and what is set up once: categories, criteria, rooms, motions, questions, breaks."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, Table, UniqueConstraint

from tabapp.store.schema.base import (
    extra,
    flag,
    json,
    key,
    later_flag,
    maybe_json,
    maybe_number,
    maybe_seed,
    maybe_text,
    maybe_whole,
    metadata,
    number,
    one_of,
    ref,
    text,
    to,
    whole,
)

tournament = Table(
    "tournament", metadata,
    key(), text("slug"), text("name"), text("short_name"), text("preset", "bp"),
    whole("preset_version", 1), text("timezone", "UTC"), flag("active", True),
    json("settings"),  # only what differs from the preset
    text("created_at"), extra(),
    json("document_extra"),  # unknown keys at the top of an imported archive
    UniqueConstraint("slug"),
)

criterion = Table(
    "criterion", metadata,
    key(), to("tournament"), ref(), text("name"), number("weight", 1.0), maybe_number("min"),
    maybe_number("max"), maybe_number("step"), extra(),
    UniqueConstraint("tournament_id", "ref"),
)

break_category = Table(
    "break_category", metadata,
    key(), to("tournament"), ref(), text("name"), text("slug"), whole("seq"), whole("size"),
    whole("reserve_size"), text("rule", "standard"), whole("priority"), whole("limit"),
    flag("general"), extra(),
    UniqueConstraint("tournament_id", "ref"), UniqueConstraint("tournament_id", "slug"),
    CheckConstraint("size >= 0", name="size"),
    CheckConstraint("reserve_size >= 0", name="reserve_size"),
)

speaker_category = Table(
    "speaker_category", metadata,
    key(), to("tournament"), ref(), text("name"), text("slug"), whole("seq"), whole("limit"),
    extra(),
    UniqueConstraint("tournament_id", "ref"), UniqueConstraint("tournament_id", "slug"),
)

venue_category = Table(
    "venue_category", metadata,
    key(), to("tournament"), ref(), text("name"), text("description"), text("display"), extra(),
    UniqueConstraint("tournament_id", "ref"),
)

venue = Table(
    "venue", metadata,
    key(), to("tournament"), ref(), text("name"), number("priority"), maybe_whole("capacity"),
    text("url"), text("barcode"), extra(), later_flag("withdrawn"), text("runner"),
    UniqueConstraint("tournament_id", "ref"),
)

venue_venue_category = Table(
    "venue_venue_category", metadata,
    key(), to("venue"), to("venue_category"),
    UniqueConstraint("venue_id", "venue_category_id"),
)

venue_constraint = Table(
    "venue_constraint", metadata,
    key(), to("tournament"), text("kind"), to("team", optional=True),
    to("adjudicator", optional=True), to("institution", optional=True), to("venue_category"),
    number("priority"), extra(),
    one_of("kind", ("team", "adjudicator", "institution")),
    CheckConstraint(
        "(kind = 'team') = (team_id IS NOT NULL)"
        " AND (kind = 'adjudicator') = (adjudicator_id IS NOT NULL)"
        " AND (kind = 'institution') = (institution_id IS NOT NULL)",
        name="subject",
    ),
)

motion = Table(
    "motion", metadata,
    key(), to("tournament"), ref(), text("reference"), text("text"), text("info_slide"), extra(),
    UniqueConstraint("tournament_id", "ref"),
)

question = Table(
    "question", metadata,
    key(), to("tournament"), ref(), whole("seq"), text("name"), text("text"), text("type"),
    flag("from_teams"), flag("from_adjudicators"), flag("required"), maybe_number("min_value"),
    maybe_number("max_value"), json("choices", list), extra(),
    UniqueConstraint("tournament_id", "ref"),
)

break_team = Table(
    "break_team", metadata,
    key(), to("break_category"), to("team"), maybe_whole("rank"), maybe_whole("break_rank"),
    maybe_text("remark"), text("reason"), extra(),
    UniqueConstraint("break_category_id", "team_id"),
    one_of("remark", (
        "capped", "ineligible", "different_break", "disqualified", "lost_coin_toss", "withdrawn",
        "absent", "reserve", "tied",
    )),
)

break_lots = Table(
    "break_lots", metadata,  # a row for each category whose break was generated
    key(), to("break_category"), maybe_seed("seed"), maybe_json("lots"), extra(),
    UniqueConstraint("break_category_id"),
)

achievement = Table(
    "achievement", metadata,
    key(), to("tournament"), text("key"), text("subject"), Column("round_seq", Integer),
    maybe_text("awarded_at"), extra(),
)

schedule_event = Table(
    "schedule_event", metadata,
    key(), to("tournament"), text("title"), text("type"), maybe_text("starts_at"),
    maybe_text("ends_at"), to("round", optional=True), extra(),
)
