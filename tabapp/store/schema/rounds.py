"""Rounds, debates, sides and panels.

A *slot* is the rounds that run at one time: normally a round alone (``slot_id`` is the id of the
round), or the elimination rounds of several categories that start together. A team and a judge
stand once in a slot, which is why ``slot_id`` travels down to sides and panels.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    Table,
    UniqueConstraint,
)

from tabapp.store.schema.base import (
    extra,
    flag,
    json,
    key,
    maybe_json,
    maybe_number,
    maybe_seed,
    maybe_text,
    maybe_whole,
    metadata,
    number,
    one_of,
    partial,
    ref,
    text,
    to,
    whole,
)

SIDES = ("og", "oo", "cg", "co", "aff", "neg", "bye")
ROLES = ("chair", "panellist", "trainee")

round_ = Table(
    "round", metadata,
    key(), to("tournament"), whole("seq"), text("name"), text("abbreviation"),
    text("stage", "preliminary"), text("draw_type", "power"), whole("weight", 1), text("kind"),
    flag("silent"), number("feedback_weight"), maybe_text("starts_at"),
    maybe_text("expected_end"), flag("motions_released"), to("break_category", optional=True),
    text("status", "none"), flag("completed"), maybe_seed("draw_seed"),
    maybe_json("draw_record"), Column("slot_id", Integer, nullable=False), extra(),
    maybe_json("deadlines"),
    UniqueConstraint("tournament_id", "seq"), UniqueConstraint("id", "slot_id"),
    one_of("stage", ("preliminary", "elimination")),
    one_of("draw_type", ("random", "power", "round-robin", "seeded", "manual", "elimination")),
    one_of("status", ("none", "draft", "confirmed", "released")),
    CheckConstraint("(stage = 'elimination') = (draw_type = 'elimination')", name="draw_stage"),
    CheckConstraint(
        "(stage = 'elimination') = (break_category_id IS NOT NULL)", name="category_stage"
    ),
)

round_motion = Table(
    "round_motion", metadata,
    key(), to("round"), to("motion"), whole("seq"),
    UniqueConstraint("round_id", "motion_id"), UniqueConstraint("round_id", "seq"),
)

absent_team = Table(
    "absent_team", metadata,
    key(), to("round"), to("team"), UniqueConstraint("round_id", "team_id"),
)

absent_adjudicator = Table(
    "absent_adjudicator", metadata,
    key(), to("round"), to("adjudicator"), UniqueConstraint("round_id", "adjudicator_id"),
)

absent_venue = Table(
    "absent_venue", metadata,
    key(), to("round"), to("venue"), UniqueConstraint("round_id", "venue_id"),
)

side_allocation = Table(
    "side_allocation", metadata,
    key(), to("round"), to("team"), text("side"), UniqueConstraint("round_id", "team_id"),
    one_of("side", SIDES),
)

base_score = Table(
    "base_score", metadata,
    key(), to("adjudicator"), maybe_whole("round_seq"), maybe_number("score"), whole("seq"),
    extra(), UniqueConstraint("adjudicator_id", "seq"),
)

debate = Table(
    "debate", metadata,
    key(), to("tournament"), ref(), Column("round_id", Integer, nullable=False, index=True),
    Column("slot_id", Integer, nullable=False), maybe_number("bracket"), whole("room_rank"),
    whole("importance"), to("venue", optional=True), json("flags", list), json("why", list),
    text("status", "none"), flag("sides_confirmed", True), text("barcode"), extra(),
    ForeignKeyConstraint(
        ["round_id", "slot_id"], ["round.id", "round.slot_id"], onupdate="CASCADE"
    ),
    UniqueConstraint("tournament_id", "ref"), UniqueConstraint("id", "round_id", "slot_id"),
    one_of("status", ("none", "draft", "confirmed", "postponed")),
    CheckConstraint("importance BETWEEN -2 AND 2", name="importance"),
)


def _in_debate() -> tuple[Column[int], Column[int], Column[int], ForeignKeyConstraint]:
    """Return the columns that tie a row to its debate, round and slot."""
    return (
        Column("debate_id", Integer, nullable=False, index=True),
        Column("round_id", Integer, nullable=False, index=True),
        Column("slot_id", Integer, nullable=False),
        ForeignKeyConstraint(
            ["debate_id", "round_id", "slot_id"],
            ["debate.id", "debate.round_id", "debate.slot_id"],
            onupdate="CASCADE",
        ),
    )


debate_side = Table(
    "debate_side", metadata,
    key(), *_in_debate(), text("side"), to("team"), json("flags", list), extra(),
    UniqueConstraint("debate_id", "side"), UniqueConstraint("slot_id", "team_id"),
    one_of("side", SIDES),
)

panel_member = Table(
    "panel_member", metadata,
    key(), *_in_debate(), to("adjudicator"), text("role"), extra(),
    UniqueConstraint("slot_id", "adjudicator_id"), one_of("role", ROLES),
    partial("uq_panel_member_chair", "debate_id", "role = 'chair'"),
)

debate_override = Table(
    "debate_override", metadata,
    key(), to("debate"), to("adjudicator"), to("team", optional=True),
    to("adjudicator", "other_id", optional=True), text("reason"), text("by"), extra(),
    CheckConstraint("team_id IS NULL OR other_id IS NULL", name="one_subject"),
)

preformed_panel = Table(
    "preformed_panel", metadata,
    key(), to("round"), whole("room_rank"), whole("importance"), maybe_number("bracket_min"),
    maybe_number("bracket_max"), whole("liveness"), extra(),
)

preformed_panel_member = Table(
    "preformed_panel_member", metadata,
    key(), to("preformed_panel"), to("adjudicator"), text("role"), extra(),
    UniqueConstraint("preformed_panel_id", "adjudicator_id"), one_of("role", ROLES),
)

debate_event = Table(
    "debate_event", metadata,  # released, out, received, entered, checked, confirmed
    key(), to("debate"), text("kind"), text("at"), text("by"),
    UniqueConstraint("debate_id", "kind", "at"),
    info={"journal": False},
)

debate_flag = Table(
    "debate_flag", metadata,  # a limit that a debate passed, and what was done about it
    key(), to("debate"), text("kind"), text("since"), json("facts"),
    UniqueConstraint("debate_id", "kind"),
    one_of("kind", ("warning", "overdue", "unconfirmed", "forfeited")),
)

check_in = Table(
    "check_in", metadata,
    key(), to("tournament"), text("kind"), text("subject"), text("at"), text("by"),
    flag("undone"),
    one_of("kind", ("speaker", "adjudicator", "venue", "debate")),
)
